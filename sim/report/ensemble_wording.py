"""How chances, quantiles and durations of an ensemble are worded."""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor

from sim.ensemble.chance import Chance, chance
from sim.ensemble.distribution import Bound, Quantile
from sim.ensemble.question import Value
from sim.report.timeline_table import duration
from sim.report.wording import NAMED_MAX, Wording, named

NOT_BY_THE_END = "later"
"""What stands for the closure of what does not close by the end, or never."""

UNKNOWN = "?"
"""What stands for the end of an interval of which there are too few runs to say anything."""


def listed(names: Sequence[str], joint: str = ", ") -> str:
    """Some names, and how many more there are, and where."""
    return named(names, joint) + (" (--format json has all)" if len(names) > NAMED_MAX else "")


def percent(chance: Chance) -> str:
    """A chance with its interval, both in whole percent, the interval rounded outward: "12 % (10-14)".

    Only what is so in all runs is 100 %, and only what is so in none 0 %. Halves go to the even number, so that two
    chances that make up all make up 100 %.
    """
    whole = round(Fraction(100 * chance.hits, chance.runs))
    shown = "<1" if chance.hits > 0 and whole == 0 else ">99" if chance.hits < chance.runs and whole == 100 else whole
    return f"{shown} % ({floor(100 * chance.low)}-{ceil(100 * chance.high)})"


def in_every_run(runs: int, left_to_chance: bool) -> str:
    """In how many runs all of so many were alike, with the interval of that; none where one run tells of all."""
    if not left_to_chance:
        return "in every run"
    found = chance(runs, runs)
    interval = f"({floor(100 * found.low)}-{ceil(100 * found.high)} %)"
    return f"in the only run {interval}" if runs == 1 else f"in all {runs:,} runs {interval}"


def closed_by(wording: Wording, value: Value | Bound) -> str:
    """When something closes."""
    match value:
        case None:
            return NOT_BY_THE_END
        case Bound():
            return UNKNOWN
        case minute:
            return wording.day(minute)


def closed_from_to(wording: Wording, quantile: Quantile) -> str:
    """The interval of a quantile of closures."""
    low, high = closed_by(wording, quantile.low), closed_by(wording, quantile.high)
    return low if low == high != UNKNOWN else f"{low} - {high}"


def lasting(value: Value | Bound) -> str:
    """How long something lasts."""
    return UNKNOWN if isinstance(value, Bound) or value is None else duration(value)


def shifted(value: Value | Bound) -> str:
    """By how much something is sooner or later."""
    match value:
        case Bound() | None:
            return UNKNOWN
        case 0:
            return "as soon"
        case minutes:
            return f"{duration(abs(minutes))} {'later' if minutes > 0 else 'sooner'}"
