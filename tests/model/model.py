"""The same rules again, plainly: a loop over the minutes of a scenario, and a dict of who is where.

It knows nothing of processes, accounts or columns, and is slow. Where it and the program disagree, one is wrong.
"""

from collections.abc import Iterable, Mapping
from typing import TypeVar, cast

from attrs import evolve

from sim.domain.grounds import Grounds
from sim.domain.order import Order, Part
from sim.domain.scenario import Scenario
from sim.domain.unit import Unit

T = TypeVar("T")

NEVER = 10**12
"""The minute at which what has no known arrival arrives."""

Told = tuple[int, str, str, str, tuple[object, ...]]
"""What happened: (minute, tag, unit, order, the rest)."""

Where = dict[tuple[str, str], int]
"""How much of a unit is at (place, readiness); what is in transit is at its destination."""

_MAY_BECOME = {
    "garrison": {"standby", "heightened-alert", "in-transit"},
    "standby": {"garrison", "heightened-alert", "in-transit"},
    "heightened-alert": {"garrison", "standby", "in-transit"},
    "deployed": {"in-transit"},
}
BECOMES = {"alert": "heightened-alert", "standby": "standby", "stand-down": "garrison"}


class Trip:
    """A unit's open move under an order. `legs` are (strength, leaves, arrives, departure basis, arrival basis)."""

    def __init__(self, order: Order, unit: Unit) -> None:
        self.order = order
        self.to = order.to if order.action == "deploy" else unit.origin
        self.after = "deployed" if order.action == "deploy" else "garrison"
        self.left: set[int] = set()
        self.arrived: set[int] = set()
        movements = order.parts or (Part(unit.strength, order.depart, order.arrive, order.transit),)
        self.legs = [self._leg(part) for part in movements]

    def _leg(self, part: Part) -> tuple[int, int, int, str, str]:
        leaves = max(self.order.at, part.depart.after or 0)
        if part.arrive.by is None and part.transit is None:
            arrives, grounds = NEVER, part.arrive.grounds
        elif part.arrive.by is None:
            assert part.transit is not None
            arrives, grounds = leaves + part.transit.minutes, part.transit.grounds
        else:
            arrives, grounds = part.arrive.by, part.arrive.grounds
        known = [part.grounds, self.order.grounds]
        return (
            part.strength,
            leaves,
            arrives,
            part.depart.basis or _basis([part.depart.grounds, *known]),
            part.arrive.basis or _basis([grounds, *known]),
        )


def _basis(grounds: Iterable[Grounds]) -> str:
    for each in grounds:
        if each.sources or each.because:
            return "announced" if each.sources else "assumed"
    raise AssertionError("an order has grounds")


def _as_amended(scenario: Scenario) -> Scenario:
    """The scenario with the last that is said of each entry in its place."""
    said: dict[tuple[type, str], object] = {
        (type(each.entry), each.entry.id): each.entry for each in scenario.amendments
    }

    def last(entries: Mapping[str, T]) -> list[T]:
        return [cast(T, said.get((type(entry), id), entry)) for id, entry in entries.items()]

    return evolve(
        scenario,
        units=last(scenario.units),
        orders=last(scenario.orders),
        claims=last(scenario.claims),
        amendments=(),
    )


class Model:
    """A scenario played out. `told` is what happened; `posture(minute)` is who is where, then.

    `stands` is where what has not left is, and how ready; `parts(minute)` is where the parts of what moves are, then.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario = _as_amended(scenario)
        self.told: list[Told] = []
        self.where: dict[str, Where] = {
            unit.id: {(unit.place, str(unit.readiness)): unit.strength} for unit in scenario.units.values()
        }
        self.stands = {unit.id: (unit.place, str(unit.readiness)) for unit in scenario.units.values()}
        self.trips: dict[str, Trip] = {}
        self.history: list[tuple[int, dict[str, Where]]] = [(0, self._copy())]
        self.divided: list[tuple[int, dict[str, tuple[Order, list[tuple[str, str]]]]]] = [(0, {})]
        for minute in sorted(self._minutes()):
            if minute <= scenario.end:
                self._play(minute)
                self.history.append((minute, self._copy()))
                self.divided.append((minute, {unit: self._parts_of(unit) for unit in self.trips}))

    def posture(self, minute: int) -> dict[str, Where]:
        return [where for at, where in self.history if at <= minute][-1]

    def parts(self, minute: int) -> dict[str, tuple[Order, list[tuple[str, str]]]]:
        """Of each unit with an open move, where its parts are, then, in the order they are written."""
        return [divided for at, divided in self.divided if at <= minute][-1]

    def _parts_of(self, unit: str) -> tuple[Order, list[tuple[str, str]]]:
        trip = self.trips[unit]
        spots = []
        for index in range(len(trip.order.parts)):
            spot = self.stands[unit]
            if index in trip.left:
                spot = (trip.to or "", trip.after if index in trip.arrived else "in-transit")
            spots.append(spot)
        return trip.order, spots

    def _copy(self) -> dict[str, Where]:
        return {unit: {spot: number for spot, number in where.items() if number} for unit, where in self.where.items()}

    def _minutes(self) -> set[int]:
        """All at which something may happen."""
        found = set()
        for order in self.scenario.orders.values():
            found.add(order.at)
            if order.action in ("deploy", "return"):
                unit = self.scenario.units[order.units[0]]
                for _, leaves, arrives, _, _ in Trip(order, unit).legs:
                    found |= {leaves, arrives}
        return found

    def _play(self, minute: int) -> None:
        for unit in sorted(self.trips):
            self._arrive(minute, unit, self.trips[unit])
        for unit in sorted(self.trips):
            self._depart(minute, unit, self.trips[unit])
        for order in sorted(self.scenario.orders.values(), key=lambda order: order.id):
            if order.at == minute:
                units = self.addressed(order)
                self.told.append((minute, "order-issued", "", order.id, units))
                for unit in units:
                    self._obey(minute, unit, order)

    def addressed(self, order: Order) -> tuple[str, ...]:
        named = set(order.units or self.scenario.orders[order.cancels or ""].units)
        while True:
            parts = {unit.id for unit in self.scenario.units.values() if unit.part_of in named}
            if parts <= named:
                return tuple(sorted(named))
            named |= parts

    def _move(self, unit: str, strength: int, source: tuple[str, str], target: tuple[str, str]) -> None:
        where = self.where[unit]
        where[source] -= strength
        where[target] = where.get(target, 0) + strength
        assert where[source] >= 0

    def _arrive(self, minute: int, unit: str, trip: Trip) -> None:
        for index, (strength, _, arrives, _, basis) in enumerate(trip.legs):
            if arrives == minute and index in trip.left:
                trip.arrived.add(index)
                self._move(unit, strength, (trip.to or "", "in-transit"), (trip.to or "", trip.after))
                self.told.append((minute, "unit-arrived", unit, trip.order.id, (strength, trip.to, trip.after, basis)))
        if len(trip.arrived) == len(trip.legs):
            self.stands[unit] = (trip.to or "", trip.after)
            self.told.append((minute, "unit-closed", unit, trip.order.id, (trip.to,)))
            self.trips = {other: open_trip for other, open_trip in self.trips.items() if other != unit}

    def _depart(self, minute: int, unit: str, trip: Trip) -> None:
        for index, (strength, leaves, _, basis, _) in enumerate(trip.legs):
            if leaves == minute:
                place, readiness = self.stands[unit]
                trip.left.add(index)
                self._move(unit, strength, self.stands[unit], (trip.to or "", "in-transit"))
                facts = (strength, place, trip.to, readiness, basis)
                self.told.append((minute, "unit-departed", unit, trip.order.id, facts))

    def _obey(self, minute: int, unit: str, order: Order) -> None:
        if not self._can(unit, order):
            self.told.append((minute, "order-refused", unit, order.id, ()))
        elif order.action == "cancel":
            del self.trips[unit]
        elif order.action in BECOMES:
            place, before = self.stands[unit]
            after = BECOMES[order.action]
            strength = self.scenario.units[unit].strength
            self._move(unit, strength, (place, before), (place, after))
            self.stands[unit] = (place, after)
            self.told.append((minute, "readiness-changed", unit, order.id, (place, strength, before, after)))
        else:
            self.trips[unit] = Trip(order, self.scenario.units[unit])
            self._depart(minute, unit, self.trips[unit])

    def _can(self, unit: str, order: Order) -> bool:
        trip = self.trips.get(unit)
        if order.action == "cancel":
            return trip is not None and trip.order.id == order.cancels and not trip.left
        if trip is not None and (trip.left or order.action in ("deploy", "return")):
            return False
        return self.obeys(unit, order, self.stands[unit])

    def obeys(self, unit: str, order: Order, spot: tuple[str, str]) -> bool:
        """Whether a unit could obey an order if all of it stood there."""
        place, readiness = spot
        if order.action == "deploy":
            return place == "unstated" or (place, readiness) != (order.to, "deployed")
        if order.action == "return":
            return place == "unstated" or readiness == "deployed" or place != self.scenario.units[unit].origin
        return BECOMES[order.action] in _MAY_BECOME[readiness]
