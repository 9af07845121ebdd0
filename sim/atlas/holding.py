"""Holdings at the end: where the forces are, how certain that is and on what basis, in a few sentences."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from attrs import evolve, frozen

from sim.atlas.sentence import Link, Segment, capitalized, joined, many, ranged
from sim.domain.place import NOT_STATED, UNSTATED
from sim.domain.vocabulary import CERTAINTY, Basis, Readiness
from sim.ledger.entry import Account
from sim.posture.manner import Manners
from sim.posture.snapshot import Row, grouped, snapshot
from sim.report.answer import Answer
from sim.report.text import clean
from sim.report.wording import Wording

GROUPS_MAX = 4
"""How many sides and kinds the sentences tell of: those of which most has moved."""

PLACES_MAX = 4
"""How many places they name of each."""


@frozen
class _Tense:
    """The words for what has moved by the end; or, as known before the end, for what was to move by then."""

    have_moved: str
    known: dict[Basis, str]
    are: str


_NOW = _Tense(
    "have moved",
    {
        Basis.OBSERVED: "were seen to move",
        Basis.ANNOUNCED: "are said to have moved",
        Basis.ASSUMED: "are assumed to have moved",
    },
    "are",
)
_THEN = _Tense(
    "were to have moved",
    {
        Basis.OBSERVED: "had been seen to move",
        Basis.ANNOUNCED: "were announced to move",
        Basis.ASSUMED: "were assumed to move",
    },
    "were to be",
)


def holding(answer: Answer, wording: Wording) -> Iterator[Segment]:
    """What has moved by the end, whither, and how that is known; and how much stands where it stood.

    As known before the end, it is told as what was to be, on the day on which it was known.
    """
    book = answer.book
    rows, blurred = _told_apart(answer)
    groups = [list(rows_of_one) for _, rows_of_one in groupby(sorted(rows, key=_side_and_kind), key=_side_and_kind)]
    groups.sort(key=lambda group: -sum(row.strength for row in group if row.basis is not None))
    end, tense = wording.due(book.opened.end, with_year=True).strip(), _NOW
    if answer.knowledge is not None and answer.knowledge.at < book.opened.end:
        tense = _THEN
        yield f"As known on {wording.due(answer.knowledge.at, with_year=True).strip()}, by the end, {end}, "
    else:
        yield f"By the end, {end}, "
    if not groups:
        yield "nobody is anywhere: there are no units."
        return
    for number, group in enumerate(groups[:GROUPS_MAX]):
        told = _group(answer, wording, group, blurred, tense)
        yield from (" ", *capitalized(told)) if number else told
    if (more := len(groups) - GROUPS_MAX) > 0:
        yield f" The posture has {many(more, 'more side or kind', 'more sides or kinds')}."


def _told_apart(answer: Answer) -> tuple[list[Row], set[tuple[str, str]]]:
    """The rows at the end, one for each way in which some of an account is known to have come there.

    With the sides and kinds of which that cannot be told.
    """
    book = answer.book
    manners = Manners(book)
    manners.advance(book.opened.end)
    rows, blurred = [], set()
    for row in snapshot(book, book.opened.end).rows:
        number = book.number(Account(row.unit, row.place, row.readiness))
        rows += [evolve(row, basis=basis, strength=strength) for basis, strength in manners.shares[number].items()]
        if number in manners.blurred:
            blurred.add(_side_and_kind(row))
    return rows, blurred


def _side_and_kind(row: Row) -> tuple[str, str]:
    return row.side, row.kind


def _group(
    answer: Answer, wording: Wording, rows: list[Row], blurred: set[tuple[str, str]], tense: _Tense
) -> Iterator[Segment]:
    """All of one side and kind."""
    what = f"{clean(rows[0].side)} {rows[0].kind}"
    moved = [row for row in rows if row.basis is not None]
    stayed = [row for row in rows if row.basis is None]
    if not moved:
        yield _none_moved(_figure(answer, stayed, what), tense)
        return
    strengths = {basis: sum(row.strength for row in moved if row.basis is basis) for basis in reversed(CERTAINTY)}
    known = {basis: strength for basis, strength in strengths.items() if strength}
    in_part = _side_and_kind(rows[0]) in blurred
    one = tense.known[next(iter(known))] if len(known) == 1 and not in_part else tense.have_moved
    yield f"{_figure(answer, moved, what)} {one}: "
    yield from _places(wording, moved, "were" if tense is _THEN and [*known] == [Basis.OBSERVED] else tense.are)
    yield "."
    if in_part:
        weakest = next(basis for basis in CERTAINTY if basis in known)
        yield f" It is known in several ways; in part they {tense.known[weakest]}."
    elif len(known) > 1:
        parts = [f"{strength:,} {tense.known[basis]}" for basis, strength in known.items()]
        yield f" Of these, {', '.join(parts[:-1])} and {parts[-1]}."
    if stayed:
        yield f" {_stayed(_figure(answer, stayed, f'{what} counted here'), tense)}"


def _none_moved(figure: str, tense: _Tense) -> str:
    if tense is _THEN:
        return f"no move of the {figure} was known."
    return f"no move of the {figure} is reported."


def _stayed(figure: str, tense: _Tense) -> str:
    return f"Of another {figure}, no move {'was known' if tense is _THEN else 'is reported'}."


def _figure(answer: Answer, rows: Iterable[Row], what: str) -> str:
    strength, interval = grouped(answer.book.units, rows, lambda row: ())[()]
    return f"{strength:,} {what}" + (f" ({shown})" if (shown := ranged(interval)) else "")


def _places(wording: Wording, rows: Sequence[Row], are: str) -> Iterator[Segment]:
    by_place: dict[tuple[str, bool], int] = {}
    for row in rows:
        where = row.place, row.readiness is Readiness.IN_TRANSIT
        by_place[where] = by_place.get(where, 0) + row.strength
    ordered = sorted(by_place.items(), key=lambda each: -each[1])
    pieces: list[Iterable[Segment]] = [
        [f"{strength:,} " if len(ordered) > 1 else "all ", "" if number else f"{are} ", *_where(wording, *where)]
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
