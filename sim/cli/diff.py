"""`diff`: what changed between two times of a run, or differs between two runs."""

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from sim.cli.answers import answer_of
from sim.cli.asking import fields_of
from sim.cli.output import room
from sim.cli.status import ALL_WELL
from sim.cli.stream import write_data
from sim.domain.asked import minute_of
from sim.errors import UsageError
from sim.runs import is_log

if TYPE_CHECKING:
    from sim.report.answer import Answer
    from sim.report.comparison import Comparison

Named = tuple[str, str | None]
"""A scenario or a log, and which run of it."""


def diff(arguments: Namespace) -> int:
    """Print what is different. That something is does not change the exit status."""
    from sim.report.comparison import comparison
    from sim.report.posture_table import DEFAULT_FIELDS

    if arguments.table and arguments.format == "json":
        raise UsageError("--table does not go with --format json, which holds every table")
    fields = fields_of(arguments.by) or DEFAULT_FIELDS
    if arguments.at is None:
        answers = _at_two_times(arguments)
    elif arguments.first is None and arguments.last is None:
        answers = _of_two_runs(arguments)
    else:
        raise UsageError("--at does not go with --from and --to", "It is a time of two runs; they are two of one.")
    _write(comparison(*answers, fields), arguments)
    return ALL_WELL


def _at_two_times(arguments: Namespace) -> tuple["Answer", "Answer"]:
    """One run at the two times. Raises UsageError for what cannot be compared so."""
    if arguments.first is None or arguments.last is None:
        raise UsageError("diff needs two times, --from and --to, or two runs and --at", "Or see: diff --help")
    if len(arguments.logs) > 1 or len(arguments.run) > 1:
        raise UsageError("--from and --to are times of one run", "Two runs are compared at one time: --at.")
    answer = _answer((arguments.logs[0], arguments.run[0] if arguments.run else None))
    before, after = _at(answer, arguments.first, "--from"), _at(answer, arguments.last, "--to")
    if before.times > after.times:
        raise UsageError(f"--from {arguments.first} lies after --to {arguments.last}", "Swap them.")
    return before, after


def _of_two_runs(arguments: Namespace) -> tuple["Answer", "Answer"]:
    """The two runs at the time, each by its own calendar. Raises UsageError for what cannot be compared so."""
    first, second = (_at(_answer(named), arguments.at, "--at") for named in _two(arguments.logs, arguments.run))
    return first, second


def _two(logs: list[str], runs: list[str]) -> tuple[Named, Named]:
    """The two runs that are meant."""
    match logs, runs:
        case [log], [run, other]:
            return (log, run), (log, other)
        case [first, second], []:
            return (first, None), (second, None)
        case [first, second], [run, other]:
            return (first, run), (second, other)
        case [first, second], [run] if is_log(first) != is_log(second):
            return (first, run if is_log(first) else None), (second, run if is_log(second) else None)
        case [_, _], [_]:
            raise UsageError(
                "--run stands once, and there are two it could belong to", "Give it for each: --run --run."
            )
        case _:
            raise UsageError(
                "--at compares two runs", "Give two logs or scenarios, or one log and two runs of it: --run --run."
            )


def _answer(named: Named) -> "Answer":
    path, run = named
    return answer_of(path, run)


def _at(answer: "Answer", time: str, option: str) -> "Answer":
    """The answer about one time."""
    from sim.report.answer import Answer

    minute = minute_of(answer.book.calendar, answer.book.opened.end, time, option)
    return Answer(answer.book, (minute,), answer.kept)


def _write(found: "Comparison", arguments: Namespace) -> None:
    if arguments.format == "json":
        from sim.report.comparison_form import comparison_to_json

        write_data(comparison_to_json(found))
    elif arguments.format == "csv":
        from sim.report.comparison_form import comparison_to_csv

        write_data(comparison_to_csv(found, arguments.table or "changes"))
    else:
        from sim.report.comparison_page import comparison_page, comparison_table
        from sim.report.table import Style

        style, names = Style(arguments.format), (_name(arguments, found.first, 0), _name(arguments, found.second, -1))
        page = comparison_table(found, arguments.table, style, room()) if arguments.table else None
        sys.stdout.write(page or comparison_page(found, names, style, room()))


def _name(arguments: Namespace, answer: "Answer", which: int) -> str:
    """What a run of two is called: where it comes from."""
    if answer.kept is None:
        return str(arguments.logs[which])
    return f"{answer.kept.url}, run {answer.kept.written.run}"
