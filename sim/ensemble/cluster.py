"""Clusters: Dask workers, on any number of machines, that play chunks of a plan's replications.

The only place that imports Dask. The library comes with the extra `dask`, and is imported when a cluster is asked for.
"""

import asyncio
import logging
import pickle
import re
import time
import warnings
import zlib
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from hashlib import sha256
from itertools import islice
from threading import local
from typing import Any

from attrs import frozen

from sim.ensemble.plan import Plan
from sim.ensemble.replication import Replications
from sim.ensemble.tally import Tally
from sim.errors import UsageError
from sim.version import __version__

CONNECT_SECONDS = 10
"""How long to wait for a scheduler to answer."""

WORKERS_SECONDS = 60
"""How long to wait for a cluster that has no worker: one that grows when there is work takes a while to."""

CLOSE_SECONDS = 2
"""How long to wait for a scheduler to take leave."""

LOOK_SECONDS = 0.1
"""How often it is asked whether to stop, while a chunk is awaited."""

AHEAD = 3
"""How many chunks there are at a time for each thread of a worker, so that none waits for us."""

Versions = Mapping[str, str | None]
"""The versions of libraries by their names; None of what is not there."""

_is_address = re.compile(r"((tcp|tls|wss?)://)?([^/\s\[\]]+|\[[0-9A-Fa-f:.]+\]):[0-9]{1,5}").fullmatch

_VERSION = "__import__('sim.version', fromlist=['']).__version__"
"""What asks a machine for its version of this program: in words, for one that lacks it cannot even read our tasks, and
ends.
"""

_at_work = local()
"""In each thread of a worker: the replications of the plan that it played last, under the digest of that plan."""


@frozen
class Parcel:
    """A plan on its way to the workers: packed, under its digest, with the version of the program that packed it."""

    digest: str
    packed: bytes
    program: str


class OtherVersion(Exception):
    """A worker has this other version of the program. Not one of our errors: those do not survive Dask's journey."""


class Cluster:
    """The cluster whose scheduler is at an address: its workers play, and what one that ends had is played by others.

    Raises UsageError where there is no scheduler, or the machines do not have the same versions.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._dask = _library()
        with ExitStack() as until_closed:
            until_closed.enter_context(_silence())
            self._client = self._connected()
            until_closed.callback(self._client.close, timeout=CLOSE_SECONDS)
            self._check_versions()
            self._until_closed = until_closed.pop_all()

    def close(self) -> None:
        """Leave the cluster; what its workers still play is of no use to anybody."""
        self._until_closed.close()

    def tallies(self, plan: Plan, chunks: Iterable[range], stopped: Callable[[], bool]) -> Generator[Tally, None, None]:
        """The tallies of the chunks, in order. Once it is `stopped`, those are the last that are there by then.

        The plan is the result of a task, which the scheduler sends again where all workers that have it end. Scattered
        data would be lost with them (https://github.com/dask/distributed/issues/3149). Raises UsageError where the
        cluster fails.
        """
        with self._explained():
            parcel = self._client.submit(_handed_on, packed(plan), pure=False)
            todo, given = iter(chunks), deque[Any]()
            while not stopped() and (threads := self._threads(stopped)):
                self._give(parcel, todo, given, threads)
                if not given:
                    return
                if (tally := _awaited(given[0])) is not None:
                    given.popleft()
                    yield tally
            while given and given[0].status == "finished":
                yield given.popleft().result()

    def _give(self, parcel: Any, todo: Iterator[range], given: deque[Any], threads: int) -> None:
        """Have as many chunks there as keep so many threads busy."""
        waiting = sum(not future.done() for future in given)
        for chunk in islice(todo, max(0, threads * AHEAD - waiting)):
            given.append(self._client.submit(_play, parcel, chunk.start, chunk.stop, pure=False))

    def _threads(self, stopped: Callable[[], bool]) -> int:
        """How many threads the workers have by now; 0 where it is stopped before there is one."""
        deadline = time.monotonic() + WORKERS_SECONDS
        while not stopped():
            threads: int = sum(self._client.nthreads().values())
            if threads:
                return threads
            if time.monotonic() > deadline:
                raise UsageError(
                    f"the cluster at {self._address} has no workers", "Start some: dask worker, with the same address."
                )
            time.sleep(LOOK_SECONDS)
        return 0

    def _connected(self) -> Any:
        try:
            if not _is_address(self._address):  # Dask may hang on what is none
                raise ValueError("it is no address")
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", self._dask.versions.VersionMismatchWarning)  # it is an error: see below
                self._greet()
                return self._dask.Client(self._address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError, TypeError, ImportError) as error:
            raise UsageError(
                f"there is no Dask scheduler at {self._address}",
                "Give the address that it printed as it started, such as tcp://10.0.0.5:8786.",
            ) from error

    def _greet(self) -> None:
        """Connect once, and leave. Raises OSError where nobody answers as Dask does: its client would wait for ever."""

        async def greeted() -> None:
            arguments = self._dask.Security().get_connection_args("client")
            connected = await asyncio.wait_for(self._dask.comm.connect(self._address, **arguments), CONNECT_SECONDS)
            await connected.close()

        with ThreadPoolExecutor(1) as apart:  # there may be a loop here already, as in a notebook
            apart.submit(asyncio.run, greeted()).result()

    def _check_versions(self) -> None:
        """Raises UsageError where the machines do not have the same versions of what matters."""
        with self._explained():
            told = self._client.get_versions()
            machines = {"its scheduler": _agreeing(told["scheduler"], self._program_of_scheduler())}
            for worker, program in self._client.run(eval, _VERSION, on_error="return").items():
                if worker in told["workers"]:  # it may have come in between; and who comes later checks itself
                    machines[f"its worker at {worker}"] = _agreeing(told["workers"][worker], program)
        if (said := mismatch(_agreeing(told["client"], __version__), machines)) is not None:
            raise UsageError(f"the cluster at {self._address} has {said}", "Install the same versions on all machines.")

    def _program_of_scheduler(self) -> str | None:
        try:
            version: str = self._client.run_on_scheduler(eval, _VERSION)
        except ImportError:
            return None
        return version

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Let the cluster's errors say what happened to it."""
        lost = f"the connection to the cluster at {self._address} was lost"
        try:
            yield
        except self._dask.KilledWorker as error:
            raise UsageError(
                f"workers of the cluster ended, {error.allowed_failures + 1} in a row, "
                "while they had the same runs to play",
                "Are they out of memory? Look at their logs, then try again.",
            ) from error
        except OtherVersion as error:
            raise UsageError(
                f"a worker of the cluster at {self._address} has troop-ledger {error}, and here it is {__version__}",
                "Install the same versions on all machines.",
            ) from error
        except (OSError, CancelledError) as error:  # what closes the connection, or comes of that
            raise UsageError(lost, "When the scheduler answers again, try again.") from error


def packed(plan: Plan) -> Parcel:
    """The parcel of a plan."""
    data = zlib.compress(pickle.dumps(plan, pickle.HIGHEST_PROTOCOL))
    return Parcel(sha256(data).hexdigest(), data, __version__)


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


def _handed_on(parcel: Parcel) -> Parcel:
    """A task whose result is the parcel: workers fetch it from each other."""
    return parcel


def _play(parcel: Parcel, first: int, last: int) -> Tally:
    """The task: play the replications from `first` on, up to but not including `last`.

    Raises OtherVersion where this worker has one of the program that may come to something else: it came later.
    """
    if parcel.program != __version__:
        raise OtherVersion(__version__)
    if getattr(_at_work, "digest", None) != parcel.digest:
        _at_work.replications = Replications(pickle.loads(zlib.decompress(parcel.packed)))
        _at_work.digest = parcel.digest
    replications: Replications = _at_work.replications
    return replications.tally(range(first, last))


def _awaited(future: Any) -> Tally | None:
    """What a task came to; None where it takes longer than it takes to look again."""
    with suppress(TimeoutError):
        tally: Tally = future.result(timeout=LOOK_SECONDS)
        return tally
    return None


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
