"""Checks of lift and ports: whether anything goes by them."""

from collections.abc import Iterator

from sim.domain.order import Order
from sim.domain.pointer import Pointer
from sim.domain.scenario import Scenario
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


def carried(scenario: Scenario) -> Iterator[Order]:
    """The orders that name lift, in every version that there is of them."""
    amended = (amendment.entry for amendment in scenario.amendments)
    orders = (*scenario.orders.values(), *(entry for entry in amended if isinstance(entry, Order)))
    return (order for order in orders if order.carriage is not None)
