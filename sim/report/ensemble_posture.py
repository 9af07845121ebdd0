"""Posture bands: how much is where, and how ready, over the runs of an ensemble."""

from collections.abc import Iterator, Sequence

from sim.domain.vocabulary import Readiness
from sim.ensemble.distribution import Distribution
from sim.report.ensemble_answer import Side
from sim.report.ensemble_rows import by_head, with_rows
from sim.report.labels import Labels
from sim.report.prose import Passage
from sim.report.table import Style
from sim.report.wording import Wording, named

FIELDS = ("place", "readiness")


def posture(
    side: Side, wording: Wording, times: Sequence[int], every: str, style: Style, room: int
) -> Iterator[Passage]:
    """The posture at each time: bands for what varies, a sentence for what is so in `every` run."""
    labels = Labels([wording], FIELDS)
    head = [*labels.heads, *(wording.day(minute) for minute in times)]
    rows, same = [], []
    for (one_side, kind, place, readiness), found in side.posture(times):
        on_its_way = readiness is Readiness.IN_TRANSIT
        called = labels.of_line(one_side, kind, on_its_way, (place, readiness))
        if all(each.always for each in found):
            strengths = [f"{each.values[0]:,}" for each in found]
            alike = len(set(strengths)) == 1
            same.append(f"{', '.join(called)}: {strengths[0] if alike else ', '.join(strengths)}")
        else:
            rows.append([*called, *(_band(each) for each in found)])
    sentences = (f"The same {every}: {named(same, '; ')}.",) if same else ()
    above = Passage("Posture (the median of the runs; in brackets from 5 to 95 % of them)", sentences)
    first = len(labels.heads)
    yield with_rows(above, head, rows, set(range(first, len(head))), by_head(head, labels=first), style, room)


def _band(found: Distribution) -> str:
    """The median, with the quantiles at 5 and 95 % where they are not the same."""
    low, middle, high = (found.quantile(share).value or 0 for share in (5, 50, 95))
    return f"{middle:,}" if low == high else f"{middle:,} ({low:,}-{high:,})"
