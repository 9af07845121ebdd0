"""Invariants: each holds of an honest run, and is broken by events that somebody has tampered with."""

from collections.abc import Callable, Iterable

import pytest
from attrs import evolve

from sim.domain.claim import Count, Never, Selector
from sim.domain.event import (
    Event,
    OrderDefined,
    OrderIssued,
    OrderRefused,
    ReadinessChanged,
    RunClosed,
    UnitArrived,
    UnitClosed,
    UnitDefined,
    UnitDeparted,
    UnitMustered,
)
from sim.domain.grounds import NO_GROUNDS
from sim.domain.order import Order, Part, Transit, Window
from sim.domain.quantity import exactly, parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.unit import Post, Unit
from sim.domain.vocabulary import Action, Basis, Kind, Readiness
from sim.engine import simulate
from sim.errors import Finding, UsageError
from sim.ledger import Book
from sim.ledger.claims import judge_all
from sim.ledger.invariants import INVARIANTS, Outcome, check, claims_in
from tests.eventlog.example import LIFTED_EXAMPLE
from tests.story import GUESS, alert, cited, claim, deploy, part, recall, scenario, unit

_GARRISON, _STANDBY, _ALERT, _DEPLOYED = (
    Readiness.GARRISON,
    Readiness.STANDBY,
    Readiness.HEIGHTENED_ALERT,
    Readiness.DEPLOYED,
)

_TOLD = scenario(
    [unit("a"), unit("b"), unit("guns", "7", kind=Kind.BATTERIES)],
    [
        alert("up", 50, "b"),
        deploy("go", 100, "a", parts=[part(40), part(60, arrives=300)]),
        recall("back", 500, "a"),
    ],
)


def _findings(name: str, events: Iterable[Event]) -> list[Finding]:
    """What one invariant finds; it is run alone, by its name."""
    (outcome,) = check(Book.replay(events), name)
    assert outcome.name == name
    assert outcome.holds is (not outcome.findings)
    return list(outcome.findings)


def _broken(events: Iterable[Event]) -> list[str]:
    """The names of the invariants that do not hold."""
    return [outcome.name for outcome in check(Book.replay(events)) if not outcome.holds]


def _tampered(tamper: Callable[[Event], Iterable[Event]], told: Scenario = _TOLD) -> list[Event]:
    """The run with each event replaced."""
    return [event for honest in simulate(told) for event in tamper(honest)]


def test_an_honest_run_holds() -> None:
    """All hold, and are told in the order of their table."""
    assert check(Book.replay(simulate(_TOLD))) == tuple(Outcome(name, ()) for name in INVARIANTS)
    assert tuple(INVARIANTS) == (
        "conserved",
        "not-negative",
        "accounted",
        "legal",
        "caused",
        "windows",
        "obeyed",
        "sourced",
        "claims",
    )


def test_some_by_name() -> None:
    """Any may be run alone or with others, in the order asked."""
    book = Book.replay(simulate(_TOLD))
    assert [outcome.name for outcome in check(book, "claims", "legal")] == ["claims", "legal"]
    with pytest.raises(UsageError) as caught:
        check(book, "legal", "balanced", "fair")
    assert caught.value.message == "there is no invariant called 'balanced'"
    assert caught.value.remedy == (
        "There are: conserved, not-negative, accounted, legal, caused, windows, obeyed, sourced, claims."
    )


def test_conserved_is_broken_by_a_late_muster() -> None:
    """Strength that comes from nowhere after the start was made, and is found once, for its kind."""

    def tamper(event: Event) -> Iterable[Event]:
        yield event
        if isinstance(event, ReadinessChanged):
            yield UnitMustered(60, "a", "home", _GARRISON, 5)
            yield UnitMustered(70, "guns", "home", _GARRISON, 1)
            yield UnitMustered(80, "guns", "home", _GARRISON, -2)

    assert _findings("conserved", _tampered(tamper)) == [
        Finding("troops were made or lost", expected="200", found="205", at=60),
        Finding("batteries were made or lost", expected="7", found="8", at=70),
        Finding("batteries were made or lost", expected="8", found="6", at=80),
    ]


def test_not_negative_is_broken_by_leaving_twice() -> None:
    """More than is there cannot leave: each entry that leaves an account below zero is found."""

    def tamper(event: Event) -> Iterable[Event]:
        yield event
        if isinstance(event, UnitDeparted) and event.order == "go":
            yield evolve(event, strength=1)

    below = "a at home, garrison, is below zero"
    assert _findings("not-negative", _tampered(tamper)) == [
        Finding(below, expected="0 or more", found="-1", at=100),
        Finding(below, expected="0 or more", found="-2", at=100),
    ]


def test_not_negative_finds_an_account_that_stays_below() -> None:
    """What comes in without making up for what is missing is found as well."""
    moves: list[Event] = [
        UnitArrived(10, "a", 30, "pl", _DEPLOYED, Basis.ASSUMED, "go"),
        UnitDeparted(20, "a", 10, "home", "pl", _GARRISON, Basis.ASSUMED, "go"),
        UnitDeparted(30, "a", 19, "home", "pl", _GARRISON, Basis.ASSUMED, "go"),
        UnitDeparted(40, "a", 1, "home", "pl", _GARRISON, Basis.ASSUMED, "go"),
    ]
    below = "a at pl, in-transit, is below zero"
    assert _findings("not-negative", [*_opening(), *moves]) == [
        Finding(below, expected="0 or more", found="-30", at=10),
        Finding(below, expected="0 or more", found="-20", at=20),
        Finding(below, expected="0 or more", found="-1", at=30),
    ]


def _opening(told: Scenario = _TOLD) -> list[Event]:
    return [event for event in simulate(told) if event.at == 0 and not isinstance(event, RunClosed)]


def test_accounted_is_broken_by_another_strength() -> None:
    """A unit that musters with too much, not at all or with nothing is not accounted for; it is found once."""

    def tamper(event: Event) -> Iterable[Event]:
        if not isinstance(event, UnitMustered):
            yield event
        elif event.unit == "a":
            yield evolve(event, strength=101)
        elif event.unit == "guns":
            yield evolve(event, strength=0)

    def only_musters(event: Event) -> Iterable[Event]:
        return tamper(event) if event.at == 0 else ()

    wrong = "the accounts of {} do not sum to its strength"
    assert _findings("accounted", _tampered(only_musters)) == [
        Finding(wrong.format("a"), expected="100", found="101", at=0),
        Finding(wrong.format("guns"), expected="7", found="0", at=0),
        Finding(wrong.format("b"), expected="100", found="0", at=0),
    ]
    late = [*_opening(), UnitMustered(70, "a", "home", _GARRISON, 5), UnitMustered(80, "a", "home", _GARRISON, -5)]
    assert _findings("accounted", late) == [Finding(wrong.format("a"), expected="100", found="105", at=70)]


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [
        (_GARRISON, _DEPLOYED, "garrison, standby, heightened-alert, in-transit"),
        (_DEPLOYED, _GARRISON, "in-transit"),
        (_DEPLOYED, _STANDBY, "in-transit"),
        (Readiness.IN_TRANSIT, _STANDBY, "garrison, deployed"),
        (_STANDBY, _DEPLOYED, "garrison, heightened-alert, in-transit"),
        (_ALERT, _DEPLOYED, "garrison, standby, in-transit"),
        (_STANDBY, _STANDBY, "garrison, heightened-alert, in-transit"),
    ],
)
def test_legal_is_broken_by_a_change_that_is_not_in_the_table(
    before: Readiness, after: Readiness, allowed: str
) -> None:
    """The finding says what would have been allowed."""
    if before is _GARRISON:
        allowed = "standby, heightened-alert, in-transit"
    change = ReadinessChanged(5, "a", "pl", 100, before, after, "up")
    assert _findings("legal", [*_opening(), change]) == [
        Finding(f"a went from {before} to {after} at pl", expected=f"one of {allowed}", at=5)
    ]


def test_legal_is_broken_by_garrison_away_from_home() -> None:
    """What arrives is in garrison only at its origin."""
    away = UnitArrived(5, "a", 100, "pl", _GARRISON, Basis.ASSUMED, "go")
    assert _findings("legal", [*_opening(), away]) == [
        Finding("a went from in-transit to garrison at pl", expected="one of garrison, deployed", at=5)
    ]
    assert _findings("legal", [*_opening(), evolve(away, place="de")]) == [
        Finding("a went from in-transit to garrison at de", expected="one of garrison, deployed", at=5)
    ]
    home = "".join(["ho", "me"])  # equal, as ids read from two places are, and not the same object
    told = evolve(_TOLD, units=[unit("a", place="pl", origin=home)], orders=[deploy("go", 1, "a")])
    assert _findings("legal", [*_opening(told), evolve(away, place="home")]) == []
    assert _findings("legal", [*_opening(), evolve(away, place="home")]) == []
    assert _findings("legal", [*_opening(), evolve(away, readiness=_DEPLOYED)]) == []


@pytest.mark.parametrize(("before", "after"), [(_GARRISON, Readiness.IN_TRANSIT), (Readiness.IN_TRANSIT, _DEPLOYED)])
def test_legal_is_broken_by_going_in_transit_without_departing(before: Readiness, after: Readiness) -> None:
    """Readiness that changes where a unit stands neither puts it on its way nor ends it."""
    change = ReadinessChanged(5, "a", "pl", 100, before, after, "up")
    (finding,) = _findings("legal", [*_opening(), change])
    assert finding.message == f"a went from {before} to {after} at pl"


def test_caused_is_broken_by_acting_before_the_order() -> None:
    """Nothing moves or changes before its order is given, nor under an order given to others."""

    def late(event: Event) -> Iterable[Event]:
        if not isinstance(event, OrderIssued):
            yield event
        if isinstance(event, UnitDeparted | ReadinessChanged) and event.strength != 60:
            yield OrderIssued(event.at, event.order, (event.unit,))

    assert _findings("caused", _tampered(late)) == [
        Finding("b acts under up, which has not been given to it", at=50),
        Finding("a acts under go, which has not been given to it", at=100),
        Finding("a acts under back, which has not been given to it", at=500),
    ]
    others = OrderIssued(5, "up", ("b",)), ReadinessChanged(5, "a", "home", 100, _GARRISON, _ALERT, "up")
    assert _findings("caused", [*_opening(), *others]) == [
        Finding("a acts under up, which has not been given to it", at=5)
    ]
    never = ReadinessChanged(5, "b", "home", 100, _GARRISON, _ALERT, "up")
    assert _findings("caused", [*_opening(), never]) == [
        Finding("b acts under up, which has not been given to it", at=5)
    ]


def test_caused_is_broken_by_arriving_before_departing() -> None:
    """Nothing arrives that has not left under the same order, nor more of it."""

    def tamper(event: Event) -> Iterable[Event]:
        if isinstance(event, UnitArrived) and event.order == "go" and event.strength == 60:
            yield evolve(event, strength=61)
        elif not (isinstance(event, UnitDeparted) and event.order == "back"):
            yield event

    assert _findings("caused", _tampered(tamper)) == [
        Finding("a arrives under go before it departs", at=300),
        Finding("a arrives under back before it departs", at=560),
        Finding("a closes under go before all of it has arrived", at=300),
    ]
    changed: list[Event] = [
        OrderIssued(5, "up", ("b",)),
        ReadinessChanged(5, "b", "home", 100, _GARRISON, _ALERT, "up"),
        UnitArrived(6, "b", 100, "pl", _DEPLOYED, Basis.ASSUMED, "up"),
    ]
    assert _findings("caused", [*_opening(), *changed]) == [
        Finding("b goes where up does not send it", at=6),
        Finding("b arrives under up before it departs", at=6),
        Finding("b does not close under up, though all of it has arrived"),
    ]


def test_caused_is_broken_by_going_elsewhere() -> None:
    """What moves goes where its order sends it: a deployment to its place, a return to the unit's origin."""

    def elsewhere(event: Event) -> Iterable[Event]:
        if isinstance(event, UnitDeparted) and event.strength != 40:
            yield evolve(event, destination="de")
        elif isinstance(event, UnitArrived) and event.strength != 40:
            yield evolve(event, place="de")
        else:
            yield event

    assert _findings("caused", _tampered(elsewhere)) == [
        Finding("a goes where go does not send it", at=100),
        Finding("a goes where go does not send it", at=300),
        Finding("a goes where back does not send it", at=500),
        Finding("a goes where back does not send it", at=560),
    ]
    poland = "".join(["p", "l"])  # equal, as ids read from two places are, and not the same object
    assert _findings("caused", simulate(scenario([unit("a")], [deploy("go", 100, "a", to=poland)]))) == []


def test_caused_is_broken_by_closing_early() -> None:
    """A unit has closed when all of it has arrived under the order, and not before."""

    def early(event: Event) -> Iterable[Event]:
        if isinstance(event, UnitClosed) and event.order == "back":
            return
        if isinstance(event, UnitArrived) and event.strength == 40:
            yield UnitClosed(event.at, "a", "pl", "go")
        if isinstance(event, UnitArrived) and event.order == "back":
            yield UnitClosed(event.at, "a", "home", "back")
        yield event
        if isinstance(event, ReadinessChanged):
            yield UnitClosed(event.at, "b", "home", "up")

    assert _findings("caused", _tampered(early)) == [
        Finding("b closes under up before all of it has arrived", at=50),
        Finding("a closes under go before all of it has arrived", at=160),
        Finding("a closes under back before all of it has arrived", at=560),
    ]


def test_caused_is_broken_by_never_closing() -> None:
    """A unit closes once all of it has arrived; one of which a part is away has nothing to close."""

    def without_closures(event: Event) -> Iterable[Event]:
        if not isinstance(event, UnitClosed) or event.order == "back":
            yield event

    def stranded(event: Event) -> Iterable[Event]:
        if not isinstance(event, UnitClosed) and not (isinstance(event, UnitArrived) and event.strength == 60):
            yield from () if getattr(event, "order", "") == "back" else (event,)

    assert _findings("caused", _tampered(without_closures)) == [
        Finding("a does not close under go, though all of it has arrived")
    ]
    assert _findings("caused", _tampered(stranded)) == []


def test_caused_is_broken_by_another_basis() -> None:
    """Each departure and arrival is known as its part of the order says, in turn."""
    own = Window(after=100, by=900, basis=Basis.OBSERVED)
    parts = [
        Part(40, own, Window(by=300), grounds=cited("abc")),
        Part(60, Window(after=200), Window(by=280, basis=Basis.OBSERVED), grounds=GUESS),
    ]
    told = scenario([unit("a"), unit("b")], [deploy("go", 100, "a", parts=parts), deploy("to", 100, "b")])
    assert _findings("caused", simulate(told)) == []

    def as_observed(event: Event) -> Iterable[Event]:
        yield evolve(event, basis=Basis.OBSERVED) if isinstance(event, UnitDeparted | UnitArrived) else event

    departed, arrived = (
        "{} left under {} on another basis than it gives",
        "{} arrived under {} on another basis than it gives",
    )
    assert _findings("caused", _tampered(as_observed, told)) == [
        Finding(departed.format("b", "to"), expected="assumed", found="observed", at=100),
        Finding(arrived.format("b", "to"), expected="assumed", found="observed", at=160),
        Finding(departed.format("a", "go"), expected="assumed", found="observed", at=200),
        Finding(arrived.format("a", "go"), expected="announced", found="observed", at=300),
    ]


def test_caused_is_broken_by_going_elsewhere_and_closing_early() -> None:
    """What moves goes where its order sends it, and closes when all of it is there."""
    moved: list[Event] = [
        OrderIssued(5, "go", ("a",)),
        UnitDeparted(5, "a", 100, "home", "de", _GARRISON, Basis.ASSUMED, "go"),
        UnitClosed(6, "a", "de", "go"),
        UnitArrived(7, "a", 100, "de", _DEPLOYED, Basis.ASSUMED, "go"),
    ]
    assert _findings("caused", [*_opening(), *moved]) == [
        Finding("a goes where go does not send it", at=5),
        Finding("a goes where go does not send it", at=7),
        Finding("a closes under go before all of it has arrived", at=6),
    ]


def test_legal_is_broken_by_changing_in_transit() -> None:
    """Nothing goes in transit without departing, or comes out of it without arriving."""
    moved: list[Event] = [
        OrderIssued(5, "go", ("a",)),
        ReadinessChanged(5, "a", "home", 100, _GARRISON, Readiness.IN_TRANSIT, "go"),
        ReadinessChanged(6, "a", "home", 100, Readiness.IN_TRANSIT, _DEPLOYED, "go"),
    ]
    assert [finding.message for finding in _findings("legal", [*_opening(), *moved])] == [
        "a went from garrison to in-transit at home",
        "a went from in-transit to deployed at home",
    ]
    alone = scenario([unit("a", "1")], [deploy("go", 100, "a")])
    assert _findings("caused", [*_opening(alone), UnitClosed(5, "a", "pl", "go")]) == [
        Finding("a closes under go before all of it has arrived", at=5)
    ]


def test_windows_is_broken_by_leaving_late_and_arriving_early() -> None:
    """Each movement is held against the window of its turn; the finding says window and minute by local clocks."""
    order = evolve(
        deploy("go", 0, "a"),
        depart=Window(after=100, by=200),
        arrive=Window(after=500, by=600),
    )
    told = evolve(scenario([unit("a")], [order]), calendar=evolve(_TOLD.calendar, timezone="America/New_York"))

    def shifted(leaving: int, arriving: int) -> list[Finding]:
        def tamper(event: Event) -> Iterable[Event]:
            if isinstance(event, UnitDeparted):
                yield evolve(event, at=leaving)
                yield UnitArrived(arriving, "a", 100, "pl", _DEPLOYED, Basis.ASSUMED, "go")
            elif event.at == 0:
                yield event

        return _findings("windows", _tampered(tamper, told))

    left, arrived = "a left under go outside its window", "a arrived under go outside its window"
    leaving = "after 2022-01-23 20:40 by 2022-01-23 22:20"
    arriving = "after 2022-01-24 03:20 by 2022-01-24 05:00"
    assert shifted(100, 500) == shifted(200, 600) == []
    assert shifted(99, 499) == [
        Finding(left, expected=leaving, found="2022-01-23 20:39", at=99),
        Finding(arrived, expected=arriving, found="2022-01-24 03:19", at=499),
    ]
    assert shifted(201, 601) == [
        Finding(left, expected=leaving, found="2022-01-23 22:21", at=201),
        Finding(arrived, expected=arriving, found="2022-01-24 05:01", at=601),
    ]


def test_windows_is_broken_by_reports_that_cannot_all_be_kept() -> None:
    """An honest run may break depart.by and arrive.after, which do not steer it; a half-open window says its half."""
    orders = [
        evolve(deploy("o1", 100, "a"), depart=Window(by=60)),
        evolve(deploy("o2", 100, "b", transit=20), arrive=Window(after=200)),
    ]
    assert _findings("windows", simulate(scenario([unit("a"), unit("b")], orders))) == [
        Finding("a left under o1 outside its window", expected="by 2022-01-24 01:00", found="2022-01-24 01:40", at=100),
        Finding(
            "b arrived under o2 outside its window", expected="after 2022-01-24 03:20", found="2022-01-24 02:00", at=120
        ),
    ]


def _lifted(change: Callable[[Event], Event]) -> list[Event]:
    return [change(event) for event in LIFTED_EXAMPLE]


def test_windows_hold_of_every_load() -> None:
    """What goes by lift has one window to leave in, and one to arrive after, for all of its loads."""

    def windowed(event: Event) -> Event:
        if not isinstance(event, OrderDefined) or event.order.carriage is None:
            return event
        return evolve(event, order=evolve(event.order, depart=Window(300, 400), arrive=Window(after=1000)))

    left, arrived = (f"82-ibct {verb} under deploy-ibct outside its window" for verb in ("left", "arrived"))
    assert _findings("windows", LIFTED_EXAMPLE) == []
    assert _findings("windows", _lifted(windowed)) == [
        Finding(left, expected="after 2022-01-24 05:00 by 2022-01-24 06:40", found="2022-01-24 07:30", at=450),
        Finding(arrived, expected="after 2022-01-24 16:40", found="2022-01-24 15:00", at=900),
    ]


def test_caused_is_broken_by_lift_that_somebody_saw() -> None:
    """No report says when loads leave or arrive: that is assumed of each of them."""

    def seen(event: Event) -> Event:
        if isinstance(event, UnitDeparted | UnitArrived) and event.at in (450, 1035):
            return evolve(event, basis=Basis.OBSERVED)
        return event

    message = "82-ibct {} under deploy-ibct on another basis than it gives"
    assert _findings("caused", LIFTED_EXAMPLE) == []
    assert _findings("caused", _lifted(seen)) == [
        Finding(message.format("left"), expected="assumed", found="observed", at=450),
        Finding(message.format("arrived"), expected="assumed", found="observed", at=1035),
    ]


def test_caused_takes_a_reported_departure_of_loads_as_it_was_reported() -> None:
    """Where a report says by when they left, those that left by then did so on its word; what leaves later did not."""

    def left_by(event: Event) -> Event:
        if not isinstance(event, OrderDefined) or event.order.carriage is None:
            return event
        return evolve(event, order=evolve(event.order, depart=Window(by=449, basis=Basis.OBSERVED)))

    message = "82-ibct left under deploy-ibct on another basis than it gives"
    assert _findings("caused", _lifted(left_by)) == [Finding(message, expected="observed", found="assumed", at=315)]


def test_windows_take_parts_in_turn() -> None:
    """The second to leave is held against the second window to open, for each unit and order by itself."""
    parts = [
        Part(70, Window(after=300, by=300), Window(after=900, by=900)),
        Part(30, Window(after=200, by=200), Window(after=400, by=400)),
    ]
    told = scenario([unit("a"), unit("b")], [deploy("go", 100, "a", parts=parts), deploy("to", 100, "b", parts=parts)])
    assert _findings("windows", simulate(told)) == []

    def again(event: Event) -> Iterable[Event]:
        yield event
        if isinstance(event, UnitArrived) and event.unit == "b" and event.at == 900:
            yield event
            yield event

    surplus = Finding(
        "b arrived under to outside its window", expected="2 such movements", found="2022-01-24 15:00", at=900
    )
    assert _findings("windows", _tampered(again, told)) == [surplus, surplus]


def test_windows_of_an_order_that_does_not_move() -> None:
    """An alert has none, so a departure under it is in no window."""
    moved = UnitDeparted(60, "b", 100, "home", "pl", _GARRISON, Basis.ASSUMED, "up")
    assert _findings("windows", [*_opening(), OrderIssued(50, "up", ("b",)), moved]) == [
        Finding("b left under up outside its window", expected="0 such movements", found="2022-01-24 01:00", at=60)
    ]


def test_obeyed_is_broken_by_a_refusal() -> None:
    """And by the lack of one that is expected; one unit's refusal is enough for that."""
    orders = [
        alert("o1", 10, "a"),
        evolve(alert("o2", 20, "a", "b"), refusal_expected=True),
        alert("o3", 30, "a", "b"),
        evolve(recall("o4", 40, "b"), refusal_expected=True),
        evolve(deploy("o5", 50, "b"), refusal_expected=True),
    ]
    told = scenario([unit("a"), unit("b")], orders)
    assert _findings("obeyed", simulate(told)) == [
        Finding("a refused o3: cannot go from heightened-alert to heightened-alert", at=30),
        Finding("b refused o3: cannot go from heightened-alert to heightened-alert", at=30),
        Finding("o5 was obeyed, though its refusal is expected", at=50),
    ]
    assert _broken(simulate(told)) == ["obeyed"]
    assert _findings("obeyed", [*_opening(), OrderRefused(5, "up", "b", "no wish to")]) == [
        Finding("b refused up: no wish to", at=5)
    ]


def test_sourced_is_broken_by_what_rests_on_nothing() -> None:
    """Units, posted strengths, orders and windows each need a source or a reason; a window may borrow its order's."""
    bare = unit("a", grounds=NO_GROUNDS)
    units: list[Unit] = [
        bare,
        evolve(unit("b"), reported=parse_quantity("dozens"), post=Post(30, NO_GROUNDS)),
        evolve(unit("c"), reported=parse_quantity("dozens"), post=Post(30, GUESS)),
    ]
    own = Window(after=100, by=900, grounds=cited("abc"))
    orders: list[Order] = [
        evolve(alert("o1", 10, "a"), grounds=NO_GROUNDS),
        Order("o2", 10, Action.DEPLOY, ("b",), "pl", Window(), Window(by=900), grounds=NO_GROUNDS),
        Order("o3", 10, Action.DEPLOY, ("c",), "pl", own, own, grounds=GUESS),
        Order("o4", 1000, Action.RETURN, ("b",), None, Window(), own, Transit(5, GUESS), grounds=NO_GROUNDS),
        Order("o5", 1000, Action.RETURN, ("c",), parts=(part(30, grounds=GUESS),), grounds=NO_GROUNDS),
        Order("o6", 1000, Action.RETURN, ("a",), None, own, Window(), Transit(5), grounds=NO_GROUNDS),
    ]
    orders[3] = evolve(orders[3], arrive=Window(after=10))
    definitions = [UnitDefined(0, each) for each in units] + [OrderDefined(0, order) for order in orders]
    opening = next(iter(simulate(_TOLD)))
    nothing = " has neither a source nor a reason why it is assumed"
    assert _findings("sourced", [opening, *definitions]) == [
        Finding("unit a" + nothing),
        Finding("the strength posted for b" + nothing),
        Finding("order o1" + nothing),
        Finding("order o2" + nothing),
        Finding("a departure under o2" + nothing),
        Finding("an arrival under o2" + nothing),
        Finding("order o4" + nothing),
        Finding("a departure under o4" + nothing),
        Finding("order o5" + nothing),
        Finding("order o6" + nothing),
        Finding("an arrival under o6" + nothing),
    ]


def test_claims_is_broken_by_a_contradiction() -> None:
    """And by a disputed claim that holds; nothing else is found, and the finding says by how much it is off."""
    poland = Selector(place=("pl",))
    claims = [
        claim(Count(Selector(), parse_quantity("more than 8,500"), 0), "wrong", "pap"),
        claim(Count(Selector(), parse_quantity("more than 8,500"), 0), "known-wrong", "pap", disputed="mistaken"),
        claim(Count(Selector(), exactly(2000), 0), "right"),
        claim(Count(Selector(), exactly(2000), 0), "wrongly-disputed", disputed="in doubt"),
        claim(Count(Selector(), exactly(2100), 0), "possible"),
        claim(Count(Selector(), exactly(2100), 0), "possible-disputed", disputed="in doubt"),
        claim(Never(poland), "never", "pap"),
    ]
    told = scenario([unit("a", "about 2000")], [deploy("go", 100, "a")], claims)
    findings = [
        Finding("claim never (pap) is contradicted, off by 2,000", expected="0", found="2,000 (1,800-2,200)", at=160),
        Finding(
            "claim wrong (pap) is contradicted, off by 6,501",
            expected="more than 8,500",
            found="2,000 (1,800-2,200)",
            at=0,
        ),
        Finding(
            "claim wrongly-disputed (abc) is disputed, but holds",
            expected="2000",
            found="2,000 (1,800-2,200)",
            at=0,
        ),
    ]
    assert _findings("claims", simulate(told)) == findings
    assert _broken(simulate(told)) == ["claims"]
    assert claims_in(judge_all(Book.replay(simulate(told)))) == findings
    assert claims_in(()) == []


def test_what_was_found_is_as_exact_as_it_is() -> None:
    """A figure that is exact stands alone, and one without an upper bound says so."""
    claims = [
        claim(Count(Selector(side=("US",)), exactly(7), 0), "exact"),
        claim(Count(Selector(side=("RU",)), exactly(7), 0), "open"),
    ]
    told = scenario([unit("a", "1200"), unit("b", "300"), unit("c", "at least 5000", side="RU")], [], claims)
    assert [(finding.expected, finding.found) for finding in _findings("claims", simulate(told))] == [
        ("7", "1,500"),
        ("7", "5,000 (5,000 or more)"),
    ]


def test_caused_is_broken_by_closing_without_arriving() -> None:
    """Not even a unit of one."""
    opening = [event for event in simulate(scenario([unit("a", "1")], [deploy("go", 5, "a")])) if event.at == 0]
    moved: list[Event] = [OrderIssued(5, "go", ("a",)), UnitClosed(6, "a", "pl", "go")]
    assert _findings("caused", [*opening, *moved]) == [Finding("a closes under go before all of it has arrived", at=6)]


def test_an_exact_figure_is_found_without_a_range() -> None:
    """A claim's finding gives the interval where there is one."""
    for strength, found in (("100", "100"), ("about 100", "100 (90-110)")):
        said = claim(Count(Selector(), exactly(5), 0))
        book = Book.replay(simulate(scenario([unit("a", strength)], [], [said])))
        assert [finding.found for finding in claims_in(judge_all(book))] == [found]
