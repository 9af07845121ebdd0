"""Opening: when a port works, and when work is done that rests while it is closed."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.calendar import Calendar
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


def test_when_the_years_end() -> None:
    """What lies beyond the last day there is has no clocks: there it stays open."""
    last = Calendar(datetime(9999, 12, 29, tzinfo=UTC))
    assert Opening(Hours(600, 660), last).finish(600, 10_000) > 3 * DAY
