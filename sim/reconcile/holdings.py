"""Holdings: the book with unknowns for figures: what of whom an account holds at a moment, whatever its strength."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from operator import itemgetter

from sim.errors import LogError
from sim.ledger.book import CHANGED, MUSTERED, SLOT_MASK, TAG_BY_HOW, UNIT_SHIFT, Book
from sim.ledger.holdings import parts_in_turn
from sim.ledger.selection import Selection
from sim.reconcile.figure import Figure
from sim.reconcile.form import Division, Form

_Content = frozenset[int]
_Held = dict[int, tuple[_Content | None, int]]
"""By slot, what of a unit is there, and how much: all of it, some of its parts, or, None, some that lift has moved."""

_NOTHING: _Content = frozenset()


class Holdings:
    """What of whom every account holds, at any moment of a book.

    `figures` are the unknowns by number: those of the units first, in the order of the book, then those of the parts of
    each order that moved a unit in parts, then what lift has in one place or another of a unit that it moves load by
    load, at moments that were asked about. `divisions` say which parts make up which unit. Both grow as more is asked.

    As everywhere, what is held at a minute is what is held once all of it is over. Raises LogError for a book that
    posts what its own figures rule out.
    """

    def __init__(self, book: Book) -> None:
        self.figures = [Figure(unit) for unit in book.roster]
        self.divisions: list[Division] = []
        self._book = book
        self._division_of: dict[int, Division] = {}
        self._divided: dict[tuple[int, int], Division] = {}
        self._minutes: list[list[int]] = [[] for _ in book.roster]
        self._states: list[list[_Held]] = [[] for _ in book.roster]
        self._ever_in: dict[int, set[int]] = {}
        self._by_lift: dict[tuple[int, tuple[tuple[int, tuple[_Content | None, int]], ...]], dict[int, _Content]] = {}
        self._fold()
        for figure in self.figures:
            if figure.strength not in figure.interval():
                raise LogError(f"the strength posted for '{figure.unit.id}' is none that is reported of it")

    def form(self, selection: Selection, minute: int) -> Form:
        """What a selection holds at a minute."""
        content: set[int] = set()
        for unit in self._candidates(selection):
            content |= self._selected(unit, minute, selection.slots)
        return tuple(sorted(content))

    def forms_since(self, selection: Selection, start: int) -> list[Form]:
        """All that a selection holds at one minute or another from `start` on, each once, in order of time."""
        units = self._candidates(selection)
        later = {minute for unit in units for minute in self._minutes[unit] if minute > start}
        return list(dict.fromkeys(self.form(selection, minute) for minute in (start, *sorted(later))))

    def ever_since(self, selection: Selection, start: int) -> Form:
        """The unknowns that a selection holds at one minute or another from `start` on; parts not beside their unit."""
        content = {unknown for form in self.forms_since(selection, start) for unknown in form}
        there_whole = (division.parts for division in self.divisions if division.whole in content)
        return tuple(sorted(content.difference(*there_whole)))

    def _candidates(self, selection: Selection) -> set[int] | frozenset[int]:
        """The units that the selection ever holds any of."""
        there: set[int] = set()
        there = there.union(*(self._ever_in.get(slot, ()) for slot in selection.slots))
        return selection.units & there

    def _selected(self, unit: int, minute: int, slots: frozenset[int]) -> _Content:
        turn = bisect_right(self._minutes[unit], minute) - 1
        if turn < 0:
            return _NOTHING
        held = self._states[unit][turn]
        if slots.issuperset(held):
            return frozenset({unit})
        contents = self._contents(unit, held)
        return self._whole_if_all(_NOTHING.union(*(content for slot, content in contents.items() if slot in slots)))

    def _contents(self, unit: int, held: _Held) -> Mapping[int, _Content]:
        """What is in each slot; what lift has moved gets a number of its own, of this state of the unit."""
        known = {slot: content for slot, (content, _) in held.items() if content is not None}
        if len(known) == len(held):
            return known
        state = unit, tuple(sorted(held.items(), key=itemgetter(0)))
        if state not in self._by_lift:
            for slot, (content, strength) in state[1]:
                if content is None:
                    known[slot] = frozenset({len(self.figures)})
                    account = self._book.account(unit << UNIT_SHIFT | slot)
                    self.figures.append(Figure(self._book.roster[unit], held=strength, account=account))
            self.divisions.append(Division(unit, tuple(sorted(_NOTHING.union(*known.values())))))
            self._by_lift[state] = known
        return self._by_lift[state]

    def _whole_if_all(self, content: _Content) -> _Content:
        """A content without parts where all parts of a unit are there."""
        division = self._division_of.get(max(content, default=-1))
        if division is not None and content.issuperset(division.parts):
            return content.difference(division.parts) | {division.whole}
        return content

    def _fold(self) -> None:
        """Walk through the entries, and note what of whom was where after each minute."""
        book, turns = self._book, _Turns(self._book)
        now: list[_Held] = [{} for _ in book.roster]
        for minute, giving, taking, strength, _, number, how in book.entries():
            unit, tag = taking >> UNIT_SHIFT, TAG_BY_HOW[how]
            before, after, held = giving & SLOT_MASK, taking & SLOT_MASK, now[unit]
            moved: _Content | None = frozenset({unit})
            if tag != MUSTERED:
                there, many = held.pop(before, (_NOTHING, 0))
                part = None if tag == CHANGED else turns.part(unit, number, tag)
                there, moved = self._split(there, unit, number, part, all_of_it=strength >= many)
                if there is None or there:
                    held[before] = there, many - strength
            held[after] = self._added(unit, held.get(after), moved, strength)
            self._ever_in.setdefault(after, set()).add(unit)
            self._note(unit, minute, held)

    def _added(
        self, unit: int, there: tuple[_Content | None, int] | None, moved: _Content | None, strength: int
    ) -> tuple[_Content | None, int]:
        """What is in a slot once something has come to it; where that is all of a unit, it is the unit."""
        content, many = (_NOTHING, 0) if there is None else there
        if content is not None and moved is not None:
            return self._whole_if_all(content | moved), many + strength
        all_of_it = many + strength == self._book.roster[unit].strength
        return frozenset({unit}) if all_of_it else None, many + strength

    def _split(
        self, there: _Content | None, unit: int, number: int, part: int | None, *, all_of_it: bool
    ) -> tuple[_Content | None, _Content | None]:
        """What is left of a content, and what an entry moves of it: a part, all there is, or some that lift moves."""
        if part is not None and there is not None:
            return self._parted(there, unit, number, part)
        if all_of_it:
            return _NOTHING, there
        return None, None

    def _parted(self, there: _Content, unit: int, number: int, part: int) -> tuple[_Content, _Content]:
        """What is left of a content, and the part of it that an order moves."""
        division = self._division(unit, number)
        if division.whole in there:
            there = there.difference({division.whole}).union(division.parts)
        moved = frozenset({division.parts[part]})
        return there - moved, moved

    def _division(self, unit: int, number: int) -> Division:
        """The parts in which an order moves a unit, each with a number from then on."""
        if (unit, number) not in self._divided:
            order = self._book.orders[self._book.order_ids[number]]
            first = len(self.figures)
            self.figures += [Figure(self._book.roster[unit], order, part) for part in range(len(order.parts))]
            division = Division(unit, tuple(range(first, len(self.figures))))
            self.divisions.append(division)
            self._divided[unit, number] = division
            self._division_of.update(dict.fromkeys(division.parts, division))
        return self._divided[unit, number]

    def _note(self, unit: int, minute: int, held: _Held) -> None:
        minutes, states = self._minutes[unit], self._states[unit]
        if minutes and minutes[-1] == minute:
            states[-1] = dict(held)
        else:
            minutes.append(minute)
            states.append(dict(held))


class _Turns:
    """Tells which part each departure and arrival of a run is: the one that is next to leave, or to arrive."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._due: dict[tuple[int, int], list[int]] = {}
        self._turns: Counter[tuple[int, int, int]] = Counter()

    def part(self, unit: int, number: int, tag: int) -> int | None:
        """Which part the unit's next departure or arrival under an order is; None for all there is."""
        due = self._due_under(number, tag)
        turn = self._turns[unit, number, tag]
        self._turns[unit, number, tag] = turn + 1
        return due[turn] if turn < len(due) else None

    def _due_under(self, number: int, tag: int) -> list[int]:
        if (number, tag) not in self._due:
            self._due[number, tag] = parts_in_turn(self._book.orders[self._book.order_ids[number]], tag)
        return self._due[number, tag]
