"""Snapshots: the posture at a moment, unit by unit, and grouped as a reader asks."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from attrs import field, frozen

from sim.domain.calendar import Calendar
from sim.domain.place import Place, country_of
from sim.domain.quantity import ZERO, Interval
from sim.domain.unit import Unit
from sim.domain.vocabulary import Basis, Kind, Readiness, weakest
from sim.ledger.balance import Balances
from sim.ledger.book import Book
from sim.posture.framed import Framed

if TYPE_CHECKING:
    from sim.posture.frames import Frame


@frozen
class Row:
    """How much of a unit is at a place (in transit: bound for it) in a readiness; never zero.

    `basis` is how the strength is known to have come there, None where it has not moved; `country` is None where no
    country is known.
    """

    unit: str
    place: str
    country: str | None
    side: str
    origin: str
    readiness: Readiness
    kind: Kind
    strength: int
    interval: Interval
    basis: Basis | None


@frozen
class Total:
    """All strength of one kind, unit by unit, added end to end."""

    kind: Kind
    strength: int
    interval: Interval


@frozen
class SideTotal:
    """All strength of one side and kind; `basis` is the weakest on which any of it is there."""

    side: str
    kind: Kind
    strength: int
    interval: Interval
    basis: Basis | None


@frozen
class Snapshot(Framed):
    """The posture at the minute `at`, all events of that minute included; rows by unit, place and readiness.

    `calendar` gives the minute its date in data frames; None where no book was asked. `places` are what readers call
    places by; `sides` add up to the totals. None of these is compared.
    """

    at: int
    rows: tuple[Row, ...]
    totals: tuple[Total, ...]
    calendar: Calendar | None = field(default=None, eq=False, repr=False)
    places: Mapping[str, Place] = field(factory=dict, eq=False, repr=False)
    sides: tuple[SideTotal, ...] = field(default=(), eq=False, repr=False)

    @property
    def frame(self) -> "Frame":
        from sim.posture.frames import snapshot_frame

        return snapshot_frame(self)


FIELDS: dict[str, Callable[[Row], str]] = {
    "place": lambda row: row.place,
    "country": lambda row: row.country or "",
    "unit": lambda row: row.unit,
    "side": lambda row: row.side,
    "readiness": lambda row: row.readiness,
    "origin": lambda row: row.origin,
}
"""What a posture can be grouped by."""


def snapshot(book: Book, at: int) -> Snapshot:
    """The posture at the minute `at`."""
    (only,) = snapshots(book, (at,))
    return only


def snapshots(book: Book, times: Iterable[int], start: Balances | None = None) -> tuple[Snapshot, ...]:
    """The posture at each of `times` (minutes), in the order asked; the book is walked through once.

    Where `start` is given, it is moved forward from where it stands, which must not be later than the first of them.
    """
    balances = start or Balances(book)
    taken: dict[int, Snapshot] = {}
    wanted = tuple(times)
    for minute in sorted(set(wanted)):
        balances.advance(minute)
        taken[minute] = _take(book, minute, balances)
    return tuple(taken[minute] for minute in wanted)


def grouped(
    units: Mapping[str, Unit], rows: Iterable[Row], key: Callable[[Row], tuple[str, ...]]
) -> dict[tuple[str, ...], tuple[int, Interval]]:
    """Strength and interval of the rows by `key`: a unit's rows are summed first, then units are added end to end."""
    parts: dict[tuple[str, ...], dict[str, int]] = {}
    for row in rows:
        of_unit = parts.setdefault(key(row), {})
        of_unit[row.unit] = of_unit.get(row.unit, 0) + row.strength
    return {group: _sum(units, of_unit) for group, of_unit in parts.items()}


def _sum(units: Mapping[str, Unit], parts: Mapping[str, int]) -> tuple[int, Interval]:
    interval = sum((units[unit].interval_of(part) for unit, part in parts.items()), ZERO)
    return sum(parts.values()), interval


def countries_of(book: Book) -> dict[str, str | None]:
    """The country of every place, None where none is known."""
    return {place: country_of(book.places, place) for place in book.place_ids}


def row_of(book: Book, countries: Mapping[str, str | None], number: int, strength: int, basis: Basis | None) -> Row:
    """The row of so much strength in the account with this number."""
    account = book.account(number)
    unit = book.units[account.unit]
    return Row(
        unit.id,
        account.place,
        countries[account.place],
        unit.side,
        unit.origin,
        account.readiness,
        unit.kind,
        strength,
        unit.interval_of(strength),
        basis,
    )


def _take(book: Book, at: int, balances: Balances) -> Snapshot:
    countries, held = countries_of(book), balances.held.items()
    rows = [row_of(book, countries, number, strength, balances.basis.get(number)) for number, strength in held]
    rows.sort(key=_unit_place_readiness)
    sides = sides_of(book.units, rows)
    return Snapshot(at, tuple(rows), totals_of(sides), book.calendar, book.places, sides)


def _unit_place_readiness(row: Row) -> tuple[str, str, str]:
    return row.unit, row.place, row.readiness


def sides_of(units: Mapping[str, Unit], rows: Iterable[Row]) -> tuple[SideTotal, ...]:
    """What rows come to by side and kind, in order: what is there, and what is on its way."""
    bases: dict[tuple[str, ...], set[Basis | None]] = {}
    rows = tuple(rows)
    for row in rows:
        bases.setdefault((row.side, row.kind), set()).add(row.basis)
    found = grouped(units, rows, lambda row: (row.side, row.kind))
    return tuple(SideTotal(key[0], Kind(key[1]), *found[key], weakest(bases[key])) for key in sorted(found))


def totals_of(sides: Iterable[SideTotal]) -> tuple[Total, ...]:
    """The same by kind alone."""
    found: dict[Kind, tuple[int, Interval]] = {}
    for each in sides:
        strength, interval = found.get(each.kind, (0, ZERO))
        found[each.kind] = strength + each.strength, interval + each.interval
    return tuple(Total(kind, *found[kind]) for kind in sorted(found))
