"""Addresses: which store a URL or a path opens."""

from os import PathLike, fspath

from sim.errors import UsageError
from sim.eventlog.log import EventLog
from sim.eventlog.memory import MemoryStore

ADDRESSES = "a file that ends in .jsonl, or memory:"


def open_log(url: str | PathLike[str]) -> EventLog:
    """The log at an address: the path of a file that ends in .jsonl, or "memory:", which is a new one each time.

    Nothing is read, and no file made, before the log is asked. Raises UsageError for any other address.
    """
    address = fspath(url)
    if address == MemoryStore.url:
        return EventLog(MemoryStore())
    if address.endswith(".jsonl") and "://" not in address:
        from sim.eventlog.jsonl import JsonlStore  # here, because most runs write no file

        return EventLog(JsonlStore(address))
    raise UsageError(f"'{address}' is not the address of a log", f"a log is {ADDRESSES}")
