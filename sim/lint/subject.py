"""The subject of the checks: a scenario, the book of its run, and what several checks ask of the two."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property, partial
from typing import Self

from attrs import frozen

from sim.domain.grounds import Grounds
from sim.domain.lift import Change, Lift, Port
from sim.domain.order import Order, Part
from sim.domain.scenario import Scenario
from sim.domain.source import Source, origins
from sim.domain.unit import Unit
from sim.ledger import Book
from sim.ledger.claims import Evidence, Judgement, Reading, judge
from sim.ledger.selection import Sieve


@frozen(slots=False)
class Subject:
    """A scenario as it is written, and the book of its run: there its units, orders and claims are in force."""

    scenario: Scenario
    book: Book

    @classmethod
    def of(cls, book: Book) -> Self:
        """The subject of a run that has been played out."""
        return cls(book.scenario, book)

    @cached_property
    def evidence(self) -> Evidence:
        """What the book shows of the claims."""
        return Evidence(self.book)

    @cached_property
    def sieve(self) -> Sieve:
        """What selectors mean in the book."""
        return Sieve(self.book)

    @cached_property
    def judgements(self) -> tuple[Judgement, ...]:
        """Those on claims that can be tested, by id."""
        every = (judge(self.evidence, self.book.claims[claim]) for claim in sorted(self.book.claims))
        return tuple(judgement for judgement in every if judgement.reading is not None)

    @cached_property
    def origins(self) -> Callable[[str], frozenset[str]]:
        """The ids where a source's news began; each source is followed once."""
        return cache(partial(origins, self.scenario.sources))

    @cached_property
    def relayed(self) -> Callable[[str], frozenset[str]]:
        """The ids of all that a source relays, to any depth; each source is followed once."""
        return cache(partial(_relayed, self.scenario.sources))

    @cached_property
    def cited(self) -> frozenset[str]:
        """The ids of the sources that state a claim, amend something, or have anything rest on them."""
        scenario = self.scenario
        found = {claim.source for claim in scenario.claims.values()}
        found.update(source for amendment in scenario.amendments for source in amendment.sources)
        means: tuple[Lift | Port | Change, ...] = (
            *scenario.lift.values(),
            *scenario.ports.values(),
            *scenario.capacity,
        )
        found.update(source for each in means for source in each.grounds.sources)
        amended = [amendment.entry for amendment in scenario.amendments]
        for entry in (*scenario.units.values(), *scenario.orders.values(), *amended):
            if isinstance(entry, Unit | Order):
                found.update(source for grounds in grounds_of(entry) for source in grounds.sources)
        return frozenset(found)


def reading_of(judgement: Judgement) -> Reading:
    """The reading of a claim that can be tested."""
    assert judgement.reading is not None, "only those that have one are looked at"
    return judgement.reading


def grounds_of(entry: Unit | Order) -> Iterator[Grounds]:
    """All that a unit or an order says it rests on, as it says it."""
    yield entry.grounds
    if isinstance(entry, Unit):
        if entry.post is not None:
            yield entry.post.grounds
        return
    yield from (part.post_grounds for part in entry.parts)
    movements: tuple[Order | Part, ...] = (entry, *entry.parts)
    for movement in movements:
        yield movement.grounds
        yield movement.depart.grounds
        yield movement.arrive.grounds
        if movement.transit is not None:
            yield movement.transit.grounds


def _relayed(sources: Mapping[str, Source], source: str) -> frozenset[str]:
    found: set[str] = set()
    waiting = list(sources[source].relays)
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting.extend(sources[current].relays)
    return frozenset(found)
