"""What holds of every reconciliation, against all that can be tried."""

from itertools import product
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from sim.domain.claim import Claim, Selector
from sim.domain.scenario import Scenario
from sim.engine import simulate
from sim.ledger import Book
from sim.reconcile import Question, reconcile
from sim.reconcile.allowance import Bound
from sim.reconcile.cluster import Together
from sim.reconcile.contradiction import Contradiction
from sim.reconcile.effort import Extent
from sim.reconcile.figure import Figure
from sim.reconcile.reconciliation import Reconciliation
from tests.reconcile import oracle
from tests.reconcile.puzzle import TIMES, puzzles, selectors_in
from tests.strategies import shuffled


def claims_of(contradiction: Contradiction) -> set[frozenset[str]]:
    """The sets of claims that a contradiction stands for: one claim of each statement."""
    each = [[claim.id for claim in statement.claims] for statement in contradiction.statements]
    return {frozenset(some) for some in product(*each)}


def contradicted(found: Reconciliation) -> set[frozenset[str]]:
    """All the sets of claims that cannot be true together, as far as they were found."""
    return {some for contradiction in found.contradictions.found for some in claims_of(contradiction)}


@given(puzzles())
def test_whether_all_can_be_true(puzzle: Scenario) -> None:
    """As it is when everything is tried."""
    book = Book.replay(simulate(puzzle))
    claims = oracle.tested(book)
    true = oracle.truths(book, oracle.worlds(book), claims)
    together = any(len(each) == len(claims) for each in true)
    assert reconcile(book).together is (Together.POSSIBLE if together else Together.IMPOSSIBLE)


@given(puzzles())
def test_every_smallest_contradiction_is_found(puzzle: Scenario) -> None:
    """All of them and no others, the smallest first."""
    book = Book.replay(simulate(puzzle))
    claims = oracle.tested(book)
    true = oracle.truths(book, oracle.worlds(book), claims)
    found = reconcile(book)
    assert contradicted(found) == oracle.smallest_clashes([claim.id for claim in claims], true)
    sizes = [len(each.statements) for each in found.contradictions.found]
    assert sizes == sorted(sizes)
    assert found.contradictions.extent is Extent.ALL


@given(puzzles())
def test_every_largest_set_of_sources_that_agree_is_found(puzzle: Scenario) -> None:
    """All of them and no others, the largest first, each with those it leaves out."""
    book = Book.replay(simulate(puzzle))
    claims = oracle.tested(book)
    true = oracle.truths(book, oracle.worlds(book), claims)
    found = reconcile(book).agreements
    assert {frozenset(each.sources) for each in found.found} == oracle.largest_agreements(claims, true)
    sizes = [len(each.sources) for each in found.found]
    assert sizes == sorted(sizes, reverse=True)
    everyone = {claim.source for claim in claims}
    assert all({*each.sources, *each.others} == everyone for each in found.found)
    alone = {source for source in everyone if not any(source in each.sources for each in found.found)}
    assert {*found.at_odds, *found.ruled_out} == alone


def without_figures(book: Book, figures: tuple[Figure, ...]) -> list[oracle.Unknown]:
    """The unknowns of which none of these figures is."""
    said = {
        (figure.unit.id, "", 0)
        if figure.order is None
        else (figure.unit.id, figure.order.id, figure.order.parts[figure.part].strength)
        for figure in figures
    }
    unknowns = {(unit.id, "", 0) for unit in book.roster}
    unknowns |= {(order.units[0], order.id, part.strength) for order in book.orders.values() for part in order.parts}
    return sorted(unknowns - said)


@given(puzzles(units_most=1, claims_most=4))
def test_the_figures_of_a_contradiction(puzzle: Scenario) -> None:
    """Whatever all other strengths are, it is one; without any of its figures it would not be."""
    book = Book.replay(simulate(puzzle))
    for contradiction in reconcile(book).contradictions.found:
        chosen = set(min(claims_of(contradiction), key=sorted))
        claims = [claim for claim in oracle.tested(book) if claim.id in chosen]

        def clashes(figures: tuple[Figure, ...], claims: list[Claim] = claims) -> bool:
            free = oracle.worlds(book, without_figures(book, figures))
            return not any(len(each) == len(claims) for each in oracle.truths(book, free, claims))

        figures = contradiction.figures
        assert clashes(figures)
        assert not any(clashes((*figures[:turn], *figures[turn + 1 :])) for turn in range(len(figures)))


@given(puzzles(), st.data())
def test_bounds_are_attained_and_not_exceeded(puzzle: Scenario, data: st.DataObject) -> None:
    """By the claims that are not left out; and those that set a bound do, all of them needed."""
    book = Book.replay(simulate(puzzle))
    selector = data.draw(selectors_in(tuple(unit.id for unit in book.roster)))
    question = Question(selector, data.draw(st.sampled_from(TIMES)))
    found = reconcile(book, [question])
    (allowance,) = found.allowances
    out = {claim.id for statement in found.left_out for claim in statement.claims}
    assert out >= {claim for some in contradicted(found) for claim in some}
    kept = [claim.id for claim in oracle.tested(book) if claim.id not in out]
    possible = list(oracle.worlds(book))
    true = oracle.truths(book, possible, oracle.tested(book))

    def counts(claims: list[str]) -> list[int]:
        return [
            world.count(selector, question.at)
            for world, each in zip(possible, true, strict=True)
            if each >= set(claims)
        ]

    def claims(bound: Bound, leaving: int | None = None) -> list[str]:
        return [each.claims[0].id for turn, each in enumerate(bound.statements) if turn != leaving]

    all_of_them = counts(kept)
    least, most = allowance.least, allowance.most
    assert (least.value, most.value) == (min(all_of_them), max(all_of_them))
    assert min(counts(claims(least))) == least.value
    assert max(counts(claims(most))) == most.value
    assert all(min(counts(claims(least, turn))) < min(all_of_them) for turn in range(len(least.statements)))
    assert all(max(counts(claims(most, turn))) > max(all_of_them) for turn in range(len(most.statements)))
    assert allowance.extent is Extent.ALL


@given(puzzles(units_most=1, claims_most=3), st.data())
def test_the_figures_of_a_bound(puzzle: Scenario, data: st.DataObject) -> None:
    """With those and the claims beside them it holds, whatever all other strengths are; with any of them less, not."""
    book = Book.replay(simulate(puzzle))
    question = Question(data.draw(selectors_in(("a",))), data.draw(st.sampled_from(TIMES)))
    (allowance,) = reconcile(book, [question]).allowances

    def counts(bound: Bound, figures: tuple[Figure, ...]) -> list[int]:
        said = {statement.claims[0].id for statement in bound.statements}
        claims = [claim for claim in oracle.tested(book) if claim.id in said]
        free = list(oracle.worlds(book, without_figures(book, figures)))
        true = oracle.truths(book, free, claims)
        return [
            world.count(question.selector, question.at) for world, each in zip(free, true, strict=True) if each >= said
        ]

    for bound, worst in ((allowance.least, min), (allowance.most, max)):
        figures = bound.figures
        assert worst(counts(bound, figures)) == bound.value
        fewer = [(*figures[:turn], *figures[turn + 1 :]) for turn in range(len(figures))]
        assert all(worst(counts(bound, some)) != bound.value for some in fewer)


@given(puzzles(), st.randoms(use_true_random=False))
def test_the_order_of_writing_does_not_matter(puzzle: Scenario, random: Random) -> None:
    """Shuffled mappings give the same reconciliation, and so does asking twice."""
    other = shuffled(puzzle, random)
    question = Question(Selector(), puzzle.end)
    first = reconcile(Book.replay(simulate(puzzle)), [question])
    assert first == reconcile(Book.replay(simulate(other)), [question])
