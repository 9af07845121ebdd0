"""Times: what a date, a time, a month and D+n mean, where clocks change, and how minutes are written."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.calendar import (
    Calendar,
    Edge,
    TimeError,
    format_duration,
    format_utc,
    parse_duration,
    parse_instant,
    parse_utc,
    zone,
)
from tests.strategies import calendars

FIRST, LAST = Edge.FIRST, Edge.LAST


@pytest.mark.parametrize(
    ("text", "edge", "timezone", "instant"),
    [
        ("2022-02-03", FIRST, "UTC", "2022-02-03T00:00"),
        ("2022-02-03", LAST, "UTC", "2022-02-03T23:59"),
        (" 2022-02-03 ", LAST, "UTC", "2022-02-03T23:59"),
        ("2022-02-03", FIRST, "America/New_York", "2022-02-03T05:00"),
        ("2022-02-03", LAST, "America/New_York", "2022-02-04T04:59"),
        ("2024-02-29", FIRST, "UTC", "2024-02-29T00:00"),
        ("2022-02", FIRST, "UTC", "2022-02-01T00:00"),
        ("2022-02", LAST, "UTC", "2022-02-28T23:59"),
        ("2024-02", LAST, "UTC", "2024-02-29T23:59"),
        ("2022-12", LAST, "America/New_York", "2023-01-01T04:59"),
        ("2022-12", FIRST, "UTC", "2022-12-01T00:00"),
        ("2022-03", LAST, "America/New_York", "2022-04-01T03:59"),
        ("2022-02-03T08:00", FIRST, "UTC", "2022-02-03T08:00"),
        ("2022-02-03T08:00", LAST, "Europe/Warsaw", "2022-02-03T07:00"),
        ("2022-02-03 08:00", FIRST, "UTC", "2022-02-03T08:00"),
        ("2022-02-03t08:00:00z", FIRST, "Europe/Warsaw", "2022-02-03T08:00"),
        ("2022-02-03T08:00+01:00", FIRST, "America/New_York", "2022-02-03T07:00"),
        ("2022-02-03T08:00-0530", FIRST, "UTC", "2022-02-03T13:30"),
        ("2022-02-03T00:00+14:59", FIRST, "UTC", "2022-02-02T09:01"),
        ("0001-01-01", FIRST, "UTC", "0001-01-01T00:00"),
        ("9999-12-31", LAST, "UTC", "9999-12-31T23:59"),
        ("9999-12", LAST, "UTC", "9999-12-31T23:59"),
    ],
)
def test_what_a_text_means(text: str, edge: Edge, timezone: str, instant: str) -> None:
    """A date and a month are their first or last minute; a time is itself, in its offset or the scenario's zone."""
    assert parse_instant(text, edge, timezone, month=True) == datetime.fromisoformat(instant + "Z")


@pytest.mark.parametrize(
    ("text", "edge", "timezone", "instant"),
    [
        ("2022-03-13", FIRST, "America/New_York", "2022-03-13T05:00"),
        ("2022-03-13", LAST, "America/New_York", "2022-03-14T03:59"),
        ("2022-11-06", FIRST, "America/New_York", "2022-11-06T04:00"),
        ("2022-11-06", LAST, "America/New_York", "2022-11-07T04:59"),
        ("2022-03-13T01:59", FIRST, "America/New_York", "2022-03-13T06:59"),
        ("2022-03-13T03:00", FIRST, "America/New_York", "2022-03-13T07:00"),
        ("2022-11-06T00:59", FIRST, "America/New_York", "2022-11-06T04:59"),
        ("2022-11-06T02:00", FIRST, "America/New_York", "2022-11-06T07:00"),
        ("2022-11-06T01:30-05:00", FIRST, "America/New_York", "2022-11-06T06:30"),
        # São Paulo's clocks went from 24:00 back to 23:00, and from 24:00 on to 01:00.
        ("2018-02-17", LAST, "America/Sao_Paulo", "2018-02-18T02:59"),
        ("2018-02-18", FIRST, "America/Sao_Paulo", "2018-02-18T03:00"),
        ("2018-11-04", FIRST, "America/Sao_Paulo", "2018-11-04T03:00"),
        ("2018-11-03", LAST, "America/Sao_Paulo", "2018-11-04T02:59"),
    ],
)
def test_days_on_which_clocks_change(text: str, edge: Edge, timezone: str, instant: str) -> None:
    """A day is as long as its clocks make it: the days around it neither overlap nor leave a gap."""
    assert parse_instant(text, edge, timezone) == datetime.fromisoformat(instant + "Z")


_FORMS = "a date (2022-02-03), a time (2022-02-03T08:00, with an offset such as Z or +01:00 if need be) or D+3"


@pytest.mark.parametrize(
    ("text", "timezone", "message"),
    [
        ("soon", "UTC", f"'soon' is not {_FORMS}"),
        ("2022-02", "UTC", f"'2022-02' is not {_FORMS}"),
        ("2022-2-3", "UTC", f"'2022-2-3' is not {_FORMS}"),
        ("2022-02-03T08:00:30", "UTC", f"'2022-02-03T08:00:30' is not {_FORMS}"),
        ("2022-02-03T8:00", "UTC", f"'2022-02-03T8:00' is not {_FORMS}"),
        ("٢٠٢٢-02-03", "UTC", f"'٢٠٢٢-02-03' is not {_FORMS}"),
        ("x" * 41, "UTC", f"'{'x' * 37}...' is not {_FORMS}"),
        ("2022-02-29", "UTC", "'2022-02-29' is not a date that exists"),
        ("2022-13-01", "UTC", "'2022-13-01' is not a date that exists"),
        ("0000-01-01", "UTC", "'0000-01-01' is not a date that exists"),
        ("2022-02-30T08:00", "UTC", "'2022-02-30T08:00' is not a date that exists"),
        ("2022-02-03T24:00", "UTC", "'2022-02-03T24:00' is not a time of day: hours go to 23 and minutes to 59"),
        ("2022-02-03T08:60", "UTC", "'2022-02-03T08:60' is not a time of day: hours go to 23 and minutes to 59"),
        ("2022-02-03T08:00+15:00", "UTC", "'2022-02-03T08:00+15:00' has an offset that no clock has"),
        ("2022-02-03T08:00+01:60", "UTC", "'2022-02-03T08:00+01:60' has an offset that no clock has"),
        (
            "2022-11-06T01:30",
            "America/New_York",
            "'2022-11-06T01:30' happens twice in America/New_York, as clocks go back; write its offset",
        ),
        (
            "2022-03-13T02:30",
            "America/New_York",
            "'2022-03-13T02:30' does not exist in America/New_York: clocks skip it; write a time that does",
        ),
        ("2022-02-03", "Mars/Base", "'Mars/Base' is not a time zone such as Europe/Warsaw"),
        ("2022-02-03", "../UTC", "'../UTC' is not a time zone such as Europe/Warsaw"),
        ("2022-02-03", "Europe", "'Europe' is not a time zone such as Europe/Warsaw"),
        ("9999-12-31", "Asia/Kathmandu", None),
        ("9999-12-31T23:59", "America/New_York", "9999-12-31T23:59 lies outside the years 1 to 9999"),
        ("0001-01-01T00:30+01:00", "UTC", "0001-01-01T00:30 lies outside the years 1 to 9999"),
        (
            "1850-01-01",
            "America/New_York",
            "America/New_York was -1 day, 19:03:58 from UTC in 1850, not a whole minute; use timezone: UTC",
        ),
    ],
)
def test_what_is_no_time(text: str, timezone: str, message: str | None) -> None:
    """What is no time, or never was on the clocks, is refused with the reason; what a zone can hold is not."""
    if message is None:
        assert parse_instant(text, FIRST, timezone) == datetime(9999, 12, 30, 18, 15, tzinfo=UTC)
        return
    with pytest.raises(TimeError) as caught:
        parse_instant(text, FIRST, timezone)
    assert str(caught.value) == message


def test_a_month_that_does_not_exist() -> None:
    """A month is checked like a date."""
    with pytest.raises(TimeError, match=r"^'2022-13' is not a date that exists$"):
        parse_instant("2022-13", FIRST, "UTC", month=True)


CALENDAR = Calendar(datetime(2022, 1, 24, 5, 0, tzinfo=UTC), "America/New_York")


@pytest.mark.parametrize(
    ("text", "edge", "minute"),
    [
        ("2022-01-24", FIRST, 0),
        ("2022-01-24", LAST, 1439),
        ("2022-01-23", LAST, -1),
        ("2022-02-03T08:00", FIRST, 10 * 1440 + 480),
        ("D+0", FIRST, 0),
        ("d+3", LAST, 4320),
        (" D+999999 ", FIRST, 1_439_998_560),
        ("2022-03-14", FIRST, 49 * 1440 - 60),
    ],
)
def test_minutes_of_a_run(text: str, edge: Edge, minute: int) -> None:
    """Times are minutes since the start; D+n is n days of 1,440 minutes, whatever the clocks do."""
    assert CALENDAR.parse(text, edge) == minute


@pytest.mark.parametrize("text", ["D+", "D+-1", "D+1000000", "D3", "D+1.5"])
def test_what_is_no_day_count(text: str) -> None:
    """A day count has one to six digits."""
    with pytest.raises(TimeError):
        CALENDAR.parse(text, FIRST)


def test_stamps() -> None:
    """Results are stamped to the second, the log to the minute, in UTC; readers see their own zone."""
    assert CALENDAR.stamp(51839) == "2022-03-01T04:59:00Z"
    assert CALENDAR.log_stamp(51839) == "2022-03-01T04:59Z"
    assert CALENDAR.local(51839).isoformat() == "2022-02-28T23:59:00-05:00"
    assert CALENDAR.log_stamp(-1) == "2022-01-24T04:59Z"
    assert Calendar(datetime(1, 1, 1, tzinfo=UTC)).stamp(0) == "0001-01-01T00:00:00Z"


@pytest.mark.parametrize("minute", [10**13, 10**10, -(10**10)])
def test_minutes_outside_the_years(minute: int) -> None:
    """Minutes that no date has are refused, not overflowed."""
    with pytest.raises(TimeError, match=f"minute {minute} lies outside the years 1 to 9999"):
        CALENDAR.instant(minute)


@given(calendars(), st.integers(-(10**7), 10**7))
def test_minutes_round_trip(calendar: Calendar, minute: int) -> None:
    """A minute's date is that minute; a stamp reads back as its instant; a local time with its offset does too."""
    instant = calendar.instant(minute)
    assert calendar.minute(instant) == minute
    assert calendar.parse(calendar.log_stamp(minute), LAST) == minute
    assert calendar.parse(calendar.stamp(minute), FIRST) == minute
    assert parse_utc(format_utc(instant)) == parse_utc(calendar.log_stamp(minute)) == instant
    local = calendar.local(minute)
    if local.utcoffset() == timedelta(minutes=(local.utcoffset() or timedelta()) // timedelta(minutes=1)):
        assert calendar.parse(local.isoformat(timespec="minutes"), FIRST) == minute


@given(calendars(), st.dates(datetime(1950, 1, 1).date(), datetime(2100, 1, 1).date()))
def test_days_follow_one_another(calendar: Calendar, day: object) -> None:
    """A day's last minute is the one before the next day's first; a month's ends are those of its days."""
    assert isinstance(day, datetime | type(datetime(1950, 1, 1).date()))
    text, following = day.isoformat(), (day + timedelta(days=1)).isoformat()
    assert calendar.parse(text, LAST) + 1 == calendar.parse(following, FIRST)
    assert calendar.parse(text[:7], FIRST, month=True) <= calendar.parse(text, FIRST) < calendar.parse(text, LAST)
    assert calendar.parse(text, LAST) <= calendar.parse(text[:7], LAST, month=True)


@pytest.mark.parametrize("text", ["2022-01-24", "2022-01-24T05:00+01:00", "now", ""])
def test_what_is_no_utc_time(text: str) -> None:
    """Only what format_utc writes is read back."""
    with pytest.raises(TimeError):
        parse_utc(text)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("12h", 720),
        ("2d", 2880),
        ("90m", 90),
        ("1d12h", 2160),
        ("1d 12h 30m", 2190),
        (" 1D 1H 1M ", 1501),
        ("36h", 2160),
        ("1m", 1),
        ("0d1m", 1),
        ("999999d", 1_439_998_560),
    ],
)
def test_durations(text: str, minutes: int) -> None:
    """Days, hours and minutes, in that order; each may be missing."""
    assert parse_duration(text) == minutes


@pytest.mark.parametrize("text", ["0h", " 0d 0h 0m "])
def test_no_time_at_all(text: str) -> None:
    """Of what is written as a duration but is none, it is said that it has to be above 0."""
    with pytest.raises(TimeError) as caught:
        parse_duration(text)
    assert str(caught.value) == f"'{text}' is no time at all: a duration is above 0, such as 1m"


@pytest.mark.parametrize("text", ["", "12", "h", "12h1d", "-1h", "1.5h", "1h1h", "1000000d", "1w", "x" * 41])
def test_what_is_no_duration(text: str) -> None:
    """Every number has its unit, and they come in turn."""
    shown = text if len(text) <= 40 else text[:37] + "..."
    with pytest.raises(TimeError) as caught:
        parse_duration(text)
    assert str(caught.value) == f"'{shown}' is not a duration such as 12h, 2d, 90m or 1d12h"


@pytest.mark.parametrize(
    ("minutes", "text"), [(720, "12h"), (2160, "1d12h"), (90, "1h30m"), (1440, "1d"), (1501, "1d1h1m"), (0, "0m")]
)
def test_durations_as_text(minutes: int, text: str) -> None:
    """The shortest text."""
    assert format_duration(minutes) == text


@given(st.integers(1, 10**9))
def test_durations_round_trip(minutes: int) -> None:
    """What is written reads back as the same minutes."""
    assert parse_duration(format_duration(minutes)) == minutes


def test_zones_are_known_by_name() -> None:
    """UTC is itself; any other is looked up once."""
    assert zone("UTC") is UTC
    assert zone("Europe/Warsaw") is zone("Europe/Warsaw")


@pytest.mark.parametrize(
    ("text", "timezone", "ends"),
    [
        ("2022-02-28T23:59", "UTC", True),
        ("2022-02-28T23:58", "UTC", False),
        ("2022-02-27T23:59", "UTC", False),
        ("2022-03-01T04:59", "America/New_York", True),
        ("2022-02-28T23:59", "America/New_York", False),
        ("2009-11-01T02:29", "America/St_Johns", False),  # 23:59 comes twice that night: this is the first
        ("2009-11-01T03:29", "America/St_Johns", True),
        ("0001-01-31T23:59", "UTC", True),
        ("0001-01-01T00:00", "UTC", False),
        ("9999-12-31T23:59", "UTC", True),
        ("9999-12-31T23:58", "UTC", False),
        ("9999-12-31T23:59", "America/New_York", False),
        ("1850-01-31T23:59", "America/New_York", False),
    ],
)
def test_the_end_of_a_month(text: str, timezone: str, ends: bool) -> None:
    """It is the last minute that the clocks of the zone show in a month, from the first year to the last one."""
    calendar = Calendar(datetime(2022, 1, 24, tzinfo=UTC), timezone)
    assert calendar.ends_month(calendar.minute(parse_utc(text))) == ends


@given(calendars(), st.integers(1, 9999), st.integers(1, 12))
def test_a_month_that_is_read_ends_there(calendar: Calendar, year: int, month: int) -> None:
    """What a month is read as is the end of a month."""
    try:
        minute = calendar.parse(f"{year:04d}-{month:02d}", LAST, month=True)
    except TimeError:
        return
    assert calendar.ends_month(minute)
