"""The system: the unknown strengths, what is reported of each, and how units are divided."""

from collections.abc import Collection, Iterable, Sequence

from attrs import frozen

from sim.reconcile.effort import Effort
from sim.reconcile.figure import Figure
from sim.reconcile.form import Demand, Division, Rule, Ties, unknowns_in
from sim.reconcile.rounding import AS_REPORTED
from sim.reconcile.solver import Solver


@frozen
class System:
    """The figures by number of the unknown, and the divisions of units into parts."""

    figures: Sequence[Figure]
    divisions: Sequence[Division]

    def around(self, unknowns: Collection[int]) -> list[int]:
        """These unknowns and those of the same units, in order."""
        return sorted({*unknowns, *(unknown for each in self.dividing(unknowns) for unknown in each.unknowns)})

    def ties(self, rules: Iterable[Rule]) -> Ties:
        """Which unknowns have to do with one another by these rules."""
        return Ties(rules, self.divisions)

    def figure_rules(self, unknowns: Iterable[int], nearest: int = AS_REPORTED) -> list[Rule]:
        """That strengths are as reported of them, where round figures were rounded to the `nearest` power of ten."""
        return [[Demand((unknown,), self.figures[unknown].interval(nearest))] for unknown in unknowns]

    def solver(self, fixed: Sequence[Rule], others: Sequence[Rule], effort: Effort) -> Solver:
        """What answers questions about rules. What is reported of the strengths is not among them of itself."""
        return Solver(fixed, others, self.dividing(unknowns_in([*fixed, *others])), effort)

    def dividing(self, unknowns: Collection[int]) -> list[Division]:
        """The divisions of the units that the unknowns are of. A unit may be divided several times."""
        known = frozenset(unknowns)
        wholes = {each.whole for each in self.divisions if not known.isdisjoint(each.unknowns)}
        return [each for each in self.divisions if each.whole in wholes]
