"""Judging: many claims together come to what each of them comes to by itself, judged plainly."""

from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, composite

from sim.domain.claim import Claim, Closed, Count, Never, Noted, Selector, Separate, Test, When
from sim.domain.event import (
    Event,
    OrderIssued,
    OrderRefused,
    ReadinessChanged,
    RunClosed,
    UnitArrived,
    UnitClosed,
    UnitDeparted,
    UnitMustered,
)
from sim.domain.quantity import parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.vocabulary import Basis, Readiness
from sim.engine import simulate
from sim.ledger import Book
from sim.ledger.claims import Evidence, Verdict, judge, judge_all
from tests.ledger.plainly import judged
from tests.story import SOURCES, claim, deploy, recall, scenario, unit
from tests.strategies import any_scenarios, minutes, selectors

_WORDINGS = ("0", "7", "up to 15", "over 15", "15 to 30", "about 15", "dozens", "at least 0")


@composite
def _disputed(draw: DrawFn) -> Scenario:
    """A scenario with more claims than it has entries, many of them to the same questions."""
    told = draw(any_scenarios())
    asked = draw(st.lists(selectors(list(told.places), list(told.units), list(told.orders)), min_size=1, max_size=4))
    chosen, times = st.sampled_from(asked), st.one_of(minutes(told.end), st.just(When.ALWAYS))
    expected = st.sampled_from(_WORDINGS).map(lambda wording: parse_quantity(wording, told.about))
    tests: st.SearchStrategy[Test] = st.one_of(
        st.builds(Count, chosen.map(lambda selector: evolve(selector, kind=selector.kind[:1])), expected, times),
        st.builds(Never, chosen),
        st.builds(Separate, chosen, chosen),
        st.builds(Closed, chosen, minutes(told.end)),
        st.just(Noted("words")),
    )
    source = st.sampled_from(list(told.sources))
    says = draw(st.lists(st.tuples(source, tests, st.one_of(st.none(), source)), min_size=5, max_size=25))
    claims = [Claim(f"claim-{number}", by, test, per=per) for number, (by, test, per) in enumerate(says)]
    return evolve(
        told, claims=claims, amendments=tuple(each for each in told.amendments if not _is_of_claim(each.entry))
    )


def _is_of_claim(entry: object) -> bool:
    return isinstance(entry, Claim)


def _all_judged(book: Book) -> None:
    assert judge_all(book) == tuple(judged(book, book.claims[claim]) for claim in sorted(book.claims))


@pytest.mark.parametrize(("published", "at"), [(None, 0), (20, 20), (60, 500), (700, 700)])
def test_the_first_of_the_worst(published: int | None, at: int) -> None:
    """Where it is only possible more than once, the first time counts."""
    test = Count(Selector(place=("home",)), parse_quantity("up to 95"), When.ALWAYS)
    moves = [deploy("go", 50, "a"), recall("back", 440, "a")]
    sources = [evolve(source, published=published) for source in SOURCES]
    book = Book.replay(simulate(scenario([unit("a", "about 100")], moves, [claim(test)], sources=sources)))
    (judgement,) = judge_all(book)
    assert (judgement.verdict, judgement.reading and judgement.reading.at) == (Verdict.COMPATIBLE, at)


@given(_disputed())
def test_together_as_one_by_one(told: Scenario) -> None:
    """Whatever is claimed, and however often the same is asked."""
    _all_judged(Book.replay(simulate(told)))


@given(_disputed(), st.randoms(use_true_random=False))
def test_in_any_order(told: Scenario, random: Any) -> None:
    """What was asked before makes no difference, nor that the book itself claims none of it."""
    book, silent = Book.replay(simulate(told)), Book.replay(simulate(evolve(told, claims=())))
    claims = list(told.claims.values())
    expected = {judgement.claim.id: judgement for judgement in judge_all(book)}
    random.shuffle(claims)
    for evidence in (Evidence(book), Evidence(silent)):
        assert [judge(evidence, claim) for claim in claims] == [expected[claim.id] for claim in claims]


@composite
def _tampered(draw: DrawFn, told: Scenario) -> list[Event]:
    """A run in which everything but the definitions is made up: units are mustered twice, or move what is not there."""
    happening = (
        UnitMustered,
        OrderIssued,
        OrderRefused,
        ReadinessChanged,
        UnitDeparted,
        UnitArrived,
        UnitClosed,
        RunClosed,
    )
    defined: list[Event] = [event for event in simulate(told) if not isinstance(event, happening)]
    unit, place = st.sampled_from(list(told.units)), st.sampled_from(list(told.places))
    order = st.sampled_from(list(told.orders))
    state, strength = st.sampled_from(Readiness), st.integers(1, 40)
    times = draw(st.lists(minutes(told.end), max_size=12))
    events: list[Event] = []
    for at in sorted(times):
        now = st.just(at)
        choices: list[st.SearchStrategy[Event]] = [st.builds(UnitMustered, now, unit, place, state, strength)]
        if told.orders:
            choices += [
                st.builds(ReadinessChanged, now, unit, place, strength, state, state, order),
                st.builds(UnitDeparted, now, unit, strength, place, place, state, st.just(Basis.ASSUMED), order),
                st.builds(UnitArrived, now, unit, strength, place, state, st.just(Basis.ASSUMED), order),
                st.builds(UnitClosed, now, unit, place, order),
            ]
        events.append(draw(st.one_of(choices)))
    return [*defined, *events]


@given(st.data())
def test_of_what_cannot_have_been(data: st.DataObject) -> None:
    """In a log that somebody has tampered with, the figures are those of its entries, below zero and all."""
    _all_judged(Book.replay(data.draw(_tampered(data.draw(_disputed())))))
