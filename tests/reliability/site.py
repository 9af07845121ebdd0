"""Sites: where logs are kept, as someone sees them who goes behind the program's back."""

import sqlite3
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

import psycopg

from sim.eventlog import EventLog, Record, open_log
from sim.eventlog.line import Lines
from tests.postgres import Server
from tests.reliability.image import Image

Undo = Callable[[], None]


class Site(ABC):
    """A place for one log, at `url`.

    In one for `one_unfinished` run, no other can be begun before that is completed; in one for `one_writer`, not even
    another run can be written at the same time.
    """

    one_unfinished: ClassVar[bool] = False
    one_writer: ClassVar[bool] = False

    def __init__(self, url: str) -> None:
        self.url = url

    def log(self) -> EventLog:
        """The log, as a program sees it that has just been started."""
        return open_log(self.url)

    @abstractmethod
    def stored(self) -> Any:
        """All that is stored there, to compare with what another site has."""

    @abstractmethod
    def replace(self, run: str, records: list[Record]) -> Undo:
        """Change what is stored of a run into these records; what is called in the end undoes it."""


class MortalSite(Site):
    """A site that outlives its writer, who can be killed; a `torn` one then may hold part of a record or a commit."""

    torn: ClassVar[bool] = False

    @abstractmethod
    def kill(self) -> Undo:
        """Kill who is writing. What is called in the end leaves the site as it was at that moment."""

    @abstractmethod
    def settle(self) -> None:
        """Wait until nobody works on what a program asked for that has been killed since."""


class MemorySite(Site):
    """The memory of this process: what kills the writer kills the log."""

    def __init__(self) -> None:
        super().__init__("memory:")
        self._log = open_log(self.url)

    def log(self) -> EventLog:
        return self._log

    def stored(self) -> dict[str, list[Record]]:
        stored: dict[str, list[Record]] = vars(self._log)["_store"]._records_by_run
        return stored

    def replace(self, run: str, records: list[Record]) -> Undo:
        stored = self.stored()
        before, stored[run] = stored[run], records
        return lambda: stored.__setitem__(run, before)


class FileSite(MortalSite):
    """A file, with those that SQLite keeps beside it."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path

    def kill(self) -> Undo:
        image = Image.of(self.path)
        return lambda: image.put(self.path)

    def settle(self) -> None:
        """There is nothing to wait for: only the program itself works on a file."""


class JsonlSite(FileSite):
    """A JSONL file."""

    torn = one_unfinished = one_writer = True

    def stored(self) -> bytes:
        return self.path.read_bytes()

    def replace(self, run: str, records: list[Record]) -> Undo:
        before = Image.of(self.path)
        lines, mine = self.stored().splitlines(keepends=True), f'{{"run": "{run}"'.encode()
        first = next(number for number, line in enumerate(lines) if line.startswith(mine))
        others = [line for line in lines if not line.startswith(mine)]
        writer = Lines()
        writer.read(lines[first])  # from which it knows the dates, whatever the new first record says
        others[first:first] = [writer.write(record) for record in records]
        self.path.write_bytes(b"".join(others))
        return lambda: before.put(self.path)


class TableSite(MortalSite):
    """The tables of a database. `mark` is what stands for a value in its SQL."""

    mark: ClassVar[str]

    @abstractmethod
    def connected(self) -> AbstractContextManager[Any]:
        """A connection that commits each statement."""

    def stored(self) -> dict[str, list[tuple[Any, ...]]]:
        with self.connected() as connection:
            return {
                table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
                for table in ("sim_runs", "sim_records", "sim_balances")
            }

    def replace(self, run: str, records: list[Record]) -> Undo:
        with self.connected() as connection:
            ((number,),) = connection.execute(f"SELECT number FROM sim_runs WHERE run = {self.mark}", (run,)).fetchall()
            mine = f"FROM sim_records WHERE number = {number}"
            before = connection.execute(f"SELECT * {mine}").fetchall()
            connection.execute(f"DELETE {mine}")
            self._insert(connection, [(number, *record[1:]) for record in records])

        def undo() -> None:
            with self.connected() as connection:
                connection.execute(f"DELETE {mine}")
                self._insert(connection, before)

        return undo

    def change_balance(self, position: int, column: str, value: object) -> None:
        """Change the trial balance that is stored for a position, in the one run there is."""
        sql = f"UPDATE sim_balances SET {column} = {self.mark} WHERE position = {self.mark}"
        with self.connected() as connection:
            connection.execute(sql, (value, position))

    def _insert(self, connection: Any, rows: list[tuple[object, ...]]) -> None:
        values = ", ".join([self.mark] * 6)
        connection.cursor().executemany(f"INSERT INTO sim_records VALUES ({values})", rows)


class SqliteSite(TableSite, FileSite):
    """An SQLite file."""

    mark = "?"

    def connected(self) -> AbstractContextManager[sqlite3.Connection]:
        return closing(sqlite3.connect(self.path, isolation_level=None))


_schemas = count(1)


class PostgresSite(TableSite):
    """A schema or a database of its own on a server."""

    mark = "%s"
    _others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"

    @classmethod
    def on(cls, server: Server) -> "PostgresSite":
        """A new schema, which takes a tenth of the time that a new database does."""
        name = f"site{next(_schemas)}"
        server.execute(f"CREATE SCHEMA {name}")
        return cls(f"{server.url()}&options=-csearch_path%3D{name}")

    def settle(self) -> None:
        with self.connected() as connection:
            while connection.execute(f"SELECT pid {self._others}").fetchall():
                time.sleep(0.01)

    def kill(self) -> Undo:
        with self.connected() as connection:
            connection.execute(f"SELECT pg_terminate_backend(pid, 5000) {self._others}")
        return lambda: None

    def connected(self) -> AbstractContextManager[psycopg.Connection[Any]]:
        return psycopg.connect(self.url, autocommit=True)


Sites = Callable[[], Site]
"""Makes a site that holds nothing yet."""

MortalSites = Callable[[], MortalSite]
"""Makes a mortal one."""
