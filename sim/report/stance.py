"""Stances: how a claim stands against the ledger, in sentences."""

from collections.abc import Iterator, Sequence

from sim.domain.claim import Claim, Closed, Count, Never, Separate, When
from sim.domain.override import keys_changed
from sim.ledger.claims import Judgement, Verdict, since
from sim.report.cause import amended_by
from sim.report.claims_table import distance_of, verdict_in_words
from sim.report.question import reading_of
from sim.report.text import clean
from sim.report.undecided import so_far, undecided
from sim.report.wording import Wording, bounds, named, spoken


def stance(wording: Wording, judgement: Judgement, left_out: Sequence[str] = ()) -> Iterator[str]:
    """What a tested claim expects and the ledger has, with all there is to say of the verdict.

    `left_out` are the ids of units that were given the same orders and are not in the figure.
    """
    claim, reading = judgement.claim, reading_of(judgement)
    interval = bounds(reading.interval)
    ledger = f"{reading.strength:,}" + (f" ({interval})" if interval else "")
    off = f", off by {distance:,}" if (distance := distance_of(judgement)) else ""
    yield f"It expects {spoken(reading.expected)}; the ledger has {ledger}: {verdict_in_words(judgement)}{off}."
    yield from _moments(wording, judgement)
    if left_out:
        units = wording.book.units
        each = named([f"{unit} ({units[unit].strength:,} {units[unit].kind})" for unit in left_out])
        yield f"Not in the figure, though given the same orders: {each}."
    if judgement.verdict is Verdict.OPEN:
        yield f"Open: {undecided(judgement)}."
    if there := so_far(reading):
        yield f"By then, {there}."
    if judgement.given:
        yield "Given: it rests on this source itself, or on one with the same origin, so it cannot disagree."
    if claim.disputed:
        yield f"Disputed: {clean(claim.disputed)}"
    yield from (line.strip().replace("amended", "Amended", 1) for line in amended_by(wording, claim))
    yield from _reworded(wording, claim)


def _moments(wording: Wording, judgement: Judgement) -> Iterator[str]:
    """Of what is about more than a moment: which moment this is."""
    test = judgement.claim.test
    if isinstance(test, Never) or (isinstance(test, Count) and test.at is When.ALWAYS):
        first = wording.date(since(wording.book, judgement.claim)).strip()
        holds = judgement.verdict is Verdict.HOLDS
        which = (
            "and holds at all of them; this is the first" if holds else "this is the first at which it does not hold"
        )
        yield f"It is about every moment from {first} on{',' if holds else ';'} {which}."
    elif isinstance(test, Separate):
        yield "It is about the whole run: what counts is all of the units that were in both by then."
    elif isinstance(test, Closed):
        yield "It expects all of the units meant to have closed by then."


def _reworded(wording: Wording, claim: Claim) -> Iterator[str]:
    """Who of another outlet changed what the claim says, and what of it: its own source did not say it so."""
    book = wording.book
    own, before = book.sources[claim.source].outlet, book.first_reported(Claim).get(claim.id, claim)
    for _, amendment in book.amendments_of(claim):
        keys = [key for key in keys_changed(before, amendment.entry) if key != "disputed"]
        (source,), before = amendment.sources, amendment.entry
        if keys and book.sources[source].outlet.casefold() != own.casefold():
            by = f"{wording.letters[source]} {wording.outlet(source)}"
            yield f"With {amendment.id}, {by} changed {named(keys)}: {wording.letters[claim.source]} did not say it so."
