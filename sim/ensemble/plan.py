"""Plans: what an ensemble plays out, and from which seed."""

from collections.abc import Iterator

from attrs import frozen

from sim.domain.lift import Carriage, Lift, Port
from sim.domain.scenario import Scenario
from sim.domain.variate import Fixed, Variate


@frozen
class Plan:
    """A scenario, the seed of its draws, and the minutes at which its posture is taken.

    `against` is a scenario to compare it with, pair by pair; None for none. Replications are numbered from 0 on.
    """

    scenario: Scenario
    seed: int
    times: tuple[int, ...]
    against: Scenario | None = None

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The one or two that are played out."""
        return (self.scenario,) if self.against is None else (self.scenario, self.against)

    @property
    def comparable(self) -> bool:
        """Whether all are played over the same period."""
        return len({(each.calendar, each.end) for each in self.scenarios}) == 1

    @property
    def left_to_chance(self) -> bool:
        """Whether one run can differ from another."""
        return any(not isinstance(variate, Fixed) for each in self.scenarios for variate in variates_of(each))


def variates_of(scenario: Scenario) -> Iterator[Variate]:
    """All figures that a run of a scenario may draw, certain ones among them."""
    for lift in scenario.lift.values():
        yield from _of_lift(lift)
    for port in scenario.ports.values():
        yield from _of_port(port)
    for change in scenario.capacity:
        yield change.amount
    for order in scenario.in_force.orders.values():
        if order.carriage is not None:
            yield from _of_carriage(order.carriage)


def _of_lift(lift: Lift) -> Iterator[Variate]:
    yield from (lift.vehicles, lift.speed, lift.ground)
    yield from (holds for _, holds in lift.holds)
    yield from (variate for variate in (lift.tons, lift.hours_per_day) if variate is not None)


def _of_port(port: Port) -> Iterator[Variate]:
    yield port.spots
    if port.ground is not None:
        yield port.ground


def _of_carriage(carriage: Carriage) -> Iterator[Variate]:
    told = (carriage.notice, carriage.load, carriage.tons)
    yield from (variate for variate in told if variate is not None)
