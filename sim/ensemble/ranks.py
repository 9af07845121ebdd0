"""Ranks: between which order statistics a quantile lies."""

from bisect import bisect_left, bisect_right
from functools import cache
from itertools import accumulate

TAIL = 0.025
"""How much of the binomial distribution each end leaves out: together 5 %."""

NOTHING = 1e-18
"""From which share of its peak on a probability no longer counts: what is beyond adds up to less than rounding does."""


@cache
def ranks(runs: int, share: int) -> tuple[int | None, int | None]:
    """The ranks, from 1 on, between which a quantile lies with 95 % confidence; None where there are too few runs.

    How many of n runs stay below the quantile at a share p is binomial, whatever their distribution: so the answer of
    the rank l is above it with the chance P(B < l), that of the rank u below it with the chance P(B >= u), and neither
    may be more than 2.5 %. H. A. David and H. N. Nagaraja, Order Statistics (3rd edition, Wiley, 2003), section 7.1.
    Where answers repeat, the interval is rather too wide than too narrow. `share` is in percent, from 1 to 99.
    """
    first, until = _below(runs, share)
    total = until[-1]
    low = first + bisect_right(until, TAIL * total)  # the most l with P(B <= l - 1) <= 2.5 %
    high = first + bisect_left(until, (1 - TAIL) * total) + 1  # the least u with P(B <= u - 1) >= 97.5 %
    return (low if low >= 1 else None), (high if high <= runs else None)


def _below(runs: int, share: int) -> tuple[int, list[float]]:
    """The binomial distribution function, times a constant: at a first number of runs, and at each one after it.

    Each probability is had from the one beside it, outward from the peak, where it is 1: only sums and products, so
    that all machines agree.
    """
    odds = share / (100 - share)
    peak = (runs + 1) * share // 100
    upward, downward = [1.0], []
    number, weight = peak, 1.0
    while number < runs and weight > NOTHING:
        weight *= (runs - number) / (number + 1) * odds
        number += 1
        upward.append(weight)
    number, weight = peak, 1.0
    while number > 0 and weight > NOTHING:
        weight *= number / (runs - number + 1) / odds
        number -= 1
        downward.append(weight)
    return number, list(accumulate([*reversed(downward), *upward]))
