"""Variates: the quantile is the inverse of each distribution function, and many draws have its mean and deviation."""

from bisect import bisect_right
from math import sqrt
from statistics import fmean, pstdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.variate import (
    Empirical,
    Fixed,
    LogNormal,
    Normal,
    Triangular,
    Uniform,
    Variate,
    median,
    quantile,
)

figures = st.floats(0, 1e9, allow_subnormal=False)
shares = st.floats(0, 1, exclude_min=True, exclude_max=True, allow_subnormal=False).filter(lambda share: share < 1)


def _triangular(three: tuple[float, float, float]) -> Triangular:
    return Triangular(*sorted(three))


def _uniform(two: tuple[float, float]) -> Uniform:
    return Uniform(*sorted(two))


def _empirical(values: list[float]) -> Empirical:
    return Empirical(tuple(sorted(values)))


_positive = st.floats(1e-3, 1e6)
_bounded = st.one_of(
    st.builds(Fixed, figures),
    st.tuples(figures, figures).map(_uniform),
    st.tuples(figures, figures, figures).map(_triangular),
    st.lists(figures, min_size=1, max_size=30).map(_empirical),
)
_unbounded = st.one_of(
    st.builds(Normal, figures, st.floats(0, 1e6)),
    st.builds(LogNormal, _positive, st.floats(0, 1e6)),
)
variates = st.one_of(_bounded, _unbounded)


@given(variates, shares, shares)
def test_a_greater_share_has_no_lesser_value(variate: Variate, one: float, other: float) -> None:
    """The quantile rises with the share, or stays, and is never below 0."""
    low, high = sorted([one, other])
    assert 0 <= quantile(variate, low) <= quantile(variate, high)


@given(_bounded, shares)
def test_within_its_bounds(variate: Variate, share: float) -> None:
    """No value lies outside of what the distribution is said to reach."""
    match variate:
        case Fixed(value):
            low = high = value
        case Uniform(low, high) | Triangular(low, _, high):
            pass
        case Empirical(values):
            low, high = values[0], values[-1]
            assert quantile(variate, share) in values
        case _:
            raise AssertionError(f"{variate} has no bounds")
    assert low <= quantile(variate, share) <= high


@given(st.lists(st.integers(0, 20), min_size=1, max_size=50), shares)
def test_observed_values_are_inverted_exactly(observed: list[int], share: float) -> None:
    """It is the least value that at least this share of the observed ones stay at or below."""
    values = tuple(sorted(map(float, observed)))
    found = quantile(Empirical(values), share)
    assert bisect_right(values, found) / len(values) >= share
    assert all(bisect_right(values, lower) / len(values) < share for lower in values if lower < found)


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=30, unique=True), st.data())
def test_each_observed_value_has_its_own_share(observed: list[int], data: st.DataObject) -> None:
    """The share of the values up to one of them leads back to it, to the last bit."""
    values = tuple(sorted(map(float, observed)))
    rank = data.draw(st.integers(1, len(values)))
    if rank < len(values):
        assert quantile(Empirical(values), rank / len(values)) == values[rank - 1]
    assert quantile(Empirical(values), (rank - 0.5) / len(values)) == values[rank - 1]


@pytest.mark.parametrize(
    ("variate", "central"),
    [
        (Fixed(3.5), 3.5),
        (Uniform(8, 12), 10),
        (Triangular(0, 0, 2), 2 - sqrt(2)),
        (Triangular(0, 2, 2), sqrt(2)),
        (Triangular(1, 2, 3), 2),
        (Triangular(4, 4, 4), 4),
        (Normal(90, 15), 90),
        (Normal(0, 5), 0),
        (LogNormal(10, 0), 10),
        (LogNormal(3, 4), 9 / 5),
        (Empirical((7,)), 7),
        (Empirical((1, 2, 30)), 2),
        (Empirical((1, 2, 30, 40)), 2),
    ],
)
def test_the_central_value(variate: Variate, central: float) -> None:
    """The median; of an even number of observed values the lower of the two in the middle."""
    assert median(variate) == pytest.approx(central, rel=1e-12)


@given(_positive, shares)
def test_without_deviation_there_is_one_value(mean: float, share: float) -> None:
    """Where the deviation is 0 the mean itself is drawn, to the last bit."""
    assert quantile(LogNormal(mean, 0), share) == quantile(Normal(mean, 0), share) == mean


@given(st.floats(1, 100), st.floats(0.1, 3))
def test_the_median_of_a_log_normal(mean: float, ratio: float) -> None:
    """It is the mean over the root of 1 plus the squared ratio of deviation to mean."""
    assert median(LogNormal(mean, ratio * mean)) == pytest.approx(mean / sqrt(1 + ratio**2))


def test_what_would_lie_below_nothing_is_nothing() -> None:
    """What would lie below 0 of a normal distribution is 0."""
    assert quantile(Normal(1, 1), 0.1) == 0
    assert quantile(Normal(1, 1), 0.9) == pytest.approx(1 + 1.2815515655446004)


DRAWS = 20_000


@pytest.mark.parametrize(
    ("variate", "mean", "deviation"),
    [
        (Uniform(8, 12), 10, 4 / sqrt(12)),
        (Triangular(1, 2, 6), 3, sqrt((1 + 4 + 36 - 2 - 6 - 12) / 18)),
        (Normal(90, 15), 90, 15),
        (LogNormal(10, 4), 10, 4),
        (Empirical((1, 2, 3, 10)), 4, sqrt(12.5)),
    ],
)
def test_many_draws_have_its_mean_and_deviation(variate: Variate, mean: float, deviation: float) -> None:
    """Of shares that are spread evenly: both within half a percent of the deviation."""
    drawn = [quantile(variate, (number + 0.5) / DRAWS) for number in range(DRAWS)]
    assert fmean(drawn) == pytest.approx(mean, abs=deviation / 200)
    assert pstdev(drawn) == pytest.approx(deviation, rel=1 / 200)
