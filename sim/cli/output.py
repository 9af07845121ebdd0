"""What is written: an answer to standard output, and what became of its log to standard error."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.cli.stream import say, write_data
from sim.cli.terminal import terminal

if TYPE_CHECKING:
    from sim.report.answer import Answer
    from sim.runs import Kept

ROOM_WITHOUT_TERMINAL = 100
"""How wide a page is, in characters, where it goes to a file or a pipe."""


def room() -> int:
    """How wide a page may be, in characters."""
    from shutil import get_terminal_size

    return get_terminal_size((ROOM_WITHOUT_TERMINAL, 24)).columns


def write_answer(
    answer: "Answer", form: str, color: str, fields: tuple[str, ...], name: str | None, where: Sequence[str] = ()
) -> None:
    """Write an answer to standard output: the whole page, or the one table asked for.

    `form` and `color` are what --format and --color say, `where` the words of a command line that name its run.
    """
    if form == "json":
        from sim.report.json_form import to_json

        write_data(to_json(answer))
    elif form == "csv":
        from sim.report.csv_form import to_csv

        write_data(to_csv(answer, name or "posture", fields))
    else:
        from sim.report.page import page, table_page

        shown = terminal(color)
        style = shown.style(form)
        drawn = table_page(answer, name, fields, style, room()) if name else page(answer, fields, style, room(), where)
        shown.write(drawn, style)


def tell(kept: "Kept | None") -> None:
    """Say what became of the log, if there is one."""
    if kept is not None and kept.url is not None:
        written = kept.written
        say(f"log {kept.url}: {written.outcome}, {written.count:,} records, run {written.run}, head {written.head}")
