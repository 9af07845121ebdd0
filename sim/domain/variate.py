"""Variates: figures that are not known exactly, as distributions of which a plain run takes the median."""

from bisect import bisect_right
from math import exp, log, sqrt
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
    """The value that a share of all draws stays at or below; 0 < share < 1.

    By the inverse of each distribution function, so that one uniform draw makes one draw of it.
    """
    match variate:
        case Fixed(value):
            return value
        case Uniform(low, high):
            return low + share * (high - low)
        case Triangular(low, mode, high):
            return _triangular(low, mode, high, share)
        case Normal(mean, deviation):
            return max(0.0, mean + deviation * _STANDARD.inv_cdf(share))
        case LogNormal(mean, deviation):
            spread = log(1 + (deviation / mean) ** 2)
            return exp(log(mean) - spread / 2 + sqrt(spread) * _STANDARD.inv_cdf(share))
        case Empirical(values):
            return values[min(len(values) - 1, bisect_right(range(1, len(values)), share * len(values)))]
        case _:
            assert_never(variate)


def median(variate: Variate) -> float:
    """The central value, which a plain run takes: of an even number of observed values the lower of the middle two."""
    if isinstance(variate, Empirical):
        return variate.values[(len(variate.values) - 1) // 2]
    return quantile(variate, 0.5)


def _triangular(low: float, mode: float, high: float, share: float) -> float:
    if high == low:
        return low
    turn = (mode - low) / (high - low)
    if share < turn:
        return low + sqrt(share * (high - low) * (mode - low))
    return high - sqrt((1 - share) * (high - low) * (high - mode))
