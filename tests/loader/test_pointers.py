"""Pointers into a scenario that was loaded find their place in its files again."""

from pathlib import Path

import pytest

from sim.domain.pointer import Pointer
from sim.errors import UsageError
from sim.loader import load, locate

SCENARIO = """\
format: 1
title: A scenario
start: 2022-01-24
end: 2022-02-28
sources: {cnn: {outlet: CNN}}
places: {us: {country: US}, pl: {country: PL}}
units: units.csv
orders:
  go:
    at: 2022-02-02
    action: deploy
    units: [a]
    to: pl
    parts:
      - {strength: 60, arrive: {by: 2022-02-06}}
      - {strength: rest, transit: 12h}
    sources: [cnn]
claims:
  c:
    source: cnn
    separate: [{side: US}, {country: [PL, US], place: us}]
"""
UNITS = 'id,name,troops,place,sources\na,"First,\nof two",100,us,cnn\nb,Second,200,us,cnn\n'


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    """A scenario with its units in a table."""
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    path = tmp_path / "scenario.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    load(path)
    return path


@pytest.mark.parametrize(
    ("pointer", "place", "word"),
    [
        (Pointer("claims"), "scenario.yaml:18:1", "claims:"),
        (Pointer("orders", "go"), "scenario.yaml:9:3", "go:"),
        (Pointer("orders", "go", "at"), "scenario.yaml:10:9", "2022-02-02"),
        (Pointer("orders", "go", "depart_by"), "scenario.yaml:9:3", "go:"),
        (Pointer("orders", "go", "strength", inside=("parts", 0)), "scenario.yaml:15:20", "60"),
        (Pointer("orders", "go", "arrive_by", inside=("parts", 0)), "scenario.yaml:15:37", "2022-02-06"),
        (Pointer("orders", "go", "arrive_by", inside=("parts", 1)), "scenario.yaml:16:9", "{strength: rest"),
        (Pointer("orders", "go", inside=("parts", 2)), "scenario.yaml:9:3", "go:"),
        (Pointer("claims", "c", "country", "US", ("separate", 1)), "scenario.yaml:21:43", "US]"),
        (Pointer("claims", "c", "country", "DE", ("separate", 1)), "scenario.yaml:21:39", "PL, US]"),
        (Pointer("units", "a"), "units.csv:2:1", "a,"),
        (Pointer("units", "a", "troops"), "units.csv:3:9", "100"),
        (Pointer("units", "b", "troops"), "units.csv:4:10", "200"),
        (Pointer("units", "b", "because"), "units.csv:4:1", "b,"),
    ],
    ids=str,
)
def test_what_is_pointed_at(scenario: Path, pointer: Pointer, place: str, word: str) -> None:
    """A value, one of several, one in a listed mapping or in a row; the entry where it has no such key."""
    (found,) = locate(scenario, [pointer])
    assert str(found) == f"{scenario.parent}/{place}"
    assert found.text[found.column - 1 :].startswith(word)


def test_many_at_once(scenario: Path) -> None:
    """Places come in the order of the pointers, whatever files they are in."""
    pointers = [Pointer("units", "b"), Pointer("orders", "go"), Pointer("units", "a"), Pointer("sources", "cnn")]
    assert [place.line for place in locate(scenario, pointers)] == [4, 9, 2, 5]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("scenario.yaml", "- a list\n"),
        ("scenario.yaml", "title: [\n"),
        ("scenario.yaml", SCENARIO.replace("  go:", "  went:")),
        ("scenario.yaml", SCENARIO.replace("units: units.csv", "units: [a]")),
        ("scenario.yaml", SCENARIO.replace("units: units.csv", "units: other.csv")),
        ("units.csv", UNITS.replace("b,", "c,")),
        ("units.csv", ""),
    ],
)
def test_files_that_changed(scenario: Path, file: str, text: str) -> None:
    """What is no longer there is not guessed at."""
    (scenario.parent / file).write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        locate(scenario, [Pointer("orders", "go"), Pointer("units", "b")])
    assert str(caught.value) == f"{scenario} changed while it was read\n  Save it, and ask again."
