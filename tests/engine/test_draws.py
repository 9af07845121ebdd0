"""Draws: a figure belongs to its name, and to nothing else."""

from collections import Counter
from itertools import pairwise
from math import ceil, floor
from statistics import NormalDist, fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.variate import Empirical, Fixed, Normal, Triangular, Uniform, Variate, median
from sim.engine.draws import Medians, Sampled, counted, whole

_names = st.lists(st.one_of(st.sampled_from("abc"), st.integers(0, 3)), min_size=1, max_size=3).map(tuple)


def test_a_plain_run_takes_central_values() -> None:
    """Whatever the name."""
    plain = Medians()
    assert [plain.draw(each, "x") for each in (Fixed(3), Uniform(8, 12), Empirical((1, 5, 6)))] == [3, 10, 5]


@given(st.integers(0, 2**64), st.integers(0, 10**6), _names, st.lists(_names))
def test_a_draw_belongs_to_its_name(
    seed: int, replication: int, name: tuple[str | int, ...], others: list[object]
) -> None:
    """The same name has the same share, however much else is drawn before."""
    first, later = Sampled(seed, replication), Sampled(seed, replication)
    for other in others:
        later.share(str(other))
    assert first.share(*name) == later.share(*name) == first.share(*name)
    assert 0 < first.share(*name) < 1


def test_the_shares_of_a_seed_stay_the_same() -> None:
    """From one version and one machine to the next: an ensemble can be repeated."""
    sampled = Sampled(0, 0)
    assert [sampled.share("notice", "go", "a"), Sampled(0, 1).share("notice", "go", "a")] == SHARES
    assert sampled.draw(Uniform(0, 10), "notice", "go", "a") == SHARES[0] * 10
    assert sampled.draw(Fixed(7), "notice", "go", "a") == 7


SHARES = [0.9876618482376834, 0.2763942585835911]


def test_other_names_replications_and_seeds_draw_otherwise() -> None:
    """No two of them have the same share; nor do names that read alike when joined."""
    shares = [Sampled(seed, replication).share(name) for seed in (1, 11) for replication in (1, 11) for name in "ab"]
    shares += [Sampled(1, 1).share("a", "b"), Sampled(1, 1).share("ab"), Sampled(1, 1).share("a", 1)]
    assert len(set(shares)) == len(shares)


def test_shares_are_even() -> None:
    """Of 4,000 shares the mean, and the mean of those that follow each other, lie within 4 standard errors."""
    shares = [Sampled(1, 1).share("x", number) for number in range(4000)]
    assert abs(fmean(shares) - 0.5) < 4 * (1 / 12 / len(shares)) ** 0.5
    pairs = [one * other for one, other in pairwise(shares)]
    assert abs(fmean(pairs) - 0.25) < 4 * (7 / 144 / len(pairs)) ** 0.5
    drawn = [Sampled(1, 1).draw(Normal(50, 10), "x", number) for number in range(4000)]
    assert abs(fmean(drawn) - 50) < 4 * 10 / len(drawn) ** 0.5
    assert NormalDist.from_samples(drawn).stdev < 10.5


@pytest.mark.parametrize(
    ("variate", "expected"),
    [
        (Uniform(1, 3), {1: 333, 2: 334, 3: 333}),
        (Uniform(0, 1), {0: 500, 1: 500}),
        (Uniform(2, 2), {2: 1000}),
        (Uniform(1.2, 1.8), {2: 1000}),
        (Uniform(1.5, 3.5), {2: 500, 3: 500}),
        (Triangular(1, 2, 3), {1: 222, 2: 556, 3: 222}),
        (Triangular(0, 0, 2), {0: 467, 1: 400, 2: 133}),
        (Empirical((2, 2, 5)), {2: 667, 5: 333}),
        (Normal(2, 0.5), {0: 1, 1: 158, 2: 682, 3: 158, 4: 1}),
    ],
)
def test_whole_things(variate: Variate, expected: dict[int, int]) -> None:
    """Each whole number from end to end has its part of the shares: of a thousand evenly apart, so many."""
    assert Counter(counted(variate, (number + 0.5) / 1000) for number in range(1000)) == expected


@given(st.tuples(*[st.integers(0, 40)] * 3).map(sorted), st.booleans())
def test_counting_moves_no_mean(ends: list[int], is_uniform: bool) -> None:
    """That of a uniform distribution not at all, that of a triangular one hardly; and nothing is beyond the ends."""
    low, mode, high = ends
    variate = Uniform(low, high) if is_uniform else Triangular(low, mode, high)
    mean = (low + high) / 2 if is_uniform else (low + mode + high) / 3
    drawn = [counted(variate, (number + 0.5) / 5000) for number in range(5000)]
    assert low <= min(drawn) <= max(drawn) <= high
    assert abs(fmean(drawn) - mean) < (0.01 if is_uniform else 0.03)


@given(st.floats(0, 40), st.floats(0, 3), st.floats(0, 1), st.floats(0, 1, exclude_min=True, exclude_max=True))
def test_nothing_is_counted_beyond_the_ends(low: float, width: float, share: float, drawn_at: float) -> None:
    """Of ends that are no whole numbers, only what lies between them; where none does, the nearest to the middle."""
    high = low + width
    for variate in (Uniform(low, high), Triangular(low, min(high, low + share * width), high)):
        drawn = counted(variate, drawn_at)
        assert low <= drawn <= high or (ceil(low) > floor(high) and drawn == whole(median(variate)))


def test_counts_are_drawn_whole() -> None:
    """What is certain, and what is central, is as it is told: for those who ask to make whole."""
    assert [Medians().count(each, "x") for each in (Fixed(2.5), Uniform(2, 3))] == [2.5, 2.5]
    assert Sampled(0, 0).count(Fixed(2.5), "x") == 2.5
    drawn = Counter(Sampled(0, number).count(Uniform(1, 3), "x") for number in range(3000))
    assert drawn.keys() == {1, 2, 3}
    assert all(abs(found - 1000) < 4 * (3000 * 2 / 9) ** 0.5 for found in drawn.values())


def test_whole_numbers() -> None:
    """The nearest, halves upward."""
    assert [whole(figure) for figure in (0, 0.4, 0.5, 1.49, 1.5, 2.5, 1e9 + 0.5)] == [0, 0, 1, 1, 2, 3, 10**9 + 1]
