"""Claims that were taken back, and claims about what nobody had reported yet."""

import json
from itertools import permutations

import pytest
from attrs import evolve
from hypothesis import given

from sim.domain.amendment import Amendment
from sim.domain.claim import Claim, Closed, Count, Never, Noted, Selector, Separate, Test, When
from sim.domain.known import known
from sim.domain.quantity import exactly
from sim.domain.scenario import Scenario
from sim.domain.vocabulary import Readiness
from sim.engine import simulate
from sim.errors import UsageError
from sim.ledger import Book
from sim.ledger.claims import Judgement, Verdict, correctors_of, judge_all, withdrawn
from sim.ledger.invariants import check
from sim.posture.explanation import explain_claim
from sim.report.answer import Answer
from sim.report.json_form import to_json
from tests.story import claim, deploy, scenario, unit
from tests.strategies import any_scenarios, known_at

WRONG: tuple[Test, ...] = (
    Count(Selector(), exactly(1), 0),
    Count(Selector(), exactly(1), When.ALWAYS),
    Never(Selector()),
    Separate(Selector(), Selector()),
    Closed(Selector(), 10),
    Noted("why"),
)
"""Of each kind one that does not hold of a unit that stays at home."""


def book_of(*claims: Claim) -> Book:
    return Book.replay(simulate(scenario([unit("a")], claims=claims)))


def corrected(test: Test) -> tuple[Claim, Claim]:
    return claim(test, "said"), Claim("sorry", "pap", Count(Selector(), exactly(100), 0), corrects="said")


@pytest.mark.parametrize("test", WRONG, ids=["count", "always", "never", "separate", "closed", "noted"])
def test_it_is_held_against_nothing(test: Test) -> None:
    """Whatever its kind: it has no reading, breaks no invariant and cannot be explained; the correction is tested."""
    book = book_of(*corrected(test))
    said, sorry = judge_all(book)
    assert said == Judgement(book.claims["said"], Verdict.WITHDRAWN, False, None)
    assert sorry.verdict is Verdict.HOLDS
    assert [outcome.findings for outcome in check(book, "claims")] == [()]
    assert correctors_of(book, "said") == ("sorry",)
    assert correctors_of(book, "sorry") == ()
    with pytest.raises(UsageError) as caught:
        explain_claim(book, said.claim)
    assert caught.value.message == "the claim 'said' was taken back by 'sorry', so it is held against nothing"


def test_a_dispute_of_what_was_taken_back() -> None:
    """It is not one that holds against expectation."""
    said, sorry = corrected(Count(Selector(), exactly(100), 0))
    (outcome,) = check(book_of(evolve(said, disputed="they were more"), sorry), "claims")
    assert outcome.findings == ()


def test_taken_back_more_than_once() -> None:
    """By two others: both are told."""
    said, sorry = corrected(Noted("why"))
    book = book_of(said, sorry, Claim("again", "pap", Noted("why"), corrects="said"))
    assert correctors_of(book, "".join(["sa", "id"])) == ("again", "sorry")
    with pytest.raises(UsageError) as caught:
        explain_claim(book, book.claims["said"])
    assert caught.value.message == (
        "the claim 'said' was taken back by 'again' and 'sorry', so it is held against nothing"
    )


def test_a_correction_that_was_taken_back_by_one_of_two() -> None:
    """Whichever of the two is looked at first, and though the other was taken back itself."""
    says = [("said", None), ("first", "said"), ("wrong", "first"), ("right", "first"), ("last", "wrong")]
    for order in permutations(says):
        claims = [Claim(id, "pap", Noted("why"), corrects=corrects) for id, corrects in order]
        assert withdrawn({each.id: each for each in claims}) == {"first", "wrong"}


def test_a_correction_that_was_taken_back() -> None:
    """It corrects nothing any more, until what takes it back is taken back, too."""
    chain = [claim(Noted("why"), "one")]
    expected = ["noted"]
    for name, before in (("two", "one"), ("three", "two"), ("four", "three")):
        chain.append(Claim(name, "pap", Noted("why"), corrects=before))
        expected = ["withdrawn" if verdict == "noted" else "noted" for verdict in expected] + ["noted"]
        verdicts = {each.claim.id: each.verdict.value for each in judge_all(book_of(*chain))}
        assert [verdicts[each.id] for each in chain] == expected
    book = book_of(*chain)
    assert [correctors_of(book, each.id) for each in chain] == [("two",), (), ("four",), ()]


def test_json_says_by_whom() -> None:
    """Only of a claim that was taken back; and such a one has neither time, nor figures, nor distance."""
    book = book_of(*corrected(Never(Selector())))
    said, sorry = json.loads(to_json(Answer(book, (0,))))["claims"]
    assert said.pop("corrected_by") == ["sorry"]
    assert "corrected_by" not in sorry
    assert said == {
        **dict.fromkeys(("at", "expected", "actual", "distance", "disputed", "per", "says")),
        **{"id": "said", "source": "abc", "kind": "never", "verdict": "withdrawn", "given": False},
    }


def test_taken_back_by_what_amends_a_claim() -> None:
    """The correction is of the one that it names then, not of the one that it named at first."""
    first = scenario([unit("a")], claims=[claim(Noted("x"), name) for name in ("one", "two", "three")])
    told = evolve(
        first,
        claims={**first.claims, "three": evolve(first.claims["three"], corrects="one")},
        amendments=(Amendment("later", ("pap",), evolve(first.claims["three"], corrects="two")),),
    )
    book = Book.replay(simulate(told))
    assert {each.claim.id: each.verdict.value for each in judge_all(book)} == {
        "one": "noted",
        "two": "withdrawn",
        "three": "noted",
    }


@pytest.mark.parametrize(
    ("test", "verdict", "strength"),
    [
        (Count(Selector(units=("nobody",)), exactly(100), 0), Verdict.OPEN, 0),
        (Count(Selector(orders=("none",)), exactly(0), When.ALWAYS), Verdict.HOLDS, 0),
        (Count(Selector(units=("a", "nobody")), exactly(100), 0), Verdict.HOLDS, 100),
        (
            Count(Selector(orders=("go", "none"), readiness=(Readiness.DEPLOYED,)), exactly(100), 9999),
            Verdict.HOLDS,
            100,
        ),
        (Never(Selector(units=("nobody",), orders=("none",))), Verdict.HOLDS, 0),
        (Separate(Selector(units=("nobody",)), Selector()), Verdict.HOLDS, 0),
        (Closed(Selector(orders=("none",)), 9999), Verdict.OPEN, 0),
        (Closed(Selector(orders=("go", "none")), 9999), Verdict.HOLDS, 100),
    ],
)
def test_what_is_asked_about_need_not_be_known(test: Test, verdict: Verdict, strength: int) -> None:
    """A claim may have been published before anybody reported the unit or the order that it names: it selects none.

    Where it says that there are some, or that they have closed, and nobody else is meant, nobody can know.
    """
    told = scenario([unit("a")], [deploy("go", 5, "a")], [claim(test)])
    (judgement,) = judge_all(Book.replay(simulate(told)))
    assert judgement.reading is not None
    assert (judgement.verdict, judgement.reading.strength) == (verdict, strength)


def is_back(book: Book, id: str) -> bool:
    """Whether a claim is taken back, by one that is not."""
    return any(other.corrects == id and not is_back(book, other.id) for other in book.claims.values())


@given(any_scenarios(), known_at)
def test_every_claim_that_was_known_can_be_judged_and_explained(told: Scenario, minute: int) -> None:
    """Whatever it names; what cannot be tested, or was taken back, says so."""
    book = Book.replay(simulate(known(told, minute)))
    for judgement in judge_all(book):
        assert (judgement.verdict is Verdict.WITHDRAWN) is is_back(book, judgement.claim.id)
        if judgement.reading is None:
            with pytest.raises(UsageError, match=r"was taken back by|cannot be tested"):
                explain_claim(book, judgement.claim)
        else:
            figures = explain_claim(book, judgement.claim).figures
            assert sum(figure.strength for figure in figures) == judgement.reading.strength
