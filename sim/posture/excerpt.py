"""Excerpts: what of a timeline a reader asks for."""

from collections import Counter
from collections.abc import Iterable, Iterator

from attrs import frozen

from sim.domain.place import chain
from sim.domain.unit import parts_by_unit, with_parts
from sim.ledger.book import Book
from sim.posture.timeline import Happening, bound_for

Told = tuple[Happening, tuple[str, ...]]
"""A happening, and those of its units that are meant."""


@frozen
class Scope:
    """Which happenings are meant: those that fit all that is said; what is empty or None fits any.

    `units` are meant with all their parts, `orders` with those that cancel them, `places` with all that lies within:
    what left, or was to leave, for there or from there, and what happened there. `since` and `until` are minutes, both
    included.
    """

    units: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None


def excerpt(book: Book, happenings: Iterable[Happening], scope: Scope) -> Iterator[Told]:
    """The happenings of a whole timeline that are meant, each with its units that are."""
    sieve = _Sieve(book, scope)
    for happening in happenings:
        units = sieve.units_meant(happening)
        if units:
            yield happening, units
        sieve.follow(happening)


def with_places(book: Book, happenings: Iterable[Happening]) -> Iterator[tuple[Happening, frozenset[str]]]:
    """The happenings of a whole timeline, each with the places it has to do with, not what these lie within."""
    sieve = _Sieve(book, Scope())
    for happening in happenings:
        yield happening, frozenset(place for unit in happening.about for place in sieve.where(happening, unit) if place)
        sieve.follow(happening)


class _Sieve:
    """Tells what is meant of one happening after another, and knows how much of each unit is where by then."""

    def __init__(self, book: Book, scope: Scope) -> None:
        self._book = book
        self._scope = scope
        self._orders = frozenset(scope.orders)
        self._units = frozenset(with_parts(parts_by_unit(book.units), scope.units))
        self._places = frozenset(
            place for place in book.place_ids if any(around in scope.places for around in chain(book.places, place))
        )
        self._strength = {unit.id: Counter({unit.place: unit.strength}) for unit in book.units.values()}

    def units_meant(self, happening: Happening) -> tuple[str, ...]:
        """The units of a happening that are meant; none where it is not."""
        scope = self._scope
        if scope.since is not None and happening.at < scope.since:
            return ()
        if scope.until is not None and happening.at > scope.until:
            return ()
        cancelled = self._book.orders[happening.order].cancels
        if self._orders and self._orders.isdisjoint((happening.order, cancelled)):
            return ()
        return tuple([unit for unit in happening.about if self._fits(happening, unit)])

    def follow(self, happening: Happening) -> None:
        """Note where the units are after a happening: what is in transit, where it is bound."""
        unit, left, bound = happening.unit, happening.place, happening.destination
        if unit is not None and left is not None and bound is not None:  # it is a departure
            strength = happening.strength or 0
            self._strength[unit][left] -= strength
            self._strength[unit][bound] += strength

    def where(self, happening: Happening, unit: str) -> set[str | None]:
        """The places that a happening has to do with, as far as it is about one unit.

        Of an order, obeyed or refused, those are where the unit is and where it is to go.
        """
        if happening.place is not None:
            return {happening.place, happening.destination}
        there = {place for place, strength in self._strength[unit].items() if strength > 0}
        return {*there, bound_for(self._book, happening.order, unit)}

    def _fits(self, happening: Happening, unit: str) -> bool:
        """Whether a happening is meant as far as it is about one unit."""
        if self._scope.units and unit not in self._units:
            return False
        return not self._scope.places or not self._places.isdisjoint(self.where(happening, unit))
