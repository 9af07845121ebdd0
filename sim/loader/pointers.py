"""Pointers: where in its files stands what is said of a scenario that has been loaded."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sim.domain.pointer import Pointer
from sim.errors import Location, UsageError
from sim.loader.document import Document, read_document
from sim.loader.entry import Entry
from sim.loader.faults import Fault
from sim.loader.node import Mapping
from sim.loader.problem import Problems, Spot, Word, locate_all
from sim.loader.record import Entries, Record
from sim.loader.sections import Sections
from sim.loader.shape import HEADER
from sim.loader.table import Table

_HERE: Final = Fault("")
"""What is reported of all that is pointed at: nothing but where it is."""


def locate(path: str | Path, pointers: Sequence[Pointer]) -> list[Location]:
    """Where each of the pointers into the scenario at `path` points: at the entry, where that has no such key.

    The files are read again. Raises UsageError where they no longer hold what is pointed at.
    """
    name = os.fspath(path)
    changed = UsageError(f"{name} changed while it was read", "Save it, and ask again.")
    spots = _Spots()
    read = read_document(name, spots)
    if read is None or not isinstance(read[1], Mapping):
        raise changed
    finder = _Finder(read[0], read[1], spots)
    try:
        for pointer in pointers:
            finder.point(pointer)
    except KeyError as error:
        raise changed from error
    places = [place for place in locate_all(spots.spots) if place is not None and place.line]
    if len(places) != len(pointers):
        raise changed
    return places


class _Spots(Problems):
    """Keeps where something is reported, and not what."""

    def __init__(self) -> None:
        super().__init__()
        self.spots: list[Spot | None] = []

    def add(self, fault: Fault, spot: Spot | None, **words: Word) -> None:
        self.spots.append(spot)


class _Finder:
    """Finds what pointers point at; the spot of each goes to `spots`. Raises KeyError for what is not there."""

    def __init__(self, document: Document, root: Mapping, spots: _Spots) -> None:
        self._document = document
        self._root = root
        self._spots = spots
        self._sections = Sections(document, root, spots)
        self._entries: dict[str, Entries] = {}

    def point(self, pointer: Pointer) -> None:
        if not pointer.id:
            _, line, column = self._root.entries[pointer.section]
            self._spots.add(_HERE, Spot(self._document, line, column))
            return
        record = self._find(pointer)
        if pointer.inside is not None:
            key, number = pointer.inside
            listed = record.records(key)
            record = listed[number] if number < len(listed) else record  # an amendment's are not the entry's own
        values = record.many(pointer.key)
        record.report(_HERE, pointer.key, values.index(pointer.value) if pointer.value in values else 0)

    def _find(self, pointer: Pointer) -> Record:
        """The entry that is pointed at; a change of capacity by its place in the list, from 1 on."""
        if pointer.section != "capacity":
            return self._of(pointer.section).find(pointer.id)
        listed = self._listed()
        if not 0 < int(pointer.id) <= len(listed):
            raise KeyError(pointer.id)
        return listed[int(pointer.id) - 1]

    def _listed(self) -> Sequence[Record]:
        """The changes of capacity."""
        own = Mapping(self._root.line, self._root.column)
        own.entries = {"capacity": self._root.entries["capacity"]}
        return Entry(self._document, self._spots, 1, 1).fill(own, HEADER, "").records("capacity")

    def _of(self, section: str) -> Entries:
        """The entries of a section; of a table, the header has been read."""
        if section not in self._entries:
            entries = self._sections.of(section)
            if isinstance(entries, Table):
                next(entries.chunks(), None)
                if not entries.keys:
                    raise KeyError(section)
            self._entries[section] = entries
        return self._entries[section]
