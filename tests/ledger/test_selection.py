"""Selectors: what each of their fields means, alone and together."""

import pytest

from sim.domain.claim import Selector
from sim.domain.quantity import Interval
from sim.domain.vocabulary import Kind, Readiness
from sim.engine import simulate
from sim.ledger import Book
from sim.ledger.selection import Selection, Tally
from sim.ledger.standing import Standing
from tests.story import deploy, part, scenario, unit

_GARRISON, _STANDBY, _DEPLOYED, _IN_TRANSIT = (
    Readiness.GARRISON,
    Readiness.STANDBY,
    Readiness.DEPLOYED,
    Readiness.IN_TRANSIT,
)

# In minute 100: `abn` is home in garrison, its part `bde` is on the way to rzeszow but for 30 at home and 20 there,
# `bn`, part of its part `hq`, is deployed in Poland, `guns` are batteries, `rus` is Russian, `lost` is somewhere.
_BOOK = Book.replay(
    simulate(
        scenario(
            [
                unit("abn", "1"),
                unit("bde", "100", part_of="abn"),
                unit("bn", "1000", part_of="hq", place="pl", origin="home", readiness=_DEPLOYED),
                unit("hq", "3", part_of="abn", place="de"),
                unit("guns", "7", place="rzeszow", kind=Kind.BATTERIES),
                unit("jets", "9", place="pl", kind=Kind.AIRCRAFT),
                unit("lost", "10000", place="unstated", readiness=_STANDBY),
                unit("rus", "100000", place="de", side="RU"),
            ],
            [
                deploy(
                    "go",
                    50,
                    "bde",
                    to="rzeszow",
                    parts=[part(20, arrives=90), part(50, arrives=200), part(30, leaves=150, arrives=201)],
                ),
                deploy("later", 500, "hq", "rus", to="us"),
                deploy("some", 500, "guns", to="de"),
            ],
        )
    )
)


def _selected(selector: Selector, at: int = 100) -> dict[str, int]:
    standing = Standing(_BOOK)
    standing.advance(at)
    counted = standing.counted(Selection(_BOOK, selector))
    assert counted.strength == sum(strength for _, strength in counted.units)
    assert counted.units == tuple(sorted(counted.units))
    return dict(counted.units)


_EVERYONE = {"abn": 1, "bde": 100, "bn": 1000, "hq": 3, "lost": 10000, "rus": 100000}
_TROOPS = (Kind.TROOPS,)


@pytest.mark.parametrize(
    ("selector", "selected"),
    [
        (Selector(), _EVERYONE),
        (Selector(kind=(Kind.BATTERIES,)), {"guns": 7}),
        (Selector(kind=(Kind.VEHICLES,)), {}),
        (Selector(kind=(Kind.AIRCRAFT, Kind.BATTERIES)), {"guns": 7, "jets": 9}),
        (Selector(kind=tuple(Kind)), {**_EVERYONE, "guns": 7, "jets": 9}),
        (Selector(kind=()), {**_EVERYONE, "guns": 7, "jets": 9}),
        # units: with all their parts
        (Selector(units=("abn",)), {"abn": 1, "bde": 100, "bn": 1000, "hq": 3}),
        (Selector(units=("hq",)), {"bn": 1000, "hq": 3}),
        (Selector(units=("bde",)), {"bde": 100}),
        (Selector(units=("bn", "rus")), {"bn": 1000, "rus": 100000}),
        (Selector(units=("guns",)), {}),
        # orders: the units they address, given yet or not, their parts included
        (Selector(orders=("go",)), {"bde": 100}),
        (Selector(orders=("later",)), {"bn": 1000, "hq": 3, "rus": 100000}),
        (Selector(orders=("go", "some"), kind=tuple(Kind)), {"bde": 100, "guns": 7}),
        # what is not known (yet) selects nobody
        (Selector(units=("bde", "nobody")), {"bde": 100}),
        (Selector(units=("nobody",)), {}),
        (Selector(orders=("never",)), {}),
        (Selector(place=("nowhere",)), {}),
        (Selector(origin=("nowhere",)), {}),
        # place: and all that lies within; never what is on its way, unless readiness names that
        (Selector(place=("us",)), {"abn": 1, "bde": 30}),
        (Selector(place=("home",)), {"abn": 1, "bde": 30}),
        (Selector(place=("pl",)), {"bde": 20, "bn": 1000}),
        (Selector(place=("rzeszow",)), {"bde": 20}),
        (Selector(place=("rzeszow",), readiness=(_IN_TRANSIT,)), {"bde": 50}),
        (Selector(place=("pl",), readiness=(_IN_TRANSIT,)), {"bde": 50}),
        (Selector(place=("home",), readiness=(_IN_TRANSIT,)), {}),
        (Selector(place=("pl",), readiness=(_DEPLOYED, _IN_TRANSIT)), {"bde": 70, "bn": 1000}),
        (Selector(place=("pl",), readiness=(_GARRISON,)), {}),
        (Selector(place=("unstated",)), {"lost": 10000}),
        (Selector(place=("de", "home")), {"abn": 1, "bde": 30, "hq": 3, "rus": 100000}),
        # origin: and all within, wherever the unit is by now
        (Selector(origin=("us",)), {"abn": 1, "bde": 100, "bn": 1000}),
        (Selector(origin=("home",)), {"abn": 1, "bde": 100, "bn": 1000}),
        (Selector(origin=("pl",), kind=tuple(Kind)), {"guns": 7, "jets": 9}),
        (Selector(origin=("unstated",)), {"lost": 10000}),
        # country: inherited; of what is on its way that of its destination, where readiness names that
        (Selector(country=("US",)), {"abn": 1, "bde": 30}),
        (Selector(country=("PL",)), {"bde": 20, "bn": 1000}),
        (Selector(country=("PL",), readiness=(_IN_TRANSIT,)), {"bde": 50}),
        (Selector(country=("US", "DE")), {"abn": 1, "bde": 30, "hq": 3, "rus": 100000}),
        (Selector(country=("UA",)), {}),
        (Selector(country=("",)), {"lost": 10000}),
        (Selector(country=("", "PL")), {"bde": 20, "bn": 1000, "lost": 10000}),
        # readiness
        (Selector(readiness=(_IN_TRANSIT,)), {"bde": 50}),
        (Selector(readiness=(_STANDBY,)), {"lost": 10000}),
        (Selector(readiness=(_DEPLOYED, _GARRISON)), {"abn": 1, "bde": 50, "bn": 1000, "hq": 3, "rus": 100000}),
        # side
        (Selector(side=("RU",)), {"rus": 100000}),
        (Selector(side=("RU", "US")), _EVERYONE),
        # together: and
        (Selector(units=("abn",), place=("pl",), side=("US",)), {"bde": 20, "bn": 1000}),
        (Selector(units=("abn",), orders=("go",), readiness=(_DEPLOYED,)), {"bde": 20}),
        (Selector(units=("bde",), side=("RU",)), {}),
        (Selector(place=("pl",), country=("US",)), {}),
        (Selector(origin=("home",), country=("PL",)), {"bde": 20, "bn": 1000}),
    ],
)
def test_what_is_selected(selector: Selector, selected: dict[str, int]) -> None:
    """Fields combine with and, values of one field with or; what a selector does not say, it does not ask."""
    assert _selected(selector) == selected


@pytest.mark.parametrize(
    ("at", "strength"), [(49, {}), (50, {}), (89, {}), (90, {"bde": 20}), (200, {"bde": 70}), (201, {"bde": 100})]
)
def test_at_what_time(at: int, strength: dict[str, int]) -> None:
    """A minute includes all that happens in it."""
    assert _selected(Selector(place=("rzeszow",)), at) == strength


def test_a_tally_keeps_the_interval_of_what_is_counted() -> None:
    """A unit's accounts are summed before its interval is taken; what has gone leaves nothing behind."""
    told = scenario([unit("a", "about 15"), unit("b", "at least 30"), unit("c", "7")])
    counted = Tally(Book.replay(simulate(told)))
    assert (counted.parts, counted.strength, counted.interval) == ({}, 0, Interval(0, 0))
    counted.add(0, 7)
    assert (counted.strength, counted.interval) == (7, Interval(6, 8))
    counted.add(0, 8)
    assert (counted.strength, counted.interval) == (15, Interval(13, 17))
    counted.add(1, 10)
    counted.add(2, 7)
    assert (counted.parts, counted.strength, counted.interval) == ({0: 15, 1: 10, 2: 7}, 32, Interval(30, None))
    counted.add(1, 20)
    counted.add(1, -30)
    assert (counted.parts, counted.strength, counted.interval) == ({0: 15, 2: 7}, 22, Interval(20, 24))
    counted.add(0, -15)
    counted.add(2, -7)
    assert (counted.parts, counted.strength, counted.interval) == ({}, 0, Interval(0, 0))
