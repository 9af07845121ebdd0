"""What the lift predicts of the moves it was not fitted to, and of those it was, beside what was reported."""

from collections.abc import Iterator, Sequence
from math import ceil

from attrs import frozen

from sim.domain.calendar import Edge
from sim.domain.scenario import Scenario
from sim.engine.draws import Sampled
from tests.validation.flank import MILESTONES, Course, Milestone, courses, day, flank, minute_of, reached

REPLICATIONS, SEED = 200, 1
SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)


@frozen
class Prediction:
    """When a milestone is reached, over all runs: minutes, at each of SHARES.

    `early`, `fits` and `late` are the shares of runs in which that is before, within and after what was reported.
    """

    milestone: Milestone
    quantiles: tuple[int, ...]
    early: float
    fits: float
    late: float


def prediction() -> Iterator[str]:
    """A line for each milestone: those that the lift was calibrated on, then those that it was not."""
    scenario = flank()
    found = predictions(scenario)
    for title, fitted in (("calibrated on", True), ("predicted", False)):
        yield f"{title:<38}{'5 %':>7}{'25 %':>8}{'50 %':>8}{'75 %':>8}{'95 %':>8}  reported       early   fits   late"
        for each in found:
            if each.milestone.fitted is fitted:
                yield _line(scenario, each)
        if fitted:
            yield ""


def predictions(scenario: Scenario) -> list[Prediction]:
    """Every milestone, from the same runs."""
    runs = [courses(scenario, Sampled(SEED, number)) for number in range(REPLICATIONS)]
    return [_prediction(scenario, milestone, [run[milestone.unit] for run in runs]) for milestone in MILESTONES]


def _prediction(scenario: Scenario, milestone: Milestone, runs: Sequence[Course]) -> Prediction:
    minutes = sorted(reached(course, milestone.strength) for course in runs)
    quantiles = tuple(minutes[ceil(share * len(minutes)) - 1] for share in SHARES)
    first = 0 if milestone.first is None else minute_of(scenario, milestone.first, Edge.FIRST)
    early = sum(minute < first for minute in minutes) / len(minutes)
    late = sum(minute > minute_of(scenario, milestone.last) for minute in minutes) / len(minutes)
    return Prediction(milestone, quantiles, early, 1 - early - late, late)


def _line(scenario: Scenario, prediction: Prediction) -> str:
    milestone = prediction.milestone
    days = "".join(f"{day(scenario, minute):>8}" for minute in prediction.quantiles)
    name = f"{milestone.unit}, {milestone.what}"
    shares = "".join(f"{share:>7.0%}" for share in (prediction.early, prediction.fits, prediction.late))
    return f"{name:<37}{days}  {milestone.reported:<13}{shares}"
