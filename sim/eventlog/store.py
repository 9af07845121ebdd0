"""The port behind which logs are stored."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Protocol

from attrs import frozen

from sim.errors import LogError
from sim.eventlog.record import Record

DIFFERS = "another version of this program wrote it, or it was changed since; log elsewhere"
"""What to do where a stored run is not what the same run gives now."""

Acknowledge = Callable[[int], None]
"""Told how many records of a run are safely stored, whenever there are more of them."""


class Outcome(StrEnum):
    """What became of a run that was given to a store."""

    WRITTEN = "written"
    VERIFIED = "verified"
    COMPLETED = "completed"


@frozen
class Stored:
    """What a store has of a run, as it stands there: nothing of it is verified.

    `first` and `last` are its first and last record, None where not even the first was stored whole. `program` is the
    version of this program that began to write it, None where the store does not keep it.
    """

    run: str
    first: Record | None
    last: Record | None
    program: str | None


class Store(Protocol):
    """Keeps the records of many runs as they are given. It verifies nothing: that is done once, above all stores."""

    @property
    def url(self) -> str:
        """The address that opens it, as it may be shown: a password is left out."""
        ...

    def runs(self) -> list[Stored]:
        """The runs it holds, in the order in which they were begun.

        The id of a run of which not even the first record was stored whole may be cut short.
        """
        ...

    def read(self, run: str, first: int = 0) -> Iterator[Record]:
        """The records of a run in order, from the position `first`, as they are stored.

        Raises LogError where what is stored is no record.
        """
        ...

    def place(self, run: str, position: int) -> str:
        """Where a record stands or would stand, for messages."""
        ...

    def write(self, records: Iterator[Record], program: str, acknowledge: Acknowledge) -> Outcome:
        """Store the records of one run, at least one, as they come.

        A run that is there already is compared record by record: a finished one is thereby verified, an unfinished one
        completed. What is stored is never changed, and what was stored when `records` raises is kept. Raises LogError
        where what is stored differs, UsageError where it cannot be written, as by another program writing this run.
        """
        ...


def another_record(place: str, position: int) -> LogError:
    """The error for a run of which a store holds something else in a position."""
    return LogError(f"{place}: position {position}: the log has another record here than this run gives", DIFFERS)
