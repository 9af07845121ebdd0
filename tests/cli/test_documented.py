"""Nothing that a result holds is left out of the page that describes it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sim.report.csv_form import LOADS, TIMELINE
from sim.report.explanation_form import MEANS, POSTINGS
from tests.cli.conftest import ROOT, Sim

DOCS = ROOT / "docs"
AIRLIFT, TWICE = "tests/golden/airlift.yaml", "tests/golden/airlift-twice.yaml"


def chapter(page: str, heading: str) -> str:
    """What stands below a heading."""
    text = (DOCS / page).read_text(encoding="utf-8")
    match = re.search(rf"(?ms)^## {heading}$(.*?)(?=^## |^<!-- generated|\Z)", text)
    assert match, f"{page} has a chapter '{heading}'"
    return match[1]


def names(form: Any) -> Iterator[str]:
    """Every key of a form, and every key inside those."""
    if isinstance(form, dict):
        for key, value in form.items():
            yield key
            yield from names(value)
    elif isinstance(form, list):
        for each in form:
            yield from names(each)


def missing(text: str, words: Iterator[str] | tuple[str, ...]) -> list[str]:
    """The words that no text in backticks is or begins with, behind a list it is inside of."""
    told = set(re.findall(r"`(?:\w+\[\]\.)?(\w+)`", text))
    return sorted(set(words) - told)


def printed(sim: Sim, *words: object) -> Any:
    return json.loads(sim(*words, "--format", "json").out)


def test_ensembles(sim: Sim) -> None:
    """Of two scenarios, so that there are pairs."""
    told = printed(sim, "ensemble", AIRLIFT, "--runs", 20, "--against", TWICE, "--no-log")
    assert missing(chapter("reference/ensembles.md", "JSON"), names(told)) == []


def test_the_timeline(sim: Sim) -> None:
    """Keys and columns of what goes by lift, and of all else."""
    text = chapter("reference/command-line.md", "The timeline as JSON and CSV")
    told = printed(sim, "timeline", AIRLIFT)
    assert {"load", "cause", "minutes"} <= set(names(told["timeline"]))
    assert missing(text, names(told["timeline"])) == []
    assert missing(text, TIMELINE + LOADS) == []


@pytest.mark.parametrize("command", [("runs",), ("verify", "--all", "--rerun")], ids=lambda words: words[0])
def test_what_logs_hold(sim: Sim, tmp_path: Path, command: tuple[str, ...]) -> None:
    """Runs, and the ensembles beside them; with a checkpoint, where there can be one."""
    log = tmp_path / "log.sqlite"
    sim("run", "scenarios/failed-total.yaml", "--log", log)
    sim("ensemble", AIRLIFT, "--runs", 5, "--log", log)
    checkpoint = ("--checkpoint", tmp_path / "checkpoint") if command[0] == "verify" else ()
    told = printed(sim, *command, log, *checkpoint)
    assert told["runs"] and told["ensembles"]
    assert missing(chapter("reference/command-line.md", "Results as JSON"), names(told)) == []


def test_explanations(sim: Sim) -> None:
    """Of what goes by lift: what it goes by has keys and columns of its own."""
    told = printed(sim, "explain", AIRLIFT, "--at", "end", "--unit", "paratroopers")
    text = chapter("how-to/explain-a-figure.md", "What the JSON holds")
    by_lift = {"notice_minutes", "priority", "load", "load_tons", "lift", "route"}
    assert by_lift <= set(names(told["orders"]))
    for part in ("lift", "ports", "capacity"):
        assert missing(text, (key for each in told[part] for key in each)) == []
    assert missing(text, (*told, *by_lift)) == []
    assert missing(chapter("how-to/explain-a-figure.md", "What the CSV holds"), POSTINGS + MEANS) == []
