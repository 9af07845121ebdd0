"""The rows about the log: what it costs to keep a run, to verify it, and to go back in it."""

import gc
import os
import random
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from hashlib import sha256
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from sim.domain.event import Event
from sim.engine import simulate
from sim.eventlog import EventLog, Recorder, open_log
from sim.eventlog.database import BATCH
from sim.eventlog.tables import CREATE_TABLES
from sim.ledger import Book
from tests.bench.timing import ROOT, children_cpu, cpu, paired, ratio_of
from tests.bench.workload import shuttle_of

Row = tuple[int, int, int, str, bytes, bytes]
"""A record as it stands in a table: the number of its run, position, minute, type, payload and hash."""


def append(size: int, collecting: bool) -> str:
    """Events into SQLite, encoded, chained and committed, against the rows that come of them, ready made."""
    events = _events(size)
    rows = _rows(events)
    with _fresh() as path:
        ratio = paired(_recording(path, events), lambda: _insert(path(), rows), 9, collecting)
    return f"{ratio}; {len(events):,} events, {BATCH:,} a commit, against sqlite3's executemany of the ready rows"


def eventsourcing(size: int, collecting: bool) -> str:
    """The same against an application of the library `eventsourcing`, which keeps the run in SQLite too."""
    from tests.bench.application import keep

    events = _events(size)
    with _fresh() as path:
        ratio = paired(_recording(path, events), lambda: keep(path(), events, BATCH), 5, collecting)
    return f"{ratio}; {len(events):,} events, {BATCH:,} a commit, against the library eventsourcing"


def postgres(size: int, collecting: bool) -> str:
    """Events into PostgreSQL against psycopg's COPY of the ready rows: CPU of the server and of this process."""
    from tests.postgres import Server

    events = _events(size)
    rows = _rows(events)
    with TemporaryDirectory() as folder:
        server = Server(Path(folder) / "data")
        server.start()
        try:
            ours, theirs = _recording(server.fresh_url, events), lambda: _copy(server.fresh_url(), rows)
            ratio = paired(ours, theirs, 9, collecting, lambda: time.process_time() + _server_cpu(folder))
            alone = paired(ours, theirs, 5, collecting)
        finally:
            server.kill()
            server.remove()
    of = f"{len(events):,} events, {BATCH:,} a commit, against COPY of the ready rows"
    return f"{ratio}; {of}; without the server's share {alone}"


def verify(size: int, collecting: bool) -> str:
    """The chain of a run in SQLite, against reading the same rows and hashing each."""
    with _kept(size) as (log, path):
        ratio = paired(lambda: _exhaust(log.records()), lambda: _read_and_hash(path), 9, collecting)
    return f"{ratio}; {size:,} events, chain alone, against reading and hashing the same rows"


def refold(size: int, collecting: bool) -> str:
    """All that `verify` does, against the same."""
    with _kept(size) as (log, path):
        ratio = paired(log.verify, lambda: _read_and_hash(path), 9, collecting)
    return f"{ratio}; {size:,} events, decoded, posted, and all invariants checked, against the same"


def snapshot(size: int, collecting: bool) -> str:
    """The posture at random moments of a long run and of one of a tenth its length, against replaying the long one."""
    with _kept(size) as (log, _), _kept(size // 10) as (short, _):
        (gc.enable if collecting else gc.disable)()
        draw = random.Random(1)
        long_end, short_end = (each.opened().end for each in (log, short))
        timed = []
        for _ in range(22):
            at = draw.random()
            long_seconds = cpu(partial(log.snapshots, [int(at * long_end)]))
            timed.append((long_seconds, cpu(partial(short.snapshots, [int(at * short_end)]))))
        whole = [cpu(lambda: log.book().snapshot(draw.randrange(long_end))) for _ in range(3)]
        gc.enable()
    took = median(long_seconds for long_seconds, _ in timed[1:])
    return (
        f"1/{median(whole) / took:.0f} of a full replay ({median(whole):.2f} s; ours {took * 1000:.1f} ms); "
        f"{ratio_of(timed[1:])} of the same in {size // 10:,} events; {size:,} events"
    )


def default_log() -> str:
    """`run` on feb2022 with the log that is kept unless one says otherwise, for the first time and again."""
    command = [sys.executable, "-m", "sim", "run", str(ROOT / "scenarios" / "feb2022.yaml")]
    first, again = [], []
    for _ in range(21):
        with TemporaryDirectory() as folder:
            there = Path(folder)
            without = children_cpu([*command, "--no-log"], there)[0]
            first.append((children_cpu(command, there)[0], without))
            again.append((children_cpu(command, there)[0], without))
    return f"{ratio_of(first[1:])} the first time, {ratio_of(again[1:])} again, against --no-log"


def _events(size: int) -> list[Event]:
    return list(simulate(shuttle_of(size)))


def _rows(events: Sequence[Event]) -> list[Row]:
    return [(1, *record[1:]) for record in Recorder().records(events)]


def _recording(address: Callable[[], str], events: Sequence[Event]) -> Callable[[], object]:
    """What records a run into a log that is new each time."""
    return lambda: open_log(address()).record(iter(events))


@contextmanager
def _fresh() -> Iterator[Callable[[], str]]:
    """Gives the path of an SQLite file that is not there yet; what the last one was given for is deleted."""
    with TemporaryDirectory() as folder:
        numbers = count()

        def path() -> str:
            for old in Path(folder).iterdir():
                old.unlink()
            return str(Path(folder) / f"{next(numbers)}.sqlite")

        yield path


@contextmanager
def _kept(size: int) -> Iterator[tuple[EventLog, str]]:
    """A run of about so many events in an SQLite file, with the trial balances that `run` keeps."""
    with _fresh() as path:
        log = open_log(path())
        book = Book()
        log.record(posted(book, simulate(shuttle_of(size))), book)
        yield log, log.url


def posted(book: Book, events: Iterator[Event]) -> Iterator[Event]:
    for event in events:
        book.post(event)
        yield event


def _exhaust(records: Iterator[object]) -> None:
    for _ in records:
        pass


def _insert(path: str, rows: Sequence[Row]) -> None:
    """The rows by plain sqlite3: the same table, settings and batches."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for setting in ("journal_mode = WAL", "synchronous = FULL", "wal_autocheckpoint = 0"):
            connection.execute(f"PRAGMA {setting}")
        for table in CREATE_TABLES:
            connection.execute(table.format(whole="INTEGER", bytes="BLOB", kind=" STRICT, WITHOUT ROWID"))
        for first in range(0, len(rows), BATCH):
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT INTO sim_records VALUES (?, ?, ?, ?, ?, ?)", rows[first : first + BATCH])
            connection.execute("COMMIT")


def _read_and_hash(path: str) -> None:
    """The rows of a run by plain sqlite3, and a SHA-256 of all that stands in each."""
    with closing(sqlite3.connect(path)) as connection:
        for number, position, minute, type_, payload, hash_ in connection.execute(
            "SELECT * FROM sim_records WHERE number = 1 ORDER BY position"
        ):
            row = b"%d %d %d %b %b %b" % (number, position, minute, type_.encode(), payload, hash_)
            sha256(row).digest()


def _copy(url: str, rows: Sequence[Row]) -> None:
    """The rows by plain psycopg: the same table and batches."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        for table in CREATE_TABLES:
            connection.execute(table.format(whole="BIGINT", bytes="BYTEA", kind="").encode())
        for first in range(0, len(rows), BATCH):
            with connection.cursor() as cursor, cursor.copy("COPY sim_records FROM STDIN") as copy:
                for row in rows[first : first + BATCH]:
                    copy.write_row(row)


def _server_cpu(folder: str) -> float:
    """The CPU seconds of a PostgreSQL server and of its processes, once those of a client that is gone have ended."""
    time.sleep(0.3)
    process = (Path(folder) / "data" / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0]
    ticks = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[11:15]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")
