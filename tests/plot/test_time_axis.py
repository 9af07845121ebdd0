"""The axis of time: ticks where clocks on the wall have hours, days and months."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.calendar import Calendar
from sim.plot.time_axis import drawn_to, ticks

HOUR, DAY = 60, 1440
WARSAW = Calendar(
    datetime(2022, 3, 24, 23, 0, tzinfo=UTC), "Europe/Warsaw"
)  # at midnight, and clocks change on the 27th


@pytest.mark.parametrize(
    ("calendar", "end", "shown"),
    [
        (WARSAW, 5 * HOUR, ["25 00:00", "25 01:00", "25 02:00", "25 03:00", "25 04:00", "25 05:00"]),
        (WARSAW, 30 * HOUR, ["25 00:00", "25 06:00", "25 12:00", "25 18:00", "26 00:00", "26 06:00"]),
        (WARSAW, 6 * DAY, ["25 00:00", "26 00:00", "27 00:00", "28 00:00", "29 00:00", "30 00:00", "31 00:00"]),
        (WARSAW, 300 * DAY, ["01 00:00"] * 5),
        (Calendar(datetime(9999, 1, 1, tzinfo=UTC)), 364 * DAY, ["01 00:00"] * 6),
    ],
)
def test_where_ticks_are(calendar: Calendar, end: int, shown: list[str]) -> None:
    """Also when clocks change, or the calendar ends."""
    assert [f"{calendar.local(minute):%d %H:%M}" for minute in ticks(calendar, end, 7)] == shown


@given(
    st.integers(1, 4_000_000_000), st.integers(2, 12), st.sampled_from(["UTC", "America/New_York", "Asia/Kathmandu"])
)
def test_ticks_are_few_and_within_the_run(end: int, most: int, zone: str) -> None:
    """However long a run is; rising, each once."""
    shown = ticks(Calendar(datetime(1600, 5, 17, 4, 30, tzinfo=UTC), zone), end, most)
    assert len(shown) <= most + 1
    assert shown == sorted(set(shown))
    assert all(0 <= minute <= end for minute in shown)


def test_what_happens_last_is_drawn() -> None:
    """Lines go on a little after the end."""
    assert (drawn_to(0), drawn_to(1000)) == (1, 1020)
