"""Checks of what lift and ports can do: whether anything can leave by them, and with how much in a vehicle."""

from collections.abc import Iterable, Iterator, Mapping

from sim.domain.lift import Carriage, Change, Lift
from sim.domain.order import Order, goes_by_lift
from sim.domain.pointer import Pointer
from sim.domain.variate import Variate, median
from sim.domain.vocabulary import Kind
from sim.lint.distributions import key_of
from sim.lint.lift import carried
from sim.lint.remark import Remark
from sim.lint.subject import Subject


def nothing_to_go_by(subject: Subject) -> Iterator[Remark]:
    """Lift without a vehicle, or a port without a spot, from the start to the end: what is to go by it never does.

    By the central values, as a plain run has them. What has some at first, and none later, is no matter for a remark.
    """
    scenario = subject.scenario
    carriages = [order.carriage for order in carried(scenario) if order.carriage is not None]
    lifts = {lift for carriage in carriages for lift in carriage.lifts}
    stops = {stop for carriage in carriages for stop in carriage.route}
    for lift in scenario.lift.values():
        changes = (change for change in scenario.capacity if change.lift == lift.id)
        if lift.id in lifts and _never_any(lift.vehicles, changes):
            pointer = Pointer("lift", lift.id, key_of("vehicles", lift.vehicles))
            yield _idle(pointer, f"the lift '{lift.id}' never has a vehicle, and orders go by it")
    for port in scenario.ports.values():
        changes = (change for change in scenario.capacity if change.port == port.id)
        if port.place in stops and _never_any(port.spots, changes):
            pointer = Pointer("ports", port.id, key_of("spots", port.spots))
            yield _idle(pointer, f"the port '{port.id}' never has a spot, and orders go by it")


def too_late_to_leave(subject: Subject) -> Iterator[Remark]:
    """An order by lift whose notice is over only after the end: nothing of it leaves in this scenario."""
    for order in subject.book.orders.values():
        notice = None if order.carriage is None or not goes_by_lift(order) else order.carriage.notice
        if notice is not None and order.at + median(notice) > subject.scenario.end:
            yield Remark(
                Pointer("orders", order.id, key_of("notice", notice)),
                f"the notice of the order '{order.id}' is over only after the end, so nothing of it leaves",
                "Shorten it, or write a later `end`.",
            )


def loaded_in_part(subject: Subject) -> Iterator[Remark]:
    """An order without `load` by lift of which one holds more than another: each load fits the one that holds least."""
    book = subject.book
    for order in book.orders.values():
        if order.carriage is not None and order.carriage.load is None and goes_by_lift(order):
            for kind in sorted({book.units[unit].kind for unit in book.addressed(order.id)}):
                yield from _in_part(order, order.carriage, kind, book.lift)


def _never_any(first: Variate, changes: Iterable[Change]) -> bool:
    """Whether the run has none, ever: it takes the nearest whole number, halves upward."""
    return all(median(amount) < 0.5 for amount in (first, *(change.amount for change in changes)))


def _idle(pointer: Pointer, message: str) -> Remark:
    return Remark(pointer, message, "Write how many there are, or under `capacity` from when on there are some.")


def _in_part(order: Order, carriage: Carriage, kind: Kind, lift: Mapping[str, Lift]) -> Iterator[Remark]:
    """Of the lift that holds most of a kind, where other lift on the way holds less."""
    holds = {each: int(median(dict(lift[each].holds)[kind])) for each in dict.fromkeys(carriage.lifts)}
    least, most = min(holds, key=holds.__getitem__), max(holds, key=holds.__getitem__)
    if holds[least] < holds[most]:
        yield Remark(
            Pointer("orders", order.id, "lift", most),
            f"'{most}' goes with {holds[least]:,} {kind} a vehicle, and holds {holds[most]:,}: "
            f"loads are not divided on the way, and '{least}' holds no more",
            f"If that is meant, write `load: {{{kind}: {holds[least]}}}`; else make each stretch an order of its own.",
        )
