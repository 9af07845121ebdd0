"""Spots: what is booked at a port, held against trying every minute."""

from collections.abc import Sequence
from datetime import UTC, datetime
from random import Random

import pytest
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
                    self.booked += [(start, end)] if minutes else []
                    return (start, end)
        return None

    def release(self, now: int, booking: Booking) -> None:
        if booking[0] < booking[1]:
            self.booked.remove((booking[0], booking[1]))
        if booking[0] < now:
            self.booked.append((booking[0], now))


_counts = st.dictionaries(st.integers(1, 120), st.integers(0, 3), max_size=3).flatmap(
    lambda later: st.integers(0, 3).map(lambda first: {0: first, **dict(sorted(later.items()))})
)
_later = st.sampled_from([0, 0, 0, 1, 5, 30])
_given_up = st.integers(0, 9)  # which one is, if there are as many
_steps = st.lists(
    st.tuples(_later, st.sampled_from([0, 0, 0, 3, 40, 100]), st.integers(0, 40), _given_up),  # how far ahead, how long
    max_size=25,
)
_far_and_wide = st.lists(st.tuples(st.just(0), st.integers(0, 400), st.integers(0, 9), _given_up), max_size=60)
"""In no order, so that gaps lie between them."""


def _agree(spots: Spots, tried: Tried, steps: Sequence[tuple[int, int, int, int]]) -> None:
    """Both book the same, step by step."""
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


@given(_counts, st.one_of(st.none(), st.tuples(hours, calendars)), st.one_of(_steps, _far_and_wide))
def test_the_first_spot_there_is(
    counts: dict[int, int], opened: tuple[Hours, Calendar] | None, steps: Sequence[tuple[int, int, int, int]]
) -> None:
    """Whatever was booked before, however far ahead, given up, closed, added or taken away."""
    openings = [None if opened is None else Opening(*opened) for _ in range(2)]
    _agree(Spots(list(counts.items()), openings[0]), Tried(counts, openings[1]), steps)


@pytest.mark.parametrize("seed", range(3))
def test_many_gaps(seed: int) -> None:
    """Hundreds of short stands in no order leave hundreds of gaps, most of them too short for a long one."""
    draw = Random(seed)
    counts = {0: 1, 2000: 2, 3000: 0, 3100: 1}
    steps = [
        (draw.choice([0, 0, 0, 2]), draw.randrange(4500), draw.choice([0, 1, 2, 3, 4, 25]), draw.randrange(3000))
        for _ in range(300)
    ]
    _agree(Spots(list(counts.items())), Tried(counts, None), steps)


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


def test_nobody_begins_where_a_stand_was_given_up() -> None:
    """Who stood before a spot was taken away stays; after a stand is given up there is nobody to give way to."""
    spots = Spots([(0, 2), (50, 1)])
    assert spots.book(0, 60, 10) == (60, 70)
    spots.release(0, (60, 70))
    assert [spots.book(0, 0, minutes) for minutes in (100, 80)] == [(0, 100), (0, 80)]


def test_what_takes_no_time() -> None:
    """It begins when a spot is free, takes none, and needs no more room than that."""
    spots = Spots([(0, 1), (50, 0), (80, 1)])
    assert [spots.book(0, asked, 20) for asked in (0, 21)] == [(0, 20), (21, 41)]
    assert [spots.book(0, asked, 0) for asked in (0, 20, 21, 45, 45, 60)] == [
        (20, 20),
        (20, 20),
        (41, 41),
        (45, 45),
        (45, 45),
        (80, 80),
    ]
    opening = Opening(Hours(600, 610), Calendar(datetime(2022, 1, 24, tzinfo=UTC)))
    shut = Spots([(0, 1), (605, 0), (620, 1)], opening)
    assert [shut.book(0, asked, 0) for asked in (0, 604, 605)] == [(600, 600), (604, 604), (2040, 2040)]


def test_never_a_spot() -> None:
    """Where there are none from then on there is nothing to book."""
    assert [Spots([(0, 0)]).book(0, 0, minutes) for minutes in (0, 10)] == [None, None]
    assert Spots([(0, 1), (50, 0)]).book(0, 50, 10) is None
