"""Crews: processes that play chunks of a plan's replications, this one among them."""

import gc
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.context import BaseContext
from threading import Thread

from sim.ensemble.plan import Plan
from sim.ensemble.replication import Replications
from sim.ensemble.row import lacking
from sim.ensemble.tally import Tally
from sim.errors import UsageError

LOOK_SECONDS = 0.1
"""How often a crew that waits for a chunk asks whether it is to stop."""

AT_WORK = 2
"""How many chunks there are at a time for each worker, so that none waits for us."""

AHEAD = 8
"""How many chunks for each process are ahead of one that is not done: until one takes eight times as long as others do,
nobody waits for it, and what they come to takes no more memory than that.
"""

_at_work: list[Replications] = []
"""In a worker: the replications of the plan that it was started with."""


def played_by_crew(
    plan: Plan, replications: Replications, chunks: Iterable[range], crew: int, stopped: Callable[[], bool]
) -> Generator[Tally, None, None]:
    """The tallies of the chunks, in order, played by so many processes, at least two: this one, with its replications
    of the plan, and the workers that it starts. Once it is `stopped`, those at work finish, and no other begins.

    Each worker has the plan once, as it starts. Raises UsageError where a worker ends before its work is done.
    """
    with ProcessPoolExecutor(crew - 1, _context(), _begin, (plan,)) as pool:
        given: deque[Future[Tally]] = deque()
        todo = iter(chunks)
        try:
            while not stopped():
                _give(pool, todo, given, crew)
                if not given:
                    return
                if given[0].done():
                    yield given.popleft().result()
                elif len(given) < crew * AHEAD and (chunk := next(todo, None)):
                    given.append(_done(replications.tally(chunk)))
                else:
                    wait([given[0]], LOOK_SECONDS)
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


def _give(pool: ProcessPoolExecutor, todo: Iterator[range], given: deque[Future[Tally]], crew: int) -> None:
    """Give the workers chunks, as many as they lack, as far as there are any. The first time it starts the workers."""
    with _uninterrupted():
        for chunk in islice(todo, lacking(given, (crew - 1) * AT_WORK, crew * AHEAD)):
            given.append(pool.submit(_play, chunk))


def _done(tally: Tally) -> Future[Tally]:
    future: Future[Tally] = Future()
    future.set_result(tally)
    return future


def _context() -> BaseContext:
    """How workers are started. A fork is there at once, and a fresh interpreter after a fifth of a second.

    Only on Linux are forks taken to be safe, and only of a process with one thread: what others hold locked would stay
    so.
    """
    alone = sys.platform == "linux" and len(os.listdir("/proc/self/task")) == 1
    return get_context("fork" if alone else "spawn")


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
    Thread(target=_end_with_parent, daemon=True).start()
    gc.disable()  # what replications leave behind they clear away themselves
    _at_work.append(Replications(plan))


def _end_with_parent() -> None:
    """Wait for the end of the process that started this one, whatever ends it, and end with it.

    The pool does not see to that where its process is killed (https://github.com/python/cpython/issues/111873).
    """
    parent = parent_process()
    assert parent is not None  # only workers come here
    parent.join()
    os._exit(1)


def _play(chunk: range) -> Tally:
    return _at_work[0].tally(chunk)
