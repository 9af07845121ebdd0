"""Closure curves as a picture: one small panel for each order, all with the same time."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sim.domain.vocabulary import Basis, Kind
from sim.plot import time_axis
from sim.plot.canvas import FAINT, INK, RULE
from sim.plot.closure import Arrival, Curve, Quantiles, moved_by
from sim.plot.mount import WIDTH, Mount, Rect, sheet, upright
from sim.report.text import finished
from sim.report.wording import Wording

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CURVES_MAX = 24
"""How many orders a picture has; it says how many more there are."""

_ARRIVED, _WIDE, _NARROW = "#12355b", "#f3dcb5", "#dd9a3c"
"""The colours of what has arrived, of when nine in ten runs close, and of when half of them do."""

_MARKERS = {
    Basis.OBSERVED: ("o", _ARRIVED, "seen to arrive"),
    Basis.ANNOUNCED: ("o", "white", "^ due, as announced"),
    Basis.ASSUMED: ("D", "white", "! on an assumption"),
}
"""The marks of arrivals: their form, what they are filled with, and what they mean."""

MARKS_MAX = 12
"""Up to how many arrivals each has a mark; of more, the last that is known in each way."""

_ACROSS_MAX = 3
_LEFT, _RIGHT, _GAP_ACROSS, _GAP_DOWN = 0.5, 6.91, 0.28, 0.72
_HEIGHT, _HEIGHT_OF_FEW = 1.15, 1.9
_TICKS, _TICKS_OF_FEW = 4, 6
_LEGEND_HEIGHT = 0.55
_DASHED = (0, (4, 2))
_LETTERS, _LINE = 22, 0.13
"""How many letters of a heading an inch takes, and how much of the height a line of it."""


def closure_figure(mount: Mount, wording: Wording, curves: Sequence[Curve]) -> "Figure":
    """The panels, as many side by side as there is room for."""
    across = min(_ACROSS_MAX, len(curves))
    width = (_RIGHT - _LEFT - _GAP_ACROSS * (across - 1)) / across
    height = _HEIGHT if across == _ACROSS_MAX else _HEIGHT_OF_FEW
    above = _LINE * any(curve.predicted is not None and not curve.predicted.always for curve in curves)
    rects = [
        Rect(
            _LEFT + (number % across) * (width + _GAP_ACROSS),
            0.42 + above + (number // across) * (height + _GAP_DOWN + above),
            width,
            height,
        )
        for number in range(len(curves))
    ]
    drawn, axes = sheet(mount, rects, _LEGEND_HEIGHT)
    for number, (curve, each) in enumerate(zip(curves, axes, strict=True)):
        ticks = _TICKS if across == _ACROSS_MAX else _TICKS_OF_FEW
        _draw(each, wording, curve, number % across == 0, ticks, int(width * _LETTERS))
    _explain(drawn, curves)
    return drawn


def _draw(axes: "Axes", wording: Wording, curve: Curve, first: bool, ticks: int, room: int) -> None:
    time_axis.lay(axes, wording.book.calendar, wording.book.opened.end, wording.date, ticks)
    axes.tick_params(labelsize=6)
    for line, text in enumerate(reversed(_heading(wording, curve, room))):
        above = (0, 4 + 9.5 * line)
        axes.annotate(text, (0, 1), above, xycoords="axes fraction", textcoords="offset points", fontsize=6.5)
    axes.set_ylim(0, 1.06)
    axes.set_yticks([0, 0.5, 1], ["0", "50 %", "100 %"] if first else ["", "", ""])
    axes.grid(axis="y", color=RULE, linewidth=0.5)
    axes.set_axisbelow(True)
    if curve.predicted is not None and curve.predicted.varies:
        _draw_quantiles(axes, wording, curve.predicted.quantiles)
    arrived = [(arrival.at, arrival.share) for arrival in curve.arrived]
    _step(axes, wording, curve.left, color=FAINT, linewidth=0.9, linestyle=_DASHED)
    _step(axes, wording, arrived, color=_ARRIVED, linewidth=1.5)
    for arrival in _marked(curve.arrived):
        form, filling, _ = _MARKERS[arrival.basis or Basis.ASSUMED]
        axes.plot(
            arrival.at,
            arrival.share,
            form,
            markerfacecolor=filling,
            markeredgecolor=_ARRIVED,
            markersize=3.6,
            markeredgewidth=0.9,
            clip_on=False,
            zorder=4,
        )


def _step(axes: "Axes", wording: Wording, steps: Sequence[tuple[int, float]], **how: Any) -> None:
    """The line of a share that is 0 until the first step."""
    minutes = [0, *(at for at, _ in steps), time_axis.drawn_to(wording.book.opened.end)]
    shares = [0.0, *(share for _, share in steps), steps[-1][1] if steps else 0.0]
    axes.step(minutes, shares, where="post", **how)


def _marked(arrivals: Sequence[Arrival]) -> Sequence[Arrival]:
    """The arrivals that have a mark."""
    if len(arrivals) <= MARKS_MAX:
        return arrivals
    return [*(one for one, following in pairwise(arrivals) if following.basis != one.basis), arrivals[-1]]


def _heading(wording: Wording, curve: Curve, room: int) -> list[str]:
    """Whom an order moves, how much that is and whither, and when it was given and the last of it arrives.

    Each in so many letters; and in how many runs it closes, where that is not all.
    """
    to = wording.book.orders[curve.order].to
    kind = "" if curve.kind is Kind.TROOPS else f" {curve.kind}"
    whither = " back" if to is None else f" to {wording.place(to)}"
    then = f"closes {wording.day(curve.arrived[-1].at)}" if curve.closed else "does not close"
    who, when = moved_by(wording, curve)
    told = [who, f"{curve.strength:,}{kind}{whither}", f"{when}, {then}"]
    if curve.predicted is not None and not curve.predicted.always:
        told.append(f"closes in {curve.predicted.closed:,} of {curve.predicted.runs:,} runs")
    return [upright(_cut(finished(line), room)) for line in told]


def _cut(text: str, room: int) -> str:
    """A text as far as there is room for it."""
    return text if len(text) <= room else text[: room - 1] + "…"


def _draw_quantiles(axes: "Axes", wording: Wording, quantiles: Quantiles) -> None:
    """When the order closes in the runs of an ensemble: what is later than the end goes on to it."""
    end = time_axis.drawn_to(wording.book.opened.end)
    at = {share: end if minute is None else minute for share, minute in quantiles.items()}
    axes.axvspan(at[5], at[95], color=_WIDE, linewidth=0, zorder=0.5)
    axes.axvspan(at[25], at[75], color=_NARROW, linewidth=0, zorder=0.6)
    if quantiles[50] is not None:
        axes.axvline(at[50], color=INK, linewidth=0.9, zorder=0.7)


def _explain(drawn: "Figure", curves: Sequence[Curve]) -> None:
    """What lines, marks and bands mean, as far as there are any."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: list[Artist] = [
        Line2D([], [], color=FAINT, linewidth=0.9, linestyle=_DASHED, label="has left"),
        Line2D([], [], color=_ARRIVED, linewidth=1.5, label="has arrived"),
    ]
    bases = {arrival.basis for curve in curves for arrival in curve.arrived}
    handles += [
        Line2D([], [], marker=form, color="none", markerfacecolor=filling, markeredgecolor=_ARRIVED, label=label, ms=4)
        for basis, (form, filling, label) in _MARKERS.items()
        if basis in bases
    ]
    if any(curve.predicted is not None and curve.predicted.varies for curve in curves):
        handles += [
            Patch(color=_WIDE, label="9 in 10 runs close"),
            Patch(color=_NARROW, label="half of them"),
            Line2D([], [], color=INK, linewidth=0.9, label="median"),
        ]
    lowest = min(each.get_position().y0 for each in drawn.axes)
    drawn.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(0.1 / WIDTH, lowest - 0.22 / drawn.get_figheight()),
        ncols=len(handles),
        frameon=False,
        fontsize=6,
        handlelength=1.5,
        handletextpad=0.4,
        columnspacing=1.1,
    )
