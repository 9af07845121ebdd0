"""Questions to a book: who was where, how ready, at a moment; and what a figure is made of."""

from sim.posture.book import Book
from sim.posture.snapshot import Row, Snapshot, Total, snapshot, snapshots

__all__ = ["Book", "Row", "Snapshot", "Total", "snapshot", "snapshots"]
