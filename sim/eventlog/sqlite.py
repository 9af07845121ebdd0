"""The database in an SQLite file: where runs are kept unless something else is asked for.

A batch is on the disk when its transaction ends: commits go to a write-ahead log beside the file, and wait for the
disk. One program writes at a time; the others wait for it. What is in that log goes into the file when the last
connection closes, and at no other time: SQLite before 3.51.3 (3.50.7, 3.44.6) can lose what one connection commits
while another checkpoints, and the last one is alone. Who only reads leaves what a killed program left as it is.
"""

import errno
import os
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from itertools import chain
from typing import Final, TypeVar

from sim.errors import LogError, SimError, UsageError
from sim.eventlog.folder import find_folder, no_folder
from sim.eventlog.page import reason
from sim.eventlog.patience import USUAL, Patience, Wait
from sim.eventlog.record import Record
from sim.eventlog.store import being_written
from sim.eventlog.tables import CREATE_TABLES, Row

APPLICATION = int.from_bytes(b"SIML", "big")
"""What says in the header of a file that it is a log."""

VERSION = 1
"""The version of the tables, in the header too."""

BUSY_SECONDS = 30.0
"""How long to wait for another program that writes."""

TRY_SECONDS = 0.1
"""How long SQLite itself waits at a time: meanwhile, nobody can interrupt it."""

_PAGE = 1_000
"""How many rows are fetched at once."""

_TOGETHER = 50
"""How many rows one statement stores: it takes four fifths of the time that they would take one by one."""

_OLDEST = (3, 37)
"""The first SQLite that holds a column to its type."""

_FAILURES = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite's errors come out as: Python cannot read one that repeats damaged text."""

_COPY = "what was written last stands in the -wal file beside it: copy both to a folder that you can write"
_WRITABLE = "log elsewhere, or make the file and its folder writable"
_REMEDIES = {
    sqlite3.SQLITE_BUSY: "another program is writing to it: wait until it is done, or log elsewhere",
    sqlite3.SQLITE_FULL: "make room and run it again: what is stored is kept, and the run is completed",
    sqlite3.SQLITE_READONLY: _WRITABLE,
    sqlite3.SQLITE_CANTOPEN: _WRITABLE,
    sqlite3.SQLITE_PERM: _WRITABLE,
    sqlite3.SQLITE_LOCKED: "",
    sqlite3.SQLITE_IOERR: "the disk is full or fails: make room and run it again: what is stored is kept",
    sqlite3.SQLITE_PROTOCOL: "",
    sqlite3.SQLITE_NOLFS: "",
}
"""What to do where the system refuses, by SQLite's code. Where anything else is wrong, the file is damaged."""


T = TypeVar("T")


class Sqlite:
    """The database in the file at a path."""

    def __init__(self, path: str) -> None:
        self.url: Final = path

    @property
    def absent(self) -> bool:
        return not os.path.lexists(self.url)

    @contextmanager
    def reading(self) -> Iterator["SqliteSession | None"]:
        with closing(self._opened_to_read()) as connection:
            session = SqliteSession(connection, self.url)
            yield session if session.holds_tables() else None

    @contextmanager
    def writing(self, run: str, wait: Wait = USUAL) -> Iterator["SqliteSession"]:
        with closing(self._opened_to_write()) as connection:
            session = SqliteSession(connection, self.url, run, wait)
            session.make_tables()
            yield session

    def _opened_to_read(self) -> sqlite3.Connection:
        """A connection that writes nothing. It needs no more than the file, unless a killed program left more behind.

        One that could write leaves no files behind, so it is tried where no write-ahead log lies beside the file.
        """
        try:
            _check_readable(self.url)
            whole = not os.path.exists(f"{self.url}-wal") or not os.path.getsize(f"{self.url}-wal")
        except (OSError, ValueError) as error:  # ValueError: a path with a null character
            raise UsageError(f"the log {self.url} cannot be read: {reason(error)}") from error
        try:
            return self._tried("mode=rw" if whole else "mode=ro")
        except _FAILURES as error:
            if _code(error) not in {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}:
                raise _meaning(error, self.url) from error
            if not whole:
                raise UsageError(f"the log {self.url} cannot be read: {error}", _COPY) from error
        try:
            return self._tried("mode=ro&immutable=1")
        except _FAILURES as error:
            raise _meaning(error, self.url) from error

    def _tried(self, query: str) -> sqlite3.Connection:
        """A connection that has been read from: only then is it known to work."""
        from urllib.parse import quote  # here, because who only writes needs no address

        address = f"file://{quote(os.fsencode(os.path.abspath(self.url)))}?{query}"
        connection = sqlite3.connect(address, timeout=TRY_SECONDS, isolation_level=None, uri=True)
        try:
            connection.execute("PRAGMA query_only = ON")
            count = partial(connection.execute, "SELECT count(*) FROM sqlite_master")
            _patiently(self.url, count).fetchall()
        except _FAILURES:
            connection.close()
            raise
        return connection

    def _opened_to_write(self) -> sqlite3.Connection:
        if sqlite3.sqlite_version_info < _OLDEST:
            raise UsageError(
                f"the log {self.url} cannot be written: this is SQLite {sqlite3.sqlite_version}, and it takes 3.37",
                "log to a file that ends in .jsonl",
            )
        try:
            find_folder(self.url)
            return sqlite3.connect(self.url, timeout=TRY_SECONDS, isolation_level=None)
        except (OSError, ValueError) as error:  # ValueError: a path with a null character
            raise UsageError(f"the log {self.url} cannot be written: {reason(error)}", no_folder(self.url)) from error
        except _FAILURES as error:
            raise _meaning(error, self.url, "written") from error


class SqliteSession:
    """A connection to a file; where it is to be written, by the program that writes `run`. Each statement
    waits for other programs, for BUSY_SECONDS where nobody says how long.
    """

    def __init__(self, connection: sqlite3.Connection, url: str, run: str | None = None, wait: Wait = USUAL) -> None:
        self._connection = connection
        self._url = url
        self._run = run
        self._wait = wait

    def rows(self, sql: str, *values: object) -> list[Row]:
        with self._explained():
            return self._executed(sql, *values).fetchall()

    def pages(self, sql: str, *values: object) -> Iterator[Sequence[Row]]:
        with self._explained():
            cursor = self._executed(sql, *values)
            page = cursor.fetchmany(_PAGE)
        while page:
            yield page
            with self._explained():
                page = cursor.fetchmany(_PAGE)

    def do(self, sql: str, *values: object) -> None:
        with self._explained():
            self._executed(sql, *values)

    def append(self, number: int, records: Sequence[Record]) -> None:
        rows = [record[1:] for record in records]
        whole = len(rows) - len(rows) % _TOGETHER
        together = [tuple(chain.from_iterable(rows[at : at + _TOGETHER])) for at in range(0, whole, _TOGETHER)]
        insert, row = "INSERT INTO sim_records VALUES", f"({number}, ?, ?, ?, ?, ?)"
        with self._explained():
            self._connection.executemany(f"{insert} {', '.join([row] * _TOGETHER)}", together)
            self._connection.executemany(f"{insert} {row}", rows[whole:])

    @contextmanager
    def transaction(self, *, alone: bool = False) -> Iterator[None]:
        self.do("BEGIN IMMEDIATE")  # it is always alone
        yield  # what fails here closes the connection, and that rolls it back
        self.do("COMMIT")

    def holds(self, table: str) -> bool:
        return bool(self.rows("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", table))

    def make(self, table: str, sql: str) -> None:
        if not self.holds(table):
            self.do(_theirs(sql))

    def holds_tables(self) -> bool:
        """Whether the file is a log, rather than empty. Raises LogError where it is something else."""
        (marks,) = self.rows(
            "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_master) "
            "FROM pragma_application_id, pragma_user_version"
        )
        if marks == (0, 0, 0):
            return False
        application, version, _ = marks
        if application != APPLICATION:
            raise LogError(f"{self._url}: this SQLite database is not a log of this program")
        if version != VERSION:
            raise LogError(
                f"{self._url}: the log's tables are of version {version}, and this program knows version {VERSION}",
                "a newer version of the program wrote it",
            )
        return True

    def make_tables(self) -> None:
        """Make ready to write: an empty file becomes a log.

        Raises LogError, and changes nothing, where it is neither.
        """
        made = self.holds_tables()
        self.do("PRAGMA journal_mode = WAL")
        self.do("PRAGMA synchronous = FULL")
        self.do("PRAGMA wal_autocheckpoint = 0")
        if made:
            return
        with self.transaction():
            for table in CREATE_TABLES:
                self.do(_theirs(table))
            self.do(f"PRAGMA application_id = {APPLICATION}")
            self.do(f"PRAGMA user_version = {VERSION}")

    def _executed(self, sql: str, *values: object) -> sqlite3.Cursor:
        """The cursor of a statement. While another program has the file, none has begun anything: it is tried again."""
        return _patiently(self._url, partial(self._connection.execute, sql, values), self._wait)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.IntegrityError as error:
            raise being_written(f"{self._run}", self._url) from error
        except _FAILURES as error:
            raise _meaning(error, self._url, "written" if self._run else "read") from error


def _theirs(sql: str) -> str:
    """SQL of `sim.eventlog.tables` that makes a table, with SQLite's types."""
    return sql.format(whole="INTEGER", bytes="BLOB", kind=" STRICT, WITHOUT ROWID")


def _patiently(url: str, execute: Callable[[], T], wait: Wait = USUAL) -> T:
    """What SQLite does with the file at `url`, as soon as no other program has it locked: that is waited for."""
    patience = Patience.of(f"the log {url}", wait, BUSY_SECONDS)
    while True:
        try:
            return execute()
        except sqlite3.Error as error:
            if _code(error) != sqlite3.SQLITE_BUSY or not patience.left():
                raise
            time.sleep(0.01)  # where two programs begin one file at once, SQLite does not wait at all


def _check_readable(path: str) -> None:
    """Raise the OSError that opening the file would.

    It is not opened: closing it again would drop the locks of every connection that this program has to it.
    """
    mode = os.stat(path).st_mode
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not os.access(path, os.R_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _code(error: Exception) -> int:
    """SQLite's code for an error, without what makes it more exact; text that is none has no code."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF


def _meaning(error: Exception, url: str, done: str = "read") -> SimError:
    """What an error of SQLite's says of the log that is to be read or written."""
    code, words = _code(error), ascii(str(error))[1:-1]  # of a damaged file, they repeat what stands there
    if code in _REMEDIES:
        return UsageError(f"the log {url} cannot be {done}: {words}", _REMEDIES[code])
    if code == sqlite3.SQLITE_NOTADB:
        return LogError(f"{url}: this is not a log: {words}")
    return LogError(f"{url}: the log is damaged: {words}")
