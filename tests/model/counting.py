"""Counting: what a selector means, and how many that is, by the plain model; every sum anew, with fractions."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from math import ceil, floor, inf

from sim.domain.claim import Selector
from sim.domain.order import Order
from sim.domain.place import Place
from sim.domain.quantity import Interval
from sim.domain.unit import Unit
from tests.model.model import BECOMES, NEVER, Model, Trip


def count(model: Model, selector: Selector, minute: int) -> tuple[int, Interval]:
    """The strength selected when the minute is over, and its interval: a unit's accounts first, then the units."""
    total, low, high = 0, 0, 0
    unbounded = False
    for unit, where in model.posture(minute).items():
        defined = model.scenario.units[unit]
        part = sum(number for spot, number in where.items() if _means(model, selector, defined, *spot))
        share = Fraction(part, defined.strength)
        total += part
        low += floor(share * defined.reported.low)
        unbounded |= bool(part) and defined.reported.high is None
        high += ceil(share * (defined.reported.high or 0))
    return total, Interval(low, None if unbounded else high)


def claimed(model: Model, selector: Selector, minute: int) -> tuple[int, Interval]:
    """The same, as a claim is held against it: where strengths of parts are in words, these say what may be there."""
    total, low, high = 0, 0, 0
    unbounded = False
    for unit, where in model.posture(minute).items():
        defined = model.scenario.units[unit]
        part = sum(number for spot, number in where.items() if _means(model, selector, defined, *spot))
        ends = _share(defined, part)
        order, spots = model.parts(minute).get(unit, (None, []))
        here = [number for number, spot in enumerate(spots) if _means(model, selector, defined, *spot)]
        if order and 0 < len(here) < len(spots) and any(each.reported for each in order.parts):
            ends = in_words(defined, order, here)
        total += part
        low += ends[0]
        unbounded |= ends[1] is None
        high += ends[1] or 0
    return total, Interval(low, None if unbounded else high)


Spot = tuple[str, str]


def thinkable(model: Model, selector: Selector, minute: int) -> Interval:
    """What may be selected, for all that is known: every way in which what has no known arrival may have arrived.

    And any number of whoever is named and not known at all.
    """
    total = claimed(model, selector, minute)[1]
    low, high = float(total.low), _end(total.high)
    if not (model.scenario.units.keys() >= {*selector.units} and model.scenario.orders.keys() >= {*selector.orders}):
        high = inf
    for unit in model.scenario.units.values():
        worlds = list(_worlds(model, unit, minute))
        if worlds:
            ends = [_ends_of(model, selector, unit, world) for world in worlds]
            low += min(least for least, _ in ends) - ends[0][0]
            most = max(most for _, most in ends)
            high = inf if most == inf else high + most - ends[0][1]
    return Interval(int(low), None if high == inf else int(high))


def _worlds(model: Model, unit: Unit, minute: int) -> Iterator[list[Spot]]:
    """Where the legs of a unit may be, the way the model has it first; nothing where that is all there is."""
    trip = model.trips.get(unit.id)
    if trip is None or not trip.left or all(leg[2] != NEVER for leg in trip.legs):
        return
    ways: list[list[Spot]] = []
    for index, (_, leaves, arrives, *_) in enumerate(trip.legs):
        there, way = (trip.to or "", trip.after), (trip.to or "", "in-transit")
        if minute < leaves:
            ways.append([model.stands[unit.id]])
        elif arrives != NEVER:
            ways.append([there if arrives <= minute else way])
        else:
            ways.append([way, there] if soonest(trip, index) <= minute else [way])
    yield from (list(world) for world in product(*ways))
    for spot in _beyond(model, unit, minute):
        yield [spot] * len(trip.legs)


def _beyond(model: Model, unit: Unit, minute: int) -> Iterator[Spot]:
    """Where orders may have taken a unit that it could not be given for being on its way, nobody knew how long."""
    for order, trip, stood in _sent_on(model, unit.id):
        if trip is None:
            yield from ((place, BECOMES[order.action]) for place, _ in stood if order.at <= minute)
            continue
        for index, (_, leaves, *_) in enumerate(trip.legs):
            if leaves <= minute:
                yield trip.to or "", "in-transit"
            if soonest(trip, index) <= minute:
                yield trip.to or "", trip.after


def _sent_on(model: Model, unit: str) -> list[tuple[Order, Trip | None, list[Spot]]]:
    """The orders that a unit refused and may have obeyed, for all that was known: each with its move, if it is one, and
    where the unit may have stood then so that it could.
    """
    trip = model.trips.get(unit)
    if trip is None or not trip.left or all(leg[2] != NEVER for leg in trip.legs):
        return []
    stands = [(_over(trip), (trip.to or "", trip.after))]
    found: list[tuple[Order, Trip | None, list[Spot]]] = []
    for at, tag, who, id, _ in model.told:
        order = model.scenario.orders[id]
        if (tag, who) != ("order-refused", unit) or order.action == "cancel" or order.refusal_expected:
            continue
        obeying = [spot for since, spot in stands if since <= at and model.obeys(unit, order, spot)]
        if obeying and order.action in BECOMES:
            stands += [(at, (place, BECOMES[order.action])) for place, _ in obeying]
            found.append((order, None, obeying))
        elif obeying:
            move = Trip(order, model.scenario.units[unit])
            stands.append((_over(move), (move.to or "", move.after)))
            found.append((order, move, obeying))
    return found


def _over(trip: Trip) -> int:
    """When a move is over, or may be at the earliest."""
    return max(soonest(trip, index) for index in range(len(trip.legs)))


def soonest(trip: Trip, index: int) -> int:
    """When a leg arrives, or may at the earliest."""
    _, leaves, arrives, *_ = trip.legs[index]
    window = trip.order.parts[index].arrive if trip.order.parts else trip.order.arrive
    return max(leaves + 1, window.after or 0) if arrives == NEVER else arrives


def ever_selected(model: Model, selector: Selector) -> set[str]:
    """The units of which anything is ever selected when a minute is over."""
    return {
        unit
        for posture in dict(model.history).values()  # the last of each minute
        for unit, where in posture.items()
        if any(_means(model, selector, model.scenario.units[unit], *spot) for spot in where)
    }


def may_have_closed(model: Model, unit: str, by: int) -> bool:
    """Whether a unit that has not closed a deploy by a minute may have, for all that was known."""
    trip = model.trips.get(unit)
    if trip is None or not trip.left or all(leg[2] != NEVER for leg in trip.legs):
        return False
    trips = [trip, *(move for _, move, _ in _sent_on(model, unit) if move is not None)]
    return any(_over(each) <= by for each in trips if each.after == "deployed")


def may_be_selected(model: Model, selector: Selector, unit: str) -> bool:
    """Whether a unit whose arrival is not known would be selected where it may be, now or later."""
    defined, trip = model.scenario.units[unit], model.trips[unit]
    spots = [(trip.to or "", trip.after), *_beyond(model, defined, model.scenario.end)]
    return any(_means(model, selector, defined, *spot) for spot in spots)


def _ends_of(model: Model, selector: Selector, unit: Unit, world: list[Spot]) -> tuple[float, float]:
    """The least and the most that is selected of a unit whose legs are there."""
    here = [number for number, spot in enumerate(world) if _means(model, selector, unit, *spot)]
    order = model.trips[unit.id].order
    if order.parts and 0 < len(here) < len(world) and any(part.reported for part in order.parts):
        ends = in_words(unit, order, here)
    else:
        parts = [part.strength for part in order.parts] or [unit.strength]
        ends = _share(unit, sum(parts[number] for number in here))
    return ends[0], _end(ends[1])


def _share(unit: Unit, part: int) -> tuple[int, int | None]:
    share = Fraction(part, unit.strength)
    most = None if part and unit.reported.high is None else ceil(share * (unit.reported.high or 0))
    return floor(share * unit.reported.low), most


def in_words(unit: Unit, order: Order, here: list[int]) -> tuple[int, int | None]:
    """The least and the most (None: without end) that some parts of a unit may be, some part of it being in words.

    Those in words are what these allow; the plain ones have of what is left of the unit as much as they are of it.
    """
    words = [(number, part.reported) for number, part in enumerate(order.parts) if part.reported is not None]
    plain = {number: part.strength for number, part in enumerate(order.parts) if part.reported is None}
    least, most = float(unit.reported.low), _end(unit.reported.high)
    low, high = 0.0, 0.0
    for number, reported in words:
        least -= _end(reported.high)
        most -= reported.low
        if number in here:
            low += reported.low
            high += _end(reported.high)
    ours = sum(strength for number, strength in plain.items() if number in here)
    if ours:
        share = Fraction(ours, sum(plain.values()))
        low += floor(share * int(max(0, least)))
        high += inf if most == inf else ceil(share * int(max(0, most)))
    posted = sum(order.parts[number].strength for number in here)
    high = max(posted, min(high, _end(unit.reported.high)))
    return int(min(low, posted)), None if high == inf else int(high)


def _end(high: int | None) -> float:
    return inf if high is None else high


def _means(model: Model, selector: Selector, unit: Unit, place: str, readiness: str) -> bool:
    orders, places = model.scenario.orders, model.scenario.places
    moving = readiness == "in-transit"
    by_place = selector.place or selector.country
    answers = [
        not selector.units or not set(_wholes(model, unit)).isdisjoint(selector.units),
        not selector.orders
        or any(unit.id in model.addressed(orders[order]) for order in selector.orders if order in orders),
        not selector.place or not set(_around(places, place)).isdisjoint(selector.place),
        not selector.origin or not set(_around(places, unit.origin)).isdisjoint(selector.origin),
        not selector.country or _country(places, place) in selector.country,
        readiness in selector.readiness if selector.readiness else not (moving and by_place),
        not selector.side or unit.side in selector.side,
        unit.kind in selector.kind,
    ]
    return all(answers)


def _wholes(model: Model, unit: Unit) -> Iterator[str]:
    yield unit.id
    if unit.part_of is not None:
        yield from _wholes(model, model.scenario.units[unit.part_of])


def _around(places: Mapping[str, Place], place: str) -> Iterator[str]:
    yield place
    found = places.get(place)
    if found is not None and found.within is not None:
        yield from _around(places, found.within)


def _country(places: Mapping[str, Place], place: str) -> str | None:
    known = (places[at].country for at in _around(places, place) if at in places)
    return next((country for country in known if country is not None), None)
