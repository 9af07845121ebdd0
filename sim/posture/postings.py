"""Postings: everything that a run entered into its accounts, one side at a time."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from attrs import frozen

from sim.domain.event import ReadinessChanged, UnitArrived, UnitDeparted, UnitMustered
from sim.domain.vocabulary import Basis, Kind, Readiness
from sim.ledger.book import ARRIVED, CHANGED, DEPARTED, MUSTERED, OPENING, Book
from sim.posture.framed import Framed

if TYPE_CHECKING:
    from sim.posture.frames import Frame

EVENTS = {
    MUSTERED: UnitMustered.tag,
    CHANGED: ReadinessChanged.tag,
    DEPARTED: UnitDeparted.tag,
    ARRIVED: UnitArrived.tag,
}
"""The tags of the events that the entries of a book record."""


@frozen
class Posted:
    """What the event at a `position` added to one account of a unit, at the minute `at`; below 0: took from it.

    `place` and `readiness` are None for the opening account, which mustering takes from. `basis` is None where nothing
    moved, `order` where nothing was ordered.
    """

    position: int
    at: int
    event: str
    unit: str
    place: str | None
    readiness: Readiness | None
    strength: int
    kind: Kind
    basis: Basis | None
    order: str | None


@frozen
class Postings(Framed):
    """The postings of a book, in the order of the run: of each event first what it takes, then what it gives."""

    book: Book

    def __iter__(self) -> Iterator[Posted]:
        for row in self.book.rows():
            unit = self.book.account(row.taking).unit
            kind, event = self.book.units[unit].kind, EVENTS[row.tag]
            for number, strength in ((row.giving, -row.strength), (row.taking, row.strength)):
                account = None if number == OPENING else self.book.account(number)
                place, readiness = (None, None) if account is None else (account.place, account.readiness)
                yield Posted(row.position, row.at, event, unit, place, readiness, strength, kind, row.basis, row.order)

    @property
    def frame(self) -> "Frame":
        from sim.posture.frames import postings_frame

        return postings_frame(self)
