"""Claims held against the book: what each expects, what the ledger counts, and the verdict."""

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
        """Holds where the strength is expected; compatible where only the intervals meet; else contradicted."""
        if self.strength in self.expected.interval:
            return Verdict.HOLDS
        return Verdict.COMPATIBLE if self.interval.meets(self.expected.interval) else Verdict.CONTRADICTED

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


def judge_all(book: Book) -> tuple[Judgement, ...]:
    """Every claim of the book, by id."""
    return tuple(judge(book, book.claims[claim]) for claim in sorted(book.claims))


def judge(book: Book, claim: Claim) -> Judgement:
    """Hold one claim against the book."""
    match claim.test:
        case Count(selector, expected, When.ALWAYS):
            return _judged(book, claim, _worst(_over_time(book, selector, expected, _since(book, claim))))
        case Count(selector, expected, int(at)):
            return _judged(book, claim, _at(book, selector, expected, at))
        case Never(selector):
            return _judged(book, claim, _worst(_over_time(book, selector, NOTHING, _since(book, claim))))
        case Separate(first, second):
            reading = _worst(_in_both(book, first, second))
            return Judgement(claim, reading.verdict, False, reading)
        case Closed(selector, by):
            return _judge_closed(book, claim, selector, by)
        case Noted():
            return Judgement(claim, Verdict.NOTED, False, None)
        case _:
            raise AssertionError(f"no such kind of claim: {claim.test}")


def _judged(book: Book, claim: Claim, reading: Reading) -> Judgement:
    """A count's judgement: it is given when it holds of a single unit, whose figure is then only its own again."""
    figures = [book.units[unit].grounds for unit, _ in reading.units]
    agrees = reading.verdict is Verdict.HOLDS and len(figures) == 1
    return Judgement(claim, reading.verdict, agrees and _is_given(book, claim, figures[0]), reading)


def _is_given(book: Book, claim: Claim, grounds: Grounds) -> bool:
    """Whether `grounds` rest on the claim's own source, or on sources it shares an origin with, and on no other."""
    begun = origins(book.sources, claim.per or claim.source)
    return bool(grounds.sources) and all(
        source == claim.source or begun & origins(book.sources, source) for source in grounds.sources
    )


def _since(book: Book, claim: Claim) -> int:
    """The first minute an `always` is about: the publication of its source, within the run, or the start."""
    published = book.sources[claim.source].published
    return 0 if published is None else max(0, min(published, book.opened.end))


def _worst(readings: Iterable[Reading]) -> Reading:
    """The first of the readings with the worst verdict."""
    return max(readings, key=lambda reading: _FROM_BEST_TO_WORST.index(reading.verdict))


def _at(book: Book, selector: Selector, expected: Quantity, at: int) -> Reading:
    balances = Balances(book)
    balances.advance(at)
    return _read(book, at, expected, tally(book, Selection(book, selector), balances.held))


def _read(book: Book, at: int, expected: Quantity, counted: Tally) -> Reading:
    units = sorted((book.roster[unit].id, strength) for unit, strength in counted.parts.items())
    return Reading(at, expected, counted.strength, counted.interval, tuple(units))


def _over_time(book: Book, selector: Selector, expected: Quantity, since: int) -> Iterator[Reading]:
    """A reading at `since`, and at each later minute that changes what is selected."""
    selection = Selection(book, selector)
    counted = Tally(book)
    pending = True
    for minute, changes in _changes(book, selection):
        if minute > since and pending:
            yield _read(book, since, expected, counted)
            pending = False
        for unit, strength in changes:
            counted.add(unit, strength)
        if minute > since:
            yield _read(book, minute, expected, counted)
    if pending:
        yield _read(book, since, expected, counted)


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


def _first_selected(book: Book, selector: Selector) -> dict[int, int]:
    """The units ever selected, by number, each with the first minute at whose end it is."""
    counted = Tally(book)
    first: dict[int, int] = {}
    for minute, changes in _changes(book, Selection(book, selector)):
        for unit, strength in changes:
            counted.add(unit, strength)
        for unit, _ in changes:
            if counted.parts.get(unit, 0) > 0:
                first.setdefault(unit, minute)
    return first


def _in_both(book: Book, first: Selector, second: Selector) -> Iterator[Reading]:
    """Readings of the whole strength of units selected, at some time, by both; one a minute that adds any."""
    ones, others = _first_selected(book, first), _first_selected(book, second)
    shared = sorted((max(ones[unit], others[unit]), unit) for unit in ones.keys() & others.keys())
    counted = Tally(book)
    yield _read(book, 0, NOTHING, counted)
    for minute, together in groupby(shared, key=itemgetter(0)):
        for _, unit in together:
            counted.add(unit, book.roster[unit].strength)
        yield _read(book, minute, NOTHING, counted)


def _judge_closed(book: Book, claim: Claim, selector: Selector, by: int) -> Judgement:
    """Every unit ever selected must have closed a deploy by then; where none is selected, none has."""
    selected = {book.roster[unit].id: unit for unit in _first_selected(book, selector)}
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
