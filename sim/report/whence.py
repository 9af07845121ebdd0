"""Whence the news is: what the letters of sources stand for, and where what they report began."""

from collections.abc import Collection, Sequence

from sim.domain.source import origins
from sim.report.prose import Passage, passage, told_in_rows
from sim.report.table import Style
from sim.report.text import clean
from sim.report.wording import NONE_HERE, Wording, named

AHEAD_MAX = 12
"""How many sources are named at the head of a page; more of them are a table at its foot."""

COLUMN_LEAST = 12
"""How many characters a column of words takes at least."""


def whence(wording: Wording, cited: Collection[str] | None = None) -> list[str]:
    """A line with the sources, of which those `cited` or all that have a letter, and one with their origins.

    Of many it says how many they are, and that they are listed below: see `sources_below`.
    """
    letters = _cited(wording, cited)
    if not letters:
        return []
    begun: dict[str, list[str]] = {}
    for source, letter in letters.items():
        for origin in sorted(origins(wording.book.sources, source)):
            begun.setdefault(origin, []).append(letter)
    if len(letters) > AHEAD_MAX:
        return [f"Sources: {len(letters):,}, listed at the end; their news began at {len(begun):,} origins"]
    lines = [f"Sources: {wording.legend(letters)}"]
    if list(begun) != list(letters):
        called = wording.told_apart(begun)
        shared = "; ".join(f"{called[origin]} {' '.join(each)}" for origin, each in begun.items())
        lines.append(f"Where their news began: {shared}")
    return lines


def sources_below(wording: Wording, style: Style, room: int, cited: Collection[str] | None = None) -> list[str]:
    """The sources as a table, where they are too many for the head of a page; else nothing."""
    letters = _cited(wording, cited)
    if len(letters) <= AHEAD_MAX:
        return []
    head = ["", "source", "published", "title", "its news began at"]
    begun = {source: sorted(origins(wording.book.sources, source) - {source}) for source in letters}
    called = wording.told_apart({*letters, *(origin for each in begun.values() for origin in each)})
    rows = [
        [letter, *_cells(wording, source, [called[origin] for origin in begun[source]])]
        for source, letter in letters.items()
    ]
    least = {1: COLUMN_LEAST, 3: COLUMN_LEAST, 4: COLUMN_LEAST}
    return passage(told_in_rows(Passage("Sources"), [head, *rows], (), least, _sentence, (), style, room), style, room)


def _cited(wording: Wording, cited: Collection[str] | None) -> dict[str, str]:
    return {source: letter for source, letter in wording.letters.items() if cited is None or source in cited}


def _cells(wording: Wording, source: str, begun: Sequence[str]) -> list[str]:
    """What it is called, when it was published, and where its news began, where that is not with itself."""
    published = wording.book.sources[source]
    date, title = wording.published(published) or NONE_HERE, clean(published.title)
    return [wording.outlet(source), date, title or NONE_HERE, named(begun) or NONE_HERE]


def _sentence(cells: list[str]) -> str:
    letter, outlet, published, title, begun = cells
    said = [f"{letter} {outlet}", *(cell for cell in (title, published) if cell != NONE_HERE)]
    return ", ".join(said) + ("" if begun == NONE_HERE else f"; from {begun}")
