"""How values look: for each that a notebook may hold, its HTML."""

from collections.abc import Callable
from typing import Any

from sim.notebook.answers import book, explanation, timeline, verdicts
from sim.notebook.frames import frame
from sim.notebook.posture import series, snapshot
from sim.posture.book import Book
from sim.posture.explanation import Explanation
from sim.posture.framed import Framed
from sim.posture.series import Series
from sim.posture.shown import Shown
from sim.posture.snapshot import Snapshot
from sim.posture.told import Timeline, Verdicts

_LOOKS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (Book, book),
    (Snapshot, snapshot),
    (Series, series),
    (Timeline, timeline),
    (Verdicts, verdicts),
    (Explanation, explanation),
    (Framed, frame),
)
"""The first that a value is one of says how it looks."""


def html_of(value: Shown) -> str:
    """The HTML of a value. A value of a kind that is not known here is shown as Python writes it."""
    return next((look(value) for kind, look in _LOOKS if isinstance(value, kind)), "")
