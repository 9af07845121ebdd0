"""Draws: what a run takes for figures that are not known exactly."""

from hashlib import blake2b
from math import ceil, floor
from typing import Protocol

from sim.domain.variate import Fixed, Triangular, Uniform, Variate, median, quantile

SHARE_BITS = 52
"""How many bits of a hash make a share: as many as leave room, in a float, for the half that keeps it off 0 and 1."""


class Draws(Protocol):
    """Where a run takes its figures from."""

    def draw(self, variate: Variate, *name: str | int) -> float:
        """The value of `variate` under a name: the purpose, then the ids of what it is for.

        The same name always has the same value, whatever else is drawn, and in whatever order.
        """
        ...

    def count(self, variate: Variate, *name: str | int) -> float:
        """The same of whole things. What is drawn is whole; a central value may lie between two whole numbers."""
        ...


class Medians:
    """Draws nothing: every figure is its central value. A plain run is played out so."""

    def draw(self, variate: Variate, *_name: str | int) -> float:
        """The central value of `variate`, whatever its name."""
        return variate.value if isinstance(variate, Fixed) else median(variate)

    def count(self, variate: Variate, *name: str | int) -> float:
        """The central value of `variate`, whatever its name."""
        return self.draw(variate, *name)


class Sampled:
    """Draws each figure by its name, anew for each replication of a seed.

    Two scenarios under the same seed and replication have the same share of every distribution that goes by the same
    name in both: they can be compared pair by pair.
    """

    def __init__(self, seed: int, replication: int) -> None:
        self._begun = blake2b(f"{seed}\n{replication}\n".encode(), digest_size=8)

    def draw(self, variate: Variate, *name: str | int) -> float:
        """The value of `variate` at the share that belongs to the name."""
        return variate.value if isinstance(variate, Fixed) else quantile(variate, self.share(*name))

    def count(self, variate: Variate, *name: str | int) -> float:
        """The whole number of `variate` at the share that belongs to the name; a figure that is certain as it is."""
        return variate.value if isinstance(variate, Fixed) else counted(variate, self.share(*name))

    def share(self, *name: str | int) -> float:
        """A number between 0 and 1, neither of them, that belongs to the name alone."""
        hashed = self._begun.copy()
        hashed.update("\n".join(map(str, name)).encode())  # no id has a line break in it
        return ((int.from_bytes(hashed.digest()) >> (64 - SHARE_BITS)) + 0.5) / (1 << SHARE_BITS)


def counted(variate: Variate, share: float) -> int:
    """How many whole things there are at a share: the whole number nearest to the quantile, halves upward.

    Of a distribution with ends only the whole numbers between them are drawn, and each has half a thing to either side,
    the first and the last as well: of uniform [1, 3], each of 1, 2 and 3 is a third. Where ends are whole numbers, that
    leaves the mean of a uniform distribution as it is, and that of a triangular one to a fiftieth. Where there is no
    whole number between them, it is the one nearest to their median.
    """
    if not isinstance(variate, Uniform | Triangular):
        return whole(quantile(variate, share))
    first, last = ceil(variate.low), floor(variate.high)
    if first > last:
        return whole(median(variate))
    drawn = quantile(_widened(variate, first, last), share)
    return min(max(first, whole(drawn)), last)  # at a half, what is rounded upward could be one too many


def _widened(variate: Uniform | Triangular, first: int, last: int) -> Uniform | Triangular:
    """The distribution from half a thing before `first` to half a thing after `last`."""
    low, high = first - 0.5, last + 0.5
    if isinstance(variate, Uniform):
        return Uniform(low, high)
    return Triangular(low, min(max(first, variate.mode), last), high)


def whole(figure: float) -> int:
    """A figure as the nearest whole number, halves upward."""
    return floor(figure + 0.5)
