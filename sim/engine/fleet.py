"""Fleets: the vehicles of one lift, and the loads that wait for them."""

from bisect import bisect_left
from heapq import heappop, heappush

from attrs import define, field

from sim.domain.lift import Lift
from sim.engine.load import Load, Name, goes_first


@define
class Fleet:
    """The vehicles of a lift: `size` of them there are, of `wanted`; more than that where they fell and some are out.

    `idle` of them stand at the base; `returning` are the minutes, a heap, at which others are back there. `landed` are
    those that came free elsewhere in this minute: where, and after which load, whose name what they do next goes by.
    `waking` is when the fleet is seen to because one is back, None where that is not planned. `passed` is when, by
    priority, loads were sent while others waited.
    """

    lift: Lift
    wanted: int
    size: int = field(init=False)
    idle: int = field(init=False)
    landed: list[tuple[str, Name]] = field(factory=list)
    returning: list[int] = field(factory=list)
    waking: int | None = None
    passed: dict[int, list[int]] = field(factory=dict)
    _waiting: list[tuple[tuple[int, int, int, int], Load]] = field(factory=list)

    def __attrs_post_init__(self) -> None:
        self.size = self.idle = self.wanted

    @property
    def at_hand(self) -> bool:
        """Whether a vehicle can be given to a load."""
        return bool(self.idle or self.landed)

    def settle(self, now: int) -> None:
        """Count in those that are back by now. It need not be known any sooner than somebody asks."""
        returning = self.returning
        while returning and returning[0] <= now:
            heappop(returning)
            if self.size > self.wanted:
                self.size -= 1
            else:
                self.idle += 1

    def resize(self, wanted: int) -> None:
        """Have so many vehicles from now on: new ones stand at the base; those too many go once they are idle."""
        self.wanted = wanted
        added = wanted - self.size if wanted > self.size else -min(self.idle, self.size - wanted)
        self.idle += added
        self.size += added

    def free(self, place: str, load: Load, now: int) -> None:
        """A vehicle is free at a place, after it was sent for a load; where there are too many it is gone."""
        self.settle(now)
        if self.size > self.wanted:
            self.size -= 1
        elif place == self.lift.base:
            self.idle += 1
        else:
            self.landed.append((place, load.name))

    def take(self, place: str) -> None:
        """A vehicle that is free at a place is taken: of those that landed there, the one that did first."""
        for index, (landed, _) in enumerate(self.landed):
            if landed == place:
                del self.landed[index]
                return
        self.idle -= 1

    def join(self, load: Load) -> None:
        """A load waits for a vehicle."""
        heappush(self._waiting, (goes_first(load), load))

    def head(self) -> tuple[int, int, int, int] | None:
        """The turn of the load that goes first, None where none waits. What was cancelled leaves the queue here."""
        waiting = self._waiting
        while waiting and waiting[0][1].shipment.cancelled:
            heappop(waiting)
        return waiting[0][0] if waiting else None

    def next(self) -> Load:
        """The load that goes first, which waits no longer."""
        return heappop(self._waiting)[1]

    def sent(self, load: Load, now: int) -> None:
        """Remember when a load was given a vehicle while others waited, once for each minute."""
        if self._waiting:
            minutes = self.passed.setdefault(load.shipment.carriage.priority, [now])
            if minutes[-1] != now:
                minutes.append(now)

    def overtaken(self, load: Load) -> int | None:
        """Since when a vehicle that a load waits for has gone to one of a lower priority; None where none has."""
        first = None
        for priority, minutes in self.passed.items():
            if priority < load.shipment.carriage.priority:
                index = bisect_left(minutes, load.ready)
                if index < len(minutes) and (first is None or minutes[index] < first):
                    first = minutes[index]
        return first
