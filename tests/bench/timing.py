"""Timing: CPU seconds of calls and of commands, against a baseline beside them."""

import gc
import os
import resource
import subprocess
import time
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]

Call = Callable[[], object]
Clock = Callable[[], float]


def cpu(call: Call, clock: Clock = time.process_time) -> float:
    """The CPU seconds of a call."""
    start = clock()
    call()
    return clock() - start


def paired(ours: Call, baseline: Call, pairs: int, collecting: bool, clock: Clock = time.process_time) -> str:
    """The median ratio of the two, timed in turn after one untimed round."""
    (gc.enable if collecting else gc.disable)()
    timed = []
    for _ in range(pairs + 1):
        gc.collect()
        theirs = cpu(baseline, clock)
        gc.collect()
        timed.append((cpu(ours, clock), theirs))
    gc.enable()
    return f"{ratio_of(timed[1:])}; ours {median(own for own, _ in timed[1:]):.2f} s"


def ratio_of(timed: Iterable[tuple[float, float]]) -> str:
    """The median of the ratios of pairs, ours to theirs, and how far they lie apart."""
    ratios = [own / theirs for own, theirs in timed]
    return f"{median(ratios):.2f}x  ({min(ratios):.2f}-{max(ratios):.2f} in {len(ratios)} pairs)"


def children_cpu(command: list[str], folder: Path = ROOT, expected: Collection[int] = (0,)) -> tuple[float, float]:
    """CPU and wall seconds of a command that ends with a status that is expected.

    It may keep its bytecode, as an installed program does.
    """
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPATH"] = str(ROOT)
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    nowhere = subprocess.DEVNULL
    done = subprocess.run(command, cwd=folder, env=environment, stdout=nowhere, stderr=nowhere, check=False)
    if done.returncode not in expected:
        done.check_returncode()
    after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - start
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall
