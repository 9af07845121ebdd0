"""`report`: a run as one page for a browser."""

from argparse import Namespace
from pathlib import Path
from shlex import join
from typing import TYPE_CHECKING

from sim.cli.answers import no_run_in, read_back, where_of
from sim.cli.status import ALL_WELL
from sim.cli.stream import say
from sim.errors import UsageError
from sim.runs import is_log

if TYPE_CHECKING:
    from sim.report.answer import Answer


def report(arguments: Namespace) -> int:
    """Write the page of a run. What it is made of is not written over."""
    from sim.atlas.bands import bands
    from sim.atlas.page import page

    out = _file_named(arguments.out)
    if out.exists() and Path(arguments.log).exists() and out.samefile(arguments.log):
        raise UsageError(f"-o {arguments.out} is what the report is made of", "Name another file.")
    answer, where = _asked(arguments)
    runs = [] if arguments.runs is None else ["--runs", str(arguments.runs)]
    ensemble = None if arguments.runs is None else bands(answer, arguments.runs)
    made = page(answer, join(["python", "-m", "sim", "report", *where, *runs]), where, ensemble)
    out.write_bytes(made)
    say(f"{out}: {len(made) / 1_000_000:.1f} MB, for any browser; it needs no network")
    return ALL_WELL


def _file_named(name: str) -> Path:
    """The file to write. Raises UsageError for what no file can be written to."""
    out = Path(name)
    if name in {"", "-"} or out.is_dir():
        raise UsageError(f"-o '{name}' is not the name of a file", "Name one, such as report.html.")
    if not out.parent.is_dir():
        raise UsageError(f"-o {name}: there is no folder {out.parent}", "Make it, or name another file.")
    if out.exists() and out.suffix.lower() in _MADE_OF:
        raise UsageError(f"-o {name} is there, and may be what a scenario or a log is made of", "Name another file.")
    return out


_MADE_OF = frozenset({".csv", ".yaml", ".yml", ".jsonl", ".sqlite"})
"""How the names of files end that scenarios and logs are made of: a page is not written over one."""


def _asked(arguments: Namespace) -> "tuple[Answer, list[str]]":
    """The answer, and the words of a command line that name its run: in a log, whichever others are added to it."""
    if is_log(arguments.log):
        answer = read_back(arguments.log, arguments.run, ())
        run = None if answer.kept is None else answer.kept.written.run
        return answer, where_of(arguments.log, run, None)
    from sim.loader import load
    from sim.report.answer import Answer, times_or_end
    from sim.runs import play_and_keep

    no_run_in(arguments.log, arguments.run)
    scenario = load(arguments.log)
    book, kept = play_and_keep(scenario)
    return Answer(book, times_or_end(scenario.snapshots, scenario.end), kept), where_of(arguments.log, None, None)
