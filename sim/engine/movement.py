"""Movement by lift: loads wait for vehicles, vehicles for spots, and both for the hours at which ports work.

A vehicle is given to the load that goes first once all else of a minute is over: the nearest that is free. Its journey
is booked there and then: it goes to where the load waits, empty; is loaded on the first spot it can have there; leaves
so as to come when the first spot is free that it can have at the other end; and is unloaded there. With that the load
has arrived, or is ready for its next stretch, and the vehicle goes to the next load, or else back to its base.
"""

from collections.abc import Callable, Sequence
from heapq import heappush
from operator import itemgetter

from simpy.events import Event as SimEvent

from sim.domain.event import Cause, Event, LoadReady, LoadWaited
from sim.domain.lift import Change, Lift, Port
from sim.domain.scenario import Scenario
from sim.domain.variate import Fixed, Variate
from sim.domain.vocabulary import Kind
from sim.engine.clock import Clock, Moment, Ranks
from sim.engine.draws import Draws, whole
from sim.engine.fleet import Fleet
from sim.engine.load import Journey, Load, Name, Shipment, Stand, Wait, capacity_of, is_fixed
from sim.engine.opening import Opening
from sim.engine.spots import Spots
from sim.engine.travel import Travel

_NO_PORT: tuple[Port | None, Spots | None] = (None, None)


class Movement:
    """All that moves by lift in one run."""

    def __init__(
        self, clock: Clock, scenario: Scenario, draws: Draws, ranks: Ranks, emit: Callable[[Event], None]
    ) -> None:
        self._clock = clock
        self._draws = draws
        self._ranks = ranks
        self._emit = emit
        self._travel = Travel(scenario.places, draws)
        self._fleets = {lift.id: Fleet(lift, self._count(lift.vehicles, lift.id)) for lift in scenario.lift.values()}
        self._ports: dict[str, tuple[Port | None, Spots | None]] = {
            port.place: (port, self._spots(port, scenario)) for port in scenario.ports.values()
        }
        for change in scenario.capacity:
            if change.lift is not None:
                self._plan_change(change, self._fleets[change.lift])
        self._stirred: dict[str, Fleet] = {}
        self._capacities: dict[tuple[str, Kind], int] = {}

    def ship(self, shipment: Shipment, leaves: int) -> None:
        """Move a unit: its loads are ready once its notice is over, but not before the minute `leaves`."""
        now, notice = self._clock.now, shipment.carriage.notice
        if notice is not None:
            minutes = whole(self._draws.draw(notice, "notice", shipment.order.id, shipment.unit.id))
            leaves = max(leaves, shipment.order.at + minutes)
        if leaves == now:
            self._muster(shipment)
        else:
            Moment(self._clock, leaves, self._ranks.readying(shipment.turn[2]), lambda _: self._muster(shipment))

    def cancel(self, shipment: Shipment) -> None:
        """Give up a move of which nothing has left; vehicles that were sent for it are free where they were sent."""
        now = self._clock.now
        shipment.cancelled = True
        for load in shipment.sent:
            journey, load.journey = load.journey, None
            assert journey is not None, "what was sent has a journey"
            journey.loading.release(now)
            journey.unloading.release(now)
            if journey.reached > now:
                Moment(self._clock, journey.reached, self._ranks.freeing, self._freeing(load))
            else:
                self._free(self._fleets[load.lift], load.origin, load)

    def _count(self, variate: Variate, *name: str) -> int:
        return max(0, whole(self._draws.draw(variate, "count", *name)))

    def _spots(self, port: Port, scenario: Scenario) -> Spots:
        counts = {0: self._count(port.spots, port.id)}
        for change in scenario.capacity:
            if change.port == port.id:
                counts[change.at] = self._count(change.amount, "capacity", change.id)
        opening = None if port.open is None else Opening(port.open, scenario.calendar)
        return Spots(list(counts.items()), opening)

    def _plan_change(self, change: Change, fleet: Fleet) -> None:
        wanted = self._count(change.amount, "capacity", change.id)

        def resize(_: SimEvent) -> None:
            fleet.resize(wanted)
            self._stir(fleet)

        Moment(self._clock, change.at, self._ranks.changing, resize)

    def _muster(self, shipment: Shipment) -> None:
        """Make the loads of a shipment, which are ready now."""
        if shipment.cancelled:
            return
        now, left, number = self._clock.now, shipment.unit.strength, 0
        noticed = now - shipment.order.at
        while left:
            number += 1
            load = Load(shipment, number, min(left, self._capacity(shipment, number)), now)
            left -= load.strength
            self._queue(load)
            if noticed:
                self._wait(load, Wait(Cause.NOTICE, noticed, load.origin))

    def _capacity(self, shipment: Shipment, number: int) -> int:
        """How much goes into a load of a shipment: worked out once for all loads of an order that are alike."""
        known = (shipment.order.id, shipment.unit.kind)
        if (found := self._capacities.get(known)) is not None:
            return found
        lifts = [self._fleets[lift].lift for lift in shipment.carriage.lifts]
        found = capacity_of(lifts, shipment, number, self._draws)
        if is_fixed(lifts, shipment):
            self._capacities[known] = found
        return found

    def _queue(self, load: Load) -> None:
        """A load is ready where its stretch begins."""
        shipment = load.shipment
        self._emit(LoadReady(load.ready, shipment.unit.id, load.number, load.strength, load.origin, shipment.order.id))
        fleet = self._fleets[load.lift]
        fleet.join(load)
        self._stir(fleet)

    def _wait(self, load: Load, wait: Wait) -> None:
        unit, order = load.shipment.unit.id, load.shipment.order.id
        self._emit(LoadWaited(self._clock.now, unit, load.number, wait.cause, wait.minutes, wait.place, order))

    def _free(self, fleet: Fleet, place: str, load: Load) -> None:
        fleet.free(place, load, self._clock.now)
        self._stir(fleet)

    def _freeing(self, load: Load) -> Callable[[SimEvent], None]:
        return lambda _: self._free(self._fleets[load.lift], load.origin, load)

    def _stir(self, fleet: Fleet) -> None:
        """See to a fleet at the end of the minute, where it has vehicles to send, or to send back."""
        if fleet.lift.id in self._stirred:
            return
        fleet.settle(self._clock.now)
        if not fleet.landed:
            if fleet.head() is None:
                return
            if not fleet.idle:
                self._await(fleet)
                return
        if not self._stirred:
            Moment(self._clock, self._clock.now, self._ranks.sending, self._send_all)
        self._stirred[fleet.lift.id] = fleet

    def _await(self, fleet: Fleet) -> None:
        """See to a fleet when the next vehicle is back, as loads wait for it."""
        if not fleet.returning or (fleet.waking is not None and fleet.waking <= fleet.returning[0]):
            return
        fleet.waking = minute = fleet.returning[0]

        def wake(_: SimEvent) -> None:
            if fleet.waking == minute:
                fleet.waking = None
            self._stir(fleet)

        Moment(self._clock, minute, self._ranks.freeing, wake)

    def _send_all(self, _: SimEvent) -> None:
        """Give vehicles to loads: of all lifts the load that goes first, first. The rest of the vehicles go back."""
        now = self._clock.now
        fleets = [self._stirred[lift] for lift in sorted(self._stirred)]
        self._stirred.clear()
        if len(fleets) == 1:
            (fleet,) = fleets
            while (fleet.idle or fleet.landed) and fleet.head() is not None:
                self._send(fleet, fleet.next())
        else:
            while ready := [(head, fleet) for fleet in fleets if fleet.at_hand and (head := fleet.head()) is not None]:
                fleet = min(ready, key=itemgetter(0))[1]
                self._send(fleet, fleet.next())
        for fleet in fleets:
            for place, name in fleet.landed:
                minutes = self._travel.minutes(fleet.lift, place, fleet.lift.base, "return", *name)
                heappush(fleet.returning, now + minutes)
            fleet.landed.clear()
            if fleet.head() is not None:
                self._await(fleet)

    def _send(self, fleet: Fleet, load: Load) -> None:
        """Send a vehicle with a load; the load waits for ever where there never is a spot for it."""
        place = self._nearest(fleet, load.origin) if fleet.landed else fleet.lift.base
        journey = self._book(fleet, load, place)
        if journey is None:
            return
        fleet.take(place)
        fleet.sent(load, self._clock.now)
        load.journey = journey
        unit = load.shipment.turn[2]
        if load.stretch == 0:
            load.shipment.sent.append(load)
        if load.stretch == 0 or journey.waits:
            Moment(self._clock, journey.leaves, self._ranks.departing(unit), lambda _: self._leave(load, journey))
        Moment(self._clock, journey.unloading.end, self._ranks.arriving(unit), lambda _: self._land(load, journey))

    def _nearest(self, fleet: Fleet, origin: str) -> str:
        """From where a vehicle goes to a load; from what comes first by id, where places are as near."""
        places = {place for place, _ in fleet.landed}
        if fleet.idle:
            places.add(fleet.lift.base)
        if len(places) == 1:
            return places.pop()
        return min(places, key=lambda place: (self._travel.kilometres(place, origin), place))

    def _book(self, fleet: Fleet, load: Load, place: str) -> Journey | None:
        """The journey of a vehicle at a place with a load, its spots booked; None where there never is one."""
        now, lift, origin, destination, name = self._clock.now, fleet.lift, load.origin, load.destination, load.name
        reached = now + self._travel.minutes(lift, place, origin, "empty", *name)
        loading = self._stand(lift, origin, reached, "loading", name)
        if loading is None:
            return None
        travel = self._travel.minutes(lift, origin, destination, "laden", *name)
        unloading = self._stand(lift, destination, loading.end + travel, "unloading", name)
        if unloading is None:
            loading.release(now)
            return None
        overtaken = fleet.overtaken(load) if load.ready < now else None
        waits = _waits(load, overtaken, now, reached, loading, unloading, loading.end + travel)
        return Journey(reached, unloading.start - travel, loading, unloading, waits)

    def _stand(self, lift: Lift, place: str, asked: int, purpose: str, name: Name) -> Stand | None:
        """The first stand to be had at a place from a minute on; None where there never is one.

        Where there is no port there is room for all; and what takes no time needs no spot.
        """
        port, spots = self._ports.get(place, _NO_PORT)
        ground = lift.ground if port is None or port.ground is None else port.ground
        minutes = whole(ground.value if isinstance(ground, Fixed) else self._draws.draw(ground, purpose, *name))
        if spots is None or minutes == 0:
            return Stand(asked, asked + minutes, place)
        booking = spots.book(self._clock.now, asked, minutes)
        return None if booking is None else Stand(booking.start, booking.end, place, spots)

    def _leave(self, load: Load, journey: Journey) -> None:
        """A load leaves, and tells what it waited for, if it has not been cancelled."""
        if load.journey is not journey:
            return
        for wait in journey.waits:
            self._wait(load, wait)
        if load.stretch == 0:
            load.shipment.sent.clear()  # it is too late to cancel
            load.shipment.mover.leave(load.strength)

    def _land(self, load: Load, journey: Journey) -> None:
        """A load is unloaded, if it has not been cancelled: it has arrived, or goes on; its vehicle is free."""
        if load.journey is not journey:
            return
        load.journey = None
        stand = journey.unloading
        if closed := stand.closed_between(stand.start, stand.end):
            self._wait(load, Wait(Cause.HOURS, closed, stand.place))
        self._free(self._fleets[load.lift], load.destination, load)
        if load.last:
            load.shipment.mover.arrive(load.strength)
            return
        load.stretch += 1
        load.ready = self._clock.now
        self._queue(load)


def _waits(
    load: Load, overtaken: int | None, now: int, reached: int, loading: Stand, unloading: Stand, there: int
) -> Sequence[Wait]:
    """What a load waits for from when it is ready to when it leaves, in turn.

    Its vehicle is sent now and `reached` later; laden it could be `there` before it can be unloaded. Work that rests
    while the port is closed waits for hours too.
    """
    if load.ready == reached and loading.start == reached and unloading.start == there and not loading.rests:
        return ()
    passed = 0 if overtaken is None else now - overtaken
    spot, hours = _split(loading, reached, loading.start)
    slot, shut = _split(unloading, there, unloading.start)
    hours += loading.closed_between(loading.start, loading.end)
    found = (
        (Cause.VEHICLE, reached - load.ready - passed, loading.place),
        (Cause.PRIORITY, passed, loading.place),
        (Cause.SPOT, spot, loading.place),
        (Cause.HOURS, hours, loading.place),
        (Cause.SPOT, slot, unloading.place),
        (Cause.HOURS, shut, unloading.place),
    )
    return [Wait(*wait) for wait in found if wait[1]]


def _split(stand: Stand, asked: int, start: int) -> tuple[int, int]:
    """For how many minutes a stand was waited for while its port was open, and while it was closed."""
    if start == asked:
        return 0, 0
    closed = stand.closed_between(asked, start)
    return start - asked - closed, closed
