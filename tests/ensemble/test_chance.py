"""Wilson's interval, against what defines it."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.ensemble.chance import DEVIATIONS, chance


def _just_rejected(hits: int, runs: int, inside: float, outside: float) -> float:
    """By bisection: the chance nearest to what was seen from which that is 1.96 of its own deviations away."""
    share = hits / runs
    for _ in range(200):
        middle = (inside + outside) / 2
        if abs(share - middle) <= DEVIATIONS * sqrt(middle * (1 - middle) / runs):
            inside = middle
        else:
            outside = middle
    return inside


@given(st.data(), st.integers(1, 5000))
def test_it_holds_the_chances_that_do_not_rule_out_what_was_seen(data: st.DataObject, runs: int) -> None:
    hits = data.draw(st.integers(0, runs))
    found = chance(hits, runs)
    assert found.low == pytest.approx(_just_rejected(hits, runs, hits / runs, 0.0), abs=1e-9)
    assert found.high == pytest.approx(_just_rejected(hits, runs, hits / runs, 1.0), abs=1e-9)
    assert 0 <= found.low <= found.share <= found.high <= 1


def test_none_and_all() -> None:
    """What was never so has a chance from 0 on, but not of 0; what was always so likewise."""
    assert (chance(0, 100).low, round(chance(0, 100).high, 4)) == (0, 0.037)
    assert (round(chance(100, 100).low, 4), chance(100, 100).high) == (0.963, 1)


def test_a_known_one() -> None:
    """81 of 263 is the example in R. G. Newcombe, Statistics in Medicine 17 (1998), 857-872: 0.2553 to 0.3662."""
    found = chance(81, 263)
    assert (round(found.low, 4), round(found.high, 4)) == (0.2553, 0.3662)
