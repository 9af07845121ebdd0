"""Selections: a selector held against a book, so that it can say of any account whether it is meant."""

from collections.abc import Collection, Iterable, Mapping

from sim.domain.claim import Selector
from sim.domain.place import chain, country_of
from sim.domain.quantity import Interval
from sim.domain.unit import Unit, parts_by_unit, with_parts
from sim.domain.vocabulary import Readiness
from sim.ledger.book import READINESSES, Book, slot_of, unit_of


class Selection:
    """The accounts of `book` that `selector` means: those of certain units, in certain slots."""

    def __init__(self, book: Book, selector: Selector) -> None:
        wanted = _units(book, selector)
        self.units = frozenset(number for number, unit in enumerate(book.roster) if unit.id in wanted)
        self.slots = frozenset(_slots(book, selector))

    def takes(self, account: int) -> bool:
        """Whether the account with this number is selected."""
        return slot_of(account) in self.slots and unit_of(account) in self.units


def _units(book: Book, selector: Selector) -> set[str]:
    """The ids of the units that fit everything a selector says of units, wherever they stand."""
    parts = parts_by_unit(book.units)
    named = set(with_parts(parts, selector.units)) if selector.units else None
    ordered = _addressed(book, selector.orders) if selector.orders else None
    origins = _within(book, selector.origin)

    def fits(unit: Unit) -> bool:
        return (
            (named is None or unit.id in named)
            and (ordered is None or unit.id in ordered)
            and (not selector.origin or unit.origin in origins)
            and (not selector.side or unit.side in selector.side)
            and (not selector.kind or unit.kind in selector.kind)
        )

    return {unit.id for unit in book.units.values() if fits(unit)}


def _addressed(book: Book, orders: Iterable[str]) -> set[str]:
    return {unit for order in orders for unit in book.scenario.addressed(book.orders[order])}


def _within(book: Book, wanted: Collection[str]) -> set[str]:
    """The ids of the wanted places and of all that lies within them."""
    return {place for place in book.place_ids if any(around in wanted for around in chain(book.places, place))}


def _slots(book: Book, selector: Selector) -> Iterable[int]:
    """The slots that fit what a selector says of place and readiness."""
    places = _within(book, selector.place)
    bound = bool(selector.place or selector.country)
    for place in book.place_ids:
        if selector.place and place not in places:
            continue
        if selector.country and (country_of(book.places, place) or "") not in selector.country:
            continue
        for readiness in READINESSES:
            on_its_way = readiness is Readiness.IN_TRANSIT
            meant = readiness in selector.readiness if selector.readiness else not (on_its_way and bound)
            if meant:
                yield book.slot(place, readiness)


class Tally:
    """A count of strength, kept as units come and go: the nominal figure and the interval it stands for."""

    def __init__(self, book: Book) -> None:
        self.parts: dict[int, int] = {}
        self.strength = 0
        self._roster = book.roster
        self._low = 0
        self._high = 0
        self._unbounded = 0

    @property
    def interval(self) -> Interval:
        return Interval(self._low, None if self._unbounded else self._high)

    def add(self, unit: int, strength: int) -> None:
        """Count `strength` more (or, negative, less) of the unit with this number."""
        before = self.parts.get(unit, 0)
        after = before + strength
        self._weigh(unit, before, -1)
        self._weigh(unit, after, 1)
        self.strength += strength
        if after:
            self.parts[unit] = after
        else:
            self.parts.pop(unit, None)

    def _weigh(self, unit: int, part: int, sign: int) -> None:
        interval = self._roster[unit].interval_of(part)
        self._low += sign * interval.low
        if interval.high is None:
            self._unbounded += sign
        else:
            self._high += sign * interval.high


def tally(book: Book, selection: Selection, held: Mapping[int, int]) -> Tally:
    """What `selection` selects of the accounts in `held`."""
    counted = Tally(book)
    for account, strength in held.items():
        if selection.takes(account):
            counted.add(unit_of(account), strength)
    return counted
