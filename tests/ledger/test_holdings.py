"""Holdings: where the parts of a unit are, and what is known of them in a log that somebody has tampered with."""

import pytest
from attrs import evolve

from sim.domain.event import Event, ReadinessChanged, UnitArrived, UnitDeparted, UnitMustered
from sim.domain.order import Order, Part
from sim.domain.quantity import Interval, parse_quantity
from sim.domain.vocabulary import Basis, Readiness
from sim.engine import simulate
from sim.ledger import Book
from sim.ledger.holdings import Holdings
from sim.ledger.portion import Portion
from tests.story import deploy, part, recall, scenario, unit

PARTS = [part(20, 100, 300), part(30, 200, 250), part(50, 200, 400)]
GO = deploy("go", 50, "a", parts=PARTS)
HOME, TRANSIT, THERE = (
    ("home", Readiness.GARRISON),
    ("pl", Readiness.IN_TRANSIT),
    ("pl", Readiness.DEPLOYED),
)


def _events(*orders: Order) -> list[Event]:
    return list(simulate(scenario([unit("a"), unit("b")], orders)))


def _places(events: list[Event], minute: int) -> list[tuple[str, Readiness]] | None:
    """Where each part of the unit is; None where it is not divided."""
    book = Book.replay(events)
    division = Holdings(book, frozenset({0})).division(0, minute)
    named = {book.slot(place, readiness): (place, readiness) for place in ("home", "pl") for readiness in Readiness}
    return None if division is None else [named[slot] for slot in division.slots]


def test_where_the_parts_are() -> None:
    """Parts leave and arrive in turn; a unit that is all in one slot is whole."""
    events = _events(GO, recall("back", 500, "a", parts=[part(99), part(1, 600)]))
    assert [(minute, _places(events, minute)) for minute in (0, 99, 100, 199, 200, 250, 300, 399, 400, 500, 700)] == [
        (0, None),
        (99, None),
        (100, [TRANSIT, HOME, HOME]),
        (199, [TRANSIT, HOME, HOME]),
        (200, None),
        (250, [TRANSIT, THERE, TRANSIT]),
        (300, [THERE, THERE, TRANSIT]),
        (399, [THERE, THERE, TRANSIT]),
        (400, None),
        (500, [("home", Readiness.IN_TRANSIT), THERE]),
        (700, None),
    ]


def test_the_parts_in_some_slots() -> None:
    """Those that are there, and nothing where none is, or all are."""
    book = Book.replay(_events(GO))
    holdings, transit, there = Holdings(book, frozenset({0})), book.slot(*TRANSIT), book.slot(*THERE)
    assert holdings.portion(0, 250, frozenset({transit})) == Portion(book.units["a"], book.orders["go"], (0, 2))
    assert holdings.portion(0, 250, frozenset({there})) == Portion(book.units["a"], book.orders["go"], (1,))
    assert holdings.portion(0, 250, frozenset({transit, there})) is None
    assert holdings.portion(0, 250, frozenset({book.slot(*HOME)})) is None
    assert holdings.portion(0, 200, frozenset({transit})) is None


_LEAVES = UnitDeparted(200, "a", 30, "home", "pl", Readiness.GARRISON, Basis.ASSUMED, "go")
_COMES = UnitArrived(300, "a", 20, "pl", Readiness.DEPLOYED, Basis.ASSUMED, "go")


@pytest.mark.parametrize(
    "strange",
    [
        UnitMustered(200, "a", "home", Readiness.GARRISON, 100),
        evolve(_LEAVES, strength=31),
        evolve(_LEAVES, readiness=Readiness.STANDBY),
        evolve(_LEAVES, order="other"),
        evolve(_LEAVES, order="whole"),
        _COMES,
        ReadinessChanged(200, "a", "home", 100, Readiness.GARRISON, Readiness.STANDBY, "go"),
    ],
)
def test_what_no_order_says_loses_the_unit(strange: Event) -> None:
    """From the start: what is known of its parts is then nothing. Entries of other units do not matter."""
    others = [deploy("other", 9000, "a", parts=[part(20, 9500), part(30), part(50)]), deploy("whole", 9000, "a")]
    opening = [event for event in _events(GO, *others) if event.at <= 100]
    assert _places([*opening, _LEAVES], 150) == [TRANSIT, HOME, HOME]
    assert _places([*opening, strange], 150) is None
    elsewhere = evolve(_LEAVES, unit="b", strength=7)
    assert _places([*opening, _LEAVES, elsewhere], 200) == [TRANSIT, TRANSIT, HOME]


def _worded(strength: int, wording: str) -> Part:
    return evolve(part(strength), reported=parse_quantity(wording))


@pytest.mark.parametrize(
    ("of", "parts", "here", "interval"),
    [
        ("about 100", [part(40), part(60)], (0,), Interval(36, 44)),
        ("about 100", [_worded(40, "36 to 48"), part(60)], (0,), Interval(36, 48)),
        ("about 100", [_worded(40, "36 to 48"), part(60)], (1,), Interval(42, 74)),
        ("about 100", [_worded(40, "36 to 48"), part(20), part(40)], (1,), Interval(14, 25)),
        ("about 100", [_worded(40, "36 to 48"), part(20), part(40)], (0, 1), Interval(50, 73)),
        ("about 100", [_worded(40, "36 to 48"), _worded(50, "50"), part(10)], (0, 1), Interval(86, 98)),
        # never more than the unit, which may have no bound; nor fewer than none
        ("100", [_worded(40, "at least 40"), part(60)], (0,), Interval(40, 100)),
        ("100", [_worded(40, "at least 40"), part(60)], (1,), Interval(0, 60)),
        ("100", [_worded(40, "dozens"), part(60)], (1,), Interval(1, 76)),
        ("50", [_worded(40, "dozens"), part(10)], (1,), Interval(0, 26)),
        ("at least 100", [_worded(40, "dozens"), part(60)], (0,), Interval(24, 99)),
        ("at least 100", [_worded(40, "dozens"), part(60)], (1,), Interval(1, None)),
        ("at least 100", [_worded(40, "at least 40"), part(60)], (0,), Interval(40, None)),
        # what is posted lies inside, where only some of a part was known
        ("100", [_worded(10, "dozens"), part(90)], (0,), Interval(10, 99)),
        ("100", [_worded(60, "up to 9"), part(40)], (0,), Interval(0, 60)),
    ],
)
def test_what_the_words_allow(of: str, parts: list[Part], here: tuple[int, ...], interval: Interval) -> None:
    """Parts in words are what these allow; the others share what is left; without words all share the unit's."""
    assert Portion(unit("a", of), deploy("go", 50, "a", parts=parts), here).interval == interval
