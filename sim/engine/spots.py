"""Spots: the places at a port where vehicles stand to load and unload, booked ahead of time."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import groupby

from sim.engine.opening import Opening

Booking = tuple[int, int]
"""A spot from one minute to before another."""


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
        self._full = (0, 0)  # from which minute to before which other no spot is to be had, for however little work

    def book(self, now: int, asked: int, minutes: int) -> Booking | None:
        """Book a spot for so much work, at the first minute from `asked` on at which one is free for all of it.

        Nobody who booked before has to give way. `minutes` is at least 1, and `asked` no earlier than `now`, which
        never goes back. None where there is never a spot again.
        """
        if self._ends and self._ends[0] <= now:
            self._forget(now)
        first, known = self._full
        if not first <= asked <= known:
            first = known = asked
        settled = known >= self._changes[-1] and (not self._starts or self._starts[-1] <= known)
        start = self._next_end(known) if settled else self._next_gap(first, known, minutes)
        if start is None:
            return None
        if self.opening is not None:
            start = self.opening.next_open(start)
        if settled:
            self._full = (first, start)
        end = self._done(start, minutes)
        insort(self._starts, start)
        insort(self._ends, end)
        return start, end

    def release(self, now: int, booking: Booking) -> None:
        """Give up what is left of a booking that has not ended at the minute `now`."""
        start, end = booking
        first, known = self._full
        self._full = (first, min(known, max(start, now)))
        del self._ends[bisect_left(self._ends, end)]
        if start > now:
            del self._starts[bisect_left(self._starts, start)]
        else:
            insort(self._ends, now)

    def _forget(self, now: int) -> None:
        """Drop as many starts as bookings have ended: from now on they do not count."""
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

    def _next_gap(self, first: int, earliest: int, minutes: int) -> int | None:
        """When a spot is free for so much work, between and before those that are booked.

        None is to be had from `first` to `earliest`; how much longer none is, is noted.
        """
        found = False
        for minute in self._chances(earliest):
            start = self._opened(minute)
            if self._taken(start) < self._spots(start):
                if not found:
                    found, self._full = True, (first, minute)
                if self._lasts(start, self._done(start, minutes)):
                    return minute
        return None

    def _chances(self, earliest: int) -> Iterator[int]:
        """When a spot may come to be free: only where somebody's work ends, or where there come to be more."""
        yield earliest
        for minute, _ in groupby(merge(_after(self._ends, earliest), _after(self._changes, earliest))):
            yield minute

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


def _after(minutes: Sequence[int], earliest: int) -> Iterator[int]:
    """Those of some minutes, sorted, that come after one: as far as they are asked for."""
    return map(minutes.__getitem__, range(bisect_right(minutes, earliest), len(minutes)))
