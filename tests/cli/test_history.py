"""`history`: how the answer to one question changed as reports came in."""

import csv
import io
import json
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import ROOT, Sim
from tests.report.test_laws import columns as columns_of

GOLDEN = ROOT / "tests" / "golden"
AMENDED, FEB2022, FLANK = "tests/golden/amended.yaml", "scenarios/feb2022.yaml", "scenarios/eastern-flank-2022.yaml"

ASKED = {
    "flank-poland": (FLANK, "--place", "pl", "--at", "2022-02-06"),
    "flank-deadline": (FLANK, "--claim", "e14b-beast-deadline"),
    "feb2022": (FEB2022, "--at", "end", "--country", "PL,DE,RO"),
    "amended": (AMENDED, "--at", "end"),
    "withdrawn": (AMENDED, "--claim", "many"),
}

Compare = Callable[[Path, str], None]


@pytest.mark.parametrize("columns", [100, 80, 60])
@pytest.mark.parametrize("name", ASKED)
def test_the_page(name: str, columns: int, sim: Sim, golden: Compare) -> None:
    """On terminals of several widths: it fits, and has a line for each time at which the answer changed."""
    done = sim("history", *ASKED[name], columns=columns)
    golden(GOLDEN / f"history-{name}-{columns}.txt", done.out)
    assert (done.status, done.err) == (0, "")
    assert [line for line in done.out.splitlines() if columns_of(line) > columns] == []


@pytest.mark.parametrize(("form", "suffix"), [("markdown", "md"), ("json", "json"), ("csv", "csv")])
@pytest.mark.parametrize("name", ["amended", "withdrawn"])
def test_the_other_forms(name: str, form: str, suffix: str, sim: Sim, golden: Compare) -> None:
    """As Markdown the same page; JSON and CSV have every stage, also those that changed nothing."""
    done = sim("history", *ASKED[name], "--format", form)
    golden(GOLDEN / f"history-{name}.{suffix}", done.out)
    assert (done.status, done.err) == (0, "")


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize("ending", ["jsonl", "sqlite"])
def test_a_log_tells_what_its_scenario_does(ending: str, name: str, sim: Sim, tmp_path: Path) -> None:
    """From the definitions in it, to the byte; JSON says where it is, too."""
    scenario, *asked = ASKED[name]
    log = tmp_path / f"run.{ending}"
    sim("run", scenario, "--log", log)
    for form in ("table", "markdown", "csv"):
        of_log = sim("history", log, *asked, "--format", form)
        assert (of_log.status, of_log.err) == (0, "")
        assert of_log.out == sim("history", scenario, *asked, "--format", form).out
    whole = json.loads(sim("history", scenario, *asked, "--format", "json").out)
    part = json.loads(sim("history", log, *asked, "--format", "json").out)
    assert part.pop("log")["url"] == str(log)
    assert whole.pop("log")["url"] is None
    assert part == whole


def _stages(out: str) -> list[Any]:
    return list(json.loads(out)["history"])


@pytest.mark.parametrize("scenario", [AMENDED, FEB2022, FLANK])
def test_every_stage_is_what_is_answered_as_known_then(scenario: str, sim: Sim) -> None:
    """`explain --as-known` gives the same figures."""
    for stage in _stages(sim("history", scenario, "--at", "end", "--format", "json").out):
        as_known = ("--as-known", stage["as_known"] or "1990-01-01")
        explained = json.loads(sim("explain", scenario, "--at", "end", *as_known, "--format", "json").out)
        figures = [
            {key: figure[key] for key in ("kind", "strength", "low", "high", "basis")}
            for figure in explained["figures"]
        ]
        assert stage["figures"] == figures


@pytest.mark.parametrize("claim", ["all-there", "many", "sorry", "none-at-home"])
def test_every_stage_of_a_claim_is_what_a_run_as_known_then_says(claim: str, sim: Sim) -> None:
    """The whole of what JSON has on it, null before it was stated."""
    for stage in _stages(sim("history", AMENDED, "--claim", claim, "--format", "json").out):
        as_known = stage["as_known"] or "1990-01-01"
        run = json.loads(sim("run", AMENDED, "--as-known", as_known, "--format", "json").out)
        assert [stage["claim"]] == [each for each in run["claims"] if each["id"] == claim] or (
            stage["claim"] is None and claim not in {each["id"] for each in run["claims"]}
        )


def test_who_took_a_claim_back_later_had_not_done_so_before(sim: Sim, tmp_path: Path) -> None:
    """A second correction is not told of the stage at which there was one."""
    path = tmp_path / "twice.yaml"
    path.write_text(
        "format: 1\ntitle: Twice\nstart: 2022-01-01\nend: 2022-01-31\nsources:\n"
        + "".join(f"  s{day}: {{outlet: S, published: 2022-01-0{day}}}\n" for day in (1, 2, 3))
        + "units: {u: {troops: 100, place: unstated, because: x}}\nclaims:\n"
        + "  said: {source: s1, count: {}, is: 90}\n"
        + "  back: {source: s2, corrects: said, count: {}, is: 100}\n"
        + "  again: {source: s3, corrects: said, count: {}, is: 101}\n",
        encoding="utf-8",
    )
    stages = _stages(sim("history", path, "--claim", "said", "--format", "json").out)
    assert [stage["claim"] and stage["claim"].get("corrected_by") for stage in stages] == [
        None,
        None,
        ["back"],
        ["again", "back"],
    ]
    assert [stage["entries"] for stage in stages] == [["u"], ["said"], ["back"], ["again"]]
    rows = list(csv.DictReader(io.StringIO(sim("history", path, "--claim", "said", "--format", "csv").out)))
    assert [(row["verdict"], row["changed"]) for row in rows] == [
        ("", "false"),
        ("contradicted", "true"),
        ("withdrawn", "true"),
        ("withdrawn", "true"),
    ]


def test_a_scenario_without_dates(sim: Sim, tmp_path: Path) -> None:
    """All of it was always known: there is one line, and nothing changed."""
    path = tmp_path / "undated.yaml"
    path.write_text(
        "format: 1\ntitle: Undated\nstart: 2022-01-01\nend: 2022-01-31\nsources: {s: {outlet: S}}\n"
        "units: {u: {troops: 100, place: unstated, sources: s}}\n",
        encoding="utf-8",
    )
    assert sim("history", path, "--at", "end").out == (
        "All named here, 31 Jan: what was known when\n"
        "Undated; 1 Jan - 31 Jan 2022, UTC\n"
        "No source says when it was published: all of it counts as always known\n"
        "\n"
        "What was known\n"
        "as known from  figure                          published then  new then\n"
        "at first       100, not moved since the start  .               u\n"
    )


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("", "history needs a time, --at, or a claim, --claim\n  Or see: python -m sim history --help\n"),
        ("--place pl", "history needs a time, --at, or a claim, --claim\n"),
        (
            "--claim 25-cnn-total --at end",
            "--at does not go with --claim\n  A claim says itself what it counts, and when: leave it out.\n",
        ),
        ("--claim 25-cnn-total --place pl", "--place does not go with --claim\n"),
        ("--claim 25-cnn", "there is no claim '25-cnn'\n  Did you mean '25-cnn-total'?\n"),
        ("--at end --place Poland", "there is no place 'Poland'\n  Did you mean 'pl' (Poland)?\n"),
        ("--at end --unit 82-ibtc", "there is no unit '82-ibtc'\n  Did you mean '82-ibct'"),
        ("--at 2023-01-01", "--at 2023-01-01 lies outside the run\n"),
        ("--at never", "--at: 'never' is not a date"),
        ("--at end --run abc", f"--run does not go with {FEB2022}"),
        ("--at end --as-known end", "unrecognized arguments: --as-known\n"),
        ("--at end --format xml", "argument --format: invalid choice"),
    ],
)
def test_wrong_use(asked: str, message: str, sim: Sim) -> None:
    """One clear error, with what to do; nothing is printed."""
    done = sim("history", FEB2022, *shlex.split(asked))
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(message)
