"""The order within a minute: arrivals by unit, departures by unit, then orders by id with what each causes."""

from sim.domain.claim import Noted
from sim.domain.event import (
    ClaimStated,
    OrderDefined,
    OrderIssued,
    PlaceNamed,
    RunClosed,
    RunOpened,
    SourceCited,
    UnitArrived,
    UnitDefined,
    UnitDeparted,
    UnitMustered,
)
from sim.domain.vocabulary import Basis, Readiness
from sim.engine import simulate
from tests.story import alert, claim, deploy, part, recall, scenario, story, unit


def test_a_crowded_minute() -> None:
    """Everything happens in minute 100, whatever order it was written, ordered or named in."""
    units = [unit(name) for name in ("d", "c", "b", "a")]
    units += [unit("z", place="pl", origin="home", readiness=Readiness.DEPLOYED)]
    orders = [
        deploy("z-first", 5, "d", after=100),
        deploy("y-second", 10, "c", arrive=100),
        deploy("x-third", 20, "b", parts=[part(1, arrives=100), part(9, leaves=100), part(90, arrives=100)]),
        deploy("w-fourth", 30, "a", arrive=100),
        recall("v", 40, "z", after=100),
        deploy("s", 100, "a", "c", to="de"),
        alert("r", 100, "a", "b", "c", "d", "z"),
    ]
    told = [line for line in story(scenario(units, orders)) if line.startswith(" 100")]
    assert told == [
        " 100 a, 100, arrives at pl (w-fourth, deployed, assumed)",
        " 100 a has closed at pl (w-fourth)",
        " 100 b, 1, arrives at pl (x-third, deployed, assumed)",
        " 100 b, 90, arrives at pl (x-third, deployed, assumed)",
        " 100 c, 100, arrives at pl (y-second, deployed, assumed)",
        " 100 c has closed at pl (y-second)",
        " 100 b, 9, leaves home for pl (x-third, was in garrison, assumed)",
        " 100 d, 100, leaves home for pl (z-first, was in garrison, assumed)",
        " 100 z, 100, leaves pl for home (v, was in deployed, assumed)",
        " 100 r is given to a b c d z",
        " 100 a refuses r: cannot go from deployed to heightened-alert",
        " 100 b refuses r: its move under x-third is open",
        " 100 c refuses r: cannot go from deployed to heightened-alert",
        " 100 d refuses r: its move under z-first is open",
        " 100 z refuses r: its move under v is open",
        " 100 s is given to a c",
        " 100 a, 100, leaves pl for de (s, was in deployed, assumed)",
        " 100 c, 100, leaves pl for de (s, was in deployed, assumed)",
    ]


def test_ids_are_in_byte_order() -> None:
    """Orders of a minute and units of an order go by the bytes of their ids: digits and hyphens before letters."""
    units = [unit("a"), unit("a-1"), unit("a1"), unit("1a")]
    orders = [
        alert("b", 5, "a"),
        alert("b-1", 5, "a-1"),
        alert("b1", 5, "a1"),
        alert("10", 5, "1a"),
        alert("9", 5, "1a"),
    ]
    assert [line for line in story(scenario(units, orders)) if "given" in line] == [
        "   5 10 is given to 1a",
        "   5 9 is given to 1a",
        "   5 b is given to a",
        "   5 b-1 is given to a-1",
        "   5 b1 is given to a1",
    ]


def test_a_whole_run() -> None:
    """It opens, defines everything by id, musters by unit, plays out, and closes at its end with a count."""
    told = scenario([unit("b", "7"), unit("a")], [deploy("go", 60, "a", "b")], [claim(Noted("why"))], end=90)
    events = list(simulate(told, seed=7))
    start = told.calendar.start
    assert events == [
        RunOpened(0, "A story", start, 90, "UTC", told.about, (90,), told.fingerprint, 7, 1, 1),
        *(SourceCited(0, told.sources[source]) for source in ("abc", "briefing", "pap")),
        *(PlaceNamed(0, told.places[place]) for place in ("de", "home", "pl", "rzeszow", "us")),
        *(UnitDefined(0, told.units[name]) for name in ("a", "b")),
        OrderDefined(0, told.orders["go"]),
        ClaimStated(0, told.claims["said"]),
        UnitMustered(0, "a", "home", Readiness.GARRISON, 100),
        UnitMustered(0, "b", "home", Readiness.GARRISON, 7),
        OrderIssued(60, "go", ("a", "b")),
        UnitDeparted(60, "a", 100, "home", "pl", Readiness.GARRISON, Basis.ASSUMED, "go"),
        UnitDeparted(60, "b", 7, "home", "pl", Readiness.GARRISON, Basis.ASSUMED, "go"),
        RunClosed(90, 18),
    ]
    assert not any(isinstance(event, UnitArrived) for event in events)
    assert all(type(event.at) is int for event in events)
