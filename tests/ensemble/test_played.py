"""Ensembles: the same answer to the last byte, whoever played which runs, in what chunks, however often it stopped."""

from collections.abc import Callable
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from attrs import evolve

from sim.domain.lift import Change
from sim.domain.scenario import Scenario
from sim.domain.variate import Uniform
from sim.ensemble.ensemble import LOOK_RUNS, Extent, is_narrow, never, played
from sim.ensemble.kept import read_tally, write_tally
from sim.ensemble.plan import Plan
from sim.ensemble.question import Closure
from sim.ensemble.replication import Replications
from sim.ensemble.tally import Tally
from tests.ensemble.invented import CERTAIN, END, convoy
from tests.story import scenario, unit

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


def kept(plan: Plan, tally: Tally, path: Path) -> bytes:
    """What a file keeps of a tally."""
    write_tally(str(path), plan, tally)
    return path.read_bytes()


@pytest.mark.parametrize("plan", [PLAN, PAIRS], ids=["alone", "paired"])
def test_workers_and_chunks_do_not_matter(plan: Plan, tmp_path: Path) -> None:
    """One process or two, chunks of one run or of seven or of all: the same bytes, those of the plain loop."""
    whole = kept(plan, Replications(plan).tally(range(60)), tmp_path / "whole")
    for workers, chunk in ((1, None), (1, 1), (1, 7), (2, 7), (2, 1), (2, 100)):
        assert kept(plan, tallied(plan, 60, workers=workers, chunk=chunk), tmp_path / "part") == whole


def test_nobody_says_how_many_workers(tmp_path: Path) -> None:
    """As many as are worth it, which changes nothing."""
    told = tallied(PLAN, 60, workers=None)
    assert kept(PLAN, told, tmp_path / "a") == kept(PLAN, tallied(PLAN, 60), tmp_path / "b")


@pytest.mark.parametrize("first", [1, 7, 59])
def test_to_go_on_is_to_have_played_all(first: int, tmp_path: Path) -> None:
    """From a file, at whatever run it stopped."""
    path = tmp_path / "kept"
    kept(PAIRS, tallied(PAIRS, first), path)
    went_on = tallied(PAIRS, 60, begun=read_tally(str(path), PAIRS), chunk=8)
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
