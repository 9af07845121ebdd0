"""Whereabouts: where orders may have taken a unit that could not be given them, its arrival before being unknown."""

from sim.domain.order import Order, legs_of
from sim.domain.unit import Unit
from sim.domain.vocabulary import LEGAL_CHANGES, Action, Readiness
from sim.ledger.book import Book

Spot = tuple[str, Readiness]
"""A place, and how ready the unit is there; in transit, it is bound for the place."""


class Whereabouts:
    """Where a unit may be, and from which minute on, when the move under `order` may be over.

    `orders` are those that it may have obeyed since, in the order of the run. `closed` is the first minute by which it
    may have closed a deploy, None where it never can have.
    """

    def __init__(self, unit: Unit, order: Order) -> None:
        self.orders: list[Order] = []
        self.closed: int | None = None
        self._unit = unit
        self._standing: dict[Spot, int] = {}  # all of it, from when on
        self._reached: dict[Spot, int] = {}  # some of it, under one of `orders`
        self._arrive(order)

    def offer(self, order: Order) -> None:
        """An order that it refused because it was on its way: it may have obeyed where it may have stood so by then."""
        obeying = [spot for spot, since in self._standing.items() if since <= order.at and self._obeys(order, *spot)]
        if not obeying:
            return
        self.orders.append(order)
        if order.moves:
            self._depart(order)
            self._arrive(order)
            return
        for place, _ in obeying:
            for spots in (self._standing, self._reached):
                spots.setdefault((place, order.after), order.at)

    def slots(self, book: Book) -> list[tuple[int, int]]:
        """Where `orders` may have taken some of it: slots, each with the minute from which on, by minute."""
        return sorted((since, book.slot(*spot)) for spot, since in self._reached.items())

    def _obeys(self, order: Order, place: str, readiness: Readiness) -> bool:
        """Whether it can be given an order where it stands, all of it."""
        if order.moves:
            return order.no_way(self._unit.origin, place, readiness) is None
        return order.after in LEGAL_CHANGES[readiness]

    def _depart(self, order: Order) -> None:
        legs, to = legs_of(order), order.destination(self._unit.origin)
        first_left, first_there = min(leg.leaves for leg in legs), min(leg.earliest for leg in legs)
        for spot, since in (((to, Readiness.IN_TRANSIT), first_left), ((to, order.after), first_there)):
            self._reached[spot] = min(since, self._reached.get(spot, since))

    def _arrive(self, order: Order) -> None:
        spot, since = (order.destination(self._unit.origin), order.after), max(leg.earliest for leg in legs_of(order))
        self._standing[spot] = min(since, self._standing.get(spot, since))
        if order.action is Action.DEPLOY:
            self.closed = since if self.closed is None else min(since, self.closed)
