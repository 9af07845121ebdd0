"""Spots: the places at a port where vehicles stand to load and unload, booked ahead of time."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter

from sim.engine.opening import FOREVER, Opening

Booking = tuple[int, int]
"""A spot from one minute to before another."""

Gap = tuple[int, int, int]
"""Time in which one more may stand: from which minute, to before which other, and how much of it may be worked."""

_BLOCK = 64
"""Blocks of gaps have this many when one is divided, and at most twice as many; as many steps pass before they go."""

_end, _room = itemgetter(1), itemgetter(2)


class Spots:
    """The spots of one port: how many there are from which minute on, and who has booked one.

    `counts` are (minute, spots from then on), rising in minutes, the first at minute 0. Where they fall, no spot is
    taken from who stands on one, but nobody begins to stand on one while as many as there are, or more, are taken.
    Work lasts so many minutes of the time in which the port is open; a spot is taken until its work is done.

    How many are free is a step function of the minute. Where somebody begins to stand on the last free one, nobody who
    came before may still stand: between those minutes lie the gaps, and whatever is booked lies in one of them.
    """

    def __init__(self, counts: Sequence[tuple[int, int]], opening: Opening | None = None) -> None:
        self.opening = opening
        self._minutes = [minute for minute, _ in counts]  # where a step of the function begins
        self._free = [spots for _, spots in counts]  # below 0 where spots were taken away from under who stands there
        self._begun = [0] * len(self._free)  # how many begin to stand at the first minute of the step
        self._gaps = _Gaps(self._gap(self._next_free(0, FOREVER), FOREVER))

    def book(self, now: int, asked: int, minutes: int) -> Booking | None:
        """Book a spot for so much work, at the first minute from `asked` on at which one is free for all of it.

        Nobody who booked before has to give way. What takes no time needs a spot that is free too, while it is open,
        but takes none. `asked` is no earlier than `now`, which never goes back. None where there is never a spot again.
        """
        if len(self._minutes) > _BLOCK and self._minutes[_BLOCK] <= now:
            self._forget(now)
        gap = self._gaps.first_to(asked + 1)
        found = self._within(gap, asked, minutes)
        if found is None and gap[1] < FOREVER:
            within = (self._within(later, asked, minutes) for later in self._gaps.after(gap, max(1, minutes)))
            found = next(filter(None, within), None)
        if found is None or minutes == 0:
            return found
        start, end = found
        first, last = self._step(start), self._step(end)
        self._begun[first] += 1
        full = False
        for index in range(first, last):
            self._free[index] = free = self._free[index] - 1
            if free == 0:
                full = True
        if full:
            self._renew(first, last)
        return found

    def release(self, now: int, booking: Booking) -> None:
        """Give up what is left of a booking that has not ended at the minute `now`."""
        start, end = booking
        if start == end:
            return  # it took none
        first, last = self._step(max(start, now)), self._step(end)
        if start >= now:
            self._begun[first] -= 1
        for index in range(first, last):
            self._free[index] += 1
        self._renew(first, last)

    def _within(self, gap: Gap, asked: int, minutes: int) -> Booking | None:
        """The first stand that is long enough, begins at `asked` or later and lies within a gap."""
        begins, ends, _ = gap
        start = begins if begins > asked else asked
        if self.opening is not None or self._free[bisect_right(self._minutes, start) - 1] <= 0:
            start = self._first(start, ends)
            if start >= ends:
                return None
        end = start + minutes if self.opening is None or minutes == 0 else self.opening.finish(start, minutes)
        return (start, end) if end <= ends else None

    def _step(self, minute: int) -> int:
        """The index of the step that begins at a minute; it is made where there is none."""
        minutes = self._minutes
        index = bisect_right(minutes, minute)
        if minutes[index - 1] == minute:
            return index - 1
        minutes.insert(index, minute)
        self._free.insert(index, self._free[index - 1])
        self._begun.insert(index, 0)
        return index

    def _renew(self, first: int, last: int) -> None:
        """Work out the gaps again, where the steps from one index to before another have changed."""
        start, end = self._minutes[first], self._minutes[last]
        before, after = self._gaps.first_to(start), self._gaps.first_to(end)
        begins = before[0] if before[0] < start else None
        gaps = []
        for index in range(first, last):
            minute = self._minutes[index]
            if self._free[index] > 0:
                begins = minute if begins is None else begins
            elif self._begun[index] and begins is not None:
                gaps.append(self._gap(begins, minute))
                begins = None
        if begins is None:
            begins = after[0] if after[0] >= end else self._next_free(last, after[1])
        elif (met := self._next_begun(last, after[0])) < after[0]:
            gaps.append(self._gap(begins, met))
            begins = after[0]
        if begins < after[1] or after[1] == FOREVER:
            gaps.append(self._gap(begins, after[1]))
        self._gaps.replace(start, end, gaps)

    def _forget(self, now: int) -> None:
        """Drop what has passed."""
        passed = bisect_right(self._minutes, now) - 1
        del self._minutes[:passed], self._free[:passed], self._begun[:passed]
        self._gaps.forget(now)

    def _first(self, minute: int, ends: int) -> int:
        """The first minute from one on at which it is open and a spot is free; `ends` or later if not before that."""
        while minute < ends:
            minute = minute if self.opening is None else self.opening.next_open(minute)
            index = bisect_right(self._minutes, minute)
            if self._free[index - 1] > 0:
                break
            minute = self._next_free(index, ends)
        return minute

    def _next_free(self, index: int, ends: int) -> int:
        """When the first step from an index on begins in which a spot is free; `ends` if none does before that."""
        for later in range(index, len(self._minutes)):
            if self._minutes[later] >= ends:
                break
            if self._free[later] > 0:
                return self._minutes[later]
        return ends

    def _next_begun(self, index: int, ends: int) -> int:
        """When somebody next begins to stand, from a step on; `ends` if nobody does before that."""
        for later in range(index, len(self._minutes)):
            if self._minutes[later] >= ends:
                break
            if self._begun[later]:
                return self._minutes[later]
        return ends

    def _gap(self, begins: int, ends: int) -> Gap:
        closed = 0 if self.opening is None or ends == FOREVER else self.opening.closed_between(begins, ends)
        return begins, ends, ends - begins - closed


class _Gaps:
    """Gaps in the order of time, none of which touches another.

    The last one ends `FOREVER`, and begins then where there is none. Those before it lie in blocks, of each of which it
    is known when its last gap ends, and how much room there is in one: so not all have to be looked at.
    """

    def __init__(self, last: Gap) -> None:
        self._last = last
        self._clear()

    def _clear(self) -> None:
        """Have one block, with nothing in it."""
        self._blocks: list[list[Gap]] = [[]]
        self._ends = [-1]
        self._most = [0]

    def first_to(self, minute: int) -> Gap:
        """The first gap that ends at a minute or after it."""
        if minute > self._ends[-1]:
            return self._last
        number, index = self._find(minute)
        return self._blocks[number][index]

    def after(self, gap: Gap, minutes: int) -> Iterator[Gap]:
        """Those after a gap, which is not the last, in which there is room for so much work."""
        number, index = self._find(gap[1])
        yield from (later for later in self._blocks[number][index + 1 :] if later[2] >= minutes)
        for following in range(number + 1, len(self._blocks)):
            if self._most[following] >= minutes:
                yield from (later for later in self._blocks[following] if later[2] >= minutes)
        yield self._last

    def replace(self, start: int, end: int, gaps: list[Gap]) -> None:
        """Put others for the first gap that ends at one minute or after it, up to the first that does so of another."""
        if end > self._ends[-1]:
            self._last = gaps.pop()
            if not gaps and start > self._ends[-1]:
                return
        (first, low), (last, high) = self._find(start), self._find(end)
        joined = self._blocks[first][:low] + gaps + self._blocks[last][high + 1 :]
        size = _BLOCK if len(joined) > 2 * _BLOCK else max(1, len(joined))
        blocks = [joined[index : index + size] for index in range(0, len(joined), size)]
        self._blocks[first : last + 1] = blocks
        self._ends[first : last + 1] = [block[-1][1] for block in blocks]
        self._most[first : last + 1] = [max(map(_room, block)) for block in blocks]
        if not self._blocks:
            self._clear()

    def forget(self, minute: int) -> None:
        """Drop the blocks that have ended by a minute."""
        passed = bisect_right(self._ends, minute)
        del self._blocks[:passed], self._ends[:passed], self._most[:passed]
        if not self._blocks:
            self._clear()

    def _find(self, minute: int) -> tuple[int, int]:
        """In which block, and where in it, the first gap lies that ends at a minute or later; else where one would."""
        number = min(bisect_left(self._ends, minute), len(self._ends) - 1)
        return number, bisect_left(self._blocks[number], minute, key=_end)
