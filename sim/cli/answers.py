"""Answers: a scenario played out, or a log read back, as far as a report needs it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sim.cli.asking import minutes_of
from sim.cli.stream import say
from sim.errors import UsageError
from sim.runs import is_log

if TYPE_CHECKING:
    from sim.eventlog import EventLog
    from sim.report.answer import Answer


def answer_of(path: str, run: str | None, at: Iterable[str] = ()) -> "Answer":
    """The answer of a run in a log, or of a scenario, which is played out and not kept."""
    if is_log(path):
        return read_back(path, run, at)
    from sim.loader import load
    from sim.report.answer import Answer, times_or_end
    from sim.runs import play

    no_run_in(path, run)
    scenario = load(path)
    times = minutes_of(scenario.calendar, scenario.end, at) or scenario.snapshots
    return Answer(play(scenario), times_or_end(times, scenario.end))


def read_back(url: str, run: str | None, at: Iterable[str], to: str | None = None) -> "Answer":
    """The answer of a run in a log, of the last where none is named; with several in it, it is said which.

    The run is copied into the log at `to`, where that is one.
    """
    from sim.eventlog import open_log
    from sim.report.answer import Answer, times_or_end
    from sim.runs import read, read_and_copy

    book, kept = read(url, run) if to is None else read_and_copy(url, run, to)
    _say_which(open_log(url), run, kept.written.run)
    end = book.opened.end
    times = minutes_of(book.calendar, end, at) or book.opened.snapshots
    return Answer(book, times_or_end(times, end), kept)


def looked_up(url: str, run: str | None, at: Iterable[str]) -> "Answer":
    """The answer of a run in a log as far as snapshots go: its book has the units and places, and maybe no more."""
    from sim.eventlog import open_log
    from sim.report.answer import Answer, times_or_end
    from sim.runs import Kept

    log = open_log(url)
    chosen = log.chosen(run)
    _say_which(log, run, chosen)
    opened = log.opened(chosen)
    times = times_or_end(minutes_of(opened.calendar, opened.end, at), opened.end)
    book, snapshots, written = log.snapshots(times, chosen)
    return Answer(book, times, Kept(log.url, written), snapshots)


def no_run_in(path: str, run: str | None) -> None:
    """Raises UsageError where a run is asked of a scenario."""
    if run is not None:
        raise UsageError(f"--run does not go with {path}, which is a scenario and holds no runs")


def _say_which(log: "EventLog", asked: str | None, meant: str) -> None:
    if asked is None and (runs := len(log.run_ids())) > 1:
        say(f"{log.url} holds {runs} runs: this is the last, {meant}")
