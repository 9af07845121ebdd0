"""Amendments in turn: what they close, divide and leave."""

from collections.abc import Iterable

from attrs import evolve

from sim.domain.amendment import Amendment, Roster, circles, unheld
from sim.domain.order import Order
from sim.domain.source import Source
from sim.domain.unit import Unit
from sim.domain.vocabulary import Kind
from tests.engine.lifted import move, trucks
from tests.story import unit

SOURCES = {f"s{minute}": Source(f"s{minute}", "S", published=minute) for minute in range(1, 6)}
UNITS = {each.id: each for each in (unit("a"), unit("b", part_of="a"), unit("c", part_of="b"), unit("d"))}


def part_of(minute: int, id: str, whole: str | None) -> Amendment:
    """From a minute on, a unit is part of another."""
    return Amendment(f"{id}-{minute}", (f"s{minute}",), evolve(UNITS[id], part_of=whole))


def closed(*amendments: Amendment) -> list[tuple[str, tuple[str, ...]]]:
    """What closes circles, and the circles."""
    return [(amendment.id, circle) for amendment, circle in circles(SOURCES, UNITS, amendments)]


def test_a_circle_that_a_later_amendment_breaks() -> None:
    """It counts while it lasts, and is told once."""
    assert closed(part_of(1, "a", "c"), part_of(2, "c", None)) == [("a-1", ("a", "c", "b"))]
    assert closed(part_of(1, "c", "d"), part_of(2, "d", "a"), part_of(3, "a", "c"), part_of(4, "c", None)) == [
        ("a-3", ("a", "c", "d"))
    ]
    assert closed(part_of(1, "a", "a")) == [("a-1", ("a",))]


def test_what_closes_no_circle() -> None:
    """One that is broken first, in the same minute, or not joined to the circle of others."""
    assert closed(part_of(1, "c", None), part_of(2, "a", "c")) == []
    assert closed(part_of(1, "a", "c"), part_of(1, "b", None)) == []
    assert closed(part_of(1, "a", "b"), part_of(2, "d", "c")) == [("a-1", ("a", "b"))]


def test_amendments_that_close_a_circle_together() -> None:
    """Of those of one minute the last is told; a second circle is told by itself."""
    together = part_of(1, "a", "d"), part_of(1, "d", "b")
    assert closed(*together) == [("d-1", ("d", "b", "a"))]
    assert closed(part_of(1, "a", "b"), part_of(1, "d", "d")) == [("d-1", ("d",)), ("a-1", ("a", "b"))]


def test_a_roster() -> None:
    """It knows who has parts, as amended, and leaves alone what it was made of."""
    units: dict[str, Unit] = dict(UNITS)
    roster = Roster(units)
    assert [id for id in units if roster.has_parts(id)] == ["a", "b"]
    roster.amend(evolve(units["b"], part_of="d"))
    assert [id for id in units if roster.has_parts(id)] == ["b", "d"]
    roster.amend(evolve(units["b"], part_of=None))
    assert [id for id in units if roster.has_parts(id)] == ["b"]
    assert units == UNITS


GUNS = {each.id: each for each in (unit("guns", kind=Kind.BATTERIES), unit("crew", part_of="guns"))}
GO = move("go", 100, "a")


def no_room(*amendments: Amendment, orders: Iterable[Order] = (GO,)) -> list[tuple[str, str, str, str]]:
    """What lets units go by lift that holds none of them: the amendments, the orders, the units and the lift."""
    found = unheld(SOURCES, UNITS | GUNS, {each.id: each for each in orders}, {"trucks": trucks()}, amendments)
    return [(amendment.id, order.id, each.id, lift) for amendment, order, each, lift in found]


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


def test_a_roster_of_parts() -> None:
    """It knows what is addressed with a unit, and what a unit is part of, also in a circle."""
    roster = Roster(UNITS)
    assert [each.id for each in roster.addressed(["d", "b", "nothing"])] == ["b", "c", "d"]
    assert roster.wholes("c") == ("c", "b", "a")
    roster.amend(evolve(UNITS["a"], part_of="c"))
    assert roster.wholes("c") == ("c", "b", "a")
    assert [each.id for each in roster.addressed(["a"])] == ["a", "b", "c"]
