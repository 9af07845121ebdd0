"""Clusters of Dask: what they play is what one process plays, whatever becomes of their workers."""

import logging
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Timer

import pytest

from sim.ensemble import cluster as clusters
from sim.ensemble.cluster import mismatch
from sim.ensemble.ensemble import Extent, played
from sim.ensemble.kept import Keeper
from sim.ensemble.parcel import packed
from sim.ensemble.plan import Plan
from sim.ensemble.replication import Replications
from sim.ensemble.tally import Tally
from sim.errors import UsageError
from sim.version import __version__
from tests.ensemble.cluster import ROOT, SCHEDULER, WORKER, Cluster, cluster
from tests.ensemble.invented import END, convoy

PLAN = Plan(convoy(), 11, (600, END), convoy(vehicles=3))
RUNS, CHUNK = 2500, 250


@pytest.fixture(scope="module")
def two() -> Iterator[Cluster]:
    """A cluster of two workers, of which none is killed."""
    with cluster(2) as found:
        yield found


@pytest.fixture(scope="module")
def whole() -> bytes:
    """What a log keeps of all runs, played by one process."""
    return _kept(Replications(PLAN).tally(range(RUNS)))


def _kept(tally: Tally) -> bytes:
    keeper = Keeper("memory:", PLAN)
    keeper.keep(tally)
    return keeper._store.find(keeper.ensemble) or b""


def _played(address: str, tally: Tally, runs: int = RUNS, chunk: int | None = CHUNK) -> Iterator[int]:
    return played(PLAN, tally, Extent(runs), chunk=chunk, dask=address)


def test_a_cluster_plays_what_one_process_does(two: Cluster, whole: bytes) -> None:
    """To the last byte, and it is left as it was."""
    levels = [logging.getLogger(name).level for name in ("distributed", "distributed.client")]
    for chunk in (CHUNK, 700, None):
        tally = Tally()
        assert [*_played(two.address, tally, chunk=chunk)][-1] == RUNS
        assert _kept(tally) == whole
    assert [logging.getLogger(name).level for name in ("distributed", "distributed.client")] == levels


def test_a_cluster_goes_on(two: Cluster, whole: bytes) -> None:
    """With what was played elsewhere; and where nothing is left to do, it is not even asked."""
    tally = Replications(PLAN).tally(range(1777))
    assert [*_played(two.address, tally)][-1] == RUNS
    assert _kept(tally) == whole
    assert [*_played("tcp://127.0.0.1:1", tally)] == []


def test_one_plan_after_another(two: Cluster) -> None:
    """Workers forget the plan that they played before."""
    other = Plan(convoy(vehicles=1), 3, (600,))
    for plan in (other, PLAN, other):
        tally = Tally()
        assert [*played(plan, tally, Extent(60), chunk=20, dask=two.address)] == [20, 40, 60]
        assert tally == Replications(plan).tally(range(60))


class Moment:
    """When to stop: not before it has come."""

    def __init__(self) -> None:
        self.come = False

    def __call__(self) -> bool:
        return self.come

    def comes(self) -> None:
        self.come = True


@pytest.mark.parametrize("chunks", [0, 1, 4])
def test_who_stops_it_keeps_the_first_runs(chunks: int, two: Cluster) -> None:
    """They stand in a row from the first one on."""
    tally, now = Tally(), Moment()
    for done in played(PLAN, tally, Extent(RUNS), chunk=CHUNK, dask=two.address, stopped=now):
        assert done == tally.runs
        now.come = done > chunks * CHUNK
    assert tally == Replications(PLAN).tally(range((chunks + 1) * CHUNK))


def test_a_killed_worker_costs_no_results(whole: bytes) -> None:
    """One of two is killed while both play: every result is there, byte for byte that of one process."""
    with cluster(2) as found:
        tally = Tally()
        going = _played(found.address, tally)
        assert [next(going), next(going)] == [CHUNK, 2 * CHUNK]
        found.kill_at_work()
        assert [*going][-1] == RUNS
        assert len(found.known()) == 1
    assert _kept(tally) == whole


def test_a_worker_that_comes_later_goes_on(whole: bytes) -> None:
    """The only one is killed, and with it the plan: it is sent again to the next one."""
    with cluster(1) as found:
        tally = Tally()
        going = _played(found.address, tally)
        assert [next(going), next(going)] == [CHUNK, 2 * CHUNK]
        found.kill_at_work()
        found.add_worker()
        assert [*going][-1] == RUNS
    assert _kept(tally) == whole


def _refused(address: str) -> UsageError:
    """The error of a cluster that cannot play, before any run is played."""
    tally = Tally()
    with pytest.raises(UsageError) as refused:
        next(_played(address, tally))
    assert tally == Tally()
    return refused.value


def _failed(going: Iterator[int], tally: Tally) -> UsageError:
    """The error of a cluster that fails on the way; what it played until then is counted."""
    with pytest.raises(UsageError) as failed:
        list(going)
    assert tally.runs >= 2 * CHUNK
    assert tally == Replications(PLAN).tally(range(tally.runs))
    return failed.value


def test_somebody_else_at_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who listens there and is no scheduler is waited for no longer than for one."""
    monkeypatch.setattr(clusters, "CONNECT_SECONDS", 1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        begun = time.monotonic()
        assert _refused(address).message == f"there is no Dask scheduler at {address}"
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "foo://host:1", "host", "", "tcp://[::1", "host:port"])
def test_nobody_at_the_address(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "CONNECT_SECONDS", 1)
    error = _refused(address)
    assert error.message == f"there is no Dask scheduler at {address}"
    assert error.remedy == "Give the address that it printed as it started, such as tcp://10.0.0.5:8786."


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said how to install it."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    error = _refused("tcp://127.0.0.1:1")
    assert error.message == "--dask needs the library 'distributed', which is not here"
    assert error.remedy == "install it: pip install 'troop-ledger[dask]'"


def test_no_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "WORKERS_SECONDS", 0.3)
    with cluster(0) as found, pytest.raises(UsageError) as refused:
        list(_played(found.address, Tally()))
    assert refused.value.message == f"the cluster at {found.address} has no workers"


def test_who_stops_it_does_not_wait_for_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long that would take."""
    monkeypatch.setattr(clusters, "WORKERS_SECONDS", 3600)
    with cluster(0) as found:
        tally, now = Tally(), Moment()
        for done in played(PLAN, tally, Extent(RUNS), chunk=CHUNK, dask=found.address, stopped=now):
            assert done == CHUNK
            Timer(0.5, now.comes).start()
    assert tally.runs == CHUNK


def test_the_scheduler_is_lost() -> None:
    with cluster(1) as found:
        tally = Tally()
        going = _played(found.address, tally)
        assert [next(going), next(going)] == [CHUNK, 2 * CHUNK]
        found.scheduler.kill()
        error = _failed(going, tally)
    assert error.message == f"the connection to the cluster at {found.address} was lost"


def test_too_many_workers_are_killed() -> None:
    """By what they play, as it seems."""
    with cluster(2, deaths=0) as found:
        tally = Tally()
        going = _played(found.address, tally)
        assert [next(going), next(going)] == [CHUNK, 2 * CHUNK]
        found.kill_at_work()
        error = _failed(going, tally)
    assert error.message == "workers of the cluster ended, 1 in a row, while they had the same runs to play"


def test_a_scheduler_that_is_silent_for_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Frozen, say: it keeps the connection, and does not answer."""
    with cluster(1) as found:
        tally = Tally()
        going = _played(found.address, tally)
        assert [next(going), next(going)] == [CHUNK, 2 * CHUNK]
        found.scheduler.send_signal(signal.SIGSTOP)
        monkeypatch.setattr(clusters, "SILENCE_SECONDS", 1)
        error = _failed(going, tally)
    assert error.message == f"the cluster at {found.address} has not answered for 1 seconds"
    assert error.remedy == "What was played is kept in the log, if there is one. Once it answers, go on from there."


def test_a_scheduler_that_is_silent_for_a_while(whole: bytes) -> None:
    """It costs time and nothing else."""
    with cluster(2) as found:
        tally = Tally()
        going = _played(found.address, tally)
        assert [next(going), next(going)] == [CHUNK, 2 * CHUNK]
        found.scheduler.send_signal(signal.SIGSTOP)
        Timer(1, found.scheduler.send_signal, [signal.SIGCONT]).start()
        assert [*going][-1] == RUNS
    assert _kept(tally) == whole


def test_who_stops_it_does_not_wait_for_a_silent_scheduler(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long that would take."""
    monkeypatch.setattr(clusters, "SILENCE_SECONDS", 3600)
    with cluster(1) as found:
        tally, now = Tally(), Moment()
        going = played(PLAN, tally, Extent(RUNS), chunk=CHUNK, dask=found.address, stopped=now)
        assert [next(going), next(going)] == [CHUNK, 2 * CHUNK]
        found.scheduler.send_signal(signal.SIGSTOP)
        Timer(0.5, now.comes).start()
        list(going)
    assert tally == Replications(PLAN).tally(range(tally.runs))


def test_a_scheduler_that_is_silent_from_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "CONNECT_SECONDS", 1)
    with cluster(0) as found:
        found.scheduler.send_signal(signal.SIGSTOP)
        assert _refused(found.address).message == f"there is no Dask scheduler at {found.address}"


def test_a_worker_that_is_silent_from_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody knows its version."""
    monkeypatch.setattr(clusters, "SILENCE_SECONDS", 1)
    with cluster(2) as found:
        found.workers[0].send_signal(signal.SIGSTOP)
        error = _refused(found.address)
    assert error.message == f"the cluster at {found.address} has not answered for 1 seconds"


def test_a_worker_that_is_slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one plays on, but only so far: what it comes to is kept somewhere until the slow one is done."""
    monkeypatch.setattr(clusters, "SILENCE_SECONDS", 3600)
    plan, size, looks, go = Plan(convoy(), 11, (600,)), 2, list[int](), tmp_path / "go"
    done = most = 0
    given, runs = list[range](), 1000

    def chunks() -> Iterator[range]:
        for first in range(0, runs, size):
            given.append(range(first, first + size))
            yield given[-1]

    def stopped() -> bool:
        looks.append(len(given))
        full = len(given) == runs // size or len(given) - done >= 2 * clusters.AHEAD
        if full and looks[-20:] == [looks[-1]] * 20:
            go.touch()
        return False

    with cluster(1) as found, closing(clusters.Cluster(found.address, stopped)) as joined:
        found.add_worker(_but(WORKER, SLOW.format(go=str(go))))
        tally = Tally()
        for done, more in enumerate(joined.tallies(plan, chunks()), 1):
            most = max(most, len(given) - done)
            tally.merge(more)
    assert tally == Replications(plan).tally(range(runs))
    assert 2 * clusters.AT_WORK < most <= 2 * clusters.AHEAD


INTERRUPTED = """
import sim.ensemble.cluster
sim.ensemble.cluster.CONNECT_SECONDS = 3600
from sim.__main__ import start
start()
"""


def test_ctrl_c_while_nobody_answers() -> None:
    """It ends as it always does, however long an answer would be waited for."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(60)
        words = ("ensemble", "scenarios/berlin-1949.yaml", "--dask", f"tcp://127.0.0.1:{silent.getsockname()[1]}")
        running = subprocess.Popen(
            [sys.executable, "-c", INTERRUPTED, *words, "--no-log"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        with silent.accept()[0]:
            running.send_signal(signal.SIGINT)
            said = running.communicate(timeout=60)
    assert (running.returncode, *said) == (130, b"", b"interrupted\n")


OTHER = """
{change}
from {module} import main
main()
"""
OLD_DASK = """
import distributed.versions
found = distributed.versions._version_cached
distributed.versions._version_cached = lambda name: "2020.1.0" if name == "dask" else found(name)
"""
NO_PROGRAM = "import sys; sys.modules['sim'] = None"
OTHER_PROGRAM = "import sim.version; sim.version.__version__ = '0.0.1'"
FAILING = """
import sim.ensemble.parcel
def play(*_):
    raise {error}("of its own")
sim.ensemble.parcel.play = play
"""

SLOW = """
import time
from pathlib import Path
import sim.ensemble.parcel
at_once = sim.ensemble.parcel.play
def play(*given):
    while not Path({go!r}).exists():
        time.sleep(0.01)
    return at_once(*given)
sim.ensemble.parcel.play = play
"""


def _but(module: tuple[str, str], change: str) -> tuple[str, str]:
    """A scheduler or worker of which something is changed before it starts."""
    return "-c", OTHER.format(change=change, module=module[1])


@pytest.mark.parametrize(
    ("change", "said"),
    [(OLD_DASK, "dask 2020.1.0"), (NO_PROGRAM, "no troop-ledger"), (OTHER_PROGRAM, "troop-ledger 0.0.1")],
)
def test_a_scheduler_of_another_version(change: str, said: str) -> None:
    with cluster(0, _but(SCHEDULER, change)) as found:
        error = _refused(found.address)
    assert error.message.startswith(f"the cluster at {found.address} has {said} on its scheduler, and here it is ")
    assert error.remedy == "Install the same versions on all machines."


def test_a_worker_without_the_program() -> None:
    """It would not survive what we send it, so it is sent nothing."""
    with cluster(1) as found:
        found.add_worker(_but(WORKER, NO_PROGRAM))
        error = _refused(found.address)
        assert len(found.known()) == 2
    assert error.message.startswith(f"the cluster at {found.address} has no troop-ledger on its worker at tcp://")


def test_a_worker_of_another_version_that_comes_later() -> None:
    """It plays nothing: it may come to something else."""
    with cluster(1) as found:
        tally = Tally()
        going = _played(found.address, tally)
        assert [next(going), next(going)] == [CHUNK, 2 * CHUNK]
        found.add_worker(_but(WORKER, OTHER_PROGRAM))
        error = _failed(going, tally)
    assert error.message == (
        f"a worker of the cluster at {found.address} has troop-ledger 0.0.1, and here it is {__version__}"
    )


@pytest.mark.parametrize("error", ["TimeoutError", "ConnectionResetError", "MemoryError"])
def test_a_worker_that_fails(error: str) -> None:
    """By what is its own trouble, and neither our waiting nor the connection."""
    with cluster(0) as found:
        found.add_worker(_but(WORKER, FAILING.format(error=error)))
        with pytest.raises(UsageError) as failed:
            list(_played(found.address, Tally()))
    assert failed.value.message == f"a worker of the cluster at {found.address} failed: {error}: of its own"


def test_a_fault_of_ours_on_a_worker() -> None:
    """It is told as one here would be."""
    with cluster(0) as found, pytest.raises(ZeroDivisionError, match="of its own"):
        found.add_worker(_but(WORKER, FAILING.format(error="ZeroDivisionError")))
        list(_played(found.address, Tally()))


def test_versions() -> None:
    """The first that is another on a machine is told."""
    ours = {"Python": "3.11", "dask": "1", "troop-ledger": "1"}
    assert mismatch(ours, {}) is None
    assert mismatch(ours, {"a": ours, "b": ours}) is None
    assert mismatch(ours, {"a": ours, "b": ours | {"Python": "3.12", "dask": "2"}}) == (
        "Python 3.12 on b, and here it is 3.11"
    )
    assert mismatch(ours, {"a": ours | {"troop-ledger": None}}) == "no troop-ledger on a, and here it is 1"


def test_a_plan_is_packed_the_same_way_always() -> None:
    """Workers know by its digest whether they have it."""
    assert packed(PLAN) == packed(PLAN)
    assert packed(PLAN).digest != packed(Plan(PLAN.scenario, 12, PLAN.times)).digest
