"""The database on a PostgreSQL server: for teams whose programs write runs at the same time.

A run is written by one program at a time, which holds a lock on it as long as it is connected: so the order of
positions is that of commits. The lock belongs to a session, so a pooler between must not share sessions out by
transactions. The library that speaks to the server comes with the extra `postgres`.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING, Any

from sim.errors import LogError, SimError, UsageError
from sim.eventlog.copying import copied
from sim.eventlog.patience import USUAL, Wait
from sim.eventlog.record import Record
from sim.eventlog.server import parse_server
from sim.eventlog.store import being_written
from sim.eventlog.tables import CREATE_TABLES, Row

if TYPE_CHECKING:
    import psycopg

CONNECT_SECONDS = 10
"""How long to wait for a server to answer, unless the URL says otherwise."""

HELD_SECONDS = 2.0
"""How long to wait for another program that writes the same run."""

_PAGE = 2_000
"""How many rows are fetched at once."""

_ALONE = int.from_bytes(b"sim-runs", "big")
"""The lock of a transaction that is to be alone."""

_LOST = "when the server answers again, run it again: what is stored is kept, and the run is completed"


class Postgres:
    """The database at a postgresql:// URL."""

    def __init__(self, url: str) -> None:
        self._server = parse_server(url)

    @property
    def url(self) -> str:
        return self._server.url

    @property
    def absent(self) -> bool:
        return False

    @contextmanager
    def reading(self) -> Iterator["PostgresSession | None"]:
        with closing(self._connected("read")) as connection:
            session = PostgresSession(connection, self.url)
            yield session if session.holds_tables() else None

    @contextmanager
    def writing(self, run: str, wait: Wait = USUAL) -> Iterator["PostgresSession"]:
        with closing(self._connected("written")) as connection:
            session = PostgresSession(connection, self.url, run)
            session.hold_run(run, HELD_SECONDS if wait.seconds is None else min(wait.seconds, HELD_SECONDS))
            session.make_tables()
            yield session

    def _connected(self, done: str) -> "psycopg.Connection[Row]":
        try:
            import psycopg
            from psycopg.conninfo import make_conninfo
        except ImportError as error:  # also where it is here, and the library beneath it is not
            raise UsageError(
                f"the log {self.url} cannot be {done}: the library 'psycopg' is not here",
                "install it: pip install 'troop-ledger[postgres]'",
            ) from error
        parameters: dict[str, Any] = {
            "connect_timeout": CONNECT_SECONDS,
            "fallback_application_name": "sim",
            **self._server.parameters,
            "client_encoding": "UTF8",
        }
        try:
            return psycopg.connect(make_conninfo(**parameters), autocommit=True)
        except psycopg.Error as error:
            raise _meaning(error, self.url, done) from error


class PostgresSession:
    """A connection to a server; where it is to be written, by the program that writes `run`."""

    def __init__(self, connection: "psycopg.Connection[Row]", url: str, run: str | None = None) -> None:
        self._connection = connection
        self._url = url
        self._run = run

    def rows(self, sql: str, *values: object) -> list[Row]:
        with self._explained():
            return self._connection.execute(_theirs(sql), values, binary=True).fetchall()

    def pages(self, sql: str, *values: object) -> Iterator[Sequence[Row]]:
        self.do("BEGIN READ ONLY")
        cursor = self._connection.cursor("sim_rows", binary=True)
        try:
            with self._explained():
                cursor.execute(_theirs(sql), values)
                page = cursor.fetchmany(_PAGE)
            while page:
                yield page
                with self._explained():
                    page = cursor.fetchmany(_PAGE)
        finally:
            _dismiss(cursor)
        self.do("COMMIT")

    def do(self, sql: str, *values: object) -> None:
        with self._explained():
            self._connection.execute(_theirs(sql), values)

    def append(self, number: int, records: Sequence[Record]) -> None:
        copying = b"COPY sim_records FROM STDIN (FORMAT BINARY)"
        with self._explained(), closing(self._connection.cursor()) as cursor, cursor.copy(copying) as copy:
            copy.write(copied(number, records))

    @contextmanager
    def transaction(self, *, alone: bool = False) -> Iterator[None]:
        self.do("BEGIN ISOLATION LEVEL READ COMMITTED")  # what is asked behind the lock is what others left
        if alone:
            self.do("SELECT pg_advisory_xact_lock(?)", _ALONE)
        yield  # what fails here closes the connection, and that rolls it back
        self.do("COMMIT")

    def holds(self, table: str) -> bool:
        return bool(self.rows("SELECT 1 WHERE to_regclass(?) IS NOT NULL", table))

    def make(self, table: str, sql: str) -> None:
        if not self.holds(table):
            with self.transaction(alone=True):
                self.do(_typed(sql))

    def holds_tables(self) -> bool:
        """Whether there is a log in the database."""
        return self.holds("sim_records")

    def hold_run(self, run: str, seconds: float) -> None:
        """Let no other program write `run` until this session ends.

        Raises UsageError where another does, and goes on for so many seconds: a server takes a moment to notice that
        one was killed.
        """
        lock = int.from_bytes(bytes.fromhex(run), "big", signed=True)
        deadline = time.monotonic() + seconds
        while self.rows("SELECT pg_try_advisory_lock(?)", lock) != [(True,)]:
            if time.monotonic() > deadline:
                raise being_written(run, self._url)
            time.sleep(0.05)

    def make_tables(self) -> None:
        """Make the tables, where there are none. Where there are, it takes no right to make any."""
        if self.holds_tables():
            return
        with self.transaction(alone=True):
            for table in CREATE_TABLES:
                self.do(_typed(table))

    @contextmanager
    def _explained(self) -> Iterator[None]:
        import psycopg

        try:
            yield
        except psycopg.Error as error:
            raise _meaning(error, self._url, "written" if self._run else "read", self._run) from error


def _dismiss(cursor: "psycopg.ServerCursor[Row]") -> None:
    """Close a cursor whose server may have gone: asking that server fails, and the second time it is not asked."""
    import psycopg

    with suppress(psycopg.Error):
        cursor.close()
    cursor.close()


def _typed(sql: str) -> str:
    """SQL of `sim.eventlog.tables` that makes a table, with the server's types."""
    return sql.format(whole="BIGINT", bytes="BYTEA", kind="")


def _theirs(sql: str) -> bytes:
    """SQL of `sim.eventlog.tables` as the library has it."""
    return sql.replace("?", "%s").encode()


def _meaning(error: "psycopg.Error", url: str, done: str, run: str | None = None) -> SimError:
    """What an error of the server, or of the way to it, says of the log that is to be read or written."""
    state, words = error.sqlstate or "", " ".join(str(error).split())
    if state == "23505":  # unique_violation
        return being_written(f"{run}", url)
    if state.startswith("XX"):  # internal errors: damaged data, a damaged index
        return LogError(f"{url}: the log is damaged: {words}")
    if state == "42501":
        return UsageError(f"the log {url} cannot be {done}: {words}", "ask the database's owner for the right to do it")
    if state.startswith("42"):  # what is there has another form
        return LogError(f"{url}: the tables are not those of a log: {words}")
    return UsageError(f"the log {url} cannot be {done}: {words}", _LOST if run else "")
