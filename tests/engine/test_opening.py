"""Opening: when a port works, and when work is done that rests while it is closed."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.calendar import Calendar, Edge
from sim.domain.lift import Hours
from sim.engine.opening import Opening
from tests.engine.lift_strategies import calendars, hours

DAY = 1440
UTC_2022 = Calendar(datetime(2022, 1, 24, tzinfo=UTC))


def _open(opening: Opening, start: int, end: int) -> list[bool]:
    return [opening.next_open(minute) == minute for minute in range(start, end)]


@pytest.mark.parametrize(
    ("opens", "closes", "asked", "minutes", "begins", "done"),
    [
        (360, 1320, 0, 135, 360, 495),
        (360, 1320, 360, 135, 360, 495),
        (360, 1320, 1300, 135, 1300, DAY + 475),
        (360, 1320, 1319, 1, 1319, 1320),
        (360, 1320, 1320, 1, DAY + 360, DAY + 361),
        (1320, 360, 0, 400, 0, 1360),
        (1320, 360, 400, 400, 1320, 1720),
        (0, 0, 77, 5000, 77, 5077),
        (600, 600, 77, 5000, 77, 5077),
        (600, 601, 0, 3, 600, 2 * DAY + 601),
    ],
)
def test_work(opens: int, closes: int, asked: int, minutes: int, begins: int, done: int) -> None:
    """It begins when the port is open, rests while it is closed, and goes on."""
    opening = Opening(Hours(opens, closes), UTC_2022)
    assert opening.next_open(asked) == begins
    assert opening.finish(begins, minutes) == done


@given(hours, calendars, st.integers(0, 4 * DAY), st.integers(1, 3 * DAY))
def test_open_minutes_are_what_is_not_closed(times: Hours, calendar: Calendar, start: int, minutes: int) -> None:
    """Work of so many minutes is done when so many have been open; the rest of them were closed."""
    opening, asked_first = Opening(times, calendar), Opening(times, calendar)
    begins = opening.next_open(start)
    end = opening.finish(begins, minutes)
    worked = _open(opening, begins, end)
    assert (sum(worked), worked[0], worked[-1]) == (minutes, True, True)
    assert asked_first.closed_between(start, end) == end - start - sum(_open(opening, start, end))


@given(hours, st.integers(-3 * DAY, 3 * DAY).map(abs))
def test_the_clock_says_so(times: Hours, minute: int) -> None:
    """Where clocks do not change it is open by the time of day alone."""
    of_day = minute % DAY
    by_day = times.opens <= of_day < times.closes
    overnight = times.closes <= times.opens and not times.closes <= of_day < times.opens
    assert (Opening(times, UTC_2022).next_open(minute) == minute) == (by_day or overnight)


def test_clocks_that_change() -> None:
    """A port opens at six by its own clocks, which go forward in the night to 13 March 2022 in New York."""
    opening = Opening(Hours(360, 1320), Calendar(datetime(2022, 3, 12, 5, tzinfo=UTC), "America/New_York"))
    assert [opening.next_open(minute) for minute in (0, 1320, 1320 + DAY)] == [360, DAY + 300, 2 * DAY + 300]


# When the clocks of a zone went forward or back: by an hour, by half of one, at midnight, and by whole days.
_CHANGES = st.sampled_from(
    [
        ("Europe/Warsaw", datetime(2022, 3, 27, 1)),
        ("Europe/Warsaw", datetime(2022, 10, 30, 1)),
        ("America/New_York", datetime(2007, 3, 11, 7)),
        ("America/New_York", datetime(2030, 11, 3, 6)),
        ("Australia/Lord_Howe", datetime(2023, 4, 1, 15)),
        ("Australia/Lord_Howe", datetime(2023, 9, 30, 15, 30)),
        ("Asia/Beirut", datetime(2021, 3, 27, 22)),
        ("Africa/Casablanca", datetime(2022, 5, 8, 2)),
        ("Antarctica/Troll", datetime(2021, 10, 31, 1)),
        ("Pacific/Apia", datetime(2011, 12, 30, 10)),
        ("Pacific/Kwajalein", datetime(1969, 9, 30, 13)),
    ]
)
_of_day = st.one_of(st.integers(0, 1439), st.integers(0, 240), st.sampled_from([0, 119, 120, 150, 179, 180, 195]))
_hours = st.builds(Hours, _of_day, _of_day)

_ABOUT = range(-5 * DAY, 7 * DAY)
"""Minutes about the first two days."""


@cache
def _shown(calendar: Calendar) -> list[datetime]:
    """What the clocks show, minute by minute."""
    return [calendar.local(minute).replace(tzinfo=None) for minute in _ABOUT]


@cache
def _comes(day: date, of_day: int, calendar: Calendar) -> int:
    """The minute at which clocks first show a time; where they skip it, as much later as they go forward there."""
    sought = datetime.combine(day, time(*divmod(of_day, 60)))
    shown = _shown(calendar)
    for minute, (before, after) in zip(_ABOUT[1:], pairwise(shown), strict=True):
        if after == sought:
            return minute
        if before < sought < after:
            skipped = after - before - timedelta(minutes=1)
            return _ABOUT[shown.index(sought + skipped)]
    raise AssertionError(f"{sought} does not come")


@given(times=_hours, change=_CHANGES, hours_before=st.sampled_from([1, 9, 30]))
def test_clocks_on_the_wall(times: Hours, change: tuple[str, datetime], hours_before: int) -> None:
    """About a change of clocks, minute by minute, it is open from when they first show one time to another."""
    timezone, at = change
    calendar = Calendar(at.replace(tzinfo=UTC) - timedelta(hours=hours_before), timezone)
    first = calendar.local(0).date()
    should = set[int]()
    for day in (first + timedelta(days=number) for number in range(-3, 5)):
        closing = day + timedelta(days=times.closes <= times.opens)
        should.update(range(_comes(day, times.opens, calendar), _comes(closing, times.closes, calendar)))

    worked = sorted(minute for minute in should if minute >= 0)

    opening = Opening(times, calendar)
    asked = range(2 * DAY)
    assert [opening.next_open(minute) for minute in asked] == [worked[bisect_left(worked, minute)] for minute in asked]
    assert [opening.closed_between(0, minute) for minute in asked] == _closed(should, asked)
    done = [opening.finish(worked[0], minutes) for minutes in range(1, len(worked) + 1)]
    assert done == [minute + 1 for minute in worked]


def _closed(should: set[int], asked: range) -> list[int]:
    closed = [0]
    for minute in asked[:-1]:
        closed.append(closed[-1] + (minute not in should))
    return closed


@pytest.mark.parametrize(
    ("opens", "closes", "stretches"),
    [
        (150, 195, [("25T01:30", "25T02:15"), ("26T01:30", "26T02:15"), ("28T00:30", "28T01:15")]),
        (120, 180, [("25T01:00", "25T02:00"), ("26T01:00", "26T02:00"), ("28T00:00", "28T01:00")]),
        (150, 240, [("25T01:30", "25T03:00"), ("26T01:30", "26T03:00"), ("27T01:30", "27T02:00")]),
        (195, 150, [("25T01:00", "25T01:30"), ("25T02:15", "26T01:30"), ("26T02:15", "28T00:30")]),
    ],
)
def test_hours_that_clocks_skip(opens: int, closes: int, stretches: Sequence[tuple[str, str]]) -> None:
    """Warsaw knows no time from two to three on 27 March 2022: a port that would close by then stays closed."""
    calendar = Calendar(datetime(2022, 3, 25, 1, tzinfo=UTC), "Europe/Warsaw")
    opening = Opening(Hours(opens, closes), calendar)
    found, minute = [], opening.next_open(calendar.parse("2022-03-25T02:00", Edge.FIRST))
    for _ in stretches:
        minute = opening.next_open(minute)
        ends = minute
        while not opening.closed_between(ends, ends + 1):
            ends += 1
        found.append((calendar.log_stamp(minute)[8:16], calendar.log_stamp(ends)[8:16]))
        minute = ends
    assert found == list(stretches)


def test_when_the_years_begin() -> None:
    """Nothing lies before the first day there is."""
    first = Calendar(datetime(1, 1, 1, tzinfo=UTC))
    opening = Opening(Hours(1320, 60), first)
    assert (opening.next_open(0), opening.finish(1320, 181)) == (1320, 1440 + 1321)


def test_when_the_years_end() -> None:
    """What lies beyond the last day there is has no clocks: there it stays open."""
    last = Calendar(datetime(9999, 12, 29, tzinfo=UTC))
    assert Opening(Hours(600, 660), last).finish(600, 10_000) > 3 * DAY


def test_hours_are_kept_for_a_time() -> None:
    """From the first day on that it would open at the given minute or later, it stays open; nothing walks on for it."""
    opening = Opening(Hours(600, 660), UTC_2022, 3 * DAY)
    assert opening.next_open(2 * DAY) == 2 * DAY + 600
    assert opening.finish(600, 180) == 2 * DAY + 660
    assert opening.finish(600, 181) == 2 * DAY + 661
    assert opening.finish(600, 10**13) == 2 * DAY + 480 + 10**13
