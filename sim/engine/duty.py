"""Duty: how long vehicles may travel before they rest, and what that makes of the time they take."""

from typing import Self

from attrs import frozen

from sim.domain.calendar import MINUTES_A_DAY
from sim.engine.draws import whole

Stint = tuple[int, int]
"""What a vehicle has behind it: since which minute it stands, and how long it has travelled since it last rested."""

RESTED: Stint = (0, 0)
"""That of a vehicle that has not travelled yet, or needs no rest."""


@frozen
class Duty:
    """After `travels` minutes of travel, on however many journeys, laden or empty, a vehicle rests for `rests` minutes.

    They make a day; both are 1 or more. It has rested once it has stood for that long in a row, wherever it was, and
    whatever it stood there for. So in no stretch of time between two rests does it travel for more than `travels`. That
    is how the hours of drivers are limited (Regulation (EC) No 561/2006, articles 6 and 8).
    """

    travels: int
    rests: int

    @classmethod
    def of(cls, hours_per_day: float) -> Self | None:
        """That of so many hours a day; None where all of the day may be travelled. It is a minute a day at least."""
        travels = max(1, whole(hours_per_day * 60))
        return cls(travels, MINUTES_A_DAY - travels) if travels < MINUTES_A_DAY else None

    def fit(self, stint: Stint, minute: int) -> int:
        """The first minute from one on at which a vehicle that stands may set out, and is loaded to do so."""
        since, travelled = stint
        return minute if travelled < self.travels else max(minute, since + self.rests)

    def travel(self, stint: Stint, leaves: int, moving: int) -> Stint:
        """What a vehicle has behind it when it has come, if it leaves at a minute for a way that takes it so many.

        It rests on the way as often as it must, but not where it has come.
        """
        fit = self.fit(stint, leaves)
        travelled = moving + (0 if fit - stint[0] >= self.rests else stint[1])
        rests = max(0, travelled - 1) // self.travels
        return fit + moving + rests * self.rests, travelled - rests * self.travels
