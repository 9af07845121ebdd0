"""Lift: the vehicles that move units, the ports they work at, and what changes of either during a run."""

from decimal import Decimal
from enum import StrEnum
from typing import Final

from attrs import frozen

from sim.domain.grounds import NO_GROUNDS, Grounds
from sim.domain.variate import Variate, mapped
from sim.domain.vocabulary import Kind


class Mode(StrEnum):
    """How vehicles travel."""

    AIR = "air"
    RAIL = "rail"
    ROAD = "road"
    SEA = "sea"


class Speed(StrEnum):
    """What a speed was written in."""

    KNOTS = "speed_kt"
    KMH = "speed_kmh"
    KM_PER_DAY = "km_per_day"


IN_KMH: Final = {Speed.KNOTS: Decimal("1.852"), Speed.KMH: Decimal(1), Speed.KM_PER_DAY: 1 / Decimal(24)}
"""Each speed's unit in kilometres an hour: a knot is a nautical mile, 1,852 metres, an hour."""


def in_unit(kmh: float, unit: Speed) -> Decimal:
    """A speed in kilometres an hour as it was written in a unit: the shortest figure that comes to it."""
    found = Decimal(kmh) / IN_KMH[unit]
    short = Decimal(f"{found:.12g}")
    return short if float(short * IN_KMH[unit]) == kmh else found


@frozen
class Lift:
    """Vehicles of one kind that move units.

    `vehicles` is how many there are at the start, at the place `base`. `holds` is how much strength of a kind one of
    them takes, by kind; `tons` the short tons it takes, None where that does not limit. `speed` is in kilometres an
    hour of travel, of which there are no more than `hours_per_day` between two rests of what is left of 24 hours, over
    all of its journeys; `speed_in` is the unit it was written in. `ground` is how many minutes it stands to load, and
    to unload, where a port does not say otherwise. `detour` is how much longer its way is than the great circle.
    """

    id: str
    mode: Mode
    vehicles: Variate
    holds: tuple[tuple[Kind, Variate], ...]
    speed: Variate
    ground: Variate
    base: str
    tons: Variate | None = None
    hours_per_day: Variate | None = None
    detour: float = 1.0
    grounds: Grounds = NO_GROUNDS
    speed_in: Speed = Speed.KMH

    @property
    def speed_as_written(self) -> Variate:
        """The speed in the unit it was written in."""
        return mapped(self.speed, lambda kmh: float(in_unit(kmh, self.speed_in)))


@frozen
class Hours:
    """The hours of the day at which a port works, in minutes after midnight in the scenario's timezone.

    From `opens` to before `closes`, past midnight where it closes no later than it opens; 0 <= each < 1,440.
    """

    opens: int
    closes: int


@frozen
class Port:
    """Where vehicles load and unload at a place: no more than `spots` of them at a time.

    `ground` is how many minutes each stands there, None where that is for the lift to say. Work stops outside `open`
    and goes on when it opens again; None is always open.
    """

    id: str
    place: str
    spots: Variate
    ground: Variate | None = None
    open: Hours | None = None
    grounds: Grounds = NO_GROUNDS


@frozen
class Change:
    """From the minute `at` on, a lift has so many vehicles, or a port so many spots.

    Exactly one of `lift` and `port` is an id. What is in use is not taken away, but not given out again either. `id`
    is its place in the scenario's list, from 1 on.
    """

    id: str
    at: int
    lift: str | None
    port: str | None
    amount: Variate
    grounds: Grounds = NO_GROUNDS


@frozen
class Carriage:
    """How a deploy or return goes by lift.

    `lifts` has the lift of each stretch of `route`, which begins where the unit is (or boards) and ends where it goes:
    one fewer than there are places. `notice` is how many minutes after the order it is ready to leave. Of those that
    wait, a lower `priority` goes first. `load` is how much of the unit one vehicle takes, None where that is all it
    holds; `tons` what such a load weighs, in short tons, None where that is not told.
    """

    lifts: tuple[str, ...]
    route: tuple[str, ...]
    notice: Variate | None = None
    priority: int = 0
    load: Variate | None = None
    tons: Variate | None = None
