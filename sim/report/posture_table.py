"""The posture table: who is where down, times across, totals at the foot."""

from collections.abc import Callable, Iterator, Sequence

from attrs import evolve, frozen

from sim.domain.quantity import Interval
from sim.domain.vocabulary import Basis, Kind, Readiness, weakest
from sim.posture import Row, Snapshot
from sim.posture.held import Group, key_of
from sim.posture.snapshot import FIELDS, grouped
from sim.report.answer import Answer
from sim.report.ink import Ink, inked, inked_mark
from sim.report.labels import Labels
from sim.report.table import ROOM_TO_SPARE, Style, draw, fitted, width
from sim.report.wording import NONE_HERE, Wording, bounds, figure

DEFAULT_FIELDS = ("place", "readiness")

LABEL_LEAST = 6
"""How many characters a label takes at least."""

RANGE_LEAST = 8
"""How many characters a range takes at least."""

Key = tuple[str, ...]
Held = tuple[int, Interval]


@frozen
class Line:
    """One line of the table: its labels, what is held at each time, None for nothing, and how surely that is known.

    `group` is what it is a line of, None for all there is of a side and kind.
    """

    labels: tuple[str, ...]
    held: tuple[Held | None, ...]
    bases: tuple[Basis | None, ...]
    group: Group | None

    def cells(self, first: int, last: int) -> list[str] | None:
        """The cells for the times from `first` up to `last`, the interval of the last figure among them at the end.

        None where the line holds nothing at any of them; the interval is left out where the figure is exact.
        """
        shown = self.held[first:last]
        held = [each for each in shown if each is not None]
        if not held:
            return None
        return [
            *self.labels,
            *(_figure(each, basis) for each, basis in zip(shown, self.bases[first:last], strict=True)),
            bounds(held[-1][1]),
        ]


def posture_cells(answer: Answer, wording: Wording, fields: Sequence[str]) -> tuple[list[list[str]], int]:
    """The cells of the table for all times, the header first; and how many columns of labels there are."""
    labels = Labels([wording], fields)
    lines = [*_lines(answer, labels, fields)]
    return _grid(answer, wording, labels.heads, lines, 0, len(answer.times)), len(labels.heads)


def posture_table(answer: Answer, wording: Wording, fields: Sequence[str], style: Style, room: int) -> list[str]:
    """The lines of the table. Times that do not fit side by side in `room` characters follow in further tables."""
    labels = Labels([wording], fields)
    lines, heads = [*_lines(answer, labels, fields)], labels.heads
    if not lines:
        return []
    drawn: list[str] = []
    first = 0
    while first < len(answer.times):
        grid, last = _widest(answer, wording, heads, lines, first, room if style is not Style.MARKDOWN else None)
        right = range(len(heads), len(heads) + last - first)
        if style.has_ink:
            grid = [[inked_mark(cell) if column in right else cell for column, cell in enumerate(row)] for row in grid]
        if style is Style.TERMINAL and answer.taken is None:
            shown = [line for line in lines if line.cells(first, last) is not None]
            grid = _with_courses(answer, fields, shown, grid, room)
        drawn += ([""] if drawn else []) + draw(grid[0], grid[1:], right, style)
        first = last
    return drawn


def _with_courses(
    answer: Answer, fields: Sequence[str], lines: Sequence[Line], grid: list[list[str]], room: int
) -> list[list[str]]:
    """The cells with a sparkline at the end of each line, of the whole run, where there is room for one.

    All that there is of a side and kind never changes: there is none for it.
    """
    from sim.posture.series import courses
    from sim.report.sparkline import LEAST, MOST, highest, sparkline

    bars = min(MOST, room - width(grid) - 2)
    if bars < LEAST:
        return grid
    held = {course.group: course for course in courses(answer.book, key_of(fields))}
    end = answer.book.opened.end
    drawn = ["" if line.group is None else sparkline(highest(held[line.group], end, bars)) for line in lines]
    cells = ["over time", *(inked(course, Ink.COURSE) for course in drawn)]
    return [[*row, cell] for row, cell in zip(grid, cells, strict=True)]


def _folded(heads: Sequence[str], lines: Sequence[Line], room: int) -> list[Line]:
    """The lines with labels broken into lines where they take much of the room: the more, the less there is."""
    for_all = room * 6 // 10 if room >= ROOM_TO_SPARE else room * 4 // 10
    least = dict.fromkeys(range(len(heads)), LABEL_LEAST)
    broken = fitted([heads, *(line.labels for line in lines)], for_all + width([[""] * len(heads)]), least)
    return [evolve(line, labels=tuple(labels)) for line, labels in zip(lines, broken[1:], strict=True)]


def _widest(
    answer: Answer, wording: Wording, heads: Sequence[str], lines: Sequence[Line], first: int, room: int | None
) -> tuple[list[list[str]], int]:
    """The cells for as many times from `first` on as fit the room, and the time after the last.

    There is at least one time, for which labels give way, and the range.
    """
    if room is None:
        return _grid(answer, wording, heads, lines, first, len(answer.times)), len(answer.times)
    last = first + 1
    narrow = _folded(heads, lines, room)
    grid = _grid(answer, wording, heads, narrow, first, last)
    while last < len(answer.times):
        wider = _grid(answer, wording, heads, narrow, first, last + 1)
        if width(wider) > room:
            break
        grid, last = wider, last + 1
    if width(grid) > room:
        least = dict.fromkeys(range(len(heads)), LABEL_LEAST) | {len(heads) + last - first: RANGE_LEAST}
        grid = fitted(_grid(answer, wording, heads, lines, first, last), room, least)
    return grid, last


def _grid(
    answer: Answer, wording: Wording, heads: Sequence[str], lines: Sequence[Line], first: int, last: int
) -> list[list[str]]:
    """The cells of the table for the times from `first` up to `last`, the header first."""
    header = [*heads, *(wording.day(time) for time in answer.times[first:last]), "range"]
    rows = (line.cells(first, last) for line in lines)
    return [header, *(row for row in rows if row is not None)]


def _lines(answer: Answer, labels: Labels, fields: Sequence[str]) -> Iterator[Line]:
    """A line for each group that holds something at one of the times, and at the foot of each side all of it.

    What is in transit has lines of its own. The side with most units comes first.
    """
    values = [FIELDS[field] for field in fields]

    def key(row: Row) -> Key:
        shown = tuple([value(row) for value in values])
        on_its_way = row.readiness is Readiness.IN_TRANSIT
        return (row.side, row.kind, labels.turn_of_line(shown), "1" if on_its_way else "0", *shown)

    units = answer.book.units
    groups = [grouped(units, snapshot.rows, key) for snapshot in answer.snapshots]
    known = [_bases(snapshot, key) for snapshot in answer.snapshots]
    totals = [grouped(units, snapshot.rows, lambda row: (row.side, row.kind)) for snapshot in answer.snapshots]
    every_group = sorted(set().union(*groups))
    for side, kind in sorted(set().union(*totals), key=lambda total: (labels.turn_of_side(total[0]), total)):
        for group in (group for group in every_group if group[:2] == (side, kind)):
            bases = tuple(weakest(at_time.get(group, ())) for at_time in known)
            held = tuple(at_time.get(group) for at_time in groups)
            line = Group(side, Kind(kind), group[3] == "1", group[4:])
            yield Line(labels.of_line(side, kind, line.in_transit, line.values), held, bases, line)
        held = tuple(at_time.get((side, kind)) for at_time in totals)
        yield Line(labels.of_total(side, kind), held, (None,) * len(held), None)


def _bases(snapshot: Snapshot, key: Callable[[Row], Key]) -> dict[Key, set[Basis | None]]:
    """How what is in each group is known."""
    bases: dict[Key, set[Basis | None]] = {}
    for row in snapshot.rows:
        bases.setdefault(key(row), set()).add(row.basis)
    return bases


def _figure(held: Held | None, basis: Basis | None) -> str:
    """What a line holds at a time, with the mark of how the least certain of it is known."""
    return NONE_HERE if held is None else figure(held[0], basis)
