"""Invariants: what must be true of every book. Each is a function of a name, from a book to what it found wrong."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from attrs import frozen

from sim.domain.order import Order, Window, arrivals_in_turn, departures_in_turn, goes_by_lift, legs_of, lifted_basis
from sim.domain.vocabulary import LEGAL_CHANGES, Basis, Readiness
from sim.errors import Finding, UsageError
from sim.ledger.awaited import unplayed
from sim.ledger.book import (
    ARRIVED,
    BASIS_BY_HOW,
    CHANGED,
    DEPARTED,
    NO_ORDER,
    OPENING,
    TAG_BY_HOW,
    UNIT_SHIFT,
    Book,
    readiness_of,
    unit_of,
)
from sim.ledger.claims import Judgement, Verdict, judge_all

Invariant = Callable[[Book], list[Finding]]

_TRANSIT, _GARRISON = Readiness.IN_TRANSIT, Readiness.GARRISON


def conserved(book: Book) -> list[Finding]:
    """All accounts but the opening one hold what was mustered, at every moment."""
    mustered: Counter[str] = Counter()
    held: Counter[str] = Counter()
    findings = []
    for minute, giving, taking, strength, _, _, _ in book.entries():
        if giving != OPENING:
            continue  # both accounts are of one unit: there is no more and no less of any kind
        kind = book.roster[unit_of(taking)].kind
        held[kind] += strength
        if minute == 0:
            mustered[kind] += strength
        if held[kind] != mustered[kind]:
            findings.append(_differs(f"{kind} were made or lost", mustered[kind], held[kind], minute))
            mustered[kind] = held[kind]
    return findings


def not_negative(book: Book) -> list[Finding]:
    """No account but the opening one is ever below zero."""
    held: defaultdict[int, int] = defaultdict(int)
    findings = []
    for minute, giving, taking, strength, _, _, _ in book.entries():
        held[taking] += strength
        if giving != OPENING:
            held[giving] -= strength
            if held[giving] < 0:
                findings.append(_below_zero(book, giving, held[giving], minute))
        if held[taking] < 0:
            findings.append(_below_zero(book, taking, held[taking], minute))
    return findings


def accounted(book: Book) -> list[Finding]:
    """Each unit's accounts sum to its strength, at every moment."""
    held = [0] * len(book.roster)
    strengths = [unit.strength for unit in book.roster]
    wrong: dict[int, Finding] = {}
    for minute, giving, taking, strength, _, _, _ in book.entries():
        unit = taking >> UNIT_SHIFT
        if giving == OPENING:  # any other account is of the same unit
            held[unit] += strength
        if held[unit] != strengths[unit] and unit not in wrong:
            wrong[unit] = _off_strength(book, unit, held[unit], minute)
    never = [
        _off_strength(book, unit, 0, 0) for unit, sum_held in enumerate(held) if sum_held == 0 and unit not in wrong
    ]
    return [*wrong.values(), *never]


def legal(book: Book) -> list[Finding]:
    """Every change of readiness is one the table allows; from in transit to garrison only at the unit's origin.

    Nothing goes in transit without departing, or comes out of it without arriving.
    """
    findings = []
    for minute, giving, taking, _, _, _, how in book.entries():
        if giving == OPENING:
            continue
        before, after = readiness_of(giving), readiness_of(taking)
        astray = before is _TRANSIT and after is _GARRISON and not _at_origin(book, taking)
        still = TAG_BY_HOW[how] == CHANGED and _TRANSIT in (before, after)
        if astray or still or after not in LEGAL_CHANGES[before]:
            account = book.account(taking)
            message = f"{account.unit} went from {before} to {after} at {account.place}"
            findings.append(Finding(message, expected=_allowed(before), at=minute))
    return findings


def caused(book: Book) -> list[Finding]:
    """Nothing moves before the order that moves it, and nothing arrives before it departs.

    What moves goes where its order sends it, on the basis that the order gives, and closes when all of it has arrived.
    """
    findings = []
    roster, issued = book.roster, book.issued
    course_of = cache(lambda number: _Course(book, issued, number))
    place_of = cache(lambda account: book.account(account).place)
    for minute, _, taking, strength, position, number, how in book.entries():
        if number == NO_ORDER:
            continue
        at, tag = taking >> UNIT_SHIFT, TAG_BY_HOW[how]
        unit, course = roster[at], course_of(number)
        if course.given is None or course.given > position or unit.id not in course.units:
            findings.append(Finding(f"{unit.id} acts under {course.order}, which has not been given to it", at=minute))
        if tag == CHANGED:
            continue
        if place_of(taking) != (course.to or unit.origin):
            findings.append(Finding(f"{unit.id} goes where {course.order} does not send it", at=minute))
        known = course.basis[tag] or course.basis_in_turn(tag, at, minute)
        if BASIS_BY_HOW[how] is not known is not None:
            message = f"{unit.id} {_VERBS[tag]} under {course.order} on another basis than it gives"
            findings.append(Finding(message, expected=known, found=str(BASIS_BY_HOW[how]), at=minute))
        if tag == DEPARTED:
            course.departed[at] += strength
        else:
            course.arrived[at] += strength
            course.last[at] = position
        if course.arrived[at] > course.departed[at]:
            findings.append(Finding(f"{unit.id} arrives under {course.order} before it departs", at=minute))
    return findings + _closed_early(book, course_of) + _never_closed(book, course_of)


class _Course:
    """What becomes of an order: to whom it is given and where it sends them; and by number of the unit, how much has
    departed, how much has arrived, the position of the last that did, and whether it closed.

    `given` is the position of the event that gives it, None where there is none; `to` is None for a return. `basis` is
    how departures and arrivals are known, None where not all are known alike: then each has its turn.
    """

    def __init__(self, book: Book, issued: Mapping[str, tuple[int, int]], number: int) -> None:
        order = book.orders[book.order_ids[number]]
        self.order = order.id
        self.given = issued[order.id][1] if order.id in issued else None
        self.units = frozenset(book.addressed(order.id))
        self.to = order.to
        self.departed: defaultdict[int, int] = defaultdict(int)
        self.arrived: defaultdict[int, int] = defaultdict(int)
        self.last: dict[int, int] = {}
        self.closed: set[int] = set()
        legs = legs_of(order) if order.moves else ()
        self._bases = {
            DEPARTED: [leg.depart_basis for leg in departures_in_turn(legs)],
            ARRIVED: [leg.arrive_basis for leg in arrivals_in_turn(legs)],
        }
        self._lifted = legs[0] if goes_by_lift(order) else None
        self.basis = {tag: bases[0] if len(set(bases)) == 1 else None for tag, bases in self._bases.items()}
        if self._lifted is not None:
            self.basis = {DEPARTED: None, ARRIVED: Basis.ASSUMED}
        self._turns: Counter[tuple[int, int]] = Counter()

    def basis_in_turn(self, tag: int, unit: int, minute: int) -> Basis | None:
        """How the unit's next departure or arrival, at a minute, is known; None where the order has none."""
        if self._lifted is not None and tag == DEPARTED:
            return lifted_basis(self._lifted, minute)
        turn = self._turns[tag, unit]
        self._turns[tag, unit] += 1
        return self._bases[tag][turn] if turn < len(self._bases[tag]) else None


def _closed_early(book: Book, course_of: Callable[[int], _Course]) -> list[Finding]:
    """The closures before which not all of the unit had arrived under the order."""
    findings = []
    for position, minute, account, number in book.closings():
        at, course = unit_of(account), course_of(number)
        course.closed.add(at)
        unit = book.roster[at]
        if course.arrived[at] != unit.strength or course.last[at] > position:
            message = f"{unit.id} closes under {course.order} before all of it has arrived"
            findings.append(Finding(message, at=minute))
    return findings


def _never_closed(book: Book, course_of: Callable[[int], _Course]) -> list[Finding]:
    """The units that have not closed under an order, though all of them arrived: asked once closures are known."""
    findings = []
    for course in map(course_of, range(len(book.order_ids))):
        for at, arrived in course.arrived.items():
            unit = book.roster[at]
            if arrived == unit.strength and at not in course.closed:
                findings.append(Finding(f"{unit.id} does not close under {course.order}, though all of it has arrived"))
    return findings


def windows(book: Book) -> list[Finding]:
    """Departures and arrivals lie in the reported windows; by lift, those of every load do."""
    findings = []
    windows_of = cache(lambda number: _windows_in_turn(book.orders[book.order_ids[number]]))
    by_lift = cache(lambda number: goes_by_lift(book.orders[book.order_ids[number]]))
    for minute, _, taking, _, _, number, how in book.entries():
        tag = TAG_BY_HOW[how]
        if tag not in (DEPARTED, ARRIVED):
            continue
        unit, (due, turns) = taking >> UNIT_SHIFT, windows_of(number)[tag]
        turn = turns[unit]
        turns[unit] += not by_lift(number)
        if turn >= len(due) or minute not in due[turn]:
            message = f"{book.roster[unit].id} {_VERBS[tag]} under {book.order_ids[number]} outside its window"
            expected = _window_in_words(book, due[turn]) if turn < len(due) else f"{len(due)} such movements"
            findings.append(Finding(message, expected=expected, found=_date(book, minute), at=minute))
    return findings


def obeyed(book: Book) -> list[Finding]:
    """No order was refused, but those whose refusal is expected, and those were.

    A refusal that comes only of a move whose arrival is not known does not count.
    """
    excused = unplayed(book)
    findings = [
        Finding(f"{refusal.unit} refused {refusal.order}: {refusal.reason}", at=refusal.at)
        for refusal in book.refusals.values()
        if not book.orders[refusal.order].refusal_expected and (refusal.order, refusal.unit) not in excused
    ]
    refused = {refusal.order for refusal in book.refusals.values()}
    for order, (minute, _) in book.issued.items():
        if book.orders[order].refusal_expected and order not in refused:
            findings.append(Finding(f"{order} was obeyed, though its refusal is expected", at=minute))
    return findings


def sourced(book: Book) -> list[Finding]:
    """Every unit, order and window has a source or says why it is assumed."""
    findings = [_unsourced(f"unit {unit.id}") for unit in book.roster if not unit.grounds.stated]
    findings += [
        _unsourced(f"the strength posted for {unit.id}")
        for unit in book.roster
        if unit.post is not None and not unit.post.grounds.stated
    ]
    for order in book.orders.values():
        if not order.grounds.stated:
            findings.append(_unsourced(f"order {order.id}"))
            legs = legs_of(order) if order.moves else ()
            findings += [_unsourced(f"a departure under {order.id}") for leg in legs if not leg.depart_grounds.stated]
            findings += [_unsourced(f"an arrival under {order.id}") for leg in legs if not leg.arrive_grounds.stated]
    return findings


def claims(book: Book) -> list[Finding]:
    """No undisputed claim is contradicted, and no disputed one holds."""
    return claims_in(judge_all(book))


def claims_in(judgements: Iterable[Judgement]) -> list[Finding]:
    """What `claims` finds, of judgements already made."""
    return [finding for judgement in judgements if (finding := _against(judgement)) is not None]


INVARIANTS: dict[str, Invariant] = {
    "conserved": conserved,
    "not-negative": not_negative,
    "accounted": accounted,
    "legal": legal,
    "caused": caused,
    "windows": windows,
    "obeyed": obeyed,
    "sourced": sourced,
    "claims": claims,
}
"""Every invariant by name, in the order they are reported."""


@frozen
class Outcome:
    """One invariant, checked: what it found wrong, nothing where it holds."""

    name: str
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        return not self.findings


def check(book: Book, *names: str) -> tuple[Outcome, ...]:
    """Check the invariants called `names`, or all of them. Raises UsageError for a name there is not."""
    unknown = [name for name in names if name not in INVARIANTS]
    if unknown:
        raise UsageError(f"there is no invariant called '{unknown[0]}'", f"There are: {', '.join(INVARIANTS)}.")
    return tuple(Outcome(name, tuple(INVARIANTS[name](book))) for name in names or INVARIANTS)


_VERBS = {DEPARTED: "left", ARRIVED: "arrived"}


def _differs(message: str, expected: object, found: object, minute: int) -> Finding:
    return Finding(message, expected=_in_print(expected), found=_in_print(found), at=minute)


def _in_print(figure: object) -> str:
    return f"{figure:,}" if isinstance(figure, int) else str(figure)


def _off_strength(book: Book, unit: int, held: int, minute: int) -> Finding:
    message = f"the accounts of {book.roster[unit].id} do not sum to its strength"
    return _differs(message, book.roster[unit].strength, held, minute)


def _below_zero(book: Book, number: int, held: int, minute: int) -> Finding:
    account = book.account(number)
    message = f"{account.unit} at {account.place}, {account.readiness}, is below zero"
    return _differs(message, "0 or more", held, minute)


def _at_origin(book: Book, number: int) -> bool:
    account = book.account(number)
    return account.place == book.units[account.unit].origin


def _allowed(before: Readiness) -> str:
    return "one of " + ", ".join(after for after in Readiness if after in LEGAL_CHANGES[before])


def _windows_in_turn(order: Order) -> dict[int, tuple[list[Window], defaultdict[int, int]]]:
    """The windows of an order's departures and of its arrivals, each in the order they fall due; and for each unit, by
    number, how many have been used: none yet.
    """
    legs = legs_of(order) if order.moves else ()
    arriving = legs if goes_by_lift(order) else arrivals_in_turn(legs)
    return {
        DEPARTED: ([leg.depart for leg in departures_in_turn(legs)], defaultdict(int)),
        ARRIVED: ([leg.arrive for leg in arriving], defaultdict(int)),
    }


def _window_in_words(book: Book, window: Window) -> str:
    after = "" if window.after is None else f"after {_date(book, window.after)}"
    by = "" if window.by is None else f"by {_date(book, window.by)}"
    return f"{after} {by}".strip()


def _date(book: Book, minute: int) -> str:
    return f"{book.calendar.local(minute):%Y-%m-%d %H:%M}"


def _unsourced(what: str) -> Finding:
    return Finding(f"{what} has neither a source nor a reason why it is assumed")


def _against(judgement: Judgement) -> Finding | None:
    claim, reading = judgement.claim, judgement.reading
    if reading is None:
        return None
    if judgement.verdict is Verdict.CONTRADICTED and not claim.disputed:
        message = f"claim {claim.id} ({claim.source}) is contradicted, off by {reading.distance:,}"
    elif judgement.verdict is Verdict.HOLDS and claim.disputed:
        message = f"claim {claim.id} ({claim.source}) is disputed, but holds"
    else:
        return None
    exact = reading.interval.low == reading.interval.high
    found = f"{reading.strength:,}" + ("" if exact else f" ({reading.interval})")
    return Finding(message, expected=reading.expected.wording, found=found, at=reading.at)
