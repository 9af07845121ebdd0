"""Tables: a section held in a CSV file, each row a record. Rows are read some at a time, and none is kept."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import TextIOWrapper
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, Final

from sim.errors import Location
from sim.loader.cell import invalid_byte, locate_cells, read_rows
from sim.loader.faults import (
    DUPLICATE_COLUMN,
    LINE_TOO_LONG,
    NEEDS_YAML,
    NO_HEADER,
    NO_ID,
    NO_ID_COLUMN,
    NOT_CSV,
    NOT_UTF8,
    SAME_COLUMN,
    UNKNOWN_COLUMN,
    WRONG_WIDTH,
    Fault,
)
from sim.loader.limits import CSV_LINE_MAX, CSV_MEBIBYTES_MAX
from sim.loader.opening import open_regular
from sim.loader.problem import Nearest, Problems, Spot, Word
from sim.loader.record import Record
from sim.loader.shape import Field, Form, columns_of

if TYPE_CHECKING:
    from _csv import Reader

_CHUNK_ROWS: Final = 250


class Row:
    """One row. `line` is where it begins, 0 where only its id is known."""

    __slots__ = ("_line", "_table", "texts")

    def __init__(self, table: "Table", texts: dict[str, str], line: int) -> None:
        self._table = table
        self.texts = texts
        self._line = line

    def many(self, key: str) -> tuple[str, ...]:
        text = self.texts.get(key)
        return () if text is None else split(text)

    def records(self, key: str) -> Sequence[Record]:
        return ()

    def has(self, key: str) -> bool:
        return key in self.texts or any(inner in self.texts for inner in self._table.inside.get(key, ()))

    def report(self, fault: Fault, key: str = "", index: int = 0, /, **words: Word) -> None:
        self._table.report(fault, self._line, key, self.texts.get("id", ""), **words)


class Chunk:
    """Rows that follow one another, from `line` to the line before `end`.

    `columns` holds what stands under each key, where all rows fit the header; it is empty where some do not.
    """

    def __init__(self, table: "Table", rows: list[list[str]], line: int, end: int) -> None:
        width = len(table.keys)
        self.columns: dict[str, tuple[str, ...]] = {}
        self._table = table
        self._rows: Iterable[Sequence[str]] = rows
        self._count = len(rows)
        self._line = line
        self._end = end
        if rows and all(len(row) == width for row in rows):
            columns = list(zip(*rows, strict=True))
            self.columns = dict(zip(table.keys, columns, strict=True))
            self._rows = zip(*columns, strict=True)

    def __len__(self) -> int:
        return self._count

    def column(self, key: str) -> tuple[str, ...]:
        """What stands under `key` in each row, where all rows fit: empty texts where nothing does."""
        return self.columns.get(key) or ("",) * self._count

    def row(self, index: int) -> Row:
        """A row that fits, only to be read: it cannot tell where it is."""
        return Row(self._table, {key: column[index] for key, column in self.columns.items() if column[index]}, 0)

    def rows(self) -> Iterator[tuple[str, Row]]:
        """The rows with their ids, once; those that have none, or do not fit, are noted."""
        keys = self._table.keys
        line = self._line
        single = self._end - line == self._count
        for cells in self._rows:
            if len(cells) == len(keys):
                row = Row(self._table, {key: cell for key, cell in zip(keys, cells, strict=True) if cell}, line)
                if "id" in row.texts:
                    yield row.texts["id"], row
                else:
                    row.report(NO_ID, "id")
            elif cells:
                self._table.report(WRONG_WIDTH, line, "", "", expected=len(keys), found=len(cells))
            line += 1 if single else 1 + sum(map(_line_breaks, cells))


class Table:
    """The rows of the CSV file at `path`, called `name` in messages. `spot` is where the scenario names it."""

    def __init__(self, name: str, path: str, section: Field, noun: str, problems: Problems, spot: Spot) -> None:
        self._name = name
        self._path = path
        self._shape = section.keys
        self._noun = noun
        self._problems = problems
        self._spot = spot
        self.complete = False
        self.keys: list[str] = []  # of each column, the flat key
        self.inside: dict[str, list[str]] = {}  # of each outer key, the columns that stand for keys inside it

    def __iter__(self) -> Iterator[tuple[str, Row]]:
        for chunk in self.chunks():
            yield from chunk.rows()

    def chunks(self) -> Iterator[Chunk]:
        file = open_regular(self._path, CSV_MEBIBYTES_MAX, self._problems, shown=self._name, spot=self._spot)
        if file is None:
            return
        with TextIOWrapper(file, encoding="utf-8-sig", newline="") as lines:
            if _has_long_line(file):
                self._problems.add(LINE_TOO_LONG, self._spot, file=(self._name,))
                return
            rows = read_rows(lines)
            header: list[list[str]] = []
            more = self._take(rows, 1, header) and self._plan(header)
            while more:
                chunk, more = self._next(rows)
                if len(chunk) == 0:
                    self.complete = more
                    return
                yield chunk

    def find(self, id: str) -> Row:
        return Row(self, {"id": id}, 0)

    def report(self, fault: Fault, line: int, key: str, id: str, /, **words: Word) -> None:
        """Note a fault in the cell of `key`, else of a key inside it, else of the id."""
        keys = [key, *self.inside.get(key, ()), "id"]
        cell = next(self.keys.index(each) for each in keys if each in self.keys)
        self._problems.add(fault, Spot(self, line, 0, cell, id), **words)

    def locate(self, spots: Sequence[Spot]) -> list[Location]:
        return locate_cells(self._name, self._path, self.keys.index("id") if "id" in self.keys else 0, spots)

    def _next(self, rows: "Reader") -> tuple[Chunk, bool]:
        """The next rows, and whether more can be read after them."""
        cells: list[list[str]] = []
        line = rows.line_num + 1
        more = self._take(rows, _CHUNK_ROWS, cells)
        return Chunk(self, cells, line, rows.line_num + 1), more

    def _take(self, rows: "Reader", count: int, cells: list[list[str]]) -> bool:
        """Append up to `count` rows. False, with the reason noted, where no more rows can be read."""
        try:
            cells.extend(islice(rows, count))
        except UnicodeDecodeError:
            self._problems.add(NOT_UTF8, Spot(self, *invalid_byte(self._path)))
        except csv.Error as error:
            self._problems.add(NOT_CSV, Spot(self, rows.line_num, 1), problem=error)
        else:
            return True
        return False

    def _plan(self, rows: list[list[str]]) -> bool:
        """Take the names of the columns. False, with the reason noted, where rows cannot be read under them."""
        if not rows or not rows[0]:
            self._problems.add(NO_HEADER, Spot(self, 1, 1))
            return False
        header = rows[0]
        self.keys = [self._key(name, cell, header) for cell, name in enumerate(header)]
        if "id" not in self.keys:
            self._problems.add(NO_ID_COLUMN, Spot(self, 1, 1))
            return False
        if self._clashes(header):
            return False
        for key in self.keys:
            for outer in _outer_keys(key):
                self.inside.setdefault(outer, []).append(key)
        return True

    def _key(self, name: str, cell: int, header: list[str]) -> str:
        """The flat key of a column; one that nothing reads where the column is refused."""
        columns = {"id": "id", **columns_of(self._shape)}
        key = columns.get(name)
        spot = Spot(self, 1, 0, cell)
        if key is None:
            if name in self._shape and self._shape[name].form is Form.RECORDS:
                self._problems.add(NEEDS_YAML, spot, key=name)
            else:
                nearest, known = Nearest(name, columns, "Take it out."), tuple(columns)
                self._problems.add(UNKNOWN_COLUMN, spot, key=name, noun=self._noun, nearest=nearest, known=known)
        elif name in header[:cell]:
            self._problems.add(DUPLICATE_COLUMN, spot, key=name)
        else:
            return key
        return f"refused {cell}"

    def _clashes(self, header: list[str]) -> bool:
        """Whether two names stand for one value, as `troops` and `troops_is` do; each pair is noted."""
        first: dict[str, str] = {}
        clash = False
        for cell, (name, key) in enumerate(zip(header, self.keys, strict=True)):
            if first.setdefault(key, name) != name:
                self._problems.add(SAME_COLUMN, Spot(self, 1, 0, cell), key=name, other=first[key])
                clash = True
        return clash


def _has_long_line(file: BinaryIO) -> bool:
    """Whether CSV_LINE_MAX bytes of a file come without a line break; the file is then read from its start again."""
    long = any(b"\n" not in block and b"\r" not in block for block in _full_blocks(file))
    file.seek(0)
    return long


def _full_blocks(file: BinaryIO) -> Iterator[bytes]:
    while len(block := file.read(CSV_LINE_MAX)) == CSV_LINE_MAX:
        yield block


def split(text: str) -> tuple[str, ...]:
    """The values of a cell that holds a list; a cell of separators alone is taken as it stands, and is no id."""
    if ";" not in text:
        return (text,)
    return tuple([value for part in text.split(";") if (value := part.strip())]) or (text,)


def _line_breaks(cell: str) -> int:
    return cell.count("\n") + cell.count("\r") - cell.count("\r\n")


def _outer_keys(key: str) -> Iterator[str]:
    """The keys that `key` may stand inside: `count` of `count_place`."""
    words = key.split("_")
    return ("_".join(words[:length]) for length in range(1, len(words)))
