"""What loads waited for, over the runs of an ensemble."""

from collections.abc import Iterator

from sim.report.ensemble_answer import Side
from sim.report.ensemble_rows import by_head, with_rows
from sim.report.ensemble_wording import lasting, listed
from sim.report.prose import Passage
from sim.report.table import Style
from sim.report.timeline_table import WAITED_FOR

TOLD = (5, 50, 95)
"""The quantiles that there is room for, in percent."""


def waits(side: Side, every: str, style: Style, room: int) -> Iterator[Passage]:
    """What loads waited for: quantiles for what varies, a sentence for what is so in `every` run."""
    told = side.waits
    if not told:
        return
    head = ["order", "waited", *(f"{share} %" for share in TOLD)]
    rows = [
        [question.order, WAITED_FOR[question.cause], *(lasting(found.quantile(share).value) for share in TOLD)]
        for question, found in told
        if not found.always
    ]
    same = [
        f"{question.order} {lasting(found.values[0])} {WAITED_FOR[question.cause]}"
        for question, found in told
        if found.always
    ]
    sentences = (f"The same {every}: {listed(same)}.",) if same else ()
    above = Passage("What a load of each order waited for, on average, and at most how long in so many runs", sentences)
    yield with_rows(above, head, rows, {2, 3, 4}, by_head(head, "in ", 2), style, room)
