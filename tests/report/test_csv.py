"""The CSV of a run says what its JSON says, a table at a time."""

import csv
import json
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.claim import Claim, Noted
from sim.domain.scenario import Scenario
from sim.report.answer import Answer
from sim.report.csv_form import LOADS, TABLES, TIMELINE, timeline_to_csv, to_csv
from sim.report.json_form import to_json
from tests.engine.lift_strategies import lift_scenarios
from tests.engine.lifted import change, lifted, move, trucks
from tests.report.asked import answer
from tests.story import alert, cited, scenario, unit
from tests.strategies import scenarios

Table = list[dict[str, str]]


def read(answer: Answer, table: str) -> Table:
    return list(csv.DictReader(to_csv(answer, table).splitlines(keepends=True), strict=True))


def cell(value: Any) -> str:
    """A value of the JSON as CSV has it."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case list():
            return ";".join(value)
        case _:
            return str(value)


def row(form: dict[str, Any]) -> dict[str, str]:
    return {key: cell(value) for key, value in form.items()}


def parts(claim: dict[str, Any]) -> dict[str, str]:
    """A claim of the JSON with its figures spread over columns, in no order.

    Who took it back, what could be and how much was there are columns of all, and keys of some alone.
    """
    claim = {"corrected_by": [], "there": None, **claim}
    could_be = claim.pop("could_be", dict.fromkeys(("low", "high")))
    expected = claim.pop("expected") or dict.fromkeys(("low", "high", "wording"))
    actual = claim.pop("actual") or dict.fromkeys(("strength", "low", "high"))
    spread = {f"expected_{key}": value for key, value in expected.items()}
    spread |= {f"could_be_{key}": value for key, value in could_be.items()}
    return row(claim | spread | {f"actual_{key}": value for key, value in actual.items()})


def timeline(form: dict[str, Any]) -> Table:
    """What happened; of a scenario that has lift with columns for loads, and what had not left in rows at the end."""
    if "left_behind" not in form:
        return [row(each) for each in form["timeline"]]
    nothing = dict.fromkeys(TIMELINE + LOADS)
    end = {"at": form["scenario"]["end"], "event": "left-behind"}
    return [row(nothing | each) for each in (*form["timeline"], *(end | each for each in form["left_behind"]))]


def as_csv(form: dict[str, Any]) -> dict[str, Table]:
    """The tables that the JSON of a run makes."""
    invariants: Table = []
    for outcome in form["invariants"]:
        findings = outcome["findings"] or [dict.fromkeys(("at", "message", "expected", "found"))]
        invariants += [row({"name": outcome["name"], "holds": outcome["holds"], **finding}) for finding in findings]
    snapshots = form["snapshots"]
    return {
        "posture": [row({"at": snapshot["at"], **each}) for snapshot in snapshots for each in snapshot["rows"]],
        "timeline": timeline(form),
        "claims": [parts(each) for each in form["claims"]],
        "invariants": invariants,
    }


@given(st.one_of(scenarios(), lift_scenarios()))
def test_it_equals_the_json(told: Scenario) -> None:
    """Every row and every value of every table, for any scenario."""
    asked = answer(told)
    assert {table: read(asked, table) for table in TABLES} == as_csv(json.loads(to_json(asked)))


HOME = [unit("brigade", "100")]


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-1", "@SUM(A1)", "a,b", 'say "so"', "日本", " x "])
def test_text_is_left_as_it_is(text: str) -> None:
    """A formula too: what reads it must not take text for one, and the CSV says what the JSON says."""
    told = scenario(HOME, claims=[Claim("c", "abc", Noted("why"), says=text)])
    assert read(answer(told), "claims")[0]["says"] == text


def test_control_characters_become_spaces() -> None:
    """No scenario can hold one, but a log that somebody made up can: none reaches a terminal, or breaks a row."""
    told = scenario(HOME, claims=[Claim("c", "abc", Noted("why"), says="a\x1b[31m\r\nb\x9bc\x7f")])
    assert to_csv(answer(told), "claims").splitlines()[1].startswith("c,a [31m  b c ,abc,noted,")


def test_lists_are_joined() -> None:
    """Sources and units by semicolons."""
    units = [unit("a"), unit("b")]
    order = evolve(alert("wake", 60, "a", "b"), grounds=cited("abc", "pap"))
    (issued, *_) = read(answer(scenario(units, [order])), "timeline")
    assert (issued["sources"], issued["units"]) == ("abc;pap", "a;b")


def test_a_table_of_nothing_has_its_columns() -> None:
    told = scenario([])
    assert to_csv(answer(told), "posture").count("\n") == 1
    assert to_csv(answer(told), "timeline").count("\n") == 1
    assert to_csv(answer(told), "posture", ("place",)) == "at,place,kind,strength,low,high\n"


def test_groups_add_units_end_to_end() -> None:
    """A unit's rows are summed first: two halves of "about 101" are 90 to 112, not 90 to 112 rounded twice."""
    units = [unit("a", "about 101"), unit("b", "at least 7", side="RU")]
    assert to_csv(answer(scenario(units)), "posture", ("side",)) == (
        "at,side,kind,strength,low,high\n"
        "2022-01-30T22:40:00Z,RU,troops,7,7,\n"
        "2022-01-30T22:40:00Z,US,troops,101,90,112\n"
    )


def test_the_columns_of_a_timeline_are_those_of_its_scenario() -> None:
    """Whatever its rows: with lift there are those of loads, also where nothing goes by it; without, there are none."""
    still = lifted([unit("a", place="here")], [], [trucks()])
    assert to_csv(answer(still), "timeline") == ",".join(TIMELINE + LOADS) + "\n"
    assert timeline_to_csv(answer(still), ()) == ",".join(TIMELINE + LOADS) + "\n"
    moves = scenario([unit("a")], [alert("wake", 60, "a")])
    assert to_csv(answer(moves), "timeline").splitlines()[0] == ",".join(TIMELINE)


def test_what_had_not_left_stands_at_the_end() -> None:
    """In a row for each order and unit, with how many loads. No source says so: it is what the run comes to."""
    capacity = (change(1, 50, 0, lift="trucks"),)
    told = lifted([unit("a", "250", place="here")], [move("go", 0, "a")], [trucks()], (), capacity, end=100)
    *_, last = read(answer(told), "timeline")
    assert {key: value for key, value in last.items() if value} == {
        "at": "2022-01-24T01:40:00Z",
        "event": "left-behind",
        "unit": "a",
        "order": "go",
        "strength": "150",
        "place": "here",
        "cause": "vehicle",
        "loads": "2",
    }
