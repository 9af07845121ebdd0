"""Every action: what an order causes where it can be obeyed. Each test asserts the whole story."""

from attrs import evolve

from sim.domain.order import Transit, Window
from sim.domain.vocabulary import Basis, Kind, Readiness
from tests.story import (
    GUESS,
    alert,
    cancel,
    cited,
    deploy,
    happened,
    part,
    recall,
    scenario,
    stand_down,
    standby,
    story,
    tell,
    unit,
)


def test_alert_standby_and_stand_down() -> None:
    """Each changes the readiness of the whole unit where it stands."""
    orders = [alert("o1", 10, "a"), standby("o2", 20, "a"), stand_down("o3", 30, "a"), standby("o4", 40, "a")]
    orders += [alert("o5", 50, "a"), stand_down("o6", 60, "a")]
    assert story(scenario([unit("a")], orders)) == [
        "  10 o1 is given to a",
        "  10 a, 100 at home, goes from garrison to heightened-alert (o1)",
        "  20 o2 is given to a",
        "  20 a, 100 at home, goes from heightened-alert to standby (o2)",
        "  30 o3 is given to a",
        "  30 a, 100 at home, goes from standby to garrison (o3)",
        "  40 o4 is given to a",
        "  40 a, 100 at home, goes from garrison to standby (o4)",
        "  50 o5 is given to a",
        "  50 a, 100 at home, goes from standby to heightened-alert (o5)",
        "  60 o6 is given to a",
        "  60 a, 100 at home, goes from heightened-alert to garrison (o6)",
    ]


def test_deploy_and_return() -> None:
    """A unit leaves with its order, arrives, closes; return takes it to its origin, wherever it stood at first."""
    units = [unit("a", place="rzeszow", origin="home", grounds=cited("abc"))]
    orders = [deploy("go", 10, "a", to="de", transit=30, grounds=cited("abc")), recall("back", 100, "a")]
    assert story(scenario(units, orders)) == [
        "  10 go is given to a",
        "  10 a, 100, leaves rzeszow for de (go, was in garrison, announced)",
        "  40 a, 100, arrives at de (go, deployed, announced)",
        "  40 a has closed at de (go)",
        " 100 back is given to a",
        " 100 a, 100, leaves de for home (back, was in deployed, assumed)",
        " 160 a, 100, arrives at home (back, garrison, assumed)",
        " 160 a has closed at home (back)",
    ]


def test_deployed_units_deploy_on() -> None:
    """What is deployed may go elsewhere without going home, and what is on alert may deploy where it stands."""
    units = [unit("a", readiness=Readiness.HEIGHTENED_ALERT)]
    orders = [deploy("o1", 10, "a", to="home"), deploy("o2", 100, "a", to="pl")]
    assert story(scenario(units, orders)) == [
        "  10 o1 is given to a",
        "  10 a, 100, leaves home for home (o1, was in heightened-alert, assumed)",
        "  70 a, 100, arrives at home (o1, deployed, assumed)",
        "  70 a has closed at home (o1)",
        " 100 o2 is given to a",
        " 100 a, 100, leaves home for pl (o2, was in deployed, assumed)",
        " 160 a, 100, arrives at pl (o2, deployed, assumed)",
        " 160 a has closed at pl (o2)",
    ]


def test_moves_where_no_report_says_where() -> None:
    """What is nowhere in particular may be anywhere, so it may always move, in parts or whole."""
    units = [unit("a", place="unstated", readiness=Readiness.DEPLOYED), unit("b", place="unstated")]
    orders = [deploy("go", 5, "a", to="unstated", parts=[part(40), part(60, leaves=100)]), recall("back", 5, "b")]
    assert story(scenario(units, orders)) == [
        "   5 back is given to b",
        "   5 b, 100, leaves unstated for unstated (back, was in garrison, assumed)",
        "   5 go is given to a",
        "   5 a, 40, leaves unstated for unstated (go, was in deployed, assumed)",
        "  65 a, 40, arrives at unstated (go, deployed, assumed)",
        "  65 b, 100, arrives at unstated (back, garrison, assumed)",
        "  65 b has closed at unstated (back)",
        " 100 a, 60, leaves unstated for unstated (go, was in deployed, assumed)",
        " 160 a, 60, arrives at unstated (go, deployed, assumed)",
        " 160 a has closed at unstated (go)",
    ]


def test_windows_steer_a_move() -> None:
    """It leaves at depart.after, and arrives at arrive.by; each is known as its own window is."""
    order = evolve(
        deploy("go", 10, "a", grounds=cited("abc")),
        depart=Window(30, 40, None, GUESS),
        arrive=Window(50, 90, Basis.OBSERVED, cited("pap")),
        transit=Transit(5),
    )
    assert story(scenario([unit("a", "about 1700")], [order])) == [
        "  10 go is given to a",
        "  30 a, 1700, leaves home for pl (go, was in garrison, assumed)",
        "  90 a, 1700, arrives at pl (go, deployed, observed)",
        "  90 a has closed at pl (go)",
    ]


def test_parts() -> None:
    """Each part leaves and arrives by itself; the unit has closed with the last."""
    parts = [part(20, arrives=500), part(30, leaves=200, grounds=cited("pap")), part(50, leaves=200, arrives=260)]
    assert story(scenario([unit("a")], [deploy("go", 10, "a", parts=parts)])) == [
        "  10 go is given to a",
        "  10 a, 20, leaves home for pl (go, was in garrison, assumed)",
        " 200 a, 30, leaves home for pl (go, was in garrison, announced)",
        " 200 a, 50, leaves home for pl (go, was in garrison, assumed)",
        " 260 a, 30, arrives at pl (go, deployed, announced)",
        " 260 a, 50, arrives at pl (go, deployed, assumed)",
        " 500 a, 20, arrives at pl (go, deployed, assumed)",
        " 500 a has closed at pl (go)",
    ]


def test_a_part_arrives_as_the_next_leaves() -> None:
    """In the minute they share, the arrival comes before the departure."""
    parts = [part(40, leaves=60, arrives=100), part(60, leaves=100, arrives=160)]
    assert story(scenario([unit("a")], [recall("back", 10, "a", parts=parts)])) == [
        "  10 back is given to a",
        "  10 a refuses back: already at its origin, home",
    ]
    away = [unit("a", place="pl", origin="home", readiness=Readiness.DEPLOYED)]
    assert story(scenario(away, [recall("back", 10, "a", parts=parts)])) == [
        "  10 back is given to a",
        "  60 a, 40, leaves pl for home (back, was in deployed, assumed)",
        " 100 a, 40, arrives at home (back, garrison, assumed)",
        " 100 a, 60, leaves pl for home (back, was in deployed, assumed)",
        " 160 a, 60, arrives at home (back, garrison, assumed)",
        " 160 a has closed at home (back)",
    ]


def test_alert_while_waiting_to_depart() -> None:
    """Until it leaves, a unit's readiness may still change, and it leaves with what it then has."""
    orders = [
        deploy("go", 10, "a", after=100),
        alert("up", 20, "a"),
        standby("down", 100, "a"),
        stand_down("late", 101, "a"),
    ]
    assert story(scenario([unit("a")], orders)) == [
        "  10 go is given to a",
        "  20 up is given to a",
        "  20 a, 100 at home, goes from garrison to heightened-alert (up)",
        " 100 a, 100, leaves home for pl (go, was in heightened-alert, assumed)",
        " 100 down is given to a",
        " 100 a refuses down: its move under go is open",
        " 101 late is given to a",
        " 101 a refuses late: its move under go is open",
        " 160 a, 100, arrives at pl (go, deployed, assumed)",
        " 160 a has closed at pl (go)",
    ]


def test_naming_a_unit_orders_its_parts() -> None:
    """All parts are addressed, to any depth, and each obeys by itself, whatever kind it is of."""
    units = [
        unit("abn"),
        unit("bn", "7", part_of="bde", kind=Kind.VEHICLES),
        unit("bde", part_of="abn", place="pl", readiness=Readiness.DEPLOYED),
    ]
    assert story(scenario(units, [deploy("go", 10, "abn")])) == [
        "  10 go is given to abn bde bn",
        "  10 abn, 100, leaves home for pl (go, was in garrison, assumed)",
        "  10 bde refuses go: already deployed at pl",
        "  10 bn, 7, leaves home for pl (go, was in garrison, assumed)",
        "  70 abn, 100, arrives at pl (go, deployed, assumed)",
        "  70 abn has closed at pl (go)",
        "  70 bn, 7, arrives at pl (go, deployed, assumed)",
        "  70 bn has closed at pl (go)",
    ]


def test_cancel_before_it_leaves() -> None:
    """The move is ended, and its unit may be ordered anew."""
    orders = [deploy("go", 10, "a", after=100), cancel("stop", 99, "go"), deploy("anew", 150, "a", to="de")]
    assert story(scenario([unit("a")], orders)) == [
        "  10 go is given to a",
        "  99 stop is given to a",
        " 150 anew is given to a",
        " 150 a, 100, leaves home for de (anew, was in garrison, assumed)",
        " 210 a, 100, arrives at de (anew, deployed, assumed)",
        " 210 a has closed at de (anew)",
    ]


def test_cancel_for_some() -> None:
    """A cancel that names units ends the moves of these alone."""
    orders = [deploy("go", 10, "a", "b", after=100), cancel("stop", 50, "go", "b")]
    assert story(scenario([unit("a"), unit("b")], orders)) == [
        "  10 go is given to a b",
        "  50 stop is given to b",
        " 100 a, 100, leaves home for pl (go, was in garrison, assumed)",
        " 160 a, 100, arrives at pl (go, deployed, assumed)",
        " 160 a has closed at pl (go)",
    ]


def test_cancel_and_a_new_order_in_one_minute() -> None:
    """Orders of one minute follow one another by id; each finds the unit as the one before left it."""
    orders = [
        deploy("o1", 10, "a", after=100),
        cancel("o2", 50, "o1"),
        deploy("o3", 50, "a", to="de", after=80),
        cancel("o4", 50, "o3"),
        deploy("o5", 50, "a", to="rzeszow", after=90),
    ]
    assert story(scenario([unit("a")], orders)) == [
        "  10 o1 is given to a",
        "  50 o2 is given to a",
        "  50 o3 is given to a",
        "  50 o4 is given to a",
        "  50 o5 is given to a",
        "  90 a, 100, leaves home for rzeszow (o5, was in garrison, assumed)",
        " 150 a, 100, arrives at rzeszow (o5, deployed, assumed)",
        " 150 a has closed at rzeszow (o5)",
    ]


def test_deploy_and_cancel_in_one_minute() -> None:
    """A move may end in the minute it is ordered in, the first of a unit or a later one, and stay ended."""
    orders = [
        deploy("o1", 10, "a", after=100),
        cancel("o2", 10, "o1"),
        deploy("o3", 20, "a", after=100),
        cancel("o4", 20, "o3"),
        deploy("o5", 20, "a", to="de"),
        recall("o6", 90, "a", after=95),
        cancel("o7", 90, "o6"),
        alert("o8", 300, "a"),
    ]
    assert story(scenario([unit("a")], orders)) == [
        "  10 o1 is given to a",
        "  10 o2 is given to a",
        "  20 o3 is given to a",
        "  20 o4 is given to a",
        "  20 o5 is given to a",
        "  20 a, 100, leaves home for de (o5, was in garrison, assumed)",
        "  80 a, 100, arrives at de (o5, deployed, assumed)",
        "  80 a has closed at de (o5)",
        "  90 o6 is given to a",
        "  90 o7 is given to a",
        " 300 o8 is given to a",
        " 300 a refuses o8: cannot go from deployed to heightened-alert",
    ]


def test_nothing_happens_after_the_end() -> None:
    """What would come later is not told; an order in the last minute is given, and what it causes at once happens."""
    orders = [deploy("go", 10, "a"), deploy("late", 70, "b", after=71), alert("last", 70, "c"), deploy("now", 70, "d")]
    units = [unit("a"), unit("b"), unit("c"), unit("d")]
    assert story(scenario(units, orders, end=70)) == [
        "  10 go is given to a",
        "  10 a, 100, leaves home for pl (go, was in garrison, assumed)",
        "  70 a, 100, arrives at pl (go, deployed, assumed)",
        "  70 a has closed at pl (go)",
        "  70 last is given to c",
        "  70 c, 100 at home, goes from garrison to heightened-alert (last)",
        "  70 late is given to b",
        "  70 now is given to d",
        "  70 d, 100, leaves home for pl (now, was in garrison, assumed)",
    ]
    assert tell(happened(scenario(units, orders, end=69))) == [
        "  10 go is given to a",
        "  10 a, 100, leaves home for pl (go, was in garrison, assumed)",
    ]


def test_a_run_in_which_nothing_is_ordered() -> None:
    """It has only its definitions, its musterings and its close."""
    assert story(scenario([unit("a")])) == []
