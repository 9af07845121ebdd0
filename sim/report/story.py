"""Stories: what happened to each unit behind a figure, entry by entry, from the mustering on."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from sim.domain.event import UnitArrived
from sim.domain.unit import Unit
from sim.domain.vocabulary import Basis
from sim.ledger.entry import Account
from sim.posture.figure import Figure
from sim.posture.step import Step
from sim.report.cause import amended_by, because, on_whose_word
from sim.report.prose import Passage
from sim.report.table import ROOM_TO_SPARE, Style, draw, fitted, width
from sim.report.text import clean
from sim.report.timeline_table import undated, when, word_for, worked_out
from sim.report.wording import NONE_HERE, Wording, spoken

STORIES_MAX = 10
"""How many units a page tells the story of, those with most in the figure first."""

STEPS_MAX = 20
"""How many entries of one unit a page shows: the last ones."""

COLUMN_LEAST = 8
"""How many characters a column of words takes at least."""

_HEAD = ["when", "what", "strength", "from", "to", "order", "by", "log"]
_RIGHT = (2, 7)
_GIVING_WAY = (3, 4, 5)


def stories(wording: Wording, figure: Figure, style: Style, room: int) -> Iterator[Passage]:
    """The story of each unit; '+' is what came into the figure, '-' what went out of it."""
    strengths: dict[str, int] = {}
    for row in figure.all_rows:
        strengths[row.unit] = strengths.get(row.unit, 0) + row.strength
    units = sorted(strengths, key=lambda unit: -strengths[unit])
    steps: dict[str, list[Step]] = {unit: [] for unit in units[:STORIES_MAX]}
    for step in figure.steps:
        if step.taking.unit in steps:
            steps[step.taking.unit].append(step)
    rows = {unit: [step_cells(wording, step) for step in each[-STEPS_MAX:]] for unit, each in steps.items()}
    tables = _tables(rows, style, room)
    for unit, each in steps.items():
        notes = list(_notes(wording, wording.book.units[unit], len(each) - STEPS_MAX))
        if unit in tables:
            yield Passage(_heading(wording, unit), tuple(notes), tuple(tables[unit]))
        else:
            yield Passage(_heading(wording, unit), (*notes, *map(_sentence, rows[unit])))
    if len(units) > STORIES_MAX:
        yield Passage(f"and {len(units) - STORIES_MAX:,} more units: --format csv has the entries of all", ())


def _heading(wording: Wording, unit: str) -> str:
    """The unit, its name, and its strength in the report's words."""
    defined = wording.book.units[unit]
    name = clean(defined.name)
    called = unit if name == unit else f"{unit}: {name}"
    return f'{called}, "{spoken(defined.reported)}" {defined.kind} ({on_whose_word(wording, defined.grounds)})'


def _notes(wording: Wording, unit: Unit, earlier: int) -> Iterator[str]:
    """What is assumed of a unit's strength, and how many entries are not shown."""
    yield from because(unit.grounds)
    yield from amended_by(wording, unit)
    if unit.post is not None:
        yield f"  taken as {unit.post.strength:,} ({on_whose_word(wording, unit.post.grounds)})"
        yield from because(unit.post.grounds)
    if earlier > 0:
        yield f"  after {earlier:,} earlier entries, which --format csv has:"


def step_cells(wording: Wording, step: Step) -> list[str]:
    """An entry: when, what, how much with its sign, whence, whither, under which order, on whose word, where logged."""
    sign = "+" if step.change > 0 else "-" if step.change < 0 else ""
    whence = NONE_HERE if step.giving is None else _account(wording, step.giving)
    what, at, assumed = "stands", wording.date(step.at), step.grounds.assumed
    if step.order is not None:
        order = wording.book.orders[step.order]
        what = word_for(step.event, order.action, step.basis) or step.event
        assumed = assumed or step.basis is Basis.ASSUMED or undated(step.event, order, step.at, step.strength)
        at = when(wording, step.at, exact=worked_out(step.event, order), arrives=step.event == UnitArrived.tag)
    return [
        at + " !" * assumed,
        what,
        f"{sign}{step.strength:,}",
        whence,
        _account(wording, step.taking),
        step.order or NONE_HERE,
        wording.lettered(step.grounds.sources) or NONE_HERE,
        f"{step.position:,}",
    ]


def _account(wording: Wording, account: Account) -> str:
    return wording.standing(account.place, account.readiness)


def _tables(rows: Mapping[str, Sequence[list[str]]], style: Style, room: int) -> dict[str, list[str]]:
    """A table for each unit, all of them with the same columns; none where there is too little room."""
    if style is Style.MARKDOWN:
        return {unit: draw(_HEAD, each, _RIGHT, style) for unit, each in rows.items()}
    least = dict.fromkeys(_GIVING_WAY, COLUMN_LEAST)
    grid = fitted([_HEAD, *(cells for each in rows.values() for cells in each)], room, least)
    if room < ROOM_TO_SPARE or width(grid) > room:
        return {}
    lines = iter(draw(grid[0], grid[1:], _RIGHT, style))
    heights = iter([max(cell.count("\n") + 1 for cell in cells) for cells in grid])
    head = list(islice(lines, next(heights)))
    return {
        unit: [*head, *(line for _ in each for line in islice(lines, next(heights)))] for unit, each in rows.items()
    }


def _sentence(cells: list[str]) -> str:
    """An entry in a sentence."""
    when, what, strength, whence, whither, order, by, log = cells
    moved = whither if whence == NONE_HERE else f"{whence} > {whither}"
    ordered = "" if order == NONE_HERE else f"; {order}"
    sources = "" if by == NONE_HERE else f" ({by})"
    return f"{when.strip()}: {what} {strength}, {moved}{ordered}{sources}; log {log}"
