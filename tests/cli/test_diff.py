"""`diff`: what changed between two times and who ordered it, and what differs between two runs."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Sim

FEB2022 = "scenarios/feb2022.yaml"
FAILED = "scenarios/failed-total.yaml"
GOLDEN = ROOT / "tests" / "golden"
DAYS = ("--from", "2022-02-01", "--to", "2022-02-06")

Compare = Callable[[Path, str], None]


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """The same scenario with a unit larger, its arrival earlier, a later end, a claim less and a place more."""
    text = (ROOT / FEB2022).read_text(encoding="utf-8")
    for before, after in (
        ("about 1700", "about 2000"),
        ("end: 2022-02-28", "end: 2022-03-05"),
        ("  ua: {name: Ukraine,", "  lv: {name: Latvia, country: LV}\n  ua: {name: Ukraine,"),
        (
            "to: pl\n    depart: {after: 2022-02-03, because",
            "to: pl\n    depart: {after: 2022-02-03T12:00, because",
        ),
    ):
        assert before in text
        text = text.replace(before, after)
    start = text.index("  47b-axios-not-permanent:")
    text = text[:start] + text[text.index("  48a-cnn-not-ukraine:") :]
    path = tmp_path / "other.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def log(sim: Sim, other: Path, tmp_path: Path) -> Path:
    """A log of both."""
    path = tmp_path / "both.jsonl"
    sim("run", FEB2022, "--log", path)
    sim("run", other, "--log", path)
    return path


def runs_of(log: Path) -> list[str]:
    """The ids of the runs in a log."""
    return list(dict.fromkeys(json.loads(line)["run"] for line in log.read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("columns", [100, 60])
def test_two_times(columns: int, sim: Sim, golden: Compare) -> None:
    """The page of the real scenario on a wide and on a narrow terminal: it fits."""
    done = sim("diff", FEB2022, *DAYS, columns=columns)
    golden(GOLDEN / f"feb2022-diff-{columns}.txt", done.out)
    assert (done.status, done.err) == (0, "")
    assert [line for line in done.out.splitlines() if len(line) > columns] == []


@pytest.mark.parametrize("columns", [100, 60])
def test_two_runs(columns: int, log: Path, sim: Sim, golden: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    """The posture in each, and what the scenarios say otherwise; that something differs is no error."""
    first, second = runs_of(log)
    monkeypatch.chdir(log.parent)
    done = sim("diff", log.name, "--run", first, "--run", second, "--at", "2022-02-03T11:59", columns=columns)
    golden(GOLDEN / f"feb2022-two-runs-{columns}.txt", done.out)
    assert (done.status, done.err) == (0, "")
    assert [line for line in done.out.splitlines() if len(line) > columns] == []


@pytest.mark.parametrize(("form", "suffix"), [("markdown", "md"), ("json", "json"), ("csv", "csv")])
def test_the_other_forms(form: str, suffix: str, sim: Sim, golden: Compare) -> None:
    """The real scenario between two times."""
    done = sim("diff", FEB2022, *DAYS, "--format", form)
    golden(GOLDEN / f"feb2022-diff.{suffix}", done.out)
    assert (done.status, done.err) == (0, "")


def test_grouped(sim: Sim) -> None:
    """`--by` groups the lines in every form: here they are the lines of the JSON as well."""
    done = sim("diff", FEB2022, "--from", "start", "--to", "end", "--by", "country,country", "--format", "json")
    found = json.loads(done.out)
    assert found["by"] == ["country"]
    assert [(change["country"], change["change"]["strength"], change["orders"]) for change in found["changes"]] == [
        ("DE", -700, ["strykers-to-romania", "xviii-to-germany"]),
        ("PL", 1700, ["82nd-to-poland"]),
        ("RO", 1000, ["strykers-to-romania"]),
        ("US", -2000, ["82nd-to-poland", "xviii-to-germany"]),
    ]


def test_a_log_and_its_scenario(log: Path, sim: Sim) -> None:
    """A log answers as the scenario does; a log and a scenario can be compared; a run does not differ from itself."""
    first, _ = runs_of(log)
    live, read = sim("diff", FEB2022, *DAYS), sim("diff", log, *DAYS, "--run", first[:6])
    assert (read.status, read.out, read.err) == (0, live.out, "")
    for sides in ((log, FEB2022), (FEB2022, log)):
        done = sim("diff", *sides, "--run", first, "--at", "end")
        assert (done.status, done.err) == (0, "")
        assert done.out.splitlines()[-5:] == [
            "",
            "The posture is the same in both.",
            "6 lines are the same and left out.",
            "",
            "The scenarios say the same.",
        ]


def test_which_runs(log: Path, sim: Sim, tmp_path: Path) -> None:
    """Two of one log, or one of each of two logs; where none is named, the last of each, and that is said."""
    first, second = runs_of(log)
    inside = json.loads(sim("diff", log, "--run", first, "--run", second, "--at", "end", "--format", "json").out)
    assert [inside[side]["log"]["run"] for side in ("first", "second")] == [first, second]
    assert [inside[side]["at"] for side in ("first", "second")] == ["2022-03-01T04:59:00Z", "2022-03-06T04:59:00Z"]
    other = tmp_path / "other.jsonl"
    sim("run", FAILED, "--log", other)
    (third,) = runs_of(other)
    done = sim("diff", log, other, "--at", "start", "--format", "json")
    found = json.loads(done.out)
    assert [found[side]["log"]["run"] for side in ("first", "second")] == [second, third]
    assert done.err == f"{log} holds 2 runs: this is the last, {second}\n"
    named = sim("diff", log, other, "--run", first, "--run", third, "--at", "start", "--format", "json")
    assert [json.loads(named.out)[side]["log"]["run"] for side in ("first", "second")] == [first, third]


def test_one_table(log: Path, sim: Sim) -> None:
    """`--table` prints one part alone; for CSV it is the changes where none is named."""
    first, second = runs_of(log)
    asked = ("diff", log, "--run", first, "--run", second, "--at", "2022-02-03T11:59")
    page = sim(*asked).out
    for table in ("changes", "definitions"):
        alone = sim(*asked, "--table", table).out
        assert len(alone.splitlines()) > 5
        assert alone in page
    by_name, unnamed = (sim(*asked, "--format", "csv", *words).out for words in (("--table", "changes"), ()))
    assert by_name == unnamed
    rows = list(csv.DictReader(sim(*asked, "--format", "csv", "--table", "definitions").out.splitlines()))
    assert [(row["section"], row["id"], row["change"], row["key"]) for row in rows] == [
        ("scenario", "", "changed", "end"),
        ("places", "lv", "added", ""),
        ("units", "82-ibct", "changed", "troops"),
        ("orders", "82nd-to-poland", "changed", "depart_after"),
        ("claims", "28-cnn-82nd", "changed", "is"),
        ("claims", "47b-axios-not-permanent", "removed", ""),
    ]


def test_nothing_changed(sim: Sim) -> None:
    """The same time twice, or a time at which nothing happened: it is said, and is no error."""
    for asked in (("--from", "end", "--to", "end"), ("--from", "2022-02-10", "--to", "end")):
        done = sim("diff", FEB2022, *asked)
        assert (done.status, done.err) == (0, "")
        assert done.out.splitlines()[-2].startswith("Nothing changed from ")
        assert done.out.splitlines()[-1] == "6 lines are the same and left out."


TWO_TIMES = "diff needs two times, --from and --to, or two runs and --at"
TWO_RUNS = "--at compares two runs"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ((FEB2022,), TWO_TIMES),
        ((FEB2022, "--from", "start"), TWO_TIMES),
        ((FEB2022, FAILED, "--to", "end"), TWO_TIMES),
        ((FEB2022, FAILED, *DAYS), "--from and --to are times of one run\n  Two runs are compared at one time: --at."),
        (("x.jsonl", "--run", "a", "--run", "b", *DAYS), "--from and --to are times of one run"),
        (
            (FEB2022, "--from", "2022-02-06", "--to", "2022-02-05"),
            "--from 2022-02-06 lies after --to 2022-02-05\n  Swap",
        ),
        ((FEB2022, "--from", "soon", "--to", "end"), "--from: 'soon' is not a date"),
        ((FEB2022, "--from", "start", "--to", "2022-03-01"), "--to 2022-03-01 lies outside the run"),
        ((FEB2022, *DAYS, "--at", "end"), "--at does not go with --from and --to"),
        ((FEB2022, FAILED, "--at", "end", "--to", "end"), "--at does not go with --from and --to"),
        ((FEB2022, FAILED, "--at", "2022-02-06"), "--at 2022-02-06 lies outside the run"),
        ((FEB2022, "--at", "end"), TWO_RUNS),
        (("x.jsonl", "--run", "a", "--at", "end"), TWO_RUNS),
        ((FEB2022, FAILED, FEB2022, "--at", "end"), TWO_RUNS),
        (("x.jsonl", *("--run", "a") * 3, "--at", "end"), TWO_RUNS),
        (
            ("x.jsonl", "y.jsonl", "--run", "a", "--at", "end"),
            "--run stands once, and there are two it could belong to",
        ),
        ((FEB2022, FAILED, "--run", "a", "--at", "end"), "--run stands once, and there are two it could belong to"),
        ((FEB2022, FAILED, "--run", "a", "--run", "b", "--at", "end"), "--run does not go with scenarios/feb2022.yaml"),
        ((FEB2022, *DAYS, "--by", "colour"), "--by: there is no field 'colour'"),
        ((FEB2022, *DAYS, "--table", "posture"), "argument --table: invalid choice: 'posture'"),
        ((FEB2022, *DAYS, "--table", "changes", "--format", "json"), "--table does not go with --format json"),
        ((FEB2022, "no.yaml", "--at", "end"), "'no.yaml' does not exist"),
        ((), "the following arguments are required: LOG"),
    ],
)
def test_wrong_use_is_2(asked: tuple[str, ...], said: str, sim: Sim) -> None:
    """Nothing is printed; one message says what is wrong, and what to do."""
    done = sim("diff", *asked)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(said)
    assert len(done.err.splitlines()) <= 2


def test_a_log_that_was_changed_is_3(log: Path, sim: Sim) -> None:
    log.write_bytes(log.read_bytes().replace(b'"strength":1700', b'"strength":1701'))
    for asked in ((log, "--run", runs_of(log)[0], *DAYS), (FEB2022, log, "--run", runs_of(log)[0], "--at", "end")):
        done = sim("diff", *asked)
        assert (done.status, done.out) == (3, "")
