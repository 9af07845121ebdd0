"""A cluster for tests: a scheduler and workers of Dask, as real processes on this machine."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import distributed

from tests.unmeasured import unmeasured

ROOT = Path(__file__).parents[2]

STARTED_SECONDS = 60

IDLE = "5 minutes"
"""After how long a scheduler ends for which there is nothing to do: whoever started it may have been killed."""

ALONE = ("--nthreads", "1", "--no-nanny", "--memory-limit", "0", "--death-timeout", "60")
"""How a worker is: of one thread, and at an end a minute after its scheduler."""

SCHEDULER = ("-m", "distributed.cli.dask_scheduler")
WORKER = ("-m", "distributed.cli.dask_worker")


class Cluster:
    """A scheduler, and workers of one thread each. Nobody starts them again when they end."""

    def __init__(self, folder: Path, scheduler: Sequence[str], deaths: int) -> None:
        self._folder = folder
        self._told = folder / "scheduler.json"
        self._environment = unmeasured() | {
            "PYTHONPATH": str(ROOT),
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": str(deaths),
        }
        self.workers: list[subprocess.Popen[bytes]] = []
        told = ("--port", "0", "--scheduler-file", str(self._told), "--idle-timeout", IDLE)
        self.scheduler = self._start(scheduler, *told)
        self.address = ""
        try:
            self._wait_for(self._is_told)
        except BaseException:
            self.end()
            raise

    def add_worker(self, module: Sequence[str] = WORKER) -> None:
        """Start a worker, and wait until the scheduler knows it."""
        known = len(self.known())
        told = ("--scheduler-file", str(self._told), "--local-directory", str(self._folder))
        self.workers.append(self._start(module, *told, *ALONE))
        self._wait_for(lambda: len(self.known()) > known)

    def known(self) -> list[str]:
        """The addresses of the workers that the scheduler has."""
        with distributed.Client(self.address, set_as_default=False) as client:
            return [*client.nthreads()]

    def kill_at_work(self) -> None:
        """Kill a worker that plays, once there is one; nothing that it has begun is done."""
        with distributed.Client(self.address, set_as_default=False) as client:
            busy: list[str] = []

            def at_work() -> bool:
                busy[:] = [address for address, keys in client.processing().items() if any("play" in k for k in keys)]
                return bool(busy)

            self._wait_for(at_work)
            pid = client.run(os.getpid, workers=busy[:1])[busy[0]]
        (worker,) = (each for each in self.workers if each.pid == pid)
        worker.kill()
        worker.wait()

    def end(self) -> None:
        """End all that still runs."""
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()

    def _is_told(self) -> bool:
        """Whether the scheduler has said where it is; what it has written in part is not told yet."""
        try:
            self.address = json.loads(self._told.read_text())["address"]
        except (FileNotFoundError, json.JSONDecodeError):
            return False
        return True

    def _start(self, module: Sequence[str], *words: str) -> subprocess.Popen[bytes]:
        with (self._folder / "said").open("ab") as said:
            return subprocess.Popen(
                [sys.executable, *module, *words, "--host", "127.0.0.1", "--no-dashboard"],
                cwd=self._folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=said,
            )

    def _wait_for(self, there: Callable[[], bool]) -> None:
        due = time.monotonic() + STARTED_SECONDS
        while not there():
            assert time.monotonic() < due, (self._folder / "said").read_text()
            time.sleep(0.05)


@contextmanager
def cluster(workers: int, scheduler: Sequence[str] = SCHEDULER, deaths: int = 3) -> Iterator[Cluster]:
    """A cluster of so many workers; a task may be at that many `deaths` of a worker before it is given up."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        found = Cluster(Path(folder), scheduler, deaths)
        try:
            for _ in range(workers):
                found.add_worker()
            yield found
        finally:
            found.end()
