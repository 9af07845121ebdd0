"""Distributions, against a sorted list of all answers."""

from collections import Counter
from math import ceil, inf

from hypothesis import given
from hypothesis import strategies as st

from sim.ensemble.distribution import SHARES, Bound, Distribution, distribution
from sim.ensemble.question import Value
from sim.ensemble.ranks import ranks

values: st.SearchStrategy[list[Value]] = st.lists(
    st.one_of(st.none(), st.integers(-3, 3), st.integers(-5000, 5000)), min_size=1, max_size=120
)


def _of(answers: list[Value]) -> Distribution:
    return distribution(Counter(answers))


def _sorted(answers: list[Value]) -> list[Value]:
    return sorted(answers, key=lambda value: inf if value is None else value)


@given(values)
def test_quantiles_are_order_statistics(answers: list[Value]) -> None:
    """And so are the ends of their intervals; what is None comes last."""
    ordered, found = _sorted(answers), _of(answers)
    for quantile in found.quantiles():
        low, high = ranks(len(answers), quantile.share)
        assert quantile.value == ordered[ceil(len(answers) * quantile.share / 100) - 1]
        assert quantile.low == (Bound.UNKNOWN if low is None else ordered[low - 1])
        assert quantile.high == (Bound.UNKNOWN if high is None else ordered[high - 1])
    assert tuple(each.share for each in found.quantiles()) == SHARES


@given(values, st.integers(-5000, 5000))
def test_chances_are_counts(answers: list[Value], value: int) -> None:
    found = _of(answers)
    assert found.runs == len(answers)
    for each in {*answers, value}:
        assert found.chance(each).hits == found.count(each) == answers.count(each)
    assert found.at_most(value).hits == sum(each is not None and each <= value for each in answers)
    assert found.always == (len(set(answers)) == 1)


def test_widths() -> None:
    """From one end to the other; none where an end is not known, or where only one of them is by the end."""
    minutes: list[Value] = [10, *[20] * 98, 90]
    assert _of(minutes).quantile(50).width == 0
    assert _of([1, 2, 3, 4, 5, 6]).quantile(50).width == 5
    assert _of([1, 2, 3]).quantile(50).width is None
    assert _of([1, 2, 3, 4, 5, None]).quantile(50).width is None
    assert _of([None] * 6).quantile(50).width is None


def test_answers_of_no_run_are_left_out() -> None:
    assert distribution({0: 0, 7: 2}) == distribution({7: 2})
    assert distribution({}).runs == 0
