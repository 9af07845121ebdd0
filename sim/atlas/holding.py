"""Holdings at the end: where the forces are, how certain that is and on what basis, in one sentence."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from sim.atlas.sentence import Link, Segment, joined, many
from sim.domain.place import NOT_STATED, UNSTATED
from sim.domain.vocabulary import Basis, Readiness
from sim.posture.snapshot import Row, grouped, snapshot
from sim.report.answer import Answer
from sim.report.text import clean
from sim.report.wording import Wording, bounds

GROUPS_MAX = 4
"""How many sides and kinds the sentence tells of: those of which most has moved."""

PLACES_MAX = 4
"""How many places it names of each."""

_KNOWN = {Basis.OBSERVED: "as observed", Basis.ANNOUNCED: "as announced", Basis.ASSUMED: "as assumed"}


def holding(answer: Answer, wording: Wording) -> Iterator[Segment]:
    """What has moved by the end, whither, and how that is known; and how much stands where it stood."""
    book = answer.book
    rows = sorted(snapshot(book, book.opened.end).rows, key=_side_and_kind)
    groups = [list(rows_of_one) for _, rows_of_one in groupby(rows, key=_side_and_kind)]
    groups.sort(key=lambda group: -sum(row.strength for row in group if row.basis is not None))
    yield f"On {wording.due(book.opened.end, with_year=True).strip()}, the end, "
    if not groups:
        yield "nobody is anywhere: there are no units."
        return
    for number, group in enumerate(groups[:GROUPS_MAX]):
        yield "; " if number else ""
        yield from _group(answer, wording, group)
    if (more := len(groups) - GROUPS_MAX) > 0:
        yield f"; the posture has {many(more, 'more side or kind', 'more sides or kinds')}"
    yield "."


def _side_and_kind(row: Row) -> tuple[str, str]:
    return row.side, row.kind


def _group(answer: Answer, wording: Wording, rows: list[Row]) -> Iterator[Segment]:
    """All of one side and kind."""
    what = f"{clean(rows[0].side)} {rows[0].kind}"
    moved = [row for row in rows if row.basis is not None]
    stayed = [row for row in rows if row.basis is None]
    if not moved:
        yield f"all {_figure(answer, stayed, what)} stand where they stood at the start"
        return
    yield f"{_figure(answer, moved, what)} have moved, {_bases(moved)}: "
    yield from _places(wording, moved)
    if stayed:
        yield f" ({sum(row.strength for row in stayed):,} have not)"


def _figure(answer: Answer, rows: list[Row], what: str) -> str:
    strength, interval = grouped(answer.book.units, rows, lambda row: ())[()]
    return f"{strength:,} {what}" + (f" ({shown})" if (shown := bounds(interval)) else "")


def _bases(rows: list[Row]) -> str:
    """How it is known that they came where they are; where in several ways, how much in which."""
    by_basis = {basis: sum(row.strength for row in rows if row.basis is basis) for basis in Basis}
    known = {basis: strength for basis, strength in by_basis.items() if strength}
    if len(known) == 1:
        return _KNOWN[next(iter(known))]
    return ", ".join(f"{strength:,} {_KNOWN[basis]}" for basis, strength in known.items())


def _places(wording: Wording, rows: list[Row]) -> Iterator[Segment]:
    by_place: dict[tuple[str, bool], int] = {}
    for row in rows:
        where = row.place, row.readiness is Readiness.IN_TRANSIT
        by_place[where] = by_place.get(where, 0) + row.strength
    ordered = sorted(by_place.items(), key=lambda each: -each[1])
    pieces: list[Iterable[Segment]] = [
        [f"{strength:,} " if len(ordered) > 1 else "all ", *_where(wording, place, on_its_way)]
        for (place, on_its_way), strength in ordered[:PLACES_MAX]
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
