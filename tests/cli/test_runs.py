"""Where `run` keeps its log, and `runs`, which lists what is kept."""

import json
from pathlib import Path

import pytest

from sim.version import __version__
from tests.cli.conftest import ROOT, Sim

FEB2022, FAILED = str(ROOT / "scenarios" / "feb2022.yaml"), str(ROOT / "scenarios" / "failed-total.yaml")
DEFAULT = ".sim/runs.sqlite"


@pytest.fixture
def at_home(sim: Sim, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sim:
    """Run a command in an empty folder, where nothing says where runs are kept."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SIM_LOG")
    return sim


def words_of(said: str) -> tuple[str, str]:
    """The id and the head of the run that a message about a log names."""
    before, head = said.strip().split(", head ")
    return before.split("run ")[-1], head


def test_a_run_is_kept_unasked(at_home: Sim, tmp_path: Path) -> None:
    """In a folder of its own that no repository takes in; the next time it is verified, and nothing is added."""
    first = at_home("run", FEB2022)
    assert (first.status, first.err.startswith(f"log {DEFAULT}: written, ")) == (0, True)
    assert (tmp_path / ".sim" / ".gitignore").read_text() == "*\n"
    again = at_home("run", FEB2022)
    assert (again.out, again.err) == (first.out, first.err.replace("written", "verified"))
    assert sorted(path.name for path in (tmp_path / ".sim").iterdir()) == [".gitignore", "runs.sqlite"]


def test_what_is_kept_is_listed(at_home: Sim) -> None:
    """As they were begun, with what identifies them; hashes are cut in a table, and whole in JSON and CSV."""
    (run, head), (other, tail) = (words_of(at_home("run", scenario).err) for scenario in (FEB2022, FAILED))
    table = at_home("runs", columns=110)
    assert (table.status, table.err) == (0, "")
    assert table.out.splitlines() == [
        f"run               scenario{'':35}seed  events  finished  head              program",
        f"{run}  US force posture in Europe, February 2022     0     112  yes       {head[:16]}  {__version__}",
        f"{other}  Exercise Tin Lantern (invented)               0      31  yes       {tail[:16]}  {__version__}",
    ]
    form = json.loads(at_home("runs", "--format", "json").out)
    assert form == {
        "log": {"url": DEFAULT, "runs": 2, "events": 143},
        "runs": [
            {
                "run": id,
                "scenario": title,
                "seed": 0,
                "events": events,
                "finished": True,
                "head": end,
                "program": "0.1.0",
            }
            for id, title, events, end in (
                (run, "US force posture in Europe, February 2022", 112, head),
                (other, "Exercise Tin Lantern (invented)", 31, tail),
            )
        ],
        "ensembles": [],
    }
    assert at_home("runs", "--format", "csv").out.splitlines()[0] == "run,scenario,seed,events,finished,head,program"
    assert at_home("runs", "--format", "csv").out.splitlines()[2].endswith(f",0,31,true,{tail},0.1.0")
    assert at_home("runs", "--format", "markdown").out.startswith("| run")


AIRLIFT, TWICE = (str(ROOT / "tests" / "golden" / name) for name in ("airlift.yaml", "airlift-twice.yaml"))


@pytest.mark.parametrize("log", ["a.sqlite", "a.jsonl"])
def test_ensembles_are_listed(log: str, at_home: Sim, tmp_path: Path) -> None:
    """Apart from the runs, also where there are none; each with whether it is what was written."""
    titles = "An airlift that nobody has timed (invented)", "The same with twice the aircraft (invented)"
    asked = ("ensemble", AIRLIFT, "--runs", 5, "--log", log)
    one, two = (
        at_home(*asked, *more).err.partition("ensemble ")[2][:16] for more in ((), ("--seed", 3, "--against", TWICE))
    )
    rows = [
        {"ensemble": one, "scenario": titles[0], "against": None, "seed": 0, "runs": 5, "kept": True},
        {"ensemble": two, "scenario": titles[0], "against": titles[1], "seed": 3, "runs": 5, "kept": True},
    ]
    form = json.loads(at_home("runs", log, "--format", "json").out)
    assert form == {"log": {"url": log, "runs": 0, "events": 0}, "runs": [], "ensembles": rows}
    listed = at_home("runs", log, columns=160)
    assert (listed.status, listed.err) == (0, f"{log} holds no runs of `run`\n")
    assert [line.split() for line in listed.out.splitlines()] == [
        ["ensemble", "scenario", "against", "seed", "runs", "kept"],
        [one, *titles[0].split(), ".", "0", "5", "yes"],
        [two, *titles[0].split(), *titles[1].split(), "3", "5", "yes"],
    ]
    csv = at_home("runs", log, "--format", "csv", "--table", "ensembles").out
    assert csv.splitlines() == [
        "ensemble,scenario,against,seed,runs,kept",
        f"{one},{titles[0]},,0,5,true",
        f"{two},{titles[0]},{titles[1]},3,5,true",
    ]
    at_home("run", FAILED, "--log", log)
    with_run = at_home("runs", log, columns=160)
    assert (with_run.err, with_run.out.partition("\n\n")[2]) == ("", listed.out)
    assert len(at_home("runs", log, "--format", "csv").out.splitlines()) == 2


def test_the_table_of_runs_is_for_csv(at_home: Sim) -> None:
    assert at_home("runs", "--table", "ensembles").err == (
        "--table goes with --format csv only\n  All other formats hold both tables.\n"
    )


def test_an_unfinished_run_is_listed(at_home: Sim, tmp_path: Path) -> None:
    """With as much as there is of it; where not even the first record is whole, with what there is of its id."""
    at_home("run", FEB2022, "--log", "a.jsonl")
    whole = (tmp_path / "a.jsonl").read_bytes()
    for length, events, finished in ((len(whole), "112", "yes"), (len(whole) - 1, "111", "no"), (20, "0", "no")):
        (tmp_path / "a.jsonl").write_bytes(whole[:length])
        listed = at_home("runs", "a.jsonl", columns=200)
        assert listed.status == 0
        assert listed.out.splitlines()[1].split()[-4:-2] == [events, finished]


@pytest.mark.parametrize("address", ["b.sqlite", "b.jsonl"])
def test_the_environment_says_where(
    address: str, at_home: Sim, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For `run` and for `runs`; an option wins over it."""
    monkeypatch.setenv("SIM_LOG", address)
    assert at_home("run", FAILED).err.startswith(f"log {address}: written, ")
    assert len(at_home("runs").out.splitlines()) == 2
    assert at_home("run", FAILED, "--log", "c.sqlite").err.startswith("log c.sqlite: written, ")
    assert at_home("run", FAILED, "--no-log").err == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([address, "c.sqlite"])


def test_nothing_is_kept_where_nothing_is_to_be(at_home: Sim, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the option, and by the environment."""
    assert at_home("run", FEB2022, "--no-log").err == ""
    monkeypatch.setenv("SIM_LOG", "none")
    assert at_home("run", FEB2022).err == ""
    assert [*tmp_path.iterdir()] == []


def test_runs_before_any(at_home: Sim) -> None:
    """An empty list is no error."""
    done = at_home("runs")
    assert (done.status, done.out, done.err) == (0, "", f"{DEFAULT} holds no runs yet\n")
    log = {"url": DEFAULT, "runs": 0, "events": 0}
    assert json.loads(at_home("runs", "--format", "json").out) == {"log": log, "runs": [], "ensembles": []}


def test_a_default_that_cannot_be_written(at_home: Sim, tmp_path: Path) -> None:
    """One warning, and the whole answer; JSON has the hash of what was not kept."""
    (tmp_path / ".sim").write_text("in the way")
    done, plain = at_home("run", FEB2022), at_home("run", FEB2022, "--no-log")
    assert (done.status, done.out) == (0, plain.out)
    assert done.err.startswith(f"warning: the run is not kept: the log {DEFAULT} cannot be ")
    log = json.loads(at_home("run", FEB2022, "--format", "json").out)["log"]
    assert (log["url"], len(log["head"])) == (None, 64)


def test_a_default_that_holds_something_else(at_home: Sim, tmp_path: Path) -> None:
    """The answer is printed, and the status says that what is stored does not verify; nothing of it is changed."""
    at_home("run", FEB2022)
    path = tmp_path / DEFAULT
    damaged = path.read_bytes().replace(b'"strength":1700', b'"strength":1701')
    path.write_bytes(damaged)
    done, plain = at_home("run", FEB2022), at_home("run", FEB2022, "--no-log")
    assert (done.status, done.out) == (3, plain.out)
    assert done.err.startswith(f"warning: the run is not kept: {DEFAULT}: ")
    assert "the log has another record here than this run gives" in done.err
    assert b'"strength":1701' in path.read_bytes()


def test_a_log_that_was_asked_for_has_to_work(at_home: Sim, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By option or by environment: nothing is printed that nobody could check."""
    (tmp_path / "d.sqlite").mkdir()
    asked = at_home("run", FEB2022, "--log", "d.sqlite")
    monkeypatch.setenv("SIM_LOG", "d.sqlite")
    named = at_home("run", FEB2022)
    assert (asked.status, asked.out) == (named.status, named.out) == (2, "")
    assert asked.err == named.err
    assert asked.err.startswith("the log d.sqlite cannot be ")
