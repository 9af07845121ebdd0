"""The answer of an ensemble: what its runs came to, and what they were runs of."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import attrs
from attrs import frozen

from sim.domain.vocabulary import Kind, Readiness
from sim.ensemble.distribution import Distribution
from sim.ensemble.ensemble import Extent
from sim.ensemble.plan import Plan
from sim.ensemble.question import Closure, Dropped, Held, Question, Reached, Stands, Waited
from sim.ensemble.tally import Counts, Tally
from sim.ledger import Book
from sim.runs import play

Q = TypeVar("Q", bound=Question)

Line = tuple[str, Kind, str, Readiness]
"""A line of a posture: side, kind, place and readiness."""


@frozen
class Side:
    """What the runs of one scenario came to. `name` is what it was asked by; `book` has its definitions, if no more."""

    name: str
    book: Book
    tally: Tally
    counts: Counts

    @property
    def closures(self) -> list[tuple[Closure, Distribution]]:
        """When each order closed, by its id."""
        return self._told(Closure)

    @property
    def dropped(self) -> list[tuple[Dropped, Distribution]]:
        """Whether each order, of those of which that happens, can close no more by the end, by its id."""
        return self._told(Dropped)

    @property
    def claims(self) -> list[tuple[Stands, Distribution]]:
        """To what each dated claim came, by its id."""
        return self._told(Stands)

    @property
    def reached(self) -> list[tuple[Reached, Distribution]]:
        """When what each dated claim says was first so, by its id."""
        return self._told(Reached)

    @property
    def waits(self) -> list[tuple[Waited, Distribution]]:
        """What loads waited for, by order, then as causes are listed."""
        return self._told(Waited, lambda question: (question.order, list(type(question.cause)).index(question.cause)))

    def posture(self, times: Iterable[int]) -> list[tuple[Line, tuple[Distribution, ...]]]:
        """Each line that any run has at any time, with how much of it there was at each of these times."""
        lines = {_line(question) for question in self.counts if isinstance(question, Held)}
        asked = tuple(times)
        return [(line, tuple(self._at(minute, line) for minute in asked)) for line in sorted(lines)]

    def _at(self, minute: int, line: Line) -> Distribution:
        return self.tally.distribution(self.counts, Held(minute, *line))

    def _told(self, kind: type[Q], turn: Callable[[Q], Any] = attrs.astuple) -> list[tuple[Q, Distribution]]:
        return asked(self.tally, self.counts, kind, turn)


@frozen
class EnsembleAnswer:
    """What an ensemble came to. `asked` is how many runs were asked for, `until_width` until what width of a median.

    `enough` says that it went as far as was asked: else somebody stopped it. `other` is what it was compared with.
    """

    plan: Plan
    tally: Tally
    asked: int
    until_width: int | None
    enough: bool
    first: Side
    other: Side | None = None


def answered(plan: Plan, tally: Tally, extent: Extent, names: tuple[str, str] = ("", "")) -> EnsembleAnswer:
    """The answer of an ensemble that has come to a tally. `names` are what its scenarios were asked by."""
    first = Side(names[0], play(plan.scenario), tally, tally.first)
    other = None if plan.against is None else Side(names[1], play(plan.against), tally, tally.other)
    return EnsembleAnswer(plan, tally, extent.runs, extent.until_width, extent.reached(tally), first, other)


def asked(
    tally: Tally, counts: Counts, kind: type[Q], turn: Callable[[Q], Any] = attrs.astuple
) -> list[tuple[Q, Distribution]]:
    """The questions of one kind in their turn, each with its answers."""
    questions = sorted((question for question in counts if isinstance(question, kind)), key=turn)
    return [(question, tally.distribution(counts, question)) for question in questions]


def _line(held: Held) -> Line:
    return held.side, held.kind, held.place, held.readiness
