"""History: how the answer to one question changed as reports came in."""

from collections.abc import Callable, Collection, Iterable, Iterator
from operator import itemgetter
from typing import Generic, TypeVar

from attrs import evolve, frozen

from sim.domain.amendment import Amendment
from sim.domain.claim import Claim, Selector
from sim.domain.grounds import NO_GROUNDS
from sim.domain.known import known, publications
from sim.domain.order import Order, Transit, Window
from sim.domain.quantity import Interval
from sim.domain.scenario import Scenario
from sim.domain.unit import Unit
from sim.domain.vocabulary import Basis, Kind
from sim.errors import UnknownError, nearest
from sim.ledger.claims import Evidence, Judgement, Verdict, correctors_of, judge
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

    @property
    def shown(self) -> object:
        """What a reader is shown of it: not which units or parts a figure is made of, nor who was speaking."""
        claim, reading = self.claim, self.judgement.reading
        if reading is not None:
            missing = reading.missing if self.judgement.verdict is Verdict.OPEN else ()
            reading = evolve(reading, units=(), portions=(), missing=missing)
        stated = claim.says, claim.test, claim.per, claim.disputed
        return stated, self.judgement.verdict, self.judgement.given, reading, self.correctors


@frozen
class Detail:
    """What became known of an entry that was known before: of an order its `departure`, `arrival`, `transit`, `parts`
    or `lift`, of a unit its `strength`.
    """

    entry: str
    of: str


Key = tuple[type[Unit | Order | Claim], str]
"""An entry or an amendment of one: of what kind it is, since a unit and an order may have the same id, and its id."""

Told = tuple[A | None, frozenset[str]]
"""An answer, and the ids of the units that are counted for it."""


@frozen
class Stage(Generic[A]):
    """The answer as known from the minute `at` on, None for before anything was published.

    `sources` were published at that minute; `entries` are the ids of the units, orders and amendments that came in with
    them, and of the claim that is asked about and those that take it back; `bearing` are those of them that are about
    that claim, or about what is counted for the answer or was for the one before. `details` are of entries about the
    same that were there before. An `answer` of None is that the claim had not been stated yet.
    """

    at: int | None
    sources: tuple[str, ...]
    entries: tuple[str, ...]
    bearing: tuple[str, ...]
    details: tuple[Detail, ...]
    answer: A | None


def figure_history(scenario: Scenario, at: int, selector: Selector) -> tuple[Stage[tuple[Amount, ...]], ...]:
    """What a selector selects at the minute `at`, of each kind, at each stage of what was known.

    Stages whose answer is that of the one before are there, too.
    """

    def answer(book: Book) -> Told[tuple[Amount, ...]]:
        figures = figures_selected(book, at, selector, False)
        amounts = (Amount(each.kind, each.strength, each.interval, each.basis, _known(each)) for each in figures)
        return tuple(amounts), frozenset(row.unit for each in figures for row in each.rows)

    return tuple(_stages(scenario, answer, None))


def claim_history(scenario: Scenario, claim: str) -> tuple[Stage[Said], ...]:
    """What the claim with this id came to at each stage of what was known, as `figure_history` has them.

    Raises UnknownError where the scenario has no such claim.
    """
    if claim not in scenario.claims:
        like = nearest(claim, scenario.claims)
        remedy = "Name one by its id." if like is None else f"Did you mean '{like}'?"
        raise UnknownError(f"there is no claim '{claim}'", remedy, "claim", claim)

    def answer(book: Book) -> Told[Said]:
        if claim not in book.claims:
            return None, frozenset()
        stated = book.claims[claim]
        judgement = judge(Evidence(book), stated)
        reading = judgement.reading
        units = () if reading is None else (*reading.missing, *(unit for unit, _ in reading.units))
        return Said(stated, judgement, correctors_of(book, claim)), frozenset(units)

    return tuple(_stages(scenario, answer, claim))


def _known(figure: Figure) -> tuple[tuple[Basis | None, int], ...]:
    bases: tuple[Basis | None, ...] = (*Basis, None)
    found = ((basis, sum(row.strength for row in figure.rows if row.basis is basis)) for basis in bases)
    return tuple((basis, strength) for basis, strength in found if strength)


def changed(stages: tuple[Stage[A], ...]) -> tuple[bool, ...]:
    """Of each stage whether a reader is shown another answer than at the one before; the first is no change."""
    shown = [stage.answer.shown if isinstance(stage.answer, Said) else stage.answer for stage in stages]
    return tuple(number > 0 and shown[number - 1] != answer for number, answer in enumerate(shown))


def changes(stages: tuple[Stage[A], ...]) -> tuple[Stage[A], ...]:
    """The stages at which the answer changed; the first is one of them."""
    return (*stages[:1], *(stage for stage, other in zip(stages, changed(stages), strict=True) if other))


def _stages(scenario: Scenario, answer: Callable[[Book], Told[A]], claim: str | None) -> Iterator[Stage[A]]:
    """A stage for each minute at which something was published; before them, what was always known.

    What came in may be nothing that the answer can depend on: then it is not played out again.
    """
    published = publications(scenario)
    minutes: list[tuple[int | None, tuple[str, ...]]] = [(None, ()), *published]
    first = published[0][0] if published else 0
    before: frozenset[Key] = frozenset()
    relied: object = None
    told, counted = None, frozenset[str]()
    earlier: Scenario | None = None
    for minute, sources in minutes:
        part = known(scenario, first - 1 if minute is None else minute)
        entries, relies, had = frozenset(_entries(part, claim)), _relied_on(part, claim), counted
        if relies != relied:
            told, counted = answer(play(part))
            relied = relies
        new = entries - before
        bearing = _bearing(part, new, counted | had)
        details = () if earlier is None else tuple(_details(earlier, part, new, counted | had))
        yield Stage(minute, sources, _ids(new), _ids(bearing), details, told)
        before, earlier = entries, part


def _relied_on(scenario: Scenario, claim: str | None) -> object:
    """All that an answer can depend on: who moves when and by what, and, of claims, the one asked about and who takes
    what back.
    """
    amendments = [each for each in scenario.amendments if not isinstance(each.entry, Claim)]
    stated = scenario.in_force.claims.values() if claim is not None else ()
    claims = [each for each in stated if each.id == claim or each.corrects is not None]
    lift = scenario.lift, scenario.ports, scenario.capacity
    return scenario.units, scenario.orders, lift, amendments, claims


def _ids(entries: Iterable[Key]) -> tuple[str, ...]:
    return tuple(sorted({id for _, id in entries}))


def _bearing(scenario: Scenario, entries: Iterable[Key], units: frozenset[str]) -> Iterator[Key]:
    """Those of the entries that are about any of these units; and all claims, of which there is but what is asked."""
    now = scenario.in_force
    meant = {(type(each.entry), each.id): each.entry.id for each in scenario.amendments}
    for kind, id in entries:
        about = meant.get((kind, id), id)
        if kind is Order:
            bears = not units.isdisjoint(now.addressed(now.orders[about]))
        else:
            bears = kind is Claim or about in units
        if bears:
            yield kind, id


def _details(earlier: Scenario, now: Scenario, new: Collection[Key], units: frozenset[str]) -> Iterator[Detail]:
    """What is known of entries about these units that was not `earlier`, where no amendment that is `new` says so."""
    amended = {(type(each.entry), each.entry.id) for each in now.amendments if (type(each.entry), each.id) in new}
    before, after = earlier.in_force, now.in_force
    every: list[Key] = sorted(
        [*((Order, id) for id in after.orders), *((Unit, id) for id in after.units)], key=itemgetter(1)
    )
    kept = [key for key in every if key not in new and key not in amended]
    for kind, id in _bearing(now, kept, units):
        if kind is Order:
            was, found = _dates(before.orders[id]), _dates(after.orders[id])
            yield from (Detail(id, of) for of in found if found[of] != was[of])
        elif before.units[id].strength != after.units[id].strength:
            yield Detail(id, "strength")


def _dates(order: Order) -> dict[str, object]:
    """When and how much of an order moves, and how, whoever says so."""
    return {
        "departure": _dated(order.depart),
        "arrival": _dated(order.arrive),
        "transit": _minutes(order.transit),
        "parts": [
            (part.strength, part.reported, _dated(part.depart), _dated(part.arrive), _minutes(part.transit))
            for part in order.parts
        ],
        "lift": order.carriage,
    }


def _dated(window: Window) -> Window:
    return evolve(window, grounds=NO_GROUNDS)


def _minutes(transit: Transit | None) -> int | None:
    return None if transit is None else transit.minutes


def _entries(scenario: Scenario, claim: str | None) -> Iterator[Key]:
    yield from ((Unit, id) for id in scenario.units)
    yield from ((Order, id) for id in scenario.orders)
    if claim is not None:
        claims = scenario.in_force.claims.values()
        yield from ((Claim, each.id) for each in claims if claim in (each.id, each.corrects))
    yield from ((type(each.entry), each.id) for each in scenario.amendments if _concerns(each, claim))


def _concerns(amendment: Amendment, claim: str | None) -> bool:
    return not isinstance(amendment.entry, Claim) or amendment.entry.id == claim
