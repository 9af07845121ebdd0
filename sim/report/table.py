"""Tables: rows of text drawn by tabulate, for a terminal, a pipe or a Markdown page."""

import re
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from textwrap import wrap

from tabulate import tabulate

Cells = Sequence[str]

ROOM_TO_SPARE = 80
"""From how many characters on a page is wide enough for tables whose columns are mostly words."""


class Style(StrEnum):
    """How a page is drawn."""

    PLAIN = "table"
    MARKDOWN = "markdown"
    INKED = "inked"  # as PLAIN, and says in ink what is to be coloured: see `sim.report.ink`
    TERMINAL = "terminal"  # as INKED, with sparklines

    @property
    def has_ink(self) -> bool:
        return self in {Style.INKED, Style.TERMINAL}


def draw(header: Cells, rows: Sequence[Cells], right: Collection[int], style: Style) -> list[str]:
    """The lines of a table; `right` says which columns are aligned to the right.

    Cells are text and stay as they are: nothing is read as a number.
    """
    aligned = ["right" if column in right else "left" for column in range(len(header))]
    if style is Style.MARKDOWN:
        table = _tabulated([_escaped(row) for row in rows], "pipe", aligned, headers=_escaped(header))
    else:
        # The header is a row like any other here: tabulate pads what it is told is one.
        table = _tabulated([header, *rows], "plain", aligned)
    return [line.rstrip() for line in table.splitlines()]


def _tabulated(rows: Sequence[Cells], form: str, aligned: Sequence[str], headers: Cells = ()) -> str:
    return tabulate(
        rows, headers=headers, tablefmt=form, colalign=aligned, disable_numparse=True, preserve_whitespace=True
    )


def widths(cells: Sequence[Cells]) -> list[int]:
    """How wide each column is; a cell may have several lines."""
    return [max(len(line) for cell in column for line in cell.split("\n")) for column in zip(*cells, strict=True)]


def width(cells: Sequence[Cells]) -> int:
    """How wide a plain table of these rows is."""
    return sum(widths(cells)) + 2 * (len(cells[0]) - 1)


def fitted(cells: Sequence[Cells], room: int, least: Mapping[int, int]) -> list[list[str]]:
    """The rows with cells broken into lines, so that a plain table of them is no wider than `room` characters.

    Only the columns in `least` give way, the widest first: to their longest word, and where that is not enough, to the
    width they have there.
    """
    wide = widths(cells)
    excess = sum(wide) + 2 * (len(wide) - 1) - room
    words = {column: max(len(word) for row in cells for word in row[column].split() or [""]) for column in least}
    for floor in ({column: max(least[column], words[column]) for column in least}, least):
        while excess > 0 and (giving := [column for column in floor if wide[column] > floor[column]]):
            wide[max(giving, key=wide.__getitem__)] -= 1
            excess -= 1
    rooms = [wide[column] if column in least else None for column in range(len(wide))]
    return [[folded(cell, space) for cell, space in zip(row, rooms, strict=True)] for row in cells]


def folded(text: str, room: int | None) -> str:
    """`text` on as many lines as it takes, each at most `room` characters wide; as it is where that is None."""
    return text if room is None or len(text) <= room else "\n".join(wrap(text, room))


_MEANS_SOMETHING = re.compile(r"([\\`*\[\]<>|~&]|(?<![^\W_])_|_(?![^\W_]))")


def escaped(text: str) -> str:
    """`text` as Markdown that reads as it does."""
    return _MEANS_SOMETHING.sub(r"\\\1", text)


def _escaped(cells: Cells) -> list[str]:
    return [escaped(cell).strip() for cell in cells]
