"""Consistency: whether the definitions a log carries are whole, and those its run was opened with.

A loader refuses a scenario that refers to nothing; a log may come from anywhere.
"""

from collections.abc import Collection, Iterable, Iterator

from sim.domain.claim import selectors_of
from sim.domain.grounds import Grounds
from sim.domain.order import Order, Part
from sim.domain.place import UNSTATED
from sim.errors import LogError
from sim.ledger import Book


def check_consistency(book: Book) -> None:
    """Raise LogError where definitions refer to nothing or are not those of the fingerprint, or the end is not kept."""
    check_setting(book)
    _check(_references(book))
    if book.scenario.fingerprint != book.opened.fingerprint:
        raise LogError("the log is not sound: its definitions are not those that its run was opened with")
    if book.closing is None or book.closing.at != book.opened.end:
        raise LogError(f"the log is not sound: its run does not close at its end, minute {book.opened.end}")


def check_setting(book: Book) -> None:
    """Raise LogError where a source, a place or a unit refers to nothing, or the run was not opened."""
    _check(_settings(book))
    _ = book.opened


Reference = tuple[str, Collection[str], Collection[str]]
"""What refers, the ids it names, and those there are."""


def _check(references: Iterable[Reference]) -> None:
    for what, named, known in references:
        for id in named:
            if id not in known:
                raise LogError(f"the log is not sound: {what} names '{id}', which nothing in it defines")


def _settings(book: Book) -> Iterator[Reference]:
    places = book.places.keys() | {UNSTATED}
    for source in book.sources.values():
        yield f"the source '{source.id}'", source.relays, book.sources
    for place in book.places.values():
        yield f"the place '{place.id}'", () if place.within is None else (place.within,), places
    for unit in book.units.values():
        yield f"the unit '{unit.id}'", (unit.place, unit.origin), places
        yield f"the unit '{unit.id}'", () if unit.part_of is None else (unit.part_of,), book.units
        yield f"the unit '{unit.id}'", (*unit.grounds.sources, *unit.figure_grounds.sources), book.sources


def _references(book: Book) -> Iterator[Reference]:
    places = book.places.keys() | {UNSTATED}
    for order in book.orders.values():
        yield f"the order '{order.id}'", order.units, book.units
        yield f"the order '{order.id}'", () if order.to is None else (order.to,), places
        yield f"the order '{order.id}'", () if order.cancels is None else (order.cancels,), book.orders
        yield f"the order '{order.id}'", [id for each in _grounds(order) for id in each.sources], book.sources
    for claim in book.claims.values():
        yield f"the claim '{claim.id}'", [claim.source, *([] if claim.per is None else [claim.per])], book.sources
        for selector in selectors_of(claim.test):
            yield f"the claim '{claim.id}'", selector.units, book.units
            yield f"the claim '{claim.id}'", selector.orders, book.orders
            yield f"the claim '{claim.id}'", (*selector.place, *selector.origin), places


def _grounds(order: Order) -> Iterator[Grounds]:
    movements: tuple[Order | Part, ...] = (order, *order.parts)
    for movement in movements:
        yield from (movement.grounds, movement.depart.grounds, movement.arrive.grounds)
        if movement.transit is not None:
            yield movement.transit.grounds
