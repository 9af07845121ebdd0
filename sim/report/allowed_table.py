"""What the reports allow, as a table: of each question the ledger's figure, what adding gives, and what is possible."""

from collections.abc import Sequence

from attrs import evolve

from sim.domain.vocabulary import Kind
from sim.reconcile.allowance import Allowance, Bound
from sim.reconcile.effort import Extent
from sim.report.prose import Passage, told_in_rows
from sim.report.question import selected
from sim.report.table import Style
from sim.report.wording import NONE_HERE, Wording, named

IMPOSSIBLE = "*"
"""The mark on a figure of the ledger's that the reports, taken together, rule out."""

OPEN = "?"
"""The mark on bounds that could not be worked out to the end."""

COLUMN_LEAST = 14
"""How many characters a column of words takes at least."""

LINES_MAX = 40
"""How many questions a page answers."""

_HEAD = ["question", "ledger", "by adding", "possible", "set by"]
_FIGURES = "the figures alone"


def telling(allowance: Allowance) -> bool:
    """Whether it says more than adding up the figures does."""
    narrowed = allowance.interval != allowance.plain
    return narrowed or not allowance.fits or allowance.extent is not Extent.ALL


def allowed_table(
    wording: Wording, heading: str, sentences: Sequence[str], shown: Sequence[Allowance], style: Style, room: int
) -> Passage:
    """The answers as a table, or as sentences where there is little room; each with its time, where it has its own."""
    dated = len({allowance.question.at for allowance in shown}) > 1
    grid = [_HEAD, *(_cells(wording, allowance, dated) for allowance in shown[:LINES_MAX])]
    left = len(shown) - LINES_MAX
    more = [f"and {left:,} more: --format json has all"] if left > 0 else []
    least = {0: COLUMN_LEAST, 4: COLUMN_LEAST}
    return told_in_rows(Passage(heading, tuple(sentences)), grid, {1}, least, _sentence, more, style, room)


def _cells(wording: Wording, allowance: Allowance, dated: bool) -> list[str]:
    """A row of the table."""
    when = f", {wording.day(allowance.question.at)}" if dated else ""
    mark = "" if allowance.fits else IMPOSSIBLE
    possible = str(allowance.interval) if allowance.interval != allowance.plain else "the same"
    return [
        _asked(wording, allowance) + when,
        f"{allowance.strength:,}{mark}",
        str(allowance.plain),
        possible + (OPEN if allowance.extent is not Extent.ALL else ""),
        _set_by(wording, allowance),
    ]


def _asked(wording: Wording, allowance: Allowance) -> str:
    """What is asked, with its kind where it is not troops."""
    selector = allowance.question.selector
    several = {unit.kind for unit in wording.book.units.values()} != {Kind.TROOPS}
    asked = selected(wording, evolve(selector, kind=(Kind.TROOPS,)))
    kind = f"{named(selector.kind)} " if several else ""
    return f"{kind}{asked}"


def _set_by(wording: Wording, allowance: Allowance) -> str:
    """The claims that set the bounds."""
    least, most = _claims(wording, allowance.least), _claims(wording, allowance.most)
    if allowance.extent is not Extent.ALL:
        return NONE_HERE
    if not least and not most:
        return _FIGURES
    if least == most:
        return least
    pieces = [f"least: {least}" if least else "", f"most: {most}" if most else ""]
    return "; ".join(piece for piece in pieces if piece)


def _claims(wording: Wording, bound: Bound) -> str:
    """The first claims of the statements that set a bound, each with the letters of all who say it."""
    each = [f"{statement.claims[0].id} ({wording.lettered(statement.sources)})" for statement in bound.statements]
    return named(each)


def _sentence(cells: list[str]) -> str:
    asked, ledger, plain, possible, by = cells
    whose = "" if by == NONE_HERE else f" ({by})"
    return f"{asked}: ledger {ledger}, by adding {plain}; possible: {possible}{whose}"
