"""What holds of every run with lift, whatever is drawn."""

from collections import Counter
from itertools import pairwise
from random import Random

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.event import (
    Cause,
    Definition,
    LoadReady,
    LoadWaited,
    RunOpened,
    UnitArrived,
    UnitDeparted,
    UnitMustered,
)
from sim.domain.scenario import Scenario
from sim.domain.vocabulary import Readiness
from sim.engine import simulate
from sim.engine.draws import Draws, whole
from sim.engine.simulation import Simulation
from sim.ledger import Book
from sim.ledger.balance import Balances
from sim.ledger.invariants import check
from tests.engine.lift_strategies import draws, lift_scenarios
from tests.engine.lifted import played
from tests.strategies import shuffled


@given(lift_scenarios(), st.randoms(use_true_random=False))
def test_shuffling_a_scenario_changes_nothing(told: Scenario, random: Random) -> None:
    """However its sections are ordered, every event is the same, in the same order."""
    mixed = evolve(
        shuffled(told, random),
        lift=dict(random.sample(list(told.lift.items()), len(told.lift))),
        ports=dict(random.sample(list(told.ports.items()), len(told.ports))),
    )
    assert list(simulate(mixed)) == list(simulate(told))


@given(lift_scenarios())
def test_the_book_holds(told: Scenario) -> None:
    """Nothing is made or lost, or moves before it is told to, or on a basis that nothing gives; loads arrive after they
    leave, and no earlier than was reported.
    """
    outcomes = check(Book.replay(simulate(told)), "conserved", "not-negative", "accounted", "legal", "caused")
    assert [outcome.findings for outcome in outcomes] == [()] * 5
    windows = [evolve(order, depart=evolve(order.depart, by=None)) for order in told.orders.values()]
    (outcome,) = check(Book.replay(simulate(evolve(told, orders=windows))), "windows")
    assert outcome.findings == ()


@given(lift_scenarios())
def test_the_book_keeps_what_was_said_of_loads(told: Scenario) -> None:
    """Every load that was ready or waited, word for word, by where it stands in the run."""
    run = list(simulate(told))
    said = {at: event for at, event in enumerate(run) if isinstance(event, LoadReady | LoadWaited)}
    assert Book.replay(run).waiting == said


@given(lift_scenarios(), draws(), st.booleans())
def test_units_know_where_they_are(told: Scenario, drawn: Draws, by_lift: bool) -> None:
    """What is waiting, on its way and there of each unit is what has left and arrived, load by load."""
    simulation = Simulation(told, drawn, by_lift)
    book = Book.replay(event for event in simulate(told) if isinstance(event, Definition | RunOpened | UnitMustered))
    for batch in simulation.run():
        for event in batch:
            book.post(event)
    balances = Balances(book)
    balances.advance(told.end)
    held: dict[str, dict[tuple[str, Readiness], int]] = {name: {} for name in told.units}
    for number, strength in balances.held.items():
        account = book.account(number)
        held[account.unit][account.place, account.readiness] = strength
    assert {name: held[name] for name in simulation.units} == {
        name: process.posture() for name, process in simulation.units.items()
    }


@given(lift_scenarios(), draws(), st.integers(1, 3000))
def test_a_longer_run_begins_alike(told: Scenario, drawn: Draws, end: int) -> None:
    """What happens up to a minute does not depend on how long the run goes on."""
    short = evolve(told, end=end, snapshots=(end,))
    assert played(short, drawn) == [event for event in played(told, drawn) if event.at <= end]


@given(lift_scenarios(), draws())
def test_waits_fill_the_time(told: Scenario, drawn: Draws) -> None:
    """All that a load has waited for is never longer than since it was ordered; nor is any wait empty.

    Where it leaves its unit, waits and loading fill all of that time.
    """
    events = played(told, drawn, by_lift=True)
    waited, ready = Counter[tuple[str, str, int]](), Counter[tuple[str, str, int]]()
    for event, following in pairwise([*events, None]):
        if isinstance(event, LoadReady):
            ready[event.order, event.unit, event.load] += 1
        if isinstance(event, LoadWaited):
            load = event.order, event.unit, event.load
            waited[load] += event.minutes
            since = event.at - told.orders[event.order].at
            assert event.minutes >= 1 <= ready[load]
            assert waited[load] <= since
            if ready[load] == 1 and event.cause is not Cause.NOTICE and isinstance(following, UnitDeparted):
                assert waited[load] + _loading(told, drawn, load) == since


def _loading(told: Scenario, drawn: Draws, load: tuple[str, str, int]) -> int:
    """How long a load takes to be loaded where its unit is."""
    order, unit, number = load
    carriage = told.orders[order].carriage
    assert carriage is not None
    lift, start = told.lift[carriage.lifts[0]], carriage.route[0]
    grounds = [port.ground for port in told.ports.values() if port.place == start and port.ground is not None]
    return whole(drawn.draw((grounds or [lift.ground])[0], "loading", order, unit, number, 0))


@given(lift_scenarios(), draws())
def test_loads_make_up_their_unit(told: Scenario, drawn: Draws) -> None:
    """The loads of a unit, numbered from 1, sum to it; each leaves and arrives whole."""
    events = played(told, drawn, by_lift=True)
    loads: dict[tuple[str, str], dict[int, int]] = {}
    for event in events:
        if isinstance(event, LoadReady):
            loads.setdefault((event.order, event.unit), {})[event.load] = event.strength
    for (order, unit), sizes in loads.items():
        assert list(sizes) == list(range(1, len(sizes) + 1))
        assert sum(sizes.values()) == told.units[unit].strength
        for moved in (UnitDeparted, UnitArrived):
            left = list(sizes.values())
            for event in events:
                if isinstance(event, moved) and (event.order, event.unit) == (order, unit):
                    left.remove(event.strength)
