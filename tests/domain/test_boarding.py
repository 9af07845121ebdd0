"""Boarding: what amendments let go by lift, and whether the lift can take it."""

from collections.abc import Iterable

from attrs import evolve

from sim.domain.amendment import Amendment
from sim.domain.boarding import LOADS_MAX, LeftBehind, NotHeld, NotLoaded, Room, TooMany, left_behind
from sim.domain.lift import Carriage, Lift
from sim.domain.order import Order
from sim.domain.quantity import parse_quantity
from sim.domain.source import Source
from sim.domain.variate import Empirical, Fixed
from sim.domain.vocabulary import Kind
from tests.engine.lifted import move, trucks
from tests.story import unit

SOURCES = {f"s{minute}": Source(f"s{minute}", "S", published=minute) for minute in range(1, 6)}
UNITS = {each.id: each for each in (unit("a"), unit("b", part_of="a"), unit("c", part_of="b"), unit("d"))}


GUNS = {each.id: each for each in (unit("guns", kind=Kind.BATTERIES), unit("crew", part_of="guns"))}
GO = move("go", 100, "a")


def no_room(*amendments: Amendment, orders: Iterable[Order] = (GO,)) -> list[tuple[str, str, str, str]]:
    """What lets units go by lift that holds none of them: the amendments, the orders, the units and the lift."""
    found = left_behind(SOURCES, UNITS | GUNS, {each.id: each for each in orders}, {"trucks": trucks()}, amendments)
    return [
        (each.amendment.id, each.order.id, each.unit.id, each.why.lift)
        for each in found
        if isinstance(each.why, NotHeld)
    ]


def joins(minute: int, id: str, whole: str | None) -> Amendment:
    """From a minute on, one of all units is part of another."""
    return Amendment(f"{id}-{minute}", (f"s{minute}",), evolve({**UNITS, **GUNS}[id], part_of=whole))


def reads(minute: int, order: Order) -> Amendment:
    """From a minute on, an order reads so."""
    return Amendment(f"{order.id}-{minute}", (f"s{minute}",), order)


def test_a_unit_that_comes_to_go_by_lift_that_holds_none_of_it() -> None:
    """As a part, to any depth, of one that is ordered, by itself or with what it is part of: told when it begins."""
    assert no_room(joins(1, "guns", "a")) == [("guns-1", "go", "guns", "trucks")]
    assert no_room(joins(1, "guns", "b"), joins(2, "d", "b"), joins(3, "guns", None)) == [
        ("guns-1", "go", "guns", "trucks")
    ]
    assert no_room(joins(1, "guns", "d"), joins(2, "d", "c")) == [("d-2", "go", "guns", "trucks")]
    assert no_room(joins(1, "guns", "d"), joins(1, "d", "c")) == [("guns-1", "go", "guns", "trucks")]
    gunners = Amendment("b-1", ("s1",), evolve(UNITS["b"], part_of="a", kind=Kind.BATTERIES))
    assert no_room(gunners) == [("b-1", "go", "b", "trucks")]


def test_an_order_that_comes_to_go_by_lift_that_holds_none() -> None:
    """Whatever it named before; of what it no longer names, or no longer moves so, nothing is told."""
    other = move("go", 100, "d")
    assert no_room(reads(1, move("go", 100, "guns"))) == [("go-1", "go", "guns", "trucks")]
    assert no_room(reads(1, other), joins(2, "guns", "a"), joins(3, "guns", "d")) == [
        ("guns-3", "go", "guns", "trucks")
    ]
    assert no_room(joins(1, "guns", "a"), reads(1, GO)) == [("go-1", "go", "guns", "trucks")]
    assert no_room(reads(1, evolve(GO, carriage=None)), joins(2, "guns", "a")) == []
    assert no_room(joins(1, "guns", "a"), orders=[]) == []
    assert no_room(joins(1, "crew", "a"), joins(2, "crew", "guns"), joins(3, "guns", None)) == []


def grows(minute: int, id: str, strength: int) -> Amendment:
    """From a minute on, one of the units is as strong as this."""
    return Amendment(f"{id}-{minute}", (f"s{minute}",), evolve(UNITS[id], reported=parse_quantity(str(strength))))


def behind(*amendments: Amendment, order: Order = GO) -> list[tuple[str, str, LeftBehind]]:
    """What cannot go by trucks that hold a hundred of everything: the amendments, the units and why."""
    lift = {"trucks": evolve(trucks(), holds=tuple((kind, Fixed(100.0)) for kind in Kind))}
    found = left_behind(SOURCES, UNITS | GUNS, {order.id: order}, lift, amendments)
    return [(each.amendment.id, each.unit.id, each.why) for each in found]


MANY = 100 * LOADS_MAX + 1


def test_a_unit_that_grows_beyond_its_loads() -> None:
    """By itself, also where what it is part of is amended at the same time; told once, and of the order if amended."""
    too_many = TooMany(LOADS_MAX + 1)
    assert behind(grows(1, "b", MANY), grows(2, "d", MANY), grows(3, "c", MANY - 1)) == [("b-1", "b", too_many)]
    assert behind(grows(1, "a", MANY), grows(1, "b", MANY)) == [("a-1", "a", too_many), ("b-1", "b", too_many)]
    assert behind(grows(1, "b", MANY), Amendment("go-1", ("s1",), GO)) == [("go-1", "b", too_many)]
    assert behind(grows(1, "b", MANY), order=move("go", 100, "a", "b")) == [("b-1", "b", too_many)]


def test_a_unit_that_joins_what_goes_in_loads() -> None:
    """They are of the kind of what is ordered; of another kind no load is told."""
    loaded = move("go", 100, "a", load=50)
    assert behind(joins(1, "guns", "c"), order=loaded) == [("guns-1", "guns", NotLoaded(Kind.TROOPS))]
    assert behind(joins(1, "guns", "c")) == []
    assert behind(joins(1, "d", "guns"), order=move("go", 100, "guns", load=1)) == [
        ("d-1", "d", NotLoaded(Kind.BATTERIES))
    ]


def test_orders_of_nobody() -> None:
    """Such as only a file with something wrong in it has: nobody is left behind."""
    for order in (move("go", 100, load=50), move("go", 100, "none", load=50)):
        assert behind(joins(1, "guns", "c"), Amendment("go-2", ("s2",), order), order=order) == []


def loads(strength: int, carriage: Carriage, *lift: Lift) -> list[LeftBehind]:
    """Why a unit of this strength cannot go."""
    return list(Room(carriage, Kind.TROOPS, {each.id: each for each in lift}).refuses(unit("a", str(strength))))


def test_too_many_loads() -> None:
    """By room, by what is told of the load, and by weight, by their central values; the least of all lift."""
    one, two = trucks(holds=10), trucks(name="vans", holds=4)
    light = evolve(one, tons=Fixed(3.0))
    carriage = Carriage(("trucks",), ("home", "there"))
    full, twice = 10 * LOADS_MAX, TooMany(2 * LOADS_MAX)
    assert loads(full, carriage, one) == []
    assert loads(full + 1, carriage, one) == [TooMany(LOADS_MAX + 1)]
    assert loads(full, evolve(carriage, lifts=("trucks", "vans", "trucks")), one, two) == [TooMany(full // 4)]
    assert loads(full, evolve(carriage, load=Fixed(5.0)), one) == [twice]
    assert loads(full, evolve(carriage, load=Empirical((1.0, 5.0, 90.0))), one) == [twice]
    assert loads(full, evolve(carriage, tons=Fixed(6.0)), light) == [twice]
    assert loads(full, evolve(carriage, tons=Fixed(2.0)), light) == []
    assert loads(full, evolve(carriage, lifts=("none",))) == [TooMany(full)]
