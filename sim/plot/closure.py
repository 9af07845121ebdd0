"""Closure curves, ready to be drawn: what share of each order's strength had left, and had arrived, at any time."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from attrs import define, field, frozen

from sim.domain.event import UnitArrived, UnitDeparted
from sim.domain.vocabulary import Basis, Kind, weakest
from sim.ledger import Book
from sim.posture.timeline import Happening
from sim.report.answer import Answer
from sim.report.wording import Wording, named

Quantiles = Mapping[int, int | None]
"""By which minute an order had closed in so many per cent of the runs of an ensemble; None: later than the end."""


@frozen
class Prediction:
    """In how many of the `runs` of an ensemble an order `closed` by the end, and when."""

    runs: int
    closed: int
    quantiles: Quantiles

    @property
    def always(self) -> bool:
        """Whether it closed in all of them."""
        return self.closed == self.runs

    @property
    def varies(self) -> bool:
        """Whether runs differ as far as the quantiles tell."""
        return len(set(self.quantiles.values())) > 1


@frozen
class Arrival:
    """From the minute `at` on, this share had arrived, 1 being all.

    What came at that minute is known in this way: the weakest, where it came in several.
    """

    at: int
    share: float
    basis: Basis | None


@frozen
class Curve:
    """How an order's strength of one kind left and arrived.

    `left` has the minutes at which the share that had left changed, rising, with what it was from then on; so has
    `arrived`. `closed` says whether all of it arrived. `predicted` is what an ensemble has of it, if there is one.
    """

    order: str
    kind: Kind
    strength: int
    left: tuple[tuple[int, float], ...]
    arrived: tuple[Arrival, ...]
    predicted: Prediction | None = None

    @property
    def closed(self) -> bool:
        return bool(self.arrived) and self.arrived[-1].share >= 1


@define
class _Moved:
    """How much of an order's strength of one kind moved at which minute, and how its arrival is known."""

    left: Counter[int] = field(factory=Counter)
    arrived: Counter[int] = field(factory=Counter)
    basis: dict[int, Basis | None] = field(factory=dict)


def closure_curves(
    answer: Answer, orders: Collection[str] = (), predicted: Mapping[str, Prediction] | None = None
) -> tuple[Curve, ...]:
    """The curves of the orders that move anything, or of those named among them, in the order in which they were given.

    An order refused by some of its units is about the others; one that all refused has no curve.
    """
    moved = _moved(answer.book, answer.timeline)
    curves = []
    for order in answer.book.issued:
        if not answer.book.orders[order].moves or (orders and order not in orders):
            continue
        for kind, strength in sorted(_addressed(answer, order).items()):
            each = moved.get((order, kind), _Moved())
            found = None if predicted is None else predicted.get(order)
            curves.append(Curve(order, kind, strength, _shares(each.left, strength), _arrivals(each, strength), found))
    return tuple(curves)


def moved_by(wording: Wording, curve: Curve) -> tuple[str, str]:
    """Which units an order moves, and when it was given, in words."""
    book = wording.book
    units = [unit for unit in book.addressed(curve.order) if book.units[unit].kind is curve.kind]
    return named([wording.unit(unit) for unit in units]), f"ordered {wording.local_day(book.orders[curve.order].at)}"


def _addressed(answer: Answer, order: str) -> Counter[Kind]:
    """How much of each kind an order moves: all of the units that did not refuse it."""
    refused = answer.refused.get(order, frozenset())
    strengths: Counter[Kind] = Counter()
    for unit in answer.book.addressed(order):
        if unit not in refused:
            strengths[answer.book.units[unit].kind] += answer.book.units[unit].strength
    return strengths


def _moved(book: Book, happenings: Iterable[Happening]) -> dict[tuple[str, Kind], _Moved]:
    moved: dict[tuple[str, Kind], _Moved] = {}
    for happening in happenings:
        if happening.unit is None or happening.event not in {UnitDeparted.tag, UnitArrived.tag}:
            continue
        each = moved.setdefault((happening.order, book.units[happening.unit].kind), _Moved())
        if happening.event == UnitDeparted.tag:
            each.left[happening.at] += happening.strength or 0
        else:
            each.arrived[happening.at] += happening.strength or 0
            each.basis[happening.at] = weakest((each.basis.get(happening.at), happening.basis))
    return moved


def _shares(moved: Counter[int], whole: int) -> tuple[tuple[int, float], ...]:
    """The share of the whole that has moved from each of these minutes on."""
    done, shares = 0, []
    for minute in sorted(moved):
        done += moved[minute]
        shares.append((minute, done / whole))
    return tuple(shares)


def _arrivals(moved: _Moved, whole: int) -> tuple[Arrival, ...]:
    return tuple(Arrival(minute, share, moved.basis[minute]) for minute, share in _shares(moved.arrived, whole))
