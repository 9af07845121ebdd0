"""What is held of a run that was read: its book, and what lets questions about any moment be answered at once."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from heapq import merge
from itertools import groupby

from sim.domain.claim import Selector
from sim.domain.unit import parts_by_unit, with_parts
from sim.ledger import Book
from sim.ledger.balance import Balances
from sim.ledger.book import unit_of
from sim.ledger.claims import Judgement
from sim.ledger.selection import Selection
from sim.posture import Snapshot, snapshots
from sim.posture.breakdown import Breakdown, breakdown_of
from sim.posture.held import NOTHING, Group, Held, key_of
from sim.posture.narrowing import lines, narrowed
from sim.posture.series import Course, changes, courses
from sim.posture.timeline import Happening
from sim.report.answer import Answer
from sim.web.index import Happenings, Moves

STOPS_MAX = 256
"""At how many moments of a run the trial balance is held."""

HOLDINGS_MAX = 500_000
"""How many holdings these trial balances have together at most."""

BREAKDOWNS_MAX = 50
"""Of how many claims the breakdowns are held."""

COURSE = ("place",)
"""By what the posture is followed over all of a run."""

ROWS_MAX = 200_000
"""How many rows the snapshots have together at most from which the posture over time is told."""


class Told:
    """An answer about a run, with trial balances along it."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.weight = answer.book.events
        self._stops = _stops(answer.book)
        self._breakdowns: dict[str, Breakdown] = {}

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

    def points(self, fields: tuple[str, ...], most: int) -> int:
        """At how many times at most the posture is told over time, of `most` that are asked for."""
        return most if fields == COURSE else max(2, min(most, ROWS_MAX // max(1, len(self.book.units))))

    def over_time(self, fields: tuple[str, ...], times: Sequence[int]) -> list[tuple[Group, list[Held]]]:
        """What each line by these fields holds at each of `times`, rising, in order; none that holds nothing then.

        It is looked up for places. Whatever else is asked is told from a snapshot at each time: to follow every line of
        every grouping takes long, and room for each step of each line.
        """
        if fields == COURSE:
            found = ((course.group, [_at(course, minute) for minute in times]) for course in self._courses)
            return [(group, held) for group, held in found if any(each.strength for each in held)]
        told: dict[Group, list[Held]] = {}
        for turn, minute in enumerate(times):
            for group, held in lines(self.book, self.snapshot(minute).rows, fields):
                told.setdefault(group, [NOTHING] * len(times))[turn] = held
        return sorted(told.items())

    @cached_property
    def _courses(self) -> tuple[Course, ...]:
        return courses(self.book, key_of(COURSE))

    @cached_property
    def happenings(self) -> Happenings:
        """The timeline, to be looked up by places and orders."""
        return Happenings(self.book, self.answer.timeline)

    @cached_property
    def moves(self) -> Moves:
        """The entries of the ledger, to be looked up by what they take where. To be asked by one thread at a time."""
        return Moves(self.book)

    def breakdown(self, judgement: Judgement) -> Breakdown:
        """What the figure against a claim of this run is made of, worked out once as long as there is room."""
        found = self._breakdowns.get(judgement.claim.id)
        if found is None:
            found = breakdown_of(self.book, judgement)
            if len(self._breakdowns) >= BREAKDOWNS_MAX:
                self._breakdowns.clear()
            self._breakdowns[judgement.claim.id] = found
        return found

    def entries_behind(self, judgement: Judgement) -> int:
        """How many entries of the ledger there are of the units that a claim counts."""
        units = () if judgement.reading is None else judgement.reading.units
        return sum(self.entries_of[unit] for unit, _ in units)

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
        _ = self._of_units, self._courses, self.happenings
        return self


def _at(course: Course, minute: int) -> Held:
    place = bisect_right(course.steps, minute, key=_minute)
    return course.steps[place - 1][1] if place else NOTHING


def _minute(step: tuple[int, Held]) -> int:
    return step[0]


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
