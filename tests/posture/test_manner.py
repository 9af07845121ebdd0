"""Manners: how much of what an account holds is known in which way."""

from hypothesis import given
from hypothesis import strategies as st

from sim.domain.scenario import Scenario
from sim.domain.vocabulary import Basis, Readiness, weakest
from sim.ledger.balance import Balances
from sim.ledger.entry import Account
from sim.posture.explanation import explain
from sim.posture.held import key_of
from sim.posture.manner import Manner, Manners, manners_of
from sim.posture.selector import selector_of
from sim.posture.series import courses
from sim.runs import play
from tests.story import cited, deploy, part, scenario, unit
from tests.strategies import any_scenarios, lift_scenarios

every_scenario = st.one_of(any_scenarios(), lift_scenarios())


@given(every_scenario, st.data())
def test_shares_are_those_of_the_balances(told: Scenario, data: st.DataObject) -> None:
    """They add up to what each account holds, and the weakest is the basis that the ledger has; at every minute."""
    book = play(told)
    balances, manners = Balances(book), Manners(book)
    for minute in sorted(data.draw(st.lists(st.integers(0, told.end), max_size=4))):
        balances.advance(minute)
        manners.advance(minute)
        assert {number: sum(shares.values()) for number, shares in manners.shares.items()} == balances.held
        assert {number: weakest(shares) for number, shares in manners.shares.items()} == (
            {number: balances.basis.get(number) for number in balances.held}
        )
        assert all(strength > 0 for shares in manners.shares.values() for strength in shares.values())
        assert manners.blurred <= manners.shares.keys()


@given(any_scenarios())
def test_courses_told_apart(told: Scenario) -> None:
    """What is held is what it is without; the shares add up to it, and there are several or none."""
    book, key = play(told), key_of(("place",))
    plain = {course.group: course.steps for course in courses(book, key)}
    for course in courses(book, key, told_apart=True):
        at = dict(plain[course.group])
        for minute, held in course.steps:
            assert len(held.shares) != 1
            assert sum(strength for _, strength in held.shares) in {0, held.strength}
            if minute in at:
                assert (held.strength, held.interval, held.basis) == (
                    (at[minute].strength, at[minute].interval, at[minute].basis)
                )
        assert at.keys() <= dict(course.steps).keys()


def test_what_leaves_in_part_after_it_came_in_several_ways() -> None:
    """No entry says which part that is: what leaves and what stays are known in the weakest way."""
    arriving = [part(100, arrives=100, grounds=cited("abc")), part(900, arrives=200)]
    leaving = [part(400, leaves=1000, arrives=9999), part(600, leaves=1200, arrives=9999)]
    told = scenario(
        [unit("a", "1000")], [deploy("go", 60, "a", parts=arriving), deploy("on", 900, "a", to="de", parts=leaving)]
    )
    book = play(told)
    manners, there = Manners(book), book.number(Account("a", "pl", Readiness.DEPLOYED))
    manners.advance(900)
    assert manners.shares[there] == {Basis.ANNOUNCED: 100, Basis.ASSUMED: 900}
    assert manners.blurred == set()
    manners.advance(1000)
    assert manners.shares[there] == {Basis.ASSUMED: 600}
    assert manners.blurred == {there}
    manners.advance(1200)
    assert there not in manners.shares
    assert manners.blurred == set()


@given(every_scenario, st.data())
def test_a_figure_is_known_in_these_ways(told: Scenario, data: st.DataObject) -> None:
    """They add up to it, each stands there once, and the weakest is its basis."""
    book, at = play(told), data.draw(st.integers(0, told.end))
    for figure in explain(book, at, selector_of(book)).figures:
        manners = manners_of(figure)
        assert sum(manner.strength for manner in manners) == figure.strength
        assert weakest(manner.basis for manner in manners) == figure.basis
        assert len({(manner.basis, manner.in_part) for manner in manners}) == len(manners)


def test_a_place_that_was_emptied() -> None:
    """How it was filled before says nothing of what came later; what left in part of a mixture is known in part."""
    arriving = [part(100, arrives=100, grounds=cited("abc")), part(900, arrives=200)]
    leaving = [part(400, leaves=1000, arrives=1100), part(600, leaves=1200, arrives=1300)]
    orders = [deploy("go", 60, "a", parts=arriving), deploy("on", 900, "a", to="de", parts=leaving)]
    book = play(scenario([unit("a", "1000")], [*orders, deploy("back", 1400, "a", grounds=cited("abc"))]))

    def known(at: int, place: str) -> tuple[Manner, ...]:
        (figure,) = explain(book, at, selector_of(book, place=place)).figures
        return manners_of(figure)

    assert known(900, "pl") == (Manner(Basis.ANNOUNCED, False, 100), Manner(Basis.ASSUMED, False, 900))
    assert known(1050, "pl") == (Manner(Basis.ASSUMED, True, 600),)
    assert known(1250, "pl") == ()
    assert [(each.in_part, each.strength) for each in known(book.opened.end, "pl")] == [(False, 1000)]
