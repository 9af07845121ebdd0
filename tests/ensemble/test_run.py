"""Ensembles from Python: the answers of the command line, as values."""

import csv
import io
import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas
import polars
import pytest

import sim
from sim.domain.scenario import Scenario
from sim.ensemble.ensemble import played
from sim.ensemble.kept import Keeper
from sim.ensemble.plan import Plan
from sim.ensemble.tally import Tally
from sim.eventlog.patience import USUAL, Wait
from sim.posture.frames import Holds
from sim.report.ensemble_form import TABLES, ensemble_to_csv
from sim.report.ensemble_frames import LAYOUTS, ensemble_to_parquet
from sim.report.ensemble_run import Ensemble
from tests.ensemble.invented import CERTAIN, END, convoy

TOLD, OTHER = convoy(), convoy(vehicles=3)


@pytest.fixture(scope="module")
def pairs() -> Ensemble:
    return sim.run_ensemble(TOLD, 80, 3, against=OTHER, at=[600, END])


def test_what_an_ensemble_says(pairs: Ensemble) -> None:
    """Its own figures, as JSON has them."""
    told = json.loads(pairs.to_json())
    (go,) = (each for each in told["closure"] if each["order"] == "go")
    assert pairs.runs == told["ensemble"]["runs"] == 80
    stamps = {share: value and f"{value:%Y-%m-%dT%H:%M:%SZ}" for share, value in pairs.closure("go").items()}
    assert stamps == {each["share"]: each["value"] for each in go["quantiles"]}
    assert pairs.closed_by("go", 600).hits == go["by"][0]["runs"]
    assert pairs.closed_by("go", "end").hits == go["by"][1]["runs"]
    holds = {claim["id"]: claim["holds"]["runs"] for claim in told["claims"]}
    assert {claim: pairs.holds(claim).hits for claim in holds} == holds
    assert 0 < pairs.holds("closed-in-time").hits < 80


def test_what_does_not_close() -> None:
    """Is later than the end."""
    early = sim.run_ensemble(convoy(vehicles=0.0), 1)
    assert set(early.closure("go").values()) == {None}


def test_what_there_is_not(pairs: Ensemble) -> None:
    """Is one clear error each."""
    for asked, said in (
        (lambda: pairs.closure("gone"), "there is no order 'gone' that moves anything"),
        (lambda: pairs.closed_by("gone", 5), "there is no order 'gone' that moves anything"),
        (lambda: pairs.holds("nobody-beyond"), "there is no dated claim 'nobody-beyond'"),
        (lambda: pairs.table("luck"), "there is no table 'luck'"),
    ):
        with pytest.raises(sim.UsageError) as refused:
            asked()
        assert refused.value.message == said


@pytest.mark.parametrize("time", [END + 1, -1, "2100-01-01", "1900-01-01"])
def test_nothing_is_known_outside_the_run(pairs: Ensemble, time: int | str) -> None:
    """So nobody is told a chance of it."""
    with pytest.raises(sim.UsageError) as refused:
        pairs.closed_by("go", time)
    assert refused.value.message == f"closed_by {time} lies outside the run"
    assert refused.value.remedy.endswith(f": the minutes 0 to {END:,}.")
    assert pairs.closed_by("go", 0).hits == 0
    assert pairs.closed_by("go", END) == pairs.closed_by("go", "end")


def test_what_is_shown_is_short(pairs: Ensemble) -> None:
    """On a line of its own, and in a list."""
    told = f"ensemble of '{TOLD.title}': 80 runs, seed 3, against '{OTHER.title}'"
    assert (repr(pairs), str(pairs)) == (f"<{told}>", f"<{told}>")
    assert repr(pairs.table("waits")) == f"<the table 'waits' of {told}>"
    assert repr(sim.run_ensemble(CERTAIN)) == f"<ensemble of '{CERTAIN.title}': 1 run, seed 0>"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"scenario": "b.yaml"}, "scenario 'b.yaml' is no scenario\n  Load it first: sim.load(path)."),
        ({"scenario": 5}, "scenario 5 is no scenario\n  Give what sim.load gives."),
        ({"against": Path("b.yaml")}, f"against {Path('b.yaml')!r} is no scenario\n  Load it first: sim.load(path)."),
        ({"at": "2022-02-03"}, "at '2022-02-03' is one time, and a list is meant\n  Give ['2022-02-03']."),
        ({"runs": True}, "runs True is no such number\n  Give one from 1 to 10,000,000."),
        ({"until_width": -5}, "until_width -5 is no such number\n  Give one from 1 to 1,439,998,560."),
        ({"until_width": "99999999d"}, "until_width 99999999d is too long\n  Give at most 999999d."),
    ],
)
def test_what_is_easily_mistaken(given: dict[str, Any], said: str) -> None:
    """Is told before anything is played, with what to give instead."""
    with pytest.raises(sim.UsageError) as refused:
        sim.run_ensemble(**{"scenario": TOLD, **given})
    assert str(refused.value) == said


def test_certain_runs_are_played_once() -> None:
    assert sim.run_ensemble(CERTAIN, 50).runs == 1


def test_workers_change_nothing(pairs: Ensemble) -> None:
    assert sim.run_ensemble(TOLD, 80, 3, against=OTHER, at=[600, END], workers=2).to_json() == pairs.to_json()


def test_until_the_medians_are_known() -> None:
    """As text or in minutes."""
    wide = sim.run_ensemble(TOLD, 300, until_width="10d")
    assert wide.runs == 100
    assert sim.run_ensemble(TOLD, 300, until_width=14_400).to_json() == wide.to_json()


def test_a_log_keeps_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is there is gone on with; what is there in full is not played; more than is asked for is left as it is."""
    log = tmp_path / "runs.sqlite"
    few, many = (sim.run_ensemble(TOLD, runs).to_json() for runs in (20, 50))
    assert sim.run_ensemble(TOLD, 20, log=log).to_json() == few
    assert sim.run_ensemble(TOLD, 50, log=log).to_json() == many
    assert sim.run_ensemble(TOLD, 20, log=log).to_json() == few
    monkeypatch.setattr("sim.ensemble.ensemble.Replications", None)
    assert sim.run_ensemble(TOLD, 50, log=log).to_json() == many


def test_a_log_keeps_what_is_done_when_something_goes_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "runs.sqlite"

    def failing(*words: Any, **named: Any) -> Iterator[int]:
        for done in played(*words, **named):
            yield done
            raise KeyboardInterrupt

    with monkeypatch.context() as failing_once:
        failing_once.setattr("sim.ensemble.course.played", failing)
        with pytest.raises(KeyboardInterrupt):
            sim.run_ensemble(TOLD, 50, log=log)
    assert 0 < Keeper(log, Plan(TOLD, 0, TOLD.snapshots)).tally().runs < 50
    assert sim.run_ensemble(TOLD, 50, log=log).to_json() == sim.run_ensemble(TOLD, 50).to_json()


def _failing_after(monkeypatch: pytest.MonkeyPatch, runs: int) -> None:
    """Let tallies of more runs not be kept."""
    keep = Keeper.keep

    def failing(keeper: Keeper, tally: Tally, wait: Wait = USUAL) -> int:
        if tally.runs > runs:
            raise sim.UsageError("the log is locked")
        return keep(keeper, tally, wait)

    monkeypatch.setattr(Keeper, "keep", failing)


def test_a_log_that_fails_costs_nobody_the_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer is there, with a warning, and says why it is not kept; one that is kept has nothing to say."""
    alone = sim.run_ensemble(TOLD, 20)
    assert alone.unkept is sim.run_ensemble(TOLD, 20, log=tmp_path / "other.sqlite").unkept is None
    _failing_after(monkeypatch, 0)
    with pytest.warns(UserWarning, match="^the ensemble is not kept: the log is locked$"):
        found = sim.run_ensemble(TOLD, 20, log=tmp_path / "runs.sqlite")
    assert found.to_json() == alone.to_json()
    assert str(found.unkept) == "the log is locked"


def test_a_log_that_fails_hides_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What went wrong first is raised, with a note."""

    def failing(_: object, tally: Tally, *__: object, **___: object) -> Iterator[int]:
        tally.runs = 3
        yield 3
        raise KeyboardInterrupt

    _failing_after(monkeypatch, 0)
    monkeypatch.setattr("sim.ensemble.course.played", failing)
    with pytest.raises(KeyboardInterrupt) as stopped:
        sim.run_ensemble(TOLD, 20, log=tmp_path / "runs.sqlite")
    assert stopped.value.__notes__ == ["What was counted until then is not kept: the log is locked"]


def test_a_log_that_cannot_be_written_is_known_before_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.ensemble.course.played", None)
    with pytest.raises(sim.UsageError) as refused:
        sim.run_ensemble(TOLD, 20, log=tmp_path / "nowhere" / "runs.jsonl")
    assert refused.value.message == (
        f"the log {tmp_path}/nowhere/runs.jsonl cannot be written: No such file or directory"
    )


def test_what_is_damaged_is_replaced(tmp_path: Path) -> None:
    """With a warning."""
    log = tmp_path / "runs.jsonl"
    whole = sim.run_ensemble(TOLD, 20, log=log).to_json()
    (kept,) = (tmp_path / "runs.tallies").glob("*.json")
    kept.write_bytes(kept.read_bytes()[:-1])
    with pytest.warns(UserWarning, match="the log is damaged: .*: it was played anew, and replaced$"):
        assert sim.run_ensemble(TOLD, 20, log=log).to_json() == whole
    assert sim.run_ensemble(TOLD, 20, log=log).to_json() == whole


def _as_csv(value: Any) -> str:
    """A cell as the CSV has it."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M:%SZ}"
    return "" if value is None else str(value)


@pytest.mark.parametrize("table", TABLES)
def test_frames_and_parquet_say_what_csv_does(table: str, pairs: Ensemble) -> None:
    """Cell by cell, read back from the file too; a time that is later than the end is null, as is an unknown bound."""
    told = [*csv.DictReader(io.StringIO(ensemble_to_csv(pairs.answer, table)))]
    frame = polars.read_parquet(ensemble_to_parquet(pairs.answer, table))
    assert frame.equals(pairs.table(table).to_polars())
    assert frame.columns == [column.name for column in LAYOUTS[table]] == [*TABLES[table][0]]
    assert len(frame) == len(told) > 0
    for row, line in zip(frame.to_dicts(), told, strict=True):
        for column in LAYOUTS[table]:
            cell, value = line[column.name], row[column.name]
            if column.holds is Holds.TIME_OR_NULL and value is None:
                assert cell in {"", "later"}
            elif column.holds is Holds.SHARE:
                assert float(cell) == value
            else:
                assert cell == _as_csv(value)


def test_as_a_frame_it_is_its_closures(pairs: Ensemble) -> None:
    assert pairs.columns() == pairs.table("closure").columns()


@pytest.mark.parametrize("table", TABLES)
def test_pandas_has_the_same(table: str, pairs: Ensemble) -> None:
    """In types that it reckons with."""
    frame = pairs.table(table).to_pandas()
    assert [*frame.columns] == [column.name for column in LAYOUTS[table]]
    columns = pairs.table(table).columns()
    for name, cells in columns.items():
        assert [None if pandas.isna(cell) else cell for cell in frame[name].tolist()] == cells


def test_without_polars(monkeypatch: pytest.MonkeyPatch, pairs: Ensemble) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(sim.UsageError) as refused:
        pairs.to_polars()
    assert refused.value.message == "this needs the library 'polars', which is not installed here"


def test_a_scenario_without_snapshots_is_asked_at_its_end() -> None:
    told: Scenario = sim.load("scenarios/failed-total.yaml")
    posture = sim.run_ensemble(told).table("posture").columns()
    assert set(posture["at"]) <= {told.calendar.instant(minute) for minute in (*told.snapshots, told.end)}
