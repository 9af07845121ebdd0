"""Distances: how far it is from one place to another over the ground, along the great circle."""

from collections.abc import Mapping

from sim.domain.place import Place


class UnlocatedError(ValueError):
    """A place of which it is not known where it lies. `place` is its id; the message says what to do."""

    def __init__(self, place: str) -> None:
        super().__init__(f"{place} has no coordinates; give its lat and lon, so that distances to it are known")
        self.place = place

    def __reduce__(self) -> tuple[type["UnlocatedError"], tuple[str]]:
        return UnlocatedError, (self.place,)


def location(places: Mapping[str, Place], place: str) -> tuple[float, float]:
    """The latitude and longitude of `place`, in degrees.

    They are its own: not those of what it lies within, which may be a country. Raises UnlocatedError where it has none.
    """
    at = places.get(place)
    if at is None or at.lat is None or at.lon is None:
        raise UnlocatedError(place)
    return at.lat, at.lon


def kilometres(places: Mapping[str, Place], origin: str, destination: str) -> float:
    """The length of the shortest line between two places on the WGS-84 ellipsoid; 0 from a place to itself.

    Raises UnlocatedError for places, if they are two, without coordinates of their own.
    """
    if origin == destination:
        return 0.0
    start, end = location(places, origin), location(places, destination)
    from geographiclib.geodesic import Geodesic  # here, because only scenarios with lift need it

    metres: float = Geodesic.WGS84.Inverse(*start, *end, Geodesic.DISTANCE)["s12"]
    return metres / 1000
