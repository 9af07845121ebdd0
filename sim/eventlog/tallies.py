"""Where what ensembles came to is kept, beside the runs of a log: never in the chain, and of no meaning to it."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from secrets import token_hex
from typing import IO, Protocol

from sim.errors import UsageError
from sim.eventlog.database import Database
from sim.eventlog.folder import no_folder
from sim.eventlog.page import reason
from sim.eventlog.patience import USUAL, Patience, Wait

TABLE = "sim_ensembles"

SUFFIX = ".json"
"""What the names of files end in that each hold a tally."""

DRAFT = ".draft"
"""What the names of files end in that are being written."""

LOCK = ".lock"
"""The file that whoever writes a tally beside a JSONL log has locked meanwhile."""

BUSY_SECONDS = 10.0
"""How long to wait for another program that writes there: it takes a moment."""

CREATE_TABLE = f"""
    CREATE TABLE IF NOT EXISTS {TABLE} (
        ensemble TEXT NOT NULL PRIMARY KEY,
        body {{bytes}} NOT NULL
    ){{kind}}
"""

FIND_ALL = f"SELECT ensemble, body FROM {TABLE} ORDER BY ensemble"
FIND = f"SELECT body FROM {TABLE} WHERE ensemble = ?"

TRY = f"""
    INSERT INTO {TABLE} SELECT ensemble, body FROM {TABLE} WHERE 1 = 0
    ON CONFLICT (ensemble) DO UPDATE SET body = excluded.body
"""
"""What takes all that it takes to keep a tally, and keeps none."""

KEEP = f"INSERT INTO {TABLE} VALUES (?, ?) ON CONFLICT (ensemble) DO UPDATE SET body = excluded.body"


Kept = tuple[str, bytes]
"""An ensemble, and its tally."""

GivesWay = Callable[[bytes], bool]
"""Whether a tally that is kept already gives way to one that is to be kept."""


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
        """The tally of an ensemble; None where none is kept, or there is no log. Nothing is made, and nothing changed.

        Raises UsageError where it cannot be read.
        """
        ...

    def check(self, ensemble: str) -> None:
        """Make what the tally of an ensemble is kept in, where there is no such thing; what is kept stays as it is.

        Raises UsageError where the system refuses that, or would refuse to keep one.
        """
        ...

    def keep(self, ensemble: str, body: bytes, gives_way: GivesWay, wait: Wait = USUAL) -> None:
        """Keep the tally of an ensemble, whole or not at all, where none is kept or that one gives way to it.

        Nobody else keeps one of that ensemble between the question and the answer. Another program is waited for, as
        long as `wait` says. Raises UsageError where the system refuses.
        """
        ...


class TallyTable:
    """Keeps tallies in a table of a database. A log that has none yet is given one when it is first to keep any."""

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
            return [(ensemble, bytes(body)) for ensemble, body in session.rows(FIND_ALL)]

    def find(self, ensemble: str) -> bytes | None:
        if self._database.absent:
            return None
        with self._database.reading() as session:
            if session is None or not session.holds(TABLE):
                return None
            return next((bytes(body) for (body,) in session.rows(FIND, ensemble)), None)

    def check(self, ensemble: str) -> None:
        with self._database.writing(ensemble) as session:
            session.make(TABLE, CREATE_TABLE)
            with session.transaction(alone=True):
                session.do(TRY)

    def keep(self, ensemble: str, body: bytes, gives_way: GivesWay, wait: Wait = USUAL) -> None:
        with self._database.writing(ensemble, wait) as session:
            session.make(TABLE, CREATE_TABLE)
            with session.transaction(alone=True):
                if all(gives_way(bytes(there)) for (there,) in session.rows(FIND, ensemble)):
                    session.do(KEEP, ensemble, body)


class TallyFiles:
    """Keeps tallies beside a JSONL file, each in a file of its own: lines of the log itself are all hashed."""

    def __init__(self, path: str) -> None:
        self.url = path
        self.where = path.removesuffix(".jsonl") + ".tallies"

    def all(self) -> list[Kept]:
        try:
            names = sorted(name for name in os.listdir(self.where) if name.endswith(SUFFIX))
            return [(name.removesuffix(SUFFIX), self._read(name)) for name in names]
        except FileNotFoundError:
            return []
        except (OSError, ValueError) as error:
            raise UsageError(f"the log {self.url} cannot be read: {reason(error)}") from error

    def find(self, ensemble: str) -> bytes | None:
        try:
            return self._read(ensemble + SUFFIX)
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:  # ValueError: a path with a null character
            raise UsageError(f"the log {self.url} cannot be read: {reason(error)}") from error

    def check(self, ensemble: str) -> None:
        with self._explained(), self._alone():
            os.unlink(self._drafted(ensemble + SUFFIX, b""))

    def keep(self, ensemble: str, body: bytes, gives_way: GivesWay, wait: Wait = USUAL) -> None:
        with self._explained(), self._alone(wait):
            there = self.find(ensemble)
            if there is None or gives_way(there):
                self._write(ensemble + SUFFIX, body)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (OSError, ValueError) as error:
            raise UsageError(f"the log {self.url} cannot be written: {reason(error)}", no_folder(self.url)) from error

    def _read(self, name: str) -> bytes:
        with open(os.path.join(self.where, name), "rb") as file:
            return file.read()

    def _make_folder(self) -> None:
        with suppress(FileExistsError):
            os.mkdir(self.where)
            _sync_folder(os.path.dirname(self.where) or ".")

    @contextmanager
    def _alone(self, wait: Wait = USUAL) -> Iterator[None]:
        """Let no other program write here meanwhile, and take away what one that was killed has left.

        The folder is made where there is none. Raises UsageError where another goes on writing.
        """
        self._make_folder()
        with open(os.path.join(self.where, LOCK), "ab") as file:
            if self._locked(file, wait):
                for name in os.listdir(self.where):
                    if name.endswith(DRAFT):
                        os.unlink(os.path.join(self.where, name))
            yield

    def _locked(self, file: IO[bytes], wait: Wait) -> bool:
        """Wait for the lock; False where there are none, as on Windows: then the last one that writes wins."""
        try:
            import fcntl
        except ImportError:
            return False
        patience = Patience.of(self.where, wait, BUSY_SECONDS)
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            except BlockingIOError as error:
                if not patience.left():
                    raise UsageError(
                        f"another program is writing to {self.where}", "wait until it is done, or log elsewhere"
                    ) from error
                time.sleep(0.01)

    def _write(self, name: str, body: bytes) -> None:
        """Write a file under another name, and give it its own when it is on the disk."""
        draft = self._drafted(name, body)
        try:
            os.replace(draft, os.path.join(self.where, name))
        except BaseException:
            with suppress(OSError):
                os.unlink(draft)
            raise
        _sync_folder(self.where)

    def _drafted(self, name: str, body: bytes) -> str:
        """Write a file under another name, until it is on the disk: under which."""
        draft = os.path.join(self.where, f"{name}.{token_hex(8)}{DRAFT}")
        try:
            with open(draft, "xb") as file:  # not `mkstemp`, whose files nobody else may read
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            with suppress(OSError):
                os.unlink(draft)
            raise
        return draft


def _sync_folder(path: str) -> None:
    """Have the names in a folder on the disk, where there is such a thing: not on Windows, nor on some drives."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):
            os.fsync(folder)
    finally:
        os.close(folder)


class TallyShelf:
    """Keeps tallies as long as it lives itself."""

    url = where = "memory:"

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def all(self) -> list[Kept]:
        return sorted(self._kept.items())

    def find(self, ensemble: str) -> bytes | None:
        return self._kept.get(ensemble)

    def check(self, ensemble: str) -> None:
        """It can always keep one."""

    def keep(self, ensemble: str, body: bytes, gives_way: GivesWay, wait: Wait = USUAL) -> None:
        if ensemble not in self._kept or gives_way(self._kept[ensemble]):
            self._kept[ensemble] = body
