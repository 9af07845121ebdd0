"""Claims judged plainly: one at a time, from every entry in words, with nothing kept from one to the next."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

from attrs import evolve

from sim.domain.claim import Claim, Closed, Count, Never, Selector, Separate, When
from sim.domain.grounds import Grounds
from sim.domain.order import Order, legs_of
from sim.domain.place import chain, country_of
from sim.domain.quantity import Interval, Quantity, exactly
from sim.domain.source import origins
from sim.domain.unit import Unit
from sim.domain.vocabulary import Action, Readiness
from sim.ledger.book import ARRIVED, DEPARTED, OPENING, Book
from sim.ledger.claims import Judgement, Reading, Verdict
from sim.ledger.entry import Account
from sim.ledger.portion import Portion
from tests.model.counting import in_words

Held = dict[Account, int]


def judged(book: Book, claim: Claim) -> Judgement:
    """The judgement of one claim."""
    if any(other.corrects == claim.id for other in book.claims.values()):
        return Judgement(claim, Verdict.WITHDRAWN, False, None)
    match claim.test:
        case Count(selector, expected, When.ALWAYS):
            return _of_count(book, claim, _worst(book, claim, selector, expected))
        case Count(selector, expected, int(at)):
            return _of_count(book, claim, _read(book, selector, expected, at))
        case Never(selector):
            return _of_count(book, claim, _worst(book, claim, selector, exactly(0)))
        case Separate(one, other):
            reading = _in_both(book, one, other)
            return Judgement(claim, Verdict.CONTRADICTED if reading.units else Verdict.HOLDS, False, reading)
        case Closed(selector, by):
            return _of_closed(book, claim, selector, by)
        case _:
            return Judgement(claim, Verdict.NOTED, False, None)


def _posture(book: Book, minute: int) -> Held:
    """What each account holds when a minute is over."""
    held: Counter[Account] = Counter()
    for row in book.rows():
        if row.at <= minute:
            held[book.account(row.taking)] += row.strength
            if row.giving != OPENING:
                held[book.account(row.giving)] -= row.strength
    return held


def _minutes(book: Book) -> list[int]:
    return sorted({row.at for row in book.rows()})


def _selected(book: Book, selector: Selector, minute: int) -> dict[str, int]:
    """How much of each unit is selected; without those of which nothing is."""
    found: Counter[str] = Counter()
    for account, strength in _posture(book, minute).items():
        if _means(book, selector, book.units[account.unit], account):
            found[account.unit] += strength
    return {unit: found[unit] for unit in sorted(found) if found[unit]}


def _means(book: Book, selector: Selector, unit: Unit, account: Account) -> bool:
    at_a_place = selector.place or selector.country
    moving = account.readiness is Readiness.IN_TRANSIT
    country = country_of(book.places, account.place) or ""
    return all(
        [
            not selector.units or not set(_wholes(book, unit)).isdisjoint(selector.units),
            not selector.orders or any(unit.id in book.addressed(order) for order in selector.orders),
            not selector.place or not set(chain(book.places, account.place)).isdisjoint(selector.place),
            not selector.origin or not set(chain(book.places, unit.origin)).isdisjoint(selector.origin),
            not selector.country or country in selector.country,
            account.readiness in selector.readiness if selector.readiness else not (moving and at_a_place),
            not selector.side or unit.side in selector.side,
            not selector.kind or unit.kind in selector.kind,
        ]
    )


def _wholes(book: Book, unit: Unit) -> Iterator[str]:
    yield unit.id
    if unit.part_of is not None:
        yield from _wholes(book, book.units[unit.part_of])


def _read(book: Book, selector: Selector, expected: Quantity, at: int) -> Reading:
    parts = _selected(book, selector, at)
    found = [_portion(book, selector, unit, at) for unit in parts]
    return _reading(book, at, expected, parts, portions=tuple(each for each in found if each is not None))


def _portion(book: Book, selector: Selector, name: str, at: int) -> Portion | None:
    """Which parts of a unit are selected, where it is divided, and some are and others not."""
    unit = book.units[name]
    divided = _divided(book, unit, at)
    if divided is None:
        return None
    order, places = divided
    here = tuple(number for number, place in enumerate(places) if _means(book, selector, unit, place))
    return Portion(unit, order, here) if 0 < len(here) < len(places) else None


def _divided(book: Book, unit: Unit, at: int) -> tuple[Order, list[Account]] | None:
    """Where the parts of a unit are when a minute is over, and whose they are.

    None where it is not divided, or where any entry of it, however late, is not what its orders say.
    """
    order: Order | None = None
    where: list[tuple[int, Account]] = []  # the strength and the place of each part; of the whole, while it is whole
    found = None
    moves: Counter[tuple[str, int]] = Counter()
    for row in book.rows():
        taking = book.account(row.taking)
        if taking.unit != unit.id:
            continue
        if row.giving == OPENING:
            if where or row.strength != unit.strength:
                return None
            where = [(unit.strength, taking)]
            continue
        assert row.order is not None
        giving, by = book.account(row.giving), book.orders[row.order]
        if len({account for _, account in where}) == 1:
            whole = where[0][1]
            order, where = None, [(unit.strength, whole)]
        if row.tag in (DEPARTED, ARRIVED) and by.parts:
            if order is None and sum(part.strength for part in by.parts) == unit.strength:
                order, where = by, [(part.strength, account) for part in by.parts for _, account in where]
            due = _due(by, row.tag)[moves[by.id, row.tag] :]
            if order != by or not due:
                return None
            moves[by.id, row.tag] += 1
            moved = due[0]
        else:
            moved = 0
        if order is not None and not by.parts:
            return None
        if not where or where[moved] != (row.strength, giving):
            return None
        where[moved] = (row.strength, taking)
        if row.at <= at:
            apart = order is not None and len({account for _, account in where}) > 1
            found = (order, [account for _, account in where]) if order is not None and apart else None
    return found


def _due(order: Order, tag: int) -> list[int]:
    """The parts in the order in which they leave or arrive; at the same minute, as they are written."""
    legs = legs_of(order)
    minutes = [leg.leaves if tag == DEPARTED else leg.arrives for leg in legs]
    return [
        number for _, number in sorted((minute, number) for number, minute in enumerate(minutes) if minute is not None)
    ]


def _reading(
    book: Book,
    at: int,
    expected: Quantity,
    parts: dict[str, int],
    missing: tuple[str, ...] = (),
    portions: tuple[Portion, ...] = (),
) -> Reading:
    low, high, unbounded = 0, 0, False
    worded = {each.unit.id: each for each in portions if any(part.reported for part in each.order.parts)}
    for unit, part in parts.items():
        if unit in worded:
            least, most = in_words(book.units[unit], worded[unit].order, list(worded[unit].parts))
            low += least
            high += most or 0
            unbounded |= most is None
            continue
        reported = book.units[unit].reported
        share = Fraction(part, book.units[unit].strength)
        low += floor(share * reported.low)
        high += ceil(share * (reported.high or 0))
        unbounded |= reported.high is None
    interval = Interval(low, None if unbounded else high)
    return Reading(at, expected, sum(parts.values()), interval, tuple(sorted(parts.items())), missing, portions)


def _worst(book: Book, claim: Claim, selector: Selector, expected: Quantity) -> Reading:
    published = book.sources[claim.source].published
    start = 0 if published is None else max(0, min(published, book.opened.end))
    moments = [start, *(minute for minute in _minutes(book) if minute > start)]
    readings = [_read(book, selector, expected, minute) for minute in moments]
    for verdict in (Verdict.CONTRADICTED, Verdict.COMPATIBLE):
        for reading in readings:
            if reading.verdict is verdict:
                return reading
    return readings[0]


def _of_count(book: Book, claim: Claim, reading: Reading) -> Judgement:
    alone = reading.verdict is Verdict.HOLDS and len(reading.units) == 1
    given = alone and all(_rests_on_its_own(book, claim, grounds) for grounds in _figures(book, reading))
    return Judgement(claim, reading.verdict, given, reading)


def _figures(book: Book, reading: Reading) -> Iterator[Grounds]:
    """What the figure of the one unit that is counted rests on; where parts of it are, that of each."""
    if not reading.portions:
        yield book.units[reading.units[0][0]].figure_grounds
    for portion in reading.portions:
        for part in (portion.order.parts[number] for number in portion.parts):
            only_its_orders = all(source in portion.order.grounds.sources for source in part.grounds.sources)
            own_and_arrival = [part.grounds, part.arrive.grounds]
            if only_its_orders:
                own_and_arrival.reverse()
            stated = [part.post_grounds, *own_and_arrival, portion.order.grounds]
            yield [*(grounds for grounds in stated if grounds.sources), Grounds()][0]


def _rests_on_its_own(book: Book, claim: Claim, grounds: Grounds) -> bool:
    own = origins(book.sources, claim.per or claim.source)
    shared = [source == claim.source or bool(own & origins(book.sources, source)) for source in grounds.sources]
    return bool(shared) and all(shared)


def _first(book: Book, selector: Selector) -> dict[str, int]:
    first: dict[str, int] = {}
    for minute in _minutes(book):
        for unit, strength in _selected(book, selector, minute).items():
            if strength > 0:
                first.setdefault(unit, minute)
    return first


def _in_both(book: Book, one: Selector, other: Selector) -> Reading:
    ones, others = _first(book, one), _first(book, other)
    minutes = {unit: max(ones[unit], others[unit]) for unit in ones if unit in others}
    at = min(minutes.values(), default=0)
    parts = {unit: book.units[unit].strength for unit, minute in minutes.items() if minute == at}
    return _reading(book, at, exactly(0), parts)


def _of_closed(book: Book, claim: Claim, selector: Selector, by: int) -> Judgement:
    selected = sorted(_first(book, selector))
    closures = [
        (closure.unit, book.orders[closure.order])
        for closure in book.closures
        if closure.at <= by and closure.unit in selected and book.orders[closure.order].action is Action.DEPLOY
    ]
    closed = {unit for unit, _ in closures}
    parts = {unit: book.units[unit].strength for unit in closed}
    expected = exactly(sum(book.units[unit].strength for unit in selected))
    missing = tuple(unit for unit in selected if unit not in closed)
    landed = sum(
        row.strength
        for row in book.rows()
        if row.tag == ARRIVED and row.at <= by and book.account(row.taking).unit in missing
        if row.order is not None and book.orders[row.order].action is Action.DEPLOY
    )
    reading = evolve(_reading(book, by, expected, parts, missing), there=landed)
    if missing or not selected:
        return Judgement(claim, Verdict.CONTRADICTED, False, reading)
    windows = {(leg.arrives, leg.arrive_grounds) for _, order in closures for leg in legs_of(order)}
    given = len(windows) == 1 and all(_rests_on_its_own(book, claim, grounds) for _, grounds in windows)
    return Judgement(claim, Verdict.HOLDS, given, reading)
