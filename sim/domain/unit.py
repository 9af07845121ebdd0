"""Units: bodies with a strength of one kind."""

from collections.abc import Collection, Iterable, Mapping

from attrs import frozen

from sim.domain.grounds import NO_GROUNDS, Grounds
from sim.domain.quantity import Interval, Quantity
from sim.domain.vocabulary import Kind, Readiness

DEFAULT_SIDE = "US"
"""The side of a unit where a scenario names none."""


@frozen
class Post:
    """The strength an analyst chose to post where the reported wording names no single number, and why."""

    strength: int
    grounds: Grounds


@frozen
class Unit:
    """A body of one kind of strength, as it stands when the run starts.

    `reported` is the strength in the report's words; `place` is where it stands, `origin` where `return` takes it.
    """

    id: str
    name: str
    kind: Kind
    reported: Quantity
    place: str
    origin: str
    readiness: Readiness = Readiness.GARRISON
    side: str = DEFAULT_SIDE
    part_of: str | None = None
    symbol: str = ""
    grounds: Grounds = NO_GROUNDS
    post: Post | None = None

    @property
    def strength(self) -> int:
        """What the ledger posts, at least 1: the posted choice where there is one, else the nominal figure."""
        if self.post is not None:
            return self.post.strength
        assert self.reported.nominal is not None, "loading refuses a unit without either"
        return self.reported.nominal

    @property
    def figure_grounds(self) -> Grounds:
        """What the posted strength rests on: the choice of it where one was made, else the unit's own grounds."""
        return self.grounds if self.post is None else self.post.grounds

    def interval_of(self, part: int) -> Interval:
        """The interval of `part` of this unit's strength, rounded outward."""
        return self.reported.interval.share(part, self.strength)


def parts_by_unit(units: Mapping[str, Unit]) -> dict[str, tuple[str, ...]]:
    """For each unit that has parts, the ids of those directly part of it, in byte order."""
    parts: dict[str, list[str]] = {}
    for unit in units.values():
        if unit.part_of is not None:
            parts.setdefault(unit.part_of, []).append(unit.id)
    return {whole: tuple(sorted(ids)) for whole, ids in parts.items()}


def with_parts(parts: Mapping[str, Collection[str]], named: Iterable[str]) -> tuple[str, ...]:
    """The named units and all their parts, to any depth, each once, in byte order."""
    found: set[str] = set()
    waiting = list(named)
    while waiting:
        unit = waiting.pop()
        if unit not in found:
            found.add(unit)
            waiting.extend(parts.get(unit, ()))
    return tuple(sorted(found))
