"""Breakdowns: how much of a figure each source carries, who was left out of it, and when what is missing closes."""

import pytest
from attrs import evolve

from sim.domain.claim import Closed, Count, Never, Selector, Test
from sim.domain.order import Order
from sim.domain.quantity import exactly, parse_quantity
from sim.domain.unit import Unit
from sim.domain.vocabulary import Kind, Readiness
from sim.errors import UsageError
from sim.ledger.claims import Evidence, judge
from sim.posture.breakdown import Breakdown, breakdown_of
from sim.posture.shares import Share
from sim.runs import play
from tests.story import GUESS, alert, cancel, cited, claim, deploy, part, recall, scenario, unit

POLAND = Selector(place=("pl",))


def _broken_down(test: Test, units: list[Unit], orders: list[Order]) -> Breakdown:
    book = play(scenario(units, orders, [claim(test)]))
    return breakdown_of(book, judge(Evidence(book), book.claims["said"]))


def _shares(units: list[Unit], orders: list[Order], selector: Selector = POLAND) -> list[Share]:
    (shares,) = _broken_down(Count(selector, exactly(0), 5000), units, orders).shares
    return list(shares)


def test_who_carries_what() -> None:
    """A source carries the strength of what it numbers, and of what it reports the order or a date of."""
    units = [unit("a", "100", grounds=cited("abc")), unit("b", "200", grounds=cited("abc", "pap")), unit("c", "7")]
    orders = [
        deploy("go", 50, "a", grounds=cited("abc")),
        deploy("on", 60, "b", parts=[part(200, arrives=900, grounds=cited("pap"))], grounds=cited("briefing")),
        deploy("so", 60, "c"),
    ]
    assert _shares(units, orders) == [
        Share("abc", numbered=300, ordered=100, left=100, arrived=100),
        Share("briefing", ordered=200),
        Share("pap", numbered=200, left=200, arrived=200),
        Share(None, numbered=7, ordered=7, left=7, arrived=7),
    ]


def test_who_numbers_a_part() -> None:
    """Whoever reported the part, not who reported the unit; nobody, where its number was chosen."""
    hundreds = parse_quantity("hundreds")
    chosen = evolve(part(300, grounds=cited("pap")), reported=hundreds, post_grounds=GUESS)
    parts = [chosen, part(200, grounds=cited("pap")), part(500, arrives=9000)]
    units = [unit("a", "1000", grounds=cited("abc")), unit("b", "10", place="pl", grounds=cited("abc"))]
    orders = [deploy("go", 50, "a", parts=parts, grounds=cited("briefing"))]
    assert _shares(units, orders) == [
        Share("abc", numbered=10),
        Share("briefing", ordered=500, left=500),
        Share("pap", numbered=200, left=500, arrived=500),
        Share(None, numbered=300),
    ]


def test_what_has_not_moved() -> None:
    """It rests on a number alone; where it was made ready, on the order too."""
    units = [unit("a", "100", place="pl", grounds=cited("abc")), unit("b", "50", place="pl", grounds=cited("pap"))]
    assert _shares(units, [alert("up", 10, "b")]) == [
        Share("abc", numbered=100),
        Share("pap", numbered=50),
        Share(None, ordered=50),
    ]


def test_what_is_on_its_way() -> None:
    """It has left, and has not arrived."""
    bound = Selector(place=("pl",), readiness=(Readiness.IN_TRANSIT,))
    orders = [deploy("go", 50, "a", arrive=9000, grounds=cited("pap"))]
    assert _shares([unit("a", grounds=cited("abc"))], orders, bound) == [
        Share("abc", numbered=100),
        Share("pap", ordered=100, left=100),
    ]


def test_only_the_orders_that_brought_it() -> None:
    """Not those by which it was somewhere else before."""
    orders = [
        deploy("out", 50, "a", to="de", grounds=cited("abc")),
        recall("back", 500, "a", grounds=cited("abc")),
        deploy("go", 900, "a", grounds=cited("pap")),
    ]
    assert _shares([unit("a")], orders) == [Share("pap", ordered=100, left=100, arrived=100), Share(None, numbered=100)]


def test_only_what_is_still_there() -> None:
    """What came before an account was last empty has gone again; what came in two parts since then both count."""
    both = [part(40, arrives=990, grounds=cited("abc")), part(60, arrives=995, grounds=cited("briefing"))]
    orders = [
        deploy("go", 50, "a", grounds=cited("pap")),
        recall("back", 500, "a"),
        deploy("again", 900, "a", parts=both, grounds=cited("pap")),
    ]
    assert _shares([unit("a")], orders) == [
        Share("abc", left=100, arrived=100),
        Share("briefing", left=100, arrived=100),
        Share("pap", ordered=100),
        Share(None, numbered=100),
    ]
    assert _shares([unit("a")], orders[:2], Selector(place=("home",))) == [
        Share(None, numbered=100, ordered=100, left=100, arrived=100)
    ]


def test_who_was_left_out() -> None:
    """Those given the orders of the figure that are not in it; nobody where no order brought it about."""
    units = [unit("a"), unit("b"), unit("c")]
    orders = [deploy("go", 50, "a", "b", "c", after=100), cancel("not-c", 60, "go", "c"), alert("up", 5, "a", "b")]
    assert _broken_down(Count(POLAND, exactly(300), 5000), units, orders).left_out == ("c",)
    there = [unit("a", place="pl"), unit("b")]
    assert _broken_down(Count(POLAND, exactly(300), 5000), there, []).left_out == ()
    to_come = [deploy("on", 50, "a", "b", to="de", after=9000)]
    assert _broken_down(Count(POLAND, exactly(300), 5000), there, to_come).left_out == ()


def test_kinds_apart() -> None:
    """A figure for each kind, each with its shares."""
    units = [unit("a", "100", place="pl"), unit("jets", "9", place="pl", kind=Kind.AIRCRAFT, grounds=cited("pap"))]
    test = Never(Selector(place=("pl",), kind=(Kind.AIRCRAFT, Kind.TROOPS)))
    found = _broken_down(test, units, [])
    assert [(figure.kind, figure.strength) for figure in found.figures] == [(Kind.TROOPS, 100), (Kind.AIRCRAFT, 9)]
    assert found.shares == ((Share(None, numbered=100),), (Share("pap", numbered=9),))


def test_when_it_closes_after_all() -> None:
    """Of those that have not closed by then: the first deploy that each closes; None for one that never does."""
    units = [unit("a"), unit("b"), unit("c"), unit("d")]
    orders = [
        deploy("in-time", 50, "a"),
        deploy("late", 50, "b", arrive=700),
        deploy("later", 800, "b", to="de"),
        deploy("soon", 70, "d"),
        recall("back", 400, "d"),
    ]
    found = _broken_down(Closed(Selector(units=("a", "b", "c", "d")), 110), units, orders)
    assert found.closures == (("b", 700), ("c", None), ("d", 130))
    assert found.nearest is None


def test_what_was_not_tested() -> None:
    """A claim that is taken back has no figure."""
    sorry = evolve(claim(Never(POLAND), "sorry"), corrects="said")
    book = play(scenario([unit("a")], [], [claim(Never(POLAND)), sorry]))
    with pytest.raises(UsageError):
        breakdown_of(book, judge(Evidence(book), book.claims["said"]))
