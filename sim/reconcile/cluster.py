"""Clusters: statements that have to do with one another, and with no others."""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum

from attrs import frozen

from sim.reconcile.effort import EFFORT, Effort, OutOfEffort
from sim.reconcile.form import Rule, Values, meets, unknowns_in
from sim.reconcile.minimal import Chosen
from sim.reconcile.rounding import AS_REPORTED, AS_ROUND
from sim.reconcile.solver import Solver
from sim.reconcile.statement import Statement
from sim.reconcile.system import System

LEAST_SHARE = 1_000_000
"""How much effort a cluster is given at least: most are small, and need next to none."""


SOLVERS_MAX = 16
"""How many clusters keep their solver at once: each takes some 16 MB. Another is given one anew when it needs it."""


class Together(StrEnum):
    """Whether statements can all be true together."""

    POSSIBLE = "possible"
    IMPOSSIBLE = "impossible"
    UNDECIDED = "undecided"


def all_together(clusters: Iterable[Together], *, clash: bool) -> Together:
    """Whether the statements of several clusters can all be true; not, where a `clash` was found."""
    states = set(clusters)
    if clash or Together.IMPOSSIBLE in states:
        return Together.IMPOSSIBLE
    return Together.UNDECIDED if Together.UNDECIDED in states else Together.POSSIBLE


@frozen
class Clash:
    """Statements that cannot all be true together, by their numbers; maybe more of them than it takes."""

    numbers: Chosen


class Solvers:
    """The solvers of clusters, by statements and rounding: of the clusters that were asked last."""

    def __init__(self) -> None:
        self._made: dict[tuple[Chosen, int], Solver] = {}

    def of(self, numbers: Chosen, nearest: int, make: Callable[[], Solver]) -> Solver:
        """The solver of a cluster, made where there is none."""
        kept = self._made.pop((numbers, nearest), None)
        while len(self._made) >= SOLVERS_MAX:
            del self._made[next(iter(self._made))]
        self._made[numbers, nearest] = solver = kept or make()
        return solver


class Cluster:
    """Some of the `statements`, by their `numbers`. What is found is kept, so that it is worked out once.

    Round figures are read as rounded to the `nearest` power of ten. `share` is how much effort each search among them
    is given.
    """

    def __init__(
        self,
        system: System,
        statements: Sequence[Statement],
        numbers: Sequence[int],
        share: int,
        solvers: Solvers,
        nearest: int = AS_REPORTED,
    ) -> None:
        self.numbers = tuple(numbers)
        self.share = share
        self._system = system
        self._statements = statements
        self.rules: dict[int, Rule] = {number: statements[number].rule(nearest) for number in numbers}
        self._unknowns = system.around(unknowns_in(self.rules.values()))
        self._figures = system.figure_rules(self._unknowns, nearest)
        self._place = {number: place for place, number in enumerate(numbers)}
        self._found: dict[Chosen, Values | Clash] = {}
        self._solvers, self._nearest = solvers, nearest
        self._effort = Effort(share)

    def rounded(self) -> "Cluster":
        """The same with every round figure read as rounded."""
        return Cluster(self._system, self._statements, self.numbers, self.share, self._solvers, AS_ROUND)

    def renew(self) -> None:
        """Give it effort for another search."""
        self._effort.left = self.share

    def together(self) -> Together:
        """Whether all of its statements can be true together."""
        posted = {unknown: self._system.figures[unknown].strength for unknown in self._unknowns}
        if all(meets(posted, rule) for rule in self.rules.values()):
            return Together.POSSIBLE
        rules = [*self._figures, *self.rules.values()]
        try:
            possible = self._system.solver(rules, (), Effort(self.share)).possible()
        except OutOfEffort:
            return Together.UNDECIDED
        return Together.POSSIBLE if possible else Together.IMPOSSIBLE

    def tried(self, chosen: Chosen) -> Values | Clash:
        """Strengths with which some of its statements are true, or what keeps there from being any.

        Raises OutOfEffort.
        """
        if chosen not in self._found:
            solver = self._solvers.of(self.numbers, self._nearest, self._solver)
            if solver.possible(self._place[number] for number in chosen):
                self._found[chosen] = solver.values()
            else:
                self._found[chosen] = Clash(tuple(self.numbers[place] for place in solver.clashing()))
        return self._found[chosen]

    def clashes(self, chosen: Sequence[int]) -> bool:
        """Whether some of its statements cannot be true together. Raises OutOfEffort."""
        return isinstance(self.tried(tuple(sorted(chosen))), Clash)

    def without(self, chosen: Chosen) -> Chosen | None:
        """Statements outside of some, one of which is in every larger set that cannot be true together.

        None where the chosen ones cannot themselves. Raises OutOfEffort.
        """
        values = self.tried(chosen)
        if isinstance(values, Clash):
            return None
        kept, waiting = self._true(values), [self.numbers]
        while waiting:
            more = tuple(number for number in waiting.pop() if not meets(values, self.rules[number]))
            tried = self.tried(tuple(sorted({*kept, *more}))) if more else values
            if not isinstance(tried, Clash):
                kept, values = self._true(tried), tried
            elif len(more) > 1:
                half = len(more) // 2
                waiting += [more[half:], more[:half]]
        there = set(kept)
        return tuple(number for number in self.numbers if number not in there)

    def _solver(self) -> Solver:
        return self._system.solver(self._figures, list(self.rules.values()), self._effort)

    def _true(self, values: Values) -> Chosen:
        return tuple(number for number in self.numbers if meets(values, self.rules[number]))


def clusters(system: System, statements: Sequence[Statement], effort: int = EFFORT) -> list[Cluster]:
    """The statements that demand anything, in clusters; one that no strength bears out is a cluster by itself."""
    ties = system.ties(statement.demands for statement in statements)
    groups: dict[int, list[int]] = {}
    for number, statement in enumerate(statements):
        if statement.demands:
            first = next((unknown for demand in statement.demands for unknown in demand.form), -1 - number)
            groups.setdefault(ties.group(first), []).append(number)
    shares = {group: max(LEAST_SHARE, effort * len(each) // len(statements)) for group, each in groups.items()}
    solvers = Solvers()
    return [Cluster(system, statements, each, shares[group], solvers) for group, each in groups.items()]
