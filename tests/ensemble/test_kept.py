"""Kept tallies: what is written is read back, from any store, and nothing else is."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from sim.ensemble import kept
from sim.ensemble.kept import Keeper, TallyError, kept_ensembles
from sim.ensemble.plan import Plan
from sim.ensemble.replication import Replications
from sim.ensemble.tally import Tally
from sim.errors import UsageError
from sim.eventlog import open_log, open_tallies
from sim.eventlog.tallies import CREATE_TABLE, TABLE
from tests.ensemble.invented import END, convoy
from tests.eventlog.example import EXAMPLE

PLAN = Plan(convoy(), 5, (600, END), convoy(vehicles=3))
REPLICATIONS = Replications(PLAN)
TALLY = REPLICATIONS.tally(range(12))
ROOT = Path(__file__).parents[2]
STORES = ("sqlite", "jsonl", "postgresql")


@pytest.fixture(params=STORES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a log that is not there yet, in each store."""
    if request.param == "postgresql":
        fresh: str = request.getfixturevalue("postgres_url")
        return fresh
    return str(tmp_path / f"runs.{request.param}")


def test_what_is_kept_is_read_back(url: str) -> None:
    """By whoever opens the log later."""
    Keeper(url, PLAN).keep(TALLY)
    assert Keeper(url, PLAN).tally() == TALLY


def test_the_empty_tally(url: str) -> None:
    """It is what is read where there is none, not even a log, and can be kept itself."""
    assert Keeper(url, PLAN).tally() == Tally()
    Keeper(url, PLAN).keep(Tally())
    assert Keeper(url, PLAN).tally() == Tally()


def test_the_most_runs_are_kept(url: str) -> None:
    """Whoever comes with fewer, as one that began at the same time may, takes nothing away."""
    for runs, most in ((3, 3), (12, 12), (7, 12), (13, 13)):
        assert Keeper(url, PLAN).keep(REPLICATIONS.tally(range(runs))) == most
        assert Keeper(url, PLAN).tally() == REPLICATIONS.tally(range(most))


OTHERS = {
    "scenario": evolve(PLAN, scenario=convoy(vehicles=1)),
    "not compared": evolve(PLAN, against=None),
    "compared": evolve(PLAN, against=convoy(vehicles=1)),
    "seed": evolve(PLAN, seed=6),
    "times": evolve(PLAN, times=(600,)),
}


def test_ensembles_lie_side_by_side(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is found under what it was asked by, and under nothing else."""
    keepers = [Keeper(url, PLAN), Keeper(url, PLAN, 60), *(Keeper(url, other) for other in OTHERS.values())]
    for count, keeper in enumerate(keepers):
        assert keeper.tally() == Tally()
        keeper.keep(Tally(count + 1))
    assert [keeper.tally().runs for keeper in keepers] == [1, 2, 3, 4, 5, 6, 7]
    for rules in ("RULES", "OUTCOMES", "FORMAT"):
        with monkeypatch.context() as other:
            other.setattr(kept, rules, 0)
            assert Keeper(url, PLAN).tally() == Tally()


def test_runs_and_ensembles_do_not_mind_each_other(url: str) -> None:
    """A log of runs keeps ensembles too, also one that an older version made; neither changes the other."""
    log = open_log(url)
    written = log.record(EXAMPLE)
    Keeper(url, PLAN).keep(TALLY)
    assert [info.head for info in log.runs()] == [written.head]
    assert log.verify().head == written.head
    assert open_log(url).record(EXAMPLE).head == written.head
    assert Keeper(url, PLAN).tally() == TALLY


def test_a_log_may_be_of_ensembles_alone(tmp_path: Path) -> None:
    """It holds no runs then."""
    path = tmp_path / "runs.sqlite"
    Keeper(path, PLAN).keep(TALLY)
    assert open_log(path).runs() == []


def test_in_memory() -> None:
    """Each is a log of its own."""
    keeper = Keeper("memory:", PLAN)
    assert keeper.tally() == Tally()
    keeper.keep(TALLY)
    keeper.keep(REPLICATIONS.tally(range(3)))
    assert (keeper.tally(), Keeper("memory:", PLAN).tally()) == (TALLY, Tally())


def test_an_address_is_that_of_a_log() -> None:
    with pytest.raises(UsageError) as refused:
        Keeper("runs.txt", PLAN)
    assert refused.value.message == "'runs.txt' is not the address of a log"


KILLED = """
import sys
from tests.ensemble.test_kept import PLAN, REPLICATIONS
from sim.ensemble.kept import Keeper
keeper = Keeper(sys.argv[1], PLAN)
for runs in range(1, 10_000):
    keeper.keep(REPLICATIONS.tally(range(runs)))
    print(runs, flush=True)
"""


@pytest.mark.parametrize("after", [1, 5])
def test_who_is_killed_keeps_what_was_kept(url: str, after: int) -> None:
    """Whole: that of the last runs of which it was said that they are kept, or of some more."""
    command = [sys.executable, "-c", KILLED, url]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as keeping:
        assert keeping.stdout is not None
        told = [int(keeping.stdout.readline()) for _ in range(after)]
        keeping.send_signal(signal.SIGKILL)
        told += map(int, keeping.stdout.read().split())
    found = Keeper(url, PLAN).tally()
    assert found.runs >= told[-1]
    assert found == REPLICATIONS.tally(range(found.runs))


def always(_: bytes) -> bool:
    """Whatever is kept gives way."""
    return True


def _changed(change: Callable[[Any], object]) -> bytes:
    """A kept tally with something changed, and a digest that fits."""
    keeper = Keeper("memory:", PLAN)
    keeper.keep(TALLY)
    form = json.loads((keeper._store.find(keeper.ensemble) or b"").partition(b"\n")[2])
    change(form)
    return _sealed(json.dumps(form).encode())


def _sealed(form: bytes) -> bytes:
    return sha256(form).hexdigest().encode() + b"\n" + form


BAD = {
    "empty": b"",
    "another digest": _sealed(b"{}").replace(b"{}", b"{ }"),
    "no JSON": _sealed(b"{"),
    "deep": _sealed(b"[" * 100_000),
    "a list": _sealed(b"[]"),
    "another form": _sealed(b"{}"),
    "a later form": _changed(lambda form: form.update(tally=3)),
    "another ensemble": _changed(lambda form: form.update(seed=6)),
    "no runs": _changed(lambda form: form.pop("runs")),
    "runs in words": _changed(lambda form: form.update(runs="12")),
    "fewer than none": _changed(lambda form: form.update(runs=-1)),
    "no counts": _changed(lambda form: form.pop("counts")),
    "fewer runs than answers": _changed(lambda form: form.update(runs=11)),
    "more runs than answers": _changed(lambda form: form.update(runs=13)),
    "an unknown question": _changed(lambda form: form["counts"]["first"].append(["luck", "go", [[1, 12]]])),
    "a question too long": _changed(lambda form: form["counts"]["first"].append(["closure", "a", "b", [[1, 12]]])),
    "a readiness there is not": _changed(
        lambda form: form["counts"]["first"].append(["held", 600, "US", "troops", "pl", "asleep", [[1, 12]]])
    ),
    "an answer that is no number": _changed(lambda form: form["counts"]["first"].append(["closure", "a", [["x", 12]]])),
    "an answer of no run": _changed(lambda form: form["counts"]["first"].append(["shift", "a", [[1, 0]]])),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_damaged_is_said_to_be(name: str, tmp_path: Path) -> None:
    """With one message, whatever is wrong with it."""
    path = tmp_path / "runs.jsonl"
    keeper = Keeper(path, PLAN)
    open_tallies(path).keep(keeper.ensemble, BAD[name], always)
    with pytest.raises(TallyError) as found:
        keeper.tally()
    assert found.value.message == (
        f"{path}: the log is damaged: what it keeps of the ensemble {keeper.ensemble} is not what was written"
    )
    (listed,) = kept_ensembles(path)
    assert (str(listed.problem), listed.ensemble, listed.runs) == (str(found.value), keeper.ensemble, None)


@pytest.mark.parametrize("name", ["empty", "another digest", "another ensemble", "no runs"])
def test_what_is_damaged_gives_way(name: str, url: str) -> None:
    """To any tally that is whole, also of fewer runs."""
    keeper = Keeper(url, PLAN)
    open_tallies(url).keep(keeper.ensemble, BAD[name], always)
    assert keeper.keep(REPLICATIONS.tally(range(3))) == 3
    assert keeper.tally() == REPLICATIONS.tally(range(3))


def test_what_other_rules_kept_is_listed(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else its head says; nobody goes on with it."""
    with monkeypatch.context() as other:
        other.setattr(kept, "FORMAT", 1)
        other.setattr(kept, "OUTCOMES", 0)
        Keeper(url, PLAN).keep(TALLY)
    Keeper(url, PLAN).keep(REPLICATIONS.tally(range(3)))
    assert sorted((each.runs, each.seed, each.problem) for each in kept_ensembles(url)) == [(3, 5, None), (12, 5, None)]


@pytest.fixture
def unwritable(tmp_path: Path) -> Iterator[Path]:
    """The path of a JSONL log beside which a file stands where the folder of tallies would."""
    (tmp_path / "runs.tallies").write_text("")
    yield tmp_path / "runs.jsonl"
    assert [each.name for each in tmp_path.iterdir()] == ["runs.tallies"]


def test_what_cannot_be_written(unwritable: Path) -> None:
    with pytest.raises(UsageError) as refused:
        open_tallies(unwritable).keep("e", b"", always)
    assert refused.value.message == f"the log {unwritable} cannot be written: Not a directory"


def test_what_cannot_be_read(unwritable: Path) -> None:
    with pytest.raises(UsageError) as refused:
        open_tallies(unwritable).find("e")
    assert refused.value.message == f"the log {unwritable} cannot be read: Not a directory"


def test_the_table_of_tallies_comes_to_logs_that_have_none(tmp_path: Path) -> None:
    """It is no part of a log's form: what a log needs is there without it."""
    path = tmp_path / "runs.sqlite"
    open_log(path).record(EXAMPLE)
    before = tmp_path / "before.sqlite"
    shutil.copy(path, before)
    Keeper(path, PLAN).keep(TALLY)
    assert TABLE.encode() not in before.read_bytes()
    assert TABLE.encode() in path.read_bytes()
    assert TABLE in CREATE_TABLE
    assert sorted(os.listdir(tmp_path)) == ["before.sqlite", "runs.sqlite"]
