"""The timeline: everything that happened in a run, in order, each with the grounds it rests on."""

from collections.abc import Iterator
from functools import cache

from attrs import evolve, frozen

from sim.domain.event import (
    Cause,
    LoadReady,
    LoadWaited,
    OrderIssued,
    OrderRefused,
    ReadinessChanged,
    UnitArrived,
    UnitClosed,
    UnitDeparted,
)
from sim.domain.grounds import Grounds, joined
from sim.domain.order import arrivals_in_turn, goes_by_lift, legs_of
from sim.domain.vocabulary import Basis, Readiness
from sim.ledger.book import ARRIVED, CHANGED, DEPARTED, MUSTERED, Book, Row
from sim.ledger.predictions import Predictions
from sim.posture.turn import Turns


@frozen
class Happening:
    """One event of a run after mustering, by its place among the events.

    `event` is its tag. What an event does not have is None: an order is given to no single unit, only a departure has a
    destination. `strength` is what changed or moved; an order issued has the `units` it addressed instead.
    `grounds` are those of the order, for one issued as it was first reported; for a movement those of its window, or
    of all that a prediction of it by lift rests on.
    `load` is the number of what goes in one vehicle; where it waited, `cause` and `minutes` say for what, and how long.
    """

    position: int
    at: int
    event: str
    order: str
    grounds: Grounds
    unit: str | None = None
    units: tuple[str, ...] = ()
    strength: int | None = None
    place: str | None = None
    destination: str | None = None
    before: Readiness | None = None
    after: Readiness | None = None
    basis: Basis | None = None
    reason: str = ""
    load: int | None = None
    cause: Cause | None = None
    minutes: int | None = None

    @property
    def about(self) -> tuple[str, ...]:
        """The units it is about."""
        return self.units if self.unit is None else (self.unit,)


def timeline(book: Book) -> tuple[Happening, ...]:
    """All that happened, in the order of the run."""
    happenings = [*_issued(book), *_refused(book), *_entered(book), *_closed(book), *_waiting(book)]
    happenings.sort(key=lambda happening: happening.position)
    return tuple(happenings)


def bound_for(book: Book, issued: str, unit: str) -> str | None:
    """Where an order, as it was given, sends a unit, or keeps it from going; None where it is about no move."""
    order = book.as_given(issued)
    meant = order if order.cancels is None else book.as_given(order.cancels)
    return meant.destination(book.units[unit].origin) if meant.moves else None


def _issued(book: Book) -> Iterator[Happening]:
    for order, (at, position) in book.issued.items():
        given, now = book.as_given(order), book.orders[order]
        alike = (given.at, given.action, given.units) == (now.at, now.action, now.units)
        grounds = given.grounds if alike else now.grounds  # not those of what only its movement was later said to be
        yield Happening(position, at, OrderIssued.tag, order, grounds, units=book.addressed(order))


def _refused(book: Book) -> Iterator[Happening]:
    for position, event in book.refusals.items():
        grounds = book.orders[event.order].grounds
        yield Happening(
            position, event.at, OrderRefused.tag, event.order, grounds, unit=event.unit, reason=event.reason
        )


def _entered(book: Book) -> Iterator[Happening]:
    """The entries that are not musterings, each movement with the leg it belongs to."""
    turns, as_one = Turns(book), cache(joined)
    for row in book.rows():
        if row.order is None or row.tag == MUSTERED:
            continue
        giving, taking = book.account(row.giving), book.account(row.taking)
        if row.tag == CHANGED:
            yield _changed(book, row)
            continue
        departs = row.tag == DEPARTED
        yield Happening(
            row.position,
            row.at,
            UnitDeparted.tag if departs else UnitArrived.tag,
            row.order,
            as_one(turns.grounds(taking.unit, row.order, row.tag, row.at)),
            taking.unit,
            strength=row.strength,
            place=giving.place if departs else taking.place,
            destination=taking.place if departs else None,
            before=giving.readiness,
            after=taking.readiness,
            basis=row.basis,
        )


def _changed(book: Book, row: Row) -> Happening:
    giving, taking = book.account(row.giving), book.account(row.taking)
    order = row.order or ""
    return Happening(
        row.position,
        row.at,
        ReadinessChanged.tag,
        order,
        book.orders[order].grounds,
        taking.unit,
        strength=row.strength,
        place=taking.place,
        before=giving.readiness,
        after=taking.readiness,
    )


def _closed(book: Book) -> Iterator[Happening]:
    predictions = Predictions(book)
    for closure in book.closures:
        definition = book.orders[closure.order]
        if goes_by_lift(definition):
            grounds = joined(predictions.grounds(definition, ARRIVED, closure.at))
        else:
            legs = arrivals_in_turn(legs_of(definition)) if definition.moves else []
            grounds = legs[-1].arrive_grounds if legs else definition.grounds
        yield Happening(
            closure.position, closure.at, UnitClosed.tag, closure.order, grounds, closure.unit, place=closure.place
        )


def _waiting(book: Book) -> Iterator[Happening]:
    """What is said of loads, each with how much of its unit it is."""
    strengths: dict[tuple[str, str, int], int] = {}
    predictions, as_one = Predictions(book), cache(joined)
    for position, event in book.waiting.items():
        load, grounds = (event.order, event.unit, event.load), as_one(_behind_load(book, predictions, event))
        told = Happening(
            position, event.at, event.tag, event.order, grounds, event.unit, place=event.place, load=event.load
        )
        if isinstance(event, LoadWaited):
            yield evolve(told, strength=strengths.get(load), cause=event.cause, minutes=event.minutes)
        else:
            strengths[load] = event.strength
            yield evolve(told, strength=event.strength)


def _behind_load(book: Book, predictions: Predictions, event: LoadReady | LoadWaited) -> tuple[Grounds, ...]:
    """What a load rests on that is ready, or waited: that it is ready where its way begins is for its order to say."""
    order = book.orders[event.order]
    if order.carriage is None or not goes_by_lift(order):
        return (order.grounds,)
    begins = event.place == order.carriage.route[0]
    if begins and (isinstance(event, LoadReady) or event.cause is Cause.NOTICE):
        return (order.grounds,)
    return predictions.grounds(order, DEPARTED if begins else ARRIVED, event.at)
