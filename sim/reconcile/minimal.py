"""Minimal sets: the smallest choices for which something holds, where with more chosen it still holds."""

from bisect import insort
from collections.abc import Callable, Collection, Sequence
from heapq import heappop, heappush

from sim.reconcile.effort import NODE_COST, Effort, Extent, OutOfEffort

Chosen = tuple[int, ...]
"""Some of the numbers that can be chosen, in order."""


def minimal_sets(
    missing: Callable[[Chosen], Collection[int] | None], limit: int, effort: Effort
) -> tuple[list[Chosen], Extent]:
    """The sets for which something holds and for no smaller part of them: the smallest first, then in order of numbers.

    `missing` says of a set None where it holds; else numbers outside of it, one of which is in every larger set for
    which it holds. No more than `limit` are returned.

    This is the hitting-set tree of R. Reiter, "A theory of diagnosis from first principles", Artificial Intelligence 32
    (1987), taken in order of size. What it finds, and in which order, does not depend on which numbers `missing` names.
    """
    found: list[Chosen] = []
    known: list[tuple[int, Chosen]] = []  # what `missing` said, the shortest first
    waiting: list[tuple[int, Chosen]] = [(0, ())]
    seen: set[Chosen] = {()}
    try:
        while waiting:
            effort.spend(NODE_COST)
            chosen = frozenset(node := heappop(waiting)[1])
            if any(chosen.issuperset(each) for each in found):
                continue
            more = next((each for _, each in known if chosen.isdisjoint(each)), None)
            if more is None:
                said = missing(node)
                if said is None:
                    if len(found) == limit:
                        return found, Extent.LIMIT
                    found.append(node)
                    continue
                more = tuple(sorted(said))
                insort(known, (len(more), more))
            for each in more:
                larger = tuple(sorted((*node, each)))
                if larger not in seen:
                    seen.add(larger)
                    heappush(waiting, (len(larger), larger))
    except OutOfEffort:
        return found, Extent.EFFORT
    return found, Extent.ALL


def preferred(holds: Callable[[Sequence[int]], bool], choice: Sequence[int]) -> Chosen:
    """A minimal part of a choice for which something holds, with those in front rather than those behind.

    It must hold for all of the choice. Which part is found depends on what holds alone. This is U. Junker's
    QuickXplain, "Preferred explanations and relaxations for over-constrained problems", AAAI 2004.
    """
    if holds(()):
        return ()
    return tuple(sorted(_needed(holds, [], [], choice)))


def _needed(
    holds: Callable[[Sequence[int]], bool], given: Sequence[int], new: Sequence[int], choice: Sequence[int]
) -> Sequence[int]:
    """What of a choice is needed besides what is given; `new` is what was given last."""
    if new and holds(given):
        return ()
    if len(choice) == 1:
        return choice
    half = len(choice) // 2
    front, back = choice[:half], choice[half:]
    of_back = _needed(holds, [*given, *front], front, back)
    of_front = _needed(holds, [*given, *of_back], of_back, front)
    return [*of_front, *of_back]
