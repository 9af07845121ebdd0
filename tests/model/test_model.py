"""The engine, the book and the claims, held equal to a plain model of the same rules on random scenarios."""

from hypothesis import given
from hypothesis import strategies as st

from sim.domain.claim import Count, Never, Selector, When
from sim.domain.known import known
from sim.domain.quantity import Interval, exactly
from sim.domain.scenario import Scenario
from sim.engine import simulate
from sim.ledger import Book
from sim.ledger.claims import Verdict, judge_all
from sim.posture import snapshot
from tests.model.counting import claimed, count
from tests.model.model import Model, Where
from tests.model.told import told_of
from tests.story import happened
from tests.strategies import any_scenarios, known_at, minutes


@given(any_scenarios())
def test_they_tell_the_same(told: Scenario) -> None:
    """The same things happen to the same units, in the same order, at the same minutes."""
    assert told_of(happened(told)) == Model(told).told


@given(any_scenarios(), known_at)
def test_they_tell_the_same_of_what_was_known(told: Scenario, minute: int) -> None:
    """Also where no arrival is known yet, or only some of the parts."""
    part = known(told, minute)
    assert told_of(happened(part)) == Model(part).told


@given(any_scenarios(), st.data())
def test_they_hold_the_same_at_any_minute(told: Scenario, data: st.DataObject) -> None:
    """Who is where, how ready, and how many that makes of each kind, with its interval."""
    model, book = Model(told), Book.replay(simulate(told))
    times = {minute for at, *_ in model.told for minute in (at - 1, at) if minute >= 0}
    for minute in sorted({0, told.end, data.draw(minutes(told.end)), *times}):
        taken = snapshot(book, minute)
        held: dict[str, Where] = {unit: {} for unit in told.units}
        for row in taken.rows:
            held[row.unit][row.place, str(row.readiness)] = row.strength
        assert held == model.posture(minute)
        assert {total.kind: (total.strength, total.interval) for total in taken.totals} == {
            kind: count(model, Selector(kind=(kind,)), minute) for kind in {unit.kind for unit in told.units.values()}
        }


@given(any_scenarios())
def test_they_judge_alike(told: Scenario) -> None:
    """Every count, at a minute or always, has the same verdict and distance, for the same figure at the same moment."""
    model = Model(told)
    for judgement in judge_all(Book.replay(simulate(told))):
        test = judgement.claim.test
        withdrawn = judgement.verdict is Verdict.WITHDRAWN
        if not isinstance(test, Count | Never) or withdrawn:
            continue
        expected = exactly(0) if isinstance(test, Never) else test.expected
        if isinstance(test, Count) and test.at is not When.ALWAYS:
            times = [test.at]
        else:
            published = told.sources[judgement.claim.source].published or 0
            since = max(0, min(published, told.end))
            times = sorted({since, *(at for at, *_ in model.told if at >= since)})
        found = [(at, *claimed(model, test.selector, at)) for at in times]
        verdicts = [_verdict(strength, interval, expected.interval) for _, strength, interval in found]
        worst = next(word for word in ("contradicted", "compatible", "holds") if word in verdicts)
        at, strength, interval = found[verdicts.index(worst)]
        reading = judgement.reading
        assert reading is not None
        assert judgement.verdict == worst
        assert (reading.at, reading.strength, reading.interval) == (at, strength, interval)
        assert reading.distance == _distance(strength, expected.interval)
        assert reading.expected == expected


def _verdict(strength: int, found: Interval, expected: Interval) -> str:
    if _distance(strength, expected) == 0:
        return "holds"
    highest = min((end for end in (found.high, expected.high) if end is not None), default=None)
    meet = highest is None or max(found.low, expected.low) <= highest
    return "compatible" if meet else "contradicted"


def _distance(strength: int, expected: Interval) -> int:
    above = strength - expected.high if expected.high is not None else 0
    return max(0, expected.low - strength, above)
