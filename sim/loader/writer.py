"""Writing: a scenario as YAML that loads to an equal one."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, assert_never

import yaml

from sim.domain.calendar import Calendar, format_duration, format_utc
from sim.domain.claim import Claim, Closed, Count, Never, Noted, Selector, Separate, Test, When
from sim.domain.grounds import Grounds
from sim.domain.lift import Carriage, Change, Hours, Lift, Port, Speed, in_unit
from sim.domain.order import Order, Part, Window
from sim.domain.place import Place
from sim.domain.quantity import DEFAULT_ABOUT, Quantity, format_percent
from sim.domain.scenario import FORMAT, Scenario
from sim.domain.source import Source
from sim.domain.unit import Unit
from sim.domain.variate import Empirical, Fixed, LogNormal, Normal, Triangular, Uniform, Variate
from sim.domain.vocabulary import Kind, Readiness

_Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

Tree = dict[str, Any]
"""Keys and values as they are written; what is empty is left out."""


def dump(scenario: Scenario) -> str:
    """The scenario in format 1, as YAML. Times are in UTC; what is at its default is left out."""
    write = _Writer(scenario.calendar)
    amendments = _amendments(scenario, write)
    tree = _said(
        format=FORMAT,
        title=scenario.title,
        start=format_utc(scenario.calendar.start) + "Z",
        end=write.time(scenario.end),
        timezone=_unless("UTC", scenario.calendar.timezone),
        about=_unless(format_percent(DEFAULT_ABOUT), format_percent(scenario.about)),
        snapshots=[write.time(minute) for minute in scenario.snapshots]
        if scenario.snapshots != (scenario.end,)
        else [],
        sources={source.id: write.source(source) for source in scenario.sources.values()},
        places={place.id: write.place(place) for place in scenario.places.values()},
        lift={lift.id: write.lift(lift) for lift in scenario.lift.values()},
        ports={port.id: write.port(port) for port in scenario.ports.values()},
        capacity=[write.change(change) for change in sorted(scenario.capacity, key=_place_in_list)],
        units={unit.id: write.unit(unit) for unit in scenario.units.values()} | amendments["units"],
        orders={order.id: write.order(order, scenario.units) for order in scenario.orders.values()}
        | amendments["orders"],
        claims={claim.id: write.claim(claim) for claim in scenario.claims.values()} | amendments["claims"],
    )
    return yaml.dump(tree, Dumper=_Dumper, sort_keys=False, default_flow_style=None, allow_unicode=True, width=120)


class _Writer:
    """Writes the entries of sections; `calendar` turns their minutes into times."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar

    def time(self, minute: int) -> str:
        return self._calendar.log_stamp(minute)

    def source(self, source: Source) -> Tree:
        return _said(
            outlet=source.outlet,
            title=source.title,
            published=self._published(source),
            url=source.url,
            archived=source.archived,
            relays=list(source.relays),
        )

    def _published(self, source: Source) -> str | None:
        if source.published is None or not source.by_month:
            return self._time_or_none(source.published)
        local = self._calendar.local(source.published)
        return f"{local.year:04d}-{local.month:02d}"

    def place(self, place: Place) -> Tree:
        name = _unless(place.id, place.name)
        lat, lon = _degrees(place.lat), _degrees(place.lon)
        return _said(name=name, within=place.within, country=place.country, lat=lat, lon=lon)

    def lift(self, lift: Lift) -> Tree:
        holds = {kind.value: _variate(many, _decimal) for kind, many in lift.holds}
        return _said(
            mode=lift.mode.value,
            vehicles=_variate(lift.vehicles, _decimal),
            loads_of=holds,
            tons=_variate(lift.tons, _decimal),
            **{lift.speed_in.value: _variate(lift.speed, lambda kmh: _in_unit(kmh, lift.speed_in))},
            ground_hours=_variate(lift.ground, _hours),
            hours_per_day=_variate(lift.hours_per_day, _decimal),
            base=lift.base,
            detour=_decimal(lift.detour),
            **_grounds(lift.grounds),
        )

    def port(self, port: Port) -> Tree:
        return _said(
            place=port.place,
            spots=_variate(port.spots, _decimal),
            ground_hours=_variate(port.ground, _hours),
            open=_open(port.open),
            **_grounds(port.grounds),
        )

    def change(self, change: Change) -> Tree:
        named = {"port": change.port, "spots": _variate(change.amount, _decimal)}
        if change.lift is not None:
            named = {"lift": change.lift, "vehicles": _variate(change.amount, _decimal)}
        return _said(at=self.time(change.at), **named, **_grounds(change.grounds))

    def unit(self, unit: Unit) -> Tree:
        strength: Any = _wording(unit.reported)
        if unit.post is not None:
            strength = {"is": strength, "post": unit.post.strength, **_grounds(unit.post.grounds)}
        return _said(
            name=_unless(unit.id, unit.name),
            **{unit.kind.value: strength},
            place=unit.place,
            origin=_unless(unit.place, unit.origin),
            readiness=_unless(Readiness.GARRISON.value, unit.readiness.value),
            side=_unless("US", unit.side),
            part_of=unit.part_of,
            symbol=unit.symbol,
            **_grounds(unit.grounds),
        )

    def order(self, order: Order, units: Mapping[str, Unit]) -> Tree:
        """An order; `units` say of what kind its loads are."""
        carriage: Tree = {}
        if order.carriage is not None:
            carriage = _carriage(order.carriage, units[order.units[0]].kind)
        return _said(
            at=self.time(order.at),
            action=order.action.value,
            units=list(order.units),
            to=order.to,
            **self._movement(order),
            parts=[self._part(part) for part in order.parts],
            **carriage,
            cancels=order.cancels,
            refusal="expected" if order.refusal_expected else "",
            **_grounds(order.grounds),
        )

    def claim(self, claim: Claim) -> Tree:
        said_by = _said(says=claim.says, source=claim.source, per=claim.per, speaker=claim.speaker)
        return {**said_by, **self._test(claim.test), **_said(disputed=claim.disputed, corrects=claim.corrects)}

    def _test(self, test: Test) -> Tree:
        match test:
            case Count(selector, expected, at):
                when = at.value if isinstance(at, When) else self.time(at)
                return {"count": _selector(selector), "is": _wording(expected), "at": when}
            case Never(selector):
                return {"never": _selector(selector)}
            case Separate(first, second):
                return {"separate": [_selector(first), _selector(second)]}
            case Closed(selector, by):
                return {"closed": _selector(selector), "by": self.time(by)}
            case Noted(why):
                return {"noted": why}
            case _:
                assert_never(test)

    def _part(self, part: Part) -> Tree:
        strength: Any = part.strength
        if part.reported is not None:
            posted = part.reported.nominal != part.strength or part.post_grounds.stated
            strength = _wording(part.reported)
            strength = {"is": strength, "post": part.strength, **_grounds(part.post_grounds)} if posted else strength
        return {"strength": strength, **self._movement(part), **_grounds(part.grounds)}

    def _movement(self, movement: Order | Part) -> Tree:
        transit: Any = None
        if movement.transit is not None:
            transit = format_duration(movement.transit.minutes)
            if movement.transit.grounds.stated:
                transit = {"is": transit, **_grounds(movement.transit.grounds)}
        return _said(depart=self._window(movement.depart), arrive=self._window(movement.arrive), transit=transit)

    def _window(self, window: Window) -> Tree:
        basis = window.basis.value if window.basis is not None else None
        after, by = self._time_or_none(window.after), self._time_or_none(window.by)
        return _said(after=after, by=by, basis=basis, **_grounds(window.grounds))

    def _time_or_none(self, minute: int | None) -> str | None:
        return None if minute is None else self.time(minute)


def _amendments(scenario: Scenario, write: _Writer) -> dict[str, dict[str, Tree]]:
    """For each section the amendments by id, each with all that the entry says from then on.

    A unit's strength is written where it changes: it is that which then rests on the amendment's sources.
    """
    units = dict(scenario.units)
    trees: dict[str, dict[str, Tree]] = {"units": {}, "orders": {}, "claims": {}}
    for amendment in scenario.amendments:
        sources = list(amendment.sources)
        match amendment.entry:
            case Unit() as unit:
                defaults = {
                    "name": unit.name,
                    "origin": unit.origin,
                    "readiness": unit.readiness.value,
                    "side": unit.side,
                }
                tree = {**write.unit(unit), **defaults}  # what is at its default may not have been before
                if (unit.reported, unit.post) == (units[unit.id].reported, units[unit.id].post):
                    del tree[unit.kind.value]
                units[unit.id] = unit
                trees["units"][amendment.id] = {"amends": unit.id, **tree, "sources": sources}
            case Order() as order:
                tree = {"amends": order.id, **write.order(order, units), "sources": sources}
                trees["orders"][amendment.id] = tree
            case Claim() as claim:
                trees["claims"][amendment.id] = {"amends": claim.id, **write.claim(claim), "source": sources[0]}
            case _:
                assert_never(amendment.entry)
    return trees


def _carriage(carriage: Carriage, kind: Kind) -> Tree:
    load = _said(**{kind.value: _variate(carriage.load, _decimal)}, tons=_variate(carriage.tons, _decimal))
    return _said(
        lift=list(carriage.lifts),
        route=list(carriage.route),
        notice=_variate(carriage.notice, _duration),
        priority=carriage.priority,
        load=load,
    )


def _place_in_list(change: Change) -> int:
    return int(change.id)


def _variate(variate: Variate | None, write: Callable[[float], Any]) -> Any:
    match variate:
        case None:
            return None
        case Fixed(value):
            return write(value)
        case Uniform(low, high):
            return {"uniform": [write(low), write(high)]}
        case Triangular(low, mode, high):
            return {"triangular": [write(low), write(mode), write(high)]}
        case Normal(mean, deviation):
            return {"normal": [write(mean), write(deviation)]}
        case LogNormal(mean, deviation):
            return {"lognormal": [write(mean), write(deviation)]}
        case Empirical(values):
            return {"empirical": [write(value) for value in values]}
        case _:
            assert_never(variate)


def _hours(minutes: float) -> Any:
    """Hours in as many digits as it takes to read the same number of minutes; whole minutes as a duration."""
    if minutes and minutes == int(minutes):
        return format_duration(int(minutes))
    return format(Decimal(repr(minutes)) / 60, "f") if minutes else 0


def _duration(minutes: float) -> str:
    return format_duration(int(minutes))


def _open(hours: Hours | None) -> str | None:
    if hours is None:
        return None
    (first, begun), (last, ended) = divmod(hours.opens, 60), divmod(hours.closes, 60)
    return f"{first:02}:{begun:02}-{last:02}:{ended:02}"


def _said(**values: Any) -> Tree:
    """The values that say something: neither None nor empty, but 0 and a selection of everything do."""
    return {key: value for key, value in values.items() if value is not None and value not in ("", [], {})}


def _unless(default: str, value: str) -> str | None:
    return None if value == default else value


def _wording(quantity: Quantity) -> str | int:
    """The words of a report; a number stays one, so that it is not quoted."""
    wording = quantity.wording
    return int(wording) if wording.isdecimal() and str(int(wording)) == wording else wording


def _degrees(degrees: float | None) -> float | str | None:
    return None if degrees is None else _in_digits(degrees)


def _decimal(figure: float) -> float | str:
    """A figure, a whole one without a point."""
    return int(figure) if figure == int(figure) else _in_digits(figure)


def _in_unit(kmh: float, unit: Speed) -> float | str:
    """A speed in the unit it is written in."""
    figure = in_unit(kmh, unit)
    return int(figure) if figure == int(figure) else format(figure, "f")


def _in_digits(number: float) -> float | str:
    """In digits alone: the format knows no exponents."""
    return number if "e" not in repr(number) else format(Decimal(repr(number)), "f")


def _grounds(grounds: Grounds) -> Tree:
    return _said(sources=list(grounds.sources), because=grounds.because)


def _selector(selector: Selector) -> Tree:
    kind = () if selector.kind == (Kind.TROOPS,) else selector.kind
    values = _said(
        units=list(selector.units),
        orders=list(selector.orders),
        place=list(selector.place),
        origin=list(selector.origin),
        country=list(selector.country),
        readiness=[readiness.value for readiness in selector.readiness],
        side=list(selector.side),
        kind=[each.value for each in kind],
    )
    return {key: found[0] if len(found) == 1 else found for key, found in values.items()}
