"""Ensembles for programs in Python: a scenario is played out many times, and what came of it can be asked."""

from collections.abc import Iterable
from datetime import datetime
from os import PathLike
from warnings import warn

from attrs import frozen

from sim.domain.scenario import Scenario
from sim.ensemble.chance import Chance
from sim.ensemble.course import Course
from sim.ensemble.distribution import Distribution
from sim.ensemble.experiment import Experiment, lasting
from sim.ensemble.question import VERDICTS, Closure, Question, Reached, Stands
from sim.errors import SimError, UsageError
from sim.ledger.claims import Verdict
from sim.posture.framed import Framed
from sim.posture.frames import Frame
from sim.posture.moment import Time, minute_at
from sim.report.ensemble_answer import EnsembleAnswer, answered
from sim.report.ensemble_form import TABLES, ensemble_to_json
from sim.report.ensemble_frames import ensemble_frame


@frozen(repr=False)
class Table(Framed):
    """One of the tables of an ensemble."""

    answer: EnsembleAnswer
    name: str

    def __repr__(self) -> str:
        return f"<the table '{self.name}' of {_told(self.answer)}>"

    @property
    def frame(self) -> Frame:
        return ensemble_frame(self.answer, self.name)


@frozen(repr=False)
class Ensemble(Framed):
    """What the runs of a scenario came to. Whatever is asked is of all of them. As a frame, it is its closures.

    `unkept` is why the log that was named does not keep all of them; None where it does, or none was named.
    """

    answer: EnsembleAnswer
    unkept: SimError | None = None

    def __repr__(self) -> str:
        return f"<{_told(self.answer)}>"

    @property
    def runs(self) -> int:
        """How many runs there are."""
        return self.answer.tally.runs

    @property
    def frame(self) -> Frame:
        return self.table("closure").frame

    def closure(self, order: str) -> dict[int, datetime | None]:
        """By when an order has closed in 5, 25, 50, 75 and 95 % of the runs; None is later than the end.

        Raises UsageError for what is no order that moves anything.
        """
        return self._minutes(Closure(order), f"there is no order '{order}' that moves anything")

    def closed_by(self, order: str, time: Time) -> Chance:
        """The chance that an order has closed by a time: see `sim.posture.moment`.

        Raises UsageError as `closure`, and for a time outside the run: after its end nothing is known.
        """
        found = self._asked(Closure(order), f"there is no order '{order}' that moves anything")
        book = self.answer.first.book
        end = book.opened.end
        minute = minute_at(book.calendar, end, time)
        if not 0 <= minute <= end:
            raise UsageError(f"closed_by {time} lies outside the run", lasting(book.calendar, end))
        return found.at_most(minute)

    def holds(self, claim: str) -> Chance:
        """The chance that a dated claim holds. Raises UsageError for what is none."""
        found = self._asked(Stands(claim), f"there is no dated claim '{claim}'")
        return found.chance(VERDICTS.index(Verdict.HOLDS))

    def reached(self, claim: str) -> dict[int, datetime | None]:
        """By when what a dated claim says was first so in 5, 25, 50, 75 and 95 % of the runs; None: later than the end.

        Of a count, that is when it would first hold; it may be so no more later. Raises UsageError as `holds`.
        """
        return self._minutes(Reached(claim), f"there is no dated claim '{claim}'")

    def table(self, name: str) -> Table:
        """One of its tables: closure, by, claims, waits, posture, shifts or agreed.

        The last two are of pairs, and empty where nothing is compared. Raises UsageError for any other name.
        """
        if name not in TABLES:
            raise UsageError(f"there is no table '{name}'", f"There are {', '.join(TABLES)}.")
        return Table(self.answer, name)

    def to_json(self) -> str:
        """All of it as JSON text, as `--format json` prints it."""
        return ensemble_to_json(self.answer)

    def _minutes(self, question: Question, otherwise: str) -> dict[int, datetime | None]:
        calendar = self.answer.first.book.calendar
        return {
            each.share: None if each.value is None else calendar.instant(each.value)
            for each in self._asked(question, otherwise).quantiles()
        }

    def _asked(self, question: Question, otherwise: str) -> Distribution:
        tally = self.answer.tally
        if question not in tally.first:
            raise UsageError(otherwise)
        return tally.distribution(tally.first, question)


def _told(answer: EnsembleAnswer) -> str:
    """An ensemble in a few words."""
    runs = answer.tally.runs
    named = f"ensemble of {answer.first.book.opened.title!r}: {runs:,} run{'s' * (runs != 1)}, seed {answer.plan.seed}"
    return named if answer.other is None else f"{named}, against {answer.other.book.opened.title!r}"


def run_ensemble(
    scenario: Scenario,
    runs: int = 1000,
    seed: int = 0,
    *,
    against: Scenario | None = None,
    at: Iterable[Time] = (),
    until_width: str | int | None = None,
    workers: int = 1,
    dask: str | None = None,
    log: str | PathLike[str] | None = None,
) -> Ensemble:
    """Play a scenario out so many times, each with other draws of what is not known exactly, and by lift where it can.

    `against` is another scenario, compared run by run. `at` are the times of its posture (default: the scenario's
    snapshots). `until_width`, minutes or text such as "6h", stops before all runs once every median closure is known to
    it. `workers` processes play, or the cluster whose scheduler is at the address `dask`; the answer is the same. With
    several, a script has to stand behind `if __name__ == "__main__":`. With a `log`, what is kept there is gone on
    with, and what is counted is kept, also where something goes wrong.

    Raises UsageError for what cannot be done so, and UsageError or LogError, before anything is played, where the log
    cannot be read or written. Where it fails later, the answer is there, and says so: see `Ensemble.unkept`.
    """
    course = Course.begun(Experiment(scenario, runs, seed, against, at, until_width, workers, dask, log))
    course.check()
    try:
        course.play()
    except BaseException as error:
        if course.problem is not None:
            error.add_note(f"What was counted until then is not kept: {course.problem}")
        raise
    if course.problem is not None:
        warn(f"the ensemble is not kept: {course.problem}", stacklevel=2)
    if course.damaged is not None and course.kept:
        warn(f"{course.damaged.message}: it was played anew, and replaced", stacklevel=2)
    asked = course.experiment
    return Ensemble(answered(asked.plan, course.tally, asked.extent), course.problem)
