"""Variants: a scenario that is played out again and again, and what each run of it answers."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import takewhile

from attrs import evolve

from sim.domain.claim import Claim, Closed, Count
from sim.domain.event import Definition, Event, LoadWaited, RunClosed, RunOpened, UnitMustered
from sim.domain.scenario import Scenario
from sim.domain.vocabulary import Kind, Readiness
from sim.engine import simulate
from sim.engine.draws import Draws
from sim.engine.simulation import Simulation
from sim.ensemble.question import VERDICTS, Closure, Dropped, Held, Question, Reached, Stands, Value, Waited
from sim.ensemble.tally import Answers
from sim.ledger.balance import Balances
from sim.ledger.book import Book
from sim.ledger.claims import Evidence, judge, withdrawn
from sim.ledger.reached import Reaching
from sim.ledger.selection import Sieve

_BEGINNING = (RunOpened, Definition, UnitMustered)


class Variant:
    """A scenario that is played out again and again, by lift wherever its orders name any, whatever was reported.

    Of its claims only the dated ones are held against the runs: counts at a minute, and closures by one.
    """

    def __init__(self, scenario: Scenario, times: tuple[int, ...]) -> None:
        claims = dated_claims(scenario)
        self._scenario = evolve(scenario.in_force, claims=claims)
        self._times = times
        self._claims = [(Stands(claim.id), claim) for claim in claims.values()]
        self._addressed = {
            order.id: len(scenario.in_force.addressed(order))
            for order in scenario.in_force.orders.values()
            if order.moves
        }
        self._book = Book.replay(takewhile(_begins, simulate(self._scenario)))
        self._sieve = Sieve(self._book)
        self._reaching = Reaching(self._book, claims.values(), self._sieve)
        self._reached = {id: Reached(id) for id in claims}
        self._named: dict[int, tuple[str, Kind, str, Readiness]] = {}

    def answers(self, draws: Draws) -> Answers:
        """What a run with these draws answers."""
        book = self._book
        book.begin_again()
        post = book.post
        simulation = Simulation(self._scenario, draws, by_lift=True)
        for batch in simulation.run():
            for event in batch:
                post(event)
        post(RunClosed(self._scenario.end, book.events))
        found: dict[Question, Value] = {}
        found.update(self._closures(simulation))
        evidence = Evidence(book, self._sieve)
        for question, claim in self._claims:
            found[question] = VERDICTS.index(judge(evidence, claim).verdict)
        found.update((self._reached[id], minute) for id, minute in self._reaching.minutes(evidence))
        found.update(self._held())
        found.update(self._waits(simulation))
        return found

    def _closures(self, simulation: Simulation) -> Iterator[tuple[Question, Value]]:
        """When each move was over: for all the units it addresses, in whatever order they closed; or that it never is.

        A unit that did not close, and has no such move open, refused it, or it was cancelled.
        """
        last: dict[int, int] = {}
        closed: Counter[int] = Counter()
        for _, minute, _, order in self._book.closings():
            last[order] = minute
            closed[order] += 1
        still = Counter(process.move.command.order.id for process in simulation.units.values() if process.move)
        for number, named in enumerate(self._book.order_ids):
            if named in self._addressed:
                addressed = self._addressed[named]
                yield Closure(named), last.get(number) if closed[number] == addressed else None
                if closed[number] + still[named] < addressed:
                    yield Dropped(named), 1

    def _held(self) -> Iterator[tuple[Question, Value]]:
        """The posture at each of the times: whose, where and how ready."""
        balances = Balances(self._book)
        for minute in self._times:
            balances.advance(minute)
            held: Counter[tuple[str, Kind, str, Readiness]] = Counter()
            for account, strength in balances.held.items():
                held[self._line(account)] += strength
            yield from ((Held(minute, *line), strength) for line, strength in held.items())

    def _line(self, account: int) -> tuple[str, Kind, str, Readiness]:
        """Side, kind, place and readiness of an account: looked up once."""
        if account not in self._named:
            found = self._book.account(account)
            unit = self._book.units[found.unit]
            self._named[account] = (unit.side, unit.kind, found.place, found.readiness)
        return self._named[account]

    def _waits(self, simulation: Simulation) -> Iterator[tuple[Question, Value]]:
        """What loads waited for, on average over those of an order that were ready; and what some wait for still."""
        loads: dict[str, set[tuple[str, int]]] = {}
        minutes: Counter[Waited] = Counter()
        for event in self._book.waiting.values():
            loads.setdefault(event.order, set()).add((event.unit, event.load))
            if isinstance(event, LoadWaited):
                minutes[Waited(event.order, event.cause)] += event.minutes
        for load, (cause, waited, _) in simulation.waits():
            minutes[Waited(load.shipment.order.id, cause)] += waited
        for question, total in minutes.items():
            count = len(loads[question.order])
            yield question, (2 * total + count) // (2 * count)


def dated_claims(scenario: Scenario) -> Mapping[str, Claim]:
    """The claims about one minute, or by one, by id: as amended, and without those that others take back."""
    claims = scenario.in_force.claims
    back = withdrawn(claims)
    return {id: claim for id, claim in claims.items() if id not in back and due_of(claim) is not None}


def due_of(claim: Claim) -> int | None:
    """The minute at which, or by which, what a claim says is so; None where it names none."""
    match claim.test:
        case Count(_, _, int(at)):
            return at
        case Closed(_, by):
            return by
        case _:
            return None


def _begins(event: Event) -> bool:
    return isinstance(event, _BEGINNING)
