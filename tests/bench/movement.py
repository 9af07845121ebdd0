"""The workloads of movement by lift: units that come one after the other to a port, and units that all wait at once.

The baseline has a tuple for each change in the run's log of a unit that is under orders: it is ready, has waited, left,
arrived and closed. Ours has more to do, and is not credited with it: it defines the units and posts where they stand
first, and it keeps account of a thousand vehicles that carry them and go back. Neither loads a file, and the
fingerprint of the scenario, which is worked out once, is not in the time.
"""

import gc
import random
import subprocess
import sys
from collections.abc import Callable, Generator
from pathlib import Path

import simpy
from attrs import evolve

from sim.domain.calendar import Calendar
from sim.domain.grounds import Grounds
from sim.domain.lift import Carriage, Lift, Mode, Port
from sim.domain.order import Order
from sim.domain.place import Place
from sim.domain.quantity import parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.source import Source
from sim.domain.unit import Unit
from sim.domain.variate import Fixed, Uniform
from sim.domain.vocabulary import Action, Kind
from sim.engine import simulate
from sim.engine.draws import Draws, Medians, Sampled
from sim.engine.simulation import Simulation
from sim.ledger import Book
from tests.bench.timing import ROOT, cpu, paired
from tests.bench.workload import START

SPOTS, GROUND_MINUTES, TRAVEL_MINUTES = 50, 90, 60
A_WAVE = 100
"""How many units one order moves."""

WAVE_MINUTES = A_WAVE * GROUND_MINUTES // (SPOTS * 9 // 10)
"""How far apart orders are: at that rate nine of ten spots are taken."""


def movement_of(count: int) -> Scenario:
    """`count` units of one load each, that come in waves to a port with fifty spots, of which nine tenths are taken.

    There is a vehicle for each that may wait.
    """
    waves = -(-count // A_WAVE)
    ids = [f"u{number:07d}" for number in range(count)]
    grounds = Grounds(("press",))
    carriage = Carriage(("trucks",), ("home", "away"))
    orders = [
        Order(
            f"o{wave:07d}",
            wave * WAVE_MINUTES,
            Action.DEPLOY,
            tuple(ids[wave * A_WAVE : (wave + 1) * A_WAVE]),
            "away",
            grounds=grounds,
            carriage=carriage,
        )
        for wave in range(waves)
    ]
    return _scenario(ids, orders, 10 * A_WAVE, waves * WAVE_MINUTES + 100_000)


def _scenario(ids: list[str], orders: list[Order], vehicles: int, end: int) -> Scenario:
    """Units at home, an hour from where they go; they are loaded at a port and unloaded in no time."""
    about, grounds = parse_quantity("about 100"), Grounds(("press",))
    degrees = TRAVEL_MINUTES / 111.31949
    trucks = Lift(
        "trucks",
        Mode.ROAD,
        Fixed(float(vehicles)),
        ((Kind.TROOPS, Fixed(100.0)),),
        Fixed(60.0),
        Fixed(0.0),
        "home",
        grounds=grounds,
    )
    return Scenario(
        "Bench",
        Calendar(START),
        end,
        snapshots=(end,),
        sources=[Source("press", "Press")],
        places=[Place("home", "Home", lat=0, lon=0), Place("away", "Away", lat=0, lon=degrees)],
        units=[Unit(unit, unit, Kind.TROOPS, about, "home", "home", grounds=grounds) for unit in ids],
        orders=orders,
        lift=[trucks],
        ports=[Port("ramp", "home", Fixed(float(SPOTS)), Fixed(float(GROUND_MINUTES)), grounds=grounds)],
    )


def plain_movement(count: int) -> list[tuple[float, int, str, str]]:
    """The same in plain SimPy: one process a unit, a `Resource`, one tuple a change in a list."""
    env = simpy.Environment()
    spots = simpy.Resource(env, capacity=SPOTS)
    changes: list[tuple[float, int, str, str]] = []

    def unit(number: int) -> Generator[simpy.Event, None, None]:
        yield env.timeout(number // A_WAVE * WAVE_MINUTES)
        changes.append((env.now, number, "ready", "home"))
        came = env.now
        with spots.request() as request:
            yield request
            begun = env.now
            yield env.timeout(GROUND_MINUTES)
        if begun > came:
            changes.append((env.now, number, "waited", "home"))
        changes.append((env.now, number, "left", "away"))
        yield env.timeout(TRAVEL_MINUTES)
        changes.append((env.now, number, "arrived", "away"))
        changes.append((env.now, number, "closed", "away"))

    for number in range(count):
        env.process(unit(number))
    env.run()
    return changes


def movement(size: int, collecting: bool) -> str:
    """The row: simulate and post, against plain SimPy."""
    scenario = movement_of(size)
    fingerprint = cpu(lambda: scenario.fingerprint)  # a property of the scenario, worked out once

    ratio = paired(lambda: Book.replay(simulate(scenario)), lambda: plain_movement(size), 7, collecting)
    alone = paired(lambda: _run(scenario), lambda: plain_movement(size), 3, collecting)
    return (
        f"{ratio}; {size:,} units, {SPOTS} spots; the fingerprint before it took {fingerprint:.2f} s\n"
        f"{'':14}{alone}, without the definitions and the book"
    )


_MEDIANS, _DRAWN = Medians(), Sampled(0, 0)


def _run(told: Scenario, draws: Draws = _MEDIANS) -> None:
    for _ in Simulation(told, draws).run():
        pass


def movement_memory(size: int) -> str:
    """The row: the peak of memory of both, each in a process of its own; ours has the scenario in it, and the book."""
    own, theirs = (_peak_of(work.__name__, size) for work in (posted_movement, plain_movement))
    return f"{own / theirs:.2f}x  ({own:.0f} MiB against {theirs:.0f}); {size:,} units, scenario and book included"


def posted_movement(count: int) -> Book:
    """The book of a run, with the scenario made for it."""
    return Book.replay(simulate(movement_of(count)))


def _peak_of(work: str, size: int) -> float:
    code = f"from {__name__} import {work}, print_peak; print_peak({work}, {size})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True)
    return float(done.stdout)


def print_peak(work: Callable[[int], object], size: int) -> None:
    """Do some work, the garbage collector off, and print how many MiB that took at its peak, above what was there."""
    gc.disable()
    start = _peak()
    kept = work(size)
    print(_peak() - start)
    del kept


def _peak() -> float:
    """MiB. NOTE: the `ru_maxrss` of a process that was just started may be that of the one which started it."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def backlog_of(count: int, priorities: int) -> Scenario:
    """`count` units, ten to an order, that all wait from the first minute on for a hundred vehicles.

    Each order has one of so many priorities; as many as there are orders, each has its own.
    """
    draw = random.Random(1)
    ids = [f"u{number:07d}" for number in range(count)]
    carriage = Carriage(("trucks",), ("home", "away"))
    orders = []
    numbers = range(0, count, 10)
    ranks = draw.sample(range(len(numbers)), len(numbers))
    for number, rank in zip(numbers, ranks, strict=True):
        carried = evolve(carriage, priority=rank % priorities)
        named = tuple(ids[number : number + 10])
        orders.append(
            Order(f"o{number:07d}", 0, Action.DEPLOY, named, "away", grounds=Grounds(("press",)), carriage=carried)
        )
    told = _scenario(ids, orders, 100, count * 10)
    return evolve(told, ports={})


def unordered_of(count: int, varied: bool) -> Scenario:
    """`count` units that all leave in the first minute for two spots, at speeds that are drawn or at one."""
    told = backlog_of(count, 1)
    trucks = evolve(told.lift["trucks"], vehicles=Fixed(float(count)))
    trucks = evolve(trucks, speed=Uniform(20.0, 90.0)) if varied else trucks
    pier = Port("pier", "away", Fixed(2.0), Fixed(60.0), grounds=trucks.grounds)
    return evolve(told, lift=[trucks], ports=[pier], end=count * 100)


def _unordered(size: int, collecting: bool) -> str:
    """Those who come in no order against those who come at once; and against a tenth of them."""
    varied, alike, tenth = unordered_of(size, True), unordered_of(size, False), unordered_of(size // 10, True)
    ratio = paired(lambda: _run(varied, _DRAWN), lambda: _run(alike, _DRAWN), 3, collecting)
    growth = paired(lambda: _run(varied, _DRAWN), lambda: _run(tenth, _DRAWN), 3, collecting)
    return (
        f"{ratio}; {size:,} units in no order to two spots, against all at once\n"
        f"{'':14}{growth}, against a tenth of the units in no order"
    )


def backlog(size: int, collecting: bool) -> str:
    """The row: those who wait have ten priorities, against the same with one; and against a tenth of them.

    The same with a thousand, and with a priority for each order. Then those who wait for spots for which they ask in no
    order.
    """
    with_priorities, without, tenth = backlog_of(size, 10), backlog_of(size, 1), backlog_of(size // 10, 10)
    ratio = paired(lambda: _run(with_priorities), lambda: _run(without), 5, collecting)
    growth = paired(lambda: _run(with_priorities), lambda: _run(tenth), 5, collecting)
    return (
        f"{ratio}; {size:,} units\n{'':14}{growth}, against a tenth of the units\n"
        f"{'':14}{_many_priorities(without, size, 1_000, collecting)}\n"
        f"{'':14}{_many_priorities(without, size, size // 10, collecting)}\n"
        f"{'':14}{_unordered(size // 10, collecting)}"
    )


def _many_priorities(without: Scenario, size: int, priorities: int, collecting: bool) -> str:
    many = backlog_of(size, priorities)
    ratio = paired(lambda: _run(many), lambda: _run(without), 3, collecting)
    return f"{ratio}; {priorities:,} priorities, against one"
