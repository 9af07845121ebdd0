"""A comparison as JSON and CSV: every key, in order, with the value the format promises."""

import csv
import json
from pathlib import Path
from typing import Any

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.quantity import parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.source import Source
from sim.domain.unit import Post
from sim.posture.redefinition import Fate
from sim.posture.snapshot import FIELDS
from sim.report.answer import Answer
from sim.report.comparison import Comparison, comparison
from sim.report.comparison_form import comparison_to_csv, comparison_to_json
from sim.report.json_form import to_json
from tests.report.asked import answer
from tests.story import GUESS, SOURCES, alert, cited, deploy, scenario, unit
from tests.strategies import scenarios

ROOT = Path(__file__).parents[2]
DAY = 1440
TOLD = scenario(
    [
        unit("a", "about 1000"),
        evolve(unit("b", place="unstated", side="RU"), reported=parse_quantity("more than 50"), post=Post(60, GUESS)),
    ],
    [deploy("go", 60, "a", arrive=DAY, grounds=cited("abc")), deploy("on", 90, "b", to="de", arrive=DAY)],
)


def of_one(told: Scenario, first: int, last: int, *by: str) -> Comparison:
    """A run compared with itself at another time."""
    asked = answer(told)
    return comparison(Answer(asked.book, (first,), asked.kept), Answer(asked.book, (last,), asked.kept), by)


def of_two(one: Scenario, other: Scenario, *by: str) -> Comparison:
    """Two runs compared at their ends."""
    return comparison(answer(one, one.end), answer(other, other.end), by)


def form(compared: Comparison) -> Any:
    return json.loads(comparison_to_json(compared))


def rows(compared: Comparison, table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(comparison_to_csv(compared, table).splitlines(keepends=True), strict=True))


def test_two_times() -> None:
    """Which run, at which times; each line that changed, none of the others; and what all of it comes to."""
    found = form(of_one(TOLD, 50, 100, "country"))
    run = json.loads(to_json(answer(TOLD)))
    side = {"scenario": run["scenario"], "log": run["log"]}
    nothing = {"strength": 0, "low": 0, "high": 0, "basis": None}
    a = {"strength": 1000, "low": 900, "high": 1100, "basis": None}
    b = {"strength": 60, "low": 51, "high": None, "basis": None}
    none = {"strength": 0, "low": 0, "high": 0}
    assert found == {
        "first": side | {"at": "2022-01-24T00:50:00Z"},
        "second": side | {"at": "2022-01-24T01:40:00Z"},
        "by": ["country"],
        "changes": [
            {
                "side": "RU",
                "kind": "troops",
                "in_transit": False,
                "country": None,
                "before": b,
                "after": nothing,
                "change": {"strength": -60, "low": None, "high": -51},
                "orders": ["on"],
            },
            {
                "side": "RU",
                "kind": "troops",
                "in_transit": True,
                "country": "DE",
                "before": nothing,
                "after": b | {"basis": "assumed"},
                "change": {"strength": 60, "low": 51, "high": None},
                "orders": ["on"],
            },
            {
                "side": "US",
                "kind": "troops",
                "in_transit": False,
                "country": "US",
                "before": a,
                "after": nothing,
                "change": {"strength": -1000, "low": -1100, "high": -900},
                "orders": ["go"],
            },
            {
                "side": "US",
                "kind": "troops",
                "in_transit": True,
                "country": "PL",
                "before": nothing,
                "after": a | {"basis": "announced"},
                "change": {"strength": 1000, "low": 900, "high": 1100},
                "orders": ["go"],
            },
        ],
        "unchanged": 0,
        "totals": [
            {"side": "RU", "kind": "troops", "before": _total(b), "after": _total(b), "change": none},
            {"side": "US", "kind": "troops", "before": _total(a), "after": _total(a), "change": none},
        ],
        "definitions": [],
    }
    assert list(found) == ["first", "second", "by", "changes", "unchanged", "totals", "definitions"]
    assert list(found["first"]) == ["scenario", "at", "log"]
    line = ["side", "kind", "in_transit", "country", "before", "after", "change", "orders"]
    assert [list(change) for change in found["changes"]] == [line] * 4


def _total(held: dict[str, Any]) -> dict[str, Any]:
    return {key: held[key] for key in ("strength", "low", "high")}


def test_two_runs() -> None:
    """What else differs has a row for each definition, or each key of one; times are UTC, to the second."""
    one = scenario([unit("a")], [alert("up", 60, "a")], sources=SOURCES)
    other = scenario([unit("a")], [alert("up", 90, "a")], sources=[*SOURCES, Source("new", "New", published=60)])
    definitions = [
        {
            "section": "sources",
            "id": "new",
            "change": "added",
            "key": None,
            "before": None,
            "after": {"outlet": "New", "published": "2022-01-24T01:00:00Z"},
        },
        {
            "section": "orders",
            "id": "up",
            "change": "changed",
            "key": "at",
            "before": "2022-01-24T01:00:00Z",
            "after": "2022-01-24T01:30:00Z",
        },
    ]
    found = form(of_two(one, other, "place"))
    assert (found["changes"], found["unchanged"], found["definitions"]) == ([], 1, definitions)
    ends = form(of_two(one, evolve(one, end=DAY), "place"))["definitions"]
    assert ends[0] == {
        "section": "scenario",
        "id": None,
        "change": "changed",
        "key": "end",
        "before": "2022-01-30T22:40:00Z",
        "after": "2022-01-25T00:00:00Z",
    }


def test_every_key_is_documented() -> None:
    """The reference page names all of them."""
    page = (ROOT / "docs" / "reference" / "differences.md").read_text(encoding="utf-8")
    found = form(of_two(TOLD, evolve(TOLD, title="Another", orders=[]), "place"))
    lines, totals, definitions = found["changes"], found["totals"], found["definitions"]
    keys = {*found, *found["first"], *lines[0], *lines[0]["before"], *lines[0]["change"], *totals[0], *definitions[0]}
    assert sorted(key for key in keys - {"place"} if f"`{key}`" not in page) == []
    assert sorted(f"{fate}" for fate in Fate if f"`{fate}`" not in page) == []


def test_csv_of_changes() -> None:
    """A row a line; the side stands once, also where it is a field."""
    assert comparison_to_csv(of_one(TOLD, 50, 100, "side", "place"), "changes") == (
        "side,kind,in_transit,place,before_strength,before_low,before_high,before_basis,"
        "after_strength,after_low,after_high,after_basis,change_strength,change_low,change_high,orders\n"
        "RU,troops,false,unstated,60,51,,,0,0,0,,-60,,-51,on\n"
        "RU,troops,true,de,0,0,0,,60,51,,assumed,60,51,,on\n"
        "US,troops,false,home,1000,900,1100,,0,0,0,,-1000,-1100,-900,go\n"
        "US,troops,true,pl,0,0,0,,1000,900,1100,announced,1000,900,1100,go\n"
    )


def test_csv_of_definitions() -> None:
    """What is more than a word or a list of words is JSON in its cell."""
    one = scenario([unit("a")], [alert("up", 60, "a")])
    other = scenario([unit("a", "about 50")], [evolve(alert("up", 60, "a"), grounds=cited("abc", "pap"))])
    assert comparison_to_csv(of_two(one, other, "place"), "definitions") == (
        "section,id,change,key,before,after\n"
        'units,a,changed,troops,"{""wording"": ""100"", ""low"": 100, ""high"": 100, ""nominal"": 100}",'
        '"{""wording"": ""about 50"", ""low"": 45, ""high"": 55, ""nominal"": 50}"\n'
        "orders,up,changed,because,a guess,\n"
        "orders,up,changed,sources,,abc;pap\n"
    )


fields = st.lists(st.sampled_from(list(FIELDS)), unique=True, min_size=1, max_size=3)


@given(scenarios(), scenarios(), fields)
def test_the_csv_equals_the_json(one: Scenario, other: Scenario, by: list[str]) -> None:
    """Every row and every value of both tables, for any two scenarios and for any two times."""
    for compared in (of_one(one, 0, one.end, *by), of_two(one, other, *by)):
        found = form(compared)
        assert rows(compared, "changes") == [_flat(change) for change in found["changes"]]
        assert rows(compared, "definitions") == [_row(each) for each in found["definitions"]]


def _flat(change: dict[str, Any]) -> dict[str, str]:
    """A change of the JSON with its figures spread over columns."""
    spread = {
        f"{figure}_{key}": value
        for figure in ("before", "after", "change")
        for key, value in change.pop(figure).items()
    }
    return _row(change | spread)


def _row(flat: dict[str, Any]) -> dict[str, str]:
    return {key: _cell(value) for key, value in flat.items()}


def _cell(value: Any) -> str:
    """A value of the JSON as CSV has it."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case list() if all(isinstance(each, str) for each in value):
            return ";".join(value)
        case list() | dict():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return str(value)
