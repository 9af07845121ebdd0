"""Reading many times fast gives what reading each by itself gives."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.calendar import Calendar, Edge, TimeError
from sim.loader.times import Times

ZONES = ["UTC", "America/New_York", "Europe/Warsaw", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Beirut"]

instants = st.datetimes(datetime(2011, 12, 28), datetime(2012, 4, 2)) | st.datetimes(
    datetime(2022, 3, 26), datetime(2022, 3, 28)
)
texts = st.one_of(
    st.builds(
        "{}{}".format,
        instants.map(lambda instant: instant.isoformat(timespec="minutes")),
        st.sampled_from(["", "", "Z", "+01:00", ":00", " ", "x"]),
    ),
    instants.map(lambda instant: f" {instant:%Y-%m-%d %H:%M}"),
    instants.map(lambda instant: f"{instant:%Y-%m-%d}"),
    instants.map(lambda instant: f"{instant:%Y-%m-%d}       "),
    st.sampled_from(["D+3", "D+3              ", "2022-03", "2022-02-30", "", "2022-03-27T24:00", "tomorrow"]),
)


def parsed(calendar: Calendar, text: str, edge: Edge) -> int | str:
    try:
        return calendar.parse(text, edge)
    except TimeError as error:
        return str(error)


def read(times: Times, text: str, edge: Edge) -> int | str:
    try:
        return times.read(text, edge)
    except TimeError as error:
        return str(error)


@given(st.sampled_from(ZONES), st.lists(st.tuples(texts, st.sampled_from(Edge)), max_size=12))
def test_times_read_as_the_calendar_parses_them(zone: str, asked: list[tuple[str, Edge]]) -> None:
    """Whatever was read before, on days when clocks change too."""
    calendar = Calendar(datetime(2011, 12, 1, tzinfo=UTC), zone)
    times = Times(calendar)
    assert [read(times, text, edge) for text, edge in asked] == [parsed(calendar, text, edge) for text, edge in asked]


@given(st.sampled_from(ZONES), st.lists(instants, min_size=1, max_size=12), st.sampled_from(Edge))
def test_a_column_reads_as_its_times(zone: str, column: list[datetime], edge: Edge) -> None:
    """All of one length or not, with empty cells or without."""
    calendar = Calendar(datetime(2011, 12, 1, tzinfo=UTC), zone)
    for write in ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%MZ", "%Y-%m-%d"):
        written = [instant.strftime(write) for instant in column]
        for cells in (written, [*written, ""], ["", *written, *written]):
            alone = [parsed(calendar, text, edge) if text else None for text in cells]
            if not any(isinstance(minute, str) for minute in alone):
                assert Times(calendar).read_all(cells, edge) == alone


@pytest.mark.parametrize(("zone", "minute"), [("Asia/Beirut", 300), ("Europe/Warsaw", 360), ("UTC", 480)])
def test_a_day_of_changing_clocks(zone: str, minute: int) -> None:
    """On 27 March 2022 clocks skipped an hour, in Beirut the first of the day: such a day is not remembered."""
    times = Times(Calendar(datetime(2022, 3, 27, tzinfo=UTC), zone))
    assert [read(times, "2022-03-27T08:00", Edge.FIRST) for _ in range(2)] == [minute, minute]


def test_a_column_with_a_time_that_is_none() -> None:
    """It is refused as the time alone would be."""
    times = Times(Calendar(datetime(2022, 1, 1, tzinfo=UTC)))
    with pytest.raises(TimeError, match="'2022-02-30T08:00' is not a date that exists"):
        times.read_all(["2022-02-28T08:00", "2022-02-30T08:00"], Edge.FIRST)


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading goes on when no more days are kept."""
    monkeypatch.setattr("sim.loader.times.MEMO_MAX", 2)
    start = datetime(2022, 1, 1, tzinfo=UTC)
    times = Times(Calendar(start))
    hours = [start + timedelta(hours=hour) for hour in range(0, 24 * 7, 5)]
    assert times.read_all([f"{hour:%Y-%m-%dT%H:%M}" for hour in hours], Edge.FIRST) == list(range(0, 7 * 1440, 300))
    assert times.read_all([f"{hour:%Y-%m-%d}" for hour in hours[:15:5]], Edge.FIRST) == [0, 1440, 2880]
