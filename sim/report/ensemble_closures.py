"""When orders close, over the runs of an ensemble."""

from collections.abc import Iterable, Iterator, Sequence

from sim.ensemble.distribution import Distribution
from sim.ensemble.question import Closure
from sim.report.ensemble_answer import Side
from sim.report.ensemble_rows import MINUTE_HEAD, by_head, marks, minute_rows, minute_sentence, with_rows
from sim.report.ensemble_wording import listed, percent
from sim.report.prose import Passage
from sim.report.table import Style
from sim.report.wording import Wording


def closures(side: Side, wording: Wording, every: str, style: Style, room: int) -> Iterator[Passage]:
    """When each order closes: quantiles for those of which that varies, a sentence for what is so in `every` run."""
    told = side.closures
    if not told:
        return
    rows = [
        row
        for question, found in told
        if not found.always
        for row in minute_rows(wording, called(wording, question), found)
    ]
    notes = "; ".join(["the last of its units has arrived", *marks(rows)])
    above = Passage(
        f"When each order has closed, in so many of the runs ({notes})",
        (*_always_closed(wording, told, every), *_dropped(side, every)),
    )
    yield with_rows(above, ["order", *MINUTE_HEAD], rows, {1}, minute_sentence, style, room)


def _always_closed(wording: Wording, told: Iterable[tuple[Closure, Distribution]], every: str) -> Iterator[str]:
    """The orders that close at the same minute in all runs, and those that close in none."""
    same = [(question, found.values[0]) for question, found in told if found.always]
    closed = [f"{question.order} {wording.day(minute)}" for question, minute in same if minute is not None]
    never = [question.order for question, minute in same if minute is None]
    if closed:
        yield f"The same {every}: {listed(closed)}."
    if never:
        yield f"Later than the end, or never, {every}: {listed(never)}."


def _dropped(side: Side, every: str) -> Iterator[str]:
    """The orders that never close in some runs."""
    if side.dropped:
        orders = [
            f"{question.order} {every if found.always else f'in {percent(found.chance(1))}'}"
            for question, found in side.dropped
        ]
        yield f"Cancelled, or refused by a unit, and so never closed: {listed(orders)}."


def called(wording: Wording, question: Closure) -> str:
    to = wording.book.orders[question.order].to
    return question.order + ("" if to is None else f" to {wording.place(to)}")


def closed_by_then(side: Side, wording: Wording, times: Sequence[int], style: Style, room: int) -> Iterator[Passage]:
    """In what share of the runs each order has closed by the end of each time."""
    varied = [(question, found) for question, found in side.closures if not found.always]
    if not varied:
        return
    head = ["order", *(wording.day(minute) for minute in times)]
    rows = [
        [called(wording, question), *(percent(found.at_most(minute)) for minute in times)] for question, found in varied
    ]
    above = Passage("In how many runs each order has closed by then")
    yield with_rows(above, head, rows, set(range(1, len(head))), by_head(head, "by "), style, room)
