"""Where the queuing efficiency of 0.85 lies: throughput of a port against the formula, the less regular its work is.

AFPAM 10-1403 (2018), formula 9.0, multiplies spots x payload x hours / ground time by it, and says no more.
"""

from collections.abc import Iterator
from statistics import fmean

from attrs import evolve

from sim.domain.calendar import MINUTES_A_DAY
from sim.domain.event import UnitDeparted
from sim.domain.scenario import Scenario
from sim.domain.variate import Fixed, LogNormal
from sim.engine.draws import Sampled
from tests.engine.lifted import lifted, move, played, port, trucks
from tests.story import unit

SPOTS, GROUND_MINUTES, DAYS, REPLICATIONS = 2, 90, 30, 12
VEHICLES = (4, 5, 6, 8)
"""Four just keep two spots busy: each stands 90 minutes on a spot, and is away for 90."""

DEVIATIONS = (0.0, 0.25, 0.5, 1.0, 1.5, 2.0)
"""The standard deviation of the ground time, over its mean of 90 minutes."""


def efficiency() -> Iterator[str]:
    """A line for each deviation: what part of the formula is moved, with more and more vehicles."""
    yield "deviation" + "".join(f"{vehicles:4} vehicles" for vehicles in VEHICLES)
    for deviation in DEVIATIONS:
        yield f"{deviation:9.2f}" + "".join(f"{moved(deviation, vehicles):13.2f}" for vehicles in VEHICLES)


def moved(deviation: float, vehicles: int) -> float:
    """What is moved, as a part of spots x hours / ground time."""
    told = _shuttle(deviation, vehicles)
    formula = SPOTS * told.end / GROUND_MINUTES
    runs = [played(told, Sampled(1, replication)) for replication in range(REPLICATIONS)]
    return fmean(sum(isinstance(event, UnitDeparted) for event in run) for run in runs) / formula


def _shuttle(deviation: float, vehicles: int) -> Scenario:
    """Vehicles that come and go between a port with two spots and a place without, for loads of one that never end."""
    ground = LogNormal(GROUND_MINUTES, deviation * GROUND_MINUTES) if deviation else Fixed(GROUND_MINUTES)
    end = DAYS * MINUTES_A_DAY
    loads = 2 * SPOTS * end // GROUND_MINUTES
    return lifted(
        [unit("a", str(loads), place="here")],
        [move("go", 0, "a")],
        [trucks(vehicles, 1, speed=Fixed(80.0), ground=Fixed(0.0))],
        [evolve(port("apron", "here", SPOTS), ground=ground)],
        end=end,
    )
