"""Clashes: claims that cannot all be true, in words: who says what, and which figures it takes."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from sim.atlas.sentence import Link, Segment, joined, spoken_of
from sim.domain.claim import Claim, Count
from sim.domain.question import asked_by
from sim.report.claims_table import expected_by
from sim.report.question import label
from sim.report.text import clean
from sim.report.wording import Wording, spoken

if TYPE_CHECKING:
    from sim.reconcile.contradiction import Contradiction
    from sim.reconcile.figure import Figure


def clash_in_words(wording: Wording, clash: "Contradiction") -> Iterator[Segment]:
    """One contradiction: its statements, each as one who makes it says it, and the strengths that it takes for it."""
    answers = [statement.claims for statement in clash.statements]
    if len(answers) > 1 and len({asked_by(claims[0].test) for claims in answers}) == 1:
        yield from sayings_in_words(wording, label(wording, answers[0][0].test), answers)
    else:
        each = (_saying(wording, claim, asked=True) for claim in told_by(answers))
        yield from joined([*each])
    figures: list[Iterable[Segment]] = [[_figure(figure)] for figure in clash.figures]
    if figures:
        yield ", while "
        yield from joined(figures)
    elif any(not demand.form for statement in clash.statements for demand in statement.demands):
        yield ", which the times of the orders rule out"


def sayings_in_words(
    wording: Wording, asked: str, answers: Sequence[Sequence[Claim]], others: Sequence[str] = ()
) -> Iterator[Segment]:
    """Answers to one question, each with the claims that give it, as one of them has it; and what else is told."""
    yield f"on {_quoted(asked)}, "
    claims = told_by(answers)
    if len({claim.source for claim in claims}) == 1:
        yield from _who(wording, claims[0])
        yield " says both " if len(claims) == 2 and not others else " says "
        pieces: list[Iterable[Segment]] = [[_said(claim)] for claim in claims]
    else:
        pieces = [_saying(wording, claim) for claim in claims]
    yield from joined([*pieces, *([other] for other in others)])


def told_by(answers: Sequence[Sequence[Claim]]) -> list[Claim]:
    """A claim for each answer, of different sources where that can be."""
    chosen: dict[int, Claim] = {}
    for place in sorted(range(len(answers)), key=lambda place: len(answers[place])):
        told = {claim.source for claim in chosen.values()}
        chosen[place] = next((claim for claim in answers[place] if claim.source not in told), answers[place][0])
    return [claim for _, claim in sorted(chosen.items())]


def _saying(wording: Wording, claim: Claim, *, asked: bool = False) -> Iterator[Segment]:
    yield from (*_who(wording, claim), " says ", _said(claim))
    yield f" on {_quoted(label(wording, claim.test))}" if asked else ""


def _who(wording: Wording, claim: Claim) -> Iterator[Segment]:
    yield Link(spoken_of(wording.outlet(claim.source)), "source", claim.source)


def _said(claim: Claim) -> Link:
    words = spoken(claim.test.expected) if isinstance(claim.test, Count) else expected_by(claim.test)
    return Link(words, "claim", claim.id)


def _figure(figure: "Figure") -> str:
    """A strength that was reported, or that the run worked out."""
    name = clean(figure.unit.name) or figure.unit.id
    if figure.account is not None:
        return f"by lift there are {figure.strength:,} of {name}"
    many = f"{figure.strength:,}" if figure.reported is None else spoken(figure.reported)
    return f"{'a part of ' if figure.order is not None else ''}{name} is put at {many}"


def _quoted(words: str) -> str:
    return f"\N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK}"
