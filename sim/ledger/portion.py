"""Portions: what is counted of a unit that an order moves in parts, by the parts that are there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from sim.domain.grounds import NO_GROUNDS, Grounds
from sim.domain.order import Order, Part
from sim.domain.quantity import ZERO, Interval
from sim.domain.unit import Unit


@frozen
class Portion:
    """Some of the parts in which an order moves a unit, but not all of them.

    `parts` are their numbers, from 0 in the order in which they are written, rising.
    """

    unit: Unit
    order: Order
    parts: tuple[int, ...]

    @property
    def interval(self) -> Interval:
        """What the words allow: those of the parts that have some; the others share what these leave of the unit.

        Without any words, the share of the unit's own interval. Never more than the whole unit may be. What is posted
        always lies inside, also where no more was known of a part than would fit.
        """
        allowing = Allowing(self.unit, self.order)
        for part in self._here:
            allowing.add(part)
        return allowing.allowed

    @property
    def figures(self) -> Iterator[Grounds]:
        """What the wording or the number of each part rests on: the first with a source of what may say so.

        That is the number chosen, the part, its arrival, the order; but the arrival before the part where the part
        names only sources of its order, as one does that an amendment repeats. Without any source, there is none.
        """
        return (_sourced(part.post_grounds, part, self.order) for part in self._here)

    @property
    def numbers(self) -> Iterator[tuple[int, Grounds]]:
        """The posted strength of each part, with its grounds: those of `figures`, or why a number was chosen."""
        for part in self._here:
            chosen = part.post_grounds
            yield part.strength, chosen if chosen.stated else _sourced(chosen, part, self.order)

    @property
    def _here(self) -> list[Part]:
        return [self.order.parts[part] for part in self.parts]


class Allowing:
    """What the words allow of some parts of an order, which can come and go: only their sums are kept."""

    def __init__(self, unit: Unit, order: Order) -> None:
        words = list(_worded(order.parts))
        self._unit = unit
        self._of = len(order.parts)
        self._left = left_of(unit.reported.interval, words) if words else None
        self._among = sum(part.strength for part in order.parts if part.reported is None)
        self._count = self._posted = self._plain = self._low = self._high = self._unbounded = 0

    def add(self, part: Part, times: int = 1) -> None:
        """Take a part in, or, -1 times, out."""
        self._count += times
        self._posted += times * part.strength
        if part.reported is None:
            self._plain += times * part.strength
            return
        words = part.reported.interval
        self._low += times * words.low
        if words.high is None:
            self._unbounded += times
        else:
            self._high += times * words.high

    @property
    def interval(self) -> Interval | None:
        """What is allowed of those that are in; None where none is, or all are."""
        return self.allowed if 0 < self._count < self._of else None

    @property
    def allowed(self) -> Interval:
        """The same, however many there are: see `Portion.interval`."""
        if self._left is None:
            return self._unit.interval_of(self._posted)
        left = self._left.share(self._plain, self._among) if self._plain else ZERO
        allowed = left + Interval(self._low, None if self._unbounded else self._high)
        ends = [high for high in (allowed.high, self._unit.reported.interval.high) if high is not None]
        return Interval(min(allowed.low, self._posted), max(self._posted, min(ends)) if ends else None)


def intervals_of(
    units: Mapping[str, Unit], counted: Iterable[tuple[str, int]], portions: Iterable[Portion]
) -> dict[str, Interval]:
    """What is counted of each unit, by id, as the interval it stands for: by the parts that are there where some are
    in `portions`, else the share of the unit's own.
    """
    in_parts = {portion.unit.id: portion.interval for portion in portions}
    return {unit: in_parts.get(unit) or units[unit].interval_of(strength) for unit, strength in counted}


def _worded(parts: Iterable[Part]) -> Iterator[Interval]:
    return (part.reported.interval for part in parts if part.reported is not None)


def left_of(whole: Interval, parts: Sequence[Interval]) -> Interval:
    """What parts leave of the whole; never below 0."""
    most = [part.high for part in parts if part.high is not None]
    low = whole.low - sum(most) if len(most) == len(parts) else 0
    high = None if whole.high is None else whole.high - sum(part.low for part in parts)
    return Interval(max(0, low), None if high is None else max(0, high))


def _sourced(chosen: Grounds, part: Part, order: Order) -> Grounds:
    own = NO_GROUNDS if set(part.grounds.sources) <= set(order.grounds.sources) else part.grounds
    known = (chosen, own, part.arrive.grounds, part.grounds, order.grounds)
    return next((grounds for grounds in known if grounds.sources), NO_GROUNDS)
