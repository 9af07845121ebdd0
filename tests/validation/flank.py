"""The four moves of scenarios/eastern-flank-2022.yaml that name lift, and what was reported of them."""

from collections.abc import Iterable
from itertools import accumulate
from pathlib import Path

from attrs import evolve, frozen

from sim.domain.calendar import MINUTES_A_DAY, Edge
from sim.domain.event import UnitArrived
from sim.domain.scenario import Scenario
from sim.engine.draws import Draws
from sim.engine.simulation import Simulation
from sim.loader import load

FLANK = Path(__file__).parents[2] / "scenarios" / "eastern-flank-2022.yaml"

LONGER_DAYS = 60
"""How many days after the scenario's end a run goes on: all has arrived by then."""

Course = list[tuple[int, int]]
"""How much of a unit has arrived by each minute at which some of it did, rising."""


@frozen
class Milestone:
    """That so much of a unit is there, and when it was so by the reports: on a day from `first` to `last`.

    `first` is None where they only say by when. `fitted` is whether the lift was calibrated on it.
    """

    unit: str
    what: str
    strength: int
    first: str | None
    last: str
    reported: str
    fitted: bool = False


MILESTONES = (
    Milestone("xviii-corps", "the first", 1, "2022-02-04", "2022-02-04", "4 Feb", fitted=True),
    Milestone("xviii-corps", "all 300", 300, None, "2022-02-05", "by 5 Feb", fitted=True),
    Milestone("82nd-first", "the first 65", 65, "2022-02-06", "2022-02-06", "6 Feb", fitted=True),
    Milestone("82nd-first", "two thirds (1,100)", 1100, None, "2022-02-11", "by 11 Feb", fitted=True),
    Milestone("82nd-first", "all 1,700", 1700, "2022-02-12", "2022-02-17", "12 to 17 Feb", fitted=True),
    Milestone("82nd-rest", "the first", 1, "2022-02-12", "2022-02-14", "12 to 14 Feb"),
    Milestone("82nd-rest", "over 1,000", 1001, "2022-02-14", "2022-02-14", "14 Feb"),
    Milestone("82nd-rest", "about 2,000", 2000, "2022-02-15", "2022-02-15", "15 Feb"),
    Milestone("82nd-rest", "all 3,000", 3000, None, "2022-02-17", "by 17 Feb"),
    Milestone("stryker-squadron", "the first 100", 100, None, "2022-02-08", "by 8 Feb"),
    Milestone("stryker-squadron", "all 1,000", 1000, "2022-02-17", "2022-02-19", "17 to 19 Feb"),
)
"""What was reported: conflicts about it, and by whom it was, stand in the scenario."""


def flank() -> Scenario:
    """The scenario as its last reports have it, so long that every move ends."""
    scenario = load(FLANK).in_force
    return evolve(scenario, end=scenario.end + LONGER_DAYS * MINUTES_A_DAY)


def courses(scenario: Scenario, draws: Draws) -> dict[str, Course]:
    """What has arrived of each unit that was ordered to go by lift, in a run in which all of these do."""
    carried = {unit for order in scenario.orders.values() if order.carriage is not None for unit in order.units}
    events = (event for batch in Simulation(scenario, draws, by_lift=True).run() for event in batch)
    arrivals: dict[str, Course] = {unit: [] for unit in carried}
    for event in events:
        if isinstance(event, UnitArrived) and event.unit in carried:
            arrivals[event.unit].append((event.at, event.strength))
    return {unit: _summed(arrived) for unit, arrived in arrivals.items()}


def _summed(arrived: Iterable[tuple[int, int]]) -> Course:
    return list(accumulate(arrived, lambda before, now: (now[0], before[1] + now[1])))


def reached(course: Course, strength: int) -> int:
    """The minute from which on so much is there."""
    return next(minute for minute, there in course if there >= strength)


def there_by(course: Course, minute: int) -> int:
    """How much is there at a minute."""
    return max((there for at, there in course if at <= minute), default=0)


def minute_of(scenario: Scenario, time: str, edge: Edge = Edge.LAST) -> int:
    """The minute that a time of the scenario names: of a day its last, or its first."""
    return scenario.calendar.parse(time, edge)


def day(scenario: Scenario, minute: int) -> str:
    """The day of a minute in Washington, such as 6 Feb."""
    return f"{scenario.calendar.local(minute):%-d %b}"
