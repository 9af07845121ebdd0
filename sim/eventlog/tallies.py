"""Where what ensembles came to is kept, beside the runs of a log: never in the chain, and of no meaning to it."""

import os
from contextlib import suppress
from typing import Protocol

from sim.errors import UsageError
from sim.eventlog.database import Database
from sim.eventlog.page import reason

TABLE = "sim_tallies"

SUFFIX = ".json"
"""What the names of files end in that each hold a tally."""

CREATE_TABLE = f"""
    CREATE TABLE IF NOT EXISTS {TABLE} (
        ensemble TEXT NOT NULL PRIMARY KEY,
        runs {{whole}} NOT NULL,
        body {{bytes}} NOT NULL
    ){{kind}}
"""

FIND_ALL = f"SELECT ensemble, runs, body FROM {TABLE} ORDER BY ensemble"
FIND = f"SELECT body FROM {TABLE} WHERE ensemble = ?"

KEEP = f"""
    INSERT INTO {TABLE} VALUES (?, ?, ?)
    ON CONFLICT (ensemble) DO UPDATE SET runs = excluded.runs, body = excluded.body
    WHERE excluded.runs > {TABLE}.runs
"""


Kept = tuple[str, int, bytes]
"""An ensemble, of how many runs its tally is, and the tally."""


class TallyStore(Protocol):
    """Keeps one tally of each ensemble, as the bytes that it is given."""

    @property
    def url(self) -> str:
        """The address of the log, as it may be shown."""
        ...

    @property
    def where(self) -> str:
        """What holds the tallies: the log itself, or a folder beside it."""
        ...

    def all(self) -> list[Kept]:
        """All that is kept, by ensemble; nothing is made. Raises UsageError where there is no such log."""
        ...

    def find(self, ensemble: str) -> bytes | None:
        """The tally of an ensemble; None where none is kept."""
        ...

    def keep(self, ensemble: str, runs: int, body: bytes) -> None:
        """Keep the tally of so many runs of an ensemble in place of one of fewer runs, whole or not at all.

        Raises UsageError where the system refuses.
        """
        ...


class TallyTable:
    """Keeps tallies in a table of a database. A log that has none yet is given one when it is first asked."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def url(self) -> str:
        return self._database.url

    where = url

    def all(self) -> list[Kept]:
        with self._database.reading() as session:
            if session is None or not session.holds(TABLE):
                return []
            return [(ensemble, runs, bytes(body)) for ensemble, runs, body in session.rows(FIND_ALL)]

    def find(self, ensemble: str) -> bytes | None:
        with self._database.writing(ensemble) as session:  # there may not even be a log yet
            session.make(TABLE, CREATE_TABLE)
            rows = session.rows(FIND, ensemble)
        return next((body for (body,) in rows), None)

    def keep(self, ensemble: str, runs: int, body: bytes) -> None:
        with self._database.writing(ensemble) as session:
            session.make(TABLE, CREATE_TABLE)
            session.do(KEEP, ensemble, runs, body)


class TallyFiles:
    """Keeps tallies beside a JSONL file, each in a file of its own: lines of the log itself are all hashed."""

    def __init__(self, path: str) -> None:
        self.url = path
        self.where = path.removesuffix(".jsonl") + ".tallies"

    def all(self) -> list[Kept]:
        try:
            names = sorted(name for name in os.listdir(self.where) if name.endswith(SUFFIX))
            return [self._read(name.removesuffix(SUFFIX)) for name in names]
        except FileNotFoundError:
            return []
        except (OSError, ValueError) as error:
            raise UsageError(f"the log {self.url} cannot be read: {reason(error)}") from error

    def _read(self, ensemble: str) -> Kept:
        with open(self._path(ensemble), "rb") as file:
            number, _, body = file.read().partition(b"\n")
        return ensemble, int(number) if number.isdigit() else -1, body

    def find(self, ensemble: str) -> bytes | None:
        try:
            return self._read(ensemble)[2]
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:  # ValueError: a path with a null character
            raise UsageError(f"the log {self.url} cannot be read: {reason(error)}") from error

    def keep(self, ensemble: str, runs: int, body: bytes) -> None:
        path = self._path(ensemble)
        beside = f"{path}.{os.getpid()}"
        try:
            with suppress(FileExistsError):
                os.mkdir(self.where)
            if runs <= self._runs(path):
                return
            with open(beside, "wb") as file:
                file.write(b"%d\n" % runs + body)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, path)
        except (OSError, ValueError) as error:
            with suppress(OSError, ValueError):
                os.remove(beside)
            raise UsageError(f"the log {self.url} cannot be written: {reason(error)}") from error

    def _runs(self, path: str) -> int:
        """Of how many runs the tally in a file is; -1 where there is none."""
        try:
            with open(path, "rb") as file:
                number = file.readline(32)
        except FileNotFoundError:
            return -1
        return int(number) if number.strip().isdigit() else -1

    def _path(self, ensemble: str) -> str:
        return os.path.join(self.where, f"{ensemble}{SUFFIX}")


class TallyShelf:
    """Keeps tallies as long as it lives itself."""

    url = where = "memory:"

    def __init__(self) -> None:
        self._kept: dict[str, tuple[int, bytes]] = {}

    def all(self) -> list[Kept]:
        return [(ensemble, *kept) for ensemble, kept in sorted(self._kept.items())]

    def find(self, ensemble: str) -> bytes | None:
        return self._kept[ensemble][1] if ensemble in self._kept else None

    def keep(self, ensemble: str, runs: int, body: bytes) -> None:
        if ensemble not in self._kept or runs > self._kept[ensemble][0]:
            self._kept[ensemble] = runs, body
