"""What stays behind: loads that had not left by the end, and what there was none of by then."""

from attrs import evolve
from hypothesis import given

from sim.domain.event import Cause, LoadReady, UnitArrived, UnitDeparted
from sim.domain.lift import Change, Hours, Lift, Port
from sim.domain.order import Order
from sim.domain.scenario import Scenario
from sim.domain.unit import Unit
from sim.domain.variate import Fixed
from sim.domain.vocabulary import Kind
from sim.engine import simulate
from sim.ledger import Book
from sim.posture.behind import Behind, left_behind
from sim.posture.excerpt import Scope, excerpt
from sim.posture.timeline import timeline
from sim.report.behind import behind
from sim.report.page import page, table_page
from sim.report.table import Style
from sim.report.timeline_page import timeline_page
from sim.report.wording import Wording
from tests.engine.lift_strategies import lift_scenarios
from tests.engine.lifted import change, lifted, move, port, trucks
from tests.report.asked import answer
from tests.story import cancel, unit


def sentences(told: Scenario) -> list[str]:
    """What is said of what stays behind."""
    asked = answer(told)
    return behind(asked, Wording(asked.book))


def one(
    lift: Lift, *ports: Port, orders: tuple[Order, ...] = (move("go", 0, "a"),), capacity: tuple[Change, ...] = ()
) -> list[str]:
    """What is said of 250 troops that go by a lift, until minute 100."""
    return sentences(lifted([unit("a", "250", place="here")], orders, [lift], ports, capacity, end=100))


def test_nothing_stays_behind() -> None:
    """Where all has left, though it may not have arrived; and where nothing goes by lift."""
    assert one(trucks(3)) == []
    assert sentences(lifted([unit("a", place="here")], [], [trucks()])) == []


def test_some_of_it_stays_behind() -> None:
    """It waits for a vehicle, that there is: then nothing else is known of why."""
    assert one(trucks(1)) == ["2 loads (150) of a had not left Here by the end (go)."]
    assert one(trucks(2)) == ["1 load (50) of a had not left Here by the end (go)."]


def test_what_there_is_none_of() -> None:
    """No vehicle, or no spot where it would have to stand, as the run takes them and by the end."""
    said = "3 loads (250) of a had not left Here by the end (go)"
    assert one(trucks(0)) == [f"{said}: there is no vehicle of trucks then."]
    assert one(trucks(), port("dock", "here", 0)) == [f"{said}: there is no spot at Here then."]
    ports = [port("dock", "there", 0), port("far", "beyond", 0)]
    assert one(trucks(0), *ports) == [f"{said}: there is no vehicle of trucks and no spot at There then."]
    assert one(trucks(0), port("dock", "there", 0, 0)) == [f"{said}: there is no vehicle of trucks then."]
    assert one(trucks(0), capacity=(change(1, 95, 1, lift="trucks"),)) == [f"{said}."]
    later = one(trucks(0), capacity=(change(1, 101, 1, lift="trucks"),))
    assert later == [f"{said}: there is no vehicle of trucks then."]
    fewer = one(trucks(1), capacity=(change(1, 95, 0, lift="trucks"),))
    assert fewer == ["2 loads (150) of a had not left Here by the end (go): there is no vehicle of trucks then."]


def test_what_was_cancelled_waits_no_more() -> None:
    """But what refused to be does."""
    orders = (move("go", 0, "a"), cancel("off", 5, "go"))
    assert one(trucks(0), orders=orders) == []
    late = (move("go", 0, "a"), cancel("off", 15, "go"))
    assert one(trucks(1), orders=late) == ["2 loads (150) of a had not left Here by the end (go)."]


def test_what_waits_at_a_stop() -> None:
    """The run does not say when it goes on: it is told where there is nothing to go on by, at the end of the run."""
    orders = [move("go", 0, "a", route=("here", "there", "beyond"), lifts=("trucks", "carts"))]
    units = [unit("a", "250", place="here")]

    def at_the_end(carts: float, *ports: Port, capacity: tuple[Change, ...] = ()) -> list[str]:
        lift = [trucks(3), trucks(carts, name="carts", base="there")]
        return sentences(lifted(units, orders, lift, ports, capacity, end=1000))

    assert at_the_end(1) == at_the_end(1, port("dock", "there", 1, 10, Hours(0, 600))) == []
    said = "3 loads (250) of a had come to There, and not on to Beyond, by the end (go)"
    assert at_the_end(0) == [f"{said}: there is no vehicle of carts then."]
    assert at_the_end(0, port("dock", "beyond", 0)) == [
        f"{said}: there is no vehicle of carts and no spot at Beyond then."
    ]
    fewer = at_the_end(1, capacity=(change(1, 200, 0, lift="carts"),))
    assert fewer == [
        "1 load (50) of a had come to There, and not on to Beyond, by the end (go): there is no vehicle of carts then."
    ]


def test_what_is_not_ready() -> None:
    """Its notice lasts beyond the end: how many loads it will be is not known. What is called off is not told."""
    late = move("go", 0, "a", notice=101)
    assert one(trucks(), orders=(late,)) == [
        "250 of a were not ready to leave Here by the end (go): notice was not over."
    ]
    assert one(trucks(), orders=(late, cancel("off", 5, "go"))) == []
    told = one(trucks(), orders=(late, move("again", 1, "a")))
    assert told == ["250 of a were not ready to leave Here by the end (go): notice was not over."]
    assert one(trucks(3), orders=(move("go", 0, "a", notice=80),)) == []


def test_what_is_closed() -> None:
    """By the time of day at which the run ends, a port at either end: past midnight, too."""
    said = "2 loads (150) of a had not left Here by the end (go)"
    for opens, closes, shut in ((0, 99, True), (0, 100, True), (0, 101, False), (100, 0, False), (1400, 90, True)):
        for place, name in (("here", "Here"), ("there", "There")):
            why = f": {name} is closed then" if shut else ""
            assert one(trucks(1), port("dock", place, 9, 0, Hours(opens, closes))) == [f"{said}{why}."]
    both = one(trucks(0), port("dock", "here", 9, 0, Hours(0, 60)))
    assert both == [
        "3 loads (250) of a had not left Here by the end (go): there is no vehicle of trucks and Here is closed then."
    ]


def test_many_units_and_kinds() -> None:
    """One sentence for each order, and kinds are never added; of many orders the first."""
    units = [unit("a", place="here"), unit("b", place="here"), unit("c", "2", place="here", kind=Kind.AIRCRAFT)]
    lift = evolve(trucks(0), holds=((Kind.TROOPS, Fixed(100)), (Kind.AIRCRAFT, Fixed(2))))
    assert sentences(lifted(units, [move("go", 0, "a", "b", "c")], [lift])) == [
        "2 loads (200) of 2 units had not left Here by the end (go): there is no vehicle of trucks then.",
        "1 load (2 aircraft) of c had not left Here by the end (go): there is no vehicle of trucks then.",
    ]
    crowd: list[Unit] = [unit(name, place="here") for name in "abcdefgh"]
    said = sentences(lifted(crowd, [move(f"go-{each.id}", 0, each.id) for each in crowd], [trucks(0)]))
    assert (len(said), said[-1]) == (7, "Nor had loads of 2 more.")


def test_where_it_is_said() -> None:
    """Under the timeline, wherever it stands; where some of it is asked for, of what is shown."""
    told = lifted([unit("a", place="here")], [move("go", 0, "a")], [trucks(0)], end=100)
    said = "1 load (100) of a had not left Here by the end (go): there is no vehicle of trucks then."
    asked = answer(told)
    assert said in page(asked).splitlines()
    assert table_page(asked, "timeline").splitlines()[-2:] == ["", said]
    for scope, shown in ((Scope(), True), (Scope(units=("a",)), True), (Scope(places=("there",)), False)):
        some = tuple(excerpt(asked.book, asked.timeline, scope))
        assert (said in timeline_page(asked, scope, some, Style.PLAIN, 100).splitlines()) is shown


@given(lift_scenarios())
def test_it_is_what_was_ready_and_did_not_leave(told: Scenario) -> None:
    """Of every unit whose move was not called off: all its loads, without those that left."""
    events = list(simulate(told))
    book = Book.replay(events)
    for each in left_behind(book, timeline(book)):
        assert isinstance(each, Behind)
        moved = [event for event in events if isinstance(event, LoadReady | UnitDeparted | UnitArrived)]
        about = [event for event in moved if (event.order, event.unit) == (each.order, each.unit)]
        ready = [event for event in about if isinstance(event, LoadReady)]
        strength = told.units[each.unit].strength
        if each.loads is None:
            assert (about, each.strength, each.cause) == ([], strength, Cause.NOTICE)
            continue
        here = [load for load in ready if sum(other.load == load.load for other in ready) > each.stretch]
        first = events[each.position]
        assert isinstance(first, LoadReady)
        assert (first in ready, first.place) == (True, each.place)
        assert each.loads > 0
        assert each.strength > 0
        if each.stretch == 0:
            left = [event.strength for event in about if isinstance(event, UnitDeparted)]
            loads = {event.load for event in ready}
            assert (each.loads, each.strength) == (len(loads) - len(left), strength - sum(left))
        else:
            assert each.loads <= len({load.load for load in here})
            assert each.lacks
