"""What is held of a run that was read: its book, and what lets questions about any moment be answered at once."""

from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from heapq import merge
from itertools import groupby

from sim.domain.claim import Selector
from sim.domain.unit import parts_by_unit, with_parts
from sim.ledger import Book
from sim.ledger.balance import Balances
from sim.ledger.book import unit_of
from sim.ledger.selection import Selection
from sim.posture import Snapshot, snapshots
from sim.posture.held import key_of
from sim.posture.narrowing import narrowed
from sim.posture.series import Course, changes, courses
from sim.posture.timeline import Happening
from sim.report.answer import Answer

STOPS_MAX = 256
"""At how many moments of a run the trial balance is held."""

HOLDINGS_MAX = 500_000
"""How many holdings these trial balances have together at most."""

COURSES_MAX = 4
"""Of how many groupings the courses are held."""


class Told:
    """An answer about a run, with trial balances along it."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.weight = answer.book.events
        self._stops = _stops(answer.book)
        self._courses: dict[tuple[str, ...], tuple[Course, ...]] = {}

    @property
    def book(self) -> Book:
        return self.answer.book

    def snapshot(self, minute: int, selector: Selector | None = None) -> Snapshot:
        """The posture at a minute of the run; with a selector, only of what it means."""
        before = [stop for at, stop in self._stops if at <= minute]
        start = before[-1].apart() if before else None
        (taken,) = snapshots(self.book, (minute,), start)
        return taken if selector is None else narrowed(self.book, taken, Selection(self.book, selector))

    @cached_property
    def _of_units(self) -> dict[str, list[Happening]]:
        """What happened to each unit, in the order of the run."""
        found: dict[str, list[Happening]] = {unit: [] for unit in self.book.units}
        for happening in self.answer.timeline:
            for unit in happening.about:
                found[unit].append(happening)
        return found

    def happened_to(self, units: Iterable[str]) -> list[Happening]:
        """What happened to any of these units or their parts, in the order of the run."""
        meant = with_parts(parts_by_unit(self.book.units), units)
        return [happening for happening, _ in groupby(merge(*map(self._of_units.__getitem__, meant), key=_position))]

    @cached_property
    def changes(self) -> list[int]:
        """The minutes at which something is posted, in order."""
        return changes(self.book)

    def courses(self, fields: tuple[str, ...]) -> tuple[Course, ...]:
        """What each line by these fields holds over the whole run."""
        found = self._courses.get(fields)
        if found is None:
            found = courses(self.book, key_of(fields))
            if len(self._courses) >= COURSES_MAX:
                self._courses.clear()
            self._courses[fields] = found
        return found

    @cached_property
    def entries_of(self) -> Counter[str]:
        """How many entries of the ledger there are of each unit."""
        numbers = Counter(unit_of(taking) for _, _, taking, *_ in self.book.entries())
        return Counter({self.book.roster[number].id: count for number, count in numbers.items()})

    def prepare(self) -> "Told":
        """It, with what many questions need worked out."""
        _ = self.entries_of, self.answer.judgements, self.changes
        return self

    def prepare_timeline(self) -> "Told":
        """It, with what questions about the timeline and the courses of places need worked out."""
        _ = self._of_units, self.courses(("place",))
        return self


def _position(happening: Happening) -> int:
    return happening.position


def _stops(book: Book) -> list[tuple[int, Balances]]:
    """Trial balances at minutes of a run that lie about as many entries apart."""
    walk = Balances(book)
    found: list[tuple[int, Balances]] = []
    entries = book.entries_until(book.opened.end)
    number = min(STOPS_MAX, HOLDINGS_MAX // max(1, len(book.units)))
    for place in range(1, number + 1):
        entry = next(book.entries(entries * place // (number + 1)), None)
        if entry is not None and (not found or entry[0] > found[-1][0]):
            walk.advance(entry[0])
            found.append((entry[0], walk.apart()))
    return found
