"""Counting: what a selector means, and how many that is, by the plain model; every sum anew, with fractions."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import ceil, floor

from sim.domain.claim import Selector
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
