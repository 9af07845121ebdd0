"""What two scenarios do not say alike: in sentences what only one of them has, in a table what both have otherwise."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from sim.posture.redefinition import Fate, Redefinition
from sim.report.table import Style, draw, fitted
from sim.report.text import clean
from sim.report.wording import NONE_HERE, Wording, named

ROWS_MAX = 40
"""How many changed keys a page shows; JSON and CSV have all."""

VALUE_MAX = 160
"""How many characters of a value a page shows."""

COLUMN_LEAST = 8
"""How many characters a column takes at least."""

_NOUNS = {"lift": ("lift", "lifts"), "capacity": ("change of capacity", "changes of capacity")}
"""What one and many definitions of a section are called, where its name is not the plural."""

_BEGINS = frozenset({"at", "after", "start"})
"""The keys, or ends of keys, of times that something begins at; at all others it is due, and at all of claims."""


def only_in_one(definitions: Sequence[Redefinition]) -> Iterator[str]:
    """A sentence for each section of which one scenario has more, and one on the other's."""
    for fate, which in ((Fate.REMOVED, "first"), (Fate.ADDED, "second")):
        alone = [each for each in definitions if each.fate is fate]
        for section, each in groupby(alone, key=attrgetter("section")):
            ids = [definition.id for definition in each]
            yield f"Only in the {which}: {_counted(len(ids), section)} ({named(ids)})."


def redefinition_table(
    definitions: Sequence[Redefinition], wordings: tuple[Wording, Wording], style: Style, room: int
) -> list[str]:
    """The lines of the table of what both scenarios have, but not alike."""
    changed = [each for each in definitions if each.fate is Fate.CHANGED]
    if not changed:
        return []
    rows = [_cells(each, wordings) for each in changed[:ROWS_MAX]]
    grid = [["section", "id", "key", "first", "second"], *rows]
    if style is not Style.MARKDOWN:
        grid = fitted(grid, room, dict.fromkeys(range(5), COLUMN_LEAST))
    drawn = draw(grid[0], grid[1:], (), style)
    if len(changed) > ROWS_MAX:
        more = f"and {len(changed) - ROWS_MAX:,} more: --format csv --table definitions has all"
        drawn += [""] * (style is Style.MARKDOWN) + [more]
    return drawn


def _counted(count: int, section: str) -> str:
    one, many = _NOUNS.get(section, (section.removesuffix("s"), section))
    return f"1 {one}" if count == 1 else f"{count:,} {many}"


def _cells(each: Redefinition, wordings: tuple[Wording, Wording]) -> list[str]:
    before, after = (
        clean(_told(wording, each, value)) or NONE_HERE
        for wording, value in zip(wordings, (each.before, each.after), strict=True)
    )
    return [each.section, each.id or NONE_HERE, each.key, _cut(before), _cut(after)]


def _told(wording: Wording, each: Redefinition, value: Any) -> str:
    """A value of a key; of a publication of which only the month is known, the month."""
    if each.section == "sources" and each.key == "published" and isinstance(value, datetime):
        return wording.published(wording.book.sources[each.id])
    return _in_words(wording, each.section, each.key, value)


def _cut(words: str) -> str:
    return words if len(words) <= VALUE_MAX else words[: VALUE_MAX - 3] + "..."


def _in_words(wording: Wording, section: str, key: str, value: Any) -> str:
    match value:
        case None:
            return ""
        case {"wording": words, **others}:
            post = f", post {others['post']:,}" if "post" in others else ""
            return f"{words}{post}"
        case dict():
            pairs = ((inner, _in_words(wording, section, inner, each)) for inner, each in value.items())
            return ", ".join(words if inner == "is" else f"{inner} {words}" for inner, words in pairs)
        case list():
            return ", ".join(_in_words(wording, section, key, each) for each in value)
        case datetime():
            minute = wording.book.calendar.minute(value)
            begins = key.rsplit("_", 1)[-1] in _BEGINS and section != "claims"
            return (wording.date if begins else wording.due)(minute, with_year=True).strip()
        case _:
            return str(value)
