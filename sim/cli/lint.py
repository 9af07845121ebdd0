"""`lint`: what the author of a scenario may want to put right, though it loads."""

import sys
from argparse import Namespace
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sim.cli.status import ALL_WELL, REMARKED, status_of
from sim.cli.stream import say, write_data
from sim.errors import SimError, UsageError, nearest
from sim.runs import is_log, play

if TYPE_CHECKING:
    from sim.report.remarks import Looked


def lint(arguments: Namespace) -> int:
    """Look at each scenario with the checks asked for, and print the remarks; say of one that does not load why."""
    checks = _chosen(arguments.check, arguments.excepted)
    looked, status = [], ALL_WELL
    for path in arguments.files:
        try:
            looked.append(_looked(path, checks))
        except SimError as error:
            say(str(error))
            status = max(status, status_of(error))
    _write(looked, checks, arguments.format)
    remarked = any(each.remarks for each in looked)
    return max(status, REMARKED if remarked else ALL_WELL)


def _chosen(asked: Iterable[str], excepted: Iterable[str]) -> tuple[str, ...]:
    """The names of the checks to ask, all where none is named. Raises UsageError for names that no check has."""
    from sim.lint import CHECKS

    named, left_out = _names(asked), _names(excepted)
    for name in (*named, *left_out):
        if name not in CHECKS:
            near = nearest(name, CHECKS)
            remedy = f"Did you mean '{near}'?" if near else f"There are: {', '.join(CHECKS)}."
            raise UsageError(f"there is no check called '{name}'", remedy)
    checks = tuple(name for name in CHECKS if name not in left_out and (name in named or not named))
    if not checks:
        raise UsageError("no check is left to ask", "Name one with --check, or leave out fewer with --except.")
    return checks


def _names(texts: Iterable[str]) -> list[str]:
    return [name.strip() for text in texts for name in text.split(",")]


def _looked(path: str, checks: Sequence[str]) -> "Looked":
    """All remarks on the scenario at `path`. Raises LoadError where it does not load, UsageError where it is none."""
    from sim.lint import Subject, look
    from sim.loader import load, locate
    from sim.report.remarks import Looked, Placed

    if is_log(path):
        raise UsageError(f"lint reads scenarios, and {path} is a log", "Name the scenario it was played from.")
    remarks = list(look(Subject.of(play(load(path))), checks))
    places = locate(path, [remark.pointer for _, remark in remarks]) if remarks else []
    placed = [Placed(check, remark, place) for (check, remark), place in zip(remarks, places, strict=True)]
    return Looked(
        path, tuple(sorted(placed, key=lambda each: (each.location.file, each.location.line, each.location.column)))
    )


def _write(looked: "Sequence[Looked]", checks: Sequence[str], form: str) -> None:
    from sim.report.remarks import remarks_csv, remarks_json, remarks_markdown, remarks_text

    match form:
        case "json":
            write_data(remarks_json(looked, checks))
        case "csv":
            write_data(remarks_csv(looked))
        case "markdown":
            sys.stdout.write(remarks_markdown(looked))
        case _:
            sys.stdout.write(remarks_text(looked))
