"""A reconciliation as JSON and CSV: all of it, whatever the page leaves out."""

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

import pytest
from attrs import evolve

from sim.domain.claim import Claim, Closed, Count, Never, Selector, Separate
from sim.domain.quantity import parse_quantity
from sim.domain.scenario import Scenario
from sim.reconcile import Question, reconcile
from sim.reconcile.reconciliation import Reconciliation
from sim.report.answer import Answer
from sim.report.reconciliation_form import TABLES, reconciliation_to_csv, reconciliation_to_json
from tests import story
from tests.report.asked import answer

POLAND = Selector(place=("pl",))
PARTS = (
    evolve(story.part(60, 100, 200), reported=parse_quantity("about 60"), grounds=story.cited("pap")),
    story.part(43, 100, 400),
)
GO = story.deploy("go", 100, "a", parts=PARTS, grounds=story.cited("abc"))
UNITS = (story.unit("a", "about 103", grounds=story.cited("pap")), story.unit("b", "at least 51"))


def says(name: str, wording: str, at: int = 300, source: str = "abc", per: str | None = None, says: str = "") -> Claim:
    return evolve(story.claim(Count(POLAND, parse_quantity(wording), at), name, source, per), says=says)


def reconciled(claims: Iterable[Claim], questions: Iterable[Question] = ()) -> tuple[Answer, Reconciliation]:
    told: Scenario = story.scenario(UNITS, [GO], claims)
    asked = answer(told)
    return asked, reconcile(asked.book, questions)


def form(claims: Iterable[Claim], questions: Iterable[Question] = ()) -> dict[str, Any]:
    """What the JSON says, besides of the scenario and of the log."""
    found: dict[str, Any] = json.loads(reconciliation_to_json(*reconciled(claims, questions)))
    assert found.pop("scenario")["title"] == "A story"
    assert found.pop("log")["url"] is None
    return found


def rows(table: str, claims: Iterable[Claim], questions: Iterable[Question] = ()) -> list[dict[str, str]]:
    """The rows of a CSV table, each with what it holds."""
    text = reconciliation_to_csv(*reconciled(claims, questions), table)
    assert text.split("\n", 1)[0] == ",".join(TABLES[table][0])
    return [{key: value for key, value in row.items() if value} for row in csv.DictReader(io.StringIO(text))]


CLASHING = (
    says("x", "77", says="77 landed", per="briefing"),
    says("y", "70", source="pap"),
    says("y-too", "70", source="abc"),
)


def said_by(name: str, source: str, number: int, origin: str, **more: str) -> dict[str, Any]:
    """A claim's form."""
    return {
        "id": name,
        "source": source,
        "per": more.get("per"),
        "origins": [origin],
        "says": more.get("says"),
        "kind": "count",
        "wording": str(number),
        "low": number,
        "high": number,
    }


PART = {
    "unit": "a",
    "order": "go",
    "order_part": 1,
    "strength": 60,
    "wording": "about 60",
    "low": 54,
    "high": 66,
    "sources": ["pap"],
    "because": None,
}


def test_contradictions_in_json() -> None:
    """Who says what, from which origins, and the figures it takes; rounding apart; who agrees, and what to drop."""
    assert form(CLASHING) == {
        "together": "impossible",
        "together_as_round": "impossible",
        "claims": 3,
        "statements": 2,
        "complete": "all",
        "contradictions": [
            {
                "rounded_to": None,
                "statements": [
                    {
                        "claims": [said_by("x", "abc", 77, "briefing", per="briefing", says="77 landed")],
                        "sources": ["abc"],
                        "origins": 1,
                    }
                ],
                "figures": [PART],
            },
        ],
        "rounding_differences": [
            {
                "rounded_to": 10,
                "statements": [
                    {
                        "claims": [said_by("y", "pap", 70, "pap"), said_by("y-too", "abc", 70, "briefing")],
                        "sources": ["abc", "pap"],
                        "origins": 2,
                    }
                ],
                "figures": [PART],
            },
        ],
        "at_odds": [],
        "ruled_out": ["abc", "pap"],
        "agreements_complete": "all",
        "agreements": [{"sources": [], "origins": 0, "others": ["abc", "pap"]}],
        "reliefs": [{"claims": ["x"], "contradictions": 1, "rounding_differences": 0}],
        "left_out": ["x", "y", "y-too"],
        "bounds": [],
    }


def test_bounds_in_json() -> None:
    """What was asked, what the ledger has, and each bound with what sets it; null where there is none."""
    claims = [says("total", "at least 101", 9_000)]
    both = [Question(POLAND, 300), Question(Selector(country=("",), kind=POLAND.kind), 300, True)]
    assert form(claims, both)["bounds"][0] == {
        "at": "2022-01-24T05:00:00Z",
        "selector": {
            "units": [],
            "orders": [],
            "place": ["pl"],
            "origin": [],
            "country": [],
            "readiness": [],
            "side": [],
            "kind": ["troops"],
        },
        "exactly": False,
        "strength": 60,
        "plain": {"low": 54, "high": 66},
        "least": {"value": 54, "claims": [], "figures": [PART]},
        "most": {"value": 66, "claims": [], "figures": [PART]},
        "fits": True,
        "complete": "all",
    }
    everything = form([says("x", "at least 101", 9_000)], [Question(Selector(), 9_000)])["bounds"][0]
    assert everything["most"] == {"value": None, "claims": [], "figures": []}
    assert [everything["least"]["value"], everything["least"]["claims"]] == [152, [["x"]]]
    assert [figure["unit"] for figure in everything["least"]["figures"]] == ["b"]
    assert everything["least"]["figures"][0]["because"] == "a guess"
    assert everything["least"]["figures"][0]["order_part"] is None


@pytest.mark.parametrize(
    ("test", "kind", "expected"),
    [
        (Never(POLAND), "never", {"wording": "0", "low": 0, "high": 0}),
        (Separate(POLAND, Selector(place=("home",))), "separate", {"wording": "0", "low": 0, "high": 0}),
        (Closed(POLAND, 300), "closed", {"wording": None, "low": None, "high": None}),
        (
            Count(POLAND, parse_quantity("More than 999"), 300),
            "count",
            {"wording": "More than 999", "low": 1000, "high": None},
        ),
    ],
)
def test_every_kind_of_claim(test: Any, kind: str, expected: dict[str, Any]) -> None:
    """Each says what it expects as far as that is a number."""
    (contradiction,) = form([story.claim(test, "x")])["contradictions"]
    (claim,) = contradiction["statements"][0]["claims"]
    assert claim["kind"] == kind
    assert {key: claim[key] for key in expected} == expected


def test_contradictions_in_csv() -> None:
    """A row for each claim and each figure, numbered as on the page; what is real comes first."""
    shared = {"number": "2", "kind": "rounding difference", "rounded_to": "10"}
    part = {
        **{"part": "figure", "unit": "a", "order": "go", "order_part": "1"},
        **{"wording": "about 60", "low": "54", "high": "66", "sources": "pap"},
    }
    said = {"part": "claim", "statement": "1", "wording": "70", "low": "70", "high": "70"}
    assert rows("contradictions", CLASHING) == [
        {
            **{"number": "1", "kind": "contradiction", "part": "claim", "claim": "x", "source": "abc"},
            **{"per": "briefing", "statement": "1", "wording": "77", "low": "77", "high": "77", "says": "77 landed"},
        },
        {"number": "1", "kind": "contradiction", **part},
        {**shared, **said, "claim": "y", "source": "pap"},
        {**shared, **said, "claim": "y-too", "source": "abc"},
        {**shared, **part},
    ]


def test_agreements_in_csv() -> None:
    """A row for each set of sources."""
    claims = [says("x", "61"), says("y", "63", source="pap")]
    assert rows("agreements", claims) == [
        {"number": "1", "sources": "pap", "origins": "1", "others": "abc"},
        {"number": "2", "sources": "abc", "origins": "1", "others": "pap"},
    ]


def test_bounds_in_csv() -> None:
    """A row for each question; what is open is empty."""
    claims = [says("x", "61 to 65"), says("y", "61 to 65", source="pap"), says("z", "at least 90", 9_000)]
    questions = [Question(POLAND, 300), Question(Selector(country=("", "PL"), side=("US",)), 9_000, exactly=True)]
    first, second = rows("bounds", claims, questions)
    assert first == {
        **{"at": "2022-01-24T05:00:00Z", "place": "pl", "kind": "troops", "exactly": "false", "strength": "60"},
        **{"plain_low": "54", "plain_high": "66", "least": "61", "most": "65", "fits": "false", "complete": "all"},
        **{"least_claims": "x;y", "most_claims": "x;y"},
    }
    assert (second["country"], second["side"], second["exactly"]) == ("unstated;PL", "US", "true")


def test_hostile_text() -> None:
    """JSON escapes what could steer a terminal; in CSV it is gone."""
    claims = [evolve(says("x", "900"), says="\x9b2J =1+1")]
    asked, found = reconciled(claims)
    assert "\x9b" not in reconciliation_to_json(asked, found)
    assert json.loads(reconciliation_to_json(asked, found))["contradictions"][0]["statements"][0]["claims"][0][
        "says"
    ] == ("\x9b2J =1+1")
    assert "\x9b" not in reconciliation_to_csv(asked, found, "contradictions")
