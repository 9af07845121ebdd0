"""Mounts: what a picture has around it so that it can stand alone: its title, what it leaves out, whence it comes."""

import re
from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from attrs import frozen

from sim.plot.canvas import FAINT
from sim.report.answer import Answer
from sim.report.knowledge import as_known
from sim.report.text import clean, finished
from sim.report.wording import Wording, named

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH = 7.2
"""How wide a picture is, in inches: as wide as the text of a page with its margins."""

_LEFT, _RIGHT = 0.15, 7.05
_TITLE, _NOTE = 0.2, 0.125
"""How much of the height a line of the title takes, and one of a note, in inches."""

_TITLE_ROOM, _NOTE_ROOM = 70, 138
"""How many characters a line of the title has, and one of a note."""


@frozen
class Mount:
    """A picture's title, what it shows, and the notes below it."""

    title: str
    shows: str
    notes: tuple[str, ...]

    @property
    def text(self) -> str:
        """All that it says."""
        return " ".join((self.title, self.shows, *self.notes))


@frozen
class Rect:
    """A rectangle in inches, from the left and from the top of what it stands in."""

    left: float
    top: float
    width: float
    height: float


def mount_of(answer: Answer, wording: Wording, shows: str, *more: str) -> Mount:
    """The mount of a picture of a run that was recorded: `shows` says what is to be seen, `more` what is not."""
    title = clean(answer.book.opened.title) or "(untitled)"
    known = [f"{line}." for line in [*as_known(answer, wording)][:1]]
    notes = (" ".join((_only(wording), *known, *more)), _whence(answer))
    return Mount(finished(title), finished(f"{shows}, {wording.period()}"), tuple(map(finished, filter(None, notes))))


_TO_THE_LEFT = r"\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_NAME_TO_THE_LEFT = re.compile(
    rf"[{_TO_THE_LEFT}]"
    rf"(?:(?:[^,:;()]|\([^,:;()]*\))*(?:[{_TO_THE_LEFT}]|\([^,:;()]*[{_TO_THE_LEFT}][^,:;()]*\)))?"
)
"""What is written to the left, with numbers and brackets within it: not with the figure behind it."""


def upright(text: str) -> str:
    """A text that reads from left to right, though names in it are written to the left: figures keep their place."""
    alone = _NAME_TO_THE_LEFT.sub("\N{FIRST STRONG ISOLATE}\\g<0>\N{POP DIRECTIONAL ISOLATE}", text)
    return text if alone == text else f"\N{LEFT-TO-RIGHT MARK}{alone}"


def _only(wording: Wording) -> str:
    """The caution that stands wherever a figure is."""
    outlets = list(dict.fromkeys(wording.outlet(source) for source in wording.letters))
    if not outlets:
        return "Only forces this scenario names."
    return f"Only forces these sources name: {named(outlets, '; ')}."


def _whence(answer: Answer) -> str:
    """Which run it is, and what proves it."""
    kept = answer.kept
    return "" if kept is None else f"Run {kept.written.run}, log head {kept.written.head}"


def sheet(mount: Mount, rects: Sequence[Rect], below: float = 0.0) -> "tuple[Figure, list[Axes]]":
    """A figure with its mount, and axes where the rects say, which begin below the title.

    `below` is the room that is kept under the lowest of them, in inches.
    """
    from matplotlib.figure import Figure

    title, shows = wrap(mount.title, _TITLE_ROOM), wrap(mount.shows, _NOTE_ROOM)
    notes = [line for note in mount.notes for line in wrap(note, _NOTE_ROOM)]
    head = 0.15 + _TITLE * len(title) + 0.15 * len(shows) + 0.1
    foot = _NOTE * len(notes) + 0.12
    height = head + max(rect.top + rect.height for rect in rects) + below + foot
    figure = Figure(figsize=(WIDTH, height))
    _write(figure, title, 0.12, _TITLE, {"fontsize": 11, "fontweight": "bold"})
    _write(figure, shows, 0.14 + _TITLE * len(title), 0.15, {"fontsize": 8})
    _write(figure, notes, height - foot + 0.02, _NOTE, {"fontsize": 6, "color": FAINT})
    axes = [
        figure.add_axes(
            (
                rect.left / WIDTH,
                1 - (head + rect.top + rect.height) / height,
                rect.width / WIDTH,
                rect.height / height,
            )
        )
        for rect in rects
    ]
    return figure, axes


def _write(figure: "Figure", lines: Sequence[str], top: float, step: float, how: dict[str, Any]) -> None:
    """Lines of text from so many inches below the upper edge on, so many apart."""
    height = figure.get_figheight()
    for number, line in enumerate(lines):
        figure.text(_LEFT / WIDTH, 1 - (top + step * number) / height, line, va="top", ha="left", **how)
