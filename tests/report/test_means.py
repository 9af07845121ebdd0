"""What a figure by lift rests on: each lift and port with its grounds, and what had changed of them by then."""

import json
from typing import Any

import pytest
from attrs import evolve

from sim.domain.grounds import Grounds
from sim.domain.lift import Hours, Mode, Speed
from sim.domain.order import Order, Transit
from sim.domain.scenario import Scenario
from sim.domain.source import Source
from sim.domain.variate import Fixed, Normal, Uniform
from sim.domain.vocabulary import Kind
from sim.engine import simulate
from sim.posture import Book
from sim.posture.explanation import explain
from sim.posture.selector import selector_of
from sim.report.answer import Answer
from sim.report.explanation_form import explanation_to_csv, explanation_to_json
from sim.report.means import MEANS_MAX
from tests.engine.lifted import change, lifted, move, port, trucks
from tests.report.test_explanation_page import page, passage
from tests.story import GUESS, cited, unit

SHIP = evolve(
    trucks(4, 250, name="ship", tons=1000, ground=Uniform(60, 181), hours=20, detour=1.5),
    mode=Mode.SEA,
    holds=((Kind.TROOPS, Uniform(200, 300)), (Kind.VEHICLES, Fixed(16))),
    grounds=Grounds(("abc", "afp"), "as in 2017"),
)
CAPACITY = (
    evolve(change(1, 30, 2, lift="trucks"), grounds=cited("afp")),
    change(2, 60, 0, at_port="quay"),
    change(3, 90, 9, lift="plane"),
    evolve(change(4, 120, 1, at_port="quay"), amount=Uniform(0, 1)),
)
BOTH = move("go", 0, "a", route=("here", "there", "beyond"), lifts=("trucks", "ship"), load=100, notice=5)


def told(*orders: Order) -> Scenario:
    """Orders by trucks, and some of them on by ship; a plane and a port lie beside their way."""
    scenario = lifted(
        [unit("a", "250", place="here", grounds=cited("abc")), unit("b", "10", place="here")],
        orders or [BOTH],
        [trucks(1, 100), SHIP, trucks(1, name="plane")],
        [port("quay", "beyond", 1, 90, Hours(360, 0)), port("yard", "there", 2), port("far", "home", 5)],
        CAPACITY,
    )
    return evolve(scenario, sources=[*scenario.sources.values(), Source("afp", "AFP", url="https://afp.example")])


def explained(scenario: Scenario, at: int) -> tuple[dict[str, Any], list[str]]:
    """The JSON, and the lines of the CSV, of where the unit `a` is."""
    book = Book.replay(simulate(scenario))
    explanation = explain(book, at, selector_of(book, unit="a"))
    answer = Answer(book, (at,))
    return json.loads(explanation_to_json(answer, explanation)), explanation_to_csv(answer, explanation).splitlines()


LIFT = [
    "ship: 4 vehicles by sea from Here (A B)",
    "  ! as in 2017",
    "  each takes 200 to 300 troops (uniform), 16 vehicles, 1,000 tons; goes 60 km/h for 20 hours a day,",
    "    1.5 times the great circle; stands 1h to 3h1m (uniform) to load and to unload",
    "trucks: 1 vehicle by road from Here, assumed !",
    "  ! a guess",
    "  each takes 100 troops; goes 60 km/h; stands 10m to load and to unload",
]
PORTS = [
    "quay, Beyond: 1 spot, open 06:00-24:00, 1h30m for each vehicle, assumed !",
    "  ! a guess",
    "yard, There: 2 spots, always open, assumed !",
    "  ! a guess",
]


def test_the_page_leads_to_them() -> None:
    """What only lift cites has a letter as well, and stands among the sources with its address."""
    lines = page(told(), 0, unit="a")
    assert passage(lines, "Lift") == LIFT
    assert passage(lines, "Ports on the way") == PORTS
    assert passage(lines, "Sources") == [
        "A ABC News, undated; relays Briefing",
        "B AFP, undated",
        "  https://afp.example",
    ]


def test_what_had_changed_by_then() -> None:
    """Only of this lift and these ports, and only up to the minute that is asked about, itself included."""
    lines = page(told(), 119, unit="a")
    assert passage(lines, "Lift")[-1] == "  from 24 Jan 00:30 on 2 vehicles (B)"
    changed = [*PORTS[:2], "  from 24 Jan 01:00 on 0 spots, assumed !", "    ! a guess"]
    assert passage(lines, "Ports on the way") == [*changed, *PORTS[2:]]
    lines = page(told(), 120, unit="a")
    changed += ["  from 24 Jan 02:00 on 0 to 1 spots (uniform), assumed !", "    ! a guess"]
    assert passage(lines, "Ports on the way") == [*changed, *PORTS[2:]]


def test_only_what_goes_by_lift_has_any() -> None:
    """Neither a unit that stays nor one whose arrival is reported has; a lift of several orders stands there once."""
    timed = evolve(BOTH, transit=Transit(60, GUESS))
    for lines in (page(told(), 0, unit="b"), page(told(timed), 0, unit="a")):
        assert {"Lift", "Ports on the way"}.isdisjoint(lines)
    form, rows = explained(told(timed), 0)
    assert {"lift", "ports", "capacity"}.isdisjoint(form)
    assert rows[0].endswith("basis,sources,because,lift,ports,lift_sources,lift_because")
    assert {row.endswith(",,,,") for row in rows[1:]} == {True}
    again = move("again", 5000, "a", route=("beyond", "there"), lifts=("trucks",))
    lines = page(told(BOTH, again), 5000, unit="a")
    assert [line for line in passage(lines, "Lift") if line.startswith("trucks")] == [LIFT[4]]


def test_where_there_are_many() -> None:
    """The page shows so many changes, the last of them, and says how many there are before."""
    scenario = told()
    changes = tuple(change(number, number, number, lift="trucks") for number in range(1, MEANS_MAX + 3))
    lines = passage(page(evolve(scenario, capacity=changes), 5000, unit="a"), "Lift")
    assert lines[7] == "  from 24 Jan 00:03 on 3 vehicles, assumed !"
    assert lines[-1] == "  and 2 more earlier changes: --format json has all"
    lift = [trucks(name=f"t-{number:02}") for number in range(MEANS_MAX + 1)]
    stops = ("here", "there") * 6
    order = move("go", 0, "a", route=stops, lifts=[each.id for each in lift])
    many = evolve(scenario, lift=lift, orders=[order], capacity=())
    assert passage(page(many, 0, unit="a"), "Lift")[-1] == "and 1 more lifts: --format json has all"


def test_the_json_has_all_of_them() -> None:
    """Each figure as the run takes it, beside its distribution; the order has what is told of its loads."""
    form, _ = explained(told(), 120)
    assumed = {"sources": [], "because": "a guess"}
    assert form["lift"] == [
        {
            "id": "ship",
            "mode": "sea",
            "base": "here",
            "vehicles": {"is": 4},
            "holds": {"troops": {"is": 250, "uniform": [200, 300]}, "vehicles": {"is": 16}},
            "tons": {"is": 1000},
            "speed_kmh": {"is": 60},
            "speed_as_written": {"key": "speed_kmh", "is": 60},
            "ground_minutes": {"is": 121, "uniform": [60, 181]},
            "hours_per_day": {"is": 20},
            "detour": 1.5,
            "sources": ["abc", "afp"],
            "because": "as in 2017",
        },
        {
            "id": "trucks",
            "mode": "road",
            "base": "here",
            "vehicles": {"is": 1},
            "holds": {"troops": {"is": 100}},
            "tons": None,
            "speed_kmh": {"is": 60},
            "speed_as_written": {"key": "speed_kmh", "is": 60},
            "ground_minutes": {"is": 10},
            "hours_per_day": None,
            "detour": 1.0,
            **assumed,
        },
    ]
    assert form["ports"] == [
        {
            "id": "quay",
            "place": "beyond",
            "spots": {"is": 1},
            "ground_minutes": {"is": 90},
            "open": "06:00-24:00",
            **assumed,
        },
        {"id": "yard", "place": "there", "spots": {"is": 2}, "ground_minutes": None, "open": None, **assumed},
    ]
    assert form["capacity"] == [
        {
            "at": "2022-01-24T00:30:00Z",
            "lift": "trucks",
            "vehicles": {"is": 2},
            "sources": ["afp"],
            "because": None,
        },
        {"at": "2022-01-24T01:00:00Z", "port": "quay", "spots": {"is": 0}, **assumed},
        {"at": "2022-01-24T02:00:00Z", "port": "quay", "spots": {"is": 1, "uniform": [0, 1]}, **assumed},
    ]
    (order,) = form["orders"]
    assert {key: order[key] for key in ("lift", "route", "notice_minutes", "priority", "load", "load_tons")} == {
        "lift": ["trucks", "ship"],
        "route": ["here", "there", "beyond"],
        "notice_minutes": {"is": 5},
        "priority": 0,
        "load": {"is": 100},
        "load_tons": None,
    }
    assert [source["id"] for source in form["sources"]] == ["abc", "afp"]


def test_a_row_of_the_csv_says_them() -> None:
    """Of what moved by lift; where a unit stood before, no lift has anything to do with."""
    _, (head, *rows) = explained(told(), 60)
    assert head.endswith(",order,basis,sources,because,lift,ports,lift_sources,lift_because")
    (stood,) = (row for row in rows if "unit-mustered" in row)
    assert stood.endswith(",unit-mustered,250,,,,,abc,,,,,")
    left = [row for row in rows if "unit-departed" in row]
    assert len(left) == len(rows) - 1 > 0
    because = "ship: as in 2017; trucks: a guess; quay: a guess; yard: a guess; capacity of quay: a guess"
    assert all(row.endswith(f",ship;trucks,quay;yard,abc;afp,{because}") for row in left)


def test_a_speed_keeps_the_unit_it_was_written_in() -> None:
    """On the page as it was written; as JSON besides in kilometres an hour, which the run takes."""
    march = evolve(trucks(1, 100, speed=Normal(400 / 24, 50 / 24)), speed_in=Speed.KM_PER_DAY)
    scenario = evolve(told(move("go", 0, "a")), lift=[march], capacity=())
    lines = passage(page(scenario, 0, unit="a"), "Lift")
    assert lines[2].startswith("  each takes 100 troops; goes 400 km a day (normal, spread 50); stands 10m")
    form, _ = explained(scenario, 0)
    assert form["lift"][0]["speed_as_written"] == {"key": "km_per_day", "is": 400, "normal": [400, 50]}
    assert form["lift"][0]["speed_kmh"]["normal"] == pytest.approx([16.6667, 2.08333], rel=1e-4)
