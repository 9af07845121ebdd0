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
        _degrees(record, "lat", 90),
        _degrees(record, "lon", 180),
    )


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
