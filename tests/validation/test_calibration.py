"""The lift by air of the four weeks' scenario is what the two moves say that it is calibrated on, and nothing else."""

from statistics import fmean

import pytest
from attrs import evolve

from sim.domain.event import Event
from sim.domain.scenario import Scenario
from sim.domain.variate import Variate, median, quantile
from sim.engine.simulation import Simulation
from tests.validation.calibration import CALIBRATED_ON, calibrated_on, figures, trials
from tests.validation.flank import MILESTONES, flank

KNOT_KMH = 1.852


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return flank()


def test_only_the_two_moves_are_in_it(scenario: Scenario) -> None:
    """No other order is played out to find the figures, and no milestone of another counts as fitted."""
    assert tuple(calibrated_on(scenario).orders) == CALIBRATED_ON
    addressed = {unit for order in CALIBRATED_ON for unit in scenario.orders[order].units}
    assert {milestone.unit for milestone in MILESTONES if milestone.fitted} == addressed


def test_one_number_of_aircraft_fits(scenario: Scenario) -> None:
    """Of all that are tried, and the scenario has it as the central value of its range."""
    fitting = [trial.vehicles for trial in trials(calibrated_on(scenario)) if trial.fits]
    assert fitting == [median(scenario.lift["c17s"].vehicles)]


def test_speed_and_notice_are_those_of_the_reports(scenario: Scenario) -> None:
    """To the knot and the hour."""
    found = figures(scenario)
    assert median(scenario.lift["c17s"].speed) / KNOT_KMH == pytest.approx(found.knots, abs=1)
    assert _hours(_notice(scenario, "xviii-to-germany"), 0.5) == round(found.corps_notice_hours)
    assert _hours(_notice(scenario, "82nd-to-poland"), 0.5) == round(found.paratroopers_notice_hours)


@pytest.mark.parametrize("order", ["82nd-rest-to-poland", "strykers-to-romania"])
def test_what_is_predicted_takes_over_what_was_calibrated(order: str, scenario: Scenario) -> None:
    """The notice lies between those of the two moves; by air it is the same lift, with the same loads."""
    notice, (first, last) = _notice(scenario, order), (_notice(scenario, each) for each in CALIBRATED_ON[::-1])
    assert [round(_hours(notice, share)) for share in (1e-9, 0.5, 1 - 1e-9)] == [
        _hours(first, 0.5),
        fmean([_hours(first, 0.5), _hours(last, 0.5)]),
        _hours(last, 0.5),
    ]
    ours, fitted = scenario.orders[order].carriage, scenario.orders["82nd-to-poland"].carriage
    assert ours is not None and fitted is not None
    if order == "82nd-rest-to-poland":
        assert (ours.lifts, ours.route, ours.load) == (fitted.lifts, fitted.route, fitted.load)


def test_a_plain_run_replays_what_was_reported(scenario: Scenario) -> None:
    """Without lift it is the same run, event for event."""
    bare = evolve(scenario, orders=[evolve(order, carriage=None) for order in scenario.orders.values()], lift=[])
    assert _played(scenario) == _played(evolve(bare, ports=[]))


def _played(scenario: Scenario) -> list[Event]:
    return [event for batch in Simulation(scenario).run() for event in tuple(batch)]


def _notice(scenario: Scenario, order: str) -> Variate:
    carriage = scenario.orders[order].carriage
    assert carriage is not None and carriage.notice is not None
    return carriage.notice


def _hours(minutes: Variate, share: float) -> float:
    return quantile(minutes, share) / 60
