"""Claims: every kind, every verdict, and the moment it is about."""

from collections.abc import Iterable
from typing import Any, cast

import pytest
from attrs import evolve

from sim.domain.claim import Claim, Closed, Count, Never, Noted, Selector, Separate, Test, When
from sim.domain.event import UnitArrived, UnitClosed
from sim.domain.order import Order, Part
from sim.domain.quantity import Interval, exactly, parse_quantity
from sim.domain.unit import Unit
from sim.domain.vocabulary import Basis, Kind, Readiness
from sim.engine import simulate
from sim.ledger import Book
from sim.ledger.claims import NOTHING, Evidence, Judgement, Reading, Verdict, judge, judge_all, separate_origins
from tests.story import SOURCES, alert, cancel, claim, deploy, part, recall, scenario, unit

_HOLDS, _COMPATIBLE, _CONTRADICTED = Verdict.HOLDS, Verdict.COMPATIBLE, Verdict.CONTRADICTED
_POLAND = Selector(place=("pl",))


def _judged(
    test: Test, units: Iterable[Unit], orders: Iterable[Order] = (), *, published: int | None = None, end: int = 1000
) -> Judgement:
    """The judgement of a claim published at a minute."""
    sources = [evolve(source, published=published) for source in SOURCES]
    book = Book.replay(simulate(scenario(units, orders, [claim(test)], sources=sources, end=end)))
    return judge(Evidence(book), book.claims["said"])


_TWO = [unit("a", "about 1000"), unit("b", "about 2000")]
_GO = [deploy("go", 100, "a"), deploy("then", 200, "b")]


@pytest.mark.parametrize(
    ("expected", "verdict", "distance"),
    [
        ("3000", _HOLDS, 0),
        ("about 3000", _HOLDS, 0),
        ("about 3100", _HOLDS, 0),
        ("at least 3000", _HOLDS, 0),
        ("more than 2999", _HOLDS, 0),
        ("up to 3000", _HOLDS, 0),
        ("several thousand", _HOLDS, 0),
        ("more than 3000", _COMPATIBLE, 1),
        ("less than 3000", _COMPATIBLE, 1),
        ("3300", _COMPATIBLE, 300),
        ("2700", _COMPATIBLE, 300),
        ("3,300 to 9,000", _COMPATIBLE, 300),
        ("over 3299", _COMPATIBLE, 300),
        ("up to 2700", _COMPATIBLE, 300),
        ("over 3300", _CONTRADICTED, 301),
        ("up to 2699", _CONTRADICTED, 301),
        ("8500", _CONTRADICTED, 5500),
        ("0", _CONTRADICTED, 3000),
    ],
)
def test_verdicts(expected: str, verdict: Verdict, distance: int) -> None:
    """Holds where the figure is expected, compatible where only the intervals meet, else contradicted."""
    quantity = parse_quantity(expected)
    found = _judged(Count(_POLAND, quantity, 1000), _TWO, _GO)
    reading = Reading(1000, quantity, 3000, Interval(2700, 3300), (("a", 1000), ("b", 2000)))
    assert found == Judgement(claim(Count(_POLAND, quantity, 1000)), verdict, False, reading)
    assert found.reading is not None
    assert (found.reading.verdict, found.reading.distance) == (verdict, distance)


@pytest.mark.parametrize(
    ("at", "strength", "interval"),
    [
        (0, 0, Interval(0, 0)),
        (159, 0, Interval(0, 0)),
        (160, 1000, Interval(900, 1100)),
        (259, 1000, Interval(900, 1100)),
        (260, 3000, Interval(2700, 3300)),
        (1000, 3000, Interval(2700, 3300)),
    ],
)
def test_a_count_at_a_minute(at: int, strength: int, interval: Interval) -> None:
    """What is counted is what is there when the minute is over."""
    reading = _judged(Count(_POLAND, exactly(3000), at), _TWO, _GO).reading
    assert reading is not None
    assert (reading.at, reading.strength, reading.interval) == (at, strength, interval)


@pytest.mark.parametrize(
    ("published", "expected", "verdict", "at", "strength"),
    [
        # On its way is neither at home nor in Poland: at home 3000, then 2000 from 100 on, then 0 from 200 on.
        (None, "3000", _CONTRADICTED, 100, 2000),
        (None, "about 3000", _CONTRADICTED, 100, 2000),
        (None, "2,000 to 3,000", _CONTRADICTED, 200, 0),
        (None, "up to 3000", _HOLDS, 0, 3000),
        (None, "less than 3000", _COMPATIBLE, 0, 3000),
        (0, "less than 2000", _CONTRADICTED, 0, 3000),
        (99, "less than 2000", _CONTRADICTED, 99, 3000),
        (100, "less than 2000", _COMPATIBLE, 100, 2000),
        (101, "less than 2000", _COMPATIBLE, 101, 2000),
        (199, "less than 2000", _COMPATIBLE, 199, 2000),
        (200, "less than 2000", _HOLDS, 200, 0),
        (150, "2000", _CONTRADICTED, 200, 0),
        (-500, "2000", _CONTRADICTED, 0, 3000),
        (999, "0", _HOLDS, 999, 0),
        (5000, "0", _HOLDS, 1000, 0),
        (5000, "1", _CONTRADICTED, 1000, 0),
    ],
)
def test_a_count_at_every_moment(
    published: int | None, expected: str, verdict: Verdict, at: int, strength: int
) -> None:
    """From publication (or the start) on; the worst verdict counts, at the first moment that has it."""
    found = _judged(
        Count(Selector(place=("us",)), parse_quantity(expected), When.ALWAYS), _TWO, _GO, published=published
    )
    assert found.reading is not None
    assert (found.verdict, found.reading.at, found.reading.strength) == (verdict, at, strength)


@pytest.mark.parametrize(
    ("selector", "published", "verdict", "at", "strength"),
    [
        (Selector(country=("UA",)), None, _HOLDS, 0, 0),
        (Selector(country=("UA",)), 300, _HOLDS, 300, 0),
        (_POLAND, None, _CONTRADICTED, 160, 1000),
        (_POLAND, 200, _CONTRADICTED, 200, 1000),
        (_POLAND, 700, _HOLDS, 700, 0),
        (Selector(place=("de",)), None, _COMPATIBLE, 560, 8),
    ],
)
def test_never(selector: Selector, published: int | None, verdict: Verdict, at: int, strength: int) -> None:
    """None is ever selected: a count of 0, always."""
    units = [*_TWO, unit("c", "up to 8")]
    orders = [*_GO, recall("back", 500, "a"), recall("too", 600, "b"), deploy("c-go", 500, "c", to="de")]
    found = _judged(Never(selector), units, orders, published=published)
    assert found.reading is not None
    assert (found.verdict, found.reading.at, found.reading.strength) == (verdict, at, strength)
    assert found.reading.expected == NOTHING == exactly(0)


def test_several_changes_in_a_minute_are_one_moment() -> None:
    """What comes and goes within a minute was never there: a moment is a whole minute."""
    orders = [deploy("go", 100, "a", arrive=200), deploy("on", 200, "a", to="de")]
    assert _judged(Never(_POLAND), [unit("a")], orders).verdict is _HOLDS
    assert _judged(Separate(_POLAND, Selector()), [unit("a")], orders).verdict is _HOLDS
    assert _judged(Closed(_POLAND, 1000), [unit("a")], orders).verdict is _CONTRADICTED


_ALERTED = Selector(readiness=(Readiness.HEIGHTENED_ALERT,))
_DEPLOYED = Selector(readiness=(Readiness.DEPLOYED,))


@pytest.mark.parametrize(
    ("orders", "verdict", "at", "units"),
    [
        ([], _HOLDS, 0, ()),
        ([alert("up", 10, "a", "b")], _HOLDS, 0, ()),
        ([alert("up", 10, "a"), deploy("go", 50, "b")], _HOLDS, 0, ()),
        ([alert("up", 10, "a"), deploy("go", 50, "a")], _CONTRADICTED, 110, (("a", 100),)),
        (
            [
                alert("up", 10, "a"),
                deploy("out", 10, "b"),
                recall("back", 500, "b"),
                deploy("go", 900, "a"),
                alert("late", 960, "b"),
            ],
            _CONTRADICTED,
            960,
            (("a", 100), ("b", 100)),
        ),
        (
            [alert("up", 10, "a", "b", "c"), deploy("go", 50, "a", "b"), deploy("to", 500, "c")],
            _CONTRADICTED,
            110,
            (("a", 100), ("b", 100)),
        ),
        (
            [deploy("go", 50, "a", parts=[part(1), part(99, arrives=900)]), alert("up", 10, "a")],
            _CONTRADICTED,
            110,
            None,
        ),
    ],
)
def test_separate(orders: list[Order], verdict: Verdict, at: int, units: tuple[tuple[str, int], ...] | None) -> None:
    """No unit is ever selected by both, not even one after the other; a unit counts whole, from when it is in both."""
    found = _judged(Separate(_ALERTED, _DEPLOYED), [unit("a"), unit("b"), unit("c"), unit("d")], orders)
    units = (("a", 100),) if units is None else units
    strength = sum(strength for _, strength in units)
    reading = Reading(at, NOTHING, strength, Interval(strength, strength), units)
    assert found == Judgement(claim(Separate(_ALERTED, _DEPLOYED)), verdict, False, reading)
    assert (
        _judged(Separate(_DEPLOYED, _ALERTED), [unit("a"), unit("b"), unit("c"), unit("d")], orders).reading == reading
    )


@pytest.mark.parametrize(
    ("units", "orders", "by", "verdict", "expected", "counted", "missing"),
    [
        # none selected is a contradiction
        (["a"], [], 1000, _CONTRADICTED, 0, (), ()),
        (["a"], [alert("up", 10, "a")], 1000, _CONTRADICTED, 0, (), ()),
        # both have closed, or one has not by then
        (["a", "b"], [deploy("go", 50, "a", "b")], 1000, _HOLDS, 200, (("a", 100), ("b", 100)), ()),
        (["a", "b"], [deploy("go", 50, "a", "b")], 110, _HOLDS, 200, (("a", 100), ("b", 100)), ()),
        (["a", "b"], [deploy("go", 50, "a", "b")], 109, _CONTRADICTED, 200, (), ("a", "b")),
        (
            ["a", "b"],
            [deploy("go", 50, "a"), deploy("to", 60, "b")],
            110,
            _CONTRADICTED,
            200,
            (("a", 100),),
            ("b",),
        ),
        # a part that is there does not close the unit
        (["a"], [deploy("go", 50, "a", parts=[part(99), part(1, arrives=900)])], 899, _CONTRADICTED, 100, (), ("a",)),
        (["a"], [deploy("go", 50, "a", parts=[part(99), part(1, arrives=900)])], 900, _HOLDS, 100, (("a", 100),), ()),
        # one that returned has closed its deploy all the same; a return does not count
        (["a"], [deploy("go", 50, "a"), recall("back", 500, "a")], 1000, _HOLDS, 100, (("a", 100),), ()),
        (
            ["a", "z"],
            [deploy("go", 50, "a"), recall("back", 500, "z")],
            1000,
            _CONTRADICTED,
            200,
            (("a", 100),),
            ("z",),
        ),
        # twice deployed is deployed
        (["a"], [deploy("go", 50, "a"), deploy("on", 500, "a", to="rzeszow")], 1000, _HOLDS, 100, (("a", 100),), ()),
    ],
)
def test_closed(
    units: list[str],
    orders: list[Order],
    by: int,
    verdict: Verdict,
    expected: int,
    counted: tuple[tuple[str, int], ...],
    missing: tuple[str, ...],
) -> None:
    """Every unit ever selected has closed a deploy by then."""
    away = unit("z", place="pl", origin="home", readiness=Readiness.DEPLOYED)
    test = Closed(Selector(place=("pl",)), by)
    found = _judged(test, [away if name == "z" else unit(name) for name in units], orders)
    strength = sum(strength for _, strength in counted)
    there = 99 if by == 899 else 0  # of the only case that ends then
    reading = Reading(by, exactly(expected), strength, Interval(strength, strength), counted, missing, there=there)
    assert found == Judgement(claim(test), verdict, False, reading)
    assert reading.distance == expected - strength


def test_closed_counts_only_the_selected() -> None:
    """What others close is nobody's business, and what was cancelled has not closed."""
    orders = [deploy("go", 50, "a", "b"), deploy("away", 10, "c", after=900), cancel("stop", 20, "away")]
    units = [unit("a", "about 50"), unit("b"), unit("c"), unit("v", kind=Kind.VEHICLES)]
    found = _judged(Closed(Selector(units=("a",)), 1000), units, orders).reading
    assert found == Reading(1000, exactly(50), 50, Interval(45, 55), (("a", 50),))
    found = _judged(Closed(Selector(orders=("away", "go")), 1000), units, orders).reading
    assert found == Reading(1000, exactly(250), 150, Interval(145, 155), (("a", 50), ("b", 100)), ("c",))


def test_what_never_was_is_not_selected() -> None:
    """In a log that somebody has tampered with, strength below zero is nobody, and an alert closes no deploy."""
    told = scenario([unit("a")], [alert("up", 10, "a"), deploy("go", 10, "a")])
    opening = [event for event in simulate(told) if event.at == 0]
    bound = Selector(place=("pl",), readiness=(Readiness.IN_TRANSIT,))
    arrived = UnitArrived(50, "a", 100, "pl", Readiness.DEPLOYED, Basis.ASSUMED, "go")
    book = Book.replay([*opening, arrived, UnitClosed(50, "a", "pl", "up")])
    assert judge(Evidence(book), claim(Separate(bound, Selector()))).verdict is _HOLDS
    assert judge(Evidence(book), claim(Closed(bound, 1000))).reading == Reading(1000, exactly(0), 0, Interval(0, 0), ())
    found = judge(Evidence(book), claim(Closed(Selector(place=("pl",)), 1000))).reading
    assert found == Reading(1000, exactly(100), 0, Interval(0, 0), (), ("a",), there=100)


def test_separate_is_about_units_and_not_about_how_many() -> None:
    """A unit that may be as few as none is one all the same."""
    found = _judged(Separate(Selector(), Selector(units=("a",))), [unit("a", "up to 100")])
    assert (found.verdict, found.reading) == (
        _CONTRADICTED,
        Reading(0, NOTHING, 100, Interval(0, 100), (("a", 100),)),
    )


@pytest.mark.parametrize(
    ("sources", "apart"),
    [(("abc",), 1), (("abc", "briefing"), 1), (("abc", "pap"), 2), (("abc", "pap", "briefing", "abc"), 2), ((), 0)],
)
def test_separate_origins(sources: tuple[str, ...], apart: int) -> None:
    """Outlets that pass on one briefing are one origin, however many they are; whom they cite counts, not they."""
    book = Book.replay(simulate(scenario([unit("a")])))
    claims = [claim(Count(Selector(), exactly(100), 0), source=source) for source in sources]
    assert separate_origins(book, claims) == apart
    cited = [claim(Count(Selector(), exactly(100), 0), source="abc", per=source) for source in sources]
    assert separate_origins(book, cited) == apart


def test_noted() -> None:
    """What cannot be tested has a verdict of its own, and no reading."""
    assert _judged(Noted("a motive"), [unit("a")]) == Judgement(claim(Noted("a motive")), Verdict.NOTED, False, None)


def test_an_open_ended_strength_is_open_ended_in_the_count() -> None:
    """At least 5,000 is compatible with any larger figure, and with none that is smaller."""
    units = [unit("a", "at least 5000"), unit("b", "1000")]
    for expected, verdict in (("over 10,000", _COMPATIBLE), ("6000", _HOLDS), ("up to 5,999", _CONTRADICTED)):
        found = _judged(Count(Selector(), parse_quantity(expected), 0), units)
        assert (found.verdict, found.reading and found.reading.interval) == (verdict, Interval(6000, None))


def _in_words(strength: int, wording: str, arrives: int = 900) -> Part:
    return evolve(part(strength, arrives=arrives), reported=parse_quantity(wording))


_SEVERAL_HUNDRED = [deploy("go", 100, "a", parts=[_in_words(400, "several hundred", 500), part(600, arrives=900)])]


@pytest.mark.parametrize(
    ("expected", "verdict"),
    [("400", _HOLDS), ("350", _COMPATIBLE), ("about 700", _COMPATIBLE), ("999", _COMPATIBLE), ("1000", _CONTRADICTED)],
)
def test_parts_are_held_against_their_own_words(expected: str, verdict: Verdict) -> None:
    """Several hundred landed: whatever that may be does not contradict it, at a minute or always."""
    units = [unit("a", "about 1000")]
    found = _judged(Count(_POLAND, parse_quantity(expected), 500), units, _SEVERAL_HUNDRED).reading
    assert found is not None
    assert (found.verdict, found.interval) == (verdict, Interval(300, 999))
    always = Count(_POLAND, parse_quantity(expected), When.ALWAYS)
    assert _judged(always, units, _SEVERAL_HUNDRED, published=500, end=899).verdict is verdict


def test_the_rest_is_what_the_words_leave() -> None:
    """Nobody has left who is not among the several hundred; all of the unit is as many as it ever was."""
    units = [unit("a", "about 1000"), unit("b", place="pl")]
    away = Selector(units=("a",), readiness=(Readiness.IN_TRANSIT,))
    found = _judged(Count(away, exactly(600), 500), units, _SEVERAL_HUNDRED).reading
    assert found and (found.strength, found.interval) == (600, Interval(0, 800))
    found = _judged(Count(_POLAND, exactly(500), 500), units, _SEVERAL_HUNDRED).reading
    assert found and (found.strength, found.interval) == (500, Interval(400, 1099))
    found = _judged(Count(_POLAND, exactly(1100), 900), units, _SEVERAL_HUNDRED).reading
    assert found and (found.strength, found.interval, found.portions) == (1100, Interval(1000, 1200), ())


def test_the_worst_moment_is_by_the_words() -> None:
    """What comes at a later minute is worse where its words rule the claim out, and those of what came first do not."""
    moves = [deploy("go", 100, "a", parts=[_in_words(40, "dozens", 500), _in_words(60, "60", 600), part(900, 800)])]
    found = _judged(Count(_POLAND, parse_quantity("up to 30"), When.ALWAYS), [unit("a", "1000")], moves, published=500)
    assert found.reading is not None
    assert (found.verdict, found.reading.at, found.reading.interval) == (_CONTRADICTED, 600, Interval(84, 159))
    found = _judged(
        Count(_POLAND, parse_quantity("up to 300"), When.ALWAYS), [unit("a", "1000")], _SEVERAL_HUNDRED, published=500
    )
    assert found.reading is not None
    assert (found.verdict, found.reading.at, found.reading.interval) == (_CONTRADICTED, 900, Interval(1000, 1000))
    moves = [deploy("go", 100, "a", parts=[_in_words(5, "up to 9"), part(995, 950)])]
    found = _judged(Never(_POLAND), [unit("a", "1000")], moves)
    assert found.reading is not None
    assert (found.verdict, found.reading.at, found.reading.interval) == (_COMPATIBLE, 900, Interval(0, 9))


def test_all_claims_by_id() -> None:
    """Every claim is judged, in byte order of the ids."""
    claims: list[Claim] = [claim(Noted("why"), name) for name in ("b", "a-1", "a", "10", "9")]
    book = Book.replay(simulate(scenario([unit("a")], [], claims)))
    assert [judgement.claim.id for judgement in judge_all(book)] == ["10", "9", "a", "a-1", "b"]
    assert [judgement.verdict for judgement in judge_all(book)] == [Verdict.NOTED] * 5


def test_a_kind_of_claim_there_is_not() -> None:
    """A test that this program does not know is a bug, and says so."""
    book = Book.replay(simulate(scenario([unit("a")])))
    strange = Claim("said", "abc", cast(Any, "rumour"))  # what the type forbids
    with pytest.raises(AssertionError, match=r"^no such kind of claim: rumour$"):
        judge(Evidence(book), strange)


def test_separate_counts_all_that_are_in_both_by_the_same_minute() -> None:
    """Whichever of the two each was in first."""
    units = [unit("a"), unit("b", place="pl", origin="home")]
    moves = [deploy("go", 940, "a"), recall("back", 940, "b")]
    found = _judged(Separate(Selector(place=("home",)), Selector(place=("pl",))), units, moves).reading
    assert found == Reading(1000, NOTHING, 200, Interval(200, 200), (("a", 100), ("b", 100)))
