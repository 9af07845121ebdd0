"""Clusters: Dask workers, on any number of machines, that play chunks of a plan's replications.

The only place that imports Dask. The library comes with the extra `dask`, and is imported when a cluster is asked for.
"""

import asyncio
import logging
import re
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from contextlib import ExitStack, closing, contextmanager, suppress
from itertools import islice
from typing import Any, TypeVar

from sim.ensemble.loop import LOOK_SECONDS, Loop, within
from sim.ensemble.parcel import OtherVersion, Parcel, handed_on, packed, play, unpacked
from sim.ensemble.plan import Plan
from sim.ensemble.row import lacking
from sim.ensemble.tally import Tally
from sim.errors import UsageError
from sim.version import __version__

CONNECT_SECONDS = 10
"""How long to wait for a scheduler to answer for the first time."""

SILENCE_SECONDS = 60
"""How long to wait for a cluster that says nothing any more: one that comes back within it has cost only time."""

WORKERS_SECONDS = 60
"""How long to wait for a cluster that has no worker: one that grows when there is work takes a while to."""

CLOSE_SECONDS = 5
"""How long to wait for a scheduler to take leave. Dask itself gives up on one that does not after about two."""

AT_WORK = 3
"""How many chunks there are at a time for each thread of a worker, so that none waits for us."""

AHEAD = 20
"""How many chunks for each thread are ahead of one that is not done: until one takes twenty times as long as others do,
nobody waits for it, and what they come to takes no more memory than that.
"""

T = TypeVar("T")

Versions = Mapping[str, str | None]
"""The versions of libraries by their names; None of what is not there."""

_is_address = re.compile(r"((tcp|tls|wss?)://)?([^/\s\[\]]+|\[[0-9A-Fa-f:.]+\]):[0-9]{1,5}").fullmatch

_VERSION = "__import__('sim.version', fromlist=['']).__version__"
"""What asks a machine for its version of this program: in words, for one that lacks it cannot even read our tasks, and
ends.
"""


class Cluster:
    """The cluster whose scheduler is at an address: its workers play, and what one that ends had is played by others.

    Raises UsageError where there is no scheduler, or the machines do not have the same versions. Where it is `stopped`
    before they have said so, they are not asked any further, and it has no tallies.
    """

    def __init__(self, address: str, stopped: Callable[[], bool]) -> None:
        self._address, self._stopped = address, stopped
        self._dask = _library()
        self._client: Any = None
        self._threads = 0
        with ExitStack() as until_closed:
            until_closed.enter_context(_silence())
            self._loop = until_closed.enter_context(closing(Loop()))
            until_closed.callback(self._leave)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", self._dask.versions.VersionMismatchWarning)  # it is an error: see below
                self._outcome(self._loop.begin(self._connect()))
            self._until_closed = until_closed.pop_all()

    def close(self) -> None:
        """Leave the cluster; what its workers still play is of no use to anybody."""
        self._until_closed.close()

    def tallies(self, plan: Plan, chunks: Iterable[range]) -> Generator[Tally, None, None]:
        """The tallies of the chunks, in order, until it is stopped.

        The plan is the result of a task, which the scheduler sends again where all workers that have it end. Scattered
        data would be lost with them (https://github.com/dask/distributed/issues/3149). Raises UsageError where the
        cluster fails.
        """
        row, todo = deque[Future[bytes]](), iter(chunks)
        parcel = self._outcome(self._loop.begin(self._handed_on(packed(plan))))
        listening = self._loop.begin(self._listen())
        try:
            while not self._stopped():
                threads = self._threads
                for chunk in islice(todo, lacking(row, threads * AT_WORK, threads * AHEAD)):
                    row.append(self._loop.begin(self._played(parcel, chunk)))
                if row and row[0].done():
                    yield unpacked(row.popleft().result())
                elif listening.done():
                    listening.result()
                elif threads and not row:
                    return
                else:
                    awaited: list[Future[Any]] = [listening, *islice(row, 1)]
                    wait(awaited, LOOK_SECONDS, FIRST_COMPLETED)
        finally:
            listening.cancel()
            for begun in row:
                begun.cancel()

    def _outcome(self, begun: Future[T]) -> T | None:
        """What comes of what was begun; None where it is stopped before that is known."""
        while not self._stopped():
            if wait([begun], LOOK_SECONDS).done:
                return begun.result()
        begun.cancel()
        return None

    async def _connect(self) -> None:
        try:
            if not _is_address(self._address):  # Dask may hang on what is none
                raise ValueError("it is no address")
            self._client = self._dask.Client(
                self._address, timeout=CONNECT_SECONDS, set_as_default=False, asynchronous=True
            )
            await within(CONNECT_SECONDS, self._client)
        except (OSError, ValueError, TypeError, ImportError) as error:
            raise UsageError(
                f"there is no Dask scheduler at {self._address}",
                "Give the address that it printed as it started, such as tcp://10.0.0.5:8786.",
            ) from error
        try:
            await within(SILENCE_SECONDS, self._check_versions())
        except OSError as error:
            raise self._lost(error) from error

    async def _check_versions(self) -> None:
        """Raises UsageError where the machines do not have the same versions of what matters."""
        told = await self._client.get_versions()
        machines = {"its scheduler": _agreeing(told["scheduler"], await self._program_of_scheduler())}
        for worker, program in (await self._client.run(eval, _VERSION, on_error="return")).items():
            if worker in told["workers"]:  # it may have come in between; and who comes later checks itself
                machines[f"its worker at {worker}"] = _agreeing(told["workers"][worker], program)
        if (said := mismatch(_agreeing(told["client"], __version__), machines)) is not None:
            raise UsageError(f"the cluster at {self._address} has {said}", "Install the same versions on all machines.")

    async def _program_of_scheduler(self) -> str | None:
        try:
            version: str = await self._client.run_on_scheduler(eval, _VERSION)
        except ImportError:
            return None
        return version

    async def _listen(self) -> None:
        """Ask again and again how many threads the workers have. Raises UsageError where there is no answer, or none
        for too long.
        """
        without = 0.0
        while without < WORKERS_SECONDS:
            try:
                told = await within(SILENCE_SECONDS, self._client.nthreads())
            except OSError as error:
                raise self._lost(error) from error
            self._threads = sum(told.values())
            without = 0.0 if self._threads else without + LOOK_SECONDS
            await asyncio.sleep(LOOK_SECONDS)
        raise UsageError(
            f"the cluster at {self._address} has no workers", "Start some: dask worker, with the same address."
        )

    def _submitted(self, function: Callable[..., object], *arguments: object) -> Any:
        """The task that is to call a function on a worker. Tasks that are submitted first are played first."""
        try:
            return self._client.submit(function, *arguments, pure=False)
        except self._dask.client.ClosedClientError as error:
            raise self._lost(error) from error

    async def _handed_on(self, parcel: Parcel) -> Any:
        return self._submitted(handed_on, parcel)

    async def _played(self, parcel: Any, chunk: range) -> bytes:
        """What the task of a chunk comes to."""
        task = self._submitted(play, parcel, chunk.start, chunk.stop)
        try:
            played: bytes = await task.result()
        except (OSError, CancelledError, MemoryError, self._dask.KilledWorker, OtherVersion) as error:
            if task.status == "error":
                raise self._failed(error) from error
            raise self._lost(error) from error
        return played

    def _failed(self, error: Exception) -> UsageError:
        """What to say where a task failed."""
        if isinstance(error, OtherVersion):
            return UsageError(
                f"a worker of the cluster at {self._address} has troop-ledger {error}, and here it is {__version__}",
                "Install the same versions on all machines.",
            )
        if isinstance(error, self._dask.KilledWorker):
            return UsageError(
                f"workers of the cluster ended, {error.allowed_failures + 1} in a row, "
                "while they had the same runs to play",
                "Are they out of memory? Look at their logs, then try again.",
            )
        return UsageError(
            f"a worker of the cluster at {self._address} failed: {type(error).__name__}: {error}",
            "Look at the workers' logs, then try again.",
        )

    def _lost(self, error: Exception) -> UsageError:
        """What to say where the scheduler cannot be reached any more, or is silent: where time is up."""
        said = (
            f"the cluster at {self._address} has not answered for {SILENCE_SECONDS} seconds"
            if isinstance(error, TimeoutError)
            else f"the connection to the cluster at {self._address} was lost"
        )
        return UsageError(
            said, "What was played is kept in the log, if there is one. Once it answers, go on from there."
        )

    def _leave(self) -> None:
        with suppress(OSError, CancelledError):
            self._loop.begin(self._left()).result(CLOSE_SECONDS + 1)

    async def _left(self) -> None:
        if self._client is not None:
            await self._client.close(timeout=CLOSE_SECONDS)


def mismatch(ours: Versions, machines: Mapping[str, Versions]) -> str | None:
    """What of ours is another on a machine, the first that is; None for nothing."""
    for machine, theirs in machines.items():
        for library, version in ours.items():
            if theirs[library] is None:
                return f"no {library} on {machine}, and here it is {version}"
            if theirs[library] != version:
                return f"{library} {theirs[library]} on {machine}, and here it is {version}"
    return None


def _agreeing(told: Mapping[str, Any], program: object) -> Versions:
    """What has to have the same version, by what Dask knows of a machine, and by its answer as to this program.

    Of Python only the first two numbers count.
    """
    packages = told["packages"]
    return {
        "Python": ".".join(packages["python"].split(".")[:2]),
        "dask": packages["dask"],
        "distributed": packages["distributed"],
        "troop-ledger": program if isinstance(program, str) else None,
    }


def _library() -> Any:
    """Dask's library for clusters. Raises UsageError where it is not here."""
    try:
        import distributed
    except ImportError as error:  # also where it is here, and what it needs is not
        raise UsageError(
            "--dask needs the library 'distributed', which is not here",
            "install it: pip install 'troop-ledger[dask]'",
        ) from error
    return distributed


@contextmanager
def _silence() -> Iterator[None]:
    """Let the library log nothing: what it would say is said once, as an error."""
    loggers = [logging.getLogger(name) for name in ("distributed", "distributed.client")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
