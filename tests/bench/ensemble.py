"""The workloads of ensembles: the February 2022 scenario with lift, on two processes, on Dask, and with many runs."""

import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

from attrs import evolve

from sim.domain.grounds import Grounds
from sim.domain.lift import Carriage, Lift, Mode, Port
from sim.domain.order import Order
from sim.domain.scenario import Scenario
from sim.domain.variate import Fixed, Triangular, Uniform
from sim.domain.vocabulary import Action, Kind
from sim.ensemble.ensemble import Extent, played
from sim.ensemble.plan import Plan
from sim.ensemble.tally import Tally
from sim.loader import dump, load
from tests.bench.timing import ROOT, children_cpu, ratio_of
from tests.ensemble.cluster import cluster

PAIRS = 5

GROUNDS = Grounds((), "an example")
AIR, ROAD = "c17s", "convoys"

COORDINATES = {"pl": (50.11, 22.02), "de": (50.05, 8.33), "ro": (44.36, 28.49)}
"""Where in the countries of the scenario its orders end: Rzeszów, Wiesbaden, Mihail Kogălniceanu."""


def feb2022_with_lift() -> Scenario:
    """The scenario, with its three deployments by lift, of which nobody knows the speed, the notice or the number."""
    told = load(ROOT / "scenarios" / "feb2022.yaml")
    lift = [
        Lift(
            AIR,
            Mode.AIR,
            Uniform(3, 6),
            ((Kind.TROOPS, Fixed(102)),),
            Triangular(700, 830, 900),
            Fixed(135),
            "fort-bragg",
            grounds=GROUNDS,
        ),
        Lift(
            ROAD,
            Mode.ROAD,
            Fixed(8),
            ((Kind.TROOPS, Fixed(125)),),
            Uniform(30, 50),
            Fixed(60),
            "de",
            hours_per_day=Fixed(10),
            detour=1.3,
            grounds=GROUNDS,
        ),
    ]
    ports = [Port("apron", "pl", Uniform(1, 3), grounds=GROUNDS)]
    places = [
        evolve(place, lat=COORDINATES[place.id][0], lon=COORDINATES[place.id][1]) if place.id in COORDINATES else place
        for place in told.places.values()
    ]
    orders = [_by_lift(order) for order in told.orders.values()]
    return evolve(told, places=places, lift=lift, ports=ports, orders=orders)


def _by_lift(order: Order) -> Order:
    if order.action is not Action.DEPLOY or order.to is None:
        return order
    lift, base = (ROAD, "de") if order.to == "ro" else (AIR, "fort-bragg")
    return evolve(order, carriage=Carriage((lift,), (base, order.to), Uniform(12 * 60, 48 * 60)))


def ensemble(runs: int) -> str:
    """The row: so many replications on two processes, as a whole command, and on a cluster of two workers.

    Wall seconds, against one process: as a command, and, without what a program takes to start, as the work alone.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "feb2022-with-lift.yaml"
        path.write_text(dump(feb2022_with_lift()), encoding="utf-8")

        def command(*words: str) -> float:
            asked = ("ensemble", str(path), "--runs", str(runs), "--no-log", *words)
            return children_cpu([sys.executable, "-m", "sim", *asked])[1]

        def work(address: str | None) -> float:
            told = load(path)
            plan, begun = Plan(told, 0, told.snapshots), time.perf_counter()
            deque(played(plan, Tally(), Extent(runs), 1, dask=address), maxlen=0)
            return time.perf_counter() - begun

        lines = [_against(lambda: command("--workers", "2"), lambda: command("--workers", "1"), "two processes")]
        with cluster(2) as found:  # only now: its processes look around even where there is nothing to do
            at = found.address
            lines += [
                _against(lambda: command("--dask", at), lambda: command("--workers", "1"), "Dask, two workers"),
                _against(lambda: work(at), lambda: work(None), "Dask, without starting either program"),
            ]
    return f"\n{'':14}".join([f"wall of {runs:,} replications, against one process", *lines])


def _against(ours: Callable[[], float], theirs: Callable[[], float], what: str) -> str:
    """The ratio of wall seconds, in pairs, after an untimed one."""
    timed = [(ours(), theirs()) for _ in range(PAIRS + 1)][1:]
    own, other = (min(column) for column in zip(*timed, strict=True))
    return f"{ratio_of(timed)}; least {own:.2f} s against {other:.2f} s: {what}"


def ensemble_memory(runs: int) -> str:
    """The row: the peak of so many runs against that of a hundredth of them, each in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "feb2022-with-lift.yaml"
        path.write_text(dump(feb2022_with_lift()), encoding="utf-8")
        few, many = (_peak(path, count) for count in (runs // 100, runs))
    return f"{many / few:.2f}x  ({many:.1f} MiB for {runs:,} runs, {few:.1f} MiB for {runs // 100:,})"


def _peak(path: Path, runs: int) -> float:
    """The peak of memory, in MiB, of a command that plays so many runs."""
    words = ["ensemble", str(path), "--runs", str(runs), "--no-log", "--workers", "1"]
    said = subprocess.run(
        [sys.executable, "-c", PEAK, *words], cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True
    ).stdout
    return int(said.splitlines()[-1]) / 1024


PEAK = """
import resource, sys
from sim.cli import main
status = main(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
sys.exit(status)
"""
