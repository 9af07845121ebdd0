"""Knowledge: what a reader is told of an answer that has only what was known by some time."""

from collections.abc import Iterator

from sim.domain.claim import Closed, Count, Noted, Test
from sim.ledger import Book
from sim.ledger.awaited import unplayed
from sim.ledger.claims import withdrawn
from sim.report.answer import Answer
from sim.report.text import clean
from sim.report.wording import Wording, named


def as_known(answer: Answer, wording: Wording, *, claims: bool = False) -> Iterator[str]:
    """As known when, and what that leaves out; nothing for an answer with all that was ever published.

    On a page that is about `claims`, also how many of all there are lay ahead then.
    """
    knowledge = answer.knowledge
    if knowledge is None:
        return
    when = wording.due(knowledge.at, with_year=True).strip()
    yield f"As known on {when}: {knowledge.published:,} of {knowledge.dated:,} dated sources had been published"
    silent = [id for id in knowledge.undated if id in wording.letters]
    if silent:
        names = named([f"{wording.letters[id]} {wording.outlet(id)}" for id in silent])
        yield f"  without a date, and so known as soon as what they relay, or from the beginning: {names}"
    if knowledge.at < answer.book.opened.end and answer.book.orders:
        yield "  what lies after that is as announced or assumed by then"
    if claims:
        yield from _claims_ahead(answer, knowledge.at)
    yield from _unplayed(answer)


def _claims_ahead(answer: Answer, at: int) -> Iterator[str]:
    """How many of the claims are about times that then lay ahead."""
    book = answer.book
    back = withdrawn(book.claims)
    until = [_until(book, claim.test) for claim in book.claims.values() if claim.id not in back]
    tested = [minute for minute in until if minute is not None]
    ahead = sum(minute > at for minute in tested)
    if ahead:
        claims = f"{ahead:,} of {len(tested):,} claim{'s' * (len(tested) != 1)} {'is' if ahead == 1 else 'are'}"
        yield f"  {claims} about times after that, and held against what had been announced for them by then"


def _until(book: Book, test: Test) -> int | None:
    """The last minute that a test is about; None for what cannot be tested."""
    match test:
        case Count(_, _, int(at)):
            return at
        case Closed(_, by):
            return by
        case Noted():
            return None
        case _:
            return book.opened.end


def _unplayed(answer: Answer) -> Iterator[str]:
    """Which orders could not be played out with what was known, and why."""
    if not answer.unplayed:
        return
    on_the_way = unplayed(answer.book)
    moved: dict[str, None] = {}  # each order once, in the order of the run
    others: dict[str, dict[str, None]] = {}
    for refusal in answer.unplayed:
        if (refusal.order, refusal.unit) in on_the_way:
            moved[refusal.order] = None
        else:
            others.setdefault(refusal.order, {})[clean(refusal.reason)] = None
    if moved:
        yield f"  not played out, because the arrival before was not known yet: {named(list(moved))}"
    if others:
        told = [f"{order} ({named(list(reasons), '; ')})" for order, reasons in others.items()]
        yield f"  not played out as known then: {named(told)}"
