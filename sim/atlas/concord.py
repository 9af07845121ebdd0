"""Concord: whether all that is claimed can be true together, as far as little effort tells."""

from typing import TYPE_CHECKING

from sim.errors import LogError, UsageError
from sim.ledger.claims import Verdict
from sim.report.answer import Answer

if TYPE_CHECKING:
    from sim.reconcile import Concord

CLAIMS_MAX = 500
"""Of how many claims it is found out here."""

THINGS_THEN_MAX = 200
"""Of how many units and claims together, as known by some time: an album has many such times."""

EFFORT, EFFORT_THEN = 10_000_000, 1_000_000
"""How many steps each search is given: a tenth of what `reconcile` gives it, and as known by some time a hundredth."""

LIMIT = 20
"""How many contradictions are looked for."""


def borne_out(answer: Answer) -> bool:
    """Whether the ledger's own figures make all true that can be tested and is not disputed."""
    tested = (each for each in answer.judgements if each.reading is not None and not each.claim.disputed)
    return all(each.verdict is Verdict.HOLDS for each in tested)


def concord_of(answer: Answer) -> "Concord | None":
    """What there is to find with little effort; None where the library for it is not here, or claims are too many."""
    from sim.reconcile import concord

    things = len(answer.book.units) + len(answer.book.claims)
    if len(answer.book.claims) > CLAIMS_MAX or (answer.knowledge is not None and things > THINGS_THEN_MAX):
        return None
    try:
        return concord(answer.book, LIMIT, EFFORT if answer.knowledge is None else EFFORT_THEN)
    except (UsageError, LogError):
        return None
