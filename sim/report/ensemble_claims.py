"""To what dated claims come, and since when they are so, over the runs of an ensemble."""

from collections.abc import Iterable, Iterator

from sim.domain.claim import Closed
from sim.ensemble.distribution import Distribution
from sim.ensemble.question import VERDICTS, Reached, Stands
from sim.ensemble.variant import due_of
from sim.ledger.claims import Verdict
from sim.report.ensemble_answer import Side
from sim.report.ensemble_rows import (
    LABEL_LEAST,
    MINUTE_HEAD,
    by_head,
    marks,
    minute_rows,
    minute_sentence,
    with_rows,
)
from sim.report.ensemble_wording import closed_by, listed, percent
from sim.report.prose import Passage
from sim.report.question import label
from sim.report.table import Style
from sim.report.wording import Wording

_HOLDS = VERDICTS.index(Verdict.HOLDS)

Since = list[tuple[Reached, Distribution]]
"""Since when claims are so."""

TOLD = (5, 50, 95)
"""The quantiles of a count for which there is room, in percent."""


def claims(side: Side, wording: Wording, every: str, style: Style, room: int) -> Iterator[Passage]:
    """To what each dated claim comes: chances where that varies, a sentence for what is so in `every` run.

    Then since when what each says is so: of closures as of those of orders, of counts in a row each.
    """
    told = side.claims
    if told:
        yield _verdicts(told, wording, every, style, room)
    closures: Since = []
    counts: Since = []
    for question, found in side.reached:
        closes = isinstance(wording.book.claims[question.claim].test, Closed)
        (closures if closes else counts).append((question, found))
    if closures:
        yield _closures(closures, wording, every, style, room)
    if counts:
        yield _counts(side, counts, wording, every, style, room)


def _verdicts(
    told: list[tuple[Stands, Distribution]], wording: Wording, every: str, style: Style, room: int
) -> Passage:
    shown = [code for code, verdict in enumerate(VERDICTS) if verdict is not Verdict.OPEN or _ever(told, code)]
    head = ["claim", "question", *(str(VERDICTS[code]) for code in shown)]
    rows = [
        [
            question.claim,
            label(wording, wording.book.claims[question.claim].test),
            *(percent(found.chance(code)) for code in shown),
        ]
        for question, found in told
        if not found.always
    ]
    same = tuple(
        f"{str(verdict).capitalize()} {every}: {listed(ids)}."
        for code, verdict in enumerate(VERDICTS)
        if (ids := [question.claim for question, found in told if found.values == (code,)])
    )
    above = Passage("In how many runs each dated claim holds", same)
    least = {0: LABEL_LEAST, 1: LABEL_LEAST}
    return with_rows(above, head, rows, set(range(2, len(head))), by_head(head, labels=2), style, room, least)


def _ever(told: Iterable[tuple[Stands, Distribution]], code: int) -> bool:
    """Whether any claim comes to this verdict in some runs, and to another in others."""
    return any(found.count(code) for _, found in told if not found.always)


def _closures(told: Since, wording: Wording, every: str, style: Style, room: int) -> Passage:
    """When what dated claims say closes has closed: quantiles for what varies."""
    rows = [row for question, found in told if not found.always for row in minute_rows(wording, question.claim, found)]
    notes = "; ".join(["the last of its units has arrived", *marks(rows)])
    title = f"By when each dated claim of a closure holds, in so many of the runs ({notes})"
    above = Passage(title, tuple(_same(wording, told, every)))
    return with_rows(above, ["claim", *MINUTE_HEAD], rows, {1}, minute_sentence, style, room)


def _counts(side: Side, told: Since, wording: Wording, every: str, style: Style, room: int) -> Passage:
    """Since when what dated claims count was so, beside when it should be, and the chance that it is so then."""
    chances = {question.claim: percent(found.chance(_HOLDS)) for question, found in side.claims}
    rows = [
        [
            question.claim,
            wording.day(due),
            chances[question.claim],
            *(closed_by(wording, found.quantile(share).value) for share in TOLD),
        ]
        for question, found in told
        if not found.always and (due := due_of(wording.book.claims[question.claim])) is not None
    ]
    notes = "; ".join(["whatever was so later", *marks(rows)])
    title = f"By when each dated claim of a count first holds, in so many of the runs ({notes})"
    head = ["claim", "it says", "holds then", *(f"{share} %" for share in TOLD)]
    above = Passage(title, tuple(_same(wording, told, every)))
    return with_rows(above, head, rows, {2}, _count_sentence, style, room)


def _count_sentence(cells: list[str]) -> str:
    claim, due, chance, *minutes = cells
    first = "; ".join(f"in {share} % by {minute}" for share, minute in zip(TOLD, minutes, strict=True))
    return f"{claim}, of {due}: holds then {chance}; first {first}"


def _same(wording: Wording, told: Since, every: str) -> Iterator[str]:
    """The claims that are so from the same minute on in all runs, and those that are so in none."""
    same = [(question.claim, found.values[0]) for question, found in told if found.always]
    since = [f"{claim} {wording.day(minute)}" for claim, minute in same if minute is not None]
    never = [claim for claim, minute in same if minute is None]
    if since:
        yield f"The same {every}: {listed(since)}."
    if never:
        yield f"Not by the end {every}: {listed(never)}."
