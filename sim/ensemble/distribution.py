"""Distributions: the exact answers of all runs to one question, and the quantiles and chances to be read off them."""

from bisect import bisect_left
from collections.abc import Mapping
from enum import Enum
from itertools import accumulate

from attrs import frozen

from sim.ensemble.chance import Chance, chance
from sim.ensemble.question import Value
from sim.ensemble.ranks import ranks

SHARES = (5, 25, 50, 75, 95)
"""The quantiles that are told, in percent."""


class Bound(Enum):
    """An end of a confidence interval of which there are too few runs to say anything."""

    UNKNOWN = "unknown"


@frozen
class Quantile:
    """The least answer that a share of the runs, in percent, stays at or below; an answer of None is above all others.

    With 95 % confidence, runs without number would have it from `low` to `high`.
    """

    share: int
    value: Value
    low: Value | Bound
    high: Value | Bound

    @property
    def width(self) -> int | None:
        """How wide the interval is; None where an end is not known, or is None: that lies beyond the end."""
        match self.low, self.high:
            case int(low), int(high):
                return high - low
            case _:
                return None


@frozen
class Distribution:
    """The answers, rising, with None as the last; and for each in how many runs it was that or a lower one."""

    values: tuple[Value, ...]
    until: tuple[int, ...]

    @property
    def runs(self) -> int:
        """How many runs answered."""
        return self.until[-1] if self.until else 0

    @property
    def always(self) -> bool:
        """Whether all runs gave the same answer."""
        return len(self.values) == 1

    def of_rank(self, rank: int) -> Value:
        """The answer that has this rank among those of all runs, from 1 on."""
        return self.values[bisect_left(self.until, rank)]

    def quantile(self, share: int) -> Quantile:
        """The quantile at so many percent, from 1 to 99, of at least one run, with its error.

        It is the order statistic of the rank n * share / 100, rounded up, and so are the ends of its interval.
        """
        runs = self.runs
        low, high = ranks(runs, share)
        return Quantile(
            share,
            self.of_rank(-(-runs * share // 100)),
            Bound.UNKNOWN if low is None else self.of_rank(low),
            Bound.UNKNOWN if high is None else self.of_rank(high),
        )

    def quantiles(self) -> tuple[Quantile, ...]:
        """The quantiles at SHARES."""
        return tuple(self.quantile(share) for share in SHARES)

    def count(self, value: Value) -> int:
        """How many runs gave this answer."""
        return dict(zip(self.values, self._each, strict=True)).get(value, 0)

    def chance(self, value: Value) -> Chance:
        """The chance of this answer."""
        return chance(self.count(value), self.runs)

    def at_most(self, value: int) -> Chance:
        """The chance of this answer or a lower one; None is never one."""
        found = 0
        for each, until in zip(self.values, self.until, strict=True):
            if each is not None and each <= value:
                found = until
        return chance(found, self.runs)

    @property
    def _each(self) -> tuple[int, ...]:
        return tuple(here - before for here, before in zip(self.until, (0, *self.until), strict=False))


def distribution(counts: Mapping[Value, int]) -> Distribution:
    """The distribution of answers of which each was given in so many runs; those of none are left out."""
    given = sorted((value for value, runs in counts.items() if runs), key=in_turn)
    return Distribution(tuple(given), tuple(accumulate(counts[value] for value in given)))


def in_turn(value: Value) -> tuple[bool, int]:
    """What puts answers in turn: None is the last."""
    return value is None, value or 0
