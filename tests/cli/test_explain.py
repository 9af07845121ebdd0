"""`explain`: what a figure is made of and what it rests on, from a scenario or a log."""

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Sim
from tests.report.test_laws import columns as columns_of

GOLDEN = ROOT / "tests" / "golden"
FEB2022, FAILED = "scenarios/feb2022.yaml", "scenarios/failed-total.yaml"
POLAND = ("--at", "end", "--place", "pl")

Compare = Callable[[Path, str], None]


@pytest.mark.parametrize("columns", [160, 100, 60])
@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("poland", (FEB2022, *POLAND)),
        ("poland-before", (FEB2022, "--at", "2022-02-03", "--place", "pl")),
        ("claim", (FAILED, "--claim", "ministry-total")),
        ("hard", ("tests/golden/hard.yaml", "--claim", "second")),
    ],
)
def test_the_page(name: str, asked: tuple[str, ...], columns: int, sim: Sim, golden: Compare) -> None:
    """On terminals of several widths: it fits, and nothing is said but the answer."""
    done = sim("explain", *asked, columns=columns)
    golden(GOLDEN / f"explain-{name}-{columns}.txt", done.out)
    assert (done.status, done.err) == (0, "")
    *page, _ = done.out.splitlines()  # the last is a command to be copied
    assert [line for line in page if columns_of(line) > columns] == []


@pytest.mark.parametrize(("form", "suffix"), [("markdown", "md"), ("json", "json"), ("csv", "csv")])
def test_the_other_forms(form: str, suffix: str, sim: Sim, golden: Compare) -> None:
    """Of the contradicted total: what it is made of, whole."""
    done = sim("explain", FAILED, "--claim", "ministry-total", "--format", form)
    golden(GOLDEN / f"explain-claim.{suffix}", done.out)
    assert (done.status, done.err) == (0, "")


@pytest.fixture
def log(sim: Sim, tmp_path: Path) -> Path:
    """The log of a run, in a folder where there is nothing else."""
    path = tmp_path / "run.jsonl"
    sim("run", FEB2022, "--log", path)
    return path


@pytest.mark.parametrize("form", ["table", "markdown", "csv"])
def test_a_log_explains_what_its_scenario_does(form: str, log: Path, sim: Sim) -> None:
    """From the log alone, with the same words but its own address."""
    of_scenario = sim("explain", FEB2022, *POLAND, "--format", form, columns=1000)
    of_log = sim("explain", log, *POLAND, "--format", form, columns=1000)
    assert (of_log.status, of_log.err) == (0, "")
    assert of_log.out == of_scenario.out.replace(FEB2022, str(log))


def test_json_of_a_log_says_which_run(log: Path, sim: Sim) -> None:
    """And where it is; all else is as it is of the scenario."""
    of_log = json.loads(sim("explain", log, *POLAND, "--format", "json").out)
    of_scenario = json.loads(sim("explain", FEB2022, *POLAND, "--format", "json").out)
    assert of_log.pop("log")["url"] == str(log)
    assert of_scenario.pop("log")["url"] is None
    assert of_log == of_scenario


def test_one_of_several_runs(log: Path, sim: Sim) -> None:
    """The last, and it is said which; or the one that is asked for, also in the next question."""
    sim("run", FAILED, "--log", log)
    last = sim("explain", log, "--at", "end")
    assert last.out.startswith("All named here, 10 May: 1,400 troops")
    assert re.fullmatch(rf"{re.escape(str(log))} holds 2 runs: this is the last, \w+\n", last.err)
    run = json.loads(log.read_text(encoding="utf-8").splitlines()[0])["run"]
    first = sim("explain", log, *POLAND, "--run", run, columns=1000)
    assert (first.status, first.err) == (0, "")
    assert first.out.startswith("In Poland, 28 Feb: 1,700 troops (1,530-1,870), as announced\n")
    assert first.out.endswith(f"\nNext: python -m sim explain {log} --run {run} --claim 28-cnn-82nd\n")


def figure(out: str) -> str:
    """The figure that a page begins with."""
    found = re.search(r": ([\d,]+ troops)", out.splitlines()[0])
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("--place us", "8,500 troops"),
        ("--at start --place us", "10,500 troops"),
        ("--at start --place us --exactly", "8,500 troops"),
        ("--country PL,RO --side US", "2,700 troops"),
        ("--country unstated", "105,000 troops"),
        ("--unit 82-ibct --unit xviii-corps", "2,000 troops"),
        ("--order 82nd-to-poland,strykers-to-romania --readiness deployed", "2,700 troops"),
        ("--origin us --readiness deployed", "2,000 troops"),
        ("--readiness in-transit --at 2022-02-03 --place pl", "1,700 troops"),
        ("--at 2022-02-03T00:00 --readiness in-transit", "3,000 troops"),
        ("--kind troops --readiness standby", "5,000 troops"),
        ("--at D+9", "116,500 troops"),
    ],
)
def test_what_is_asked(asked: str, expected: str, sim: Sim) -> None:
    """Options combine with 'and', values within one with 'or'; they mean what they mean in a scenario."""
    words = shlex.split(asked)
    done = sim("explain", FEB2022, *words, *([] if "--at" in words else ["--at", "end"]), columns=400)
    assert (done.status, figure(done.out)) == (0, expected)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("", "explain needs a time, --at, or a claim, --claim\n  Or see: python -m sim explain --help\n"),
        ("--place pl", "explain needs a time, --at, or a claim, --claim\n"),
        ("--at never", "--at: 'never' is not a date"),
        ("--at 2023-01-01", "--at 2023-01-01 lies outside the run\n"),
        ("--at end --place Poland", "there is no place 'Poland'\n  Did you mean 'pl' (Poland)?\n"),
        ("--at end --side Us", "there is no side 'Us'\n  Did you mean 'US'?\n"),
        ("--at end --country FR", "there is no country 'FR'\n  There are: DE, US, PL, RO, UA, unstated.\n"),
        ("--at end --kind ship", "there is no kind 'ship'\n  There are: troops, aircraft, vehicles, batteries.\n"),
        ("--claim 25-cnn", "there is no claim '25-cnn'\n  Did you mean '25-cnn-total'?\n"),
        ("--claim 25-cnn-total --at end", "--at does not go with --claim\n  A claim says itself what it counts"),
        ("--claim 25-cnn-total --side US", "--side does not go with --claim\n"),
        ("--claim 25-cnn-total --exactly", "--exactly does not go with --claim\n"),
        ("--at end --run abc", f"--run does not go with {FEB2022}"),
        ("--at end --format xml", "argument --format: invalid choice"),
    ],
)
def test_wrong_use(asked: str, message: str, sim: Sim) -> None:
    """One clear error, with what to do; nothing is printed."""
    done = sim("explain", FEB2022, *shlex.split(asked))
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(message)


def test_a_log_that_does_not_verify(log: Path, sim: Sim) -> None:
    text = log.read_text(encoding="utf-8")
    log.write_text(text.replace('"strength":1700', '"strength":1800'), encoding="utf-8")
    done = sim("explain", log, *POLAND)
    assert (done.status, done.out) == (3, "")


def test_the_next_question_can_be_asked(sim: Sim) -> None:
    """The command at the foot of a page works, again and again, until there is no more to ask."""
    done = sim("explain", FAILED, "--claim", "ministry-total", columns=1000)
    for _ in range(3):
        (command,) = re.findall(r"(?m)^Next: python -m sim (.+)$", done.out)
        done = sim(*shlex.split(command), columns=1000)
        assert (done.status, done.err) == (0, "")


def test_what_came_in_several_ways(sim: Sim, tmp_path: Path) -> None:
    """In one account, what was seen to come is not called assumed because other strength was."""
    path = tmp_path / "parts.yaml"
    path.write_text(
        "format: 1\ntitle: Parts\nstart: 2022-01-01\nend: 2022-01-31\nsources: {press: {outlet: Press}}\n"
        "places: {home: {name: Home}, away: {name: Away}}\n"
        "units: {bn: {troops: 700, place: home, sources: [press]}}\n"
        "orders:\n  go:\n    {at: 2022-01-02, action: deploy, units: [bn], to: away, sources: [press], parts: [\n"
        "      {strength: 260, arrive: {by: 2022-01-05, basis: observed, sources: [press]}},\n"
        "      {strength: rest, arrive: {by: 2022-01-09, because: a guess}}]}\n"
    )
    asked = {
        "2022-01-05": "Away, 5 Jan: 260 troops, as observed",
        "end": "Away, 31 Jan: 700 troops, of it 260 as observed, 440 assumed !",
    }
    for at, figure in asked.items():
        assert sim("explain", path, "--at", at, "--place", "away").out.splitlines()[0] == f"In {figure}"


_LATER = """\
format: 1
title: Later
start: 2022-01-24
end: 2022-02-28
sources:
  army: {outlet: The Army, published: 2022-02-01}
  camera: {outlet: A camera, published: 2022-02-02}
  estimate: {outlet: An estimate, published: 2022-02-03}
  wire: {outlet: The Wire, published: 2022-02-04}
  radio: {outlet: The Radio, published: 2022-02-05}
places: {home: {name: Home}, away: {name: Away}}
units:
  bn: {troops: 100, place: home, sources: [army]}
  bn-2: {amends: bn, troops: 110, sources: [camera]}
  bn-3: {amends: bn, troops: 120, sources: [wire]}
orders:
  go: {at: 2022-02-02, action: deploy, units: [bn], to: away, transit: 12h, sources: [army]}
  go-2:
    amends: go
    parts:
      - {strength: {is: several dozen, post: 50, sources: [estimate]}, transit: 12h}
      - {strength: rest, transit: {is: 13h, because: a guess}}
    sources: [wire]
claims:
  all: {source: army, count: {place: away}, is: 100}
  all-2: {amends: all, source: radio, disputed: It was counted before the others came}
"""


def test_what_later_sources_changed(sim: Sim, tmp_path: Path) -> None:
    """Each change is told with who said so and from when on it was known; all of these sources are listed."""
    path = tmp_path / "later.yaml"
    path.write_text(_LATER, encoding="utf-8")
    done = sim("explain", path, "--claim", "all")
    assert (done.status, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[4:9] == [
        "all: in Away",
        "Said by A The Army.",
        "It expects 100; the ledger has 120: contradicted (disputed), off by 20.",
        "Disputed: It was counted before the others came",
        "Amended by all-2 (D), known from 5 Feb on",
    ]
    assert lines[14:17] == [
        'bn, "120" troops (E)',
        "  amended by bn-2 (B), known from 2 Feb on",
        "  amended by bn-3 (E), known from 4 Feb on",
    ]
    first = lines.index("Orders")
    assert lines[first:] == [
        "Orders",
        "go: deploy to Away, given 2 Feb to bn (A E; log 16)",
        "  amended by go-2 (E), known from 4 Feb on",
        "  50 of it: leaves when ordered, announced (E)",
        "    ! nothing dates it",
        '    "several dozen", taken as 50 (C)',
        "  50 of it: arrives 12h later, announced (E)",
        "  70 of it: leaves when ordered, announced (E)",
        "    ! nothing dates it",
        "  70 of it: arrives 13h later, assumed !",
        "    ! a guess",
        "",
        "Sources",
        "A The Army, 1 Feb 2022",
        "B A camera, 2 Feb 2022",
        "C An estimate, 3 Feb 2022",
        "D The Radio, 5 Feb 2022",
        "E The Wire, 4 Feb 2022",
    ]
    cited = json.loads(sim("explain", path, "--claim", "all", "--format", "json").out)["sources"]
    assert [source["id"] for source in cited] == ["army", "camera", "estimate", "radio", "wire"]


_AT_ONCE = """\
format: 1
title: At once
start: 2022-01-24
end: 2022-02-28
sources:
  army: {outlet: The Army, published: 2022-02-01}
  army-2: {outlet: The army, published: 2022-02-03}
  radio: {outlet: The Radio, published: 2022-02-02}
  wire: {outlet: The Wire, published: 2022-02-02}
places: {home: {name: Home}, away: {name: Away}}
units:
  bn: {troops: 100, place: home, sources: [army]}
  bn-2: {amends: bn, troops: 110, sources: [wire]}
  bn-3: {amends: bn, troops: 120, sources: [radio]}
orders:
  go: {at: 2022-02-02, action: deploy, units: [bn], to: away, transit: 12h, sources: [army]}
  go-2: {amends: go, arrive: {by: 2022-02-03}, depart: {after: 2022-02-02}, sources: [wire]}
  go-3: {amends: go, arrive: {by: 2022-02-04}, sources: [radio]}
claims:
  all: {source: army, count: {place: away}, is: 100}
  all-2: {amends: all, source: radio, says: 200 are there, is: 200}
  all-3: {amends: all, source: army-2, says: 201 are there, is: 201}
"""


def test_what_was_changed_twice_at_once(sim: Sim, tmp_path: Path) -> None:
    """It is said which counts, and in what; and who put words in another's mouth."""
    path = tmp_path / "at-once.yaml"
    path.write_text(_AT_ONCE, encoding="utf-8")
    lines = sim("explain", path, "--claim", "all").out.splitlines()
    for expected in (
        "  amended by bn-2 (D), known from 2 Feb on; troops overridden by bn-3",
        "  amended by bn-3 (C), known from 2 Feb on",
        "  amended by go-2 (D), known from 2 Feb on; arrive overridden by go-3",
        "  amended by go-3 (C), known from 2 Feb on",
        "Amended by all-2 (C), known from 2 Feb on",
        "Amended by all-3 (B), known from 3 Feb on",
        "With all-2, C The Radio changed says, is: A did not say it so.",
    ):
        assert lines.count(expected) == 1
    assert not any(line.startswith("With all-3") for line in lines)
    found = json.loads(sim("explain", path, "--claim", "all", "--format", "json").out)
    (unit,) = found["units"]
    assert [each.get("overridden_by") for each in unit["amended_by"]] == [["bn-3"], None]


def test_a_claim_that_was_taken_back(sim: Sim) -> None:
    """There is no figure to it: a short page says who said what, and who took it back when; so does JSON."""
    scenario = "tests/golden/amended.yaml"
    done = sim("explain", scenario, "--claim", "many", columns=100)
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines() == [
        "many: taken back by sorry, and held against nothing",
        "What was known when; 1 Feb - 20 Feb 2022, UTC",
        "",
        "many: Hundreds went",
        "Said by E The Wire, 4 Feb 2022.",
        "It expected hundreds (in Away, of those ordered to Away).",
        "Taken back by sorry, B The Echo, undated: It was not hundreds.",
        "",
        "Sources",
        "B The Echo, undated; relays The Gazette",
        "E The Wire, 4 Feb 2022; relays The Army",
        "",
        "Whom they have it from",
        "A The Army: Statement, 1 Feb 2022",
        "C The Gazette: Seen at the gate, 8 Feb 2022 12:00",
    ]
    form = json.loads(sim("explain", scenario, "--claim", "many", "--format", "json").out)
    assert (form["at"], form["figures"], form["claim"]["corrected_by"]) == (None, [], ["sorry"])
    assert [each["id"] for each in form["claims"]] == ["sorry"]
    assert [each["id"] for each in form["sources"]] == ["echo", "wire"]
    rows = sim("explain", scenario, "--claim", "many", "--format", "csv").out.splitlines()
    assert (len(rows), rows[0].split(",")[0]) == (1, "kind")
    assert sim("explain", scenario, "--claim", "many", "--format", "markdown").out.startswith(
        "# many: taken back by sorry, and held against nothing\n\n- What was"
    )


def test_a_claim_that_is_only_noted(sim: Sim) -> None:
    """The page says why it is not tested."""
    done = sim("explain", FEB2022, "--claim", "14-abc-stryker", columns=100)
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines()[:5] == [
        "14-abc-stryker: noted, and held against nothing",
        "US force posture in Europe, February 2022; 24 Jan - 28 Feb 2022, America/New_York time",
        "",
        "14-abc-stryker: A Stryker unit is among those that move east from Germany",
        "Said by A ABC News, 2 Feb 2022.",
    ]
