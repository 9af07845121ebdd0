"""Crews: worker processes that play chunks of a plan's replications."""

import gc
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context

from sim.ensemble.plan import Plan
from sim.ensemble.replication import Replications
from sim.ensemble.tally import Tally
from sim.errors import UsageError

LOOK_SECONDS = 0.1
"""How often a crew that waits for a chunk asks whether it is to stop."""

AHEAD = 2
"""How many chunks each worker is given ahead of the one whose tally is awaited."""

_at_work: list[Replications] = []
"""In a worker: the replications of the plan that it was started with."""


def played_by_crew(
    plan: Plan, chunks: Iterable[range], workers: int, stopped: Callable[[], bool]
) -> Generator[Tally, None, None]:
    """The tallies of the chunks, in order. Once it is `stopped`, those at work finish, and no other begins.

    Each worker is sent the plan once, as it starts. Raises UsageError where a worker ends before its work is done.
    """
    context = get_context("spawn")  # the same everywhere; a fork of a program with threads is not safe
    with ProcessPoolExecutor(workers, context, _begin, (plan,)) as pool:
        given: deque[Future[Tally]] = deque()
        todo = iter(chunks)
        try:
            _give(pool, todo, given, workers * AHEAD)
            while given and not stopped():
                if wait([given[0]], LOOK_SECONDS).done:
                    yield given.popleft().result()
                    _give(pool, todo, given, 1)
            pool.shutdown(cancel_futures=True)
            while given and not given[0].cancelled():
                yield given.popleft().result()
        except BrokenProcessPool as error:
            raise UsageError(
                "a worker process ended before its work was done",
                "Was it killed, or out of memory? Try again with fewer --workers.",
            ) from error
        finally:
            pool.shutdown(cancel_futures=True)


def _give(pool: ProcessPoolExecutor, todo: Iterator[range], given: deque[Future[Tally]], count: int) -> None:
    """Give the crew so many more chunks, as far as there are any, which may start workers."""
    with _uninterrupted():
        for chunk in islice(todo, count):
            given.append(pool.submit(_play, chunk))


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C back, here for a moment, and for good from the workers that are started meanwhile.

    It goes to all processes of a terminal, and is for the one that started them to obey. Where there is no such thing
    as holding a signal back, workers begin to ignore it a little later: see `_begin`.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(plan: Plan) -> None:
    """Begin as a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()  # what replications leave behind they clear away themselves
    _at_work.append(Replications(plan))


def _play(chunk: range) -> Tally:
    return _at_work[0].tally(chunk)
