"""`timeline`: what happened, from a log alone or from a scenario."""

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Sim

FEB2022 = "scenarios/feb2022.yaml"
FAILED = "scenarios/failed-total.yaml"


@pytest.fixture
def log(sim: Sim, tmp_path: Path) -> Path:
    """The log of a run, in a folder where there is nothing else."""
    path = tmp_path / "run.jsonl"
    sim("run", FEB2022, "--log", path)
    return path


def test_all_of_it(log: Path, sim: Sim) -> None:
    """The table that the run's page has, with what its letters stand for; a log and its scenario say the same."""
    done = sim("timeline", log)
    page = sim("run", FEB2022).out
    head, table = done.out.split("\n\n")
    assert (done.status, done.err) == (0, "")
    assert f"\n\n{table.rstrip()}\n\n" in page
    assert head.splitlines() == [
        "US force posture in Europe, February 2022",
        "24 Jan - 28 Feb 2022, America/New_York time",
        "Sources: A ABC News  B not named, Axios style  C The Daily Beast  D CNN  E not named",
    ]
    assert sim("timeline", FEB2022).out == done.out


def test_what_is_asked_for(log: Path, sim: Sim) -> None:
    """A place with all within it, from a date's first minute to another's last, in little room."""
    done = sim("timeline", log, "--place", "us", "--since", "2022-02-02", "--until", "2022-02-03", columns=60)
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines()[3:] == [
        "  Beast  D CNN  E not named",
        "",
        "Timeline ('!' rests on an assumption)",
        "when      what     strength  where               sources",
        " 2 Feb !  ordered     2,000  to Germany, Poland  A B C D E",
        " 3 Feb !  leaves      2,000  Fort Bragg to       .",
        "                             Germany, Poland",
        "",
        "4 of 16 events (alike ones share a line): place us, since 2",
        "  Feb, until 3 Feb.",
    ]


def test_lists_and_repetitions(sim: Sim) -> None:
    """Several ids behind one option, or the option several times: any of them is meant."""
    told = sim("timeline", FEB2022, "--unit", "82-ibct,nrf-pool", "--unit", "xviii-corps", "--format", "csv")
    rows = list(csv.DictReader(told.out.splitlines()))
    assert {row["unit"] or row["units"] for row in rows} == {"82-ibct", "nrf-pool", "xviii-corps"}
    assert told.out == sim("timeline", FEB2022, "--unit", "xviii-corps,nrf-pool,82-ibct", "--format", "csv").out


def test_an_order_and_what_cancels_it(sim: Sim) -> None:
    """In other units' lines the order is not counted."""
    done = sim("timeline", FAILED, "--order", "to-vesterland", "--unit", "medical")
    assert done.out.splitlines()[4:] == [
        "Timeline ('!' rests on an assumption)",
        "when          what       strength  where          sources",
        " 1 May 09:00  ordered         200  to Vesterland  B",
        " 2 May 15:00  cancelled       200  to Vesterland  A",
        "",
        "2 of 11 events (alike ones share a line): unit medical, order to-vesterland.",
    ]


def test_nothing_fits(sim: Sim) -> None:
    """It is said, and that is no error; JSON and CSV have no rows."""
    asked = ("timeline", FAILED, "--unit", "medical", "--since", "2030-05-03")
    done = sim(*asked)
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines()[2:] == ["", "None of 11 events: unit medical, since 3 May."]
    assert json.loads(sim(*asked, "--format", "json").out)["timeline"] == []
    assert sim(*asked, "--format", "csv").out.count("\n") == 1


def test_json_and_csv(log: Path, sim: Sim) -> None:
    """The run's own, whole or in part; an event is told whole, also where only some of its units were asked for."""
    run = json.loads(sim("run", FEB2022, "--log", log, "--format", "json").out)
    whole = json.loads(sim("timeline", log, "--format", "json").out)
    assert whole == {key: run[key] for key in ("scenario", "timeline", "log")}
    assert list(whole) == ["scenario", "timeline", "log"]
    assert sim("timeline", log, "--format", "csv").out == sim("run", log, "--format", "csv", "--table", "timeline").out
    some = json.loads(sim("timeline", FAILED, "--unit", "medical", "--format", "json").out)["timeline"]
    assert [(each["order"], each["units"]) for each in some] == [
        ("to-vesterland", ["engineers", "infantry", "medical", "signals"]),
        ("medical-stays", ["medical"]),
    ]


def test_markdown(sim: Sim) -> None:
    done = sim("timeline", FAILED, "--order", "medical-stays", "--format", "markdown")
    assert done.out.splitlines()[-5:] == [
        "| when        | what      |   strength | where         | sources   |",
        "|:------------|:----------|-----------:|:--------------|:----------|",
        "| 2 May 15:00 | cancelled |        200 | to Vesterland | A         |",
        "",
        "- 1 of 11 events (alike ones share a line): order medical-stays.",
    ]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--unit", "82-ibtc"), "there is no unit '82-ibtc'\n  Did you mean '82-ibct' (82nd Airborne Division"),
        (("--unit", "82-ibct,"), "there is no unit ''"),
        (("--place", "poland"), "there is no place 'poland'\n  Did you mean 'pl' (Poland)?"),
        (("--order", "nrf"), "there is no order 'nrf'\n  Did you mean 'nrf-alert'?"),
        (("--since", "soon"), "--since: 'soon' is not a date"),
        (("--until", "2022-03-01"), "--until 2022-03-01 lies outside the run"),
        (("--since", "2022-02-04", "--until", "2022-02-03"), "--since 2022-02-04 lies after --until 2022-02-03"),
        (("--at", "end"), "unrecognized arguments: --at"),
        (("--run", "ef56"), "--run does not go with scenarios/feb2022.yaml, which is a scenario"),
    ],
)
def test_wrong_use_is_2(asked: tuple[str, ...], said: str, sim: Sim) -> None:
    """Nothing is printed; one message says what is wrong, and what may have been meant."""
    done = sim("timeline", FEB2022, *asked)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(said)
    assert len(done.err.splitlines()) <= 2


def test_one_day(sim: Sim) -> None:
    """From its first minute to its last."""
    done = sim("timeline", FEB2022, "--since", "2022-02-06", "--until", "2022-02-06", "--format", "csv")
    assert {row["at"] for row in csv.DictReader(done.out.splitlines())} == {"2022-02-07T04:59:00Z"}


def test_which_run(sim: Sim, tmp_path: Path) -> None:
    """Of a log that holds several: the last, and that is said, or the one that is named by how its id begins."""
    log = tmp_path / "run.jsonl"
    first, last = (sim("run", path, "--log", log).err.split("run ")[-1].split(",")[0] for path in (FEB2022, FAILED))
    done = sim("timeline", log)
    assert done.out == sim("timeline", FAILED).out
    assert done.err == f"{log} holds 2 runs: this is the last, {last}\n"
    named = sim("timeline", log, "--run", first[:8])
    assert (named.out, named.err) == (sim("timeline", FEB2022).out, "")


def test_a_log_that_was_changed_is_3(log: Path, sim: Sim) -> None:
    log.write_bytes(log.read_bytes().replace(b'"strength":1700', b'"strength":1701'))
    done = sim("timeline", log)
    assert (done.status, done.out) == (3, "")
