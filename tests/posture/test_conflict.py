"""Conflicts: which answers to a question cannot both be true."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.claim import Claim, Closed, Count, Never, Noted, Selector, Separate, Test
from sim.domain.quantity import parse_quantity
from sim.posture.conflict import conflicts, expected_by
from tests.story import claim


def _says(*wordings: str) -> list[Claim]:
    """A claim in each wording, called by it."""
    return [claim(Count(Selector(), parse_quantity(wording), 0), wording) for wording in wordings]


def _told(claims: Iterable[Claim]) -> list[tuple[list[str], list[list[str]]]]:
    return [
        (
            [each.id for each in conflict.lower.claims],
            [[each.id for each in saying.claims] for saying in conflict.higher],
        )
        for conflict in conflicts(claims)
    ]


def test_what_can_all_be_true() -> None:
    """As long as each two have a number in common, nothing is in conflict."""
    assert _told(_says("3000", "about 3000", "thousands", "several thousand", "at least 3000", "up to 3000")) == []
    assert _told([]) == []


def test_what_cannot() -> None:
    """Each pair once, what says least first; those who say the same stand together."""
    claims = _says("3000", "more than 3000", "exactly 3000", "0", "about 1000")
    claims.append(claim(Never(Selector()), "none"))
    assert _told(claims) == [
        (["0", "none"], [["about 1000"], ["3000", "exactly 3000"], ["more than 3000"]]),
        (["about 1000"], [["3000", "exactly 3000"], ["more than 3000"]]),
        (["3000", "exactly 3000"], [["more than 3000"]]),
    ]


@pytest.mark.parametrize("test", [Separate(Selector(), Selector()), Closed(Selector(), 0), Noted("words")])
def test_what_is_not_about_how_many(test: Test) -> None:
    """They say yes, and nobody can say no."""
    assert expected_by(test) is None
    assert conflicts([claim(test, "one"), claim(test, "two")]) == ()


_WORDINGS = ("0", "7", "5 to 9", "over 12", "less than 6", "nearly 20", "at least 3", "up to 2", "about 15", "12")


@given(st.lists(st.sampled_from(_WORDINGS), unique=True))
def test_every_pair_and_no_other(wordings: list[str]) -> None:
    """Two are in conflict where no number fits both."""
    told = _told(_says(*wordings))
    pairs = [(low, high) for lows, sayings in told for low in lows for saying in sayings for high in saying]
    found = set(map(frozenset, pairs))
    assert len(found) == len(pairs)
    numbers = {wording: {n for n in range(100) if n in parse_quantity(wording).interval} for wording in wordings}
    assert found == {
        frozenset((one, other))
        for one in wordings
        for other in wordings
        if one != other and not numbers[one] & numbers[other]
    }
