"""The commands: each takes the parsed arguments, prints its result and returns its exit status.

What only some of them need is imported where it is used: a short start is promised.
"""

import sys
from argparse import Namespace
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sim.cli.status import ALL_WELL, BROKEN, status_of
from sim.cli.stream import say, write_data
from sim.errors import SimError, UsageError
from sim.runs import is_log

if TYPE_CHECKING:
    from sim.domain.calendar import Calendar
    from sim.report.answer import Answer

ROOM_WITHOUT_TERMINAL = 100
"""How wide a page is, in characters, where it goes to a file or a pipe."""


def run(arguments: Namespace) -> int:
    """Play a scenario out, or read a log back, and print the answer."""
    if arguments.table and arguments.format == "json":
        raise UsageError("--table does not go with --format json, which holds every table")
    fields = _fields(arguments.by)
    answer = (
        _read(arguments.scenario, arguments) if is_log(arguments.scenario) else _played(arguments.scenario, arguments)
    )
    _print(answer, arguments.format, fields, arguments.table)
    _tell(answer)
    return ALL_WELL if answer.all_well else BROKEN


def check(arguments: Namespace) -> int:
    """Load each scenario, and verify each log; say what is in it, or all that is wrong with it."""
    status = ALL_WELL
    for path in arguments.files:
        try:
            print(f"{path}: {_sound(path)}")
        except SimError as error:
            say(str(error))
            status = max(status, status_of(error))
    return status


def snapshot(arguments: Namespace) -> int:
    """Print the posture at moments of a run, from its log alone."""
    fields = _fields(arguments.by)
    answer = _answer(arguments.log, arguments)
    _print(answer, arguments.format, fields, "posture")
    return ALL_WELL


def _sound(path: str) -> str:
    """What is in a file. Raises LoadError and LogError for one that is not sound."""
    if is_log(path):
        from sim.eventlog import open_log

        log = open_log(path)
        each = [log.replay(run)[1] for run in log.run_ids()] or [log.replay()[1]]
        return "verifies: " + "; ".join(f"{one.count:,} records, run {one.run}, head {one.head}" for one in each)
    from sim.loader import load

    scenario = load(path)
    sections = ("sources", "places", "units", "orders", "claims")
    return "loads: " + ", ".join(f"{len(getattr(scenario, section)):,} {section}" for section in sections)


def _answer(path: str, arguments: Namespace) -> "Answer":
    return _read(path, arguments) if is_log(path) else _played(path, arguments)


def _played(path: str, arguments: Namespace) -> "Answer":
    """The answer of a scenario: its log is kept where one is asked for."""
    from sim.loader import load
    from sim.report.answer import Answer, times_or_end
    from sim.runs import play, play_and_keep

    scenario = load(path)
    times = _minutes(scenario.calendar, scenario.end, arguments.at) or scenario.snapshots
    # The hash chain is worked out where somebody sees it: in a log, or in JSON.
    if arguments.log_url is not None or arguments.format == "json":
        book, kept = play_and_keep(scenario, url=arguments.log_url)
        return Answer(book, times_or_end(times, scenario.end), kept)
    return Answer(play(scenario), times_or_end(times, scenario.end))


def _read(url: str, arguments: Namespace) -> "Answer":
    """The answer of the run in a log."""
    from sim.eventlog import open_log
    from sim.report.answer import Answer, times_or_end
    from sim.runs import read

    if arguments.log_url is not None:
        raise UsageError(f"--log does not go with {url}, which is a log already")
    book, kept = read(url)
    if (runs := len(open_log(url).run_ids())) > 1:
        say(f"{url} holds {runs} runs: this is the last, {kept.written.run}")
    end = book.opened.end
    times = _minutes(book.calendar, end, arguments.at) or book.opened.snapshots
    return Answer(book, times_or_end(times, end), kept)


def _print(answer: "Answer", form: str, fields: tuple[str, ...], name: str | None) -> None:
    """Write an answer to standard output: the whole page, or the one table asked for."""
    if form == "json":
        from sim.report.json_form import to_json

        write_data(to_json(answer))
    elif form == "csv":
        from sim.report.csv_form import to_csv

        write_data(to_csv(answer, name or "posture", fields))
    else:
        from shutil import get_terminal_size

        from sim.report.page import page, table_page
        from sim.report.table import Style

        style, room = Style(form), get_terminal_size((ROOM_WITHOUT_TERMINAL, 24)).columns
        text = table_page(answer, name, fields, style, room) if name else page(answer, fields, style, room)
        sys.stdout.write(text)


def _tell(answer: "Answer") -> None:
    """Say what became of the log, if there is one."""
    kept = answer.kept
    if kept is not None and kept.url is not None:
        records, written = f"{kept.written.count:,} records", kept.written
        say(f"log {kept.url}: {written.outcome}, {records}, run {written.run}, head {written.head}")


def _fields(text: str | None) -> tuple[str, ...]:
    """The fields to group by, each once; none where nothing is said. Raises UsageError for others."""
    if text is None:
        return ()
    from sim.posture.snapshot import FIELDS

    fields = tuple(dict.fromkeys(part.strip() for part in text.split(",")))
    for field in fields:
        if field not in FIELDS:
            raise UsageError(f"--by: there is no field '{field}'", f"There are: {', '.join(FIELDS)}.")
    return fields


def _minutes(calendar: "Calendar", end: int, texts: Iterable[str]) -> list[int]:
    """The minutes that times on the command line name. Raises UsageError for what is no time of the run."""
    return [_minute(calendar, end, text) for text in texts]


def _minute(calendar: "Calendar", end: int, text: str) -> int:
    from sim.domain.calendar import Edge, TimeError

    if text in {"start", "end"}:
        return 0 if text == "start" else end
    try:
        minute = calendar.parse(text, Edge.LAST)
    except TimeError as error:
        raise UsageError(f"--at: {error}", "Or write start or end.") from error
    if not 0 <= minute <= end:
        first, last = calendar.local(0), calendar.local(end)
        raise UsageError(
            f"--at {text} lies outside the run",
            f"It goes from {first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M}, {calendar.timezone} time.",
        )
    return minute
