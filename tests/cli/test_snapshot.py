"""`snapshot`: who was where at a moment, from the log alone."""

import json
from pathlib import Path

import pytest

from sim.engine import simulate
from sim.loader import load
from tests.cli.conftest import ROOT, Sim

FEB2022 = "scenarios/feb2022.yaml"
TABLE = """\
Posture (the range is that of the last figure; '!' moved on an assumption, '^' only announced)
side  place                readiness           2 Feb  range
US    United States        heightened alert    8,500
US    not stated           standby             5,000  4,500-5,500
US    Germany              garrison            1,000  900-1,100
US    Fort Bragg           garrison            2,000  1,800-2,200
US    all US named here                       16,500  15,700-17,300
RU    Ukraine border zone  deployed          100,000  90,000-110,000
RU    all RU named here                      100,000  90,000-110,000
"""


@pytest.fixture
def log(sim: Sim, tmp_path: Path) -> Path:
    """The log of a run, in a folder where there is nothing else."""
    path = tmp_path / "run.jsonl"
    sim("run", FEB2022, "--log", path)
    return path


def test_the_table(log: Path, sim: Sim) -> None:
    """The posture alone, and nothing said."""
    done = sim("snapshot", log, "--at", "2022-02-02")
    assert (done.status, done.out, done.err) == (0, TABLE, "")


def test_a_scenario_goes_where_a_log_does(log: Path, sim: Sim) -> None:
    """It is played out, and the answer is the same."""
    of_scenario = sim("snapshot", FEB2022, "--at", "2022-02-02")
    assert (of_scenario.status, of_scenario.out, of_scenario.err) == (0, TABLE, "")


@pytest.mark.parametrize("form", ["json", "csv"])
@pytest.mark.parametrize("kind", ["jsonl", "sqlite"])
def test_equal_to_the_live_run_at_every_minute(form: str, kind: str, sim: Sim, tmp_path: Path) -> None:
    """At every minute that has an event, and before and after it: what the run itself answers."""
    log = tmp_path / f"run.{kind}"
    scenario = load(ROOT / FEB2022)
    near = {event.at + step for event in simulate(scenario) for step in (-1, 0, 1)}
    times = [scenario.calendar.log_stamp(minute) for minute in sorted(near) if 0 <= minute <= scenario.end]
    asked = [word for time in times for word in ("--at", time)]
    live = sim("run", FEB2022, "--log", log, "--format", form, *asked)
    read = sim("snapshot", log, "--format", form, *asked)
    assert len(times) > 8
    assert read.status == 0
    if form == "csv":
        assert read.out == live.out
    else:
        whole, part = json.loads(live.out), json.loads(read.out)
        assert part == {key: whole[key] for key in ("scenario", "snapshots", "log")}


def test_a_time_is_needed(log: Path, sim: Sim) -> None:
    done = sim("snapshot", log)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("the following arguments are required: --at\n")


@pytest.mark.parametrize("time", ["2022-01-23", "2022-03-01", "never"])
def test_a_time_of_the_run_is_needed(time: str, log: Path, sim: Sim) -> None:
    done = sim("snapshot", log, "--at", time)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("--at")


def test_grouped(log: Path, sim: Sim) -> None:
    """`--by` goes here as it does in `run`, also for several fields, in Markdown, and at several times."""
    asked = ("--at", "2022-02-03", "--at", "end", "--by", "unit,side", "--format", "markdown")
    assert sim("snapshot", log, *asked).out.splitlines()[:8] == [
        "## Posture (the range is that of the last figure; '!' moved on an assumption, '^' only announced)",
        "",
        "| unit                       | side   |   3 Feb |   28 Feb | range          |",
        "|:---------------------------|:-------|--------:|---------:|:---------------|",
        "| 82-ibct                    | US     |       . |   1,700^ | 1,530-1,870    |",
        "| nrf-pool                   | US     |   8,500 |    8,500 |                |",
        "| standby-5000               | US     |   5,000 |    5,000 | 4,500-5,500    |",
        "| stryker-squadron           | US     |       . |   1,000^ | 900-1,100      |",
    ]


def test_wrong_use(sim: Sim, tmp_path: Path) -> None:
    """A log that is not there, a field there is not, and a log that is no log."""
    assert sim("snapshot", tmp_path / "no.jsonl", "--at", "end").status == 2
    assert sim("snapshot", FEB2022, "--at", "end", "--by", "colour").status == 2
    assert sim("snapshot", FEB2022, "--at", "end", "--log", "x.jsonl").status == 2
    text = tmp_path / "text.jsonl"
    text.write_text("hello\n", encoding="utf-8")
    assert sim("snapshot", text, "--at", "end").status == 3
    assert sim("snapshot", "postgresql://nowhere", "--at", "end").status == 2
