"""Variates: figures that are not known exactly, as distributions of which a plain run takes the median."""

from bisect import bisect_left
from collections.abc import Callable
from math import exp, log1p, sqrt
from statistics import NormalDist
from typing import assert_never

from attrs import frozen

_STANDARD = NormalDist()


@frozen
class Fixed:
    """One value, always."""

    value: float


@frozen
class Uniform:
    """Any value from `low` to `high`, each as likely."""

    low: float
    high: float


@frozen
class Triangular:
    """From `low` to `high`, most likely `mode`."""

    low: float
    mode: float
    high: float


@frozen
class Normal:
    """The normal distribution with this mean and standard deviation; what would lie below 0 is 0."""

    mean: float
    deviation: float


@frozen
class LogNormal:
    """The log-normal distribution with this mean and standard deviation: its own, not those of its logarithm."""

    mean: float
    deviation: float


@frozen
class Empirical:
    """One of these values, as they were observed, rising; each as likely."""

    values: tuple[float, ...]


Variate = Fixed | Uniform | Triangular | Normal | LogNormal | Empirical


def quantile(variate: Variate, share: float) -> float:
    """The least value that a share of all draws stays at or below; 0 < share < 1.

    By the inverse of each distribution function, so that one uniform draw makes one draw of it.
    """
    match variate:
        case Fixed(value):
            return value
        case Uniform(low, high):
            return min(high, low + share * (high - low))
        case Triangular(low, mode, high):
            return _triangular(low, mode, high, share)
        case Normal(mean, deviation):
            return max(0.0, mean + deviation * _STANDARD.inv_cdf(share))
        case LogNormal(mean, deviation):
            spread = log1p((deviation / mean) ** 2)
            return mean * exp(sqrt(spread) * _STANDARD.inv_cdf(share) - spread / 2)
        case Empirical(values):
            return values[bisect_left(range(1, len(values)), share, key=lambda rank: rank / len(values))]
        case _:
            assert_never(variate)


def mapped(variate: Variate, change: Callable[[float], float]) -> Variate:
    """The same with each of its figures changed, as to another unit."""
    match variate:
        case Fixed(value):
            return Fixed(change(value))
        case Uniform(low, high):
            return Uniform(change(low), change(high))
        case Triangular(low, mode, high):
            return Triangular(change(low), change(mode), change(high))
        case Normal(mean, deviation):
            return Normal(change(mean), change(deviation))
        case LogNormal(mean, deviation):
            return LogNormal(change(mean), change(deviation))
        case Empirical(values):
            return Empirical(tuple(map(change, values)))
        case _:
            assert_never(variate)


def median(variate: Variate) -> float:
    """The central value, which a plain run takes: of an even number of observed values the lower of the middle two."""
    return quantile(variate, 0.5)


def _triangular(low: float, mode: float, high: float, share: float) -> float:
    if high == low:
        return low
    turn = (mode - low) / (high - low)
    if share < turn:
        return min(mode, low + sqrt(share * (high - low) * (mode - low)))
    return max(mode, high - sqrt((1 - share) * (high - low) * (high - mode)))
