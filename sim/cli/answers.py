"""Answers: a scenario played out, or a log read back, as far as a report needs it."""

from argparse import Namespace
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sim.cli.asking import minutes_of
from sim.cli.stream import say

if TYPE_CHECKING:
    from sim.report.answer import Answer


def answer_of(path: str, arguments: Namespace) -> "Answer":
    """The answer of a log, or of a scenario, which is played out and not kept."""
    from sim.runs import is_log

    if is_log(path):
        return read_back(path, arguments.run, arguments.at)
    from sim.loader import load
    from sim.report.answer import Answer, times_or_end
    from sim.runs import play

    no_run_in(path, arguments.run)
    scenario = load(path)
    times = minutes_of(scenario.calendar, scenario.end, arguments.at) or scenario.snapshots
    return Answer(play(scenario), times_or_end(times, scenario.end))


def read_back(url: str, run: str | None, at: Iterable[str]) -> "Answer":
    """The answer of a run in a log, of the last where none is named; with several in it, it is said which."""
    from sim.eventlog import open_log
    from sim.report.answer import Answer, times_or_end
    from sim.runs import read

    book, kept = read(url, run)
    if run is None and (runs := len(open_log(url).run_ids())) > 1:
        say(f"{url} holds {runs} runs: this is the last, {kept.written.run}")
    end = book.opened.end
    times = minutes_of(book.calendar, end, at) or book.opened.snapshots
    return Answer(book, times_or_end(times, end), kept)


def no_run_in(path: str, run: str | None) -> None:
    """Raises UsageError where a run is asked of a scenario."""
    if run is not None:
        from sim.errors import UsageError

        raise UsageError(f"--run does not go with {path}, which is a scenario and holds no runs")
