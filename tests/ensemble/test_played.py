"""Ensembles: the same answer to the last byte, whoever played which runs, in what chunks, however often it stopped."""

import subprocess
import sys
from collections.abc import Callable, Generator, Iterable
from functools import cache
from itertools import count
from multiprocessing import get_context
from pathlib import Path

import pytest
from attrs import evolve

from sim.domain.lift import Change
from sim.domain.scenario import Scenario
from sim.domain.variate import Uniform
from sim.ensemble import crew, ensemble
from sim.ensemble.ensemble import LOOK_RUNS, Extent, is_narrow, played
from sim.ensemble.kept import Keeper
from sim.ensemble.plan import Plan
from sim.ensemble.question import Closure
from sim.ensemble.replication import Replications
from sim.ensemble.tally import Tally
from sim.eventlog.patience import never
from tests.ensemble.invented import CERTAIN, END, convoy
from tests.story import scenario, unit

ROOT = Path(__file__).parents[2]

TOLD = convoy()
PLAN = Plan(TOLD, 11, (600, END))
PAIRS = Plan(TOLD, 11, (600, END), convoy(vehicles=3))


def tallied(
    plan: Plan,
    runs: int,
    *,
    workers: int | None = 1,
    chunk: int | None = None,
    begun: Tally | None = None,
    until_width: int | None = None,
    stopped: Callable[[], bool] = never,
) -> Tally:
    """The tally of an ensemble that goes on with one that was begun, or begins."""
    tally = Tally() if begun is None else begun
    before = tally.runs
    for done in played(plan, tally, Extent(runs, until_width), workers, stopped, chunk):
        assert before < done == tally.runs
        before = done
    return tally


def kept(plan: Plan, tally: Tally) -> bytes:
    """What a log keeps of a tally."""
    keeper = Keeper("memory:", plan)
    keeper.keep(tally)
    return keeper._store.find(keeper.ensemble) or b""


@pytest.mark.parametrize("plan", [PLAN, PAIRS], ids=["alone", "paired"])
def test_workers_and_chunks_do_not_matter(plan: Plan) -> None:
    """One process or two or three, chunks of one run or of seven or of all: the same bytes, those of the plain loop."""
    whole = kept(plan, Replications(plan).tally(range(60)))
    for workers, chunk in ((1, None), (1, 1), (1, 7), (2, 7), (2, 1), (2, 100), (3, 7)):
        assert kept(plan, tallied(plan, 60, workers=workers, chunk=chunk)) == whole


def test_fresh_workers_play_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that are not forked, but started anew, as everywhere but on Linux."""
    monkeypatch.setattr(crew, "_context", lambda: get_context("spawn"))
    assert tallied(PAIRS, 60, workers=3, chunk=7) == tallied(PAIRS, 60)


HOW = """
from threading import Event, Thread
from sim.ensemble.crew import _context
print(_context().get_start_method())
end = Event()
other = Thread(target=end.wait)
other.start()
print(_context().get_start_method())
end.set()
"""


def test_only_what_has_one_thread_is_forked() -> None:
    """And only on Linux: what other threads hold locked would stay so."""
    told = subprocess.run([sys.executable, "-c", HOW], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout
    assert told.split() == ["fork" if sys.platform == "linux" else "spawn", "spawn"]


@pytest.mark.parametrize(
    ("done", "runs", "size"), [(0, 10, 4), (3, 10, 4), (0, 3, 4), (0, 1, 1), (7, 7, 2), (95, 307, 40)]
)
def test_chunks(done: int, runs: int, size: int) -> None:
    """In a row, each of at least the size and of less than twice that, unless there are fewer runs."""
    chunks = [*Extent(runs).rest(done, size)]
    assert [number for chunk in chunks for number in chunk] == [*range(done, runs)]
    assert all(min(size, runs - done) <= len(chunk) < 2 * size for chunk in chunks)


def test_no_chunk_goes_over_a_time_to_look() -> None:
    ends = {chunk.stop for chunk in Extent(350, 60).rest(95, 30)}
    assert {100, 200, 300, 350} <= ends
    assert max(len(chunk) for chunk in Extent(350, 60).rest(95, 1000)) == LOOK_RUNS


def test_nobody_says_how_many_workers() -> None:
    """As many as are worth it, which changes nothing."""
    told = tallied(PLAN, 60, workers=None)
    assert kept(PLAN, told) == kept(PLAN, tallied(PLAN, 60))


@pytest.mark.parametrize(("runs", "chunk", "workers", "crews"), [(5, None, 8, []), (8, 1, 8, [7]), (90, 28, 8, [2])])
def test_no_process_is_started_that_has_nothing_to_do(
    runs: int, chunk: int | None, workers: int, crews: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """There are as many as there are chunks, behind the first; one plays here, and is no crew."""
    started: list[int] = []

    def crewed(
        _: Plan, replications: Replications, chunks: Iterable[range], crew: int, __: object
    ) -> Generator[Tally, None, None]:
        started.append(crew)
        yield from map(replications.tally, chunks)

    monkeypatch.setattr("sim.ensemble.ensemble.played_by_crew", crewed)
    assert tallied(PLAN, runs, workers=workers, chunk=chunk) == Replications(PLAN).tally(range(runs))
    assert started == crews


@pytest.mark.parametrize("processors", [1, 3])
def test_as_many_as_may_be_used(processors: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a container, or under taskset, there are fewer processors than the machine has."""
    monkeypatch.setattr(ensemble, "WORTH_SECONDS", 0.0)
    monkeypatch.setattr("os.cpu_count", lambda: 64)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(processors)), raising=False)
    assert ensemble._worth(1.0) == processors
    monkeypatch.delattr("os.sched_getaffinity")
    assert ensemble._worth(1.0) == 64


@pytest.mark.parametrize("first", [1, 7, 59])
def test_to_go_on_is_to_have_played_all(first: int, tmp_path: Path) -> None:
    """From a log, at whatever run it stopped."""
    keeper = Keeper(tmp_path / "runs.sqlite", PAIRS)
    keeper.keep(tallied(PAIRS, first))
    went_on = tallied(PAIRS, 60, begun=keeper.tally(), chunk=8)
    assert went_on == tallied(PAIRS, 60)


def test_another_seed_is_another_ensemble() -> None:
    other = tallied(evolve(PLAN, seed=12), 60)
    assert other.runs == 60
    assert other != tallied(PLAN, 60)


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("chunks", [0, 1, 3])
def test_who_stops_it_keeps_the_first_runs(chunks: int, workers: int) -> None:
    """All that are counted stand in a row from the first one on: they are those of a shorter ensemble."""
    asked = count()
    tally = tallied(PLAN, 200, workers=workers, chunk=5, stopped=lambda: next(asked) >= chunks)
    assert tally.runs < 200
    assert tally == tallied(PLAN, tally.runs)
    assert bool(tally.runs) == bool(chunks)


def test_there_may_be_enough_already() -> None:
    """Then nothing is played."""
    begun = tallied(PLAN, 10)
    assert list(played(PLAN, begun, Extent(10))) == []
    assert begun == tallied(PLAN, 10)


@cache
def _narrow(width: int) -> Tally:
    """The tally at the first look at which the medians are known to so many minutes."""
    replications, tally = Replications(PLAN), Tally()
    while not tally.runs or not is_narrow(tally, width):
        tally.merge(replications.tally(range(tally.runs, tally.runs + LOOK_RUNS)))
    return tally


@pytest.mark.parametrize("chunk", [None, 3, 64, 1000])
@pytest.mark.parametrize("workers", [1, 2])
def test_until_the_medians_are_known(workers: int, chunk: int | None) -> None:
    """It looks after every so many runs, the same ones always: the last look is the first at which they are."""
    width, enough = 60, _narrow(60)
    assert enough.runs > LOOK_RUNS
    assert tallied(PLAN, 5000, workers=workers, chunk=chunk, until_width=width) == enough
    medians = [enough.distribution(enough.first, Closure(order)).quantile(50) for order in ("go", "go-too")]
    assert [median.width is not None and median.width <= width for median in medians] == [True, True]


def test_until_the_medians_are_known_from_where_it_stopped() -> None:
    """Stopped between two looks and gone on, it ends where it would have ended."""
    whole = tallied(PLAN, 5000, until_width=60)
    assert tallied(PLAN, 5000, until_width=60, begun=tallied(PLAN, LOOK_RUNS - 2)) == whole
    assert tallied(PLAN, 5000, until_width=60, begun=tallied(PLAN, LOOK_RUNS + 1)) == whole


def test_until_all_runs_are_played() -> None:
    """If they never are: to the limit, which need not be one at which it looks."""
    assert tallied(PLAN, 130, until_width=1).runs == 130


@pytest.mark.parametrize(
    ("told", "left"),
    [(TOLD, True), (CERTAIN, False), (scenario([unit("alpha")]), False)],
    ids=["notice", "numbers", "no lift"],
)
def test_what_is_left_to_chance(told: Scenario, left: bool) -> None:
    """Without a figure that is drawn, every run is the same one."""
    plan = Plan(told, 0, (600,))
    assert plan.left_to_chance is left
    replications = Replications(plan)
    assert (len({str(replications.outcome(number)) for number in range(20)}) > 1) is left


def test_every_figure_may_be_left_to_chance() -> None:
    """Of a lift, a port, a change of them, and of how an order goes."""
    (lift,), (ramp,), order = CERTAIN.lift.values(), CERTAIN.ports.values(), CERTAIN.orders["go"]
    assert order.carriage is not None
    drawn = Uniform(1, 2)
    for told in (
        evolve(CERTAIN, lift=[evolve(lift, tons=drawn)]),
        evolve(CERTAIN, ports=[evolve(ramp, ground=drawn)]),
        evolve(CERTAIN, capacity=(Change("1", 60, None, ramp.id, drawn),)),
        evolve(CERTAIN, orders=[evolve(order, carriage=evolve(order.carriage, tons=drawn))]),
    ):
        assert Plan(told, 0, (600,)).left_to_chance


def test_either_scenario_may_be_left_to_chance() -> None:
    assert Plan(CERTAIN, 0, (600,), TOLD).left_to_chance
    assert not Plan(CERTAIN, 0, (600,), CERTAIN).left_to_chance
