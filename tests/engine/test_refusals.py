"""Orders that cannot be obeyed: each is refused with the reason, and the run goes on."""

import pytest

from sim.domain.order import Order
from sim.domain.vocabulary import Readiness
from tests.story import alert, cancel, deploy, part, recall, scenario, stand_down, standby, story, unit

_GARRISON, _STANDBY, _ALERT, _DEPLOYED = (
    Readiness.GARRISON,
    Readiness.STANDBY,
    Readiness.HEIGHTENED_ALERT,
    Readiness.DEPLOYED,
)


@pytest.mark.parametrize(
    ("readiness", "order", "reason"),
    [
        (_GARRISON, stand_down("o", 1, "a"), "cannot go from garrison to garrison"),
        (_STANDBY, standby("o", 1, "a"), "cannot go from standby to standby"),
        (_ALERT, alert("o", 1, "a"), "cannot go from heightened-alert to heightened-alert"),
        (_DEPLOYED, alert("o", 1, "a"), "cannot go from deployed to heightened-alert"),
        (_DEPLOYED, standby("o", 1, "a"), "cannot go from deployed to standby"),
        (_DEPLOYED, stand_down("o", 1, "a"), "cannot go from deployed to garrison"),
        (_DEPLOYED, deploy("o", 1, "a", to="home"), "already deployed at home"),
        (_GARRISON, recall("o", 1, "a"), "already at its origin, home"),
        (_STANDBY, recall("o", 1, "a"), "already at its origin, home"),
        (_GARRISON, cancel("o", 1, "never", "a"), "no move under never is open"),
    ],
)
def test_what_a_unit_cannot_obey_where_it_stands(readiness: Readiness, order: Order, reason: str) -> None:
    """Readiness changes only as the table allows, and an order that changes nothing is refused."""
    orders = [order, deploy("never", 9000, "a")] if order.cancels else [order]
    told = story(scenario([unit("a", readiness=readiness)], orders, end=8000))
    assert told == ["   1 o is given to a", f"   1 a refuses o: {reason}"]


def test_while_a_move_is_open() -> None:
    """A second move is refused from the order on; once any of the unit has left, so is every other order."""
    parts = [part(40, leaves=100), part(60, leaves=200)]
    orders = [
        deploy("go", 10, "a", parts=parts),
        deploy("o20", 20, "a", to="de"),
        recall("o30", 30, "a"),
        cancel("o40", 40, "o20"),
        alert("o50", 50, "a"),
        alert("o60", 60, "a"),
        deploy("x110", 110, "a", to="de"),
        recall("x120", 120, "a"),
        standby("x130", 130, "a"),
        cancel("x140", 140, "go"),
        cancel("x170", 170, "go"),
        cancel("x250", 250, "x110"),
        cancel("x260", 260, "go"),
        stand_down("x270", 270, "a"),
    ]
    assert story(scenario([unit("a")], orders)) == [
        "  10 go is given to a",
        "  20 o20 is given to a",
        "  20 a refuses o20: its move under go is open",
        "  30 o30 is given to a",
        "  30 a refuses o30: its move under go is open",
        "  40 o40 is given to a",
        "  40 a refuses o40: no move under o20 is open",
        "  50 o50 is given to a",
        "  50 a, 100 at home, goes from garrison to heightened-alert (o50)",
        "  60 o60 is given to a",
        "  60 a refuses o60: cannot go from heightened-alert to heightened-alert",
        " 100 a, 40, leaves home for pl (go, was in heightened-alert, assumed)",
        " 110 x110 is given to a",
        " 110 a refuses x110: its move under go is open",
        " 120 x120 is given to a",
        " 120 a refuses x120: its move under go is open",
        " 130 x130 is given to a",
        " 130 a refuses x130: its move under go is open",
        " 140 x140 is given to a",
        " 140 a refuses x140: part of it has left under go",
        " 160 a, 40, arrives at pl (go, deployed, assumed)",
        " 170 x170 is given to a",
        " 170 a refuses x170: part of it has left under go",
        " 200 a, 60, leaves home for pl (go, was in heightened-alert, assumed)",
        " 250 x250 is given to a",
        " 250 a refuses x250: no move under x110 is open",
        " 260 a, 60, arrives at pl (go, deployed, assumed)",
        " 260 a has closed at pl (go)",
        " 260 x260 is given to a",
        " 260 a refuses x260: no move under go is open",
        " 270 x270 is given to a",
        " 270 a refuses x270: cannot go from deployed to garrison",
    ]


def test_cancel_in_the_minute_of_departure() -> None:
    """Departures come before orders, and what leaves with its order has left: both are too late to cancel."""
    orders = [
        deploy("go", 10, "a", after=50),
        cancel("stop", 50, "go"),
        deploy("at-once", 60, "b"),
        cancel("too-late", 60, "at-once"),
        cancel("early", 0, "at-once"),
    ]
    assert story(scenario([unit("a"), unit("b")], orders, end=60)) == [
        "   0 early is given to b",
        "   0 b refuses early: no move under at-once is open",
        "  10 go is given to a",
        "  50 a, 100, leaves home for pl (go, was in garrison, assumed)",
        "  50 stop is given to a",
        "  50 a refuses stop: part of it has left under go",
        "  60 at-once is given to b",
        "  60 b, 100, leaves home for pl (at-once, was in garrison, assumed)",
        "  60 too-late is given to b",
        "  60 b refuses too-late: part of it has left under at-once",
    ]


def test_a_refused_order_leaves_others_alone() -> None:
    """Of the units an order addresses, those that can obey do."""
    units = [unit("a"), unit("b", readiness=Readiness.HEIGHTENED_ALERT), unit("c", readiness=Readiness.STANDBY)]
    assert story(scenario(units, [alert("up", 5, "a", "b", "c")])) == [
        "   5 up is given to a b c",
        "   5 a, 100 at home, goes from garrison to heightened-alert (up)",
        "   5 b refuses up: cannot go from heightened-alert to heightened-alert",
        "   5 c, 100 at home, goes from standby to heightened-alert (up)",
    ]


def test_a_unit_deployed_at_its_origin_may_be_brought_home() -> None:
    """In transit to garrison is how it gets there: a return is refused only where it would change nothing."""
    told = story(scenario([unit("a", readiness=Readiness.DEPLOYED)], [recall("o", 1, "a")], end=8000))
    assert told[1:] == [
        "   1 a, 100, leaves home for home (o, was in deployed, assumed)",
        "  61 a, 100, arrives at home (o, garrison, assumed)",
        "  61 a has closed at home (o)",
    ]


def test_nowhere_stated_is_not_one_place() -> None:
    """What stands where no report says may be sent to where no report says, and back."""
    told = scenario(
        [unit("a", place="unstated")],
        [deploy("go", 10, "a", to="unstated"), deploy("on", 500, "a", to="unstated"), recall("home", 900, "a")],
        end=8000,
    )
    assert not any("refuses" in line for line in story(told))


def test_two_cancels_in_a_minute() -> None:
    """A move that waits is cancelled, another opened and cancelled at once: the unit sleeps through both."""
    orders = [
        deploy("d", 10, "a", after=100),
        cancel("e1", 50, "d", "a"),
        deploy("e2", 50, "a", after=200),
        cancel("e3", 50, "e2", "a"),
        deploy("f", 300, "a"),
    ]
    told = [line for line in story(scenario([unit("a")], orders, end=8000)) if "given" not in line]
    assert told == [
        " 300 a, 100, leaves home for pl (f, was in garrison, assumed)",
        " 360 a, 100, arrives at pl (f, deployed, assumed)",
        " 360 a has closed at pl (f)",
    ]
