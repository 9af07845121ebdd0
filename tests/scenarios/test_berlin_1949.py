"""The record day of the Berlin airlift: as many flights as were published come out of the published interval."""

from itertools import pairwise
from pathlib import Path

import pytest
from attrs import evolve

from sim.domain.event import Event, UnitArrived
from sim.domain.scenario import Scenario
from sim.domain.variate import Fixed, median
from sim.engine import simulate
from sim.ledger import Book
from sim.ledger.claims import judge_all
from sim.ledger.invariants import check
from sim.loader import load

BERLIN = Path(__file__).parents[2] / "scenarios" / "berlin-1949.yaml"
DAY = 1440
FLIGHTS, SHORT_TONS = 1398, 12_940


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load(BERLIN)


@pytest.fixture(scope="module")
def events(scenario: Scenario) -> list[Event]:
    return list(simulate(scenario))


def _unloaded(events: list[Event]) -> list[int]:
    """When each flight was unloaded."""
    return [event.at for event in events if isinstance(event, UnitArrived)]


def test_the_day_has_as_many_flights_as_published(scenario: Scenario, events: list[Event]) -> None:
    """1,398 from midnight to midnight, with 12,940 short tons at the weight of a load."""
    unloaded = _unloaded(events)
    assert (len(unloaded), min(unloaded), max(unloaded)) == (FLIGHTS, DAY, 2 * DAY - 1)
    carriage = scenario.orders["fly"].carriage
    assert carriage is not None and carriage.tons is not None
    assert round(FLIGHTS * median(carriage.tons)) == SHORT_TONS


def test_they_land_every_61_to_62_seconds(events: list[Event]) -> None:
    """Never two in a minute, and never more than two minutes apart; on average as published."""
    unloaded = _unloaded(events)
    assert {later - earlier for earlier, later in pairwise(unloaded)} == {1, 2}
    seconds = 60 * (unloaded[-1] - unloaded[0]) / (len(unloaded) - 1)
    assert 61 < seconds < 62


def test_the_claims_hold(events: list[Event]) -> None:
    """And so does all else: it exits 0."""
    book = Book.replay(events)
    assert [(one.claim.id, one.verdict, one.given) for one in judge_all(book)] == [
        ("flights-in-the-day", "holds", False),
        ("tons-in-the-day", "noted", False),
    ]
    assert [outcome.name for outcome in check(book) if not outcome.holds] == []


@pytest.mark.parametrize(("spots", "flights"), [(32, 1355), (34, 1440)])
def test_another_interval_makes_another_day(spots: int, flights: int, scenario: Scenario) -> None:
    """With one spot fewer there are as many fewer as it takes; with one more the minute itself is the limit."""
    landing = evolve(scenario.ports["landing"], spots=Fixed(spots))
    changed = evolve(scenario, ports=[scenario.ports["take-off"], landing])
    assert len(_unloaded(list(simulate(changed)))) == pytest.approx(flights, abs=1)
