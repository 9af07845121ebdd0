"""Comparisons: two answers held against each other, of one run at two times or of two runs."""

from collections.abc import Iterable

from attrs import frozen

from sim.posture.difference import Difference, across, between
from sim.posture.redefinition import Redefinition, redefinitions
from sim.report.answer import Answer


@frozen
class Comparison:
    """What is different in two answers, each about one moment: the second's is no earlier where they are of one run.

    `definitions` is what their scenarios do not say alike.
    """

    first: Answer
    second: Answer
    difference: Difference
    definitions: tuple[Redefinition, ...]

    @property
    def of_one_run(self) -> bool:
        return self.first.book is self.second.book


def comparison(first: Answer, second: Answer, fields: Iterable[str]) -> Comparison:
    """Two answers compared at the first of their times, in lines grouped by `fields`."""
    one, other = first.book, second.book
    (at, *_), (other_at, *_) = first.times, second.times
    if one is other:
        return Comparison(first, second, between(one, at, other_at, fields), ())
    return Comparison(first, second, across(one, other, at, other_at, fields), redefinitions(one, other))
