"""Courses: how an experiment goes, from what is kept of it already to what it comes to, which is kept on the way."""

from collections.abc import Callable
from contextlib import closing
from time import perf_counter

from attrs import define

from sim.ensemble.ensemble import never, played
from sim.ensemble.experiment import Experiment
from sim.ensemble.kept import Keeper, TallyError
from sim.ensemble.tally import Tally
from sim.errors import SimError

FIRST_SECONDS = 1.0
"""After how long what is counted is kept first; then after twice as long each time."""

KEEP_SECONDS = 10.0
"""Until it is kept as often as this."""

KEEPING_SHARE = 0.1
"""How much of the time it may take, about, to keep it: a log that is locked is waited for, and meanwhile little is
played.
"""


def nobody(runs: int) -> None:
    """Whom nobody told how many runs are done."""


@define
class Course:
    """How an experiment goes: its `tally` by now, and what its log has to do with it.

    `keeper` is None where it is kept nowhere. The log had `found` runs at the beginning, and has `kept` runs by now.
    Where it has more than are asked for, they are played anew, as no run can be taken out of a tally. `damaged` says
    that what it had was none. `problem` is why it does not have those that are counted by now.
    """

    experiment: Experiment
    keeper: Keeper | None
    tally: Tally
    found: int = 0
    kept: int = 0
    damaged: TallyError | None = None
    problem: SimError | None = None

    @classmethod
    def begun(cls, experiment: Experiment) -> "Course":
        """An experiment with what its log keeps of it, as far as that is of use.

        A damaged tally is of none: it is replaced. That the log cannot be read is a `problem`. Raises UsageError where
        the address is none of a log.
        """
        if experiment.log is None:
            return cls(experiment, None, Tally())
        course = cls(experiment, Keeper(experiment.log, experiment.plan, experiment.until_width), Tally())
        course._find()
        return course

    @property
    def enough(self) -> bool:
        """Whether all is played that is asked for."""
        return self.experiment.extent.reached(self.tally)

    def check(self) -> None:
        """Know before the work, and not after it, that the log cannot be read or written: raises that SimError."""
        if self.problem is None and not self.enough:
            self.keep()
        if self.problem is not None:
            raise self.problem

    def play(self, stopped: Callable[[], bool] = never, tell: Callable[[int], None] = nobody) -> None:
        """Play until it is enough, or `stopped`, and `tell` on the way how many runs are done.

        What is counted is kept from time to time and at the end, also where something goes wrong. That it cannot be is
        a `problem`, and costs nobody the answer: the next time it may be gone. Raises UsageError as `played`.
        """
        if self.enough:
            return
        asked = self.experiment
        playing = played(asked.plan, self.tally, asked.extent, asked.workers, stopped, dask=asked.dask)
        ended, wait = perf_counter(), FIRST_SECONDS
        try:
            with closing(playing):
                for runs in playing:
                    tell(runs)
                    if (begun := perf_counter()) - ended >= wait:
                        self.keep()
                        ended = perf_counter()
                        wait = max(min(2 * wait, KEEP_SECONDS), (ended - begun) / KEEPING_SHARE)
        finally:
            if self.kept != self.tally.runs:
                self.keep()

    def keep(self) -> None:
        """Keep what is counted by now, unless more is kept; or know why not."""
        if self.keeper is None or self.kept > self.tally.runs:
            return
        try:
            self.kept = self.keeper.keep(self.tally)
            self.problem = None
        except SimError as error:
            self.problem = error

    def _find(self) -> None:
        assert self.keeper is not None
        try:
            tally = self.keeper.tally()
        except TallyError as error:
            self.damaged = error
        except SimError as error:
            self.problem = error
        else:
            self.found = self.kept = tally.runs
            if tally.runs <= self.experiment.extent.runs:
                self.tally = tally
