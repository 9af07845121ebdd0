"""Standing: how much of every unit is in every slot at a moment, so that many selections can be counted there."""

from collections import defaultdict

from attrs import frozen

from sim.domain.quantity import Interval
from sim.ledger.book import OPENING, SLOT_MASK, UNIT_SHIFT, Book
from sim.ledger.portion import Portion
from sim.ledger.selection import Selection


@frozen
class Counted:
    """What is selected at a minute: the strength, its interval, and the ids of the units with how much of each.

    The units are in byte order, none of them with nothing. `portions` say which parts there are of those of which some
    parts are selected; a `Standing` knows none, and shares each unit's interval instead.
    """

    strength: int
    interval: Interval
    units: tuple[tuple[str, int], ...]
    portions: tuple[Portion, ...] = ()


class Standing:
    """A trial balance of a book by unit and by slot, moved forward in time with `advance`."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._next = 0
        self._roster = [(unit.id, unit.strength, unit.reported.interval) for unit in book.roster]
        self._by_unit: list[dict[int, int]] = [{} for _ in book.roster]
        self._by_slot: defaultdict[int, set[int]] = defaultdict(set)

    def advance(self, minute: int) -> None:
        """Take in every entry up to and including `minute`, which must not lie before the last one asked for."""
        last = self._book.entries_until(minute)
        by_unit, by_slot = self._by_unit, self._by_slot
        for _, giving, taking, strength, _, _, _ in self._book.entries(self._next, last):
            unit, before, after = taking >> UNIT_SHIFT, giving & SLOT_MASK, taking & SLOT_MASK
            held = by_unit[unit]
            left = held.pop(before, 0) - strength
            if left and giving != OPENING:
                held[before] = left
                by_slot[before].add(unit)
            else:
                by_slot[before].discard(unit)
            there = held.pop(after, 0) + strength
            if there:
                held[after] = there
                by_slot[after].add(unit)
            else:
                by_slot[after].discard(unit)
        self._next = last

    def counted(self, selection: Selection) -> Counted:
        """What a selection selects."""
        slots, by_unit, roster = selection.slots, self._by_unit, self._roster
        total, low, high, unbounded = 0, 0, 0, False
        units = []
        for unit in sorted(self._there(selection)):
            part = 0
            for slot, strength in by_unit[unit].items():
                if slot in slots:
                    part += strength
            if part:
                id, whole, interval = roster[unit]
                if part != whole:
                    interval = interval.share(part, whole)
                total += part
                low += interval.low
                if interval.high is None:
                    unbounded = True
                else:
                    high += interval.high
                units.append((id, part))
        return Counted(total, Interval(low, None if unbounded else high), tuple(units))

    def _there(self, selection: Selection) -> set[int] | frozenset[int]:
        """The units that may be selected: looked for by unit or by slot, whichever are fewer."""
        units, slots = selection.units, selection.slots
        if len(units) <= len(slots):
            return units
        there: set[int] = set()
        return units & there.union(*(self._by_slot[slot] for slot in slots))
