"""What loads that had not left by the end had waited for, against what becomes of them in a run that goes on."""

from collections import Counter
from collections.abc import Iterator

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.event import Cause, Event, LoadReady, LoadWaited, UnitArrived, UnitDeparted
from sim.domain.lift import Change, Lift
from sim.domain.scenario import Scenario
from sim.domain.variate import Fixed
from sim.engine.draws import Draws, Medians
from sim.engine.simulation import Simulation
from sim.ensemble.backlog import OpenWait, open_waits
from sim.ensemble.question import Waited
from sim.ensemble.variant import Variant
from tests.engine.lift_strategies import draws, lift_scenarios
from tests.ensemble.invented import CERTAIN, brigades, by_trucks
from tests.story import GUESS, cancel

LATER = 3_000
"""How much longer a run goes on to see who leaves after all."""

Load = tuple[str, str, int]
"""Order, unit and number."""


def _played(told: Scenario, drawn: Draws) -> tuple[Simulation, list[Event]]:
    simulation = Simulation(told, drawn, by_lift=True)
    return simulation, [event for batch in simulation.run() for event in tuple(batch)]


def _open(told: Scenario, drawn: Draws) -> list[OpenWait]:
    simulation, events = _played(told, drawn)
    said = [event for event in events if isinstance(event, (LoadReady, LoadWaited))]
    moved = [event for event in events if isinstance(event, (UnitDeparted, UnitArrived))]
    return sorted(open_waits(simulation, drawn, said, moved))


def _stranded(told: Scenario, drawn: Draws) -> Iterator[tuple[str, int]]:
    """The loads that leave after the end, having waited: order, and minutes from when they were ready to the end.

    All of them go once the run goes on, and tell then that they waited.
    """
    _, events = _played(evolve(told, end=told.end + LATER), drawn)
    ready: dict[Load, int] = {}
    left: dict[Load, int] = {}
    for event in events:
        if isinstance(event, LoadReady) and event.at <= told.end:
            ready.setdefault((event.order, event.unit, event.load), event.at)
        elif isinstance(event, LoadWaited) and event.cause is not Cause.NOTICE:
            left.setdefault((event.order, event.unit, event.load), event.at)
    for load, minute in ready.items():
        if minute < told.end < left.get(load, 0):
            yield load[0], told.end - minute


SHORT = evolve(CERTAIN, end=400)
"""Six loads of two orders by two trucks, of which some do not leave by the end."""


def test_a_load_that_is_left_behind_has_waited_until_the_end() -> None:
    """For a vehicle, where it is not spots that are wanting."""
    for end in range(100, 900, 50):
        told = evolve(CERTAIN, end=end)
        found = _open(told, Medians())
        assert [(order, minutes) for order, _, minutes in found] == sorted(_stranded(told, Medians())), end
        assert {cause for _, cause, _ in found} <= {Cause.VEHICLE}


def test_nothing_is_left_behind() -> None:
    """Then nothing is counted twice."""
    assert _open(CERTAIN, Medians()) == []


def test_the_fewer_vehicles_the_longer_the_wait() -> None:
    """Down to none: the mean never falls."""
    waits = []
    for vehicles in (6, 4, 2, 1, 0):
        lift = [evolve(each, vehicles=Fixed(vehicles)) for each in SHORT.lift.values()]
        answers = Variant(evolve(SHORT, lift=lift), (100,)).answers(Medians())
        waits.append([answers.get(Waited(order, Cause.VEHICLE), 0) for order in ("go", "go-too")])
    assert waits == sorted(waits)
    assert waits[-1] == [SHORT.end - 60, SHORT.end - 90]


def test_where_there_is_never_a_spot_it_is_a_spot_that_is_wanting() -> None:
    """From the beginning, or from some time on."""
    (ramp,) = SHORT.ports.values()
    never = evolve(SHORT, ports=[evolve(ramp, spots=Fixed(0))])
    assert Counter((order, cause) for order, cause, _ in _open(never, Medians())) == {
        ("go", Cause.SPOT): 3,
        ("go-too", Cause.SPOT): 3,
    }
    no_more = evolve(SHORT, capacity=(Change("1", 70, None, ramp.id, Fixed(0), GUESS),))
    assert {cause for _, cause, _ in _open(no_more, Medians())} == {Cause.SPOT}


def test_what_is_cancelled_waits_no_longer() -> None:
    told = evolve(SHORT, orders=[*SHORT.orders.values(), cancel("stop", 61, "go")])
    assert {order for order, _, _ in _open(evolve(told, lift=_none(told)), Medians())} == {"go-too"}


def _none(told: Scenario) -> list[Lift]:
    return [evolve(each, vehicles=Fixed(0)) for each in told.lift.values()]


def test_who_waits_at_a_stop_has_waited_there() -> None:
    """From when it was ready to go on; but not as long as it may be under way, which takes 80 minutes in all."""
    onward = by_trucks("onward", 10, "charlie", notice=None)
    assert onward.carriage is not None
    carriage = evolve(onward.carriage, lifts=("trucks", "barges"), route=("here", "there", "beyond"))
    lift = list(CERTAIN.lift.values())
    barges = evolve(lift[0], id="barges", vehicles=Fixed(1), base="there")
    told = evolve(
        CERTAIN,
        units=brigades("charlie"),
        orders=[evolve(onward, to="beyond", carriage=carriage)],
        lift=[*lift, barges],
        claims=[],
    )
    longest = 0
    for end in range(100, 480, 10):
        found = [minutes for _, _, minutes in _open(evolve(told, end=end), Medians())]
        assert found == _onward(evolve(told, end=end + LATER), end), end
        longest = max([longest, *found])
    assert longest == 150


def _onward(told: Scenario, end: int) -> list[int]:
    """How long loads had waited at a minute that left after it, as the run tells that goes on."""
    ready: dict[int, int] = {}
    found = []
    for event in _played(told, Medians())[1]:
        if isinstance(event, LoadReady) and event.at < end:
            ready[event.load] = event.at
        elif isinstance(event, LoadWaited) and event.load in ready:
            if event.at > end and end - ready[event.load] >= 80:
                found.append(end - ready[event.load])
            del ready[event.load]
    return sorted(found)


@given(lift_scenarios(), draws(), st.integers(50, 1500))
def test_no_wait_is_made_up(told: Scenario, drawn: Draws, end: int) -> None:
    """A load counts only where it leaves later, having waited, or never, as the run shows that goes on."""
    orders = [order for order in told.orders.values() if order.at <= end]
    short = evolve(told, end=end, orders=orders, snapshots=())
    _, events = _played(evolve(short, end=end + LATER), drawn)
    ready: dict[Load, int] = {}
    left: set[tuple[Load, int]] = set()
    for event in events:
        if isinstance(event, LoadReady) and event.at <= end:
            ready[event.order, event.unit, event.load] = event.at
        elif isinstance(event, LoadWaited) and event.cause is not Cause.NOTICE and event.at <= end:
            load = event.order, event.unit, event.load
            left.add((load, ready[load]))
    may = Counter((load[0], end - minute) for load, minute in ready.items() if (load, minute) not in left)
    assert Counter((order, minutes) for order, _, minutes in _open(short, drawn)) <= may
