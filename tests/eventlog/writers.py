"""Programs that write to a log, each a process of its own, so that a test can hold one up, or kill it, on the way.

    python -m tests.eventlog.writers URL SEED PAUSE

records the long run with this seed, and before it gives event PAUSE to the log it says so and waits for a line.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sim.domain.event import Event, OrderRefused
from sim.errors import SimError
from sim.eventlog import open_log
from tests.eventlog.example import SCENARIO, run_of

LONG = 20_000
"""How often something happens in the long run: several batches."""


def long_run(seed: int, length: int = LONG) -> list[Event]:
    """A run that many batches store."""
    happened = (OrderRefused(60, "deploy-ibct", "guns", f"reason {number}") for number in range(length))
    return run_of(SCENARIO, tuple(happened), seed)


class Writer:
    """A process that writes, and stops before the event `pause` until it is told to go on."""

    def __init__(self, url: str, seed: int, pause: int) -> None:
        command = [sys.executable, "-m", "tests.eventlog.writers", url, str(seed), str(pause)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def wait_until_paused(self) -> None:
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "paused\n"

    def go_on(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("\n")

    def ended(self) -> str:
        """What it says of how it ended."""
        assert self.process.stdout is not None
        return self.process.stdout.read()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@contextmanager
def writer(url: str, seed: int = 3, pause: int = 0) -> Iterator[Writer]:
    """A writer, and its end."""
    found = Writer(url, seed, pause)
    with found.process:
        try:
            yield found
        finally:
            found.process.kill()


def main(url: str, seed: int, pause: int) -> None:
    try:
        print(open_log(url).record(_pausing(long_run(seed), pause)).outcome)
    except SimError as error:
        print(f"{type(error).__name__}: {error}")


def _pausing(events: list[Event], pause: int) -> Iterator[Event]:
    for number, event in enumerate(events):
        if number == pause:
            print("paused", flush=True)
            sys.stdin.readline()
        yield event


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
