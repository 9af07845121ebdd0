"""Figures: what is reported of a strength that nobody knows: of a unit, of a part of it, or of what lift has moved."""

from collections.abc import Callable

from attrs import frozen

from sim.domain.order import Order, Part
from sim.domain.quantity import Interval, Quantity
from sim.domain.unit import Unit
from sim.ledger.entry import Account
from sim.ledger.portion import left_of
from sim.reconcile.rounding import AS_REPORTED, joined, read, rounded

Reading = Callable[[Quantity], Interval]


@frozen
class Figure:
    """The strength of a unit; or, where `order` is one, that of one of the parts in which it moves the unit.

    `part` counts from 0, in the order in which the parts are written. Of a unit that goes by lift, load by load, `held`
    is how much the run has in one account at some moment, and `account` that account.
    """

    unit: Unit
    order: Order | None = None
    part: int = 0
    held: int | None = None
    account: Account | None = None

    @property
    def reported(self) -> Quantity | None:
        """The strength in the report's words; None for a part of which there is a plain number, or what is left, and
        for what lift has moved.
        """
        if self.held is not None:
            return None
        return self.unit.reported if self.order is None else self.order.parts[self.part].reported

    @property
    def strength(self) -> int:
        """What the ledger posts."""
        if self.held is not None:
            return self.held
        return self.unit.strength if self.order is None else self.order.parts[self.part].strength

    def interval(self, nearest: int = AS_REPORTED) -> Interval:
        """The numbers that it may be, where round figures are `rounded` to the `nearest` power of ten.

        What lift has moved is the share of its unit that it is of what is posted, as the ledger shares a unit; rounded
        outward.
        """
        if self.held is not None:
            return read(self.unit.reported, nearest).share(self.held, self.unit.strength)
        if self.order is None:
            return read(self.unit.reported, nearest)
        return bounds_of(self.order.parts[self.part], self.order, self.unit, nearest)


def bounds_of(part: Part, order: Order, unit: Unit, nearest: int = AS_REPORTED) -> Interval:
    """The numbers that the strength of a part may be: those of its wording, where it has one.

    Parts without words share what the others leave of the unit, as the ledger shares a unit; rounded outward. Where
    there is only one of them, nothing need be known of it: that the parts add up to the unit says it all.
    """
    if part.reported is not None:
        return read(part.reported, nearest)
    worded = [read(each.reported, nearest) for each in order.parts if each.reported is not None]
    if worded and len(worded) == len(order.parts) - 1:
        return Interval(0, None)
    plain = sum(each.strength for each in order.parts if each.reported is None)
    left = left_of(read(unit.reported, nearest), worded).share(part.strength, plain)
    return joined(left, rounded(part.strength, nearest))
