"""Snapshots narrowed to what is meant, and their lines by group."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import TypeVar

from attrs import evolve

from sim.domain.vocabulary import Basis, Kind
from sim.ledger.book import Book
from sim.ledger.entry import Account
from sim.ledger.selection import Selection
from sim.posture.held import Group, Held, held_by, key_of, weakest
from sim.posture.snapshot import Row, Snapshot, Total, grouped

Line = TypeVar("Line", Group, tuple[str, Kind])
"""What tells a line from the others."""


def narrowed(book: Book, snapshot: Snapshot, selection: Selection) -> Snapshot:
    """What a selection of the book means of a snapshot; the totals are those of what is left."""
    rows = tuple(
        row for row in snapshot.rows if selection.takes(book.number(Account(row.unit, row.place, row.readiness)))
    )
    by_kind = grouped(book.units, rows, lambda row: (row.kind,))
    totals = tuple(Total(Kind(kind), *by_kind[kind,]) for (kind,) in sorted(by_kind))
    return evolve(snapshot, rows=rows, totals=totals)


def lines(book: Book, rows: Iterable[Row], fields: Iterable[str]) -> list[tuple[Group, Held]]:
    """What rows of a snapshot come to in lines grouped by `fields`, which a posture has; in order."""
    return _added(book, rows, key_of(fields))


def by_side(book: Book, rows: Iterable[Row]) -> list[tuple[tuple[str, Kind], Held]]:
    """What rows of a snapshot come to by side and kind, in order: what is there, and what is on its way."""
    return _added(book, rows, lambda row: (row.side, row.kind))


def _added(book: Book, rows: Iterable[Row], key: Callable[[Row], Line]) -> list[tuple[Line, Held]]:
    """The rows of a line added up, unit by unit."""
    parts: defaultdict[Line, Counter[str]] = defaultdict(Counter)
    bases: defaultdict[Line, set[Basis | None]] = defaultdict(set)
    for row in rows:
        line = key(row)
        parts[line][row.unit] += row.strength
        bases[line].add(row.basis)
    return [(line, held_by(book.units, parts[line], weakest(bases[line]))) for line in sorted(parts)]
