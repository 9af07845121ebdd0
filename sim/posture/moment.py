"""Moments: times as programs in Python give them, as minutes of a run."""

from datetime import datetime

from sim.domain.calendar import Calendar, Edge

Time = int | str | datetime
"""A moment of a run: see `minute_at`."""


def minute_at(calendar: Calendar, end: int, time: Time) -> int:
    """The minute that `time` names, in a run that ends at the minute `end`; it may lie outside the run.

    A minute of the run; text as on the command line: "2022-02-06" (its last minute), "2022-02-06T12:00", "D+3", "start"
    or "end"; or a datetime, which without an offset is in the run's own time zone, as text is. Raises TimeError, a
    ValueError, for what is no time.
    """
    if isinstance(time, int):
        return time
    if isinstance(time, datetime):
        if time.tzinfo is not None:
            return calendar.minute(time)
        return calendar.parse(f"{time:%Y-%m-%dT%H:%M}", Edge.LAST)
    if time in {"start", "end"}:
        return 0 if time == "start" else end
    return calendar.parse(time, Edge.LAST)
