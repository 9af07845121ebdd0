"""`lint`: remarks on scenarios that load, with their places; every form, and several files at once."""

import csv
import io
import json
from pathlib import Path

import pytest

from sim.lint import CHECKS
from tests.cli.conftest import ROOT, Sim

FAILED = "scenarios/failed-total.yaml"
SCENARIO = """\
format: 1
title: A scenario
start: 2022-01-24
end: 2022-02-28
sources: {cnn: {outlet: CNN, published: 2022-02-02}, afp: {outlet: AFP, published: 2022-02-02}}
places: {us: {country: US}}
units: units.csv
claims:
  c: {source: cnn, count: {place: us}, is: 100}
"""
UNITS = "id,troops,place,sources\na,100,us,cnn\n"


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    """A scenario with three remarks."""
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    path = tmp_path / "scenario.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    return path


def test_nothing_to_remark(sim: Sim) -> None:
    """A line for each scenario says so."""
    done = sim("lint", FAILED, FAILED)
    assert (done.status, done.out, done.err) == (0, f"{FAILED}: nothing to remark\n" * 2, "")


def test_remarks_by_place(sim: Sim, scenario: Path) -> None:
    """As load errors are, each with the name of its check; and how many there are."""
    done = sim("lint", scenario)
    assert (done.status, done.err) == (1, "")
    assert (
        done.out
        == f"""\
{scenario}:5:54: nothing uses the source 'afp' [unused-source]
    5 | es: {{cnn: {{outlet: CNN, published: 2022-02-02}}, afp: {{outlet: AFP, published: 2022-02-02}}}}
      |                                                 ^
  Write down what it claims, rest something on it, or take it out.
{scenario}:9:3: the claim 'c' does not say what its source said [claim-without-words]
    9 |   c: {{source: cnn, count: {{place: us}}, is: 100}}
      |   ^
  Add `says`, in your own words, so that a reader can see what was made of it.
{scenario}:9:3: the claim 'c' cannot fail: the strength of 'a' has the same origin, and no other claim tests it \
[tests-itself]
    9 |   c: {{source: cnn, count: {{place: us}}, is: 100}}
      |   ^
  It confirms nothing. Look for a report of another origin, or for a total that counts this unit in.
{scenario}: 3 remarks
"""
    )


def test_remarks_in_a_table(sim: Sim, scenario: Path) -> None:
    """What stands in a CSV file has its row and cell there."""
    scenario.write_text(SCENARIO.replace("is: 100", "says: Some 100, is: some 100"), encoding="utf-8")
    done = sim("lint", scenario, "--check", "about-posted-as-exact")
    assert (done.status, done.err) == (1, "")
    assert (
        done.out
        == f"""\
{scenario.parent}/units.csv:2:3: the unit 'a' is an exact number, which the claim 'c' of its source does not give as \
one [about-posted-as-exact]
    2 | a,100,us,cnn
      |   ^
  expected: some 100
  found:    100
  Write it as the report does: `troops: some 100`.
{scenario}: 1 remark
"""
    )


def test_checks_that_are_chosen(sim: Sim, scenario: Path) -> None:
    """Those named and no others, or all but some; several with commas or one at a time."""

    def asked(*words: str) -> list[str]:
        form = json.loads(sim("lint", scenario, "--format", "json", *words).out)
        assert {remark["check"] for remark in form["remarks"]} <= set(form["checks"])
        return [remark["check"] for remark in form["remarks"]]

    assert asked() == ["unused-source", "claim-without-words", "tests-itself"]
    assert asked("--check", "tests-itself, unused-source") == ["unused-source", "tests-itself"]
    assert asked("--check", "tests-itself", "--check", "unused-place") == ["tests-itself"]
    assert asked("--except", "tests-itself,unused-source") == ["claim-without-words"]
    assert asked("--check", "tests-itself,unused-source", "--except", "tests-itself") == ["unused-source"]
    assert sim("lint", scenario, "--check", "same-url").status == 0


def test_checks_that_there_are_not(sim: Sim, scenario: Path) -> None:
    """The nearest is named, or all; and some check has to be left."""
    done = sim("lint", scenario, "--check", "unused-sources")
    assert (done.status, done.out) == (2, "")
    assert done.err == "there is no check called 'unused-sources'\n  Did you mean 'unused-source'?\n"
    done = sim("lint", scenario, "--except", "x")
    assert done.err == f"there is no check called 'x'\n  There are: {', '.join(CHECKS)}.\n"
    done = sim("lint", scenario, "--check", "same-url", "--except", "same-url")
    assert (done.status, done.out) == (2, "")
    assert done.err == "no check is left to ask\n  Name one with --check, or leave out fewer with --except.\n"


def test_one_that_does_not_load(sim: Sim, scenario: Path) -> None:
    """The others are looked at all the same; that it does not load counts more than remarks."""
    bad = scenario.parent / "bad.yaml"
    bad.write_text("format: 2\n", encoding="utf-8")
    done = sim("lint", bad, scenario, "nowhere.yaml", "--check", "unused-source")
    assert done.status == 2
    assert done.out.endswith(f"{scenario}: 1 remark\n")
    assert f"{bad}:1:9: " in done.err
    assert "'nowhere.yaml' does not exist" in done.err


def test_a_log_is_no_scenario(sim: Sim, tmp_path: Path) -> None:
    """It has no lines that could be put right."""
    done = sim("lint", tmp_path / "run.jsonl")
    assert (done.status, done.out) == (2, "")
    assert (
        done.err
        == f"lint reads scenarios, and {tmp_path}/run.jsonl is a log\n  Name the scenario it was played from.\n"
    )


def test_remarks_as_data(sim: Sim, scenario: Path) -> None:
    """JSON and CSV hold the same, each remark with its place, its check, its entry and all that it says."""
    done = sim("lint", scenario, FAILED, "--format", "json")
    form = json.loads(done.out)
    assert (done.status, done.err) == (1, "")
    assert (form["files"], form["checks"]) == ([str(scenario), FAILED], list(CHECKS))
    assert form["remarks"][0] == {
        "file": str(scenario),
        "line": 5,
        "column": 54,
        "check": "unused-source",
        "section": "sources",
        "id": "afp",
        "key": None,
        "message": "nothing uses the source 'afp'",
        "expected": None,
        "found": None,
        "remedy": "Write down what it claims, rest something on it, or take it out.",
    }
    rows = list(csv.DictReader(io.StringIO(sim("lint", scenario, FAILED, "--format", "csv").out)))
    as_text = [{key: "" if value is None else str(value) for key, value in each.items()} for each in form["remarks"]]
    assert rows == as_text


def test_remarks_as_markdown(sim: Sim, scenario: Path) -> None:
    """A section for each scenario, with a table where there is anything."""
    scenario.write_text(SCENARIO.replace("is: 100", "says: Some 100, is: some 100"), encoding="utf-8")
    done = sim("lint", scenario, FAILED, "--check", "about-posted-as-exact", "--format", "markdown")
    lines = done.out.splitlines()
    assert (done.status, done.err) == (1, "")
    assert [line for line in lines if not line.startswith("|")] == [
        f"## {scenario}",
        "",
        "",
        "1 remark.",
        "",
        f"## {FAILED}",
        "",
        "Nothing to remark.",
    ]
    place, remark, remedy, check = (cell.strip() for cell in lines[4].strip("|").split(" | "))
    assert place.endswith("units.csv:2:3")
    assert remark.endswith("of its source does not give as one; expected: some 100; found: 100")
    assert (remedy, check) == ("Write it as the report does: \\`troops: some 100\\`.", "about-posted-as-exact")


@pytest.mark.parametrize(
    ("count", "left"), [(20, ""), (21, "1 more like this is"), (1022, "1,002 more like these are")]
)
def test_many_of_one_check(count: int, left: str, sim: Sim, scenario: Path) -> None:
    """A page shows twenty of them, and says how many more there are; those of other checks stand beside them."""
    sources = "id,outlet,published\ncnn,CNN,2022-02-02\n" + "".join(f"s{n},S,2022-02-02\n" for n in range(count))
    (scenario.parent / "sources.csv").write_text(sources, encoding="utf-8")
    text = SCENARIO.replace(SCENARIO.splitlines()[4], "sources: sources.csv")
    scenario.write_text(text, encoding="utf-8")
    done = sim("lint", scenario)
    assert done.out.count("[unused-source]\n") == 20 + bool(left)
    assert ("[tests-itself]" in done.out, f"{count + 2:,} remarks" in done.out) == (True, True)
    remedy = f"{left} not shown [unused-source]\n  All are in --format csv and --format json.\n"
    assert (remedy in done.out) is bool(left)
    page = sim("lint", scenario, "--format", "markdown").out
    assert (f"\n- {left} not shown (unused-source)\n" in page) is bool(left)
    assert len(sim("lint", scenario, "--format", "csv").out.splitlines()) == count + 3


def test_the_scenarios_of_the_repository(sim: Sim) -> None:
    """What is left to remark there is that one report alone gives a figure: each was looked at, and is so."""
    done = sim("lint", *sorted((ROOT / "scenarios").glob("*.yaml")), "--except", "tests-itself")
    assert (done.status, done.err) == (0, "")
