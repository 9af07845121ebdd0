"""The log: runs recorded, listed and read back, whichever store keeps them."""

from collections.abc import Iterable, Iterator

from attrs import frozen

from sim.domain.event import Event
from sim.errors import LogError
from sim.eventlog.decoding import decode
from sim.eventlog.form import PayloadError
from sim.eventlog.record import Record
from sim.eventlog.recorder import Recorder
from sim.eventlog.store import Outcome, Store
from sim.eventlog.verifier import Verifier
from sim.ledger import Book


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
        return [self._info(run) for run in self._store.runs()]

    def records(self, run: str | None = None) -> Iterator[Record]:
        """The records of a finished run.

        Raises LogError at the first that does not verify, or, after the last, where the run is unfinished.
        """
        run = self._chosen(run)
        yield from self._verified(run, self._verifier(run))

    def events(self, run: str | None = None) -> Iterator[Event]:
        """The events of a finished run. Raises LogError as `records` does, and for an event that cannot be read."""
        run = self._chosen(run)
        yield from self._decoded(run, self._verifier(run))

    def book(self, run: str | None = None) -> Book:
        """The book of a finished run, replayed from its events. Raises LogError as `events` does."""
        book, _ = self.replay(run)
        return book

    def replay(self, run: str | None = None) -> tuple[Book, Written]:
        """The book of a finished run, and what was verified on the way. Raises LogError as `events` does."""
        run = self._chosen(run)
        verifier = self._verifier(run)
        book = Book.replay(self._decoded(run, verifier))
        return book, Written(run, Outcome.VERIFIED, verifier.count, verifier.head.hex())

    def _chosen(self, run: str | None) -> str:
        runs = self._store.runs()
        if not runs:
            raise LogError(f"{self.url}: the log holds no run")
        if run is None:
            return runs[-1]
        if run not in runs:
            raise LogError(f"{self.url}: the log holds no run '{run}'", "it holds " + ", ".join(runs))
        return run

    def _verified(self, run: str, verifier: Verifier) -> Iterator[Record]:
        for record in self._store.read(run):
            verifier.check(record)
            yield record
        verifier.finish()

    def _decoded(self, run: str, verifier: Verifier) -> Iterator[Event]:
        for record in self._verified(run, verifier):
            try:
                event = decode(record)
            except PayloadError as error:
                place = self._store.place(run, record.position)
                raise LogError(f"{place}: position {record.position}: {error}") from error
            yield event

    def _info(self, run: str) -> RunInfo:
        verifier = self._verifier(run)
        for record in self._store.read(run):
            verifier.check(record)
        opened = verifier.opened
        title, seed = (opened.title, opened.seed) if opened else ("", None)
        return RunInfo(run, title, seed, verifier.count, verifier.head.hex(), verifier.closed)

    def _verifier(self, run: str) -> Verifier:
        return Verifier(lambda position: self._store.place(run, position))
