"""The simulated clock: whole minutes, and points on it that are ordered within their minute."""

from collections.abc import Callable, Sized
from heapq import heappop, heappush
from typing import Any, TypeVar

from attrs import frozen
from simpy import Environment
from simpy.events import NORMAL, Event, EventPriority

About = TypeVar("About")

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
    """A SimPy environment whose time is an integer of minutes, because all that is scheduled on it is.

    Its agenda has SimPy's events and plain calls in one order: by minute, by rank within it, and then as they were put
    there. What never waits for anything else need not be a process, nor an event, which cost more than a call.
    """

    now: int = 0
    """The minute it is. NOTE: Environment has a property here, which costs more than what asks for it."""

    def __init__(self) -> None:
        super().__init__()
        self._agenda: list[tuple[int, int, int, Callable[[Any], None], Any]] = []
        self._entered = 0

    def call(self, at: int, rank: int, act: Callable[[About], None], about: About) -> None:
        """Call `act` with what it is `about` at the minute `at`, before all else of it with a higher `rank`.

        `at` must not lie in the past.
        """
        self._entered = entered = self._entered + 1
        heappush(self._agenda, (at, rank, entered, act, about))

    def schedule(self, event: Event, priority: EventPriority = NORMAL, delay: float = 0) -> None:
        """Have an event of SimPy's happen after a delay of whole minutes."""
        self.call(self.now + int(delay), priority, _happen, event)

    def advance(self, end: int, gathered: Sized, enough: int) -> int:
        """Do what comes up to and including the minute `end`, until so much is gathered; how many steps that took.

        None are left where that is 0. SimPy's own `run` and `step` find nothing to do.
        """
        agenda, steps = self._agenda, 0
        while agenda and agenda[0][0] <= end and len(gathered) < enough:
            self.now, _, _, act, about = heappop(agenda)
            act(about)
            steps += 1
        return steps


def _happen(event: Any) -> None:
    """Tell those who wait for an event of SimPy's; one that failed, as a process that raised, fails the run."""
    callbacks, event.callbacks = event.callbacks, None  # as SimPy marks what has happened
    for callback in callbacks:
        callback(event)
    if not (event.ok or event.defused):
        raise event.value


class Moment(Event):
    """An event that happens at the minute `at`, before all else of that minute with a higher `rank`.

    Like a SimPy timeout, but absolute, and placed within its minute by rank instead of by when it was created: that
    is what makes the order of a log independent of the order of a scenario. `at` must not lie in the past.
    """

    def __init__(self, clock: Clock, at: int, rank: int) -> None:
        # NOTE: does what Timeout.__init__ does, without the calls in between.
        self.env = clock
        self.callbacks = []
        self._value = None
        self._ok = True
        clock.call(at, rank, _happen, self)
