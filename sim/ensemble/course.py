"""Courses: how an experiment goes, from what is kept of it already to what it comes to, which is kept on the way."""

from collections.abc import Callable
from contextlib import closing
from time import perf_counter

from attrs import define

from sim.ensemble.ensemble import played
from sim.ensemble.experiment import Experiment
from sim.ensemble.kept import Keeper, TallyError
from sim.ensemble.tally import Tally
from sim.errors import SimError
from sim.eventlog.patience import USUAL, Wait, never

FIRST_SECONDS = 1.0
"""After how long what is counted is kept first; then after twice as long each time."""

KEEP_SECONDS = 10.0
"""Until it is kept as often as this."""

KEEPING_SHARE = 0.1
"""How much of the time it may take, about, to keep it."""

BRIEF = Wait(seconds=0.5)
"""How long to wait for a log that is locked, where it is tried again later, or nobody wants to wait."""


def nobody(runs: int) -> None:
    """Whom nobody told how many runs are done."""


@define
class Course:
    """How an experiment goes: its `tally` by now, and what its log has to do with it.

    `keeper` is None where it is kept nowhere. The log had `found` runs at the beginning, and has `kept` runs by now.
    Where it has more than are asked for, they are played anew, as no run can be taken out of a tally. `damaged` says
    that what it had was none. `problem` is why it does not have those that are counted by now. A log that another
    program has locked at the end is waited for where it is `needed`.
    """

    experiment: Experiment
    keeper: Keeper | None
    tally: Tally
    found: int = 0
    kept: int = 0
    damaged: TallyError | None = None
    problem: SimError | None = None
    needed: bool = True

    @classmethod
    def begun(cls, experiment: Experiment, *, needed: bool = True) -> "Course":
        """An experiment with what its log keeps of it, as far as that is of use.

        A damaged tally is of none: it is replaced. That the log cannot be read is a `problem`. Raises UsageError where
        the address is none of a log.
        """
        if experiment.log is None:
            return cls(experiment, None, Tally())
        keeper = Keeper(experiment.log, experiment.plan, experiment.until_width)
        course = cls(experiment, keeper, Tally(), needed=needed)
        course._find()
        return course

    @property
    def enough(self) -> bool:
        """Whether all is played that is asked for."""
        return self.experiment.extent.reached(self.tally)

    def check(self) -> None:
        """Know before the work, and not after it, that the log cannot be read, or written where that is to come: raises
        that SimError.
        """
        if self.problem is not None:
            raise self.problem
        if self.keeper is not None and not self.enough and self.found <= self.experiment.extent.runs:
            self.keeper.check()

    def play(self, stopped: Callable[[], bool] = never, tell: Callable[[int], None] = nobody) -> None:
        """Play until it is enough, or `stopped`, and `tell` on the way how many runs are done.

        What is counted is kept from time to time and at the end, also where something goes wrong. That it cannot be is
        a `problem`, and costs nobody the answer: the next time it may be gone. Who stops it does not wait for a log
        that is locked. Raises UsageError as `played`.
        """
        if self.enough:
            return
        asked = self.experiment
        playing = played(asked.plan, self.tally, asked.extent, asked.workers, stopped, dask=asked.dask)
        ended, wait, hurried = perf_counter(), FIRST_SECONDS, not self.needed
        try:
            with closing(playing):
                for runs in playing:
                    tell(runs)
                    if (begun := perf_counter()) - ended >= wait:
                        self.keep(BRIEF)
                        ended = perf_counter()
                        wait = max(min(2 * wait, KEEP_SECONDS), (ended - begun) / KEEPING_SHARE)
            hurried = hurried or not self.enough
        except KeyboardInterrupt:
            hurried = True
            raise
        finally:
            if self.kept != self.tally.runs:
                self.keep(BRIEF if hurried else Wait(stopped=stopped))

    def keep(self, wait: Wait = USUAL) -> None:
        """Keep what is counted by now, unless more is kept; or know why not. See `Keeper.keep`."""
        if self.keeper is None or self.kept > self.tally.runs:
            return
        try:
            self.kept = self.keeper.keep(self.tally, wait)
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
