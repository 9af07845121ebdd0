"""Claims held against the book: what each expects, what the ledger counts, and the verdict."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import groupby
from operator import itemgetter

from attrs import evolve, frozen

from sim.domain.claim import Claim, Closed, Count, Never, Noted, Selector, Separate, When
from sim.domain.grounds import Grounds
from sim.domain.order import legs_of
from sim.domain.quantity import Interval, Quantity, exactly
from sim.domain.source import origins
from sim.domain.vocabulary import Action
from sim.ledger.balance import Balances
from sim.ledger.book import OPENING, Book, unit_of
from sim.ledger.selection import Selection, Tally, tally


class Verdict(StrEnum):
    """How a claim stands against the ledger."""

    HOLDS = "holds"
    COMPATIBLE = "compatible"
    CONTRADICTED = "contradicted"
    NOTED = "noted"


_FROM_BEST_TO_WORST = (Verdict.HOLDS, Verdict.COMPATIBLE, Verdict.CONTRADICTED)

NOTHING = exactly(0)


def verdict_on(strength: int, interval: Interval, expected: Interval) -> Verdict:
    """Holds where the strength is expected; compatible where only the intervals meet; else contradicted."""
    if strength in expected:
        return Verdict.HOLDS
    return Verdict.COMPATIBLE if interval.meets(expected) else Verdict.CONTRADICTED


@frozen
class Reading:
    """What the ledger says of a claim at the minute `at`: the strength counted, its interval, and what was expected.

    `units` are the ids of the units counted, with how much of each, in byte order; `missing` those that should have
    been counted and were not, where the claim is about each of them.
    """

    at: int
    expected: Quantity
    strength: int
    interval: Interval
    units: tuple[tuple[str, int], ...]
    missing: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        return verdict_on(self.strength, self.interval, self.expected.interval)

    @property
    def distance(self) -> int:
        """How far the strength lies outside what was expected; 0 inside."""
        return self.expected.interval.distance(self.strength)


@frozen
class Judgement:
    """A claim and its verdict. `reading` is None for what cannot be tested.

    `given` says that the one figure or window tested rests on the claim's own source, or on one that it shares an
    origin with, and on no other: it cannot disagree, and confirms nothing.
    """

    claim: Claim
    verdict: Verdict
    given: bool
    reading: Reading | None


class Evidence:
    """What a book shows, worked out once for the selectors and minutes that many claims share."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._selections: dict[Selector, Selection] = {}
        self._counted: dict[tuple[Selector, int], Tally] = {}
        self._first: dict[Selector, dict[int, int]] = {}
        self._balances: dict[int, Balances] = {}

    def selection(self, selector: Selector) -> Selection:
        """The accounts that a selector means."""
        if selector not in self._selections:
            self._selections[selector] = Selection(self.book, selector)
        return self._selections[selector]

    def counted(self, selector: Selector, at: int) -> Tally:
        """What a selector selects at a minute."""
        if (selector, at) not in self._counted:
            if at not in self._balances:
                self._balances[at] = Balances(self.book)
                self._balances[at].advance(at)
            self._counted[selector, at] = tally(self.book, self.selection(selector), self._balances[at].held)
        return self._counted[selector, at]

    def first_selected(self, selector: Selector) -> dict[int, int]:
        """The units ever selected, by number, each with the first minute at whose end it is."""
        if selector not in self._first:
            self._first[selector] = _first_selected(self.book, self.selection(selector))
        return self._first[selector]


def judge_all(book: Book) -> tuple[Judgement, ...]:
    """Every claim of the book, by id."""
    evidence = Evidence(book)
    return tuple(judge(evidence, book.claims[claim]) for claim in sorted(book.claims))


def judge(evidence: Evidence, claim: Claim) -> Judgement:
    """Hold one claim against the book."""
    book = evidence.book
    match claim.test:
        case Count(selector, expected, When.ALWAYS):
            return _judged(book, claim, _over_time(evidence, selector, expected, since(book, claim)))
        case Count(selector, expected, int(at)):
            return _judged(book, claim, _read(book, at, expected, evidence.counted(selector, at)))
        case Never(selector):
            return _judged(book, claim, _over_time(evidence, selector, NOTHING, since(book, claim)))
        case Separate(first, second):
            reading = _in_both(evidence, first, second)
            verdict = Verdict.CONTRADICTED if reading.units else Verdict.HOLDS
            return Judgement(claim, verdict, False, reading)
        case Closed(selector, by):
            return _judge_closed(evidence, claim, selector, by)
        case Noted():
            return Judgement(claim, Verdict.NOTED, False, None)
        case _:
            raise AssertionError(f"no such kind of claim: {claim.test}")


def _judged(book: Book, claim: Claim, reading: Reading) -> Judgement:
    """A count's judgement: it is given when it holds of a single unit, whose figure is then only its own again."""
    figures = [book.units[unit].figure_grounds for unit, _ in reading.units]
    agrees = reading.verdict is Verdict.HOLDS and len(figures) == 1
    return Judgement(claim, reading.verdict, agrees and _is_given(book, claim, figures[0]), reading)


def _is_given(book: Book, claim: Claim, grounds: Grounds) -> bool:
    """Whether `grounds` rest on the claim's own source, or on sources it shares an origin with, and on no other."""
    begun = origins(book.sources, claim.per or claim.source)
    return bool(grounds.sources) and all(
        source == claim.source or begun & origins(book.sources, source) for source in grounds.sources
    )


def separate_origins(book: Book, claims: Iterable[Claim]) -> int:
    """How many of the claims have their news from origins that no other of these shares: origins, not outlets."""
    begun = sorted((origins(book.sources, claim.per or claim.source) for claim in claims), key=len)
    apart: list[frozenset[str]] = []
    for each in begun:
        if all(each.isdisjoint(other) for other in apart):
            apart.append(each)
    return len(apart)


def since(book: Book, claim: Claim) -> int:
    """The first minute an `always` is about: the publication of its source, within the run, or the start."""
    published = book.sources[claim.source].published
    return 0 if published is None else max(0, min(published, book.opened.end))


def _read(book: Book, at: int, expected: Quantity, counted: Tally) -> Reading:
    units = sorted((book.roster[unit].id, strength) for unit, strength in counted.parts.items())
    return Reading(at, expected, counted.strength, counted.interval, tuple(units))


class _Worst:
    """The first of the readings with the worst verdict; a reading is made only where it is worse than all before."""

    def __init__(self, book: Book, expected: Quantity) -> None:
        self.reading: Reading | None = None
        self._book = book
        self._expected = expected

    def see(self, at: int, counted: Tally) -> None:
        verdict = verdict_on(counted.strength, counted.interval, self._expected.interval)
        if self.reading is None or _FROM_BEST_TO_WORST.index(verdict) > _FROM_BEST_TO_WORST.index(self.reading.verdict):
            self.reading = _read(self._book, at, self._expected, counted)


def _over_time(evidence: Evidence, selector: Selector, expected: Quantity, start: int) -> Reading:
    """The worst reading from the minute `start` on: there, and at each later minute that changes what is selected."""
    book = evidence.book
    counted = Tally(book)
    worst = _Worst(book, expected)
    for minute, changes in _changes(book, evidence.selection(selector)):
        if minute > start and worst.reading is None:
            worst.see(start, counted)
        for unit, strength in changes:
            counted.add(unit, strength)
        if minute > start:
            worst.see(minute, counted)
    if worst.reading is None:
        worst.see(start, counted)
    assert worst.reading is not None, "the start has been seen"
    return worst.reading


def _changes(book: Book, selection: Selection) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Minute by minute, what enters and leaves the selection: (unit number, strength), negative where it leaves."""
    for minute, entries in groupby(book.entries(), key=itemgetter(0)):
        changes = []
        for _, giving, taking, strength, *_ in entries:
            unit = unit_of(taking)
            if unit in selection.units:
                if giving != OPENING and selection.takes(giving):
                    changes.append((unit, -strength))
                if selection.takes(taking):
                    changes.append((unit, strength))
        if changes:
            yield minute, changes


def _first_selected(book: Book, selection: Selection) -> dict[int, int]:
    """The units ever selected, by number, each with the first minute at whose end it is."""
    held: defaultdict[int, int] = defaultdict(int)
    first: dict[int, int] = {}
    for minute, changes in _changes(book, selection):
        for unit, strength in changes:
            held[unit] += strength
        for unit, _ in changes:
            if held[unit] > 0:
                first.setdefault(unit, minute)
    return first


def _in_both(evidence: Evidence, first: Selector, second: Selector) -> Reading:
    """The whole strength of the units selected by both when the first of them had been; nothing where none is ever."""
    book = evidence.book
    ones, others = evidence.first_selected(first), evidence.first_selected(second)
    minutes = {unit: max(ones[unit], others[unit]) for unit in ones.keys() & others.keys()}
    at = min(minutes.values(), default=0)
    counted = Tally(book)
    for unit, minute in minutes.items():
        if minute == at:
            counted.add(unit, book.roster[unit].strength)
    return _read(book, at, NOTHING, counted)


def _judge_closed(evidence: Evidence, claim: Claim, selector: Selector, by: int) -> Judgement:
    """Every unit ever selected must have closed a deploy by then; where none is selected, none has."""
    book = evidence.book
    selected = {book.roster[unit].id: unit for unit in evidence.first_selected(selector)}
    closures = [
        closure
        for closure in book.closures
        if closure.at <= by and closure.unit in selected and book.orders[closure.order].action is Action.DEPLOY
    ]
    counted = Tally(book)
    for unit in {closure.unit for closure in closures}:
        counted.add(selected[unit], book.units[unit].strength)
    expected = exactly(sum(book.units[unit].strength for unit in selected))
    missing = selected.keys() - {closure.unit for closure in closures}
    reading = evolve(_read(book, by, expected, counted), missing=tuple(sorted(missing)))
    closed = bool(selected) and not missing
    windows = {(leg.arrives, leg.arrive_grounds) for closure in closures for leg in legs_of(book.orders[closure.order])}
    given = closed and len(windows) == 1 and all(_is_given(book, claim, grounds) for _, grounds in windows)
    return Judgement(claim, Verdict.HOLDS if closed else Verdict.CONTRADICTED, given, reading)
