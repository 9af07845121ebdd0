"""Selections: a selector held against a book, so that it can say of any account whether it is meant."""

from collections.abc import Hashable, Iterable, Mapping
from functools import cached_property

from sim.domain.claim import Selector
from sim.domain.place import chain, country_of
from sim.domain.quantity import Interval
from sim.domain.unit import Unit, parts_by_unit, with_parts
from sim.domain.vocabulary import Readiness
from sim.ledger.book import READINESSES, Book, slot_of, unit_of


class Selection:
    """The accounts of `book` that `selector` means: those of certain units, in certain slots.

    With the `sieve` of the book, what its selectors share is worked out once.
    """

    def __init__(self, book: Book, selector: Selector, sieve: "Sieve | None" = None) -> None:
        sieve = Sieve(book) if sieve is None else sieve
        self.units = sieve.units(selector)
        self.slots = sieve.slots(selector)

    def takes(self, account: int) -> bool:
        """Whether the account with this number is selected."""
        return slot_of(account) in self.slots and unit_of(account) in self.units


class Sieve:
    """Tells what selectors mean in a book: the numbers of the units that fit, wherever they stand, and the slots."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._fitting: dict[Hashable, frozenset[int]] = {}
        self._slots: dict[Hashable, frozenset[int]] = {}

    def units(self, selector: Selector) -> frozenset[int]:
        """The units that fit everything a selector says of units."""
        key = (selector.origin, selector.side, selector.kind)
        found = self._fitting.get(key)
        if found is None:
            found = self._fitting[key] = frozenset(self._that_fit(selector))
        if selector.units:
            found = found & self._numbered(with_parts(self._parts, selector.units))
        if selector.orders:
            found = found & self._numbered(unit for order in selector.orders for unit in self._book.addressed(order))
        return found

    def slots(self, selector: Selector) -> frozenset[int]:
        """The slots that fit what a selector says of place and readiness."""
        key = (selector.place, selector.country, selector.readiness)
        found = self._slots.get(key)
        if found is None:
            found = self._slots[key] = frozenset(self._at(selector))
        return found

    @cached_property
    def _parts(self) -> dict[str, tuple[str, ...]]:
        return parts_by_unit(self._book.units)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {unit.id: number for number, unit in enumerate(self._book.roster)}

    @cached_property
    def _inside(self) -> dict[str, list[str]]:
        """For each place, itself and all that lies within."""
        inside: dict[str, list[str]] = {}
        for place in self._book.place_ids:
            for around in chain(self._book.places, place):
                inside.setdefault(around, []).append(place)
        return inside

    @cached_property
    def _by_country(self) -> dict[str, list[str]]:
        """The places of each country; under an empty code, those whose country is not known."""
        places: dict[str, list[str]] = {}
        for place in self._book.place_ids:
            places.setdefault(country_of(self._book.places, place) or "", []).append(place)
        return places

    def _numbered(self, units: Iterable[str]) -> set[int]:
        """The numbers of those units that there are."""
        return {self._numbers[unit] for unit in units if unit in self._numbers}

    def _that_fit(self, selector: Selector) -> Iterable[int]:
        """The units that fit what a selector says of origin, side and kind."""
        origins = _joined(self._inside, selector.origin)

        def fits(unit: Unit) -> bool:
            return (
                (not selector.origin or unit.origin in origins)
                and (not selector.side or unit.side in selector.side)
                and (not selector.kind or unit.kind in selector.kind)
            )

        return (number for number, unit in enumerate(self._book.roster) if fits(unit))

    def _at(self, selector: Selector) -> Iterable[int]:
        """The slots that fit: those of what is in transit only where its readiness is named, or no place is."""
        places = set(self._book.place_ids)
        if selector.place:
            places &= _joined(self._inside, selector.place)
        if selector.country:
            places &= _joined(self._by_country, selector.country)
        bound = bool(selector.place or selector.country)
        meant = selector.readiness or [each for each in READINESSES if not (bound and each is Readiness.IN_TRANSIT)]
        return (self._book.slot(place, readiness) for place in places for readiness in meant)


def _joined(lists: Mapping[str, list[str]], keys: Iterable[str]) -> set[str]:
    return {value for key in keys for value in lists.get(key, ())}


class Tally:
    """A count of strength, kept as units come and go: the nominal figure and the interval it stands for."""

    def __init__(self, book: Book) -> None:
        self.parts: dict[int, int] = {}
        self.strength = 0
        self._roster = book.roster
        self._read: dict[int, Interval] = {}
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
        if before:
            self._weigh(self._interval(unit, before), -1)
            if self._read:
                self._read.pop(unit, None)
        if after:
            self._weigh(self._interval(unit, after), 1)
            self.parts[unit] = after
        else:
            self.parts.pop(unit, None)
        self.strength += strength

    def read(self, unit: int, interval: Interval) -> None:
        """Take what is counted of the unit for `interval`, until more or less of it is counted."""
        self._weigh(self._interval(unit, self.parts[unit]), -1)
        self._read[unit] = interval
        self._weigh(interval, 1)

    def _interval(self, unit: int, part: int) -> Interval:
        """What the strength that is counted of a unit stands for: what it was read as, else its share."""
        if self._read and unit in self._read:
            return self._read[unit]
        one = self._roster[unit]
        return one.reported.interval if part == one.strength else one.interval_of(part)

    def _weigh(self, interval: Interval, sign: int) -> None:
        self._low += sign * interval.low
        if interval.high is None:
            self._unbounded += sign
        else:
            self._high += sign * interval.high
