"""Claims that are open: they turn on arrivals which nobody had announced."""

from collections.abc import Sequence

import pytest
from attrs import evolve
from hypothesis import given

from sim.domain.claim import Closed, Count, Never, Selector, Test, When
from sim.domain.order import ANY_TIME, Order, Part, Window
from sim.domain.quantity import Interval, exactly, parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.source import Source
from sim.domain.vocabulary import Readiness
from sim.engine import simulate
from sim.ledger import Book
from sim.ledger.claims import Evidence, Judgement, Verdict, judge, judge_all
from sim.ledger.invariants import check
from tests.engine.lifted import lifted, move, trucks
from tests.story import alert, cancel, cited, claim, deploy, part, recall, scenario, unit
from tests.strategies import announced_and_not

HOLDS, OPEN, CONTRADICTED = Verdict.HOLDS, Verdict.OPEN, Verdict.CONTRADICTED

POLAND = Selector(place=("pl",))
THERE_OR_BOUND_FOR_IT = Selector(place=("pl",), readiness=(Readiness.DEPLOYED, Readiness.IN_TRANSIT))
ON_THE_WAY = Selector(readiness=(Readiness.IN_TRANSIT,))
ALERT = Selector(readiness=(Readiness.HEIGHTENED_ALERT,))


def unknown(order: Order, after: int | None = None) -> Order:
    """The order without an arrival, but maybe from when on it could be."""
    return evolve(order, arrive=ANY_TIME if after is None else Window(after=after), transit=None)


def unseen(each: Part) -> Part:
    """The part without an arrival."""
    return evolve(each, arrive=ANY_TIME, transit=None)


GONE = unknown(deploy("go", 100, "a"))
IMPOSSIBLE = evolve(deploy("on", 300, "a", to="de"), refusal_expected=True)
IN_PARTS = deploy("go", 100, "a", parts=[part(30, arrives=200), unseen(part(70, 100))])


def book_of(orders: Sequence[Order], test: Test, disputed: str = "") -> Book:
    units = [unit("a"), unit("b", "about 50")]
    return Book.replay(simulate(scenario(units, orders, [claim(test, disputed=disputed)])))


def judged(orders: Sequence[Order], test: Test) -> Judgement:
    book = book_of(orders, test)
    return judge(Evidence(book), book.claims["said"])


@pytest.mark.parametrize(
    ("orders", "selector", "expected", "at", "verdict", "could_be"),
    [
        # it may have arrived from the minute after it left, or not yet
        ([GONE], POLAND, "100", 101, OPEN, (0, 100)),
        ([GONE], POLAND, "0", 101, HOLDS, None),
        ([GONE], POLAND, "100", 100, CONTRADICTED, None),
        ([GONE], POLAND, "101", 5000, CONTRADICTED, None),
        ([GONE], POLAND, "more than 40", 5000, OPEN, (0, 100)),
        # counted on its way, where it may no longer be
        ([GONE], ON_THE_WAY, "0", 101, OPEN, (0, 100)),
        ([GONE], ON_THE_WAY, "0", 100, CONTRADICTED, None),
        # where it left, and where it never went, it is not
        ([GONE], Selector(place=("home",), units=("a",)), "100", 101, CONTRADICTED, None),
        ([GONE], Selector(place=("de",)), "100", 101, CONTRADICTED, None),
        # a window that begins is known
        ([unknown(GONE, 500)], POLAND, "100", 499, CONTRADICTED, None),
        ([unknown(GONE, 500)], POLAND, "100", 500, OPEN, (0, 100)),
        # of parts, those that are not known
        ([IN_PARTS], POLAND, "100", 199, CONTRADICTED, None),
        ([IN_PARTS], POLAND, "70", 199, OPEN, (0, 70)),
        ([IN_PARTS], POLAND, "100", 200, OPEN, (30, 100)),
        ([IN_PARTS], POLAND, "29", 200, CONTRADICTED, None),
        # beside what is known
        ([GONE, deploy("too", 100, "b")], POLAND, "150", 160, OPEN, (45, 155)),
        ([GONE, deploy("too", 100, "b")], POLAND, "156", 160, CONTRADICTED, None),
        # a return ends at home
        ([deploy("go", 10, "a"), unknown(recall("back", 100, "a"))], POLAND, "100", 101, CONTRADICTED, None),
        (
            [deploy("go", 10, "a"), unknown(recall("back", 100, "a"))],
            Selector(place=("home",), units=("a",)),
            "100",
            101,
            OPEN,
            (0, 100),
        ),
        # what was cancelled is nowhere on its way
        ([unknown(deploy("go", 10, "a", after=90)), cancel("stop", 20, "go")], POLAND, "100", 200, CONTRADICTED, None),
        # nobody knows whether it could have gone on
        ([GONE, deploy("on", 300, "a", to="de")], Selector(place=("de",)), "100", 400, OPEN, (0, 100)),
        ([GONE, deploy("on", 300, "a", to="de")], Selector(place=("de",)), "100", 299, CONTRADICTED, None),
        ([GONE, deploy("on", 300, "a", to="de")], THERE_OR_BOUND_FOR_IT, "0", 400, OPEN, (0, 100)),
        ([GONE, deploy("on", 300, "a", to="de")], THERE_OR_BOUND_FOR_IT, "0", 299, CONTRADICTED, None),
        ([GONE, IMPOSSIBLE], Selector(place=("de",)), "100", 400, CONTRADICTED, None),
        ([GONE, deploy("on", 300, "a", to="de"), deploy("too", 0, "b")], POLAND, "150", 400, OPEN, (45, 155)),
        ([GONE, deploy("on", 100, "a", to="de")], Selector(place=("de",)), "100", 400, CONTRADICTED, None),
        (
            [GONE, recall("back", 300, "a"), alert("up", 500, "a")],
            ALERT,
            "100",
            500,
            OPEN,
            (0, 100),
        ),
        # it can only have been sent from where it may stand: what is deployed is not put on alert, nor sent there again
        ([GONE, alert("up", 300, "a")], ALERT, "100", 400, CONTRADICTED, None),
        ([GONE, recall("back", 300, "a"), alert("up", 359, "a")], ALERT, "100", 400, CONTRADICTED, None),
        ([GONE, recall("back", 300, "a"), alert("up", 360, "a")], ALERT, "100", 400, OPEN, (0, 100)),
        ([GONE, unknown(recall("back", 300, "a"), 390), alert("up", 389, "a")], ALERT, "100", 400, CONTRADICTED, None),
        ([GONE, deploy("again", 300, "a"), alert("up", 500, "a")], ALERT, "100", 500, CONTRADICTED, None),
        (
            [GONE, deploy("again", 300, "a", arrive=400), recall("back", 450, "a")],
            Selector(place=("home",), units=("a",)),
            "100",
            510,
            OPEN,
            (0, 100),
        ),
        # nor is it there before it can have come
        ([GONE, deploy("on", 300, "a", to="de")], Selector(place=("de",)), "100", 359, CONTRADICTED, None),
        ([GONE, deploy("on", 300, "a", to="de")], THERE_OR_BOUND_FOR_IT, "0", 300, OPEN, (0, 100)),
        ([GONE, deploy("on", 300, "a", to="de", after=350)], THERE_OR_BOUND_FOR_IT, "0", 349, CONTRADICTED, None),
        # of who is named and not known yet there may be any number, but none fewer
        ([], Selector(units=("later",)), "100", 400, OPEN, (0, None)),
        ([], Selector(units=("a", "later")), "more than 100", 400, OPEN, (100, None)),
        ([], Selector(units=("a", "later")), "99", 400, CONTRADICTED, None),
        ([], Selector(orders=("later",)), "100", 400, OPEN, (0, None)),
        ([], Selector(side=("UK",)), "100", 400, CONTRADICTED, None),
    ],
)
def test_a_count(
    orders: list[Order],
    selector: Selector,
    expected: str,
    at: int,
    verdict: Verdict,
    could_be: tuple[int, int | None] | None,
) -> None:
    """It is open where what is on its way without a known arrival can make the difference, and nothing else does."""
    found = judged(orders, Count(selector, parse_quantity(expected), at))
    assert found.reading is not None
    assert (found.verdict, found.given) == (verdict, False)
    assert found.reading.verdict is verdict
    assert found.reading.could_be == (None if could_be is None else Interval(*could_be))


WORDED = evolve(
    GONE,
    transit=None,
    parts=tuple(
        Part(strength, arrive=ANY_TIME if by is None else Window(by=by), reported=parse_quantity(f"exactly {strength}"))
        for strength, by in ((50, 200), (48, 200), (2, None))
    ),
)
"""A hundred or so in parts, of the last of which no arrival is known: all but that one are exactly 98."""


@pytest.mark.parametrize(
    ("expected", "verdict"), [("89", CONTRADICTED), ("92", OPEN), ("98", HOLDS), ("110", OPEN), ("111", CONTRADICTED)]
)
def test_all_parts_together_are_the_unit_again(expected: str, verdict: Verdict) -> None:
    """Which may be fewer than some of its parts: what may be there is between the least and the most of the two."""
    told = scenario([unit("a", "about 100")], [WORDED], [claim(Count(POLAND, parse_quantity(expected), 300))])
    book = Book.replay(simulate(told))
    found = judge(Evidence(book), book.claims["said"])
    assert found.verdict is verdict
    assert found.reading is not None
    assert found.reading.could_be == (Interval(90, 110) if verdict is OPEN else None)


def test_at_any_time() -> None:
    """It is contradicted where any moment rules it out; else open at the first moment at which it is."""
    hundred = Count(Selector(units=("a",), place=("home", "pl")), exactly(100), When.ALWAYS)
    found = judged([GONE], hundred)
    assert (found.verdict, found.reading and found.reading.at) == (CONTRADICTED, 100)
    for published, verdict, at in ((0, CONTRADICTED, 100), (101, OPEN, 101), (400, OPEN, 400)):
        told = scenario([unit("a")], [GONE], [claim(hundred)], sources=[Source("abc", "ABC News", published=published)])
        book = Book.replay(simulate(told))
        found = judge(Evidence(book), book.claims["said"])
        assert (found.verdict, found.reading and found.reading.at) == (verdict, at)
    known = deploy("too", 100, "b", arrive=600)
    never = judged([GONE, known], Never(Selector(units=("a", "b"), place=("pl",))))
    assert (never.verdict, never.reading and never.reading.at) == (CONTRADICTED, 600)
    nobody = claim(Count(ON_THE_WAY, exactly(0), When.ALWAYS))
    orders = [GONE, deploy("too", 300, "b", arrive=600)]
    told = scenario([unit("a"), unit("b")], orders, [nobody], sources=[Source("abc", "ABC News", published=101)])
    book = Book.replay(simulate(told))
    found = judge(Evidence(book), book.claims["said"])
    assert (found.verdict, found.reading and found.reading.at) == (CONTRADICTED, 300)


@pytest.mark.parametrize(
    ("orders", "selector", "by", "verdict", "missing", "there"),
    [
        ([GONE], Selector(units=("a",)), 101, OPEN, ("a",), 0),
        ([GONE], Selector(units=("a",)), 100, CONTRADICTED, ("a",), 0),
        ([unknown(GONE, 500)], Selector(units=("a",)), 499, CONTRADICTED, ("a",), 0),
        ([unknown(GONE, 500)], Selector(units=("a",)), 500, OPEN, ("a",), 0),
        # all must have arrived, and what is known to come later has not
        ([IN_PARTS], Selector(units=("a",)), 199, CONTRADICTED, ("a",), 0),
        ([IN_PARTS], Selector(units=("a",)), 200, OPEN, ("a",), 30),
        ([GONE], Selector(units=("a", "b")), 5000, CONTRADICTED, ("a", "b"), 0),
        ([GONE, deploy("too", 0, "b")], Selector(units=("a", "b")), 5000, OPEN, ("a",), 0),
        # a return closes no deploy, but one that could not be given for it may have
        ([unknown(recall("back", 100, "a"))], Selector(units=("a",)), 5000, CONTRADICTED, ("a",), 0),
        (
            [deploy("z", 0, "b"), unknown(GONE), deploy("on", 300, "a", to="de", arrive=400)],
            Selector(orders=("on",)),
            150,
            OPEN,
            ("a",),
            0,
        ),
        # who would be meant had they arrived
        ([GONE], POLAND, 5000, OPEN, (), 0),
        ([GONE], POLAND, 100, CONTRADICTED, (), 0),
        ([GONE], Selector(place=("de",)), 5000, CONTRADICTED, (), 0),
        # who may ever be meant, also later than that
        ([GONE, deploy("on", 300, "a", to="de")], Selector(place=("de",)), 200, OPEN, (), 0),
        ([GONE, deploy("again", 300, "a")], Selector(place=("de",)), 200, CONTRADICTED, (), 0),
        # nobody knows yet who is meant
        ([], Selector(units=("later",)), 5000, OPEN, (), 0),
        ([], Selector(orders=("later",)), 5000, OPEN, (), 0),
        ([], Selector(units=("b",), orders=("later",)), 5000, OPEN, (), 0),
        ([GONE], Selector(units=("b",), orders=("go",)), 5000, CONTRADICTED, (), 0),
        ([], Selector(units=("a", "later")), 5000, CONTRADICTED, ("a",), 0),
        ([], Selector(side=("UK",)), 5000, CONTRADICTED, (), 0),
    ],
)
def test_closed(
    orders: list[Order], selector: Selector, by: int, verdict: Verdict, missing: tuple[str, ...], there: int
) -> None:
    """It is open where all who are missing may have arrived by then, and only nobody knew."""
    found = judged(orders, Closed(selector, by))
    assert found.reading is not None
    assert (found.verdict, found.given) == (verdict, False)
    assert (found.reading.missing, found.reading.there) == (missing, there)


@given(announced_and_not())
def test_what_is_ruled_out_stays_so(both: tuple[Scenario, Scenario]) -> None:
    """No claim is contradicted for want of an arrival, whenever that turns out to have been.

    But where an order whose refusal is expected is obeyed after all: then another invariant is broken.
    """
    told, unannounced = (
        evolve(each, orders={id: evolve(order, refusal_expected=False) for id, order in each.orders.items()})
        for each in both
    )
    before, after = (
        {found.claim.id for found in judge_all(Book.replay(simulate(each))) if found.verdict is CONTRADICTED}
        for each in (unannounced, told)
    )
    assert before <= after


@pytest.mark.parametrize("disputed", ["", "it is wrong"])
@pytest.mark.parametrize("test", [Count(POLAND, exactly(100), 500), Closed(Selector(units=("a",)), 500)])
def test_it_breaks_no_invariant(test: Test, disputed: str) -> None:
    """Whether it is disputed or not."""
    assert [outcome.findings for outcome in check(book_of([GONE], test, disputed), "claims")] == [()]


def test_an_order_that_only_could_not_be_played() -> None:
    """What a unit refuses when it may have arrived long ago breaks nothing; what it would have refused anyway does."""
    later, early = deploy("on", 300, "a", to="de"), deploy("too-early", 100, "a", to="de")
    idle = Count(POLAND, exactly(0), 0)
    assert check(book_of([GONE, later], idle), "obeyed")[0].holds
    for orders in ([GONE, early], [IN_PARTS, evolve(later, at=199)], [GONE, cancel("stop", 300, "go")]):
        (outcome,) = check(book_of(orders, idle), "obeyed")
        assert [finding.message.split(":")[0] for finding in outcome.findings] == [f"a refused {orders[-1].id}"]
    (outcome,) = check(book_of([GONE, alert("up", 300, "a"), recall("back", 400, "a")], idle), "obeyed")
    assert [finding.message.split(":")[0] for finding in outcome.findings] == ["a refused up"]
    expected = evolve(later, refusal_expected=True)
    assert check(book_of([GONE, expected], idle), "obeyed")[0].holds


def test_the_first_of_many_moments_that_is_open() -> None:
    """It counts before an earlier one at which the claim is only possible."""
    test = Count(ON_THE_WAY, parse_quantity("up to 148"), When.ALWAYS)
    orders = [GONE, deploy("too", 150, "b", transit=400), deploy("more", 300, "c", transit=50)]
    for given_orders, verdict, at in ((orders[:2], Verdict.COMPATIBLE, 150), (orders, OPEN, 300)):
        units = [unit("a"), unit("b", "about 50"), unit("c")]
        book = Book.replay(simulate(scenario(units, given_orders, [claim(test)])))
        judgement = judge(Evidence(book), book.claims["said"])
        assert (judgement.verdict, judgement.reading and judgement.reading.at) == (verdict, at)


def test_what_is_open_is_not_given() -> None:
    """Even where it is about one unit, whose figure is its own."""
    units, test = [unit("a", grounds=cited("abc"))], Count(ON_THE_WAY, exactly(0), 101)
    book = Book.replay(simulate(scenario(units, [GONE], [claim(test, source="abc")])))
    judgement = judge(Evidence(book), book.claims["said"])
    assert (judgement.verdict, judgement.given) == (OPEN, False)


BY_LIFT = move("go", 100, "a")
"""It is loaded from 100 to 110, and unloaded from 170 to 180."""


def lifted_book(orders: Sequence[Order], test: Test, source: str = "abc") -> Book:
    told = lifted([unit("a", place="here", grounds=cited("abc"))], orders, [trucks()])
    return Book.replay(simulate(evolve(told, claims=[claim(test, source=source)])))


@pytest.mark.parametrize(
    ("test", "verdict"),
    [
        (Count(Selector(place=("there",)), exactly(100), 179), CONTRADICTED),
        (Count(Selector(place=("there",)), exactly(100), 180), HOLDS),
        (Count(ON_THE_WAY, exactly(0), 179), CONTRADICTED),
        (Count(ON_THE_WAY, exactly(0), 180), HOLDS),
        (Closed(Selector(units=("a",)), 179), CONTRADICTED),
        (Closed(Selector(units=("a",)), 180), HOLDS),
    ],
)
def test_nothing_is_open_of_what_goes_by_lift(test: Test, verdict: Verdict) -> None:
    """No report says when it arrives, but the run does; of lift that was not known then, nobody could know."""
    book = lifted_book([BY_LIFT], test)
    assert judge(Evidence(book), book.claims["said"]).verdict is verdict
    book = lifted_book([evolve(BY_LIFT, carriage=None)], test)
    assert judge(Evidence(book), book.claims["said"]).verdict is OPEN


def test_what_is_refused_on_the_way_by_lift() -> None:
    """It breaks `obeyed`: the run says that it had not arrived."""
    for on, refused in ((deploy("on", 179, "a", to="de"), ["a refused on"]), (deploy("on", 180, "a", to="de"), [])):
        (outcome,) = check(lifted_book([BY_LIFT, on], Never(ALERT)), "obeyed")
        assert [finding.message.split(":")[0] for finding in outcome.findings] == refused


def test_when_lift_arrives_is_given_by_nobody() -> None:
    """That all have closed is what the run works out, also where the claim's source is the only one for the order."""
    order, test = evolve(BY_LIFT, grounds=cited("abc")), Closed(Selector(units=("a",)), 5000)
    for each, own in ((order, False), (evolve(order, carriage=None, arrive=Window(by=180)), True)):
        book = lifted_book([each], test)
        judgement = judge(Evidence(book), book.claims["said"])
        assert (judgement.verdict, judgement.given) == (HOLDS, own)
