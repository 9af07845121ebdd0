"""Pairs: how the runs of two scenarios compare that have the same draws."""

from collections.abc import Iterator

from sim.ensemble.distribution import Distribution
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
    Shift,
)
from sim.report.ensemble_answer import EnsembleAnswer, Side, asked
from sim.report.ensemble_rows import by_head, with_rows
from sim.report.ensemble_wording import closed_by, listed, percent, shifted
from sim.report.prose import Passage
from sim.report.table import Style
from sim.report.text import clean
from sim.report.wording import Wording

SHIFTS = (5, 50, 95)
"""The quantiles of a shift that there is room for, in percent."""


def pairs(answer: EnsembleAnswer, other: Side, every: str, style: Style, room: int) -> Iterator[Passage]:
    """What a run of the other scenario does to each order and each dated claim that both have."""
    name = clean(other.name)
    yield _closures(answer, other, f"Against {name}: when each order has closed there", every, style, room)
    shifts = [
        (question, found) for question, found in asked(answer.tally, answer.tally.pairs, Shift) if found.values != (0,)
    ]
    if shifts:
        yield _shifts(shifts, f"Against {name}: by how much, where it closes both here and there", style, room)
    told = asked(answer.tally, answer.tally.pairs, Agreed)
    if told:
        yield _claims(told, f"Against {name}: in how many runs each dated claim holds", every, style, room)


def _closures(answer: EnsembleAnswer, other: Side, title: str, every: str, style: Style, room: int) -> Passage:
    tally = answer.tally
    told = asked(tally, tally.pairs, Compared)
    alike = [question.order for question, found in told if found.values in {(ALIKE,), (ALIKE, NEITHER)}]
    neither = [question.order for question, found in told if found.values == (NEITHER,)]
    sentences = ["Each run is compared with the run there that has the same draws."]
    sentences += [] if told else ["No order that moves anything is in both."]
    sentences += [f"As soon, or not by the end in both, {every}: {listed(alike)}."] if alike else []
    sentences += [f"Later than the end, or never, in both, {every}: {listed(neither)}."] if neither else []
    head = ["order", "median here", "there", "sooner", "later"]
    rows = [
        [
            question.order,
            *(_median(side, question.order) for side in (answer.first, other)),
            *(percent(found.chance(code)) for code in (SOONER, LATER)),
        ]
        for question, found in told
        if question.order not in {*alike, *neither}
    ]
    return with_rows(Passage(title, tuple(sentences)), head, rows, {3, 4}, by_head(head), style, room)


def _median(side: Side, order: str) -> str:
    found = side.tally.distribution(side.counts, Closure(order))
    return closed_by(Wording(side.book), found.quantile(50).value)


def _shifts(told: list[tuple[Shift, Distribution]], title: str, style: Style, room: int) -> Passage:
    """Quantiles of the shift of each order."""
    head = ["order", "runs", *(f"{share} %" for share in SHIFTS)]
    rows = [
        [question.order, f"{found.runs:,}", *(shifted(found.quantile(share).value) for share in SHIFTS)]
        for question, found in told
    ]
    return with_rows(Passage(title), head, rows, {1}, by_head(head), style, room)


def _claims(told: list[tuple[Agreed, Distribution]], title: str, every: str, style: Style, room: int) -> Passage:
    always = [question.claim for question, found in told if found.values == (BOTH,)]
    never = [question.claim for question, found in told if found.values == (NONE,)]
    sentences = [f"Holds both here and there {every}: {listed(always)}."] if always else []
    sentences += [f"Holds neither here nor there {every}: {listed(never)}."] if never else []
    head = ["claim", "in both", "only here", "only there", "in neither"]
    rows = [
        [question.claim, *(percent(found.chance(code)) for code in (BOTH, FIRST_ONLY, OTHER_ONLY, NONE))]
        for question, found in told
        if question.claim not in {*always, *never}
    ]
    return with_rows(Passage(title, tuple(sentences)), head, rows, {1, 2, 3, 4}, by_head(head), style, room)
