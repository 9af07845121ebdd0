"""Holdings at the end: where the forces are, how certain that is and on what basis, in a few sentences."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from sim.atlas.sentence import Link, Segment, capitalized, joined, many, ranged
from sim.domain.place import NOT_STATED, UNSTATED
from sim.domain.vocabulary import Basis, Readiness
from sim.posture.snapshot import Row, grouped, snapshot
from sim.report.answer import Answer
from sim.report.text import clean
from sim.report.wording import Wording

GROUPS_MAX = 4
"""How many sides and kinds the sentences tell of: those of which most has moved."""

PLACES_MAX = 4
"""How many places they name of each."""

_KNOWN = {
    Basis.OBSERVED: ("were seen to move", "were seen to"),
    Basis.ANNOUNCED: ("are said to have moved", "are said to have"),
    Basis.ASSUMED: ("are assumed to have moved", "are assumed to have"),
}
"""How it is known that all of a force moved, or a part of it."""


def holding(answer: Answer, wording: Wording) -> Iterator[Segment]:
    """What has moved by the end, whither, and how that is known; and how much stands where it stood."""
    book = answer.book
    rows = sorted(snapshot(book, book.opened.end).rows, key=_side_and_kind)
    groups = [list(rows_of_one) for _, rows_of_one in groupby(rows, key=_side_and_kind)]
    groups.sort(key=lambda group: -sum(row.strength for row in group if row.basis is not None))
    yield f"By the end, {wording.due(book.opened.end, with_year=True).strip()}, "
    if not groups:
        yield "nobody is anywhere: there are no units."
        return
    for number, group in enumerate(groups[:GROUPS_MAX]):
        told = _group(answer, wording, group)
        yield from (" ", *capitalized(told)) if number else told
    if (more := len(groups) - GROUPS_MAX) > 0:
        yield f" The posture has {many(more, 'more side or kind', 'more sides or kinds')}."


def _side_and_kind(row: Row) -> tuple[str, str]:
    return row.side, row.kind


def _group(answer: Answer, wording: Wording, rows: list[Row]) -> Iterator[Segment]:
    """All of one side and kind."""
    what = f"{clean(rows[0].side)} {rows[0].kind}"
    moved = [row for row in rows if row.basis is not None]
    stayed = [row for row in rows if row.basis is None]
    if not moved:
        yield f"all {_figure(answer, stayed, what)} stand where they stood at the start."
        return
    by_basis = {basis: sum(row.strength for row in moved if row.basis is basis) for basis in Basis}
    known = {basis: strength for basis, strength in by_basis.items() if strength}
    yield f"{_figure(answer, moved, what)} {_KNOWN[next(iter(known))][0] if len(known) == 1 else 'have moved'}: "
    yield from _places(wording, moved)
    yield "."
    if len(known) > 1:
        parts = [f"{strength:,} {_KNOWN[basis][1]}" for basis, strength in known.items()]
        yield f" Of these, {', '.join(parts[:-1])} and {parts[-1]}."
    if stayed:
        yield f" Another {sum(row.strength for row in stayed):,} have not moved."


def _figure(answer: Answer, rows: list[Row], what: str) -> str:
    strength, interval = grouped(answer.book.units, rows, lambda row: ())[()]
    return f"{strength:,} {what}" + (f" ({shown})" if (shown := ranged(interval)) else "")


def _places(wording: Wording, rows: list[Row]) -> Iterator[Segment]:
    by_place: dict[tuple[str, bool], int] = {}
    for row in rows:
        where = row.place, row.readiness is Readiness.IN_TRANSIT
        by_place[where] = by_place.get(where, 0) + row.strength
    ordered = sorted(by_place.items(), key=lambda each: -each[1])
    pieces: list[Iterable[Segment]] = [
        [f"{strength:,} " if len(ordered) > 1 else "all ", "" if number else "are ", *_where(wording, *where)]
        for number, (where, strength) in enumerate(ordered[:PLACES_MAX])
    ]
    if len(ordered) > PLACES_MAX:
        pieces.append([f"{sum(strength for _, strength in ordered[PLACES_MAX:]):,} elsewhere"])
    yield from joined(pieces)


def _where(wording: Wording, place: str, on_its_way: bool) -> Iterator[Segment]:
    if place == UNSTATED:
        yield "en route" if on_its_way else f"at a place {NOT_STATED}"
    else:
        yield "en route to " if on_its_way else "in "
        yield Link(wording.place(place), "place", place)
