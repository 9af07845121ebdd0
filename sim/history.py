"""History: how the answer to one question changed as reports came in."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Generic, TypeVar

from attrs import frozen

from sim.domain.amendment import Amendment
from sim.domain.claim import Claim, Selector
from sim.domain.known import known, publications
from sim.domain.quantity import Interval
from sim.domain.scenario import Scenario
from sim.domain.vocabulary import Basis, Kind
from sim.ledger.claims import Evidence, Judgement, correctors_of, judge
from sim.posture import Book
from sim.posture.figure import Figure, figures_selected
from sim.runs import play

A = TypeVar("A")


@frozen
class Amount:
    """A figure of one kind, its interval, and the weakest basis of what moved into it; see `sim.posture.figure`.

    `known` is how much of it is there on which basis, None for what has not moved, by basis from the strongest on.
    """

    kind: Kind
    strength: int
    interval: Interval
    basis: Basis | None
    known: tuple[tuple[Basis | None, int], ...]


@frozen
class Said:
    """What a claim came to: the version of it that was known and its verdict; `correctors` are who took it back."""

    claim: Claim
    judgement: Judgement
    correctors: tuple[str, ...]


@frozen
class Stage(Generic[A]):
    """The answer as known from the minute `at` on, None for before anything was published.

    `sources` were published at that minute; `entries` are the ids of the units, orders and amendments that came in with
    them, and of the claim that is asked about and those that take it back. An `answer` of None is that the claim had
    not been stated yet.
    """

    at: int | None
    sources: tuple[str, ...]
    entries: tuple[str, ...]
    answer: A | None


def figure_history(scenario: Scenario, at: int, selector: Selector) -> tuple[Stage[tuple[Amount, ...]], ...]:
    """What a selector selects at the minute `at`, of each kind, at each stage of what was known.

    Stages whose answer is that of the one before are there, too.
    """

    def answer(book: Book) -> tuple[Amount, ...]:
        return tuple(
            Amount(each.kind, each.strength, each.interval, each.basis, _known(each))
            for each in figures_selected(book, at, selector, False)
        )

    return tuple(_stages(scenario, answer, None))


def claim_history(scenario: Scenario, claim: str) -> tuple[Stage[Said], ...]:
    """What the claim with this id came to at each stage of what was known, as `figure_history` has them."""

    def answer(book: Book) -> Said | None:
        if claim not in book.claims:
            return None
        stated = book.claims[claim]
        return Said(stated, judge(Evidence(book), stated), correctors_of(book, claim))

    return tuple(_stages(scenario, answer, claim))


def _known(figure: Figure) -> tuple[tuple[Basis | None, int], ...]:
    bases: tuple[Basis | None, ...] = (*Basis, None)
    found = ((basis, sum(row.strength for row in figure.rows if row.basis is basis)) for basis in bases)
    return tuple((basis, strength) for basis, strength in found if strength)


def changes(stages: tuple[Stage[A], ...]) -> tuple[Stage[A], ...]:
    """The stages whose answer is not that of the one before; the first is one of them."""
    later = (stage for before, stage in pairwise(stages) if before.answer != stage.answer)
    return (*stages[:1], *later)


def _stages(scenario: Scenario, answer: Callable[[Book], A | None], claim: str | None) -> Iterator[Stage[A]]:
    """A stage for each minute at which something was published; before them, what was always known."""
    published = publications(scenario)
    minutes: list[tuple[int | None, tuple[str, ...]]] = [(None, ()), *published]
    first = published[0][0] if published else 0
    before: frozenset[str] = frozenset()
    for minute, sources in minutes:
        part = known(scenario, first - 1 if minute is None else minute)
        entries = frozenset(_entries(part, claim))
        yield Stage(minute, sources, tuple(sorted(entries - before)), answer(play(part)))
        before = entries


def _entries(scenario: Scenario, claim: str | None) -> Iterator[str]:
    yield from scenario.units
    yield from scenario.orders
    if claim is not None:
        yield from (each.id for each in scenario.in_force.claims.values() if claim in (each.id, each.corrects))
    yield from (amendment.id for amendment in scenario.amendments if _concerns(amendment, claim))


def _concerns(amendment: Amendment, claim: str | None) -> bool:
    return not isinstance(amendment.entry, Claim) or amendment.entry.id == claim
