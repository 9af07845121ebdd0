"""Holdings: which parts of which units stand where at a moment, for units that are moved in parts."""

from bisect import bisect_right
from collections.abc import Iterator

from attrs import frozen

from sim.domain.order import Leg, Order, arrivals_in_turn, departures_in_turn, legs_of
from sim.domain.unit import Unit
from sim.ledger.book import ARRIVED, CHANGED, DEPARTED, MUSTERED, SLOT_MASK, TAG_BY_HOW, UNIT_SHIFT, Book, Numbers
from sim.ledger.portion import Portion


@frozen
class Division:
    """A unit that an order has moved some of: the slot of each part, in the order in which they are written."""

    order: Order
    slots: tuple[int, ...]


class Holdings:
    """Where the parts of units are at any moment of a book: of the units by number in `units`.

    As everywhere, what is held at a minute is what is held once all of it is over. Of a unit whose entries are not
    those of its orders, as in a log that somebody has tampered with, no parts are known.
    """

    def __init__(self, book: Book, units: frozenset[int]) -> None:
        self._roster = book.roster
        self._followed = {unit: _Followed(book, book.roster[unit]) for unit in units}
        for entry in book.entries():
            unit = entry[2] >> UNIT_SHIFT
            if unit in units:
                self._followed[unit].take(entry)

    def division(self, unit: int, minute: int) -> Division | None:
        """How a unit is divided at a minute; None while all of it stands in one slot."""
        return self._followed[unit].at(minute)

    def portion(self, unit: int, minute: int, slots: frozenset[int]) -> Portion | None:
        """The parts of a unit in these slots; None where it is not divided, or all of its parts are there, or none."""
        division = self.division(unit, minute)
        if division is None:
            return None
        parts = tuple(part for part, slot in enumerate(division.slots) if slot in slots)
        if not 0 < len(parts) < len(division.slots):
            return None
        return Portion(self._roster[unit], division.order, parts)


class _Followed:
    """One unit, followed through its entries."""

    def __init__(self, book: Book, unit: Unit) -> None:
        self._book = book
        self._unit = unit
        self._whole: int | None = None
        self._division: Division | None = None
        self._lost = False
        self._due: dict[tuple[int, int], Iterator[int]] = {}
        self._minutes: list[int] = []
        self._states: list[Division | None] = []

    def at(self, minute: int) -> Division | None:
        turn = bisect_right(self._minutes, minute) - 1
        return None if turn < 0 or self._lost else self._states[turn]

    def take(self, entry: Numbers) -> None:
        """Follow one more entry; one that is none of what is ordered loses the unit."""
        self._lost = self._lost or not self._fits(entry)
        if self._minutes and self._minutes[-1] == entry[0]:
            self._states[-1] = self._division
        else:
            self._minutes.append(entry[0])
            self._states.append(self._division)

    def _fits(self, entry: Numbers) -> bool:
        _, giving, taking, strength, _, number, how = entry
        before, after, tag = giving & SLOT_MASK, taking & SLOT_MASK, TAG_BY_HOW[how]
        if tag == MUSTERED:
            fits = not self._minutes and strength == self._unit.strength
            self._whole = after
            return fits
        order = self._book.orders[self._book.order_ids[number]]
        if tag == CHANGED or not order.parts:
            fits = self._whole == before and strength == self._unit.strength
            self._whole = after
            return fits
        return self._moves_part(order, number, tag, before, after, strength)

    def _moves_part(self, order: Order, number: int, tag: int, before: int, after: int, strength: int) -> bool:
        """Move the part that is next to leave or to arrive, if it is there, and as strong as the entry says."""
        if (number, tag) not in self._due:
            self._due[number, tag] = iter(_in_turn(order, tag))
        part, slots = next(self._due[number, tag], None), self._slots(order)
        if part is None or slots is None or slots[part] != before or order.parts[part].strength != strength:
            return False
        slots[part] = after
        together = len(set(slots)) == 1
        self._whole = after if together else None
        self._division = None if together else Division(order, tuple(slots))
        return True

    def _slots(self, order: Order) -> list[int] | None:
        """Where the parts under an order are now; None where it cannot have them."""
        if self._division is not None:
            return list(self._division.slots) if self._division.order is order else None
        if self._whole is None or sum(part.strength for part in order.parts) != self._unit.strength:
            return None
        return [self._whole] * len(order.parts)


def _in_turn(order: Order, tag: int) -> list[int]:
    """The numbers of an order's parts in the order in which they leave, or, for ARRIVED, arrive."""
    legs = legs_of(order)
    number_of = {id(leg): number for number, leg in enumerate(legs)}  # legs of different parts may be equal
    due: list[Leg] = {DEPARTED: departures_in_turn, ARRIVED: arrivals_in_turn}[tag](legs)
    return [number_of[id(leg)] for leg in due]
