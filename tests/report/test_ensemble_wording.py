"""How chances, quantiles and durations of an ensemble are worded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.ensemble.chance import chance
from sim.ensemble.distribution import Bound
from sim.ensemble.question import Value
from sim.report.ensemble_wording import lasting, percent, shifted


@pytest.mark.parametrize(
    ("hits", "runs", "words"),
    [
        (0, 1000, "0 % (0-1)"),
        (1, 1000, "<1 % (0-1)"),
        (5, 1000, "<1 % (0-2)"),
        (120, 1000, "12 % (10-15)"),
        (302, 400, "76 % (71-80)"),
        (98, 400, "24 % (20-29)"),
        (999, 1000, ">99 % (99-100)"),
        (1000, 1000, "100 % (99-100)"),
    ],
)
def test_chances(hits: int, runs: int, words: str) -> None:
    assert percent(chance(hits, runs)) == words


@given(st.data(), st.integers(1, 3000))
def test_two_that_make_up_all(data: st.DataObject, runs: int) -> None:
    """In print, too, but where one of them is hardly ever so."""
    hits = data.draw(st.integers(0, runs))
    one, other = (percent(chance(each, runs)).partition(" ")[0] for each in (hits, runs - hits))
    if one.isdigit() and other.isdigit():
        assert int(one) + int(other) == 100
    else:
        assert {one, other} == {"<1", ">99"}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        *((-90, "1 h 30 min sooner"), (0, "as soon"), (1440, "1 day later")),
        *((None, "?"), (Bound.UNKNOWN, "?")),
    ],
)
def test_shifts(value: Value | Bound, words: str) -> None:
    assert shifted(value) == words


@pytest.mark.parametrize(("value", "words"), [(0, "0 min"), (61, "1 h 1 min"), (Bound.UNKNOWN, "?")])
def test_durations(value: Value | Bound, words: str) -> None:
    assert lasting(value) == words
