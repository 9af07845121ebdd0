"""Travel: how long a vehicle takes from one place to another."""

from collections.abc import Mapping
from functools import cache

from sim.domain.calendar import MINUTES_A_DAY
from sim.domain.distance import kilometres
from sim.domain.lift import Lift
from sim.domain.place import Place
from sim.domain.variate import Fixed
from sim.engine.draws import Draws, whole

SLOWEST = 0.001
"""The least speed there is, in kilometres an hour: a figure that is drawn may be 0, and nothing would ever arrive."""


class Travel:
    """The ways of one run, each measured once."""

    def __init__(self, places: Mapping[str, Place], draws: Draws) -> None:
        self.kilometres = cache(lambda origin, destination: kilometres(places, origin, destination))
        self._draws = draws
        self._known: dict[tuple[str, str, str], int] = {}

    def minutes(self, lift: Lift, origin: str, destination: str, *name: str | int) -> int:
        """How many minutes a vehicle of `lift` travels, at the speed drawn under a name; 0 where it is there."""
        if origin == destination:
            return 0
        way = (lift.id, origin, destination)
        if (known := self._known.get(way)) is not None:
            return known
        speed = self._draws.draw(lift.speed, "speed", *name)
        hours = None if lift.hours_per_day is None else self._draws.draw(lift.hours_per_day, "hours", lift.id)
        found = travel_minutes(self.kilometres(origin, destination) * lift.detour, speed, hours)
        if isinstance(lift.speed, Fixed):
            self._known[way] = found
        return found


def travel_minutes(distance: float, speed: float, hours_per_day: float | None = None) -> int:
    """Whole minutes, at least 1, for so many kilometres at so many an hour.

    After each `hours_per_day` of travel it rests for what is left of 24 hours, but not where it has arrived.
    """
    moving = max(1, whole(distance / max(speed, SLOWEST) * 60))
    if hours_per_day is None:
        return moving
    a_day = min(MINUTES_A_DAY, max(1, whole(hours_per_day * 60)))
    return moving + (moving - 1) // a_day * (MINUTES_A_DAY - a_day)
