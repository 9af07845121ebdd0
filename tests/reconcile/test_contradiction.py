"""Contradictions: what they are made of, whom they are about, and how far the search came."""

from typing import Any
from weakref import WeakSet

import pytest
from attrs import evolve

from sim.domain.claim import Claim, Closed, Count, Selector
from sim.domain.quantity import Interval, exactly, parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.source import Source
from sim.domain.vocabulary import Readiness
from sim.engine import simulate
from sim.ledger import Book
from sim.ledger.entry import Account
from sim.reconcile import Question, cluster, reconcile, system
from sim.reconcile.cluster import SOLVERS_MAX, Together
from sim.reconcile.contradiction import Contradiction
from sim.reconcile.effort import Extent
from sim.reconcile.reconciliation import Reconciliation
from sim.reconcile.solver import Solver
from tests import story
from tests.engine.lifted import lifted, move, trucks

ALL = Selector()


def of(*units: str) -> Selector:
    return Selector(units=units)


def says(name: str, selector: Selector, wording: str, source: str = "abc") -> Claim:
    return story.claim(Count(selector, parse_quantity(wording), 300), name, source)


def found(told: Scenario, limit: int = 100) -> Reconciliation:
    return reconcile(Book.replay(simulate(told)), (), limit)


def in_short(contradiction: Contradiction) -> tuple[list[list[str]], list[str], int | None]:
    """The claims of each statement, the units of the figures, and the rounding."""
    claims = [[claim.id for claim in statement.claims] for statement in contradiction.statements]
    return claims, [figure.unit.id for figure in contradiction.figures], contradiction.rounded_to


def told_of(*units: str, claims: list[Claim]) -> Scenario:
    """A scenario of units `a`, `b`, ... of these strengths, which stay at home."""
    return story.scenario([story.unit("abcdefgh"[number], each) for number, each in enumerate(units)], (), claims)


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([says("x", of("a"), "103"), says("y", of("a"), "97")], [([["x"], ["y"]], [], None)]),
        ([says("x", of("a"), "121")], [([["x"]], ["a"], None)]),
        ([says("x", of("a"), "120"), says("y", ALL, "161")], [([["x"]], ["a"], None)]),
        ([says("x", of("a"), "110"), says("y", of("a"), "103")], [([["x"], ["y"]], [], None)]),
        ([says("x", of("a"), "110"), says("y", of("a"), "106")], [([["x"], ["y"]], [], 10)]),
        ([says("x", ALL, "147")], []),
        (
            [says("x", of("a"), "103"), says("y", ALL, "157")],
            [([["x"], ["y"]], ["b"], None)],  # 53, 54 and none of what b may be
        ),
        (
            [says("x", of("a"), "more than 103"), says("y", of("b"), "51"), says("z", ALL, "154")],
            [([["x"], ["y"], ["z"]], [], None)],
        ),
        (
            [says("x", of("a"), "103"), says("x-again", of("a"), "103"), says("y", of("a"), "104 to 106")],
            [([["x", "x-again"], ["y"]], [], None)],
        ),
        ([says("x", of("a"), "1000"), says("y", of("a"), "1400")], [([["x"]], ["a"], None), ([["y"]], ["a"], None)]),
        ([says("x", Selector(place=("de",)), "7")], [([["x"]], [], None)]),
        (
            [story.claim(Closed(ALL, 300), "x"), says("y", of("a"), "90 to 110")],
            [([["x"]], [], None)],
        ),
    ],
)
def test_what_a_contradiction_is_made_of(
    claims: list[Claim], expected: list[tuple[list[list[str]], list[str], int | None]]
) -> None:
    """No more claims and figures than it takes, of about 103 and 49 to 53; and how much rounding explains it."""
    contradictions = found(told_of("about 103", "49 to 53", claims=claims)).contradictions
    assert [in_short(each) for each in contradictions.found] == expected
    assert contradictions.extent is Extent.ALL


@pytest.mark.parametrize(
    ("one", "other", "rounded_to"),
    [
        ("3000", "more than 3000", 10),
        ("3000", "3004", 10),
        ("3000", "3005", 100),
        ("3000", "2995", 10),
        ("3000", "2994", 100),
        ("3000", "3049", 100),
        ("3000", "3050", 100),  # itself rounded, to the nearest 10
        ("3000", "3055", 1000),
        ("3000", "3499", 1000),
        ("3000", "3501", None),
        ("3000", "2500", 1000),
        ("3000", "2499", None),
        ("about 3000", "3400", 1000),  # no less than about: the nearest 10 and 100 add nothing
        ("4000", "4500", 1000),
        ("4000", "5000", None),
        ("exactly 3000", "3001", None),
        ("1234", "1235", None),
    ],
)
def test_how_much_rounding_it_takes(one: str, other: str, rounded_to: int | None) -> None:
    """The least power of ten to whose nearest round figures must have been rounded; none where that is not it."""
    told = told_of("at least 1", claims=[says("x", ALL, one), says("y", ALL, other)])
    (only,) = found(told).contradictions.found
    assert only.rounded_to == rounded_to


def test_the_figure_of_a_unit_may_be_rounded_too() -> None:
    """Two of 1,000 and one of 3,000 in all: 10 more may be in each."""
    claims = [says("x", ALL, "2009")]
    reconciled = found(told_of("1000", "1000", claims=claims))
    (only,) = reconciled.contradictions.found
    assert in_short(only) == ([["x"]], ["a", "b"], 100)
    assert found(told_of("exactly 1000", "1000", claims=claims)).contradictions.found[0].rounded_to == 100
    assert found(told_of("exactly 1000", "exactly 1000", claims=claims)).contradictions.found[0].rounded_to is None


def test_what_lies_beneath_a_rounding_difference() -> None:
    """One claim is off by rounding alone, and with that granted it contradicts another: both are told."""
    told = told_of("1000", claims=[says("x", ALL, "exactly 1006"), says("y", ALL, "1090 to 1100")])
    reconciled = found(told)
    contradictions = reconciled.contradictions
    assert [in_short(each) for each in contradictions.found] == [([["x"]], ["a"], 100), ([["y"]], ["a"], 1000)]
    assert [in_short(each) for each in contradictions.beneath] == [([["x"], ["y"]], [], None)]
    assert contradictions.real == contradictions.beneath
    assert contradictions.rounding == contradictions.found
    assert (reconciled.together, contradictions.as_round) == (Together.IMPOSSIBLE, Together.IMPOSSIBLE)


def test_parts_are_figures_of_their_own() -> None:
    """What landed first is too much for its own words, whatever the unit's strength is."""
    parts = (story.part(60, 100, 200), story.part(40, 100, 250))
    worded = (evolve(parts[0], reported=parse_quantity("about 60")), parts[1])
    claim = story.claim(Count(Selector(place=("pl",)), parse_quantity("67"), 200), "x")
    told = story.scenario([story.unit("a", "about 100")], [story.deploy("go", 100, "a", parts=worded)], [claim])
    (only,) = found(told).contradictions.found
    assert [(figure.order and figure.order.id, figure.part) for figure in only.figures] == [("go", 0)]


def crowd(size: int) -> Scenario:
    """So many sources, each with another count of the same: each two contradict one another."""
    sources = [Source(f"s{number:02}", f"S{number}") for number in range(size)]
    claims = [says(f"c{number:02}", ALL, f"{1001 + 2 * number}", f"s{number:02}") for number in range(size)]
    return story.scenario([story.unit("a", "at least 1")], (), claims, sources=[*story.SOURCES, *sources])


def test_the_limit_is_kept_and_said() -> None:
    """The first, in order; and that there are more."""
    contradictions = found(crowd(9), limit=10).contradictions
    pairs = [(one, other) for one in range(9) for other in range(one + 1, 9)]
    assert [each.numbers for each in contradictions.found] == pairs[:10]
    assert contradictions.extent is Extent.LIMIT
    assert found(crowd(9), limit=36).contradictions.extent is Extent.ALL


def test_the_limit_holds_for_all_together() -> None:
    """Also where they are of units that have nothing to do with one another: the smallest of all are told."""
    claims = [says(f"{unit}-{word}", of(unit), word) for unit in "ab" for word in ("11", "13", "17")]
    told = told_of("at least 1", "at least 1", claims=claims)
    contradictions = found(told, limit=4).contradictions
    assert [each.numbers for each in contradictions.found] == [(0, 1), (0, 2), (1, 2), (3, 4)]
    assert contradictions.extent is Extent.LIMIT


@pytest.mark.parametrize("effort", [1_000, 30_000, 100_000, 300_000, 1_000_000, 10_000_000])
def test_little_effort_is_said(effort: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a search ends early, what was found is right, and it is said that there may be more; it never fails."""
    monkeypatch.setattr("sim.reconcile.cluster.LEAST_SHARE", 0)
    reconciled = reconcile(Book.replay(simulate(crowd(9))), [Question(ALL, 300)], effort=effort)
    found = reconciled.contradictions
    pairs = [(one, other) for one in range(9) for other in range(one + 1, 9)]
    assert {each.numbers for each in found.found} <= set(pairs)
    assert found.extent is Extent.EFFORT or [each.numbers for each in found.found] == pairs
    assert reconciled.together is not Together.POSSIBLE
    assert len(reconciled.statements) - len(reconciled.left_out) <= 1  # no two of them go together


def test_no_effort_leaves_it_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is decided, nothing claimed; of the strength no more is said than its own figure does."""
    monkeypatch.setattr("sim.reconcile.cluster.LEAST_SHARE", 0)
    reconciled = reconcile(Book.replay(simulate(crowd(3))), [Question(ALL, 300)], effort=0)
    (allowance,) = reconciled.allowances
    assert reconciled.together is reconciled.contradictions.as_round is Together.UNDECIDED
    assert (reconciled.contradictions.found, reconciled.contradictions.extent) == ((), Extent.EFFORT)
    assert (reconciled.agreements.found, reconciled.agreements.extent) == ((), Extent.EFFORT)
    assert reconciled.left_out == reconciled.statements
    assert (allowance.interval, allowance.extent) == (Interval(1, None), Extent.EFFORT)


def test_one_is_told_where_the_smallest_are_too_much_to_find(monkeypatch: pytest.MonkeyPatch) -> None:
    """As is known that not all can be true, one contradiction is found among all; and there may be more, it says."""
    monkeypatch.setattr("sim.reconcile.minimal.NODE_COST", 10**12)
    contradictions = found(crowd(3)).contradictions
    assert [each.numbers for each in contradictions.found] == [(0, 1)]
    assert contradictions.extent is Extent.EFFORT


@pytest.mark.parametrize(
    ("wording", "together"), [("10", Together.POSSIBLE), ("about 11", Together.POSSIBLE), ("20", Together.IMPOSSIBLE)]
)
def test_loads_come_one_by_one(wording: str, together: Together) -> None:
    """What lift has moved by then can be claimed, and is no contradiction; what it has not cannot be true with it."""
    told = lifted([story.unit("a", "50", place="here")], [move("go", 0, "a")], [trucks(1, 10)])
    claim = Claim("c", "abc", Count(Selector(place=("there",)), parse_quantity(wording), 100))
    asked = [Question(Selector(place=(place,)), 100) for place in ("here", "there")]
    reconciled = reconcile(Book.replay(simulate(evolve(told, claims=[claim]))), asked)
    assert reconciled.together is together
    assert [each.interval for each in reconciled.allowances] == [exactly(40).interval, exactly(10).interval]
    assert all(each.fits for each in reconciled.allowances)
    figures = [figure.account for each in reconciled.contradictions.found for figure in each.figures]
    assert figures == [Account("a", "there", Readiness.DEPLOYED)] * (together is Together.IMPOSSIBLE)


def test_many_clusters_keep_few_solvers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each takes memory: a few are kept, and what is found is the same."""
    units = [story.unit(f"u{number:02}", "10") for number in range(24)]
    claims = [says(f"{name}-{unit.id}", of(unit.id), said) for unit in units for name, said in (("a", "3"), ("b", "4"))]
    told = story.scenario(units, (), claims)
    alive, most = WeakSet[Solver](), 0

    class Counted(Solver):
        def __init__(self, *given: Any) -> None:
            nonlocal most
            super().__init__(*given)
            alive.add(self)
            most = max(most, len(alive))

    monkeypatch.setattr(system, "Solver", Counted)
    some = found(told)
    assert len(some.contradictions.found) == 48
    assert most <= SOLVERS_MAX + 2
    monkeypatch.setattr(cluster, "SOLVERS_MAX", 1000)
    assert found(told) == some
    assert most > SOLVERS_MAX + 2
