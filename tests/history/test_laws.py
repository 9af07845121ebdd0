"""The history of an answer: what it was at each stage is what a question as known then gives."""

import json
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.claim import Claim, Selector
from sim.domain.known import known, publications
from sim.domain.scenario import Scenario
from sim.domain.source import Source
from sim.domain.vocabulary import Kind
from sim.errors import UnknownError
from sim.history import Amount, Detail, Said, Stage, changes, claim_history, figure_history
from sim.ledger.claims import Evidence, Verdict, judge, judge_all
from sim.loader import load
from sim.posture import Book
from sim.report.answer import Answer
from sim.report.history_form import claim_to_json
from sim.runs import play
from tests.cli.conftest import ROOT
from tests.engine.lifted import change, lifted, move, trucks
from tests.story import SOURCES, cited, deploy, scenario, unit
from tests.strategies import any_scenarios, lift_scenarios, selectors

LONG_AGO, LATE = -(10**8), 10**8


def amounts(book: Book, at: int) -> dict[Kind, int]:
    """How many of each kind there are at a minute, by the snapshot."""
    found: Counter[Kind] = Counter()
    for row in book.snapshot(at).rows:
        found[row.kind] += row.strength
    return dict(found)


def by_kind(answer: tuple[Amount, ...] | None) -> dict[Kind, int]:
    return {amount.kind: amount.strength for amount in answer or () if amount.strength}


@given(st.one_of(any_scenarios(), lift_scenarios()), st.data())
def test_every_stage_of_a_figure_is_what_was_known_then(told: Scenario, data: st.DataObject) -> None:
    """From its minute up to that of the next; the first is from before anything was published, the last is all."""
    at = data.draw(st.integers(0, told.end))
    stages = figure_history(told, at, Selector(kind=tuple(Kind)))
    assert [(stage.at, stage.sources) for stage in stages] == [(None, ()), *publications(told)]
    starts = [LONG_AGO if stage.at is None else stage.at for stage in stages]
    for stage, first, after in zip(stages, starts, [*starts[1:], LATE], strict=True):
        for minute in {first, after - 1}:
            assert by_kind(stage.answer) == amounts(play(known(told, minute)), at)
        for amount in stage.answer or ():
            assert sum(strength for _, strength in amount.known) == amount.strength
            weakest = [basis for basis, _ in amount.known if basis is not None]
            assert amount.basis is (weakest[-1] if weakest else None)
    assert by_kind(stages[-1].answer) == amounts(play(told), at)


@given(st.one_of(any_scenarios(), lift_scenarios()), st.data())
def test_it_is_of_what_is_selected(told: Scenario, data: st.DataObject) -> None:
    """Of all stages, those that differ from the one before are kept, and the first."""
    selector = data.draw(selectors(list(told.places), list(told.units), list(told.orders)))
    stages = figure_history(told, data.draw(st.integers(0, told.end)), selector)
    kept = changes(stages)
    assert kept[0] is stages[0]
    assert all(before.answer != after.answer for before, after in pairwise(kept))
    answers = [stage.answer for stage in stages]
    assert [stage for stage in stages if stage in kept] == list(kept)
    for number, stage in enumerate(stages):
        last_kept = [each for each in kept if stages.index(each) <= number][-1]
        assert answers[number] == last_kept.answer, stage


@given(st.one_of(any_scenarios(), lift_scenarios()))
def test_every_stage_of_a_claim_is_what_was_known_then(told: Scenario) -> None:
    """Its wording, its verdict and who took it back; nothing before it was stated."""
    last = {judgement.claim.id: judgement for judgement in judge_all(play(told))}
    for claim in told.claims:
        stages = claim_history(told, claim)
        for stage in stages:
            book = play(known(told, LONG_AGO if stage.at is None else stage.at))
            if claim not in book.claims:
                assert stage.answer is None
                continue
            stated = book.claims[claim]
            back = {each.claim.id for each in judge_all(book) if each.verdict is Verdict.WITHDRAWN}
            takers = tuple(sorted(id for id in book.claims.keys() - back if book.claims[id].corrects == claim))
            assert stage.answer == Said(stated, judge(Evidence(book), stated), takers)
        assert stages[-1].answer is not None
        assert stages[-1].answer.judgement == last[claim]
        stated_at = [stage.answer is not None for stage in stages]
        assert stated_at == sorted(stated_at)  # once stated, it stays


def test_a_claim_that_there_is_not() -> None:
    """It has no history: the error names the one that may be meant."""
    told = load(ROOT / "scenarios" / "feb2022.yaml")
    with pytest.raises(UnknownError) as caught:
        claim_history(told, "25-cnn")
    assert str(caught.value) == "there is no claim '25-cnn'\n  Did you mean '25-cnn-total'?"
    with pytest.raises(UnknownError) as caught:
        claim_history(told, "zzzz")
    assert str(caught.value) == "there is no claim 'zzzz'\n  Name one by its id."


@given(st.one_of(any_scenarios(), lift_scenarios()))
def test_an_answer_that_changed_is_shown_otherwise(told: Scenario) -> None:
    """To other programs as well: in what JSON has of the claim, or, which that does not repeat, in what it asks."""
    answer = Answer(play(told), ())
    for claim in told.claims:
        stages = claim_history(told, claim)
        history = json.loads(claim_to_json(answer, claim, stages))["history"]
        for (before, was), (stage, form) in pairwise(zip(stages, history, strict=True)):
            tests = [each.answer and each.answer.claim.test for each in (before, stage)]
            waits = [each.answer and each.answer.judgement.verdict is Verdict.OPEN for each in (before, stage)]
            if form["changed"]:
                assert was["claim"] != form["claim"] or tests[0] != tests[1] or all(waits)
            else:
                assert was["claim"] == form["claim"]
                assert tests[0] == tests[1]


@given(st.one_of(any_scenarios(), lift_scenarios()))
def test_details_are_of_what_was_there_before(told: Scenario) -> None:
    """Of a unit or an order that was known, and of none that an amendment changed at the same time."""
    every: list[tuple[Stage[Any], ...]] = [figure_history(told, told.end, Selector(kind=tuple(Kind)))]
    for stages in (*every, *_all_claims(told)):
        there: set[str] = set()
        amends = {each.id: each.entry.id for each in told.amendments}
        for stage in stages:
            named = {detail.entry for detail in stage.details}
            assert named <= there & {*told.units, *told.orders}
            assert named.isdisjoint(amends.get(entry, entry) for entry in stage.entries)
            there.update(stage.entries)


def test_a_unit_and_an_order_of_one_name() -> None:
    """They come in on their own: the order later than the unit, and then with no detail of what was not there."""
    late = Source("late", "Late", published=5000)
    told = scenario(
        [unit("same")],
        [deploy("same", 6000, "same", to="rzeszow", grounds=cited("late"))],
        sources=(*SOURCES, late),
    )
    first, then = figure_history(told, 9000, Selector())
    assert (first.entries, first.details) == (("same",), ())
    assert (then.entries, then.bearing, then.details) == (("same",), ("same",), ())


def _all_claims(told: Scenario) -> Iterator[tuple[Stage[Said], ...]]:
    return (claim_history(told, claim) for claim in told.claims)


@given(st.one_of(any_scenarios(), lift_scenarios()))
def test_every_entry_comes_in_once(told: Scenario) -> None:
    """Each unit, order and amendment; of the claims the one asked about, those that correct it, and what amends it."""
    for claim in (None, *told.claims):
        stages = figure_history(told, 0, Selector()) if claim is None else claim_history(told, claim)
        came = [entry for stage in stages for entry in stage.entries]
        assert all(tuple(sorted(set(stage.entries))) == stage.entries for stage in stages)
        assert all(set(stage.bearing) <= set(stage.entries) for stage in stages)
        named = [*told.units, *told.orders, *(each.id for each in told.amendments if not isinstance(each.entry, Claim))]
        assert claim is not None or (set(came) == set(named) and len(came) <= len(named))
        about = [
            each.id for each in told.in_force.claims.values() if claim is not None and claim in (each.id, each.corrects)
        ]
        amended = [each.id for each in told.amendments if not isinstance(each.entry, Claim) or each.entry.id == claim]
        assert {*told.units, *told.orders, *amended, *about} <= {*came}
        assert {*came} <= {*told.units, *told.orders, *amended, *(told.claims if claim is not None else ())}


def test_lift_that_became_known() -> None:
    """An order that was known goes by it from then on; what becomes known of vehicles alone changes the answer, too."""
    early, late, latest = (Source(f"s{minute}", "S", published=minute) for minute in (10, 20, 30))
    told = lifted([unit("a", "300", place="here")], [move("go", 100, "a")], [evolve(trucks(), grounds=cited("s20"))])
    told = evolve(told, capacity=(evolve(change(1, 0, 3, lift="trucks"), grounds=cited("s30")),))
    told = evolve(told, sources={**told.sources, **{each.id: each for each in (early, late, latest)}})
    stages = [stage for stage in figure_history(told, 200, Selector(place=("there",))) if stage.at in (10, 20, 30)]
    assert [(stage.at, by_kind(stage.answer), stage.details) for stage in stages] == [
        (10, {}, ()),
        (20, {Kind.TROOPS: 100}, (Detail("go", "lift"),)),
        (30, {Kind.TROOPS: 300}, ()),
    ]
