"""Invariants: what must be true of every book. Each is a function of a name, from a book to what it found wrong."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import cache

from attrs import frozen

from sim.domain.order import Order, Window, arrivals_in_turn, departures_in_turn, legs_of
from sim.domain.vocabulary import LEGAL_CHANGES, Readiness
from sim.errors import Finding, UsageError
from sim.ledger.book import ARRIVED, CHANGED, DEPARTED, NO_ORDER, OPENING, TAG_BY_HOW, Book, readiness_of, unit_of
from sim.ledger.claims import Judgement, Verdict, judge_all

Invariant = Callable[[Book], list[Finding]]


def conserved(book: Book) -> list[Finding]:
    """All accounts but the opening one hold what was mustered, at every moment."""
    mustered: Counter[str] = Counter()
    held: Counter[str] = Counter()
    findings = []
    for minute, giving, taking, strength, *_ in book.entries():
        kind = book.roster[unit_of(taking)].kind
        held[kind] += strength
        if giving != OPENING:
            held[book.roster[unit_of(giving)].kind] -= strength
        elif minute == 0:
            mustered[kind] += strength
        if held[kind] != mustered[kind]:
            findings.append(_differs(f"{kind} were made or lost", mustered[kind], held[kind], minute))
            mustered[kind] = held[kind]
    return findings


def not_negative(book: Book) -> list[Finding]:
    """No account but the opening one is ever below zero."""
    held: defaultdict[int, int] = defaultdict(int)
    findings = []
    for minute, giving, taking, strength, *_ in book.entries():
        held[taking] += strength
        if giving != OPENING:
            held[giving] -= strength
        for account in (giving, taking):
            if account != OPENING and held[account] < 0:
                findings.append(_differs(f"{_named(book, account)} is below zero", "0 or more", held[account], minute))
    return findings


def accounted(book: Book) -> list[Finding]:
    """Each unit's accounts sum to its strength, at every moment."""
    held = [0] * len(book.roster)
    wrong: dict[int, Finding] = {}
    for minute, giving, taking, strength, *_ in book.entries():
        unit = unit_of(taking)
        held[unit] += strength
        if giving != OPENING:
            held[unit_of(giving)] -= strength
        if held[unit] != book.roster[unit].strength and unit not in wrong:
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
        home = before is not Readiness.IN_TRANSIT or after is not Readiness.GARRISON or _at_origin(book, taking)
        still = TAG_BY_HOW[how] == CHANGED and Readiness.IN_TRANSIT in {before, after}
        if after not in LEGAL_CHANGES[before] or not home or still:
            account = book.account(taking)
            message = f"{account.unit} went from {before} to {after} at {account.place}"
            findings.append(Finding(message, expected=_allowed(before), at=minute))
    return findings


def caused(book: Book) -> list[Finding]:
    """Nothing moves before the order that moves it, and nothing arrives before it departs.

    What moves goes where its order sends it, and has closed only when all of it has arrived.
    """
    findings = []
    issued = book.issued
    addressed = cache(lambda order: frozenset(book.scenario.addressed(book.orders[order])))
    travelling: defaultdict[tuple[int, int], int] = defaultdict(int)
    for minute, _, taking, strength, position, number, how in book.entries():
        if number == NO_ORDER:
            continue
        number_of_unit, order, tag = unit_of(taking), book.order_ids[number], TAG_BY_HOW[how]
        unit, given = book.roster[number_of_unit], issued.get(order)
        if given is None or given[1] > position or unit.id not in addressed(order):
            findings.append(Finding(f"{unit.id} acts under {order}, which has not been given to it", at=minute))
        if tag == CHANGED:
            continue
        if book.account(taking).place != (book.orders[order].to or unit.origin):
            findings.append(Finding(f"{unit.id} goes where {order} does not send it", at=minute))
        travelling[number_of_unit, number] += strength if tag == DEPARTED else -strength
        if travelling[number_of_unit, number] < 0:
            findings.append(Finding(f"{unit.id} arrives under {order} before it departs", at=minute))
    return findings + _closed_early(book)


def _closed_early(book: Book) -> list[Finding]:
    """The closures before which not all of the unit had arrived under the order."""
    arrived: dict[tuple[str, str], tuple[int, int]] = {}
    for _, _, taking, strength, position, number, how in book.entries():
        if TAG_BY_HOW[how] == ARRIVED:
            move = (book.roster[unit_of(taking)].id, book.order_ids[number])
            arrived[move] = (arrived.get(move, (0, 0))[0] + strength, position)
    return [
        Finding(f"{closure.unit} closes under {closure.order} before all of it has arrived", at=closure.at)
        for closure in book.closures
        for strength, last in (arrived.get((closure.unit, closure.order), (0, 0)),)
        if strength != book.units[closure.unit].strength or last > closure.position
    ]


def windows(book: Book) -> list[Finding]:
    """Departures and arrivals lie in the reported windows."""
    findings = []
    windows_of = cache(lambda order: _windows_in_turn(book.orders[order]))
    turns: Counter[tuple[int, int, int]] = Counter()
    for minute, _, taking, _, _, number, how in book.entries():
        tag = TAG_BY_HOW[how]
        if tag not in (DEPARTED, ARRIVED):
            continue
        unit, order = unit_of(taking), book.order_ids[number]
        due, turn = windows_of(order)[tag], turns[unit, number, tag]
        turns[unit, number, tag] += 1
        if turn >= len(due) or minute not in due[turn]:
            message = f"{book.roster[unit].id} {_VERBS[tag]} under {order} outside its window"
            expected = _window_in_words(book, due[turn]) if turn < len(due) else f"{len(due)} such movements"
            findings.append(Finding(message, expected=expected, found=_date(book, minute), at=minute))
    return findings


def obeyed(book: Book) -> list[Finding]:
    """No order was refused, but those whose refusal is expected, and those were."""
    findings = [
        Finding(f"{refusal.unit} refused {refusal.order}: {refusal.reason}", at=refusal.at)
        for refusal in book.refusals.values()
        if not book.orders[refusal.order].refusal_expected
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


def _named(book: Book, number: int) -> str:
    account = book.account(number)
    return f"{account.unit} at {account.place}, {account.readiness},"


def _at_origin(book: Book, number: int) -> bool:
    account = book.account(number)
    return account.place == book.units[account.unit].origin


def _allowed(before: Readiness) -> str:
    return "one of " + ", ".join(after for after in Readiness if after in LEGAL_CHANGES[before])


def _windows_in_turn(order: Order) -> dict[int, list[Window]]:
    """The windows of an order's departures and of its arrivals, each in the order they fall due."""
    legs = legs_of(order) if order.moves else ()
    return {
        DEPARTED: [leg.depart for leg in departures_in_turn(legs)],
        ARRIVED: [leg.arrive for leg in arrivals_in_turn(legs)],
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
