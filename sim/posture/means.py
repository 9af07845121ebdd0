"""Means: the lift that the orders behind a figure go by, the ports on their way, and what had changed of either."""

from collections.abc import Iterable, Iterator
from itertools import chain

from attrs import frozen

from sim.domain.grounds import Grounds
from sim.domain.lift import Change, Lift, Port
from sim.domain.order import Order, goes_by_lift
from sim.ledger import Book


@frozen
class Means:
    """What decides when loads leave and arrive.

    `lift` and `ports` are by id, as they were at the start; `capacity` is what had changed of them, in order of time,
    then of the scenario's list. All empty where nothing goes by lift.
    """

    lift: tuple[Lift, ...] = ()
    ports: tuple[Port, ...] = ()
    capacity: tuple[Change, ...] = ()

    @property
    def grounds(self) -> Iterator[Grounds]:
        """All that they rest on."""
        for each in chain[Lift | Port | Change](self.lift, self.ports, self.capacity):
            yield each.grounds


def means_of(book: Book, at: int, orders: Iterable[Order]) -> Means:
    """The means of those of the orders that go by lift, with what had changed of them by the end of the minute `at`."""
    carriages = [order.carriage for order in orders if order.carriage is not None and goes_by_lift(order)]
    lifts = {lift for carriage in carriages for lift in carriage.lifts}
    stops = {stop for carriage in carriages for stop in carriage.route}
    ports = {port.id: port for port in book.ports.values() if port.place in stops}
    changes = (each for each in book.capacity.values() if each.lift in lifts or each.port in ports)
    return Means(
        tuple(book.lift[lift] for lift in sorted(lifts)),
        tuple(ports[port] for port in sorted(ports)),
        tuple(change for change in changes if change.at <= at),
    )
