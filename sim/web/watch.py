"""The watch: what runs the log holds now. It is looked at when somebody asks, and only so often."""

import asyncio
import os
import time
from concurrent.futures import ThreadPoolExecutor

from attrs import frozen

from sim.ensemble.kept import Kept, kept_ensembles
from sim.errors import SimError
from sim.eventlog import EventLog, RunInfo, open_log
from sim.web.refusal import Refusal, Why, refused

LOOK_SECONDS = 1.0
"""How long what was seen is taken for what is there."""

SHARE = 10
"""Looking takes at most one part in so many of the time."""

STALE_SECONDS = 60.0
"""After how long it is looked at even where the files do not seem to have changed."""

LAST = "last"
"""What the run that was begun last is called in an address."""

_NAMED_MAX = 5

Stamp = tuple[tuple[int, int] | None, ...]


@frozen
class Held:
    """What a log was seen to hold; `url` is its address as it may be shown."""

    url: str
    runs: tuple[RunInfo, ...]
    ensembles: tuple[Kept, ...]

    def run(self, word: str) -> RunInfo:
        """The run that a word of an address means. Raises Refusal where it means none, or several."""
        if word == LAST and self.runs:
            return self.runs[-1]
        found = [run for run in self.runs if run.run == word] or [run for run in self.runs if run.run.startswith(word)]
        if not found:
            raise Refusal(Why.NOT_FOUND, f"the log holds no run '{word[:40]}'", "See /runs.json for those it holds.")
        if len(found) > 1:
            named = ", ".join(run.run for run in found[:_NAMED_MAX])
            raise Refusal(Why.NOT_FOUND, f"several runs begin with '{word[:40]}'", f"Among them: {named}.")
        return found[0]


def look(address: str) -> Held:
    """What the log at an address holds. Raises LogError and UsageError where it cannot be read."""
    log = open_log(address)
    return Held(log.url, tuple(log.runs()), tuple(kept_ensembles(address)))


class Watch:
    """Knows what the log at an address holds; `held` is what was seen when it began."""

    def __init__(self, address: str, held: Held) -> None:
        self._address = address
        self._held = held
        self._stamp = _stamp(address)
        self._seen = time.monotonic()
        self._next = self._seen + LOOK_SECONDS
        self._looking: asyncio.Task[None] | None = None
        self._pool = ThreadPoolExecutor(1, "watch")

    @property
    def log(self) -> EventLog:
        return open_log(self._address)

    async def now(self) -> Held:
        """What the log holds. Raises Refusal where it cannot be read now."""
        if self._looking is None and time.monotonic() >= self._next:
            self._looking = asyncio.create_task(self._look())
        if self._looking is not None:
            try:
                await asyncio.shield(self._looking)
            except SimError as error:
                raise refused(error, Why.BAD_LOG) from error
        return self._held

    def end(self) -> None:
        """Look no more."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _look(self) -> None:
        began = time.monotonic()
        try:
            stamp = _stamp(self._address)
            if stamp is None or stamp != self._stamp or began > self._seen + STALE_SECONDS:
                self._held = await asyncio.get_running_loop().run_in_executor(self._pool, look, self._address)
                self._stamp, self._seen = stamp, began
        finally:
            ended = time.monotonic()
            self._next = ended + max(LOOK_SECONDS, SHARE * (ended - began))
            self._looking = None


def _stamp(address: str) -> Stamp | None:
    """What changes where a file that keeps a log does; None for a log that is no file."""
    if "://" in address:
        return None
    beside = (address, f"{address}-wal", address.removesuffix(".jsonl") + ".tallies")
    return tuple(_of_file(path) for path in beside)


def _of_file(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns
