"""`history`: how the answer to one question changed as reports came in."""

import csv
import io
import json
import re
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
        known = [figure.pop("known") for figure in stage["figures"]]
        assert stage["figures"] == figures
        for parts, figure in zip(known, figures, strict=True):
            assert sum(part["strength"] for part in parts) == figure["strength"]


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


def _rows(out: str) -> list[str]:
    return out[out.index("as known from") :].splitlines()[1:]


def test_no_two_rows_say_the_same(sim: Sim) -> None:
    """What the units and parts of a figure are is not shown: where only that changes, the answer did not."""
    asked = (FLANK, "--claim", "e24a-pap-first-aircraft")
    out = sim("history", *asked, columns=160).out
    assert "the answer changed once\n" in out
    assert [row.split("  ")[0] for row in _rows(out)] == ["at first", "6 Feb 2022"]
    changed = [
        stage["as_known"] for stage in _stages(sim("history", *asked, "--format", "json").out) if stage["changed"]
    ]
    assert changed == ["2022-02-07T04:59:00Z"]


def test_what_changed_of_a_claim_itself(sim: Sim) -> None:
    """Why it is disputed is told with each change of it: on the 18th nothing else changed."""
    out = sim("history", *ASKED["flank-deadline"], columns=160).out
    assert out.endswith(
        "\nThe claim itself\n"
        "6 Feb 2022: disputed: When the week ended, several dozen of the 1,700 had landed in Poland.\n"
        "18 Feb 2022: disputed: The last of the 1,700 landed by 17 February, "
        "and the squadron was expected on the 19th.\n"
    )


TWICE_AMENDED = """format: 1
title: Amended
start: 2031-03-01
end: 2031-03-20
sources:
  a: {outlet: A, published: 2031-03-02}
  b: {outlet: B, published: 2031-03-10}
  c: {outlet: C, published: 2031-03-12}
places: {x: {name: X, country: XX}, y: {name: Y, country: YY}}
units:
  u: {troops: 950, place: x, side: XX, sources: [a]}
orders:
  go: {at: 2031-03-02, action: deploy, units: u, to: y, arrive: {by: 2031-03-08, sources: [b]}, sources: [a]}
claims:
  dl: {says: by the 6th, source: a, closed: {orders: go}, by: 2031-03-06}
  dl-reworded: {amends: dl, source: c, says: in time, per: b}
  home: {source: a, never: {place: y}}
"""


@pytest.fixture
def amended_twice(tmp_path: Path) -> Path:
    path = tmp_path / "amended.yaml"
    path.write_text(TWICE_AMENDED, encoding="utf-8")
    return path


def test_several_sources_of_one_outlet_have_their_dates(amended_twice: Path, sim: Sim) -> None:
    """Also where a page has only one of them."""
    text = amended_twice.read_text(encoding="utf-8").replace("outlet: C,", "outlet: A,")
    amended_twice.write_text(text, encoding="utf-8")
    out = sim("history", amended_twice, "--claim", "home", columns=160).out
    assert "\nSources: A A (2 Mar)  B B\n" in out


def test_an_arrival_that_became_known_is_what_was_new(amended_twice: Path, sim: Sim) -> None:
    """No entry came in with it: the order was there before. The words of a claim are told when they change."""
    out = sim("history", amended_twice, "--claim", "dl", columns=160).out
    assert [re.split("  +", row) for row in _rows(out)] == [
        ["at first", "not stated yet", ".", ".", ".", "."],
        ["2 Mar 2031", "open", "950", "0; on the way without a known arrival: u", "A", "dl, go, u"],
        ["10 Mar 2031", "contradicted", "950", "0", "B", "go: arrival"],
        ["12 Mar 2031", "contradicted", "950", "0", "C", "dl-reworded"],
        [""],
        ["The claim itself"],
        ["12 Mar 2031: it says in time"],
        ["12 Mar 2031: it is from B"],
    ]
    stages = _stages(sim("history", amended_twice, "--claim", "dl", "--format", "json").out)
    assert [stage["details"] for stage in stages] == [[], [], [{"entry": "go", "of": "arrival"}], []]
    rows = list(csv.DictReader(io.StringIO(sim("history", amended_twice, "--at", "end", "--format", "csv").out)))
    assert [(row["as_known"], row["known"], row["details"]) for row in rows] == [
        ("", "", ""),
        ("2031-03-02T23:59:00Z", "950 announced", ""),
        ("2031-03-10T23:59:00Z", "950 announced", "go: arrival"),
        ("2031-03-12T23:59:00Z", "950 announced", ""),
    ]


def test_the_first_moment_that_a_claim_fails_at(amended_twice: Path, sim: Sim) -> None:
    """Of a claim about many moments the page says at which one the ledger has its figure."""
    out = sim("history", amended_twice, "--claim", "home", columns=160).out
    assert [row.split("  ")[0] for row in _rows(out)] == ["at first", "2 Mar 2031", "10 Mar 2031"]
    assert "contradicted    0           950 on 8 Mar  B               go: arrival" in out


def test_what_there_is_no_room_for_in_columns_is_named(amended_twice: Path, sim: Sim) -> None:
    """On a narrow page each row is a sentence, in which every cell says what it is."""
    out = sim("history", amended_twice, "--claim", "dl", columns=60).out
    assert out[out.index("What was known\n") :] == (
        "What was known\n"
        "at first: not stated yet\n"
        "2 Mar 2031: open; expects 950; ledger 0; on the way without\n"
        "  a known arrival: u; published by A; new: dl, go, u\n"
        "10 Mar 2031: contradicted; expects 950; ledger 0; published\n"
        "  by B; new: go: arrival\n"
        "12 Mar 2031: contradicted; expects 950; ledger 0; published\n"
        "  by C; new: dl-reworded\n"
        "\n"
        "The claim itself\n"
        "12 Mar 2031: it says in time\n"
        "12 Mar 2031: it is from B\n"
    )


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
