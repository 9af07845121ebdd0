"""Forms: sums of unknown strengths, and the demands that are made of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from attrs import frozen

from sim.domain.quantity import Interval

Form = tuple[int, ...]
"""The sum of the unknowns with these numbers, each counted once, in order; nothing at all is 0."""

Values = Mapping[int, int]
"""A strength for each unknown, by its number."""


@frozen
class Demand:
    """That a sum lies within an interval."""

    form: Form
    interval: Interval

    def met_by(self, values: Values) -> bool:
        return sum(values[unknown] for unknown in self.form) in self.interval

    @property
    def always_met(self) -> bool:
        """Whether any strengths meet it, since none is below 0."""
        return self.interval.low <= 0 and (self.interval.high is None or (not self.form and 0 in self.interval))


Rule = Sequence[Demand]
"""What is demanded all together; where nothing is, it is met by anything."""


@frozen
class Division:
    """A unit's strength, by its number, is the sum of those of the parts in which an order or lift moves it."""

    whole: int
    parts: Form

    @property
    def unknowns(self) -> Form:
        return (self.whole, *self.parts)


def meets(values: Values, rule: Rule) -> bool:
    """Whether strengths meet a rule."""
    return all(demand.met_by(values) for demand in rule)


def tightest(rules: Iterable[Rule]) -> list[Demand]:
    """What rules demand all together, with no more than one lower and one upper end for each sum."""
    ends: dict[Form, tuple[int, int | None]] = {}
    for rule in rules:
        for demand in rule:
            low, high = ends.get(demand.form, (0, None))
            caps = [cap for cap in (high, demand.interval.high) if cap is not None]
            ends[demand.form] = max(low, demand.interval.low), min(caps, default=None)
    return [Demand(form, Interval(low, high)) for form, (low, high) in ends.items()]


def unknowns_in(rules: Iterable[Rule]) -> set[int]:
    """The unknowns that rules speak of."""
    return {unknown for rule in rules for demand in rule for unknown in demand.form}


class Ties:
    """Which unknowns have to do with one another: those of one rule, and a unit with its parts."""

    def __init__(self, rules: Iterable[Rule], divisions: Iterable[Division]) -> None:
        self._above: dict[int, int] = {}
        for division in divisions:
            self._join(division.unknowns)
        for rule in rules:
            self._join(tuple(unknown for demand in rule for unknown in demand.form))

    def group(self, unknown: int) -> int:
        """The unknown that stands for all that this one has to do with."""
        path = []
        while (above := self._above.get(unknown, unknown)) != unknown:
            path.append(unknown)
            unknown = above
        for below in path:
            self._above[below] = unknown
        return unknown

    def apart(self, form: Collection[int]) -> list[Form]:
        """A sum as sums that have nothing to do with one another."""
        groups: dict[int, list[int]] = {}
        for unknown in sorted(form):
            groups.setdefault(self.group(unknown), []).append(unknown)
        return [tuple(group) for group in groups.values()]

    def _join(self, unknowns: Sequence[int]) -> None:
        for unknown in unknowns[1:]:
            one, other = sorted((self.group(unknowns[0]), self.group(unknown)))
            if one != other:
                self._above[other] = one
