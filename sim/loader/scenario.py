"""Loading: a scenario file, and the tables beside it, as one value."""

import os
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from sim.domain.scenario import Scenario
from sim.loader.claims import read_claim
from sim.loader.document import Document, read_document
from sim.loader.entry import Entry, Section
from sim.loader.faults import (
    BAD_ID,
    DUPLICATE_ID,
    NOT_A_SCENARIO,
    NOT_A_SECTION,
    NOT_A_TABLE,
    OUTSIDE_FOLDER,
)
from sim.loader.header import read_header, read_snapshots
from sim.loader.limits import ID_MAX
from sim.loader.node import Mapping, name_of, place_of
from sim.loader.orders import OrderReader
from sim.loader.places import read_place
from sim.loader.problem import Problems, Spot
from sim.loader.reader import Reader
from sim.loader.record import Entries, Record
from sim.loader.references import check_cancels, check_part_of, check_relays, check_within
from sim.loader.shape import HEADER, SECTIONS
from sim.loader.sources import read_source
from sim.loader.table import Table
from sim.loader.units import UnitReader

T = TypeVar("T")

_ID = re.compile(rf"[a-z0-9][a-z0-9-]{{0,{ID_MAX - 1}}}")


def load(path: str | Path) -> Scenario:
    """The scenario in the YAML file at `path` and the CSV files it names.

    Raises LoadError, with every problem found, by file and place.
    """
    problems = Problems()
    scenario = _load(os.fspath(path), problems)
    if scenario is None:
        raise problems.error(os.fspath(path))
    return scenario


def _load(path: str, problems: Problems) -> Scenario | None:
    read = read_document(path, problems)
    if read is None:
        return None
    document, root = read
    if not isinstance(root, Mapping):
        problems.add(NOT_A_SCENARIO, Spot(document, *place_of(root)), found=name_of(root))
        return None
    return _Loading(document, root, problems).scenario()


class _Loading:
    """One load under way: the sections, read one after another, each by means of those before it."""

    def __init__(self, document: Document, root: Mapping, problems: Problems) -> None:
        self._document = document
        self._root = root
        self._problems = problems

    def scenario(self) -> Scenario | None:
        root = self._root
        own = Mapping(root.line, root.column)
        own.entries = {key: entry for key, entry in root.entries.items() if key not in SECTIONS}
        record = Entry(self._document, self._problems, 1, 1).fill(own, HEADER | SECTIONS, "the scenario")
        header = read_header(self._problems, record)
        reader = header.reader(self._problems)
        snapshots = read_snapshots(reader, record)
        sources = self._section(reader, "sources", partial(read_source, reader), check_relays)
        places = self._section(reader, "places", partial(read_place, reader), check_within)
        units = self._section(reader, "units", UnitReader(reader).read, check_part_of)
        orders = self._section(reader, "orders", OrderReader(reader, units).read, partial(check_cancels, units=units))
        claims = self._section(reader, "claims", partial(read_claim, reader))
        if self._problems.count or header.end is None:
            return None
        return Scenario(
            header.title, header.calendar, header.end, header.about, snapshots, sources, places, units, orders, claims
        )

    def _section(
        self,
        reader: Reader,
        name: str,
        read: Callable[[str, Record], T | None],
        check: Callable[[Reader, Entries, dict[str, T]], None] | None = None,
    ) -> dict[str, T]:
        """What a section defines, by id, and of it what can be read; `check` is run over all of it."""
        entries = self._entries(name)
        if entries is None:
            reader.known[name] = None
            return {}
        seen: dict[str, T | None] = {}
        for id, record in entries:
            if id in seen:
                assert record is not None, "keys that stand twice are refused before"
                record.report(DUPLICATE_ID, "id", id=id)
                continue
            seen[id] = None
            if record is not None:
                if not _ID.fullmatch(id):
                    record.report(BAD_ID, "id", id=id)
                seen[id] = read(id, record)
        reader.known[name] = seen if entries.complete else None
        found = {id: value for id, value in seen.items() if value is not None}
        if check is not None:
            check(reader, entries, found)
        return found

    def _entries(self, name: str) -> Entries | None:
        """The entries of a section, wherever they stand; None where that cannot be told."""
        field, noun = SECTIONS[name], name.removesuffix("s")
        node, line, column = self._root.entries.get(name, (Mapping(1, 1), 1, 1))
        if isinstance(node, tuple) and not node[0]:
            node = Mapping(line, column)
        if isinstance(node, Mapping):
            return Section(self._document, self._problems, node, field, noun)
        spot = Spot(self._document, *place_of(node))
        if not isinstance(node, tuple):
            self._problems.add(NOT_A_SECTION, spot, key=name, found=name_of(node))
        elif not node[0].lower().endswith(".csv"):
            self._problems.add(NOT_A_TABLE, spot, file=node[0], key=name)
        else:
            path = self._beside(node[0])
            if path is not None:
                shown = os.path.join(os.path.dirname(self._document.name), node[0])
                return Table(shown, path, field, noun, self._problems, spot)
            self._problems.add(OUTSIDE_FOLDER, spot, file=node[0])
        return None

    def _beside(self, file: str) -> str | None:
        """The real path of a file named in the scenario, or None where it is not in the scenario's own folder."""
        folder = os.path.realpath(os.path.dirname(self._document.name) or ".")
        path = os.path.realpath(os.path.join(folder, file))
        inside = not os.path.isabs(file) and os.path.commonpath((folder, path)) == folder
        return path if inside else None
