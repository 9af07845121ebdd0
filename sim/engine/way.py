"""Ways: the stretches over which vehicles go, with the ramps at both ends."""

from collections.abc import Sequence

from attrs import define

from sim.domain.lift import Lift
from sim.domain.variate import Variate
from sim.domain.vocabulary import Kind
from sim.engine.opening import Opening
from sim.engine.spots import Booking, Spots


@define(eq=False)
class Ramp:
    """Where vehicles of one lift load and unload at a place.

    `spots` are those of the port there, None where there is room for all. Each vehicle stands there for as long as
    `ground` says; `minutes` is that where nothing of it is drawn, else None. Work rests outside the `opening`, None is
    always open.
    """

    place: str
    spots: Spots | None
    ground: Variate
    minutes: int | None
    opening: Opening | None

    def book(self, now: int, asked: int, minutes: int) -> Booking | None:
        """The first stand of so many minutes to be had from `asked` on; None where there never is one."""
        if self.spots is None:
            return asked, asked + minutes
        return self.spots.book(now, asked, minutes)

    def release(self, now: int, booking: Booking) -> None:
        """Give up what is left of a stand."""
        if self.spots is not None and now < booking[1]:
            self.spots.release(now, booking)


@define(eq=False)
class Way:
    """A stretch from one ramp to another, as vehicles of a lift go over it.

    `minutes` is how long it takes them laden, None where that is drawn.
    """

    lift: Lift
    origin: Ramp
    destination: Ramp
    minutes: int | None


@define(eq=False)
class Route:
    """The ways that units go under one order. `fits` is how much of a kind goes into each load, where all are alike."""

    ways: Sequence[Way]
    fits: dict[Kind, int]
