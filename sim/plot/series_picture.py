"""A series as a picture for a notebook: a line for each group, with its range."""

import re
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from sim.domain.place import name_of
from sim.domain.vocabulary import Basis
from sim.plot import time_axis
from sim.plot.canvas import RULE, saved, settings
from sim.plot.mount import WIDTH
from sim.posture.series import Line, Series
from sim.report.text import clean, finished

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LINES_MAX = 8
"""How many lines a panel has, those that come to most; the table beside it has more."""

_COLOURS = ("#12355b", "#c45a00", "#3f8f79", "#b8860b", "#7a4fa3", "#2b8cc4", "#8a8a8a", "#d98fb5")
"""The colours of lines, of which neighbours are told apart by the colour-blind."""

_DASHES: dict[Basis | None, tuple[int, tuple[float, ...]]] = {
    Basis.ANNOUNCED: (0, (4, 1.5)),
    Basis.ASSUMED: (0, (1, 1)),
}
"""How a line is drawn that was only announced, or moved on an assumption; any other is whole."""

_HEIGHT, _GAP, _LEFT, _RIGHT = 2.0, 0.55, 0.75, 2.1


def series_svg(series: Series) -> str:
    """The picture as SVG: all text in it is drawn as shapes, and nothing else of a scenario is in it."""
    with settings():
        svg = saved(_figure(series), "svg").decode()
    bare = re.sub(r"(?s)<!--.*?-->", "", svg[svg.index("<svg") :])
    return bare.replace("<svg ", '<svg role="img" aria-label="a chart of the table below" ', 1)


def _figure(series: Series) -> "Figure":
    """A panel for each side and kind, below one another."""
    from matplotlib.figure import Figure

    panels = [(of, [*lines]) for of, lines in groupby(series.lines, lambda line: (line.group.side, line.group.kind))]
    height = 0.25 + len(panels) * (_HEIGHT + _GAP)
    drawn = Figure(figsize=(WIDTH, height))
    for number, ((side, kind), lines) in enumerate(panels):
        bottom = height - 0.25 - number * (_HEIGHT + _GAP) - _HEIGHT
        rect = (_LEFT / WIDTH, bottom / height, (WIDTH - _LEFT - _RIGHT) / WIDTH, _HEIGHT / height)
        axes = drawn.add_axes(rect)
        heading = kind.capitalize() + (f", {finished(clean(side))}" if len({of[0] for of, _ in panels}) > 1 else "")
        axes.set_title(heading, loc="left", fontsize=8, fontweight="bold", pad=4)
        _draw(axes, series, lines)
    return drawn


def _draw(axes: "Axes", series: Series, lines: Sequence[Line]) -> None:
    calendar, end = series.calendar, series.times[-1]
    years = {calendar.local(minute).year for minute in (0, end)}

    def date(minute: int) -> str:
        local = calendar.local(minute)
        clock = f" {local:%H:%M}" if (local.hour, local.minute) != (0, 0) else ""
        return f"{local.day} {local:%b}" + (f" {local.year:04d}" if len(years) > 1 else "") + clock

    time_axis.lay(axes, calendar, end, date)
    largest = sorted(lines, key=lambda line: -max(held.strength for held in line.held))[:LINES_MAX]
    for line, colour in zip(largest, _COLOURS, strict=False):
        _draw_line(axes, series, line, colour)
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_formatter("{x:,.0f}")
    axes.locator_params(axis="y", nbins=5, integer=True)
    axes.grid(axis="y", color=RULE, linewidth=0.5)
    axes.set_axisbelow(True)
    axes.legend(loc="upper left", bbox_to_anchor=(1.01, 1.03), frameon=False, fontsize=6.5, handlelength=1.6)


def _draw_line(axes: "Axes", series: Series, line: Line, colour: str) -> None:
    """The line with its range; where it is known in another way, it is dashed."""
    minutes = [*series.times, time_axis.drawn_to(series.times[-1])]
    held = [*line.held, line.held[-1]]
    highs = [each.strength if each.interval.high is None else each.interval.high for each in held]
    lows = [each.interval.low for each in held]
    axes.fill_between(minutes, lows, highs, step="post", color=colour, alpha=0.18, linewidth=0)
    label: str | None = _name(series, line)
    for basis, run in groupby(range(len(line.held)), lambda turn: held[turn].basis):
        turns = [*run]
        turns = [*turns, turns[-1] + 1]
        axes.step(
            [minutes[turn] for turn in turns],
            [held[turn].strength for turn in turns],
            where="post",
            color=colour,
            linewidth=1.4,
            linestyle=_DASHES.get(basis, "-"),
            label=label,
        )
        label = None


def _name(series: Series, line: Line) -> str:
    words = [
        name_of(series.places, word) if field in {"place", "origin"} else word.replace("-", " ") or "not stated"
        for field, word in zip(series.by, line.group.values, strict=True)
        if field != "side"
    ]
    told = ", ".join(words) or line.group.side
    return finished(clean(f"{told}, en route" if line.group.in_transit else told))
