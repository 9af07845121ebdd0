"""Sparklines: heights in proportion, and something where there is something."""

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.quantity import Interval
from sim.domain.vocabulary import Kind
from sim.posture.held import Group, Held
from sim.posture.series import Course
from sim.report.ink import uninked
from sim.report.page import table_page
from sim.report.sparkline import BARS, NOTHING, highest, sparkline
from sim.report.table import Style
from tests.report.asked import answer
from tests.story import deploy, scenario, unit

DAY = 1440


def held(strength: int) -> Held:
    return Held(strength, Interval(strength, strength), None)


def test_heights() -> None:
    """Each in proportion to the greatest, rounded up; a dot for none."""
    assert sparkline([0, 1, 25, 50, 75, 100, 0]) == ".▁▂▄▆▇."
    assert (sparkline([]), sparkline([0, 0])) == ("", "..")


@given(st.lists(st.integers(0, 10**12), max_size=40))
def test_what_is_more_is_no_lower(strengths: list[int]) -> None:
    """And nothing looks like something, or the other way about."""
    heights = (NOTHING + BARS).index
    drawn = sparkline(strengths)
    assert len(drawn) == len(strengths)
    for one, height in zip(strengths, drawn, strict=True):
        assert (one == 0) == (height == NOTHING)
        assert all(
            heights(height) >= heights(other) for more, other in zip(strengths, drawn, strict=True) if one >= more
        )


def test_in_the_posture() -> None:
    """Of the whole run, for every line but a total, as wide as there is room for, if that is wide enough."""
    orders = [deploy("go", DAY, "a", "b"), deploy("on", 3 * DAY, "c", transit=2 * DAY)]
    asked = answer(scenario([unit("a"), unit("b", "300"), unit("c", "about 400")], orders), 6 * DAY)
    wide, narrow = (
        uninked(table_page(asked, "posture", (), Style.TERMINAL, room)).splitlines()[-3:] for room in (70, 54)
    )
    assert wide == [
        "place              readiness  30 Jan 00:00  range    over time",
        "Poland             deployed           800!  760-840  ..▄▄▄▄▄▄▄▄▄▄▇▇▇▇▇",
        "all US named here                      800  760-840",
    ]
    assert narrow == table_page(asked, "posture", (), Style.PLAIN, 54).splitlines()[-3:]


def test_what_is_brief_is_seen() -> None:
    """Each bar is the most of its time, though that may be there for a minute."""
    course = Course(Group("US", Kind.TROOPS, False, ()), ((10, held(30)), (11, held(0)), (25, held(20))))
    assert highest(course, 39, 4) == [0, 30, 20, 20]
    assert highest(course, 39, 40) == [0] * 10 + [30] + [0] * 14 + [20] * 15


def test_not_of_snapshots_alone() -> None:
    """Where the snapshots were looked up, the entries before them are not at hand."""
    told = scenario([unit("a")])
    asked = answer(told, 0)
    looked_up = evolve(asked, taken=asked.snapshots)
    drawn = table_page(looked_up, "posture", (), Style.TERMINAL)
    assert uninked(drawn) == table_page(asked, "posture", (), Style.PLAIN)
