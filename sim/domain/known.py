"""What was known when: a scenario reduced to what had been published by a minute."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypeVar

from attrs import evolve, frozen

from sim.domain.amendment import Amendment, in_parts, known_from
from sim.domain.claim import Claim
from sim.domain.grounds import NO_GROUNDS, Grounds
from sim.domain.lift import Carriage, Change, Lift, Port
from sim.domain.order import ANY_TIME, Order, Part, Transit, Window
from sim.domain.scenario import Scenario
from sim.domain.source import Source, public_from
from sim.domain.unit import Unit

Grounded = TypeVar("Grounded", Lift, Port, Change)


def known(scenario: Scenario, minute: int) -> Scenario:
    """The scenario with only what had been published by the end of `minute`.

    An entry is there from the publication of the first of its sources on; one that rests on no source, always. Of an
    order, a window, transit or part with sources of its own is there from the first of theirs on. What names units or
    orders that were not known yet goes without them, or is not there where nothing is left of it; an order of whose
    lift not all is known goes without any. At a minute by which all had been published, it is the scenario itself.
    """
    public = frozenset(id for id in scenario.sources if _is_public(scenario.sources, id, minute))
    seen = _View(public)
    lift = _there(seen.grounded(each) for each in scenario.lift.values())
    ports = _there(seen.grounded(port) for port in scenario.ports.values())
    view = _View(public, lift)
    units = _there(view.unit(unit) for unit in scenario.units.values())
    units = {id: _without_whole(unit, units) for id, unit in units.items()}
    orders = _without_unknown(_there(view.order(order) for order in scenario.orders.values()), units)
    claims = {claim.id: claim for claim in scenario.claims.values() if claim.source in public}
    amendments = tuple(
        amended
        for amendment in scenario.amendments
        if (amended := _amendment(view, amendment, units, orders, claims)) is not None
    )
    cited = public | {claim.per for claim in claims.values() if claim.per is not None}
    sources = {id: scenario.sources[id] for id in _with_relayed(scenario.sources, cited)}
    reduced = evolve(
        scenario,
        sources=sources,
        units=units,
        orders=orders,
        claims=claims,
        amendments=amendments,
        lift=lift,
        ports=ports,
        capacity=tuple(
            change
            for each in scenario.capacity
            if (change := view.grounded(each)) is not None and (each.lift in lift or each.port in ports)
        ),
    )
    return _fitting(reduced)


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
    public = {id for id in scenario.sources if _is_public(scenario.sources, id, minute)}
    silent = tuple(id for id in scenario.sources if id in public and scenario.sources[id].published is None)
    return Knowledge(minute, sum(source.id in public for source in dated), len(dated), silent)


def undated(scenario: Scenario) -> tuple[str, ...]:
    """The ids of the sources that say neither when they were published nor relay any that does, in byte order.

    What they say counts as always known.
    """
    return tuple(id for id in scenario.sources if public_from(scenario.sources, id) is None)


def publications(scenario: Scenario) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The minutes at which something was published, in order, each with the ids of the sources that were, by id."""
    found: dict[int, list[str]] = {}
    for id in scenario.sources:
        minute = public_from(scenario.sources, id)
        if minute is not None:
            found.setdefault(minute, []).append(id)
    return tuple((minute, tuple(found[minute])) for minute in sorted(found))


def _is_public(sources: Mapping[str, Source], source: str, minute: int) -> bool:
    published = known_from(sources, (source,))
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

    def grounded(self, entry: Grounded) -> Grounded | None:
        """What has only grounds of its own, as far as it is known."""
        return evolve(entry, grounds=self.grounds(entry.grounds)) if self.sees(entry.grounds) else None

    def unit(self, unit: Unit) -> Unit | None:
        if not self.sees(unit.grounds):
            return None
        post = unit.post
        if post is not None:
            post = evolve(post, grounds=self.grounds(post.grounds)) if self.sees(post.grounds) else None
        if post is None and not unit.reported.nominal:
            return None  # nothing is known yet that could be posted
        return evolve(unit, grounds=self.grounds(unit.grounds), post=post)

    def order(self, order: Order) -> Order | None:
        if not self.sees(order.grounds):
            return None
        return evolve(
            order,
            depart=self._window(order.depart),
            arrive=self._window(order.arrive),
            transit=self._transit(order.transit),
            parts=self._parts(order.parts),
            grounds=self.grounds(order.grounds),
            carriage=self._carriage(order.carriage),
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


Entry = TypeVar("Entry", Unit, Order, Lift, Port)


def _there(seen: Iterable[Entry | None]) -> dict[str, Entry]:
    return {entry.id: entry for entry in seen if entry is not None}


def _without_whole(unit: Unit, units: Collection[str]) -> Unit:
    """The unit as no part of one that is not known yet."""
    return unit if unit.part_of is None or unit.part_of in units else evolve(unit, part_of=None)


def _without_unknown(orders: Mapping[str, Order], units: Collection[str]) -> dict[str, Order]:
    """The orders, each to the units that are known; without those that address none of them."""
    left = dict(orders)
    while True:
        reduced = {id: known for id, order in left.items() if (known := _to_known(order, units, left)) is not None}
        if len(reduced) == len(left):  # what cancels an order that went has gone with it
            return reduced
        left = reduced


def _to_known(order: Order, units: Collection[str], orders: Collection[str]) -> Order | None:
    """The order to those of its units that are known; None where there are none, or what it cancels is not known."""
    if order.cancels is not None and order.cancels not in orders:
        return None
    named = tuple(unit for unit in order.units if unit in units)
    if order.units and not named:
        return None
    return order if len(named) == len(order.units) else evolve(order, units=named)


def _amendment(
    view: _View,
    amendment: Amendment,
    units: Collection[str],
    orders: Collection[str],
    claims: Collection[str],
) -> Amendment | None:
    """The amendment as far as it is known; None where it is not, or what it amends is not."""
    sources = tuple(source for source in amendment.sources if source in view.public)
    if not sources:
        return None
    entry: Unit | Order | Claim | None
    match amendment.entry:
        case Unit() as unit:
            seen = view.unit(unit) if unit.id in units else None
            entry = None if seen is None else _without_whole(seen, units)
        case Order() as order:
            seen_order = view.order(order) if order.id in orders else None
            entry = None if seen_order is None else _to_known(seen_order, units, orders)
        case Claim() as claim:
            entry = claim if claim.id in claims else None
    return None if entry is None else Amendment(amendment.id, sources, entry)


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
