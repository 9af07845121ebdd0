"""Closure curves: what share of an order had left, and had arrived, at any time."""

import json
from pathlib import Path

import pytest
from attrs import evolve

from sim.domain.order import Window
from sim.domain.vocabulary import Basis, Kind
from sim.errors import UsageError
from sim.loader import load
from sim.plot.closure import Arrival, Curve, closure_curves
from sim.plot.predicted import predicted
from sim.report.answer import Answer
from sim.report.ensemble_run import run_ensemble
from sim.runs import play
from tests.story import alert, cancel, cited, deploy, part, recall, scenario, unit

SCENARIOS = Path(__file__).parents[2] / "scenarios"


def test_parts_arrive_one_after_another() -> None:
    """The share that has left and that has arrived, from each minute on; how each arrival is known."""
    order = deploy("go", 60, "a", parts=[part(60, leaves=100, arrives=200), part(40, leaves=150, arrives=400)])
    seen = Window(by=200, basis=Basis.OBSERVED, grounds=cited("pap"))
    parts = (evolve(order.parts[0], arrive=seen), order.parts[1])
    told = scenario([unit("a")], [evolve(order, parts=parts)])
    assert closure_curves(Answer(play(told), (0,))) == (
        Curve(
            "go",
            Kind.TROOPS,
            100,
            ((100, 0.6), (150, 1.0)),
            (Arrival(200, 0.6, Basis.OBSERVED), Arrival(400, 1.0, Basis.ASSUMED)),
        ),
    )


def test_what_arrives_at_one_minute_in_several_ways() -> None:
    """It is as sure as the weakest, whichever comes last."""
    for bases in ((Basis.ANNOUNCED, Basis.OBSERVED), (Basis.OBSERVED, Basis.ANNOUNCED)):
        parts = [
            evolve(part(strength, leaves=100), arrive=Window(by=200, basis=basis, grounds=cited("pap")))
            for strength, basis in zip((990, 10), bases, strict=True)
        ]
        told = scenario([unit("a", "1000")], [deploy("go", 60, "a", parts=parts)])
        (curve,) = closure_curves(Answer(play(told), (0,)))
        assert curve.arrived == (Arrival(200, 1.0, Basis.ANNOUNCED),)


def test_which_orders_have_curves() -> None:
    """Those that move something, in the order in which they were given; kinds apart; without what was refused."""
    units = [unit("a"), unit("b", "30", kind=Kind.VEHICLES), unit("c", "7", place="pl")]
    orders = [
        alert("wake", 10, "a"),
        deploy("go", 60, "a", "b", "c", transit=30),
        recall("back", 500, "a", transit=30),
        recall("refused", 510, "a", transit=30),
        cancel("never", 511, "back", "a"),
        recall("again", 9990, "b", transit=60),
    ]
    curves = closure_curves(Answer(play(scenario(units, orders)), (0,)))
    assert [(curve.order, curve.kind, curve.strength, curve.closed) for curve in curves] == [
        ("go", Kind.TROOPS, 107, True),
        ("go", Kind.VEHICLES, 30, True),
        ("back", Kind.TROOPS, 100, True),
        ("again", Kind.VEHICLES, 30, False),
    ]


def test_some_orders() -> None:
    """Only those that are named."""
    told = scenario([unit("a"), unit("b")], [deploy("go", 60, "a"), deploy("too", 61, "b")])
    assert [curve.order for curve in closure_curves(Answer(play(told), (0,)), ["too"])] == ["too"]


def test_what_is_predicted() -> None:
    """When orders close in the runs, and in how many; where nothing is left to chance, runs tell nothing."""
    still = scenario([unit("a")], [alert("wake", 10, "a"), deploy("go", 60, "a")])
    with pytest.raises(UsageError, match="nothing in this scenario is left to chance"):
        predicted(still, 3)
    flank = load(SCENARIOS / "eastern-flank-2022.yaml")
    found, ensemble = predicted(flank, 10), run_ensemble(flank, 10)
    assert {order: (each.runs, each.closed) for order, each in found.items()} == {
        row["order"]: (10, row["runs_closed"]) for row in json.loads(ensemble.to_json())["closure"]
    }
    assert (found["82nd-rest-to-poland"].closed, found["82nd-rest-to-poland"].varies) == (0, False)
    assert found["82nd-to-poland"].varies
    for order, each in found.items():
        times = [None if at is None else flank.calendar.instant(at) for at in each.quantiles.values()]
        assert times == [*ensemble.closure(order).values()]
