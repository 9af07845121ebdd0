"""Contradictions: the smallest sets of statements that cannot all be true together."""

from collections.abc import Iterable, Sequence
from contextlib import suppress

from attrs import frozen

from sim.reconcile.cluster import Cluster, Together, all_together
from sim.reconcile.effort import Effort, Extent, OutOfEffort, least_of
from sim.reconcile.figure import Figure
from sim.reconcile.form import Rule, unknowns_in
from sim.reconcile.minimal import Chosen, minimal_sets, preferred
from sim.reconcile.rounding import AS_REPORTED, AS_ROUND
from sim.reconcile.statement import Statement
from sim.reconcile.system import System


@frozen
class Contradiction:
    """Statements that cannot all be true, though any of them could be left out and the others be true together.

    `numbers` say which they are of all statements. `figures` are those of the reported strengths that it takes for the
    contradiction, none of which could be left out either: there may be other such choices. `rounded_to` is the power of
    ten for which there is no contradiction if round figures were rounded to the nearest such; None where rounding does
    not explain it.
    """

    numbers: Chosen
    statements: tuple[Statement, ...]
    figures: tuple[Figure, ...]
    rounded_to: int | None


@frozen
class Contradictions:
    """What was found, the smallest first and then in order of the statements; `extent` says whether that is all.

    `beneath` are those that come to light when round figures are read as rounded: each holds a smaller one that this
    explains, and is itself not explained by it. `as_round` says whether all can be true when they are read so.
    """

    found: tuple[Contradiction, ...]
    beneath: tuple[Contradiction, ...]
    extent: Extent
    as_round: Together

    @property
    def real(self) -> tuple[Contradiction, ...]:
        """Those that rounding does not explain."""
        real = [*(each for each in self.found if each.rounded_to is None), *self.beneath]
        return tuple(sorted(real, key=lambda each: (len(each.numbers), each.numbers)))

    @property
    def rounding(self) -> tuple[Contradiction, ...]:
        """Those that it does."""
        return tuple(each for each in self.found if each.rounded_to is not None)


def contradictions(
    system: System, statements: Sequence[Statement], doubtful: Sequence[Cluster], limit: int
) -> Contradictions:
    """The contradictions in clusters of statements: `limit` of them at most, and of those beneath."""
    found, extent = _smallest(doubtful, limit)
    decided = [(each, each.together()) for each in (cluster.rounded() for cluster in doubtful)]
    still, extent_as_round = _smallest([each for each, state in decided if state is not Together.POSSIBLE], limit)
    known = set(found)
    return Contradictions(
        tuple(_told(system, [statements[number] for number in chosen], chosen) for chosen in found),
        tuple(_beneath(system, [statements[number] for number in each], each) for each in still if each not in known),
        least_of((extent, extent_as_round)),
        all_together((state for _, state in decided), clash=bool(still)),
    )


def _smallest(doubtful: Iterable[Cluster], limit: int) -> tuple[list[Chosen], Extent]:
    """The smallest sets of statements that clash, and whether that is all of them."""
    found: list[Chosen] = []
    extents = [Extent.ALL]
    for cluster in doubtful:
        cluster.renew()
        minimal, extent = minimal_sets(cluster.without, limit, Effort(cluster.share))
        found += minimal or _any(cluster)
        extents.append(extent)
    if len(found) > limit:
        extents.append(Extent.LIMIT)
    return sorted(found, key=lambda chosen: (len(chosen), chosen))[:limit], least_of(extents)


def _any(cluster: Cluster) -> list[Chosen]:
    """One contradiction, where it was too much to find the smallest; none where that is too much as well."""
    cluster.renew()
    try:
        return [preferred(cluster.clashes, cluster.numbers)] if cluster.clashes(cluster.numbers) else []
    except OutOfEffort:
        return []


def _told(system: System, statements: Sequence[Statement], chosen: Chosen) -> Contradiction:
    figures = _figures_needed(system, statements, AS_REPORTED)
    return Contradiction(chosen, tuple(statements), figures, _rounded_to(system, statements))


def _beneath(system: System, statements: Sequence[Statement], chosen: Chosen) -> Contradiction:
    return Contradiction(chosen, tuple(statements), _figures_needed(system, statements, AS_ROUND), None)


def _figures_needed(system: System, statements: Sequence[Statement], nearest: int) -> tuple[Figure, ...]:
    """The figures without which there is no contradiction; all there are, where too much had to be tried.

    What lift has where it is claimed to be says more than its unit and what lift has elsewhere.
    """
    unknowns = _unknowns(system, statements)
    rules = system.figure_rules(unknowns, nearest)
    solver = system.solver([statement.rule(nearest) for statement in statements], rules, Effort())
    claimed = unknowns_in([statement.rule(nearest) for statement in statements])
    by_lift = {unknown for unknown in claimed if system.figures[unknown].held is not None}
    needed: Sequence[int] = sorted(range(len(rules)), key=lambda place: unknowns[place] not in by_lift)
    with suppress(OutOfEffort):
        needed = preferred(lambda chosen: not solver.possible(chosen), needed)
    return tuple(system.figures[unknowns[place]] for place in needed)


def _rounded_to(system: System, statements: Sequence[Statement]) -> int | None:
    """The least power of ten to which round figures must have been rounded for statements to be true together."""
    unknowns = _unknowns(system, statements)
    nearest, rules = AS_REPORTED, _rules(system, statements, unknowns, AS_REPORTED)
    as_round = _rules(system, statements, unknowns, AS_ROUND)
    while rules != as_round:
        nearest *= 10
        before, rules = rules, _rules(system, statements, unknowns, nearest)
        try:
            if rules != before and system.solver(rules, (), Effort()).possible():
                return nearest
        except OutOfEffort:
            return None
    return None


def _unknowns(system: System, statements: Iterable[Statement]) -> list[int]:
    return system.around(unknowns_in(statement.demands for statement in statements))


def _rules(system: System, statements: Sequence[Statement], unknowns: Sequence[int], nearest: int) -> list[Rule]:
    """What is demanded and what is reported, where round figures were rounded to the `nearest` power of ten."""
    return [*(statement.rule(nearest) for statement in statements), *system.figure_rules(unknowns, nearest)]
