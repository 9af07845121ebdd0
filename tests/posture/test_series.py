"""Series: the posture over time, as if it had been asked for moment by moment."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.calendar import TimeError
from sim.domain.quantity import Interval
from sim.domain.scenario import Scenario
from sim.domain.vocabulary import CERTAINTY, Basis, Kind, Readiness
from sim.engine import simulate
from sim.errors import UsageError
from sim.posture import Book, Row, snapshot
from sim.posture.held import NOTHING, Group, Held, key_of
from sim.posture.series import Line, Series, courses
from sim.posture.snapshot import FIELDS, grouped
from tests.story import CALENDAR, alert, cited, deploy, part, recall, scenario, unit
from tests.strategies import any_scenarios

some_fields = st.lists(st.sampled_from(list(FIELDS)), unique=True, max_size=3).map(tuple)


def _line(place: str, *held: Held, side: str = "US", kind: Kind = Kind.TROOPS, in_transit: bool = False) -> Line:
    return Line(Group(side, kind, in_transit, (place,)), held)


def _of_about_1000(strength: int, basis: Basis | None = None) -> Held:
    return Held(strength, Interval(strength * 9 // 10, strength * 11 // 10), basis)


def test_a_series() -> None:
    """Whenever something changed, each line has what it holds, 0 where it holds nothing; sides and kinds stay apart."""
    units = [unit("a", "about 1000"), unit("jets", "24", kind=Kind.AIRCRAFT), unit("x", "5", side="RU", place="pl")]
    parts = [part(600), part(400, leaves=200, arrives=260, grounds=cited("pap"))]
    orders = [alert("up", 20, "a"), deploy("go", 50, "a", parts=parts)]
    assert _book(scenario(units, orders)).series() == Series(
        CALENDAR,
        ("place",),
        (0, 20, 50, 110, 200, 260),
        (
            _line("pl", *[Held(5, Interval(5, 5), None)] * 6, side="RU"),
            _line("home", *[Held(24, Interval(24, 24), None)] * 6, kind=Kind.AIRCRAFT),
            _line("home", *map(_of_about_1000, (1000, 1000, 400, 400)), NOTHING, NOTHING),
            _line(
                "pl",
                NOTHING,
                NOTHING,
                NOTHING,
                *[_of_about_1000(600, Basis.ASSUMED)] * 2,
                _of_about_1000(1000, Basis.ASSUMED),
            ),
            _line(
                "pl",
                NOTHING,
                NOTHING,
                _of_about_1000(600, Basis.ASSUMED),
                NOTHING,
                _of_about_1000(400, Basis.ANNOUNCED),
                NOTHING,
                in_transit=True,
            ),
        ),
    )


def test_times_that_are_asked_for() -> None:
    """Each once and in order, as minutes, text or datetimes; a line is there where it holds something at one."""
    book = _book(scenario([unit("a")], [deploy("go", 60, "a"), recall("back", 200, "a", transit=30)]))
    series = book.series(times=[150, "start", datetime(2022, 1, 24, 2, 30, tzinfo=UTC), datetime(2022, 1, 24, 1, 59)])
    assert (series.times, [line.group.values for line in series.lines]) == (
        (0, 119, 150),
        [("home",), ("pl",), ("pl",)],
    )
    assert [[held.strength for held in line.held] for line in series.lines] == [[100, 0, 0], [0, 0, 100], [0, 100, 0]]
    assert [line.group.values for line in book.series(times=[0]).lines] == [("home",)]
    assert book.series(times=[]) == Series(CALENDAR, ("place",), (), ())
    with pytest.raises(TimeError, match=r"^'soon' is not a date"):
        book.series(times=["soon"])


def test_fields() -> None:
    """Any of the posture's, each once, or none; a field that there is not is named, with those that there are."""
    book = _book(scenario([unit("a"), unit("b", place="pl")], [alert("up", 20, "a")]))
    assert [line.group.values for line in book.series(()).lines] == [()]
    by = book.series(("readiness", "country", "readiness"))
    assert (by.by, [line.group.values for line in by.lines]) == (
        ("readiness", "country"),
        [("garrison", "PL"), ("garrison", "US"), ("heightened-alert", "US")],
    )
    with pytest.raises(UsageError) as caught:
        book.series(("colour",))
    assert str(caught.value) == (
        "there is no field 'colour'\n  There are: place, country, unit, side, readiness, origin."
    )


def test_nobody() -> None:
    """Without units there is a start, and no line."""
    assert _book(scenario([])).series() == Series(CALENDAR, ("place",), (0,), ())


@given(any_scenarios(), some_fields)
def test_it_is_the_snapshots(told: Scenario, by: tuple[str, ...]) -> None:
    """At every one of its times, what its lines hold is what the rows of the snapshot come to, and no more."""
    book = _book(told)
    series = book.series(by)
    assert series.times == tuple(sorted({0, *(posted.at for posted in book.postings())}))
    for turn, minute in enumerate(series.times):
        assert {line.group: line.held[turn] for line in series.lines if line.held[turn] != NOTHING} == _held(
            book, minute, by
        )
    assert all(any(held.strength for held in line.held) for line in series.lines)
    groups = [line.group for line in series.lines]
    assert groups == sorted(set(groups))


@given(any_scenarios(), some_fields, st.data())
def test_times_change_nothing_else(told: Scenario, by: tuple[str, ...], data: st.DataObject) -> None:
    """Whichever times are asked for, each has what it has in a series of its own."""
    book = _book(told)
    times = data.draw(st.lists(st.integers(0, told.end), max_size=5))
    series = book.series(by, times)
    assert series.times == tuple(sorted(set(times)))
    for turn, minute in enumerate(series.times):
        alone = {line.group: line.held[0] for line in book.series(by, [minute]).lines}
        assert {line.group: line.held[turn] for line in series.lines if line.held[turn].strength} == alone


@given(any_scenarios(), some_fields)
def test_a_course_is_a_series_without_repetition(told: Scenario, by: tuple[str, ...]) -> None:
    """What it holds between its steps is what the series has whenever something changed; and each step changes it."""
    book = _book(told)
    series = book.series(by)
    found = {course.group: course.steps for course in courses(book, key_of(by))}
    assert list(found) == [line.group for line in series.lines]
    for line in series.lines:
        before = [NOTHING, *line.held]
        steps = zip(series.times, line.held, before, strict=False)
        assert found[line.group] == tuple((minute, held) for minute, held, last in steps if held != last)


def _book(told: Scenario) -> Book:
    return Book.replay(simulate(told))


def _held(book: Book, minute: int, by: tuple[str, ...]) -> dict[Group, Held]:
    """What the rows of a snapshot come to, group by group."""

    def key(row: Row) -> tuple[str, ...]:
        moving = "on its way" if row.readiness is Readiness.IN_TRANSIT else ""
        return (row.side, row.kind, moving, *(FIELDS[field](row) for field in by))

    rows = snapshot(book, minute).rows
    weakest: dict[tuple[str, ...], Basis | None] = {}
    for basis in (None, *reversed(CERTAINTY)):
        weakest |= {key(row): basis for row in rows if row.basis is basis}
    return {
        Group(group[0], Kind(group[1]), bool(group[2]), group[3:]): Held(*held, weakest[group])
        for group, held in grouped(book.units, rows, key).items()
    }
