"""Travel: snapshots of a finished run at any moment, in a time that does not depend on how long the run is.

What is read is verified: the definitions up to the units, the records from the last trial balance before the moment to
the moment, and that the run has ended. Whatever else may be wrong with the log, replaying all of it finds.
"""

from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing
from functools import partial

from sim.domain.event import (
    CapacityStated,
    EntryAmended,
    LiftDefined,
    PlaceNamed,
    PortDefined,
    RunOpened,
    SourceCited,
    UnitDefined,
)
from sim.errors import LogError
from sim.eventlog.consistency import check_setting
from sim.eventlog.decoding import decode_at
from sim.eventlog.record import Record
from sim.eventlog.store import BalanceStore, Store
from sim.eventlog.trial import TrialBalance, holdings
from sim.eventlog.verifier import Verifier
from sim.ledger.balance import Balances
from sim.posture import Book, Snapshot, snapshots

_SETTING = tuple(
    f"{event.tag}."
    for event in (
        RunOpened,
        SourceCited,
        PlaceNamed,
        LiftDefined,
        PortDefined,
        CapacityStated,
        UnitDefined,
        EntryAmended,
    )
)
"""How the types of the records begin that a run begins with, up to the last that a posture cannot be told without."""


class Traveller:
    """Goes forward through a run from one moment to another, by the trial balances stored beside it.

    `book` has what was read of the run: how it was opened, its sources, places and units; the rest is not all there.
    The log is open until `reads` is closed.
    """

    def __init__(self, store: Store, stops: BalanceStore, run: str, reads: ExitStack) -> None:
        self.book = Book()
        self._store = store
        self._stops = stops
        self._run = run
        self._reads = reads
        self._place = partial(store.place, run)
        self._ahead = _verified(Verifier(self._place), self._read(0))
        self._next = next(self._ahead, None)
        while self._next is not None and self._next.type.startswith(_SETTING):
            self._post(self._next)
        check_setting(self.book)
        self._balances = Balances(self.book)

    def snapshot(self, minute: int) -> Snapshot:
        """The posture at a minute, which must not lie before the last one asked for.

        Raises LogError where what is read for it does not verify.
        """
        stop = self._stops.last(self._run, minute)
        if stop is not None and stop.position > self.book.events:
            self._go_to(stop)
        while self._next is not None and self._next.minute <= minute:
            self._post(self._next)
        (found,) = snapshots(self.book, (minute,), self._balances)
        return found

    def _go_to(self, stop: TrialBalance) -> None:
        place = self._place(stop.position)
        lines = tuple(holdings(stop, self._run, place))
        records = self._read(stop.position - 1)
        last = next(records, None)
        if last is None or (last.position + 1, last.minute, last.hash) != (stop.position, stop.minute, stop.hash):
            raise LogError(f"{place}: position {stop.position}: the trial balance stored here is not of this run")
        self.book.resume(stop.position, stop.minute)
        try:
            self._balances = Balances(self.book, lines)
        except KeyError as error:
            what = f"the trial balance stored here names {error}, which nothing defines"
            raise LogError(f"{place}: position {stop.position}: {what}") from error
        self._ahead = _verified(Verifier.resumed(self._place, last), records)
        self._next = next(self._ahead, None)

    def _read(self, first: int) -> Generator[Record]:
        """The records from the position `first`, in place of those that were read before."""
        self._reads.close()
        return self._reads.enter_context(closing(self._store.read(self._run, first)))

    def _post(self, record: Record) -> None:
        """Enter a record's event, and look at the next record."""
        self.book.post(decode_at(self._place, record))
        self._next = next(self._ahead, None)


def check_ended(store: Store, run: str, position: int) -> None:
    """Check that the record at `position`, the last of a run, ends it. Raises LogError where it does not."""
    with closing(store.read(run, max(position - 1, 0))) as records:
        before = next(records, None)
        if before is None:
            raise LogError(
                f"{store.place(run, position)}: position {position}: the log is damaged: the record is not found"
            )
        verifier = Verifier.resumed(partial(store.place, run), before)
        for record in records:
            verifier.check(record)
        verifier.finish()


def _verified(verifier: Verifier, records: Iterator[Record]) -> Iterator[Record]:
    for record in records:
        verifier.check(record)
        yield record
    verifier.finish()
