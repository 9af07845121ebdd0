"""Predictions: what the departures and arrivals rest on that lift brings about, and no report gives."""

from bisect import bisect_right
from collections.abc import Iterator
from operator import attrgetter

from attrs import define, field

from sim.domain.grounds import Grounds
from sim.domain.lift import Carriage, Change, Lift, Port
from sim.domain.order import ANY_TIME, Leg, Order, legs_of
from sim.ledger.book import ARRIVED, DEPARTED, Book


class Predictions:
    """What each departure and arrival by lift in a book rests on.

    That is the lift, the ports where it stops, what had changed of either by then, and the notice: whoever says these
    is behind the figure, and the source of the order of the order alone. A departure rests on no more than what the
    vehicles of its first stretch do. What other moves take of the same lift is not followed.
    """

    def __init__(self, book: Book) -> None:
        self._book = book
        self._rests: dict[tuple[str, int], _Rest] = {}

    def grounds(self, order: Order, tag: int, minute: int) -> tuple[Grounds, ...]:
        """What a departure or arrival (see `sim.ledger.book`) at a minute rests on, of an order that goes by lift.

        A departure that is where a report has it rests on that report.
        """
        rest = self._rests.get((order.id, tag))
        if rest is None:
            rest = self._rests[order.id, tag] = self._rest(order, tag)
        if tag == DEPARTED and rest.leg.depart.by is not None and minute <= rest.leg.depart.by:
            return (rest.leg.depart_grounds,)
        return rest.by(minute)

    def _rest(self, order: Order, tag: int) -> "_Rest":
        assert order.carriage is not None, "it goes by lift"
        (leg,) = legs_of(order)
        lifts, stops = _on_the_way(order.carriage, whole=tag == ARRIVED)
        lift = [self._book.lift[each] for each in sorted(lifts)]
        ports = [port for port in self._book.ports.values() if port.place in stops]
        known = {each.id for each in ports}
        changes = [each for each in self._book.capacity.values() if each.lift in lifts or each.port in known]
        grounds = dict.fromkeys([*_noticed(order.carriage), *map(_told, lift), *map(_told, ports)])
        if tag == DEPARTED and leg.depart != ANY_TIME:
            grounds[leg.depart_grounds] = None
        return _Rest(leg, tuple(grounds), sorted(changes, key=attrgetter("at")))


@define
class _Rest:
    """What movements under an order rest on: from the start, and as capacity changed, in order of time."""

    leg: Leg
    always: tuple[Grounds, ...]
    changes: list[Change]
    _by: dict[int, tuple[Grounds, ...]] = field(factory=dict)

    def by(self, minute: int) -> tuple[Grounds, ...]:
        """All that it rests on by a minute, each once."""
        past = bisect_right(self.changes, minute, key=attrgetter("at")) if self.changes else 0
        if past not in self._by:
            self._by[past] = tuple(dict.fromkeys([*self.always, *map(_told, self.changes[:past])]))
        return self._by[past]


def _on_the_way(carriage: Carriage, *, whole: bool) -> tuple[set[str], set[str]]:
    """The lift, and the places it stops at: of the whole way, or where the vehicles of the first stretch go."""
    route = carriage.route
    stretches = list(zip(carriage.lifts, route, route[1:], strict=False))
    meant = [each for each in stretches if whole or each[0] == carriage.lifts[0]]
    return {lift for lift, _, _ in meant}, {stop for _, *ends in meant for stop in ends}


def _noticed(carriage: Carriage) -> Iterator[Grounds]:
    """That a notice is assumed, whatever its order rests on."""
    if carriage.notice is not None:
        yield Grounds(because="no report gives its notice")


def _told(each: Lift | Port | Change) -> Grounds:
    """What lift, a port or a change rests on; why it is assumed names it."""
    if not each.grounds.because:
        return each.grounds
    name = f"capacity of {each.lift or each.port}" if isinstance(each, Change) else each.id
    return Grounds(each.grounds.sources, f"{name}: {each.grounds.because}")
