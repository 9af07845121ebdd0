"""The page's own files, as they are built, and packed once for browsers that unpack them."""

import gzip
from functools import cache
from hashlib import sha256

from attrs import frozen

from sim.atlas.page import asset as text_of

_KINDS = {
    "page.css": "text/css",
    "page.js": "text/javascript",
    "world.json": "application/json",
    "LICENSES.txt": "text/plain",
}


@frozen
class Asset:
    """A file of the page's: its bytes, and packed; what it is; and what tells it from others of its name."""

    plain: bytes
    packed: bytes
    kind: str
    tag: str


@cache
def asset(name: str) -> Asset | None:
    """The file with this name; None where there is none."""
    if name not in _KINDS:
        return None
    plain = text_of(name).encode()
    return Asset(plain, gzip.compress(plain, mtime=0), _KINDS[name], f'"{sha256(plain).hexdigest()[:32]}"')
