"""Holdings: which parts of which units stand where at a moment, for units that are moved in parts."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator

from attrs import frozen

from sim.domain.order import Leg, Order, arrivals_in_turn, departures_in_turn, legs_of
from sim.domain.quantity import Interval
from sim.domain.unit import Unit
from sim.ledger.book import ARRIVED, CHANGED, DEPARTED, MUSTERED, SLOT_MASK, TAG_BY_HOW, UNIT_SHIFT, Book, Numbers
from sim.ledger.portion import Allowing, Portion


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

    def interval(self, unit: int, minute: int, slots: frozenset[int]) -> Interval | None:
        """That of the `portion`, None where there is none: quick where it is asked for at many minutes."""
        return self._followed[unit].interval(minute, slots)


class _Division:
    """A unit while an order has moved some of it: from which slot, and which part went to which slot since, in turn."""

    def __init__(self, order: Order, whole: int) -> None:
        self.order = order
        self.changes: list[tuple[int, int]] = []
        self._first = whole
        self._now = [whole] * len(order.parts)
        self._there = Counter({whole: len(order.parts)})

    def move(self, part: int, before: int, after: int) -> bool:
        """Move a part from one slot to another; whether it was there."""
        if self._now[part] != before:
            return False
        self._now[part] = after
        self._there[after] += 1
        self._there[before] -= 1
        if not self._there[before]:
            del self._there[before]
        self.changes.append((part, after))
        return True

    @property
    def together(self) -> bool:
        """Whether all parts are in one slot now."""
        return len(self._there) == 1

    def slots(self, changes: int) -> tuple[int, ...]:
        """Where each part was after so many changes."""
        slots = [self._first] * len(self._now)
        for part, slot in self.changes[:changes]:
            slots[part] = slot
        return tuple(slots)

    def intervals(self, unit: Unit, selected: frozenset[int]) -> list[Interval | None]:
        """What the words allow of the parts in these slots after each number of changes, from none on.

        None where no part is there, or all are.
        """
        allowing, parts = Allowing(unit, self.order), self.order.parts
        slots = [self._first] * len(parts)
        if self._first in selected:
            for each in parts:
                allowing.add(each)
        found = [allowing.interval]
        for part, slot in self.changes:
            came = (slot in selected) - (slots[part] in selected)
            slots[part] = slot
            if came:
                allowing.add(parts[part], came)
            found.append(allowing.interval if came else found[-1])
        return found


class _Followed:
    """One unit, followed through its entries: of each, what divided it then, and after how many changes."""

    def __init__(self, book: Book, unit: Unit) -> None:
        self._book = book
        self._unit = unit
        self._whole: int | None = None
        self._division: _Division | None = None
        self._loads: Counter[int] = Counter()  # by slot, while it goes by lift
        self._lost = False
        self._due: dict[tuple[int, int], Iterator[int]] = {}
        self._minutes: list[int] = []
        self._states: list[tuple[_Division, int] | None] = []
        self._intervals: dict[tuple[int, frozenset[int]], list[Interval | None]] = {}

    def at(self, minute: int) -> Division | None:
        """How the unit is divided once all of a minute is over."""
        state = self._state(minute)
        return None if state is None else Division(state[0].order, state[0].slots(state[1]))

    def interval(self, minute: int, slots: frozenset[int]) -> Interval | None:
        """What the words allow of the parts in these slots at a minute; worked out for all minutes at once."""
        state = self._state(minute)
        if state is None:
            return None
        division, changes = state
        key = (id(division), slots)  # it lives as long as its states do
        if key not in self._intervals:
            self._intervals[key] = division.intervals(self._unit, slots)
        return self._intervals[key][changes]

    def _state(self, minute: int) -> tuple[_Division, int] | None:
        turn = bisect_right(self._minutes, minute) - 1
        return None if turn < 0 or self._lost else self._states[turn]

    def take(self, entry: Numbers) -> None:
        """Follow one more entry; one that is none of what is ordered loses the unit."""
        self._lost = self._lost or not self._fits(entry)
        self._minutes.append(entry[0])
        self._states.append(None if self._division is None else (self._division, len(self._division.changes)))

    def _fits(self, entry: Numbers) -> bool:
        _, giving, taking, strength, _, number, how = entry
        before, after, tag = giving & SLOT_MASK, taking & SLOT_MASK, TAG_BY_HOW[how]
        if tag == MUSTERED:
            fits = not self._minutes and strength == self._unit.strength
            self._whole = after
            return fits
        order = self._book.orders[self._book.order_ids[number]]
        if order.carriage is not None and not order.parts:
            return self._moves_load(before, after, strength)
        if tag == CHANGED or not order.parts:
            fits = self._whole == before and strength == self._unit.strength
            self._whole = after
            return fits
        return self._moves_part(order, number, tag, before, after, strength)

    def _moves_load(self, before: int, after: int, strength: int) -> bool:
        """Move what goes in one vehicle, if there is so much there: it is none of the parts."""
        if self._whole is not None:
            self._loads = Counter({self._whole: self._unit.strength})
        elif self._division is not None:
            return False
        self._loads[before] -= strength
        self._loads[after] += strength
        self._whole = after if self._loads[after] == self._unit.strength else None
        return self._loads[before] >= 0

    def _moves_part(self, order: Order, number: int, tag: int, before: int, after: int, strength: int) -> bool:
        """Move the part that is next to leave or to arrive, if it is there, and as strong as the entry says."""
        if (number, tag) not in self._due:
            self._due[number, tag] = iter(parts_in_turn(order, tag))
        part, division = next(self._due[number, tag], None), self._divided_by(order)
        if part is None or division is None or order.parts[part].strength != strength:
            return False
        if not division.move(part, before, after):
            return False
        self._whole = after if division.together else None
        self._division = None if division.together else division
        return True

    def _divided_by(self, order: Order) -> _Division | None:
        """The parts under an order as they are now; None where it cannot have them."""
        if self._division is not None:
            return self._division if self._division.order is order else None
        if self._whole is None or sum(part.strength for part in order.parts) != self._unit.strength:
            return None
        return _Division(order, self._whole)


def divided(book: Book) -> frozenset[int]:
    """The numbers of the units that some order moves in parts."""
    units = {unit for order in book.orders.values() if order.parts for unit in order.units}
    return frozenset(number for number, unit in enumerate(book.roster) if unit.id in units) if units else frozenset()


def parts_in_turn(order: Order, tag: int) -> list[int]:
    """The numbers of an order's parts in the order in which they leave, for DEPARTED, or arrive, for ARRIVED.

    There are none where it moves a whole.
    """
    legs = legs_of(order) if order.parts else ()
    number_of = {id(leg): number for number, leg in enumerate(legs)}  # legs of different parts may be equal
    due: list[Leg] = {DEPARTED: departures_in_turn, ARRIVED: arrivals_in_turn}[tag](legs)
    return [number_of[id(leg)] for leg in due]
