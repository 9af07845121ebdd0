"""Lift in few words, for tests: trucks, ports, and orders that go by them, between places an hour's drive apart.

At 60 km/h it is 60 minutes from `here` to `there` and 120 to `beyond`, on one line.
"""

from collections.abc import Iterable, Sequence

from attrs import evolve

from sim.domain.event import Event
from sim.domain.lift import Carriage, Change, Hours, Lift, Mode, Port
from sim.domain.order import Order
from sim.domain.place import Place
from sim.domain.scenario import Scenario
from sim.domain.unit import Unit
from sim.domain.variate import Fixed, Variate
from sim.domain.vocabulary import Kind
from sim.engine.draws import Draws, Medians
from sim.engine.simulation import Simulation
from tests.story import GUESS, PLACES, deploy, scenario, tell

DEGREES_AN_HOUR = 60 / 111.31949
"""Of longitude on the equator, in 60 km."""

LIFT_PLACES = (
    *PLACES,
    Place("here", "Here", lat=0, lon=0),
    Place("there", "There", lat=0, lon=DEGREES_AN_HOUR),
    Place("beyond", "Beyond", lat=0, lon=2 * DEGREES_AN_HOUR),
)


def trucks(
    vehicles: float = 1,
    holds: float = 100,
    *,
    name: str = "trucks",
    base: str = "here",
    speed: Variate | None = None,
    ground: Variate | None = None,
    tons: float | None = None,
    hours: float | None = None,
    detour: float = 1.0,
) -> Lift:
    """Trucks that hold so many troops, drive at 60 km/h, and load and unload in 10 minutes."""
    return Lift(
        name,
        Mode.ROAD,
        Fixed(vehicles),
        ((Kind.TROOPS, Fixed(holds)),),
        speed or Fixed(60.0),
        ground or Fixed(10.0),
        base,
        None if tons is None else Fixed(tons),
        None if hours is None else Fixed(hours),
        detour,
        GUESS,
    )


def port(name: str, place: str, spots: float, ground: float | None = None, opens: Hours | None = None) -> Port:
    """A port with so many spots."""
    return Port(name, place, Fixed(spots), None if ground is None else Fixed(ground), opens, GUESS)


def change(number: int, at: int, amount: float, *, lift: str | None = None, at_port: str | None = None) -> Change:
    """From a minute on there are so many vehicles, or spots."""
    return Change(str(number), at, lift, at_port, Fixed(amount), GUESS)


def move(
    name: str,
    at: int,
    *units: str,
    route: Sequence[str] = ("here", "there"),
    lifts: Sequence[str] = (),
    notice: float | None = None,
    priority: int = 0,
    load: float | None = None,
    tons: float | None = None,
) -> Order:
    """A deployment by trucks from here to there."""
    order = deploy(name, at, *units, to=route[-1])
    carriage = Carriage(
        tuple(lifts) or ("trucks",) * (len(route) - 1),
        tuple(route),
        None if notice is None else Fixed(notice),
        priority,
        None if load is None else Fixed(load),
        None if tons is None else Fixed(tons),
    )
    return evolve(order, transit=None, carriage=carriage)


def lifted(
    units: Iterable[Unit],
    orders: Iterable[Order],
    lift: Iterable[Lift],
    ports: Iterable[Port] = (),
    capacity: Sequence[Change] = (),
    end: int = 10_000,
) -> Scenario:
    """A scenario of these."""
    told = scenario(units, orders, end=end, places=LIFT_PLACES)
    return evolve(told, lift=list(lift), ports=list(ports), capacity=tuple(capacity))


def played(told: Scenario, draws: Draws | None = None, by_lift: bool = False) -> list[Event]:
    """What happens in a run of it."""
    return [event for batch in Simulation(told, draws or Medians(), by_lift).run() for event in tuple(batch)]


def tale(told: Scenario, draws: Draws | None = None, by_lift: bool = False) -> list[str]:
    """What happens in a run of it, line by line, without the orders."""
    return [line for line in tell(played(told, draws, by_lift)) if " is given to " not in line]
