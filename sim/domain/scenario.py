"""The scenario: everything that was reported, ready to be played out."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cached_property
from operator import attrgetter
from typing import Any

from attrs import field, frozen

from sim.domain.calendar import Calendar
from sim.domain.claim import Claim
from sim.domain.order import Order
from sim.domain.place import Place
from sim.domain.quantity import DEFAULT_ABOUT
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

    `end` and `snapshots` are minutes of the run; `about` is the share by which "about" reaches to either side.
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

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256, in hex, of all it says; two scenarios with the same fingerprint are the same scenario."""
        from sim.domain.plain import fingerprint  # here, because the plain form is that of a scenario

        return fingerprint(self)

    @cached_property
    def _parts(self) -> dict[str, tuple[str, ...]]:
        return parts_by_unit(self.units)

    def addressed(self, order: Order) -> tuple[str, ...]:
        """The ids of the units an order commands, their parts included, in byte order."""
        named = order.units
        if not named and order.cancels is not None:
            named = self.orders[order.cancels].units
        return with_parts(self._parts, named) if self._parts else named
