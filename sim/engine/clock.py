"""The simulated clock: whole minutes, and points on it that are ordered within their minute."""

from typing import TYPE_CHECKING

from simpy import Environment
from simpy.events import Event, EventPriority

FIRST_RANK = 2
"""The lowest rank a moment may have: SimPy keeps 0 and 1 for starting, waking and interrupting processes."""


class Clock(Environment):
    """A SimPy environment whose time is an integer of minutes, because all that is scheduled on it is."""

    if TYPE_CHECKING:

        @property
        def now(self) -> int: ...


class Moment(Event):
    """An event that happens at the minute `at`, before all moments of that minute with a higher `rank`.

    Like a SimPy timeout, but absolute, and placed within its minute by rank instead of by when it was created: that
    is what makes the order of a log independent of the order of a scenario. `at` must not lie in the past.
    """

    def __init__(self, clock: Clock, at: int, rank: int) -> None:
        # NOTE: does what Timeout.__init__ does, without the calls in between.
        self.env = clock
        self.callbacks = []
        self._value = None
        self._ok = True
        clock.schedule(self, EventPriority(rank), at - clock.now)
