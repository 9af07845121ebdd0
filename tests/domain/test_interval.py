"""Intervals: what they hold, what they add up to, and what a part of them is."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, composite

from sim.domain.quantity import ZERO, Interval, exactly


@composite
def intervals(draw: DrawFn) -> Interval:
    """From 0 up, some without an upper bound."""
    low = draw(st.integers(0, 10**6))
    return Interval(low, draw(st.one_of(st.none(), st.integers(low, 2 * 10**6))))


@composite
def chosen(draw: DrawFn) -> tuple[Interval, int]:
    """An interval and a number in it."""
    interval = draw(intervals())
    return interval, draw(st.integers(interval.low, interval.high))


@given(chosen(), chosen())
def test_addition_encloses_every_choice(one: tuple[Interval, int], other: tuple[Interval, int]) -> None:
    """However the parts turn out, their sum lies in the sum of the intervals, which has no slack at its ends."""
    total = one[0] + other[0]
    assert one[1] + other[1] in total
    assert total.low == one[0].low + other[0].low
    if one[0].high is None or other[0].high is None:
        assert total.high is None
    else:
        assert total.high == one[0].high + other[0].high


@given(intervals(), intervals(), intervals())
def test_addition_is_free_of_order(one: Interval, two: Interval, three: Interval) -> None:
    """Units may be added in any order; nothing is added by nothing."""
    assert one + two == two + one
    assert (one + two) + three == one + (two + three)
    assert one + ZERO == one


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        (Interval(1, 5), Interval(5, 9), True),
        (Interval(1, 5), Interval(6, 9), False),
        (Interval(6, 9), Interval(1, 5), False),
        (Interval(5, 9), Interval(1, 5), True),
        (Interval(1, 9), Interval(3, 4), True),
        (Interval(3, None), Interval(1, 3), True),
        (Interval(4, None), Interval(1, 3), False),
        (Interval(1, 3), Interval(4, None), False),
        (Interval(1, 3), Interval(3, None), True),
        (Interval(1, None), Interval(10**12, None), True),
    ],
)
def test_meeting(one: Interval, other: Interval, meet: bool) -> None:
    """Two intervals meet where some number lies in both."""
    assert one.meets(other) is meet
    assert other.meets(one) is meet


@pytest.mark.parametrize(
    ("interval", "number", "distance"),
    [
        (Interval(10, 20), 7, 3),
        (Interval(10, 20), 9, 1),
        (Interval(10, 20), 10, 0),
        (Interval(10, 20), 20, 0),
        (Interval(10, 20), 21, 1),
        (Interval(10, 20), 25, 5),
        (Interval(10, None), 10**9, 0),
        (Interval(10, None), 0, 10),
    ],
)
def test_distance(interval: Interval, number: int, distance: int) -> None:
    """Distance is to the nearest end, 0 inside."""
    assert interval.distance(number) == distance
    assert (number in interval) is (distance == 0)


@given(intervals(), intervals(), st.integers(0, 10**6))
def test_what_meets_is_met_somewhere(one: Interval, other: Interval, number: int) -> None:
    """Containment, meeting and distance agree."""
    assert (number in one) == one.meets(Interval(number, number)) == (one.distance(number) == 0)
    if number in one and number in other:
        assert one.meets(other)
    assert one.meets(other) == (max(one.low, other.low) in one and max(one.low, other.low) in other)


@pytest.mark.parametrize(
    ("interval", "part", "whole", "share"),
    [
        (Interval(1530, 1870), 1700, 1700, Interval(1530, 1870)),
        (Interval(1530, 1870), 0, 1700, Interval(0, 0)),
        (Interval(1530, 1870), 850, 1700, Interval(765, 935)),
        (Interval(1530, 1870), 1, 1700, Interval(0, 2)),
        (Interval(1530, 1870), 60, 1700, Interval(54, 66)),
        (Interval(90, 110), 33, 100, Interval(29, 37)),
        (Interval(3000, None), 1, 3000, Interval(1, None)),
        (Interval(3000, None), 0, 3000, Interval(0, 0)),
        (Interval(7, 7), 3, 7, Interval(3, 3)),
        (Interval(0, 1000), 999, 1000, Interval(0, 999)),
        (Interval(10**12 - 2, 10**12 - 1), 10**12 - 2, 10**12 - 1, Interval(10**12 - 3, 10**12 - 2)),
    ],
)
def test_share(interval: Interval, part: int, whole: int, share: Interval) -> None:
    """A part of N has its share of the interval, rounded outward; nothing is nothing, whatever the whole."""
    assert interval.share(part, whole) == share


@given(intervals(), st.integers(1, 10**6), st.data())
def test_shares_enclose_the_whole(interval: Interval, whole: int, data: st.DataObject) -> None:
    """The shares of two parts enclose the interval of the whole, by less than one at each end of each."""
    part = data.draw(st.integers(0, whole))
    one, other = interval.share(part, whole), interval.share(whole - part, whole)
    total = one + other
    assert total.low <= interval.low < total.low + 2
    if interval.high is not None:
        assert total.high is not None
        assert total.high - 2 < interval.high <= total.high
        assert one.high is not None
        assert 0 <= one.high - Fraction(part * interval.high, whole) < 1
    assert 0 <= Fraction(part * interval.low, whole) - one.low < 1


@pytest.mark.parametrize(
    ("interval", "text"),
    [
        (Interval(1530, 1870), "1,530-1,870"),
        (Interval(3001, None), "3,001 or more"),
        (Interval(1700, 1700), "1,700"),
        (Interval(1700, int("1700")), "1,700"),
        (ZERO, "0"),
    ],
)
def test_print(interval: Interval, text: str) -> None:
    """In print, thousands are marked and one number is one number."""
    assert str(interval) == text


def test_exactly() -> None:
    """A number and nothing else, worded by its digits."""
    assert exactly(1700).interval == Interval(1700, 1700)
    assert (exactly(1700).low, exactly(1700).high, exactly(1700).nominal) == (1700, 1700, 1700)
    assert exactly(1700).wording == "1700"
