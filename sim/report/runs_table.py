"""The runs in a log and the ensembles beside them, as tables, JSON and CSV."""

import csv
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.report.json_form import Json, json_text
from sim.report.table import Style, draw, fitted
from sim.report.text import clean, finished

if TYPE_CHECKING:
    from sim.ensemble.kept import Kept
    from sim.eventlog import RunInfo

COLUMNS = ("run", "scenario", "seed", "events", "finished", "head", "program")

ENSEMBLE_COLUMNS = ("ensemble", "scenario", "against", "seed", "runs", "kept")

HEAD_SHOWN = 16
"""How many digits of a hash a table shows; JSON and CSV have all of it."""

SCENARIO_LEAST = 12
"""How many characters the title of a scenario takes at least."""


def runs_table(runs: "Sequence[RunInfo]", ensembles: "Sequence[Kept]", style: Style, room: int) -> str:
    """The runs as a table, the one begun last at the foot; the beginnings of their hashes. Then the ensembles."""
    tables = []
    if runs:
        tables.append(_drawn([list(COLUMNS), *(_cells(run) for run in runs)], {1}, {2, 3}, style, room))
    if ensembles:
        grid = [list(ENSEMBLE_COLUMNS), *(_ensemble_cells(kept) for kept in ensembles)]
        tables.append(_drawn(grid, {1, 2}, {3, 4}, style, room))
    return finished("\n\n".join(tables) + "\n")


def _drawn(grid: list[list[str]], titles: set[int], right: set[int], style: Style, room: int) -> str:
    if style is not Style.MARKDOWN:
        grid = fitted(grid, room, dict.fromkeys(titles, SCENARIO_LEAST))
    return "\n".join(draw(grid[0], grid[1:], right, style))


def runs_json(url: str, runs: "Sequence[RunInfo]", ensembles: "Sequence[Kept]") -> str:
    """The runs and ensembles as JSON text."""
    return json_text(runs_form(url, runs, runs, ensembles))


def runs_form(url: str, runs: "Sequence[RunInfo]", shown: "Sequence[RunInfo]", ensembles: "Sequence[Kept]") -> Json:
    """The log with its runs, those of them that are shown, and ensembles; what is not known of them is null."""
    return {
        "log": {"url": url, **size_form(runs)},
        "runs": [run_form(run) for run in shown],
        "ensembles": [_ensemble_form(kept) for kept in ensembles],
    }


def size_form(runs: "Sequence[RunInfo]") -> dict[str, int]:
    """How many runs a log has, and how many events together."""
    return {"runs": len(runs), "events": sum(run.count for run in runs)}


def runs_csv(runs: "Sequence[RunInfo]") -> str:
    """The runs as CSV, a row each."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for run in runs:
        form = run_form(run) | {"finished": "true" if run.finished else "false", "scenario": clean(run.title)}
        writer.writerow(["" if value is None else value for value in form.values()])
    return text.getvalue()


def ensembles_csv(ensembles: "Sequence[Kept]") -> str:
    """The ensembles as CSV, a row each."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(ENSEMBLE_COLUMNS)
    for kept in ensembles:
        form = _ensemble_form(kept) | {"kept": "true" if kept.problem is None else "false"}
        writer.writerow(["" if value is None else clean(str(value)) for value in form.values()])
    return text.getvalue()


def run_form(run: "RunInfo") -> Json:
    """A run as a log has it."""
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


def _ensemble_form(kept: "Kept") -> Json:
    """An ensemble; `kept` is whether it is what was written."""
    cells = (kept.ensemble, kept.title, kept.against, kept.seed, kept.runs, kept.problem is None)
    return dict(zip(ENSEMBLE_COLUMNS, cells, strict=True))


def _ensemble_cells(kept: "Kept") -> list[str]:
    return [
        clean(kept.ensemble),
        "." if kept.title is None else clean(kept.title),
        "." if kept.against is None else clean(kept.against),
        "." if kept.seed is None else str(kept.seed),
        "." if kept.runs is None else f"{kept.runs:,}",
        "yes" if kept.problem is None else "damaged",
    ]
