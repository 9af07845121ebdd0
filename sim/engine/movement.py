"""Movement by lift: loads wait for vehicles, vehicles for spots, and both for the hours at which ports work.

A vehicle is given to the load that goes first once all else of a minute is over: the nearest that is free. Its journey
is booked there and then: it goes to where the load waits, empty; is loaded on the first spot it can have there; leaves
so as to come when the first spot is free that it can have at the other end; and is unloaded there. With that the load
has arrived, or is ready for its next stretch, and the vehicle goes to the next load, or else back to its base.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import heappush
from operator import itemgetter

from sim.domain.calendar import MINUTES_A_DAY
from sim.domain.event import Cause, Event, LoadReady, LoadWaited
from sim.domain.lift import Carriage, Change, Lift, Port
from sim.domain.order import Order, lifted_basis
from sim.domain.scenario import Scenario
from sim.domain.variate import Fixed, Variate
from sim.domain.vocabulary import Basis
from sim.engine.clock import Clock, Ranks
from sim.engine.draws import Draws, whole
from sim.engine.duty import RESTED, Duty, Stint
from sim.engine.fleet import Fleet
from sim.engine.load import Journey, Load, Shipment, Wait, capacity_of, is_fixed
from sim.engine.opening import Opening
from sim.engine.spots import Spots
from sim.engine.travel import Travel
from sim.engine.way import Ramp, Route, Way

_LOOKED_AHEAD = 366 * MINUTES_A_DAY
"""For how long after the end the hours of ports are kept: what leaves before it may come so much later."""

_NO_PORT: tuple[Port | None, Spots | None] = (None, None)


class Movement:
    """All that moves by lift in one run."""

    def __init__(
        self, clock: Clock, scenario: Scenario, draws: Draws, ranks: Ranks, emit: Callable[[Event], None]
    ) -> None:
        self._clock = clock
        self._draws = draws
        self._ranks = ranks
        self._departing, self._arriving = ranks.departing(0), ranks.arriving(0)
        self._emit = emit
        self._travel = Travel(scenario.places, draws)
        self._fleets = {lift.id: self._fleet(lift) for lift in scenario.lift.values()}
        changes: dict[str, list[Change]] = {id: [] for id in scenario.ports}
        for change in scenario.capacity:
            if change.lift is not None:
                self._plan_change(change, self._fleets[change.lift])
            elif change.port is not None:
                changes[change.port].append(change)
        self._ports: dict[str, tuple[Port | None, Spots | None]] = {
            port.place: (port, self._spots(port, changes[port.id], scenario)) for port in scenario.ports.values()
        }
        self._stirred: list[Fleet] = []
        self._routes: dict[str, Route] = {}
        self._ways: dict[tuple[str, str, str], Way] = {}

    def route(self, order: Order, carriage: Carriage) -> Route:
        """The route that units take under an order, the same for all of them."""
        found = self._routes.get(order.id)
        if found is None:
            places = carriage.route
            ways = tuple(map(self._way, carriage.lifts, places[:-1], places[1:]))
            found = self._routes[order.id] = Route(ways, {})
        return found

    def ship(self, shipment: Shipment, leaves: int) -> None:
        """Move a unit: its loads are ready once its notice is over, but not before the minute `leaves`."""
        now, notice = self._clock.now, shipment.carriage.notice
        if notice is not None:
            minutes = whole(self._draws.draw(notice, "notice", shipment.order.id, shipment.unit.id))
            leaves = max(leaves, shipment.order.at + minutes)
        if leaves == now:
            self._muster(shipment)
        else:
            self._clock.call(leaves, self._ranks.readying(shipment.turn[2]), self._muster, shipment)

    def cancel(self, shipment: Shipment) -> None:
        """Give up a move of which nothing has left; vehicles that were sent for it are free where they were sent."""
        now, way = self._clock.now, shipment.route.ways[0]
        shipment.cancelled = True
        self._fleets[way.lift.id].desert(shipment.loads - len(shipment.sent))
        for load in shipment.sent:
            journey, load.journey = load.journey, None
            assert journey is not None, "what was sent has a journey"
            way.origin.release(now, journey.loading)
            way.destination.release(now, journey.unloading)
            if journey.reached > now:
                self._clock.call(journey.reached, self._ranks.freeing, self._turn, journey)
            else:
                self._turn(journey)

    def waits(self, shipment: Shipment, minute: int) -> Iterator[tuple[Load, Wait]]:
        """What the loads that have not left where they were ready have waited for by a minute, which is the present.

        It is what a load tells when it leaves, as far as that has come to pass.
        """
        for load in shipment.here:
            found = self._in_line(load, minute) if load.journey is None else _so_far(load.journey, minute)
            yield from ((load, wait) for wait in found)

    def _in_line(self, load: Load, minute: int) -> Sequence[Wait]:
        """What a load has waited for by a minute that has no vehicle."""
        place = load.way.origin.place
        until, wanting = (minute, Cause.VEHICLE) if load.barred is None else load.barred
        overtaken = self._fleets[load.way.lift.id].overtaken(load)
        passed = 0 if overtaken is None else max(0, until - overtaken)
        found = (
            (Cause.VEHICLE, until - load.ready - passed, place),
            (Cause.PRIORITY, passed, place),
            (wanting, minute - until, place),
        )
        return [wait for wait in found if wait[1]]

    def _count(self, variate: Variate, *name: str | int) -> int:
        """How many vehicles or spots there are: what changes is named by what it is of and when, not by its place."""
        return whole(self._draws.count(variate, *name))

    def _fleet(self, lift: Lift) -> Fleet:
        hours = None if lift.hours_per_day is None else self._draws.draw(lift.hours_per_day, "hours", lift.id)
        duty = None if hours is None else Duty.of(hours)
        return Fleet(lift, self._count(lift.vehicles, "vehicles", lift.id), duty)

    def _spots(self, port: Port, changes: Iterable[Change], scenario: Scenario) -> Spots:
        counts = {0: self._count(port.spots, "spots", port.id)}
        for change in changes:
            counts[change.at] = self._count(change.amount, "spots", port.id, change.at)
        until = scenario.end + _LOOKED_AHEAD
        opening = None if port.open is None else Opening(port.open, scenario.calendar, until)
        return Spots(list(counts.items()), opening)

    def _plan_change(self, change: Change, fleet: Fleet) -> None:
        def resize(wanted: int) -> None:
            fleet.resize(wanted, self._clock.now)
            self._stir(fleet)

        wanted = self._count(change.amount, "vehicles", fleet.lift.id, change.at)
        self._clock.call(change.at, self._ranks.changing, resize, wanted)

    def _way(self, by: str, origin: str, destination: str) -> Way:
        """The way of a lift from one place to another, worked out once."""
        found = self._ways.get((by, origin, destination))
        if found is None:
            lift = self._fleets[by].lift
            minutes = self._travel.minutes(lift, origin, destination) if isinstance(lift.speed, Fixed) else None
            found = Way(lift, self._ramp(lift, origin), self._ramp(lift, destination), minutes)
            self._ways[by, origin, destination] = found
        return found

    def _ramp(self, lift: Lift, place: str) -> Ramp:
        port, spots = self._ports.get(place, _NO_PORT)
        ground = lift.ground if port is None or port.ground is None else port.ground
        minutes = whole(ground.value) if isinstance(ground, Fixed) else None
        return Ramp(place, spots, ground, minutes, None if spots is None else spots.opening)

    def _muster(self, shipment: Shipment) -> None:
        """Make the loads of a shipment, which are ready now. One that no vehicle can lift is of 1, and never leaves."""
        if shipment.cancelled:
            return
        now, way, left, number = self._clock.now, shipment.route.ways[0], shipment.mover.strength, 0
        noticed, alike, kind = now - shipment.order.at, shipment.route.fits, shipment.unit.kind
        while left:
            number += 1
            fits = alike.get(kind) or self._capacity(shipment, number)
            load = Load(shipment, number, min(fits or 1, left), now, way)
            left -= load.strength
            self._queue(load, goes=fits > 0)
            if noticed:
                self._wait(load, (Cause.NOTICE, noticed, way.origin.place))
        shipment.loads = number

    def _capacity(self, shipment: Shipment, number: int) -> int:
        """How much goes into a load of a shipment, noted for all of its kind where they are alike."""
        lifts = [way.lift for way in shipment.route.ways]
        found = capacity_of(lifts, shipment, number, self._draws)
        if is_fixed(lifts, shipment):
            shipment.route.fits[shipment.unit.kind] = found
        return found

    def _queue(self, load: Load, *, goes: bool = True) -> None:
        """A load is ready where its stretch begins, and waits for a vehicle there, if it `goes` at all."""
        shipment, way = load.shipment, load.way
        unit, order = shipment.unit.id, shipment.order.id
        self._emit(LoadReady(load.ready, unit, load.number, load.strength, way.origin.place, order))
        shipment.here[load] = None
        if not goes:
            load.barred = load.ready, Cause.VEHICLE
            return
        fleet = self._fleets[way.lift.id]
        fleet.join(load)
        if not fleet.stirred:
            self._stir(fleet)

    def _wait(self, load: Load, wait: Wait) -> None:
        unit, order = load.shipment.unit.id, load.shipment.order.id
        self._emit(LoadWaited(self._clock.now, unit, load.number, *wait, order))

    def _turn(self, journey: Journey) -> None:
        """The vehicle that was sent for a load, which was cancelled, turns to others."""
        way = journey.load.way
        self._free(self._fleets[way.lift.id], way.origin.place, journey.load, journey.came)

    def _free(self, fleet: Fleet, place: str, load: Load, stint: Stint) -> None:
        fleet.free(place, load, self._clock.now, stint)
        if not fleet.stirred:
            self._stir(fleet)

    def _stir(self, fleet: Fleet) -> None:
        """See to a fleet at the end of the minute, where it has vehicles to send, or to send back."""
        if fleet.stirred:
            return
        now = self._clock.now
        fleet.settle(now)
        if not fleet.landed:
            if fleet.head() is None:
                return
            if not fleet.idle:
                self._await(fleet)
                return
        if not self._stirred:
            self._clock.call(now, self._ranks.sending, self._send_all, self._stirred)
        fleet.stirred = True
        self._stirred.append(fleet)

    def _await(self, fleet: Fleet) -> None:
        """See to a fleet when the next vehicle is back, as loads wait for it."""
        if not fleet.returning:
            return
        back = fleet.returning[0][0]
        if fleet.waking is not None and fleet.waking <= back:
            return
        fleet.waking = back
        self._clock.call(fleet.waking, self._ranks.freeing, self._wake, fleet)

    def _wake(self, fleet: Fleet) -> None:
        if fleet.waking == self._clock.now:
            fleet.waking = None
        self._stir(fleet)

    def _send_all(self, fleets: list[Fleet]) -> None:
        """Give vehicles to loads: of all lifts the load that goes first, first. The rest of the vehicles go back."""
        now, self._stirred = self._clock.now, []
        fleets.sort(key=lambda fleet: fleet.lift.id)
        if len(fleets) == 1:
            (fleet,) = fleets
            while (fleet.idle or fleet.landed) and (load := fleet.next()) is not None:
                self._send(fleet, load, now)
        else:
            while ready := [(head, fleet) for fleet in fleets if fleet.at_hand and (head := fleet.head()) is not None]:
                ((*_, load), fleet) = min(ready, key=itemgetter(0))
                fleet.next()
                self._send(fleet, load, now)
        for fleet in fleets:
            fleet.stirred = False
            duty, lift = fleet.duty, fleet.lift
            for place, landed in fleet.landed.items():
                alike = self._travel.minutes(lift, place, lift.base) if isinstance(lift.speed, Fixed) else None
                for load, stretch, stint in landed:
                    minutes = alike
                    if minutes is None:
                        minutes = self._travel.minutes(lift, place, lift.base, "return", *load.name_on(stretch))
                    back = (now + minutes, 0) if duty is None else duty.travel(stint, now, minutes)
                    heappush(fleet.returning, back)
            fleet.landed.clear()
            if fleet.head() is not None:
                self._await(fleet)

    def _send(self, fleet: Fleet, load: Load, now: int) -> None:
        """Send a vehicle with a load; the load waits for ever where there never is a spot for it."""
        way = load.way
        place = self._nearest(fleet, way.origin.place) if fleet.landed else fleet.lift.base
        journey = self._book(fleet, load, way, place, now)
        if journey is None:
            load.barred = now, Cause.SPOT
            return
        fleet.take(place)
        fleet.sent(load, now)
        load.journey = journey
        shipment = load.shipment
        unit = shipment.turn[2]
        if load.stretch == 0:
            shipment.sent.append(load)
        if load.stretch == 0 or journey.waits:
            self._clock.call(journey.leaves, self._departing + unit, self._leave, journey)
        else:
            del shipment.here[load]  # nobody asks when it leaves: it waits for nothing
        self._clock.call(journey.unloading[1], self._arriving + unit, self._land, journey)

    def _nearest(self, fleet: Fleet, origin: str) -> str:
        """From where a vehicle goes to a load; from what comes first by id, where places are as near."""
        places = set(fleet.landed)
        if fleet.idle:
            places.add(fleet.lift.base)
        if len(places) == 1:
            return places.pop()
        return min(places, key=lambda place: (self._travel.kilometres(place, origin), place))

    def _book(self, fleet: Fleet, load: Load, way: Way, place: str, now: int) -> Journey | None:
        """The journey of a vehicle at a place with a load, its spots booked; None where there never is one."""
        origin, destination, minutes, duty = way.origin, way.destination, way.minutes, fleet.duty
        here = duty is None and place == origin.place
        reached, came = (now, RESTED) if here else self._come(fleet, load, place, now)
        stands = self._standing(origin, "loading", load) if origin.minutes is None else origin.minutes
        loading = origin.book(now, reached, stands)
        if loading is None:
            return None
        if minutes is None:
            minutes = self._travel.minutes(fleet.lift, origin.place, destination.place, "laden", *load.name)
        start, end = loading
        there = end + minutes if duty is None else duty.travel(came, end, minutes)[0]
        stands = self._standing(destination, "unloading", load) if destination.minutes is None else destination.minutes
        unloading = destination.book(now, there, stands)
        if unloading is None:
            origin.release(now, loading)
            return None
        leaves = unloading[0] - there + end
        journey = Journey(load, reached, loading, leaves, unloading)
        if duty is not None:
            journey.came, journey.went = came, (unloading[0], duty.travel(came, leaves, minutes)[1])
        if not (load.ready == reached == start and unloading[0] == there and origin.opening is None):
            overtaken = fleet.overtaken(load) if load.ready < now else None
            journey.waits = _waits(journey, 0 if overtaken is None else now - overtaken, journey.leaves)
        return journey

    def _come(self, fleet: Fleet, load: Load, place: str, now: int) -> tuple[int, Stint]:
        """When a vehicle at a place has come to a load, and may be loaded; and what it has behind it then."""
        origin, duty, minutes = load.way.origin.place, fleet.duty, 0
        if place != origin:
            minutes = self._travel.minutes(fleet.lift, place, origin, "empty", *load.name)
        if duty is None:
            return now + minutes, RESTED
        stint = fleet.first(place)
        if minutes:
            stint = duty.travel(stint, now, minutes)
        return duty.fit(stint, max(now, stint[0])), stint

    def _standing(self, ramp: Ramp, purpose: str, load: Load) -> int:
        """For how many minutes a vehicle stands at a ramp where that is drawn."""
        return whole(self._draws.draw(ramp.ground, purpose, *load.name))

    def _leave(self, journey: Journey) -> None:
        """A load leaves, and tells what it waited for, if it has not been cancelled."""
        load = journey.load
        if load.journey is not journey:
            return
        del load.shipment.here[load]
        for wait in journey.waits:
            self._wait(load, wait)
        if load.stretch == 0:
            shipment = load.shipment
            shipment.sent.clear()  # it is too late to cancel
            shipment.mover.depart(load.strength, lifted_basis(shipment.leg, self._clock.now))

    def _land(self, journey: Journey) -> None:
        """A load is unloaded, if it has not been cancelled: it has arrived, or goes on; its vehicle is free."""
        load = journey.load
        if load.journey is not journey:
            return
        load.journey = None
        shipment, way, ways = load.shipment, load.way, load.shipment.route.ways
        ramp = way.destination
        if ramp.opening is not None and (closed := ramp.opening.closed_between(*journey.unloading)):
            self._wait(load, (Cause.HOURS, closed, ramp.place))
        self._free(self._fleets[way.lift.id], ramp.place, load, journey.went)
        load.stretch += 1
        if load.stretch == len(ways):
            shipment.mover.arrive(load.strength, Basis.ASSUMED)  # no report says when
            return
        load.ready, load.way = self._clock.now, ways[load.stretch]
        self._queue(load)


def _so_far(journey: Journey, minute: int) -> Sequence[Wait]:
    """What a load that has not left by a minute has waited for; a vehicle was sent for it by then."""
    passed = sum(minutes for cause, minutes, _ in journey.waits if cause is Cause.PRIORITY)
    return _waits(journey, passed, minute) if journey.waits else ()


def _waits(journey: Journey, passed: int, until: int) -> Sequence[Wait]:
    """What a load waits for from when it is ready up to a minute, in turn; it leaves then, or later.

    For the last `passed` minutes until a vehicle was sent for it, others went to loads of a lower priority. Work that
    rests while the port is closed waits for hours too. What it waits for once it is loaded is what it would wait for
    where it is unloaded, had it left at once.
    """
    load, origin, destination = journey.load, journey.load.way.origin, journey.load.way.destination
    reached, (loads, loaded) = journey.reached, journey.loading
    if until < loaded:
        reached, loads, loaded = min(reached, until), min(loads, until), until
    there = journey.unloading[0] - journey.leaves + loaded
    spot, hours = _split(origin.opening, reached, loads)
    slot, shut = _split(destination.opening, there, there + until - loaded)
    if origin.opening is not None:
        hours += origin.opening.closed_between(loads, loaded)
    found = (
        (Cause.VEHICLE, reached - load.ready - passed, origin.place),
        (Cause.PRIORITY, passed, origin.place),
        (Cause.SPOT, spot, origin.place),
        (Cause.HOURS, hours, origin.place),
        (Cause.SPOT, slot, destination.place),
        (Cause.HOURS, shut, destination.place),
    )
    return [wait for wait in found if wait[1]]


def _split(opening: Opening | None, asked: int, start: int) -> tuple[int, int]:
    """For how many minutes a stand was waited for while its port was open, and while it was closed."""
    if start == asked or opening is None:
        return start - asked, 0
    closed = opening.closed_between(asked, start)
    return start - asked - closed, closed
