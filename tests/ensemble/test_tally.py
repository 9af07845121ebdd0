"""Tallies: to merge them is associative and commutative, and the same as to count all at once."""

from collections.abc import Iterable, Sequence
from copy import deepcopy

from hypothesis import given
from hypothesis import strategies as st

from sim.domain.event import Cause
from sim.domain.vocabulary import Kind, Readiness
from sim.ensemble.question import Agreed, Closure, Compared, Held, Question, Shift, Stands, Value, Waited
from sim.ensemble.tally import Answers, Outcome, Tally

QUESTIONS: Sequence[Question] = (
    Closure("a"),
    Closure("b"),
    Stands("a"),
    Held(10, "US", Kind.TROOPS, "pl", Readiness.DEPLOYED),
    Waited("a", Cause.SPOT),
    Compared("a"),
    Shift("a"),
    Agreed("a"),
)
_values: st.SearchStrategy[Value] = st.one_of(st.none(), st.integers(-2, 2))
_answers: st.SearchStrategy[Answers] = st.dictionaries(st.sampled_from(QUESTIONS), _values, max_size=4)
outcomes = st.builds(Outcome, _answers, _answers, _answers)
chunks = st.lists(outcomes, max_size=5)


def merged(tallies: Iterable[Tally]) -> Tally:
    """One tally of all that these have counted."""
    found = Tally()
    for tally in tallies:
        found.merge(tally)
    return found


def tallied(of: Sequence[Outcome]) -> Tally:
    """The tally of these outcomes."""
    tally = Tally()
    for outcome in of:
        tally.add(outcome)
    return tally


@given(chunks, chunks, chunks)
def test_chunks_do_not_matter(one: list[Outcome], two: list[Outcome], three: list[Outcome]) -> None:
    """However they are put together, in whatever order: they come to what all of them come to at once."""
    whole = tallied([*one, *two, *three])
    a, b, c = tallied(one), tallied(two), tallied(three)
    assert merged([a, b, c]) == merged([c, a, b]) == whole
    assert merged([merged([a, b]), c]) == merged([a, merged([b, c])]) == whole
    assert merged([a, Tally()]) == a


@given(chunks, chunks)
def test_what_is_merged_stays_as_it_was(one: list[Outcome], two: list[Outcome]) -> None:
    """Whoever took it in counts on by itself."""
    a, b = tallied(one), tallied(two)
    before = deepcopy((a, b))
    merged([a, b]).merge(a)
    assert (a, b) == before


def test_a_run_that_says_nothing() -> None:
    """It had no strength there and did not wait; whether an order closed it would have said."""
    held, waited, shift = QUESTIONS[3], QUESTIONS[4], QUESTIONS[6]
    tally = tallied([Outcome({held: 5, waited: 9, shift: 4}, {}, {}), Outcome({}, {}, {}), Outcome({held: 0}, {}, {})])
    counted = [tally.distribution(tally.first, each) for each in (held, waited, shift)]
    assert [(each.values, each.until) for each in counted] == [((0, 5), (2, 3)), ((0, 9), (2, 3)), ((4,), (1,))]
