"""Holdings: what of whom every account holds, whatever that is in numbers."""

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.claim import Selector
from sim.domain.order import Order, Part
from sim.domain.quantity import Interval, exactly, parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.vocabulary import Readiness
from sim.engine import simulate
from sim.errors import LogError
from sim.ledger import Book
from sim.ledger.selection import Selection
from sim.ledger.standing import Standing
from sim.reconcile.figure import Figure
from sim.reconcile.form import Division, Form
from sim.reconcile.holdings import Holdings
from tests import story
from tests.engine.lifted import lifted, move, trucks
from tests.strategies import any_scenarios, lift_scenarios, minutes, selectors

POLAND, ON_THE_WAY = Selector(place=("pl",)), Selector(place=("pl",), readiness=(Readiness.IN_TRANSIT,))


def held(told: Scenario, selector: Selector, *times: int) -> list[Form]:
    """What of whom is there at these minutes: the units are 0, 1, ..., their parts the numbers after."""
    book = Book.replay(simulate(told))
    holdings = Holdings(book)
    return [holdings.form(Selection(book, selector), minute) for minute in times]


@given(st.one_of(any_scenarios(), lift_scenarios()), st.data())
def test_with_the_strengths_posted_it_is_what_the_ledger_counts(told: Scenario, data: st.DataObject) -> None:
    """Of any selection, at any minute."""
    book = Book.replay(simulate(told))
    selector = data.draw(selectors(list(told.places), list(told.units), list(told.orders)))
    at, selection = data.draw(minutes(told.end)), Selection(book, selector)
    holdings, standing = Holdings(book), Standing(book)
    standing.advance(at)
    form = holdings.form(selection, at)
    assert len(set(form)) == len(form)
    assert sum(holdings.figures[unknown].strength for unknown in form) == standing.counted(selection).strength


@given(st.one_of(any_scenarios(), lift_scenarios()), st.data())
def test_parts_add_up_to_their_units(told: Scenario, data: st.DataObject) -> None:
    """As posted; and what is posted is among what is reported of each: at any minute that is asked about."""
    book = Book.replay(simulate(told))
    holdings = Holdings(book)
    for at in data.draw(st.lists(minutes(told.end), max_size=3)):
        holdings.form(Selection(book, data.draw(selectors(list(told.places), list(told.units), list(told.orders)))), at)
    posted = [figure.strength for figure in holdings.figures]
    for division in holdings.divisions:
        assert sum(posted[part] for part in division.parts) == posted[division.whole]
    assert all(figure.strength in figure.interval() for figure in holdings.figures)


def test_a_unit_moved_whole() -> None:
    """It is on its way, and then there."""
    told = story.scenario([story.unit("a"), story.unit("b")], [story.deploy("go", 100, "a", arrive=200)])
    assert held(told, POLAND, 99, 100, 199, 200) == [(), (), (), (0,)]
    assert held(told, ON_THE_WAY, 99, 100, 199, 200) == [(), (0,), (0,), ()]
    assert held(told, Selector(), 0, 150, 9_999) == [(0, 1)] * 3


PARTS = (story.part(60, 100, 200), story.part(30, 120, 190), story.part(10, 100, 300))


def test_a_unit_moved_in_parts() -> None:
    """Each part by itself, as they leave and as they arrive; all of them together are the unit again."""
    told = story.scenario(
        [story.unit("a")], [story.deploy("go", 100, "a", parts=PARTS), story.recall("back", 400, "a")]
    )
    assert held(told, POLAND, 189, 190, 200, 300, 400) == [(), (2,), (1, 2), (0,), ()]
    assert held(told, ON_THE_WAY, 99, 100, 120, 190, 200, 300) == [(), (1, 3), (0,), (1, 3), (3,), ()]
    assert held(told, Selector(place=("home",)), 99, 100, 120, 460) == [(0,), (2,), (), (0,)]
    assert Holdings(Book.replay(simulate(told))).divisions == [Division(0, (1, 2, 3))]


def test_two_moves_in_parts_are_two_divisions() -> None:
    """Who goes together need not come back together: the parts of each move are unknowns of their own."""
    there, back = (story.part(60), story.part(40)), (story.part(90, 500), story.part(10, 600))
    orders = [story.deploy("go", 100, "a", parts=there), story.recall("home", 400, "a", parts=back)]
    told = story.scenario([story.unit("a")], orders)
    holdings = Holdings(Book.replay(simulate(told)))
    assert holdings.divisions == [Division(0, (1, 2)), Division(0, (3, 4))]
    assert held(told, POLAND, 499, 500, 600) == [(0,), (4,), ()]


def test_what_never_left_is_not_divided() -> None:
    """An order in parts that was cancelled says nothing of the strength."""
    orders = [story.deploy("go", 100, "a", parts=PARTS), story.cancel("stop", 100, "go")]
    told = story.scenario([story.unit("a")], [evolve(orders[0], parts=(story.part(100, 150),)), orders[1]])
    holdings = Holdings(Book.replay(simulate(told)))
    assert (len(holdings.figures), holdings.divisions) == (1, [])


def test_all_that_is_ever_there() -> None:
    """Each form once, in order of time; of a unit that is there whole at one time, no parts beside it."""
    told = story.scenario(
        [story.unit("a"), story.unit("b")],
        [story.deploy("go", 100, "a", parts=PARTS), story.deploy("visit", 150, "b", arrive=250)],
    )
    book = Book.replay(simulate(told))
    holdings, selection = Holdings(book), Selection(book, POLAND)
    assert holdings.forms_since(selection, 0) == [(), (3,), (2, 3), (1, 2, 3), (0, 1)]
    assert holdings.forms_since(selection, 200) == [(2, 3), (1, 2, 3), (0, 1)]
    assert holdings.forms_since(selection, 5_000) == [(0, 1)]
    assert holdings.ever_since(selection, 0) == (0, 1)
    assert Holdings(book).ever_since(Selection(book, Selector(place=("de",))), 0) == ()


def test_what_is_posted_must_be_reported() -> None:
    """Of a log from who knows where: a strength outside of its own wording is refused."""
    unit = story.unit("a")
    told = story.scenario([evolve(unit, reported=evolve(exactly(100), interval=Interval(1, 99)))])
    with pytest.raises(LogError, match="the strength posted for 'a' is none that is reported of it"):
        Holdings(Book.replay(simulate(told)))


def in_parts(*wordings: str | int) -> Order:
    """An order of a unit in parts: of each its words, or a number alone."""
    parts = []
    for wording in wordings:
        if isinstance(wording, int):
            parts.append(Part(wording))
        else:
            reported = parse_quantity(wording)
            parts.append(Part(reported.nominal or 50, reported=reported))
    return evolve(story.deploy("go", 100, "a"), parts=tuple(parts))


@pytest.mark.parametrize(
    ("unit", "parts", "intervals"),
    [
        ("100", (60, 40), [(60, 60), (40, 40)]),
        ("about 100", (60, 40), [(54, 66), (36, 44)]),  # as the ledger shares it
        ("about 100", ("exactly 60", 40), [(60, 60), (0, None)]),  # what the other leaves, by the sum alone
        ("about 100", ("about 60", 30, 10), [(54, 66), (18, 42), (6, 14)]),
        ("100", ("several dozen", 50), [(36, 99), (0, None)]),
        ("100", ("several dozen", 40, 10), [(36, 99), (0, 52), (0, 13)]),
        ("at least 100", ("up to 60", 20, 20), [(0, 60), (20, None), (20, None)]),
        ("100", ("at least 60", 30, 10), [(60, None), (0, 30), (0, 10)]),
        ("100", ("about 60", "about 40"), [(54, 66), (36, 44)]),
    ],
)
def test_what_is_known_of_parts(
    unit: str, parts: tuple[str | int, ...], intervals: list[tuple[int, int | None]]
) -> None:
    """A part's own words; parts without any share what the others leave of the unit."""
    told = story.scenario([story.unit("a", unit)], [evolve(in_parts(*parts), transit=None)])
    order = told.orders["go"]
    figures = [Figure(told.units["a"], order, number) for number in range(len(parts))]
    assert [figure.interval() for figure in figures] == [Interval(*each) for each in intervals]


def test_round_parts() -> None:
    """A part that is a round number may be rounded itself, besides what rounding the unit does to its share."""
    told = story.scenario([story.unit("a", "713")], [in_parts(260, 453)])
    order, unit = told.orders["go"], told.units["a"]
    assert [Figure(unit, order, part).interval(100) for part in (0, 1)] == [Interval(255, 264), Interval(453, 453)]
    assert Figure(story.unit("a", "700"), in_parts(260, 440), 0).interval(100) == Interval(241, 279)
    assert Figure(unit).interval(100) == Interval(713, 713)


def by_lift(words: str = "50") -> Scenario:
    """A unit that goes in five loads, the first of which is there at minute 80, the others 140 minutes apart."""
    return lifted([story.unit("a", words, place="here")], [move("go", 0, "a")], [trucks(1, 10)])


HERE, THERE = Selector(place=("here",)), Selector(place=("there",))


def test_a_unit_that_goes_by_lift() -> None:
    """What is in each place while it goes is an unknown of its own, in each of its states; all of it is the unit."""
    assert held(by_lift(), THERE, 0, 80, 9_999) == [(), (2,), (0,)]
    book = Book.replay(simulate(by_lift()))
    holdings, here, there = Holdings(book), Selection(book, HERE), Selection(book, THERE)
    assert holdings.divisions == []
    assert [holdings.form(here, 100), holdings.form(there, 100), holdings.form(here, 100)] == [(1,), (2,), (1,)]
    assert holdings.form(Selection(book, Selector()), 100) == (0,)
    assert holdings.form(there, 230) == (4,)
    assert holdings.divisions == [Division(0, (1, 2)), Division(0, (3, 4))]
    assert [figure.strength for figure in holdings.figures] == [50, 40, 10, 30, 20]
    assert [figure.reported for figure in holdings.figures[1:]] == [None] * 4


def test_what_lift_has_moved_is_a_share_of_what_is_reported() -> None:
    """As the ledger shares a unit, rounded outward."""
    book = Book.replay(simulate(by_lift("40 to 61")))
    holdings = Holdings(book)
    holdings.form(Selection(book, THERE), 100)
    shares = [figure.interval() for figure in holdings.figures[1:]]
    assert shares == [book.units["a"].interval_of(figure.strength) for figure in holdings.figures[1:]]
    assert shares == [Interval(32, 49), Interval(8, 13)]


def test_parts_that_go_on_by_lift() -> None:
    """Once all parts are there they are the unit again, and what lift takes of it is a share of that."""
    parts = (story.part(30, 10, 20), story.part(20, 15, 25))
    out = evolve(story.deploy("out", 0, "a", to="there", parts=parts), transit=None)
    on = move("on", 100, "a", route=("there", "beyond"))
    told = lifted([story.unit("a", "50", place="here")], [out, on], [trucks(1, 10, base="there")])
    beyond = Selector(place=("beyond",))
    assert held(told, THERE, 20, 25, 110, 9_999) == [(1,), (0,), (4,), ()]
    assert held(told, beyond, 100, 180, 9_999) == [(), (3,), (0,)]
    book = Book.replay(simulate(told))
    holdings = Holdings(book)
    holdings.form(Selection(book, beyond), 180)
    assert holdings.divisions == [Division(0, (1, 2)), Division(0, (3, 4))]
    assert [figure.strength for figure in holdings.figures[3:]] == [10, 40]
