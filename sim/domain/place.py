"""Places, and what lies within what."""

from collections.abc import Mapping

from attrs import frozen

UNSTATED = "unstated"
"""The place that is built in: where no report says where."""

NOT_STATED = "not stated"
"""What readers call it."""


@frozen
class Place:
    """A place by id. `within` names the place around it; `country` is None where it takes that of `within`.

    `lat` and `lon` are degrees, -90 to 90 and -180 to 180 (WGS-84); both or neither are known.
    """

    id: str
    name: str
    within: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None


def chain(places: Mapping[str, Place], place: str) -> tuple[str, ...]:
    """`place` and everything it lies within, innermost first. `unstated` lies in nothing."""
    found = [place]
    while (at := places.get(found[-1])) is not None and at.within is not None and at.within not in found:
        found.append(at.within)
    return tuple(found)


def country_of(places: Mapping[str, Place], place: str) -> str | None:
    """The country of `place`: its own, or the nearest around it that has one; None where none is known."""
    for step in chain(places, place):
        if (at := places.get(step)) is not None and at.country is not None:
            return at.country
    return None


def name_of(places: Mapping[str, Place], place: str) -> str:
    """What readers call `place`."""
    return places[place].name if place in places else NOT_STATED
