"""Loads: what vehicles carry, each a part of a unit that moves by lift."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from attrs import define, field

from sim.domain.event import Cause
from sim.domain.lift import Carriage, Lift
from sim.domain.order import Order
from sim.domain.unit import Unit
from sim.domain.variate import Fixed, Variate
from sim.domain.vocabulary import Kind
from sim.engine.draws import Draws
from sim.engine.spots import Booking, Spots

Name = tuple[str, str, int, int]
"""What the draws of a load on one stretch go by: order, unit, number of the load, and index of the stretch."""

Turn = tuple[int, int, int]
"""What of those who wait goes first: the lowest (priority, number of the order as it was issued, rank of the unit)."""


class Mover(Protocol):
    """Who is moved by lift: it is told as much of it leaves and arrives."""

    def leave(self, strength: int) -> None: ...

    def arrive(self, strength: int) -> None: ...


@define(eq=False)
class Shipment:
    """A move of a unit by lift, from its order until it closes or is cancelled; `sent` are loads that were sent for."""

    order: Order
    carriage: Carriage
    unit: Unit
    turn: Turn
    mover: Mover
    sent: list["Load"] = field(factory=list)
    cancelled: bool = False


class Wait(NamedTuple):
    """That a load waited for so many minutes, at least 1, and for what; `place` is where that was wanting."""

    cause: Cause
    minutes: int
    place: str


class Stand(NamedTuple):
    """A vehicle loads or unloads from `start` to before `end`, on a spot of a port; None where it needs none."""

    start: int
    end: int
    place: str
    port: Spots | None = None

    def release(self, now: int) -> None:
        """Give up what is left of the spot."""
        if self.port is not None and self.end > now:
            self.port.release(now, Booking(self.start, self.end))

    @property
    def rests(self) -> bool:
        """Whether work there may rest because the port is closed."""
        return self.port is not None and self.port.opening is not None

    def closed_between(self, start: int, end: int) -> int:
        """For how many of the minutes from `start` to before `end` the port there is closed."""
        opening = None if self.port is None else self.port.opening
        return 0 if opening is None else opening.closed_between(start, end)


class Journey(NamedTuple):
    """How a load goes over one stretch: the vehicle is there from `reached` on, loads, leaves at `leaves`, unloads.

    `waits` is what the load has waited for by the time it leaves.
    """

    reached: int
    leaves: int
    loading: Stand
    unloading: Stand
    waits: Sequence[Wait]


@define(eq=False)
class Load:
    """A load of a shipment, numbered from 1; on the stretch of its route with the index `stretch`, ready at `ready`."""

    shipment: Shipment
    number: int
    strength: int
    ready: int
    stretch: int = 0
    journey: Journey | None = None

    @property
    def name(self) -> Name:
        """What its draws on this stretch go by."""
        return self.shipment.order.id, self.shipment.unit.id, self.number, self.stretch

    @property
    def lift(self) -> str:
        """The id of the lift that it goes by."""
        return self.shipment.carriage.lifts[self.stretch]

    @property
    def origin(self) -> str:
        """Where its stretch begins."""
        return self.shipment.carriage.route[self.stretch]

    @property
    def destination(self) -> str:
        """Where its stretch ends."""
        return self.shipment.carriage.route[self.stretch + 1]

    @property
    def last(self) -> bool:
        """Whether its stretch is the last of the route."""
        return self.stretch == len(self.shipment.carriage.lifts) - 1


def goes_first(load: Load) -> tuple[int, int, int, int]:
    """What puts loads that wait in turn: priority, then the order, the unit and the number of the load."""
    return (*load.shipment.turn, load.number)


def capacity_of(lifts: Iterable[Lift], shipment: Shipment, number: int, draws: Draws) -> int:
    """How much of a unit goes into its load of a number, at least 1: as much as the vehicles of all stretches take."""
    return min(_fits(lift, shipment, number, draws) for lift in lifts)


def is_fixed(lifts: Iterable[Lift], shipment: Shipment) -> bool:
    """Whether all loads of a shipment but the last are alike, because nothing that tells their size is drawn."""
    carriage, kind = shipment.carriage, shipment.unit.kind
    told = [carriage.load, carriage.tons]
    for lift in lifts:
        told += [lift.tons, _room(lift, kind)]
    return all(figure is None or isinstance(figure, Fixed) for figure in told)


def _fits(lift: Lift, shipment: Shipment, number: int, draws: Draws) -> int:
    """How much of a unit one vehicle of `lift` takes: what it holds, what is said of the load, and by weight."""
    carriage, name = shipment.carriage, (shipment.order.id, shipment.unit.id, number)
    room = draws.draw(_room(lift, shipment.unit.kind), "holds", lift.id, *name)
    load = room if carriage.load is None else draws.draw(carriage.load, "load", *name)
    fits = min(room, load)
    if carriage.tons is not None and lift.tons is not None:
        weight = draws.draw(carriage.tons, "weight", *name)
        tons = draws.draw(lift.tons, "tons", lift.id, *name)
        if weight > tons:
            fits = min(fits, load * tons / weight)
    return max(1, int(fits + 1e-9))


def _room(lift: Lift, kind: Kind) -> Variate:
    for held, room in lift.holds:
        if held is kind:
            return room
    raise ValueError(f"{lift.id} carries no {kind}")
