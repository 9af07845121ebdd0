"""The timeline as a table: what was ordered, left and arrived, one line for what happened alike at one time."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from attrs import define, field

from sim.domain.calendar import MINUTES_A_DAY
from sim.domain.event import (
    Cause,
    LoadReady,
    LoadWaited,
    OrderIssued,
    OrderRefused,
    ReadinessChanged,
    UnitArrived,
    UnitDeparted,
)
from sim.domain.order import Order, goes_by_lift, legs_of
from sim.domain.place import UNSTATED
from sim.domain.unit import Unit
from sim.domain.vocabulary import MOVES, Action, Basis, Kind
from sim.posture.timeline import Happening, bound_for
from sim.report.answer import Answer
from sim.report.ink import inked_mark
from sim.report.table import Style, draw, fitted
from sim.report.text import clean
from sim.report.wording import NONE_HERE, Wording

if TYPE_CHECKING:
    from sim.posture.excerpt import Told

LEAST = {"when": 11, "side": 6, "what": 7, "strength": 8, "where": 10, "sources": 7}
"""The columns, and how many characters each takes at least."""

TITLE = "Timeline ('!' rests on an assumption)"
"""What the table is called, where it has a heading."""

_ORDERED = {
    Action.ALERT: "alert",
    Action.STANDBY: "standby",
    Action.STAND_DOWN: "stand down",
    Action.DEPLOY: "ordered",
    Action.RETURN: "ordered back",
    Action.CANCEL: "cancelled",
}

WAITED_FOR = {
    Cause.NOTICE: "to be ready to leave",
    Cause.VEHICLE: "for a vehicle",
    Cause.PRIORITY: "for a vehicle after others went first",
    Cause.SPOT: "for a spot",
    Cause.HOURS: "for opening hours",
}

_ARRIVED = {Basis.OBSERVED: "arrived", Basis.ANNOUNCED: "due", Basis.ASSUMED: "arrives"}
_LEFT = {Basis.OBSERVED: "left", Basis.ANNOUNCED: "leaves", Basis.ASSUMED: "leaves"}


@define
class Line:
    """What happened alike at one minute on one side: to how much of each kind, where, on whose word.

    What leaves one place leaves in a line of its own. `exact` is of what the run works out to the minute. `guesses` say
    what of it is assumed, and why, where it is.
    """

    at: int
    side: str
    what: str
    assumed: bool
    remark: str
    exact: bool
    guesses: set[str] = field(factory=set)
    strength: dict[Kind, int] = field(factory=dict)
    origins: set[str] = field(factory=set)
    destinations: set[str] = field(factory=set)
    sources: set[str] = field(factory=set)
    ordered: set[str] = field(factory=set)


def timeline_table(
    answer: Answer, wording: Wording, style: Style, room: int, most: int | None, told: "Sequence[Told] | None" = None
) -> list[str]:
    """The lines of the table, at most as many as `most` says, and a word on those left out.

    They are of all that happened, or of what is `told` of it.
    """
    lines = lines_of(answer, wording, _all(answer) if told is None else told)
    if not lines:
        return []
    grid = _grid(wording, lines, most)
    least = [LEAST[head] for head in grid[0]]
    if style is not Style.MARKDOWN:
        grid = fitted(grid, room, dict(enumerate(least)))
    rows = [[inked_mark(row[0]), *row[1:]] for row in grid[1:]] if style.has_ink else grid[1:]
    drawn = draw(grid[0], rows, {len(least) - 3}, style)
    if most is not None and len(lines) > most:
        drawn += [""] * (style is Style.MARKDOWN) + [f"and {len(lines) - most:,} more: --table timeline has all"]
    return drawn


def timeline_cells(answer: Answer, wording: Wording) -> list[list[str]]:
    """The cells of the table of all that happened, the header first."""
    return _grid(wording, lines_of(answer, wording, _all(answer)), None)


def _grid(wording: Wording, lines: Sequence[Line], most: int | None) -> list[list[str]]:
    """The cells for as many lines as `most` says, the header first; with a column for the side, where there are two."""
    grid = [list(LEAST), *(_cells(wording, line) for line in lines[:most])]
    if len({line.side for line in lines}) != 1:
        return grid
    return [[when, *others] for when, _, *others in grid]


def _all(answer: Answer) -> "Iterable[Told]":
    return ((happening, happening.about) for happening in answer.timeline)


def _remark(wording: Wording, happening: Happening) -> str:
    """What a line says instead of where: why an order was refused, or for what a load waited, and how long."""
    if happening.reason:
        return f"{happening.order}: {happening.reason}"
    if happening.cause is None or happening.minutes is None:
        return ""
    load = f"load {happening.load} of {wording.unit(happening.unit or '')}"
    waited = f"{duration(happening.minutes)} {WAITED_FOR[happening.cause]}"
    return f"{load}: {waited} at {wording.place(happening.place or UNSTATED)}"


def duration(minutes: int) -> str:
    """A duration as it is read: 2 days 5 h 30 min."""
    days, rest = divmod(minutes, MINUTES_A_DAY)
    hours, rest = divmod(rest, 60)
    words = [f"{days} day{'s' * (days != 1)}"] if days else []
    words += [f"{hours} h"] if hours else []
    return " ".join(words + ([f"{rest} min"] if rest or not words else []))


def lines_of(answer: Answer, wording: Wording, told: "Iterable[Told]") -> list[Line]:
    """What is told of a run, in turn, gathered into lines; none of what other lines say already."""
    lines: dict[tuple[object, ...], Line] = {}
    for happening, meant in told:
        order = answer.book.orders[happening.order]
        what = word_for(happening.event, order.action, happening.basis)
        if what is None:
            continue
        undated_move = undated(happening.event, order, happening.at, happening.strength)
        of_load = happening.event in {LoadReady.tag, LoadWaited.tag}  # only the run says when: no report does
        assumed = of_load or happening.basis is Basis.ASSUMED or _guessed(happening, order) or undated_move
        remark, exact = _remark(wording, happening), worked_out(happening.event, order)
        # What leaves one place leaves in a line of its own, and so does what is ready there; each wait has its own.
        left = happening.place if happening.event in {UnitDeparted.tag, LoadReady.tag} else None
        waited = (happening.unit, happening.order, happening.load) if happening.cause is not None else None
        for unit in _units(answer, happening, meant):
            alike = (happening.at, unit.side, what, assumed, remark, exact, left, waited)
            line = lines.setdefault(alike, Line(happening.at, unit.side, what, assumed, remark, exact))
            _add(answer, line, happening, unit)
            if assumed:
                line.guesses.add(_guess(happening, order, of_load=of_load, undated_move=undated_move))
    return list(lines.values())


def _guessed(happening: Happening, order: Order) -> bool:
    """Whether something of it is in no source: all, or what its own reason, beside its sources, is about.

    What was seen was seen, whatever is assumed of the order; and what a leg borrows from its order is said there.
    """
    grounds = happening.grounds
    if happening.event in {UnitDeparted.tag, UnitArrived.tag}:
        own = happening.basis is not Basis.OBSERVED and grounds != order.grounds
        return grounds.assumed or (own and bool(grounds.because))
    return grounds.assumed or bool(grounds.because)


def _guess(happening: Happening, order: Order, *, of_load: bool, undated_move: bool) -> str:
    """What of it is assumed, and why: in the scenario's words, where it has any."""
    if of_load:
        return "The run works it out: no report tells of it."
    own = happening.grounds if _guessed(happening, order) or happening.grounds.because else order.grounds
    if undated_move and not own.because:
        return "No source dates it: taken to be when it was ordered."
    return clean(own.because) or "No source gives it."


def word_for(event: str, action: Action, basis: Basis | None) -> str | None:
    """What to call an event that an order of this action brought about; None for what another line says already."""
    match event:
        case OrderIssued.tag:
            return _ORDERED[action] if action in MOVES or action is Action.CANCEL else None
        case ReadinessChanged.tag:
            return _ORDERED[action]
        case OrderRefused.tag:
            return "refused"
        case UnitDeparted.tag:
            return _LEFT[basis or Basis.ASSUMED]
        case LoadReady.tag:
            return "ready"
        case LoadWaited.tag:
            return "waited"
        case UnitArrived.tag:
            return _ARRIVED[basis or Basis.ASSUMED]
        case _:
            return None


def _add(answer: Answer, line: Line, happening: Happening, unit: Unit) -> None:
    strength = unit.strength if happening.strength is None else happening.strength
    if happening.event != OrderIssued.tag or unit.id not in line.ordered:  # two orders do not make a unit two
        line.strength[unit.kind] = line.strength.get(unit.kind, 0) + strength
        line.ordered.add(unit.id)
    line.sources.update(happening.grounds.sources)
    if happening.event == OrderIssued.tag:
        destination = bound_for(answer.book, happening.order, unit.id)
        line.destinations.update([] if destination is None else [destination])
    if happening.place is not None:
        (line.destinations if happening.event == UnitArrived.tag else line.origins).add(happening.place)
    if happening.destination is not None:
        line.destinations.add(happening.destination)


def _units(answer: Answer, happening: Happening, meant: Iterable[str]) -> Iterable[Unit]:
    """The units that are meant; of those an order was given to, the ones that did not refuse it."""
    refused = answer.refused.get(happening.order, frozenset()) if happening.event == OrderIssued.tag else frozenset()
    return (answer.book.units[unit] for unit in meant if unit not in refused)


def undated(event: str, order: Order, at: int, strength: int | None) -> bool:
    """Whether it is a departure that nothing dates, so that it is taken to be when it was ordered."""
    return (
        event == UnitDeparted.tag
        and not goes_by_lift(order)
        and any(
            leg.leaves == at and leg.depart.after is None and leg.depart.by is None
            for leg in legs_of(order)
            if leg.strength in {None, strength}
        )
    )


def worked_out(event: str, order: Order) -> bool:
    """Whether the run itself works out when it happens, to the minute: where lift brings it about."""
    if event in {UnitDeparted.tag, UnitArrived.tag}:
        return goes_by_lift(order)
    return event in {LoadReady.tag, LoadWaited.tag}


def when(wording: Wording, minute: int, *, exact: bool, arrives: bool) -> str:
    """When something happens: with the time of day where it is `exact`, or not that of a whole day."""
    if exact:
        return wording.minute(minute)
    return wording.due(minute) if arrives else wording.date(minute)


def _cells(wording: Wording, line: Line) -> list[str]:
    strength = " + ".join(
        f"{number:,}" + ("" if kind is Kind.TROOPS else f" {kind}") for kind, number in sorted(line.strength.items())
    )
    at = when_of(wording, line) + " !" * line.assumed
    where = where_of(wording, line) or NONE_HERE
    return [at, clean(line.side), line.what, strength, where, wording.lettered(line.sources) or NONE_HERE]


def when_of(wording: Wording, line: Line) -> str:
    """When what a line is about happened."""
    return when(wording, line.at, exact=line.exact, arrives=line.what in _ARRIVED.values())


def where_of(wording: Wording, line: Line) -> str:
    """Whence and whither, or what there is to say instead."""
    origins, destinations = wording.places(line.origins), wording.destinations(line.destinations)
    return clean(line.remark) or f"{origins} {destinations}".strip()
