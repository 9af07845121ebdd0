"""Travel: whole minutes on the way, with rests."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.calendar import MINUTES_A_DAY
from sim.domain.place import Place
from sim.domain.variate import Fixed, Uniform
from sim.engine.draws import Medians, Sampled
from sim.engine.travel import Travel, travel_minutes
from tests.engine.lifted import trucks


@pytest.mark.parametrize(
    ("distance", "speed", "hours", "minutes"),
    [
        (60, 60, None, 60),
        (16, 530, None, 2),
        (0.001, 900, None, 1),
        (600, 60, 10, 600),
        (601, 60, 10, 601 + 840),
        (1200, 60, 10, 1200 + 840),
        (1201, 60, 10, 1201 + 2 * 840),
        (1201, 60, 24, 1201),
        (1, 0, None, 60_000),
        (1, 60, 0, 1),
        (2, 60, 0, 1 + 1440),
    ],
)
def test_minutes_on_the_way(distance: float, speed: float, hours: float | None, minutes: int) -> None:
    """At least one; it rests after each day's hours, but not where it has arrived; and it never stands still."""
    assert travel_minutes(distance, speed, hours) == minutes


@given(st.floats(0.1, 20_000), st.floats(1, 1000), st.floats(0.1, 24))
def test_no_more_than_the_hours_of_a_day(distance: float, speed: float, hours: float) -> None:
    """However far it is, in no 24 hours from its start is more travelled than those hours."""
    moving, a_day = travel_minutes(distance, speed), max(1, int(hours * 60 + 0.5))
    days, left = divmod(travel_minutes(distance, speed, hours), MINUTES_A_DAY)
    assert days * a_day + left == moving
    assert left <= a_day


PLACES = {place.id: place for place in (Place("a", "A", lat=50, lon=8), Place("b", "B", lat=50, lon=9))}


def test_speeds_are_drawn_by_name() -> None:
    """A way of about 72 km, a third longer by road: each journey has a speed of its own where that varies."""
    known, unknown = trucks(base="a", speed=Fixed(60.0), detour=4 / 3), trucks(name="carts", speed=Uniform(30, 90))
    travel = Travel(PLACES, Sampled(1, 1))
    assert [travel.minutes(known, "a", "b", name) for name in "xy"] == [96, 96]
    drawn = [travel.minutes(unknown, "a", "b", name) for name in "xyx"]
    assert drawn[0] == drawn[2] != drawn[1]
    assert Travel(PLACES, Medians()).minutes(unknown, "a", "b") == 72
    assert travel.minutes(unknown, "b", "b") == 0
