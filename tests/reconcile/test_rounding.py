"""Rounding: what a round figure may stand for, and which contradictions that explains."""

from itertools import product

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.claim import Count
from sim.domain.quantity import Interval, Quantity, parse_quantity
from sim.domain.scenario import Scenario
from sim.engine import simulate
from sim.ledger import Book
from sim.reconcile import reconcile
from sim.reconcile.cluster import Together
from sim.reconcile.contradiction import Contradiction
from sim.reconcile.rounding import AS_REPORTED, AS_ROUND, joined, read, rounded, roundness
from tests.reconcile import oracle
from tests.reconcile.puzzle import round_puzzles
from tests.strategies import quantities


@pytest.mark.parametrize(
    ("wording", "nearest", "low", "high"),
    [
        ("3000", 1, 3000, 3000),
        ("3000", 10, 2995, 3004),
        ("3000", 100, 2950, 3049),
        ("3000", 1000, 2500, 3499),
        ("3000", 10_000, 2500, 3499),  # its zeros suggest no more than that
        ("1,700", 1000, 1650, 1749),
        ("160", 10, 155, 164),
        ("64", 1000, 64, 64),
        ("0", 1000, 0, 0),
        ("about 3000", 1000, 2500, 3499),
        ("about 1700", 1000, 1530, 1870),  # its own range is the wider
        ("~20", 10, 15, 24),
        ("exactly 3000", 1000, 3000, 3000),
        ("Exactly 3000", 1000, 3000, 3000),
        ("more than 3000", 1000, 3001, None),
        ("at least 3000", 1000, 3000, None),
        ("up to 3000", 1000, 0, 3000),
        ("less than 3000", 1000, 0, 2999),
        ("nearly 3000", 1000, 2700, 2999),
        ("2000 to 3000", 1000, 2000, 3000),
        ("thousands", 1000, 2000, 9999),
    ],
)
def test_what_a_figure_may_stand_for(wording: str, nearest: int, low: int, high: int | None) -> None:
    """A round one for what is rounded to it, halves up; bounds, ranges and words for no more than they say."""
    assert read(parse_quantity(wording), nearest) == Interval(low, high)


@given(quantities(), st.sampled_from([1, 10, 1000, AS_ROUND]))
def test_rounding_takes_nothing_away(quantity: Quantity, nearest: int) -> None:
    """What a wording allows it still allows; as reported, it allows nothing else; and more the more is rounded."""
    as_reported, reading = read(quantity, AS_REPORTED), read(quantity, nearest)
    assert as_reported == quantity.interval
    assert joined(reading, quantity.interval) == reading
    assert joined(reading, read(quantity, nearest * 10)) == read(quantity, nearest * 10)


@given(st.integers(0, 10**6), st.integers(0, 7))
def test_a_number_stands_for_what_is_rounded_to_it(number: int, digits: int) -> None:
    """The ends round to it, and what lies beyond them does not."""
    power: int = min(10**digits, roundness(number))
    interval = rounded(number, 10**digits)
    assert interval.high is not None

    def rounds(other: int) -> int:
        return (2 * other + power) // (2 * power) * power

    assert rounds(interval.low) == rounds(interval.high) == number
    assert rounds(interval.low - 1) < number < rounds(interval.high + 1)


@pytest.mark.parametrize(
    ("number", "power"), [(0, 1), (7, 1), (10, 10), (8500, 100), (10**12 - 10, 10), (10**6, 10**6)]
)
def test_how_round_a_number_is(number: int, power: int) -> None:
    assert roundness(number) == power


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ((1, 2), (5, 9), (1, 9)),
        ((1, None), (0, 3), (0, None)),
        ((4, 5), (1, None), (1, None)),
        ((2, 3), (1, 5), (1, 5)),
    ],
)
def test_joined(one: tuple[int, int | None], other: tuple[int, int | None], both: tuple[int, int | None]) -> None:
    assert joined(Interval(*one), Interval(*other)) == Interval(*both)


def as_rounded(told: Scenario, nearest: int) -> Scenario:
    """The scenario where each round figure is written as the range that it is read as."""

    def loosened(quantity: Quantity) -> Quantity:
        number = quantity.nominal
        bare = quantity.wording.removeprefix("about ")
        if number is None or bare != str(number):
            return quantity
        rounds_to_it = [
            other
            for power in (10, 100)
            if power <= nearest and number % power == 0
            for other in range(2 * number + 1)
            if (2 * other + power) // (2 * power) * power == number
        ]
        low, high = min([quantity.low, *rounds_to_it]), max([quantity.high or 0, *rounds_to_it])
        return Quantity(Interval(low, high), number, quantity.wording)

    claims = []
    for claim in told.claims.values():
        assert isinstance(claim.test, Count)
        claims.append(evolve(claim, test=evolve(claim.test, expected=loosened(claim.test.expected))))
    units = [evolve(unit, reported=loosened(unit.reported)) for unit in told.units.values()]
    return evolve(told, units=units, claims=claims)


def clashes(told: Scenario) -> set[frozenset[str]]:
    """The smallest sets of its claims that cannot be true together, found by trying everything."""
    book = Book.replay(simulate(told))
    true = oracle.truths(book, oracle.worlds(book), oracle.tested(book))
    return oracle.smallest_clashes(list(told.claims), true)


def claims_of(contradiction: Contradiction) -> set[frozenset[str]]:
    each = [[claim.id for claim in statement.claims] for statement in contradiction.statements]
    return {frozenset(some) for some in product(*each)}


@given(round_puzzles())
def test_what_rounding_explains(puzzle: Scenario) -> None:
    """Real is what no rounding explains, with every round figure read as rounded; of the rest, the least it takes."""
    found = reconcile(Book.replay(simulate(puzzle))).contradictions
    exact, by_ten, by_hundred = clashes(puzzle), clashes(as_rounded(puzzle, 10)), clashes(as_rounded(puzzle, 100))
    assert {some for each in found.found for some in claims_of(each)} == exact
    assert {some for each in found.real for some in claims_of(each)} == by_hundred
    assert found.as_round is (Together.IMPOSSIBLE if by_hundred else Together.POSSIBLE)
    for each in found.rounding:
        for some in claims_of(each):
            still_by_ten = any(real <= some for real in by_ten)
            assert each.rounded_to == (100 if still_by_ten else 10)
    sizes = [len(each.statements) for each in found.real]
    assert sizes == sorted(sizes)
