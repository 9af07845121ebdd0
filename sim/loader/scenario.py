"""Loading: a scenario file, and the tables beside it, as one value."""

import os
import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar, cast

from sim.domain.scenario import Scenario
from sim.loader.bulk import OrderRows, UnitRows
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
from sim.loader.limits import ID_MAX, PATH_MAX
from sim.loader.node import Mapping, name_of, place_of
from sim.loader.orders import OrderReader
from sim.loader.places import read_place
from sim.loader.problem import Problems, Spot
from sim.loader.reader import Reader
from sim.loader.record import Entries, Record
from sim.loader.references import check_cancels, check_part_of, check_relays, check_within
from sim.loader.shape import HEADER, SECTIONS
from sim.loader.sources import read_source
from sim.loader.table import Chunk, Table
from sim.loader.units import read_unit

T = TypeVar("T")

_ID = re.compile(rf"[a-z0-9][a-z0-9-]{{0,{ID_MAX - 1}}}")
_IDS = re.compile(rf"(?:{_ID.pattern}\n)+")


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
        relaying, sources = self._section(reader, "sources", partial(read_source, reader))
        check_relays(reader, relaying, sources)
        nested, places = self._section(reader, "places", partial(read_place, reader))
        check_within(reader, nested, places)
        read = partial(read_unit, reader)
        divided, units = self._section(reader, "units", read, UnitRows(reader, read).read)
        check_part_of(reader, divided, units)
        read_order = OrderReader(reader, units).read
        cancelling, orders = self._section(reader, "orders", read_order, OrderRows(reader, read_order, units).read)
        check_cancels(reader, cancelling, orders, units)
        _, claims = self._section(reader, "claims", partial(read_claim, reader))
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
        read_rows: Callable[[Chunk], Sequence[T] | None] | None = None,
    ) -> tuple[Entries, dict[str, T]]:
        """What a section defines, by id: all that can be read of it. `read_rows` reads the rows of a table faster."""
        entries = self._entries(name)
        found: dict[str, T | None] = {}
        if isinstance(entries, Table) and read_rows is not None:
            for chunk in entries.chunks():
                ids = chunk.column("id")
                values = read_rows(chunk) if chunk.columns and _are_new(ids, found) else None
                if values is None:
                    _read_each(chunk.rows(), read, found)
                else:
                    found.update(zip(ids, values, strict=True))
        else:
            _read_each(entries, read, found)
        reader.known[name] = found if entries.complete else None
        if self._problems.count == 0:
            return entries, cast(dict[str, T], found)  # where nothing is wrong, everything could be read
        return entries, {id: value for id, value in found.items() if value is not None}

    def _entries(self, name: str) -> Entries:
        """The entries of a section, wherever they stand."""
        field, noun = SECTIONS[name], name.removesuffix("s")
        node, line, column = self._root.entries.get(name, (Mapping(1, 1), 1, 1))
        if isinstance(node, tuple) and not node[0]:
            node = Mapping(line, column)
        if isinstance(node, Mapping):
            return Section(self._document, self._problems, node, field, noun)
        spot = Spot(self._document, *place_of(node))
        if not isinstance(node, tuple):
            self._problems.add(NOT_A_SECTION, spot, key=name, found=name_of(node))
        elif not _is_table(node[0]):
            self._problems.add(NOT_A_TABLE, spot, file=node[0], key=name)
        elif (path := self._beside(node[0])) is None:
            self._problems.add(OUTSIDE_FOLDER, spot, file=node[0])
        else:
            shown = os.path.join(os.path.dirname(self._document.name), node[0])
            return Table(shown, path, field, noun, self._problems, spot)
        unreadable = Section(self._document, self._problems, Mapping(line, column), field, noun)
        unreadable.complete = False
        return unreadable

    def _beside(self, file: str) -> str | None:
        """The real path of a file named in the scenario, or None where it is not in the scenario's own folder."""
        folder = os.path.realpath(os.path.dirname(self._document.name) or ".")
        path = os.path.realpath(os.path.join(folder, file))
        inside = not os.path.isabs(file) and os.path.commonpath((folder, path)) == folder
        return path if inside else None


def _is_table(text: str) -> bool:
    """Whether a text can be the path of a table."""
    return text.lower().endswith(".csv") and text.isprintable() and len(text) <= PATH_MAX


def _read_each(
    entries: Iterable[tuple[str, Record | None]],
    read: Callable[[str, Record], T | None],
    found: dict[str, T | None],
) -> None:
    """Read entries into `found`, None for one that cannot be read, so that it may still be referred to."""
    for id, record in entries:
        if record is None:
            found[id] = None
        elif id in found:
            record.report(DUPLICATE_ID, "id", id=id)
        else:
            if not _ID.fullmatch(id):
                record.report(BAD_ID, "id", id=id)
            found[id] = read(id, record)


def _are_new(ids: Sequence[str], found: dict[str, T]) -> bool:
    """Whether all of these are ids, none of them twice."""
    lines = "\n".join(ids) + "\n"
    are_ids = lines.count("\n") == len(ids) and _IDS.fullmatch(lines) is not None
    return are_ids and len(set(ids)) == len(ids) and found.keys().isdisjoint(ids)
