"""Checks of routes: whether they begin where the units are."""

from collections.abc import Iterator, Mapping

from sim.domain.distance import kilometres
from sim.domain.order import goes_by_lift
from sim.domain.place import UNSTATED, Place, chain, country_of
from sim.domain.pointer import Pointer
from sim.ledger.book import DEPARTED
from sim.lint.remark import Remark
from sim.lint.subject import Subject

NEAR_KM = 100
"""How far from where a unit is its route may begin without a remark: a base and its airfield may be two places."""


def begins_elsewhere(subject: Subject) -> Iterator[Remark]:
    """An order by lift under which a unit left that was far from where its route begins: no vehicle took it there.

    A route may begin at a place in or around that of the unit, or within NEAR_KM of it; where one of the two has no
    coordinates, in the same country. Of each order that is one remark, with the first unit that left.
    """
    book, places = subject.book, subject.scenario.places
    seen: set[tuple[str, str]] = set()
    told: set[str] = set()
    for row in book.rows():
        if row.tag != DEPARTED or row.order is None or row.order in told:
            continue
        order, giving = book.orders[row.order], book.account(row.giving)
        if order.carriage is None or not goes_by_lift(order) or (order.id, giving.place) in seen:
            continue
        seen.add((order.id, giving.place))
        begins = order.carriage.route[0]
        if not _near(places, giving.place, begins):
            told.add(order.id)
            yield Remark(
                Pointer("orders", order.id, "route"),
                f"the route of the order '{order.id}' begins at '{begins}', where its units are not",
                f"Begin it where they are, or where they are taken on, within {NEAR_KM} km; or add an order that takes "
                "them there.",
                found=f"'{giving.unit}' is at '{giving.place}' when it leaves",
            )


def _near(places: Mapping[str, Place], one: str, other: str) -> bool:
    """Whether what is at one place may leave from another."""
    if UNSTATED in {one, other} or one in chain(places, other) or other in chain(places, one):
        return True
    ends = places[one], places[other]
    if any(place.lat is None or place.lon is None for place in ends):
        country = country_of(places, one)
        return country is not None and country == country_of(places, other)
    return kilometres(places, one, other) <= NEAR_KM
