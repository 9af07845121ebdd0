"""Days: the midnights of a run, for the axes of charts."""

from collections.abc import Iterator
from datetime import date, timedelta

from sim.domain.calendar import Calendar, Edge, TimeError

DAYS_MAX = 1000
"""How many midnights are told at most; of a longer run, those of each week, or each so many days."""


def days(calendar: Calendar, end: int) -> Iterator[tuple[int, date]]:
    """The first minutes of the local days that begin in a run, with their dates, in order."""
    first, last = calendar.local(0).date(), calendar.local(end).date()
    days_all = (last - first).days + 1
    for number in range(0, days_all, -(-days_all // DAYS_MAX)):
        day = first + timedelta(days=number)
        try:
            minute = calendar.parse(day.isoformat(), Edge.FIRST)
        except TimeError:  # a day that begins between two minutes of UTC
            continue
        if 0 <= minute <= end:
            yield minute, day
