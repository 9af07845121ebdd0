"""Movement by lift again, plainly: an agenda of what happens next, vehicles one by one, spots tried minute by minute.

It shares with the program what is written down in a scenario, what is drawn under which name, and how far places lie
apart. Where the two disagree, one is wrong.
"""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import count, pairwise
from math import floor

from attrs import define, evolve

from sim.domain.calendar import zone
from sim.domain.distance import kilometres
from sim.domain.lift import Lift, Port
from sim.domain.order import ANY_TIME, Order
from sim.domain.scenario import Scenario
from sim.domain.unit import Unit
from sim.domain.variate import Variate
from sim.engine.draws import Draws
from tests.model.model import Model, Trip

FREED, ARRIVED, DEPARTED, READY, ORDERED, SENT = range(6)
"""What comes before what within a minute; what changes comes before all of it."""

Name = tuple[str, str, int, int]


@define(eq=False)
class Vehicle:
    """Where it is, since when, in what turn it came there, and after which load.

    `driven` is how many minutes it has travelled since it last rested, and `stopped` when it last came somewhere.
    """

    place: str
    since: int
    came: int = 0
    after: Name | None = None
    driven: int = 0
    stopped: int = -1


@define(eq=False)
class Cargo:
    """A load: what it is of, and where it stands in its route; what its vehicle had driven when it came, and when."""

    trip: Trip
    unit: Unit
    number: int
    strength: int
    turn: tuple[int, int, str, str, int]
    ready: int
    stretch: int = 0
    sent: tuple[Vehicle, int, list[tuple["Dock", list[int]]]] | None = None
    came: tuple[int, int] = (0, -1)
    cancelled: bool = False

    @property
    def name(self) -> Name:
        return self.trip.order.id, self.unit.id, self.number, self.stretch


class Dock:
    """A port: its bookings are [start, end], and any minute can be tried."""

    def __init__(self, port: Port, spots: dict[int, int], scenario: Scenario) -> None:
        self.port = port
        self.spots = spots
        self.scenario = scenario
        self.booked: list[list[int]] = []
        self._known: dict[int, bool] = {}

    def open(self, minute: int) -> bool:
        hours = self.port.open
        if hours is None:
            return True
        if minute not in self._known:
            day = self.scenario.calendar.local(minute).date()
            days = [day - timedelta(days=1), day, day + timedelta(days=1)]
            self._known[minute] = any(self.opens(each) <= minute < self.closes(each) for each in days)
        return self._known[minute]

    def opens(self, day: date) -> int:
        assert self.port.open is not None
        return self.minute(day, self.port.open.opens)

    def closes(self, day: date) -> int:
        assert self.port.open is not None
        overnight = self.port.open.closes <= self.port.open.opens
        return self.minute(day + timedelta(days=overnight), self.port.open.closes)

    def minute(self, day: date, of_day: int) -> int:
        calendar = self.scenario.calendar
        clock = datetime(day.year, day.month, day.day, *divmod(of_day, 60), tzinfo=zone(calendar.timezone))
        return calendar.minute(clock.astimezone(UTC))

    def there_are(self, minute: int) -> int:
        return self.spots[max(at for at in self.spots if at <= minute)]

    def taken(self, minute: int) -> int:
        return sum(start <= minute < end for start, end in self.booked)

    def done(self, start: int, work: int) -> int:
        minute = start
        while work:
            work -= self.open(minute)
            minute += 1
        return minute

    def first(self, asked: int, work: int) -> list[int] | None:
        """The first minute at which one can begin, and when it is done; None where everything is over before."""
        settled = max([asked, *self.spots, *(end for _, end in self.booked)]) + 2 * 1440
        for start in range(asked, settled):
            if not self.open(start) or self.taken(start) >= self.there_are(start):
                continue
            end = self.done(start, work)
            begins = [other for other, _ in self.booked if start < other < end]
            if all(self.taken(minute) < self.there_are(minute) for minute in begins):
                return [start, end]
        return None


def _nearest_whole(figure: float) -> int:
    return floor(figure + 0.5)


class Movement(Model):
    """A scenario with lift played out. `told` is what happened."""

    def __init__(self, scenario: Scenario, draws: Draws, by_lift: bool = False) -> None:
        self.draws = draws
        self.by_lift = by_lift
        self.now = 0
        self.agenda: list[tuple[int, int, str, int, Callable[[], None]]] = []
        self.sequence = count()
        self.cargo: list[Cargo] = []
        self.arrived: Counter[str] = Counter()
        self.lifted: dict[str, list[Cargo]] = {}  # of each unit that moves by lift, the loads that were sent
        self.sendings: list[tuple[int, str, int]] = []
        self.vehicles = {
            lift.id: [Vehicle(lift.base, -1) for _ in range(self.amount(lift.vehicles, "vehicles", lift.id))]
            for lift in scenario.lift.values()
        }
        self.wanted = {lift: len(vehicles) for lift, vehicles in self.vehicles.items()}
        self.docks = [Dock(port, self.spots_of(port, scenario), scenario) for port in scenario.ports.values()]
        super().__init__(scenario)

    # What is drawn

    def amount(self, variate: Variate, *name: str | int) -> int:
        return _nearest_whole(self.draws.count(variate, *name))

    def spots_of(self, port: Port, scenario: Scenario) -> dict[int, int]:
        spots = {0: self.amount(port.spots, "spots", port.id)}
        for change in scenario.capacity:
            if change.port == port.id:
                spots[change.at] = self.amount(change.amount, "spots", port.id, change.at)
        return spots

    def driving(self, lift: Lift, start: str, end: str, purpose: str, name: Name) -> int:
        """How many minutes its wheels turn."""
        if start == end:
            return 0
        speed = max(0.001, self.draws.draw(lift.speed, "speed", purpose, *name))
        return max(1, _nearest_whole(kilometres(self.scenario.places, start, end) * lift.detour / speed * 60))

    def a_day(self, lift: Lift) -> int:
        if lift.hours_per_day is None:
            return 1440
        return min(1440, max(1, _nearest_whole(self.draws.draw(lift.hours_per_day, "hours", lift.id) * 60)))

    def may_drive(self, lift: Lift, vehicle: Vehicle, now: int) -> int:
        """The first minute at which it need not rest."""
        a_day = self.a_day(lift)
        while vehicle.driven == a_day < 1440 and now - vehicle.stopped < 1440 - a_day:
            now += 1
        return now

    def drive(self, lift: Lift, vehicle: Vehicle, now: int, driving: int) -> int:
        """Drive minute by minute, or rest, and tell when it has come."""
        a_day = self.a_day(lift)
        while driving:
            if now - vehicle.stopped >= 1440 - a_day:
                vehicle.driven = 0
            if vehicle.driven < a_day:
                driving, vehicle.driven, vehicle.stopped = driving - 1, vehicle.driven + 1, now + 1
            now += 1
        return now

    def sizes(self, order: Order, unit: Unit) -> list[tuple[int, bool]]:
        """How much is in each load, and whether it is light enough to be lifted."""
        carriage, found, left = order.carriage, list[tuple[int, bool]](), unit.strength
        assert carriage is not None
        while left:
            name = (order.id, unit.id, len(found) + 1)
            takes, light = [left], True
            for lift in (self.scenario.lift[lift] for lift in carriage.lifts):
                room = self.draws.count(dict(lift.holds)[unit.kind], "holds", lift.id, *name)
                said = room if carriage.load is None else self.draws.count(carriage.load, "load", *name)
                takes += [max(1, floor(figure + 1e-9)) for figure in (room, said)]
                if carriage.tons is not None and lift.tons is not None:
                    weight = self.draws.draw(carriage.tons, "weight", *name)
                    tons = self.draws.draw(lift.tons, "tons", lift.id, *name)
                    if weight > tons:
                        by_weight = floor(said * tons / weight + 1e-9)
                        light &= by_weight > 0
                        takes.append(by_weight)
            found.append((min(takes) if light else 1, light))
            left -= found[-1][0]
        return found

    # What happens in a minute

    def _minutes(self) -> set[int]:
        """Only the last: all that leads up to it is played then."""
        return {self.scenario.end}

    def plan(self, minute: int, phase: int, unit: str, act: Callable[[], None]) -> None:
        heappush(self.agenda, (minute, phase, unit, next(self.sequence), act))

    def _play(self, minute: int) -> None:
        for self.now in range(minute + 1):
            self.minute(self.now)

    def minute(self, minute: int) -> None:
        for change in self.scenario.capacity:
            if change.at == minute and change.lift is not None:
                self.resize(change.lift, self.amount(change.amount, "vehicles", change.lift, change.at))
        for unit, trip in self.trips.items():
            if unit not in self.lifted:
                self.plan(minute, ARRIVED, unit, partial(self.step, self._arrive, unit, trip))
                self.plan(minute, DEPARTED, unit, partial(self.step, self._depart, unit, trip))
        for order in self.scenario.orders.values():
            if order.at == minute:
                self.plan(minute, ORDERED, order.id, partial(self.give, order))
        self.plan(minute, SENT, "", self.send)
        while self.agenda and self.agenda[0][0] == minute:
            heappop(self.agenda)[-1]()

    def step(self, each: Callable[[int, str, Trip], None], unit: str, trip: Trip) -> None:
        if self.trips.get(unit) is trip:
            each(self.now, unit, trip)

    def give(self, order: Order) -> None:
        units = self.addressed(order)
        self.told.append((self.now, "order-issued", "", order.id, units))
        for unit in units:
            self._obey(self.now, unit, order)

    def by_carriage(self, order: Order) -> bool:
        reported = order.arrive.by is not None or order.transit is not None or bool(order.parts)
        return order.carriage is not None and (self.by_lift or not reported)

    def _obey(self, minute: int, unit: str, order: Order) -> None:
        if order.moves and self.by_carriage(order) and self._can(unit, order):
            self.begin(unit, order)
            return
        if order.action == "cancel" and unit in self.lifted and self._can(unit, order):
            self.call_off(unit)
        super()._obey(minute, unit, order)

    # Loads

    def begin(self, unit: str, order: Order) -> None:
        assert order.carriage is not None
        defined = self.scenario.units[unit]
        trip = Trip(evolve(order, arrive=ANY_TIME, transit=None, parts=()), defined)
        trip.legs = [(defined.strength, 10**12, 10**12, trip.legs[0][3], "assumed")]
        self.trips[unit], self.lifted[unit] = trip, []
        ready = max(order.at, order.depart.after or 0)
        if order.carriage.notice is not None:
            notice = self.draws.draw(order.carriage.notice, "notice", order.id, unit)
            ready = max(ready, order.at + _nearest_whole(notice))
        if ready == self.now:
            self.muster(unit, trip)
        else:
            self.plan(ready, READY, unit, lambda: self.muster(unit, trip))

    def muster(self, unit: str, trip: Trip) -> None:
        if self.trips.get(unit) is not trip:
            return
        order, defined = trip.order, self.scenario.units[unit]
        assert order.carriage is not None
        for number, (strength, light) in enumerate(self.sizes(order, defined), start=1):
            turn = (order.carriage.priority, order.at, order.id, unit, number)
            cargo = Cargo(trip, defined, number, strength, turn, self.now)
            self.be_ready(cargo)
            if not light:
                self.cargo.remove(cargo)
            if self.now > order.at:
                self.tell(cargo, "notice", self.now - order.at, order.carriage.route[0])

    def be_ready(self, cargo: Cargo) -> None:
        order = cargo.trip.order
        assert order.carriage is not None
        cargo.ready, cargo.sent = self.now, None
        facts = (cargo.number, cargo.strength, order.carriage.route[cargo.stretch])
        self.told.append((self.now, "load-ready", cargo.unit.id, order.id, facts))
        self.cargo.append(cargo)

    def tell(self, cargo: Cargo, cause: str, minutes: int, place: str) -> None:
        facts = (cargo.number, cause, minutes, place)
        self.told.append((self.now, "load-waited", cargo.unit.id, cargo.trip.order.id, facts))

    # Vehicles

    def resize(self, lift: str, wanted: int) -> None:
        self.wanted[lift] = wanted
        base, vehicles = self.scenario.lift[lift].base, self.vehicles[lift]
        while len(vehicles) < wanted:
            vehicles.append(Vehicle(base, self.now))
        idle = [each for each in vehicles if each.place == base and each.since <= self.now]
        for vehicle in sorted(idle, key=lambda vehicle: (vehicle.stopped, vehicle.driven)):
            if len(vehicles) > wanted:
                vehicles.remove(vehicle)

    def freed(self, lift: str, vehicle: Vehicle) -> None:
        vehicle.since, vehicle.came = self.now, next(self.sequence)
        if len(self.vehicles[lift]) > self.wanted[lift]:
            self.vehicles[lift].remove(vehicle)

    def send(self) -> None:
        while True:
            chosen = min((cargo for cargo in self.cargo if self.free(cargo)), key=lambda each: each.turn, default=None)
            if chosen is None:
                break
            self.dispatch(chosen)
        for lift in sorted(self.vehicles):
            base = self.scenario.lift[lift].base
            for vehicle in sorted(self.vehicles[lift], key=lambda vehicle: vehicle.came):
                if vehicle.since <= self.now and vehicle.place != base:
                    self.send_back(lift, vehicle)

    def send_back(self, lift: str, vehicle: Vehicle) -> None:
        defined = self.scenario.lift[lift]
        assert vehicle.after is not None
        driving = self.driving(defined, vehicle.place, defined.base, "return", vehicle.after)
        back = self.drive(defined, vehicle, self.now, driving)
        vehicle.place, vehicle.since = defined.base, 10**12
        self.plan(back, FREED, "", lambda: self.freed(lift, vehicle))

    def lift_of(self, cargo: Cargo) -> str:
        assert cargo.trip.order.carriage is not None
        return cargo.trip.order.carriage.lifts[cargo.stretch]

    def free(self, cargo: Cargo) -> list[Vehicle]:
        return [vehicle for vehicle in self.vehicles[self.lift_of(cargo)] if vehicle.since <= self.now]

    def dispatch(self, cargo: Cargo) -> None:
        """The nearest vehicle goes to the load, loads it, takes it on, and unloads it, as soon as it can."""
        carriage, lift = cargo.trip.order.carriage, self.scenario.lift[self.lift_of(cargo)]
        assert carriage is not None
        start, end = list(pairwise(carriage.route))[cargo.stretch]
        self.cargo.remove(cargo)
        places = self.scenario.places

        def far(vehicle: Vehicle) -> tuple[float, str, tuple[int, ...]]:
            order = (vehicle.stopped, vehicle.driven) if vehicle.place == lift.base else (vehicle.came,)
            return kilometres(places, vehicle.place, start), vehicle.place, order

        vehicle = min(self.free(cargo), key=far)
        came = evolve(vehicle)
        there = self.drive(lift, came, self.now, self.driving(lift, vehicle.place, start, "empty", cargo.name))
        reached = self.may_drive(lift, came, there)
        loading = self.stand(lift, start, reached, "loading", cargo)
        if loading is None:
            return
        driving = self.driving(lift, start, end, "laden", cargo.name)
        there = self.drive(lift, evolve(came), loading[1][1], driving)
        travel = there - loading[1][1]
        unloading = self.stand(lift, end, there, "unloading", cargo)
        if unloading is None:
            if loading[1] in loading[0].booked:
                loading[0].booked.remove(loading[1])
            return
        spans = [(start, dock, span) for start, (dock, span) in ((start, loading), (end, unloading))]
        waited = self.waited(cargo, reached, spans[0], there, spans[1])
        self.sendings.append((self.now, lift.id, carriage.priority))
        went = evolve(came)
        self.drive(lift, went, unloading[1][0] - travel, driving)
        vehicle.since, vehicle.place, vehicle.after = 10**12, end, cargo.name
        vehicle.driven, vehicle.stopped = went.driven, unloading[1][0]
        cargo.sent = (vehicle, reached, [loading, unloading])
        cargo.came = (came.driven, came.stopped)
        sent = cargo.sent
        self.lifted[cargo.unit.id].append(cargo)
        self.plan(unloading[1][0] - travel, DEPARTED, cargo.unit.id, lambda: self.leave(cargo, sent, waited))
        self.plan(unloading[1][1], ARRIVED, cargo.unit.id, lambda: self.land(cargo, sent, end))

    def stand(self, lift: Lift, place: str, asked: int, purpose: str, cargo: Cargo) -> tuple[Dock, list[int]] | None:
        docks = [dock for dock in self.docks if dock.port.place == place]
        always = Dock(Port("", place, lift.ground), {0: 10**6}, self.scenario)
        (dock,) = docks or [always]
        work = _nearest_whole(self.draws.draw(dock.port.ground or lift.ground, purpose, *cargo.name))
        span = dock.first(asked, work)
        if span is None:
            return None
        if work:
            dock.booked.append(span)
        return dock, span

    def waited(
        self,
        cargo: Cargo,
        reached: int,
        loading: tuple[str, Dock, list[int]],
        there: int,
        unloading: tuple[str, Dock, list[int]],
    ) -> Counter[tuple[str, str]]:
        """What the load waits for, minute by minute, until it leaves."""
        found: Counter[tuple[str, str]] = Counter()
        start, dock, (loads, loaded) = loading
        end, other, (unloads, _) = unloading
        lift, priority = self.lift_of(cargo), cargo.turn[0]
        ahead = [at for at, by, first in self.sendings if by == lift and first < priority and at >= cargo.ready]
        for minute in range(cargo.ready, self.now):
            passed = any(at <= minute for at in ahead)
            found["priority" if passed else "vehicle", start] += 1
        found["vehicle", start] += reached - self.now
        for minute in range(reached, loaded):
            if not dock.open(minute):
                found["hours", start] += 1
            elif minute < loads:
                found["spot", start] += 1
        for minute in range(there, unloads):
            found["spot" if other.open(minute) else "hours", end] += 1
        return found

    # On the way

    def leave(self, cargo: Cargo, sent: object, waited: Counter[tuple[str, str]]) -> None:
        if cargo.cancelled or cargo.sent is not sent:
            return
        carriage, unit, trip = cargo.trip.order.carriage, cargo.unit.id, cargo.trip
        assert carriage is not None
        for place in carriage.route[cargo.stretch : cargo.stretch + 2]:
            for cause in ("vehicle", "priority", "spot", "hours"):
                if waited[cause, place]:
                    self.tell(cargo, cause, waited[cause, place], place)
        if cargo.stretch == 0:
            place, readiness = self.stands[unit]
            trip.left.add(cargo.number)
            self._move(unit, cargo.strength, (place, readiness), (trip.to or "", "in-transit"))
            said = trip.order.depart.by is not None and self.now in trip.order.depart
            facts = (cargo.strength, place, trip.to, readiness, trip.legs[0][3] if said else "assumed")
            self.told.append((self.now, "unit-departed", unit, trip.order.id, facts))

    def land(self, cargo: Cargo, sent: tuple[Vehicle, int, list[tuple[Dock, list[int]]]], place: str) -> None:
        if cargo.cancelled or cargo.sent is not sent:
            return
        vehicle, _, (_, (dock, (start, end))) = sent
        closed = sum(not dock.open(minute) for minute in range(start, end))
        if closed:
            self.tell(cargo, "hours", closed, place)
        self.freed(self.lift_of(cargo), vehicle)
        carriage, unit, trip = cargo.trip.order.carriage, cargo.unit.id, cargo.trip
        assert carriage is not None
        if cargo.stretch + 1 < len(carriage.lifts):
            cargo.stretch += 1
            self.be_ready(cargo)
            return
        self._move(unit, cargo.strength, (trip.to or "", "in-transit"), (trip.to or "", trip.after))
        facts = (cargo.strength, trip.to, trip.after, "assumed")
        self.told.append((self.now, "unit-arrived", unit, trip.order.id, facts))
        self.arrived[unit] += cargo.strength
        if self.arrived[unit] == cargo.unit.strength:
            del self.arrived[unit], self.trips[unit], self.lifted[unit]
            self.stands[unit] = (trip.to or "", trip.after)
            self.told.append((self.now, "unit-closed", unit, trip.order.id, (trip.to,)))

    def call_off(self, unit: str) -> None:
        """What waits is gone from the queue; spots are given up; vehicles go on to where they were sent."""
        trip = self.trips[unit]
        self.cargo = [cargo for cargo in self.cargo if cargo.trip is not trip]
        for cargo in self.lifted.pop(unit):
            assert cargo.sent is not None
            cargo.cancelled = True
            vehicle, reached, stands = cargo.sent
            for dock, span in stands:
                if span[0] > self.now and span in dock.booked:
                    dock.booked.remove(span)
                else:
                    span[1] = min(span[1], self.now)
            assert trip.order.carriage is not None
            vehicle.place = trip.order.carriage.route[0]
            vehicle.driven, vehicle.stopped = cargo.came
            if reached > self.now:
                self.plan(
                    reached, FREED, "after those that are back", partial(self.freed, self.lift_of(cargo), vehicle)
                )
            else:
                self.freed(self.lift_of(cargo), vehicle)
