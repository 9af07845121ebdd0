"""The claims as JSON and CSV: the claims as a run has them, with the questions, readings and failures beside them."""

import csv
import io
import json
from typing import Any

from attrs import evolve
from hypothesis import given

from sim.domain.claim import Claim, Closed, Count, Noted, Selector, When
from sim.domain.quantity import parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.vocabulary import Readiness
from sim.report.claims_form import COLUMNS, claims_to_csv, claims_to_json
from sim.report.inquiry import inquire
from sim.report.json_form import to_json
from tests.report.asked import answer
from tests.story import SOURCES, cited, deploy, scenario, unit
from tests.strategies import any_scenarios, scenarios

DEPLOYED, POLAND = Selector(readiness=(Readiness.DEPLOYED,)), Selector(place=("pl",))


def count(name: str, source: str, selector: Selector, expected: str, **more: str) -> Claim:
    return Claim(name, source, Count(selector, parse_quantity(expected), 10_000), **more)


TOLD = scenario(
    [unit("a", "about 100", grounds=cited("abc")), unit("b", "200", grounds=cited("pap"))],
    [deploy("go", 60, "a", transit=60, grounds=cited("abc")), deploy("late", 90, "b", arrive=4000)],
    [
        count("a-more", "abc", DEPLOYED, "over 300"),
        count("b-total", "pap", DEPLOYED, "900"),
        count("c-total", "briefing", DEPLOYED, "300", says="300 are there"),
        count("d-wrong", "abc", POLAND, "7"),
        evolve(count("e-right", "pap", POLAND, "300"), corrects="d-wrong"),
        Claim("f-closed", "pap", Closed(Selector(units=("a", "b")), 500)),
        Claim("g-noted", "pap", Noted("It is about words")),
    ],
)


def _json(told: Scenario, **asked: list[str]) -> Any:
    return json.loads(claims_to_json(inquire(answer(told), **asked)))


def _rows(told: Scenario, **asked: list[str]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(claims_to_csv(inquire(answer(told), **asked)))))


def test_questions() -> None:
    """Each with its number and label, who answers it, from how many sources and origins, and who cannot be right."""
    assert _json(TOLD)["questions"] == [
        {
            "number": 1,
            "label": "deployed",
            "claims": ["a-more", "b-total", "c-total"],
            "sources": 3,
            "origins": 2,
            "conflicts": [{"claims": ["c-total"], "against": ["a-more", "b-total"]}],
        },
        {
            "number": 2,
            "label": "in Poland",
            "claims": ["d-wrong", "e-right"],
            "sources": 1,
            "origins": 1,
            "conflicts": [],
        },
        {
            "number": 3,
            "label": "closed by 24 Jan 08:20: a, b",
            "claims": ["f-closed"],
            "sources": 1,
            "origins": 1,
            "conflicts": [],
        },
    ]


def test_readings() -> None:
    """Of what the figure does not bear out: the nearest that the reports allow, and what each unit is read as."""
    assert _json(TOLD)["readings"] == [
        {
            "claim": "a-more",
            "strength": 301,
            "off": 0,
            "units": [
                {"unit": "a", "counted": 100, "low": 90, "high": 110, "read": 101},
                {"unit": "b", "counted": 200, "low": 200, "high": 200, "read": 200},
            ],
        },
        {
            "claim": "b-total",
            "strength": 310,
            "off": 590,
            "units": [
                {"unit": "a", "counted": 100, "low": 90, "high": 110, "read": 110},
                {"unit": "b", "counted": 200, "low": 200, "high": 200, "read": 200},
            ],
        },
    ]


def test_failures() -> None:
    """The figures with their accounts and entries, what each source carries of them, who was left out, who closes."""
    total, closed = _json(TOLD)["failures"]
    assert (total["claim"], total["left_out"], total["closures"]) == ("b-total", [], [])
    (figure,) = total["figures"]
    assert (figure["strength"], [row["unit"] for row in figure["rows"]]) == (300, ["a", "b"])
    assert sum(entry["change"] for entry in figure["entries"]) == 300
    assert figure["carried"] == [
        {"source": "abc", "number": 100, "order": 100, "leaves": 100, "arrives": 100},
        {"source": "pap", "number": 200, "order": 0, "leaves": 0, "arrives": 0},
        {"source": None, "number": 0, "order": 200, "leaves": 200, "arrives": 200},
    ]
    assert closed == {
        "claim": "f-closed",
        "figures": closed["figures"],
        "left_out": [],
        "closures": [{"unit": "b", "at": "2022-01-26T18:40:00Z"}],
    }


def test_csv() -> None:
    """A row for each claim, with all that the JSON says of it and of its question; lists have semicolons."""
    rows = _rows(TOLD)
    assert list(rows[0]) == list(COLUMNS)
    shown = (
        "id",
        "question",
        "label",
        "verdict",
        "conflicts",
        "corrected_by",
        "sources",
        "origins",
        "nearest",
        "nearest_off",
    )
    assert [" ".join(f"{row[key] or '.'}" for key in shown) for row in rows] == [
        "a-more 1 deployed compatible c-total . 3 2 301 0",
        "b-total 1 deployed contradicted c-total . 3 2 310 590",
        "c-total 1 deployed holds a-more;b-total . 3 2 . .",
        "d-wrong 2 in Poland withdrawn . e-right 1 1 . .",
        "e-right 2 in Poland holds . . 1 1 . .",
        "f-closed 3 closed by 24 Jan 08:20: a, b contradicted . . 1 1 . .",
        "g-noted . . noted . . . . . .",
    ]


@given(any_scenarios())
def test_claims_are_those_of_a_run(told: Scenario) -> None:
    """To the byte, where all are asked for; and each stands in one question, but what is only noted."""
    asked = _json(told)
    whole = json.loads(to_json(answer(told)))
    for key in ("scenario", "claims", "log"):
        assert json.dumps(asked[key]) == json.dumps(whole[key])
    answering = sorted(claim for question in asked["questions"] for claim in question["claims"])
    assert answering == [claim["id"] for claim in asked["claims"] if claim["kind"] != "noted"]
    assert [question["number"] for question in asked["questions"]] == [n + 1 for n in range(len(asked["questions"]))]


@given(scenarios())
def test_the_forms_say_the_same(told: Scenario) -> None:
    """Every value of a claim in the JSON stands in its row of the CSV, and the numbers of its question too."""
    asked, rows = _json(told), _rows(told)
    assert [row["id"] for row in rows] == [claim["id"] for claim in asked["claims"]]
    questions = {claim: question for question in asked["questions"] for claim in question["claims"]}
    readings = {reading["claim"]: reading for reading in asked["readings"]}
    for row, claim in zip(rows, asked["claims"], strict=True):
        question, reading = questions.get(claim["id"]), readings.get(claim["id"])
        assert row["question"] == ("" if question is None else str(question["number"]))
        assert (row["sources"], row["origins"]) == (
            ("", "") if question is None else (str(question["sources"]), str(question["origins"]))
        )
        against = {
            other
            for conflict in (question or {"conflicts": []})["conflicts"]
            for side, others in ((conflict["claims"], conflict["against"]), (conflict["against"], conflict["claims"]))
            if claim["id"] in side
            for other in others
        }
        assert row["conflicts"] == ";".join(sorted(against))
        assert row["nearest"] == ("" if reading is None else str(reading["strength"]))
        assert row["nearest_off"] == ("" if reading is None else str(reading["off"]))
        assert row["corrected_by"] == ";".join(claim.get("corrected_by", []))
        assert (row["verdict"], row["kind"], row["source"]) == (claim["verdict"], claim["kind"], claim["source"])


@given(scenarios())
def test_every_reading_is_within_the_reports(told: Scenario) -> None:
    """Each unit is read within its range, and together they come to the figure."""
    for reading in _json(told)["readings"]:
        assert reading["strength"] == sum(each["read"] for each in reading["units"])
        for each in reading["units"]:
            assert each["low"] <= each["read"] <= (each["read"] if each["high"] is None else each["high"])


def test_what_is_asked_for() -> None:
    """Other claims are not there, but a question still names all that answer it; no more than ten failures are told."""
    asked = _json(TOLD, source=["pap"])
    assert [claim["id"] for claim in asked["claims"]] == ["b-total", "e-right", "f-closed", "g-noted"]
    assert [question["claims"] for question in asked["questions"]] == [
        ["a-more", "b-total", "c-total"],
        ["d-wrong", "e-right"],
        ["f-closed"],
    ]
    always = [Claim(f"c{at:02}", "abc", Count(Selector(), parse_quantity(str(at)), When.ALWAYS)) for at in range(12)]
    many = _json(scenario([unit("a")], [], always, sources=SOURCES))
    assert (len(many["failures"]), len(many["readings"])) == (10, 12)
