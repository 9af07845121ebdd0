"""Logs whose hashes may be right, and whose definitions cannot be, or are not those that were played out."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import pytest
from attrs import evolve

from sim.domain.amendment import Amendment, in_turn
from sim.domain.claim import Closed, Count, Never, Noted, Selector, When
from sim.domain.event import (
    CapacityStated,
    ClaimStated,
    Event,
    LiftDefined,
    OrderDefined,
    OrderIssued,
    PlaceNamed,
    PortDefined,
    RunClosed,
    RunOpened,
    SourceCited,
    UnitDefined,
    UnitMustered,
)
from sim.domain.grounds import Grounds
from sim.domain.known import known
from sim.domain.order import Transit, Window
from sim.domain.quantity import exactly, parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.source import Source
from sim.domain.variate import Fixed
from sim.domain.vocabulary import Kind, Readiness
from sim.engine import simulate
from sim.errors import LogError
from sim.eventlog.consistency import check_consistency, check_setting
from sim.ledger import Book
from tests.eventlog.example import LIFTED_EXAMPLE, LIFTED_SCENARIO, run_of
from tests.story import alert, cancel, cited, claim, deploy, part, scenario, unit

END = 9000
FAR = 5_000_000_000

Tamper = Callable[[Event], Iterable[Event]]

_TOLD = scenario(
    [unit("a"), unit("b")],
    [alert("call", 30, "b"), deploy("go", 60, "a", parts=[part(40), part(60, 80, 900)]), cancel("off", 70, "go", "a")],
    [claim(Noted("why")), claim(Count(Selector(), exactly(200), When.ALWAYS), "so-many")],
    end=END,
)


_DATED = (Source("early", "Early", published=10), Source("late", "Late", published=20), *_TOLD.sources.values())
_LATE, _EARLY = Grounds(("late",)), Grounds(("early",))

_AMENDED = evolve(
    _TOLD,
    sources={source.id: source for source in _DATED},
    units={"a": unit("a", grounds=_LATE), "b": unit("b", grounds=_LATE)},
    orders={**_TOLD.orders, "go": evolve(_TOLD.orders["go"], grounds=_LATE)},
    claims={**_TOLD.claims, "so-many": evolve(_TOLD.claims["so-many"], source="late")},
    amendments=(
        Amendment("a-2", ("late",), unit("a", "110", grounds=_LATE)),
        Amendment("b-2", ("late",), unit("b", "90", grounds=_LATE)),
        Amendment("go-2", ("late",), evolve(_TOLD.orders["go"], parts=(part(40), part(70, 80, 900)))),
        Amendment("so-many-2", ("late",), claim(Noted("nobody knows"), "so-many", "late")),
    ),
)
"""What a later source changed of a unit and the order that moves it in parts, of another unit, and of a claim."""


def _amended(id: str, sources: tuple[str, ...] = ("late",), **changes: object) -> Scenario:
    """The scenario in which an amendment says something else, or is by others."""
    amendments: Any = _AMENDED.amendments
    told = [
        evolve(each, sources=sources, entry=evolve(each.entry, **changes)) if each.id == id else each
        for each in amendments
    ]
    return evolve(_AMENDED, amendments=in_turn(_AMENDED.sources, told))


def _defined(**changes: Any) -> Any:
    """The scenario in which entries of these ids say something else from the start."""
    sections: dict[str, dict[str, Any]] = {
        name: dict(getattr(_AMENDED, name)) for name in ("sources", "units", "orders", "claims")
    }
    for key, changed in changes.items():
        section, id = key.split("_", 1)
        sections[section][id.replace("_", "-")] = evolve(sections[section][id.replace("_", "-")], **changed)
    told: Any = _AMENDED
    return evolve(told, **sections)


_PART_IN_WORDS = evolve(part(70), reported=exactly(70), post_grounds=cited("nobody"))

AMENDED_SETTINGS: dict[str, tuple[Scenario, str]] = {
    "a place that is none": (
        _amended("b-2", place="nowhere"),
        "the unit 'b' names 'nowhere', which nothing in it defines",
    ),
    "grounds that are none": (
        _amended("b-2", grounds=cited("nobody")),
        "the unit 'b' names 'nobody', which nothing in it defines",
    ),
    "part of itself in the end": (_amended("b-2", part_of="b"), "the unit 'b' is part of itself: b > b"),
    "a unit as first reported that stands nowhere": (
        _defined(units_b={"origin": "nowhere"}),
        "the unit 'b' names 'nowhere', which nothing in it defines",
    ),
}
"""What a later source changed of a unit that cannot be."""

AMENDED_BADLY: dict[str, tuple[Scenario, str]] = {
    "a unit that is none": (
        _amended("go-2", units=("z",)),
        "the order 'go' names 'z', which nothing in it defines",
    ),
    "an order to nowhere": (_amended("go-2", to=None), "the order 'go' is to deploy, and goes nowhere"),
    "an order after the end": (
        _amended("go-2", at=END + 1),
        f"the order 'go' has minute {END + 1}, outside its period",
    ),
    "what a part's choice rests on": (
        _amended("go-2", parts=(part(40), _PART_IN_WORDS)),
        "the order 'go' names 'nobody', which nothing in it defines",
    ),
    "a claim of nobody": (
        _amended("so-many-2", source="nobody"),
        "the claim 'so-many' names 'nobody', which nothing in it defines",
    ),
    "a claim about after the end": (
        _amended("so-many-2", test=Closed(Selector(), FAR)),
        f"the claim 'so-many' is about minute {FAR}, outside its period",
    ),
    "a claim as first stated about after the end": (
        _defined(claims_so_many={"test": Closed(Selector(), FAR)}),
        f"the claim 'so-many' is about minute {FAR}, outside its period",
    ),
    "a claim that corrects none": (
        _amended("so-many-2", corrects="x"),
        "the claim 'so-many' names 'x', which nothing in it defines",
    ),
    "parts of several units": (
        _amended("go-2", units=("a", "b")),
        "the order 'go' moves 2 units in parts, not one",
    ),
    "a part of nobody": (
        _amended("go-2", parts=(part(110), part(0))),
        "the order 'go' has a part of nobody",
    ),
    "parts that no longer add up": (
        _amended("go-2", parts=(part(40), part(60))),
        "the parts of the order 'go' do not add up to its unit from 'a-2' on",
    ),
    "parts that add up only once all is known": (
        evolve(
            _AMENDED,
            units={"a": unit("a", grounds=_EARLY), "b": unit("b", grounds=_EARLY)},
            amendments=in_turn(
                _AMENDED.sources, [evolve(_AMENDED.amendments[0], sources=("early",)), *_AMENDED.amendments[1:]]
            ),
        ),
        "the parts of the order 'go' do not add up to its unit from 'a-2' on",
    ),
    "parts that added up to nothing at first": (
        _defined(orders_go={"parts": (part(40), part(61))}),
        "the parts of the order 'go' do not add up to 'a', 100",
    ),
    "a unit amended before it was reported": (
        _amended("b-2", ("early",)),
        "'b-2' was published before what it amends, 'b'",
    ),
    "a claim amended before it was stated": (
        _amended("so-many-2", ("early",)),
        "'so-many-2' was published before what it amends, 'so-many'",
    ),
    "an order amended before it was reported": (
        evolve(
            _AMENDED,
            units={"a": unit("a", grounds=_EARLY), "b": unit("b", grounds=_LATE)},
            amendments=in_turn(
                _AMENDED.sources,
                [
                    evolve(each, sources=("early",)) if each.id in ("a-2", "go-2") else each
                    for each in _AMENDED.amendments
                ],
            ),
        ),
        "'go-2' was published before what it amends, 'go'",
    ),
}
"""What a later source changed that cannot be, or could not be said."""


def _told_otherwise(kind: type[Event], id: str, **changes: object) -> Tamper:
    """One definition says something else."""

    def tamper(event: Event) -> Iterable[Event]:
        defined = next(
            (
                name
                for name in ("source", "place", "lift", "port", "change", "unit", "order", "claim")
                if hasattr(event, name)
            ),
            "",
        )
        value: Any = getattr(event, defined, None)
        hit = isinstance(event, kind) and value.id == id
        told: Any = event
        yield evolve(told, **{defined: evolve(value, **changes)}) if hit else event

    return tamper


def _otherwise(kind: type[Event], **changes: Any) -> Tamper:
    """Events of one kind say something else, but those of the unit `b`."""

    def tamper(event: Event) -> Iterable[Event]:
        told: Any = event
        hit = isinstance(event, kind) and getattr(event, "unit", "a") != "b"
        yield evolve(told, **changes) if hit else event

    return tamper


def _without(kind: type[Event]) -> Tamper:
    return lambda event: () if isinstance(event, kind) else (event,)


def _mustered_again(event: Event) -> Iterable[Event]:
    yield event
    if isinstance(event, UnitMustered) and event.unit == "b":
        yield evolve(event, strength=0)


def _early(event: Event) -> Iterable[Event]:
    yield evolve(event, at=event.at - 1) if isinstance(event, OrderIssued) else event


_source, _place = partial(_told_otherwise, SourceCited), partial(_told_otherwise, PlaceNamed)
_unit, _order = partial(_told_otherwise, UnitDefined), partial(_told_otherwise, OrderDefined)
_claim = partial(_told_otherwise, ClaimStated, "so-many")

OF_THE_SETTING: dict[str, tuple[Tamper, str]] = {
    "a source that relays nobody": (
        _source("pap", relays=("nobody",)),
        "the source 'pap' names 'nobody', which nothing in it defines",
    ),
    "sources in a circle": (
        _source("briefing", relays=("abc",)),
        "the source 'abc' is relayed by itself: abc > briefing > abc",
    ),
    "a place within itself": (_place("us", within="us"), "the place 'us' is within itself: us > us"),
    "a unit that is part of itself": (_unit("b", part_of="b"), "the unit 'b' is part of itself: b > b"),
    "an end beyond the calendar": (_otherwise(RunOpened, end=FAR), f"its run ends at minute {FAR}, which is no end"),
    "an end before the start": (_otherwise(RunOpened, end=0), "its run ends at minute 0, which is no end"),
    "a snapshot after the end": (
        _otherwise(RunOpened, snapshots=(0, END, END + 1)),
        f"a snapshot is asked for at minute {END + 1}, outside its period",
    ),
    "a snapshot before the start": (
        _otherwise(RunOpened, snapshots=(-1,)),
        "a snapshot is asked for at minute -1, outside its period",
    ),
    "a source of no month": (
        _source("pap", published=60, by_month=True),
        "the source 'pap' is published in a month of which its minute is not the last",
    ),
    "a source of a month without a date": (
        _source("pap", published=None, by_month=True),
        "the source 'pap' is published in a month of which its minute is not the last",
    ),
    "a source from before the calendar": (
        _source("pap", published=-FAR),
        f"the source 'pap' is published at minute {-FAR}, outside the years 1 to 9999",
    ),
}

OF_THE_REST: dict[str, tuple[Tamper, str]] = {
    "a claim of nobody": (_claim(source="nobody"), "the claim 'so-many' names 'nobody', which nothing in it defines"),
    "a deployment to nowhere": (_order("go", to=None), "the order 'go' is to deploy, and goes nowhere"),
    "an alert that goes somewhere": (_order("call", to="pl"), "the order 'call' is to alert, and goes pl"),
    "a cancel of nothing": (_order("off", cancels=None), "the order 'off' is to cancel, and cancels nothing"),
    "a cancel of itself": (_order("off", cancels="off"), "the order 'off' is to cancel, and cancels off"),
    "an alert that cancels": (_order("call", cancels="go"), "the order 'call' is to alert, and cancels go"),
    "an order before the start": (_order("call", at=-1), "the order 'call' has minute -1, outside its period"),
    "an order after the end": (
        _order("call", at=END + 1),
        f"the order 'call' has minute {END + 1}, outside its period",
    ),
    "a window after the end": (
        _order("call", depart=Window(by=FAR)),
        f"the order 'call' has minute {FAR}, outside its period",
    ),
    "a part's window after the end": (
        _order("go", parts=(evolve(part(40), arrive=Window(after=FAR)), part(60))),
        f"the order 'go' has minute {FAR}, outside its period",
    ),
    "a window that runs backwards": (
        _order("call", arrive=Window(after=60, by=59)),
        "the order 'call' has a window that runs backwards",
    ),
    "an arrival beyond the calendar": (
        _order("go", parts=(evolve(part(40), transit=Transit(FAR)), part(60))),
        f"the order 'go' arrives at minute {FAR + 60}, outside the years 1 to 9999",
    ),
    "parts of several units": (_order("go", units=("a", "b")), "the order 'go' moves 2 units in parts, not one"),
    "parts that are less": (
        _order("go", parts=(part(40), part(59))),
        "the parts of the order 'go' do not add up to 'a', 100",
    ),
    "a part of nobody": (
        _order("go", parts=(part(100), part(0))),
        "the order 'go' has a part of nobody",
    ),
    "a claim about before the start": (
        _claim(test=Count(Selector(), exactly(1), -1)),
        "the claim 'so-many' is about minute -1, outside its period",
    ),
    "a claim about after the end": (
        _claim(test=Closed(Selector(), FAR)),
        f"the claim 'so-many' is about minute {FAR}, outside its period",
    ),
    "definitions of another run": (
        _otherwise(RunOpened, title="Another"),
        "its definitions are not those that its run was opened with",
    ),
    "an order that is not given": (_without(OrderIssued), "the order 'call' is not given at its minute, 30"),
    "orders that are given early": (_early, "the order 'call' is not given at its minute, 30"),
    "closed too early": (_otherwise(RunClosed, at=END - 1), f"its run does not close at its end, minute {END}"),
    "not closed": (_without(RunClosed), f"its run does not close at its end, minute {END}"),
    "mustered elsewhere": (_otherwise(UnitMustered, place="pl"), "the unit 'a' does not muster as it is defined"),
    "mustered ready": (
        _otherwise(UnitMustered, readiness=Readiness.DEPLOYED),
        "the unit 'a' does not muster as it is defined",
    ),
    "mustered with more": (_otherwise(UnitMustered, strength=101), "the unit 'a' does not muster as it is defined"),
    "mustered instead of another": (
        _otherwise(UnitMustered, unit="b"),
        "the unit 'a' does not muster as it is defined",
    ),
    "never mustered": (_without(UnitMustered), "the unit 'a' does not muster as it is defined"),
    "mustered twice": (_mustered_again, "there are 3 musterings of 2 units"),
}


_lift, _port = partial(_told_otherwise, LiftDefined, "c17s"), partial(_told_otherwise, PortDefined, "apron")
_change, _carried = partial(_told_otherwise, CapacityStated), partial(_told_otherwise, OrderDefined, "deploy-ibct")
_CARRIAGE = LIFTED_SCENARIO.orders["deploy-ibct"].carriage
assert _CARRIAGE is not None, "the example goes by lift"
_BY_ROAD = evolve(_CARRIAGE, lifts=("convoys", "convoys"))

OF_LIFT: dict[str, tuple[Tamper, str]] = {
    "a base that is nowhere": (_lift(base="x"), "the lift 'c17s' names 'x', which nothing in it defines"),
    "lift on nobody's word": (_lift(grounds=cited("x")), "the lift 'c17s' names 'x', which nothing in it defines"),
    "a base of which nobody knows where it is": (
        _lift(base="us"),
        "the lift 'c17s' has its base at 'us', of which no coordinates are known",
    ),
    "a port that is nowhere": (_port(place="x"), "the port 'apron' names 'x', which nothing in it defines"),
    "a port on nobody's word": (_port(grounds=cited("x")), "the port 'apron' names 'x', which nothing in it defines"),
    "two ports at a place": (
        _port(place="fort-bragg"),
        "the ports 'apron' and 'ramp' are at one place, 'fort-bragg'",
    ),
    "a change of no lift": (_change("1", lift="x"), "the change 1 of capacity names 'x', which nothing in it defines"),
    "a change of no port": (_change("2", port="x"), "the change 2 of capacity names 'x', which nothing in it defines"),
    "a change on nobody's word": (
        _change("2", grounds=cited("x")),
        "the change 2 of capacity names 'x', which nothing in it defines",
    ),
    "a change after the end": (
        _change("1", at=FAR),
        f"the change 1 of capacity is at minute {FAR}, outside its period",
    ),
    "a change before the start": (
        _change("2", at=-1),
        "the change 2 of capacity is at minute -1, outside its period",
    ),
}
"""What of lift and ports cannot be, which who reads no more than the setting sees too."""

OF_CARRIAGES: dict[str, tuple[Tamper, str]] = {
    "lift that is none": (
        _carried(carriage=evolve(_CARRIAGE, lifts=("c17s", "x"))),
        "the order 'deploy-ibct' names 'x', which nothing in it defines",
    ),
    "a way by nowhere": (
        _carried(carriage=evolve(_CARRIAGE, route=("fort-bragg", "x", "rzeszow"))),
        "the order 'deploy-ibct' names 'x', which nothing in it defines",
    ),
    "a way by where nobody knows": (
        _carried(carriage=evolve(_CARRIAGE, route=("fort-bragg", "us", "rzeszow"))),
        "the order 'deploy-ibct' goes by 'us', of which no coordinates are known",
    ),
    "a way from a place to itself": (
        _carried(carriage=evolve(_CARRIAGE, route=("fort-bragg", "rzeszow", "rzeszow"))),
        "the order 'deploy-ibct' goes from 'rzeszow' to itself",
    ),
    "lift that holds none of it": (
        _carried(carriage=evolve(_CARRIAGE, lifts=("c17s", "convoys"))),
        "the order 'deploy-ibct' goes by 'convoys', which holds no troops, and '82-ibct' is of these",
    ),
    "an alert by lift": (
        _order("alert-guns", carriage=_CARRIAGE),
        "the order 'alert-guns' is to alert, and goes by lift",
    ),
}
"""What of going by lift cannot be."""


def test_a_unit_that_its_lift_no_longer_holds() -> None:
    """What a later source makes of a unit is held against the lift, unless the order is amended with it."""
    convoys = evolve(LIFTED_SCENARIO.lift["convoys"], holds=((Kind.VEHICLES, Fixed(16)), (Kind.BATTERIES, Fixed(1))))
    told = evolve(LIFTED_SCENARIO, lift={**LIFTED_SCENARIO.lift, "convoys": convoys})
    by_road = evolve(LIFTED_SCENARIO.orders["deploy-ibct"], carriage=_BY_ROAD)
    lorries = evolve(LIFTED_SCENARIO.units["82-ibct"], kind=Kind.VEHICLES)
    amended = Amendment("ibct-2", ("pap",), lorries), Amendment("order-2", ("pap",), by_road)
    for amendments, wrong in (
        (amended[:1], "goes by 'c17s', which holds no vehicles, and '82-ibct' is of these from 'ibct-2' on"),
        (amended[1:], "goes by 'convoys', which holds no troops, and '82-ibct' is of these from 'order-2' on"),
    ):
        with pytest.raises(LogError) as caught:
            check_consistency(Book.replay(run_of(evolve(told, amendments=amendments))))
        assert caught.value.message == f"the log is not sound: the order 'deploy-ibct' {wrong}"
    with pytest.raises(LogError, match="is not given at its minute"):
        check_consistency(Book.replay(run_of(evolve(told, amendments=amended))))


def test_a_unit_in_more_loads_than_can_be_followed() -> None:
    """As it is at first, and as a later source has it."""
    unit = LIFTED_SCENARIO.units["82-ibct"]
    more = evolve(unit, reported=parse_quantity("85,000,001"), post=None)
    at_first = evolve(LIFTED_SCENARIO, units={**LIFTED_SCENARIO.units, unit.id: more})
    later = evolve(LIFTED_SCENARIO, amendments=(Amendment("ibct-2", ("pap",), more),))
    holding = evolve(LIFTED_SCENARIO.lift["c17s"], holds=((Kind.TROOPS, Fixed(850)), (Kind.BATTERIES, Fixed(1))))
    for told, wrong in ((at_first, "100,001 loads"), (later, "100,001 loads from 'ibct-2' on")):
        with pytest.raises(LogError) as caught:
            check_consistency(Book.replay(run_of(evolve(told, lift={**told.lift, "c17s": holding}))))
        assert (
            caught.value.message == f"the log is not sound: the order 'deploy-ibct' has '82-ibct' go by lift in {wrong}"
        )


def _lifted(tamper: Tamper) -> Book:
    return Book.replay(tampered for event in LIFTED_EXAMPLE for tampered in tamper(event))


def test_a_log_of_lift_that_is_sound() -> None:
    """Nothing is found in a run by lift."""
    check_consistency(_lifted(lambda event: (event,)))


@pytest.mark.parametrize("name", OF_LIFT)
def test_lift_that_is_not_sound(name: str) -> None:
    """Where vehicles and ports are, and whose word they rest on, is looked at with the setting."""
    tamper, wrong = OF_LIFT[name]
    for check in (check_setting, check_consistency):
        with pytest.raises(LogError) as caught:
            check(_lifted(tamper))
        assert caught.value.message == f"the log is not sound: {wrong}"


@pytest.mark.parametrize("name", OF_CARRIAGES)
def test_carriages_that_are_not_sound(name: str) -> None:
    """By which lift and which way an order goes is looked at with the orders."""
    tamper, wrong = OF_CARRIAGES[name]
    book = _lifted(tamper)
    check_setting(book)
    with pytest.raises(LogError) as caught:
        check_consistency(book)
    assert caught.value.message == f"the log is not sound: {wrong}"


def _book(tamper: Tamper) -> Book:
    return Book.replay(tampered for event in simulate(_TOLD) for tampered in tamper(event))


def test_a_log_that_is_sound() -> None:
    """Nothing is found in what this program plays out, up to the edges of what may be said."""
    check_consistency(Book.replay(simulate(_TOLD)))
    edges = evolve(
        _TOLD,
        snapshots=(0, END),
        orders=[
            alert("first", 0, "b"),
            evolve(alert("last", END, "b"), arrive=Window(after=END, by=END)),
            deploy("long", 60, "a", transit=END),
        ],
        claims=[
            claim(Count(Selector(), exactly(200), 0)),
            claim(Closed(Selector(), END), "closed"),
            claim(Never(Selector(side=("RU",))), "never"),
        ],
    )
    check_consistency(Book.replay(simulate(edges)))


@pytest.mark.parametrize("name", OF_THE_SETTING)
def test_a_setting_that_is_not_sound(name: str) -> None:
    """What a snapshot rests on is refused by who reads no more than that, and by who reads all."""
    tamper, wrong = OF_THE_SETTING[name]
    for check in (check_setting, check_consistency):
        with pytest.raises(LogError) as caught:
            check(_book(tamper))
        assert caught.value.message == f"the log is not sound: {wrong}"


@pytest.mark.parametrize("name", OF_THE_REST)
def test_a_log_that_is_not_sound(name: str) -> None:
    """What cannot be, was not opened so, or is not what the definitions say is refused by who reads all."""
    tamper, wrong = OF_THE_REST[name]
    book = _book(tamper)
    check_setting(book)
    with pytest.raises(LogError) as caught:
        check_consistency(book)
    assert caught.value.message == f"the log is not sound: {wrong}"


def test_a_log_of_amendments_that_is_sound() -> None:
    """Nothing is found in what later sources changed, nor in what was known at any time."""
    check_consistency(Book.replay(simulate(_AMENDED)))
    for minute in (9, 10, 19, 20):
        check_consistency(Book.replay(simulate(known(_AMENDED, minute))))


@pytest.mark.parametrize("name", AMENDED_SETTINGS)
def test_an_amended_setting_that_is_not_sound(name: str) -> None:
    """Every version of a unit is looked at, also by who reads no more than the setting."""
    told, wrong = AMENDED_SETTINGS[name]
    for check in (check_setting, check_consistency):
        with pytest.raises(LogError) as caught:
            check(_book_of_definitions(told))
        assert caught.value.message == f"the log is not sound: {wrong}"


@pytest.mark.parametrize("name", AMENDED_BADLY)
def test_an_amendment_that_is_not_sound(name: str) -> None:
    """Every version of an order and of a claim is looked at, and when each could be known."""
    told, wrong = AMENDED_BADLY[name]
    book = _book_of_definitions(told)
    check_setting(book)
    with pytest.raises(LogError) as caught:
        check_consistency(book)
    assert caught.value.message == f"the log is not sound: {wrong}"


def _book_of_definitions(told: Scenario) -> Book:
    """The book of a run that may not be one: as far as it is the same whatever happens."""
    return Book.replay(run_of(told))


def test_corrections_in_a_circle() -> None:
    """Each claim takes the other back."""
    said = {"said": claim(Noted("why")), "so-many": claim(Noted("why"), "so-many")}
    circle = {
        id: evolve(each, corrects=other) for (id, each), other in zip(said.items(), ("so-many", "said"), strict=True)
    }
    with pytest.raises(LogError) as caught:
        check_consistency(Book.replay(simulate(evolve(_TOLD, claims=circle))))
    assert caught.value.message == (
        "the log is not sound: the claim 'said' is corrected by itself: said > so-many > said"
    )


def test_a_log_that_was_not_opened() -> None:
    """It has no period to look at."""
    with pytest.raises(LogError, match=r"^the run has no run-opened event$"):
        check_setting(Book())


def test_a_muster_behind_an_order() -> None:
    """The units muster before anything is done with them."""
    told = evolve(_TOLD, orders=[alert("call", 0, "b")])
    events = list(simulate(told))
    first = next(number for number, event in enumerate(events) if isinstance(event, OrderIssued))
    events[first - 1], events[first] = events[first], events[first - 1]
    with pytest.raises(LogError, match=r"^the log is not sound: the unit 'b' does not muster as it is defined$"):
        check_consistency(Book.replay(events))
