"""Spots: the places at a port where vehicles stand to load and unload, booked ahead of time."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from typing import NamedTuple

from sim.engine.opening import Opening


class Booking(NamedTuple):
    """A spot from the minute `start` to before `end`."""

    start: int
    end: int


class Spots:
    """The spots of one port: how many there are from which minute on, and who has booked one.

    `counts` are (minute, spots from then on), rising in minutes, the first at minute 0. Where they fall, no spot is
    taken from who stands on one, but nobody begins to stand on one while as many as there are, or more, are taken.
    Work lasts so many minutes of the time in which the port is open; a spot is taken until its work is done.
    """

    def __init__(self, counts: Sequence[tuple[int, int]], opening: Opening | None = None) -> None:
        self.opening = opening
        self._changes = [minute for minute, _ in counts]
        self._counts = [spots for _, spots in counts]
        self._starts: list[int] = []  # sorted, as are the ends; whose is whose does not matter to how many are taken
        self._ends: list[int] = []
        self._full = (0, 0)  # from which minute to before which other no spot is known to be had by anybody

    def book(self, now: int, asked: int, minutes: int) -> Booking | None:
        """Book a spot for so much work, at the first minute from `asked` on at which one is free for all of it.

        Nobody who booked before has to give way. `minutes` is at least 1, and `asked` no earlier than `now`, which
        never goes back. None where there is never a spot again.
        """
        self._forget(now)
        first, known = self._full
        earliest = known if first <= asked < known else asked
        settled = earliest >= self._changes[-1] and (not self._starts or self._starts[-1] <= earliest)
        start = self._next_end(earliest) if settled else self._next_gap(earliest, minutes)
        if start is None:
            return None
        start = self._opened(start)
        if settled and start > asked:
            self._full = (first if first <= asked <= known else asked, start)
        booking = Booking(start, self._done(start, minutes))
        insort(self._starts, booking.start)
        insort(self._ends, booking.end)
        return booking

    def release(self, now: int, booking: Booking) -> None:
        """Give up what is left of a booking that has not ended at the minute `now`."""
        self._full = (0, 0)
        del self._ends[bisect_left(self._ends, booking.end)]
        if booking.start > now:
            del self._starts[bisect_left(self._starts, booking.start)]
        else:
            insort(self._ends, now)

    def _forget(self, now: int) -> None:
        """Drop as many starts as bookings have ended: from now on they do not count."""
        if not self._ends or self._ends[0] > now:
            return
        gone = bisect_right(self._ends, now)
        del self._starts[:gone], self._ends[:gone]

    def _next_end(self, earliest: int) -> int | None:
        """When a spot is free, where everybody who booked one has begun by `earliest`, and their number is the last.

        Then fewer and fewer are taken: one is free once no more than all but one of them are.
        """
        spots = self._counts[-1]
        if spots == 0:
            return None
        return earliest if len(self._ends) < spots else max(earliest, self._ends[-spots])

    def _next_gap(self, earliest: int, minutes: int) -> int | None:
        """When a spot is free for so much work, between and before those that are booked.

        One comes to be free only where another's work ends, or where there come to be more.
        """
        ends = self._ends[bisect_right(self._ends, earliest) :]
        changes = self._changes[bisect_right(self._changes, earliest) :]
        for minute in (earliest, *sorted({*ends, *changes})):
            start = self._opened(minute)
            if self._taken(start) < self._spots(start) and self._lasts(start, self._done(start, minutes)):
                return minute
        return None

    def _lasts(self, start: int, end: int) -> bool:
        """Whether everybody who begins after `start` and before `end` has a spot, with one more taken."""
        following = self._starts[bisect_right(self._starts, start) : bisect_left(self._starts, end)]
        return all(self._taken(minute) < self._spots(minute) for minute in following)

    def _taken(self, minute: int) -> int:
        return bisect_right(self._starts, minute) - bisect_right(self._ends, minute)

    def _spots(self, minute: int) -> int:
        return self._counts[bisect_right(self._changes, minute) - 1]

    def _opened(self, minute: int) -> int:
        return minute if self.opening is None else self.opening.next_open(minute)

    def _done(self, start: int, minutes: int) -> int:
        return start + minutes if self.opening is None else self.opening.finish(start, minutes)
