"""Backlogs: what loads that had not left by the end of a run had waited for by then. The log does not say so."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from attrs import define

from sim.domain.event import Cause, LoadReady, LoadWaited, UnitArrived, UnitDeparted
from sim.engine.draws import Draws, whole
from sim.engine.load import Shipment
from sim.engine.simulation import Simulation
from sim.engine.travel import Travel
from sim.engine.way import Ramp, Way

Key = tuple[str, str]
"""An order, and a unit that moves under it."""

OpenWait = tuple[str, Cause, int]
"""An order, what a load of it waits for still, and for how many minutes it has, at least 1."""


@define
class _Stop:
    """Where a load was ready last: at which minute, for which stretch; and when it left, None where it did not say."""

    number: int
    ready: int
    stretch: int = 0
    left: int | None = None


def open_waits(
    simulation: Simulation,
    draws: Draws,
    said: Iterable[LoadReady | LoadWaited],
    moved: Sequence[UnitDeparted | UnitArrived],
) -> Iterator[OpenWait]:
    """What loads wait for at the end of a run, from when they were ready on; nothing of moves that were cancelled.

    `said` and `moved` are what happened in the run. What was never told to wait left at once, or has not left: where it
    began, departures tell which; later, it waits where it would have landed by now. So it never counts what may be
    being loaded, or be under way. A spot is what it waits for where there never is one again, else a vehicle.
    """
    shipments = {
        (move.command.order.id, unit): move.shipment
        for unit, process in simulation.units.items()
        if (move := process.move) is not None and move.shipment is not None
    }
    if not shipments:
        return
    stops, trips = _stops(said, shipments), _Trips(simulation, draws)
    departed = Counter((event.order, event.unit) for event in moved if isinstance(event, UnitDeparted))
    arrived = Counter((event.order, event.unit, event.at) for event in moved if isinstance(event, UnitArrived))
    for key, shipment in shipments.items():
        waiting = _waiting(shipment, stops[key], trips, departed[key], arrived)
        for stop in waiting:
            if stop.ready < trips.end:
                yield key[0], trips.cause(shipment.route.ways[stop.stretch]), trips.end - stop.ready


def _waiting(
    shipment: Shipment, stops: Sequence[_Stop], trips: "_Trips", departed: int, arrived: Counter[tuple[str, str, int]]
) -> Iterator[_Stop]:
    """The loads of a shipment that wait still, of which so many have `departed`; what has `arrived` is crossed off."""
    silent = [stop for stop in stops if stop.left is None]
    order, unit, last = shipment.order.id, shipment.unit.id, len(shipment.route.ways) - 1
    for stop in stops:
        if stop.left is not None and stop.stretch == last:
            arrived[order, unit, trips.lands(shipment, stop, stop.left)] -= 1
    in_turn = sorted(
        (stop for stop in silent if not stop.stretch), key=lambda stop: (trips.leaves(shipment, stop), stop.number)
    )
    known = sum(stop.left is not None or stop.stretch > 0 for stop in stops)
    for stop in in_turn[departed - known :]:
        if trips.leaves(shipment, stop) <= trips.end:
            yield stop
    for stop in silent:
        if stop.stretch and (lands := trips.lands(shipment, stop, trips.leaves(shipment, stop))) <= trips.end:
            if stop.stretch == last and arrived[order, unit, lands] > 0:
                arrived[order, unit, lands] -= 1
            else:
                yield stop


def _stops(said: Iterable[LoadReady | LoadWaited], shipments: Iterable[Key]) -> dict[Key, list[_Stop]]:
    """Where each load of some shipments was ready last."""
    found: dict[Key, dict[int, _Stop]] = {key: {} for key in shipments}
    for event in said:
        stops = found.get((event.order, event.unit))
        if stops is None:
            continue
        if isinstance(event, LoadReady):
            before = stops.get(event.load)
            stops[event.load] = _Stop(event.load, event.at, 0 if before is None else before.stretch + 1)
        elif event.cause is not Cause.NOTICE:  # all else is told as it leaves, or later
            stop = stops[event.load]
            stop.left = event.at if stop.left is None else stop.left
    return {key: list(stops.values()) for key, stops in found.items()}


class _Trips:
    """When loads of one run would have gone, had they not waited: by the draws by which those went that did not."""

    def __init__(self, simulation: Simulation, draws: Draws) -> None:
        self.end = simulation.scenario.end
        self._draws = draws
        self._travel = Travel(simulation.scenario.places, draws)
        self._causes: dict[int, Cause] = {}

    def leaves(self, shipment: Shipment, stop: _Stop) -> int:
        """When a load that waits for nothing leaves."""
        ramp = shipment.route.ways[stop.stretch].origin
        return _done(ramp, stop.ready, self._stands(ramp, "loading", shipment, stop))

    def lands(self, shipment: Shipment, stop: _Stop, leaves: int) -> int:
        """When a load that leaves at a minute is unloaded where its stretch ends."""
        way = shipment.route.ways[stop.stretch]
        origin, ramp, minutes = way.origin, way.destination, way.minutes
        if minutes is None:
            minutes = self._travel.minutes(way.lift, origin.place, ramp.place, "laden", *_name(shipment, stop))
        there = leaves + minutes
        return _done(ramp, there, self._stands(ramp, "unloading", shipment, stop))

    def cause(self, way: Way) -> Cause:
        """What loads wait for that have not gone this way: the run is over, so that it does no harm to book spots."""
        if id(way) not in self._causes:
            wanting = any(ramp.book(self.end, self.end, 1) is None for ramp in (way.origin, way.destination))
            self._causes[id(way)] = Cause.SPOT if wanting else Cause.VEHICLE
        return self._causes[id(way)]

    def _stands(self, ramp: Ramp, purpose: str, shipment: Shipment, stop: _Stop) -> int:
        if ramp.minutes is not None:
            return ramp.minutes
        return whole(self._draws.draw(ramp.ground, purpose, *_name(shipment, stop)))


def _name(shipment: Shipment, stop: _Stop) -> tuple[str, str, int, int]:
    """What the draws of a load on a stretch go by."""
    return shipment.order.id, shipment.unit.id, stop.number, stop.stretch


def _done(ramp: Ramp, start: int, minutes: int) -> int:
    """When work is done that begins at `start`; it rests while a port is closed."""
    if ramp.opening is None or minutes == 0:
        return start + minutes
    return ramp.opening.finish(start, minutes)
