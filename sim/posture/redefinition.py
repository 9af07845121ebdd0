"""Redefinitions: what one scenario says and another does not, or says otherwise."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Any

from attrs import frozen

from sim.domain.calendar import Calendar, TimeError, format_duration, format_utc
from sim.domain.claim import Claim
from sim.domain.order import Order
from sim.domain.plain import TO_PLAIN, Plain
from sim.domain.quantity import format_percent
from sim.domain.unit import Unit
from sim.ledger.book import Book


class Fate(StrEnum):
    """What became of a definition."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@frozen
class Redefinition:
    """One thing that two scenarios do not say alike.

    `section` is that of the scenario format, and `id` the definition's, of a change of capacity of what and when; of
    what is about the whole, they are "scenario" and empty. Entries are told as they were first reported, and what later
    sources change in them as definitions of their own, as a scenario has them.
    Of a definition that was changed, `key` says what in it, a key inside a key joined by "_" as in a table's columns;
    of others it is empty, and all of it is there.
    Values are in their plain form, but times are datetimes in UTC and durations text; None where there is none.
    """

    section: str
    id: str
    fate: Fate
    key: str
    before: Any
    after: Any


def redefinitions(one: Book, other: Book) -> tuple[Redefinition, ...]:
    """What differs between the scenarios of two runs: the whole first, then by section, id and key."""
    return (
        *_changed("scenario", "", _whole(one), _whole(other)),
        *(each for section in _SECTIONS for each in _redefined(section, one, other)),
    )


_SECTIONS = ("sources", "places", "lift", "ports", "capacity", "units", "orders", "claims")
"""The sections, in the order in which they are told of."""

_AMENDABLE: dict[str, type] = {"units": Unit, "orders": Order, "claims": Claim}
"""The sections of what later sources can change, with the type of their entries."""


def _redefined(section: str, one: Book, other: Book) -> Iterator[Redefinition]:
    before, after = _definitions(section, one), _definitions(section, other)
    ends = tuple(book.calendar.instant(book.opened.end) for book in (one, other))
    for id in sorted(before.keys() | after.keys()):
        if id not in after:
            yield Redefinition(section, id, Fate.REMOVED, "", before[id], None)
        elif id not in before:
            yield Redefinition(section, id, Fate.ADDED, "", None, after[id])
        else:
            yield from (
                each
                for each in _changed(section, id, before[id], after[id])
                if section != "claims" or (each.before, each.after) != ends  # both at the end, which is the default
            )


def _changed(section: str, id: str, before: Plain, after: Plain, within: str = "") -> Iterator[Redefinition]:
    for key in dict.fromkeys((*before, *after)):
        match before.get(key), after.get(key):
            case one, other if one == other:
                continue
            case dict(one), dict(other) if "wording" not in one:  # a quantity is told whole
                yield from _changed(section, id, one, other, f"{within}{key}_")
            case one, other:
                yield Redefinition(section, id, Fate.CHANGED, within + key, one, other)


def _whole(book: Book) -> Plain:
    opened, calendar = book.opened, book.calendar
    return {
        "title": opened.title,
        "start": calendar.instant(0),
        "end": calendar.instant(opened.end),
        "timezone": opened.timezone,
        "about": format_percent(opened.about),
        "snapshots": [calendar.instant(minute) for minute in opened.snapshots],
        "seed": opened.seed,
        "rules": opened.rules,
    }


def _definitions(section: str, book: Book) -> dict[str, Plain]:
    """The definitions of a section by id, as plain values without their ids."""
    told = _capacity(book) if section == "capacity" else _entries(section, book)
    return {id: _dated(plain, book.calendar) for id, plain in told}


def _entries(section: str, book: Book) -> Iterator[tuple[str, Plain]]:
    """The entries of a section, as they were first reported, and what amends them."""
    to_plain, of = TO_PLAIN[section], _AMENDABLE.get(section)
    first = {} if of is None else book.first_reported(of)
    for id, entry in getattr(book, section).items():
        yield id, to_plain(first.get(id, entry))
    for (amended, id), amendment in book.amendments.items():
        if amended is of:
            entry = amendment.entry
            yield id, {"amends": entry.id, "amended_by": [*amendment.sources], **to_plain(entry)}


def _capacity(book: Book) -> Iterator[tuple[str, Plain]]:
    """Changes of capacity, not by their place in the list, which one more would change."""
    found = Counter[str]()
    for change in book.capacity.values():
        name = f"{change.lift or change.port} {_stamp(change.at, book.calendar)}"
        found[name] += 1
        yield name if found[name] == 1 else f"{name} ({found[name]})", TO_PLAIN["capacity"](change)


_TIMES = frozenset({"at", "after", "by", "published"})
"""The keys whose numbers are minutes of a run, wherever they stand: minutes of two runs are not the same times."""


def _dated(plain: Plain, calendar: Calendar) -> Plain:
    return {key: _value(key, value, calendar) for key, value in plain.items() if key != "id"}


def _value(key: str, value: Any, calendar: Calendar) -> Any:
    match value:
        case dict():
            return _dated(value, calendar)
        case list():
            return [_value(key, each, calendar) for each in value]
        case int() if key in _TIMES:
            return _instant(value, calendar)
        case int() if key == "is":  # of a transit: that of a claim is a quantity
            return format_duration(value)
        case _:
            return value


def _stamp(minute: int, calendar: Calendar) -> str:
    instant = _instant(minute, calendar)
    return str(instant) if isinstance(instant, int) else format_utc(instant) + "Z"


def _instant(minute: int, calendar: Calendar) -> datetime | int:
    """A minute's time; the minute itself where a log that somebody made has one that no calendar has."""
    try:
        return calendar.instant(minute)
    except TimeError:
        return minute
