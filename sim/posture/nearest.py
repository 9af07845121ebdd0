"""The nearest reading of a claim: the figure nearest to the ledger's that the claim and the reports both allow."""

from collections.abc import Iterable, Iterator

from attrs import frozen

from sim.domain.claim import Count, Never
from sim.domain.quantity import Interval
from sim.ledger.book import Book
from sim.ledger.claims import Judgement
from sim.ledger.portion import intervals_of


@frozen
class Read:
    """How much of a unit is counted, what its report allows that to be, and what it would have to be read as."""

    unit: str
    counted: int
    interval: Interval
    read: int


@frozen
class Nearest:
    """A strength within what the reports allow, and how far `off` what the claim expects it stays: 0 where it fits.

    It is the one nearest to the ledger's figure that fits; where none does, the one nearest to the claim. `units` are
    those counted, by id; as few of them as can be are read otherwise than they are counted.
    """

    strength: int
    off: int
    units: tuple[Read, ...]

    @property
    def changed(self) -> Iterator[Read]:
        """The units that would have to be read otherwise."""
        return (unit for unit in self.units if unit.read != unit.counted)


def nearest_reading(book: Book, judgement: Judgement) -> Nearest | None:
    """The nearest reading of a claim about how many; None for one that is about something else, or has no reading."""
    reading = judgement.reading
    if reading is None or not isinstance(judgement.claim.test, Count | Never):
        return None
    intervals = intervals_of(book.units, reading.units, reading.portions)
    counted = [(unit, strength, intervals[unit]) for unit, strength in reading.units]
    strength = _nearest(reading.strength, reading.expected.interval, reading.interval)
    read = dict(_spread(strength - reading.strength, counted))
    units = tuple(Read(unit, there, interval, there + read.get(unit, 0)) for unit, there, interval in counted)
    return Nearest(strength, reading.expected.interval.distance(strength), units)


def _nearest(strength: int, expected: Interval, allowed: Interval) -> int:
    """The number nearest to `strength`, which is `allowed`, that is expected too; else the nearest to that allowed."""
    if strength < expected.low:
        return expected.low if allowed.high is None else min(expected.low, allowed.high)
    if expected.high is not None and strength > expected.high:
        return max(expected.high, allowed.low)
    return strength


def _spread(change: int, counted: Iterable[tuple[str, int, Interval]]) -> Iterator[tuple[str, int]]:
    """How much more (negative: less) of which unit makes up a change: of those first that can give or take most."""
    sign = 1 if change > 0 else -1
    left = abs(change)
    room = [(_room(strength, interval, sign), unit) for unit, strength, interval in counted]
    for most, unit in sorted(room, key=lambda each: (-left if each[0] is None else -each[0], each[1])):
        taken = left if most is None else min(most, left)
        if taken:
            yield unit, sign * taken
        left -= taken


def _room(strength: int, interval: Interval, sign: int) -> int | None:
    """How much more (for a `sign` of -1, less) a strength may be; None where there is no bound."""
    if sign < 0:
        return strength - interval.low
    return None if interval.high is None else interval.high - strength
