"""Units: what the ledger posts of them, and their parts."""

import pytest
from attrs import evolve

from sim.domain.quantity import Interval, parse_quantity
from sim.domain.unit import Post, parts_by_unit, with_parts
from tests.story import GUESS, unit

UNITS = {
    each.id: each
    for each in (
        unit("abn"),
        unit("bde-2", part_of="abn"),
        unit("bde-1", part_of="abn"),
        unit("bn", part_of="bde-1"),
        unit("guard"),
    )
}


def test_strength() -> None:
    """The nominal figure is posted, or what an analyst chose; a part has its share of the reported interval."""
    reported = unit("a", "about 1700")
    assert reported.strength == 1700
    assert reported.interval_of(850) == Interval(765, 935)
    posted = evolve(reported, reported=parse_quantity("nearly 5000"), post=Post(4900, GUESS))
    assert posted.strength == 4900
    assert posted.interval_of(4900) == Interval(4500, 4999)
    assert posted.interval_of(49) == Interval(45, 50)


def test_parts() -> None:
    """The parts of a unit are those directly part of it, in byte order."""
    assert parts_by_unit(UNITS) == {"abn": ("bde-1", "bde-2"), "bde-1": ("bn",)}


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ((), ()),
        (("guard",), ("guard",)),
        (("bde-2",), ("bde-2",)),
        (("abn",), ("abn", "bde-1", "bde-2", "bn")),
        (("guard", "bn", "bde-1"), ("bde-1", "bn", "guard")),
    ],
)
def test_naming_a_unit_names_its_parts(named: tuple[str, ...], found: tuple[str, ...]) -> None:
    """To any depth, each once, in byte order; also where no unit has parts."""
    assert with_parts(parts_by_unit(UNITS), named) == found
    assert with_parts({}, (*named, *named)) == tuple(sorted(named))
