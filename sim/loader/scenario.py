"""Loading: a scenario file, and the tables beside it, as one value."""

import os
import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from sim.domain.amendment import Roster
from sim.domain.scenario import Scenario
from sim.loader.amendments import Amending
from sim.loader.bulk import OrderRows, UnitRows
from sim.loader.carriages import CarriageReader
from sim.loader.claims import read_claim
from sim.loader.document import Document, read_document
from sim.loader.entry import Entry
from sim.loader.faults import NOT_A_SCENARIO
from sim.loader.header import read_header, read_snapshots
from sim.loader.lifts import check_ports, read_capacity, read_lift, read_port
from sim.loader.node import Mapping, name_of, place_of
from sim.loader.orders import OrderReader
from sim.loader.places import read_place
from sim.loader.problem import Problems, Spot
from sim.loader.reader import Reader
from sim.loader.record import Record
from sim.loader.references import check_cancels, check_corrects, check_part_of, check_relays, check_within
from sim.loader.sections import Sections
from sim.loader.shape import HEADER, SECTIONS
from sim.loader.sources import read_source
from sim.loader.table import Chunk, Table
from sim.loader.units import read_unit
from sim.loader.written import ID, Written

T = TypeVar("T")

_IDS = re.compile(rf"(?:{ID}\n)+")


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
        self._sections = Sections(document, root, problems)

    def scenario(self) -> Scenario | None:
        record = self._head()
        header = read_header(self._problems, record)
        reader = header.reader(self._problems)
        snapshots = read_snapshots(reader, record)
        citing = self._section(reader, "sources", partial(read_source, reader))
        sources = citing.values
        check_relays(reader, citing.entries, sources)
        nested = self._section(reader, "places", partial(read_place, reader))
        places = nested.values
        check_within(reader, nested.entries, places)
        read = partial(read_unit, reader)
        hauling = self._section(reader, "lift", partial(read_lift, reader, places))
        lift = hauling.values
        loading = self._section(reader, "ports", partial(read_port, reader))
        ports = loading.values
        check_ports(loading.entries, ports)
        capacity = read_capacity(reader, record.records("capacity"))
        written_units = self._section(reader, "units", read, UnitRows(reader, read).read)
        units = written_units.values
        check_part_of(reader, written_units.entries, units)
        carriages = CarriageReader(reader, places, lift)
        read_order = OrderReader(reader, Roster(units), carriages).read
        written_orders = self._section(reader, "orders", read_order, OrderRows(reader, read_order, units).read)
        orders = written_orders.values
        check_cancels(reader, written_orders.entries, orders, units)
        written_claims = self._section(reader, "claims", partial(read_claim, reader))
        claims = written_claims.values
        check_corrects(reader, written_claims.entries, claims, sources)
        amendments = Amending(reader, sources, carriages).read(written_units, written_orders, written_claims)
        if self._problems.count or header.end is None:
            return None
        return Scenario(
            header.title,
            header.calendar,
            header.end,
            header.about,
            snapshots,
            sources,
            places,
            units,
            orders,
            claims,
            amendments,
            lift,
            ports,
            capacity,
        )

    def _head(self) -> Entry:
        """What stands beside the sections."""
        own = Mapping(self._root.line, self._root.column)
        own.entries = {key: entry for key, entry in self._root.entries.items() if key not in SECTIONS}
        return Entry(self._document, self._problems, 1, 1).fill(own, HEADER | SECTIONS, "the scenario")

    def _section(
        self,
        reader: Reader,
        name: str,
        read: Callable[[str, Record], T | None],
        read_rows: Callable[[Chunk], Sequence[T] | None] | None = None,
    ) -> Written[T]:
        """What a section defines. `read_rows` reads the rows of a table faster."""
        entries = self._sections.of(name)
        written: Written[T] = Written(entries, self._problems)
        if isinstance(entries, Table) and read_rows is not None:
            for chunk in entries.chunks():
                ids = chunk.column("id")
                alike = chunk.columns and not any(chunk.column("amends")) and _are_new(ids, written.found)
                values = read_rows(chunk) if alike and not written.amending else None
                if values is None:
                    written.read_each(chunk.rows(), read)
                else:
                    written.found.update(zip(ids, values, strict=True))
        else:
            written.read_each(entries, read)
        reader.known[name] = written.found if entries.complete else None
        return written


def _are_new(ids: Sequence[str], found: dict[str, T]) -> bool:
    """Whether all of these are ids, none of them twice."""
    lines = "\n".join(ids) + "\n"
    are_ids = lines.count("\n") == len(ids) and _IDS.fullmatch(lines) is not None
    return are_ids and len(set(ids)) == len(ids) and found.keys().isdisjoint(ids)
