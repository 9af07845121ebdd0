"""What stays behind: loads that were ready to go by lift, and had not left by the end of a run."""

from collections import Counter
from collections.abc import Iterable, Iterator

from attrs import frozen

from sim.domain.event import LoadReady, OrderIssued, OrderRefused, UnitDeparted
from sim.ledger.book import Book
from sim.posture.timeline import Happening


@frozen
class Behind:
    """How many loads of a unit had not left under an order, and how much of it they are; both 1 or more.

    `place` is where they were ready, and `position` that of the event which says so of the first load of the unit.
    """

    position: int
    order: str
    unit: str
    place: str
    loads: int
    strength: int


def left_behind(book: Book, happenings: Iterable[Happening]) -> Iterator[Behind]:
    """What had not left by the end, in the order in which it was ready. `happenings` are all of a run, in order.

    What waits at a stop on its way has left; what was cancelled waits no more.
    """
    ready: dict[tuple[str, str], tuple[int, str]] = {}
    seen: set[tuple[str, str, int | None]] = set()
    loads: Counter[tuple[str, str]] = Counter()
    strength: Counter[tuple[str, str]] = Counter()
    cancelled: set[tuple[str, str]] = set()
    for each in happenings:
        moved, load = (each.order, each.unit or ""), (each.order, each.unit or "", each.load)
        if each.event == LoadReady.tag and load not in seen:  # not the next stretch of its way
            seen.add(load)
            ready.setdefault(moved, (each.position, each.place or ""))
            loads[moved] += 1
            strength[moved] += each.strength or 0
        elif each.event == UnitDeparted.tag:  # one for each load
            loads[moved] -= 1
            strength[moved] -= each.strength or 0
        elif each.event in {OrderIssued.tag, OrderRefused.tag}:
            off = book.orders[each.order].cancels
            called_off = {(off or "", unit) for unit in each.about}
            cancelled = cancelled | called_off if each.event == OrderIssued.tag else cancelled - called_off
    for moved, (position, place) in ready.items():
        if loads[moved] > 0 and moved not in cancelled:
            yield Behind(position, *moved, place, loads[moved], strength[moved])
