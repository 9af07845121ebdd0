"""How much SimPy does for a run: exact counts, which are a performance test without noise."""

from pathlib import Path

import pytest

from sim.domain.order import Order
from sim.domain.scenario import Scenario
from sim.engine.simulation import BATCH_EVENTS, Simulation
from sim.loader import load
from tests.story import alert, cancel, deploy, part, recall, scenario, unit

ROOT = Path(__file__).parents[2]


def _steps(told: Scenario) -> int:
    simulation = Simulation(told)
    for _ in simulation.run():
        pass
    return simulation.steps


STARTING = 1
"""The feeder starts."""
FED = 2
"""The last minute with orders, and the feeder's end. Each further minute with orders costs one."""


@pytest.mark.parametrize(
    ("orders", "steps"),
    [
        ([], 2),
        ([alert("o1", 5, "a"), alert("o2", 5, "b")], STARTING + FED),
        ([alert("o1", 5, "a"), alert("o2", 6, "b"), alert("o3", 7, "a")], STARTING + 2 + FED),
        ([deploy("o", 5, "a")], STARTING + FED + 2),
        ([deploy("o", 5, "a", "b")], STARTING + FED + 4),
        ([deploy("o", 5, "a", after=9)], STARTING + FED + 3),
        ([deploy("o", 5, "a", parts=[part(50), part(50, leaves=9)])], STARTING + FED + 4),
        ([deploy("o", 5, "a"), recall("r", 500, "a")], STARTING + 1 + FED + 2 + 2),
        ([deploy("o", 5, "a", after=9), cancel("c", 7, "o")], STARTING + 1 + FED + 1 + 2),
        ([deploy("o", 5, "a", arrive=99999)], STARTING + FED + 1),
    ],
)
def test_steps_of_small_scenarios(orders: list[Order], steps: int) -> None:
    """A unit costs a step to start or wake, and one a departure to come and an arrival; orders one a minute.

    A cancel costs an interrupt, and the moment that is no longer waited for.
    """
    assert _steps(scenario([unit("a"), unit("b")], orders)) == steps


def test_units_without_orders_cost_nothing() -> None:
    """A unit is data until its first order."""
    idle = [unit(f"u{number}") for number in range(1000)]
    assert _steps(scenario([unit("a"), *idle], [deploy("o", 5, "a")])) == STARTING + FED + 2


def test_steps_grow_with_what_happens() -> None:
    """A thousand units alerted, deployed and closed: two minutes of orders, and two steps a unit."""
    names = tuple(f"u{number}" for number in range(1000))
    told = scenario([unit(name) for name in names], [alert("o1", 5, *names), deploy("o2", 6, *names)])
    assert _steps(told) == STARTING + 1 + FED + 2 * 1000


def test_events_come_in_batches() -> None:
    """A long run is handed on piece by piece, a short one at its end."""
    names = tuple(f"u{number}" for number in range(BATCH_EVENTS))
    told = scenario([unit(name) for name in names], [deploy("o", 6, *names)])
    batches = [len(batch) for batch in Simulation(told).run()]
    assert batches[0] == 1 + BATCH_EVENTS
    assert sum(batches) == 1 + 3 * BATCH_EVENTS
    assert max(batches[1:]) <= BATCH_EVENTS + 2
    assert [len(batch) for batch in Simulation(scenario([unit("a")], [alert("o", 5, "a")])).run()] == [2]


def test_steps_of_february_2022() -> None:
    """The five reports replayed take exactly this many SimPy events."""
    assert _steps(load(ROOT / "scenarios" / "feb2022.yaml")) == 13
