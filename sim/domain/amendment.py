"""Amendments: what later sources change of an earlier entry, from their publication on."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from attrs import frozen

from sim.domain.claim import Claim
from sim.domain.lift import Lift
from sim.domain.order import Order
from sim.domain.source import Source, public_from
from sim.domain.unit import Unit, parts_by_unit, with_parts


@frozen
class Amendment:
    """From the publication of the first of its sources on, an entry reads otherwise.

    `entry` is the whole of it as it reads from then on, under its own id; `id` is that of the amendment. `sources` are
    ids in byte order, at least one.
    """

    id: str
    sources: tuple[str, ...]
    entry: Unit | Order | Claim


def known_from(sources: Mapping[str, Source], named: Iterable[str]) -> int | None:
    """The minute by which the first of the named sources had been published; None where that is always, or none named.

    What rests on no source is an assumption: it does not wait for any.
    """
    minutes = [public_from(sources, source) for source in named]
    known = [minute for minute in minutes if minute is not None]
    return min(known) if known and len(known) == len(minutes) else None


def lies_before(minute: int | None, other: int | None) -> bool:
    """Whether what is known from a minute on is known before another is; None is always."""
    return other is not None and (minute is None or minute < other)


def in_turn(sources: Mapping[str, Source], amendments: Iterable[Amendment]) -> tuple[Amendment, ...]:
    """The amendments in the order in which they apply: by publication, those of one minute by id."""

    return tuple(sorted(amendments, key=lambda amendment: turn_of(sources, amendment.sources, amendment.id)))


def turn_of(sources: Mapping[str, Source], named: Iterable[str], id: str) -> tuple[bool, int, str]:
    """What amendments are in turn by: the named sources, and the id. Raises KeyError for a source that there is not."""
    minute = known_from(sources, named)
    return minute is not None, minute or 0, id


def misfits(
    sources: Mapping[str, Source],
    units: Mapping[str, Unit],
    orders: Mapping[str, Order],
    amendments: Iterable[Amendment],
) -> Iterator[tuple[Amendment, Order]]:
    """The amendments from which on an order in parts does not add up to its unit, each with that order.

    `amendments` are in the order in which they apply. Those of one minute apply together; what they amend is looked
    at, and nothing else.
    """
    for changed, now_units, now_orders in _divided(sources, units, orders, amendments):
        for id, amendment in changed.items():
            for order in in_parts((now_orders[id],)):
                unit = now_units.get(order.units[0])
                if unit is not None and sum(part.strength for part in order.parts) != unit.strength:
                    yield amendment, order


def wholes_divided(
    sources: Mapping[str, Source],
    units: Mapping[str, Unit],
    orders: Mapping[str, Order],
    amendments: Iterable[Amendment],
) -> Iterator[tuple[Amendment, Order]]:
    """The amendments from which on an order in parts moves a unit that has units as its parts, each with that order.

    `amendments` are as for `misfits`. An amended unit that becomes a part of the one that is moved is looked at.
    """
    for changed, now_units, now_orders in _divided(sources, units, orders, amendments):
        wholes = {unit.part_of for unit in now_units.values()}
        for id, amendment in changed.items():
            yield from ((amendment, order) for order in in_parts((now_orders[id],)) if order.units[0] in wholes)


def unheld(
    sources: Mapping[str, Source],
    units: Mapping[str, Unit],
    orders: Mapping[str, Order],
    lift: Mapping[str, Lift],
    amendments: Iterable[Amendment],
) -> Iterator[tuple[Amendment, Order, Unit, str]]:
    """The amendments from which on an order goes by lift that holds none of a unit it addresses, each with that order,
    the unit and the id of the lift.

    `amendments` are as for `misfits`; of the orders, those are looked at that are amended, or address what is.
    """
    now_units, now_orders = dict(units), dict(orders)
    for _, group in groupby(amendments, key=lambda amendment: known_from(sources, amendment.sources)):
        touching: dict[tuple[type, str], Amendment] = {}
        for amendment in group:
            match amendment.entry:
                case Unit() as unit:
                    now_units[unit.id] = unit
                case Order() as order:
                    now_orders[order.id] = order
                case Claim():
                    continue
            touching[type(amendment.entry), amendment.entry.id] = amendment
        parts = parts_by_unit(now_units)
        for order in now_orders.values():
            addressed = with_parts(parts, order.units) if order.carriage is not None else ()
            by = [touching.get((Order, order.id)), *(touching.get((Unit, unit)) for unit in addressed)]
            latest = next((amendment for amendment in reversed(by) if amendment is not None), None)
            if latest is not None:
                yield from ((latest, order, unit, each) for unit, each in not_held(order, parts, now_units, lift))


def not_held(
    order: Order, parts: Mapping[str, tuple[str, ...]], units: Mapping[str, Unit], lift: Mapping[str, Lift]
) -> Iterator[tuple[Unit, str]]:
    """The units that an order addresses of which lift that it goes by holds none, each with the id of that lift.

    `parts` has those of each unit. What is not among the units or the lift is passed over.
    """
    named = () if order.carriage is None else dict.fromkeys(order.carriage.lifts)
    for id in with_parts(parts, order.units) if named else ():
        for each in named:
            if id in units and each in lift and all(kind is not units[id].kind for kind, _ in lift[each].holds):
                yield units[id], each


Changed = tuple[dict[str, Amendment], Mapping[str, Unit], Mapping[str, Order]]
"""For orders that may be in parts, by id, what amends them or their units; and all units and orders from then on."""


def _divided(
    sources: Mapping[str, Source],
    units: Mapping[str, Unit],
    orders: Mapping[str, Order],
    amendments: Iterable[Amendment],
) -> Iterator[Changed]:
    """For each minute at which amendments apply, the orders that they touch."""
    now_units, now_orders = dict(units), dict(orders)
    divided: dict[str, set[str]] = {}
    for order in in_parts(orders.values()):
        divided.setdefault(order.units[0], set()).add(order.id)
    for _, group in groupby(amendments, key=lambda amendment: known_from(sources, amendment.sources)):
        together = list(group)
        touched: dict[str, Amendment] = {}
        for amendment in together:
            if isinstance(amendment.entry, Unit):
                now_units[amendment.entry.id] = amendment.entry
            elif isinstance(amendment.entry, Order):
                now_orders[amendment.entry.id] = amendment.entry
                touched[amendment.entry.id] = amendment
                for order in in_parts((amendment.entry,)):
                    divided.setdefault(order.units[0], set()).add(order.id)
        for amendment in together:
            if isinstance(amendment.entry, Unit):
                for unit in (amendment.entry.id, amendment.entry.part_of):
                    touched |= dict.fromkeys(sorted(divided.get(unit or "", ())), amendment)
        yield touched, now_units, now_orders


def in_parts(orders: Iterable[Order]) -> Iterator[Order]:
    """The orders that move one unit in parts."""
    return (order for order in orders if order.parts and len(order.units) == 1)
