"""The simulated clock: whole minutes, and points on it that are ordered within their minute."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from attrs import frozen
from simpy import Environment
from simpy.events import Event, EventPriority

FIRST_RANK = 2
"""The lowest rank a moment may have: SimPy keeps 0 and 1 for starting, waking and interrupting processes."""


@frozen
class Ranks:
    """What comes before what within a minute, in a run with so many units.

    Lift and ports change; vehicles are free where they went empty; units arrive; they depart; they are ready to be
    moved; orders are issued, by id; and then vehicles are given to loads. A unit is its number in the order of ids.
    """

    units: int
    changing: int = FIRST_RANK
    freeing: int = FIRST_RANK + 1

    def arriving(self, unit: int) -> int:
        """When a unit arrives."""
        return FIRST_RANK + 2 + unit

    def departing(self, unit: int) -> int:
        """When a unit departs."""
        return FIRST_RANK + 2 + self.units + unit

    def readying(self, unit: int) -> int:
        """When a unit is ready to be moved by lift."""
        return FIRST_RANK + 2 + 2 * self.units + unit

    @property
    def ordering(self) -> int:
        """When orders are issued."""
        return FIRST_RANK + 2 + 3 * self.units

    @property
    def sending(self) -> int:
        """When vehicles are given to loads: last, so that all who wait by then have their turn."""
        return self.ordering + 1


class Clock(Environment):
    """A SimPy environment whose time is an integer of minutes, because all that is scheduled on it is."""

    if TYPE_CHECKING:

        @property
        def now(self) -> int: ...


class Moment(Event):
    """An event that happens at the minute `at`, before all moments of that minute with a higher `rank`.

    Like a SimPy timeout, but absolute, and placed within its minute by rank instead of by when it was created: that
    is what makes the order of a log independent of the order of a scenario. `at` must not lie in the past. A process
    may wait for it, or `act` is called when it comes: what never waits for anything else need not be a process.
    """

    def __init__(self, clock: Clock, at: int, rank: int, act: Callable[[Event], None] | None = None) -> None:
        # NOTE: does what Timeout.__init__ does, without the calls in between.
        self.env = clock
        self.callbacks = [] if act is None else [act]
        self._value = None
        self._ok = True
        clock.schedule(self, EventPriority(rank), at - clock.now)
