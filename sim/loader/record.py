"""Records: one entry of a section, the same whether it was written in YAML or as the row of a table.

A record has its keys on one level: a key inside a key is joined to it by `_`, and a value that may be written bare
stands under the outer key alone.
"""

from collections.abc import Iterator, Sequence
from typing import Protocol

from sim.loader.faults import Fault
from sim.loader.problem import Word


class Record(Protocol):
    """One entry. `texts` holds its single values by flat key; none of them is empty."""

    @property
    def texts(self) -> dict[str, str]: ...

    def many(self, key: str) -> tuple[str, ...]:
        """The values under `key`, as written; empty where there are none."""
        ...

    def records(self, key: str) -> "Sequence[Record]":
        """The mappings listed under `key`; empty where there are none."""
        ...

    def has(self, key: str) -> bool:
        """Whether anything was written under `key` or under a key inside it, even if it could not be read."""
        ...

    def report(self, fault: Fault, key: str = "", index: int = 0, /, **words: Word) -> None:
        """Note a fault at the value of `key`, the `index`-th of many, or at the record where it has no such key."""
        ...


class Finder(Protocol):
    """Finds the entries of a section."""

    def find(self, id: str) -> Record:
        """The entry of an id, to report what is wrong with it; it need not be readable again."""
        ...


class Entries(Finder, Protocol):
    """All entries of a section, by id. `complete` turns False where reading had to stop before the last of them."""

    complete: bool

    def __iter__(self) -> Iterator[tuple[str, Record | None]]:
        """The entries as they are written, None for one that is noted to be none."""
        ...
