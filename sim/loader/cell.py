"""Cells: where they stand in a CSV file, found for problems alone by reading the file again."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from sim.errors import Location
from sim.loader.limits import CSV_LINE_MAX
from sim.loader.problem import Spot

if TYPE_CHECKING:
    from _csv import Reader  # the type of what csv.reader gives has no public name

_QUOTED = re.compile(r'"(?:[^"]|"")*"')


def read_rows(lines: Iterable[str]) -> "Reader":
    """The rows of CSV lines, as this program understands CSV."""
    return csv.reader(lines, strict=True, skipinitialspace=True)


def locate_cells(name: str, path: str, id_cell: int, spots: Sequence[Spot]) -> list[Location]:
    """Where each of the spots is in the file at `path`, called `name`; cell number `id_cell` of a row has its id."""
    rows: dict[int | str, tuple[int, str]] = {}
    lines = {spot.line for spot in spots if not spot.column}
    ids = {spot.id for spot in spots if spot.line == 0}
    for line, raw, cells in _raw_rows(path):
        if line in lines:
            rows[line] = (line, raw)
        if ids and id_cell < len(cells) and cells[id_cell] in ids:
            rows.setdefault(cells[id_cell], (line, raw))
    texts = _raw_lines(path, {spot.line for spot in spots if spot.column})
    return [
        Location(name, spot.line, spot.column, texts.get(spot.line, ""))
        if spot.column
        else _place(name, *rows.get(spot.line or spot.id, (spot.line, "")), spot.cell)
        for spot in spots
    ]


def invalid_byte(path: str) -> tuple[int, int]:
    """The line and column of the first byte in a file that is not UTF-8."""
    with open(path, "rb") as file:
        return next(_invalid(file), (1, 1))


def _invalid(lines: Iterable[bytes]) -> Iterator[tuple[int, int]]:
    for number, line in enumerate(lines, 1):
        try:
            line.decode()
        except UnicodeDecodeError as error:
            yield number, len(line[: error.start].decode()) + 1


def _raw_rows(path: str) -> Iterator[tuple[int, str, list[str]]]:
    """The line where each row begins, its text as it stands, and its cells; as far as rows can be read."""
    taken: list[str] = []

    def take(lines: Iterable[str]) -> Iterator[str]:
        for line in lines:
            taken.append(line)
            yield line

    with open(path, encoding="utf-8-sig", errors="replace", newline="") as file:
        rows = read_rows(take(file))
        end = 0
        try:
            for cells in rows:
                yield end + 1, "".join(taken), cells
                end = rows.line_num
                taken.clear()
        except csv.Error:
            return


def _raw_lines(path: str, wanted: set[int]) -> dict[int, str]:
    if not wanted:
        return {}
    with open(path, encoding="utf-8-sig", errors="replace", newline="") as file:
        return {number: line.rstrip("\r\n")[:CSV_LINE_MAX] for number, line in enumerate(file, 1) if number in wanted}


def _place(name: str, line: int, raw: str, cell: int) -> Location:
    """Where the `cell`-th cell of a row begins, of which `raw` is the text as it stands and `line` its first line."""
    before = raw[: _start(raw, cell)].split("\n")
    lines = raw.split("\n")
    return Location(name, line + len(before) - 1, len(before[-1]) + 1, lines[len(before) - 1].rstrip("\r"))


def _start(raw: str, cell: int) -> int:
    """The index in `raw` where its `cell`-th cell begins, counting from 0; its end where it has fewer."""
    index = 0
    for _ in range(cell):
        index = _skip_spaces(raw, index)
        if quoted := _QUOTED.match(raw, index):
            index = quoted.end()
        index = raw.find(",", index) + 1
        if index == 0:
            return len(raw.rstrip("\r\n"))
    return _skip_spaces(raw, index)


def _skip_spaces(raw: str, index: int) -> int:
    while raw[index : index + 1] == " ":
        index += 1
    return index
