"""Where an ensemble is kept while it grows, so that it is answered from there, or gone on with."""

from argparse import Namespace
from typing import TYPE_CHECKING

from attrs import frozen

from sim.cli.asking import NOWHERE, log_in_environment
from sim.cli.status import ALL_WELL, status_of
from sim.cli.stream import say
from sim.errors import LogError, UsageError
from sim.runs import DEFAULT_LOG, MEMORY

if TYPE_CHECKING:
    from sim.ensemble.course import Course
    from sim.ensemble.experiment import Experiment


def log_of(arguments: Namespace) -> str | None:
    """Where it is said that ensembles are kept, else where they are by default; None for nowhere."""
    asked = _asked(arguments)
    return None if arguments.no_log or asked == NOWHERE else asked or DEFAULT_LOG


def _asked(arguments: Namespace) -> str | None:
    named: str | None = arguments.log_url or log_in_environment()
    return named


@frozen
class Keeping:
    """What becomes of the log of an ensemble; `needed` is whether somebody asked for it.

    What goes wrong with one that was is an error: before the work where that can be known, else behind the answer. With
    the one where all is kept by default it is a warning.
    """

    course: "Course"
    needed: bool

    @classmethod
    def begun(cls, experiment: "Experiment", arguments: Namespace) -> "Keeping":
        """With what is kept already. Where somebody wants to resume, there has to be something to go on with.

        Raises UsageError and LogError where the log is needed, and fails.
        """
        from sim.ensemble.course import Course

        needed = bool(_asked(arguments))
        course = Course.begun(experiment, needed=needed)
        keeping = cls(course, needed)
        if arguments.resume:
            _check(course)
        if keeping.needed:
            course.check()
        return keeping

    def end(self) -> int:
        """Say where the answer is kept, and how much of it was there; the status that this gives the command."""
        if (keeper := self.course.keeper) is None or keeper.url == MEMORY:
            return ALL_WELL
        self.warn()
        if (problem := self.course.problem) is not None:
            return status_of(problem) if self.needed or isinstance(problem, LogError) else ALL_WELL
        log = keeper.url if keeper.where == keeper.url else f"{keeper.url}, in {keeper.where}"
        say(f"log {log}: ensemble {keeper.ensemble}, {_runs(self.course.kept)}{self._found}")
        return ALL_WELL

    def warn(self) -> None:
        """Say what is wrong with the log, if anything is."""
        course, before = self.course, "" if self.needed else "warning: "
        if course.damaged is not None and course.kept:
            say(f"warning: {course.damaged.message}: it was played anew, and replaced")
        if course.problem is not None:
            less = f"kept as far as {_runs(course.kept)}" if course.kept else "not kept"
            say(f"{before}the ensemble is {less}: {course.problem}")

    @property
    def to_go_on(self) -> str:
        """How to go on with it where it was stopped, as the end of a sentence."""
        course = self.course
        if course.keeper is None:
            return "; with a log they would have been kept"
        if course.kept != course.tally.runs:
            return ""
        return f", and kept in {course.keeper.url}: the same command goes on"

    @property
    def _found(self) -> str:
        """How many runs were there before."""
        course = self.course
        if not course.found:
            return ""
        return f", {'all' if course.found == course.tally.runs else f'{course.found:,}'} were there"


def _runs(count: int) -> str:
    return f"{count:,} run{'s' * (count != 1)}"


def _check(course: "Course") -> None:
    """Raises UsageError where there is nothing to go on with, LogError where that is damaged."""
    keeper = course.keeper
    if keeper is None:
        raise UsageError("--resume does not go without a log", "Say --log where the ensemble is kept.")
    if course.damaged is not None:
        how = "Fetch a copy of the log, or leave --resume out: then it is played anew, and replaced."
        raise LogError(course.damaged.message, how) from course.damaged
    if course.problem is not None:
        raise course.problem
    if not course.found:
        raise UsageError(
            f"{keeper.url} keeps nothing of this ensemble",
            "Without --resume it begins. Another seed, other times, a scenario that has changed, or a version of this "
            "program with other rules: another ensemble.",
        )
    if course.found > course.experiment.extent.runs:
        raise UsageError(
            f"{keeper.url} keeps {course.found:,} runs of this ensemble, and no run can be taken out",
            f"Ask for --runs {course.found} or more, or leave --resume out.",
        )
