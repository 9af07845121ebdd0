"""The commands: each takes the parsed arguments, prints its result and returns its exit status.

What only some of them need is imported where it is used: a short start is promised.
"""

import sys
from argparse import Namespace
from collections.abc import Iterable
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from sim.errors import LoadError, UsageError

if TYPE_CHECKING:
    from sim.domain.calendar import Calendar
    from sim.report.answer import Answer
    from sim.runs import Kept

ROOM_WITHOUT_TERMINAL = 100
"""How wide a page is, in characters, where it goes to a file or a pipe."""


def run(arguments: Namespace) -> int:
    """Play a scenario out and print its answer."""
    from sim.engine import simulate
    from sim.loader import load
    from sim.report.answer import Answer, times_or_end
    from sim.runs import play_and_keep, replay

    if arguments.table and arguments.format == "json":
        raise UsageError("--table does not go with --format json, which holds every table")
    fields = _fields(arguments.by)
    scenario = load(arguments.scenario)
    times = _minutes(scenario.calendar, scenario.end, arguments.at) or scenario.snapshots
    # The hash chain is worked out where somebody sees it: in a log, or in JSON.
    if arguments.log is not None or arguments.format == "json":
        book, kept = play_and_keep(scenario, url=arguments.log)
    else:
        book, kept = replay(simulate(scenario)), None
    answer = Answer(book, times_or_end(times, scenario.end), kept)
    _print(answer, arguments.format, fields, arguments.table)
    if kept is not None and kept.url is not None:
        _tell(kept)
    return 0 if answer.all_well else 1


def check(arguments: Namespace) -> int:
    """Load each scenario; say what is in it, or all that is wrong with it."""
    from sim.loader import load

    status = 0
    for path in arguments.scenarios:
        try:
            scenario = load(path)
        except LoadError as error:
            print(error, file=sys.stderr)
            status = 2
        else:
            sections = ("sources", "places", "units", "orders", "claims")
            counts = ", ".join(f"{len(getattr(scenario, section))} {section}" for section in sections)
            print(f"{path}: loads: {counts}")
    return status


def snapshot(arguments: Namespace) -> int:
    """Print the posture at moments of a run, from its log alone."""
    from sim.report.answer import Answer, times_or_end
    from sim.runs import read

    fields = _fields(arguments.by)
    book, kept = read(arguments.log)
    end = book.opened.end
    answer = Answer(book, times_or_end(_minutes(book.calendar, end, arguments.at), end), kept)
    if arguments.format == "json":
        from sim.report.json_form import to_json

        sys.stdout.write(to_json(answer, whole=False))
    else:
        _print(answer, arguments.format, fields, "posture")
    return 0


def _print(answer: "Answer", form: str, fields: tuple[str, ...], name: str | None) -> None:
    """Write an answer to standard output: the whole page, or the one table asked for."""
    if form == "json":
        from sim.report.json_form import to_json

        sys.stdout.write(to_json(answer))
    elif form == "csv":
        from sim.report.csv_form import to_csv

        sys.stdout.write(to_csv(answer, name or "posture", fields))
    else:
        from sim.report.page import page, table_page
        from sim.report.table import Style

        style, room = Style(form), get_terminal_size((ROOM_WITHOUT_TERMINAL, 24)).columns
        text = table_page(answer, name, fields, style, room) if name else page(answer, fields, style, room)
        sys.stdout.write(text)


def _tell(kept: "Kept") -> None:
    """Say what became of the log, on standard error."""
    written = kept.written
    print(
        f"log {kept.url}: {written.outcome}, {written.count:,} records, run {written.run}, head {written.head}",
        file=sys.stderr,
    )


def _fields(text: str | None) -> tuple[str, ...]:
    """The fields to group by, each once; none where nothing is said. Raises UsageError for others."""
    from sim.posture.snapshot import FIELDS

    fields = tuple(dict.fromkeys(part.strip() for part in text.split(","))) if text is not None else ()
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
