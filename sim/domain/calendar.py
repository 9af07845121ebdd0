"""Simulated time: whole minutes since a scenario's start, and the calendar that gives them dates.

Inside the program a time is an integer of minutes. UTC datetimes exist only at the edges, here.
"""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import Enum
from functools import lru_cache
from typing import Final

from attrs import frozen

MINUTES_A_DAY: Final = 1440


class TimeError(ValueError):
    """A text that is no time, or a time that does not exist. The message says which."""


class Edge(Enum):
    """Which minute a date (or month) means: its first where something begins, its last where it is due or asked."""

    FIRST = "first"
    LAST = "last"


TIME_FORMS = "a date (2022-02-03), a time (2022-02-03T08:00, with an offset such as Z or +01:00 if need be) or D+3"

_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_TIME = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::00)?(?:(Z)|([+-])(\d{2}):?(\d{2}))?", re.ASCII | re.IGNORECASE
)
_DAY_COUNT = re.compile(r"D\+(\d{1,6})", re.ASCII | re.IGNORECASE)
_DURATION = re.compile(r"(?:(\d{1,6})d)?\s*(?:(\d{1,7})h)?\s*(?:(\d{1,9})m)?", re.ASCII | re.IGNORECASE)


def parse_instant(text: str, edge: Edge, timezone: str, *, month: bool = False) -> datetime:
    """The UTC minute that `text` names: a date, a time, or (with `month`) a month.

    `edge` says which minute of a date or month is meant; `timezone` is an IANA name, used where `text` carries no
    offset. Raises TimeError for other text, for dates that do not exist, and for local times that a change of clocks
    skips or repeats.
    """
    text = text.strip()
    if match := _TIME.fullmatch(text):
        return _time(match, text, timezone)
    if match := _DATE.fullmatch(text):
        day = _date(text, *map(int, match.groups()))
        return _edge_of(day, day, edge, timezone)
    if month and (match := _MONTH.fullmatch(text)):
        first = _date(text, int(match[1]), int(match[2]), 1)
        return _edge_of(first, _last_of_month(first), edge, timezone)
    raise TimeError(f"'{_cut(text)}' is not {TIME_FORMS}")


def is_month(text: str) -> bool:
    """Whether `text` is written as a month: "2022-02"."""
    return _MONTH.fullmatch(text.strip()) is not None


def parse_duration(text: str) -> int:
    """Minutes, at least 1, from "12h", "2d", "90m" or "1d 12h". Raises TimeError for anything else."""
    match = _DURATION.fullmatch(text.strip())
    days, hours, minutes = (int(group or 0) for group in match.groups()) if match else (0, 0, 0)
    total = days * MINUTES_A_DAY + hours * 60 + minutes
    if total == 0 and match and text.strip():
        raise TimeError(f"'{_cut(text)}' is no time at all: a duration is above 0, such as 1m")
    if total == 0:
        raise TimeError(f"'{_cut(text)}' is not a duration such as 12h, 2d, 90m or 1d12h")
    return total


def format_duration(minutes: int) -> str:
    """The shortest text that `parse_duration` reads back: 720 is "12h", 2160 is "1d12h"."""
    days, rest = divmod(minutes, MINUTES_A_DAY)
    hours, rest = divmod(rest, 60)
    pairs = ((days, "d"), (hours, "h"), (rest, "m"))
    return "".join(f"{number}{unit}" for number, unit in pairs if number) or "0m"


@lru_cache(maxsize=64)
def zone(name: str) -> tzinfo:
    """The time zone called `name`. Raises TimeError where there is none of that name."""
    if name == "UTC":
        return UTC
    from zoneinfo import ZoneInfo  # here, because a scenario in UTC need not pay for it

    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError) as error:
        raise TimeError(f"'{_cut(name)}' is not a time zone such as Europe/Warsaw") from error


@frozen
class Calendar:
    """Turns minutes into dates and back: the run's first minute (UTC) and the zone its readers think in."""

    start: datetime
    timezone: str = "UTC"

    def minute(self, instant: datetime) -> int:
        """Minutes from the start to `instant`, an aware datetime; negative before the start."""
        return (instant - self.start) // timedelta(minutes=1)

    def instant(self, minute: int) -> datetime:
        """The UTC datetime of `minute`. Raises TimeError outside the years 1 to 9999."""
        try:
            return self.start + timedelta(minutes=minute)
        except OverflowError as error:
            raise TimeError(f"minute {minute} lies outside the years 1 to 9999") from error

    def local(self, minute: int) -> datetime:
        """The datetime of `minute` in the calendar's own zone."""
        return self.instant(minute).astimezone(zone(self.timezone))

    def parse(self, text: str, edge: Edge, *, month: bool = False) -> int:
        """The minute that `text` names; besides what `parse_instant` reads, D+n: n days after the start."""
        if match := _DAY_COUNT.fullmatch(text.strip()):
            return int(match[1]) * MINUTES_A_DAY
        return self.minute(parse_instant(text, edge, self.timezone, month=month))

    def ends_month(self, minute: int) -> bool:
        """Whether `minute` is the last of a month, as clocks on the wall show it."""
        day = self.local(minute).date()
        try:
            last = _edge_of(day, _last_of_month(day), Edge.LAST, self.timezone)
        except TimeError:  # the month ends outside the years 1 to 9999, or between two minutes of UTC
            return False
        return self.minute(last) == minute

    def stamp(self, minute: int) -> str:
        """`minute` in UTC to the second, as JSON results give it: "2022-03-01T04:59:00Z"."""
        return format_utc(self.instant(minute)) + ":00Z"

    def log_stamp(self, minute: int) -> str:
        """`minute` in UTC to the minute, as the log gives it: "2022-03-01T04:59Z"."""
        return format_utc(self.instant(minute)) + "Z"


def format_utc(instant: datetime) -> str:
    """A UTC datetime to the minute, without a suffix; years have four digits."""
    return instant.replace(tzinfo=None, second=0, microsecond=0).isoformat(timespec="minutes")


def parse_utc(text: str) -> datetime:
    """The UTC datetime that `format_utc` wrote, with or without its "Z". Raises TimeError for other text."""
    return parse_instant(text.removesuffix("Z") + "Z", Edge.FIRST, "UTC")


def _date(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise TimeError(f"'{_cut(text)}' is not a date that exists") from error


def _last_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _edge_of(first: date, last: date, edge: Edge, timezone: str) -> datetime:
    """The first minute of `first` or the last of `last`, where the clocks show it first and last."""
    if edge is Edge.FIRST:
        return _to_utc(datetime(first.year, first.month, first.day), timezone)
    return _to_utc(datetime(last.year, last.month, last.day, 23, 59, fold=1), timezone)


def _time(match: re.Match[str], text: str, timezone: str) -> datetime:
    day = _date(text, int(match[1]), int(match[2]), int(match[3]))
    hour, minute = int(match[4]), int(match[5])
    if hour > 23 or minute > 59:
        raise TimeError(f"'{_cut(text)}' is not a time of day: hours go to 23 and minutes to 59")
    local = datetime(day.year, day.month, day.day, hour, minute)
    if match[6]:
        return local.replace(tzinfo=UTC)
    if match[7]:
        return _with_offset(local, text, match)
    earlier, later = _to_utc(local, timezone), _to_utc(local.replace(fold=1), timezone)
    if earlier < later:
        raise TimeError(f"'{text}' happens twice in {timezone}, as clocks go back; write its offset")
    if earlier > later:
        raise TimeError(f"'{text}' does not exist in {timezone}: clocks skip it; write a time that does")
    return earlier


def _with_offset(local: datetime, text: str, match: re.Match[str]) -> datetime:
    hours, minutes = int(match[8]), int(match[9])
    if hours > 14 or minutes > 59:
        raise TimeError(f"'{_cut(text)}' has an offset that no clock has")
    offset = timedelta(hours=hours, minutes=minutes)
    return _shifted(local, -offset if match[7] == "+" else offset)


def _to_utc(local: datetime, timezone: str) -> datetime:
    offset = local.replace(tzinfo=zone(timezone)).utcoffset() or timedelta()
    if offset % timedelta(minutes=1):
        raise TimeError(f"{timezone} was {offset} from UTC in {local.year}, not a whole minute; use timezone: UTC")
    return _shifted(local, -offset)


def _shifted(local: datetime, by: timedelta) -> datetime:
    try:
        return (local + by).replace(tzinfo=UTC, fold=0)
    except OverflowError as error:
        raise TimeError(f"{local.isoformat(timespec='minutes')} lies outside the years 1 to 9999") from error


def _cut(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "..."
