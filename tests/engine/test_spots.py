"""Spots: what is booked at a port, held against trying every minute."""

from collections.abc import Sequence

from attrs import define, field
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.calendar import Calendar
from sim.domain.lift import Hours
from sim.engine.opening import Opening
from sim.engine.spots import Booking, Spots
from tests.engine.lift_strategies import calendars, hours


@define
class Tried:
    """The same, one minute after the other: a list of bookings, of which any minute can be asked."""

    counts: dict[int, int]
    opening: Opening | None
    booked: list[tuple[int, int]] = field(factory=list)

    def open(self, minute: int) -> bool:
        return self.opening is None or self.opening.next_open(minute) == minute

    def full(self, minute: int) -> bool:
        """Whether as many as there are, or more, are taken."""
        there_are = self.counts[max(at for at in self.counts if at <= minute)]
        return sum(start <= minute < end for start, end in self.booked) >= there_are

    def book(self, asked: int, minutes: int) -> Booking | None:
        over = max([asked, *self.counts, *(end for _, end in self.booked)]) + 1441
        for start in range(asked, over):
            if self.open(start) and not self.full(start):
                end, left = start, minutes
                while left:
                    left -= self.open(end)
                    end += 1
                begins = [other for other, _ in self.booked if start < other < end]
                if not any(map(self.full, begins)):
                    self.booked.append((start, end))
                    return (start, end)
        return None

    def release(self, now: int, booking: Booking) -> None:
        self.booked.remove((booking[0], booking[1]))
        if booking[0] < now:
            self.booked.append((booking[0], now))


_counts = st.dictionaries(st.integers(1, 120), st.integers(0, 3), max_size=3).flatmap(
    lambda later: st.integers(0, 3).map(lambda first: {0: first, **dict(sorted(later.items()))})
)
_steps = st.lists(
    st.tuples(
        st.sampled_from([0, 0, 0, 1, 5, 30]),  # how much later
        st.sampled_from([0, 0, 0, 3, 40, 100]),  # how far ahead it is asked for
        st.integers(1, 40),
        st.integers(0, 9),  # which one is given up, if there are as many
    ),
    max_size=25,
)


@given(_counts, st.one_of(st.none(), st.tuples(hours, calendars)), _steps)
def test_the_first_spot_there_is(
    counts: dict[int, int], opened: tuple[Hours, Calendar] | None, steps: Sequence[tuple[int, int, int, int]]
) -> None:
    """Whatever was booked before, however far ahead, given up, closed, added or taken away."""
    openings = [None if opened is None else Opening(*opened) for _ in range(2)]
    spots, tried = Spots(list(counts.items()), openings[0]), Tried(counts, openings[1])
    now, held = 0, list[Booking]()
    for later, ahead, minutes, given_up in steps:
        now += later
        held = [booking for booking in held if booking[1] > now]
        if given_up < len(held):
            booking = held.pop(given_up)
            spots.release(now, booking)
            tried.release(now, booking)
        found = spots.book(now, now + ahead, minutes)
        assert found == tried.book(now + ahead, minutes)
        held += [] if found is None else [found]


def test_one_behind_the_other() -> None:
    """With two spots the third comes when the first is done, though the second asks for longer."""
    spots = Spots([(0, 2)])
    booked = [spots.book(0, 0, minutes) for minutes in (10, 60, 20, 5)]
    assert booked == [(0, 10), (0, 60), (10, 30), (30, 35)]


def test_a_gap_before_what_is_booked() -> None:
    """Who asks later may come first where there is room; but nobody who has booked gives way."""
    spots = Spots([(0, 1)])
    assert spots.book(0, 100, 10) == (100, 110)
    assert spots.book(0, 0, 100) == (0, 100)
    assert spots.book(0, 0, 1) == (110, 111)


def test_more_and_fewer_spots() -> None:
    """They are foreseen: what would begin while there are none begins after; what stands there stays."""
    spots = Spots([(0, 1), (50, 0), (80, 2)])
    booked = [spots.book(0, asked, 40) for asked in (20, 30, 30, 30)]
    assert booked == [(20, 60), (80, 120), (80, 120), (120, 160)]


def test_never_a_spot() -> None:
    """Where there are none from then on there is nothing to book."""
    assert Spots([(0, 0)]).book(0, 0, 10) is None
    assert Spots([(0, 1), (50, 0)]).book(0, 50, 10) is None
