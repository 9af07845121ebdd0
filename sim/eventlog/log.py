"""The log: runs recorded, listed and read back, whichever store keeps them."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from attrs import frozen

from sim.domain.event import Event
from sim.errors import LogError
from sim.eventlog.record import Record
from sim.eventlog.recorder import Recorder
from sim.eventlog.store import Outcome, Store
from sim.ledger import Book

if TYPE_CHECKING:
    from sim.eventlog.reader import Reader


@frozen
class Written:
    """What became of a run: `count` records in the log, the last with the hash `head`, in hex."""

    run: str
    outcome: Outcome
    count: int
    head: str


@frozen
class RunInfo:
    """A run in a log. `title` and `seed` are empty and None where not even the first record was stored whole."""

    run: str
    title: str
    seed: int | None
    count: int
    head: str
    finished: bool


class EventLog:
    """A log at an address. Whatever is read from it is verified on the way.

    Where `run` is not given, the run that was begun last is meant.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def url(self) -> str:
        return self._store.url

    def record(self, events: Iterable[Event]) -> Written:
        """Store the events of a run as they come.

        A run that the log holds is compared instead: a finished one is thereby verified, an unfinished one completed.
        Raises LogError where what is stored differs or is no log, UsageError where it cannot be written; nothing that
        is stored is ever changed.
        """
        recorder = Recorder()
        outcome = self._store.write(recorder.records(events))
        return Written(recorder.run, outcome, recorder.count, recorder.head.hex())

    def runs(self) -> list[RunInfo]:
        """The runs in the log, each verified as far as it goes, in the order in which they were begun."""
        return [_info(self._reader(run)) for run in self._store.runs()]

    def run_ids(self) -> list[str]:
        """The ids of the runs in the log, in the order in which they were begun; nothing is verified."""
        return self._store.runs()

    def records(self, run: str | None = None) -> Iterator[Record]:
        """The records of a finished run.

        Raises LogError at the first that does not verify, or, after the last, where the run is unfinished.
        """
        return self._reader(self._chosen(run)).whole()

    def events(self, run: str | None = None) -> Iterator[Event]:
        """The events of a finished run. Raises LogError as `records` does, and for an event that cannot be read."""
        return self._reader(self._chosen(run)).events()

    def book(self, run: str | None = None) -> Book:
        """The book of a finished run, replayed from its events. Raises LogError as `events` does."""
        book, _ = self.replay(run)
        return book

    def replay(self, run: str | None = None) -> tuple[Book, Written]:
        """The book of a finished run, and what was verified on the way.

        Raises LogError as `events` does, and where the definitions do not belong together.
        """
        from sim.eventlog.consistency import check_consistency  # here, because a run that is only written needs none

        reader = self._reader(self._chosen(run))
        book = Book.replay(reader.events())
        check_consistency(book)
        verifier = reader.verifier
        return book, Written(reader.run, Outcome.VERIFIED, verifier.count, verifier.head.hex())

    def _chosen(self, run: str | None) -> str:
        runs = self._store.runs()
        if not runs:
            raise LogError(f"{self.url}: the log holds no run")
        if run is None:
            return runs[-1]
        if run not in runs:
            raise LogError(f"{self.url}: the log holds no run '{run}'", "it holds " + ", ".join(runs))
        return run

    def _reader(self, run: str) -> "Reader":
        from sim.eventlog.reader import Reader  # here, because a run that is only written reads nothing

        return Reader(self._store, run)


def _info(reader: "Reader") -> RunInfo:
    for _ in reader.records():
        pass
    verifier = reader.verifier
    opened = verifier.opened
    title, seed = (opened.title, opened.seed) if opened else ("", None)
    return RunInfo(reader.run, title, seed, verifier.count, verifier.head.hex(), verifier.closed)
