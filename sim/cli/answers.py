"""Answers: a scenario played out, or a log read back, as far as a report needs it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sim.cli.asking import minutes_of
from sim.cli.stream import say
from sim.domain.asked import known_minute
from sim.errors import UsageError
from sim.runs import is_log

if TYPE_CHECKING:
    from sim.domain.scenario import Scenario
    from sim.eventlog import EventLog
    from sim.report.answer import Answer


def answer_of(path: str, run: str | None, at: Iterable[str] = (), as_known: str | None = None) -> "Answer":
    """The answer of a run in a log, or of a scenario, which is played out and not kept.

    With `as_known`, a time, it is that of what had been published by then, played out anew.
    """
    if as_known is not None:
        return known_answer(path, run, at, as_known)
    if is_log(path):
        return read_back(path, run, at)
    from sim.loader import load
    from sim.report.answer import Answer, times_or_end
    from sim.runs import play

    no_run_in(path, run)
    scenario = load(path)
    times = minutes_of(scenario.calendar, scenario.end, at) or scenario.snapshots
    return Answer(play(scenario), times_or_end(times, scenario.end))


def known_answer(path: str, run: str | None, at: Iterable[str], as_known: str, *, recorded: bool = False) -> "Answer":
    """The answer of what had been published by a time of a scenario, or of that which a run's log carries.

    Where it is to be `recorded`, its records are counted and hashed, though nobody keeps them.
    """
    from sim.domain.known import knowledge, known
    from sim.report.answer import Answer, times_or_end
    from sim.runs import play, play_known

    scenario, seed = scenario_of(path, run)
    minute = known_minute(scenario.calendar, scenario.end, as_known)
    times = minutes_of(scenario.calendar, scenario.end, at) or scenario.snapshots
    book, kept = play_known(scenario, minute, seed) if recorded else (play(known(scenario, minute), seed), None)
    return Answer(book, times_or_end(times, scenario.end), kept, None, knowledge(scenario, minute), scenario)


def scenario_of(path: str, run: str | None) -> tuple["Scenario", int]:
    """A scenario as it was written, from its file or from the log of a run; and the run's seed."""
    if is_log(path):
        answer = read_back(path, run, ())
        return answer.book.scenario, answer.book.opened.seed
    from sim.loader import load

    no_run_in(path, run)
    return load(path), 0


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


def where_of(path: str, run: str | None, as_known: str | None) -> list[str]:
    """The words of a command line that name the same run, to ask it something else; a password is not among them."""
    if is_log(path):
        from sim.eventlog import open_log

        path = open_log(path).url
    return [path, *([] if run is None else ["--run", run]), *([] if as_known is None else ["--as-known", as_known])]


def no_run_in(path: str, run: str | None) -> None:
    """Raises UsageError where a run is asked of a scenario."""
    if run is not None:
        raise UsageError(f"--run does not go with {path}, which is a scenario and holds no runs")


def _say_which(log: "EventLog", asked: str | None, meant: str) -> None:
    if asked is None and (runs := len(log.run_ids())) > 1:
        say(f"{log.url} holds {runs} runs: this is the last, {meant}")
