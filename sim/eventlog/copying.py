"""Copying: records as PostgreSQL's COPY takes them in binary, in half the time that its library needs for rows."""

from collections.abc import Sequence
from functools import lru_cache
from struct import Struct

from sim.eventlog.record import Record

_BEGINNING = b"PGCOPY\n\xff\r\n\0" + bytes(8)  # and neither flags nor more of a header
_END = b"\xff\xff"

# Each field stands behind its length in bytes; a row begins with the number of its fields.
_numbers = Struct(">hiqiqiq").pack
_length = Struct(">i").pack
_HASH_LENGTH = _length(32)


def copied(number: int, records: Sequence[Record]) -> bytes:
    """The records of the run with this number, as rows for `sim_records`."""
    parts = [_BEGINNING]
    for _, position, minute, type_, payload, hash_ in records:
        parts += (
            _numbers(6, 8, number, 8, position, 8, minute),
            _text(type_),
            _length(len(payload)),
            payload,
            _HASH_LENGTH,
            hash_,
        )
    parts.append(_END)
    return b"".join(parts)


@lru_cache(maxsize=64)
def _text(text: str) -> bytes:
    data = text.encode()
    return _length(len(data)) + data
