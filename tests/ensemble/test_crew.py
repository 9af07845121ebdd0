"""Crews: their workers end when they are to, whatever happens, and do not run ahead of one that is slow."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing import active_children
from pathlib import Path

import pytest

from sim.ensemble import crew
from sim.ensemble.crew import played_by_crew
from sim.ensemble.plan import Plan
from sim.ensemble.replication import Replications
from sim.ensemble.tally import Tally
from tests.ensemble.invented import convoy

ROOT = Path(__file__).parents[2]

PLAN = Plan(convoy(), 11, (600,))

LONG = """
import multiprocessing, sys
from sim.ensemble import crew
from sim.ensemble.replication import Replications
from tests.ensemble.test_crew import PLAN

if __name__ == "__main__":
    crew._context = lambda: multiprocessing.get_context(sys.argv[1])
    chunks = (range(first, first + 10) for first in range(0, 10**9, 10))
    for done, _ in enumerate(crew.played_by_crew(PLAN, Replications(PLAN), chunks, 4, lambda: False)):
        if done == 40:
            print(len(multiprocessing.active_children()), flush=True)
"""


@pytest.mark.parametrize("start", ["fork", "spawn"])
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_workers_end_with_the_process_that_started_them(start: str, how: signal.Signals, tmp_path: Path) -> None:
    """However that ends. Each of them holds its standard output open as long as it lives."""
    script = tmp_path / "long.py"
    script.write_text(LONG, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, script, start],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        start_new_session=True,
    ) as running:
        try:
            assert running.stdout is not None
            assert running.stdout.readline() == b"3\n"
            running.send_signal(how)
            assert running.communicate(timeout=60)[0] == b""
            assert running.returncode == -how
        finally:
            with suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)


def test_a_slow_worker() -> None:
    """This process plays on, but only so far: what it comes to is kept until the slow one is done."""
    runs, given, looks = 500, list[range](), list[int]()
    done = most = 0

    def chunks() -> Iterator[range]:
        for number in range(runs):
            given.append(range(number, number + 1))
            yield given[-1]

    def stopped() -> bool:
        looks.append(len(given))
        full = len(given) == runs or len(given) - done >= 2 * crew.AHEAD
        begun, enough = len(looks) == 10, full and len(looks) > 30 and looks[-20] == looks[-1]
        if begun or enough:
            for worker in active_children():
                os.kill(worker.pid or 0, signal.SIGCONT if enough else signal.SIGSTOP)
        return False

    tally = Tally()
    for done, more in enumerate(played_by_crew(PLAN, Replications(PLAN), chunks(), 2, stopped)):
        most = max(most, len(given) - done)
        tally.merge(more)
    assert tally == Replications(PLAN).tally(range(runs))
    assert crew.AT_WORK < most <= 2 * crew.AHEAD
