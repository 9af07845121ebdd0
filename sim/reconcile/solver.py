"""The solver: whether strengths can be found that meet some rules. The only place that imports z3."""

from collections.abc import Iterable, Sequence
from random import Random
from typing import Any

from sim.errors import UsageError
from sim.reconcile.effort import CHECK_COST, Effort
from sim.reconcile.form import Demand, Division, Form, Rule, Values, tightest, unknowns_in

FIRST_TRY = 5_000_000
"""How many steps a check is given at first. One that is not done by then is begun anew in another order, with twice as
many: how long a check takes depends on the order, much and by chance.
"""


def library() -> Any:
    """z3. Raises UsageError where it is not here."""
    try:
        import z3
    except ImportError as error:  # also where it is here, and the library beneath it is not
        raise UsageError(
            "reconcile needs the library 'z3', which is not here", "install it: pip install 'troop-ledger[reconcile]'"
        ) from error
    return z3


class Solver:
    """Asks whether `fixed` rules and some of the `others` can all be met, by whole numbers that are not below 0.

    Its answers do not depend on chance, only which of many possible strengths it finds.
    """

    def __init__(
        self, fixed: Iterable[Rule], others: Sequence[Rule], divisions: Sequence[Division], effort: Effort
    ) -> None:
        self._z3 = library()
        self._fixed = tightest(fixed)
        self._others = others
        self._divisions = divisions
        self._unknowns = unknowns_in([self._fixed, *others]).union(*(each.unknowns for each in divisions))
        self._effort = effort
        self._asked: list[int] = []
        self._taken = 0
        self._build(0)

    def possible(self, rules: Iterable[int] = (), besides: Demand | None = None) -> bool:
        """Whether the fixed rules, these others, and a demand besides can all be met. Raises OutOfEffort."""
        self._asked = sorted(rules)
        steps, turn = FIRST_TRY, 0
        while True:
            literals = [self._literals[rule] for rule in self._asked]
            answer = self._check(literals if besides is None else [*literals, self._literal(besides)], steps)
            if answer != self._z3.unknown:
                return bool(answer == self._z3.sat)
            steps, turn = steps * 2, turn + 1
            self._build(turn)

    def values(self) -> Values:
        """Strengths that meet what was asked last; it was possible."""
        model = self._solver.model()
        return {each: model.eval(self._term((each,)), True).as_long() for each in sorted(self._unknowns)}

    def value(self, form: Form) -> int:
        """What a sum comes to with such strengths."""
        model = self._solver.model()
        return sum(model.eval(self._term((each,)), True).as_long() for each in form)

    def clashing(self) -> list[int]:
        """Those of the rules asked about last that cannot be met together; maybe more of them than it takes.

        They could not.
        """
        named = {literal.decl().name() for literal in self._solver.unsat_core()}
        return [rule for rule in self._asked if str(rule) in named]

    def _check(self, literals: Sequence[Any], steps: int) -> Any:
        self._solver.set("rlimit", max(1, min(steps, self._effort.left)))
        answer = self._solver.check(*literals)
        taken = self._solver.statistics().get_key_value("rlimit count")
        spent, self._taken = taken - self._taken, taken
        self._effort.spend(spent + CHECK_COST)
        return answer

    def _build(self, turn: int) -> None:
        """Set the solver up; each `turn` says the same in another order."""
        self._context = self._z3.Context()
        self._solver = self._z3.SimpleSolver(ctx=self._context)
        self._taken = 0
        for name, value in (("random_seed", turn), ("core.minimize", True), ("ctrl_c", False)):
            self._solver.set(name, value)
        self._terms: dict[Form, Any] = {}
        self._beginning: dict[int, list[tuple[frozenset[int], Any]]] = {}
        unknowns = sorted(self._unknowns)
        for unknown in Random(turn).sample(unknowns, len(unknowns)):
            self._terms[unknown,] = self._z3.Int(f"n{unknown}", self._context)
            self._solver.add(self._terms[unknown,] >= 0)
        forms = {demand.form for rule in (self._fixed, *self._others) for demand in rule if demand.form}
        for form in sorted(forms, key=lambda form: (len(form), form)):
            self._term(form)
        for division in self._divisions:
            self._solver.add(self._term((division.whole,)) == self._term(division.parts))
        self._solver.add(*(bound for demand in self._fixed for bound in self._bounds(demand)))
        self._literals = [self._z3.Bool(str(number), self._context) for number in range(len(self._others))]
        for literal, rule in zip(self._literals, self._others, strict=True):
            self._solver.add(*(self._z3.Implies(literal, bound) for demand in rule for bound in self._bounds(demand)))

    def _literal(self, demand: Demand) -> Any:
        """What stands for a demand where it is made."""
        literal = self._z3.FreshBool("besides", self._context)
        self._solver.add(*(self._z3.Implies(literal, bound) for bound in self._bounds(demand)))
        return literal

    def _term(self, form: Form) -> Any:
        """A sum by a name of its own, said in names of smaller sums: long sums of single numbers take very long."""
        if form not in self._terms:
            rest, terms = set(form), []
            for first in form:
                if first in rest:
                    smaller = (each for each in reversed(self._beginning.get(first, ())) if each[0] <= rest)
                    covered, term = next(smaller, (frozenset({first}), self._terms[first,]))
                    rest -= covered
                    terms.append(term)
            self._terms[form] = self._z3.Int(f"s{len(self._terms)}", self._context)
            self._solver.add(self._terms[form] == self._z3.Sum(terms))
            self._beginning.setdefault(form[0], []).append((frozenset(form), self._terms[form]))
        return self._terms[form]

    def _bounds(self, demand: Demand) -> list[Any]:
        """What a demand says of its sum."""
        interval = demand.interval
        if not demand.form:
            return [self._z3.BoolVal(0 in interval, self._context)]
        total = self._term(demand.form)
        least = [total >= interval.low] if interval.low > 0 else []
        return least if interval.high is None else [*least, total <= interval.high]
