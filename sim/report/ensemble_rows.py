"""Rows of an ensemble's page: a table where there is room for it, else a sentence for each."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from sim.ensemble.distribution import Distribution
from sim.report.ensemble_wording import NOT_BY_THE_END, UNKNOWN, closed_by, closed_from_to
from sim.report.prose import Passage, told_in_rows
from sim.report.table import Style
from sim.report.wording import Wording

MINUTE_HEAD = ("in", "by", "(from - to)")
"""What stands above the quantiles of a minute."""

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


def minute_rows(wording: Wording, label: str, found: Distribution) -> Iterator[list[str]]:
    """A row for each quantile of a minute, under MINUTE_HEAD, behind what it is of."""
    for each in found.quantiles():
        yield [label, f"{each.share} %", closed_by(wording, each.value), closed_from_to(wording, each)]


def minute_sentence(cells: list[str]) -> str:
    """What tells such a row in a sentence."""
    label, share, by, error = cells
    return f"{label}, {share} of runs: {by} ({error})"


def marks(rows: Sequence[Sequence[str]]) -> list[str]:
    """What the marks in such rows stand for."""
    cells = {word for row in rows for cell in row for word in cell.split()}
    marks = [f"'{NOT_BY_THE_END}' not by the end, or never"] if NOT_BY_THE_END in cells else []
    return marks + ([f"'{UNKNOWN}' too few runs to tell"] if UNKNOWN in cells else [])
