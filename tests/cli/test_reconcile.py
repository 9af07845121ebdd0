"""`reconcile`: what cannot all be true, who agrees, and what the reports allow; from a scenario or a log."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import ROOT, Sim
from tests.report.test_laws import columns as columns_of

GOLDEN = ROOT / "tests" / "golden"
FEB2022, FLANK = "scenarios/feb2022.yaml", "scenarios/eastern-flank-2022.yaml"

Compare = Callable[[Path, str], None]

AT_ODDS = """\
format: 1
title: At odds
start: 2030-05-01
end: 2030-05-31
sources:
  army: {outlet: Army, published: 2030-05-02}
  gazette: {outlet: Gazette, published: 2030-05-03}
  herald: {outlet: Herald, published: 2030-05-10}
places: {home: {}, away: {}}
units:
  guard: {troops: about 103, place: home, sources: army}
  rest: {troops: 51, place: away, readiness: deployed, because: They are taken to be there.}
claims:
  gazette-home: {says: 123 are at home, source: gazette, count: {place: home}, is: 123}
  herald-all: {says: 151 in all, source: herald, count: {}, is: 151}
  herald-home: {says: 97 are at home, source: herald, count: {place: home}, is: 97}
"""
"""Of a hundred or so, one source says more than there can be, another what does not add up."""


@pytest.fixture
def at_odds(tmp_path: Path) -> Path:
    path = tmp_path / "at-odds.yaml"
    path.write_text(AT_ODDS, encoding="utf-8")
    return path


@pytest.mark.parametrize("columns", [100, 80, 60])
@pytest.mark.parametrize(
    ("name", "asked", "status"),
    [
        ("feb2022", (FEB2022,), 0),
        ("flank", (FLANK, "--place", "pl", "--at", "2022-02-01", "--at", "2022-02-17"), 1),
    ],
)
def test_the_page(name: str, asked: tuple[str, ...], status: int, columns: int, sim: Sim, golden: Compare) -> None:
    """On terminals of several widths: it fits; the status says whether more than rounding stands between claims."""
    done = sim("reconcile", *asked, columns=columns)
    golden(GOLDEN / f"reconcile-{name}-{columns}.txt", done.out)
    assert (done.status, done.err) == (status, "")
    *page, _ = done.out.splitlines()  # the last is a command to be copied
    assert [line for line in page if columns_of(line) > columns] == []


@pytest.mark.parametrize(("form", "suffix"), [("markdown", "md"), ("json", "json"), ("csv", "csv")])
def test_the_other_forms(form: str, suffix: str, sim: Sim, golden: Compare) -> None:
    """As Markdown, JSON and CSV; the status is the same."""
    done = sim("reconcile", FEB2022, "--format", form)
    golden(GOLDEN / f"reconcile-feb2022.{suffix}", done.out)
    assert (done.status, done.err) == (0, "")


def _ids(contradiction: dict[str, Any]) -> list[list[str]]:
    """The claims of each statement of a contradiction."""
    return [[claim["id"] for claim in statement["claims"]] for statement in contradiction["statements"]]


def test_what_is_wrong(at_odds: Path, sim: Sim) -> None:
    """One claim that the reported strength rules out, and two that do not go together."""
    done = sim("reconcile", at_odds, "--format", "json")
    found = json.loads(done.out)
    assert (done.status, found["together"], found["rounding_differences"]) == (1, "impossible", [])
    assert [_ids(each) for each in found["contradictions"]] == [[["gazette-home"]], [["herald-all"], ["herald-home"]]]
    assert (found["at_odds"], found["ruled_out"]) == ([], ["gazette", "herald"])


def test_bounds_are_asked(at_odds: Path, sim: Sim) -> None:
    """By what is in no contradiction: here by the reported strength alone."""
    done = sim("reconcile", at_odds, "--place", "home", "--format", "csv")
    assert done.status == 1
    assert "92" in done.out and "114" in done.out


def test_as_known(at_odds: Path, sim: Sim) -> None:
    """Before the second newspaper, only the first one's claim is there; on the first day, none."""
    early = json.loads(sim("reconcile", at_odds, "--as-known", "2030-05-03", "--format", "json").out)
    assert [_ids(each) for each in early["contradictions"]] == [[["gazette-home"]]]
    done = sim("reconcile", at_odds, "--as-known", "2030-05-01", "--format", "json")
    assert (done.status, json.loads(done.out)["contradictions"]) == (0, [])


def test_a_log_says_what_its_scenario_does(sim: Sim, tmp_path: Path) -> None:
    """From the log alone."""
    log = tmp_path / "run.jsonl"
    sim("run", FEB2022, "--log", log)
    of_log = sim("reconcile", log, "--format", "csv")
    assert (of_log.status, of_log.err) == (0, "")
    assert of_log.out == sim("reconcile", FEB2022, "--format", "csv").out


def test_the_limit_is_said(sim: Sim) -> None:
    """Where there may be more, that is said; and nothing can be found with a limit of none."""
    done = sim("reconcile", FLANK, "--limit", "2")
    assert (
        "There are more contradictions than were looked for: these are the smallest. --limit looks for more."
        in done.out
    )
    refused = sim("reconcile", FLANK, "--limit", "0")
    assert (refused.status, refused.out) == (2, "")
    assert refused.err == "--limit 0 is no such number\n  Give one from 1 to 10,000.\n"


def test_without_the_library(sim: Sim, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the line that installs it."""
    monkeypatch.setitem(sys.modules, "z3", None)
    done = sim("reconcile", FEB2022)
    assert (done.status, done.out) == (2, "")
    assert "pip install 'troop-ledger[reconcile]'" in done.err


def test_what_there_is_not(sim: Sim) -> None:
    """As everywhere: with the nearest there is."""
    done = sim("reconcile", FEB2022, "--place", "pll")
    assert (done.status, done.err) == (2, "there is no place 'pll'\n  Did you mean 'pl' (Poland)?\n")
