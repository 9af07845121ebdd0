"""Records: the form in which a log keeps an event."""

from typing import NamedTuple


class Record(NamedTuple):
    """One event of a run as it is stored and hashed.

    `position` counts from 0 without gaps; `type` is the event's tag with its version, such as "unit-departed.1";
    `hash` is the 32 bytes of the chain up to and including this record. A tuple, because it is made in half the time of
    an attrs value and a database takes it as a row.
    """

    run: str
    position: int
    minute: int
    type: str
    payload: bytes
    hash: bytes
