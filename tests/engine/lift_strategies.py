"""Hypothesis strategies for lift: few vehicles and spots, so that loads wait for all there is to wait for."""

from datetime import UTC, datetime

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy, composite

from sim.domain.calendar import Calendar
from sim.domain.grounds import Grounds
from sim.domain.lift import Carriage, Change, Hours, Lift, Mode, Port
from sim.domain.order import ANY_TIME, Order, Part, Transit, Window
from sim.domain.place import Place
from sim.domain.quantity import parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.unit import Unit
from sim.domain.variate import Empirical, Fixed, LogNormal, Normal, Triangular, Uniform, Variate
from sim.domain.vocabulary import MOVES, Action, Basis, Kind
from sim.engine.draws import Draws, Medians, Sampled

LIFT_END = 4000
"""The last minute of a scenario with lift: not all of it has arrived by then."""

ASSUMED = Grounds((), "assumed")

PLACES = (
    Place("far", "Far", lat=50.9, lon=11.5),
    Place("home", "Home", lat=50.0, lon=8.0),
    Place("near", "Near", lat=50.1, lon=8.1),
    Place("there", "There", lat=50.0, lon=9.5),
)
_WHERE = st.sampled_from([place.id for place in PLACES])


@composite
def variates(draw: DrawFn, low: int, high: int) -> Variate:
    """Figures of every distribution about `low` to `high`, low >= 0 and high >= 1; often just a number."""
    first, middle, last = sorted(draw(st.tuples(*[st.integers(low, high)] * 3)))
    mean, deviation = max(1, middle), (last - first) / 3
    choices: list[Variate] = [
        *[Fixed(middle)] * 4,
        Uniform(first, last),
        Triangular(first, middle, last),
        Normal(mean, deviation),
        LogNormal(mean, deviation),
        Empirical((first, middle, last)),
    ]
    return draw(st.sampled_from(choices))


def draws() -> SearchStrategy[Draws]:
    """A plain run's, and those of a few replications."""
    sampled = st.builds(Sampled, st.integers(0, 3), st.integers(0, 3))
    return st.one_of(st.just(Medians()), sampled)


hours = st.builds(Hours, st.integers(0, 1439), st.integers(0, 1439))
"""Opening hours: by day, past midnight, or always."""

calendars = st.sampled_from(
    [
        Calendar(datetime(2022, 1, 24, tzinfo=UTC)),
        Calendar(datetime(2022, 3, 12, 5, 30, tzinfo=UTC), "America/New_York"),
        Calendar(datetime(2022, 10, 29, 12, tzinfo=UTC), "Europe/Warsaw"),
    ]
)
"""Calendars whose clocks do not change, go forward, and go back."""


@composite
def _lifts(draw: DrawFn, name: str) -> Lift:
    return Lift(
        name,
        draw(st.sampled_from(Mode)),
        draw(variates(0, 3)),
        ((Kind.TROOPS, draw(variates(2, 20))),),
        draw(variates(50, 600)),
        draw(variates(0, 90)),
        draw(_WHERE),
        draw(st.one_of(st.none(), variates(1, 20))),
        draw(st.one_of(st.none(), variates(1, 24))),
        draw(st.sampled_from([1.0, 1.3])),
        ASSUMED,
    )


@composite
def _ports(draw: DrawFn, name: str, place: str) -> Port:
    return Port(
        name,
        place,
        draw(variates(0, 2)),
        draw(st.one_of(st.none(), st.just(Fixed(0)), variates(0, 200))),
        draw(st.one_of(st.none(), hours)),
        ASSUMED,
    )


@composite
def _changes(draw: DrawFn, number: int, lifts: list[str], ports: list[str]) -> Change:
    at, amount = draw(st.integers(0, 1500)), draw(variates(0, 3))
    of: list[tuple[str | None, str | None]] = [*((lift, None) for lift in lifts), *((None, port) for port in ports)]
    lift, port = draw(st.sampled_from(of))
    return Change(str(number), at, lift, port, amount, ASSUMED)


@composite
def _carriages(draw: DrawFn, lifts: list[str]) -> Carriage:
    route = [draw(_WHERE)]
    for _ in range(draw(st.integers(1, 3))):
        route.append(draw(_WHERE.filter(lambda place: place != route[-1])))
    return Carriage(
        tuple(draw(st.sampled_from(lifts)) for _ in route[1:]),
        tuple(route),
        draw(st.one_of(st.none(), variates(0, 300))),
        draw(st.sampled_from([0, 0, 1, 2])),
        draw(st.one_of(st.none(), variates(1, 12))),
        draw(st.one_of(st.none(), variates(1, 20))),
    )


@composite
def _departures(draw: DrawFn, at: int) -> Window:
    """When a report has what was ordered at a minute leave, and how that is known."""
    after = at + draw(st.integers(0, 200))
    by = draw(st.one_of(st.none(), st.integers(after, LIFT_END)))
    return Window(after, by, draw(st.sampled_from([None, *Basis])))


@composite
def _orders(draw: DrawFn, name: str, units: dict[str, Unit], earlier: list[Order], lifts: list[str]) -> Order:
    moves = [order for order in earlier if order.moves]
    action = draw(st.sampled_from([*[Action.DEPLOY] * 5, Action.RETURN, Action.CANCEL, Action.CANCEL, Action.ALERT]))
    if action is Action.CANCEL and moves:
        cancelled = draw(st.sampled_from(moves))
        at = cancelled.at + draw(st.integers(0, 200))
        return Order(name, at, action, draw(st.sampled_from([(), cancelled.units])), cancels=cancelled.id)
    at = draw(st.one_of(st.sampled_from([0, 60]), st.integers(0, 1500)))
    named = tuple(sorted(draw(st.sets(st.sampled_from(sorted(units)), min_size=1, max_size=3))))
    if action not in MOVES and action is not Action.CANCEL:
        return Order(name, at, action, named, grounds=ASSUMED)
    carriage = draw(st.one_of(_carriages(lifts), _carriages(lifts), _carriages(lifts), st.none()))
    depart = draw(_departures(at)) if draw(st.booleans()) else ANY_TIME
    arrive, transit = ANY_TIME, None
    parts: tuple[Part, ...] = ()
    how = draw(st.sampled_from(["unknown", "unknown", "unknown", "transit", "reported", "in parts"]))
    if how == "reported":
        arrive = Window(by=at + draw(st.integers(201, 500)), basis=Basis.OBSERVED)
    elif how == "in parts" and len(named) == 1 and units[named[0]].strength > 1:
        depart, rest = ANY_TIME, units[named[0]].strength - 1
        parts = (Part(1, transit=Transit(30)), Part(rest, Window(after=at + 20), transit=Transit(40)))
    elif how == "transit" or carriage is None:  # whatever is ordered arrives, in a scenario that loads
        transit = Transit(draw(st.integers(1, 300)))
    action = Action.DEPLOY if action is Action.CANCEL else action
    to = draw(_WHERE) if action is Action.DEPLOY else None
    return Order(name, at, action, named, to, depart, arrive, transit, parts, grounds=ASSUMED, carriage=carriage)


@composite
def lift_scenarios(draw: DrawFn) -> Scenario:
    """Up to four units and eight orders, most of them by lift: loads wait, overtake each other, and are cancelled."""
    lifts = [draw(_lifts(name)) for name in ("planes", "trucks")[: draw(st.integers(1, 2))]]
    at = draw(st.lists(_WHERE, unique=True, max_size=3))
    names = ("apron", "planes", "ramp")  # one of them is also the name of a lift
    ports = [draw(_ports(name, place)) for name, place in zip(names, at, strict=False)]
    named = [lift.id for lift in lifts], [port.id for port in ports]
    changes = [draw(_changes(number, *named)) for number in range(1, draw(st.integers(0, 4)) + 1)]
    units: dict[str, Unit] = {}
    for name in "abcd"[: draw(st.integers(1, 4))]:
        strength, place = parse_quantity(str(draw(st.integers(1, 40)))), draw(_WHERE)
        units[name] = Unit(name, name, Kind.TROOPS, strength, place, draw(_WHERE), grounds=ASSUMED)
    orders: list[Order] = []
    for name in draw(st.permutations("klmnopqr"))[: draw(st.integers(1, 8))]:
        orders.append(draw(_orders(name, units, orders, named[0])))
    return Scenario(
        title="Lift",
        calendar=draw(calendars),
        end=LIFT_END,
        snapshots=(LIFT_END,),
        places=PLACES,
        units=units,
        orders=orders,
        lift=lifts,
        ports=ports,
        capacity=tuple(sorted(changes, key=lambda change: change.at)),
    )
