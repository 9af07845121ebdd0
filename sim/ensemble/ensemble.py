"""The ensemble: a plan's replications, played from the first on, by whatever processes, until there are enough."""

import os
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack, closing
from itertools import chain, islice, pairwise
from math import ceil
from time import perf_counter
from typing import TYPE_CHECKING

from attrs import frozen

from sim.ensemble.crew import played_by_crew
from sim.ensemble.plan import Plan
from sim.ensemble.question import Closure
from sim.ensemble.replication import Replications
from sim.ensemble.tally import Tally
from sim.eventlog.patience import never

if TYPE_CHECKING:
    from sim.ensemble.cluster import Cluster

LOOK_RUNS = 100
"""After how many runs each it is asked whether they are enough: always the same ones, so that no chunk matters."""

TRIED = 4
"""How many runs are played, before all others, to see how long one takes."""

CHUNK_SECONDS = 0.05
"""How long a process plays, about, before it hands over what it has counted: at the end, the others wait as long."""

TASK_SECONDS = 0.2
"""The same for a worker of a cluster, at least: one that is twice as quick as this machine takes 100 ms."""

WORTH_SECONDS = 1.0
"""How long one process must have to go on for it to be worth to start others, where nobody says how many."""


@frozen
class Extent:
    """How far to go: to so many `runs`, or until every median closure is known to so many minutes, None for never."""

    runs: int
    until_width: int | None = None

    def reached(self, tally: Tally) -> bool:
        """Whether a tally of the first runs is enough."""
        if tally.runs >= self.runs:
            return True
        if self.until_width is None or not tally.runs or tally.runs % LOOK_RUNS:
            return False
        return is_narrow(tally, self.until_width)

    def rest(self, done: int, size: int) -> Iterator[range]:
        """The runs that are left after so many, in chunks of at least that size, and of less than twice that.

        None goes over a time to look: where there are fewer runs until then, they are a chunk.
        """
        while done < self.runs:
            looked_at = (done // LOOK_RUNS + 1) * LOOK_RUNS
            last = self.runs if self.until_width is None else min(self.runs, looked_at)
            chunks = max(1, (last - done) // size)
            ends = [done + (last - done) * number // chunks for number in range(chunks + 1)]
            yield from (range(first, end) for first, end in pairwise(ends))
            done = last


def played(
    plan: Plan,
    tally: Tally,
    extent: Extent,
    workers: int | None = None,
    stopped: Callable[[], bool] = never,
    chunk: int | None = None,
    dask: str | None = None,
) -> Generator[int, None, None]:
    """Play a plan's replications and count them in `tally`, which has the first ones; yield how many it has by then.

    What it comes to does not depend on `workers`, the processes here (None: as many as there are processors, where it
    is worth it; never more than there are chunks); nor on `dask`, the address of the scheduler of a cluster that plays
    them instead; nor on how many runs a `chunk` has (None: as many as take a moment); nor on when it was `stopped`: the
    first replications are in it, as many as it says. Raises UsageError where a worker ends before its work is done, or
    the cluster fails.
    """
    if extent.reached(tally) or stopped():
        return
    with ExitStack() as after:
        cluster = None if dask is None else after.enter_context(closing(_cluster(dask, stopped)))
        if cluster is not None and stopped():
            return
        replications = Replications(plan)
        seconds = min(_timed(replications, tally, number) for number in next(extent.rest(tally.runs, chunk or TRIED)))
        yield tally.runs
        if extent.reached(tally):
            return
        left = extent.runs - tally.runs
        crew = workers or _worth(seconds * left)
        if cluster is not None:
            tallies = cluster.tallies(plan, extent.rest(tally.runs, chunk or ceil(TASK_SECONDS / seconds)))
        else:
            chunks = extent.rest(tally.runs, chunk or _size(seconds, left, crew))
            tallies = _played_here(plan, replications, chunks, crew, stopped)
        after.enter_context(closing(tallies))
        for more in tallies:
            tally.merge(more)
            yield tally.runs
            if extent.reached(tally):
                return


def _cluster(address: str, stopped: Callable[[], bool]) -> "Cluster":
    from sim.ensemble.cluster import Cluster  # here, because it takes Dask

    return Cluster(address, stopped)


def _timed(replications: Replications, tally: Tally, number: int) -> float:
    """Play and count one replication; how many seconds it took."""
    begun = perf_counter()
    tally.merge(replications.tally(range(number, number + 1)))
    return perf_counter() - begun


def _size(seconds: float, left: int, crew: int) -> int:
    """How many runs a chunk has of those that are left, each of so many seconds, for a crew of so many."""
    return max(1, min(int(CHUNK_SECONDS / seconds), left // (4 * crew)))


def is_narrow(tally: Tally, minutes: int) -> bool:
    """Whether the median closure of every order is known to so many minutes, with 95 % confidence."""
    closures = [question for question in tally.first if isinstance(question, Closure)]
    medians = (tally.distribution(tally.first, question).quantile(50) for question in closures)
    return all(median.width is not None and median.width <= minutes for median in medians)


def _worth(seconds: float) -> int:
    """How many processes are worth it for what takes one of them so long."""
    return 1 if seconds < WORTH_SECONDS else _processors()


def _processors() -> int:
    """How many processors this process may use: in a container, or where somebody said which, not all there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _played_here(
    plan: Plan, replications: Replications, chunks: Iterator[range], crew: int, stopped: Callable[[], bool]
) -> Generator[Tally, None, None]:
    """The tallies of the chunks, played by so many processes of this machine, or by fewer where there are fewer chunks.

    To start one that has nothing to do takes longer than to play what little there is.
    """
    first = list(islice(chunks, crew))
    chunks = chain(first, chunks)
    if len(first) == 1:
        return _alone(replications, chunks, stopped)
    return played_by_crew(plan, replications, chunks, len(first), stopped)


def _alone(
    replications: Replications, chunks: Iterable[range], stopped: Callable[[], bool]
) -> Generator[Tally, None, None]:
    """The tallies of the chunks, played here."""
    for chunk in chunks:
        if stopped():
            return
        yield replications.tally(chunk)
