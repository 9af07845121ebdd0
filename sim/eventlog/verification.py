"""Verification: all that can be said of a run from its records, and from a checkpoint where there is one."""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial

from attrs import frozen

from sim.domain.event import Event, RunOpened
from sim.errors import LogError
from sim.eventlog.checkpoint import Mark
from sim.eventlog.comparison import compare_balances, known, read_to
from sim.eventlog.consistency import check_consistency
from sim.eventlog.decoding import decode_at
from sim.eventlog.record import Record
from sim.eventlog.store import Store
from sim.eventlog.verifier import Verifier
from sim.ledger import Book
from sim.ledger.invariants import Outcome, check

KEPT_BY_EVERY_RUN = frozenset({"conserved", "not-negative", "accounted", "legal", "caused"})
"""The invariants that hold of whatever this program plays out. Whether the others do depends on what was reported."""


@frozen
class Verification:
    """What is so of a run in a log: its records from the position `since` on are a chain without gaps, and readable.

    `count` and `head`, in hex, are those of all its records; of a run that is not `finished` there may be none yet.
    `opened` is how it began, None where its first record was not read. `outcomes` are the invariants, where a finished
    run was read from its beginning; none otherwise. `balances` counts the stored trial balances that are those of the
    records, None where none were looked for. `agreed` is the checkpoint's mark of the run, None where there is none.
    """

    run: str
    opened: RunOpened | None
    count: int
    head: str
    finished: bool
    since: int
    outcomes: tuple[Outcome, ...]
    balances: int | None
    agreed: Mark | None

    @property
    def adds_up(self) -> bool:
        """Whether no invariant that was checked is broken."""
        return all(outcome.holds for outcome in self.outcomes)

    @property
    def mark(self) -> Mark | None:
        """What a checkpoint is to know of the run, None where it has no records yet."""
        return Mark(self.run, self.count, self.head) if self.count else None


def verify(store: Store, run: str, mark: Mark | None = None) -> Verification:
    """Read a run from its beginning, post it anew, and compare it with its mark and its stored trial balances.

    Raises LogError at the first that is wrong.
    """
    place = partial(store.place, run)
    verifier = Verifier(place)
    stored = () if store.balances is None else store.balances.all(run)
    ends: dict[int, Record | None] = dict.fromkeys(balance.position for balance in stored)
    with closing(store.read(run)) as records:
        book = Book.replay(_events(records, verifier, place, mark, ends))
    if mark is not None and mark.count > verifier.count:
        mark.compare(None, place(mark.count - 1))
    balances = compare_balances(store, run, book, ends)
    outcomes = _sound(book, f"{store.url}: run {run}") if verifier.closed else ()
    return _verified(run, verifier, 0, outcomes, balances, mark)


def verify_since(store: Store, mark: Mark) -> Verification:
    """Read what comes after a mark; of what came before, only the record that it was made at.

    Raises LogError at the first that is wrong.
    """
    place = partial(store.place, mark.run)
    with closing(read_to(store, mark)) as records:
        verifier = Verifier.resumed(place, known(records, mark, place(mark.count - 1)))
        deque(_events(records, verifier, place), maxlen=0)
    return _verified(mark.run, verifier, mark.count, (), None, mark)


def _verified(
    run: str, verifier: Verifier, since: int, outcomes: tuple[Outcome, ...], balances: int | None, mark: Mark | None
) -> Verification:
    head = verifier.head.hex()
    return Verification(run, verifier.opened, verifier.count, head, verifier.closed, since, outcomes, balances, mark)


def _events(
    records: Iterator[Record],
    verifier: Verifier,
    place: Callable[[int], str],
    mark: Mark | None = None,
    ends: dict[int, Record | None] | None = None,
) -> Iterator[Event]:
    """The events of records that `verifier` checks, and that are compared with the mark.

    `ends` is given the last of so many records, for each count that it has.
    """
    wanted = {} if ends is None else ends
    stops = {*wanted, 0 if mark is None else mark.count}
    for record in records:
        verifier.check(record)
        count = verifier.count
        if count in stops:
            if mark is not None and mark.count == count:
                mark.compare(record, place(record.position))
            if count in wanted:
                wanted[count] = record
        yield decode_at(place, record)


def _sound(book: Book, where: str) -> tuple[Outcome, ...]:
    """The invariants, checked. Raises LogError for a book that no run of this program leaves."""
    check_consistency(book)
    outcomes = check(book)
    broken = [
        (outcome.name, finding)
        for outcome in outcomes
        for finding in outcome.findings
        if outcome.name in KEPT_BY_EVERY_RUN
    ]
    if broken:
        name, first = min(broken, key=lambda each: book.opened.end if each[1].at is None else each[1].at)
        when = "" if first.at is None else f"minute {first.at} ({book.calendar.log_stamp(first.at)}): "
        told = f", expected {first.expected}" if first.expected else ""
        told += f", found {first.found}" if first.found else ""
        raise LogError(
            f"{where}: {when}{first.message}{told}",
            f"that breaks the invariant '{name}', which every run of this program keeps",
        )
    return outcomes
