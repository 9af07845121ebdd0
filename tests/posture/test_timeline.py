"""The timeline: everything that happened, in the order of the log, each with what it rests on."""

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.event import (
    Cause,
    Event,
    LoadReady,
    LoadWaited,
    OrderIssued,
    OrderRefused,
    ReadinessChanged,
    UnitArrived,
    UnitClosed,
    UnitDeparted,
)
from sim.domain.grounds import Grounds
from sim.domain.order import Window
from sim.domain.scenario import Scenario
from sim.domain.vocabulary import Basis, Readiness
from sim.engine import simulate
from sim.ledger import Book
from sim.posture.timeline import Happening, timeline
from tests.eventlog.example import LIFTED_EXAMPLE
from tests.story import GUESS, alert, cited, deploy, part, scenario, unit
from tests.strategies import any_scenarios, lift_scenarios


def test_a_timeline() -> None:
    """Every happening with all that its event says, the grounds of its order or of its own window beside it."""
    abc, pap = cited("abc"), cited("pap")
    parts = [evolve(part(60, arrives=500), arrive=Window(by=500, grounds=pap)), part(40, leaves=200, grounds=GUESS)]
    orders = [
        evolve(alert("up", 50, "a"), grounds=pap),
        evolve(alert("up-2", 60, "a"), grounds=abc),
        deploy("go", 100, "a", parts=parts, grounds=abc),
    ]
    book = Book.replay(simulate(scenario([unit("a")], orders)))
    first = 1 + 3 + 5 + 1 + 3 + 1
    garrison, alerted = Readiness.GARRISON, Readiness.HEIGHTENED_ALERT
    moving, there = Readiness.IN_TRANSIT, Readiness.DEPLOYED

    def left(position: int, at: int, strength: int, grounds: Grounds, basis: Basis) -> Happening:
        return Happening(
            position, at, "unit-departed", "go", grounds, "a", (), strength, "home", "pl", alerted, moving, basis
        )

    def arrived(position: int, at: int, strength: int, grounds: Grounds, basis: Basis) -> Happening:
        return Happening(
            position, at, "unit-arrived", "go", grounds, "a", (), strength, "pl", None, moving, there, basis
        )

    assert timeline(book) == (
        Happening(first, 50, "order-issued", "up", pap, units=("a",)),
        Happening(first + 1, 50, "readiness-changed", "up", pap, "a", (), 100, "home", None, garrison, alerted),
        Happening(first + 2, 60, "order-issued", "up-2", abc, units=("a",)),
        Happening(
            first + 3,
            60,
            "order-refused",
            "up-2",
            abc,
            "a",
            reason="cannot go from heightened-alert to heightened-alert",
        ),
        Happening(first + 4, 100, "order-issued", "go", abc, units=("a",)),
        left(first + 5, 100, 60, abc, Basis.ANNOUNCED),
        left(first + 6, 200, 40, GUESS, Basis.ASSUMED),
        arrived(first + 7, 260, 40, GUESS, Basis.ASSUMED),
        arrived(first + 8, 500, 60, pap, Basis.ANNOUNCED),
        Happening(first + 9, 500, "unit-closed", "go", pap, "a", place="pl"),
    )


def test_movements_that_no_window_is_for() -> None:
    """In a log that somebody has tampered with, they rest on their order."""
    told = scenario([unit("a")], [evolve(alert("up", 50, "a"), grounds=cited("pap"))])
    events = [event for event in simulate(told) if event.at == 0]
    strange: list[Event] = [
        UnitDeparted(60, "a", 100, "home", "pl", Readiness.GARRISON, Basis.OBSERVED, "up"),
        UnitArrived(70, "a", 100, "pl", Readiness.DEPLOYED, Basis.OBSERVED, "up"),
        UnitClosed(70, "a", "pl", "up"),
    ]
    found = timeline(Book.replay([*events, *strange]))
    assert [(happening.event, happening.grounds) for happening in found] == [
        ("unit-departed", cited("pap")),
        ("unit-arrived", cited("pap")),
        ("unit-closed", cited("pap")),
    ]


def test_loads() -> None:
    """What is ready and what waited, each with its number and how much it is. That it is ready where its way begins
    rests on the order, and all that comes of it on the lift, its ports and the notice.
    """
    pap, found = cited("pap"), timeline(Book.replay(LIFTED_EXAMPLE))
    first = next(number for number, event in enumerate(LIFTED_EXAMPLE) if isinstance(event, LoadReady))
    ibct = ("deploy-ibct", pap, "82-ibct", ())
    lift = Grounds(("pap",), "no report gives its notice; ramp: a guess")
    assert [happening for happening in found if happening.load is not None] == [
        Happening(first, 180, "load-ready", *ibct, 850, "fort-bragg", load=1),
        Happening(first + 1, 180, "load-waited", *ibct, 850, "fort-bragg", load=1, cause=Cause.NOTICE, minutes=120),
        Happening(first + 2, 180, "load-ready", *ibct, 850, "fort-bragg", load=2),
        Happening(first + 3, 180, "load-waited", *ibct, 850, "fort-bragg", load=2, cause=Cause.NOTICE, minutes=120),
        Happening(
            first + 5,
            450,
            "load-waited",
            "deploy-ibct",
            lift,
            "82-ibct",
            (),
            850,
            "fort-bragg",
            load=2,
            cause=Cause.SPOT,
            minutes=135,
        ),
    ]
    moved = [happening for happening in found if happening.event in ("unit-departed", "unit-arrived", "unit-closed")]
    assert [happening.grounds for happening in moved] == [lift] * 5


@given(st.one_of(any_scenarios(), lift_scenarios()))
def test_it_is_the_log(told: Scenario) -> None:
    """One happening for each event after the mustering, in the log's order, with the event's own fields."""
    kinds = (
        *(OrderIssued, OrderRefused, ReadinessChanged, UnitDeparted, UnitArrived, UnitClosed),
        *(LoadReady, LoadWaited),
    )
    events = list(simulate(told))
    happened = [(position, event) for position, event in enumerate(events) if isinstance(event, kinds)]
    found = timeline(Book.replay(events))
    assert [(each.position, each.at, each.event, each.order) for each in found] == [
        (position, event.at, event.tag, event.order) for position, event in happened
    ]
    for each, (_, event) in zip(found, happened, strict=True):
        assert each.units == getattr(event, "units", ())
        for field in ("unit", "basis", "load", "cause", "minutes"):
            assert getattr(each, field) == getattr(event, field, None)
        assert isinstance(event, LoadWaited) or each.strength == getattr(event, "strength", None)
        assert each.reason == getattr(event, "reason", "")
        assert each.destination == getattr(event, "destination", None)
        assert each.place == getattr(event, "place", getattr(event, "origin", None))
        assert each.grounds.stated
        if isinstance(event, UnitDeparted):
            assert (each.before, each.after) == (event.readiness, Readiness.IN_TRANSIT)
        elif isinstance(event, UnitArrived):
            assert (each.before, each.after) == (Readiness.IN_TRANSIT, event.readiness)
        else:
            assert (each.before, each.after) == (getattr(event, "before", None), getattr(event, "after", None))
