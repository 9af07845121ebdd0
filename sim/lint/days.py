"""Days: how early a time may really be, where a scenario gives only its date."""

from datetime import datetime, timedelta

from sim.domain.calendar import Calendar


def earliest(calendar: Calendar, minute: int, *, month: bool = False) -> int:
    """The first minute that is meant by a time which, where it is a date, is the last minute of its day.

    With `month`, it may also be the last minute of a month of which no day is known, as `published` may.
    """
    local = calendar.local(minute)
    if not _ends_day(local):
        return minute
    first = local.replace(hour=0, minute=0, fold=0)
    if month and (local + timedelta(days=1)).day == 1:
        first = first.replace(day=1)
    return calendar.minute(first)


def dated(calendar: Calendar, minute: int) -> str:
    """A time as a scenario writes it: a date where it is the last minute of one, or the first."""
    local = calendar.local(minute)
    whole = _ends_day(local) or (local.hour, local.minute) == (0, 0)
    return f"{local:%Y-%m-%d}" if whole else f"{local:%Y-%m-%dT%H:%M}"


def _ends_day(local: datetime) -> bool:
    return (local.hour, local.minute) == (23, 59)
