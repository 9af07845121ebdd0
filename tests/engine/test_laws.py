"""What holds of every run, whatever was ordered."""

import os
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from random import Random

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from sim.domain.event import (
    Definition,
    Event,
    OrderIssued,
    RunClosed,
    RunOpened,
    UnitClosed,
    UnitDeparted,
    UnitMustered,
)
from sim.domain.order import Order
from sim.domain.scenario import Scenario
from sim.domain.vocabulary import Readiness
from sim.engine import simulate
from sim.engine.simulation import Simulation
from sim.ledger import Book
from sim.ledger.balance import Balances
from tests.story import happened, unit
from tests.strategies import any_scenarios, shuffled

ROOT = Path(__file__).parents[2]


@given(any_scenarios(), st.randoms(use_true_random=False))
def test_shuffling_a_scenario_changes_nothing(told: Scenario, random: Random) -> None:
    """However its sections are ordered, every event is the same, in the same order."""
    assert list(simulate(shuffled(told, random))) == list(simulate(told))


@given(any_scenarios(), st.sampled_from(["0", "m", "zzzzzzzzzzzz"]), st.booleans())
def test_an_unrelated_unit_changes_no_other(told: Scenario, name: str, moves: bool) -> None:
    """Whether its id comes first, between or last, and whether it moves: what others do, and when, is the same."""
    assume(name not in told.units)
    stranger = unit(name, place=next(iter(told.places)))
    orders = [_for_another(order, name) for order in told.orders.values() if moves and not order.parts]
    more = evolve(
        told, units=[*told.units.values(), stranger], orders=[*told.orders.values(), *(each for each in orders if each)]
    )
    assert [event for event in happened(more) if not _is_of(event, name)] == happened(told)


def _for_another(order: Order, name: str) -> Order | None:
    """The same order, given in the same minute to another unit."""
    if order.cancels is not None:
        return None
    return evolve(order, id=f"{order.id}--{name}", units=(name,))


def _is_of(event: Event, name: str) -> bool:
    return getattr(event, "unit", "") == name or getattr(event, "units", ()) == (name,)


@given(any_scenarios())
def test_time_never_runs_backwards(told: Scenario) -> None:
    """Events come in order of time, all within the period, the last of them at its end and counting the others."""
    events = list(simulate(told))
    assert all(earlier.at <= later.at for earlier, later in pairwise(events))
    assert events[-1] == RunClosed(told.end, len(events) - 1)
    assert all(type(event.at) is int and 0 <= event.at <= told.end for event in events)


@given(any_scenarios())
def test_every_order_is_given_once(told: Scenario) -> None:
    """At its minute, to all it addresses; and a unit closes at most once under an order."""
    events = happened(told)
    issued = [event for event in events if isinstance(event, OrderIssued)]
    now = told.in_force
    by_time = sorted(now.orders.values(), key=lambda order: (order.at, order.id))
    assert issued == [OrderIssued(order.at, order.id, now.addressed(order)) for order in by_time]
    closed = Counter((event.unit, event.order) for event in events if isinstance(event, UnitClosed))
    departed = {(event.unit, event.order) for event in events if isinstance(event, UnitDeparted)}
    assert set(closed.values()) <= {1}
    assert closed.keys() <= departed


@given(any_scenarios())
def test_what_units_know_is_what_the_book_holds(told: Scenario) -> None:
    """After every step of the clock, each unit's idea of itself equals its balances in the book."""
    simulation = Simulation(told)
    book = Book.replay(event for event in simulate(told) if isinstance(event, Definition | RunOpened | UnitMustered))
    clock, posted = simulation.clock, 0
    while clock.peek() <= told.end:
        clock.step()
        for event in simulation.happened[posted:]:
            book.post(event)
        posted = len(simulation.happened)
        _compare(simulation, book)


def _compare(simulation: Simulation, book: Book) -> None:
    balances = Balances(book)
    balances.advance(int(simulation.clock.now))
    held: dict[str, dict[tuple[str, Readiness], int]] = {name: {} for name in book.units}
    for number, strength in balances.held.items():
        account = book.account(number)
        held[account.unit][account.place, account.readiness] = strength
    for name, process in simulation.units.items():
        assert process.posture() == held[name]
        assert process.origin == book.units[name].origin
        bound = {place for place, readiness in held[name] if readiness is Readiness.IN_TRANSIT}
        assert bound <= {process.destination}
        assert (process.destination is None) is (process.move is None)


_PROGRAM = """\
from sim.engine import simulate
from sim.eventlog import Recorder
from sim.loader import load
for record in Recorder().records(simulate(load("scenarios/feb2022.yaml"), 42)):
    print(record)
"""


def test_the_same_bytes_in_another_process() -> None:
    """Hashing differently, another process writes the same log."""

    def log(hash_seed: str) -> bytes:
        environment = os.environ | {"PYTHONHASHSEED": hash_seed}
        return subprocess.run(
            [sys.executable, "-c", _PROGRAM], env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, timeout=60
        ).stdout

    first = log("1")
    assert first.count(b"\n") > 100
    assert log("2") == log("31337") == first
