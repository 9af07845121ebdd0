"""Comparison: what a log has of a run against what it should have."""

from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import closing

from sim.domain.event import Event
from sim.errors import LogError
from sim.eventlog.chain import GENESIS, link
from sim.eventlog.checkpoint import Mark
from sim.eventlog.reader import Reader
from sim.eventlog.record import Record
from sim.eventlog.recorder import Recorder
from sim.eventlog.store import Store
from sim.eventlog.trial import strike
from sim.ledger import Book

SHOWN_MAX = 160
"""How many characters of a payload a message shows."""


def compare_mark(store: Store, mark: Mark) -> None:
    """Compare a mark with the one record that it was made at. Raises LogError where it is another, or not there."""
    if mark.run not in store.run_ids():
        raise LogError(
            f"{store.url}: the log holds no run {mark.run}, but the checkpoint knows {mark.count:,} records of it",
            "the run was taken out, or this is another log",
        )
    with closing(read_to(store, mark)) as records:
        known(records, mark, store.place(mark.run, mark.count - 1))


def read_to(store: Store, mark: Mark) -> Generator[Record]:
    """The records from the last that comes before the one that a mark was made at."""
    return store.read(mark.run, max(mark.count - 2, 0))


def known(records: Iterator[Record], mark: Mark, place: str) -> Record:
    """The record that a mark was made at: `records` begin as `read_to` gives them; those after it are not read.

    The hash before it needs no trust: only the right one, with the right record, gives the mark's. Raises LogError
    where it is another record, or not there.
    """
    before = next(records, None) if mark.count > 1 else None
    record = mark.compare(next(records, None), place)
    previous = GENESIS if before is None else before.hash
    if link(previous, record.position, record.minute, record.type, record.payload) != record.hash:
        raise LogError(
            f"{place}: position {record.position}: the hash does not fit: the record is not as it was written"
        )
    return record


def compare_events(store: Store, run: str, events: Iterable[Event]) -> int:
    """How many records a finished run has, each the same to the byte as that of the next of `events`, all of them.

    Raises LogError at the first that is not, or that does not verify.
    """
    count = 0
    for there, again in zip(Reader(store, run).whole(), Recorder().records(events), strict=True):
        if there != again:
            raise LogError(
                f"{store.place(run, count)}: position {count}: played out again, the run has another record here",
                f"the log has: {_shown(there)}\n  played out: {_shown(again)}",
            )
        count += 1
    return count


def compare_balances(store: Store, run: str, book: Book, ends: Mapping[int, Record | None]) -> int | None:
    """How many trial balances are stored of a run, each what its records come to; None where the store keeps none.

    `ends` has, for each that there was when the records were read, the last record before it; None where the run does
    not come so far. Raises LogError at the first that is not.
    """
    if store.balances is None:
        return None
    struck = strike(book, run, (record for record in ends.values() if record is not None))
    count = 0
    for balance in store.balances.all(run):
        if balance.position not in ends:
            continue  # it was stored since
        where = f"{store.place(run, balance.position)}: position {balance.position}"
        if ends[balance.position] is None:
            raise LogError(f"{where}: a trial balance is stored here, but the run does not come so far")
        if balance != next(struck):
            raise LogError(f"{where}: the trial balance stored here is not what the records before it come to")
        count += 1
    return count


def _shown(record: Record) -> str:
    payload = record.payload.decode(errors="replace")
    return f"minute {record.minute}, {record.type} {payload[:SHOWN_MAX]}{'…' if len(payload) > SHOWN_MAX else ''}"
