"""Movement by lift, held equal to a plain model of the same rules on random scenarios."""

from hypothesis import given
from hypothesis import strategies as st

from sim.domain.scenario import Scenario
from sim.engine.draws import Draws
from sim.engine.simulation import Simulation
from tests.engine.lift_strategies import draws, lift_scenarios
from tests.model.movement import Movement
from tests.model.told import told_of


@given(lift_scenarios(), draws(), st.booleans())
def test_they_tell_the_same_of_lift(told: Scenario, drawn: Draws, by_lift: bool) -> None:
    """Every load is ready, waits, leaves and arrives at the same minutes, and in the same order."""
    events = [event for batch in Simulation(told, drawn, by_lift).run() for event in tuple(batch)]
    assert told_of(events) == Movement(told, drawn, by_lift).told
