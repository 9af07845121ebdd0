"""Sparklines: a strength over time in the height of one line."""

from collections.abc import Sequence
from itertools import pairwise

from sim.posture.held import NOTHING as NOTHING_HELD
from sim.posture.series import Course

BARS = "▁▂▃▄▅▆▇"
"""From the lowest to the highest, which leaves a gap below the line above. Terminals that lack one have none."""

LEAST, MOST = 9, 24
"""How many characters a sparkline has, at least and at most: no fewer than what stands above it, "over time"."""

NOTHING = "."


def highest(course: Course, end: int, bars: int) -> list[int]:
    """The most that is held in each of so many equal stretches of a run that ends at the minute `end`."""
    most = [0] * bars
    for (since, held), (until, _) in pairwise([*course.steps, (end + 1, NOTHING_HELD)]):
        for bar in range(since * bars // (end + 1), (until - 1) * bars // (end + 1) + 1):
            most[bar] = max(most[bar], held.strength)
    return most


def sparkline(strengths: Sequence[int]) -> str:
    """A character for each strength, as high as its share of the greatest; a dot for none."""
    greatest = max(strengths, default=0)
    return "".join(BARS[-(-strength * len(BARS) // greatest) - 1] if strength else NOTHING for strength in strengths)
