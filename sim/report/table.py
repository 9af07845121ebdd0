"""Tables: rows of text drawn by tabulate, for a terminal, a pipe or a Markdown page."""

from collections.abc import Sequence
from enum import StrEnum
from textwrap import wrap

from tabulate import tabulate

Cells = Sequence[str]


class Style(StrEnum):
    """How a page is drawn."""

    PLAIN = "table"
    MARKDOWN = "markdown"


def draw(header: Cells, rows: Sequence[Cells], right: Sequence[bool], style: Style) -> list[str]:
    """The lines of a table; `right` says which columns are aligned to the right.

    Cells are text and stay as they are: nothing is read as a number.
    """
    aligned = ["right" if flag else "left" for flag in right]
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


def width(cells: Sequence[Cells]) -> int:
    """How wide a plain table of these rows would be; a cell may have several lines."""
    widest = (max(len(line) for cell in column for line in cell.split("\n")) for column in zip(*cells, strict=True))
    return sum(widest) + 2 * (len(cells[0]) - 1)


def folded(text: str, room: int) -> str:
    """`text` on as many lines as it takes, each at most `room` characters wide as far as its words allow."""
    return "\n".join(wrap(text, room, break_long_words=False)) or text


def _escaped(cells: Cells) -> list[str]:
    return [cell.replace("\\", "\\\\").replace("|", "\\|").strip() for cell in cells]
