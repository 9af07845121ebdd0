"""Bulk: rows of a table read many at once, where they are alike.

Rows are alike when they have the same keys, and the same values of all keys but those that vary by nature: ids, names,
times. The first of them is read as a record, with every check; of the others only what varies is read, a column at a
time. Where anything in a chunk is not as it should be, None is returned, and reading its rows one by one says what.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import chain, repeat
from typing import Final, Generic, TypeVar

from sim.domain.calendar import Edge, TimeError
from sim.domain.order import Order, Window
from sim.domain.unit import Unit
from sim.domain.vocabulary import MOVES
from sim.loader.memo import Memo
from sim.loader.reader import Reader
from sim.loader.record import Record
from sim.loader.table import Chunk, split

T = TypeVar("T", Order, Unit)

_TIMES: Final = {
    "at": Edge.FIRST,
    "depart_after": Edge.FIRST,
    "depart_by": Edge.LAST,
    "arrive_after": Edge.FIRST,
    "arrive_by": Edge.LAST,
}
Minutes = list[int | None]


class Models(Generic[T]):
    """For each kind of rows that are alike, the value of the first of them. `varying` are the keys that vary."""

    def __init__(self, reader: Reader, read: Callable[[str, Record], T | None], varying: Sequence[str]) -> None:
        self._reader = reader
        self._read = read
        self._varying = varying
        self._known: Memo[T | None] = Memo(reader.problems)

    def of(self, chunk: Chunk) -> list[T] | None:
        """The model of each row; None where one has a problem."""
        constant = [column for key, column in chunk.columns.items() if key not in self._varying]
        written = [map(bool, chunk.column(key)) for key in self._varying]
        before = self._reader.problems.count
        models: list[T] = []
        for index, pattern in enumerate(zip(*written, *constant, strict=True)):
            model = self._known.get(pattern) or self._known.keep(pattern, lambda: self._model(chunk, index))
            if model is None or self._reader.problems.count > before:
                self._reader.problems.forget(before)
                return None
            models.append(model)
        return models

    def _model(self, chunk: Chunk, index: int) -> T | None:
        return self._read(chunk.column("id")[index], chunk.row(index))


class UnitRows:
    """Reads units many at once."""

    def __init__(self, reader: Reader, read: Callable[[str, Record], Unit | None]) -> None:
        self._models = Models(reader, read, ("id", "name"))

    def read(self, chunk: Chunk) -> list[Unit] | None:
        models = self._models.of(chunk)
        ids, names = chunk.column("id"), chunk.column("name")
        if models is None or not all(map(str.isprintable, names)):
            return None
        return [
            Unit(
                id,
                " ".join(name.split()) or id,
                model.kind,
                model.reported,
                model.place,
                model.origin,
                model.readiness,
                model.side,
                model.part_of,
                model.symbol,
                model.grounds,
                model.post,
            )
            for id, name, model in zip(ids, names, models, strict=True)
        ]


class OrderRows:
    """Reads orders many at once."""

    def __init__(self, reader: Reader, read: Callable[[str, Record], Order], units: Mapping[str, Unit]) -> None:
        self._reader = reader
        self._units = units
        self._models = Models(reader, read, ("id", "units", "cancels", *_TIMES))

    def read(self, chunk: Chunk) -> list[Order] | None:
        models = self._models.of(chunk)
        if models is None:
            return None
        minutes = self._minutes(chunk)
        units = [split(text) for text in chunk.column("units")]
