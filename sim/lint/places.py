"""Checks of places."""

from collections.abc import Iterator

from sim.domain.claim import selectors_of
from sim.domain.place import chain, country_of
from sim.domain.pointer import Pointer
from sim.lint.lift import carried
from sim.lint.remark import Remark
from sim.lint.subject import Subject


def unused_place(subject: Subject) -> Iterator[Remark]:
    """A place that no unit, order or claim has to do with, nor any lift or port.

    No unit stands or belongs there, no order leads there or that way, no lift has its base and no port is there, no
    claim asks about it or its country, and no place that is used so lies within it.
    """
    scenario, book = subject.scenario, subject.book
    selectors = [selector for claim in book.claims.values() for selector in selectors_of(claim.test)]
    named = {place for unit in (*scenario.units.values(), *book.units.values()) for place in (unit.place, unit.origin)}
    named.update(order.to for order in (*scenario.orders.values(), *book.orders.values()) if order.to is not None)
    named.update(stop for order in carried(scenario) if order.carriage is not None for stop in order.carriage.route)
    named.update(lift.base for lift in scenario.lift.values())
    named.update(port.place for port in scenario.ports.values())
    named.update(place for selector in selectors for place in (*selector.place, *selector.origin))
    countries = {country for selector in selectors for country in selector.country}
    used = {around for place in named for around in chain(book.places, place)}
    for place in book.places:
        if place not in used and country_of(book.places, place) not in countries:
            yield Remark(
                Pointer("places", place),
                f"no unit, order or claim has to do with the place '{place}'",
                "Take it out, or use it.",
            )
