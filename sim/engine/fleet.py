"""Fleets: the vehicles of one lift, and the loads that wait for them."""

from bisect import bisect_left, bisect_right
from collections import deque
from heapq import heapify, heappop, heappush

from attrs import define, field

from sim.domain.lift import Lift
from sim.engine.duty import RESTED, Duty, Stint
from sim.engine.load import Load

Waiting = tuple[int, int, int, int, Load]
"""A load in its turn: behind its priority, the number of its order, the rank of its unit, and its own number."""


@define(eq=False)
class Fleet:
    """The vehicles of a lift: `size` of them there are, of `wanted`; more than that where they fell and some are out.

    `idle` of them stand at the base; `returning` are others, a heap, as they will be once they are back there. `landed`
    are those that came free elsewhere in this minute: by place, after which load on which stretch, whose name what they
    do next goes by, and what they have behind them. `waking` is when the fleet is seen to because one is back, None
    where that is not planned. It is `stirred` where it is seen to at the end of this minute. `duty` is None where they
    need no rest.
    """

    lift: Lift
    wanted: int
    duty: Duty | None = None
    size: int = field(init=False)
    idle: int = field(init=False)
    landed: dict[str, deque[tuple[Load, int, Stint]]] = field(factory=dict)
    returning: list[Stint] = field(factory=list)
    waking: int | None = None
    stirred: bool = False
    _used: list[Stint] = field(factory=list)  # of those that stand at the base, a heap, where they need rest
    _waiting: list[Waiting] = field(factory=list)
    _cancelled: int = 0
    _sent: list[int] = field(factory=list)  # the minutes at which loads were sent while others waited
    _lowest: list[int] = field(factory=list)  # the lowest priority that was sent at each of them
    _turned: list[int] = field(factory=list)  # those of the minutes at which that was another than before

    def __attrs_post_init__(self) -> None:
        self.size = self.idle = self.wanted

    @property
    def at_hand(self) -> bool:
        """Whether a vehicle can be given to a load."""
        return bool(self.idle or self.landed)

    def settle(self, now: int) -> None:
        """Count in those that are back by now. It need not be known any sooner than somebody asks."""
        returning = self.returning
        while returning and returning[0][0] <= now:
            stint = heappop(returning)
            if self.size > self.wanted:
                self.size -= 1
            else:
                self._stand(stint)

    def resize(self, wanted: int, now: int) -> None:
        """Have so many vehicles from now on: new ones stand at the base; those too many go once they are idle."""
        self.settle(now - 1)  # before any that is back in this minute
        self.wanted = wanted
        added = wanted - self.size if wanted > self.size else -min(self.idle, self.size - wanted)
        self.idle += added
        self.size += added
        while len(self._used) > self.idle:
            heappop(self._used)

    def free(self, place: str, load: Load, now: int, stint: Stint) -> None:
        """A vehicle is free at a place, after it was sent for a load; where there are too many it is gone."""
        self.settle(now)
        if self.size > self.wanted:
            self.size -= 1
        elif place == self.lift.base:
            self._stand(stint)
        else:
            landed = self.landed.get(place)
            if landed is None:
                landed = self.landed[place] = deque()
            landed.append((load, load.stretch, stint))

    def _stand(self, stint: Stint) -> None:
        """One more stands at the base."""
        self.idle += 1
        if self.duty is not None:
            heappush(self._used, stint)

    def first(self, place: str) -> Stint:
        """What the vehicle has behind it that is taken next at a place, where one is free.

        Of those that landed there it is the one that did first. At the base those go first that have never left it,
        then the one that has stood longest, then the one that has travelled least.
        """
        landed = self.landed.get(place)
        if landed is not None:
            return landed[0][2]
        return self._used[0] if len(self._used) == self.idle else RESTED

    def take(self, place: str) -> None:
        """The first vehicle that is free at a place is taken."""
        landed = self.landed.get(place)
        if landed is None:
            self.idle -= 1
            if len(self._used) > self.idle:
                heappop(self._used)
            return
        landed.popleft()
        if not landed:
            del self.landed[place]

    def join(self, load: Load) -> None:
        """A load waits for a vehicle."""
        priority, order, unit = load.shipment.turn
        heappush(self._waiting, (priority, order, unit, load.number, load))

    def desert(self, loads: int) -> None:
        """So many of those that joined, or fewer, were cancelled.

        They leave the queue when it is their turn, or when they are half of it: each is passed over once.
        """
        self._cancelled += loads
        if 2 * self._cancelled > len(self._waiting):
            self._waiting = [each for each in self._waiting if not each[-1].shipment.cancelled]
            heapify(self._waiting)
            self._cancelled = 0

    def head(self) -> Waiting | None:
        """The load that goes first, in its turn; None where none waits. What was cancelled leaves the queue here."""
        waiting = self._waiting
        while waiting and waiting[0][-1].shipment.cancelled:
            heappop(waiting)
        return waiting[0] if waiting else None

    def next(self) -> Load | None:
        """The load that goes first, which waits no longer; None where none waits."""
        waiting = self._waiting
        while waiting:
            load = heappop(waiting)[-1]
            if not load.shipment.cancelled:
                return load
        return None

    def sent(self, load: Load, now: int) -> None:
        """Remember when a load was given a vehicle while others waited: of each minute the first, in its turn."""
        if not self._waiting or (self._sent and self._sent[-1] == now):
            return
        priority = load.shipment.turn[0]
        if not self._lowest or self._lowest[-1] != priority:
            self._turned.append(now)
        self._sent.append(now)
        self._lowest.append(priority)

    def overtaken(self, load: Load) -> int | None:
        """Since when a vehicle that a load waits for has gone to one of a lower priority; None where none has.

        As long as it waits, none goes to one of a higher priority. So either the first since it was ready went to one
        of a lower, or those went to its own until the priority was another.
        """
        first = bisect_left(self._sent, load.ready)
        if first == len(self._sent):
            return None
        if self._lowest[first] < load.shipment.turn[0]:
            return self._sent[first]
        turned = bisect_right(self._turned, self._sent[first])
        return self._turned[turned] if turned < len(self._turned) else None
