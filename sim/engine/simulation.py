"""A simulation: the clock, the feeder that issues the orders, and the units they wake."""

from collections.abc import Generator, Iterator
from itertools import groupby
from operator import attrgetter

from simpy.events import Event as SimEvent

from sim.domain.claim import Claim
from sim.domain.event import (
    RULES,
    CapacityStated,
    ClaimStated,
    Definition,
    EntryAmended,
    Event,
    LiftDefined,
    OrderDefined,
    OrderIssued,
    PlaceNamed,
    PortDefined,
    RunClosed,
    RunOpened,
    SourceCited,
    UnitDefined,
    UnitMustered,
)
from sim.domain.order import Order
from sim.domain.scenario import FORMAT, Scenario
from sim.domain.unit import Unit
from sim.engine.clock import Clock, Moment, Ranks
from sim.engine.draws import Draws, Medians
from sim.engine.load import Load, Wait
from sim.engine.movement import Movement
from sim.engine.unit import Command, UnitProcess

BATCH_EVENTS = 1024
"""How many events a simulation gathers before it hands them on: each hand-over costs."""


def simulate(scenario: Scenario, seed: int = 0) -> Iterator[Event]:
    """Play `scenario` out and yield everything that happens, in order.

    The log begins with what was defined and closes at the scenario's end; within a minute arrivals come first, then
    departures, then loads that are ready, then orders with what each causes at once. The same scenario and seed give
    the same events. Nothing is drawn: of every distribution it takes the central value, and `seed` only names the run.
    """
    count = 0
    for event in _opening(scenario, seed):
        count += 1
        yield event
    simulation = Simulation(scenario)
    for batch in simulation.run():
        count += len(batch)
        yield from batch
    yield RunClosed(scenario.end, count)


class Simulation:
    """One run of a scenario, as amended, on a SimPy environment.

    `draws` is where it takes the figures from that are not known exactly, the central ones where it is not told. Moves
    for which a lift is named go by it where no report says when they arrive; all of them do where `by_lift`. `units`
    are the processes of the units addressed so far.
    """

    def __init__(self, scenario: Scenario, draws: Draws | None = None, by_lift: bool = False) -> None:
        self.scenario = scenario.in_force
        self.clock = Clock()
        self.units: dict[str, UnitProcess] = {}
        self.happened: list[Event] = []
        self.steps = 0
        self._by_lift = by_lift
        self._number_by_unit = {unit: number for number, unit in enumerate(scenario.units)}
        self._ranks = Ranks(len(scenario.units))
        self._movement = Movement(self.clock, self.scenario, draws or Medians(), self._ranks, self.happened.append)
        self.clock.process(self._feed())

    def run(self) -> Iterator[list[Event]]:
        """Advance to the end, yielding what happened in batches; each is good until the next is asked for."""
        happened = self.happened
        while steps := self.clock.advance(self.scenario.end, happened, BATCH_EVENTS):
            self.steps += steps
            if len(happened) >= BATCH_EVENTS:
                yield happened
                happened.clear()
        yield happened

    def waits(self) -> Iterator[tuple[Load, Wait]]:
        """What each load that has not left by the end has waited for by then, once the run is over. No event tells."""
        for process in self.units.values():
            if process.move is not None and process.move.shipment is not None:
                yield from self._movement.waits(process.move.shipment, self.scenario.end)

    def _feed(self) -> Generator[SimEvent, None, None]:
        """Issue the orders minute by minute, by id, after everything else in their minute."""
        orders = sorted(self.scenario.orders.values(), key=attrgetter("at", "id"))
        for minute, together in groupby(enumerate(orders), key=lambda each: each[1].at):
            yield Moment(self.clock, minute, self._ranks.ordering)
            for number, order in together:
                self._issue(order, number)

    def _issue(self, order: Order, number: int) -> None:
        addressed = self.scenario.addressed(order)
        self.happened.append(OrderIssued(self.clock.now, order.id, addressed))
        command = Command.given(order, number, self._by_lift)
        for unit in addressed:
            process = self.units.get(unit) or self._first_order(unit)
            process.receive(command)

    def _first_order(self, unit: str) -> UnitProcess:
        """A unit becomes a process with its first order: before that it is data."""
        process = UnitProcess(
            self.clock,
            self.scenario.units[unit],
            self._number_by_unit[unit],
            self._ranks,
            self._movement,
            self.happened.append,
        )
        self.units[unit] = process
        return process


def _opening(scenario: Scenario, seed: int) -> Iterator[Event]:
    """What the log begins with: the run, its definitions, and the units where they stand."""
    yield RunOpened(
        at=0,
        title=scenario.title,
        start=scenario.calendar.start,
        end=scenario.end,
        timezone=scenario.calendar.timezone,
        about=scenario.about,
        snapshots=scenario.snapshots,
        fingerprint=scenario.fingerprint,
        seed=seed,
        format=FORMAT,
        rules=RULES,
    )
    yield from _definitions(scenario)
    for unit in scenario.in_force.units.values():
        yield UnitMustered(0, unit.id, unit.place, unit.readiness, unit.strength)


def _definitions(scenario: Scenario) -> Iterator[Definition]:
    for source in scenario.sources.values():
        yield SourceCited(0, source)
    for place in scenario.places.values():
        yield PlaceNamed(0, place)
    for lift in scenario.lift.values():
        yield LiftDefined(0, lift)
    for port in scenario.ports.values():
        yield PortDefined(0, port)
    for change in scenario.capacity:
        yield CapacityStated(0, change)
    for unit in scenario.units.values():
        yield UnitDefined(0, unit)
    yield from _amendments(scenario, Unit)
    for order in scenario.orders.values():
        yield OrderDefined(0, order)
    yield from _amendments(scenario, Order)
    for claim in scenario.claims.values():
        yield ClaimStated(0, claim)
    yield from _amendments(scenario, Claim)


def _amendments(scenario: Scenario, of: type) -> Iterator[Definition]:
    for amendment in scenario.amendments:
        if isinstance(amendment.entry, of):
            yield EntryAmended(0, amendment)
