"""Travel: how long a vehicle takes from one place to another."""

from collections.abc import Mapping
from functools import cache

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
        """How many minutes a vehicle of `lift` travels, without rests, at the speed drawn under a name; 0 to itself."""
        if origin == destination:
            return 0
        way = (lift.id, origin, destination)
        if (known := self._known.get(way)) is not None:
            return known
        speed = self._draws.draw(lift.speed, "speed", *name)
        found = travel_minutes(self.kilometres(origin, destination) * lift.detour, speed)
        if isinstance(lift.speed, Fixed):
            self._known[way] = found
        return found


def travel_minutes(distance: float, speed: float) -> int:
    """Whole minutes, at least 1, for so many kilometres at so many an hour."""
    return max(1, whole(distance / max(speed, SLOWEST) * 60))
