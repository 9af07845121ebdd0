"""Portions: what is counted of a unit that an order moves in parts, by the parts that are there."""

from collections.abc import Iterable, Iterator, Mapping

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
    def in_words(self) -> bool:
        """Whether the strength of any part of the unit is in a report's words, of those that are not here too."""
        return any(part.reported is not None for part in self.order.parts)

    @property
    def interval(self) -> Interval:
        """What the words allow: those of the parts that have some; the others share what these leave of the unit.

        Without any words, the share of the unit's own interval. Never more than the whole unit may be. What is posted
        always lies inside, also where no more was known of a part than would fit.
        """
        posted = sum(part.strength for part in self._here)
        if not self.in_words:
            return self.unit.interval_of(posted)
        plain = sum(part.strength for part in self._here if part.reported is None)
        among = sum(part.strength for part in self.order.parts if part.reported is None)
        left = (
            _less(self.unit.reported.interval, list(_worded(self.order.parts))).share(plain, among) if plain else ZERO
        )
        allowed = sum(_worded(self._here), left)
        ends = [high for high in (allowed.high, self.unit.reported.high) if high is not None]
        return Interval(min(allowed.low, posted), max(posted, min(ends)) if ends else None)

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


def _less(whole: Interval, parts: list[Interval]) -> Interval:
    """What parts leave of the whole; never below 0."""
    most = [part.high for part in parts if part.high is not None]
    low = whole.low - sum(most) if len(most) == len(parts) else 0
    high = None if whole.high is None else whole.high - sum(part.low for part in parts)
    return Interval(max(0, low), None if high is None else max(0, high))


def _sourced(chosen: Grounds, part: Part, order: Order) -> Grounds:
    own = NO_GROUNDS if set(part.grounds.sources) <= set(order.grounds.sources) else part.grounds
    known = (chosen, own, part.arrive.grounds, part.grounds, order.grounds)
    return next((grounds for grounds in known if grounds.sources), NO_GROUNDS)
