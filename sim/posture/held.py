"""What a line of a posture holds: groups of rows, and what they come to."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache

from attrs import frozen

from sim.domain.quantity import ZERO, Interval
from sim.domain.unit import Unit
from sim.domain.vocabulary import Basis, Kind, Readiness
from sim.errors import UsageError
from sim.ledger.book import Book
from sim.posture.snapshot import FIELDS, Row, countries_of, row_of


@frozen(order=True)
class Group:
    """What tells a line from the others: side and kind, which are never added; whether it is on its way; and the rest.

    What is in transit is never counted as being there. `values` has one for each field that lines are grouped by; empty
    where a place has no country.
    """

    side: str
    kind: Kind
    in_transit: bool
    values: tuple[str, ...]


Key = Callable[[Row], Group]
"""The line that a row belongs to."""


@frozen
class Held:
    """How much there is, and how it is known to have come there: None where none of it has moved.

    `shares` say how much of it is known in which way, from the weakest to what has not moved; empty where all of it is
    known in one, and where they were not asked for.
    """

    strength: int
    interval: Interval
    basis: Basis | None
    shares: tuple[tuple[Basis | None, int], ...] = ()


NOTHING = Held(0, ZERO, None)


def fields_of(fields: Iterable[str], where: str = "") -> tuple[str, ...]:
    """The fields to group by, each once. Raises UsageError for one that a posture does not have.

    `where` begins the message, and says where the fields were given.
    """
    asked = tuple(dict.fromkeys(fields))
    for field in asked:
        if field not in FIELDS:
            raise UsageError(f"{where}there is no field '{field}'", f"There are: {', '.join(FIELDS)}.")
    return asked


def key_of(fields: Iterable[str]) -> Key:
    """The key that groups by side, kind, what is on its way and what is there, and then by `fields`."""
    values = [FIELDS[field] for field in fields]

    def key(row: Row) -> Group:
        on_its_way = row.readiness is Readiness.IN_TRANSIT
        return Group(row.side, row.kind, on_its_way, tuple([str(value(row)) for value in values]))

    return key


def group_by_account(book: Book, key: Key) -> Callable[[int], Group]:
    """The line of an account, by its number; each account is looked at once."""
    countries = countries_of(book)
    return cache(lambda number: key(row_of(book, countries, number, 0, None)))


def held_by(units: Mapping[str, Unit], parts: Mapping[str, int], basis: Basis | None) -> Held:
    """What parts of units, by their ids, come to: units are added end to end."""
    interval = sum((units[unit].interval_of(part) for unit, part in parts.items()), ZERO)
    return Held(sum(parts.values()), interval, basis)
