"""Addresses: which store a URL or a path opens."""

from os import PathLike, fspath
from typing import TYPE_CHECKING

from sim.errors import UsageError
from sim.eventlog.log import EventLog
from sim.eventlog.store import Store

if TYPE_CHECKING:
    from sim.eventlog.database import Database
    from sim.eventlog.tallies import TallyStore

ADDRESSES = "a file that ends in .sqlite or .jsonl, postgresql://…, or memory:"


def open_log(url: str | PathLike[str]) -> EventLog:
    """The log at an address: the path of a file that ends in .sqlite or .jsonl, a postgresql:// URL, or "memory:".

    Each "memory:" is a new one. Nothing is read, and nothing made, before the log is asked. Raises UsageError for any
    other address.
    """
    return EventLog(_store(fspath(url)))


def open_tallies(url: str | PathLike[str]) -> "TallyStore":
    """Where the log at an address keeps what ensembles came to; addresses and errors are those of `open_log`."""
    from sim.eventlog.tallies import TallyFiles, TallyShelf, TallyTable

    address = fspath(url)
    if address == "memory:":
        return TallyShelf()
    if _is_jsonl(address):
        return TallyFiles(address)
    return TallyTable(_database(address))


def _store(address: str) -> Store:
    """The store at an address. Each is imported where it is opened: most runs need one at most."""
    if address == "memory:":
        from sim.eventlog.memory import MemoryStore

        return MemoryStore()
    if _is_jsonl(address):
        from sim.eventlog.jsonl import JsonlStore

        return JsonlStore(address)
    from sim.eventlog.database import DatabaseStore

    return DatabaseStore(_database(address))


def _is_jsonl(address: str) -> bool:
    return address.endswith(".jsonl") and "://" not in address


def _database(address: str) -> "Database":
    """The database at an address that is no other log's. Raises UsageError where it is none either."""
    scheme, colons, _ = address.partition("://")
    if address.endswith(".sqlite") and not colons:
        from sim.eventlog.sqlite import Sqlite

        return Sqlite(address)
    if scheme in {"postgresql", "postgres"} and colons:
        from sim.eventlog.postgres import Postgres

        return Postgres(address)
    shown = f"'{address}'" if "@" not in address else "this"  # it may hold a password
    raise UsageError(f"{shown} is not the address of a log", f"a log is {ADDRESSES}")
