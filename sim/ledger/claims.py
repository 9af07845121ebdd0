"""Claims held against the book: what each expects, what the ledger counts, and the verdict."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property, partial
from itertools import groupby
from operator import itemgetter

from attrs import evolve, frozen

from sim.domain.claim import Claim, Closed, Count, Never, Noted, Selector, Separate, Test, When, selectors_of
from sim.domain.grounds import Grounds
from sim.domain.order import Order, goes_by_lift, legs_of
from sim.domain.quantity import ZERO, Interval, Quantity, exactly
from sim.domain.source import origins
from sim.domain.vocabulary import Action
from sim.ledger.awaited import Waiting
from sim.ledger.book import CHANGED, NO_ORDER, SLOT_MASK, TAG_BY_HOW, UNIT_SHIFT, Book
from sim.ledger.course import Change, Course, changes, first_minutes
from sim.ledger.holdings import Holdings
from sim.ledger.landed import landed
from sim.ledger.portion import Portion, intervals_of
from sim.ledger.predictions import Predictions
from sim.ledger.selection import Selection, Sieve, Tally
from sim.ledger.standing import Counted, Standing


class Verdict(StrEnum):
    """How a claim stands against the ledger."""

    HOLDS = "holds"
    COMPATIBLE = "compatible"
    OPEN = "open"
    CONTRADICTED = "contradicted"
    NOTED = "noted"
    WITHDRAWN = "withdrawn"


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
    been counted and were not, where the claim is about each of them. `portions` are of the units of which some parts
    are counted, and not all: which they are.

    `could_be` is what would be counted, from if none of what is on its way without a known arrival had arrived to if
    all had, and without end where `unknown` has any: where that decides, and None elsewhere. `there` is how much had
    arrived, under a deploy, of the missing. `unknown` are the ids of the units and orders that are asked about and not
    there, where that decides.
    """

    at: int
    expected: Quantity
    strength: int
    interval: Interval
    units: tuple[tuple[str, int], ...]
    missing: tuple[str, ...] = ()
    portions: tuple[Portion, ...] = ()
    could_be: Interval | None = None
    there: int = 0
    unknown: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        if self.could_be is not None:
            return Verdict.OPEN
        return verdict_on(self.strength, self.interval, self.expected.interval)

    @property
    def distance(self) -> int:
        """How far the strength lies outside what was expected; 0 inside."""
        return self.expected.interval.distance(self.strength)


@frozen
class Judgement:
    """A claim and its verdict. `reading` is None for what cannot be tested, or was taken back.

    `given` says that the one figure or window tested rests on the claim's own source, or on one that it shares an
    origin with, and on no other: it cannot disagree, and confirms nothing. What lift predicts rests on its figures too.
    """

    claim: Claim
    verdict: Verdict
    given: bool
    reading: Reading | None


Spot = tuple[Selector, int]
"""What is counted, and at which minute."""

Due = tuple[int, Grounds]
"""When something arrives, as it was reported, and what that rests on."""


class Evidence:
    """What a book shows of its claims, worked out for all of them together when it is first asked for.

    What none of its claims asks can be asked too: that takes a walk through the book of its own. With the `sieve` of
    a book that is played out again and again, what does not change is worked out once.
    """

    def __init__(self, book: Book, sieve: Sieve | None = None) -> None:
        self.book = book
        self._sieve = sieve or Sieve(book)
        self._selections: dict[Selector, Selection] = {}
        self._courses: dict[Selector, Course] = {}
        self._first: dict[Selector, dict[int, int]] = {}
        self._worst: dict[tuple[Selector, int, Interval], int] = {}
        self._counted: dict[Spot, Counted] = {}
        self._origins: dict[str, frozenset[str]] = {}
        self._due: dict[str, frozenset[Due]] = {}

    def spot(self, claim: Claim) -> Spot | None:
        """What is counted for a claim, and at which minute: of many, the one that counts. None where nothing is."""
        test = claim.test
        if isinstance(test, Count):
            expected, at = test.expected.interval, test.at
        elif isinstance(test, Never):
            expected, at = NOTHING.interval, When.ALWAYS
        else:
            return None
        if at is When.ALWAYS:
            at = self._worst_minute(test.selector, expected, since(self.book, claim))
        return test.selector, at

    def counted(self, spot: Spot) -> Counted:
        """What a selector selects at a minute."""
        if spot not in self._counted:
            others = () if self._counted else map(self.spot, self.book.claims.values())
            self._count({spot, *(other for other in others if other is not None)})
        return self._counted[spot]

    def first_selected(self, selector: Selector) -> dict[int, int]:
        """The units ever selected, by number, each with the first minute at whose end it is."""
        if selector not in self._first:
            self._follow(Separate(selector, selector))
        return self._first[selector]

    def deploys_closed(self, unit: int, by: int) -> Iterator[Order]:
        """The deploys that the unit with this number had closed by a minute."""
        return (order for minute, order in self._deploys.get(unit, ()) if minute <= by)

    def first_closed(self, unit: int) -> int | None:
        """When the unit with this number closed a deploy for the first time; None where it never did."""
        deploys = self._deploys.get(unit)
        return deploys[0][0] if deploys else None

    def one_window(self, orders: Iterable[Order]) -> Due | None:
        """When all legs of these orders arrive, and what that rests on; None where they are not all alike.

        None, too, where something goes by lift: when it arrives is no report's to say.
        """
        found: set[Due] = set()
        for order in orders:
            if order.id not in self._due:
                legs = legs_of(order)
                self._due[order.id] = frozenset(
                    (leg.arrives, leg.arrive_grounds) for leg in legs if leg.arrives is not None
                )
            found |= self._due[order.id]
            if len(found) > 1 or goes_by_lift(order):
                return None
        return next(iter(found), None)

    def could_be(self, spot: Spot, interval: Interval) -> Interval:
        """What may be selected at a minute, `interval` by the book, as far as what is not known decides it.

        That is arrivals, and any number more where units or orders are named that are not there.
        """
        selector, at = spot
        if self.waiting.units:
            interval = self.waiting.spread(self._selection(selector), interval, at)
        return Interval(interval.low, None) if _unknown(self.book, selector) else interval

    def may_be_selected(self, selector: Selector, by: int) -> bool:
        """Whether any unit whose arrival is not known may have closed a deploy by a minute, and ever be selected."""
        return bool(self.waiting.units) and self.waiting.may_be_selected(self._selection(selector), by)

    @cached_property
    def waiting(self) -> Waiting:
        """The units of which an arrival is awaited."""
        return Waiting(self.book)

    def landed(self, unit: int, by: int) -> int:
        """How much of the unit with this number had arrived under deploys by a minute."""
        return sum(strength for minute, strength in self._landed.get(unit, ()) if minute <= by)

    @cached_property
    def _landed(self) -> dict[int, list[tuple[int, int]]]:
        return landed(self.book)

    @cached_property
    def withdrawn(self) -> frozenset[str]:
        """The ids of the claims that others take back."""
        return withdrawn(self.book.claims)

    def is_given(self, claim: Claim, grounds: Grounds) -> bool:
        """Whether `grounds` rest on the claim's own source, or on sources it shares an origin with, and on no other."""
        begun = self._begun(claim.per or claim.source)
        return bool(grounds.sources) and all(
            source == claim.source or not begun.isdisjoint(self._begun(source)) for source in grounds.sources
        )

    def predicted(self, spot: Spot, units: Iterable[str]) -> Iterator[Grounds]:
        """What the predictions rest on by which any of these units came to be counted, or not to be, by then."""
        selector, at = spot
        slots, meant = self._selection(selector).slots, set(units)
        numbers = {number for number, unit in enumerate(self.book.roster) if unit.id in meant}
        for number in numbers & self._lifted.keys():
            for minute, giving, taking, order, tag in self._lifted[number]:
                if minute <= at and (giving in slots) is not (taking in slots):
                    yield from self._predictions.grounds(order, tag, minute)

    @cached_property
    def _predictions(self) -> Predictions:
        return Predictions(self.book)

    @cached_property
    def _lifted(self) -> dict[int, list[tuple[int, int, int, Order, int]]]:
        """What moved by lift, by number of the unit: minute, giving and taking slot, order and tag, in order."""
        orders = [self.book.orders[order] for order in self.book.order_ids]
        by_lift = {number: order for number, order in enumerate(orders) if goes_by_lift(order)}
        lifted: dict[int, list[tuple[int, int, int, Order, int]]] = {}
        for minute, giving, taking, _, _, number, how in self.book.entries() if by_lift else ():
            tag = TAG_BY_HOW[how]
            if number != NO_ORDER and tag != CHANGED and number in by_lift:
                moved = (minute, giving & SLOT_MASK, taking & SLOT_MASK, by_lift[number], tag)
                lifted.setdefault(taking >> UNIT_SHIFT, []).append(moved)
        return lifted

    @cached_property
    def _deploys(self) -> dict[int, list[tuple[int, Order]]]:
        """The deploys that were closed, by number of the unit, each with its minute."""
        orders = [self.book.orders[order] for order in self.book.order_ids]
        deploys: dict[int, list[tuple[int, Order]]] = {}
        for _, minute, account, number in self.book.closings():
            order = orders[number]
            if order.action is Action.DEPLOY:
                deploys.setdefault(account >> UNIT_SHIFT, []).append((minute, order))
        return deploys

    def _begun(self, source: str) -> frozenset[str]:
        """Where the news of a source began."""
        if source not in self._origins:
            self._origins[source] = origins(self.book.sources, source)
        return self._origins[source]

    def _worst_minute(self, selector: Selector, expected: Interval, start: int) -> int:
        """The first minute, from `start` on, at which what a selector selects fits worst with what is expected."""
        question = (selector, start, expected)
        if question not in self._worst:
            if selector not in self._courses:
                self._follow(Never(selector))
            outside = self._courses[selector].outside(expected, start)
            worst = _worst(outside, expected, lambda at, interval: self.could_be((selector, at), interval))
            self._worst[question] = start if worst is None else worst
        return self._worst[question]

    def _selection(self, selector: Selector) -> Selection:
        if selector not in self._selections:
            self._selections[selector] = Selection(self.book, selector, self._sieve)
        return self._selections[selector]

    def _follow(self, test: Test) -> None:
        """Follow what this test is about through the run, and, the first time, what the claims of the book are."""
        others = () if self._courses or self._first else [claim.test for claim in self.book.claims.values()]
        courses: set[Selector] = set()
        first: set[Selector] = set()
        for each in (test, *others):
            match each:
                case Count(selector, _, When.ALWAYS) | Never(selector):
                    courses.add(selector)
                case Separate() | Closed():
                    first.update(selectors_of(each))
                case _:
                    pass  # it is about one minute, or about nothing that can be followed
        asked = courses | first
        found = changes(self.book, [self._selection(selector) for selector in asked])
        for selector, changed in zip(asked, found, strict=True):
            if selector in courses:
                self._courses[selector] = self._course(selector, changed)
            if selector in first:
                self._first[selector] = first_minutes(changed)

    def _count(self, spots: Iterable[Spot]) -> None:
        """Count what is selected at these minutes, from the first to the last."""
        standing = Standing(self.book)
        for at, together in groupby(sorted(spots, key=itemgetter(1)), key=itemgetter(1)):
            standing.advance(at)
            for selector, _ in together:
                selection = self._selection(selector)
                self._counted[selector, at] = self._by_parts(standing.counted(selection), selection, at)

    @cached_property
    def _divided(self) -> Mapping[str, int]:
        """The units that some order moves in parts, by id, with their numbers."""
        units = {unit for order in self.book.orders.values() if order.parts for unit in order.units}
        return {unit.id: number for number, unit in enumerate(self.book.roster) if unit.id in units} if units else {}

    @cached_property
    def _divided_numbers(self) -> frozenset[int]:
        return frozenset(self._divided.values())

    @cached_property
    def _holdings(self) -> Holdings:
        """Where the parts of these units are. It takes a walk through the book: only for who counts some parts."""
        return Holdings(self.book, self._divided_numbers)

    def _by_parts(self, counted: Counted, selection: Selection, at: int) -> Counted:
        """What is counted, with which parts these are, and what the words for them allow."""
        if not self._divided:
            return counted
        units = self.book.units
        found = [
            self._holdings.portion(self._divided[unit], at, selection.slots)
            for unit, strength in counted.units
            if unit in self._divided and strength != units[unit].strength
        ]
        portions = tuple(portion for portion in found if portion is not None)
        if not portions:
            return counted
        interval = sum(intervals_of(units, counted.units, portions).values(), ZERO)
        return evolve(counted, interval=interval, portions=portions)

    def _course(self, selector: Selector, changed: Sequence[Change]) -> Course:
        selection = self._selection(selector)
        return Course(self.book, changed, self._divided_numbers, partial(self._read, selection.slots))

    def _read(self, slots: frozenset[int], unit: int, minute: int) -> Interval | None:
        """What the words allow of the parts of a unit that are in these slots at a minute."""
        return self._holdings.interval(unit, minute, slots)


def judge_all(book: Book) -> tuple[Judgement, ...]:
    """Every claim of the book, by id."""
    evidence = Evidence(book)
    return tuple(judge(evidence, book.claims[claim]) for claim in sorted(book.claims))


def judge(evidence: Evidence, claim: Claim) -> Judgement:
    """Hold one claim against the book. One that another takes back is held against nothing."""
    if claim.id in evidence.withdrawn:
        return Judgement(claim, Verdict.WITHDRAWN, False, None)
    match claim.test:
        case Count(_, expected):
            return _judged(evidence, claim, expected)
        case Never():
            return _judged(evidence, claim, NOTHING)
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


def _judged(evidence: Evidence, claim: Claim, expected: Quantity) -> Judgement:
    """A count's judgement: it is given when it holds of a single unit, whose figure is then only its own again.

    Where only some parts of the unit are counted, the figure is theirs; where lift predicts what is there, it rests on
    what that prediction rests on, too.
    """
    spot = evidence.spot(claim)
    assert spot is not None, "a count is of something"
    counted = evidence.counted(spot)
    reading = Reading(spot[1], expected, counted.strength, counted.interval, counted.units, portions=counted.portions)
    if reading.verdict is Verdict.CONTRADICTED:
        could_be = evidence.could_be(spot, counted.interval)
        if could_be.meets(expected.interval):
            reading = evolve(reading, could_be=could_be, unknown=_unknown(evidence.book, spot[0]))
    alone = reading.verdict is Verdict.HOLDS and len(counted.units) == 1
    given = alone and all(evidence.is_given(claim, grounds) for grounds in _behind(evidence, spot, counted))
    return Judgement(claim, reading.verdict, given, reading)


def _behind(evidence: Evidence, spot: Spot, counted: Counted) -> Iterator[Grounds]:
    """What the figures of all that is counted rest on: of whole units, or shares of units, and of parts; and what the
    predictions do by which they are there.
    """
    book = evidence.book
    in_parts = {portion.unit.id for portion in counted.portions}
    yield from (book.units[unit].figure_grounds for unit, _ in counted.units if unit not in in_parts)
    for portion in counted.portions:
        yield from portion.figures
    yield from evidence.predicted(spot, (unit for unit, _ in counted.units))


def withdrawn(claims: Mapping[str, Claim]) -> frozenset[str]:
    """The ids of the claims that are taken back: by a claim that is not itself taken back."""
    waiting = Counter(claim.corrects for claim in claims.values() if claim.corrects is not None)
    settled = [id for id in claims if not waiting[id]]
    back: set[str] = set()
    while settled:
        id = settled.pop()
        corrected = claims[id].corrects
        if corrected is not None:
            if id not in back:
                back.add(corrected)
            waiting[corrected] -= 1
            if not waiting[corrected] and corrected in claims:
                settled.append(corrected)
    return frozenset(back)


def correctors_of(book: Book, claim: str) -> tuple[str, ...]:
    """The ids of the claims that take the claim with this id back, in byte order."""
    back = withdrawn(book.claims)
    return tuple(sorted(other.id for other in book.claims.values() if other.corrects == claim and other.id not in back))


def separate_origins(book: Book, claims: Iterable[Claim]) -> int:
    """How many of the claims have their news from origins that no other of these shares: origins, not outlets."""
    sources = dict.fromkeys(claim.per or claim.source for claim in claims)
    begun = sorted((origins(book.sources, source) for source in sources), key=len)
    apart: list[frozenset[str]] = []
    for each in begun:
        if all(each.isdisjoint(other) for other in apart):
            apart.append(each)
    return len(apart)


def since(book: Book, claim: Claim) -> int:
    """The first minute an `always` is about: the publication of its source, within the run, or the start."""
    published = book.sources[claim.source].published
    return 0 if published is None else max(0, min(published, book.opened.end))


def _worst(
    outside: Iterable[tuple[int, Interval]], expected: Interval, could_be: Callable[[int, Interval], Interval]
) -> int | None:
    """Of the minutes at which what is held is not what is expected: the first that rules it out, else the first that
    would, but for what `could_be` there, else the first.
    """
    first = undecided = None
    for at, interval in outside:
        if not interval.meets(expected):
            if not could_be(at, interval).meets(expected):
                return at
            undecided = at if undecided is None else undecided
        first = at if first is None else first
    return first if undecided is None else undecided


def _in_both(evidence: Evidence, first: Selector, second: Selector) -> Reading:
    """The whole strength of the units selected by both when the first of them had been; nothing where none is ever."""
    ones, others = evidence.first_selected(first), evidence.first_selected(second)
    minutes = {unit: max(ones[unit], others[unit]) for unit in ones.keys() & others.keys()}
    at = min(minutes.values(), default=0)
    return _whole(evidence.book, at, NOTHING, (unit for unit, minute in minutes.items() if minute == at))


def _whole(book: Book, at: int, expected: Quantity, units: Iterable[int], missing: Iterable[str] = ()) -> Reading:
    """A reading that counts all of each unit with these numbers."""
    counted = Tally(book)
    for unit in units:
        counted.add(unit, book.roster[unit].strength)
    each = tuple([(book.roster[unit].id, strength) for unit, strength in sorted(counted.parts.items())])
    return Reading(at, expected, counted.strength, counted.interval, each, tuple(missing))


def _judge_closed(evidence: Evidence, claim: Claim, selector: Selector, by: int) -> Judgement:
    """Every unit ever selected must have closed a deploy by then; where none is selected, none has.

    It is open where all that have not may have, and only no arrival of theirs is known; and where none is selected, if
    one may be, or only because what is named is not known: a scenario as written names nothing that it does not have.
    """
    roster = evidence.book.roster
    selected = sorted(evidence.first_selected(selector))
    closed = {unit for unit in selected if any(evidence.deploys_closed(unit, by))}
    missing = [unit for unit in selected if unit not in closed]
    expected = exactly(sum(roster[unit].strength for unit in selected))
    reading = _whole(evidence.book, by, expected, closed, [roster[unit].id for unit in missing])
    if missing:
        there = sum(evidence.landed(unit, by) for unit in missing)
        may_have = all(evidence.waiting.may_have_closed(unit, by) for unit in missing)
        return Judgement(claim, Verdict.OPEN if may_have else Verdict.CONTRADICTED, False, evolve(reading, there=there))
    if not selected:
        unknown = _unknown(evidence.book, selector)
        may_be = bool(unknown) or evidence.may_be_selected(selector, by)
        verdict = Verdict.OPEN if may_be else Verdict.CONTRADICTED
        return Judgement(claim, verdict, False, evolve(reading, unknown=unknown))
    window = evidence.one_window(order for unit in closed for order in evidence.deploys_closed(unit, by))
    given = window is not None and evidence.is_given(claim, window[1])
    return Judgement(claim, Verdict.HOLDS, given, reading)


def _unknown(book: Book, selector: Selector) -> tuple[str, ...]:
    """The ids of the units and orders that a selector names and the book does not have, in turn."""
    units = (unit for unit in selector.units if unit not in book.units)
    return (*units, *(order for order in selector.orders if order not in book.orders))
