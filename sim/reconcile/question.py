"""Questions: which strength is asked about, and when."""

from collections.abc import Iterator

from attrs import evolve, frozen

from sim.domain.claim import Selector
from sim.domain.vocabulary import Kind, Readiness
from sim.ledger.book import Book
from sim.ledger.selection import Selection
from sim.ledger.standing import Standing
from sim.posture.snapshot import snapshot

FROM_THE_FRONT = tuple(reversed(Readiness))
"""The states of readiness, the most forward first."""


@frozen
class Question:
    """How much of one kind a selector selects at the minute `at`; see `of_each_kind` for one that names no kind.

    `exactly` takes its places as themselves, without what lies within them.
    """

    selector: Selector
    at: int
    exactly: bool = False

    def selection(self, book: Book) -> Selection:
        """The accounts that are meant."""
        selection = Selection(book, self.selector)
        if self.exactly:
            places = self.selector.place
            selection.slots &= {book.slot(place, readiness) for place in places for readiness in Readiness}
        return selection


def of_each_kind(book: Book, question: Question) -> Iterator[Question]:
    """The question about each kind that it names; where it names none, that the ledger has there, or else troops."""
    standing = Standing(book)
    standing.advance(question.at)
    there = {book.units[unit].kind for unit, _ in standing.counted(question.selection(book)).units}
    kinds = question.selector.kind or there or {Kind.TROOPS}
    for kind in Kind:
        if kind in kinds:
            yield evolve(question, selector=evolve(question.selector, kind=(kind,)))


def posture_lines(book: Book, at: int) -> list[Question]:
    """What is where, and how ready, at a minute: by side and kind, from the front to the rear, then by place."""
    rows = snapshot(book, at).rows
    lines = {(row.side, row.kind, FROM_THE_FRONT.index(row.readiness), row.place) for row in rows}
    return [
        Question(Selector(place=(place,), readiness=(FROM_THE_FRONT[rank],), side=(side,), kind=(kind,)), at, True)
        for side, kind, rank, place in sorted(lines)
    ]
