"""The book: what it keeps of a run, what it refuses, and that any moment can be asked of it."""

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.amendment import Amendment
from sim.domain.claim import Claim, Count, Noted, Selector
from sim.domain.event import (
    CapacityStated,
    Cause,
    ClaimStated,
    EntryAmended,
    Event,
    LiftDefined,
    LoadReady,
    LoadWaited,
    OrderDefined,
    OrderIssued,
    OrderRefused,
    PlaceNamed,
    PortDefined,
    ReadinessChanged,
    RunClosed,
    RunOpened,
    SourceCited,
    UnitArrived,
    UnitClosed,
    UnitDefined,
    UnitDeparted,
    UnitMustered,
)
from sim.domain.order import Order
from sim.domain.place import Place
from sim.domain.quantity import exactly
from sim.domain.scenario import Scenario
from sim.domain.source import Source
from sim.domain.unit import Unit
from sim.domain.vocabulary import Basis, Readiness
from sim.engine import simulate
from sim.errors import LogError
from sim.ledger import Book
from sim.ledger.balance import Balances
from sim.ledger.book import ARRIVED, CHANGED, DEPARTED, MUSTERED, OPENING, Closure, Row, readiness_of, slot_of, unit_of
from sim.ledger.claims import Evidence, judge
from sim.ledger.entry import Account
from sim.ledger.invariants import Outcome, check
from sim.posture import snapshot
from tests.eventlog.example import LIFTED_EXAMPLE, LIFTED_SCENARIO
from tests.story import alert, claim, deploy, part, scenario, unit
from tests.strategies import any_scenarios, minutes

_STORY = scenario(
    [unit("a"), unit("b", "7", readiness=Readiness.DEPLOYED)],
    [alert("up", 10, "a", "b"), deploy("go", 20, "a", parts=[part(40), part(60, arrives=100)])],
)


def test_what_it_keeps_of_a_run() -> None:
    """Orders given, refusals, closures and every entry, each with its position and minute."""
    events = list(simulate(_STORY))
    book = Book.replay(events)
    first = 1 + 3 + 5 + 2 + 2
    assert book.events == len(events) == first + 12
    assert book.issued == {"up": (10, first + 2), "go": (20, first + 5)}
    assert book.refusals == {
        first + 4: OrderRefused(10, "up", "b", "cannot go from deployed to heightened-alert"),
    }
    assert book.closures == [Closure(first + 10, 100, "a", "pl", "go")]
    assert [_row(book, row) for row in book.rows()] == [
        (first, 0, None, ("a", "home", "garrison"), 100, MUSTERED, None, None),
        (first + 1, 0, None, ("b", "home", "deployed"), 7, MUSTERED, None, None),
        (first + 3, 10, ("a", "home", "garrison"), ("a", "home", "heightened-alert"), 100, CHANGED, None, "up"),
        (first + 6, 20, ("a", "home", "heightened-alert"), ("a", "pl", "in-transit"), 40, DEPARTED, "assumed", "go"),
        (first + 7, 20, ("a", "home", "heightened-alert"), ("a", "pl", "in-transit"), 60, DEPARTED, "assumed", "go"),
        (first + 8, 80, ("a", "pl", "in-transit"), ("a", "pl", "deployed"), 40, ARRIVED, "assumed", "go"),
        (first + 9, 100, ("a", "pl", "in-transit"), ("a", "pl", "deployed"), 60, ARRIVED, "assumed", "go"),
    ]
    assert [numbers[:5] for numbers in book.entries()] == [
        (row.at, row.giving, row.taking, row.strength, row.position) for row in book.rows()
    ]
    assert list(book.entries(2, 5)) == list(book.entries())[2:5]
    assert book.closing == events[-1]
    assert book.opening == book.opened == events[0]


def _row(book: Book, row: Row) -> tuple[object, ...]:
    giving, taking = (
        None if number == OPENING else (*_fields(book.account(number)),) for number in (row.giving, row.taking)
    )
    return row.position, row.at, giving, taking, row.strength, row.tag, row.basis, row.order


def _fields(account: Account) -> tuple[str, str, str]:
    return account.unit, account.place, account.readiness


@pytest.mark.parametrize(
    ("minute", "entries"), [(0, 2), (9, 2), (10, 3), (19, 3), (20, 5), (80, 6), (99, 6), (100, 7), (9999, 7), (-1, 0)]
)
def test_entries_up_to_a_minute(minute: int, entries: int) -> None:
    """All of the minute are among them."""
    assert Book.replay(simulate(_STORY)).entries_until(minute) == entries


@given(any_scenarios())
def test_account_numbers(told: Scenario) -> None:
    """A number is one account's and no other's, and says its unit, place and readiness."""
    book = Book.replay(simulate(told))
    numbers = {
        (number << 32) + book.slot(place, readiness): Account(each.id, place, readiness)
        for number, each in enumerate(book.roster)
        for place in book.place_ids
        for readiness in Readiness
    }
    assert len(numbers) == len(book.roster) * len(book.place_ids) * len(Readiness)
    for number, account in numbers.items():
        assert book.account(number) == account
        assert book.roster[unit_of(number)].id == account.unit
        assert readiness_of(number) is account.readiness
        assert slot_of(number) == book.slot(account.place, account.readiness)


def test_many_places_and_units() -> None:
    """However many there are, each account is one unit's at one place."""
    names = [f"x{number:03}" for number in range(300)]
    told = scenario(
        [unit(name, str(number + 1), place=name) for number, name in enumerate(names)],
        [deploy("go", 5, *names, to="x299")],
        places=[Place(name, name) for name in names],
    )
    book = Book.replay(simulate(told))
    assert [(row.unit, row.place, row.readiness, row.strength) for row in snapshot(book, 4).rows] == [
        (name, name, Readiness.GARRISON, number + 1) for number, name in enumerate(names)
    ]
    assert [(row.unit, row.place, row.readiness, row.strength) for row in snapshot(book, 65).rows] == [
        (name, "x299", Readiness.DEPLOYED, number + 1) for number, name in enumerate(names)
    ]
    assert check(book, "accounted", "legal")[0].holds
    assert judge(Evidence(book), claim(Count(Selector(place=("x299",)), exactly(45_150), 65))).verdict == "holds"


@given(any_scenarios())
def test_it_holds_the_scenario(told: Scenario) -> None:
    """The scenario rebuilt from the events is the one that made them."""
    book = Book.replay(simulate(told))
    assert book.scenario == told
    assert book.calendar == told.calendar
    assert book.scenario.fingerprint == book.opened.fingerprint == told.fingerprint


@given(any_scenarios(), st.data())
def test_replay_of_a_prefix_is_the_snapshot_of_its_time(told: Scenario, data: st.DataObject) -> None:
    """A book that has seen no later event answers as the whole one does of that moment."""
    events = list(simulate(told))
    whole = Book.replay(events)
    minute = data.draw(minutes(told.end))
    so_far = Book.replay(event for event in events if event.at <= minute)
    assert snapshot(so_far, minute) == evolve(snapshot(so_far, told.end), at=minute) == snapshot(whole, minute)
    live = Book()
    for event in events:
        live.post(event)
    assert list(live.rows()) == list(whole.rows())
    assert (live.issued, live.refusals, live.closures) == (whole.issued, whole.refusals, whole.closures)


@given(any_scenarios(), st.lists(st.integers(0, 30 * 1440), max_size=4))
def test_balances_move_forward(told: Scenario, times: list[int]) -> None:
    """However many stops are made on the way, a moment's balances are the same, and none is zero."""
    book = Book.replay(simulate(told))
    stopping, at_once = Balances(book), Balances(book)
    for minute in sorted(times):
        stopping.advance(minute)
        assert 0 not in stopping.held.values()
        assert stopping.basis.keys() <= stopping.held.keys()
    stopping.advance(told.end)
    at_once.advance(told.end)
    assert (stopping.held, stopping.basis) == (at_once.held, at_once.basis)


def _opened(*events: Event) -> list[Event]:
    """A run's events up to the musterings, and then these."""
    return [event for event in simulate(_STORY) if event.at == 0] + list(events)


@pytest.mark.parametrize(
    ("event", "name"),
    [
        (UnitMustered(5, "x", "home", Readiness.GARRISON, 1), "'x'"),
        (UnitMustered(5, "a", "nowhere", Readiness.GARRISON, 1), "'nowhere'"),
        (OrderIssued(5, "x", ("a",)), "'x'"),
        (ReadinessChanged(5, "a", "home", 1, Readiness.GARRISON, Readiness.STANDBY, "x"), "'x'"),
        (ReadinessChanged(5, "x", "home", 1, Readiness.GARRISON, Readiness.STANDBY, "up"), "'x'"),
        (UnitDeparted(5, "a", 1, "x", "pl", Readiness.GARRISON, Basis.ASSUMED, "go"), "'x'"),
        (UnitDeparted(5, "a", 1, "home", "x", Readiness.GARRISON, Basis.ASSUMED, "go"), "'x'"),
        (UnitArrived(5, "a", 1, "x", Readiness.DEPLOYED, Basis.ASSUMED, "go"), "'x'"),
        (UnitClosed(5, "x", "pl", "go"), "'x'"),
        (UnitClosed(5, "a", "x", "go"), "'x'"),
        (UnitClosed(5, "a", "pl", "x"), "'x'"),
        (OrderRefused(5, "x", "a", "it is away"), "'x'"),
        (OrderRefused(5, "go", "x", "it is away"), "'x'"),
        (LoadReady(5, "x", 1, 90, "home", "go"), "'x'"),
        (LoadReady(5, "a", 1, 90, "x", "go"), "'x'"),
        (LoadWaited(5, "a", 1, Cause.SPOT, 9, "home", "x"), "'x'"),
    ],
)
def test_events_that_name_what_is_not_defined(event: Event, name: str) -> None:
    """They are refused with their position, their tag and the name."""
    book = Book.replay(_opened())
    with pytest.raises(LogError) as caught:
        book.post(event)
    assert caught.value.message == f"event 15 ({event.tag}) names {name}, which no earlier event defines"


_FIRST = (
    "definitions come first, at minute 0: sources, places, lift, ports, capacity, units, orders, claims, each by id"
)
_OPENED_FIRST = "a run is opened by its first event, at minute 0"


@pytest.mark.parametrize(
    ("count", "event", "refused"),
    [
        (4, SourceCited(0, Source("pap", "PAP")), "(source-cited) defines 'pap', which is defined already"),
        (9, PlaceNamed(0, Place("pl", "Poland")), "(place-named) defines 'pl', which is defined already"),
        (9, PlaceNamed(0, Place("unstated", "Out")), "(place-named) defines 'unstated', which is defined already"),
        (11, UnitDefined(0, unit("a")), "(unit-defined) defines 'a', which is defined already"),
        (13, OrderDefined(0, alert("up", 10, "a")), "(order-defined) defines 'up', which is defined already"),
        (14, ClaimStated(0, claim(Noted("so"))), "(claim-stated) defines 'said', which is defined already"),
        (16, PlaceNamed(0, Place("pl", "Poland")), "(place-named) defines 'pl', which is defined already"),
        (16, PlaceNamed(0, Place("zz", "Poland")), f"(place-named) is out of place: {_FIRST}"),
        (15, ClaimStated(0, claim(Noted("so"), "x")), f"(claim-stated) is out of place: {_FIRST}"),
        (4, PlaceNamed(1, Place("zz", "Late")), f"(place-named) is out of place: {_FIRST}"),
        (5, PlaceNamed(0, Place("aa", "Unsorted")), f"(place-named) is out of place: {_FIRST}"),
        (5, SourceCited(0, Source("zz", "Late")), f"(source-cited) is out of place: {_FIRST}"),
        (11, PlaceNamed(0, Place("zz", "Late")), f"(place-named) is out of place: {_FIRST}"),
        (13, UnitDefined(0, unit("zz")), f"(unit-defined) is out of place: {_FIRST}"),
        (14, OrderDefined(0, alert("zz", 5, "a")), f"(order-defined) is out of place: {_FIRST}"),
        (1, None, f"(run-opened) is out of place: {_OPENED_FIRST}"),
        (16, None, f"(run-opened) is out of place: {_OPENED_FIRST}"),
    ],
)
def test_definitions_out_of_place(count: int, event: Event | None, refused: str) -> None:
    """What is defined twice, or elsewhere than in every run, is refused: whoever reads the beginning has read all."""
    told = evolve(_STORY, claims=[claim(Noted("so"))])
    events = list(simulate(told))
    book = Book.replay(events[:count])
    with pytest.raises(LogError) as caught:
        book.post(event or events[0])
    assert caught.value.message == f"event {count} {refused}"


_AMENDED = evolve(
    _STORY,
    claims=[claim(Noted("so"))],
    amendments=(
        Amendment("a-2", ("pap",), unit("a", "90")),
        Amendment("said-2", ("pap",), claim(Noted("not so"))),
        Amendment("up-2", ("pap",), alert("up", 11, "a", "b")),
    ),
)
"""Its definitions stand at 9 and 10 (units), 11 (what amends them), 12 and 13, 14, 15, 16; the first muster at 17."""


def _amended(id: str, entry: Unit | Order | Claim, source: str = "pap") -> EntryAmended:
    return EntryAmended(0, Amendment(id, (source,), entry))


def test_what_it_keeps_of_amendments() -> None:
    """What is in force, what was first reported, and what changed it; they can be asked for by entry."""
    book = Book.replay(simulate(_AMENDED))
    assert (book.units["a"].strength, book.roster[0].strength, book.orders["up"].at) == (90, 90, 11)
    assert book.claims["said"].test == Noted("not so")
    assert book.scenario == _AMENDED
    assert book.first_reported(Unit) == {"a": unit("a")}
    assert book.first_reported(Order) == {"up": _STORY.orders["up"]}
    assert book.first_reported(Claim) == {"said": claim(Noted("so"))}
    assert book.amendments_of(book.units["a"]) == ((None, _AMENDED.amendments[0]),)
    assert book.amendments_of(book.units["b"]) == ()
    assert book.amendments_of(book.claims["said"]) == ((None, _AMENDED.amendments[1]),)


@pytest.mark.parametrize(
    ("count", "event", "refused"),
    [
        (11, _amended("x-2", unit("x")), "(entry-amended) names 'x', which no earlier event defines"),
        (11, _amended("up-2", alert("up", 5, "a")), "(entry-amended) names 'up', which no earlier event defines"),
        (11, _amended("a-2", unit("a"), "nobody"), "(entry-amended) names 'nobody', which no earlier event defines"),
        (11, _amended("b", unit("a")), "(entry-amended) defines 'b', which is defined already"),
        (12, _amended("a-2", unit("a")), "(entry-amended) defines 'a-2', which is defined already"),
        (12, _amended("a-1", unit("a")), f"(entry-amended) is out of place: {_FIRST}"),
        (12, _amended("a-3", unit("a-2")), "(entry-amended) names 'a-2', which no earlier event defines"),
        (12, UnitDefined(0, unit("zz")), f"(unit-defined) is out of place: {_FIRST}"),
        (14, _amended("a-3", unit("a")), f"(entry-amended) is out of place: {_FIRST}"),
        (15, OrderDefined(0, alert("zz", 5, "a")), f"(order-defined) is out of place: {_FIRST}"),
        (17, ClaimStated(0, claim(Noted("so"), "zz")), f"(claim-stated) is out of place: {_FIRST}"),
        (18, _amended("said-3", claim(Noted("so"))), f"(entry-amended) is out of place: {_FIRST}"),
    ],
)
def test_amendments_out_of_place(count: int, event: Event, refused: str) -> None:
    """What amends nothing there is, on nobody's word, twice, or elsewhere than behind its section, is refused."""
    book = Book.replay(list(simulate(_AMENDED))[:count])
    with pytest.raises(LogError) as caught:
        book.post(event)
    assert caught.value.message == f"event {count} {refused}"


def test_amendments_stand_in_the_order_in_which_they_apply() -> None:
    """By publication, then by id: not by id alone."""
    dated = [Source("abc", "ABC", published=20), Source("briefing", "B", published=10), Source("pap", "PAP")]
    told = evolve(
        _STORY,
        sources={source.id: source for source in dated},
        amendments=(
            Amendment("z", ("pap",), unit("b", "8")),
            Amendment("b-2", ("briefing",), unit("b", "9")),
            Amendment("c", ("abc", "briefing"), unit("b", "10")),
            Amendment("a-2", ("abc",), unit("b", "11")),
        ),
    )
    events = list(simulate(evolve(told, units={"b": told.units["b"]}, orders={})))
    assert Book.replay(events).units["b"].strength == 11
    first = next(number for number, event in enumerate(events) if isinstance(event, EntryAmended))
    for early in range(first, first + 3):
        swapped = [*events]
        swapped[early], swapped[early + 1] = swapped[early + 1], swapped[early]
        with pytest.raises(LogError, match="is out of place"):
            Book.replay(swapped)


@pytest.mark.parametrize("position", [12, 13, 14, 15, 16, 17])
def test_going_on_behind_an_amended_unit(position: int) -> None:
    """What amends orders and claims that were not seen is passed over; the unit is as it was amended."""
    events = list(simulate(_AMENDED))
    book = Book.replay(events[:12])
    book.resume(position, 0)
    for event in events[position:]:
        book.post(event)
    assert book.events == len(events)
    assert book.units["a"].strength == 90
    again = Book.replay(events[:12])
    again.resume(14, 0)
    again.post(events[14])
    with pytest.raises(LogError, match=f"is out of place: {_FIRST}"):
        again.post(_amended("a-3", unit("a")))


def test_what_it_keeps_of_lift() -> None:
    """Vehicles, ports, what changes of them, and what was said of loads, by position: that posts nothing."""
    book = Book.replay(LIFTED_EXAMPLE)
    assert book.scenario == LIFTED_SCENARIO
    assert (book.lift, book.ports) == (LIFTED_SCENARIO.lift, LIFTED_SCENARIO.ports)
    assert tuple(book.capacity.values()) == LIFTED_SCENARIO.capacity
    said = {at: event for at, event in enumerate(LIFTED_EXAMPLE) if isinstance(event, LoadReady | LoadWaited)}
    assert (book.waiting, len(said)) == (said, 5)
    without = [event for event in LIFTED_EXAMPLE if not isinstance(event, LoadReady | LoadWaited)]
    posted = [(row.at, row.giving, row.taking, row.strength) for row in book.rows()]
    assert posted == [(row.at, row.giving, row.taking, row.strength) for row in Book.replay(without).rows()]
    assert check(book, "conserved", "not-negative", "accounted", "legal", "caused", "windows", "sourced") == tuple(
        Outcome(name, ())
        for name in ("conserved", "not-negative", "accounted", "legal", "caused", "windows", "sourced")
    )


_C17S, _APRON, _CHANGE = LIFTED_SCENARIO.lift["c17s"], LIFTED_SCENARIO.ports["apron"], LIFTED_SCENARIO.capacity[0]
_LIFTED_AT = 1 + len(LIFTED_SCENARIO.sources) + len(LIFTED_SCENARIO.places)


@pytest.mark.parametrize(
    ("after", "event", "refused"),
    [
        (2, LiftDefined(0, _C17S), "(lift-defined) defines 'c17s', which is defined already"),
        (2, LiftDefined(0, evolve(_C17S, id="aa")), f"(lift-defined) is out of place: {_FIRST}"),
        (3, LiftDefined(0, evolve(_C17S, id="zz")), f"(lift-defined) is out of place: {_FIRST}"),
        (2, PlaceNamed(0, Place("zz", "Late")), f"(place-named) is out of place: {_FIRST}"),
        (4, PortDefined(0, _APRON), "(port-defined) defines 'apron', which is defined already"),
        (4, PortDefined(0, evolve(_APRON, id="aa")), f"(port-defined) is out of place: {_FIRST}"),
        (6, PortDefined(0, evolve(_APRON, id="zz")), f"(port-defined) is out of place: {_FIRST}"),
        (6, CapacityStated(0, _CHANGE), "(capacity-stated) defines '2', which is defined already"),
        (6, CapacityStated(0, evolve(_CHANGE, id="3")), f"(capacity-stated) is out of place: {_FIRST}"),
        (7, CapacityStated(0, evolve(_CHANGE, id="3", at=9000)), f"(capacity-stated) is out of place: {_FIRST}"),
    ],
)
def test_lift_out_of_place(after: int, event: Event, refused: str) -> None:
    """What of lift is defined twice, or elsewhere than in every run, is refused; changes stand in order of time."""
    count = _LIFTED_AT + after
    book = Book.replay(LIFTED_EXAMPLE[:count])
    with pytest.raises(LogError) as caught:
        book.post(event)
    assert caught.value.message == f"event {count} {refused}"


def test_changes_of_capacity_at_one_minute() -> None:
    """They stand as the scenario lists them, by number: the tenth behind the second."""
    start = LIFTED_EXAMPLE[: _LIFTED_AT + 4]
    changes = [CapacityStated(0, evolve(_CHANGE, id=id)) for id in ("2", "10")]
    assert list(Book.replay([*start, *changes]).capacity) == ["2", "10"]
    with pytest.raises(LogError, match="is out of place"):
        Book.replay([*start, *reversed(changes)])


def test_a_run_that_opens_late() -> None:
    """Minute 0 is the first of its period."""
    opened = next(iter(simulate(_STORY)))
    with pytest.raises(LogError) as caught:
        Book().post(evolve(opened, at=1))
    assert caught.value.message == f"event 0 (run-opened) is out of place: {_OPENED_FIRST}"


@pytest.mark.parametrize("position", [11, 12, 13, 14])
def test_going_on_behind_a_definition(position: int) -> None:
    """A book that goes on there takes the orders and claims that are left, and no place or unit."""
    told = evolve(_STORY, claims=[claim(Noted("so"))])
    events = list(simulate(told))
    book = Book.replay(events[:11])
    book.resume(position, 0)
    for late in (PlaceNamed(0, Place("zz", "Late")), UnitDefined(0, unit("zz"))):
        with pytest.raises(LogError, match=f"is out of place: {_FIRST}"):
            book.post(late)
    for event in events[position:]:
        book.post(event)
    assert book.events == len(events)


def test_a_unit_may_close_where_no_report_says() -> None:
    """`unstated` is built in, and needs no definition."""
    book = Book.replay(_opened(UnitClosed(5, "a", "unstated", "go")))
    assert book.closures == [Closure(15, 5, "a", "unstated", "go")]


def test_time_that_runs_backwards() -> None:
    """Events come in order of time, from minute 0 on; those of one minute in any."""
    book = Book.replay(_opened(OrderIssued(5, "up", ("a",)), OrderIssued(5, "go", ("a",))))
    with pytest.raises(LogError, match=r"^event 17 happens at minute 4, after one at minute 5$"):
        book.post(OrderIssued(4, "up", ("a",)))
    with pytest.raises(LogError, match=r"^event 0 happens at minute -1, after one at minute 0$"):
        Book().post(RunClosed(-1, 0))


def test_a_run_that_was_not_opened() -> None:
    """It has no scenario, and says so."""
    book = Book.replay([RunClosed(0, 0)])
    assert book.opening is None
    with pytest.raises(LogError, match=r"^the run has no run-opened event$"):
        book.scenario
    assert not isinstance(book.closing, RunOpened)
