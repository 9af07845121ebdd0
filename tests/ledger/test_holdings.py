"""Holdings: where the parts of a unit are, and what is known of them in a log that somebody has tampered with."""

from itertools import combinations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.claim import Count, Selector, When
from sim.domain.event import Event, ReadinessChanged, UnitArrived, UnitDeparted, UnitMustered
from sim.domain.grounds import NO_GROUNDS, Grounds
from sim.domain.order import Order, Part, Window
from sim.domain.place import Place
from sim.domain.quantity import Interval, parse_quantity
from sim.domain.vocabulary import Basis, Readiness
from sim.engine import simulate
from sim.ledger import Book
from sim.ledger.claims import Verdict, judge_all
from sim.ledger.holdings import Division, Holdings, divided
from sim.ledger.portion import Allowing, Portion, left_of
from sim.posture import snapshot
from tests.engine.lifted import lifted, move, trucks
from tests.story import GUESS, PLACES, alert, cited, claim, deploy, part, recall, scenario, unit

PARTS = [part(20, 100, 300), part(30, 200, 250), part(50, 200, 400)]
GO = deploy("go", 50, "a", parts=PARTS)
HOME, TRANSIT, THERE = (
    ("home", Readiness.GARRISON),
    ("pl", Readiness.IN_TRANSIT),
    ("pl", Readiness.DEPLOYED),
)


WORDINGS = ("", "about 20", "dozens", "at least 5", "up to 9", "7")


def _moved(words: str, leaves: int, lasts: int) -> Part:
    """A part of 9, in these words where they are not empty."""
    moved = part(9, 50 + leaves, 50 + leaves + lasts)
    return evolve(moved, reported=parse_quantity(words)) if words else moved


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


def test_which_units_are_divided() -> None:
    """Those that an order moves in parts, by number, and nobody where none does."""
    assert divided(Book.replay(_events(deploy("too", 10, "b"), GO))) == {0}
    assert divided(Book.replay(_events(deploy("too", 10, "b")))) == frozenset()


def test_units_are_followed_each_by_itself() -> None:
    """As many as are asked for, and no others."""
    book = Book.replay(_events(GO, deploy("too", 60, "b", parts=[part(1, 150, 700), part(99, 60, 700)])))
    transit, home = book.slot(*TRANSIT), book.slot(*HOME)
    together = Holdings(book, frozenset({0, 1}))
    for number, order, slots in ((0, "go", (transit, home, home)), (1, "too", (home, transit))):
        expected = Division(book.orders[order], slots)
        assert together.division(number, 149) == expected
        assert Holdings(book, frozenset({number})).division(number, 149) == expected


def test_what_goes_on_before() -> None:
    """A unit that orders moved whole, or changed, is whole, and is divided from where it then stands."""
    before = [alert("up", 10, "a"), deploy("out", 20, "a", to="pl", transit=20), recall("in", 50, "a", transit=10)]
    events = _events(*before, evolve(GO, at=70))
    assert [_places(events, minute) for minute in (10, 30, 45, 55, 65, 150)] == [None] * 5 + [[TRANSIT, HOME, HOME]]


def test_many_places_and_much_strength() -> None:
    """Numbers are compared as numbers, however large."""
    places = [*PLACES, *(Place(f"a{number}", "Away") for number in range(60))]
    large = (part(2_000, 100, 300), part(3_000, 200, 250), part(5_000, 200, 400))
    orders = [
        alert("up", 10, "a"),
        evolve(GO, parts=large),
        recall("back", 500, "a", transit=20),
        alert("on", 600, "a"),
    ]
    again = evolve(GO, id="once-more", at=650, parts=(part(2_500, 700, 900), part(7_500, 800, 950)))
    events = list(simulate(scenario([unit("a", "10000")], [*orders, again], places=places)))
    assert _places(events, 250) == [TRANSIT, THERE, TRANSIT]
    assert _places(events, 900) == [THERE, TRANSIT]


def test_the_parts_in_some_slots() -> None:
    """Those that are there, and nothing where none is, or all are."""
    book = Book.replay(_events(GO))
    holdings, transit, there = Holdings(book, frozenset({0})), book.slot(*TRANSIT), book.slot(*THERE)
    assert holdings.portion(0, 250, frozenset({transit})) == Portion(book.units["a"], book.orders["go"], (0, 2))
    assert holdings.portion(0, 250, frozenset({there})) == Portion(book.units["a"], book.orders["go"], (1,))
    assert holdings.portion(0, 250, frozenset({transit, there})) is None
    assert holdings.portion(0, 250, frozenset({book.slot(*HOME)})) is None
    assert holdings.portion(0, 200, frozenset({transit})) is None


@given(st.lists(st.tuples(st.sampled_from(WORDINGS), st.integers(0, 4), st.integers(1, 4)), min_size=1, max_size=6))
def test_what_the_parts_in_some_slots_stand_for(parts: list[tuple[str, int, int]]) -> None:
    """At every minute, in any slots: what the portion there stands for, and nothing where there is none."""
    moved = [_moved(words, leaves, lasts) for words, leaves, lasts in parts]
    strength = sum(each.strength for each in moved)
    back = recall("back", 60, "a", parts=[part(strength - 1, 60, 62), part(1, 62, 65)] if strength > 1 else [])
    told = scenario([unit("a", f"about {strength}")], [deploy("go", 50, "a", parts=moved), back])
    book = Book.replay(simulate(told))
    holdings = Holdings(book, frozenset({0}))
    slots = [book.slot(place, readiness) for place in ("home", "pl") for readiness in Readiness]
    for chosen in map(frozenset, [*combinations(slots, 1), *combinations(slots, 2)]):
        for minute in range(48, 68):
            portion = holdings.portion(0, minute, chosen)
            assert holdings.interval(0, minute, chosen) == (None if portion is None else portion.interval)


def test_many_parts_are_followed_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked of every minute takes no more steps than the parts do: not all parts anew for each."""
    steps = 0
    add = Allowing.add

    def counted(self: Allowing, part: Part, times: int = 1) -> None:
        nonlocal steps
        steps += 1
        add(self, part, times)

    monkeypatch.setattr(Allowing, "add", counted)
    there = Selector(place=("pl",), readiness=(Readiness.DEPLOYED,))
    always = claim(Count(there, parse_quantity("up to 7"), When.ALWAYS))
    parts = [part(1, 60, 100 + number) for number in range(300)]
    book = Book.replay(simulate(scenario([unit("a", "300")], [deploy("go", 50, "a", parts=parts)], [always])))
    (judgement,) = judge_all(book)
    assert judgement.verdict is Verdict.CONTRADICTED
    assert 0 < steps <= 2 * len(parts)


_LEAVES = UnitDeparted(200, "a", 30, "home", "pl", Readiness.GARRISON, Basis.ASSUMED, "go")
_COMES = UnitArrived(300, "a", 20, "pl", Readiness.DEPLOYED, Basis.ASSUMED, "go")


@pytest.mark.parametrize(
    "strange",
    [
        UnitMustered(200, "a", "home", Readiness.GARRISON, 100),
        evolve(_LEAVES, strength=31),
        evolve(_LEAVES, strength=29),
        evolve(_LEAVES, readiness=Readiness.STANDBY),
        evolve(_LEAVES, origin="de"),
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


@pytest.mark.parametrize("strength", [99, 100, 101])
def test_a_unit_of_another_strength(strength: int) -> None:
    """Mustered, or changed, by more or less than there is of it, no parts of it are known."""
    changed = ReadinessChanged(60, "a", "home", strength, Readiness.GARRISON, Readiness.STANDBY, "up")
    leaves = UnitDeparted(100, "a", 20, "home", "pl", Readiness.STANDBY, Basis.ASSUMED, "go")
    opening = [event for event in _events(GO, alert("up", 9000, "a")) if event.at < 60]
    known = [TRANSIT, ("home", Readiness.STANDBY), ("home", Readiness.STANDBY)]
    assert _places([*opening, changed, leaves], 100) == (known if strength == 100 else None)
    opening = [_mustered(event, strength, 0) for event in _events(GO) if event.at <= 100]
    assert _places(opening, 100) == ([TRANSIT, HOME, HOME] if strength == 100 else None)


def _mustered(event: Event, strength: int, at: int) -> Event:
    """An event, where it musters the unit, with another strength, and at another time."""
    if isinstance(event, UnitMustered) and event.unit == "a":
        return evolve(event, strength=strength, at=at)
    return event


@pytest.mark.parametrize("last", [49, 50, 51])
def test_parts_that_do_not_add_up(last: int) -> None:
    """To the unit, as where its strength was amended since: nothing is known of them."""
    go = evolve(GO, parts=(*PARTS[:2], part(last, 200, 400)))
    assert _places(_events(go), 150) == ([TRANSIT, HOME, HOME] if last == 50 else None)


def test_before_it_was_mustered() -> None:
    """A unit is nowhere, and in no parts."""
    events = [_mustered(event, 100, 60) for event in _events(GO) if event.at == 0]
    leaves = UnitDeparted(100, "a", 20, "home", "pl", Readiness.GARRISON, Basis.ASSUMED, "go")
    assert _places([*sorted(events, key=lambda event: event.at), leaves], 59) is None


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
        ("about 100", [_worded(40, "36 to 48"), _worded(60, "about 60")], (0,), Interval(36, 48)),
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


def test_what_parts_leave() -> None:
    """At least what is left where all of them are as large as they may be; nothing where they are too large."""
    whole = Interval(90, 110)
    assert left_of(whole, []) == whole
    assert left_of(whole, [Interval(20, 30), Interval(5, 5)]) == Interval(55, 85)
    assert left_of(whole, [Interval(20, None), Interval(5, 5)]) == Interval(0, 85)
    assert left_of(whole, [Interval(100, 120)]) == Interval(0, 10)
    assert left_of(whole, [Interval(110, 120)]) == left_of(whole, [Interval(200, 200)]) == Interval(0, 0)
    assert left_of(Interval(90, None), [Interval(20, 30)]) == Interval(60, None)


@pytest.mark.parametrize(
    ("own", "figure"),
    [
        (cited("pap"), cited("pap")),
        (cited("abc", "pap"), cited("abc", "pap")),
        (cited("abc"), cited("briefing")),  # the order's sources again, as in an amendment
        (GUESS, cited("briefing")),
        (NO_GROUNDS, cited("briefing")),
    ],
)
def test_whose_number_a_part_is(own: Grounds, figure: Grounds) -> None:
    """That of its own report; of who saw it arrive, where it names none that is not its order's."""
    first = evolve(part(40, grounds=own), arrive=Window(by=100, grounds=cited("briefing")))
    go = deploy("go", 50, "a", parts=[first, part(60)], grounds=cited("abc"))
    for portion in (Portion(unit("a"), go, (0,)), Portion(unit("a"), go, (0, 1))):
        assert next(iter(portion.figures)) == figure
        assert next(iter(portion.numbers)) == (40, figure)
    assert list(Portion(unit("a"), go, (1,)).figures) == [cited("abc")]


def test_why_a_number_was_chosen() -> None:
    """It goes with the number, and is nobody's figure; a source of it has both."""
    for chosen, figure in ((GUESS, cited("abc")), (cited("pap"), cited("pap"))):
        dozens = evolve(part(40), reported=parse_quantity("dozens"), post_grounds=chosen)
        portion = Portion(unit("a"), deploy("go", 50, "a", parts=[dozens, part(60)], grounds=cited("abc")), (0,))
        assert list(portion.figures) == [figure]
        assert list(portion.numbers) == [(40, chosen)]


def test_parts_of_a_unit_that_goes_on_by_lift() -> None:
    """Its loads are none of the parts, and what is known of these before stays known."""
    by_parts = deploy("go", 50, "a", to="here", parts=[part(20, 100, 300), part(80, 200, 400)])
    told = lifted([unit("a")], [by_parts, move("on", 500, "a")], [trucks(2, holds=60)])
    book = Book.replay(simulate(told))
    assert [row.strength for row in snapshot(book, 515).rows] == [100]
    holdings, here = Holdings(book, frozenset({0})), frozenset({book.slot("here", Readiness.DEPLOYED)})
    assert [holdings.portion(0, minute, here) for minute in (299, 300, 399, 400, 520, 5000)] == [
        None,
        *[Portion(told.units["a"], by_parts, (0,))] * 2,
        *[None] * 3,
    ]
