"""`run`: what it prints where, what it takes, and how it ends."""

import json
from pathlib import Path
from shlex import split

import pytest

from sim.cli.answers import where_of
from sim.cli.status import ALL_WELL, BROKEN
from sim.eventlog import open_log
from tests.cli.conftest import ROOT, Sim

FEB2022 = "scenarios/feb2022.yaml"
FAILED = "scenarios/failed-total.yaml"


def test_all_well_is_0(sim: Sim) -> None:
    """The result goes to standard output, and nothing is said."""
    done = sim("run", FEB2022)
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("US force posture in Europe, February 2022\n")


@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown"])
def test_a_broken_invariant_is_1(form: str, sim: Sim) -> None:
    """In whatever form the result is printed: a script can rely on the status."""
    done = sim("run", FAILED, "--format", form)
    assert (done.status, done.err) == (1, "")
    assert "Tin Lantern" in done.out or form == "csv"


def test_the_next_question_can_be_pasted(sim: Sim, tmp_path: Path) -> None:
    """The last line of a page is a command that works, of a scenario as of a log, and as known at some time."""
    log = tmp_path / "a log.jsonl"
    sim("run", FAILED, "--log", log)
    for words in (("run", FEB2022), ("run", FAILED), ("run", FEB2022, "--as-known", "2022-02-03"), ("run", log)):
        last = sim(*words).out.splitlines()[-1]
        asked = split(last.removeprefix("Next: python -m sim "))
        assert asked[0] in {"claims", "explain"}
        assert asked[1] == str(words[1])
        assert sim(*asked).status in {ALL_WELL, BROKEN}


def test_no_password_is_among_the_words_of_the_next_question() -> None:
    """Nor of the run's log, where it is asked as known at some time."""
    words = where_of("postgresql://user:secret@host:5432/logs", "ab", "2022-02-01")
    assert words == ["postgresql://user@host:5432/logs", "--run", "ab", "--as-known", "2022-02-01"]


def test_a_scenario_that_does_not_load_is_2(sim: Sim, tmp_path: Path) -> None:
    """Nothing is printed; every error is said."""
    bad = tmp_path / "bad.yaml"
    bad.write_text("format: 1\ntitle: x\nstart: 2022-01-01\n", encoding="utf-8")
    done = sim("run", bad)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(f"{bad}:1:1: the scenario needs 'end'\n")


@pytest.mark.parametrize("path", ["nowhere.yaml", "scenarios", "a\0b.yaml"])
def test_no_such_file_is_2(path: str, sim: Sim) -> None:
    """What is not there, or is a folder, is said in a line, with what to do."""
    done = sim("run", path)
    assert (done.status, done.out) == (2, "")
    assert len(done.err.splitlines()) == 2


def test_times_across_are_those_asked_for(sim: Sim) -> None:
    """Each once and in order, however they are written: a date, a time, a count of days, start and end."""
    asked = ("--at", "end", "--at", "2022-02-03", "--at", "start", "--at", "D+2", "--at", "2022-02-04T04:59Z")
    done = sim("run", FEB2022, *asked, "--format", "json")
    assert [each["at"] for each in json.loads(done.out)["snapshots"]] == [
        "2022-01-24T05:00:00Z",
        "2022-01-26T05:00:00Z",
        "2022-02-04T04:59:00Z",
        "2022-03-01T04:59:00Z",
    ]


def test_the_first_minute_of_a_day_is_not_its_last(sim: Sim) -> None:
    """A column is headed by a date alone only where it shows the end of that day."""
    done = sim("run", FEB2022, "--table", "posture", "--at", "2022-02-03T00:00", "--at", "2022-02-03")
    assert done.out.splitlines()[1].split() == ["side", "place", "readiness", "3", "Feb", "00:00", "3", "Feb", "range"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--at", "soon"), "--at: 'soon' is not a date"),
        (("--at", "2022-03-13T02:30"), "--at: '2022-03-13T02:30' does not exist in America/New_York"),
        (("--at", "2022-03-01"), "--at 2022-03-01 lies outside the run\n  It goes from 2022-01-24 00:00 to 2022-02-28"),
        (("--at", "2022-01-23"), "--at 2022-01-23 lies outside the run"),
        (("--by", "colour"), "--by: there is no field 'colour'\n  There are: place, country, unit, side,"),
        (("--by", ""), "--by: there is no field ''"),
        (("--by", "place,"), "--by: there is no field ''"),
        (("--format", "xml"), "argument --format: invalid choice: 'xml'"),
        (("--table", "sources"), "argument --table: invalid choice: 'sources'"),
        (("--table", "claims", "--format", "json"), "--table does not go with --format json"),
        (("--colour",), "unrecognized arguments: --colour"),
        (("--form", "json"), "unrecognized arguments: --form"),
        (("--log", "run.txt"), "'run.txt' is not the address of a log"),
        (("--log", "nowhere/run.jsonl"), "the log nowhere/run.jsonl cannot be written: No such file or directory"),
        (("--log", "a\0b.jsonl"), "the log a\\x00b.jsonl cannot be written: embedded null byte"),
    ],
)
def test_wrong_use_is_2(asked: tuple[str, ...], said: str, sim: Sim) -> None:
    """Nothing is printed; one message says what is wrong and what there is."""
    done = sim("run", FEB2022, *asked)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(said)
    assert len(done.err.splitlines()) <= 2


@pytest.mark.parametrize("table", ["posture", "timeline", "claims", "invariants"])
@pytest.mark.parametrize("form", ["table", "markdown"])
def test_one_table_is_the_page_s(table: str, form: str, sim: Sim) -> None:
    """`--table` prints one table alone; of the page's three, the very lines that the page has."""
    page, alone = sim("run", FEB2022, "--format", form).out, sim("run", FEB2022, "--format", form, "--table", table).out
    assert len(alone.splitlines()) > 5
    assert alone in page or table == "invariants"


def test_posture_is_the_table_of_csv(sim: Sim) -> None:
    """Where no table is named."""
    named, unnamed = ("--table", "posture"), ()
    one, other = (sim("run", FEB2022, "--format", "csv", *words).out for words in (named, unnamed))
    assert one == other


def test_grouping_changes_the_tables_and_not_the_json(sim: Sim) -> None:
    """`--by` groups what people read; the rows of the JSON stay those of units."""
    assert sim("run", FEB2022, "--by", "side", "--format", "json").out == sim("run", FEB2022, "--format", "json").out
    grouped = sim("run", FEB2022, "--by", "side,side", "--table", "posture", "--at", "end")
    assert grouped.out.splitlines()[1:] == [
        "side                28 Feb  range",
        "US                 16,500^  15,700-17,300",
        "all US named here   16,500  15,700-17,300",
        "RU                 100,000  90,000-110,000",
        "all RU named here  100,000  90,000-110,000",
    ]
    table = sim("run", FEB2022, "--by", "country", "--format", "csv", "--at", "end")
    assert table.out == (
        "at,country,kind,strength,low,high\n"
        "2022-03-01T04:59:00Z,,troops,105000,94500,115500\n"
        "2022-03-01T04:59:00Z,DE,troops,300,270,330\n"
        "2022-03-01T04:59:00Z,PL,troops,1700,1530,1870\n"
        "2022-03-01T04:59:00Z,RO,troops,1000,900,1100\n"
        "2022-03-01T04:59:00Z,US,troops,8500,8500,8500\n"
    )


def test_a_log_goes_where_a_scenario_does(sim: Sim, tmp_path: Path) -> None:
    """A log holds the whole run: `run LOG` prints what the run printed, and says that it verifies."""
    log = tmp_path / "run.jsonl"
    live = sim("run", FEB2022, "--log", log)
    read = sim("run", log)
    assert (read.status, read.out.replace(str(log), FEB2022)) == (0, live.out)
    assert read.err == live.err.replace(": written,", ": verified,")


def test_a_log_of_several_runs(sim: Sim, tmp_path: Path) -> None:
    """The last is meant, and that is said."""
    log = tmp_path / "run.jsonl"
    live = sim("run", FEB2022, "--log", log)
    last = sim("run", FAILED, "--log", log)
    run = last.err.split("run ")[-1].split(",")[0]
    for words in (("run", log), ("snapshot", log, "--at", "end")):
        read = sim(*words)
        assert read.err.splitlines()[0] == f"{log} holds 2 runs: this is the last, {run}"
    assert sim("run", log).out.replace(str(log), FAILED) == last.out != live.out


@pytest.mark.parametrize(("one", "other"), [("jsonl", "sqlite"), ("sqlite", "jsonl"), ("sqlite", "sqlite")])
def test_a_run_is_copied_from_log_to_log(one: str, other: str, sim: Sim, tmp_path: Path) -> None:
    """Byte for byte, the version beside it too, the one that is named; and the answer is printed as ever."""
    log, copy = tmp_path / f"a.{one}", tmp_path / f"b.{other}"
    live = sim("run", FEB2022, "--log", log)
    sim("run", FAILED, "--log", log)
    run = live.err.split("run ")[-1].split(",")[0]
    copied = sim("run", log, "--run", run[:4], "--log", copy)
    assert (copied.status, copied.out.replace(f"{log} --run {run[:4]}", FEB2022)) == (0, live.out)
    assert copied.err == live.err.replace(str(log), str(copy))
    assert [*open_log(copy).records()] == [*open_log(log).records(run)]
    assert sim("run", FEB2022, "--log", copy).err == copied.err.replace("written", "verified")


def test_what_a_scenario_says_cannot_steer_the_terminal(sim: Sim, tmp_path: Path) -> None:
    """Escape codes are refused when a scenario is loaded, and the message about them does not hold them either."""
    text = (ROOT / FAILED).read_text(encoding="utf-8")
    text = text.replace("title: Exercise", 'title: "\\e[31mred\\a" #').replace("{name: 1st", "{name: \x9b31m1st")
    bad = tmp_path / "bad.yaml"
    bad.write_text(text, encoding="utf-8")
    done = sim("run", bad)
    assert (done.status, done.out) == (2, "")
    assert [char for char in done.err if not char.isprintable() and char != "\n"] == []
