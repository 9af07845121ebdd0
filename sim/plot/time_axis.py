"""The axis of time: minutes of a run, with ticks at the hours, days and months that its own clocks have."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sim.domain.calendar import MINUTES_A_DAY, Calendar

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_HOURS, _DAYS, _MONTHS = (1, 2, 3, 6, 12), (1, 2, 3, 7, 14, 28), (1, 2, 3, 6, 12, 24, 60, 120, 600, 1200, 6000, 24_000)
"""How far apart ticks may be."""

_DAYS_A_MONTH_LEAST = 28


def drawn_to(end: int) -> int:
    """The minute up to which lines are drawn: a little later than the end, so that what happens then can be seen."""
    return end + max(1, end // 50)


def lay(axes: "Axes", calendar: Calendar, end: int, date: Callable[[int], str], ticks_max: int = 7) -> None:
    """Give axes the time of a run that ends at the minute `end`; about so many ticks, at most, have their dates."""
    axes.set_xlim(0, drawn_to(end))
    minutes = ticks(calendar, end, ticks_max)
    axes.set_xticks(minutes, [date(minute).strip() for minute in minutes])


def ticks(calendar: Calendar, end: int, most: int) -> list[int]:
    """The minutes from 0 to `end` that have a tick, about as many as that at most: hours, midnights, or first days of
    months, as evenly apart as clocks on the wall have them.
    """
    first, days = calendar.local(0), end // MINUTES_A_DAY
    midnight = datetime(first.year, first.month, first.day, tzinfo=first.tzinfo)
    if end // 60 // _HOURS[-1] < most:
        hours = next(step for step in _HOURS if end // 60 // step < most)
        times = [calendar.minute(midnight) + 60 * hour for hour in range(0, end // 60 + 25, hours)]
    elif days // _DAYS[-1] < most:
        step = next(step for step in _DAYS if days // step < most)
        times = [calendar.minute(midnight + timedelta(days=day)) for day in range(0, days + 1, step)]
    else:
        months = days // _DAYS_A_MONTH_LEAST
        step = next((step for step in _MONTHS if months // step < most), _MONTHS[-1])
        times = [calendar.minute(month) for month in _first_days(midnight, months, step)]
    return [minute for minute in times if 0 <= minute <= end]


def _first_days(midnight: datetime, months: int, step: int) -> list[datetime]:
    """The first days of every so-many-th month, from that of a midnight on; none after the year 9999."""
    numbers = range(12 * midnight.year + midnight.month - 1, 12 * midnight.year + midnight.month + months, step)
    return [
        midnight.replace(year=number // 12, month=number % 12 + 1, day=1) for number in numbers if number // 12 <= 9999
    ]
