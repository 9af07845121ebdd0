"""What is cancelled leaves nothing behind: not in the queue of those who wait, and not at the spots it had booked."""

import gc

from sim.domain.scenario import Scenario
from sim.engine.load import Load
from sim.engine.simulation import Simulation
from tests.engine.lifted import lifted, move, port, tale, trucks
from tests.story import cancel, unit


def _kept(told: Scenario) -> list[str]:
    """The orders of whose loads anything is left when a run is over."""
    simulation = Simulation(told)
    for _ in simulation.run():
        pass
    orders = set(map(id, simulation.scenario.orders.values()))
    gc.collect()
    loads = [each for each in gc.get_objects() if isinstance(each, Load) and id(each.shipment.order) in orders]
    return sorted(load.shipment.order.id for load in loads)


def test_behind_one_that_waits() -> None:
    """Loads that never come to the head of the queue leave it too: no more are kept than wait."""
    orders = [move("first", 0, "a", priority=-1)]
    for number in range(100):
        orders += [move(f"go-{number}", 2 * number + 1, "b"), cancel(f"off-{number}", 2 * number + 2, f"go-{number}")]
    units = [unit("a", place="here"), unit("b", "300", place="here")]
    assert _kept(lifted(units, orders, [trucks(0)])) == ["first"]


def test_while_vehicles_are_under_way() -> None:
    """Once the vehicles that were sent have come and gone, nothing is left of what they were sent for."""
    orders = [move("go", 0, "a", "b"), cancel("off", 5, "go"), move("on", 200, "a")]
    units = [unit(name, "200", place="here") for name in ("a", "b")]
    assert _kept(lifted(units, orders, [trucks(3, base="there")], [port("dock", "here", 1, 30)])) == []


def test_the_order_of_those_who_stay() -> None:
    """Whoever is left in the queue when others leave it goes in the same turn as before."""
    priorities = {"a": 3, "b": 5, "c": 2, "d": 4, "e": 1, "f": 0}
    orders = [move(f"go-{name}", 1, name, priority=priority) for name, priority in priorities.items()]
    orders += [cancel(f"off-{name}", 2, f"go-{name}") for name in ("a", "c", "f", "d")]
    orders += [move("first", 0, "z")]
    units = [unit(name, place="here") for name in (*priorities, "z")]
    told = tale(lifted(units, orders, [trucks()]))
    assert [line.split(",")[0].split()[-1] for line in told if "leaves" in line] == ["z", "e", "b"]
