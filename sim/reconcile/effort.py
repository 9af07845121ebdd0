"""Effort: how much work a search is given. It is counted in the solver's own steps, not in seconds: a slow machine is
to give the same answer as a fast one.
"""

from collections.abc import Iterable
from enum import Enum

EFFORT = 100_000_000
"""How many steps each search is given: on a machine of 2022 about ten seconds."""

CHECK_COST = 10_000
"""What asking the solver costs besides its own steps."""

NODE_COST = 200
"""What a step of a search outside of the solver costs."""


class Extent(Enum):
    """How far a search came: to the end, or only to the limit, or as far as the effort went."""

    EFFORT = "effort"
    LIMIT = "limit"
    ALL = "all"


def least_of(extents: Iterable[Extent]) -> Extent:
    """How far several searches came together."""
    reached = set(extents)
    return next(extent for extent in Extent if extent in reached)


class OutOfEffort(Exception):
    """There was more to do than effort given."""


class Effort:
    """What is left of the effort given to a search."""

    def __init__(self, steps: int = EFFORT) -> None:
        self.left = steps

    def spend(self, steps: int) -> None:
        """Raises OutOfEffort where so much is not left."""
        self.left -= steps
        if self.left < 0:
            raise OutOfEffort
