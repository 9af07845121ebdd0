"""Causes that go by lift: what takes the units, when they may leave, and that no report says when they arrive."""

from functools import partial

from attrs import evolve

from sim.domain.grounds import Grounds
from sim.domain.lift import Carriage
from sim.domain.order import Order, Transit, Window
from sim.domain.scenario import Scenario
from sim.domain.variate import Uniform
from sim.domain.vocabulary import Basis
from tests.engine.lifted import lifted, move, trucks
from tests.report.test_explanation_page import page, passage
from tests.story import unit


def told(order: Order) -> Scenario:
    """The scenario of one order to one unit, with trucks, and a ship for a second stretch."""
    return lifted([unit("a", "250", place="here")], [order], [trucks(), trucks(name="ship")])


def orders(order: Order, at: int = 10_000) -> list[str]:
    """What the page says of the order behind a unit, below why it is assumed."""
    _, grounds, *legs = passage(page(told(order), at, unit="a"), "Orders")
    assert grounds == "  ! a guess"
    return legs


def carried(order: Order) -> Carriage:
    assert order.carriage is not None
    return order.carriage


def test_by_lift_it_is_the_run_that_says_when_it_arrives() -> None:
    """On its way, and when it has arrived: no report says, but something is known."""
    expected = [
        "  goes by trucks from Here to There",
        "  may leave when ordered, assumed !",
        "  leaves and arrives load by load, as the run works out, assumed !",
    ]
    assert orders(move("go", 0, "a")) == orders(move("go", 0, "a"), at=60) == expected


def test_notice_and_a_reported_departure() -> None:
    """It may leave once the notice is over, and no earlier than the reports have it."""
    order = evolve(move("go", 0, "a", notice=90), depart=Window(after=1440))
    assert orders(order)[1] == "  may leave 1h30m after the order and from 25 Jan on, assumed !"
    assert orders(order)[2] == "  leaves and arrives load by load, as the run works out, assumed !"
    by = evolve(order, depart=Window(by=1440))
    assert orders(by)[1:] == [
        "  may leave 1h30m after the order and by 25 Jan 00:00, assumed !",
        "  arrives load by load, as the run works out, assumed !",
    ]
    drawn = evolve(order, carriage=evolve(carried(order), notice=Uniform(60, 180)), depart=Window())
    assert orders(drawn)[1] == "  may leave 1h to 3h after the order (uniform), assumed !"


def test_what_only_a_notice_says_no_report_does() -> None:
    """Whatever the order rests on: the letter of its source stands with the window that it gives."""
    reported = Grounds(("abc",))
    order = evolve(move("go", 0, "a", notice=90), grounds=reported)
    page_of = partial(page, at=10_000, unit="a")
    assert passage(page_of(told(order)), "Orders")[2] == "  may leave 1h30m after the order, assumed !"
    dated = evolve(order, depart=Window(after=1440, basis=Basis.ANNOUNCED, grounds=reported))
    assert passage(page_of(told(dated)), "Orders")[2] == (
        "  may leave 1h30m after the order, assumed !, and from 25 Jan on, announced (A)"
    )


def test_the_whole_way_is_told() -> None:
    """Each place, and each lift once."""
    order = move("go", 0, "a", route=("here", "there", "here", "beyond"), lifts=("trucks", "ship", "trucks"))
    assert orders(order)[0] == "  goes by trucks, ship from Here to There to Here to Beyond"


def test_a_load_that_is_told() -> None:
    """How much goes in one, and what it weighs, where that is told."""
    assert orders(move("go", 0, "a", load=40))[0] == "  goes by trucks from Here to There, at most 40 a load"
    order = move("go", 0, "a", load=40, tons=2.5)
    assert orders(order)[0] == "  goes by trucks from Here to There, at most 40 a load of 2.5 tons"


def test_what_was_reported_stands_before_lift() -> None:
    """Where an arrival is reported, the run replays it, and that is told."""
    order = evolve(move("go", 0, "a"), transit=Transit(60))
    assert orders(order) == [
        "  leaves when ordered, assumed !",
        "    ! nothing dates it",
        "  arrives 1h later, assumed !",
    ]
