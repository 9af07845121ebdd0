"""Parcels: a plan on its way to the workers of a cluster, and what they do with it."""

import pickle
import zlib
from hashlib import sha256
from threading import local

from attrs import frozen

from sim.ensemble.plan import Plan
from sim.ensemble.replication import Replications
from sim.ensemble.tally import Tally
from sim.version import __version__

_at_work = local()
"""In each thread of a worker: the replications of the plan that it played last, under the digest of that plan."""


@frozen
class Parcel:
    """A plan, packed, under its digest, with the version of the program that packed it."""

    digest: str
    packed: bytes
    program: str


class OtherVersion(Exception):
    """A worker has this other version of the program. Not one of our errors: those do not survive Dask's journey."""


def packed(plan: Plan) -> Parcel:
    """The parcel of a plan."""
    data = _squeezed(plan)
    return Parcel(sha256(data).hexdigest(), data, __version__)


def handed_on(parcel: Parcel) -> Parcel:
    """A task whose result is the parcel: workers fetch it from each other."""
    return parcel


def play(parcel: Parcel, first: int, last: int) -> bytes:
    """The task: play the replications from `first` on, up to but not including `last`; their tally, packed.

    So it takes a tenth of the room, and less, wherever it waits for others. Raises OtherVersion where this worker has
    one of the program that may come to something else: it came later.
    """
    if parcel.program != __version__:
        raise OtherVersion(__version__)
    if getattr(_at_work, "digest", None) != parcel.digest:
        _at_work.replications = Replications(pickle.loads(zlib.decompress(parcel.packed)))
        _at_work.digest = parcel.digest
    replications: Replications = _at_work.replications
    return _squeezed(replications.tally(range(first, last)))


def unpacked(data: bytes) -> Tally:
    """The tally that a worker packed."""
    tally: Tally = pickle.loads(zlib.decompress(data))
    return tally


def _squeezed(value: object) -> bytes:
    return zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
