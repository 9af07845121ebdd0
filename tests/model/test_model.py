"""The engine, the book and the claims, held equal to a plain model of the same rules on random scenarios."""

from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from sim.domain.claim import Closed, Count, Never, Selector, When
from sim.domain.known import known
from sim.domain.quantity import Interval, exactly
from sim.domain.scenario import Scenario
from sim.engine import simulate
from sim.ledger import Book
from sim.ledger.claims import Verdict, judge_all
from sim.posture import snapshot
from tests.model.counting import claimed, count, ever_selected, may_be_selected, may_have_closed, thinkable
from tests.model.model import Model, Told, Where
from tests.model.told import told_of
from tests.story import happened
from tests.strategies import any_scenarios, known_at, minutes, unannounced_scenarios


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
    _judge_alike(told)


@given(any_scenarios(), known_at)
def test_they_judge_what_was_known_alike(told: Scenario, minute: int) -> None:
    """Also of what had been published by some time."""
    _judge_alike(known(told, minute))


@given(unannounced_scenarios())
def test_they_leave_the_same_open(told: Scenario) -> None:
    """Counts that turn on arrivals which are not known: open in the same cases, within the same bounds."""
    _judge_alike(told)


def _judge_alike(told: Scenario) -> None:
    model = Model(told)
    for judgement in judge_all(Book.replay(simulate(told))):
        test = judgement.claim.test
        if judgement.verdict is Verdict.WITHDRAWN or not isinstance(test, Count | Never):
            continue
        expected = exactly(0) if isinstance(test, Never) else test.expected
        if isinstance(test, Count) and test.at is not When.ALWAYS:
            times = [test.at]
        else:
            published = told.sources[judgement.claim.source].published or 0
            since = max(0, min(published, told.end))
            times = sorted({since, *(at for at, *_ in model.told if at >= since)})
        found = [(at, *claimed(model, test.selector, at)) for at in times]
        verdicts = [
            _verdict(strength, interval, expected.interval, thinkable(model, test.selector, at))
            for at, strength, interval in found
        ]
        worst = next(word for word in ("contradicted", "open", "compatible", "holds") if word in verdicts)
        at, strength, interval = found[verdicts.index(worst)]
        reading = judgement.reading
        assert reading is not None
        assert str(judgement.verdict) == worst
        assert (reading.at, reading.strength, reading.interval) == (at, strength, interval)
        assert reading.distance == _distance(strength, expected.interval)
        assert reading.expected == expected
        assert reading.could_be == (thinkable(model, test.selector, at) if worst == "open" else None)


@given(st.one_of(any_scenarios(), unannounced_scenarios()))
def test_they_judge_closings_alike(told: Scenario) -> None:
    """Who had to close and had not, how much was there, and whether nobody could know."""
    _judge_closings_alike(told)


@given(any_scenarios(), known_at)
def test_they_judge_closings_as_known_alike(told: Scenario, minute: int) -> None:
    """Also where what a claim names was not known yet."""
    _judge_closings_alike(known(told, minute))


def _judge_closings_alike(told: Scenario) -> None:
    model = Model(told)
    for judgement in judge_all(Book.replay(simulate(told))):
        test = judgement.claim.test
        if judgement.verdict is Verdict.WITHDRAWN or not isinstance(test, Closed):
            continue
        ever = sorted(ever_selected(model, test.selector))
        closed = [unit for unit in ever if _closings(model, unit, test.by)]
        missing = [unit for unit in ever if unit not in closed]
        may_have = {unit for unit in model.trips if may_have_closed(model, unit, test.by)}
        undecided = may_have.issuperset(missing)
        if not ever:
            undecided = not told.units.keys() >= {*test.selector.units} or not told.orders.keys() >= {
                *test.selector.orders
            }
            undecided |= any(may_be_selected(model, test.selector, unit) for unit in may_have)
        reading = judgement.reading
        assert reading is not None
        verdict = "holds" if ever and not missing else "open" if undecided else "contradicted"
        assert (judgement.verdict, reading.missing) == (verdict, tuple(missing))
        assert [unit for unit, _ in reading.units] == closed
        assert reading.there == sum(_landed(model, unit, test.by) for unit in missing)


@given(any_scenarios())
def test_nothing_is_open_when_all_is_known(told: Scenario) -> None:
    """A scenario as it is written says of everything when it arrives."""
    assert all(judgement.verdict is not Verdict.OPEN for judgement in judge_all(Book.replay(simulate(told))))


def _closings(model: Model, unit: str, by: int) -> list[Told]:
    return [line for line in _deployed(model, unit, by) if line[1] == "unit-closed"]


def _landed(model: Model, unit: str, by: int) -> int:
    return sum(cast(int, line[4][0]) for line in _deployed(model, unit, by) if line[1] == "unit-arrived")


def _deployed(model: Model, unit: str, by: int) -> list[Told]:
    """What happened to a unit by a minute under orders to deploy."""
    orders = model.scenario.orders
    return [line for line in model.told if line[0] <= by and line[2] == unit and orders[line[3]].action == "deploy"]


def _verdict(strength: int, found: Interval, expected: Interval, possible: Interval) -> str:
    if _distance(strength, expected) == 0:
        return "holds"
    if _meet(found, expected):
        return "compatible"
    return "open" if _meet(possible, expected) else "contradicted"


def _meet(found: Interval, expected: Interval) -> bool:
    highest = min((end for end in (found.high, expected.high) if end is not None), default=None)
    return highest is None or max(found.low, expected.low) <= highest


def _distance(strength: int, expected: Interval) -> int:
    above = strength - expected.high if expected.high is not None else 0
    return max(0, expected.low - strength, above)
