"""Differences: what changed between two moments, or differs between two runs, adds up line by line."""

from collections import Counter

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.event import UnitMustered
from sim.domain.order import Part, legs_of
from sim.domain.place import country_of
from sim.domain.quantity import Interval, parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.unit import Post, Unit
from sim.domain.vocabulary import Basis, Kind, Readiness
from sim.engine import simulate
from sim.errors import UsageError
from sim.posture import Book
from sim.posture.difference import Change, Difference, Span, Total, across, between
from sim.posture.held import NOTHING, Group, Held
from sim.posture.snapshot import FIELDS
from tests.story import GUESS, alert, cited, deploy, part, recall, scenario, standby, unit
from tests.strategies import any_scenarios

BY = ("place", "readiness")
some_fields = st.lists(st.sampled_from(list(FIELDS)), unique=True, max_size=3).map(tuple)
_NO_SPAN = Span(0, 0)


def _group(place: str, readiness: str, side: str = "US", kind: Kind = Kind.TROOPS) -> Group:
    return Group(side, kind, readiness == "in-transit", (place, readiness))


def _held(strength: int, low: int, high: int | None, basis: Basis | None = None) -> Held:
    return Held(strength, Interval(low, high), basis)


def _exactly(strength: int, basis: Basis | None = None) -> Held:
    return _held(strength, strength, strength, basis)


def test_between_two_times() -> None:
    """Each line that changed, with the orders that moved it; what only passed through in between has no line."""
    units = [unit("a", "about 1000"), unit("b", "100"), unit("x", "7", side="RU")]
    parts = [part(600, grounds=cited("abc")), part(400, leaves=900)]
    orders = [
        deploy("go", 50, "a", parts=parts),
        deploy("too", 50, "b"),
        standby("ready", 800, "a"),
        alert("x", 10, "x"),
    ]
    book = _book(scenario(units, orders))
    assert between(book, 20, 500, BY) == Difference(
        BY,
        (
            Change(
                _group("home", "garrison"),
                _held(1100, 1000, 1200),
                _held(400, 360, 440),
                Span(-760, -640),
                ("go", "too"),
            ),
            Change(
                _group("pl", "deployed"),
                NOTHING,
                _held(700, 640, 760, Basis.ASSUMED),
                Span(640, 760),
                ("go", "too"),
            ),
        ),
        1,
        (
            Total("RU", Kind.TROOPS, _exactly(7), _exactly(7), _NO_SPAN),
            Total("US", Kind.TROOPS, _held(1100, 1000, 1200), _held(1100, 1000, 1200), _NO_SPAN),
        ),
    )


def test_the_minutes_of_both_ends() -> None:
    """What happens in the first minute is there before, what happens in the last has happened by then."""
    book = _book(scenario([unit("a")], [alert("up", 50, "a"), standby("ready", 60, "a")]))

    def lines(first: int, last: int) -> list[tuple[str, int, tuple[str, ...]]]:
        found = between(book, first, last, ("readiness",)).changes
        return [(change.group.values[0], change.strength, change.orders) for change in found]

    assert lines(50, 59) == []
    assert lines(49, 50) == [("garrison", -100, ("up",)), ("heightened-alert", 100, ("up",))]
    assert lines(49, 60) == [("garrison", -100, ("up",)), ("standby", 100, ("ready",))]
    assert lines(50, 60) == [("heightened-alert", -100, ("ready",)), ("standby", 100, ("ready",))]


def test_what_changes_within_a_line() -> None:
    """By place, an alert moves nobody; by readiness it does."""
    book = _book(scenario([unit("a"), unit("b")], [alert("up", 50, "b"), deploy("go", 60, "a")]))
    by_place, by_readiness = (between(book, 0, 70, (field,)).changes for field in ("place", "readiness"))
    assert [(change.group.values, change.orders) for change in by_place] == [(("home",), ("go",)), (("pl",), ("go",))]
    assert [(change.group.values, change.orders) for change in by_readiness] == [
        (("garrison",), ("go", "up")),
        (("heightened-alert",), ("up",)),
        (("in-transit",), ("go",)),
    ]


def test_others_in_the_same_strength() -> None:
    """A line that holds as many of other units has changed, and so has one that is known otherwise."""
    orders = [deploy("early", 10, "b", arrive=20), deploy("go", 50, "a"), deploy("on", 50, "b", to="de")]
    found = between(_book(scenario([unit("a"), unit("b")], orders)), 30, 500, ("place",)).changes
    (change,) = (each for each in found if each.group.values == ("pl",))
    assert change == Change(
        Group("US", Kind.TROOPS, False, ("pl",)),
        _exactly(100, Basis.ASSUMED),
        _exactly(100, Basis.ASSUMED),
        _NO_SPAN,
        ("go", "on"),
    )
    away = [deploy("go", 50, "a"), recall("back", 500, "a")]
    (change,) = between(_book(scenario([unit("a")], away)), 0, 900, BY).changes
    assert (change.before, change.after, change.strength, change.orders) == (
        _exactly(100),
        _exactly(100, Basis.ASSUMED),
        0,
        ("back", "go"),
    )


def test_spans() -> None:
    """They are of what moved: a share of the unit, its bounds negative where it left, open where the unit's are."""
    units = [
        unit("a", "about 1000"),
        evolve(unit("b", place="de"), reported=parse_quantity("more than 50"), post=Post(60, GUESS)),
        evolve(unit("c", place="pl"), reported=parse_quantity("at least 10")),
    ]
    orders = [
        deploy("go", 50, "a", parts=[part(400), part(600, leaves=900)]),
        deploy("on", 50, "b", to="rzeszow"),
        deploy("off", 50, "c", to="home"),
    ]
    book = _book(scenario(units, orders))

    def found(by: str) -> list[tuple[str, int, Span]]:
        return [(each.group.values[0], each.strength, each.span) for each in between(book, 0, 500, (by,)).changes]

    assert found("country") == [
        ("DE", -60, Span(None, -51)),
        ("PL", 450, Span(None, None)),
        ("US", -390, Span(-430, None)),
    ]
    assert found("place") == [
        ("de", -60, Span(None, -51)),
        ("home", -390, Span(-430, None)),
        ("pl", 390, Span(None, 430)),
        ("rzeszow", 60, Span(51, None)),
    ]


def test_what_musters_later() -> None:
    """In a log that somebody made: it is added under no order, and the total says by how much."""
    events = [event for event in simulate(scenario([unit("a"), unit("b", "30")])) if event.at == 0]
    late = [evolve(event, at=60) for event in events if isinstance(event, UnitMustered) and event.unit == "b"]
    book = Book.replay([*(event for event in events if getattr(event, "unit", "") != "b"), *late])
    assert between(book, 0, 60, BY) == Difference(
        BY,
        (Change(_group("home", "garrison"), _exactly(100), _exactly(130), Span(30, 30), ()),),
        0,
        (Total("US", Kind.TROOPS, _exactly(100), _exactly(130), Span(30, 30)),),
    )


def test_across_two_runs() -> None:
    """Lines that differ, with the orders that did otherwise in one run; a unit may be defined otherwise as well."""
    one = [unit("a", "about 1000"), unit("b", "100"), unit("c", "20", place="de")]
    other = [unit("a", "about 1000"), unit("b", "about 200"), unit("d", "5", place="pl")]
    both = [deploy("go", 50, "a"), alert("up", 60, "b")]
    first = _book(scenario(one, [*both, deploy("off", 70, "c", to="unstated")]))
    second = _book(scenario(other, [deploy("go", 50, "a", to="de"), both[1]]))
    found = across(first, second, 500, 500, BY)
    assert found == Difference(
        BY,
        (
            Change(
                _group("de", "deployed"),
                NOTHING,
                _held(1000, 900, 1100, Basis.ASSUMED),
                Span(900, 1100),
                ("go",),
            ),
            Change(_group("home", "heightened-alert"), _exactly(100), _held(200, 180, 220), Span(80, 120), ("up",)),
            Change(
                _group("pl", "deployed"),
                _held(1000, 900, 1100, Basis.ASSUMED),
                NOTHING,
                Span(-1100, -900),
                ("go",),
            ),
            Change(_group("pl", "garrison"), NOTHING, _exactly(5), Span(5, 5), ()),
            Change(_group("unstated", "deployed"), _exactly(20, Basis.ASSUMED), NOTHING, Span(-20, -20), ("off",)),
        ),
        0,
        (Total("US", Kind.TROOPS, _held(1120, 1020, 1220), _held(1205, 1085, 1325), Span(65, 105)),),
    )


def test_spans_across_definitions() -> None:
    """Where a unit is the same strength in both runs, they are of what moved; else as far as the two can lie apart."""

    def differs(one: Unit, other: Unit) -> list[tuple[int, Span]]:
        runs = (_book(scenario([one])), _book(scenario([other], [deploy("go", 0, "a", parts=halves(other))])))
        return [(change.strength, change.span) for change in across(*runs, 30, 30, ("place",)).changes]

    def halves(whole: Unit) -> list[Part]:
        return [part(whole.strength // 2), part(whole.strength // 2, leaves=900)]

    dozens = evolve(unit("a"), reported=parse_quantity("dozens"))
    fifty, sixty = (evolve(dozens, post=Post(number, GUESS)) for number in (50, 60))
    assert differs(unit("a", "about 100"), unit("a", "about 100")) == [(-50, Span(-55, -45)), (50, Span(45, 55))]
    assert differs(unit("a", "100"), unit("a", "about 100")) == [(-50, Span(-55, -45)), (50, Span(45, 55))]
    assert differs(unit("a", "about 100"), unit("a", "100")) == [(-50, Span(-60, -40)), (50, Span(50, 50))]
    assert differs(fifty, fifty) == [(-25, Span(-50, -12)), (25, Span(12, 50))]
    assert differs(fifty, sixty) == [(-20, Span(-87, 26)), (30, Span(12, 50))]


def test_across_calendars() -> None:
    """Each run is asked at a minute of its own."""
    book = _book(scenario([unit("a")], [deploy("go", 50, "a")]))
    assert across(book, book, 0, 110, BY).changes == between(book, 0, 110, BY).changes
    assert across(book, book, 70, 70, BY) == Difference(
        BY, (), 1, (Total("US", Kind.TROOPS, _exactly(100), _exactly(100), _NO_SPAN),)
    )


def test_a_field_there_is_not() -> None:
    book = _book(scenario([unit("a")]))
    with pytest.raises(UsageError, match=r"^there is no field 'colour'"):
        between(book, 0, 1, ["colour"])
    with pytest.raises(UsageError, match=r"^there is no field 'colour'"):
        across(book, book, 0, 1, ["colour"])


@given(any_scenarios(), some_fields, st.data())
def test_before_and_change_make_after(told: Scenario, by: tuple[str, ...], data: st.DataObject) -> None:
    """On every line, which holds what the snapshots do; and the changes of each side and kind add up to nothing."""
    book = _book(told)
    first, last = sorted(data.draw(st.tuples(_minutes(told), _minutes(told))))
    found = between(book, first, last, by)
    before, after = _lines(book, first, by), _lines(book, last, by)
    for change in found.changes:
        assert change.before == before.get(change.group, NOTHING)
        assert change.after == after.get(change.group, NOTHING)
        assert change.before.strength + change.strength == change.after.strength
        assert _reaches(change.span, change.strength)
    changed = {change.group for change in found.changes}
    same = (before.keys() | after.keys()) - changed
    assert found.unchanged == len(same)
    assert {group: before.get(group) for group in same} == {group: after.get(group) for group in same}
    sums: Counter[tuple[str, Kind]] = Counter()
    for change in found.changes:
        sums[change.group.side, change.group.kind] += change.strength
    assert not any(sums.values())
    assert [total.strength for total in found.totals] == [0] * len(found.totals)


@given(any_scenarios(), some_fields, st.data())
def test_the_orders_that_moved_it(told: Scenario, by: tuple[str, ...], data: st.DataObject) -> None:
    """They are those that posted to one account of the line and one outside after the first time and up to the last."""
    book = _book(told)
    first, last = sorted(data.draw(st.tuples(_minutes(told), _minutes(told))))
    posted: dict[int, tuple[str, list[Group]]] = {}
    for each in book.postings():
        if first < each.at <= last and each.order is not None:
            assert each.place is not None and each.readiness is not None
            _, groups = posted.setdefault(each.position, (each.order, []))
            groups.append(_group_of(book, by, each.unit, each.place, each.readiness))
    for change in between(book, first, last, by).changes:
        moved = {order for order, groups in posted.values() if groups.count(change.group) == 1}
        assert change.orders == tuple(sorted(moved))


@given(any_scenarios(), some_fields, st.data())
def test_changes_compose(told: Scenario, by: tuple[str, ...], data: st.DataObject) -> None:
    """What changed from one time to a second and on to a third is what changed from the first to the third."""
    book = _book(told)
    first, second, third = sorted(data.draw(st.tuples(_minutes(told), _minutes(told), _minutes(told))))
    whole = {change.group: change for change in between(book, first, third, by).changes}
    steps = (between(book, first, second, by), between(book, second, third, by))
    sums: Counter[Group] = Counter()
    orders: dict[Group, set[str]] = {}
    for step in steps:
        for change in step.changes:
            sums[change.group] += change.strength
            orders.setdefault(change.group, set()).update(change.orders)
    assert {group: change for group, change in sums.items() if change} == {
        group: change.strength for group, change in whole.items() if change.strength
    }
    for group, change in whole.items():
        assert set(change.orders) >= orders.get(group, set())


@given(any_scenarios(), any_scenarios(), some_fields)
def test_across_is_the_same_both_ways(one: Scenario, other: Scenario, by: tuple[str, ...]) -> None:
    """Before and after change places, and the change its sign; a run does not differ from itself."""
    first, second = _book(one), _book(other)
    there = across(first, second, one.end, other.end, by)
    back = across(second, first, other.end, one.end, by)
    assert [_turned(change) for change in there.changes] == list(back.changes)
    assert (there.unchanged, len(there.totals)) == (back.unchanged, len(back.totals))
    for change in there.changes:
        assert _reaches(change.span, change.strength)
    assert across(first, first, one.end, one.end, by).changes == ()


@given(any_scenarios(), some_fields, st.data())
def test_across_one_run_is_between_its_times(told: Scenario, by: tuple[str, ...], data: st.DataObject) -> None:
    """All but the orders: across runs, those of a move out and back again do not make a difference."""
    book = _book(told)
    first, last = sorted(data.draw(st.tuples(_minutes(told), _minutes(told))))
    inside, outside = between(book, first, last, by), across(book, book, first, last, by)
    assert evolve(outside, changes=()) == evolve(inside, changes=())
    for change, other in zip(inside.changes, outside.changes, strict=True):
        assert evolve(change, orders=()) == evolve(other, orders=())
        assert set(other.orders) <= set(change.orders)


def _book(told: Scenario) -> Book:
    return Book.replay(simulate(told))


def _minutes(told: Scenario) -> st.SearchStrategy[int]:
    """Minutes of a run, often those at which something happens."""
    due = {minute for order in told.orders.values() for minute in _dates(told, order.id)}
    return st.one_of(st.integers(0, told.end), st.sampled_from(sorted({0, told.end, *due})))


def _dates(told: Scenario, name: str) -> list[int]:
    order = told.orders[name]
    legs = legs_of(order) if order.moves else ()
    each = [order.at, *(minute for leg in legs for minute in (leg.leaves, leg.arrives))]
    return [minute for minute in each if minute is not None and minute <= told.end]


def _lines(book: Book, minute: int, by: tuple[str, ...]) -> dict[Group, Held]:
    """What the lines hold at a minute: a series with one time, which has its own laws."""
    return {line.group: line.held[0] for line in book.series(by, [minute]).lines}


def _group_of(book: Book, by: tuple[str, ...], name: str, place: str, readiness: Readiness) -> Group:
    """The line of an account, from the definitions."""
    of = book.units[name]
    values = {"unit": name, "place": place, "readiness": readiness, "side": of.side, "origin": of.origin}
    values["country"] = country_of(book.places, place) or ""
    on_its_way = readiness is Readiness.IN_TRANSIT
    return Group(of.side, of.kind, on_its_way, tuple(str(values[field]) for field in by))


def _turned(change: Change) -> Change:
    low, high = (None if bound is None else -bound for bound in (change.span.high, change.span.low))
    return Change(change.group, change.after, change.before, Span(low, high), change.orders)


def _reaches(span: Span, strength: int) -> bool:
    """Whether a nominal change lies in a span: with its unit's nominal strength in the interval, it does."""
    return (span.low is None or span.low <= strength) and (span.high is None or strength <= span.high)
