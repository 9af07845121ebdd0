"""The plain form: definitions as nested dicts of text, numbers and lists, and back.

It is what they look like in the log, and what a scenario's fingerprint is taken of. Keys are those of the scenario
format where they mean the same. Times are minutes of the run; what is empty or at its default of "nothing said" is left
out.
Reading raises KeyError, TypeError or ValueError for what is not of this form.
"""

from collections.abc import Callable, Mapping
from typing import Any, assert_never

from sim.domain.amendment import Amendment
from sim.domain.claim import Claim, Closed, Count, Never, Noted, Selector, Separate, Test, When
from sim.domain.grounds import NO_GROUNDS, Grounds
from sim.domain.lift import Carriage, Change, Hours, Lift, Mode, Port, Speed
from sim.domain.order import ANY_TIME, Order, Part, Transit, Window
from sim.domain.place import Place
from sim.domain.quantity import Interval, Quantity
from sim.domain.source import Source
from sim.domain.unit import Post, Unit
from sim.domain.variate import Empirical, Fixed, LogNormal, Normal, Triangular, Uniform, Variate
from sim.domain.vocabulary import Action, Basis, Kind, Readiness

Plain = dict[str, Any]


def source_to_plain(source: Source) -> Plain:
    plain: Plain = {"id": source.id, "outlet": source.outlet}
    _put(plain, "title", source.title)
    _put_not_none(plain, "published", source.published)
    if source.by_month:
        plain["published_as"] = "month"
    _put(plain, "url", source.url)
    _put(plain, "archived", source.archived)
    _put(plain, "relays", list(source.relays))
    return plain


def source_from_plain(plain: Mapping[str, Any]) -> Source:
    return Source(
        plain["id"],
        plain["outlet"],
        plain.get("title", ""),
        plain.get("published"),
        plain.get("url", ""),
        plain.get("archived", ""),
        tuple(plain.get("relays", ())),
        plain.get("published_as") == "month",
    )


def place_to_plain(place: Place) -> Plain:
    plain: Plain = {"id": place.id, "name": place.name}
    for key, value in (
        ("within", place.within),
        ("country", place.country),
        ("lat", place.lat),
        ("lon", place.lon),
    ):
        _put_not_none(plain, key, value)
    return plain


def place_from_plain(plain: Mapping[str, Any]) -> Place:
    return Place(
        plain["id"], plain["name"], plain.get("within"), plain.get("country"), plain.get("lat"), plain.get("lon")
    )


def lift_to_plain(lift: Lift) -> Plain:
    plain: Plain = {
        "id": lift.id,
        "mode": lift.mode.value,
        "vehicles": variate_to_plain(lift.vehicles),
        "holds": {kind.value: variate_to_plain(many) for kind, many in lift.holds},
        "speed": variate_to_plain(lift.speed),
        "ground": variate_to_plain(lift.ground),
        "base": lift.base,
    }
    _put_variate(plain, "tons", lift.tons)
    _put_variate(plain, "hours_per_day", lift.hours_per_day)
    plain["detour"] = _figure(lift.detour)
    if lift.speed_in is not Speed.KMH:
        plain["speed_in"] = lift.speed_in.value
    _put_grounds(plain, lift.grounds)
    return plain


def lift_from_plain(plain: Mapping[str, Any]) -> Lift:
    holds = plain["holds"]
    return Lift(
        id=plain["id"],
        mode=Mode(plain["mode"]),
        vehicles=variate_from_plain(plain["vehicles"]),
        holds=tuple((kind, variate_from_plain(holds[kind.value])) for kind in Kind if kind.value in holds),
        speed=variate_from_plain(plain["speed"]),
        ground=variate_from_plain(plain["ground"]),
        base=plain["base"],
        tons=_variate_or_none(plain, "tons"),
        hours_per_day=_variate_or_none(plain, "hours_per_day"),
        detour=plain["detour"],
        grounds=_grounds_from_plain(plain),
        speed_in=Speed(plain.get("speed_in", Speed.KMH)),
    )


def port_to_plain(port: Port) -> Plain:
    plain: Plain = {"id": port.id, "place": port.place, "spots": variate_to_plain(port.spots)}
    _put_variate(plain, "ground", port.ground)
    if port.open is not None:
        plain["open"] = [port.open.opens, port.open.closes]
    _put_grounds(plain, port.grounds)
    return plain


def port_from_plain(plain: Mapping[str, Any]) -> Port:
    return Port(
        plain["id"],
        plain["place"],
        variate_from_plain(plain["spots"]),
        _variate_or_none(plain, "ground"),
        Hours(*plain["open"]) if "open" in plain else None,
        _grounds_from_plain(plain),
    )


def change_to_plain(change: Change) -> Plain:
    plain: Plain = {"id": change.id, "at": change.at}
    if change.lift is not None:
        plain["lift"] = change.lift
        plain["vehicles"] = variate_to_plain(change.amount)
    else:
        plain["port"] = change.port
        plain["spots"] = variate_to_plain(change.amount)
    _put_grounds(plain, change.grounds)
    return plain


def change_from_plain(plain: Mapping[str, Any]) -> Change:
    amount = plain["vehicles" if "lift" in plain else "spots"]
    return Change(
        plain["id"],
        plain["at"],
        plain.get("lift"),
        plain.get("port"),
        variate_from_plain(amount),
        _grounds_from_plain(plain),
    )


def variate_to_plain(variate: Variate) -> Any:
    """A number, or the name of a distribution with the list of its parameters in the order of their fields."""
    match variate:
        case Fixed(value):
            return _figure(value)
        case Uniform(low, high):
            return {"uniform": [_figure(low), _figure(high)]}
        case Triangular(low, mode, high):
            return {"triangular": [_figure(low), _figure(mode), _figure(high)]}
        case Normal(mean, deviation):
            return {"normal": [_figure(mean), _figure(deviation)]}
        case LogNormal(mean, deviation):
            return {"lognormal": [_figure(mean), _figure(deviation)]}
        case Empirical(values):
            return {"empirical": [_figure(value) for value in values]}
        case _:
            assert_never(variate)


_DISTRIBUTIONS: dict[str, Callable[..., Variate]] = {
    "uniform": Uniform,
    "triangular": Triangular,
    "normal": Normal,
    "lognormal": LogNormal,
    "empirical": lambda *values: Empirical(values),
}


def variate_from_plain(plain: Any) -> Variate:
    if not isinstance(plain, Mapping):
        return Fixed(plain)
    ((name, parameters),) = plain.items()
    return _DISTRIBUTIONS[name](*parameters)


def unit_to_plain(unit: Unit) -> Plain:
    strength = _quantity_to_plain(unit.reported)
    if unit.post is not None:
        strength["post"] = unit.post.strength
        _put_grounds(strength, unit.post.grounds)
    plain: Plain = {"id": unit.id, "name": unit.name, unit.kind.value: strength, "place": unit.place}
    plain["origin"] = unit.origin
    plain["readiness"] = unit.readiness.value
    plain["side"] = unit.side
    _put_not_none(plain, "part_of", unit.part_of)
    _put(plain, "symbol", unit.symbol)
    _put_grounds(plain, unit.grounds)
    return plain


def unit_from_plain(plain: Mapping[str, Any]) -> Unit:
    (kind,) = (kind for kind in Kind if kind.value in plain)
    strength = plain[kind.value]
    return Unit(
        id=plain["id"],
        name=plain["name"],
        kind=kind,
        reported=_quantity_from_plain(strength),
        place=plain["place"],
        origin=plain["origin"],
        readiness=Readiness(plain["readiness"]),
        side=plain["side"],
        part_of=plain.get("part_of"),
        symbol=plain.get("symbol", ""),
        grounds=_grounds_from_plain(plain),
        post=Post(strength["post"], _grounds_from_plain(strength)) if "post" in strength else None,
    )


def order_to_plain(order: Order) -> Plain:
    plain: Plain = {"id": order.id, "at": order.at, "action": order.action.value}
    _put(plain, "units", list(order.units))
    _put_not_none(plain, "to", order.to)
    _put_movement(plain, order)
    _put(plain, "parts", [_part_to_plain(part) for part in order.parts])
    _put_not_none(plain, "cancels", order.cancels)
    if order.refusal_expected:
        plain["refusal"] = "expected"
    if order.carriage is not None:
        _put_carriage(plain, order.carriage)
    _put_grounds(plain, order.grounds)
    return plain


def order_from_plain(plain: Mapping[str, Any]) -> Order:
    return Order(
        id=plain["id"],
        at=plain["at"],
        action=Action(plain["action"]),
        units=tuple(plain.get("units", ())),
        to=plain.get("to"),
        depart=_window_from_plain(plain.get("depart")),
        arrive=_window_from_plain(plain.get("arrive")),
        transit=_transit_from_plain(plain.get("transit")),
        parts=tuple(_part_from_plain(part) for part in plain.get("parts", ())),
        cancels=plain.get("cancels"),
        refusal_expected=plain.get("refusal") == "expected",
        grounds=_grounds_from_plain(plain),
        carriage=_carriage_from_plain(plain),
    )


def claim_to_plain(claim: Claim) -> Plain:
    plain: Plain = {"id": claim.id}
    _put(plain, "says", claim.says)
    plain["source"] = claim.source
    _put_not_none(plain, "per", claim.per)
    _put(plain, "speaker", claim.speaker)
    plain.update(_test_to_plain(claim.test))
    _put(plain, "disputed", claim.disputed)
    _put_not_none(plain, "corrects", claim.corrects)
    return plain


def claim_from_plain(plain: Mapping[str, Any]) -> Claim:
    return Claim(
        plain["id"],
        plain["source"],
        _test_from_plain(plain),
        plain.get("says", ""),
        plain.get("per"),
        plain.get("speaker", ""),
        plain.get("disputed", ""),
        plain.get("corrects"),
    )


_SECTIONS = {Unit: "units", Order: "orders", Claim: "claims"}
_ENTRIES: dict[str, Callable[[Mapping[str, Any]], Unit | Order | Claim]] = {
    "units": unit_from_plain,
    "orders": order_from_plain,
    "claims": claim_from_plain,
}


def amendment_to_plain(amendment: Amendment) -> Plain:
    section = _SECTIONS[type(amendment.entry)]
    sources = list(amendment.sources)
    return {"id": amendment.id, "section": section, "sources": sources, "entry": TO_PLAIN[section](amendment.entry)}


def amendment_from_plain(plain: Mapping[str, Any]) -> Amendment:
    return Amendment(plain["id"], tuple(plain["sources"]), _ENTRIES[plain["section"]](plain["entry"]))


TO_PLAIN: Mapping[str, Callable[[Any], Plain]] = {
    "sources": source_to_plain,
    "places": place_to_plain,
    "lift": lift_to_plain,
    "ports": port_to_plain,
    "capacity": change_to_plain,
    "units": unit_to_plain,
    "orders": order_to_plain,
    "claims": claim_to_plain,
    "amendments": amendment_to_plain,
}
"""What makes definitions plain, by the section of a scenario that they stand in."""


def selector_to_plain(selector: Selector) -> Plain:
    plain: Plain = {}
    for key in ("units", "orders", "place", "origin", "country", "readiness", "side", "kind"):
        _put(plain, key, [str(value) for value in getattr(selector, key)])
    return plain


def selector_from_plain(plain: Mapping[str, Any]) -> Selector:
    return Selector(
        units=tuple(plain.get("units", ())),
        orders=tuple(plain.get("orders", ())),
        place=tuple(plain.get("place", ())),
        origin=tuple(plain.get("origin", ())),
        country=tuple(plain.get("country", ())),
        readiness=tuple(Readiness(value) for value in plain.get("readiness", ())),
        side=tuple(plain.get("side", ())),
        kind=tuple(Kind(value) for value in plain["kind"]),
    )


def _test_to_plain(test: Test) -> Plain:
    match test:
        case Count(selector, expected, at):
            when = at.value if isinstance(at, When) else at
            return {"count": selector_to_plain(selector), "is": _quantity_to_plain(expected), "at": when}
        case Never(selector):
            return {"never": selector_to_plain(selector)}
        case Separate(first, second):
            return {"separate": [selector_to_plain(first), selector_to_plain(second)]}
        case Closed(selector, by):
            return {"closed": selector_to_plain(selector), "by": by}
        case Noted(why):
            return {"noted": why}


def _test_from_plain(plain: Mapping[str, Any]) -> Test:
    if "count" in plain:
        at = When.ALWAYS if plain["at"] == When.ALWAYS.value else int(plain["at"])
        return Count(selector_from_plain(plain["count"]), _quantity_from_plain(plain["is"]), at)
    if "never" in plain:
        return Never(selector_from_plain(plain["never"]))
    if "separate" in plain:
        first, second = plain["separate"]
        return Separate(selector_from_plain(first), selector_from_plain(second))
    if "closed" in plain:
        return Closed(selector_from_plain(plain["closed"]), plain["by"])
    return Noted(plain["noted"])


def _put(plain: Plain, key: str, value: Any) -> None:
    """Put what is not empty."""
    if value:
        plain[key] = value


def _put_not_none(plain: Plain, key: str, value: Any) -> None:
    if value is not None:
        plain[key] = value


def _put_grounds(plain: Plain, grounds: Grounds) -> None:
    _put(plain, "sources", list(grounds.sources))
    _put(plain, "because", grounds.because)


def _grounds_from_plain(plain: Mapping[str, Any]) -> Grounds:
    if "sources" not in plain and "because" not in plain:
        return NO_GROUNDS
    return Grounds(tuple(plain.get("sources", ())), plain.get("because", ""))


def _quantity_to_plain(quantity: Quantity) -> Plain:
    return {
        "wording": quantity.wording,
        "low": quantity.low,
        "high": quantity.high,
        "nominal": quantity.nominal,
    }


def _quantity_from_plain(plain: Mapping[str, Any]) -> Quantity:
    return Quantity(Interval(plain["low"], plain["high"]), plain["nominal"], plain["wording"])


def _figure(value: float) -> float:
    """A number that is written in one way only: a whole one without a point."""
    return int(value) if value == int(value) else value


def _put_variate(plain: Plain, key: str, variate: Variate | None) -> None:
    if variate is not None:
        plain[key] = variate_to_plain(variate)


def _variate_or_none(plain: Mapping[str, Any], key: str) -> Variate | None:
    return variate_from_plain(plain[key]) if key in plain else None


def _put_carriage(plain: Plain, carriage: Carriage) -> None:
    plain["lift"] = list(carriage.lifts)
    plain["route"] = list(carriage.route)
    _put_variate(plain, "notice", carriage.notice)
    _put(plain, "priority", carriage.priority)
    load: Plain = {}
    _put_variate(load, "strength", carriage.load)
    _put_variate(load, "tons", carriage.tons)
    _put(plain, "load", load)


def _carriage_from_plain(plain: Mapping[str, Any]) -> Carriage | None:
    if "lift" not in plain:
        return None
    load = plain.get("load", {})
    return Carriage(
        tuple(plain["lift"]),
        tuple(plain["route"]),
        _variate_or_none(plain, "notice"),
        plain.get("priority", 0),
        _variate_or_none(load, "strength"),
        _variate_or_none(load, "tons"),
    )


def _put_movement(plain: Plain, movement: Order | Part) -> None:
    """When it departs and arrives, and how long it takes."""
    if movement.depart != ANY_TIME:
        plain["depart"] = _window_to_plain(movement.depart)
    if movement.arrive != ANY_TIME:
        plain["arrive"] = _window_to_plain(movement.arrive)
    if movement.transit is not None:
        plain["transit"] = {"is": movement.transit.minutes}
        _put_grounds(plain["transit"], movement.transit.grounds)


def _window_to_plain(window: Window) -> Plain:
    plain: Plain = {}
    _put_not_none(plain, "after", window.after)
    _put_not_none(plain, "by", window.by)
    if window.basis is not None:
        plain["basis"] = window.basis.value
    _put_grounds(plain, window.grounds)
    return plain


def _window_from_plain(plain: Mapping[str, Any] | None) -> Window:
    if plain is None:
        return ANY_TIME
    basis = Basis(plain["basis"]) if "basis" in plain else None
    return Window(plain.get("after"), plain.get("by"), basis, _grounds_from_plain(plain))


def _transit_from_plain(plain: Mapping[str, Any] | None) -> Transit | None:
    return None if plain is None else Transit(plain["is"], _grounds_from_plain(plain))


def _part_to_plain(part: Part) -> Plain:
    plain: Plain = {"strength": part.strength}
    if part.reported is not None:
        plain["reported"] = _quantity_to_plain(part.reported)
        _put_grounds(plain["reported"], part.post_grounds)
    _put_movement(plain, part)
    _put_grounds(plain, part.grounds)
    return plain


def _part_from_plain(plain: Mapping[str, Any]) -> Part:
    return Part(
        plain["strength"],
        _window_from_plain(plain.get("depart")),
        _window_from_plain(plain.get("arrive")),
        _transit_from_plain(plain.get("transit")),
        _grounds_from_plain(plain),
        _quantity_from_plain(plain["reported"]) if "reported" in plain else None,
        _grounds_from_plain(plain.get("reported", {})),
    )
