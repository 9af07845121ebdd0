"""Checks of claims that cannot fail, or hardly."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sim.domain.claim import Closed, Count, Never, Separate, When
from sim.domain.pointer import Pointer
from sim.domain.quantity import Interval
from sim.ledger.claims import Judgement
from sim.lint.orders import tested_orders
from sim.lint.remark import Remark
from sim.lint.subject import Subject, reading_of

_NAMED_MAX = 6
"""How many of many claims a message names."""

_ANY_NUMBER = Interval(0, None)


def cannot_fail(subject: Subject) -> Iterator[Remark]:
    """A claim that holds whatever the orders command: a count of any number, or two selections that share no unit."""
    for judgement in subject.judgements:
        claim = judgement.claim
        match claim.test:
            case Count(_, expected) if expected.interval == _ANY_NUMBER:
                yield Remark(
                    Pointer("claims", claim.id, "is"),
                    f"the claim '{claim.id}' cannot fail: every number is '{expected.wording}'",
                    "Write down the number that was said, or note what was said with `noted`.",
                )
            case Separate(first, second):
                units, others = map(subject.sieve.units, (first, second))
                if units and others and units.isdisjoint(others):
                    yield Remark(
                        Pointer("claims", claim.id, "separate"),
                        f"the claim '{claim.id}' cannot fail: no unit that one of the two means is meant by the other",
                        "Say of one of them by readiness or place what it means, not by who they are.",
                    )
            case _:
                pass


def tested_too_late(subject: Subject) -> Iterator[Remark]:
    """A claim about every moment whose source was published no earlier than the end of the run.

    Such a claim is tested from its source's publication on: here only as all is at the end.
    """
    scenario = subject.scenario
    for judgement in subject.judgements:
        claim = judgement.claim
        published = scenario.sources[claim.source].published
        always = isinstance(claim.test, Never) or (isinstance(claim.test, Count) and claim.test.at is When.ALWAYS)
        if always and published is not None and published >= scenario.end:
            yield Remark(
                Pointer("claims", claim.id, "at" if isinstance(claim.test, Count) else "never"),
                f"the claim '{claim.id}' is tested only at the end of the run: its source was published no earlier",
                "Count at the times that it is about: `count`, `is`, `at`.",
            )


def tests_itself(subject: Subject) -> Iterator[Remark]:
    """Claims that were given, where no other claim tests what they are about.

    They count a single unit, by the figure that their own source gave of it, or one that it shares an origin with; or
    they are about arrivals dated so. The figure or date looks confirmed, and is not.
    """
    given = [judgement for judgement in subject.judgements if judgement.given]
    yield from _figures(subject, given)
    yield from _arrivals(subject, [judgement for judgement in given if isinstance(judgement.claim.test, Closed)])


def _figures(subject: Subject, given: Sequence[Judgement]) -> Iterator[Remark]:
    """A remark for each unit whose strength is tested by given claims alone."""
    tested = {
        unit
        for judgement in subject.judgements
        if isinstance(judgement.claim.test, Count) and not judgement.given
        for unit, _ in reading_of(judgement).units
    }
    alone: defaultdict[str, list[str]] = defaultdict(list)
    for judgement in given:
        if isinstance(judgement.claim.test, Count):
            for unit, _ in reading_of(judgement).units:
                if unit not in tested:
                    alone[unit].append(judgement.claim.id)
    for unit, claims in alone.items():
        yield Remark(
            Pointer("claims", claims[0]),
            f"{_named(claims)} cannot fail: the strength of '{unit}' has the same origin, and no other claim tests it",
            "It confirms nothing. Look for a report of another origin, or for a total that counts this unit in.",
        )


def _arrivals(subject: Subject, given: Sequence[Judgement]) -> Iterator[Remark]:
    """A remark for each of the given claims of a closing that no other claim tests."""
    if not given:
        return
    book = subject.book
    tested = tested_orders(subject, [judgement for judgement in subject.judgements if not judgement.given])
    orders: defaultdict[str, set[str]] = defaultdict(set)
    for closure in book.closures:
        orders[closure.unit].add(closure.order)
    for judgement in given:
        closed = {order for unit, _ in reading_of(judgement).units for order in orders[unit]}
        if closed.isdisjoint(tested):
            yield Remark(
                Pointer("claims", judgement.claim.id),
                f"{_named([judgement.claim.id])} cannot fail: the date of these arrivals has the same origin, and no "
                "other claim tests them",
                "It confirms nothing. Look for a report of another origin, or for a count after they have arrived.",
            )


def _named(claims: Sequence[str]) -> str:
    quoted = [f"'{claim}'" for claim in claims[:_NAMED_MAX]]
    more = [f"{len(claims) - _NAMED_MAX:,} more"] if len(claims) > _NAMED_MAX else []
    if len(claims) == 1:
        return f"the claim {quoted[0]}"
    *before, last = quoted + more
    return f"the claims {', '.join(before)} and {last}"
