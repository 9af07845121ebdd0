"""Chances: in what share of an ensemble's runs something was so, and how far that can be trusted."""

from math import sqrt

from attrs import frozen

DEVIATIONS = 1.959963984540054
"""How many standard deviations to either side hold 95 % of a normal distribution."""


@frozen
class Chance:
    """It was so in `hits` of `runs` (at least 1); with 95 % confidence its chance lies from `low` to `high`."""

    hits: int
    runs: int
    low: float
    high: float

    @property
    def share(self) -> float:
        return self.hits / self.runs


def chance(hits: int, runs: int) -> Chance:
    """The chance of what was so in `hits` of `runs` runs, of which there is at least one, with Wilson's score interval.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
    Statistical Association 22 (1927), 209-212. It stays between 0 and 1, and says something also where nothing or
    everything was so: L. D. Brown, T. T. Cai and A. DasGupta, "Interval estimation for a binomial proportion",
    Statistical Science 16 (2001), 101-133, recommend it over the usual one.
    """
    square = DEVIATIONS**2
    share, whole = hits / runs, 1 + square / runs
    centre = (share + square / (2 * runs)) / whole
    half = DEVIATIONS * sqrt(share * (1 - share) / runs + square / (4 * runs**2)) / whole
    low = 0.0 if hits == 0 else max(0.0, centre - half)
    high = 1.0 if hits == runs else min(1.0, centre + half)
    return Chance(hits, runs, low, high)
