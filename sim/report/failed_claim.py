"""A failed claim in words: the ledger's figure by posting and by source, and what it would take to make it fit."""

from collections.abc import Iterator, Sequence

from sim.domain.claim import Closed, Count, Never, Separate
from sim.ledger.claims import Reading
from sim.posture.breakdown import Breakdown
from sim.posture.nearest import Nearest, Read
from sim.posture.shares import Share
from sim.report.failure import in_brackets, tally_of, title_of, with_accounts
from sim.report.prose import Passage, told_in_rows
from sim.report.question import reading_of
from sim.report.story import step_cells
from sim.report.table import Style
from sim.report.wording import ASSUMED, NONE_HERE, Wording, figure, named

POSTINGS_MAX = 20
"""How many postings of a figure a page shows."""

COLUMN_LEAST = 8
"""How many characters a column of words takes at least."""

_POSTINGS = ["unit", "when", "what", "strength", "account", "order", "by", "log"]
_SHARES = ["source", "number", "order", "leaves", "arrives"]


def failed(wording: Wording, breakdown: Breakdown, style: Style, room: int) -> Iterator[Passage]:
    """How far off the claim is, and how near it can come; then what its figure is made of, and who carries that."""
    reading = reading_of(breakdown.judgement)
    above = Passage(title_of(wording, breakdown.judgement), tuple(_sentences(wording, breakdown, reading)))
    yield above
    if isinstance(breakdown.judgement.claim.test, Count | Never):
        yield from _postings(wording, breakdown, style, room)
    elif any((*each.rows, *each.missing) for each in breakdown.figures):
        accounts = Passage(f"By account{in_brackets(reading)}")
        yield with_accounts(accounts, wording, reading, breakdown.figures, style, room)
    for each, shares in zip(breakdown.figures, breakdown.shares, strict=True):
        if shares:
            of_kind = f" ({each.kind})" if len(breakdown.figures) > 1 else ""
            yield _by_source(wording, shares, of_kind, style, room)


def nearest_in_words(nearest: Nearest) -> str:
    """What the units would have to be read as for a claim to fit; or how near it the reports let it come."""
    read = named([_read(unit) for unit in nearest.changed], "; ")
    if not nearest.off:
        return f"Nearest consistent reading: {nearest.strength:,}" + (f": {read}." if read else ".")
    if not nearest.units:
        return "Nearest consistent reading: none, since nothing is counted that could be read otherwise."
    if not read:
        return f"Nearest consistent reading: none. The reports allow nothing nearer than {nearest.strength:,} itself."
    nearer = f"{nearest.strength:,}, still {nearest.off:,} off"
    return f"Nearest consistent reading: none. The nearest that the reports allow is {nearer}: {read}."


def _read(unit: Read) -> str:
    """ "infantry as 770 instead of 700 (reported 630-770)" """
    return f"{unit.unit} as {unit.read:,} instead of {unit.counted:,} (the report allows {unit.interval})"


def _sentences(wording: Wording, breakdown: Breakdown, reading: Reading) -> Iterator[str]:
    yield f"{tally_of(wording, reading)}."
    match breakdown.judgement.claim.test:
        case Closed():
            yield from _closing(wording, breakdown)
        case Separate():
            yield "Nearest consistent reading: none. It is about which units, and no number of theirs changes that."
        case _:
            if breakdown.nearest is not None:
                yield nearest_in_words(breakdown.nearest)
            if breakdown.left_out and reading.strength < reading.expected.low:
                units = wording.book.units
                each = named([f"{unit} ({units[unit].strength:,} {units[unit].kind})" for unit in breakdown.left_out])
                yield f"Not counted, though given the same orders: {each}."


def _closing(wording: Wording, breakdown: Breakdown) -> Iterator[str]:
    """When what has not closed does; or that it never will, or that there is nothing that could."""
    if not breakdown.closures:
        yield "Nearest consistent reading: none, since no unit is meant."
        return
    never = [unit for unit, at in breakdown.closures if at is None]
    late = [(at, unit) for unit, at in breakdown.closures if at is not None]
    if never:
        yield f"Nearest consistent reading: none. Never closed in this run: {named(never)}."
    else:
        last, unit = max(late)
        yield f"Nearest consistent reading: closed by {wording.day(last)}, when {unit} is the last to."
    if never and late:
        yield f"Closed later: {named([f'{unit} by {wording.day(at)}' for at, unit in sorted(late)])}."


def _postings(wording: Wording, breakdown: Breakdown, style: Style, room: int) -> Iterator[Passage]:
    """The entries that changed the figure, unit by unit; nothing where there is none."""
    steps = [step for each in breakdown.figures for step in each.steps if step.change]
    if not steps:
        return
    cells = []
    for step in steps[:POSTINGS_MAX]:
        when, what, strength, whence, whither, *others = step_cells(wording, step)
        cells.append([step.taking.unit, when, what, strength, whither if step.change > 0 else whence, *others])
    more = (
        f"and {len(steps) - POSTINGS_MAX:,} more: explain --claim {breakdown.judgement.claim.id} --format csv has all"
    )
    sums = " and ".join(f"{each.strength:,} {each.kind}" for each in breakdown.figures if each.strength)
    above = Passage("By posting" + (f" (they add up to {sums})" if sums else ""))
    least = dict.fromkeys((0, 4, 5), COLUMN_LEAST)
    left_out = [more] if len(steps) > POSTINGS_MAX else []
    yield told_in_rows(above, [_POSTINGS, *cells], {3, 7}, least, _posting, left_out, style, room)


def _posting(cells: list[str]) -> str:
    """A posting in a sentence."""
    unit, when, what, strength, account, order, by, log = cells
    ordered = "" if order == NONE_HERE else f"; {order}"
    sources = "" if by == NONE_HERE else f" ({by})"
    return f"{strength} {unit}, {when.strip()}: {what}, {account}{ordered}{sources}; log {log}"


def _by_source(wording: Wording, shares: Sequence[Share], of_kind: str, style: Style, room: int) -> Passage:
    """How much of a figure each source carries, by what it says."""
    cells = [
        [_name(wording, share), *map(figure, (share.numbered, share.ordered, share.left, share.arrived))]
        for share in shares
    ]
    above = Passage(f"By source{of_kind}: how much of it rests on whose number, order, departure and arrival")
    return told_in_rows(above, [_SHARES, *cells], {1, 2, 3, 4}, {0: 12}, _share, (), style, room)


def _name(wording: Wording, share: Share) -> str:
    return f"{ASSUMED} !" if share.source is None else f"{wording.letters[share.source]} {wording.outlet(share.source)}"


def _share(cells: list[str]) -> str:
    """A share in a sentence."""
    source, *figures = cells
    carried = [
        f"{name} {strength}" for name, strength in zip(_SHARES[1:], figures, strict=True) if strength != NONE_HERE
    ]
    return f"{source}: {', '.join(carried)}"
