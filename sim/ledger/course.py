"""Courses: what selections come to hold as a run goes by, from one walk through the book for all of them.

As everywhere, what is held at a minute is what is held once all of it is over.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby
from math import inf
from operator import itemgetter

from sim.domain.quantity import ZERO, Interval
from sim.ledger.book import READINESSES, SLOT_MASK, UNIT_SHIFT, Book
from sim.ledger.selection import Selection, Tally

Change = tuple[int, int, int]
"""At which minute how much of which unit, by its number, came into a selection, or, below 0, left it."""

_ByUnit = dict[int, list[tuple[frozenset[int], list[Change]]]]
"""Selections by unit, each as its slots, with the changes found of it."""

_BySlot = dict[int, list[tuple[frozenset[int], frozenset[int], list[Change]]]]
"""Selections by slot, each as its units and its slots, with the changes found of it."""


def changes(book: Book, selections: Sequence[Selection]) -> list[list[Change]]:
    """What came into each selection and left it, in the order of the run; without what moved within it."""
    found: list[list[Change]] = [[] for _ in selections]
    by_unit, by_slot = _listed(book, selections, found)
    for minute, giving, taking, strength, _, _, _ in book.entries() if by_unit or by_slot else ():
        unit, before, after = taking >> UNIT_SHIFT, giving & SLOT_MASK, taking & SLOT_MASK
        for slots, each in by_unit.get(unit, ()):
            came = after in slots
            if (before in slots) is not came:
                each.append((minute, unit, strength if came else -strength))
        for units, slots, each in by_slot.get(before, ()):
            if unit in units and after not in slots:
                each.append((minute, unit, -strength))
        for units, slots, each in by_slot.get(after, ()):
            if unit in units and before not in slots:
                each.append((minute, unit, strength))
    return found


def _listed(book: Book, selections: Iterable[Selection], found: Iterable[list[Change]]) -> tuple[_ByUnit, _BySlot]:
    """Each selection under either its units or its slots: under those of which it has the smaller share."""
    by_unit: _ByUnit = {}
    by_slot: _BySlot = {}
    for selection, each in zip(selections, found, strict=True):
        units, slots = selection.units, selection.slots
        if len(units) * len(book.place_ids) * len(READINESSES) <= len(slots) * len(book.roster):
            for unit in units:
                by_unit.setdefault(unit, []).append((slots, each))
        else:
            for slot in slots:
                by_slot.setdefault(slot, []).append((units, slots, each))
    return by_unit, by_slot


Reading = Callable[[int, int], Interval | None]
"""What the selected part of a unit, by its number, stands for at a minute; None for its share."""


class Course:
    """What a selection holds, from which minute on. Units in `divided` may be read otherwise than by their share.

    Most courses never leave what is expected of them: what else their figures stand for is worked out when one does.
    """

    def __init__(
        self,
        book: Book,
        changed: Sequence[Change],
        divided: Container[int] = (),
        read: Reading = lambda unit, minute: None,
    ) -> None:
        self._book = book
        self._changed = changed
        self._divided = divided
        self._read = read
        self._minutes: list[int] = []
        self._strengths: list[int] = []
        total = 0
        for minute, _, strength in changed:
            total += strength
            if self._minutes and self._minutes[-1] == minute:
                self._strengths[-1] = total
            else:
                self._minutes.append(minute)
                self._strengths.append(total)

    @cached_property
    def _intervals(self) -> list[Interval]:
        """What is held stands for, after each of the minutes."""
        tally, intervals = Tally(self._book), []
        for minute, together in groupby(self._changed, key=itemgetter(0)):
            touched = set()
            for _, unit, strength in together:
                tally.add(unit, strength)
                if unit in self._divided:
                    touched.add(unit)
            for unit in touched:
                interval = self._read(unit, minute) if unit in tally.parts else None
                if interval is not None:
                    tally.read(unit, interval)
            intervals.append(tally.interval)
        return intervals

    def outside(self, expected: Interval, start: int) -> Iterator[tuple[int, Interval]]:
        """When, from `start` on, what is held comes to be outside of what is expected, and its interval there.

        That is at `start`, where it is outside then, and at each later minute that changes it and leaves it outside.
        """
        first = bisect_right(self._minutes, start)
        if first == 0 and 0 not in expected:
            yield start, ZERO
        low, high = expected.low, inf if expected.high is None else expected.high
        for turn in range(max(0, first - 1), len(self._minutes)):
            if not low <= self._strengths[turn] <= high:
                yield max(start, self._minutes[turn]), self._intervals[turn]


def first_minutes(changed: Iterable[Change]) -> dict[int, int]:
    """The units that are ever in a selection, by number, each with the first minute at whose end it is."""
    held: defaultdict[int, int] = defaultdict(int)
    first: dict[int, int] = {}
    for minute, together in groupby(changed, key=itemgetter(0)):
        touched = set()
        for _, unit, strength in together:
            held[unit] += strength
            touched.add(unit)
        for unit in touched:
            if held[unit] > 0:
                first.setdefault(unit, minute)
    return first
