"""Replications: the runs of a plan, each with draws of its own, counted as they come."""

import gc

from sim.engine.draws import Sampled
from sim.ensemble.pair import paired
from sim.ensemble.plan import Plan
from sim.ensemble.tally import Outcome, Tally
from sim.ensemble.variant import Variant

TIDY_EVERY = 16
"""After how many replications what they leave behind is cleared away: the command line has nobody else do it."""


class Replications:
    """The replications of a plan. The definitions are posted once; each replication is posted after them anew."""

    def __init__(self, plan: Plan) -> None:
        self._seed = plan.seed
        self._variants = [Variant(scenario, plan.times) for scenario in plan.scenarios]

    def tally(self, numbers: range) -> Tally:
        """Play the replications with these numbers, and count what they come to."""
        tally = Tally()
        for number in numbers:
            tally.add(self.outcome(number))
            if number % TIDY_EVERY == 0:
                gc.collect(0)  # the clock of a run and what waits on it know each other
        return tally

    def outcome(self, number: int) -> Outcome:
        """What the replication with this number comes to: in both scenarios with the same draws, by name."""
        draws = Sampled(self._seed, number)
        first, *others = (variant.answers(draws) for variant in self._variants)
        if not others:
            return Outcome(first, {}, {})
        return Outcome(first, others[0], dict(paired(first, others[0])))
