"""Causes: the orders behind a figure, and what had come of each."""

from collections.abc import Collection, Iterable
from operator import attrgetter

from attrs import frozen

from sim.domain.event import OrderRefused
from sim.domain.order import Order
from sim.ledger import Book


@frozen
class Cause:
    """An order that units of a figure had been given by then, and what had come of it; `position` is its event's.

    It addresses `units` of the figure, and `others`. Of the figure's it has moved or changed those that `moved`. Of all
    of them some have `refused` it, or it was `cancelled` for them, each by a later order. With the rest of the figure's
    nothing had happened yet.
    """

    order: Order
    position: int
    units: tuple[str, ...]
    others: tuple[str, ...]
    moved: tuple[str, ...]
    refused: tuple[OrderRefused, ...]
    cancelled: tuple[tuple[str, str], ...]


def causes_of(
    book: Book, at: int, units: Collection[str], moved: Collection[tuple[str, str | None]]
) -> tuple[Cause, ...]:
    """The orders given to any of the units up to the minute `at`, in the order of the run.

    `moved` has each unit with each order that moved or changed it.
    """
    issued = {order: position for order, (minute, position) in book.issued.items() if minute <= at}
    refusals: dict[str, list[OrderRefused]] = {}
    for refusal in book.refusals.values():
        refusals.setdefault(refusal.order, []).append(refusal)
    cancelled = _cancelled(book, issued, {(each.order, each.unit) for of in refusals.values() for each in of})
    causes = []
    for id, position in issued.items():
        addressed = book.addressed(id)
        meant = tuple(unit for unit in addressed if unit in units)
        if meant:
            cause = Cause(
                book.orders[id],
                position,
                meant,
                tuple(unit for unit in addressed if unit not in units),
                tuple(unit for unit in meant if (unit, id) in moved),
                tuple(refusals.get(id, ())),
                tuple(cancelled.get(id, ())),
            )
            causes.append(cause)
    return tuple(sorted(causes, key=attrgetter("position")))


def _cancelled(
    book: Book, issued: Iterable[str], refused: Collection[tuple[str, str]]
) -> dict[str, list[tuple[str, str]]]:
    """For each order that was cancelled, the units for which it was, with the order that did it."""
    cancelled: dict[str, list[tuple[str, str]]] = {}
    for id in issued:
        order = book.orders[id]
        if order.cancels is not None:
            units = (unit for unit in book.addressed(id) if (id, unit) not in refused)
            cancelled.setdefault(order.cancels, []).extend((unit, id) for unit in units)
    return cancelled
