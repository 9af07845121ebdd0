"""Rows of an ensemble's page: a table where there is room for it, else a sentence for each."""

from collections.abc import Callable, Collection, Mapping, Sequence

from sim.report.prose import Passage, told_in_rows
from sim.report.table import Style

LABEL_LEAST = 12
"""How many characters a column of labels takes at least."""

Telling = Callable[[list[str]], str]
"""What makes a sentence of a row."""


def with_rows(
    above: Passage,
    head: list[str],
    rows: Sequence[list[str]],
    right: Collection[int],
    telling: Telling,
    style: Style,
    room: int,
    least: Mapping[int, int] | None = None,
) -> Passage:
    """A passage with its rows, or without where there are none; see `told_in_rows`. The first column gives way."""
    if not rows:
        return above
    return told_in_rows(above, [head, *rows], right, least or {0: LABEL_LEAST}, telling, (), style, room)


def by_head(head: Sequence[str], before: str = "", labels: int = 1) -> Telling:
    """What tells a row in a sentence: its first cells, as many as are labels, then each other one behind its head."""

    def told(cells: list[str]) -> str:
        figures = (f"{before}{name} {cell}" for name, cell in zip(head[labels:], cells[labels:], strict=True))
        return f"{', '.join(cells[:labels])}: {'; '.join(figures)}"

    return told
