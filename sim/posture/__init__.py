"""Questions to a book: who was where, how ready, at a moment; and what a figure is made of."""

from sim.posture.snapshot import Row, Snapshot, Total, snapshot, snapshots

__all__ = ["Row", "Snapshot", "Total", "snapshot", "snapshots"]
