"""Distances: along the shortest line on the ellipsoid, between places with coordinates of their own."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.distance import UnlocatedError, kilometres
from sim.domain.place import Place

PLACES = {
    place.id: place
    for place in (
        Place("us", "United States", lat=39.0, lon=-98.0),
        Place("fort-bragg", "Fort Bragg", "us"),
        Place("pope", "Pope", "fort-bragg", lat=35.171, lon=-79.014),
        Place("dover", "Dover", lat=39.130, lon=-75.466),
        Place("rzeszow", "Rzeszów", lat=50.110, lon=22.019),
        Place("wiesbaden", "Wiesbaden", lat=50.050, lon=8.325),
        Place("ramstein", "Ramstein", lat=49.437, lon=7.600),
        Place("vilseck", "Vilseck", lat=49.633, lon=11.767),
        Place("mihail-kogalniceanu", "Mihail Kogălniceanu", lat=44.362, lon=28.488),
    )
}

KILOMETRES_A_NAUTICAL_MILE = 1.852
"""By definition: 1,852 metres (International Hydrographic Organization, 1929)."""


@pytest.mark.parametrize(
    ("origin", "destination", "published"),
    [
        ("pope", "rzeszow", 4204),
        ("pope", "wiesbaden", 3736),
        ("dover", "rzeszow", 3915),
        ("ramstein", "rzeszow", 560),
        ("vilseck", "mihail-kogalniceanu", 751),
    ],
)
def test_published_distances(origin: str, destination: str, published: int) -> None:
    """Figures worked out on a sphere lie below those of the ellipsoid, by less than half a percent on these ways."""
    distance = kilometres(PLACES, origin, destination) / KILOMETRES_A_NAUTICAL_MILE
    assert published < distance < published * 1.005


def test_the_length_of_a_known_line() -> None:
    """A quarter of a meridian and a degree of the equator, as WGS-84 has them, to the metre."""
    ends = [Place("pole", "", lat=90, lon=0), Place("null", "", lat=0, lon=0), Place("east", "", lat=0, lon=1)]
    places = {place.id: place for place in ends}
    assert kilometres(places, "null", "pole") == pytest.approx(10001.966, abs=0.001)
    assert kilometres(places, "null", "east") == pytest.approx(111.319, abs=0.001)


_degrees = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(_degrees, _degrees)
def test_there_and_back_are_as_far(one: tuple[float, float], other: tuple[float, float]) -> None:
    """Whichever way round, and never farther than half around the earth."""
    places = {name: Place(name, name, None, None, *at) for name, at in (("a", one), ("b", other))}
    found = kilometres(places, "a", "b")
    assert 0 <= found <= 20_004
    assert kilometres(places, "b", "a") == pytest.approx(found, abs=1e-6)


def test_a_place_does_not_lie_where_what_is_around_it_does() -> None:
    """Without coordinates of its own no distance to it is known, and the error names it; it survives pickling."""
    with pytest.raises(UnlocatedError, match="fort-bragg has no coordinates; give its lat and lon") as caught:
        kilometres(PLACES, "dover", "fort-bragg")
    assert caught.value.place == "fort-bragg"
    assert pickle.loads(pickle.dumps(caught.value)).place == "fort-bragg"
    with pytest.raises(UnlocatedError, match="unstated"):
        kilometres(PLACES, "unstated", "dover")


def test_no_way_at_all() -> None:
    """From a place to itself it is 0 kilometres, wherever it lies."""
    assert kilometres(PLACES, "fort-bragg", "fort-bragg") == 0
