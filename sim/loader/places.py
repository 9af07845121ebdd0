"""Places: reading one."""

import re

from sim.domain.place import UNSTATED, Place
from sim.loader.faults import BAD_DEGREES, DEGREES_OUT_OF_RANGE, HALF_COORDINATES, RESERVED_ID
from sim.loader.reader import Reader
from sim.loader.record import Record

_DEGREES = re.compile(r"-?\d{1,6}(?:\.\d{1,20})?", re.ASCII)


def read_place(reader: Reader, id: str, record: Record) -> Place:
    """A place; what it lies `within` may not have been read yet."""
    if id == UNSTATED:
        record.report(RESERVED_ID, id=id)
    for key, other in (("lat", "lon"), ("lon", "lat")):
        if record.has(key) and not record.has(other):
            record.report(HALF_COORDINATES, key, id=id, key=key, other=other)
    return Place(
        id,
        reader.text(record, "name", id),
        record.texts.get("within"),
        reader.text(record, "country") or None,
        *_coordinates(record),
    )


def _coordinates(record: Record) -> tuple[float | None, float | None]:
    """Latitude and longitude, both None where there are none.

    Where one is missing, or cannot be read, that is noted, and 0 stands for it: whoever asks for coordinates is not to
    find that there are none.
    """
    if not record.has("lat") and not record.has("lon"):
        return None, None
    lat, lon = _degrees(record, "lat", 90), _degrees(record, "lon", 180)
    return 0.0 if lat is None else lat, 0.0 if lon is None else lon


def _degrees(record: Record, key: str, most: int) -> float | None:
    text = record.texts.get(key)
    if text is None:
        return None
    if not _DEGREES.fullmatch(text):
        record.report(BAD_DEGREES, key, text=text)
        return None
    degrees = float(text)
    if abs(degrees) > most:
        record.report(DEGREES_OUT_OF_RANGE, key, key=key, most=most, text=text)
    return degrees
