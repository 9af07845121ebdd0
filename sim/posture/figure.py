"""Figures: a strength of one kind, with the rows it sums and the entries that brought them about."""

from collections.abc import Collection, Iterable, Sequence
from itertools import groupby
from operator import itemgetter

from attrs import evolve, frozen

from sim.domain.claim import Claim, Count, Never, Noted, Selector, selectors_of
from sim.domain.quantity import ZERO, Interval
from sim.domain.vocabulary import Basis, Kind, Readiness, weakest
from sim.errors import UsageError
from sim.ledger.book import OPENING, Book, slot_of, unit_of
from sim.ledger.claims import Judgement, Reading, correctors_of
from sim.ledger.entry import Account
from sim.ledger.holdings import Holdings, divided
from sim.ledger.portion import intervals_of
from sim.ledger.selection import Selection
from sim.posture.counted import rows_claimed, rows_of_units, rows_where
from sim.posture.snapshot import Row, grouped
from sim.posture.step import Step, steps_of


@frozen
class Figure:
    """A strength of one kind: the sum of its rows, a unit's first, then units end to end.

    `missing` are rows of units that a claim means and that are not counted, since they have not closed. `basis` is the
    weakest of those by which any of it came where it is, None where nothing has moved. `steps` are all entries of these
    units up to then, unit by unit; their changes sum to the strength.

    Of a figure of 0: `history` is how much there is in it from which minute on, if there ever is; `elsewhere` is where
    the units that are ever in it stand instead, or else those that were asked for by name; `steps` are theirs.
    """

    kind: Kind
    strength: int
    interval: Interval
    basis: Basis | None
    rows: tuple[Row, ...]
    missing: tuple[Row, ...]
    steps: tuple[Step, ...] = ()
    history: tuple[tuple[int, int], ...] = ()
    elsewhere: tuple[Row, ...] = ()

    @property
    def all_rows(self) -> tuple[Row, ...]:
        """The rows of all units that the steps are about."""
        return (*self.rows, *self.missing, *self.elsewhere)

    @property
    def units(self) -> list[str]:
        """The ids of these units, in byte order."""
        return sorted({row.unit for row in self.all_rows})


def figures_selected(book: Book, at: int, selector: Selector, exactly: bool) -> tuple[Figure, ...]:
    """What a selector selects at the minute `at`; where it names no kind, a figure for each that there is some of.

    `exactly` leaves out what lies within its places and origins, or is part of its units.
    """
    selection = Selection(book, selector)
    if exactly:
        _narrow(book, selector, selection)
    rows = rows_where(book, at, selection.takes)
    return _traced(book, at, _of_kinds(book, rows, selector.kind), selection, selector)


def figures_claimed(book: Book, judgement: Judgement) -> tuple[Figure, ...]:
    """The ledger's figures in the reading of a claim: one, but where it asks about several kinds.

    Raises UsageError for a claim that cannot be tested, or that was taken back.
    """
    claim, reading = judgement.claim, judgement.reading
    if reading is None:
        raise _no_reading(book, claim)
    rows = rows_claimed(book, claim, reading)
    match claim.test:
        case Count(selector) | Never(selector):
            figures = [_as_read(book, figure, reading) for figure in _of_kinds(book, rows, selector.kind)]
            return _traced(book, reading.at, figures, Selection(book, selector), selector)
        case test:
            asked = {kind for selector in selectors_of(test) for kind in selector.kind}
            return _traced(book, reading.at, _of_kinds(book, rows, () if rows else asked, reading.missing), None, None)


def _as_read(book: Book, figure: Figure, reading: Reading) -> Figure:
    """The figure with the interval that the reading has for its units: by the words for their parts, where some are.

    So are its rows, each by itself.
    """
    counted = {row.unit for row in figure.rows}
    intervals = intervals_of(book.units, [each for each in reading.units if each[0] in counted], reading.portions)
    return evolve(figure, interval=sum(intervals.values(), ZERO), rows=_rows_as_read(book, figure.rows, reading.at))


def _rows_as_read(book: Book, rows: tuple[Row, ...], at: int) -> tuple[Row, ...]:
    """Rows with the intervals that the words for the parts of their units allow."""
    numbers = [book.number(Account(row.unit, row.place, row.readiness)) for row in rows]
    followed = divided(book).intersection(map(unit_of, numbers))
    if not followed:
        return rows
    holdings, read = Holdings(book, followed), []
    for row, number in zip(rows, numbers, strict=True):
        unit = unit_of(number)
        interval = holdings.interval(unit, at, frozenset({slot_of(number)})) if unit in followed else None
        read.append(row if interval is None else evolve(row, interval=interval))
    return tuple(read)


def _no_reading(book: Book, claim: Claim) -> UsageError:
    """Why the ledger was not asked about a claim."""
    if correctors := correctors_of(book, claim.id):
        by = " and ".join(f"'{corrector}'" for corrector in correctors)
        return UsageError(f"the claim '{claim.id}' was taken back by {by}, so it is held against nothing")
    why = claim.test.why if isinstance(claim.test, Noted) else ""
    return UsageError(f"the claim '{claim.id}' cannot be tested, so there is no figure to explain", why)


def _narrow(book: Book, selector: Selector, selection: Selection) -> None:
    """Leave out what lies within the places and origins of a selector, or is part of its units."""
    units, origins = selector.units, selector.origin
    selection.units = frozenset(
        number
        for number in selection.units
        for unit in (book.roster[number],)
        if (not units or unit.id in units) and (not origins or unit.origin in origins)
    )
    if selector.place:
        selection.slots &= {book.slot(place, readiness) for place in selector.place for readiness in Readiness}


def _of_kinds(book: Book, rows: Iterable[Row], kinds: Collection[Kind], missing: Collection[str] = ()) -> list[Figure]:
    """The figures that rows make up, without their steps: of these kinds, or of those there are where none is named."""
    by_kind: dict[Kind, list[Row]] = {}
    for row in rows:
        by_kind.setdefault(row.kind, []).append(row)
    kinds = kinds or by_kind or {Kind.TROOPS}
    return [_of_kind(book, kind, by_kind.get(kind, ()), frozenset(missing)) for kind in Kind if kind in kinds]


def _of_kind(book: Book, kind: Kind, rows: Sequence[Row], missing: Collection[str]) -> Figure:
    counted = tuple(row for row in rows if row.unit not in missing)
    strength, interval = grouped(book.units, counted, lambda row: ()).get((), (0, ZERO))
    basis = weakest(row.basis for row in counted)
    return Figure(kind, strength, interval, basis, counted, tuple(row for row in rows if row.unit in missing))


def _traced(
    book: Book, at: int, figures: Sequence[Figure], selection: Selection | None, selector: Selector | None
) -> tuple[Figure, ...]:
    """The figures with their steps; those of 0 with the nearest there is. Without a selection, whole units count."""
    if selection is not None and selector is not None:
        figures = [
            figure if figure.rows else _with_the_nearest(book, at, figure, selection, selector) for figure in figures
        ]
    counted = {row.unit for figure in figures for row in figure.rows}
    takes = (lambda account: book.roster[unit_of(account)].id in counted) if selection is None else selection.takes
    steps = steps_of(book, at, {row.unit for figure in figures for row in figure.all_rows}, takes)
    return tuple(
        evolve(figure, steps=tuple(step for unit in figure.units for step in steps[unit])) for figure in figures
    )


def _with_the_nearest(book: Book, at: int, figure: Figure, selection: Selection, selector: Selector) -> Figure:
    """A figure of 0, with when there is something in it, and where those units are instead."""
    wanted = {number for number in selection.units if book.roster[number].kind is figure.kind}
    history, units = _history(book, selection, wanted)
    if not units and (selector.units or selector.orders or selector.origin):
        units = wanted
    elsewhere = rows_of_units(book, at, {book.roster[number].id for number in units})
    return evolve(figure, history=history, elsewhere=elsewhere)


def _history(book: Book, selection: Selection, units: Collection[int]) -> tuple[tuple[tuple[int, int], ...], set[int]]:
    """How much of these units a selection holds from which minute on, each time that changes; and those ever in it.

    As everywhere, what is held at a minute is what is held once all of it is over.
    """
    total = 0
    held: dict[int, int] = {}
    history: list[tuple[int, int]] = [(0, 0)]
    ever: set[int] = set()
    for minute, entries in groupby(book.entries(), key=itemgetter(0)):
        touched = set()
        for _, giving, taking, strength, *_ in entries:
            unit = unit_of(taking)
            change = strength * selection.takes(taking) - strength * (giving != OPENING and selection.takes(giving))
            if change and unit in units:
                held[unit] = held.get(unit, 0) + change
                total += change
                touched.add(unit)
        ever.update(unit for unit in touched if held[unit])
        if total != history[-1][1]:
            history.append((minute, total))
    return tuple(history[1:]), ever
