"""Travel: whole minutes on the way."""

import pytest

from sim.domain.place import Place
from sim.domain.variate import Fixed, Uniform
from sim.engine.draws import Medians, Sampled
from sim.engine.travel import Travel, travel_minutes
from tests.engine.lifted import trucks


@pytest.mark.parametrize(
    ("distance", "speed", "minutes"),
    [(60, 60, 60), (16, 530, 2), (0.001, 900, 1), (1, 0, 60_000)],
)
def test_minutes_on_the_way(distance: float, speed: float, minutes: int) -> None:
    """At least one; and it never stands still."""
    assert travel_minutes(distance, speed) == minutes


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
