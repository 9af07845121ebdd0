"""Reached: since when what dated claims say is so, whatever the times that they name."""

from collections.abc import Iterable, Iterator, Sequence
from math import inf

from sim.domain.claim import Claim, Closed, Count, Selector
from sim.ledger.book import Book
from sim.ledger.claims import Evidence
from sim.ledger.selection import Selection, Sieve

Reached = tuple[str, int | None]
"""The id of a claim, and the first minute at whose end what it says is so; None where it never is."""


class Reaching:
    """Tells since when claims are so in a book that is played out again and again. Its units have mustered.

    A count is so while it would hold, and may be so no more later. A closure is so from when the last of the units that
    are ever selected has closed a deploy, and stays so: `judge` has it hold by that minute and by each later one. Of
    other claims nothing is told.
    """

    def __init__(self, book: Book, claims: Iterable[Claim], sieve: Sieve) -> None:
        self._book = book
        self._closures: list[tuple[str, Selector]] = []
        counts: dict[Selector, list[tuple[str, int, float]]] = {}
        for claim in claims:
            match claim.test:
                case Count(selector, expected):
                    low, high = expected.interval.low, expected.interval.high
                    counts.setdefault(selector, []).append((claim.id, low, inf if high is None else high))
                case Closed(selector):
                    self._closures.append((claim.id, selector))
                case _:
                    pass  # it is not of the kind that comes to be so
        self._counts = list(counts.values())
        self._selecting = _Selecting([Selection(book, selector, sieve) for selector in counts])
        self._mustered = len(book.roster)
        self._at_first = [0] * len(counts)
        for _, _, taking, strength, _, _, _ in book.entries(0, self._mustered):
            for number in self._selecting[taking]:
                self._at_first[number] += strength

    def minutes(self, evidence: Evidence) -> Iterator[Reached]:
        """Since when each claim is so in the run that is in the book, of which this is the evidence."""
        for id, selector in self._closures:
            yield id, _closed(evidence, selector)
        found = self._counted() if self._counts else {}
        yield from ((id, found.get(id)) for asked in self._counts for id, _, _ in asked)

    def _counted(self) -> dict[str, int]:
        """When each count was first so, of those that were."""
        held, found = list(self._at_first), dict[str, int]()
        now, touched = 0, set(range(len(held)))
        selecting = self._selecting
        for minute, giving, taking, strength, _, _, _ in self._book.entries(self._mustered):
            if minute != now:
                self._note(now, held, touched, found)
                now, touched = minute, set()
            for number in selecting[giving]:
                held[number] -= strength
                touched.add(number)
            for number in selecting[taking]:
                held[number] += strength
                touched.add(number)
        self._note(now, held, touched, found)
        return found

    def _note(self, minute: int, held: list[int], touched: Iterable[int], found: dict[str, int]) -> None:
        """Note which counts are so at the end of a minute, of those whose figures it touched."""
        for number in touched:
            strength = held[number]
            for id, low, high in self._counts[number]:
                if low <= strength <= high and id not in found:
                    found[id] = minute


class _Selecting(dict[int, tuple[int, ...]]):
    """Which of some selections, by number, take an account: looked up once."""

    def __init__(self, selections: Sequence[Selection]) -> None:
        self._selections = selections

    def __missing__(self, account: int) -> tuple[int, ...]:
        takers = (number for number, selection in enumerate(self._selections) if selection.takes(account))
        self[account] = tuple(takers)
        return self[account]


def _closed(evidence: Evidence, selector: Selector) -> int | None:
    """When the last of the units that are ever selected closed a deploy; None where one never did, or there is none."""
    last = None
    for unit in evidence.first_selected(selector):
        minute = evidence.first_closed(unit)
        if minute is None:
            return None
        last = minute if last is None else max(last, minute)
    return last
