"""Snapshots narrowed to what is meant, and their lines by group."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from attrs import evolve

from sim.domain.vocabulary import Basis, weakest
from sim.ledger.book import Book
from sim.ledger.entry import Account
from sim.ledger.selection import Selection
from sim.posture.held import Group, Held, held_by, key_of
from sim.posture.snapshot import Row, Snapshot, sides_of, totals_of


def narrowed(book: Book, snapshot: Snapshot, selection: Selection) -> Snapshot:
    """What a selection of the book means of a snapshot; the totals are those of what is left."""
    rows = tuple(
        row for row in snapshot.rows if selection.takes(book.number(Account(row.unit, row.place, row.readiness)))
    )
    sides = sides_of(book.units, rows)
    return evolve(snapshot, rows=rows, totals=totals_of(sides), sides=sides)


def lines(book: Book, rows: Iterable[Row], fields: Iterable[str]) -> list[tuple[Group, Held]]:
    """What rows of a snapshot come to in lines grouped by `fields`, which a posture has; in order."""
    key = key_of(fields)
    parts: defaultdict[Group, Counter[str]] = defaultdict(Counter)
    bases: defaultdict[Group, set[Basis | None]] = defaultdict(set)
    for row in rows:
        group = key(row)
        parts[group][row.unit] += row.strength
        bases[group].add(row.basis)
    return [(group, held_by(book.units, parts[group], weakest(bases[group]))) for group in sorted(parts)]
