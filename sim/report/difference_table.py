"""The table of a difference: what a line held before and holds after, the change, and the orders that made it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from sim.posture.difference import Change, Difference, Span, Total
from sim.posture.held import Held
from sim.report.labels import Labels
from sim.report.prose import wrapped
from sim.report.table import Style, draw, fitted, width
from sim.report.wording import NAMED_MAX, NONE_HERE, figure

Sources = Mapping[str, str]
"""The letters of each order's sources; empty where orders are shown without."""


def difference_table(
    difference: Difference, labels: Labels, heads: Sequence[str], sources: Sources, style: Style, room: int
) -> list[str]:
    """The lines of the table; `heads` are those of before, after and the change.

    Where `room` is too narrow for a table without broken words, each line is put in words.
    """
    lines = [*_lines(difference, labels)]
    if not lines:
        return []
    grid = [[*labels.heads, *heads, "range", "orders", "sources"]]
    for names, change in lines:
        grid += _rows(names, change, sources, style)
    if not sources:
        grid = [row[:-1] for row in grid]
    first = len(labels.heads)
    if style is not Style.MARKDOWN:
        giving = (*range(first), *range(first + 3, len(grid[0])))
        grid = fitted(grid, room, {column: _longest_word(row[column] for row in grid) for column in giving})
        if width(grid) > room:
            return [part for names, change in lines for part in _in_words(names, change, sources, room)]
    return draw(grid[0], grid[1:], range(first, first + 3), style)


def _longest_word(cells: Iterable[str]) -> int:
    return max(len(word) for cell in cells for word in cell.split() or [""])


def signed(change: int) -> str:
    """A change in print: "+1,700", "-300", "0"."""
    return f"{change:+,}" if change else "0"


def reach(span: Span) -> str:
    """A span in print: of what only grew or only shrank, by how much; nothing for a single number."""
    low, high = span.low, span.high
    if low == high and low is not None:
        return ""
    if low is not None and low >= 0:
        return f"{low:,} or more" if high is None else f"{low:,}-{high:,}"
    if high is not None and high <= 0:
        return f"{-high:,} or more" if low is None else f"{-high:,}-{-low:,}"
    if low is None:
        return "any" if high is None else f"{signed(high)} or less"
    return f"{signed(low)} or more" if high is None else f"{signed(low)} to {signed(high)}"


def _lines(difference: Difference, labels: Labels) -> Iterator[tuple[tuple[str, ...], Change | Total]]:
    """Each change with its labels, as the posture has its lines; and all of each side and kind that changes are of."""

    def turn(change: Change) -> tuple[object, ...]:
        group = change.group
        ahead = labels.turn_of_side(group.side), group.kind, labels.turn_of_line(group.values)
        return (*ahead, group.in_transit, group.values)

    totals = {(total.side, total.kind): total for total in difference.totals}
    in_turn = sorted(difference.changes, key=turn)
    for (side, kind), changes in groupby(in_turn, key=lambda change: (change.group.side, change.group.kind)):
        for change in changes:
            yield labels.of_line(side, kind, change.group.in_transit, change.group.values), change
        yield labels.of_total(side, kind), totals[side, kind]


def _rows(names: Sequence[str], change: Change | Total, sources: Sources, style: Style) -> Iterator[list[str]]:
    """The cells of a line, and below them a row for each further order; in Markdown one row has them all."""
    cells = [*names, _held(change.before), _held(change.after), signed(change.strength), reach(change.span)]
    none = "" if isinstance(change, Total) else NONE_HERE
    orders = _orders(change, sources) or [(none, none)]
    if style is Style.MARKDOWN:
        orders = [("; ".join(order for order, _ in orders), "; ".join(letters for _, letters in orders if letters))]
    for order in orders:
        yield [*cells, *order]
        cells = [""] * len(cells)


def _in_words(names: Sequence[str], change: Change | Total, sources: Sources, room: int) -> list[str]:
    """A line in a sentence, for rooms too narrow for a table."""
    what = ", ".join(name for name in names if name)
    before, after = (_held(held).replace(NONE_HERE, "0") for held in (change.before, change.after))
    said = (
        f"{what}: {before} to {after}, {signed(change.strength)}" if change.strength else f"{what}: {after} as before"
    )
    span = f" ({reach(change.span)})" if reach(change.span) else ""
    by = ", ".join(f"{order} ({letters})" if letters else order for order, letters in _orders(change, sources))
    sentence = said + span + (f"; {by}" if by else "")
    return wrapped(sentence, room, "  ", hyphens=False)


def _orders(change: Change | Total, sources: Sources) -> list[tuple[str, str]]:
    """The orders of a line, as many as a sentence names, each with the letters of its sources."""
    if isinstance(change, Total):
        return []
    shown = [(order, sources.get(order, "")) for order in change.orders[:NAMED_MAX]]
    more = len(change.orders) - NAMED_MAX
    return [*shown, (f"{more:,} more", "")] if more > 0 else shown


def _held(held: Held) -> str:
    """How much there is, with the mark of how the least certain of it is known."""
    return figure(held.strength, held.basis)
