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
V = TypeVar("V", Order, Window)

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
        written = [map(bool, column) for key, column in chunk.columns.items() if key in self._varying]
        patterns = list(zip(*written, *constant, strict=True))
        if not known.keys() >= set(patterns):
            for index, pattern in enumerate(patterns):
                if pattern not in known:
                    model = self._model(chunk, index)
                    if model is None:
                        return None
                    known[pattern] = model
        return [known[pattern] for pattern in patterns]

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
        self._models = Models(reader.problems, read, ("id", "units", "cancels", *_TIMES))

    def read(self, chunk: Chunk) -> list[Order] | None:
        models = self._models.of(chunk)
        if models is None:
            return None
        minutes = self._minutes(chunk)
        units = [_ids(text) for text in chunk.column("units")]
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


def _ids(text: str) -> tuple[str, ...]:
    if not text:
        return ()
    return tuple(sorted(set(split(text)))) if ";" in text else (text,)


def _windows(after: Minutes, by: Minutes, models: Sequence[Window]) -> list[Window]:
    """Windows that are known as the models are, each with its own ends; a model without ends is the window itself."""
    basis, grounds = [model.basis for model in models], [model.grounds for model in models]
    built = _build(Window, after, by, basis, grounds)
    if None not in after or None not in by:
        return built
    ends = zip(built, after, by, models, strict=True)
    return [model if first is None and last is None else window for window, first, last, model in ends]


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
