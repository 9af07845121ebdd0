"""The port behind which logs are stored."""

from collections.abc import Callable, Generator, Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from attrs import frozen

from sim.errors import LogError, UsageError
from sim.eventlog.record import Record

if TYPE_CHECKING:
    from sim.eventlog.trial import TrialBalance

DIFFERS = "another version of this program wrote it, or it was changed since; log elsewhere"
"""What to do where a stored run is not what the same run gives now."""

Acknowledge = Callable[[Record], None]
"""Told a record of which it is certain that it, and all before it, are safely stored: again and again as more are."""


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


class BalanceStore(Protocol):
    """Keeps trial balances beside runs, as they are given."""

    def keep(self, run: str, balances: Iterable["TrialBalance"]) -> None:
        """Store trial balances of a run, all of them or none; those that are there already stay."""
        ...

    def last(self, run: str, minute: int | None = None) -> "TrialBalance | None":
        """The last one of a run, of those up to and including `minute`."""
        ...

    def all(self, run: str) -> "Iterator[TrialBalance]":
        """Those of a run, in order."""
        ...


class Store(Protocol):
    """Keeps the records of many runs as they are given. It verifies nothing: that is done once, above all stores.

    Every method raises UsageError where the system refuses, and LogError where what is stored is no log.
    """

    @property
    def url(self) -> str:
        """The address that opens it, as it may be shown: a password is left out."""
        ...

    @property
    def balances(self) -> BalanceStore | None:
        """Where it keeps trial balances; None where it keeps none."""
        ...

    def run_ids(self) -> list[str]:
        """The runs it holds, in the order in which they were begun.

        The id of a run of which not even the first record was stored whole may be cut short.
        """
        ...

    def stored(self, run: str | None = None) -> list[Stored]:
        """What it has of `run`, or of every run, in the order in which they were begun."""
        ...

    def read(self, run: str, first: int = 0) -> Generator[Record]:
        """The records of a run in order, from the position `first`, as they are stored.

        Who does not read to the end closes it: till then the log is open.
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


def being_written(run: str, url: str) -> UsageError:
    """The error for a run that another program is writing to the same log."""
    return UsageError(
        f"another program is writing the run {run} to the log {url}",
        "wait until it is done, then run it again to verify it; or log elsewhere",
    )
