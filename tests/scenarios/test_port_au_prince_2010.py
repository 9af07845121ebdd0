"""Port-au-Prince 2010: the spots and the time on them make the published number of flights a day."""

from pathlib import Path

import pytest

from sim.domain.event import Event, UnitArrived
from sim.domain.scenario import Scenario
from sim.domain.variate import median
from sim.engine import simulate
from sim.ledger import Book
from sim.ledger.claims import judge_all
from sim.ledger.invariants import check
from sim.loader import load

PORT_AU_PRINCE = Path(__file__).parents[2] / "scenarios" / "port-au-prince-2010.yaml"
DAY = 1440
ABOUT_120 = range(108, 133)
FULL_RAMP = 44


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load(PORT_AU_PRINCE)


@pytest.fixture(scope="module")
def events(scenario: Scenario) -> list[Event]:
    return list(simulate(scenario))


def _unloaded(events: list[Event], day: int) -> list[UnitArrived]:
    """The flights that were unloaded on a day, counted from 0."""
    return [event for event in events if isinstance(event, UnitArrived) and event.at // DAY == day]


@pytest.mark.parametrize(("day", "spots", "in_range"), [(1, 6, False), (2, 9, True)])
def test_a_day_has_as_many_flights_as_the_spots_allow(
    day: int, spots: int, in_range: bool, scenario: Scenario, events: list[Event]
) -> None:
    """Whole rounds of spots x hours / ground time: with nine the published 120 or so, with six far fewer."""
    ground = scenario.ports["ramp"].ground
    assert ground is not None
    formula = spots * DAY / median(ground)
    flights = len(_unloaded(events, day))
    assert formula - spots < flights == spots * (DAY // int(median(ground))) <= formula
    assert (flights in ABOUT_120, round(formula) in ABOUT_120) == (in_range, in_range)


def test_the_ramp_never_fills(scenario: Scenario, events: list[Event]) -> None:
    """Whoever comes has a spot: there are six at most on the first day, and nine on the second."""
    ground = scenario.ports["ramp"].ground
    assert ground is not None
    stays = [(event.at - int(median(ground)), event.at) for event in events if isinstance(event, UnitArrived)]
    most = {
        day: max(sum(start <= minute < end for start, end in stays) for minute in range(day * DAY, (day + 1) * DAY))
        for day in (1, 2)
    }
    assert most == {1: 6, 2: 9}
    assert max(most.values()) < FULL_RAMP


def test_the_claim_put_to_six_spots_fails(events: list[Event]) -> None:
    """As its dispute says; with that all invariants hold, and it exits 0."""
    book = Book.replay(events)
    found = [(one.claim.id, one.verdict, one.reading and one.reading.strength) for one in judge_all(book)]
    assert found == [("about-120-with-nine", "holds", 117), ("about-120-with-six", "contradicted", 78)]
    assert [outcome.name for outcome in check(book) if not outcome.holds] == []
