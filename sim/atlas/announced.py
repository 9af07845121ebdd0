"""What was announced: orders given alike on one day, with how much of what they say whither."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from attrs import define, field, frozen

from sim.domain.event import OrderIssued, UnitDeparted
from sim.domain.grounds import Grounds
from sim.domain.order import Order
from sim.domain.quantity import ZERO, Interval
from sim.domain.vocabulary import Action, Kind
from sim.ledger.book import Book
from sim.posture.timeline import bound_for
from sim.report.answer import Answer

TOLD = frozenset({Action.ALERT, Action.STANDBY, Action.STAND_DOWN, Action.DEPLOY, Action.RETURN})
"""The actions that an announcement can be of: a cancel is told with what it cancels."""


@frozen
class Announced:
    """Orders of one `action` to units of one side and kind, given on one local day; `at` is the earliest's minute.

    What refused is left out, and each unit is in it once. `by_place` has the strength of all that were ordered by where
    each was ordered to, the largest first; empty where they were not to move. `cancelled` is how much of it was told
    not to go before it had left, and not ordered anew that day. `sources` are those of the orders as they were given,
    the first-hand ones first: what came out of the movement later is not in them. They are those that all `orders`
    rest on, or, not `agreed`, where there is none such, those of any, of most orders first; none where all is assumed.
    `guessed`: something of it is in no source, beside what theirs have.
    """

    at: int
    side: str
    kind: Kind
    action: Action
    units: tuple[str, ...]
    strength: int
    interval: Interval
    by_place: tuple[tuple[str, int], ...]
    cancelled: int
    orders: tuple[str, ...]
    sources: tuple[str, ...]
    agreed: bool
    guessed: bool

    @property
    def like(self) -> tuple[str, Kind, Action]:
        """What it has in common with others that are told of alike."""
        return self.side, self.kind, self.action


@define
class _Gathered:
    """The orders of one announcement, and those that each unit was given."""

    orders: list[Order] = field(factory=list)
    units: dict[str, list[Order]] = field(factory=dict)


def announced(answer: Answer) -> list[Announced]:
    """All that was announced, in order of time."""
    book, gathered = answer.book, dict[tuple[date, str, Kind, Action, bool], _Gathered]()
    grounds = {each.order: each.grounds for each in answer.timeline if each.event == OrderIssued.tag}
    issued = (book.orders[order] for order in book.issued)
    for order in sorted((order for order in issued if order.action in TOLD), key=lambda order: order.at):
        for unit in _obeying(answer, order):
            of = book.units[unit]
            day = book.calendar.local(order.at).date()
            key = day, of.side, of.kind, order.action, bool(grounds[order.id].sources)
            together = gathered.setdefault(key, _Gathered())
            if not together.orders or together.orders[-1] is not order:
                together.orders.append(order)
            together.units.setdefault(unit, []).append(order)
    stayed = _told_not_to_go(answer)
    return [_announced(book, *key[1:4], each, stayed, grounds) for key, each in gathered.items()]


def _announced(
    book: Book,
    side: str,
    kind: Kind,
    action: Action,
    gathered: _Gathered,
    stayed: Mapping[str, set[str]],
    grounds: Mapping[str, Grounds],
) -> Announced:
    units, orders = book.units, gathered.orders
    by_place, cancelled = Counter[str](), 0
    for unit, given in gathered.units.items():
        standing = [order for order in given if unit not in stayed.get(order.id, ())]
        order = (standing or given)[0]
        if order.moves and (place := bound_for(book, order.id, unit)) is not None:
            by_place[place] += units[unit].strength
        cancelled += 0 if standing else units[unit].strength
    sources, agreed = _sources(book, [grounds[order.id] for order in orders])
    return Announced(
        orders[0].at,
        side,
        kind,
        action,
        tuple(gathered.units),
        sum(units[unit].strength for unit in gathered.units),
        sum((units[unit].reported.interval for unit in gathered.units), ZERO),
        tuple(sorted(by_place.items(), key=lambda each: -each[1])),
        cancelled,
        tuple(order.id for order in orders),
        sources,
        agreed,
        any(grounds[order.id].because for order in orders),
    )


def _sources(book: Book, grounds: Sequence[Grounds]) -> tuple[tuple[str, ...], bool]:
    """The sources that all grounds have, or else those of any, of most first; and whether it is the former.

    Those who have it from nobody else come first.
    """
    count = Counter(source for each in grounds for source in each.sources)
    of_all = {source for source, number in count.items() if number == len(grounds)}
    ranked = sorted(count, key=lambda source: (-count[source], len(book.sources[source].relays) > 0, source))
    return tuple(source for source in ranked if not of_all or source in of_all), bool(of_all)


def _obeying(answer: Answer, order: Order) -> Iterator[str]:
    """The units an order is given to, without those that refused it."""
    refused = answer.refused.get(order.id, frozenset())
    return (unit for unit in answer.book.addressed(order.id) if unit not in refused)


def _told_not_to_go(answer: Answer) -> dict[str, set[str]]:
    """The orders by id, each with the units that never left by it, since it was cancelled before."""
    book = answer.book
    left = {(each.order, each.unit) for each in answer.timeline if each.event == UnitDeparted.tag}
    cancels = (book.orders[order] for order in book.issued if book.orders[order].cancels is not None)
    found: dict[str, set[str]] = {}
    for order in cancels:
        stayed = {unit for unit in _obeying(answer, order) if (order.cancels, unit) not in left}
        found.setdefault(order.cancels or "", set()).update(stayed)
    return found
