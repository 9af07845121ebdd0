"""Scenarios for ensembles: small ones by lift, some of it left to chance, with claims that hold in some runs only."""

from collections.abc import Iterable, Sequence

from attrs import evolve

from sim.domain.claim import Claim, Closed, Count, Never, Selector
from sim.domain.lift import Carriage, Port
from sim.domain.order import Order
from sim.domain.quantity import parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.unit import Unit
from sim.domain.variate import Fixed, Uniform, Variate
from tests.engine.lifted import LIFT_PLACES, trucks
from tests.story import GUESS, claim, deploy, scenario, unit

END = 3000

LATE = Uniform(0, 600)
"""A notice of up to ten hours."""


def by_trucks(name: str, at: int, *units: str, notice: Variate | None = LATE, to: str = "there") -> Order:
    """A deployment from `here`, by the trucks."""
    carriage = Carriage(("trucks",), ("here", to), notice)
    return evolve(deploy(name, at, *units, to=to), transit=None, carriage=carriage)


def brigades(*names: str) -> list[Unit]:
    """Units of 300 each, at `here`."""
    return [unit(name, "300", place="here") for name in names]


CLAIMS = (
    claim(Closed(Selector(units=("alpha",)), 700), "closed-in-time"),
    claim(Count(Selector(place=("there",)), parse_quantity("about 500"), 600), "half-way"),
    claim(Never(Selector(place=("beyond",))), "nobody-beyond"),
)


def convoy(
    units: Iterable[Unit] = (),
    orders: Iterable[Order] = (),
    *,
    vehicles: float = 2,
    spots: Variate | None = None,
    claims: Sequence[Claim] = CLAIMS,
    ground: Variate | None = None,
    grid: tuple[int, ...] = (600, END),
) -> Scenario:
    """Two units of three loads each, by two trucks through a ramp with one spot."""
    told = scenario(
        [*brigades("alpha", "bravo"), *units],
        [by_trucks("go", 60, "alpha"), by_trucks("go-too", 90, "bravo"), *orders],
        claims,
        end=END,
        places=LIFT_PLACES,
    )
    lift = trucks(vehicles, ground=ground or Uniform(5, 30))
    ramp = Port("ramp", "there", spots or Fixed(1.0), grounds=GUESS)
    return evolve(told, lift=[lift], ports=[ramp], snapshots=grid)


CERTAIN = convoy(ground=Fixed(10.0))
CERTAIN = evolve(
    CERTAIN,
    orders=[
        evolve(order, carriage=evolve(order.carriage, notice=None))
        for order in CERTAIN.orders.values()
        if order.carriage is not None
    ],
)
"""The same with nothing left to chance."""
