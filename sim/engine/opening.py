"""Opening: when a port works, in minutes of the run."""

from bisect import bisect_right
from datetime import UTC, date, datetime, time, timedelta

from sim.domain.calendar import Calendar, zone
from sim.domain.lift import Hours

FOREVER = 10**15
"""Later than anything that happens: where the hours of a port are no longer looked at, it stays open until then."""


class Opening:
    """The stretches of time in which a port works, worked out day by day as they are asked for.

    A time of day is that of the scenario's clocks: one that they repeat is meant the first time, and one that they skip
    comes as much later as they are put forward (as in RFC 5545, 3.3.5). Where a port would close by then, it does not
    open that day: so every stretch that is kept has a minute at least, and none begins before the one before has ended.
    From the first day on that it opens at the minute `until` or later, or where the years end, it stays open.
    """

    def __init__(self, hours: Hours, calendar: Calendar, until: int = FOREVER) -> None:
        self._calendar = calendar
        self._until = until
        self._opens, self._closes = (time(*divmod(minute, 60)) for minute in (hours.opens, hours.closes))
        self._overnight = hours.closes <= hours.opens
        first = calendar.local(0).toordinal() - 2  # it may have opened before a day that clocks skipped, and be open
        self._day: date | None = date.fromordinal(max(first, date.min.toordinal()))
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._worked: list[int] = []  # before each stretch, in all those before it
        self._total = 0

    def next_open(self, minute: int) -> int:
        """The first minute from `minute` on at which it is open."""
        index = self._reach(minute)
        return max(minute, self._starts[index])

    def finish(self, start: int, minutes: int) -> int:
        """When so many minutes of work are done, at least 1, that begin at `start` and rest while it is closed."""
        due = self._before(start) + minutes
        while self._total < due:
            self._extend()
        index = bisect_right(self._worked, due - 1) - 1
        return self._starts[index] + due - self._worked[index]

    def closed_between(self, start: int, end: int) -> int:
        """For how many of the minutes from `start` to before `end` it is closed."""
        return end - start - (self._before(end) - self._before(start))

    def _before(self, minute: int) -> int:
        """How many minutes it has been open before `minute`, counted from the first stretch that is known."""
        index = self._reach(minute)
        return self._worked[index] + max(0, minute - self._starts[index])

    def _reach(self, minute: int) -> int:
        """The index of the first stretch that ends after `minute`."""
        while not self._ends or self._ends[-1] <= minute:
            self._extend()
        return bisect_right(self._ends, minute)

    def _extend(self) -> None:
        """Add the next day's stretch, if there is one, to the one before where they touch."""
        starts, ends = self._next_day()
        if ends <= starts:
            return
        if self._ends and starts <= self._ends[-1]:
            self._total += ends - self._ends[-1]
            self._ends[-1] = ends
            return
        self._starts.append(starts)
        self._ends.append(ends)
        self._worked.append(self._total)
        self._total += ends - starts

    def _next_day(self) -> tuple[int, int]:
        assert self._day is not None, "nothing lies beyond the last stretch"
        try:
            following = self._day + timedelta(days=1)
            closing = following if self._overnight else self._day
            found = self._minute(self._day, self._opens), self._minute(closing, self._closes)
        except OverflowError:
            found = FOREVER, FOREVER
        if found[0] >= self._until:
            self._day = None
            return (self._ends[-1], FOREVER)
        self._day = following
        return found

    def _minute(self, day: date, at: time) -> int:
        local = datetime.combine(day, at, zone(self._calendar.timezone))
        offset = local.utcoffset() or timedelta()  # not local.astimezone(UTC), which knows the years 1 to 9999 only
        return (local.replace(tzinfo=UTC) - self._calendar.start - offset) // timedelta(minutes=1)
