"""What was announced: orders given alike on one day, with how much of what they say whither."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from attrs import define, field, frozen

from sim.domain.event import UnitDeparted
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
    not to go before it had left. `sources` are those the orders rest on, those of most orders first, and of these the
    first-hand ones; none where all is assumed. `guessed`: something of it is in no source, beside what theirs have.
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
    sources: tuple[str, ...]
    guessed: bool

    @property
    def like(self) -> tuple[str, Kind, Action]:
        """What it has in common with others that are told of alike."""
        return self.side, self.kind, self.action


@define
class _Gathered:
    """The orders of one announcement, and where each unit was ordered to."""

    orders: list[Order] = field(factory=list)
    units: dict[str, str | None] = field(factory=dict)


def announced(answer: Answer) -> list[Announced]:
    """All that was announced, in order of time."""
    book, gathered = answer.book, dict[tuple[date, str, Kind, Action, bool], _Gathered]()
    issued = (book.orders[order] for order in book.issued)
    for order in sorted((order for order in issued if order.action in TOLD), key=lambda order: order.at):
        for unit in _obeying(answer, order):
            of = book.units[unit]
            day = book.calendar.local(order.at).date()
            key = day, of.side, of.kind, order.action, bool(order.grounds.sources)
            together = gathered.setdefault(key, _Gathered())
            if not together.orders or together.orders[-1] is not order:
                together.orders.append(order)
            together.units.setdefault(unit, bound_for(book, order.id, unit) if order.moves else None)
    stayed = _told_not_to_go(answer)
    return [_announced(answer, *key[1:4], each, stayed) for key, each in gathered.items()]


def _announced(
    answer: Answer, side: str, kind: Kind, action: Action, gathered: _Gathered, stayed: Mapping[str, set[str]]
) -> Announced:
    units, orders = answer.book.units, gathered.orders
    by_place: dict[str, int] = {}
    for unit, place in gathered.units.items():
        if place is not None:
            by_place[place] = by_place.get(place, 0) + units[unit].strength
    told_not_to = set[str]().union(*(stayed.get(order.id, ()) for order in orders))
    cancelled = told_not_to & gathered.units.keys()
    return Announced(
        orders[0].at,
        side,
        kind,
        action,
        tuple(gathered.units),
        sum(units[unit].strength for unit in gathered.units),
        sum((units[unit].reported.interval for unit in gathered.units), ZERO),
        tuple(sorted(by_place.items(), key=lambda each: -each[1])),
        sum(units[unit].strength for unit in cancelled),
        tuple(_by_how_much(answer.book, orders)),
        any(order.grounds.because for order in orders),
    )


def _by_how_much(book: Book, orders: Iterable[Order]) -> list[str]:
    """The sources of orders: those of most orders first, and of these those who have it from nobody else."""
    count = Counter(source for order in orders for source in order.grounds.sources)
    return sorted(count, key=lambda source: (-count[source], len(book.sources[source].relays) > 0, source))


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
