"""Boarding: whether lift can take the units that are to go by it, at first and whenever entries are amended."""

from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from sim.domain.amendment import Amendment, Roster, by_minute
from sim.domain.lift import Carriage, Lift
from sim.domain.order import Order
from sim.domain.source import Source
from sim.domain.unit import Unit
from sim.domain.variate import median
from sim.domain.vocabulary import Kind

LOADS_MAX = 100_000
"""The most loads that a unit may make: each is followed on its way."""


@frozen
class NotHeld:
    """A vehicle of `lift` holds nothing of the unit's kind."""

    lift: str


@frozen
class NotLoaded:
    """How much goes in a load is told of this kind, and the unit is of another."""

    kind: Kind


@frozen
class TooMany:
    """The unit makes so many loads: more than LOADS_MAX."""

    loads: int


LeftBehind = NotHeld | NotLoaded | TooMany
"""Why a unit cannot go by lift."""


class Room:
    """What a carriage takes of units, by central values. `kind` is that of the load, where one is told.

    Lift that there is not is passed over.
    """

    def __init__(self, carriage: Carriage, kind: Kind | None, lift: Mapping[str, Lift]) -> None:
        self._carriage = carriage
        self._kind = None if carriage.load is None else kind
        self._vehicles = [lift[each] for each in dict.fromkeys(carriage.lifts) if each in lift]
        self._held = [(each.id, {kind for kind, _ in each.holds}) for each in self._vehicles]
        self._takes: dict[Kind, int] = {}

    def refuses(self, unit: Unit) -> Iterator[LeftBehind]:
        """Why a unit cannot go, for each reason that there is."""
        for lift, kinds in self._held:
            if unit.kind not in kinds:
                yield NotHeld(lift)
        if self._kind is not None and unit.kind is not self._kind:
            yield NotLoaded(self._kind)
        if unit.strength > LOADS_MAX:
            loads = -(-unit.strength // self._load(unit.kind))
            if loads > LOADS_MAX:
                yield TooMany(loads)

    def _load(self, kind: Kind) -> int:
        """How much of a kind is a load, at least 1: as much as all vehicles on the way take."""
        if kind not in self._takes:
            fits = [fit for each in self._vehicles for fit in _fits(self._carriage, kind, each)]
            self._takes[kind] = max(1, int(min(fits, default=1) + 1e-9))
        return self._takes[kind]


def _fits(carriage: Carriage, kind: Kind, lift: Lift) -> Iterator[float]:
    """By room, as far as that is told of the load, and by weight; nothing where it holds none of the kind."""
    room = next((median(many) for held, many in lift.holds if held is kind), None)
    if room is not None:
        load = room if carriage.load is None else median(carriage.load)
        yield min(room, load)
        if carriage.tons is not None and lift.tons is not None:
            weight, tons = median(carriage.tons), median(lift.tons)
            yield load * tons / weight if weight > tons else load


@frozen
class Misfit:
    """From an amendment on, a unit cannot go by lift under an order, and why."""

    amendment: Amendment
    order: Order
    unit: Unit
    why: LeftBehind


def left_behind(
    sources: Mapping[str, Source],
    units: Mapping[str, Unit],
    orders: Mapping[str, Order],
    lift: Mapping[str, Lift],
    amendments: Iterable[Amendment],
) -> Iterator[Misfit]:
    """The amendments from which on lift cannot take a unit that is to go by it.

    `amendments` are in the order in which they apply; those of one minute apply together. Of an amended order all units
    that it addresses are looked at; of an amended unit that becomes part of another, of another kind or of another
    strength it and its parts, under the orders that address them. Each misfit is told once in a minute: of what amends
    the order, else of what amends the unit itself.
    """
    roster, carried = Roster(units), _Carried(orders.values(), units, lift)
    for together in by_minute(sources, amendments):
        moved, amended = _moved(roster, together), dict[str, Amendment]()
        for amendment in together:
            if isinstance(amendment.entry, Order):
                carried.amend(amendment.entry)
                amended[amendment.entry.id] = amendment
        for id, amendment in amended.items():
            if id in carried.orders:
                order, room = carried.orders[id]
                for unit in roster.addressed(order.units):
                    yield from (Misfit(amendment, order, unit, why) for why in room.refuses(unit))
        told: set[tuple[str, str, LeftBehind]] = set()
        for amendment, unit, room, ids in _touched(roster, carried, moved):
            for why in room.refuses(unit):
                for id in ids:
                    if id not in amended and (id, unit.id, why) not in told:
                        told.add((id, unit.id, why))
                        yield Misfit(amendment, carried.orders[id][0], unit, why)


def _moved(roster: Roster, together: Iterable[Amendment]) -> dict[str, Amendment]:
    """Let apply what amends units, and tell by id which of them become part of another, or are of another strength."""
    moved: dict[str, Amendment] = {}
    for amendment in together:
        if isinstance(amendment.entry, Unit):
            before, after = roster.units[amendment.entry.id], amendment.entry
            if (after.part_of, after.kind, after.strength) != (before.part_of, before.kind, before.strength):
                moved[after.id] = amendment
            roster.amend(after)
    return moved


class _Carried:
    """The orders that go by lift as they read at one time, by id, and by the units that they name.

    Those that name a unit are kept together where they have room for the same: there may be many of them.
    """

    def __init__(self, orders: Iterable[Order], units: Mapping[str, Unit], lift: Mapping[str, Lift]) -> None:
        self.orders: dict[str, tuple[Order, Room]] = {}
        self._units = units
        self._lift = lift
        self._rooms: dict[object, Room] = {}
        self._naming: dict[str, dict[Room, dict[str, None]]] = {}
        for order in orders:
            self.amend(order)

    def amend(self, order: Order) -> None:
        """Let an order read so from now on."""
        if order.id in self.orders:
            before, room = self.orders.pop(order.id)
            for unit in before.units:
                del self._naming[unit][room][order.id]
        if order.carriage is not None:
            room = self._room(order, order.carriage)
            self.orders[order.id] = order, room
            for unit in order.units:
                self._naming.setdefault(unit, {}).setdefault(room, {})[order.id] = None

    def naming(self, unit: str) -> Iterator[tuple[Room, Iterable[str]]]:
        """The ids of the orders that name a unit, by what they have room for."""
        yield from self._naming.get(unit, {}).items()

    def _room(self, order: Order, carriage: Carriage) -> Room:
        """What an order has room for: a load is of the kind of the units that it names."""
        kind = next((self._units[unit].kind for unit in order.units if unit in self._units), None)
        alike = frozenset(carriage.lifts), carriage.load, carriage.tons, kind
        return self._rooms.setdefault(alike, Room(carriage, kind, self._lift))


def _touched(
    roster: Roster, carried: _Carried, moved: Mapping[str, Amendment]
) -> Iterator[tuple[Amendment, Unit, Room, Iterable[str]]]:
    """What amended units touch: each by itself, then with its parts, and the orders that address them."""
    seen: set[tuple[str, str]] = set()
    for parts in (False, True):
        for id, amendment in moved.items():
            units = roster.addressed((id,)) if parts else [roster.units[id]]
            for whole in roster.wholes(id):
                rooms = tuple(carried.naming(whole))
                for unit in units if rooms else ():
                    if (unit.id, whole) not in seen:
                        seen.add((unit.id, whole))
                        yield from ((amendment, unit, room, ids) for room, ids in rooms)
