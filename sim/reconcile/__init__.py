"""Reconciling: whether what the reports say can all be true together, and what they then allow. The only home of z3."""

from sim.reconcile.question import Question, of_each_kind, posture_lines
from sim.reconcile.reconciliation import LIMIT, Concord, Reconciliation, concord, reconcile

__all__ = [
    "LIMIT",
    "Concord",
    "Question",
    "Reconciliation",
    "concord",
    "of_each_kind",
    "posture_lines",
    "reconcile",
]
