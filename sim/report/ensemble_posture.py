"""Posture bands: how much is where, and how ready, over the runs of an ensemble."""

from collections.abc import Iterator, Sequence

from sim.domain.vocabulary import Readiness
from sim.ensemble.distribution import Distribution
from sim.report.ensemble_answer import Side
from sim.report.ensemble_rows import by_head, with_rows
from sim.report.ensemble_wording import listed
from sim.report.labels import Labels
from sim.report.prose import Passage
from sim.report.table import Style
from sim.report.wording import Wording

FIELDS = ("place", "readiness")


def posture(
    side: Side, wording: Wording, times: Sequence[int], every: str, style: Style, room: int
) -> Iterator[Passage]:
    """The posture at each time: bands for what varies, a sentence for what is so in `every` run.

    Where that is not the same at all times, each figure has its time beside it.
    """
    labels = Labels([wording], FIELDS)
    head = [*labels.heads, *(wording.day(minute) for minute in times)]
    rows, same = [], []
    for (one_side, kind, place, readiness), found in side.posture(times):
        on_its_way = readiness is Readiness.IN_TRANSIT
        called = labels.of_line(one_side, kind, on_its_way, (place, readiness))
        if all(each.always for each in found):
            same.append(f"{', '.join(called)}: {_strengths(wording, times, found)}")
        else:
            rows.append([*called, *(_band(each) for each in found)])
    sentences = (f"The same {every}: {listed(same, '; ')}.",) if same else ()
    heading = f"Posture, {listed([wording.day(minute) for minute in times])}"
    above = Passage(f"{heading} (the median of the runs; in brackets from 5 to 95 % of them)", sentences)
    first = len(labels.heads)
    yield with_rows(above, head, rows, set(range(first, len(head))), by_head(head, labels=first), style, room)


def _strengths(wording: Wording, times: Sequence[int], found: Sequence[Distribution]) -> str:
    """What is there at each time, where every run has the same; one figure where it is so at all of them."""
    strengths = [f"{each.values[0]:,}" for each in found]
    if len(set(strengths)) == 1:
        return strengths[0]
    told = zip(times, strengths, strict=True)
    return ", ".join(f"{wording.day(minute)} {strength}" for minute, strength in told)


def _band(found: Distribution) -> str:
    """The median, with the quantiles at 5 and 95 % where they are not the same."""
    low, middle, high = (found.quantile(share).value or 0 for share in (5, 50, 95))
    return f"{middle:,}" if low == high else f"{middle:,} ({low:,}-{high:,})"
