"""Events: what happened in a run, in the past tense. A run is nothing but its events, in order.

Every event has `at`, the minute it happened, and a `tag`, the word for it. What is in transit counts as being at its
destination with the readiness in-transit.
"""

from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar

from attrs import frozen

from sim.domain.amendment import Amendment
from sim.domain.calendar import Calendar
from sim.domain.claim import Claim
from sim.domain.lift import Change, Lift, Port
from sim.domain.order import Order
from sim.domain.place import Place
from sim.domain.source import Source
from sim.domain.unit import Unit
from sim.domain.vocabulary import Basis, Readiness

RULES = 1
"""The version of the rules by which a scenario plays out; a change that alters any log raises it."""


@frozen
class RunOpened:
    """A run began. `start` is UTC; `end` and `snapshots` are minutes; `fingerprint` is that of the scenario."""

    tag: ClassVar[str] = "run-opened"
    at: int
    title: str
    start: datetime
    end: int
    timezone: str
    about: Fraction
    snapshots: tuple[int, ...]
    fingerprint: str
    seed: int
    format: int
    rules: int

    @property
    def calendar(self) -> Calendar:
        """The calendar of the run's minutes, made anew each time."""
        return Calendar(self.start, self.timezone)


@frozen
class SourceCited:
    """The scenario cites a source."""

    tag: ClassVar[str] = "source-cited"
    at: int
    source: Source


@frozen
class PlaceNamed:
    """The scenario names a place."""

    tag: ClassVar[str] = "place-named"
    at: int
    place: Place


@frozen
class UnitDefined:
    """The scenario defines a unit."""

    tag: ClassVar[str] = "unit-defined"
    at: int
    unit: Unit


@frozen
class OrderDefined:
    """The scenario defines an order, whenever it is to be given."""

    tag: ClassVar[str] = "order-defined"
    at: int
    order: Order


@frozen
class ClaimStated:
    """The scenario records what a source states."""

    tag: ClassVar[str] = "claim-stated"
    at: int
    claim: Claim


@frozen
class EntryAmended:
    """The scenario says how a unit, an order or a claim reads from the publication of a later source on."""

    tag: ClassVar[str] = "entry-amended"
    at: int
    amendment: Amendment


@frozen
class LiftDefined:
    """The scenario defines vehicles that move units."""

    tag: ClassVar[str] = "lift-defined"
    at: int
    lift: Lift


@frozen
class PortDefined:
    """The scenario defines where vehicles load and unload."""

    tag: ClassVar[str] = "port-defined"
    at: int
    port: Port


@frozen
class CapacityStated:
    """The scenario says what changes of lift or ports, whenever it does."""

    tag: ClassVar[str] = "capacity-stated"
    at: int
    change: Change


@frozen
class UnitMustered:
    """A unit stood ready where the run starts."""

    tag: ClassVar[str] = "unit-mustered"
    at: int
    unit: str
    place: str
    readiness: Readiness
    strength: int


@frozen
class OrderIssued:
    """An order was given to units, in byte order of their ids, parts of named units included."""

    tag: ClassVar[str] = "order-issued"
    at: int
    order: str
    units: tuple[str, ...]


@frozen
class OrderRefused:
    """A unit could not obey an order in the state it was in; the run went on."""

    tag: ClassVar[str] = "order-refused"
    at: int
    order: str
    unit: str
    reason: str


@frozen
class ReadinessChanged:
    """A unit changed its readiness where it stood."""

    tag: ClassVar[str] = "readiness-changed"
    at: int
    unit: str
    place: str
    strength: int
    before: Readiness
    after: Readiness
    order: str


@frozen
class UnitDeparted:
    """A unit, or a part of it, left for a destination; `readiness` is what it had before."""

    tag: ClassVar[str] = "unit-departed"
    at: int
    unit: str
    strength: int
    origin: str
    destination: str
    readiness: Readiness
    basis: Basis
    order: str


@frozen
class UnitArrived:
    """A unit, or a part of it, arrived; `readiness` is what it has from then on."""

    tag: ClassVar[str] = "unit-arrived"
    at: int
    unit: str
    strength: int
    place: str
    readiness: Readiness
    basis: Basis
    order: str


@frozen
class UnitClosed:
    """The last of a unit arrived at its destination."""

    tag: ClassVar[str] = "unit-closed"
    at: int
    unit: str
    place: str
    order: str


@frozen
class LoadReady:
    """A load of a unit was ready to be moved by lift from a place; its loads are numbered from 1 for each order."""

    tag: ClassVar[str] = "load-ready"
    at: int
    unit: str
    load: int
    strength: int
    place: str
    order: str


class Cause(StrEnum):
    """What a load waited for: to be ready, a vehicle, one that went to a load ahead of it, a spot, or opening hours."""

    NOTICE = "notice"
    VEHICLE = "vehicle"
    PRIORITY = "priority"
    SPOT = "spot"
    HOURS = "hours"


@frozen
class LoadWaited:
    """A load of a unit had waited for so many minutes, at least 1, until now."""

    tag: ClassVar[str] = "load-waited"
    at: int
    unit: str
    load: int
    cause: Cause
    minutes: int
    place: str
    order: str


@frozen
class RunClosed:
    """The run ended; `events` is how many came before this one."""

    tag: ClassVar[str] = "run-closed"
    at: int
    events: int


Definition = (
    SourceCited
    | PlaceNamed
    | LiftDefined
    | PortDefined
    | CapacityStated
    | UnitDefined
    | OrderDefined
    | ClaimStated
    | EntryAmended
)
Event = (
    RunOpened
    | Definition
    | UnitMustered
    | OrderIssued
    | OrderRefused
    | ReadinessChanged
    | UnitDeparted
    | UnitArrived
    | UnitClosed
    | LoadReady
    | LoadWaited
    | RunClosed
)
