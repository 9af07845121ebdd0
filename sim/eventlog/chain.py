"""The hash chain: each record's hash covers the record and, through the hash before it, all that came earlier.

What is hashed has one reading only: every field is preceded by its length in bytes, numbers are ASCII decimals.
"""

from functools import lru_cache
from hashlib import sha256
from struct import Struct

GENESIS = bytes(32)
"""What stands before the first hash."""

_DOMAIN = b"sim-log-1"
_length = Struct(">Q").pack

_LENGTHS = [_length(length) for length in range(32)]
"""The lengths that numbers have, ready made."""


def link(previous: bytes, position: int, minute: int, type: str, payload: bytes) -> bytes:
    """The hash of a record that follows the one with the hash `previous`."""
    place = b"%d" % position
    parts = (
        _DOMAIN,
        previous,
        _LENGTHS[len(place)],
        place,
        _moment(minute, type),
        _length(len(payload)),
        payload,
    )
    return sha256(b"".join(parts)).digest()


def run_id(fingerprint: str, seed: int, rules: int) -> str:
    """The id of the run that a scenario, a seed and a version of the rules make: 16 hex digits."""
    return sha256(_framed(fingerprint) + _framed(str(seed)) + _framed(str(rules))).hexdigest()[:16]


@lru_cache(maxsize=256)
def _moment(minute: int, type: str) -> bytes:
    """Minute and type as they are hashed: most records share them with the one before."""
    return _framed(str(minute)) + _framed(type)


def _framed(text: str) -> bytes:
    data = text.encode()
    return _length(len(data)) + data
