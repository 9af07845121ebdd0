"""Tables: a section held in a CSV file, each row a record. Rows are read one at a time and none is kept.

Where a cell stands is found only for a problem, by reading the file again.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import TextIOWrapper
from typing import TYPE_CHECKING

from sim.errors import Location
from sim.loader.faults import (
    DUPLICATE_COLUMN,
    LINE_TOO_LONG,
    NEEDS_YAML,
    NO_HEADER,
    NO_ID,
    NO_ID_COLUMN,
    NOT_CSV,
    NOT_UTF8,
    TOO_LARGE,
    UNKNOWN_COLUMN,
    WRONG_WIDTH,
    Fault,
)
from sim.loader.limits import CSV_LINE_MAX, CSV_MEBIBYTES_MAX, MEMO_MAX
from sim.loader.opening import MEBIBYTE, open_regular
from sim.loader.problem import Nearest, Problems, Spot, Word
from sim.loader.record import Record
from sim.loader.shape import Form, Shape, columns_of

if TYPE_CHECKING:
    from _csv import Reader  # the type of what csv.reader gives has no public name


class Row:
    """One row. `line` is where it begins, 0 where only its id is known."""

    __slots__ = ("_line", "_table", "texts")

    def __init__(self, table: "Table", texts: dict[str, str], line: int) -> None:
        self._table = table
        self.texts = texts
        self._line = line

    def many(self, key: str) -> tuple[str, ...]:
        text = self.texts.get(key)
        return () if text is None else self._table.split(text)

    def records(self, key: str) -> Sequence[Record]:
        return ()

    def has(self, key: str) -> bool:
        return key in self.texts or any(inner in self.texts for inner in self._table.inside.get(key, ()))

    def report(self, fault: Fault, key: str = "", index: int = 0, /, **words: Word) -> None:
        self._table.report(fault, self._line, key, self.texts.get("id", ""), **words)


class Table:
    """The rows of the CSV file at `path`, called `name` in messages. `spot` is where the scenario names it."""

    def __init__(self, name: str, path: str, shape: Shape, noun: str, problems: Problems, spot: Spot) -> None:
        self._name = name
        self._path = path
        self._shape = shape
        self._noun = noun
        self._problems = problems
        self._spot = spot
        self.complete = False
        self._keys: list[str] = []  # of each column, the flat key
        self._splits: dict[str, tuple[str, ...]] = {}
        self.inside: dict[str, list[str]] = {}  # of each outer key, the columns that stand for keys inside it

    def __iter__(self) -> Iterator[tuple[str, Row]]:
        file = open_regular(self._path, CSV_MEBIBYTES_MAX, self._problems, shown=self._name, spot=self._spot)
        if file is None:
            return
        with TextIOWrapper(file, encoding="utf-8-sig", newline="") as lines:
            rows = _reader(self._within_limits(lines))
            try:
                yield from self._rows(rows)
                self.complete = True
            except UnicodeDecodeError:
                self._problems.add(NOT_UTF8, self._invalid_byte())
            except csv.Error as error:
                self._problems.add(NOT_CSV, Spot(self, rows.line_num, 1), problem=error)
            except _Unlimited as error:
                self._problems.add(
                    error.fault, Spot(self, rows.line_num + 1, 1), file=self._name, limit=CSV_MEBIBYTES_MAX
                )

    def find(self, id: str) -> Row:
        return Row(self, {"id": id}, 0)

    def split(self, text: str) -> tuple[str, ...]:
        """The values of a cell that holds a list."""
        values = self._splits.get(text)
        if values is None:
            values = tuple([value for part in text.split(";") if (value := part.strip())]) if ";" in text else (text,)
            if len(self._splits) < MEMO_MAX:
                self._splits[text] = values
        return values

    def report(self, fault: Fault, line: int, key: str, id: str, /, **words: Word) -> None:
        keys = [key, *self.inside.get(key, ()), "id"]
        cell = next(self._keys.index(each) for each in keys if each in self._keys)
        self._problems.add(fault, Spot(self, line, 0, cell, id), **words)

    def _rows(self, rows: "Reader") -> Iterator[tuple[str, Row]]:
        header = next(rows, [])
        if not header:
            self._problems.add(NO_HEADER, Spot(self, 1, 1))
            return
        keys = self._keys = [self._key(name, cell, header) for cell, name in enumerate(header)]
        if "id" not in keys:
            self._problems.add(NO_ID_COLUMN, Spot(self, 1, 1))
            return
        for key in keys:
            for outer in _outer_keys(key):
                self.inside.setdefault(outer, []).append(key)
        width, end = len(keys), rows.line_num
        for cells in rows:
            line, end = end + 1, rows.line_num
            if len(cells) != width:
                if cells:
                    self._problems.add(WRONG_WIDTH, Spot(self, line), expected=width, found=len(cells))
                continue
            texts = {key: cell for key, cell in zip(keys, cells, strict=True) if cell}
            row = Row(self, texts, line)
            if "id" in texts:
                yield texts["id"], row
            else:
                row.report(NO_ID, "id")

    def _key(self, name: str, cell: int, header: list[str]) -> str:
        """The flat key of a column; one that nothing reads where the column is refused."""
        columns = columns_of(self._shape)
        key = "id" if name == "id" else columns.get(name)
        spot = Spot(self, 1, 0, cell)
        if key is None:
            if name in self._shape and self._shape[name].form is Form.RECORDS:
                self._problems.add(NEEDS_YAML, spot, key=name)
            else:
                nearest = Nearest(name, columns, "Take it out.")
                known = ("id", *columns)
                self._problems.add(UNKNOWN_COLUMN, spot, key=name, noun=self._noun, nearest=nearest, known=known)
        elif any(other == name or columns.get(other) == key for other in header[:cell]):
            self._problems.add(DUPLICATE_COLUMN, spot, key=name)
        else:
            return key
        return f"refused {cell}"

    def _within_limits(self, lines: Iterable[str]) -> Iterator[str]:
        left = CSV_MEBIBYTES_MAX * MEBIBYTE
        for line in lines:
            if len(line) > CSV_LINE_MAX:
                raise _Unlimited(LINE_TOO_LONG)
            left -= len(line)
            if left < 0:
                raise _Unlimited(TOO_LARGE)
            yield line

    def _invalid_byte(self) -> Spot:
        with open(self._path, "rb") as file:
            for number, line in enumerate(file, 1):
                try:
                    line.decode()
                except UnicodeDecodeError as error:
                    return Spot(self, number, len(line[: error.start].decode()) + 1)
        return Spot(self, 1, 1)

    def locate(self, spots: Sequence[Spot]) -> list[Location]:
        lines = {spot.line for spot in spots}
        ids = {spot.id for spot in spots if spot.line == 0}
        raws: dict[int | str, tuple[int, str]] = {}
        for line, raw, cells in self._raw_rows():
            if line in lines:
                raws[line] = (line, raw)
            elif ids and len(cells) == len(self._keys) and cells[self._keys.index("id")] in ids:
                raws[cells[self._keys.index("id")]] = (line, raw)
        texts = self._raw_lines({spot.line for spot in spots if spot.column})
        places = []
        for spot in spots:
            if spot.column:
                places.append(Location(self._name, spot.line, spot.column, texts.get(spot.line, "")))
            else:
                line, raw = raws.get(spot.line or spot.id, (spot.line, ""))
                places.append(_cell_place(self._name, line, raw, spot.cell))
        return places

    def _raw_rows(self) -> Iterator[tuple[int, str, list[str]]]:
        """The line where each row begins, its text as it stands, and its cells; as far as rows can be read."""
        taken: list[str] = []

        def take(lines: Iterable[str]) -> Iterator[str]:
            for line in lines:
                taken.append(line)
                yield line

        with open(self._path, encoding="utf-8-sig", errors="replace", newline="") as file:
            rows = _reader(take(file))
            end = 0
            try:
                for cells in rows:
                    yield end + 1, "".join(taken), cells
                    end = rows.line_num
                    taken.clear()
            except csv.Error:
                return

    def _raw_lines(self, wanted: set[int]) -> dict[int, str]:
        if not wanted:
            return {}
        with open(self._path, encoding="utf-8-sig", errors="replace", newline="") as file:
            return {
                number: line.rstrip("\r\n")[:CSV_LINE_MAX] for number, line in enumerate(file, 1) if number in wanted
            }


class _Unlimited(Exception):
    """A table that goes on for too long."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def _reader(lines: Iterable[str]) -> "Reader":
    return csv.reader(lines, strict=True, skipinitialspace=True)


def _outer_keys(key: str) -> Iterator[str]:
    """The keys that `key` may stand inside: `count` of `count_place`."""
    words = key.split("_")
    return ("_".join(words[:length]) for length in range(1, len(words)))


def _cell_place(name: str, line: int, raw: str, cell: int) -> Location:
    """Where the `cell`-th cell of a row begins, of which `raw` is the text as it stands and `line` its first line."""
    start = _cell_start(raw, cell)
    lines = raw[:start].split("\n")
    text = raw.split("\n")[len(lines) - 1] if raw else ""
    return Location(name, line + len(lines) - 1, len(lines[-1]) + 1, text.rstrip("\r"))


def _cell_start(raw: str, cell: int) -> int:
    """The index in `raw` where its `cell`-th cell begins, counting from 0; its end where it has fewer."""
    index = 0
    for _ in range(cell):
        while raw[index : index + 1] == " ":
            index += 1
        if raw[index : index + 1] == '"':
            index += 1
            while index < len(raw) and (raw[index] != '"' or raw[index : index + 2] == '""'):
                index += 2 if raw[index] == '"' else 1
        index = raw.find(",", index) + 1
        if index == 0:
            return len(raw.rstrip("\r\n"))
    while raw[index : index + 1] == " ":
        index += 1
    return index
