"""The posture over time as a picture: steps stacked on one another, with the range of the whole."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from math import isnan, nan
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from sim.domain.vocabulary import Basis
from sim.plot import time_axis
from sim.plot.canvas import INK, RULE
from sim.plot.layer import Layer, Panel, Steps
from sim.plot.mount import WIDTH, Mount, Rect, sheet, upright
from sim.report.text import clean, finished
from sim.report.wording import MARKS, Wording, bounds, figure

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PALETTE = ("#12263f", "#20487a", "#2f6f92", "#4f9087", "#b0944a", "#dfad5c", "#efca94", "#fae9cb")
"""The colours of layers from the lowest up: ever lighter, so that they stay apart without colour."""

_HATCHES = {Basis.ANNOUNCED: "/////", Basis.ASSUMED: "....."}
"""What lies over what was only announced, or moved on an assumption."""

_HATCHED = {Basis.ANNOUNCED: "^ only announced", Basis.ASSUMED: "! moved on an assumption"}

_BAND, _DASHES = "#e9e9e9", (5, 2)
"""How the range of the whole is drawn: grey above what is stacked, and dashed lines at both its ends."""

_LEFT, _PLOT_WIDTH, _GAP = 0.72, 4.25, 0.62
_HEIGHT_LEAST, _ENTRY_LINE = 1.9, 0.135
_KEY_ROOM = 34
"""How many characters a line of the key has."""

_LEGEND_HEIGHT = 0.55
"""What the days below the lowest panel and the line that says what hatches mean take, in inches."""


@frozen
class Piece:
    """A stretch in which a layer is known in one way: the minutes at which it or what it stands on changes, with where
    it begins and ends at each, and at the last of them where it did before.
    """

    minutes: tuple[int, ...]
    bottom: tuple[int, ...]
    top: tuple[int, ...]
    basis: Basis | None


def posture_figure(mount: Mount, wording: Wording, panels: Sequence[Panel]) -> "Figure":
    """The panels below one another, each with the key to its layers at its right."""
    rects, top = [], 0.22
    for panel in panels:
        lines = sum(len(_key(layer)) for layer in panel.layers) + 2
        height = max(_HEIGHT_LEAST, lines * _ENTRY_LINE + 0.1)
        rects.append(Rect(_LEFT, top, _PLOT_WIDTH, height))
        top += height + _GAP
    drawn, axes = sheet(mount, rects, _LEGEND_HEIGHT)
    for panel, each in zip(panels, axes, strict=True):
        _draw(each, wording, panel, len({other.side for other in panels}) > 1)
    _explain(drawn, panels)
    return drawn


def _draw(axes: "Axes", wording: Wording, panel: Panel, tell_side: bool) -> None:
    end = time_axis.drawn_to(wording.book.opened.end)
    time_axis.lay(axes, wording.book.calendar, wording.book.opened.end, wording.date)
    heading = f"{panel.kind.capitalize()}" + (f", {finished(clean(panel.side))}" if tell_side else "")
    axes.set_title(heading, loc="left", fontsize=8, fontweight="bold", pad=5)
    chosen = colours(len(panel.layers))
    for number, colour in enumerate(chosen):
        below = list(panel.layers[:number])
        for part in panel.layers[number].parts:
            below.append(part)
            for piece in pieces(below, end):
                _fill(axes, piece, colour)
    roof = _roof(panel.total.steps)
    _draw_total(axes, panel.total.steps, end, roof)
    axes.set_ylim(0, roof)
    axes.yaxis.set_major_formatter("{x:,.0f}")
    axes.locator_params(axis="y", nbins=5, integer=True)
    axes.grid(axis="y", color=RULE, linewidth=0.5)
    axes.set_axisbelow(True)
    _add_key(axes, wording, panel, chosen)


def colours(count: int) -> list[str]:
    """As many colours, the lowest layer's first, as far apart as they can be."""
    last = len(PALETTE) - 1
    apart = last / (count - 1) if count > 3 else 2
    return [PALETTE[round(number * apart + (count <= 3))] for number in range(count)]


def _roof(total: Steps) -> float:
    """How high the axes go: over every bound there is."""
    highest = max((held.interval.high or held.strength for _, held in total), default=0)
    return max(1.0, highest * 1.06)


def pieces(layers: Sequence[Layer], end: int) -> Iterator[Piece]:
    """The pieces of the last of these layers, which stands on the others."""
    layer, below = layers[-1], layers[:-1]
    edges = sorted({0, *(since for each in layers for since, _ in each.steps)} - {end})
    held = [layer.at(edge) for edge in edges]
    floors = [sum(each.at(edge).strength for each in below) for edge in edges]
    turns = range(len(edges))
    for (there, basis), run in groupby(turns, lambda turn: (held[turn].strength > 0, held[turn].basis)):
        if there:
            each = [*run]
            until = edges[each[-1] + 1] if each[-1] + 1 < len(edges) else end
            bottom = [floors[turn] for turn in each]
            top = [floors[turn] + held[turn].strength for turn in each]
            minutes = (*(edges[turn] for turn in each), until)
            yield Piece(minutes, (*bottom, bottom[-1]), (*top, top[-1]), basis)


def _fill(axes: "Axes", piece: Piece, colour: str) -> None:
    axes.fill_between(piece.minutes, piece.bottom, piece.top, step="post", **_filling(colour, piece.basis))
    axes.step(piece.minutes, piece.top, where="post", color="white", linewidth=0.5)


def _filling(colour: str, basis: Basis | None) -> dict[str, Any]:
    """How what is known in one way is filled: hatches are light on what is dark, and dark on what is light."""
    if basis not in _HATCHES:
        return {"facecolor": colour, "linewidth": 0}
    light = sum(int(colour[at : at + 2], 16) for at in (1, 3, 5)) > 3 * 0x80
    return {"facecolor": colour, "linewidth": 0, "edgecolor": INK if light else "white", "hatch": _HATCHES[basis]}


def _draw_total(axes: "Axes", steps: Steps, end: int, roof: float) -> None:
    """The line of the whole, and the band of its range."""
    minutes = [*(since for since, _ in steps), end]
    held = [*(each for _, each in steps), steps[-1][1]]
    strengths = [each.strength for each in held]
    lows = [each.interval.low for each in held]
    highs = [nan if each.interval.high is None else each.interval.high for each in held]
    if any(bounds(each.interval) for each in held):
        ceiling = [roof if isnan(high) else high for high in highs]
        axes.fill_between(minutes, strengths, ceiling, step="post", facecolor=_BAND, linewidth=0)
        for bound in (lows, highs):
            axes.step(minutes, bound, where="post", color="white", linewidth=0.9)
            axes.step(minutes, bound, where="post", color=INK, linewidth=0.9, dashes=_DASHES)
    axes.step(minutes, strengths, where="post", color=INK, linewidth=1.1)


def _key(layer: Layer) -> list[str]:
    """The lines of the key to a layer: its name, and what it holds at the end, with the mark of how that is known.

    Where that is known in several ways, how much in those that have a mark.
    """
    held = layer.last
    told = figure(held.strength, None if held.shares else held.basis) if held.strength else "none"
    span = f" ({bounds(held.interval)})" if held.strength and bounds(held.interval) else ""
    marked = [figure(share, basis) for basis, share in reversed(held.shares) if MARKS[basis]]
    of_it = f", of it {' and '.join(marked)}" if marked else ""
    return [upright(finished(line)) for line in wrap(f"{layer.name}: {told}{span}{of_it}", _KEY_ROOM)]


def _add_key(axes: "Axes", wording: Wording, panel: Panel, chosen: Sequence[str]) -> None:
    from matplotlib.patches import Patch

    handles: list[Artist] = [
        Patch(label="\n".join(_key(layer)), **_filling(colour, None if layer.last.shares else layer.last.basis))
        for layer, colour in reversed([*zip(panel.layers, chosen, strict=True)])
    ]
    last = wording.day(wording.book.opened.end)
    total = Layer(f"On {last}", ((0, evolve(panel.total.last, basis=None)),))
    axes.legend(
        handles=handles,
        title="\n".join(_key(total)),
        alignment="left",
        loc="upper left",
        bbox_to_anchor=(1.01, 1.03),
        frameon=False,
        fontsize=6.5,
        title_fontsize=6.5,
        handlelength=1.3,
        handleheight=1.0,
        labelspacing=0.35,
        borderaxespad=0.2,
    )


def _explain(drawn: "Figure", panels: Sequence[Panel]) -> None:
    """One line at the foot that says what hatches, lines and bands mean, as far as there are any."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    bases = {basis for panel in panels for layer in panel.layers for basis in layer.bases}
    ranged = any(bounds(held.interval) for panel in panels for _, held in panel.total.steps)
    handles: list[Artist] = [Patch(facecolor="#bbbbbb", linewidth=0, label="seen to arrive, or no move reported")]
    handles += [Patch(label=_HATCHED[basis], **_filling("#dddddd", basis)) for basis in _HATCHES if basis in bases]
    handles.append(Line2D([], [], color=INK, linewidth=1.1, label="all together"))
    if ranged:
        handles.append(Line2D([], [], color=INK, linewidth=0.7, dashes=_DASHES, label="range of the reports' wording"))
    lowest = min(each.get_position().y0 for each in drawn.axes)
    drawn.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(0.1 / WIDTH, lowest - 0.24 / drawn.get_figheight()),
        ncols=len(handles),
        frameon=False,
        fontsize=6.5,
        handlelength=1.5,
        handletextpad=0.5,
        columnspacing=1.3,
    )
