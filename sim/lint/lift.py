"""Checks of lift and ports: whether anything goes by them, and whether a weight matters to them."""

from collections.abc import Iterator

from sim.domain.order import Order, goes_by_lift
from sim.domain.pointer import Pointer
from sim.domain.scenario import Scenario
from sim.lint.distributions import key_of
from sim.lint.remark import Remark
from sim.lint.subject import Subject


def unused_lift(subject: Subject) -> Iterator[Remark]:
    """Lift that no order goes by."""
    scenario = subject.scenario
    used = {lift for order in carried(scenario) if order.carriage is not None for lift in order.carriage.lifts}
    for lift in scenario.lift:
        if lift not in used:
            yield Remark(
                Pointer("lift", lift), f"no order goes by the lift '{lift}'", "Name it in an order, or take it out."
            )


def unused_port(subject: Subject) -> Iterator[Remark]:
    """A port at a place where no order that goes by lift stops."""
    scenario = subject.scenario
    stops = {stop for order in carried(scenario) if order.carriage is not None for stop in order.carriage.route}
    for port in scenario.ports.values():
        if port.place not in stops:
            yield Remark(
                Pointer("ports", port.id),
                f"nothing is loaded or unloaded at the port '{port.id}'",
                "Put its place into the route of an order, or take it out.",
            )


def weight_without_limit(subject: Subject) -> Iterator[Remark]:
    """A load whose weight is told, and no lift that the order goes by says how much one vehicle takes."""
    book = subject.book
    for order in book.orders.values():
        carriage = order.carriage
        if carriage is None or carriage.tons is None or not goes_by_lift(order):
            continue
        if all(book.lift[lift].tons is None for lift in carriage.lifts):
            lifts = [f"'{lift}'" for lift in dict.fromkeys(carriage.lifts)]
            without = f"{lifts[0]} has" if len(lifts) == 1 else f"{', '.join(lifts)} have"
            yield Remark(
                Pointer("orders", order.id, key_of("load_tons", carriage.tons)),
                f"the weight of a load of '{order.id}' limits nothing: {without} no `tons`",
                "Write there how many short tons one vehicle takes, or take the weight out.",
            )


def carried(scenario: Scenario) -> Iterator[Order]:
    """The orders that name lift, in every version that there is of them."""
    amended = (amendment.entry for amendment in scenario.amendments)
    orders = (*scenario.orders.values(), *(entry for entry in amended if isinstance(entry, Order)))
    return (order for order in orders if order.carriage is not None)
