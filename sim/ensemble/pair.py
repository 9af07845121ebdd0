"""Pairs: two runs with the same draws, of two scenarios, held against each other."""

from collections.abc import Iterator

from sim.ensemble.question import (
    ALIKE,
    BOTH,
    FIRST_ONLY,
    LATER,
    NEITHER,
    NONE,
    OTHER_ONLY,
    SOONER,
    Agreed,
    Closure,
    Compared,
    Question,
    Shift,
    Stands,
    Value,
)
from sim.ensemble.tally import Answers


def paired(first: Answers, other: Answers) -> Iterator[tuple[Question, Value]]:
    """What a pair of runs answers, of the orders and claims that both have."""
    for question, value in first.items():
        match question:
            case Closure(order) if question in other:
                yield Compared(order), _compared(value, other[question])
                if value is not None and (there := other[question]) is not None:
                    yield Shift(order), there - value
            case Stands(claim) if question in other:
                yield Agreed(claim), _agreed(value == 0, other[question] == 0)
            case _:
                pass  # the rest is not compared


def _compared(first: Value, other: Value) -> int:
    if first == other:
        return NEITHER if first is None else ALIKE
    if first is None or other is None:
        return SOONER if first is None else LATER
    return SOONER if other < first else LATER


def _agreed(first: bool, other: bool) -> int:
    if first:
        return BOTH if other else FIRST_ONLY
    return OTHER_ONLY if other else NONE
