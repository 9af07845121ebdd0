"""The port behind which logs are stored."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Protocol

from sim.errors import LogError
from sim.eventlog.record import Record

DIFFERS = "another version of this program wrote it, or it was changed since; log elsewhere"
"""What to do where a stored run is not what the same run gives now."""


class Outcome(StrEnum):
    """What became of a run that was given to a store."""

    WRITTEN = "written"
    VERIFIED = "verified"
    COMPLETED = "completed"


class Store(Protocol):
    """Keeps the records of many runs as they are given. It verifies nothing: that is done once, above all stores."""

    @property
    def url(self) -> str:
        """The address that opens it."""
        ...

    def runs(self) -> list[str]:
        """The ids of the runs it holds, in the order in which they were begun.

        The id of a run of which not even the first record was stored whole may be cut short.
        """
        ...

    def read(self, run: str) -> Iterator[Record]:
        """The records of a run in order, as they are stored. Raises LogError where what is stored is no record."""
        ...

    def place(self, run: str, position: int) -> str:
        """Where a record stands or would stand, for messages."""
        ...

    def write(self, records: Iterator[Record]) -> Outcome:
        """Store the records of one run, at least one, as they come.

        A run that is there already is compared record by record: a finished one is thereby verified, an unfinished one
        completed. What is stored is never changed, and what was stored when `records` raises is kept. Raises LogError
        where what is stored differs, UsageError where it cannot be written.
        """
        ...


def another_record(place: str, position: int) -> LogError:
    """The error for a run of which a store holds something else in a position."""
    return LogError(f"{place}: position {position}: the log has another record here than this run gives", DIFFERS)
