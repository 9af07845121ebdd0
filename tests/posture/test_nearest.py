"""The nearest reading: how near the reports let a figure come to a claim, and what each unit is read as for that."""

from itertools import product

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from sim.domain.claim import Closed, Count, Never, Noted, Selector, Separate, Test, When
from sim.domain.quantity import Interval, parse_quantity
from sim.domain.vocabulary import Readiness
from sim.ledger.claims import Evidence, Judgement, judge
from sim.posture import Book
from sim.posture.figure import figures_claimed
from sim.posture.nearest import Nearest, Read, nearest_reading
from sim.runs import play
from tests.story import claim, deploy, part, scenario, unit


def _judged(test: Test, strengths: tuple[str, ...]) -> tuple[Book, Judgement]:
    """A claim about units of these strengths, named a, b, c and so on."""
    units = [unit(name, strength) for name, strength in zip("abcdefgh", strengths, strict=False)]
    book = play(scenario(units, [], [claim(test)]))
    return book, judge(Evidence(book), book.claims["said"])


def _nearest(expected: str, *strengths: str) -> Nearest | None:
    return nearest_reading(*_judged(Count(Selector(), parse_quantity(expected), 0), strengths))


def _read(found: Nearest | None) -> dict[str, int]:
    assert found is not None
    return {each.unit: each.read for each in found.changed}


@pytest.mark.parametrize(
    ("expected", "strength", "off", "read"),
    [
        # it fits as it is
        ("3000", 3000, 0, {}),
        ("thousands", 3000, 0, {}),
        # it fits if units are read otherwise: as few of them as can be, by as little as it takes
        ("more than 3000", 3001, 0, {"b": 2001}),
        ("3200", 3200, 0, {"b": 2200}),
        ("3201", 3201, 0, {"a": 1001, "b": 2200}),
        ("less than 3000", 2999, 0, {"b": 1999}),
        ("up to 2,700", 2700, 0, {"a": 900, "b": 1800}),
        ("3,300 to 9,000", 3300, 0, {"a": 1100, "b": 2200}),
        # it does not fit: as near as the reports allow
        ("over 3300", 3300, 1, {"a": 1100, "b": 2200}),
        ("8500", 3300, 5200, {"a": 1100, "b": 2200}),
        ("0", 2700, 2700, {"a": 900, "b": 1800}),
    ],
)
def test_two_units(expected: str, strength: int, off: int, read: dict[str, int]) -> None:
    """About 1,000 and about 2,000."""
    found = _nearest(expected, "about 1000", "about 2000")
    assert found is not None
    assert (found.strength, found.off, _read(found)) == (strength, off, read)
    assert [(each.unit, each.counted, each.interval) for each in found.units] == [
        ("a", 1000, Interval(900, 1100)),
        ("b", 2000, Interval(1800, 2200)),
    ]


def test_what_has_no_bound_takes_it_all() -> None:
    """One unit of which there are at least so many leaves the others as they are."""
    found = _nearest("9000", "about 1000", "at least 2000", "about 3000")
    assert found is not None
    assert (found.strength, found.off, _read(found)) == (9000, 0, {"b": 5000})


def test_exact_figures_cannot_be_read_otherwise() -> None:
    """Then the nearest is the figure itself, and no unit changes."""
    assert _nearest("500", "100", "200") == Nearest(
        300, 200, (Read("a", 100, Interval(100, 100), 100), Read("b", 200, Interval(200, 200), 200))
    )


def test_nothing_is_counted() -> None:
    """There is nobody who could be read as more."""
    assert nearest_reading(*_judged(Count(Selector(place=("de",)), parse_quantity("5"), 0), ("100",))) == Nearest(
        0, 5, ()
    )


def test_a_part_of_a_unit() -> None:
    """What is there of it is read within its share of the unit's range."""
    parts = [part(400), part(600, arrives=5000)]
    test = Count(Selector(place=("pl",)), parse_quantity("500"), 1000)
    book = play(scenario([unit("a", "about 1000")], [deploy("go", 100, "a", parts=parts)], [claim(test)]))
    found = nearest_reading(book, judge(Evidence(book), book.claims["said"]))
    assert found == Nearest(440, 60, (Read("a", 400, Interval(360, 440), 440),))


def test_a_part_in_words() -> None:
    """What is there of it is read as its own words allow, by the figure that is explained too."""
    parts = [evolve(part(400), reported=parse_quantity("several hundred")), part(600, arrives=5000)]
    test = Count(Selector(place=("pl",)), parse_quantity("1500"), 1000)
    book = play(scenario([unit("a", "about 1000"), unit("b", place="pl")], [deploy("go", 100, "a", parts=parts)]))
    judgement = judge(Evidence(book), claim(test))
    reads = (Read("a", 400, Interval(300, 999), 999), Read("b", 100, Interval(100, 100), 100))
    assert nearest_reading(book, judgement) == Nearest(1099, 401, reads)
    (figure,) = figures_claimed(book, judgement)
    assert (figure.strength, figure.interval) == (500, Interval(400, 1099))
    assert [(row.unit, row.interval) for row in figure.rows] == [("a", Interval(300, 999)), ("b", Interval(100, 100))]


AWAY = Selector(place=("pl",), readiness=(Readiness.DEPLOYED, Readiness.IN_TRANSIT))


@pytest.mark.parametrize("selector", [Selector(units=("a",)), AWAY])
def test_rows_of_a_unit_in_parts(selector: Selector) -> None:
    """Each account of it is what the words for the parts in that one allow, also where all parts are counted."""
    parts = [
        evolve(part(400), reported=parse_quantity("several hundred")),
        evolve(part(100, arrives=5000), reported=parse_quantity("about 100")),
        part(500, leaves=2000, arrives=5000),
    ]
    book = play(scenario([unit("a", "about 1000")], [deploy("go", 100, "a", parts=parts)]))
    (figure,) = figures_claimed(book, judge(Evidence(book), claim(Count(selector, parse_quantity("7"), 1000))))
    there = {(row.place, row.readiness): row.interval for row in figure.rows}
    assert there.pop(("home", Readiness.GARRISON), None) == (None if selector.place else Interval(0, 710))
    assert there == {("pl", Readiness.DEPLOYED): Interval(300, 999), ("pl", Readiness.IN_TRANSIT): Interval(90, 110)}


@pytest.mark.parametrize("test", [Never(Selector()), Count(Selector(), parse_quantity("0"), When.ALWAYS)])
def test_at_any_time(test: Test) -> None:
    """At the moment that counts against it: what may be as few as none can be read as none."""
    found = nearest_reading(*_judged(test, ("up to 8", "about 10")))
    assert found == Nearest(9, 9, (Read("a", 8, Interval(0, 8), 0), Read("b", 10, Interval(9, 11), 9)))


@pytest.mark.parametrize("test", [Separate(Selector(), Selector()), Closed(Selector(), 0), Noted("words")])
def test_what_is_not_about_how_many(test: Test) -> None:
    """No number makes a difference to it."""
    assert nearest_reading(*_judged(test, ("about 100",))) is None


_SMALL = ("3", "about 5", "4 to 6", "up to 4", "at least 3", "about 12", "1 to 8")
_SAID = ("0", "7", "5 to 9", "over 12", "less than 6", "nearly 20", "at least 3", "up to 2", "about 15", "30")


@given(st.lists(st.sampled_from(_SMALL), max_size=3), st.sampled_from(_SAID))
def test_none_is_nearer(strengths: list[str], said: str) -> None:
    """Of all ways to read the units within their reports, none that fits is nearer to the ledger's figure, and none is
    nearer to the claim where none fits; nor does any that is as near read fewer units otherwise.
    """
    found, expected = _nearest(said, *strengths), parse_quantity(said).interval
    assert found is not None
    counted = [each.counted for each in found.units]
    assume(len(counted) == len(strengths))
    total = sum(counted)
    assert found.strength == sum(each.read for each in found.units)
    assert all(each.read in each.interval for each in found.units)
    assert found.off == expected.distance(found.strength)
    ways = list(product(*(_numbers(each.interval) for each in found.units)))
    fitting = [way for way in ways if sum(way) in expected]
    if fitting:
        least = min(abs(sum(way) - total) for way in fitting)
        best = [way for way in fitting if abs(sum(way) - total) == least]
    else:
        least = min(expected.distance(sum(way)) for way in ways)
        best = [way for way in ways if expected.distance(sum(way)) == least]
    assert found.strength in {sum(way) for way in best}
    changes = min(sum(map(_differ, way, counted)) for way in best if sum(way) == found.strength)
    assert len(list(found.changed)) == changes


def _numbers(interval: Interval) -> range:
    return range(interval.low, (40 if interval.high is None else interval.high) + 1)


def _differ(one: int, other: int) -> bool:
    return one != other
