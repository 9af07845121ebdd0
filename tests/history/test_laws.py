"""The history of an answer: what it was at each stage is what a question as known then gives."""

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sim.domain.claim import Claim, Selector
from sim.domain.known import known, publications
from sim.domain.scenario import Scenario
from sim.domain.vocabulary import Kind
from sim.history import Amount, Said, changes, claim_history, figure_history
from sim.ledger.claims import Evidence, Verdict, judge, judge_all
from sim.posture import Book
from sim.runs import play
from tests.strategies import any_scenarios, selectors

LONG_AGO, LATE = -(10**8), 10**8


def amounts(book: Book, at: int) -> dict[Kind, int]:
    """How many of each kind there are at a minute, by the snapshot."""
    found: Counter[Kind] = Counter()
    for row in book.snapshot(at).rows:
        found[row.kind] += row.strength
    return dict(found)


def by_kind(answer: tuple[Amount, ...] | None) -> dict[Kind, int]:
    return {amount.kind: amount.strength for amount in answer or () if amount.strength}


@given(any_scenarios(), st.data())
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


@given(any_scenarios(), st.data())
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


@given(any_scenarios())
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


@given(any_scenarios())
def test_every_entry_comes_in_once(told: Scenario) -> None:
    """Each unit, order and amendment; of the claims the one asked about, those that correct it, and what amends it."""
    for claim in (None, *told.claims):
        stages = figure_history(told, 0, Selector()) if claim is None else claim_history(told, claim)
        came = [entry for stage in stages for entry in stage.entries]
        assert all(tuple(sorted(set(stage.entries))) == stage.entries for stage in stages)
        assert claim is not None or len(came) == len(set(came))
        about = [
            each.id for each in told.in_force.claims.values() if claim is not None and claim in (each.id, each.corrects)
        ]
        amended = [each.id for each in told.amendments if not isinstance(each.entry, Claim) or each.entry.id == claim]
        assert {*told.units, *told.orders, *amended, *about} <= {*came}
        assert {*came} <= {*told.units, *told.orders, *amended, *(told.claims if claim is not None else ())}
