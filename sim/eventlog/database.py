"""The store in the tables of a database, and the port behind which the databases stand."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import chain, islice
from typing import Protocol

from sim.errors import LogError
from sim.eventlog.patience import USUAL, Wait
from sim.eventlog.record import Record
from sim.eventlog.store import DIFFERS, Acknowledge, BalanceStore, Outcome, Stored, another_record
from sim.eventlog.tables import (
    BEGIN_RUN,
    LAST_NUMBER,
    NUMBER,
    RECORDS,
    RUN_IDS,
    STORED_ALL,
    STORED_ONE,
    Row,
    number_of,
    records_of,
    stored_of,
    text_of,
)

BATCH = 2_000
"""How many records are committed at once."""


class Session(Protocol):
    """A connection to a database. What goes wrong with it comes out as LogError or UsageError."""

    def rows(self, sql: str, *values: object) -> list[Row]:
        """The rows that a query gives."""
        ...

    def pages(self, sql: str, *values: object) -> Iterator[Sequence[Row]]:
        """The same, some at a time, for queries that give many. Nothing else can be asked before the last."""
        ...

    def do(self, sql: str, *values: object) -> None:
        """Change something."""
        ...

    def append(self, number: int, records: Sequence[Record]) -> None:
        """Store records of the run with this number. Raises UsageError where one stands in a position already."""
        ...

    def holds(self, table: str) -> bool:
        """Whether there is a table of this name."""
        ...

    def make(self, table: str, sql: str) -> None:
        """Make a table of this name, where there is none; the types in `sql` are those of `sim.eventlog.tables`."""
        ...

    def transaction(self, *, alone: bool = False) -> AbstractContextManager[None]:
        """Within it, all is written or nothing; `alone`, none of another program's that asks for it lies beside it."""
        ...


class Database(Protocol):
    """Where the tables are."""

    @property
    def url(self) -> str:
        """Its address, without a password."""
        ...

    @property
    def absent(self) -> bool:
        """Whether it is a file that is not there. A server is asked only when it is read."""
        ...

    def reading(self) -> AbstractContextManager[Session | None]:
        """A session in which nothing is written; None where there are no tables yet."""
        ...

    def writing(self, run: str, wait: Wait = USUAL) -> AbstractContextManager[Session]:
        """A session in which `run` is written; the tables are made where there are none.

        Another program is waited for, as long as `wait` says.
        """
        ...


class DatabaseStore:
    """Keeps runs in the tables of a database. Any number of programs may read, and write, each a run of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def url(self) -> str:
        return self._database.url

    @property
    def balances(self) -> BalanceStore:
        from sim.eventlog.balances import BalanceTable  # here, because a short run has none

        return BalanceTable(self._database)

    def run_ids(self) -> list[str]:
        with self._database.reading() as session:
            return self._run_ids(session) if session else []

    def stored(self, run: str | None = None) -> list[Stored]:
        if run is None:
            return [stored_of(row, self.url) for row in self._rows(STORED_ALL)]
        found = [stored_of(row, self.url) for row in self._rows(STORED_ONE, run)]
        if not found:
            raise self._unknown(run)
        return found

    def read(self, run: str, first: int = 0) -> Generator[Record]:
        with self._database.reading() as session:
            number = session and self._number(session, run)
            if session is None or number is None:
                raise self._unknown(run)
            yield from records_of(session.pages(RECORDS, run, number, first), first, self.place(run, first))

    def place(self, run: str, position: int) -> str:
        return f"{self.url}: run {run}"

    def write(self, records: Iterator[Record], program: str, acknowledge: Acknowledge) -> Outcome:
        batches = _batches(records)
        first = next(batches)
        with self._database.writing(first[0].run) as session:
            number, begun = self._begin(session, first, program)
            if begun:
                acknowledge(first[-1])
            else:
                batches = self._missing(session, first[0].run, number, chain((first,), batches), acknowledge)
            added = begun
            for batch in batches:
                with session.transaction():
                    session.append(number, batch)
                acknowledge(batch[-1])
                added = True
        if begun:
            return Outcome.WRITTEN
        return Outcome.COMPLETED if added else Outcome.VERIFIED

    def _begin(self, session: Session, first: list[Record], program: str) -> tuple[int, bool]:
        """The number of the run of the records `first`, and whether they began it: then they are stored."""
        run = first[0].run
        with session.transaction(alone=True):
            if (number := self._number(session, run)) is not None:
                return number, False
            self._run_ids(session)
            session.do(BEGIN_RUN, run, program)
            number = self._number(session, run)
            assert number is not None
            session.append(number, first)
            return number, True

    def _run_ids(self, session: Session) -> list[str]:
        """The runs there are. Raises LogError where one was taken out, so that nobody knows whose records some are."""
        ((last,),) = session.rows(LAST_NUMBER)  # first, because a run may begin in between
        found = [(text_of(run, self.url), number_of(number, self.url)) for run, number in session.rows(RUN_IDS)]
        due = max(len(found), 0 if last is None else number_of(last, self.url))
        for number in range(1, due + 1):
            if number > len(found) or found[number - 1][1] != number:
                raise LogError(
                    f"{self.url}: run number {number} is no longer in the table of runs", "fetch a copy of the log"
                )
        return [run for run, _ in found]

    def _missing(
        self, session: Session, run: str, number: int, batches: Iterator[list[Record]], acknowledge: Acknowledge
    ) -> Iterator[list[Record]]:
        """The records that are not there yet. Those that are there are compared."""
        rows = chain.from_iterable(session.pages(RECORDS, run, number, 0))
        position = 0
        for batch in batches:
            there = list(islice(rows, len(batch)))
            self._compare(batch, there)
            if there:
                acknowledge(batch[len(there) - 1])
            if len(there) < len(batch):
                yield batch[len(there) :]
                yield from batches
                return
            position += len(batch)
        if next(rows, None) is not None:
            what = "the log's run goes on here, but this run has ended"
            raise LogError(f"{self.place(run, position)}: position {position}: {what}", DIFFERS)

    def _compare(self, batch: list[Record], there: list[Row]) -> None:
        """Raises LogError for the first record that is not as it stands `there`, as far as that goes."""
        if there == batch[: len(there)]:
            return
        for record, row in zip(batch, there, strict=False):
            if record != row:
                raise another_record(self.place(record.run, record.position), record.position)

    def _number(self, session: Session, run: str) -> int | None:
        """The number of a run, or None where it is not there."""
        return next((number_of(number, self.url) for (number,) in session.rows(NUMBER, run)), None)

    def _rows(self, sql: str, *values: object) -> list[Row]:
        with self._database.reading() as session:
            return session.rows(sql, *values) if session else []

    def _unknown(self, run: str) -> LogError:
        return LogError(f"{self.url}: the log holds no run '{run}'")


def _batches(records: Iterator[Record]) -> Iterator[list[Record]]:
    """The records, so many at a time. Where getting them fails, those that came before are the last batch."""
    while True:
        batch: list[Record] = []
        try:
            batch.extend(islice(records, BATCH))  # extend keeps what came before an error
        except BaseException:
            if batch:
                yield batch
            raise
        if not batch:
            return
        yield batch
