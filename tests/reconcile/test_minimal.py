"""Minimal sets: all of them, the smallest first, whatever is said on the way; and preferred ones."""

from collections.abc import Callable, Collection, Sequence
from itertools import chain, combinations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from sim.reconcile.effort import NODE_COST, Effort, Extent
from sim.reconcile.minimal import Chosen, minimal_sets, preferred

MOST = 6

Family = list[frozenset[int]]
"""Something holds for a set that holds one of these."""

families = st.lists(st.frozensets(st.integers(0, MOST - 1)), max_size=6)


def every_set() -> list[Chosen]:
    """All sets of the numbers, the smallest first, then in order."""
    return list(chain.from_iterable(combinations(range(MOST), size) for size in range(MOST + 1)))


def holds_by(family: Family) -> Callable[[Collection[int]], bool]:
    return lambda chosen: any(each <= set(chosen) for each in family)


def minimal_by_trying(family: Family) -> list[Chosen]:
    holds = holds_by(family)
    return [
        chosen
        for chosen in every_set()
        if holds(chosen) and not any(holds(tuple(each for each in chosen if each != left)) for left in chosen)
    ]


def missing_by(family: Family, random: Random) -> Callable[[Chosen], Collection[int] | None]:
    """What a set lacks: the rest of some largest set that it can grow to and for which nothing holds, by chance."""
    holds = holds_by(family)

    def missing(chosen: Chosen) -> Collection[int] | None:
        if holds(chosen):
            return None
        grown = set(chosen)
        for number in random.sample(range(MOST), MOST):
            if not holds(grown | {number}):
                grown.add(number)
        return set(range(MOST)) - grown

    return missing


@given(families, st.randoms(use_true_random=False))
def test_all_of_them_in_order(family: Family, random: Random) -> None:
    """The smallest first, then in order of their numbers, however a set that lacks something is grown."""
    assert minimal_sets(missing_by(family, random), 1000, Effort()) == (minimal_by_trying(family), Extent.ALL)


@given(families, st.integers(1, 3), st.randoms(use_true_random=False))
def test_a_limit_cuts_behind_the_smallest(family: Family, limit: int, random: Random) -> None:
    """Those in front are found, and it is said whether there are more."""
    expected = minimal_by_trying(family)
    extent = Extent.LIMIT if len(expected) > limit else Extent.ALL
    assert minimal_sets(missing_by(family, random), limit, Effort()) == (expected[:limit], extent)


@given(families, st.integers(0, 40), st.randoms(use_true_random=False))
def test_what_is_found_before_the_effort_ends_is_right(family: Family, nodes: int, random: Random) -> None:
    """It is the beginning of all that there is."""
    found, extent = minimal_sets(missing_by(family, random), 1000, Effort(nodes * NODE_COST))
    expected = minimal_by_trying(family)
    assert found == expected[: len(found)]
    assert extent is Extent.EFFORT or found == expected


@given(families.filter(bool), st.permutations(range(MOST)))
def test_a_preferred_set_is_minimal(family: Family, order: Sequence[int]) -> None:
    """Nothing can be left out of it; and of two choices it takes the one that does without what stands behind."""
    holds = holds_by([*family, frozenset(range(MOST))])
    found = preferred(holds, order)
    assert holds(found)
    assert not any(holds(tuple(each for each in found if each != left)) for left in found)
    last = max((order.index(each) for each in found), default=-1)
    assert not any(holds(order[:shorter]) for shorter in range(last + 1))


def test_nothing_is_needed_for_what_always_holds() -> None:
    assert preferred(lambda chosen: True, range(5)) == ()
    assert minimal_sets(lambda chosen: None, 5, Effort()) == ([()], Extent.ALL)


def test_nothing_is_found_of_what_never_holds() -> None:
    assert minimal_sets(lambda chosen: (), 5, Effort()) == ([], Extent.ALL)
