"""The header: what a scenario says of itself, before its sections."""

from datetime import UTC, datetime
from fractions import Fraction

from attrs import frozen

from sim.domain.calendar import Calendar, Edge, TimeError, format_utc, parse_instant, zone
from sim.domain.quantity import DEFAULT_ABOUT, QuantityError, parse_percent
from sim.domain.scenario import FORMAT
from sim.loader.faults import (
    BAD_FORMAT,
    BAD_SHARE,
    BAD_TIME,
    BAD_ZONE,
    END_BEFORE_START,
    TIME_TOO_FAR,
)
from sim.loader.problem import Problems
from sim.loader.reader import Reader, is_within_years
from sim.loader.record import Record

_ANY_CALENDAR = Calendar(datetime(2000, 1, 1, tzinfo=UTC))
"""What times are read on where the scenario's own calendar is not known, to find those that are none."""


@frozen
class Header:
    """What a scenario says of itself; `end` is None where it could not be read, and then so is the period."""

    title: str
    calendar: Calendar
    end: int | None
    about: Fraction

    def reader(self, problems: Problems) -> Reader:
        return Reader(problems, self.calendar, self.end, self.about)


def read_header(problems: Problems, record: Record) -> Header:
    blank = Reader(problems, _ANY_CALENDAR, None, DEFAULT_ABOUT)
    for key, hint in (
        ("format", f"Add `format: {FORMAT}`."),
        ("title", "Add `title: what this scenario shows`."),
        ("start", "Add `start: the first day`, such as 2022-01-24."),
        ("end", "Add `end: the last day`, such as 2022-02-28."),
    ):
        blank.require(record, key, "the scenario", hint)
    format = record.texts.get("format", str(FORMAT))
    if format != str(FORMAT):
        record.report(BAD_FORMAT, "format", found=format)
    calendar = _calendar(record)
    end = None if calendar is None else _end(record, calendar)
    return Header(blank.text(record, "title"), calendar or _ANY_CALENDAR, end, _about(record))


def read_snapshots(reader: Reader, record: Record) -> tuple[int, ...]:
    """The minutes a table shows: the end where none are written."""
    if not record.has("snapshots"):
        return () if reader.end is None else (reader.end,)
    return reader.minutes(record, "snapshots")


def _calendar(record: Record) -> Calendar | None:
    timezone = record.texts.get("timezone", "UTC")
    try:
        zone(timezone)
    except TimeError as error:
        record.report(BAD_ZONE, "timezone", reason=error)
        timezone = "UTC"
    start = record.texts.get("start")
    if start is None:
        return None
    try:
        calendar = Calendar(parse_instant(start, Edge.FIRST, timezone), timezone)
    except TimeError as error:
        record.report(BAD_TIME, "start", reason=error)
        return None
    if not is_within_years(calendar, 0):
        record.report(TIME_TOO_FAR, "start", text=start)
        return None
    return calendar


def _end(record: Record, calendar: Calendar) -> int | None:
    text = record.texts.get("end")
    if text is None:
        return None
    try:
        end = calendar.parse(text, Edge.LAST)
    except TimeError as error:
        record.report(BAD_TIME, "end", reason=error)
        return None
    if end <= 0:
        record.report(END_BEFORE_START, "end", start=format_utc(calendar.start) + "Z")
    elif not is_within_years(calendar, end):
        record.report(TIME_TOO_FAR, "end", text=text)
    else:
        return end
    return None


def _about(record: Record) -> Fraction:
    text = record.texts.get("about")
    if text is None:
        return DEFAULT_ABOUT
    try:
        return parse_percent(text)
    except QuantityError as error:
        record.report(BAD_SHARE, "about", reason=error)
        return DEFAULT_ABOUT
