"""Answers that are columns, as tables: postings, and the tables of an ensemble."""

from datetime import datetime
from typing import Any

from sim.notebook.markup import Table, block, first, table
from sim.posture.framed import Framed
from sim.posture.frames import Holds

FRAMES = "columns(), to_pandas() and to_polars() have all"

_NUMBERS = {Holds.NUMBER, Holds.NUMBER_OR_NULL, Holds.SHARE}


def frame(value: Framed) -> str:
    """The columns as they are named in data frames."""
    drawn = value.frame
    right = {number for number, column in enumerate(drawn.layout) if column.holds in _NUMBERS}
    rows, more = first(drawn.rows)
    cells = [[_cell(cell) for cell in row] for row in rows]
    heads = [column.name for column in drawn.layout]
    return block(type(value).__name__, table(Table(heads, cells, right, more, FRAMES)))


def _cell(cell: Any) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case int():
            return f"{cell:,}"
        case float():
            return f"{cell:.3f}"
        case datetime():
            return f"{cell:%Y-%m-%d %H:%M} UTC"
        case _:
            return str(cell)
