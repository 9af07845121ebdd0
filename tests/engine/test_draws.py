"""Draws: a figure belongs to its name, and to nothing else."""

from itertools import pairwise
from statistics import NormalDist, fmean

from hypothesis import given
from hypothesis import strategies as st

from sim.domain.variate import Empirical, Fixed, Normal, Uniform
from sim.engine.draws import Medians, Sampled, whole

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


def test_whole_numbers() -> None:
    """The nearest, halves upward."""
    assert [whole(figure) for figure in (0, 0.4, 0.5, 1.49, 1.5, 2.5, 1e9 + 0.5)] == [0, 0, 1, 1, 2, 3, 10**9 + 1]
