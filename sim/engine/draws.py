"""Draws: what a run takes for figures that are not known exactly."""

from hashlib import blake2b
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

    Where a distribution has ends, each end stands for a whole thing as those between them do, and has half a one to
    either side: of uniform [1, 3], each of 1, 2 and 3 is a third. So the share less 1/2 is added to the quantile, which
    leaves the mean and the median as they are; and nothing is beyond the ends.
    """
    figure = quantile(variate, share)
    if isinstance(variate, Uniform | Triangular):
        figure = min(max(variate.low, figure + share - 0.5), variate.high)
    return whole(figure)


def whole(figure: float) -> int:
    """A figure, 0 or more, as the nearest whole number, halves upward."""
    return int(figure + 0.5)
