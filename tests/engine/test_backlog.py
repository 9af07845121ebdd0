"""What loads that had not left by the end had waited for, against what becomes of them in a run that goes on."""

from collections import Counter

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.event import Cause, LoadReady, LoadWaited
from sim.domain.lift import Hours
from sim.domain.scenario import Scenario
from sim.domain.vocabulary import Action
from sim.engine.draws import Draws
from sim.engine.simulation import Simulation
from tests.engine.lift_strategies import draws, lift_scenarios
from tests.engine.lifted import change, lifted, move, port, trucks
from tests.story import cancel, unit

BEFORE_IT_LEAVES = (Cause.VEHICLE, Cause.PRIORITY, Cause.SPOT)
"""What is waited for minute by minute; hours may be told of one that is unloaded, all at once."""


def left(told: Scenario, end: int, drawn: Draws | None = None) -> list[str]:
    """What is waited for at the end of a run up to a minute."""
    simulation = Simulation(evolve(told, end=end, snapshots=()), drawn, by_lift=True)
    for _ in simulation.run():
        pass
    return [
        f"{load.shipment.unit.id} {load.number}: {minutes} at {place}: {cause}"
        for load, (cause, minutes, place) in simulation.waits()
    ]


def test_for_a_vehicle() -> None:
    """From when it is ready until the vehicle is there: not while it is loaded, nor once it has left."""
    told = lifted([unit("a", "200", place="here")], [move("go", 5, "a")], [trucks(base="there")])
    assert [left(told, end) for end in (5, 6, 65, 70)] == [
        [],
        ["a 1: 1 at here: vehicle", "a 2: 1 at here: vehicle"],
        ["a 1: 60 at here: vehicle", "a 2: 60 at here: vehicle"],
        ["a 1: 60 at here: vehicle", "a 2: 65 at here: vehicle"],
    ]
    assert [left(told, end) for end in (75, 204, 205, 214, 215)] == [
        ["a 2: 70 at here: vehicle"],
        ["a 2: 199 at here: vehicle"],
        ["a 2: 200 at here: vehicle"],
        ["a 2: 200 at here: vehicle"],
        [],
    ]


def test_behind_others() -> None:
    """Since when one was passed over is told of those that are not sent for, too."""
    orders = [move("first", 0, "a"), move("second", 1, "b", priority=1), move("urgent", 2, "c")]
    told = lifted([unit(name, place="here") for name in ("a", "b", "c")], orders, [trucks()])
    assert left(told, 80) == ["b 1: 79 at here: vehicle", "c 1: 78 at here: vehicle"]
    assert left(told, 139) == ["b 1: 79 at here: vehicle", "b 1: 59 at here: priority", "c 1: 137 at here: vehicle"]
    assert left(told, 230) == ["b 1: 89 at here: vehicle", "b 1: 140 at here: priority"]


def test_for_spots_and_hours() -> None:
    """At either end, as far as that has come to pass, while it is loaded and after."""
    ports = [port("dock", "here", 1, 40, Hours(20, 50)), port("apron", "there", 1, 30, Hours(1440 - 10, 20))]
    told = lifted([unit("a", place="here")], [move("go", 0, "a")], [trucks()], ports)
    waits = ["a 1: 20 at here: hours"]
    assert [left(told, end) for end in (10, 20, 50)] == [["a 1: 10 at here: hours"], waits, waits]
    assert left(told, 60) == ["a 1: 30 at here: hours"]
    loaded = 1440 + 30
    assert left(told, loaded) == ["a 1: 1430 at here: hours"]
    assert left(told, loaded + 5) == ["a 1: 1430 at here: hours", "a 1: 5 at there: hours"]
    spots = lifted([unit("a", "200", place="here")], [move("go", 0, "a")], [trucks(2)], [port("dock", "here", 1, 40)])
    assert [left(spots, end) for end in (30, 40, 70)] == [
        ["a 2: 30 at here: spot"],
        ["a 2: 40 at here: spot"],
        ["a 2: 40 at here: spot"],
    ]


def test_for_ever() -> None:
    """For a spot where there never is one again; for a vehicle where none can lift it, whoever goes before it."""
    never = lifted([unit("a", place="here")], [move("go", 5, "a")], [trucks()], [port("dock", "there", 0)])
    assert left(never, 100) == ["a 1: 95 at here: spot"]
    from_then_on = evolve(never, capacity=(change(1, 8, 0, at_port="dock"),), ports=[port("dock", "there", 1, 20)])
    assert left(from_then_on, 100) == ["a 1: 95 at here: spot"]
    heavy = [move("go", 5, "a", load=1, tons=60, priority=1), move("on", 6, "b"), move("up", 7, "c")]
    units = [unit("a", "1", place="here"), unit("b", place="here"), unit("c", place="here")]
    told = lifted(units, heavy, [trucks(tons=50)])
    assert left(told, 100) == ["a 1: 95 at here: vehicle", "c 1: 93 at here: vehicle"]


def test_at_a_stop() -> None:
    """From when it is ready to go on, to the minute."""
    lift = [trucks(2), trucks(name="carts", base="there")]
    order = move("go", 0, "a", route=("here", "there", "beyond"), lifts=("trucks", "carts"))
    told = lifted([unit("a", "200", place="here")], [order], lift)
    assert [left(told, end) for end in (80, 81, 219, 220, 230)] == [
        [],
        ["a 2: 1 at there: vehicle"],
        ["a 2: 139 at there: vehicle"],
        ["a 2: 140 at there: vehicle"],
        [],
    ]


def test_what_is_cancelled_waits_no_longer() -> None:
    """Nor does what was never ready."""
    orders = [move("go", 0, "a"), move("on", 0, "b", notice=90), cancel("off", 30, "go")]
    told = lifted([unit(name, place="here") for name in ("a", "b")], orders, [trucks(0)])
    assert left(told, 29) == ["a 1: 29 at here: vehicle"]
    assert left(told, 60) == []


@given(lift_scenarios(), draws(), st.data())
def test_minute_by_minute(told: Scenario, drawn: Draws, data: st.DataObject) -> None:
    """With what was told, no order's waits fall from one minute to the next, nor rise by more than one a load."""
    kept = [order for order in told.orders.values() if order.action is not Action.CANCEL]
    told = evolve(told, orders=kept)
    whole = Simulation(told, drawn, by_lift=True)
    minutes = {each.at for batch in whole.run() for each in batch if isinstance(each, LoadReady | LoadWaited)}
    end = data.draw(st.sampled_from(sorted(minutes - {0, *(order.at + 1 for order in kept)}) or [told.end]))
    before, _ = _waited(_until(told, end - 1), drawn)
    after, loads = _waited(_until(told, end), drawn)
    assert before <= after
    grown = Counter[str]()
    for (order, _), rise in (after - before).items():
        grown[order] += rise
    assert grown <= loads


def _until(told: Scenario, end: int) -> Scenario:
    return evolve(told, end=end, orders=[order for order in told.orders.values() if order.at <= end], snapshots=())


def _waited(told: Scenario, drawn: Draws) -> tuple[Counter[tuple[str, Cause]], Counter[str]]:
    """For how long loads have waited by the end, told or not, by order and cause; and how many there are of each."""
    simulation = Simulation(told, drawn, by_lift=True)
    waited, loads = Counter[tuple[str, Cause]](), Counter[str]()
    ready: set[tuple[str, str, int]] = set()
    for batch in simulation.run():
        for event in batch:
            if isinstance(event, LoadWaited):
                waited[event.order, event.cause] += event.minutes
            elif isinstance(event, LoadReady):
                ready.add((event.order, event.unit, event.load))
    loads.update(order for order, _, _ in ready)
    for load, (cause, minutes, _) in simulation.waits():
        waited[load.shipment.order.id, cause] += minutes
    return Counter({key: minutes for key, minutes in waited.items() if key[1] in BEFORE_IT_LEAVES}), loads
