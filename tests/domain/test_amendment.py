"""Amendments in turn: what they close, divide and leave."""

from attrs import evolve

from sim.domain.amendment import Amendment, Roster, circles
from sim.domain.source import Source
from sim.domain.unit import Unit
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


def test_a_roster_of_parts() -> None:
    """It knows what is addressed with a unit, and what a unit is part of, also in a circle."""
    roster = Roster(UNITS)
    assert [each.id for each in roster.addressed(["d", "b", "nothing"])] == ["b", "c", "d"]
    assert roster.wholes("c") == ("c", "b", "a")
    roster.amend(evolve(UNITS["a"], part_of="c"))
    assert roster.wholes("c") == ("c", "b", "a")
    assert [each.id for each in roster.addressed(["a"])] == ["a", "b", "c"]
