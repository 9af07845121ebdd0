"""Limits: what is kept of a section that is too large, and what is said of the rest."""

import json
from pathlib import Path
from typing import Any

import pytest

from sim.atlas.album import album
from sim.atlas.form import album_form
from sim.atlas.limit import ENTRIES, KNOWN_MAX, TOTALS, TURNS_KEPT, TURNS_MAX, limited, thinned
from sim.domain.order import Order
from sim.domain.scenario import Scenario
from sim.domain.source import Source
from sim.domain.vocabulary import Action
from sim.loader import load
from sim.report.answer import Answer
from sim.runs import play
from tests.atlas.reading import Json, lines_at
from tests.story import GUESS, cited, deploy, scenario, unit

SCENARIOS = Path(__file__).parents[2] / "scenarios"


def _form(units: int = 3, published: int = 3) -> Json:
    """An album of units that all go to Poland, the later the stronger, after so many publications."""
    sources = [Source(f"s{number}", "Somebody", published=number) for number in range(published)]
    stood = [unit(f"u{number:05}", str(number + 1), grounds=cited("s0")) for number in range(units)]
    told = scenario(stood, [deploy("go", 60, *(each.id for each in stood))], sources=sources)
    return _of(told)


def _of(told: Scenario) -> Json:
    return album_form(album(Answer(play(told), (told.end,)), ["x.yaml"]), "sim report x.yaml")


def test_what_is_not_large_stays_as_it_is() -> None:
    """Nothing is left out, and nothing is said."""
    form = _form()
    assert limited(form) == form
    assert thinned(form, 2) == form


def test_the_strongest_units_are_kept() -> None:
    """In their order; the entries would not add up, and so there are none; all else still counts everybody."""
    units = ENTRIES.most // 3 + 1
    form = _form(units, 1)
    told = limited(form)
    picture = told["pictures"][0]
    assert [*picture["units"]] == [f"u{number:05}" for number in range(units - 1000, units)]
    assert picture["entries"] is None
    assert picture["totals"] == form["pictures"][0]["totals"]
    assert told["left_out"] == [
        f"Of {units:,} units this page has 1,000: the strongest.",
        f"Of {2 * units + 1:,} lines of the timeline this page has 1,000: the earliest.",
        f"The {3 * units:,} entries of the ledger are too many for this page: python -m sim explain shows those behind "
        "a figure.",
    ]
    assert {each["ground"] for each in picture["timeline"]} <= set(range(len(picture["grounds"])))


def test_half_the_room() -> None:
    """There is less of everything that is large, and it is said how much."""
    form = _form(800, 1)
    whole, half = limited(form), limited(form, 0.1)
    assert whole["left_out"] == ["Of 1,601 lines of the timeline this page has 1,000: the earliest."]
    assert 0 < len(half["pictures"][0]["units"]) < 800
    assert half["left_out"][0].startswith("Of 800 units this page has ")


@pytest.mark.parametrize(("most", "at"), [(0, [None]), (1, [1, None]), (2, [0, 2, None]), (4, [0, 1, 2, 3, None])])
def test_fewer_times_to_choose(most: int, at: list[Any]) -> None:
    """Each keeps its own picture, and what came out at those that went counts for the next."""
    form = _form(1, 5)
    pictures = dict(zip([None, 0, 1, 2, 3], form["pictures"], strict=True))
    told = thinned(form, most)
    assert [each["at"] for each in told["known"]] == at
    assert told["pictures"] == [pictures[None], *(pictures[each] for each in at[:-1])]
    assert [source for each in told["known"] for source in each["published"]] == [f"s{number}" for number in range(5)]


def test_too_many_sources_came_out() -> None:
    """Then the choices no longer say which."""
    form = _form()
    form["known"][0]["published"] = ["s" * 100] * (KNOWN_MAX // 100)
    assert [each["published"] for each in limited(form)["known"]] == [[], [], []]


def test_long_reasons_are_cut_where_they_are_too_many() -> None:
    """Where the entries are left out, and the timeline alone rests on them."""
    form = _form(1, 1)
    picture = form["pictures"][0]
    picture["entries"] = picture["entries"] * ENTRIES.most
    picture["grounds"] = [{"sources": [], "because": "x" * 9000} for _ in range(100)]
    picture["timeline"] = [{**picture["timeline"][0], "ground": place} for place in range(0, 60, 2)]
    grounds = limited(form)["pictures"][0]["grounds"]
    assert len(grounds) == 59
    assert grounds[1] is None
    assert grounds[2] == {"sources": [], "because": "x" * 200 + "\N{HORIZONTAL ELLIPSIS}"}


def test_reasons_and_findings_without_end() -> None:
    """Of a claim's sentences, and of an invariant's findings, the first are there."""
    form = _form()
    picture = form["pictures"][0]
    picture["claims"] = [{"verdict": "holds", "disputed": None, "why": ["w" * 900] * 5}]
    picture["invariants"] = [{"name": "obeyed", "holds": False, "findings": [{"message": "m"}] * 50}]
    told = limited(form)["pictures"][0]
    assert len(told["claims"][0]["why"]) == 2
    assert len(told["invariants"][0]["findings"]) == 20


def test_what_many_runs_come_to() -> None:
    """Of lines that differ between runs, those are kept that differ most."""
    form = _form()
    spread = [{"at": 0, "place": f"p{number}", "low": 0, "middle": 5, "high": number + 1} for number in range(700)]
    form["ensemble"] = {"runs": 20, "seed": 0, "closures": [], "bands": spread, "claims": []}
    told = limited(form)
    assert told["ensemble"] == {**form["ensemble"], "bands": spread[100:]}
    assert told["left_out"] == ["Of 700 lines that differ between runs this page has 600: those that differ most."]


def test_more_turns_than_there_is_room_for() -> None:
    """Some are kept, at each of which every figure is what it was; there are no entries that would not add up to it."""
    turns = TURNS_MAX + 1
    form = _often(turns - 1)
    told = limited(form)
    whole, thin = form["pictures"][0], told["pictures"][0]
    assert len(thin["turns"]) == TURNS_KEPT + 1
    assert thin["entries"] is None
    assert told["left_out"][0] == (
        f"Something changes at {turns:,} times, of which this page has {TURNS_KEPT + 1:,}: between them it shows what "
        "was held at the last. The entries of the ledger are left out: python -m sim explain shows those behind a "
        "figure."
    )
    for minute in thin["turns"]:
        assert lines_at(thin, "lines", ("place", "readiness"), minute) == (
            lines_at(whole, "lines", ("place", "readiness"), minute)
        )


@pytest.mark.parametrize("share", [1.0, 0.35, 0.0])
@pytest.mark.parametrize("path", sorted(SCENARIOS.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_scenario_has_all_its_lines(path: Path, share: float) -> None:
    """And all its totals, however little room there is: without them there is nothing to draw."""
    form = _of(load(path))
    told = limited(form, share)
    for whole, kept in zip(form["pictures"], told["pictures"], strict=True):
        assert _named(kept["totals"]) == _named(whole["totals"])
        assert share < 1 or (kept["turns"], kept["lines"]) == (whole["turns"], whole["lines"])


@pytest.mark.parametrize(("moves", "share"), [(400, 1.0), (400, 0.0), (2500, 1.0), (2500, 0.25)])
def test_totals_that_change_at_every_move(moves: int, share: float) -> None:
    """Of many figures whose basis changes at each move, fewer times are kept rather than fewer lines."""
    form = _one_by_one(moves)
    told = limited(form, share)
    whole, thin = form["pictures"][0], told["pictures"][0]
    for section, fields in (("totals", ()), ("lines", ("place", "readiness"))):
        if section == "totals" or share:
            assert _named(thin[section]) == _named(whole[section])
            for minute in thin["turns"]:
                assert lines_at(thin, section, fields, minute) == lines_at(whole, section, fields, minute)
    assert len(json.dumps(thin["totals"])) <= TOTALS.room


def _named(courses: list[Json]) -> list[Json]:
    return [{name: value for name, value in each.items() if name != "steps"} for each in courses]


def test_an_entry_that_is_too_long_keeps_out_no_other() -> None:
    """What there is room for is there, though something larger before it is not."""
    form = _form(3, 1)
    units = form["pictures"][0]["units"]
    units["u00002"]["because"] = "x" * 1_000_000
    told = limited(form)
    assert [*told["pictures"][0]["units"]] == ["u00000", "u00001"]
    assert told["left_out"] == ["Of 3 units this page has 2: the strongest, but for 1 too long to stand here."]


def test_nothing_is_missing_within_what_is_kept() -> None:
    """Where there is no room for the next, those behind it are not there either, however short."""
    form = _form(30, 1)
    units = form["pictures"][0]["units"]
    for number in range(15, 30):  # the strongest
        units[f"u{number:05}"]["because"] = "x" * 20_000
    kept = [*limited(form)["pictures"][0]["units"]]
    assert kept == [f"u{number:05}" for number in range(30 - len(kept), 30)]
    assert 0 < len(kept) < 15


def _often(orders: int) -> Json:
    """An album of one unit that is put on alert and stands down so many times."""
    actions = (Action.ALERT, Action.STAND_DOWN)
    each = [Order(f"o{number}", number + 1, actions[number % 2], ("a",), grounds=GUESS) for number in range(orders)]
    return _of(scenario([unit("a")], each))


def _one_by_one(moves: int) -> Json:
    """An album of so many units, of which one after the other goes to Poland."""
    units = [unit(f"u{number:05}", str(number + 1)) for number in range(moves)]
    return _of(scenario(units, [deploy(f"o{number:05}", 2 * number, unit.id) for number, unit in enumerate(units)]))
