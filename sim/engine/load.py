"""Loads: what vehicles carry, each a part of a unit that moves by lift."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from attrs import define, field

from sim.domain.event import Cause
from sim.domain.lift import Carriage, Lift
from sim.domain.order import Leg, Order
from sim.domain.unit import Unit
from sim.domain.variate import Fixed, Variate
from sim.domain.vocabulary import Basis, Kind
from sim.engine.draws import Draws
from sim.engine.duty import RESTED, Stint
from sim.engine.spots import Booking
from sim.engine.way import Route, Way

Name = tuple[str, str, int, int]
"""What the draws of a load on one stretch go by: order, unit, number of the load, and index of the stretch."""

Turn = tuple[int, int, int]
"""What of those who wait goes first: the lowest (priority, number of the order as it was issued, rank of the unit)."""


Wait = tuple[Cause, int, str]
"""That a load waited: for what, for how many minutes, at least 1, and where that was wanting."""


class Mover(Protocol):
    """Who is moved by lift: it is told as much of it departs and arrives, and how that is known."""

    strength: int

    def depart(self, strength: int, basis: Basis) -> None: ...

    def arrive(self, strength: int, basis: Basis) -> None: ...


@define(eq=False)
class Shipment:
    """A move of a unit by lift, from its order until it closes or is cancelled.

    `leg` is what is reported of when it leaves. `sent` are loads that were sent for, as long as it can be cancelled;
    `here` those that are ready and have not left, as they were ready.
    """

    order: Order
    carriage: Carriage
    route: Route
    unit: Unit
    turn: Turn
    mover: Mover
    leg: Leg
    loads: int = 0
    sent: list["Load"] = field(factory=list)
    here: dict["Load", None] = field(factory=dict)
    cancelled: bool = False


@define(eq=False)
class Load:
    """A load of a shipment, numbered from 1, ready at `ready` to go its `way`, the stretch of its route so numbered.

    `barred` is from when on, and for want of what, it waits for ever; None where it does not.
    """

    shipment: Shipment
    number: int
    strength: int
    ready: int
    way: Way
    stretch: int = 0
    journey: "Journey | None" = None
    barred: tuple[int, Cause] | None = None

    @property
    def name(self) -> Name:
        """What its draws on this stretch go by."""
        return self.name_on(self.stretch)

    def name_on(self, stretch: int) -> Name:
        """What its draws on a stretch go by."""
        return self.shipment.order.id, self.shipment.unit.id, self.number, stretch


@define(eq=False)
class Journey:
    """How a load goes over one stretch: the vehicle is there from `reached` on, loads, leaves at `leaves`, unloads.

    `waits` is what the load has waited for by the time it leaves. `came` and `went` are what the vehicle has behind it
    once it is where the load is, and where that goes.
    """

    load: Load
    reached: int
    loading: Booking
    leaves: int
    unloading: Booking
    waits: Sequence[Wait] = ()
    came: Stint = RESTED
    went: Stint = RESTED


def capacity_of(lifts: Iterable[Lift], shipment: Shipment, number: int, draws: Draws) -> int:
    """How much of a unit goes into its load of a number: as much as the vehicles of all stretches take.

    0 where one of them cannot lift even one of it.
    """
    return min(_fits(lift, shipment, number, draws) for lift in lifts)


def is_fixed(lifts: Iterable[Lift], shipment: Shipment) -> bool:
    """Whether all loads of a shipment but the last are alike, because nothing that tells their size is drawn."""
    carriage, kind = shipment.carriage, shipment.unit.kind
    told = [carriage.load, carriage.tons]
    for lift in lifts:
        told += [lift.tons, _room(lift, kind)]
    return all(figure is None or isinstance(figure, Fixed) for figure in told)


def _fits(lift: Lift, shipment: Shipment, number: int, draws: Draws) -> int:
    """How much of a unit one vehicle of `lift` takes: what it holds, and what is said of the load, but at least 1; and
    no more than by weight, which may be none. What is left over of one cannot go, so that is not rounded, but cut off.
    """
    carriage, name = shipment.carriage, (shipment.order.id, shipment.unit.id, number)
    room = draws.count(_room(lift, shipment.unit.kind), "holds", lift.id, *name)
    load = room if carriage.load is None else draws.count(carriage.load, "load", *name)
    fits = max(1.0, min(room, load))
    if carriage.tons is not None and lift.tons is not None:
        weight = draws.draw(carriage.tons, "weight", *name)
        tons = draws.draw(lift.tons, "tons", lift.id, *name)
        if weight > tons:
            fits = min(fits, load * tons / weight)
    return int(fits + 1e-9)


def _room(lift: Lift, kind: Kind) -> Variate:
    for held, room in lift.holds:
        if held is kind:
            return room
    raise ValueError(f"{lift.id} carries no {kind}")
