"""What was known when: a scenario reduced to what had been published by a minute."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, TypeVar

from attrs import evolve, frozen

from sim.domain.amendment import Amendment, in_parts
from sim.domain.claim import Claim
from sim.domain.grounds import NO_GROUNDS, Grounds
from sim.domain.lift import Carriage, Change, Lift, Port
from sim.domain.order import ANY_TIME, Order, Part, Transit, Window
from sim.domain.scenario import Scenario
from sim.domain.source import Dates, Source
from sim.domain.unit import Unit

Grounded = TypeVar("Grounded", Lift, Port, Change)


def known(scenario: Scenario, minute: int) -> Scenario:
    """The scenario with only what had been published by the end of `minute`.

    An entry is there from the publication of the first of its sources on; one that rests on no source, always. Of an
    order, a window, transit or part with sources of its own is there from the first of theirs on. What names units or
    orders that were not known yet goes without them, or is not there where nothing is left of it: as it read by then.
    Where it could not be there as it was first reported, the first amendment with which it can is its first version. An
    order of whose lift not all is known goes without any, and a change of lift or ports that are not there is not there
    either. What moves in parts goes by its lift as one where it is not known when any of them moves. At a minute by
    which all had been published, it is the scenario itself.
    """
    dates = Dates(scenario.sources)
    public = frozenset(id for id in scenario.sources if _is_public(dates, id, minute))
    able = _able(_View(public), scenario)
    seen = tuple(_seen(_View(public, able.lift), scenario))
    units = {entry.id for _, entry in seen if isinstance(entry, Unit)}
    orders = _without_unknown({entry.id: entry for _, entry in seen if isinstance(entry, Order)}, units)
    sections: dict[type, dict[str, Any]] = {Unit: {}, Order: {}, Claim: {}}
    amendments = []
    for amendment, entry in seen:
        left, there = _to_known(entry, units, orders), sections[type(entry)]
        if left is None:
            continue
        if entry.id not in there:
            there[entry.id] = left
        elif amendment is not None:
            amendments.append(evolve(amendment, entry=left))
    cited = public | {entry.per for _, entry in seen if isinstance(entry, Claim) and entry.per is not None}
    sources = {id: scenario.sources[id] for id in _with_relayed(scenario.sources, cited)}
    left_units, left_orders, left_claims = sections.values()
    reduced = evolve(
        able,
        sources=sources,
        units=left_units,
        orders=left_orders,
        claims=left_claims,
        amendments=tuple(amendments),
    )
    return _fitting(reduced)


Version = tuple[Amendment | None, Unit | Order | Claim]
"""How an entry reads from an amendment on, None for as it was first reported."""


def _seen(view: "_View", scenario: Scenario) -> Iterator[Version]:
    """What can be seen of all entries by themselves: as they were first reported, then as amended, in turn."""
    units: dict[str, Unit] = {}
    for amendment, entry in chain(_first(scenario), view.amended(scenario.amendments)):
        seen: Unit | Order | Claim | None
        match entry:
            case Unit():
                seen = view.unit(entry, units.get(entry.id))
                if seen is not None:
                    units[entry.id] = seen
            case Order():
                seen = view.order(entry)
            case Claim():
                seen = entry if entry.source in view.public else None
        if seen is not None:
            yield amendment, seen


def _able(view: "_View", scenario: Scenario) -> Scenario:
    """The scenario with the lift and ports that are known, and of what changes of them what is known."""
    lift, ports = _grounded(view, scenario.lift.values()), _grounded(view, scenario.ports.values())
    changes = (change for change in scenario.capacity if change.lift in lift or change.port in ports)
    return evolve(scenario, lift=lift, ports=ports, capacity=tuple(_grounded(view, changes).values()))


def _grounded(view: "_View", entries: Iterable[Grounded]) -> dict[str, Grounded]:
    """Those of the entries, each with only grounds of its own, that are known, by id, in turn."""
    known = (entry for entry in entries if view.sees(entry.grounds))
    return {entry.id: evolve(entry, grounds=view.grounds(entry.grounds)) for entry in known}


def _first(scenario: Scenario) -> Iterator[Version]:
    yield from ((None, unit) for unit in scenario.units.values())
    yield from ((None, order) for order in scenario.orders.values())
    yield from ((None, claim) for claim in scenario.claims.values())


def _fitting(scenario: Scenario) -> Scenario:
    """The scenario with no order in parts that add up to another strength than that of its unit.

    They do where the unit's posted figure has sources that were published later: then what is in force is made to fit.
    """
    now = scenario.in_force
    fitted = {
        order.id: evolve(order, parts=tuple(_fitted(order.parts, now.units[order.units[0]].strength)))
        for order in in_parts(now.orders.values())
        if sum(part.strength for part in order.parts) != now.units[order.units[0]].strength
    }
    if not fitted:
        return scenario
    amendments = []
    for amendment in reversed(scenario.amendments):
        latest = fitted.pop(amendment.entry.id, None) if isinstance(amendment.entry, Order) else None
        amendments.append(amendment if latest is None else evolve(amendment, entry=latest))
    return evolve(scenario, orders={**scenario.orders, **fitted}, amendments=tuple(reversed(amendments)))


def _fitted(parts: Iterable[Part], strength: int) -> Iterator[Part]:
    """As much of the parts, in turn, as there is strength for; and of what is left over no more than that it moves."""
    left = strength
    for part in parts:
        taken = min(part.strength, left)
        if taken:
            yield evolve(part, strength=taken)
        left -= taken
    if left:
        yield Part(left)


@frozen
class Knowledge:
    """What was known at a minute: how many of the `dated` sources of a scenario had been `published`.

    `undated` are the ids, in byte order, of those that do not say when and count as published by then all the same.
    """

    at: int
    published: int
    dated: int
    undated: tuple[str, ...]


def knowledge(scenario: Scenario, minute: int) -> Knowledge:
    """What was known of a scenario at a minute, in numbers."""
    dated = [source for source in scenario.sources.values() if source.published is not None]
    dates = Dates(scenario.sources)
    public = {id for id in scenario.sources if _is_public(dates, id, minute)}
    silent = tuple(id for id in scenario.sources if id in public and scenario.sources[id].published is None)
    return Knowledge(minute, sum(source.id in public for source in dated), len(dated), silent)


def undated(scenario: Scenario) -> tuple[str, ...]:
    """The ids of the sources that say neither when they were published nor relay any that does, in byte order.

    What they say counts as always known.
    """
    dates = Dates(scenario.sources)
    return tuple(id for id in scenario.sources if dates.of(id) is None)


def publications(scenario: Scenario) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The minutes at which something was published, in order, each with the ids of the sources that were, by id."""
    found: dict[int, list[str]] = {}
    dates = Dates(scenario.sources)
    for id in scenario.sources:
        minute = dates.of(id)
        if minute is not None:
            found.setdefault(minute, []).append(id)
    return tuple((minute, tuple(found[minute])) for minute in sorted(found))


@frozen
class Turn:
    """A minute at which something became known, with the ids of the sources that were published then.

    `again` says that it had been known before, and then no longer was: as an order is not that was given to others.
    """

    minute: int
    sources: tuple[str, ...]
    again: bool


def turn_after(scenario: Scenario, minute: int, is_there: Callable[[Scenario], bool]) -> Turn | None:
    """When something that was not known at a minute became known next; None where it never did.

    What is known can be gone for a time: each publication is looked at in turn.
    """
    times = publications(scenario)
    first = next((each for each in times if each[0] > minute and is_there(known(scenario, each[0]))), None)
    if first is None:
        return None
    before = [times[0][0] - 1, *(at for at, _ in times if at <= minute)]
    return Turn(*first, any(is_there(known(scenario, at)) for at in before))


def _is_public(dates: Dates, source: str, minute: int) -> bool:
    published = dates.of(source)
    return published is None or published <= minute


@frozen
class _View:
    """What can be seen of entries by those who know the sources that are `public`, and this `lift` by id."""

    public: Collection[str]
    lift: Collection[str] = ()

    def sees(self, grounds: Grounds) -> bool:
        """Whether what rests on these grounds is known: by any of its sources, or because it has none."""
        return not grounds.sources or any(source in self.public for source in grounds.sources)

    def grounds(self, grounds: Grounds) -> Grounds:
        return Grounds(tuple(source for source in grounds.sources if source in self.public), grounds.because)

    def amended(self, amendments: Iterable[Amendment]) -> Iterator[Version]:
        """The amendments that are known, on the word of the sources that are."""
        for amendment in amendments:
            sources = tuple(source for source in amendment.sources if source in self.public)
            if sources:
                yield evolve(amendment, sources=sources), amendment.entry

    def unit(self, unit: Unit, before: Unit | None) -> Unit | None:
        """The unit, which read as `before` until now, None where it was not there.

        Where no number is known yet that could be posted, it is not there, or stays as strong as it was.
        """
        if not self.sees(unit.grounds):
            return None
        post = unit.post
        if post is not None:
            post = evolve(post, grounds=self.grounds(post.grounds)) if self.sees(post.grounds) else None
        grounds = self.grounds(unit.grounds)
        if post is not None or unit.reported.nominal:
            return evolve(unit, grounds=grounds, post=post)
        if before is None:
            return None
        on = tuple(sorted({*before.grounds.sources, *grounds.sources}))
        because = grounds.because or before.grounds.because
        return evolve(unit, reported=before.reported, post=before.post, grounds=Grounds(on, because))

    def order(self, order: Order) -> Order | None:
        if not self.sees(order.grounds):
            return None
        carriage, parts = self._carriage(order.carriage), self._parts(order.parts)
        return evolve(
            order,
            depart=self._window(order.depart),
            arrive=self._window(order.arrive),
            transit=self._transit(order.transit),
            parts=parts if carriage is None or any(map(_says_when, parts)) else (),
            grounds=self.grounds(order.grounds),
            carriage=carriage,
        )

    def _carriage(self, carriage: Carriage | None) -> Carriage | None:
        return carriage if carriage is not None and all(lift in self.lift for lift in carriage.lifts) else None

    def _window(self, window: Window) -> Window:
        return evolve(window, grounds=self.grounds(window.grounds)) if self.sees(window.grounds) else ANY_TIME

    def _transit(self, transit: Transit | None) -> Transit | None:
        if transit is None or not self.sees(transit.grounds):
            return None
        return evolve(transit, grounds=self.grounds(transit.grounds))

    def _parts(self, parts: tuple[Part, ...]) -> tuple[Part, ...]:
        """The parts that are known; of all others together no more than that there are so many."""
        seen = tuple(self._part(part) for part in parts if self._sees_part(part))
        rest = sum(part.strength for part in parts if not self._sees_part(part))
        return (*seen, Part(rest, grounds=NO_GROUNDS)) if rest else seen

    def _sees_part(self, part: Part) -> bool:
        """Whether a part is known, and a number to post for it: the words of a report may name none."""
        chosen = part.reported is not None and part.reported.nominal is None
        return self.sees(part.grounds) and (not chosen or self.sees(part.post_grounds))

    def _part(self, part: Part) -> Part:
        return evolve(
            part,
            depart=self._window(part.depart),
            arrive=self._window(part.arrive),
            transit=self._transit(part.transit),
            grounds=self.grounds(part.grounds),
            post_grounds=self.grounds(part.post_grounds),
        )


def _says_when(part: Part) -> bool:
    """Whether it is known when a part leaves or arrives."""
    return (part.depart, part.arrive, part.transit) != (ANY_TIME, ANY_TIME, None)


def _without_unknown(orders: Mapping[str, Order], units: Collection[str]) -> frozenset[str]:
    """The ids of the orders without those that address no unit that is known, and what cancels them."""
    left = frozenset(orders)
    while True:
        reduced = frozenset(id for id in left if _order_to_known(orders[id], units, left) is not None)
        if reduced == left:  # what cancels an order that went has gone with it
            return reduced
        left = reduced


def _to_known(
    entry: Unit | Order | Claim, units: Collection[str], orders: Collection[str]
) -> Unit | Order | Claim | None:
    """The entry as far as it names what is known; None where nothing is left of it, or it is not known by now."""
    match entry:
        case Unit():  # no part of one that is not known yet
            return entry if entry.part_of is None or entry.part_of in units else evolve(entry, part_of=None)
        case Order():
            return _order_to_known(entry, units, orders) if entry.id in orders else None
        case Claim():
            return entry


def _order_to_known(order: Order, units: Collection[str], orders: Collection[str]) -> Order | None:
    """The order to those of its units that are known; None where there are none, or what it cancels is not known."""
    if order.cancels is not None and order.cancels not in orders:
        return None
    named = tuple(unit for unit in order.units if unit in units)
    if order.units and not named:
        return None
    return order if len(named) == len(order.units) else evolve(order, units=named)


def _with_relayed(sources: Mapping[str, Source], cited: Collection[str]) -> list[str]:
    """The cited sources and all that they relay, to any depth, in byte order."""
    found: set[str] = set()
    waiting = list(cited)
    while waiting:
        source = waiting.pop()
        if source not in found:
            found.add(source)
            waiting.extend(sources[source].relays)
    return sorted(found)
