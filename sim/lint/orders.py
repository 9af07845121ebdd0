"""Checks of orders: what tests them, and whether their sources could know of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from sim.domain.claim import Closed, Count, selectors_of
from sim.domain.grounds import Grounds
from sim.domain.order import Order, legs_of
from sim.domain.pointer import Pointer
from sim.domain.vocabulary import READINESS_AFTER, Action, Basis
from sim.ledger import Book
from sim.ledger.book import NO_ORDER, OPENING, slot_of, unit_of
from sim.ledger.claims import Judgement
from sim.ledger.entry import Account
from sim.lint.days import dated, earliest
from sim.lint.remark import Remark
from sim.lint.subject import Subject

Change = tuple[int, int, int]
"""A minute, and the numbers of the giving and the taking account."""


def ordered_too_late(subject: Subject) -> Iterator[Remark]:
    """An order given after all of its sources were published, with no `because` that says how they knew of it."""
    calendar = subject.scenario.calendar
    for order in subject.book.orders.values():
        last = _last_published(subject, order.grounds)
        if last is not None and last < order.at and not order.grounds.because:
            yield Remark(
                Pointer("orders", order.id, "at"),
                f"the order '{order.id}' is given after all that it rests on was published",
                "Correct one of the dates, or say how they knew, with `because`.",
                found=f"given {dated(calendar, order.at)}, published by {dated(calendar, last)}",
            )


def observed_too_early(subject: Subject) -> Iterator[Remark]:
    """An observed departure or arrival that comes after all of its sources were published: nobody had seen it yet."""
    for order in subject.book.orders.values():
        for number, leg in enumerate(legs_of(order) if order.moves else ()):
            inside = ("parts", number) if order.parts else None
            if leg.depart_basis is Basis.OBSERVED:
                key = "depart_basis" if leg.depart.after is None else "depart_after"
                pointer = Pointer("orders", order.id, key, inside=inside)
                yield from _unseen(subject, pointer, "departure", leg.leaves, leg.depart_grounds)
            if leg.arrive_basis is Basis.OBSERVED and leg.arrive.by is not None:
                pointer = Pointer("orders", order.id, "arrive_by", inside=inside)
                yield from _unseen(subject, pointer, "arrival", leg.arrive.by, leg.arrive_grounds)


def untested_order(subject: Subject) -> Iterator[Remark]:
    """An order that could be taken out without any claim noticing.

    A claim tests the orders that it names, and those whose postings change what it counts, up to the time that it is
    about; for a cancel, the postings are those that it prevents. Refused orders are left to `run`. Where no claim tests
    any of several orders, that is one remark.
    """
    book = subject.book
    refused = {refusal.order for refusal in book.refusals.values()}
    tested = tested_orders(subject, subject.judgements)
    untested = [order for order in book.orders if order not in tested and order not in refused]
    if len(untested) == len(book.orders) > 1:
        yield Remark(
            Pointer("orders"),
            f"no claim tests any of the {len(untested):,} orders",
            "Write down what a report says of where they lead: `count: {place: …, readiness: …}`.",
        )
        return
    for order in untested:
        yield Remark(
            Pointer("orders", order),
            f"no claim tests the order '{order}': if it were not there, none would fail",
            "Add a claim that counts where it leads, or one that names it under `orders`.",
        )


def tested_orders(subject: Subject, judgements: Iterable[Judgement]) -> set[str]:
    """The ids of the orders that the claims judged here test."""
    book = subject.book
    watched = _Watched(subject, judgements)
    changed = _changes_by_order(book)
    found = set(watched.named)
    for number, id in enumerate(book.order_ids):
        if id not in found:
            order = book.orders[id]
            changes = changed.get(number) or _prevented(book, order)
            if any(watched.notices(order, *change) for change in changes):
                found.add(id)
    return found


class _Watched:
    """What claims are about: orders that they name, slots of units up to a minute, and units that are to close."""

    def __init__(self, subject: Subject, judgements: Iterable[Judgement]) -> None:
        self.named: set[str] = set()
        self._closing: set[int] = set()
        self._until: defaultdict[int, dict[frozenset[int], int]] = defaultdict(dict)  # of each unit: by slots, when
        end = subject.book.opened.end
        for judgement in judgements:
            test = judgement.claim.test
            for selector in selectors_of(test):
                self.named.update(selector.orders)
                if isinstance(test, Closed):
                    self._closing.update(subject.evidence.first_selected(selector))
                until = test.at if isinstance(test, Count) and isinstance(test.at, int) else end
                self._watch(subject.sieve.units(selector), subject.sieve.slots(selector), until)

    def notices(self, order: Order, minute: int, giving: int, taking: int) -> bool:
        """Whether a claim depends on what this order changes: on one of the two accounts, and not on both."""
        unit, before, after = unit_of(taking), slot_of(giving), slot_of(taking)
        return (unit in self._closing and order.action is Action.DEPLOY) or any(
            minute <= until and (before in slots) is not (after in slots)
            for slots, until in self._until.get(unit, {}).items()
        )

    def _watch(self, units: Iterable[int], slots: frozenset[int], until: int) -> None:
        for unit in units:
            latest = self._until[unit]
            latest[slots] = max(until, latest.get(slots, until))


def _changes_by_order(book: Book) -> dict[int, list[Change]]:
    """What each order, by number, changed."""
    changes: defaultdict[int, list[Change]] = defaultdict(list)
    for minute, giving, taking, _, _, order, _ in book.entries():
        if order != NO_ORDER:
            changes[order].append((minute, giving, taking))
    return changes


def _prevented(book: Book, order: Order) -> Iterator[Change]:
    """The arrivals that a cancel prevents, or that did not come of a move, as if from the opening account.

    What goes by lift may arrive from the minute after it leaves on.
    """
    move = order if order.cancels is None else book.orders[order.cancels]
    for unit in book.addressed(order.id) if move.moves else ():
        place = book.units[unit].origin if move.to is None else move.to
        taking = book.number(Account(unit, place, READINESS_AFTER[move.action]))
        yield from ((leg.earliest, OPENING, taking) for leg in legs_of(move))


def _unseen(subject: Subject, pointer: Pointer, what: str, minute: int, grounds: Grounds) -> Iterator[Remark]:
    calendar, last = subject.scenario.calendar, _last_published(subject, grounds)
    if last is not None and last < earliest(calendar, minute):
        yield Remark(
            pointer,
            f"all sources of this observed {what} were published before it",
            "Correct one of the dates, or write `basis: announced`.",
            found=f"{what} {dated(calendar, minute)}, published by {dated(calendar, last)}",
        )


def _last_published(subject: Subject, grounds: Grounds) -> int | None:
    """The minute by which all sources of something were published; None where there are none, or one has no date."""
    minutes = [subject.scenario.sources[source].published for source in grounds.sources]
    known = [minute for minute in minutes if minute is not None]
    return max(known) if known and len(known) == len(minutes) else None
