"""The log: runs recorded, listed and read back, whichever store keeps them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, suppress
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from attrs import frozen

from sim.domain.event import Event, RunClosed, RunOpened
from sim.errors import LogError, UsageError
from sim.eventlog.chain import GENESIS
from sim.eventlog.record import Record
from sim.eventlog.recorder import Recorder
from sim.eventlog.store import Outcome, Store, Stored
from sim.version import __version__

if TYPE_CHECKING:
    from sim.eventlog.checkpoint import Checkpoint, Mark
    from sim.eventlog.reader import Reader
    from sim.eventlog.trial import TrialBalance
    from sim.eventlog.verification import Verification
    from sim.ledger import book as ledger
    from sim.posture import Book, Snapshot

_NAMED_MAX = 12
"""How many runs an error names."""


@frozen
class Written:
    """What became of a run: `count` records in the log, the last with the hash `head`, in hex."""

    run: str
    outcome: Outcome
    count: int
    head: str


@frozen
class RunInfo:
    """A run in a log, as it stands there.

    `title` and `seed` are empty and None where not even the first record was stored whole. `program` is the version of
    this program that began to write it, None where the log does not keep it.
    """

    run: str
    title: str
    seed: int | None
    count: int
    head: str
    finished: bool
    program: str | None


def _ignore(_count: int) -> None:
    """For who does not ask what is stored so far."""


class EventLog:
    """A log at an address. Whatever is read from it is verified on the way; only what `runs` says is not.

    Where `run` is not given, the run that was begun last is meant; it may be the beginning of an id that no other run
    in the log shares.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def url(self) -> str:
        return self._store.url

    def record(
        self,
        events: Iterable[Event],
        book: "ledger.Book | None" = None,
        acknowledge: Callable[[int], None] = _ignore,
    ) -> Written:
        """Store the events of a run as they come.

        A run that the log holds is compared instead: a finished one is thereby verified, an unfinished one completed.
        With the `book` that the events are posted to before they come, a database keeps trial balances beside the run,
        so that a snapshot of it need not replay it all. `acknowledge` is told how many of the run's records are safely
        stored, again and again as they become more.

        Raises LogError where what is stored differs or is no log, UsageError where it cannot be written; nothing that
        is stored is ever changed.
        """
        recorder = Recorder()
        ends: list[Record] = []

        def stored(record: Record) -> None:
            ends.append(record)
            acknowledge(record.position + 1)

        outcome = self._store.write(recorder.records(events), __version__, stored)
        if book is not None:
            self._keep_balances(recorder.run, book, ends)
        return Written(recorder.run, outcome, recorder.count, recorder.head.hex())

    def copy(self, other: "EventLog", run: str, book: "ledger.Book") -> Written:
        """Store a finished run of another log, of which this is the book, byte for byte; else as `record` does."""
        (stored,) = other._store.stored(run)
        ends: list[Record] = []
        count, head = 0, GENESIS

        def passing() -> Iterator[Record]:
            nonlocal count, head
            for record in other.records(run):
                count, head = record.position + 1, record.hash
                yield record

        outcome = self._store.write(passing(), stored.program or __version__, ends.append)
        self._keep_balances(run, book, ends)
        return Written(run, outcome, count, head.hex())

    def runs(self) -> list[RunInfo]:
        """The runs in the log, in the order in which they were begun; nothing is verified."""
        return [self._info(stored) for stored in self._store.stored()]

    def run_ids(self) -> list[str]:
        """The ids of the runs in the log, in the order in which they were begun; nothing is verified."""
        return self._store.run_ids()

    def chosen(self, run: str | None = None) -> str:
        """The id of the run that is meant.

        Raises LogError where the log holds none, UsageError where `run` begins the ids of none or of several.
        """
        runs = self.run_ids()
        if not runs:
            raise LogError(f"{self.url}: the log holds no run")
        if run is None:
            return runs[-1]
        if run in runs:
            return run
        fitting = [each for each in runs if each.startswith(run)]
        if not fitting:
            raise UsageError(f"{self.url}: the log holds no run '{run}'", f"it holds {_named(runs)}")
        if len(fitting) > 1:
            raise UsageError(f"{self.url}: several runs begin with '{run}'", f"there are {_named(fitting)}")
        return fitting[0]

    def opened(self, run: str | None = None) -> RunOpened:
        """How a run was opened, finished or not. Raises LogError where its first record does not verify."""
        reader = self._reader(self.chosen(run))
        with closing(reader.records()) as records:
            next(records, None)
        if reader.verifier.opened is None:
            raise LogError(f"{self._store.place(reader.run, 0)}: position 0: the first record was not stored whole")
        return reader.verifier.opened

    def records(self, run: str | None = None) -> Iterator[Record]:
        """The records of a finished run.

        Raises LogError at the first that does not verify, or, after the last, where the run is unfinished.
        """
        return self._reader(self.chosen(run)).whole()

    def tail(self, run: str, first: int, most: int) -> list[Record]:
        """At most so many records of a run, finished or not, from the position `first`; none behind the last.

        They are verified against the record before them. Raises LogError at the first that does not fit.
        """
        from sim.eventlog.verifier import Verifier  # here, because a run that is only written needs none

        place, reading = partial(self._store.place, run), self._store.read(run, max(first - 1, 0))
        with closing(reading):
            before = next(reading, None) if first else None
            if first and before is None:
                return []
            verifier = Verifier(place) if before is None else Verifier.resumed(place, before)
            found = list(islice(reading, most))
        for record in found:
            verifier.check(record)
        return found

    def events(self, run: str | None = None) -> Iterator[Event]:
        """The events of a finished run. Raises LogError as `records` does, and for an event that cannot be read."""
        return self._reader(self.chosen(run)).events()

    def book(self, run: str | None = None) -> "Book":
        """The book of a finished run, replayed from its events. Raises LogError as `events` does."""
        book, _ = self.replay(run)
        return book

    def replay(self, run: str | None = None) -> tuple["Book", Written]:
        """The book of a finished run, and what was verified on the way.

        Raises LogError as `events` does, and where the definitions do not belong together.
        """
        from sim.eventlog.consistency import check_consistency  # here, because a run that is only written needs none
        from sim.posture import Book

        reader = self._reader(self.chosen(run))
        with closing(reader.events()) as events:
            book = Book.replay(events)
        check_consistency(book)
        verifier = reader.verifier
        return book, Written(reader.run, Outcome.VERIFIED, verifier.count, verifier.head.hex())

    def snapshots(self, times: Iterable[int], run: str | None = None) -> "tuple[Book, tuple[Snapshot, ...], Written]":
        """The posture of a finished run at each of `times`, minutes, in the order asked, and what is known of the run.

        Where trial balances are stored beside the run, only what the answer rests on is read and verified: the book
        then has how the run was opened, its sources, places and units, and not the rest. Raises LogError as `replay`
        does, for what is read.
        """
        from sim.posture import snapshots

        chosen, wanted = self.chosen(run), tuple(times)
        stops = self._store.balances
        if stops is None or stops.last(chosen) is None:
            book, written = self.replay(chosen)
            return book, snapshots(book, wanted), written
        from sim.eventlog.travel import Traveller, check_ended

        (info,) = [self._info(stored) for stored in self._store.stored(chosen)]
        check_ended(self._store, chosen, info.count - 1)
        with ExitStack() as reads:
            traveller = Traveller(self._store, stops, chosen, reads)
            taken = {minute: traveller.snapshot(minute) for minute in sorted(set(wanted))}
        written = Written(chosen, Outcome.VERIFIED, info.count, info.head)
        return traveller.book, tuple(taken[minute] for minute in wanted), written

    def balances(self, run: str | None = None) -> "Iterator[TrialBalance]":
        """The trial balances stored beside a run, as they stand there: `sim.eventlog.trial.strike` gives what they
        should be.
        """
        chosen, stops = self.chosen(run), self._store.balances
        return iter(()) if stops is None else stops.all(chosen)

    def _keep_balances(self, run: str, book: "ledger.Book", ends: Sequence[Record]) -> None:
        """Store trial balances after some of these records, unless the run has its own, as far as the store can.

        The run itself is stored by now, and a snapshot of it is right without them.
        """
        if len(ends) < 2:
            return  # what was stored in one piece is read in one
        from sim.eventlog.trial import first_due, strike_spaced

        stops = self._store.balances
        if stops is not None and ends[-1].position + 1 >= first_due(book):
            with suppress(UsageError):
                if stops.last(run) is None:
                    stops.keep(run, strike_spaced(book, run, ends))

    def verify(
        self, run: str | None = None, checkpoint: "Checkpoint | None" = None, *, incremental: bool = False
    ) -> "Verification":
        """What can be said of a run, finished or not: see `Verification`.

        With a `checkpoint`, the run is compared with what that knows of it; where `incremental`, records that it knows
        are not read again. Raises LogError at the first that is wrong.
        """
        from sim.eventlog.verification import verify, verify_since  # here, because only this needs it

        chosen = self.chosen(run)
        mark = None if checkpoint is None else checkpoint.marks.get(chosen)
        if mark is None or not incremental:
            return verify(self._store, chosen, mark)
        return verify_since(self._store, mark)

    def compare(self, events: Iterable[Event], run: str | None = None) -> int:
        """Compare a finished run with the events of a run that should be the same; nothing is stored.

        Returns how many records there are. Raises LogError at the first that is another, or that does not verify.
        """
        from sim.eventlog.comparison import compare_events

        return compare_events(self._store, self.chosen(run), events)

    def compare_mark(self, mark: "Mark") -> None:
        """Compare what a checkpoint knows of a run with the one record it was made at.

        Raises LogError where it is another, or not there.
        """
        from sim.eventlog.comparison import compare_mark

        compare_mark(self._store, mark)

    def _reader(self, run: str) -> "Reader":
        from sim.eventlog.reader import Reader  # here, because a run that is only written reads nothing

        return Reader(self._store, run)

    def _info(self, stored: Stored) -> RunInfo:
        if stored.first is None or stored.last is None:
            return RunInfo(stored.run, "", None, 0, GENESIS.hex(), finished=False, program=stored.program)
        opened = self._opening(stored.run, stored.first)
        count, head = stored.last.position + 1, stored.last.hash.hex()
        finished = stored.last.type.startswith(f"{RunClosed.tag}.")
        return RunInfo(stored.run, opened.title, opened.seed, count, head, finished, stored.program)

    def _opening(self, run: str, first: Record) -> RunOpened:
        """How a run was opened, by its first record. Raises LogError where that says it not."""
        from sim.eventlog.decoding import decode_at

        place = partial(self._store.place, run)
        event = decode_at(place, first)
        if not isinstance(event, RunOpened):
            raise LogError(f"{place(0)}: position 0: the run begins with {first.type}, not with run-opened")
        return event


def _named(runs: list[str]) -> str:
    """The ids of runs for a message: as many as help."""
    more = len(runs) - _NAMED_MAX
    return ", ".join(runs[:_NAMED_MAX]) + (f" and {more} more" if more > 0 else "")
