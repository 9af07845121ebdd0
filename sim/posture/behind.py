"""What stays behind: what is to go by lift, and had not left, or not gone on from a stop, by the end of a run."""

from collections import Counter
from collections.abc import Iterable, Iterator

from attrs import frozen

from sim.domain.event import Cause, LoadReady, OrderIssued, OrderRefused, UnitArrived, UnitDeparted
from sim.domain.lift import Carriage, Hours
from sim.domain.order import goes_by_lift
from sim.domain.variate import Variate, median
from sim.ledger.book import Book
from sim.posture.timeline import Happening

Moved = tuple[str, str]
"""An order and a unit."""


@frozen
class Lack:
    """What there is none of at the end, that a load needs: a vehicle of a lift, or a spot or open port at a place."""

    cause: Cause
    of: str


@frozen
class Behind:
    """How many loads of a unit are at a place under an order, and how much of it they are; both 1 or more.

    They are ready there to go the stretch of their route so numbered. Of the first, 0, they have not left; of another
    they have not come to its end, and are told only where something is lacking. Where notice is not over yet, it is not
    told how many loads there will be: None. `position` is that of the event which says so of the first load of the
    unit, or that of its order.
    """

    position: int
    order: str
    unit: str
    place: str
    loads: int | None
    strength: int
    stretch: int = 0
    lacks: tuple[Lack, ...] = ()

    @property
    def cause(self) -> Cause | None:
        """What it waits for, as far as that is known: the first that is lacking."""
        return self.lacks[0].cause if self.lacks else None


def left_behind(book: Book, happenings: Iterable[Happening]) -> Iterator[Behind]:
    """What had not left by the end, or not gone on, in the order in which it was ready, or else ordered.

    `happenings` are all of a run, in order. What was cancelled or refused waits no more.
    """
    seen = _Seen(book)
    for each in happenings:
        seen.see(each)
    found = [*seen.not_ready(), *seen.not_gone()]
    yield from sorted(found, key=lambda behind: behind.position)


class _Seen:
    """What a run tells of loads."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._ordered: dict[Moved, int] = {}
        self._off: set[Moved] = set()
        self._stretch: Counter[tuple[str, str, int | None]] = Counter()  # how often each load was ready
        self._first: dict[tuple[Moved, int], tuple[int, str]] = {}
        self._loads: Counter[tuple[Moved, int]] = Counter()
        self._strength: Counter[tuple[Moved, int]] = Counter()

    def see(self, each: Happening) -> None:
        moved = each.order, each.unit or ""
        if each.event == LoadReady.tag:
            stretch = self._stretch[(*moved, each.load)]
            self._stretch[(*moved, each.load)] += 1
            self._first.setdefault((moved, stretch), (each.position, each.place or ""))
            self._count(moved, stretch, 1, each)
            if stretch > 1:
                self._count(moved, stretch - 1, -1, each)
        elif each.event == UnitDeparted.tag:  # one for each load
            self._count(moved, 0, -1, each)
        elif each.event == UnitArrived.tag:
            carriage = self._book.orders[each.order].carriage
            if carriage is not None and len(carriage.lifts) > 1:
                self._count(moved, len(carriage.lifts) - 1, -1, each)
        elif each.event in {OrderIssued.tag, OrderRefused.tag}:
            self._hear(each)

    def not_ready(self) -> Iterator[Behind]:
        """Units of which no load is ready, as their notice is not over."""
        for (order, unit), position in self._ordered.items():
            carriage = self._book.orders[order].carriage
            if carriage is not None and ((order, unit), 0) not in self._first and (order, unit) not in self._off:
                place, strength = carriage.route[0], self._book.units[unit].strength
                yield Behind(position, order, unit, place, None, strength, 0, (Lack(Cause.NOTICE, order),))

    def not_gone(self) -> Iterator[Behind]:
        """Units of which loads are ready, and have not gone on."""
        for (moved, stretch), (position, place) in self._first.items():
            loads, strength = self._loads[moved, stretch], self._strength[moved, stretch]
            if loads > 0 and moved not in self._off:
                carriage = self._book.orders[moved[0]].carriage
                lacks = () if carriage is None else tuple(_lacks(self._book, carriage, stretch))
                if stretch == 0 or lacks:
                    yield Behind(position, *moved, place, loads, strength, stretch, lacks)

    def _hear(self, each: Happening) -> None:
        order = self._book.orders[each.order]
        issued = each.event == OrderIssued.tag
        if order.cancels is not None:
            called_off = {(order.cancels, unit) for unit in each.about}
            self._off = self._off | called_off if issued else self._off - called_off
        elif order.moves and goes_by_lift(order):
            for unit in each.about:
                if issued:
                    self._ordered[each.order, unit] = each.position
                else:
                    self._off.add((each.order, unit))

    def _count(self, moved: Moved, stretch: int, loads: int, each: Happening) -> None:
        self._loads[moved, stretch] += loads
        self._strength[moved, stretch] += loads * (each.strength or 0)


def _lacks(book: Book, carriage: Carriage, stretch: int) -> Iterator[Lack]:
    """What there is none of at the end, that a load needs to go a stretch of its route."""
    lift, ends = book.lift.get(carriage.lifts[stretch]), carriage.route[stretch : stretch + 2]
    if lift is None:
        return
    if _none(_latest(book, lift.id, None, lift.vehicles)):
        yield Lack(Cause.VEHICLE, lift.id)
    ports = [port for port in book.ports.values() if port.place in ends]
    for port in ports:
        stands = not _none(lift.ground if port.ground is None else port.ground)
        if stands and _none(_latest(book, None, port.id, port.spots)):
            yield Lack(Cause.SPOT, port.place)
    for port in ports if stretch == 0 else ():  # what is at a stop may have gone on while it was open
        if port.open is not None and not _is_open(port.open, book):
            yield Lack(Cause.HOURS, port.place)


def _latest(book: Book, lift: str | None, port: str | None, first: Variate) -> Variate:
    """How many vehicles of a lift, or spots of a port, there are at the end."""
    changed = [
        change.amount
        for change in book.capacity.values()
        if (change.lift, change.port) == (lift, port) and change.at <= book.opened.end
    ]
    return changed[-1] if changed else first


def _none(amount: Variate) -> bool:
    """Whether a run takes it for 0."""
    return median(amount) < 0.5


def _is_open(hours: Hours, book: Book) -> bool:
    """Whether a port works at the time of day at which the run ends."""
    local = book.calendar.local(book.opened.end)
    minute = local.hour * 60 + local.minute
    if hours.opens < hours.closes:
        return hours.opens <= minute < hours.closes
    return minute >= hours.opens or minute < hours.closes
