"""The JSON of a run: every key, in order, with the value the format promises. Other programs rely on it."""

import json
from typing import Any

from attrs import evolve

from sim.domain.claim import Claim, Closed, Count, Never, Noted, Selector, Separate, When
from sim.domain.grounds import Grounds
from sim.domain.quantity import parse_quantity
from sim.domain.vocabulary import Kind, Readiness
from sim.engine import simulate
from sim.eventlog import open_log
from sim.posture import Book
from sim.report.answer import Answer
from sim.report.json_form import timeline_to_json, to_json
from sim.runs import play, play_and_keep
from tests.engine.lifted import lifted, move, trucks
from tests.eventlog.example import LIFTED_EXAMPLE, LIFTED_SCENARIO
from tests.report.asked import answer
from tests.story import alert, cited, deploy, scenario, unit

DEPLOYED = Selector(readiness=(Readiness.DEPLOYED,))
UNITS = [
    unit("brigade", "about 1700", grounds=cited("abc")),
    unit("jets", "24", kind=Kind.AIRCRAFT, place="unstated", side="RU"),
    unit("many", "at least 10", place="pl", readiness=Readiness.DEPLOYED),
]
ORDERS = [
    deploy("go", 60, "brigade", transit=30, grounds=cited("abc", "pap")),
    alert("wake", 120, "brigade"),
]
CLAIMS = [
    Claim("counted", "abc", Count(DEPLOYED, parse_quantity("about 2000"), 90), "They arrived", "briefing"),
    Claim("ever", "pap", Count(DEPLOYED, parse_quantity("at least 10"), When.ALWAYS)),
    Claim("never", "pap", Never(Selector(place=("de",)))),
    Claim("apart", "pap", Separate(DEPLOYED, Selector(origin=("us",))), disputed="It is not so"),
    Claim("done", "abc", Closed(Selector(orders=("go",)), 100)),
    Claim("words", "abc", Noted("It is about words"), "Words"),
]
TOLD = scenario(UNITS, ORDERS, CLAIMS, end=10_000)


def told(*times: int) -> Any:
    return json.loads(to_json(answer(TOLD, *times)))


def test_the_keys_and_their_order() -> None:
    """Those of the design first, in its order; what it does not name follows."""
    form = told()
    assert list(form) == ["scenario", "snapshots", "timeline", "invariants", "claims", "log"]
    assert list(form["snapshots"][0]) == ["at", "rows", "totals", "sides"]
    row = ["unit", "place", "country", "side", "origin", "readiness", "kind", "strength", "low", "high", "basis"]
    assert {tuple(each) for each in form["snapshots"][0]["rows"]} == {tuple(row)}
    event = ["at", "event", "unit", "order", "sources"]
    more = ["because", "units", "strength", "place", "to", "before", "after", "basis", "reason"]
    assert {tuple(each) for each in form["timeline"]} == {(*event, *more)}
    claim = ["id", "says", "source", "kind", "at", "expected", "actual", "verdict", "distance", "given", "disputed"]
    assert {tuple(each) for each in form["claims"]} == {(*claim, "per")}


def test_the_scenario() -> None:
    """Its times are UTC, to the second."""
    assert told()["scenario"] == {
        "title": "A story",
        "start": "2022-01-24T00:00:00Z",
        "end": "2022-01-30T22:40:00Z",
        "fingerprint": TOLD.fingerprint,
        "seed": 0,
    }


def test_rows_are_sorted_and_none_is_zero() -> None:
    """By unit, place and readiness; no basis where nothing moved, no country for what is nowhere, no end where open."""
    (before, after) = told(60, 90)["snapshots"]
    assert before["at"] == "2022-01-24T01:00:00Z"
    fields = ("unit", "place", "country", "side", "origin", "readiness", "strength", "low", "high", "basis")
    assert [tuple(row[field] for field in fields) for row in before["rows"]] == [
        ("brigade", "pl", "PL", "US", "home", "in-transit", 1700, 1530, 1870, "announced"),
        ("jets", "unstated", None, "RU", "unstated", "garrison", 24, 24, 24, None),
        ("many", "pl", "PL", "US", "pl", "deployed", 10, 10, None, None),
    ]
    assert tuple(after["rows"][0][field] for field in fields) == (
        *("brigade", "pl", "PL", "US", "home", "deployed", 1700, 1530, 1870, "announced"),
    )


def test_totals_are_by_kind() -> None:
    """An open end stays open in the sum."""
    assert told()["snapshots"][0]["totals"] == [
        {"kind": "aircraft", "strength": 24, "low": 24, "high": 24},
        {"kind": "troops", "strength": 1710, "low": 1540, "high": None},
    ]


def test_sides_are_apart() -> None:
    """What each side has of a kind, what is on its way too, with the weakest basis of any of it."""
    assert told(60)["snapshots"][0]["sides"] == [
        {"side": "RU", "kind": "aircraft", "strength": 24, "low": 24, "high": 24, "basis": None},
        {"side": "US", "kind": "troops", "strength": 1710, "low": 1540, "high": None, "basis": "announced"},
    ]


def test_the_timeline() -> None:
    """Each event with what caused it and what it rests on; what an event does not have is null."""
    nothing: dict[str, Any] = {"because": None, "units": [], "strength": None, "place": None, "to": None}
    unchanged = {"before": None, "after": None, "basis": None, "reason": None}
    go = {"order": "go", "sources": ["abc", "pap"]}
    moved = {"unit": "brigade", **go, **nothing, "strength": 1700}
    wake = {"order": "wake", "sources": [], **nothing, "because": "a guess"}
    assert told()["timeline"] == [
        {"at": "2022-01-24T01:00:00Z", "event": "order-issued", "unit": None, **go, **nothing, "units": ["brigade"]}
        | unchanged,
        {"at": "2022-01-24T01:00:00Z", "event": "unit-departed", **moved, "place": "home", "to": "pl"}
        | {"before": "garrison", "after": "in-transit", "basis": "announced", "reason": None},
        {"at": "2022-01-24T01:30:00Z", "event": "unit-arrived", **moved, "place": "pl"}
        | {"before": "in-transit", "after": "deployed", "basis": "announced", "reason": None},
        {"at": "2022-01-24T01:30:00Z", "event": "unit-closed", **moved, "strength": None, "place": "pl"} | unchanged,
        {"at": "2022-01-24T02:00:00Z", "event": "order-issued", "unit": None, **wake, "units": ["brigade"]} | unchanged,
        {"at": "2022-01-24T02:00:00Z", "event": "order-refused", "unit": "brigade", **wake}
        | unchanged
        | {"reason": "cannot go from deployed to heightened-alert"},
    ]


def test_a_timeline_of_lift() -> None:
    """What is said of a load has its number, what waited says for what and how long, and nothing else has these."""
    asked = Answer(Book.replay(LIFTED_EXAMPLE), (LIFTED_SCENARIO.end,))
    of_loads = {"load", "cause", "minutes"}
    said = [
        (happened["event"], {key: value for key, value in happened.items() if key in of_loads})
        for happened in json.loads(to_json(asked))["timeline"]
    ]
    assert [each for each in said if each[1] or each[0].startswith("load-")] == [
        ("load-ready", {"load": 1}),
        ("load-waited", {"load": 1, "cause": "notice", "minutes": 120}),
        ("load-ready", {"load": 2}),
        ("load-waited", {"load": 2, "cause": "notice", "minutes": 120}),
        ("load-waited", {"load": 2, "cause": "spot", "minutes": 135}),
    ]


def test_what_had_not_left_by_the_end() -> None:
    """Of each order and unit, as the page says it; of an excerpt, what it tells of. Without lift there is no key."""
    units = [unit("a", "250", place="here"), unit("b", "80", place="here")]
    asked = answer(lifted(units, [move("go", 0, "a", "b")], [trucks()], end=100))
    behind = [
        {"order": "go", "unit": "a", "place": "here", "loads": 2, "strength": 150, "cause": None},
        {"order": "go", "unit": "b", "place": "here", "loads": 1, "strength": 80, "cause": None},
    ]
    assert json.loads(to_json(asked))["left_behind"] == behind
    assert json.loads(timeline_to_json(asked, asked.timeline))["left_behind"] == behind
    of_b = [happening for happening in asked.timeline if happening.unit == "b"]
    assert json.loads(timeline_to_json(asked, of_b))["left_behind"] == behind[1:]
    late = answer(lifted(units, [move("go", 0, "a", notice=200)], [trucks()], end=100))
    assert json.loads(to_json(late))["left_behind"] == [
        {"order": "go", "unit": "a", "place": "here", "loads": None, "strength": 250, "cause": "notice"}
    ]
    assert json.loads(to_json(answer(lifted(units, [], [trucks()]))))["left_behind"] == []
    assert "left_behind" not in told()


def test_the_invariants() -> None:
    """All nine, in their order, with what each found."""
    invariants = told()["invariants"]
    assert [(each["name"], each["holds"]) for each in invariants] == [
        *(("conserved", True), ("not-negative", True), ("accounted", True), ("legal", True), ("caused", True)),
        *(("windows", True), ("obeyed", False), ("sourced", True), ("claims", True)),
    ]
    assert invariants[6]["findings"] == [
        {
            "at": "2022-01-24T02:00:00Z",
            "message": "brigade refused wake: cannot go from deployed to heightened-alert",
            "expected": None,
            "found": None,
        }
    ]
    assert {len(each["findings"]) for each in invariants} == {0, 1}


def test_the_claims() -> None:
    """By id. Apart and never expect 0; done expects what is selected and counts what closed; words has no figures."""
    claims = {claim["id"]: claim for claim in told()["claims"]}
    assert list(claims) == ["apart", "counted", "done", "ever", "never", "words"]
    expected_and_actual = {id: (claim["expected"], claim["actual"]) for id, claim in claims.items()}
    nobody = {"low": 0, "high": 0, "wording": "0"}
    assert expected_and_actual == {
        "apart": (nobody, {"strength": 1700, "low": 1530, "high": 1870}),
        "counted": (
            {"low": 1800, "high": 2200, "wording": "about 2000"},
            {"strength": 1710, "low": 1540, "high": None},
        ),
        "done": ({"low": 1700, "high": 1700, "wording": "1700"}, {"strength": 1700, "low": 1530, "high": 1870}),
        "ever": ({"low": 10, "high": None, "wording": "at least 10"}, {"strength": 10, "low": 10, "high": None}),
        "never": (nobody, {"strength": 0, "low": 0, "high": 0}),
        "words": (None, None),
    }
    rest = ("says", "source", "per", "kind", "at", "verdict", "distance", "given", "disputed")
    assert {id: tuple(claim[key] for key in rest) for id, claim in claims.items()} == {
        "apart": (
            *(None, "pap", None, "separate", "2022-01-24T01:30:00Z", "contradicted", 1700, False, "It is not so"),
        ),
        "counted": (
            *("They arrived", "abc", "briefing", "count", "2022-01-24T01:30:00Z", "compatible", 90, False, None),
        ),
        "done": (None, "abc", None, "closed", "2022-01-24T01:40:00Z", "holds", 0, False, None),
        "ever": (None, "pap", None, "count", "2022-01-24T00:00:00Z", "holds", 0, False, None),
        "never": (None, "pap", None, "never", "2022-01-24T00:00:00Z", "holds", 0, False, None),
        "words": ("Words", "abc", None, "noted", None, "noted", None, False, None),
    }


def test_the_log_counts_every_record() -> None:
    """A run that is kept nowhere has a run and a head all the same, and no address."""
    log = open_log("memory:")
    written = log.record(simulate(TOLD))
    assert told()["log"] == {"url": None, "run": written.run, "events": len(list(log.records())), "head": written.head}


def test_a_log_that_is_kept_has_an_address() -> None:
    book, kept = play_and_keep(TOLD, url="memory:")
    assert json.loads(to_json(Answer(book, (0,), kept)))["log"] | {"url": None} == told()["log"]
    assert kept.url == "memory:"


def test_a_book_without_a_record() -> None:
    """An answer made from a book alone knows how many events there were, and of no log."""
    book = play(TOLD)
    form = json.loads(to_json(Answer(book, (0,))))
    assert form["log"] == {"url": None, "run": None, "events": book.events, "head": None}


def test_texts_stay_as_they_are() -> None:
    """Letters of any script are written as such; control characters as their codes, C1 ones too; the value is equal."""
    title = 'Żółw 日本 \x1b[31m\x9b31m\x7f\x85 </script> " \\ \u2028'
    text = to_json(answer(evolve(TOLD, title=title)))
    assert json.loads(text)["scenario"]["title"] == title
    assert "Żółw 日本 \\u001b[31m\\u009b31m\\u007f\\u0085" in text
    assert [char for char in text if not char.isprintable() and char not in "\n\u2028"] == []


def test_grounds_of_both_kinds() -> None:
    """A source and a reason may stand side by side."""
    both = evolve(
        TOLD, orders=[deploy("go", 60, "brigade", grounds=Grounds(("abc",), "the day is a guess"))], claims=[]
    )
    first = json.loads(to_json(answer(both)))["timeline"][0]
    assert (first["sources"], first["because"]) == (["abc"], "the day is a guess")
