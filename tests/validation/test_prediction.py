"""The predictions: every milestone that was reported has its quantiles, and they say what the runs do."""

from itertools import pairwise

import pytest

from sim.domain.scenario import Scenario
from sim.engine.draws import Medians, Sampled
from tests.validation.flank import MILESTONES, courses, flank, reached, there_by
from tests.validation.prediction import SHARES, Prediction, predictions


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return flank()


@pytest.fixture(scope="module")
def found(scenario: Scenario) -> list[Prediction]:
    return predictions(scenario)


def test_all_four_moves_are_there(scenario: Scenario, found: list[Prediction]) -> None:
    """Each order that names lift, down to its last soldier."""
    carried = {unit for order in scenario.orders.values() if order.carriage is not None for unit in order.units}
    reached_by = [(one.milestone.unit, one.milestone.strength) for one in found]
    complete = {unit for unit, strength in reached_by if strength == scenario.units[unit].strength}
    assert complete == carried == {milestone.unit for milestone in MILESTONES}


def test_quantiles_rise_and_shares_are_of_all_runs(found: list[Prediction]) -> None:
    """And more of a unit is never there sooner than less of it."""
    for one in found:
        assert len(one.quantiles) == len(SHARES)
        assert list(one.quantiles) == sorted(one.quantiles)
        assert one.early + one.fits + one.late == pytest.approx(1)
        assert min(one.early, one.fits, one.late) >= 0
    for less, more in pairwise(found):
        if less.milestone.unit == more.milestone.unit:
            assert all(sooner <= later for sooner, later in zip(less.quantiles, more.quantiles, strict=True))


def test_by_air_the_run_with_central_values_lies_among_them(scenario: Scenario, found: list[Prediction]) -> None:
    """Between the lowest and the highest quantile of every milestone."""
    plain = courses(scenario, Medians())
    for one in found:
        if one.milestone.unit != "stryker-squadron":
            assert one.quantiles[0] <= reached(plain[one.milestone.unit], one.milestone.strength) <= one.quantiles[-1]


def test_by_road_it_does_not(scenario: Scenario, found: list[Prediction]) -> None:
    """With central values all columns come at once: after the first of those that differ, and before the last."""
    plain = courses(scenario, Medians())["stryker-squadron"]
    first, last = (one for one in found if one.milestone.unit == "stryker-squadron")
    assert reached(plain, 1) == reached(plain, 1000)
    assert first.quantiles[-1] < reached(plain, 1) < last.quantiles[0]


def test_a_draw_belongs_to_its_name(scenario: Scenario) -> None:
    """The same replication is the same run; another is another."""
    assert courses(scenario, Sampled(1, 5)) == courses(scenario, Sampled(1, 5))
    assert courses(scenario, Sampled(1, 5)) != courses(scenario, Sampled(1, 6))


def test_what_is_there_by_a_minute() -> None:
    """Nothing before the first arrival; then all that came up to then."""
    course = [(10, 5), (20, 8)]
    assert [there_by(course, minute) for minute in (9, 10, 19, 20, 99)] == [0, 5, 5, 8, 8]
    assert [reached(course, strength) for strength in (1, 5, 6, 8)] == [10, 10, 20, 20]
