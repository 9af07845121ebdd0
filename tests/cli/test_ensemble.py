"""`ensemble`: many runs of a scenario, and what they came to."""

import csv
import io
import json
import os
import pty
import re
import select
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import polars
import pytest

from sim.cli.progress import Progress, interruption
from sim.cli.status import INTERRUPTED
from sim.ensemble.ensemble import played
from sim.ensemble.kept import Keeper
from sim.ensemble.plan import Plan
from sim.loader import load
from tests.cli.conftest import ROOT, Done, Sim
from tests.ensemble.cluster import cluster
from tests.report.test_laws import columns as columns_of

GOLDEN = ROOT / "tests" / "golden"
AIRLIFT, TWICE = "tests/golden/airlift.yaml", "tests/golden/airlift-twice.yaml"
FAILED_TOTAL, FEB2022 = "scenarios/failed-total.yaml", "scenarios/feb2022.yaml"
TABLES = ("closure", "by", "claims", "waits", "posture", "shifts", "agreed")

Compare = Callable[[Path, str], None]

ASKED = {
    "airlift": (AIRLIFT, "--runs", 200),
    "airlift-against": (AIRLIFT, "--runs", 200, "--against", TWICE, "--seed", 4),
    "few": (AIRLIFT, "--runs", 5),
    "certain": (FAILED_TOTAL,),
}


@pytest.mark.parametrize("columns", [100, 60])
@pytest.mark.parametrize("name", ASKED)
def test_the_page(name: str, columns: int, sim: Sim, golden: Compare) -> None:
    """On terminals of two widths: it fits, with a table where there is room and sentences where there is not."""
    done = sim("ensemble", *ASKED[name], columns=columns)
    golden(GOLDEN / f"ensemble-{name}-{columns}.txt", done.out)
    assert (done.status, done.err) == (0, "")
    assert [line for line in done.out.splitlines() if columns_of(line) > columns] == []


@pytest.mark.parametrize(("form", "suffix"), [("markdown", "md"), ("json", "json")])
def test_the_other_forms(form: str, suffix: str, sim: Sim, golden: Compare) -> None:
    done = sim("ensemble", *ASKED["airlift-against"], "--format", form)
    golden(GOLDEN / f"ensemble-airlift-against.{suffix}", done.out)
    assert (done.status, done.err) == (0, "")


@pytest.mark.parametrize("table", TABLES)
def test_the_tables(table: str, sim: Sim, golden: Compare) -> None:
    """As CSV, each by itself."""
    done = sim("ensemble", *ASKED["airlift-against"], "--format", "csv", "--table", table)
    golden(GOLDEN / f"ensemble-{table}.csv", done.out)
    assert (done.status, done.err) == (0, "")
    assert len({len(row) for row in csv.reader(io.StringIO(done.out))}) == 1


def test_parquet_is_written_whole_or_not_at_all(sim: Sim, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it goes wrong, what was there stays; and a file that cannot be written is known before the work."""
    path = tmp_path / "table.parquet"
    path.write_bytes(b"before")
    asked = ("ensemble", *ASKED["few"], "--format", "parquet", "-o")

    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    with monkeypatch.context() as disk:
        disk.setattr("os.fsync", full)
        assert sim(*asked, path) == Done(2, "", f"{path}: No space left on device\n")
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("table.parquet", b"before")]
    with monkeypatch.context() as unplayed:
        unplayed.setattr("sim.ensemble.course.played", None)
        assert sim(*asked, tmp_path) == Done(2, "", f"{tmp_path}: Is a directory\n")
        nowhere = tmp_path / "nowhere" / "table.parquet"
        assert sim(*asked, nowhere) == Done(2, "", f"{nowhere}: No such file or directory\n")
    assert sim(*asked, path).status == 0
    assert [each.name for each in tmp_path.iterdir()] == ["table.parquet"]
    assert len(polars.read_parquet(path)) == 2


def test_csv_is_of_closures(sim: Sim) -> None:
    """Where no table is named."""
    asked = ("ensemble", *ASKED["few"], "--format", "csv")
    assert sim(*asked).out == sim(*asked, "--table", "closure").out


def test_parquet(sim: Sim, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To a file: one table, closures where none is named. What it takes is known before the work."""
    path = tmp_path / "table.parquet"
    asked = ("ensemble", *ASKED["airlift"], "--format", "parquet", "-o", path)
    for table in ((), ("--table", "posture")):
        assert sim(*asked, *table) == Done(0, "", "")
        told = csv.DictReader(io.StringIO(sim("ensemble", *ASKED["airlift"], "--format", "csv", *table).out))
        assert polars.read_parquet(path)["q50_low"].len() == len([*told])
    assert "q50_low" in polars.read_parquet(path).columns
    full = sim(*asked[:-1], "/dev/full")
    assert (full.status, full.err) == (2, "cannot write the output: No space left on device\n")
    done = sim(*asked[:-1], tmp_path / "nowhere" / "table.parquet")
    assert (done.status, done.err) == (2, f"{tmp_path}/nowhere/table.parquet: No such file or directory\n")
    monkeypatch.setitem(sys.modules, "polars", None)
    monkeypatch.setattr("sim.ensemble.course.played", None)
    assert sim(*asked) == Done(
        2, "", "this needs the library 'polars', which is not installed here\n  pip install polars\n"
    )


@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown"])
def test_workers_change_nothing(form: str, sim: Sim) -> None:
    """Not a byte, in any form."""
    asked = ("ensemble", *ASKED["airlift"], "--format", form)
    one, two = sim(*asked, "--workers", 1), sim(*asked, "--workers", 2)
    assert one == two


def test_another_seed_changes_the_draws(sim: Sim) -> None:
    asked = ("ensemble", *ASKED["airlift"], "--format", "csv")
    assert sim(*asked).out != sim(*asked, "--seed", 1).out


def _told(sim: Sim, *words: object) -> Any:
    return json.loads(sim("ensemble", *words, "--format", "json").out)


def test_the_page_says_what_json_does(sim: Sim) -> None:
    """The chance that an order has closed by a time is the count of its runs."""
    told = _told(sim, *ASKED["airlift"])
    (by_air,) = (each for each in told["closure"] if each["order"] == "by-air")
    assert by_air["by"][-1]["runs"] == by_air["runs_closed"]
    page = sim("ensemble", *ASKED["airlift"]).out
    (row,) = re.findall(r"(?m)^by-air to Rzeszów +(\d+ % .*)$", page.partition("closed by then")[2])
    chances = [round(100 * each["chance"]) for each in by_air["by"]]
    assert [int(share) for share in re.findall(r"(\d+) %", row)] == chances


def test_the_other_side_is_its_own_ensemble(sim: Sim) -> None:
    """Compared or alone, a scenario comes to the same under the same seed."""
    pairs = _told(sim, *ASKED["airlift-against"])["pairs"]
    alone = _told(sim, TWICE, "--runs", 200, "--seed", 4)
    assert pairs["other"] == {key: alone[key] for key in pairs["other"]}


def test_other_times(sim: Sim) -> None:
    told = _told(sim, AIRLIFT, "--runs", 3, "--at", "2022-02-04", "--at", "D+2")
    assert {row["at"] for row in told["posture"]} == {"2022-02-02T23:00:00Z", "2022-02-04T22:59:00Z"}


def test_a_log_carries_its_scenario(sim: Sim, tmp_path: Path) -> None:
    """It is played out anew."""
    log = tmp_path / "run.jsonl"
    sim("run", AIRLIFT, "--log", log)
    assert sim("ensemble", log, "--runs", 20).out == sim("ensemble", AIRLIFT, "--runs", 20).out


def test_certain_runs_are_played_once(sim: Sim) -> None:
    """And it is said why."""
    told = _told(sim, FEB2022, "--runs", 50)["ensemble"]
    assert (told["runs"], told["asked"], told["left_to_chance"]) == (1, 1, False)
    assert "no order goes by lift" in sim("ensemble", FEB2022).out


def _changed(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    """The airlift with some words changed."""
    text = (ROOT / AIRLIFT).read_text()
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    path = tmp_path / "changed.yaml"
    path.write_text(text)
    return path


def test_until_the_medians_are_known(sim: Sim, tmp_path: Path) -> None:
    """It says whether they are; runs that are not needed are not played."""
    longer = _changed(tmp_path, ("end: 2022-02-10", "end: 2022-02-20"))
    asked = ("ensemble", longer, "--runs", 300, "--until-width")
    assert "\n100 runs, seed 0." in (known := sim(*asked, "10d").out)
    assert "Every median closure is known to 10 days: no more runs were needed\n" in known
    assert "\nAfter all 300 runs, not every median closure is known to 1 min" in sim(*asked, "1m").out
    known = sim(*asked[:3], 100, *asked[4:], "10d").out
    assert "Every median closure is known to 10 days\n" in known
    never = sim(*asked[:3], 1, *asked[4:], "10d").out
    assert "\nAfter the only run, not every median closure is known to 10 days" in never


def test_a_median_beyond_the_end_is_not_known(sim: Sim, tmp_path: Path) -> None:
    """However many runs: it goes on to the last of them, and says so."""
    changes = ("vehicles: {uniform: [3, 6]}", "vehicles: 0"), ("end: 2022-02-10", "end: 2022-02-20")
    never = _changed(tmp_path, *changes)
    done = sim("ensemble", never, "--runs", 200, "--until-width", "10d", columns=160)
    assert "\n200 runs, seed 0." in done.out
    assert (
        "After all 200 runs, not every median closure is known to 10 days, and that of by-air may lie beyond the end\n"
    ) in done.out


def test_one_run_is_not_every_run(sim: Sim) -> None:
    """What is so in all runs has its interval, which says how little one tells; but not where all are the same."""
    assert "The same in the only run (20-100 %): " in sim("ensemble", AIRLIFT, "--runs", 1).out
    assert "in every run" not in sim("ensemble", AIRLIFT, "--runs", 40).out
    assert "Holds in all 40 runs (91-100 %): engineers-stay.\n" in sim("ensemble", AIRLIFT, "--runs", 40).out
    assert "in every run: " in sim("ensemble", FAILED_TOTAL).out


def test_what_is_cancelled_is_not_late(sim: Sim, tmp_path: Path) -> None:
    """It is told apart from what only closes later, on the page and in the other forms."""
    stop = "orders:\n  stop: {at: 2022-02-02T20:00, action: cancel, cancels: by-air, because: invented}\n"
    asked = ("ensemble", _changed(tmp_path, ("orders:\n", stop)), "--runs", 100)
    (by_air, by_road) = _told(sim, *asked[1:])["closure"]
    assert 0 < by_air["runs_dropped"] < 100
    assert by_air["runs_closed"] + by_air["runs_dropped"] <= 100
    assert by_road["runs_dropped"] == 0
    page = sim(*asked).out
    assert f"Cancelled, or refused by a unit, and so never closed: by-air in {by_air['runs_dropped']} % (" in page
    assert "'later' not by the end, or never)" in " ".join(page.split())
    table = csv.DictReader(io.StringIO(sim(*asked, "--format", "csv").out))
    assert [row["runs_dropped"] for row in table] == [str(by_air["runs_dropped"]), "0"]


def test_to_go_on_is_to_have_played_all(sim: Sim, tmp_path: Path) -> None:
    """What a log keeps is gone on with; once all runs are done, the log answers alone, and it is said."""
    log = tmp_path / "runs.sqlite"
    whole = sim("ensemble", AIRLIFT, "--runs", 60)

    def asked(runs: int, *words: object) -> tuple[str, str]:
        done = sim("ensemble", AIRLIFT, "--runs", runs, "--log", log, *words)
        assert done.status == 0
        (told,) = re.findall(rf"^log {log}: ensemble [0-9a-f]{{16}}, (.*)\n$", done.err)
        return done.out, told

    first = asked(25)
    assert first[1] == "25 runs"
    assert asked(60, "--resume") == (whole.out, "60 runs, 25 were there")
    assert asked(60) == asked(60, "--resume") == (whole.out, "60 runs, all were there")
    assert asked(25) == (first[0], "60 runs, 60 were there")


def test_nothing_is_played_that_is_kept(sim: Sim, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same question again is answered from the log, whatever it is asked for: a page, a table, JSON."""
    asked = ("ensemble", AIRLIFT, "--runs", 30, "--against", TWICE, "--log", tmp_path / "runs.jsonl", "--format")
    before = {form: sim(*asked, form).out for form in ("table", "json", "csv", "markdown")}
    monkeypatch.setattr("sim.ensemble.course.played", None)
    assert {form: sim(*asked, form).out for form in before} == before


def test_a_width_is_an_ensemble_of_its_own(sim: Sim, tmp_path: Path) -> None:
    """It stops where it would have stopped, however many runs are kept of the same scenario."""
    log = ("--log", tmp_path / "runs.sqlite")
    sim("ensemble", AIRLIFT, "--runs", 300, *log)
    asked = ("ensemble", AIRLIFT, "--runs", 300, "--until-width", "10d")
    assert sim(*asked, *log).out == sim(*asked).out == sim(*asked, *log, "--resume").out


def test_ensembles_are_kept_by_default(sim: Sim, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where runs are, unless something else is said."""
    asked = ("ensemble", ROOT / AIRLIFT, "--runs", 5)
    monkeypatch.chdir(tmp_path)
    assert sim(*asked, "--no-log").err == sim(*asked).err == ""
    monkeypatch.delenv("SIM_LOG")
    assert sim(*asked).err.startswith("log .sim/runs.sqlite: ensemble ")
    assert sim(*asked, "--resume").err.endswith(", 5 runs, all were there\n")
    monkeypatch.setenv("SIM_LOG", "other.sqlite")
    assert sim(*asked).err.startswith("log other.sqlite: ensemble ")
    assert sorted(each.name for each in tmp_path.iterdir()) == [".sim", "other.sqlite"]


def test_the_default_log_is_not_needed(sim: Sim, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes wrong with it is a warning; with one that was asked for, an error."""
    asked = ("ensemble", ROOT / AIRLIFT, "--runs", 5)
    out = sim(*asked).out
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SIM_LOG")
    (tmp_path / ".sim").mkdir()
    (tmp_path / ".sim" / "runs.sqlite").write_text("no log" * 100)
    done = sim(*asked)
    assert (done.status, done.out) == (3, out)
    assert (
        done.err == "warning: the ensemble is not kept: .sim/runs.sqlite: this is not a log: file is not a database\n"
    )
    done = sim(*asked, "--log", ".sim/runs.sqlite")
    assert (done.status, done.out) == (3, "")
    assert done.err == ".sim/runs.sqlite: this is not a log: file is not a database\n"


def test_beside_a_jsonl_log_it_is_said_where(sim: Sim, tmp_path: Path) -> None:
    """They stand in a folder beside the file, and there may be no file yet."""
    done = sim("ensemble", AIRLIFT, "--runs", 5, "--log", tmp_path / "a.jsonl")
    assert done.err.startswith(f"log {tmp_path}/a.jsonl, in {tmp_path}/a.tallies: ensemble ")
    assert [each.name for each in tmp_path.iterdir()] == ["a.tallies"]


def _damage(log: Path) -> None:
    """Change a byte of what is kept."""
    (kept,) = log.with_suffix(".tallies").glob("*.json")
    kept.write_bytes(kept.read_bytes()[:-1])


def test_what_is_damaged_is_replaced(sim: Sim, tmp_path: Path) -> None:
    """Unless somebody wants to go on with it: they are told how to begin again."""
    log = tmp_path / "runs.jsonl"
    asked = ("ensemble", AIRLIFT, "--runs", 20, "--log", log)
    whole = sim(*asked)
    _damage(log)
    assert sim("verify", log).status == 3
    done = sim(*asked, "--resume")
    assert (done.status, done.out) == (3, "")
    what = rf"{log}: the log is damaged: what it keeps of the ensemble [0-9a-f]{{16}} is not what was written"
    how = "Fetch a copy of the log, or leave --resume out: then it is played anew, and replaced."
    assert re.fullmatch(rf"{what}\n  {how}\n", done.err)
    done = sim(*asked)
    assert (done.status, done.out) == (0, whole.out)
    assert re.fullmatch(rf"warning: {what}: it was played anew, and replaced\n{whole.err}", done.err)
    assert sim(*asked, "--resume").out == whole.out
    assert sim("verify", log).status == 0


@pytest.mark.parametrize("to", ["there", "nowhere"])
def test_a_log_that_fails_costs_nobody_the_answer(
    to: str, sim: Sim, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that another program has locked, from the beginning of the work on: the answer comes first, then the error.

    Also where the answer cannot be written.
    """
    monkeypatch.setattr("sim.eventlog.sqlite.BUSY_SECONDS", 0.01)
    log = tmp_path / "runs.sqlite"
    asked = ("ensemble", AIRLIFT, "--runs", 30, "--log", log)
    assert sim(*asked[:3], 5, *asked[4:]).status == 0
    with sqlite_locked(log, monkeypatch):
        if to == "nowhere":
            done = sim(*asked, "--format", "parquet", "-o", "/dev/full")
            assert done.err.startswith(f"the ensemble is kept as far as 5 runs: the log {log} cannot be written: ")
            assert done.err.endswith("cannot write the output: No space left on device\n")
        else:
            done = sim(*asked)
            assert done.out == sim("ensemble", AIRLIFT, "--runs", 30).out
            assert done.err == (
                f"the ensemble is kept as far as 5 runs: the log {log} cannot be written: database is locked\n"
                "  another program is writing to it: wait until it is done, or log elsewhere\n"
            )
    assert done.status == 2
    assert sim(*asked, "--resume").err.endswith("30 runs, 5 were there\n")


@contextmanager
def sqlite_locked(log: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let another program lock a log as soon as replications are played."""
    other = sqlite3.connect(log, isolation_level=None)

    def played_while_locked(*words: Any, **named: Any) -> Iterator[int]:
        if not other.in_transaction:
            other.execute("BEGIN IMMEDIATE")
        yield from played(*words, **named)

    with monkeypatch.context() as locked:
        locked.setattr("sim.ensemble.course.played", played_while_locked)
        yield
    other.close()


def test_what_is_stopped_and_not_kept(sim: Sim, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is told that the same command goes on."""
    monkeypatch.setattr("sim.eventlog.sqlite.BUSY_SECONDS", 0.01)
    log = tmp_path / "runs.sqlite"
    asks = count()
    monkeypatch.setattr("sim.cli.progress.Interruption.__call__", lambda _: next(asks) > 0)
    with sqlite_locked(log, monkeypatch):
        done = sim("ensemble", AIRLIFT, "--runs", 30, "--workers", 1, "--log", log)
    assert done.status == INTERRUPTED
    assert done.err == (
        f"the ensemble is not kept: the log {log} cannot be written: database is locked\n"
        "  another program is writing to it: wait until it is done, or log elsewhere\n"
        "interrupted: the first 4 of 30 runs are done\n"
    )


def test_nothing_to_go_on_with(sim: Sim, tmp_path: Path) -> None:
    log = tmp_path / "runs.jsonl"
    done = sim("ensemble", AIRLIFT, "--runs", 20, "--log", log, "--resume")
    assert (done.status, done.out) == (2, "")
    assert done.err == (
        f"{log} keeps nothing of this ensemble\n"
        "  Without --resume it begins. Another seed, other times, a scenario that has changed, or a version of this "
        "program with other rules: another ensemble.\n"
    )
    sim("ensemble", AIRLIFT, "--runs", 20, "--log", log)
    done = sim("ensemble", AIRLIFT, "--runs", 10, "--log", log, "--resume")
    assert (done.status, done.out) == (2, "")
    assert done.err == (
        f"{log} keeps 20 runs of this ensemble, and no run can be taken out\n"
        "  Ask for --runs 20 or more, or leave --resume out.\n"
    )


@pytest.mark.parametrize("name", ["runs.sqlite", "runs.jsonl", "nowhere/runs.sqlite"])
def test_to_go_on_makes_nothing(name: str, sim: Sim, tmp_path: Path) -> None:
    """Where there is no log to go on with."""
    done = sim("ensemble", AIRLIFT, "--runs", 20, "--log", tmp_path / name, "--resume")
    assert done.err.startswith(f"{tmp_path / name} keeps nothing of this ensemble\n")
    assert (done.status, os.listdir(tmp_path)) == (2, [])


def test_a_log_of_memory_keeps_nothing(sim: Sim) -> None:
    """And nothing is said of it."""
    assert sim("ensemble", *ASKED["few"], "--log", "memory:").err == ""


WAITS = """
import sys
from sim.cli import main
from sim.eventlog import patience, sqlite
patience.SAY_SECONDS, sqlite.BUSY_SECONDS = 0.2, 0.5
sys.exit(main(sys.argv[1:]))
"""


def test_who_waits_for_a_log_is_told(tmp_path: Path) -> None:
    """What for, and how long, before it is refused."""
    log = tmp_path / "runs.sqlite"
    recorded = [sys.executable, "-m", "sim", "run", FAILED_TOTAL, "--log", str(log)]
    subprocess.run(recorded, cwd=ROOT, capture_output=True, check=False)
    with closing(sqlite3.connect(log, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        words = [sys.executable, "-c", WAITS, "ensemble", AIRLIFT, "--runs", "5", "--log", str(log)]
        done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (
        2,
        "",
        f"the log {log} is locked: waiting for the program that is writing to it, 0.5 seconds at most\n"
        f"the log {log} cannot be written: database is locked\n"
        "  another program is writing to it: wait until it is done, or log elsewhere\n",
    )


WRONG = {
    ("--runs", "0"): "--runs 0 is no such number\n  Give one from 1 to 10,000,000.\n",
    ("--runs", "some"): "--runs 'some' is no such number\n  Give one from 1 to 10,000,000.\n",
    ("--runs", "1e6"): "--runs '1e6' is no such number\n  Give one from 1 to 10,000,000.\n",
    ("--runs", "-6h"): "--runs '-6h' is no such number\n  Give one from 1 to 10,000,000.\n",
    ("--seed", "\u0663"): "--seed '\u0663' is no such number\n  Give one from 0 to 9,223,372,036,854,775,807.\n",
    ("--until-width", "-6h"): "--until-width: '-6h' is not a duration such as 12h, 2d, 90m or 1d12h\n",
    ("--until-width", "99999999d"): "--until-width 99999999d is too long\n  Give at most 999999d.\n",
    ("--until-width", "999999d 1m"): "--until-width 999999d 1m is too long\n  Give at most 999999d.\n",
    ("--workers", "0"): "--workers 0 is no such number\n  Give one from 1 to 1,024.\n",
    ("--seed", "-1"): "--seed -1 is no such number\n  Give one from 0 to 9,223,372,036,854,775,807.\n",
    ("--until-width", "soon"): "--until-width: 'soon' is not a duration such as 12h, 2d, 90m or 1d12h\n",
    ("--table", "closure"): "--table goes with --format csv and parquet only\n  All other formats hold every table.\n",
    ("--format", "parquet"): "--output goes with --format parquet, and that with it\n"
    "  All other formats go to standard output: write > FILE.\n",
    ("--format", "json", "-o", "x"): "--output goes with --format parquet, and that with it\n"
    "  All other formats go to standard output: write > FILE.\n",
    ("--format", "csv", "--table", "shifts"): "--table shifts is of pairs\n  Say --against which scenario.\n",
    ("--at", "2021-01-01"): "--at 2021-01-01 lies outside the run\n"
    "  It goes from 2022-02-01 00:00 to 2022-02-10 23:59, Europe/Warsaw time.\n",
    ("--against", FEB2022): "--against: the two scenarios do not have the same start, end and timezone\n"
    "  Only runs over the same period can be compared.\n",
    ("--log", "runs.txt"): "'runs.txt' is not the address of a log\n"
    "  a log is a file that ends in .sqlite or .jsonl, postgresql://…, or memory:\n",
    ("--log", "nowhere/runs.jsonl"): "the log nowhere/runs.jsonl cannot be written: No such file or directory\n"
    "  There is no folder nowhere: make it, or correct the path.\n",
    ("--log", "nowhere/runs.sqlite"): "the log nowhere/runs.sqlite cannot be written: No such file or directory\n"
    "  There is no folder nowhere: make it, or correct the path.\n",
    ("--resume",): "--resume does not go without a log\n  Say --log where the ensemble is kept.\n",
    ("--dask", "tcp:1", "--workers", "2"): "argument --workers: not allowed with argument --dask\n"
    "  What it takes: python -m sim ensemble --help\n",
    ("--dask", "there"): "there is no Dask scheduler at there\n"
    "  Give the address that it printed as it started, such as tcp://10.0.0.5:8786.\n",
}


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_wrong_use(words: tuple[str, ...], sim: Sim) -> None:
    """One clear error each, before anything is played."""
    done = sim("ensemble", AIRLIFT, *words)
    assert (done.status, done.out, done.err) == (2, "", WRONG[words])


def test_nothing_closes(sim: Sim, tmp_path: Path) -> None:
    """Then there is no median to be known."""
    still = tmp_path / "still.yaml"
    still.write_text(
        "format: 1\ntitle: Still\nstart: 2022-02-01\nend: 2022-02-02\n"
        "units: {a: {troops: 5, place: unstated, because: invented}}\n"
    )
    done = sim("ensemble", still, "--until-width", "1h")
    assert (done.status, done.out) == (2, "")
    assert done.err == "--until-width: no order of the scenario moves anything, so none closes\n  Leave it out.\n"
    page = sim("ensemble", still).out
    assert page.endswith("\nThe same in every run: a place not stated, garrison: 5.\n") or "garrison: 5." in page


class Terminal:
    """A process on a terminal of its own, from which Ctrl-C goes to it and to all that it starts."""

    def __init__(self, *words: object) -> None:
        self._ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "sim", "ensemble", *map(str, words)],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=theirs,
            start_new_session=True,
            env=os.environ | {"SIM_LOG": "none", "COLUMNS": "100"},
        )
        os.close(theirs)
        self.shown = ""

    def read_until(self, wanted: str, seconds: float = 60) -> None:
        """Read what is shown until it has something in it that fits."""
        due = time.monotonic() + seconds
        while not re.search(wanted, self.shown):
            assert time.monotonic() < due, self.shown
            if select.select([self._ours], [], [], 0.1)[0]:
                self.shown += self._read()

    def press_ctrl_c(self) -> None:
        os.killpg(self.process.pid, signal.SIGINT)

    def end(self) -> tuple[int, str]:
        """Its status and what it printed, once it has ended."""
        out, _ = self.process.communicate(timeout=60)
        while more := self._read():
            self.shown += more
        os.close(self._ours)
        return self.process.returncode, out.decode()

    def _read(self) -> str:
        try:
            return os.read(self._ours, 4096).decode()
        except OSError:  # Linux says so where nobody holds the other end any more
            return ""


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_keeps_what_is_done(workers: int, sim: Sim, tmp_path: Path) -> None:
    """The answer is that of the first runs, which are said and kept; the same command goes on with them."""
    log = tmp_path / "runs.sqlite"
    _stopped(sim, log, Terminal(AIRLIFT, "--runs", 1_000_000, "--workers", workers, "--log", log))


def test_ctrl_c_keeps_what_a_cluster_has_done(sim: Sim, tmp_path: Path) -> None:
    """With it, too; and the same command goes on, on the same cluster or without one."""
    log = tmp_path / "runs.sqlite"
    with cluster(2) as found:
        on = ("--dask", found.address)
        runs = _stopped(sim, log, Terminal(AIRLIFT, "--runs", 1_000_000, *on, "--log", log))
        asked = ("ensemble", AIRLIFT, "--runs", runs + 500)
        done = sim(*asked, *on, "--log", log, "--resume")
    assert done.err.endswith(f"{runs + 500:,} runs, {runs:,} were there\n")
    assert done.out == sim(*asked).out


def _stopped(sim: Sim, log: Path, terminal: "Terminal") -> int:
    """Press Ctrl-C on the way, and hold what comes of it against an ensemble of so many runs: how many those are."""
    terminal.read_until(r"\d of 1,000,000 runs, about")
    terminal.press_ctrl_c()
    status, out = terminal.end()
    assert status == INTERRUPTED
    (told,) = re.findall(
        rf"interrupted: the first ([\d,]+) of 1,000,000 runs are done, and kept in {log}: the same command goes on",
        terminal.shown,
    )
    assert "Traceback" not in terminal.shown
    runs = int(told.replace(",", ""))
    assert f"Stopped: these are the first {told} of 1,000,000 runs\n" in out
    again = sim("ensemble", AIRLIFT, "--runs", runs, "--log", log, "--resume")
    assert again.err.endswith(f", {told} runs, all were there\n")
    whole = sim("ensemble", AIRLIFT, "--runs", runs).out
    assert [line for line in out.splitlines() if not line.startswith("Stopped: ")] == whole.splitlines()
    assert again.out == whole
    return runs


def test_ctrl_c_before_anything_is_done(sim: Sim, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is nothing to answer."""
    monkeypatch.setattr("sim.cli.progress.Interruption.__call__", lambda _: True)
    done = sim("ensemble", AIRLIFT)
    assert (done.status, done.out, done.err) == (INTERRUPTED, "", "interrupted\n")


def test_a_worker_that_is_killed_loses_nothing_that_was_done(sim: Sim, tmp_path: Path) -> None:
    """It is one clear error; what was counted until then is kept."""
    log = tmp_path / "runs.sqlite"
    terminal = Terminal(AIRLIFT, "--runs", 1_000_000, "--workers", 2, "--log", log)
    terminal.read_until(r"[1-9]\d\d of 1,000,000 runs, about")
    os.kill(_worker_of(terminal.process.pid), signal.SIGKILL)
    status, out = terminal.end()
    assert (status, out) == (2, "")
    assert "a worker process ended before its work was done" in terminal.shown
    assert "Traceback" not in terminal.shown
    _goes_on(sim, log)


def test_what_is_killed_is_gone_on_with(sim: Sim, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole program, on the way: what was kept by then is there, and the rest is played."""
    log = tmp_path / "runs.sqlite"
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(tmp_path), str(ROOT))))
    (tmp_path / "sitecustomize.py").write_text("import sim.ensemble.course\nsim.ensemble.course.KEEP_SECONDS = 0.2\n")
    terminal = Terminal(AIRLIFT, "--runs", 1_000_000, "--workers", 1, "--log", log)
    terminal.read_until(r"[1-9],\d\d\d of 1,000,000 runs, about")
    terminal.process.kill()
    assert terminal.end() == (-signal.SIGKILL, "")
    _goes_on(sim, log)


def _goes_on(sim: Sim, log: Path) -> None:
    """Whoever kept some runs in the log is gone on with, and comes to what it would have come to."""
    plan = Plan((told := load(ROOT / AIRLIFT)), 0, told.snapshots)
    before = Keeper(log, plan).tally().runs
    assert before > 100
    asked = ("ensemble", AIRLIFT, "--runs", before + 50)
    done = sim(*asked, "--log", log, "--resume")
    assert done.err.endswith(f"{before + 50:,} runs, {before:,} were there\n")
    assert done.out == sim(*asked).out


def _worker_of(parent: int) -> int:
    """A process that a process started to work for it."""
    (worker,) = _children(parent)
    return worker


def _children(parent: int) -> Iterator[int]:
    for each in Path("/proc").glob("[0-9]*"):
        try:
            stat = (each / "stat").read_text()
        except OSError:
            continue
        if int(stat.rpartition(")")[2].split()[1]) == parent:
            yield int(each.name)


def test_no_progress_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress(10)
    progress.show(5)
    progress.clear()
    assert capsys.readouterr() == ("", "")


class _OnTerminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    """How many runs are done, and how long the rest will take: as many as were played until now took."""
    shown, clock = _OnTerminal(), [100.0]
    monkeypatch.setattr("sys.stderr", shown)
    monkeypatch.setattr("sim.cli.progress.perf_counter", lambda: clock[0])
    progress = Progress(1000, 200, clock[0])
    for seconds, done in ((101, 200), (102, 201), (102.1, 300), (110, 600), (1000, 601), (20_000, 602)):
        clock[0] = seconds
        progress.show(done)
    progress.clear()
    assert [line.rstrip() for line in shown.getvalue().split("\r") if line.strip()] == [
        "200 of 1,000 runs",
        "201 of 1,000 runs, about 27 min left",
        "600 of 1,000 runs, about 10 s left",
        "601 of 1,000 runs, about 15 min left",
        "602 of 1,000 runs, about 5.5 h left",
    ]


def test_the_second_ctrl_c_ends_at_once() -> None:
    """The first one only asks; afterwards it is as it was before."""
    before = signal.getsignal(signal.SIGINT)
    with interruption() as asked:
        assert not asked()
        os.kill(os.getpid(), signal.SIGINT)
        assert asked()
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before
