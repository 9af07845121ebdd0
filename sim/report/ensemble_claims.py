"""To what dated claims come, over the runs of an ensemble."""

from collections.abc import Iterator

from sim.ensemble.question import VERDICTS
from sim.report.ensemble_answer import Side
from sim.report.ensemble_rows import LABEL_LEAST, by_head, with_rows
from sim.report.ensemble_wording import percent
from sim.report.prose import Passage
from sim.report.question import label
from sim.report.table import Style
from sim.report.wording import Wording, named


def claims(side: Side, wording: Wording, every: str, style: Style, room: int) -> Iterator[Passage]:
    """To what each dated claim comes: chances where that varies, a sentence for what is so in `every` run."""
    told = side.claims
    if not told:
        return
    head = ["claim", "question", *(str(verdict) for verdict in VERDICTS)]
    rows = [
        [
            question.claim,
            label(wording, wording.book.claims[question.claim].test),
            *(percent(found.chance(code)) for code in range(len(VERDICTS))),
        ]
        for question, found in told
        if not found.always
    ]
    same = tuple(
        f"{str(verdict).capitalize()} {every}: {named(ids)}."
        for code, verdict in enumerate(VERDICTS)
        if (ids := [question.claim for question, found in told if found.values == (code,)])
    )
    above = Passage("In how many runs each dated claim holds", same)
    least = {0: LABEL_LEAST, 1: LABEL_LEAST}
    yield with_rows(above, head, rows, {2, 3, 4}, by_head(head, labels=2), style, room, least)
