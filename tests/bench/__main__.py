"""Times the program against named baselines: `python -m tests.bench [--quick] [--gc] [ROW…]`.

Each row is a ratio of CPU time to its baseline in one run: the two in turn, the garbage collector set alike on both
sides, the median of the paired ratios. Machines are noisy; a ratio of two things timed side by side is less so.
"""

import argparse
import gc
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sim.engine import simulate
from sim.ledger import Book
from sim.loader import load
from tests.bench import log, workload
from tests.bench.claims import claims
from tests.bench.codec import codec
from tests.bench.ensemble import ensemble, ensemble_memory
from tests.bench.movement import backlog, movement, movement_memory
from tests.bench.reconcile import reconciling
from tests.bench.serve import serve
from tests.bench.timing import ROOT, children_cpu, cpu, paired

RUN = [sys.executable, "-m", "sim", "run", "scenarios/feb2022.yaml", "--no-log"]
IMPORTS = [sys.executable, "-c", "import simpy, attrs, tabulate, yaml, cattrs"]


def main() -> None:
    """Print a line for each row asked for, as it is measured."""
    arguments = _arguments()
    size = 10_000 if arguments.quick else 100_000
    rows: dict[str, Callable[[], str]] = {
        "start": _start,
        "simulate": lambda: _simulate(size, arguments.gc),
        "replay": lambda: _replay(size, arguments.gc),
        "memory": lambda: _memory(size),
        "csv": lambda: _csv(size, arguments.gc),
        "yaml": lambda: _yaml(size // 5, arguments.gc),
        "growth": lambda: _growth([1_000, 10_000] if arguments.quick else [1_000, 10_000, 100_000, 1_000_000]),
        "codec": lambda: codec(size, arguments.gc),
        "append": lambda: log.append(size, arguments.gc),
        "eventsourcing": lambda: log.eventsourcing(size, arguments.gc),
        "postgres": lambda: log.postgres(size, arguments.gc),
        "verify": lambda: log.verify(size, arguments.gc),
        "refold": lambda: log.refold(size, arguments.gc),
        "snapshot": lambda: log.snapshot(size * 10, arguments.gc),
        "default-log": log.default_log,
        "claims": lambda: claims(size, arguments.gc),
        "reconcile": lambda: reconciling(size // 20),
        "movement": lambda: movement(size, arguments.gc),
        "movement-memory": lambda: movement_memory(size),
        "backlog": lambda: backlog(size, arguments.gc),
        "ensemble": lambda: ensemble(size // 100),
        "ensemble-memory": lambda: ensemble_memory(size // 10),
        "serve": lambda: serve(size * 10),
    }
    for name in arguments.rows or rows:
        print(f"{name:13} {rows[name]()}", flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "rows",
        metavar="ROW",
        nargs="*",
        help="start simulate replay memory csv yaml growth codec append eventsourcing postgres verify refold "
        "snapshot default-log claims reconcile movement movement-memory backlog ensemble ensemble-memory serve",
    )
    parser.add_argument("--quick", action="store_true", help="a tenth of the size")
    parser.add_argument("--gc", action="store_true", help="with the garbage collector on, on both sides")
    parser.add_argument("--peak", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.peak:
        _run_whole(arguments.peak)
        sys.exit()
    return arguments


def _start() -> str:
    runs = [(children_cpu(IMPORTS)[0], *children_cpu(RUN)) for _ in range(16)][1:]
    theirs, own, wall = (min(column) for column in zip(*runs, strict=True))
    return f"{own / theirs:.2f}x  (least of 15: {own:.3f} s CPU against {theirs:.3f} s; {wall:.3f} s wall)"


def _simulate(size: int, collecting: bool) -> str:
    scenario = workload.scenario_of(size)
    fingerprint = cpu(lambda: scenario.fingerprint)  # a property of the scenario, worked out once

    def simulate_and_post() -> None:
        book = Book()
        for event in simulate(scenario):
            book.post(event)

    ratio = paired(simulate_and_post, lambda: workload.plain_simpy(size), 7, collecting)
    return f"{ratio}; {size:,} units; the fingerprint before it took {fingerprint:.2f} s"


def _replay(size: int, collecting: bool) -> str:
    events = list(simulate(workload.scenario_of(size)))
    ratio = paired(lambda: Book.replay(events), lambda: workload.dict_loop(events), 7, collecting)
    return f"{ratio}; {len(events):,} events"


def _run_whole(size: int) -> None:
    """What the peak of memory is taken of: the scenario, the run, and the book it leaves."""
    gc.disable()
    scenario = workload.scenario_of(size)
    start = time.process_time()
    book = Book.replay(simulate(scenario))
    seconds = time.process_time() - start
    print(book.events, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def _whole(size: int) -> tuple[int, float, float]:
    """Events, CPU seconds and peak MiB of a run in a process of its own."""
    command = [sys.executable, "-m", "tests.bench", "--peak", str(size)]
    words = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True).stdout.split()
    return int(words[0]), float(words[1]), int(words[2]) / 1024


def _memory(size: int) -> str:
    _, _, peak = _whole(size)
    return f"{peak:.0f} MiB peak; {size:,} units, book and scenario included"


def _growth(sizes: list[int]) -> str:
    lines = []
    for size in sizes:
        events, seconds, peak = _whole(size)
        per_unit = f"{seconds / size * 1e6:.1f} us and {peak * 1024 / size:.1f} KiB a unit"
        lines.append(f"{size:>9,} units: {seconds:7.2f} s, {peak:6.0f} MiB ({per_unit}; {events:,} events)")
    return "simulate and post, fingerprint included\n" + "\n".join(f"{'':14}{line}" for line in lines)


def _csv(size: int, collecting: bool) -> str:
    with tempfile.TemporaryDirectory() as folder:
        scenario = workload.write_csv(Path(folder), size)
        orders = Path(folder) / "orders.csv"
        return f"{paired(lambda: load(scenario), lambda: workload.read_csv(orders), 5, collecting)}; {size:,} orders"


def _yaml(size: int, collecting: bool) -> str:
    with tempfile.TemporaryDirectory() as folder:
        scenario = workload.write_yaml(Path(folder), size)
        return f"{paired(lambda: load(scenario), lambda: workload.read_yaml(scenario), 5, collecting)}; {size:,} orders"


if __name__ == "__main__":
    main()
