"""Where an ensemble is kept while it grows, so that it is answered from there, or gone on with."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from attrs import define

from sim.cli.asking import NOWHERE, log_in_environment
from sim.cli.status import ALL_WELL, LOG_FAILS
from sim.cli.stream import say
from sim.errors import LogError, SimError, UsageError
from sim.runs import DEFAULT_LOG

if TYPE_CHECKING:
    from sim.ensemble.ensemble import Extent
    from sim.ensemble.kept import Keeper
    from sim.ensemble.plan import Plan
    from sim.ensemble.tally import Tally


@define
class Keeping:
    """The log that keeps an ensemble, None for none; `asked` is whether somebody said which.

    What goes wrong with one that was asked for is an error. With the one where all is kept by default it is a
    `problem`, and the ensemble is kept nowhere from then on.
    """

    keeper: "Keeper | None"
    asked: bool
    problem: SimError | None = None
    more: int = 0
    """How many runs are kept, where they are more than are asked for."""

    @classmethod
    def of(cls, arguments: Namespace, plan: "Plan", until_width: int | None) -> "Keeping":
        """Where it is said that ensembles are kept, else where they are by default."""
        from sim.ensemble.kept import Keeper

        asked = arguments.log_url or log_in_environment()
        if arguments.no_log or asked == NOWHERE:
            return cls(None, True)
        return cls(Keeper(asked or DEFAULT_LOG, plan, until_width), asked is not None)

    def begun(self, extent: "Extent", resume: bool) -> "Tally":
        """What is kept of the ensemble already, as far as it is of use.

        No run can be taken out of a tally: where fewer runs are asked for than are kept, they are played again. Where
        somebody wants to `resume`, there has to be something to go on with: else raises UsageError.
        """
        from sim.ensemble.tally import Tally

        tally = Tally()
        if self.keeper is None and resume:
            raise UsageError("--resume does not go without a log", "Say --log where the ensemble is kept.")
        with self._tolerated():
            if self.keeper is not None:
                tally = self.keeper.tally()
        if resume and self.keeper is not None:
            _check(tally, extent, self.keeper)
        if tally.runs > extent.runs:
            self.more, tally = tally.runs, Tally()
        return tally

    def keep(self, tally: "Tally") -> None:
        """Keep what is counted so far, unless more is kept already."""
        with self._tolerated():
            if self.keeper is not None:
                self.keeper.keep(tally)

    def tell(self, before: int, runs: int) -> None:
        """Say where the answer is kept, and how much of it was there `before`."""
        if self.problem is not None:
            say(f"warning: the ensemble is not kept: {self.problem}")
        elif self.keeper is not None:
            kept = max(runs, self.more)
            there = f"{self.more:,}" if self.more else "all" if before == runs else f"{before:,}"
            found = f", {there} were there" if before or self.more else ""
            url, where = self.keeper.url, self.keeper.where
            log = url if where == url else f"{url}, in {where}"
            say(f"log {log}: ensemble {self.keeper.ensemble}, {kept:,} run{'s' * (kept != 1)}{found}")

    @property
    def to_go_on(self) -> str:
        """How to go on with it, as the end of a sentence."""
        if self.keeper is None:
            return "; with a log they would have been kept"
        return f", and kept in {self.keeper.url}: the same command goes on"

    @property
    def status(self) -> int:
        """The status that the log gives the command."""
        return LOG_FAILS if isinstance(self.problem, LogError) else ALL_WELL

    @contextmanager
    def _tolerated(self) -> Iterator[None]:
        """Let what goes wrong with a log that nobody asked for be no more than a problem."""
        try:
            yield
        except SimError as error:
            if self.asked:
                raise
            self.keeper, self.problem = None, error


def _check(tally: "Tally", extent: "Extent", keeper: "Keeper") -> None:
    if not tally.runs:
        raise UsageError(
            f"{keeper.url} keeps nothing of this ensemble",
            "Without --resume it begins. Another seed, other times, or a scenario that has changed: another ensemble.",
        )
    if tally.runs > extent.runs:
        raise UsageError(
            f"{keeper.url} keeps {tally.runs:,} runs of this ensemble, and no run can be taken out",
            f"Ask for --runs {tally.runs} or more, or leave --resume out.",
        )
