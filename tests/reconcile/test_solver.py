"""The solver: what can be met, whatever way it takes; what it needs, and what it costs."""

import sys

import pytest

from sim.domain.quantity import Interval
from sim.errors import UsageError
from sim.reconcile.effort import CHECK_COST, Effort, OutOfEffort
from sim.reconcile.form import Demand, Division, Form, Rule
from sim.reconcile.solver import Solver, library


def between(low: int, high: int | None, *form: int) -> Rule:
    return [Demand(tuple(form), Interval(low, high))]


def solver(fixed: list[Rule], others: list[Rule], divisions: list[Division] | None = None) -> Solver:
    return Solver(fixed, others, divisions or [], Effort())


def test_whether_rules_can_be_met() -> None:
    """Together with the fixed ones, always; with each other, as asked; and with a demand besides."""
    asked = solver(
        [between(0, 10, 1), between(0, 10, 2)], [between(15, None, 1, 2), between(0, 4, 1), between(3, 3, 2)]
    )
    assert asked.possible()
    assert asked.possible([0])
    assert not asked.possible([0, 1])
    assert sorted(asked.clashing()) == [0, 1]
    assert asked.possible([1, 2], Demand((1, 2), Interval(7, 7)))
    assert not asked.possible([1, 2], Demand((1, 2), Interval(8, None)))
    assert asked.possible([1, 2])


def test_strengths_that_meet_them() -> None:
    """Whole numbers, none below 0; those of parts add up."""
    found = solver([between(5, 5, 1, 2), between(3, None, 2)], [between(0, 1, 3)], [Division(2, (3, 4))])
    assert found.possible([0])
    values = found.values()
    assert values[1] + values[2] == 5
    assert values[2] == values[3] + values[4] >= 3
    assert values[3] <= 1
    assert min(values.values()) >= 0
    assert found.value((1, 2)) == 5
    assert not found.possible([0], Demand((4,), Interval(0, 1)))


def test_only_whole_numbers_count() -> None:
    """Three pairs of three that are each 1: by halves it could be done."""
    pairs: list[Form] = [(1, 2), (2, 3), (1, 3)]
    assert not solver([between(1, 1, *pair) for pair in pairs], []).possible()


def test_large_numbers_are_exact() -> None:
    """Where floating point is off by one."""
    large = 3 * 10**17 + 1
    known = solver(
        [between(large, large, 1), between(large + 1, large + 1, 1, 2)], [between(1, 1, 2), between(0, 0, 2)]
    )
    assert known.possible([0])
    assert not known.possible([1])


def test_nothing_at_all_is_not_something() -> None:
    """What is demanded of an empty sum is decided at once."""
    assert solver([between(0, 3)], []).possible()
    assert not solver([between(1, 3)], []).possible()
    asked = solver([], [between(1, 3), between(0, None)])
    assert [asked.possible([0]), asked.possible([1])] == [False, True]
    assert solver([], []).possible()


def test_two_ends_of_one_sum() -> None:
    """Fixed rules about the same sum all count."""
    assert solver([between(3, None, 1), between(0, 5, 1), between(1, 9, 1)], [between(4, 4, 1)]).possible([0])
    assert not solver([between(3, None, 1), between(0, 2, 1)], []).possible()


def test_a_check_that_takes_long_is_begun_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """In another order, with more steps each time; the answer is the same."""
    monkeypatch.setattr("sim.reconcile.solver.FIRST_TRY", 1)
    asked = solver([between(0, 10, number) for number in range(30)], [between(300, None, *range(30))])
    assert asked.possible([0])
    assert set(asked.values().values()) == {10}
    assert not asked.possible([0], Demand((3, 4), Interval(0, 19)))


def test_what_checks_cost() -> None:
    """Each costs something, and where too little is left there is no answer."""
    effort = Effort(CHECK_COST * 100)
    cheap = Solver([between(0, 1, 1)], [], [], effort)
    assert cheap.possible()
    spent = CHECK_COST * 100 - effort.left
    assert spent >= CHECK_COST
    with pytest.raises(OutOfEffort):
        for _ in range(200):
            cheap.possible()


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says how to get it."""
    monkeypatch.setitem(sys.modules, "z3", None)
    with pytest.raises(UsageError) as raised:
        library()
    assert str(raised.value) == (
        "reconcile needs the library 'z3', which is not here\n  install it: pip install 'troop-ledger[reconcile]'"
    )
