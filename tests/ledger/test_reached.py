"""Since when dated claims are so: against the judge of claims, asked at every minute at which anything happens."""

from collections.abc import Iterator, Sequence
from itertools import takewhile

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.claim import Claim, Closed, Count, Never, Selector, Test
from sim.domain.event import Definition, Event, RunOpened, UnitMustered
from sim.domain.order import Order
from sim.domain.quantity import exactly, parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.vocabulary import Readiness
from sim.engine import simulate
from sim.ledger import Book
from sim.ledger.claims import Evidence, Verdict, judge
from sim.ledger.reached import Reaching
from sim.ledger.selection import Sieve
from tests.engine.lift_strategies import lift_scenarios
from tests.story import claim, deploy, part, recall, scenario, unit
from tests.strategies import any_scenarios, busy_scenarios

POLAND = Selector(place=("pl",))


def _begins(event: Event) -> bool:
    return isinstance(event, RunOpened | Definition | UnitMustered)


def reached(run: Sequence[Event], claims: Sequence[Claim]) -> tuple[Book, dict[str, int | None]]:
    """The book of a run, and since when claims are so: told by what knew no more of it at first than who had mustered.

    It is asked twice, as if the book had been played out before.
    """
    book = Book.replay(takewhile(_begins, run))
    reaching = Reaching(book, claims, Sieve(book))
    found: list[dict[str, int | None]] = []
    for _ in range(2):
        book.begin_again()
        for event in run[book.events :]:
            book.post(event)
        found.append(dict(reaching.minutes(Evidence(book))))
    assert found[0] == found[1]
    return book, found[0]


def moments(run: Sequence[Event]) -> list[int]:
    """The start, and every minute at which something happens."""
    return sorted({0, *(event.at for event in run)})


def dated(told: Scenario, minutes: Sequence[int], data: st.DataObject) -> Iterator[Claim]:
    """Counts and closures of what the scenario's claims select, and of all; counts of what is held at some minute."""
    asked = [Selector(), Selector(readiness=(Readiness.DEPLOYED,))]
    asked += [test.selector for each in told.claims.values() if isinstance(test := each.test, Count | Closed)]
    evidence = Evidence(Book.replay(simulate(told)))
    for number, selector in enumerate(asked):
        held = evidence.counted((selector, data.draw(st.sampled_from(minutes)))).strength
        yield claim(Count(selector, exactly(held), 0), f"count-{number}")
        yield claim(Closed(selector, 0), f"closure-{number}")
    for each in told.claims.values():
        if isinstance(each.test, Count) and isinstance(each.test.at, int):
            yield claim(each.test, f"said-{each.id}")


def asked_at(test: Test, minute: int) -> Test:
    """What a dated claim asks, at or by another minute."""
    match test:
        case Count():
            return evolve(test, at=minute)
        case Closed():
            return evolve(test, by=minute)
        case _:
            raise AssertionError(f"it is not dated: {test}")


@given(st.one_of(any_scenarios(), busy_scenarios(), lift_scenarios()), st.data())
def test_it_is_when_the_judge_has_them_hold(told: Scenario, data: st.DataObject) -> None:
    """A count: the first minute of those at which it would hold. A closure: it holds from then on, and not before."""
    told = evolve(told, sources={**told.sources, **scenario([]).sources})
    run = list(simulate(told))
    minutes = moments(run)
    claims = list(dated(told, minutes, data))
    book, found = reached(run, claims)
    evidence = Evidence(book)
    for each in claims:
        since = found.pop(each.id)
        asked = [(minute, evolve(each, test=asked_at(each.test, minute))) for minute in minutes]
        holds = [minute for minute, claim in asked if judge(evidence, claim).verdict is Verdict.HOLDS]
        assert since == min(holds, default=None)
        if isinstance(each.test, Closed):
            assert holds == [minute for minute in minutes if since is not None and minute >= since]
    assert found == {}


GO = deploy("go", 40, "a", parts=[part(60, arrives=100), part(40, arrives=200)])
BACK = recall("back", 440, "a")


@pytest.mark.parametrize(
    ("test", "since"),
    [
        (Count(POLAND, exactly(0), 3000), 0),
        (Count(POLAND, exactly(60), 3000), 100),
        (Count(POLAND, parse_quantity("about 100"), 3000), 200),
        (Count(POLAND, parse_quantity("at least 50"), 50), 100),
        (Count(POLAND, exactly(50), 3000), None),
        (Closed(Selector(units=("a",)), 50), 200),
        (Closed(POLAND, 50), 200),
        (Closed(Selector(units=("a", "b")), 3000), None),
        (Closed(Selector(place=("de",)), 3000), None),
    ],
)
def test_one_claim(test: Count | Closed, since: int | None) -> None:
    """Whatever minute it names; and a count that is so no more later was so all the same."""
    run = list(simulate(scenario([unit("a"), unit("b", "50")], [GO, BACK])))
    assert reached(run, [claim(test)])[1] == {"said": since}


def test_what_is_over_within_a_minute_was_not_so() -> None:
    """What is held at a minute is what is held at its end: 60 are there only between two arrivals."""
    both: Order = deploy("go", 40, "a", parts=[part(60, arrives=100), part(40, arrives=100)])
    run = list(simulate(scenario([unit("a")], [both])))
    claims = [claim(Count(POLAND, exactly(60), 100), "sixty"), claim(Count(POLAND, exactly(100), 100), "all")]
    assert reached(run, claims)[1] == {"sixty": None, "all": 100}


def test_of_other_claims_nothing_is_told() -> None:
    """What must never be so does not come to be so."""
    run = list(simulate(scenario([unit("a")], [GO])))
    assert reached(run, [claim(Never(POLAND))])[1] == {}
