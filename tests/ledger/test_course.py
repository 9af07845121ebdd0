"""Courses: what comes into selections and leaves them, and when what they hold is not what is expected."""

import pytest

from sim.domain.claim import Selector
from sim.domain.quantity import ZERO, Interval
from sim.domain.vocabulary import Readiness
from sim.engine import simulate
from sim.ledger import Book
from sim.ledger.course import Course, changes, first_minutes
from sim.ledger.selection import Selection
from tests.story import alert, deploy, part, recall, scenario, unit

# `a` goes to Poland at 100 and comes back at 500; half of `b` arrives there at 100, the other half at 200.
_BOOK = Book.replay(
    simulate(
        scenario(
            [unit("a", "about 10"), unit("b", "at least 20"), unit("c", "5")],
            [
                deploy("go", 40, "a"),
                recall("back", 440, "a"),
                deploy("by-halves", 40, "b", parts=[part(10, arrives=100), part(10, arrives=200)]),
                alert("up", 30, "c"),
            ],
        )
    )
)
_A, _B, _C = 0, 1, 2
_POLAND, _ALERTED = Selector(place=("pl",)), Selector(readiness=(Readiness.HEIGHTENED_ALERT,))


def _changed(*selectors: Selector) -> list[list[tuple[int, int, int]]]:
    return changes(_BOOK, [Selection(_BOOK, selector) for selector in selectors])


def test_changes() -> None:
    """What enters and what leaves, entry by entry; each selection by itself, however many there are."""
    in_poland = [(100, _A, 10), (100, _B, 10), (200, _B, 10), (440, _A, -10)]
    only_b = [(0, _B, 20), (40, _B, -10), (40, _B, -10), (100, _B, 10), (200, _B, 10)]
    nobody = Selector(place=("pl",), side=("RU",))
    there = Selector(units=("b",), place=("us", "pl"))
    assert _changed(_POLAND, there, _ALERTED, nobody) == [in_poland, only_b, [(30, _C, 5)], []]
    assert _changed() == []


def test_what_moves_within_is_no_change() -> None:
    """Wherever it is, it is somewhere."""
    assert _changed(Selector(), Selector(units=("a",))) == [[(0, _A, 10), (0, _B, 20), (0, _C, 5)], [(0, _A, 10)]]


@pytest.mark.parametrize(
    ("expected", "start", "outside"),
    [
        # nothing is there at first, and what is not there is no number but 0
        (Interval(0, 0), 0, [(100, Interval(19, None)), (200, Interval(29, None)), (440, Interval(20, None))]),
        (Interval(0, 20), 0, [(200, Interval(29, None))]),
        (Interval(1, None), 0, [(0, ZERO)]),
        (Interval(1, None), 99, [(99, ZERO)]),
        (Interval(1, None), 100, []),
        (Interval(1, 20), 0, [(0, ZERO), (200, Interval(29, None))]),
        # from a minute on: what is there then, and each change after it
        (Interval(25, None), 150, [(150, Interval(19, None)), (440, Interval(20, None))]),
        (Interval(25, None), 200, [(440, Interval(20, None))]),
        (Interval(0, 0), 9000, [(9000, Interval(20, None))]),
    ],
)
def test_outside(expected: Interval, start: int, outside: list[tuple[int, Interval]]) -> None:
    """When Poland holds something else than is expected: 20 from 100 on, 30 from 200 on, 20 from 440 on."""
    (changed,) = _changed(_POLAND)
    assert list(Course(_BOOK, changed).outside(expected, start)) == outside


def test_nothing_ever() -> None:
    """What nothing ever comes into holds nothing."""
    assert list(Course(_BOOK, []).outside(Interval(1, 5), 70)) == [(70, ZERO)]
    assert list(Course(_BOOK, []).outside(Interval(0, 5), 70)) == []
    assert first_minutes([]) == {}


def test_first_minutes() -> None:
    """The first minute at whose end a unit is there; what only passes through in a minute never was."""
    assert first_minutes(_changed(_POLAND)[0]) == {_A: 100, _B: 100}
    assert first_minutes([(5, _A, 10), (5, _A, -10), (7, _B, -3), (9, _B, 3), (9, _B, 1), (11, _A, 10)]) == {
        _B: 9,
        _A: 11,
    }
