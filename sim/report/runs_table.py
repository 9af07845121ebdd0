"""The runs in a log, as a table, JSON and CSV."""

import csv
import io
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sim.report.json_form import without_controls
from sim.report.table import Style, draw, fitted
from sim.report.text import clean, finished

if TYPE_CHECKING:
    from sim.eventlog import RunInfo

COLUMNS = ("run", "scenario", "seed", "events", "finished", "head", "program")

HEAD_SHOWN = 16
"""How many digits of a hash a table shows; JSON and CSV have all of it."""

SCENARIO_LEAST = 12
"""How many characters the title of a scenario takes at least."""


def runs_table(runs: "Sequence[RunInfo]", style: Style, room: int) -> str:
    """The runs as a table, the one begun last at the foot; the beginnings of their hashes."""
    grid = [list(COLUMNS), *(_cells(run) for run in runs)]
    if style is Style.PLAIN:
        grid = fitted(grid, room, {1: SCENARIO_LEAST})
    return finished("\n".join(draw(grid[0], grid[1:], {2, 3}, style)) + "\n")


def runs_json(url: str, runs: "Sequence[RunInfo]") -> str:
    """The runs as JSON text; `seed`, `program` and an empty run's `head` are null where nothing is known."""
    form = {"log": {"url": url}, "runs": [_form(run) for run in runs]}
    return without_controls(json.dumps(form, ensure_ascii=False, indent=2)) + "\n"


def runs_csv(runs: "Sequence[RunInfo]") -> str:
    """The runs as CSV, a row each."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for run in runs:
        form = _form(run) | {"finished": "true" if run.finished else "false", "scenario": clean(run.title)}
        writer.writerow(["" if value is None else value for value in form.values()])
    return text.getvalue()


def _form(run: "RunInfo") -> dict[str, Any]:
    head = run.head if run.count else None
    return dict(zip(COLUMNS, (run.run, run.title, run.seed, run.count, run.finished, head, run.program), strict=True))


def _cells(run: "RunInfo") -> list[str]:
    return [
        clean(run.run),
        clean(run.title),
        "." if run.seed is None else str(run.seed),
        f"{run.count:,}",
        "yes" if run.finished else "no",
        run.head[:HEAD_SHOWN] if run.count else ".",
        "." if run.program is None else clean(run.program),
    ]
