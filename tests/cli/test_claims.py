"""`claims`: who says what, side by side, and how it stands; from a scenario or a log."""

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
FLANK = "scenarios/eastern-flank-2022.yaml"

Compare = Callable[[Path, str], None]


@pytest.mark.parametrize("columns", [160, 100, 80, 60])
@pytest.mark.parametrize(
    ("name", "asked", "status"),
    [
        ("feb2022", (FEB2022,), 0),
        ("feb2022-question", (FEB2022, "--question", "2"), 0),
        ("feb2022-source", (FEB2022, "--source", "abc"), 0),
        ("failed-total", (FAILED,), 1),
        ("hard", ("tests/golden/hard.yaml",), 1),
    ],
)
def test_the_page(name: str, asked: tuple[str, ...], status: int, columns: int, sim: Sim, golden: Compare) -> None:
    """On terminals of several widths: it fits; the status says whether the claims shown hold."""
    done = sim("claims", *asked, columns=columns)
    golden(GOLDEN / f"claims-{name}-{columns}.txt", done.out)
    assert (done.status, done.err) == (status, "")
    *page, _ = done.out.splitlines()  # the last is a command to be copied
    assert [line for line in page if columns_of(line) > columns] == []


@pytest.mark.parametrize(("form", "suffix"), [("markdown", "md"), ("json", "json"), ("csv", "csv")])
@pytest.mark.parametrize(("name", "scenario", "status"), [("feb2022", FEB2022, 0), ("failed-total", FAILED, 1)])
def test_the_other_forms(
    name: str, scenario: str, status: int, form: str, suffix: str, sim: Sim, golden: Compare
) -> None:
    """As Markdown, JSON and CSV; the status is the same."""
    done = sim("claims", scenario, "--format", form)
    golden(GOLDEN / f"claims-{name}.{suffix}", done.out)
    assert (done.status, done.err) == (status, "")


@pytest.fixture
def log(sim: Sim, tmp_path: Path) -> Path:
    """The log of a run, in a folder where there is nothing else."""
    path = tmp_path / "run.jsonl"
    sim("run", FEB2022, "--log", path)
    return path


@pytest.mark.parametrize("form", ["table", "markdown", "csv"])
def test_a_log_says_what_its_scenario_does(form: str, log: Path, sim: Sim) -> None:
    """From the log alone, with the same words but its own address."""
    of_scenario = sim("claims", FEB2022, "--format", form, columns=1000)
    of_log = sim("claims", log, "--format", form, columns=1000)
    assert (of_log.status, of_log.err) == (0, "")
    assert of_log.out == of_scenario.out.replace(FEB2022, str(log))


def test_json_of_a_log_says_which_run(log: Path, sim: Sim) -> None:
    """And where it is; all else is as it is of the scenario."""
    of_log = json.loads(sim("claims", log, "--format", "json").out)
    of_scenario = json.loads(sim("claims", FEB2022, "--format", "json").out)
    assert of_log.pop("log")["url"] == str(log)
    assert of_scenario.pop("log")["url"] is None
    assert of_log == of_scenario


def test_one_of_several_runs(log: Path, sim: Sim) -> None:
    """The last, and it is said which; or the one that is asked for, also in the next question."""
    sim("run", FAILED, "--log", log)
    last = sim("claims", log)
    assert last.out.startswith("Exercise Tin Lantern (invented)\n")
    assert last.status == 1
    assert re.fullmatch(rf"{re.escape(str(log))} holds 2 runs: this is the last, \w+\n", last.err)
    run = json.loads(log.read_text(encoding="utf-8").splitlines()[0])["run"]
    first = sim("claims", log, "--run", run, columns=1000)
    assert (first.status, first.err) == (0, "")
    assert first.out.endswith(f"\nNext: python -m sim claims {log} --run {run} --question 1\n")


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        (FAILED, 1),
        (f"{FAILED} --verdict contradicted", 1),
        (f"{FAILED} --source ministry", 1),
        (f"{FAILED} --source gazette", 0),
        (f"{FAILED} --verdict holds,given", 0),
        (f"{FAILED} --verdict disputed", 0),
        (f"{FEB2022} --verdict contradicted", 0),
    ],
)
def test_the_status(asked: str, status: int, sim: Sim) -> None:
    """It is about the claims that are asked for: 1 where an undisputed one of them is contradicted."""
    assert sim("claims", *shlex.split(asked)).status == status


def test_a_dispute_that_holds(sim: Sim, tmp_path: Path) -> None:
    """It is no dispute: the status says so too."""
    path = tmp_path / "disputed.yaml"
    text = (ROOT / FAILED).read_text(encoding="utf-8")
    claim = re.search(r"(?m)^  gazette-total:.*\n(    .*\n)+", text)
    assert claim
    disputed = text.replace(claim[0], claim[0] + "    disputed: It was said in haste\n")
    path.write_text(disputed, encoding="utf-8")
    assert sim("claims", path, "--question", "gazette-total", "--source", "gazette").status == 1
    assert sim("claims", path, "--question", "gazette-infantry").status == 0


def test_as_known(sim: Sim) -> None:
    """Only what had been published by then: before 2 February, nobody had claimed anything."""
    done = sim("claims", FEB2022, "--as-known", "2022-02-01", "--format", "json")
    assert done.status == 0
    known = json.loads(done.out)
    assert known["scenario"]["as_known"] == "2022-02-02T04:59:00Z"
    assert [claim["source"] for claim in known["claims"]] == []
    whole = json.loads(sim("claims", FEB2022, "--as-known", "2022-02-02", "--format", "json").out)
    assert whole["claims"] == json.loads(sim("claims", FEB2022, "--format", "json").out)["claims"]


def test_how_much_had_arrived_of_what_had_not_closed(sim: Sim) -> None:
    """Of a deadline that was missed it says that, and not how much had not come in whole units."""
    out = sim("claims", FLANK, "--question", "14").out
    assert out[out.index(" #  question") :].split("\n\n")[0].splitlines() == [
        " #  question                                       J        ledger",
        "14  closed by 6 Feb: ordered to RO, PL, DE      yes*           no;",
        "                                            disputed  365 of 3,000",
        "                                                        were there",
    ]


MOVED = """format: 1
title: Moved
start: 2031-03-01
end: 2031-03-20
sources:
  a: {outlet: A, published: 2031-03-02}
  b: {outlet: B, published: 2031-03-05}
  c: {outlet: C, published: 2031-03-06}
places: {x: {name: X, country: XX}, y: {name: Y, country: YY}}
units:
  u: {troops: about 100, place: x, side: XX, sources: [a]}
orders:
  go: {at: 2031-03-02, action: deploy, units: u, to: y, arrive: {by: 2031-03-08, sources: [b]}, sources: [a]}
claims:
"""


@pytest.fixture
def moved(tmp_path: Path) -> Callable[[str], Path]:
    def write(claims: str) -> Path:
        path = tmp_path / "moved.yaml"
        path.write_text(MOVED + claims, encoding="utf-8")
        return path

    return write


def test_what_was_only_noted_and_then_taken_back(moved: Callable[[str], Path], sim: Sim) -> None:
    """It stands with all that was taken back, and no more with what is noted; what it took back stands again."""
    scenario = moved(
        "  k: {says: 100 there, source: a, count: {place: y}, is: 100}\n"
        "  k1: {corrects: k, says: it was never said, source: b, noted: about words}\n"
        "  k2: {corrects: k1, says: it was, source: c, noted: about words as well}\n"
    )
    page = sim("claims", scenario).out
    assert page.endswith(
        "\n\nTaken back\nB: k1: it was never said, by k2 (C).\n\n"
        "1 claim noted as untestable: --verdict noted\n"
        f"Next: python -m sim claims {shlex.quote(str(scenario))} --question 1\n"
    )
    assert sim("claims", scenario, "--verdict", "withdrawn").out.endswith(
        "1 of 3 claims: 1 withdrawn.\n\nTaken back\nB: k1: it was never said, by k2 (C).\n"
    )
    assert sim("claims", scenario, "--verdict", "noted").out.endswith(
        "1 of 3 claims: 1 noted as untestable.\n\n"
        "Noted\nby  says        why it is not tested\nC   k2: it was  about words as well\n"
    )


def test_what_was_disputed_and_then_taken_back(moved: Callable[[str], Path], sim: Sim) -> None:
    """There is nothing left to dispute: neither here nor in the headline of a run."""
    scenario = moved(
        "  w: {says: 300 there, source: a, count: {place: y}, is: 300, disputed: wrong}\n"
        "  w1: {corrects: w, source: c, count: {place: y}, is: 100}\n"
    )
    page = sim("claims", scenario).out
    assert "\nTaken back\n1, A: 300, by w1 (C).\n" in page
    assert "Disputed by" not in page
    assert " disputed" not in page
    assert "Disputed: " not in sim("run", scenario).out


def test_what_is_open_is_not_off(moved: Callable[[str], Path], sim: Sim) -> None:
    """How far off it is is not known: the pages do not say; JSON has what is counted against what is expected."""
    scenario = moved("  n: {source: a, count: {place: y, readiness: deployed}, is: about 100, at: 2031-03-09}\n")
    asked = (scenario, "--as-known", "2031-03-04")
    for form in ("table", "markdown"):
        for columns in (100, 60, 40):
            page = sim("claims", *asked, "--format", form, columns=columns).out
            assert "open" in page
            assert " off" not in page
        explained = sim("explain", *asked, "--claim", "n", "--format", form).out
        assert "It expects about 100; the ledger has 0: open." in explained
    (claim,) = json.loads(sim("claims", *asked, "--format", "json").out)["claims"]
    assert (claim["verdict"], claim["distance"]) == ("open", 90)


def test_the_next_question_can_be_asked(sim: Sim) -> None:
    """The command at the foot of a page works."""
    for scenario in (FEB2022, FAILED):
        done = sim("claims", scenario, columns=1000)
        (command,) = re.findall(r"(?m)^Next: python -m sim (.+)$", done.out)
        asked = sim(*shlex.split(command), columns=1000)
        assert (asked.status, asked.err) == (0, "")


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("--question polnd", "there is no question 'polnd'\n  Did you mean 'poland'?\n"),
        ("--question 99", "there is no question '99'\n"),
        ("--source Cnnn", "there is no source 'Cnnn'\n  Did you mean 'cnn' (CNN)?\n"),
        ("--verdict good", "there is no verdict 'good'\n  There are: holds, compatible, open, contradicted, noted, "),
        ("--run abc", f"--run does not go with {FEB2022}"),
        ("--format xml", "argument --format: invalid choice"),
        ("--as-known never", "--as-known: 'never' is not a date"),
    ],
)
def test_wrong_use(asked: str, message: str, sim: Sim) -> None:
    """One clear error, with what to do; nothing is printed."""
    done = sim("claims", FEB2022, *shlex.split(asked))
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(message)


def test_a_log_that_does_not_verify(log: Path, sim: Sim) -> None:
    """Nothing is said from it."""
    text = log.read_text(encoding="utf-8")
    log.write_text(text.replace('"strength":1700', '"strength":1800'), encoding="utf-8")
    done = sim("claims", log)
    assert (done.status, done.out) == (3, "")
