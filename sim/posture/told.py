"""What a book tells when it is asked for all of it: what happened, and how claims stand."""

from collections.abc import Iterator

from attrs import frozen

from sim.ledger.book import Book
from sim.ledger.claims import Judgement
from sim.posture.shown import Shown
from sim.posture.timeline import Happening


@frozen
class Timeline(Shown):
    """All that happened in the run of a book, in its order."""

    book: Book
    happenings: tuple[Happening, ...]

    def __iter__(self) -> Iterator[Happening]:
        return iter(self.happenings)

    def __len__(self) -> int:
        return len(self.happenings)


@frozen
class Verdicts(Shown):
    """How every claim stands against the ledger of a book, by the ids of the claims."""

    book: Book
    judgements: tuple[Judgement, ...]

    def __iter__(self) -> Iterator[Judgement]:
        return iter(self.judgements)

    def __len__(self) -> int:
        return len(self.judgements)
