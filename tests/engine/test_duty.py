"""Duty: vehicles rest after so much travel, over all of their journeys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.calendar import MINUTES_A_DAY
from sim.domain.variate import Fixed
from sim.engine.duty import RESTED, Duty
from tests.engine.lifted import change, lifted, move, tale, trucks
from tests.story import cancel, unit


@pytest.mark.parametrize(
    ("moving", "hours", "minutes"),
    [
        (600, 10, 600),
        (601, 10, 601 + 840),
        (1200, 10, 1200 + 840),
        (1201, 10, 1201 + 2 * 840),
        (1, 0, 1),
        (2, 0, 1 + 1440),
    ],
)
def test_one_long_way(moving: int, hours: float, minutes: int) -> None:
    """It rests after each day's hours, but not where it has come; and it moves a minute a day at least."""
    duty = Duty.of(hours)
    assert duty is not None
    assert duty.travel(RESTED, 5, moving)[0] == 5 + minutes


def test_all_of_the_day() -> None:
    """Then nobody rests."""
    assert Duty.of(24) is Duty.of(23.999) is None


@given(st.floats(0.1, 23.9), st.lists(st.tuples(st.integers(1, 3000), st.integers(0, 2000)), max_size=8))
def test_no_more_than_the_hours_between_rests(hours: float, journeys: list[tuple[int, int]]) -> None:
    """Minute by minute: between two rests it travels for no more than its hours, and comes no later than it must."""
    duty = Duty.of(hours)
    assert duty is not None
    assert duty.travels + duty.rests == MINUTES_A_DAY
    stint, now, driven, stood = RESTED, 0, 0, 0
    for moving, stands in journeys:
        there, travelled = stint = duty.travel(stint, now, moving)
        left = moving
        while left:
            if stood >= duty.rests:
                driven = 0
            if driven < duty.travels:
                driven, left, stood = driven + 1, left - 1, 0
            else:
                stood += 1
            now += 1
        assert stint == (now, driven)
        now += stands
        stood = stands
        assert duty.fit(stint, now) == (max(now, there + duty.rests) if travelled == duty.travels else now)


def two_loads(hours: float, ground: float) -> list[str]:
    """What one truck of so many hours a day does with two loads, an hour away."""
    units, orders = [unit("a", "200", place="here")], [move("go", 0, "a")]
    return tale(lifted(units, orders, [trucks(hours=hours, ground=Fixed(ground))]))


def test_the_way_back_counts() -> None:
    """An hour a day: it rests for 23 hours where it has come, drives back, and rests again before it is loaded."""
    assert two_loads(1, 0)[2:] == [
        "   0 a, 100, leaves here for there (go, was in garrison, assumed)",
        "  60 a, 100, arrives at there (go, deployed, assumed)",
        "2880 a, load 2, waited 2880 at here: vehicle (go)",
        "2880 a, 100, leaves here for there (go, was in garrison, assumed)",
        "2940 a, 100, arrives at there (go, deployed, assumed)",
        "2940 a has closed at there (go)",
    ]


def test_it_rests_on_the_way() -> None:
    """Of 90 minutes a day it has 30 left for the way back, rests half way, and then has 60 for the second load."""
    assert two_loads(1.5, 0)[4:] == [
        "1470 a, load 2, waited 1470 at here: vehicle (go)",
        "1470 a, 100, leaves here for there (go, was in garrison, assumed)",
        "1530 a, 100, arrives at there (go, deployed, assumed)",
        "1530 a has closed at there (go)",
    ]


def test_standing_for_as_long_is_a_rest() -> None:
    """It is unloaded for 23 hours: with an hour a day it has rested by then, but not by when it is back."""
    assert [line for line in two_loads(1, 1380) if "leaves" in line] == [
        "1380 a, 100, leaves here for there (go, was in garrison, assumed)",
        "5640 a, 100, leaves here for there (go, was in garrison, assumed)",
    ]
    assert two_loads(2, 1320) == two_loads(24, 1320)


def test_what_turns_back_has_travelled() -> None:
    """A truck that comes for what was cancelled has its hours behind it, and rests before it loads what is there."""
    units = [unit("a", place="there"), unit("b", place="there")]
    orders = [
        move("go", 0, "a", route=("there", "beyond")),
        cancel("off", 30, "go"),
        move("then", 30, "b", route=("there", "beyond")),
    ]
    told = lifted(units, orders, [trucks(hours=1)])
    assert [line for line in tale(told) if " b" in line and "ready" not in line] == [
        "1450 b, load 1, waited 1410 at there: vehicle (then)",
        "1450 b, 100, leaves there for beyond (then, was in garrison, assumed)",
        "1520 b, 100, arrives at beyond (then, deployed, assumed)",
        "1520 b has closed at beyond (then)",
    ]


def test_which_goes_first_from_the_base() -> None:
    """What has stood there longest, and of what is too many that goes first; but before it what never left."""
    units = [unit(name, place="here") for name in "abc"]
    orders = [move("go-a", 0, "a"), move("go-b", 30, "b"), move("go-c", 2880, "c")]
    fewer, more = change(1, 2870, 1, lift="trucks"), change(2, 2875, 2, lift="trucks")
    for capacity, leaves in (((), 2900), ((fewer,), 2930), ((fewer, more), 2890)):
        told = lifted(units, orders, [trucks(2, hours=1)], capacity=capacity)
        assert f"{leaves} c, 100, leaves here for there (go-c, was in garrison, assumed)" in tale(told)
