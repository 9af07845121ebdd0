"""Explanations: a figure with all it is made of, down to the mustering, and to the sources or assumptions behind it."""

from collections.abc import Collection, Iterable, Iterator

from attrs import frozen

from sim.domain.claim import Claim, Selector, Separate, selectors_of
from sim.domain.grounds import Grounds
from sim.domain.order import Order, legs_of
from sim.domain.place import country_of
from sim.domain.source import Source
from sim.domain.unit import Unit, parts_by_unit, with_parts
from sim.ledger import Book
from sim.ledger.claims import Evidence, Judgement, Reading, correctors_of, judge
from sim.posture.cause import Cause, causes_of
from sim.posture.figure import Figure, figures_claimed, figures_selected
from sim.posture.means import Means, means_of
from sim.posture.shown import Shown


@frozen
class Explanation(Shown):
    """What a figure at the minute `at` is made of, and what that rests on.

    `selectors` say what was asked for (a claim may compare two); `exactly` takes places, origins and units as
    themselves, without what lies within or is part of them. There is a figure for each kind: kinds are never added.
    `judgement` is that of the claim that was asked about, if one was; `claims` is what else is said of these units or
    orders, by id. `causes` are in the order of the run. `sources` are those that it rests on, or that say something of
    these units, `relayed` those that they in turn have it from, both by id; `rests_on` are the ids of those that it
    rests on. `means` are those of the causes that go by lift.
    """

    at: int
    selectors: tuple[Selector, ...]
    exactly: bool
    judgement: Judgement | None
    figures: tuple[Figure, ...]
    causes: tuple[Cause, ...]
    sources: tuple[Source, ...]
    relayed: tuple[Source, ...]
    rests_on: tuple[str, ...]
    claims: tuple[Judgement, ...]
    means: Means


def explain(book: Book, at: int, selector: Selector, exactly: bool = False) -> Explanation:
    """What a selector selects at the minute `at`, explained; where it names no kind, of every kind there is some of."""
    figures = figures_selected(book, at, selector, exactly)
    return _explained(Evidence(book), at, (selector,), exactly, None, figures)


def explain_claim(book: Book, claim: Claim) -> Explanation:
    """The ledger's figure in a claim's verdict, explained at the minute it was read at.

    Raises UsageError for a claim that cannot be tested, or that was taken back.
    """
    evidence = Evidence(book)
    judgement = judge(evidence, claim)
    figures = figures_claimed(book, judgement)
    assert judgement.reading is not None, "there would be no figures"
    return _explained(evidence, judgement.reading.at, selectors_of(claim.test), False, judgement, figures)


def explain_untested(book: Book, judgement: Judgement) -> Explanation:
    """A claim that is held against nothing, as a figure would be explained: who says it, and who takes it back.

    There are no figures, `claims` are those that take it back, and `at`, since it was read at no minute, is the end.
    """
    evidence, claim = Evidence(book), judgement.claim
    correctors = [judge(evidence, book.claims[id]) for id in correctors_of(book, claim.id)]
    told = [claim, *(each.claim for each in correctors)]
    cited = {each.source for each in told}
    cited.update(_amending(book, (), (), [each.id for each in told]))
    relayed = _relayed(book, cited | {each.per for each in told if each.per is not None}) - cited
    return Explanation(
        book.opened.end,
        selectors_of(claim.test),
        False,
        judgement,
        (),
        (),
        tuple(book.sources[source] for source in sorted(cited)),
        tuple(book.sources[source] for source in sorted(relayed)),
        (),
        tuple(correctors),
        means_of(book, book.opened.end, ()),
    )


def _explained(
    evidence: Evidence,
    at: int,
    selectors: tuple[Selector, ...],
    exactly: bool,
    judgement: Judgement | None,
    figures: tuple[Figure, ...],
) -> Explanation:
    """The figures with the orders, the claims and the sources behind them."""
    book = evidence.book
    units = {row.unit for figure in figures for row in figure.all_rows}
    causes = causes_of(book, at, units, {(step.taking.unit, step.order) for figure in figures for step in figure.steps})
    asked = [] if judgement is None else [judgement.claim.id]
    found = _claims_about(evidence, units) if units else _claims_there(evidence, selectors)
    claims = tuple(each for each in found if each.claim.id not in asked)
    said = [each.claim for each in (claims if judgement is None else (judgement, *claims))]
    means = means_of(book, at, (cause.order for cause in causes))
    cited = {source for grounds in (*_grounds(book, units, causes), *means.grounds) for source in grounds.sources}
    cited.update(claim.source for claim in said)
    cited.update(_amending(book, units, (cause.order for cause in causes), asked))
    relayed = _relayed(book, cited | {claim.per for claim in said if claim.per is not None}) - cited
    return Explanation(
        at,
        selectors,
        exactly,
        judgement,
        figures,
        causes,
        tuple(book.sources[source] for source in sorted(cited)),
        tuple(book.sources[source] for source in sorted(relayed)),
        tuple(sorted(_supporting(book, at, units, causes, figures))),
        claims,
        means,
    )


def _claims_about(evidence: Evidence, units: Collection[str]) -> Iterator[Judgement]:
    """The claims about any of the units, by id: that count or miss one, name one, or hold one apart from others."""
    book = evidence.book
    parts = parts_by_unit(book.units)
    for judgement, reading in _tested(evidence):
        about = {*reading.missing, *(unit for unit, _ in reading.units)}
        for selector in selectors_of(judgement.claim.test):
            about.update(with_parts(parts, selector.units))
            about.update(unit for order in selector.orders for unit in book.addressed(order))
            if isinstance(judgement.claim.test, Separate):
                about.update(book.roster[number].id for number in evidence.first_selected(selector))
        if not about.isdisjoint(units):
            yield judgement


def _claims_there(evidence: Evidence, selectors: Iterable[Selector]) -> Iterator[Judgement]:
    """The claims about the same countries, by id."""
    asked = {code for selector in selectors for code in _countries(evidence.book, selector)}
    for judgement, _ in _tested(evidence):
        about = {code for each in selectors_of(judgement.claim.test) for code in _countries(evidence.book, each)}
        if not about.isdisjoint(asked):
            yield judgement


def _tested(evidence: Evidence) -> Iterator[tuple[Judgement, Reading]]:
    """The claims that can be tested, by id."""
    for id in sorted(evidence.book.claims):
        judgement = judge(evidence, evidence.book.claims[id])
        if judgement.reading is not None:
            yield judgement, judgement.reading


def _countries(book: Book, selector: Selector) -> Iterator[str | None]:
    """The countries that a selector asks about, by their codes or by places in them."""
    yield from selector.country
    yield from (country_of(book.places, place) for place in selector.place)


def _grounds(book: Book, units: Iterable[str], causes: Iterable[Cause]) -> Iterator[Grounds]:
    """All that the strength of the units and their orders rest on."""
    for unit in units:
        yield book.units[unit].grounds
        yield book.units[unit].figure_grounds
    for cause in causes:
        yield cause.order.grounds
        yield from (part.post_grounds for part in cause.order.parts)
        yield from (book.orders[order].grounds for _, order in cause.cancelled)
        for leg in legs_of(cause.order) if cause.order.moves else ():
            yield leg.depart_grounds
            yield leg.arrive_grounds


def _supporting(
    book: Book, at: int, units: Collection[str], causes: Iterable[Cause], figures: Iterable[Figure]
) -> set[str]:
    """The sources of how strong the units are, and of how they came where they are, or stayed.

    No others: who reports an order of which nothing had come, or only says something of the units, may deny the figure.
    """
    moved = [cause.order for cause in causes if cause.moved]
    stayed = [book.orders[by] for cause in causes for unit, by in cause.cancelled if unit in units]
    grounds = [ground for figure in figures for step in figure.steps for ground in step.rests_on]
    grounds += [book.units[unit].grounds for unit in units]
    grounds += [book.units[unit].figure_grounds for unit in units]
    grounds += [order.grounds for order in (*moved, *stayed)]
    grounds += [part.post_grounds for order in moved for part in order.parts]
    grounds += means_of(book, at, moved).grounds
    return {source for each in grounds for source in each.sources} | {*_amending(book, units, moved, ())}


def _amending(book: Book, units: Iterable[str], orders: Iterable[Order], claims: Iterable[str]) -> Iterator[str]:
    """The sources of what amends any of these."""
    told: set[tuple[type, str]] = {(Unit, unit) for unit in units}
    told |= {(Order, order.id) for order in orders} | {(Claim, claim) for claim in claims}
    for amendment in book.amendments.values():
        if (type(amendment.entry), amendment.entry.id) in told:
            yield from amendment.sources


def _relayed(book: Book, sources: Iterable[str]) -> set[str]:
    """The sources and all that they relay, to any depth."""
    found: set[str] = set()
    waiting = list(sources)
    while waiting:
        source = waiting.pop()
        if source not in found:
            found.add(source)
            waiting.extend(book.sources[source].relays)
    return found
