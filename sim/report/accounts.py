"""Accounts in print: what a figure is made of, or where its units are where it is nothing."""

from collections.abc import Iterator, Sequence

from sim.domain.unit import Unit
from sim.domain.vocabulary import Basis
from sim.posture import Row
from sim.posture.figure import Figure
from sim.report.prose import Passage, told_in_rows
from sim.report.table import Style
from sim.report.text import clean
from sim.report.wording import ASSUMED, NONE_HERE, Wording, bounds, named

ACCOUNTS_MAX = 20
"""How many accounts a page shows, those with most in them first."""

SPELLS_MAX = 6
"""How many times a page names at which there was something where there is nothing."""

COLUMN_LEAST = 8
"""How many characters a column of words takes at least."""

_HEAD = ["strength", "range", "unit", "where", "known as", "figure by"]


def accounts(wording: Wording, figure: Figure, at: int, of_kind: str, style: Style, room: int) -> Passage:
    """The accounts of a figure at a minute, the largest first; in brackets those that are not counted, and should be.

    Of a figure of 0, when it was not, and where its units are instead. `of_kind` ends the heading.
    """
    rows = (*figure.rows, *figure.missing)
    if not rows:
        sentences = tuple(_otherwise(wording, figure, at))
        return _table(wording, f"Nothing then{of_kind}", sentences, figure.elsewhere, (), style, room)
    sentences = tuple(_by_side(figure))
    if figure.missing:
        sentences += ("In brackets, what is not counted.",)
    return _table(wording, f"Made of{of_kind}", sentences, rows, figure.missing, style, room)


def figure_by(wording: Wording, unit: Unit) -> str:
    """Whose figure the strength of a unit is; marked where it is nobody's."""
    return wording.lettered(unit.figure_grounds.sources) or f"{ASSUMED} !"


def _by_side(figure: Figure) -> Iterator[str]:
    """How much is of which side, where it is of several."""
    sides: dict[str, int] = {}
    for row in figure.rows:
        sides[row.side] = sides.get(row.side, 0) + row.strength
    if len(sides) > 1:
        each = sorted(sides.items(), key=lambda side: -side[1])
        yield f"By side: {named([f'{strength:,} {clean(side)}' for side, strength in each])}."


def _otherwise(wording: Wording, figure: Figure, at: int) -> Iterator[str]:
    """When there is something in a figure of 0, and whether its units are anywhere."""
    ends = (*(minute for minute, _ in figure.history[1:]), None)
    spells = [
        (*step, end) for step, end in zip(figure.history, ends, strict=False) if step[1]
    ]  # one end more than steps
    if spells:
        told = [_spell(wording, *spell) for spell in spells[:SPELLS_MAX]]
        more = [f"and {len(spells) - SPELLS_MAX:,} more times"] if len(spells) > SPELLS_MAX else []
        yield f"At other times: {', '.join([*told, *more])}."
    else:
        yield "Nor at any other time of the run."
    if figure.elsewhere:
        yield f"On {wording.day(at)} {'those units' if spells else 'the units asked for'} are:"


def _spell(wording: Wording, first: int, strength: int, end: int | None) -> str:
    """So much from when to when."""
    return f"{strength:,} from {_moment(wording, first)} " + ("on" if end is None else f"to {_moment(wording, end)}")


def _moment(wording: Wording, minute: int) -> str:
    """The date of a minute, with the clock where it is neither the first nor the last of a day."""
    return min(wording.date(minute).strip(), wording.due(minute).strip(), key=len)


def _table(
    wording: Wording,
    heading: str,
    sentences: tuple[str, ...],
    rows: Sequence[Row],
    missing: Sequence[Row],
    style: Style,
    room: int,
) -> Passage:
    """Rows as a table, or as sentences where there is little room."""
    if not rows:
        return Passage(heading, sentences)
    shown = sorted(rows, key=lambda row: -row.strength)[:ACCOUNTS_MAX]
    grid = [_HEAD, *(_cells(wording, row, row in missing) for row in shown)]
    more = [f"and {len(rows) - ACCOUNTS_MAX:,} more: --format json has all"] if len(rows) > ACCOUNTS_MAX else []
    least = dict.fromkeys(range(2, len(_HEAD)), COLUMN_LEAST)
    return told_in_rows(Passage(heading, sentences), grid, {0}, least, _sentence, more, style, room)


_KNOWN = {
    Basis.OBSERVED: "observed",
    Basis.ANNOUNCED: "announced",
    Basis.ASSUMED: f"{ASSUMED} !",
    None: NONE_HERE,
}


def _cells(wording: Wording, row: Row, missing: bool) -> list[str]:
    strength = f"({row.strength:,})" if missing else f"{row.strength:,}"
    where = wording.standing(row.place, row.readiness)
    by = figure_by(wording, wording.book.units[row.unit])
    return [strength, bounds(row.interval), row.unit, where, _KNOWN[row.basis], by]


def _sentence(cells: list[str]) -> str:
    """A row in a sentence."""
    strength, interval, unit, where, known, by = cells
    held = f"{strength} ({interval}) {unit}" if interval else f"{strength} {unit}"
    moved = "" if known == NONE_HERE else f", {known}"
    return f"{held}: {where}{moved}; figure {by if by.startswith(ASSUMED) else f'by {by}'}"
