"""Places: what lies within what, and in which country."""

import pytest

from sim.domain.place import UNSTATED, Place, chain, country_of, name_of

PLACES = {
    place.id: place
    for place in (
        Place("us", "United States", None, "US"),
        Place("nc", "North Carolina", "us"),
        Place("bragg", "Fort Bragg", "nc"),
        Place("embassy", "Embassy", "bragg", "PL"),
        Place("sea", "At sea"),
        Place("one", "One", "two"),
        Place("two", "Two", "one"),
    )
}


@pytest.mark.parametrize(
    ("place", "around", "country", "name"),
    [
        ("us", ("us",), "US", "United States"),
        ("bragg", ("bragg", "nc", "us"), "US", "Fort Bragg"),
        ("embassy", ("embassy", "bragg", "nc", "us"), "PL", "Embassy"),
        ("sea", ("sea",), None, "At sea"),
        ("one", ("one", "two"), None, "One"),
        (UNSTATED, (UNSTATED,), None, "not stated"),
    ],
)
def test_places(place: str, around: tuple[str, ...], country: str | None, name: str) -> None:
    """A place lies in all that lies around it; the nearest country counts; a circle, which does not load, ends."""
    assert chain(PLACES, place) == around
    assert country_of(PLACES, place) == country
    assert name_of(PLACES, place) == name
