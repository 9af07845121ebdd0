"""Days: local midnights, whatever clocks do."""

from datetime import UTC, date, datetime

from sim.atlas.day import DAYS_MAX, days
from sim.domain.calendar import Calendar

HOUR = 60


def test_midnights_where_clocks_go_forward() -> None:
    """On 27 March 2022 the day in Warsaw has 23 hours; a run that begins at noon has its first midnight after 12."""
    calendar = Calendar(datetime(2022, 3, 26, 11, tzinfo=UTC), "Europe/Warsaw")
    assert list(days(calendar, 60 * HOUR)) == [
        (12 * HOUR, date(2022, 3, 27)),
        (35 * HOUR, date(2022, 3, 28)),
        (59 * HOUR, date(2022, 3, 29)),
    ]


def test_a_run_that_begins_at_midnight() -> None:
    """Its first minute is a day's, and so may be its last."""
    calendar = Calendar(datetime(2022, 3, 1, tzinfo=UTC))
    assert list(days(calendar, 24 * HOUR)) == [(0, date(2022, 3, 1)), (24 * HOUR, date(2022, 3, 2))]
    assert [*days(calendar, 24 * HOUR - 1)] == [(0, date(2022, 3, 1))]


def test_a_long_run_has_not_all_of_its_days() -> None:
    """Of ten years, each fourth; of as long a run as there can be, no more than there is room for."""
    calendar = Calendar(datetime(2020, 1, 1, tzinfo=UTC))
    told = list(days(calendar, 3650 * 24 * HOUR))
    assert [day for _, day in told[:3]] == [date(2020, 1, 1), date(2020, 1, 5), date(2020, 1, 9)]
    assert len(told) <= DAYS_MAX
    to_the_end = (datetime(9999, 12, 31, 23, 59, tzinfo=UTC) - calendar.start).days * 24 * HOUR
    assert len(list(days(calendar, to_the_end))) <= DAYS_MAX


def test_days_that_begin_within_a_minute() -> None:
    """In Liberia they did until 7 January 1972: those have no midnight here."""
    calendar = Calendar(datetime(1972, 1, 5, tzinfo=UTC), "Africa/Monrovia")
    told = list(days(calendar, 4 * 24 * HOUR))
    assert told == [(3 * 24 * HOUR, date(1972, 1, 8)), (4 * 24 * HOUR, date(1972, 1, 9))]
