"""Concord: whether all that is claimed can be true together, as far as little effort tells."""

from collections.abc import Sequence
from shlex import join
from typing import TYPE_CHECKING, assert_never

from sim.atlas.sentence import many
from sim.errors import LogError, UsageError
from sim.ledger.claims import Verdict
from sim.report.answer import Answer
from sim.report.text import clean

if TYPE_CHECKING:
    from sim.reconcile import Concord

CLAIMS_MAX = 500
"""Of how many claims it is found out here; of more, `reconcile` is named that does."""

_ALL_CAN = "All undisputed claims can be true together."

EFFORT = 10_000_000
"""How many steps each search is given: a tenth of what `reconcile` gives it."""

LIMIT = 20
"""How many contradictions are looked for."""


def concord_in_words(answer: Answer, where: Sequence[str]) -> str:
    """Whether what is not disputed can all be true, in a sentence; else the command that would tell.

    `where` are the words of a command line that name the run.
    """
    if _borne_out(answer):
        return _ALL_CAN
    found = None if len(answer.book.claims) > CLAIMS_MAX or answer.knowledge is not None else _found(answer)
    if found is None:
        command = join(["python", "-m", "sim", "reconcile", *where])
        return f"Whether all undisputed claims can be true together, this tells: {clean(command)}"
    return _told(found, where)


def _borne_out(answer: Answer) -> bool:
    """Whether the ledger's own figures make all true that can be tested and is not disputed."""
    tested = (each for each in answer.judgements if each.reading is not None and not each.claim.disputed)
    return all(each.verdict is Verdict.HOLDS for each in tested)


def _found(answer: Answer) -> "Concord | None":
    """What there is to find with little effort; None where the library for it is not here."""
    from sim.reconcile import concord

    try:
        return concord(answer.book, LIMIT, EFFORT)
    except (UsageError, LogError):
        return None


def _told(found: "Concord", where: Sequence[str]) -> str:
    from sim.reconcile.cluster import Together

    match found.together:
        case Together.POSSIBLE:
            return _ALL_CAN
        case Together.UNDECIDED:
            command = clean(join(["python", "-m", "sim", "reconcile", *where]))
            return f"Whether all undisputed claims can be true together took too long to find out; try: {command}"
        case Together.IMPOSSIBLE:
            return _apart(found)
        case _:
            assert_never(found.together)


def _apart(found: "Concord") -> str:
    """What keeps claims from being true together."""
    from sim.reconcile.cluster import Together

    real, rounding = len(found.contradictions.real), len(found.contradictions.rounding)
    if found.contradictions.as_round is Together.POSSIBLE:
        return (
            "Read to the letter, the undisputed claims cannot all be true; with round figures read as rounded, they "
            "can."
        )
    told = [many(real, "contradiction", "contradictions")] if real else []
    told += [many(rounding, "difference of rounding", "differences of rounding")] if rounding else []
    there_is = "there is" if (real or rounding) == 1 else "there are"
    return "The undisputed claims cannot all be true" + (f": {there_is} {' and '.join(told)}." if told else ".")
