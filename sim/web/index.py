"""Indexes: where in a run what a question asks about stands, so that no question walks through all of it."""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from heapq import merge
from itertools import groupby

from sim.domain.place import chain
from sim.ledger.book import NO_ORDER, OPENING, Book, Numbers, slot_of, unit_of
from sim.posture.excerpt import Scope, with_places
from sim.posture.timeline import Happening

MOVES_MAX = 100_000
"""How many kinds of moves are kept apart at most; a run with more of them is walked through."""

_Move = tuple[int, int, int, int]


class Happenings:
    """A whole timeline, and where in it are those of each place, with all that lies within, and of each order."""

    def __init__(self, book: Book, timeline: Sequence[Happening]) -> None:
        self._book = book
        self._of_place: defaultdict[str, array[int]] = defaultdict(lambda: array("l"))
        self._of_order: defaultdict[str, array[int]] = defaultdict(lambda: array("l"))
        around = cache(lambda place: tuple(chain(book.places, place)))
        for number, (happening, places) in enumerate(with_places(book, timeline)):
            for place in {each for within in places for each in around(within)}:
                self._of_place[place].append(number)
            if not happening.about:
                continue
            self._of_order[happening.order].append(number)
            cancelled = book.orders[happening.order].cancels
            if cancelled is not None and cancelled != happening.order:
                self._of_order[cancelled].append(number)

    def meant(self, scope: Scope) -> Sequence[int]:
        """Where those stand, rising, that are at these places and under these orders; of all times and units."""
        found = [
            _together([index[each] for each in dict.fromkeys(asked) if each in index])
            for index, asked in ((self._of_place, scope.places), (self._of_order, scope.orders))
            if asked
        ]
        if len(found) == 1:
            return found[0]
        first, second = sorted(found, key=len)
        return [number for number in first if _holds(second, number)]


def _together(parts: Sequence[Sequence[int]]) -> Sequence[int]:
    if len(parts) == 1:
        return parts[0]
    return [number for number, _ in groupby(merge(*parts))]


def _holds(numbers: Sequence[int], number: int) -> bool:
    place = bisect_left(numbers, number)
    return place < len(numbers) and numbers[place] == number


class Moves:
    """The entries of a book by what they take from where to where under which order, without regard to the unit.

    Units are told apart by side, kind and origin alone: whatever is asked by these, and by place and readiness, one
    entry of each kind tells as much as all.
    """

    def __init__(self, book: Book) -> None:
        self._book = book
        classes: dict[tuple[str, str, str], int] = {}
        of_unit = [classes.setdefault((unit.side, unit.kind, unit.origin), len(classes)) for unit in book.roster]
        self._found: defaultdict[_Move, array[int]] | None = None
        found: defaultdict[_Move, array[int]] = defaultdict(lambda: array("l"))
        for number, (_, giving, taking, _, _, order, _) in enumerate(book.entries()):
            if giving == OPENING or order == NO_ORDER:
                continue
            found[of_unit[unit_of(taking)], slot_of(giving), slot_of(taking), order].append(number)
            if len(found) > MOVES_MAX:
                return
        self._found = found

    def between(self, first: int, last: int) -> Iterable[Numbers]:
        """Entries after one minute and up to another: of each kind of move that there was then, at least one."""
        begin, end = self._book.entries_until(first), self._book.entries_until(last)
        if self._found is None or end - begin <= len(self._found):
            return self._book.entries(begin, end)
        return self._one_of_each(self._found.values(), begin, end)

    def _one_of_each(self, moves: Iterable[Sequence[int]], begin: int, end: int) -> Iterator[Numbers]:
        for numbers in moves:
            place = bisect_left(numbers, begin)
            if place < len(numbers) and numbers[place] < end:
                yield from self._book.entries(numbers[place], numbers[place] + 1)
