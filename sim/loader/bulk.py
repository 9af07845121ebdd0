"""Bulk: rows of a table read many at once, where they are alike.

Rows are alike when they have the same keys, and the same values of all keys but those that vary by nature: ids, names,
times. The first of them is read as a record, with every check; of the others only what varies is read, a column at a
time. Where anything in a chunk is not as it should be, None is returned, and reading its rows one by one says what.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, repeat
from typing import Final, Generic, TypeVar

from attrs import fields

from sim.domain.calendar import Edge, TimeError
from sim.domain.order import Order, Window
from sim.domain.unit import Unit
from sim.loader.limits import MEMO_MAX, TEXT_MAX
from sim.loader.problem import Problems
from sim.loader.reader import Reader
from sim.loader.record import Record
from sim.loader.table import Chunk, split

T = TypeVar("T", bound=Order | Unit)
V = TypeVar("V", Unit, Order, Window)

_TIMES: Final = {
    "at": Edge.FIRST,
    "depart_after": Edge.FIRST,
    "depart_by": Edge.LAST,
    "arrive_after": Edge.FIRST,
    "arrive_by": Edge.LAST,
}
_IN_ORDER: Final = (
    ("depart_after", "depart_by", 0),
    ("arrive_after", "arrive_by", 0),
    ("at", "arrive_by", 1),
    ("depart_after", "arrive_by", 1),
)
"""Pairs of times, and how many minutes the second is at least after the first."""

Minutes = list[int | None]


class Models(Generic[T]):
    """For each kind of rows that are alike, the value of the first of them. `varying` are the keys that vary."""

    def __init__(self, problems: Problems, read: Callable[[str, Record], T | None], varying: Sequence[str]) -> None:
        self._problems = problems
        self._read = read
        self._varying = varying
        self._known: dict[tuple[object, ...], T] = {}

    def of(self, chunk: Chunk) -> list[T] | None:
        """The model of each row; None where one has a problem."""
        known = self._known
        if len(known) > MEMO_MAX:
            known.clear()
        constant = [column for key, column in chunk.columns.items() if key not in self._varying]
        written = [list(map(bool, column)) for key, column in chunk.columns.items() if key in self._varying]
        columns = [*written, *constant]
        try:
            return [known[pattern] for pattern in zip(*columns, strict=True)]
        except KeyError:
            return self._learned(chunk, zip(*columns, strict=True))

    def _learned(self, chunk: Chunk, patterns: Iterable[tuple[object, ...]]) -> list[T] | None:
        """The same, where some rows are like none before."""
        models = []
        for index, pattern in enumerate(patterns):
            model = self._known.get(pattern) or self._model(chunk, index)
            if model is None:
                return None
            self._known[pattern] = model
            models.append(model)
        return models

    def _model(self, chunk: Chunk, index: int) -> T | None:
        """A row read as a record; None where it has a problem, which is then left to be noted when it is read again."""
        before = self._problems.count
        model = self._read(chunk.column("id")[index], chunk.row(index))
        if self._problems.count == before:
            return model
        self._problems.forget(before)
        return None


class UnitRows:
    """Reads units many at once."""

    def __init__(self, reader: Reader, read: Callable[[str, Record], Unit | None]) -> None:
        self._models = Models(reader.problems, read, ("id", "name"))

    def read(self, chunk: Chunk) -> list[Unit] | None:
        models = self._models.of(chunk)
        ids, names = chunk.column("id"), chunk.column("name")
        if models is None or max(map(len, names)) > TEXT_MAX or not all(map(str.isprintable, names)):
            return None
        return _build(
            Unit,
            ids,
            [" ".join(name.split()) or id for id, name in zip(ids, names, strict=True)],
            [model.kind for model in models],
            [model.reported for model in models],
            [model.place for model in models],
            [model.origin for model in models],
            [model.readiness for model in models],
            [model.side for model in models],
            [model.part_of for model in models],
            [model.symbol for model in models],
            [model.grounds for model in models],
            [model.post for model in models],
        )


class OrderRows:
    """Reads orders many at once."""

    def __init__(self, reader: Reader, read: Callable[[str, Record], Order], units: Mapping[str, Unit]) -> None:
        self._reader = reader
        self._units = units
        self._models = Models(reader.problems, read, ("id", "units", "cancels", *_TIMES))

    def read(self, chunk: Chunk) -> list[Order] | None:
        models = self._models.of(chunk)
        if models is None or any(model.carriage for model in models):
            return None  # what goes by lift depends on where its units stand, and on what they are
        minutes = self._minutes(chunk)
        units = _ids(chunk.column("units"))
        if minutes is None or not _in_order(minutes) or not self._units.keys() >= set(chain.from_iterable(units)):
            return None
        unknown: Minutes = [None] * len(chunk)
        at, depart_after, depart_by, arrive_after, arrive_by = (minutes.get(key, unknown) for key in _TIMES)
        departs = _windows(depart_after, depart_by, [model.depart for model in models])
        arrives = _windows(arrive_after, arrive_by, [model.arrive for model in models])
        return _build(
            Order,
            chunk.column("id"),
            [minute or 0 for minute in at],
            [model.action for model in models],
            units,
            [model.to for model in models],
            departs,
            arrives,
            [model.transit for model in models],
            repeat(()),
            [cancels or None for cancels in chunk.column("cancels")],
            [model.refusal_expected for model in models],
            [model.grounds for model in models],
            repeat(None, len(chunk)),
        )

    def _minutes(self, chunk: Chunk) -> dict[str, Minutes] | None:
        """The columns of times there are; None where one of them is none, or lies outside the period."""
        end = self._reader.end
        if end is None:
            return None
        columns = {}
        for key in _TIMES.keys() & chunk.columns.keys():
            try:
                minutes = self._reader.times.read_all(chunk.columns[key], _TIMES[key])
            except TimeError:
                return None
            written = [minute for minute in minutes if minute is not None]
            if written and (min(written) < 0 or max(written) > end):
                return None
            columns[key] = minutes
        return columns


def _ids(texts: Sequence[str]) -> list[tuple[str, ...]]:
    """The ids that each of the texts lists, in byte order."""
    if ";" in "".join(texts):
        return [tuple(sorted(set(split(text)))) if text else () for text in texts]
    return [(text,) if text else () for text in texts]


def _windows(after: Minutes, by: Minutes, models: list[Window]) -> list[Window]:
    """Windows that are known as the models are, each with its own ends; a model without ends is the window itself."""
    ends = enumerate(zip(after, by, strict=True))
    ended = [row for row, (first, last) in ends if first is not None or last is not None]
    if not ended:
        return models
    built = _build(
        Window,
        [after[row] for row in ended],
        [by[row] for row in ended],
        [models[row].basis for row in ended],
        [models[row].grounds for row in ended],
    )
    for row, window in zip(ended, built, strict=True):
        models[row] = window
    return models


def _build(kind: type[V], first: Sequence[object], *others: Iterable[object]) -> list[V]:
    """Values of a frozen class, from the columns of their fields in order.

    NOTE: does what the class's own `__init__` does, a column at a time, which takes half the time.
    """
    values = list(map(object.__new__, repeat(kind, len(first))))
    for field, column in zip(fields(kind), (first, *others), strict=True):
        deque(map(getattr(kind, field.name).__set__, values, column), maxlen=0)
    return values


def _in_order(minutes: Mapping[str, Minutes]) -> bool:
    """Whether no window runs backwards, and all arrive later than they leave."""
    for first, last, least in _IN_ORDER:
        if first in minutes and last in minutes:
            pairs = zip(minutes[first], minutes[last], strict=True)
            if any(a is not None and b is not None and b - a < least for a, b in pairs):
                return False
    return True
