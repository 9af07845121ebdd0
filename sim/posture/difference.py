"""Differences: what changed between two moments of a run, or differs between two runs, and which orders did it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Set
from functools import cached_property

from attrs import frozen

from sim.domain.quantity import ZERO, Interval
from sim.domain.unit import Unit
from sim.domain.vocabulary import Basis, Kind, weakest
from sim.ledger.book import NO_ORDER, Book, Numbers, unit_of
from sim.posture.held import Group, Held, Key, fields_of, group_by_account, held_by, key_of
from sim.posture.snapshot import Row, Snapshot, snapshot, snapshots


@frozen
class Span:
    """The whole numbers from `low` to `high`, which may lie below zero; None where there is no bound."""

    low: int | None
    high: int | None


@frozen
class Change:
    """What became of a line: what it held before and after, the span of the change, and the orders that moved it.

    The span is of what was added or taken away: where 400 of "about 1,000" come to 600 that are there, 360 to 440 do.
    `orders` are in byte order.
    """

    group: Group
    before: Held
    after: Held
    span: Span
    orders: tuple[str, ...]

    @property
    def strength(self) -> int:
        """How much more there is; below 0 where there is less."""
        return self.after.strength - self.before.strength


@frozen
class Total:
    """All strength of one side and kind, before and after."""

    side: str
    kind: Kind
    before: Held
    after: Held
    span: Span

    @property
    def strength(self) -> int:
        """How much more there is; below 0 where there is less."""
        return self.after.strength - self.before.strength


@frozen
class Difference:
    """The lines that are not the same before and after, in order, and how many are: `unchanged`.

    A line is the same where every unit holds as much in it, as surely known. The totals are by side and kind.
    """

    by: tuple[str, ...]
    changes: tuple[Change, ...]
    unchanged: int
    totals: tuple[Total, ...]


def between(
    book: Book,
    first: int,
    last: int,
    by: Iterable[str],
    taken: tuple[Snapshot, Snapshot] | None = None,
    entries: Iterable[Numbers] | None = None,
) -> Difference:
    """What changed in a run from the minute `first` to the minute `last`, which is no earlier; grouped `by` fields.

    The orders of a line are those that put strength into it or took some out, after the one minute and up to the other,
    whatever came of it in the end; what an order changed within the line does not count. Raises UsageError for a field
    that a posture does not have.

    `taken` are the postures at the two minutes, and `entries` those in between, where they are at hand; of entries that
    take the same from one line to another under one order, one is enough.
    """
    fields = fields_of(by)
    key = key_of(fields)
    before, after = snapshots(book, (first, last)) if taken is None else taken
    if entries is None:
        entries = book.entries(book.entries_until(first), book.entries_until(last))
    moved = _moved_by(book, key, entries)
    return _difference(fields, _State(book, before.rows, key), _State(book, after.rows, key), moved)


def across(one: Book, other: Book, at: int, other_at: int, by: Iterable[str]) -> Difference:
    """What differs between one run at the minute `at` and another at its minute `other_at`; grouped `by` fields.

    The orders of a line are those that have moved more or less of a unit into it in one run than in the other, where
    there is not as much of that unit in both. Raises UsageError for a field that a posture does not have.
    """
    fields = fields_of(by)
    key = key_of(fields)
    before, after = snapshot(one, at), snapshot(other, other_at)
    moved = _moved_apart(_nets(one, key, at), _nets(other, key, other_at))
    return _difference(fields, _State(one, before.rows, key), _State(other, after.rows, key), moved)


_Parts = Mapping[str, int]
"""How much of each unit, by its id."""

_NO_PARTS: _Parts = {}


class _State:
    """The lines of a posture: what each holds of every unit, and how that is known."""

    def __init__(self, book: Book, rows: Iterable[Row], key: Key) -> None:
        self.units = book.units
        self.parts: defaultdict[Group, Counter[str]] = defaultdict(Counter)
        self._bases: defaultdict[Group, set[Basis | None]] = defaultdict(set)
        for row in rows:
            group = key(row)
            self.parts[group][row.unit] += row.strength
            self._bases[group].add(row.basis)

    def held(self, group: Group) -> Held:
        """What a line holds; nothing, where there is no such line."""
        return held_by(self.units, self.parts.get(group, _NO_PARTS), weakest(self._bases.get(group, ())))

    @cached_property
    def totals(self) -> "dict[tuple[str, Kind], Counter[str]]":
        """All strength by side and kind, unit by unit."""
        totals: defaultdict[tuple[str, Kind], Counter[str]] = defaultdict(Counter)
        for group, parts in self.parts.items():
            totals[group.side, group.kind].update(parts)
        return totals


_Movers = Callable[[Group, Set[str]], Iterable[str]]
"""The orders that moved a line in which these units are not the same."""


def _difference(fields: tuple[str, ...], before: _State, after: _State, movers: _Movers) -> Difference:
    changes, unchanged = [], 0
    for group in sorted(before.parts.keys() | after.parts.keys()):
        was, became = before.held(group), after.held(group)
        had, has = before.parts.get(group, _NO_PARTS), after.parts.get(group, _NO_PARTS)
        if (was, had) == (became, has):
            unchanged += 1
            continue
        span = _span(before.units, had, after.units, has)
        units = {unit for unit in had.keys() | has.keys() if had.get(unit, 0) != has.get(unit, 0)}
        changes.append(Change(group, was, became, span, tuple(sorted(movers(group, units)))))
    totals = [_total(side, kind, before, after) for side, kind in sorted(before.totals.keys() | after.totals.keys())]
    return Difference(fields, tuple(changes), unchanged, tuple(totals))


def _total(side: str, kind: Kind, before: _State, after: _State) -> Total:
    had, has = before.totals.get((side, kind), _NO_PARTS), after.totals.get((side, kind), _NO_PARTS)
    span = _span(before.units, had, after.units, has)
    return Total(side, kind, held_by(before.units, had, None), held_by(after.units, has, None), span)


def _moved_by(book: Book, key: Key, entries: Iterable[Numbers]) -> _Movers:
    """The orders under which strength came into a line, or went out of it, by some entries."""
    group = group_by_account(book, key)
    moved: defaultdict[Group, set[int]] = defaultdict(set)
    for _, giving, taking, _, _, order, _ in entries:
        if order != NO_ORDER and (left := group(giving)) != (joined := group(taking)):
            moved[left].add(order)
            moved[joined].add(order)
    return lambda line, _: (book.order_ids[order] for order in moved.get(line, ()))


_Nets = Mapping[Group, Mapping[tuple[str, str], int]]
"""How much of a unit has been moved into a line under an order: by line, and then by order and unit."""


def _nets(book: Book, key: Key, at: int) -> _Nets:
    group = group_by_account(book, key)
    nets: defaultdict[Group, Counter[tuple[str, str]]] = defaultdict(Counter)
    for _, giving, taking, strength, _, order, _ in book.entries(0, book.entries_until(at)):
        if order != NO_ORDER:
            mover = book.order_ids[order], book.roster[unit_of(taking)].id
            nets[group(giving)][mover] -= strength
            nets[group(taking)][mover] += strength
    return nets


def _moved_apart(one: _Nets, other: _Nets) -> _Movers:
    """The orders that have moved more or less of certain units into a line in one run than in another."""

    def movers(line: Group, units: Set[str]) -> set[str]:
        nets, others = one.get(line, {}), other.get(line, {})
        moves = ((order, unit) for order, unit in nets.keys() | others.keys() if unit in units)
        return {move[0] for move in moves if nets.get(move, 0) != others.get(move, 0)}

    return movers


def _span(units: Mapping[str, Unit], had: _Parts, others: Mapping[str, Unit], has: _Parts) -> Span:
    """What lies between the parts of units that a line had and those that it has: units are added end to end."""
    lows: list[int | None] = []
    highs: list[int | None] = []
    for unit in had.keys() | has.keys():
        span = _span_of_unit(units.get(unit), had.get(unit, 0), others.get(unit), has.get(unit, 0))
        lows.append(span.low)
        highs.append(span.high)
    return Span(_sum(lows), _sum(highs))


def _span_of_unit(unit: Unit | None, had: int, other: Unit | None, has: int) -> Span:
    """What lies between two parts of a unit; where it is one strength in both, that is a part of it as well."""
    if unit is not None and other is not None and _strength(unit) == _strength(other):
        more = unit.interval_of(abs(has - had))
        return Span(more.low, more.high) if has >= had else Span(_negative(more.high), -more.low)
    before = ZERO if unit is None else unit.interval_of(had)
    after = ZERO if other is None else other.interval_of(has)
    return Span(
        None if before.high is None else after.low - before.high,
        None if after.high is None else after.high - before.low,
    )


def _strength(unit: Unit) -> tuple[Interval, int]:
    return unit.reported.interval, unit.strength


def _negative(bound: int | None) -> int | None:
    return None if bound is None else -bound


def _sum(bounds: Iterable[int | None]) -> int | None:
    """The sum; None where one of them is."""
    each = list(bounds)
    known = [bound for bound in each if bound is not None]
    return sum(known) if len(known) == len(each) else None
