"""The scenario: everything that was reported, ready to be played out."""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from operator import attrgetter
from typing import Any

from attrs import evolve, field, frozen

from sim.domain.amendment import Amendment
from sim.domain.calendar import Calendar, format_utc
from sim.domain.claim import Claim
from sim.domain.lift import Change, Lift, Port
from sim.domain.order import Order
from sim.domain.place import Place
from sim.domain.plain import TO_PLAIN, Plain
from sim.domain.quantity import DEFAULT_ABOUT, format_percent
from sim.domain.source import Source
from sim.domain.unit import Unit, parts_by_unit, with_parts

FORMAT = 1
"""The version of the scenario format."""


def _by_id(values: Mapping[str, Any] | Iterable[Any]) -> dict[str, Any]:
    """The values under their ids, in byte order of the ids. (A converter cannot be generic: hence Any.)"""
    each = values.values() if isinstance(values, Mapping) else values
    return {value.id: value for value in sorted(each, key=attrgetter("id"))}


@frozen(slots=False)
class Scenario:
    """What was reported, with its sources. The mappings are by id, in byte order.

    `end` and `snapshots` are minutes of the run; `about` is the share by which "about" reaches to either side. Units,
    orders and claims are as they were first reported; `amendments` say what later sources change of them, in the order
    in which they apply. `capacity` is what changes of lift and ports, in order of time, then of the list.
    """

    title: str
    calendar: Calendar
    end: int
    about: Fraction = DEFAULT_ABOUT
    snapshots: tuple[int, ...] = ()
    sources: Mapping[str, Source] = field(factory=dict, converter=_by_id)
    places: Mapping[str, Place] = field(factory=dict, converter=_by_id)
    units: Mapping[str, Unit] = field(factory=dict, converter=_by_id)
    orders: Mapping[str, Order] = field(factory=dict, converter=_by_id)
    claims: Mapping[str, Claim] = field(factory=dict, converter=_by_id)
    amendments: tuple[Amendment, ...] = ()
    lift: Mapping[str, Lift] = field(factory=dict, converter=_by_id)
    ports: Mapping[str, Port] = field(factory=dict, converter=_by_id)
    capacity: tuple[Change, ...] = ()

    @cached_property
    def in_force(self) -> "Scenario":
        """The scenario with its units, orders and claims as they read once all amendments apply, and none left."""
        if not self.amendments:
            return self
        units, orders, claims = dict(self.units), dict(self.orders), dict(self.claims)
        for amendment in self.amendments:
            match amendment.entry:
                case Unit() as unit:
                    units[unit.id] = unit
                case Order() as order:
                    orders[order.id] = order
                case Claim() as claim:
                    claims[claim.id] = claim
        return evolve(self, units=units, orders=orders, claims=claims, amendments=())

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256, in hex, of all it says as canonical JSON: layout and comments do not enter."""
        digest = hashlib.sha256()
        for piece in canonical_json(self):
            digest.update(piece.encode())
        return digest.hexdigest()

    @cached_property
    def _parts(self) -> dict[str, tuple[str, ...]]:
        return parts_by_unit(self.units)

    def addressed(self, order: Order) -> tuple[str, ...]:
        """The ids of the units an order commands, their parts included, in byte order."""
        named = order.units
        if not named and order.cancels is not None:
            named = self.orders[order.cancels].units
        return with_parts(self._parts, named) if self._parts else named


def canonical_json(scenario: Scenario) -> Iterator[str]:
    """A scenario as JSON with sorted keys and no spaces, a definition at a time: a large one need not be held twice.

    Definitions are in their plain form, each section a list in byte order of the ids; times are minutes. Amendments
    come in the order in which they apply, and so do changes of capacity.
    """
    encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
    head: Plain = {
        "format": FORMAT,
        "title": scenario.title,
        "start": format_utc(scenario.calendar.start) + "Z",
        "end": scenario.end,
        "timezone": scenario.calendar.timezone,
        "about": format_percent(scenario.about),
        "snapshots": list(scenario.snapshots),
    }
    sections: dict[str, Collection[Any]] = {
        "sources": scenario.sources.values(),
        "places": scenario.places.values(),
        "units": scenario.units.values(),
        "orders": scenario.orders.values(),
        "claims": scenario.claims.values(),
    }
    # Most scenarios have none of these: those that were written before there were any keep their digest.
    later: dict[str, Collection[Any]] = {
        "amendments": scenario.amendments,
        "lift": scenario.lift.values(),
        "ports": scenario.ports.values(),
        "capacity": scenario.capacity,
    }
    sections |= {section: entries for section, entries in later.items() if entries}
    before = "{"
    for key in sorted(head.keys() | sections.keys()):
        yield f'{before}"{key}":'
        before = ","
        if key in head:
            yield encode(head[key])
            continue
        yield "["
        for number, definition in enumerate(map(TO_PLAIN[key], sections[key])):
            yield ("," if number else "") + encode(definition)
        yield "]"
    yield "}"
