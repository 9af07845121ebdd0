"""Counting: what a selector means, and how many that is, by the plain model; every sum anew, with fractions."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import ceil, floor, inf

from sim.domain.claim import Selector
from sim.domain.order import Order
from sim.domain.place import Place
from sim.domain.quantity import Interval
from sim.domain.unit import Unit
from tests.model.model import Model


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
        not selector.orders or any(unit.id in model.addressed(orders[order]) for order in selector.orders),
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
