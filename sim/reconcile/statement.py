"""Statements: what claims demand of the unknown strengths; claims that demand the very same are one statement.

"20" and "exactly 20" are two: the one may be a round figure.
"""

from collections.abc import Hashable, Iterable

from attrs import evolve, frozen

from sim.domain.claim import Claim, Count, Never, Test, When
from sim.domain.quantity import ZERO, Interval
from sim.domain.question import asked_by
from sim.ledger.book import Book
from sim.ledger.claims import Judgement, Verdict, judge_all, since
from sim.ledger.selection import Selection, Sieve
from sim.reconcile.form import Demand, Rule
from sim.reconcile.holdings import Holdings
from sim.reconcile.rounding import AS_REPORTED, AS_ROUND, read

_IMPOSSIBLE = Demand((), Interval(1, 1))
"""That nothing at all is 1."""


@frozen
class Statement:
    """What some claims demand, all of them the same, rounded or not; the claims are by id, at least one."""

    claims: tuple[Claim, ...]
    demands: tuple[Demand, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of those who make it, in byte order."""
        return tuple(sorted({claim.source for claim in self.claims}))

    def rule(self, nearest: int = AS_REPORTED) -> Rule:
        """What is demanded, where round figures were rounded to the `nearest` power of ten."""
        test = self.claims[0].test
        if nearest == AS_REPORTED or not isinstance(test, Count):
            return self.demands
        reading = read(test.expected, nearest)
        return tuple(Demand(demand.form, reading) for demand in self.demands)


def statements(book: Book, holdings: Holdings) -> tuple[Statement, ...]:
    """What the claims of a book demand that can be tested, and are neither disputed nor withdrawn; by first claim.

    One that is open demands nothing: what it turns on is where units were, and that is not known.
    """
    sieve = Sieve(book)
    found: dict[Hashable, Statement] = {}
    for judgement in judge_all(book):
        claim = judgement.claim
        if judgement.reading is None or claim.disputed or judgement.verdict is Verdict.OPEN:
            continue
        demands = tuple(_normal(_demands(book, holdings, sieve, judgement)))
        key = (demands, _as_round(claim.test), _told_apart(claim.test, demands))
        known = found.get(key)
        found[key] = Statement((claim,), demands) if known is None else evolve(known, claims=(*known.claims, claim))
    return tuple(found.values())


def _demands(book: Book, holdings: Holdings, sieve: Sieve, judgement: Judgement) -> Iterable[Demand]:
    """What a claim demands. Whether units were apart, or have closed, is settled by the times of the orders."""
    claim = judgement.claim
    match claim.test:
        case Count(selector, expected, When.ALWAYS) if expected.interval != ZERO:
            forms = holdings.forms_since(Selection(book, selector, sieve), since(book, claim))
            return (Demand(form, expected.interval) for form in forms)
        case Count(selector, expected, int(at)):
            return (Demand(holdings.form(Selection(book, selector, sieve), at), expected.interval),)
        case Count(selector) | Never(selector):
            # None is below 0: they are all 0 at every moment where what is ever there is.
            return (Demand(holdings.ever_since(Selection(book, selector, sieve), since(book, claim)), ZERO),)
        case _:
            return () if judgement.verdict is Verdict.HOLDS else (_IMPOSSIBLE,)


def _normal(demands: Iterable[Demand]) -> Iterable[Demand]:
    """The demands that not everything meets, each once, in order."""
    return sorted({demand for demand in demands if not demand.always_met}, key=_order)


def _order(demand: Demand) -> tuple[object, ...]:
    interval = demand.interval
    return demand.form, interval.low, interval.high is None, interval.high or 0


def _as_round(test: Test) -> Interval | None:
    """What a count expects where round figures were rounded; None where that is no more."""
    reading = read(test.expected, AS_ROUND) if isinstance(test, Count) else None
    return None if isinstance(test, Count) and reading == test.expected.interval else reading


def _told_apart(test: Test, demands: tuple[Demand, ...]) -> Hashable:
    """What keeps statements apart that are not about any strength: what they ask."""
    return None if demands and all(demand.form for demand in demands) else asked_by(test)
