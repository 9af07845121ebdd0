"""Awaited: units on their way of which no arrival is known, and where they may be.

As known at some time, an order may have been published and its arrival not: what moves leaves, and stays on its way.
Where it is from then on, nobody could know. In a run of all that was published there is nothing of the kind; nor is
there among what goes by lift, of which the run works out when it arrives.
"""

from bisect import bisect_right
from collections.abc import Collection
from operator import itemgetter

from attrs import frozen

from sim.domain.order import Leg, Order, legs_of
from sim.domain.quantity import ZERO, Interval
from sim.domain.unit import Unit
from sim.domain.vocabulary import Action, Readiness
from sim.ledger.book import DEPARTED, SLOT_MASK, TAG_BY_HOW, UNIT_SHIFT, Book
from sim.ledger.portion import Portion
from sim.ledger.selection import Selection
from sim.ledger.whereabouts import Whereabouts


@frozen
class Awaited:
    """A unit that never closes under an order: of some of it, no arrival is known.

    `stood` is the slot that it left, `way` that of what is on its way, `there` that of what has arrived. `unplayed` are
    the orders, in the order of the run, that it refused only for being on its way when all of it may have arrived.
    `later` are the slots other than `there` into which these may have taken it, each with the minute from which on, by
    minute. `closes` is the minute by which it may have closed a deploy, None for never.
    """

    unit: Unit
    order: Order
    legs: tuple[Leg, ...]
    stood: int
    way: int
    there: int
    unplayed: tuple[Order, ...]
    later: tuple[tuple[int, int], ...]
    closes: int | None

    def slots(self, minute: int, *, arrived: bool) -> list[int]:
        """Where each of its legs is at a minute, if what may have `arrived` by then has, or has not."""
        return [self._slot(leg, minute, arrived or leg.arrives is not None) for leg in self.legs]

    def later_slots(self, minute: int) -> list[int]:
        """Where all of it may be at a minute, other than `there`, if it has arrived."""
        until = bisect_right(self.later, minute, key=itemgetter(0))
        return [slot for _, slot in self.later[:until]]

    def _slot(self, leg: Leg, minute: int, arrived: bool) -> int:
        if leg.leaves > minute:
            return self.stood
        return self.there if arrived and leg.earliest <= minute else self.way

    def interval_of(self, legs: Collection[int]) -> Interval:
        """What these legs, by number, stand for of the unit."""
        if len(legs) == len(self.legs):
            return self.unit.reported.interval
        return Portion(self.unit, self.order, tuple(sorted(legs))).interval if legs else ZERO


class Waiting:
    """All units of a book of which an arrival is awaited, by number."""

    def __init__(self, book: Book) -> None:
        self._book = book
        moving = any(order.moves and not order.ends for order in book.orders.values())
        self.units = self._found() if moving else {}

    def spread(self, selection: Selection, interval: Interval, minute: int) -> Interval:
        """What is selected at a minute, `interval` as it stands, from if none of these had arrived to if all had."""
        low, high = interval.low, interval.high
        for unit in self.units.keys() & selection.units:
            awaited = self.units[unit]
            now, least, most = map(awaited.interval_of, _legs_selected(awaited, selection.slots, minute))
            # all parts together stand for the unit, which may be fewer than some of them, or no more
            low += min(least.low, most.low) - now.low
            if high is not None and least.high is not None and most.high is not None and now.high is not None:
                high += max(least.high, most.high) - now.high
            else:
                high = None
        return Interval(min(max(low, 0), interval.low), high if high is None else max(high, interval.high or 0))

    def may_have_closed(self, unit: int, by: int) -> bool:
        """Whether the unit with this number may have closed a deploy by a minute, though its arrival is not known."""
        closes = self.units[unit].closes if unit in self.units else None
        return closes is not None and closes <= by

    def may_be_selected(self, selection: Selection, by: int) -> bool:
        """Whether any unit that may have closed a deploy by a minute may ever be selected, by then or later."""
        end = self._book.opened.end
        return any(
            self.may_have_closed(unit, by)
            and not selection.slots.isdisjoint((self.units[unit].there, *self.units[unit].later_slots(end)))
            for unit in self.units.keys() & selection.units
        )

    def _found(self) -> dict[int, Awaited]:
        """The units that left under orders that do not end, and what they could not be given since."""
        book = self._book
        endless = {
            number for number, order in enumerate(map(book.orders.__getitem__, book.order_ids)) if _endless(order)
        }
        left: dict[int, tuple[Order, int]] = {}
        for _, giving, taking, _, _, number, how in book.entries():
            unit = taking >> UNIT_SHIFT
            if number in endless and TAG_BY_HOW[how] == DEPARTED and unit not in left:
                left[unit] = book.orders[book.order_ids[number]], giving & SLOT_MASK
        whereabouts = {book.roster[unit].id: Whereabouts(book.roster[unit], order) for unit, (order, _) in left.items()}
        for refusal in book.refusals.values():
            refused = book.orders[refusal.order]
            if refusal.unit in whereabouts and refused.action is not Action.CANCEL and not refused.refusal_expected:
                whereabouts[refusal.unit].offer(refused)
        return {
            unit: self._awaited(book.roster[unit], order, stood, whereabouts[book.roster[unit].id])
            for unit, (order, stood) in left.items()
        }

    def _awaited(self, unit: Unit, order: Order, stood: int, whereabouts: Whereabouts) -> Awaited:
        to, after = order.destination(unit.origin), order.after
        way, there = (self._book.slot(to, each) for each in (Readiness.IN_TRANSIT, after))
        later = tuple(each for each in whereabouts.slots(self._book) if each[1] != there)
        unplayed = tuple(whereabouts.orders)
        return Awaited(unit, order, legs_of(order), stood, way, there, unplayed, later, whereabouts.closed)


def _legs_selected(
    awaited: Awaited, slots: frozenset[int], minute: int
) -> tuple[Collection[int], Collection[int], Collection[int]]:
    """The legs in these slots as the book has it, those that are there at least, and those that are at most."""
    here = {number for number, slot in enumerate(awaited.slots(minute, arrived=False)) if slot in slots}
    then = {number for number, slot in enumerate(awaited.slots(minute, arrived=True)) if slot in slots}
    later = awaited.later_slots(minute)
    least = here & then if slots.issuperset(later) else ()
    most = here | then if slots.isdisjoint(later) else range(len(awaited.legs))
    return here, least, most


def unplayed(book: Book) -> frozenset[tuple[str, str]]:
    """The refusals, each as its order and its unit, that come only of an arrival that is not known."""
    units = Waiting(book).units.values() if book.refusals else ()
    return frozenset((order.id, awaited.unit.id) for awaited in units for order in awaited.unplayed)


def _endless(order: Order) -> bool:
    return order.moves and not order.ends
