"""Pairs: two runs with the same draws, held against each other."""

from typing import cast

from sim.domain.variate import Fixed
from sim.ensemble.pair import paired
from sim.ensemble.plan import Plan
from sim.ensemble.question import (
    ALIKE,
    BOTH,
    FIRST_ONLY,
    LATER,
    NEITHER,
    NONE,
    OTHER_ONLY,
    SOONER,
    VERDICTS,
    Agreed,
    Closure,
    Compared,
    Question,
    Shift,
    Stands,
    Value,
)
from sim.ensemble.replication import Replications
from sim.ensemble.tally import Answers
from tests.ensemble.invented import convoy


def closing(**minutes: Value) -> Answers:
    """A run in which orders close at these minutes."""
    return {Closure(order): minute for order, minute in minutes.items()}


def standing(**verdicts: Value) -> Answers:
    """A run in which claims come to these verdicts."""
    return {Stands(claim): verdict for claim, verdict in verdicts.items()}


def test_closures() -> None:
    """What does not close by the end closes later than what does; a shift is only told of what closes in both."""
    first = closing(a=100, b=100, c=100, d=100, e=None, f=None, only_here=5)
    other = closing(a=60, b=100, c=170, d=None, e=9, f=None, only_there=5)
    compared = {"a": SOONER, "b": ALIKE, "c": LATER, "d": LATER, "e": SOONER, "f": NEITHER}
    expected: dict[Question, Value] = {Compared(order): how for order, how in compared.items()}
    expected |= {Shift("a"): -40, Shift("b"): 0, Shift("c"): 70}
    assert dict(paired(first, other)) == expected


def test_claims() -> None:
    """Only what holds counts: that the intervals meet is not enough, nor is that it is open."""
    holds, compatible, still_open, contradicted = range(len(VERDICTS))
    agreed = {"a": BOTH, "b": FIRST_ONLY, "c": OTHER_ONLY, "d": NONE, "e": FIRST_ONLY}
    first = standing(a=holds, b=holds, c=compatible, d=contradicted, e=holds)
    other = standing(a=holds, b=compatible, c=holds, d=compatible, e=still_open)
    assert dict(paired(first, other)) == {Agreed(claim): how for claim, how in agreed.items()}


def test_a_scenario_against_itself() -> None:
    """Nothing differs, in any run."""
    told = convoy()
    tally = Replications(Plan(told, 3, (600,), told)).tally(range(30))
    assert tally.first == tally.other
    assert {question: set(values) for question, values in tally.pairs.items() if not isinstance(question, Agreed)} == {
        **{Compared("go"): {ALIKE}, Shift("go"): {0}},
        **{Compared("go-too"): {ALIKE}, Shift("go-too"): {0}},
    }
    assert set(tally.pairs[Agreed("half-way")]) <= {BOTH, NONE}


def test_more_spots_never_close_later() -> None:
    """Run by run, with the same draws: what differs is the ramp and not the luck."""
    one, two = convoy(spots=Fixed(1.0)), convoy(spots=Fixed(2.0))
    replications = Replications(Plan(one, 3, (600,), two))
    sooner = 0
    for number in range(50):
        first, other, _ = replications.outcome(number)
        here, there = (max(cast(int, each[Closure(order)]) for order in ("go", "go-too")) for each in (first, other))
        assert there <= here
        sooner += there < here
    assert sooner > 25
