"""Lists of what a run has, for who looks for something: units, orders, places, sources, and what was known when."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from sim.atlas.form import address
from sim.domain.known import publications, undated
from sim.domain.order import Order
from sim.domain.place import Place, country_of
from sim.domain.source import Source, origins
from sim.domain.unit import Unit
from sim.report.explanation_form import grounds_form
from sim.report.json_form import Json, bounds_form, scenario_form
from sim.web import schemas
from sim.web.paging import PAGING, paging_of
from sim.web.view import SEARCHING, Asked, View

_Entry = TypeVar("_Entry", Unit, Order, Place, Source)


def units(asked: Asked) -> Json:
    """The units, with what is reported of each."""
    return _listed(asked, "units", asked.book.units.values(), lambda unit: (unit.id, unit.name), _unit)


def orders(asked: Asked) -> Json:
    """The orders, with whom each addresses, in the order of time."""

    def form(order: Order) -> Json:
        return {
            "id": order.id,
            "at": asked.book.calendar.stamp(order.at),
            "action": order.action,
            "to": order.to,
            "cancels": order.cancels,
            "units": list(order.units),
            **grounds_form(order.grounds),
        }

    entries = sorted(asked.book.orders.values(), key=lambda order: order.at)
    return _listed(asked, "orders", entries, lambda order: (order.id, order.action), form)


def places(asked: Asked) -> Json:
    """The places, with what they lie within."""

    def form(place: Place) -> Json:
        return {
            "id": place.id,
            "name": place.name,
            "within": place.within,
            "country": country_of(asked.book.places, place.id),
            "lat": place.lat,
            "lon": place.lon,
        }

    return _listed(asked, "places", asked.book.places.values(), lambda place: (place.id, place.name), form)


def sources(asked: Asked) -> Json:
    """The sources; addresses that are not of the web are left out."""

    def form(source: Source) -> Json:
        calendar = asked.book.calendar
        return {
            "id": source.id,
            "outlet": source.outlet,
            "title": source.title or None,
            "published": None if source.published is None else calendar.stamp(source.published),
            **({"published_as": "month"} if source.by_month else {}),
            "url": address(source.url),
            "archived": address(source.archived),
            "relays": list(source.relays),
            "origins": sorted(origins(asked.book.sources, source.id)),
        }

    entries = asked.book.sources.values()
    return _listed(asked, "sources", entries, lambda source: (source.id, source.outlet, source.title), form)


def known(asked: Asked) -> Json:
    """The times at which something was published, in order."""
    book, paging = asked.book, paging_of(asked.question)
    found = publications(book.scenario)
    stamp = book.calendar.stamp
    return {
        "scenario": scenario_form(asked.told.answer),
        "known": [{"at": stamp(minute), "published": list(ids)} for minute, ids in paging.cut(found)],
        "undated": list(undated(book.scenario)),
        **paging.told(len(found)),
    }


def _listed(
    asked: Asked,
    noun: str,
    entries: Iterable[_Entry],
    names: Callable[[_Entry], Sequence[str]],
    form: Callable[[_Entry], Json],
) -> Json:
    words = (asked.question.one("search") or "").casefold().split()
    paging = paging_of(asked.question)
    found = [entry for entry in entries if _holds(names(entry), words)]
    return {
        "scenario": scenario_form(asked.told.answer),
        noun: [form(entry) for entry in paging.cut(found)],
        **paging.told(len(found)),
    }


def _holds(names: Sequence[str], words: Sequence[str]) -> bool:
    """Whether each of the words stands in one of the names."""
    folded = [name.casefold() for name in names]
    return all(any(word in name for name in folded) for word in words)


def _unit(unit: Unit) -> Json:
    return {
        "id": unit.id,
        "name": unit.name,
        "side": unit.side,
        "kind": unit.kind,
        "origin": unit.origin,
        "place": unit.place,
        "part_of": unit.part_of,
        "strength": unit.strength,
        "reported": {**bounds_form(unit.reported.interval), "wording": unit.reported.wording},
        **grounds_form(unit.grounds),
    }


UNITS = View("units", "the units", SEARCHING, schemas.UNITS, units)
ORDERS = View("orders", "the orders", SEARCHING, schemas.ORDERS, orders)
PLACES = View("places", "the places", SEARCHING, schemas.PLACES, places)
SOURCES = View("sources", "the sources", SEARCHING, schemas.SOURCES, sources)
KNOWN = View("known", "the times at which something was published", PAGING, schemas.KNOWN, known, shown=False)
