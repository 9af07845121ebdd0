"""Prose: sentences, outlines, headings and passages, for a terminal or a Markdown page."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from textwrap import wrap

from attrs import evolve, frozen

from sim.report.ink import Ink, inked
from sim.report.table import ROOM_TO_SPARE, Style, draw, escaped, fitted, width

ROOM_LEAST = 20
"""How many characters a line of prose takes, however narrow the room."""


@frozen
class Passage:
    """A heading, what there is to say below it, and the lines of a table or none."""

    heading: str
    sentences: tuple[str, ...] = ()
    table: tuple[str, ...] = ()


def told_in_rows(
    above: Passage,
    grid: Sequence[list[str]],
    right: Collection[int],
    least: Mapping[int, int],
    in_words: Callable[[list[str]], str],
    more: Sequence[str],
    style: Style,
    room: int,
) -> Passage:
    """A passage with a table, its header first, or with a sentence for each row where there is too little room for one.

    The columns in `least` give way. `more` says at the foot what is left out.
    """
    rows = fitted(grid, room, least) if style is not Style.MARKDOWN else grid
    if style is not Style.MARKDOWN and (room < ROOM_TO_SPARE or width(rows) > room):
        return evolve(above, sentences=(*above.sentences, *map(in_words, grid[1:]), *more))
    below = ["", *more] if style is Style.MARKDOWN and more else more
    return evolve(above, table=(*draw(rows[0], rows[1:], right, style), *below))


def passage(told: Passage, style: Style, room: int) -> list[str]:
    """The lines of a passage."""
    lines = [*heading(told.heading, style, room), *prose(told.sentences, style, room)]
    apart = [""] if style is Style.MARKDOWN and told.sentences and told.table else []
    return [*lines, *apart, *told.table]


def prose(lines: Iterable[str], style: Style, room: int) -> list[str]:
    """Sentences, wrapped to the room; in Markdown a list. One that begins with spaces belongs to the one above it."""
    if style is Style.MARKDOWN:
        return [f"{_indent(line)}- {escaped(line.lstrip())}" for line in lines]
    return [fold for line in lines for fold in wrapped(line, room, _indent(line) + "  ")]


def wrapped(line: str, room: int, indent: str, first: str = "", hyphens: bool = True) -> list[str]:
    """A line broken to the room, or to ROOM_LEAST: `first` before it, `indent` before each line that follows."""
    folds = wrap(line, max(room, ROOM_LEAST), initial_indent=first, subsequent_indent=indent, break_on_hyphens=hyphens)
    return [fold.rstrip() for fold in folds]  # before a word that is longer than a line, wrap leaves the blank


def _indent(line: str) -> str:
    return " " * (len(line) - len(line.lstrip(" ")))


def titled(text: str, style: Style, room: int) -> list[str]:
    """The title of a page."""
    return [f"# {escaped(text)}"] if style is Style.MARKDOWN else _bold(prose([text], style, room), style)


def heading(text: str, style: Style, room: int) -> list[str]:
    """A heading with what must stand between it and what follows."""
    return [f"## {escaped(text)}", ""] if style is Style.MARKDOWN else _bold(prose([text], style, room), style)


def _bold(lines: list[str], style: Style) -> list[str]:
    return [inked(line, Ink.HEADING) for line in lines] if style.has_ink else lines
