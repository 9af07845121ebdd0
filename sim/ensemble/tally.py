"""Tallies: how often each question came to each answer, exactly, so that nothing depends on who counted which runs."""

from collections.abc import Mapping
from typing import NamedTuple

from attrs import define, field

from sim.ensemble.distribution import Distribution, distribution
from sim.ensemble.question import Dropped, Held, Question, Value, Waited

Answers = Mapping[Question, Value]
"""What one run answers."""

Counts = dict[Question, dict[Value, int]]
"""In how many runs each question came to each answer."""


class Outcome(NamedTuple):
    """What one replication came to: of the scenario, of what it is compared with, and of the two as a pair."""

    first: Answers
    other: Answers
    pairs: Answers


@define
class Tally:
    """What so many replications came to: of the scenario, of what it is compared with, and of pairs of the two.

    It takes as much memory as there are distinct answers. To merge tallies is associative and commutative, and the
    empty one changes nothing: those of any chunks of the same replications come to the same.
    """

    runs: int = 0
    first: Counts = field(factory=dict)
    other: Counts = field(factory=dict)
    pairs: Counts = field(factory=dict)

    def add(self, outcome: Outcome) -> None:
        """Count one replication."""
        self.runs += 1
        for counts, answers in zip(self.counts, outcome, strict=True):
            for question, value in answers.items():
                found = counts.setdefault(question, {})
                found[value] = found.get(value, 0) + 1

    def merge(self, tally: "Tally") -> None:
        """Count all that another tally has counted; none of its replications may have been counted here."""
        self.runs += tally.runs
        for counts, more in zip(self.counts, tally.counts, strict=True):
            for question, values in more.items():
                found = counts.setdefault(question, {})
                for value, runs in values.items():
                    found[value] = found.get(value, 0) + runs

    @property
    def counts(self) -> tuple[Counts, Counts, Counts]:
        """The counts of the scenario, of the other, and of pairs."""
        return self.first, self.other, self.pairs

    def distribution(self, counts: Counts, question: Question) -> Distribution:
        """How the answers to a question are distributed, by one of the tally's counts.

        Where runs that say nothing mean 0, they are counted as that.
        """
        values = counts.get(question, {})
        if isinstance(question, Dropped | Held | Waited):
            silent = self.runs - sum(values.values())
            values = {**values, 0: silent + values.get(0, 0)}
        return distribution(values)
