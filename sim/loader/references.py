"""References: what entries of one section say of each other, checked when all of it has been read."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Final

from sim.domain.amendment import lies_before
from sim.domain.claim import Claim
from sim.domain.order import Order
from sim.domain.place import Place
from sim.domain.source import Source, public_from
from sim.domain.unit import Unit, parts_by_unit, with_parts
from sim.domain.vocabulary import Action
from sim.loader.faults import CANCELS_ITSELF, CIRCLE, CORRECTS_LATER, NEEDS_UNITS, NOT_IN_CANCELLED
from sim.loader.limits import FINDINGS_MAX
from sim.loader.reader import Reader
from sim.loader.record import Finder, Record

Links = Mapping[str, tuple[str, ...]]

NOBODY: Final[Mapping[str, str]] = {}

_LINKING: Final = {"units": "part_of", "orders": "cancels", "claims": "corrects"}
"""The key by which entries of a section name another one of it."""


def check_relays(reader: Reader, entries: Finder, sources: Mapping[str, Source]) -> None:
    """Sources relay sources that exist, not in a circle."""
    links = {source.id: source.relays for source in sources.values() if source.relays}
    _check_links(reader, entries, links, "relays", "sources", "relayed by")


def check_within(reader: Reader, entries: Finder, places: Mapping[str, Place]) -> None:
    """Places lie within places that exist, not in a circle."""
    links = {place.id: (place.within,) for place in places.values() if place.within is not None}
    _check_links(reader, entries, links, "within", "places", "within")


def check_part_of(reader: Reader, entries: Finder, units: Mapping[str, Unit]) -> None:
    """Units are part of units that exist, not in a circle."""
    _check_links(reader, entries, _wholes(units), "part_of", "units", "part of")


def check_link(reader: Reader, section: str, id: str, record: Record) -> None:
    """What an amendment of the entry `id` names of its own section exists, also where a later one names another."""
    key = _LINKING[section]
    named = record.texts.get(key)
    if named is None:
        return
    if not reader.is_known(named, section, defined=True):
        reader.refuse_reference(record, key, 0, named, section)
    elif named == id and section == "orders":
        record.report(CANCELS_ITSELF, key, id=id)


def report_circles(circles: Iterable[tuple[Record, tuple[str, ...]]]) -> None:
    """Note where amended units are part of themselves. It need not last: each comes with the record that closes it."""
    for record, circle in circles:
        _report_circle(record, circle, "part_of", "part of")


def check_cancels(reader: Reader, entries: Finder, orders: Mapping[str, Order], units: Mapping[str, Unit]) -> None:
    """Cancels are of orders that exist, and of units that these address."""
    parts: dict[str, tuple[str, ...]] | None = None
    for order in orders.values():
        if order.action is not Action.CANCEL or order.cancels is None:
            continue
        if order.cancels == order.id:
            entries.find(order.id).report(CANCELS_ITSELF, "cancels", id=order.id)
            continue
        if not reader.is_known(order.cancels, "orders"):
            reader.refuse_reference(entries.find(order.id), "cancels", 0, order.cancels, "orders")
            continue
        cancelled = orders.get(order.cancels)
        if cancelled is None:
            continue
        if parts is None:
            parts = parts_by_unit(units)
        _check_cancelled(entries, order, cancelled, with_parts(parts, _named(orders, cancelled)))


def check_corrects(
    reader: Reader,
    entries: Finder,
    claims: Mapping[str, Claim],
    sources: Mapping[str, Source],
    amended: Mapping[str, str] = NOBODY,
) -> None:
    """Claims correct claims that exist and were published no later, not in a circle.

    `amended` has the sources of those corrections that amend a claim; of all others it is that of the claim.
    """
    links = {claim.id: (claim.corrects,) for claim in claims.values() if claim.corrects is not None}
    _check_links(reader, entries, links, "corrects", "claims", "corrected by")
    for claim in claims.values():
        other = None if claim.corrects is None else claims.get(claim.corrects)
        by = amended.get(claim.id, claim.source)
        if other is not None and by in sources and other.source in sources:
            since, before = public_from(sources, by), public_from(sources, other.source)
            if lies_before(since, before):
                entries.find(claim.id).report(CORRECTS_LATER, "corrects", id=claim.id, other=other.id)


def _wholes(units: Mapping[str, Unit]) -> Links:
    return {unit.id: (unit.part_of,) for unit in units.values() if unit.part_of is not None}


def _named(orders: Mapping[str, Order], order: Order) -> tuple[str, ...]:
    """The units an order names; for a cancel that names none, those of the order it cancels."""
    if order.units or order.cancels is None or order.cancels not in orders:
        return order.units
    return orders[order.cancels].units


def _check_cancelled(entries: Finder, order: Order, cancelled: Order, addressed: tuple[str, ...]) -> None:
    if not order.units and not cancelled.units:
        entries.find(order.id).report(NEEDS_UNITS, id=order.id)
    for unit in order.units:
        if unit not in addressed:
            record = entries.find(order.id)
            record.report(NOT_IN_CANCELLED, "units", _index(record, "units", unit), order=cancelled.id, unit=unit)


def _check_links(reader: Reader, entries: Finder, links: Links, key: str, section: str, relation: str) -> None:
    _check_known(reader, entries, links, key, section)
    for circle in islice(_circles(links), FINDINGS_MAX):
        _report_circle(entries.find(circle[0]), circle, key, relation)


def _check_known(reader: Reader, entries: Finder, links: Links, key: str, section: str) -> None:
    for id, linked in links.items():
        for other in linked:
            if not reader.is_known(other, section, defined=True):
                record = entries.find(id)
                reader.refuse_reference(record, key, _index(record, key, other), other, section)


def _report_circle(record: Record, circle: tuple[str, ...], key: str, relation: str) -> None:
    path = " > ".join((*circle, circle[0]))
    record.report(CIRCLE, key, id=circle[0], relation=relation, path=path, key=key)


def _index(record: Record, key: str, value: str) -> int:
    """Which of the values of a key this is; 0 in a table, where all of them are one cell."""
    values = record.many(key)
    return values.index(value) if value in values else 0


def _circles(links: Links) -> Iterator[tuple[str, ...]]:
    """Circles among the links, at least one of each group of ids that are linked in circles."""
    done: set[str] = set()
    for start in links:
        if start in done:
            continue
        path: dict[str, Iterator[str]] = {start: iter(links[start])}
        while path:
            current = next(reversed(path))
            following = next(path[current], None)
            if following is None:
                done.add(current)
                del path[current]
            elif following in path:
                ids = list(path)
                yield tuple(ids[ids.index(following) :])
            elif following in links and following not in done:
                path[following] = iter(links[following])
