"""Checks of figures that are distributions: whether they are what they seem."""

from collections.abc import Iterator, Mapping
from statistics import NormalDist
from typing import Final

from sim.domain.lift import Carriage, Lift
from sim.domain.order import Order
from sim.domain.pointer import Pointer
from sim.domain.scenario import Scenario
from sim.domain.variate import Fixed, Normal, Variate
from sim.lint.remark import Remark
from sim.lint.subject import Subject

AT_ZERO_MOST: Final = 0.05
"""How much of a normal distribution may lie below 0 without a remark."""

_Figures = Mapping[str, Variate | None]


def piled_up_at_zero(subject: Subject) -> Iterator[Remark]:
    """A normal distribution of which more than 5 % lies below 0: all of that is drawn as 0."""
    for section, id, figures in _figures(subject.scenario):
        for key, variate in figures.items():
            if not isinstance(variate, Normal):
                continue
            share = NormalDist(variate.mean, variate.deviation).cdf(0)
            if share > AT_ZERO_MOST:
                yield Remark(
                    Pointer(section, id, key_of(key, variate)),
                    f"{share:.0%} of this normal distribution lies below 0, and is drawn as 0",
                    "Write a smaller deviation, or a distribution that stays above 0, such as `lognormal`.",
                )


def key_of(key: str, variate: Variate) -> str:
    """The key under which a figure stands, as a column of a table is called."""
    return key if isinstance(variate, Fixed) else f"{key}_{type(variate).__name__.lower()}"


def _figures(scenario: Scenario) -> Iterator[tuple[str, str, _Figures]]:
    """The figures of all lift, ports, changes and orders by key, with their section and id."""
    for lift in scenario.lift.values():
        yield "lift", lift.id, _of_lift(lift)
    for port in scenario.ports.values():
        yield "ports", port.id, {"spots": port.spots, "ground_hours": port.ground}
    for change in scenario.capacity:
        yield "capacity", change.id, {"vehicles" if change.port is None else "spots": change.amount}
    before: dict[str, _Figures] = {}
    for order in scenario.orders.values():
        if order.carriage is not None:
            before[order.id] = _of_carriage(order.carriage)
            yield "orders", order.id, before[order.id]
    for amendment in scenario.amendments:
        entry = amendment.entry
        if isinstance(entry, Order) and entry.carriage is not None:
            figures = _of_carriage(entry.carriage)
            old, before[entry.id] = before.get(entry.id, {}), figures
            yield "orders", amendment.id, {key: each for key, each in figures.items() if each != old.get(key)}


def _of_lift(lift: Lift) -> _Figures:
    """Of the keys by which the same can be said in several ways one stands for all: it points at the whole entry."""
    holds = {f"loads_of_{kind}": many for kind, many in lift.holds}
    return {
        "vehicles": lift.vehicles,
        **holds,
        "tons": lift.tons,
        "speed_kmh": lift.speed,
        "ground_hours": lift.ground,
        "hours_per_day": lift.hours_per_day,
    }


def _of_carriage(carriage: Carriage) -> _Figures:
    return {"notice": carriage.notice, "load": carriage.load, "load_tons": carriage.tons}
