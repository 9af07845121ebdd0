"""What a run of an ensemble answers, against a book of its own that is asked in other ways."""

from collections import Counter

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.claim import Claim, Closed, Count, Selector, Test
from sim.domain.event import (
    Cause,
    Definition,
    LoadReady,
    LoadWaited,
    RunClosed,
    RunOpened,
    UnitMustered,
)
from sim.domain.quantity import parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.variate import Fixed
from sim.domain.vocabulary import MOVES, Action
from sim.engine import simulate
from sim.engine.draws import Draws, Medians, Sampled
from sim.engine.simulation import Simulation
from sim.ensemble.plan import Plan
from sim.ensemble.question import VERDICTS, Closure, Dropped, Held, Question, Reached, Stands, Value, Waited
from sim.ensemble.replication import Replications
from sim.ensemble.variant import Variant, dated_claims
from sim.ledger.claims import Evidence, Verdict, judge, judge_all
from sim.posture import Book, snapshots
from tests.engine.lift_strategies import LIFT_END, draws, lift_scenarios
from tests.ensemble.invented import CERTAIN, CLAIMS, LATE, brigades, by_trucks, convoy
from tests.story import claim, deploy

GRID = (200, 1500, LIFT_END)


def whole_book(told: Scenario, drawn: Draws) -> Book:
    """The book of one run, posted from its first event on, with all its claims."""
    book = Book.replay(event for event in simulate(told) if isinstance(event, (RunOpened, Definition, UnitMustered)))
    for batch in Simulation(told, drawn, by_lift=True).run():
        for event in tuple(batch):
            book.post(event)
    book.post(RunClosed(told.end, book.events))
    return book


def left_behind(told: Scenario, drawn: Draws) -> Counter[tuple[str, Cause]]:
    """For how many minutes loads have waited by the end of one run that have not left, by order and cause."""
    simulation = Simulation(told, drawn, by_lift=True)
    for _ in simulation.run():
        pass
    found: Counter[tuple[str, Cause]] = Counter()
    for load, (cause, minutes, _) in simulation.waits():
        found[load.shipment.order.id, cause] += minutes
    return found


def answered(
    told: Scenario, book: Book, grid: tuple[int, ...], still: Counter[tuple[str, Cause]]
) -> dict[Question, Value]:
    """What a book answers, worked out from what readers are shown, and from what loads wait for at the end."""
    found: dict[Question, Value] = {}
    for order in told.in_force.orders.values():
        if order.action in MOVES:
            minutes = {each.unit: each.at for each in book.closures if each.order == order.id}
            all_closed = minutes.keys() == set(told.in_force.addressed(order))
            found[Closure(order.id)] = max(minutes.values()) if all_closed else None
            refused = {event.unit for event in book.refusals.values() if event.order == order.id}
            stopped = {
                unit
                for each in told.in_force.orders.values()
                if each.cancels == order.id
                for unit in told.in_force.addressed(each)
                if (each.id, unit) not in {(event.order, event.unit) for event in book.refusals.values()}
            }
            if (refused | stopped) & {*told.in_force.addressed(order)} - minutes.keys():
                found[Dropped(order.id)] = 1
    for judgement in judge_all(book):
        if isinstance(judgement.claim.test, Closed) or isinstance(getattr(judgement.claim.test, "at", None), int):
            found[Stands(judgement.claim.id)] = VERDICTS.index(judgement.verdict)
            found[Reached(judgement.claim.id)] = _since(book, judgement.claim)
    for shot in snapshots(book, grid):
        for row in shot.rows:
            line = Held(shot.at, row.side, row.kind, row.place, row.readiness)
            found[line] = (found.get(line) or 0) + row.strength
    loads: Counter[str] = Counter()
    for order_id, _, _ in {(e.order, e.unit, e.load) for e in book.waiting.values() if isinstance(e, LoadReady)}:
        loads[order_id] += 1
    waits = Counter(still)
    for event in book.waiting.values():
        if isinstance(event, LoadWaited):
            waits[event.order, event.cause] += event.minutes
    for (order_id, cause), minutes_waited in waits.items():
        found[Waited(order_id, cause)] = int(minutes_waited / loads[order_id] + 0.5)
    return found


def _since(book: Book, said: Claim) -> int | None:
    """The first minute at which a dated claim would hold, had it named that one."""
    evidence = Evidence(book)
    for minute in sorted({0, *(row.at for row in book.rows()), *(each.at for each in book.closures)}):
        test = said.test
        if isinstance(test, Count):
            test = evolve(test, at=minute)
        elif isinstance(test, Closed):
            test = evolve(test, by=minute)
        if judge(evidence, evolve(said, test=test)).verdict is Verdict.HOLDS:
            return minute
    return None


def _claimed(told: Scenario) -> Scenario:
    """A scenario by lift, with a claim of each dated kind."""
    moves = [order for order in told.orders.values() if order.action is Action.DEPLOY]
    tests: list[Test] = [Count(Selector(place=("there",)), parse_quantity("about 20"), 1500)]
    tests += [Closed(Selector(orders=(move.id,)), 1500) for move in moves[:1]]
    claims = [Claim(f"c{number}", "abc", test) for number, test in enumerate(tests)]
    return evolve(told, claims=claims, sources=convoy().sources)


@given(lift_scenarios(), st.lists(draws(), min_size=1, max_size=3))
def test_it_answers_what_a_book_of_its_own_does(told: Scenario, drawn: list[Draws]) -> None:
    """Run after run in the same book: nothing of one is left in the next."""
    claimed = _claimed(told)
    variant = Variant(claimed, GRID)
    for each in drawn:
        book = whole_book(claimed, each)
        assert variant.answers(each) == answered(claimed, book, GRID, left_behind(claimed, each))


def test_dated_claims() -> None:
    """Those about one minute or by one; none that another takes back."""
    told = convoy()
    assert list(dated_claims(told)) == ["closed-in-time", "half-way"]
    retracted = claim(Closed(Selector(), 100), "retraction")
    claims = [*CLAIMS, evolve(retracted, corrects="half-way")]
    assert list(dated_claims(evolve(told, claims=claims))) == ["closed-in-time", "retraction"]


@pytest.mark.parametrize("number", range(20))
def test_another_unit_leaves_the_draws_of_others_as_they_were(number: int) -> None:
    """One that goes by itself changes nothing of when they close, what they wait for, and what is claimed of them."""
    plain = convoy()
    more = convoy(brigades("aardvark"), [deploy("apart", 0, "aardvark", to="pl")])
    before, after = (Replications(Plan(each, 7, (600,))).outcome(number).first for each in (plain, more))
    told = {question for question in before if isinstance(question, Closure | Waited | Stands)}
    assert {question: after[question] for question in told} == {question: before[question] for question in told}
    assert after.keys() - before.keys() >= {Closure("apart")}


def test_the_fewer_vehicles_the_longer_the_wait() -> None:
    """Down to none, when all wait from when they are ready to the end: the mean never falls."""
    short, waits = evolve(CERTAIN, end=400), []
    for vehicles in (6, 4, 2, 1, 0):
        lift = [evolve(each, vehicles=Fixed(vehicles)) for each in short.lift.values()]
        answers = Variant(evolve(short, lift=lift), (100,)).answers(Medians())
        waits.append([answers.get(Waited(order, Cause.VEHICLE), 0) for order in ("go", "go-too")])
    assert waits == sorted(waits)
    assert waits[-1] == [short.end - 60, short.end - 90]


def test_an_order_that_a_unit_refuses_never_closes() -> None:
    """It addresses two, and closes with the last of both."""
    told = convoy(orders=[by_trucks("again", 100, "alpha", "bravo", notice=LATE)])
    answers = Variant(told, (600,)).answers(Sampled(0, 0))
    assert answers[Closure("again")] is None
    assert answers[Closure("go")] is not None
