"""An explanation as JSON and CSV: all of it, in a shape that other programs can rely on."""

import csv
import json
from typing import Any

from attrs import evolve
from hypothesis import given

from sim.domain.claim import Claim, Closed, Count, Selector, Separate
from sim.domain.grounds import Grounds
from sim.domain.order import Transit, Window
from sim.domain.quantity import exactly, parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.source import Source
from sim.domain.unit import Post
from sim.domain.vocabulary import Basis
from sim.engine import simulate
from sim.ledger.claims import judge_all
from sim.posture import Book
from sim.posture.explanation import Explanation, explain, explain_claim
from sim.posture.selector import Words, selector_of
from sim.report.answer import Answer
from sim.report.explanation_form import POSTINGS, explanation_to_csv, explanation_to_json
from tests.story import cancel, cited, deploy, part, scenario, unit
from tests.strategies import any_scenarios

Json = dict[str, Any]

SOURCES = [
    Source("abc", "ABC News", "Off they go", 30, "https://abc.example", "https://archive.example", ("briefing",)),
    Source("briefing", "Briefing"),
]
ABC = cited("abc")
UNITS = [
    evolve(unit("a"), reported=parse_quantity("dozens"), post=Post(30, Grounds((), "in the middle")), grounds=ABC),
    unit("b", "5", part_of="a"),
    unit("c", "9"),
]
GO = evolve(
    deploy("go", 60, "a", "c", grounds=ABC),
    depart=Window(90, 200, Basis.OBSERVED),
    transit=Transit(60, Grounds((), "as far as that")),
)
STAY = evolve(cancel("no", 70, "go", "c"), grounds=Grounds(("abc",), "told by phone"))
TOTAL = Claim(
    "total", "abc", Count(Selector(place=("pl",)), exactly(50), 1439), "50 are there", "briefing", "A general"
)
TOLD = scenario(UNITS, [GO, STAY], [TOTAL], sources=SOURCES)


def form_of(book: Book, explanation: Explanation) -> Json:
    form: Json = json.loads(explanation_to_json(Answer(book, (explanation.at,)), explanation))
    return form


def form(told: Scenario, at: int = 1439, exactly_: bool = False, **words: Words) -> Json:
    book = Book.replay(simulate(told))
    return form_of(book, explain(book, at, selector_of(book, **words), exactly_))


def claimed(told: Scenario, claim: str) -> Json:
    book = Book.replay(simulate(told))
    return form_of(book, explain_claim(book, book.claims[claim]))


NOTHING_ASKED: Json = {
    "units": [],
    "orders": [],
    "place": [],
    "origin": [],
    "country": [],
    "readiness": [],
    "side": [],
    "kind": [],
}


def test_its_parts() -> None:
    """Times in UTC, nothing as null. (tests/golden/explain-claim.json is a whole one.)"""
    given = form(TOLD, unit="a", country=["PL", "unstated"])
    assert list(given) == [
        *("scenario", "at", "selectors", "exactly", "label", "claim", "figures", "units", "orders", "claims", "ledger"),
        *("rests_on", "sources", "relayed", "log"),
    ]
    assert given["selectors"] == [NOTHING_ASKED | {"units": ["a"], "country": [None, "PL"]}]
    (figure,) = given["figures"]
    assert {key: value for key, value in figure.items() if key not in {"rows", "entries"}} == {
        "kind": "troops",
        "strength": 35,
        "low": 29,
        "high": 104,
        "basis": "assumed",
        "shares": [{"basis": "assumed", "in_part": False, "strength": 35}],
        "missing": [],
        "history": [],
        "elsewhere": [],
    }
    assert figure["entries"][:2] == [
        {
            "position": 14,
            "at": "2022-01-24T00:00:00Z",
            "event": "unit-mustered",
            "unit": "a",
            "strength": 30,
            "change": 0,
            "from": None,
            "to": {"place": "home", "readiness": "garrison"},
            "order": None,
            "basis": None,
            "sources": [],
            "because": "in the middle",
        },
        {
            "position": 19,
            "at": "2022-01-24T01:30:00Z",
            "event": "unit-departed",
            "unit": "a",
            "strength": 30,
            "change": 0,
            "from": {"place": "home", "readiness": "garrison"},
            "to": {"place": "pl", "readiness": "in-transit"},
            "order": "go",
            "basis": "observed",
            "sources": ["abc"],
            "because": None,
        },
    ]


def test_what_is_counted_and_said() -> None:
    """In words: what is asked for, and what the ledger has to say to each claim, the one asked about first."""
    assert form(TOLD, place="pl", readiness="deployed")["label"] == "Deployed in Poland"
    assert form(TOLD)["label"] == "All named here"
    given = claimed(TOLD, "total")
    assert given["label"] == "In Poland"
    assert given["ledger"] == {"total": "35 (29-104)"}


def test_units_orders_and_sources() -> None:
    """All that is known of each, as far as it bears on the figure."""
    given = form(TOLD, unit="a", exactly_=True)
    assert given["units"] == [
        {
            "id": "a",
            "name": "a",
            "kind": "troops",
            "part_of": None,
            "strength": 30,
            "reported": {"low": 24, "high": 99, "wording": "dozens"},
            "sources": ["abc"],
            "because": None,
            "posted": {"strength": 30, "sources": [], "because": "in the middle"},
        }
    ]
    window = {"after": "2022-01-24T01:30:00Z", "by": "2022-01-24T03:20:00Z", "basis": "observed"}
    assert given["orders"] == [
        {
            "id": "go",
            "position": 17,
            "at": "2022-01-24T01:00:00Z",
            "action": "deploy",
            "to": "pl",
            "cancels": None,
            "sources": ["abc"],
            "because": None,
            "legs": [
                {
                    "strength": None,
                    "leaves": "2022-01-24T01:30:00Z",
                    "arrives": "2022-01-24T02:30:00Z",
                    "depart": window | {"sources": ["abc"], "because": None},
                    "arrive": {
                        "after": None,
                        "by": None,
                        "basis": "assumed",
                        "sources": [],
                        "because": "as far as that",
                    },
                }
            ],
            "units": ["a"],
            "others": ["b", "c"],
            "moved": ["a"],
            "refused": [],
            "cancelled": [{"unit": "c", "by": "no"}],
        }
    ]
    assert given["sources"] == [
        {
            "id": "abc",
            "outlet": "ABC News",
            "title": "Off they go",
            "published": "2022-01-24T00:30:00Z",
            "url": "https://abc.example",
            "archived": "https://archive.example",
            "relays": ["briefing"],
            "origins": ["briefing"],
        }
    ]
    assert [(source["id"], source["published"], source["url"]) for source in given["relayed"]] == [
        ("briefing", None, None)
    ]


def test_a_claim() -> None:
    """It is told apart from what else is said; with who was speaking."""
    given = claimed(TOLD, "total")
    assert given["claim"] == {
        "id": "total",
        "says": "50 are there",
        "source": "abc",
        "kind": "count",
        "at": "2022-01-24T23:59:00Z",
        "expected": {"low": 50, "high": 50, "wording": "50"},
        "actual": {"strength": 35, "low": 29, "high": 104},
        "verdict": "compatible",
        "distance": 15,
        "given": False,
        "disputed": None,
        "per": "briefing",
        "speaker": "A general",
    }
    assert (given["at"], given["claims"], given["exactly"]) == ("2022-01-24T23:59:00Z", [], False)
    assert given["selectors"] == [NOTHING_ASKED | {"place": ["pl"], "kind": ["troops"]}]


def test_claims_with_two_selectors_and_with_what_is_missing() -> None:
    """Both selectors; and rows that are not counted, apart."""
    apart = Claim("apart", "abc", Separate(Selector(units=("a",)), Selector(units=("b",))))
    undone = Claim("undone", "abc", Closed(Selector(units=("c",)), 1439))
    told = evolve(TOLD, claims=[apart, undone])
    assert [selector["units"] for selector in claimed(told, "apart")["selectors"]] == [["a"], ["b"]]
    (figure,) = claimed(told, "undone")["figures"]
    assert (figure["strength"], figure["rows"], [row["unit"] for row in figure["missing"]]) == (0, [], ["c"])


def test_nothing_there() -> None:
    """When there is something, and where its units are."""
    (figure,) = form(TOLD, 0, place="pl")["figures"]
    assert figure["history"] == [{"at": "2022-01-24T02:30:00Z", "strength": 35}]
    assert [(row["unit"], row["place"]) for row in figure["elsewhere"]] == [("a", "home"), ("b", "home")]
    assert form(TOLD, 0, True, place="pl")["exactly"]


def test_legs_and_refusals() -> None:
    """Each leg has its strength; who refused, when and why."""
    go = deploy("go", 60, "c", parts=[part(4, arrives=100, grounds=ABC), part(5)])
    given = form(scenario(UNITS, [go, deploy("again", 70, "c")], sources=SOURCES), unit="c")
    first, second = given["orders"]
    assert [leg["strength"] for leg in first["legs"]] == [4, 5]
    assert first["legs"][0]["arrive"] == {
        "after": None,
        "by": "2022-01-24T01:40:00Z",
        "basis": "announced",
        "sources": ["abc"],
        "because": None,
    }
    assert second["refused"] == [
        {"unit": "c", "at": "2022-01-24T01:10:00Z", "reason": "its move under go is open"},
    ]


def test_postings_as_csv() -> None:
    """A row for each, account by account; one of the opening account has no other side."""
    book = Book.replay(simulate(TOLD))
    explanation = explain(book, 1439, selector_of(book, place="pl"))
    assert explanation_to_csv(Answer(book, (1439,)), explanation).splitlines() == [
        ",".join(POSTINGS),
        "troops,a,home,garrison,false,2022-01-24T00:00:00Z,14,unit-mustered,30,,,,,,in the middle",
        "troops,a,home,garrison,false,2022-01-24T01:30:00Z,19,unit-departed,-30,pl,in-transit,go,observed,abc,",
        "troops,a,pl,deployed,true,2022-01-24T02:30:00Z,21,unit-arrived,30,pl,in-transit,go,assumed,,as far as that",
        "troops,a,pl,in-transit,false,2022-01-24T01:30:00Z,19,unit-departed,30,home,garrison,go,observed,abc,",
        "troops,a,pl,in-transit,false,2022-01-24T02:30:00Z,21,unit-arrived,-30,pl,deployed,go,assumed,,as far as that",
        "troops,b,home,garrison,false,2022-01-24T00:00:00Z,15,unit-mustered,5,,,,,,a guess",
        "troops,b,home,garrison,false,2022-01-24T01:30:00Z,20,unit-departed,-5,pl,in-transit,go,observed,abc,",
        "troops,b,pl,deployed,true,2022-01-24T02:30:00Z,23,unit-arrived,5,pl,in-transit,go,assumed,,as far as that",
        "troops,b,pl,in-transit,false,2022-01-24T01:30:00Z,20,unit-departed,5,home,garrison,go,observed,abc,",
        "troops,b,pl,in-transit,false,2022-01-24T02:30:00Z,23,unit-arrived,-5,pl,deployed,go,assumed,,as far as that",
    ]


def accounts(rows: list[dict[str, str]]) -> dict[tuple[str, str, str, str], int]:
    """What the postings of each account come to; those at nothing left out."""
    held: dict[tuple[str, str, str, str], int] = {}
    for row in rows:
        key = (row["counted"], row["unit"], row["place"], row["readiness"])
        held[key] = held.get(key, 0) + int(row["strength"])
    return {key: strength for key, strength in held.items() if strength}


@given(any_scenarios())
def test_csv_and_json_say_the_same(told: Scenario) -> None:
    """The postings of the counted accounts come to the rows of the figures; the entries of the JSON are their pairs."""
    book = Book.replay(simulate(told))
    asked = [explain(book, told.end // 2, selector_of(book))]
    asked += [explain_claim(book, each.claim) for each in judge_all(book) if each.reading is not None]
    for explanation in asked:
        answer = Answer(book, (explanation.at,))
        form = form_of(book, explanation)
        rows = list(csv.DictReader(explanation_to_csv(answer, explanation).splitlines(keepends=True), strict=True))
        assert {key[1:]: strength for key, strength in accounts(rows).items() if key[0] == "true"} == {
            (row["unit"], row["place"], row["readiness"]): row["strength"]
            for figure in form["figures"]
            for row in figure["rows"]
        }
        entries = [entry for figure in form["figures"] for entry in figure["entries"]]
        assert sorted(int(row["position"]) for row in rows) == sorted(
            entry["position"] for entry in entries for _ in range(1 if entry["from"] is None else 2)
        )
        for figure in form["figures"]:
            assert sum(entry["change"] for entry in figure["entries"]) == figure["strength"]
            assert sum(row["strength"] for row in figure["rows"]) == figure["strength"]
        known = {source["id"] for source in (*form["sources"], *form["relayed"])}
        assert {source for entry in entries for source in entry["sources"]} <= known
        assert {unit["id"] for unit in form["units"]} == {
            row["unit"]
            for figure in form["figures"]
            for row in (*figure["rows"], *figure["missing"], *figure["elsewhere"])
        }
        assert {entry["order"] for entry in entries} - {None} <= {order["id"] for order in form["orders"]}
