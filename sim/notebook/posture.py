"""Postures as tables: at a moment; and over time, with a chart where there is what draws one."""

from collections.abc import Mapping, Sequence
from importlib.util import find_spec

from sim.domain.calendar import Calendar
from sim.domain.place import Place, name_of
from sim.domain.quantity import Interval
from sim.domain.vocabulary import Readiness
from sim.notebook.frames import FRAMES
from sim.notebook.markup import Table, block, first, sentences, table
from sim.posture.series import Line, Series
from sim.posture.snapshot import Snapshot
from sim.report.wording import MARKED, bounds, figure

TIMES_MAX = 8
"""How many times of a series stand side by side in its table: the first, the last, and some between."""


def snapshot(value: Snapshot) -> str:
    """Each unit at each place, with its range and mark; and what each side comes to, kind by kind."""
    rows, more = first(value.rows)
    cells = [
        [
            row.unit,
            name_of(value.places, row.place) + (", en route" if row.readiness is Readiness.IN_TRANSIT else ""),
            row.readiness.replace("-", " "),
            row.side,
            row.kind,
            figure(row.strength, row.basis),
            bounds(row.interval),
        ]
        for row in rows
    ]
    heads = ["unit", "place", "readiness", "side", "kind", "strength", "range"]
    told = [*_by_side(value), f"Marks: {MARKED}."]
    at = "" if value.calendar is None else f", {_time(value.calendar, value.at)}"
    return block(f"Posture{at}", table(Table(heads, cells, {5, 6}, more, FRAMES)), sentences(told))


def _by_side(value: Snapshot) -> list[str]:
    """A sentence for each side, marked as the weakest of what is in it."""
    totals: dict[str, list[str]] = {}
    for each in value.sides:
        told = f"{figure(each.strength, each.basis)} {each.kind}{_span(each.interval)}"
        totals.setdefault(each.side, []).append(told)
    return [f"All of {side}: {', '.join(told)}." for side, told in totals.items()] or ["Nobody is anywhere."]


def series(value: Series) -> str:
    """A row for each line, with what it holds at some of the times; and a chart of all times."""
    turns = _turns(len(value.times))
    dates = [_time(value.calendar, value.times[turn], short=True) for turn in turns]
    heads = ["side", "kind", *(field for field in value.by if field != "side"), *dates, "range"]
    lines, more = first(value.lines)
    cells = [[*_labels(value, line), *_figures(line, turns)] for line in lines]
    right = range(len(heads) - len(dates) - 1, len(heads))
    left_out = len(value.times) - len(turns)
    chart = _chart(value)
    told = [f"Marks: {MARKED}; the range is that of the last figure."]
    told += ["In the chart, what moved on an assumption is dotted, what was only announced dashed."] if chart else []
    told += [f"{left_out:,} more times are not shown here: {FRAMES}."] if left_out else []
    title = f"Posture over time, by {' and '.join(value.by) or 'side'}"
    return block(title, chart, table(Table(heads, cells, right, more, FRAMES)), sentences(told))


def _turns(times: int) -> list[int]:
    """The times that are shown: the first and the last, and as evenly between as whole numbers are."""
    if times <= TIMES_MAX:
        return [*range(times)]
    return [turn * (times - 1) // (TIMES_MAX - 1) for turn in range(TIMES_MAX)]


def _labels(value: Series, line: Line) -> list[str]:
    """What a line is called: side and kind, and what it is grouped by; what is in transit is on its way to there."""
    told = dict(zip(value.by, line.group.values, strict=True))
    named = [_called(value.places, field, word) for field, word in told.items() if field != "side"]
    if line.group.in_transit and named:
        named[0] = f"{named[0]}, en route"
    return [line.group.side, line.group.kind, *named]


def _called(places: Mapping[str, Place], field: str, word: str) -> str:
    if field in {"place", "origin"}:
        return name_of(places, word)
    return word.replace("-", " ") if field == "readiness" else word or "not stated"


def _figures(line: Line, turns: Sequence[int]) -> list[str]:
    held = [line.held[turn] for turn in turns]
    return [*(figure(each.strength, each.basis) for each in held), bounds(held[-1].interval) if held else ""]


def _span(interval: Interval) -> str:
    return f" ({bounds(interval)})" if bounds(interval) else ""


def _time(calendar: Calendar, minute: int, *, short: bool = False) -> str:
    """A time as the run's own clocks have it."""
    local = calendar.local(minute)
    day = f"{local.day} {local:%b %H:%M}" if short else f"{local.day} {local:%b} {local.year:04d} {local:%H:%M}"
    return day if short else f"{day}, {calendar.timezone} time"


def _chart(value: Series) -> str:
    """The chart as SVG, in which all text is drawn; nothing where nothing can draw it, or there is nothing to draw."""
    if find_spec("matplotlib") is None or not value.lines or len(value.times) < 2:
        return ""
    from sim.plot.series_picture import series_svg

    return series_svg(value)
