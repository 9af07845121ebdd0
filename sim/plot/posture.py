"""The posture over time, ready to be drawn: which groups there are, in what order, and what they are called."""

from collections.abc import Collection, Iterable, Mapping

from sim.domain.claim import Selector
from sim.domain.vocabulary import Kind
from sim.ledger import Book
from sim.ledger.entry import Account
from sim.ledger.selection import Selection
from sim.plot.layer import Layer, Panel, Steps
from sim.posture.held import Group, Key, fields_of, key_of
from sim.posture.series import courses
from sim.posture.snapshot import Row
from sim.report.labels import Labels
from sim.report.wording import Wording

DEFAULT_FIELDS = ("place",)

LAYERS_MAX = 8
"""How many layers a panel has: where there are more groups, those that never hold much are one layer."""

ON_THE_WAY = "on the way"
"""The layer of what is in transit, wherever it is bound: it is counted, but never as being anywhere."""

_OTHERS = ("\0others",)
_OUTSIDE = Group("\0outside", Kind.TROOPS, False, ())


def posture_panels(wording: Wording, selector: Selector, by: Iterable[str] = DEFAULT_FIELDS) -> tuple[Panel, ...]:
    """What a selector selects over the whole run, grouped `by` fields: the side with most units first.

    What never changes is lowest, then what grows, then what is on the way, and what shrinks stands on top. Raises
    UsageError for a field that a posture does not have.
    """
    book, fields = wording.book, fields_of(by)
    labels = Labels([wording], fields)
    key = _within(book, selector, _with_one_on_the_way(key_of(fields)))
    found = _drawn(book, key)
    rare = _rare(found)
    if rare:
        found = _drawn(book, _with_others(key, rare))
    totals = _drawn(book, _within(book, selector, _all_of_a_kind))
    return tuple(
        Panel(total.side, total.kind, _stacked(labels, fields, found, total, rare), Layer("", steps))
        for total, steps in sorted(totals.items(), key=lambda each: (labels.turn_of_side(each[0].side), each[0]))
    )


def _drawn(book: Book, key: Key) -> dict[Group, Steps]:
    """What each group that is drawn holds over the run."""
    return {course.group: course.steps for course in courses(book, key, told_apart=True) if course.group != _OUTSIDE}


def _within(book: Book, selector: Selector, key: Key) -> Key:
    """A key that has one group for all that a selector leaves out."""
    takes = Selection(book, selector).takes

    def narrowed(row: Row) -> Group:
        return key(row) if takes(book.number(Account(row.unit, row.place, row.readiness))) else _OUTSIDE

    return narrowed


def _with_one_on_the_way(key: Key) -> Key:
    """A key that has one group, for each side and kind, of all that is in transit."""

    def merged(row: Row) -> Group:
        group = key(row)
        return Group(group.side, group.kind, True, ()) if group.in_transit else group

    return merged


def _with_others(key: Key, rare: Collection[Group]) -> Key:
    """A key that has one group, for each side and kind, of all these."""

    def merged(row: Row) -> Group:
        group = key(row)
        return Group(group.side, group.kind, False, _OTHERS) if group in rare else group

    return merged


def _all_of_a_kind(row: Row) -> Group:
    return Group(row.side, row.kind, False, ())


def _rare(found: Mapping[Group, Steps]) -> set[Group]:
    """The groups that there is no layer for: of each side and kind those that never hold much. What is on the way is
    none of them.
    """
    rare: set[Group] = set()
    for side, kind in {(group.side, group.kind) for group in found}:
        groups = [group for group in found if (group.side, group.kind) == (side, kind)]
        if len(groups) > LAYERS_MAX:
            there = [group for group in groups if not group.in_transit]
            there.sort(key=lambda group: (-Layer("", found[group]).peak, group))
            rare.update(there[LAYERS_MAX - 1 - (len(groups) - len(there)) :])
    return rare


def _stacked(
    labels: Labels, fields: tuple[str, ...], found: Mapping[Group, Steps], total: Group, rare: Collection[Group]
) -> tuple[Layer, ...]:
    """The layers of one side and kind, the lowest first."""
    others = sum((group.side, group.kind) == (total.side, total.kind) for group in rare)
    layers = [
        Layer(_name(labels, fields, group, others), steps)
        for group, steps in found.items()
        if (group.side, group.kind) == (total.side, total.kind)
    ]
    return tuple(sorted(layers, key=lambda layer: (_height(layer), layer.swing, -layer.peak, layer.name)))


def _height(layer: Layer) -> int:
    """What orders layers: what never changes is lowest, then what grows, what is on the way, and what shrinks."""
    if layer.swing == 0:
        return 0
    if layer.name == ON_THE_WAY:
        return 2
    return 1 if layer.last.strength >= layer.at(0).strength else 3


def _name(labels: Labels, fields: tuple[str, ...], group: Group, others: int) -> str:
    if group.in_transit:
        return ON_THE_WAY
    if group.values == _OTHERS:
        return f"{others:,} others"
    told = labels.of_line(group.side, group.kind, False, group.values)[len(labels.heads) - len(fields) :]
    return ", ".join(told)
