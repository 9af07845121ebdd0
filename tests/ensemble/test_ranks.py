"""The ranks between which a quantile lies, against the binomial distribution worked out exactly."""

from fractions import Fraction
from math import comb

import pytest

from sim.ensemble.ranks import ranks

SHARES = (1, 5, 25, 50, 75, 95, 99)


def _below(count: int, runs: int, share: int) -> Fraction:
    """P(B < count), exactly."""
    p = Fraction(share, 100)
    return sum((comb(runs, each) * p**each * (1 - p) ** (runs - each) for each in range(count)), Fraction(0))


def _exact(runs: int, share: int) -> tuple[int | None, int | None]:
    """The narrowest ranks of which neither is on the wrong side with a chance above 2.5 %."""
    tail = Fraction(25, 1000)
    low = max((rank for rank in range(1, runs + 1) if _below(rank, runs, share) <= tail), default=None)
    high = min((rank for rank in range(1, runs + 1) if 1 - _below(rank, runs, share) <= tail), default=None)
    return low, high


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("runs", [1, 2, 5, 6, 17, 72, 73, 100])
def test_they_are_the_narrowest_there_are(runs: int, share: int) -> None:
    assert ranks(runs, share) == _exact(runs, share)


def test_tables() -> None:
    """The usual ones for a median: of 6 the least and the greatest, of 10 the second and the ninth; of 5 none."""
    assert ranks(5, 50) == (None, None)
    assert ranks(6, 50) == (1, 6)
    assert ranks(10, 50) == (2, 9)
    assert ranks(100, 50) == (40, 61)


def test_many_runs() -> None:
    """A million are no trouble: the interval is that of the normal distribution, 1.96 deviations to either side."""
    low, high = ranks(1_000_000, 50)
    assert (low, high) == (499_020, 500_981)
