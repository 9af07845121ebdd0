"""Travel: whole minutes on the way."""

import pytest

from sim.domain.event import UnitDeparted
from sim.domain.place import Place
from sim.domain.variate import Fixed, Uniform, Variate
from sim.engine.draws import Medians, Sampled
from sim.engine.travel import Travel, travel_minutes
from tests.engine.lifted import lifted, move, played, trucks
from tests.story import unit


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


class _Noted(Medians):
    """Central values, and what they were asked for."""

    def __init__(self) -> None:
        self.names: list[tuple[str | int, ...]] = []

    def draw(self, variate: Variate, *name: str | int) -> float:
        self.names.append(name)
        return super().draw(variate, *name)


def test_each_way_has_a_name_of_its_own() -> None:
    """There and back belong to the load and the stretch that a vehicle went with it, though the load is further on."""
    lift = [trucks(speed=Uniform(40, 80)), trucks(name="carts", base="there", speed=Uniform(40, 80))]
    order = move("go", 0, "a", route=("here", "there", "beyond"), lifts=("trucks", "carts"))
    draws = _Noted()
    played(lifted([unit("a", place="here")], [order], lift), draws)
    assert sorted(name[1:] for name in draws.names if name[0] == "speed") == [
        ("laden", "go", "a", 1, 0),
        ("laden", "go", "a", 1, 1),
        ("return", "go", "a", 1, 0),
        ("return", "go", "a", 1, 1),
    ]


@pytest.mark.parametrize("speed", [Fixed(60.0), Uniform(40, 80)])
def test_a_vehicle_is_back_after_its_way(speed: Variate) -> None:
    """Whether that is worked out once for all that are free at a place, or drawn for each."""
    orders = [move("go", 0, "a"), move("later", 90, "b")]
    told = lifted([unit("a", place="here"), unit("b", place="here")], orders, [trucks(speed=speed)])
    left = [event.at for event in played(told) if isinstance(event, UnitDeparted)]
    assert left == [10, 10 + 60 + 10 + 60 + 10]
