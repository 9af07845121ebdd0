"""Addresses: which store a URL or a path opens."""

from os import PathLike, fspath

from sim.errors import UsageError
from sim.eventlog.log import EventLog
from sim.eventlog.store import Store

ADDRESSES = "a file that ends in .sqlite or .jsonl, postgresql://…, or memory:"


def open_log(url: str | PathLike[str]) -> EventLog:
    """The log at an address: the path of a file that ends in .sqlite or .jsonl, a postgresql:// URL, or "memory:".

    Each "memory:" is a new one. Nothing is read, and nothing made, before the log is asked. Raises UsageError for any
    other address.
    """
    return EventLog(_store(fspath(url)))


def _store(address: str) -> Store:
    """The store at an address. Each is imported where it is opened: most runs need one at most."""
    scheme, colons, _ = address.partition("://")
    if address == "memory:":
        from sim.eventlog.memory import MemoryStore

        return MemoryStore()
    if address.endswith(".jsonl") and not colons:
        from sim.eventlog.jsonl import JsonlStore

        return JsonlStore(address)
    if address.endswith(".sqlite") and not colons:
        from sim.eventlog.database import DatabaseStore
        from sim.eventlog.sqlite import Sqlite

        return DatabaseStore(Sqlite(address))
    if scheme in {"postgresql", "postgres"} and colons:
        from sim.eventlog.database import DatabaseStore
        from sim.eventlog.postgres import Postgres

        return DatabaseStore(Postgres(address))
    shown = f"'{address}'" if "@" not in address else "this"  # it may hold a password
    raise UsageError(f"{shown} is not the address of a log", f"a log is {ADDRESSES}")
