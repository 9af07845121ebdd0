"""Conflicts: what sources say to one question that cannot all be true, whatever the ledger has."""

from bisect import bisect_right
from collections.abc import Iterable

from attrs import frozen

from sim.domain.claim import Claim, Count, Never, Test
from sim.domain.quantity import ZERO, Interval


@frozen
class Saying:
    """Claims that answer a question alike: with the same interval."""

    interval: Interval
    claims: tuple[Claim, ...]


@frozen
class Conflict:
    """A saying, and the sayings of more than that which cannot be true beside it."""

    lower: Saying
    higher: tuple[Saying, ...]


def conflicts(claims: Iterable[Claim]) -> tuple[Conflict, ...]:
    """Which claims to one question cannot both be true: those whose intervals have no number in common.

    Each pair is told once, and what says least comes first. Claims that are not about how many do not conflict.
    """
    alike: dict[Interval, list[Claim]] = {}
    for claim in claims:
        interval = expected_by(claim.test)
        if interval is not None:
            alike.setdefault(interval, []).append(claim)
    sayings = [Saying(interval, tuple(alike[interval])) for interval in sorted(alike, key=_low_and_high)]
    lows = [saying.interval.low for saying in sayings]
    found = []
    for lower in sayings:
        if lower.interval.high is not None:
            higher = sayings[bisect_right(lows, lower.interval.high) :]
            found += [Conflict(lower, tuple(higher))] if higher else []
    return tuple(found)


def expected_by(test: Test) -> Interval | None:
    """How many a test expects; None where it is not about how many."""
    match test:
        case Count(_, expected):
            return expected.interval
        case Never():
            return ZERO
        case _:
            return None


def _low_and_high(interval: Interval) -> tuple[int, bool, int]:
    """From the least to the most; what has no upper bound comes last."""
    return interval.low, interval.high is None, interval.high or 0
