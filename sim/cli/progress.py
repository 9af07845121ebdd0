"""Progress: one line on the terminal that says how far a long command is, and Ctrl-C that asks it to stop."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from time import perf_counter
from types import FrameType

from attrs import define, field

from sim.cli.stream import abandon

SHOW_SECONDS = 0.2
"""How often the line is written anew."""


@define
class Progress:
    """How many of `runs` are done: said on standard error, where that is a terminal. `before` were done earlier."""

    runs: int
    before: int = 0
    _begun: float = field(factory=perf_counter)
    _shown: float = 0.0
    _wide: int = 0

    def show(self, done: int) -> None:
        """Say how many are done, unless that was just said."""
        now = perf_counter()
        if sys.stderr is None or not sys.stderr.isatty() or now - self._shown < SHOW_SECONDS:
            return
        self._shown = now
        self._write(f"{done:,} of {self.runs:,} runs{self._left(done, now)}")

    def clear(self) -> None:
        """Leave nothing of the line."""
        if self._wide:
            self._write("")

    def _left(self, done: int, now: float) -> str:
        if done <= self.before:
            return ""
        seconds = (now - self._begun) / (done - self.before) * (self.runs - done)
        return f", about {_in_words(seconds)} left"

    def _write(self, line: str) -> None:
        try:
            print(f"\r{line:<{self._wide}}" + ("" if line else "\r"), end="", file=sys.stderr, flush=True)
        except OSError:
            abandon(sys.stderr)
        self._wide = len(line)


def _in_words(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


@define
class Interruption:
    """Whether Ctrl-C was pressed."""

    came: bool = False

    def __call__(self) -> bool:
        return self.came


@contextmanager
def interruption() -> Iterator[Interruption]:
    """Let Ctrl-C ask once for an end, instead of making one at once; the second time it does.

    Only the main thread can be asked so.
    """
    asked = Interruption()
    if current_thread() is not main_thread():
        yield asked
        return

    def ask(_signal: int, _frame: FrameType | None) -> None:
        asked.came = True
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, before)
