"""The timeline as a table: what was ordered, left and arrived, one line for what happened alike at one time."""

from collections.abc import Iterable, Sequence

from attrs import define, field

from sim.domain.event import OrderIssued, OrderRefused, ReadinessChanged, UnitArrived, UnitDeparted
from sim.domain.unit import Unit
from sim.domain.vocabulary import Action, Basis, Kind
from sim.posture.timeline import Happening
from sim.report.answer import Answer
from sim.report.table import Style, draw, folded, width
from sim.report.wording import Wording, clean

LINES_MAX = 40
"""How many lines a page shows of a timeline; all of it is in the CSV and JSON."""

_ORDERED = {
    Action.ALERT: "alert",
    Action.STANDBY: "standby",
    Action.STAND_DOWN: "stand down",
    Action.DEPLOY: "ordered",
    Action.RETURN: "ordered back",
    Action.CANCEL: "cancelled",
}

_ARRIVED = {Basis.OBSERVED: "arrived", Basis.ANNOUNCED: "due", Basis.ASSUMED: "arrives"}
_LEFT = {Basis.OBSERVED: "left", Basis.ANNOUNCED: "leaves", Basis.ASSUMED: "leaves"}


@define
class Line:
    """What happened alike at one minute: to how much of each kind, where, on whose word."""

    at: int
    what: str
    assumed: bool
    remark: str
    strength: dict[Kind, int] = field(factory=dict)
    origins: set[str] = field(factory=set)
    destinations: set[str] = field(factory=set)
    sources: set[str] = field(factory=set)


def timeline_table(answer: Answer, wording: Wording, style: Style, room: int) -> list[str]:
    """The lines of the table, at most LINES_MAX of them, and a word on those left out."""
    lines = _gather(answer)
    header = ["when", "what", "strength", "where", "sources"]
    rows = [_cells(wording, line) for line in lines[:LINES_MAX]]
    if style is Style.PLAIN:
        rows = _folded(header, rows, room)
    drawn = draw(header, rows, [False, False, True, False, False], style)
    if len(lines) > LINES_MAX:
        drawn.append(f"and {len(lines) - LINES_MAX:,} more lines: --format csv --table timeline has them all")
    return drawn


def _folded(header: list[str], rows: list[list[str]], room: int) -> list[list[str]]:
    """The rows with where it happened broken into lines, so that they fit the room."""
    others = [[cell for cell, head in zip(row, header, strict=True) if head != "where"] for row in (header, *rows)]
    left = max(room - width(others) - 2, 16)
    return [[*row[:3], folded(row[3], left), row[4]] for row in rows]


def _gather(answer: Answer) -> list[Line]:
    lines: dict[tuple[object, ...], Line] = {}
    for happening in answer.timeline:
        what = _what(answer, happening)
        if what is None:
            continue
        assumed = happening.basis is Basis.ASSUMED or happening.grounds.assumed
        remark = f"{happening.order}: {happening.reason}" if happening.reason else ""
        alike = (happening.at, what, assumed, remark)
        line = lines.setdefault(alike, Line(happening.at, what, assumed, remark))
        _add(answer, line, happening)
    return list(lines.values())


def _what(answer: Answer, happening: Happening) -> str | None:
    """What to call it; None for what another line says already."""
    order = answer.book.orders[happening.order]
    match happening.event:
        case OrderIssued.tag:
            return _ORDERED[order.action] if order.moves or order.action is Action.CANCEL else None
        case ReadinessChanged.tag:
            return _ORDERED[order.action]
        case OrderRefused.tag:
            return "refused"
        case UnitDeparted.tag:
            return _LEFT[happening.basis or Basis.ASSUMED]
        case UnitArrived.tag:
            return _ARRIVED[happening.basis or Basis.ASSUMED]
        case _:
            return None


def _add(answer: Answer, line: Line, happening: Happening) -> None:
    order = answer.book.orders[happening.order]
    line.sources.update(happening.grounds.sources)
    for unit in _units(answer, happening):
        strength = unit.strength if happening.strength is None else happening.strength
        line.strength[unit.kind] = line.strength.get(unit.kind, 0) + strength
        if happening.event == OrderIssued.tag and order.moves:
            line.destinations.add(order.to or unit.origin)
    if happening.event in {ReadinessChanged.tag, UnitDeparted.tag}:
        line.origins.add(happening.place or "")
    if happening.event == UnitDeparted.tag:
        line.destinations.add(happening.destination or "")
    if happening.event == UnitArrived.tag:
        line.destinations.add(happening.place or "")


def _units(answer: Answer, happening: Happening) -> Iterable[Unit]:
    ids: Sequence[str] = happening.units if happening.unit is None else (happening.unit,)
    return (answer.book.units[unit] for unit in ids)


def _cells(wording: Wording, line: Line) -> list[str]:
    strength = " + ".join(
        f"{number:,}" + ("" if kind is Kind.TROOPS else f" {kind}") for kind, number in sorted(line.strength.items())
    )
    origins, destinations = wording.places(line.origins), wording.places(line.destinations)
    where = f"{origins} to {destinations}".strip() if destinations else origins
    where = clean(line.remark) or where
    mark = " !" if line.assumed else ""
    return [wording.date(line.at) + mark, line.what, strength, where, wording.lettered(line.sources)]
