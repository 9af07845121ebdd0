"""Amendments: what later sources change of an earlier entry, from their publication on."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from attrs import frozen

from sim.domain.claim import Claim
from sim.domain.order import Order
from sim.domain.source import Dates, Source
from sim.domain.unit import Unit, with_parts


@frozen
class Amendment:
    """From the publication of the first of its sources on, an entry reads otherwise.

    `entry` is the whole of it as it reads from then on, under its own id; `id` is that of the amendment. `sources` are
    ids in byte order, at least one.
    """

    id: str
    sources: tuple[str, ...]
    entry: Unit | Order | Claim


class Roster:
    """All units as they read at one time, changed in place as amendments apply."""

    def __init__(self, units: Mapping[str, Unit]) -> None:
        self.units = dict(units)
        self._parts: dict[str, set[str]] = {}
        for unit in units.values():
            whole = unit.part_of
            if whole is not None:
                self._parts.setdefault(whole, set()).add(unit.id)

    def amend(self, unit: Unit) -> None:
        """Let a unit that there is read otherwise."""
        before, after = self.units[unit.id].part_of, unit.part_of
        if before is not None:
            self._parts[before].remove(unit.id)
        if after is not None:
            self._parts.setdefault(after, set()).add(unit.id)
        self.units[unit.id] = unit

    def has_parts(self, unit: str) -> bool:
        """Whether other units are part of this one."""
        return bool(self._parts.get(unit))

    def addressed(self, named: Iterable[str]) -> list[Unit]:
        """The named units and all their parts, to any depth, in byte order: those that there are."""
        return [self.units[unit] for unit in with_parts(self._parts, named) if unit in self.units]

    def wholes(self, unit: str) -> tuple[str, ...]:
        """This unit and those of which it is part, to any depth, each once."""
        return tuple(self._path(unit)[0])

    def circle(self, unit: str) -> tuple[str, ...]:
        """The units of which this one is part, from itself until it comes again; empty where it does not."""
        path, again = self._path(unit) if self.has_parts(unit) else ({}, None)
        return tuple(path) if again == unit else ()

    def _path(self, unit: str) -> tuple[dict[str, None], str | None]:
        """A unit and those of which it is part, up to the last, and which of them the last is part of, if any."""
        path: dict[str, None] = {}
        current: str | None = unit
        while current is not None and current not in path:
            path[current] = None
            current = self.units[current].part_of if current in self.units else None
        return path, current


def known_from(sources: Mapping[str, Source], named: Iterable[str]) -> int | None:
    """The minute by which the first of the named sources had been published: see `Dates`, which is for many of them."""
    return Dates(sources).first_of(named)


def lies_before(minute: int | None, other: int | None) -> bool:
    """Whether what is known from a minute on is known before another is; None is always."""
    return other is not None and (minute is None or minute < other)


def in_turn(sources: Mapping[str, Source], amendments: Iterable[Amendment]) -> tuple[Amendment, ...]:
    """The amendments in the order in which they apply: by publication, those of one minute by id."""
    dates = Dates(sources)
    return tuple(sorted(amendments, key=lambda amendment: turn(dates.first_of(amendment.sources), amendment.id)))


def turn(minute: int | None, id: str) -> tuple[bool, int, str]:
    """What amendments are in turn by: the minute from which they are known, None for always, and the id."""
    return minute is not None, minute or 0, id


def turn_of(sources: Mapping[str, Source], named: Iterable[str], id: str) -> tuple[bool, int, str]:
    """The turn of one amendment: the named sources, and the id. Raises KeyError for a source that there is not."""
    return turn(known_from(sources, named), id)


def misfits(
    sources: Mapping[str, Source],
    units: Mapping[str, Unit],
    orders: Mapping[str, Order],
    amendments: Iterable[Amendment],
) -> Iterator[tuple[Amendment, Order]]:
    """The amendments from which on an order in parts does not add up to its unit, each with that order.

    `amendments` are in the order in which they apply. Those of one minute apply together; what they amend is looked
    at, and nothing else.
    """
    for changed, roster, now_orders in _divided(sources, units, orders, amendments):
        for id, amendment in changed.items():
            for order in in_parts((now_orders[id],)):
                unit = roster.units.get(order.units[0])
                if unit is not None and sum(part.strength for part in order.parts) != unit.strength:
                    yield amendment, order


def wholes_divided(
    sources: Mapping[str, Source],
    units: Mapping[str, Unit],
    orders: Mapping[str, Order],
    amendments: Iterable[Amendment],
) -> Iterator[tuple[Amendment, Order]]:
    """The amendments from which on an order in parts moves a unit that has units as its parts, each with that order.

    `amendments` are as for `misfits`. An amended unit that becomes a part of the one that is moved is looked at.
    """
    for changed, roster, now_orders in _divided(sources, units, orders, amendments):
        for id, amendment in changed.items():
            orders_now = in_parts((now_orders[id],))
            yield from ((amendment, order) for order in orders_now if roster.has_parts(order.units[0]))


def circles(
    sources: Mapping[str, Source], units: Mapping[str, Unit], amendments: Iterable[Amendment]
) -> Iterator[tuple[Amendment, tuple[str, ...]]]:
    """The amendments from which on a unit is part of itself, each with the units of the circle, the amended one first.

    `amendments` are as for `misfits`: a circle counts while it lasts, even where a later one breaks it. Of those of one
    minute that close one circle together, the last is told.
    """
    roster = Roster(units)
    for together in by_minute(sources, amendments):
        moved: dict[str, Amendment] = {}
        for amendment in together:
            if isinstance(amendment.entry, Unit):
                if amendment.entry.part_of != roster.units[amendment.entry.id].part_of:
                    moved[amendment.entry.id] = amendment
                roster.amend(amendment.entry)
        told: set[str] = set()
        for unit, amendment in reversed(moved.items()):
            circle = roster.circle(unit)
            if told.isdisjoint(circle):
                told.update(circle)
                if circle:
                    yield amendment, circle


Changed = tuple[dict[str, Amendment], Roster, Mapping[str, Order]]
"""For orders that may be in parts, by id, what amends them or their units; and all units and orders from then on."""


def _divided(
    sources: Mapping[str, Source],
    units: Mapping[str, Unit],
    orders: Mapping[str, Order],
    amendments: Iterable[Amendment],
) -> Iterator[Changed]:
    """For each minute at which amendments apply, the orders that they touch."""
    roster, now_orders = Roster(units), dict(orders)
    divided: dict[str, set[str]] = {}
    for order in in_parts(orders.values()):
        divided.setdefault(order.units[0], set()).add(order.id)
    for together in by_minute(sources, amendments):
        touched: dict[str, Amendment] = {}
        for amendment in together:
            if isinstance(amendment.entry, Unit):
                roster.amend(amendment.entry)
            elif isinstance(amendment.entry, Order):
                now_orders[amendment.entry.id] = amendment.entry
                touched[amendment.entry.id] = amendment
                for order in in_parts((amendment.entry,)):
                    divided.setdefault(order.units[0], set()).add(order.id)
        for amendment in together:
            if isinstance(amendment.entry, Unit):
                for unit in (amendment.entry.id, amendment.entry.part_of):
                    touched |= dict.fromkeys(sorted(divided.get(unit or "", ())), amendment)
        yield touched, roster, now_orders


def by_minute(sources: Mapping[str, Source], amendments: Iterable[Amendment]) -> Iterator[list[Amendment]]:
    """Amendments in turn, those together that apply together."""
    dates = Dates(sources)
    for _, together in groupby(amendments, key=lambda amendment: dates.first_of(amendment.sources)):
        yield list(together)


def in_parts(orders: Iterable[Order]) -> Iterator[Order]:
    """The orders that move one unit in parts."""
    return (order for order in orders if order.parts and len(order.units) == 1)
