"""Statements: what claims demand, and which demand the same."""

import pytest
from attrs import evolve

from sim.domain.claim import Claim, Closed, Count, Never, Noted, Selector, Separate, Test, When
from sim.domain.quantity import ZERO, Interval, parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.source import Source
from sim.domain.vocabulary import Readiness
from sim.engine import simulate
from sim.ledger import Book
from sim.reconcile.form import Demand
from sim.reconcile.holdings import Holdings
from sim.reconcile.statement import Statement, statements
from tests import story

POLAND, HOME, GERMANY = (Selector(place=(place,)) for place in ("pl", "home", "de"))


def count(selector: Selector, wording: str, at: int | None = 300) -> Count:
    """So many at a minute; always where that is None."""
    return Count(selector, parse_quantity(wording), When.ALWAYS if at is None else at)


def told(*claims: Claim) -> Scenario:
    """Of two units, `a` has gone to Poland by minute 200."""
    sources = [*story.SOURCES, Source("late", "Late", published=250)]
    units = [story.unit("a"), story.unit("b", "about 200")]
    return story.scenario(units, [story.deploy("go", 100, "a", arrive=200)], claims, sources=sources)


def said(*claims: Claim) -> tuple[Statement, ...]:
    book = Book.replay(simulate(told(*claims)))
    return statements(book, Holdings(book))


def demands(test: Test, source: str = "abc") -> tuple[Demand, ...]:
    (statement,) = said(story.claim(test, source=source))
    return statement.demands


def test_what_may_be_round_is_not_what_is_exact() -> None:
    """They demand the same as long as nobody rounds."""
    wordings = {"a": "100", "b": "exactly 100", "c": "100"}
    one, other = said(*(story.claim(count(POLAND, wording), id) for id, wording in wordings.items()))
    assert [claim.id for claim in one.claims] == ["a", "c"]
    assert one.demands == other.demands
    assert [each.interval for each in one.rule(100)] == [Interval(50, 149)]
    assert other.rule(100) == other.demands


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        (count(POLAND, "90 to 110"), [((0,), 90, 110)]),
        (count(Selector(), "more than 300"), [((0, 1), 301, None)]),
        (count(HOME, "up to 5"), [((1,), 0, 5)]),
        (count(POLAND, "90", None), [((), 90, 90), ((0,), 90, 90)]),
        (count(HOME, "at most 290", None), [((0, 1), 0, 290), ((1,), 0, 290)]),
        (count(HOME, "at least 0"), []),
        (count(GERMANY, "0"), []),
        (count(GERMANY, "3"), [((), 3, 3)]),
        (count(POLAND, "0", None), [((0,), 0, 0)]),
        (Never(POLAND), [((0,), 0, 0)]),
        (Never(Selector()), [((0, 1), 0, 0)]),
        (Never(GERMANY), []),
        (Closed(Selector(orders=("go",)), 200), []),
        (Closed(Selector(orders=("go",)), 199), [((), 1, 1)]),
        (Separate(POLAND, HOME), [((), 1, 1)]),
        (Separate(POLAND, GERMANY), []),
    ],
)
def test_what_is_demanded(test: Test, expected: list[tuple[tuple[int, ...], int, int | None]]) -> None:
    """Sums of the units' strengths, 0 and 1; nothing of what is so anyway, the impossible of what cannot be."""
    assert demands(test) == tuple(Demand(form, Interval(low, high)) for form, low, high in expected)


def test_always_begins_with_publication() -> None:
    """What was before the source was published is none of its business."""
    assert demands(count(POLAND, "90", None), "late") == (Demand((0,), Interval(90, 90)),)
    assert demands(Never(Selector(readiness=(Readiness.IN_TRANSIT,))), "late") == ()
    assert demands(Never(Selector(readiness=(Readiness.IN_TRANSIT,))), "abc") == (Demand((0,), ZERO),)


def test_what_is_left_aside() -> None:
    """Claims that are disputed, or taken back, or cannot be tested."""
    taken_back = Claim("wrong", "abc", count(POLAND, "3"))
    claims = [
        story.claim(count(POLAND, "1"), "doubted", disputed="it is known not to fit"),
        story.claim(Noted("it gives no number"), "noted"),
        taken_back,
        Claim("correction", "abc", count(POLAND, "100"), corrects="wrong"),
    ]
    assert [[claim.id for claim in statement.claims] for statement in said(*claims)] == [["correction"]]


def test_what_is_open_demands_nothing() -> None:
    """What turns on an arrival that nobody had announced is no contradiction, of whichever kind it is."""
    gone = evolve(story.deploy("gone", 10, "a"), transit=None)
    claims = [
        story.claim(count(POLAND, "100"), "how-many"),
        story.claim(Closed(Selector(units=("a",)), 9_000), "closed"),
        story.claim(count(Selector(place=("home",), units=("a",)), "0"), "left"),
    ]
    book = Book.replay(simulate(story.scenario([story.unit("a")], [gone], claims)))
    found = statements(book, Holdings(book))
    assert [[claim.id for claim in statement.claims] for statement in found] == [["left"]]


def test_the_same_is_said_once() -> None:
    """Of whatever selection: what counts is which strengths are meant, and the range, rounded or not."""
    claims = [
        story.claim(count(POLAND, "about 100"), "a-range", "abc"),
        story.claim(count(POLAND, "91 to 110"), "another", "pap"),
        story.claim(count(Selector(units=("a",)), "about 100", 9_000), "in-other-words", "pap"),
        story.claim(count(Selector(units=("b",)), "90 to 110"), "of-others", "pap"),
    ]
    found = said(*claims)
    assert [[claim.id for claim in statement.claims] for statement in found] == [
        ["a-range", "in-other-words"],
        ["another"],
        ["of-others"],
    ]
    assert found[0].sources == ("abc", "pap")


def test_what_no_strength_bears_out_is_told_apart() -> None:
    """That nobody is where ten were, and that nobody is elsewhere where ten were, are two statements."""
    claims = [
        story.claim(count(GERMANY, "10"), "germany"),
        story.claim(count(GERMANY, "10"), "germany-too"),
        story.claim(count(Selector(place=("rzeszow",)), "10"), "rzeszow"),
        story.claim(count(GERMANY, "11"), "more"),
        story.claim(Never(GERMANY), "nobody"),
        story.claim(Never(Selector(place=("rzeszow",))), "nobody-there"),
    ]
    found = [[claim.id for claim in statement.claims] for statement in said(*claims)]
    assert found == [["germany", "germany-too"], ["more"], ["nobody"], ["nobody-there"], ["rzeszow"]]


def test_as_it_may_be_rounded() -> None:
    """What a statement demands with round figures rounded; "exactly" and "none" are not."""
    (loose,), (exact,) = (said(story.claim(count(POLAND, wording))) for wording in ("100", "exactly 100"))
    assert loose.rule() == exact.rule() == exact.rule(10) == (Demand((0,), Interval(100, 100)),)
    assert loose.rule(10) == (Demand((0,), Interval(95, 104)),)
    (never,) = said(story.claim(Never(POLAND)))
    assert never.rule(1000) == (Demand((0,), ZERO),)
