"""Questions: claims that test the same thing, under one label, so that sources can be read side by side."""

from collections.abc import Iterable, Sequence
from typing import assert_never

from attrs import frozen

from sim.domain.claim import Closed, Count, Moment, Never, Noted, Selector, Separate, Test, When
from sim.domain.place import NOT_STATED
from sim.domain.question import asked_by
from sim.domain.vocabulary import Kind, Readiness
from sim.ledger.claims import Judgement, Reading, since
from sim.report.text import clean
from sim.report.wording import Wording, named

ALWAYS = ", at any time"
"""How the label ends of a question about no single moment."""

SINCE = " since published"
"""What follows there where an answer is only about the time from its publication on."""


@frozen
class Question:
    """One thing that claims are about. The judgements all have a reading; `withdrawn` are answers taken back."""

    label: str
    judgements: tuple[Judgement, ...]
    withdrawn: tuple[Judgement, ...] = ()

    @property
    def given(self) -> bool:
        """Whether no claim to it can disagree with the ledger."""
        return all(judgement.given for judgement in self.judgements)

    @property
    def answers(self) -> tuple[Judgement, ...]:
        """All that was ever said to it."""
        return (*self.judgements, *self.withdrawn)


def reading_of(judgement: Judgement) -> Reading:
    """The reading of a claim that is an answer to a question."""
    assert judgement.reading is not None, "what cannot be tested answers no question"
    return judgement.reading


def questions(wording: Wording, judgements: Iterable[Judgement]) -> list[Question]:
    """The questions that testable claims answer: those that most claims answer first, those only given ones last."""
    return [question for question in all_questions(wording, judgements) if question.judgements]


def all_questions(wording: Wording, judgements: Iterable[Judgement]) -> list[Question]:
    """The same and, last of all, the questions to which every answer was taken back."""
    grouped: dict[object, list[Judgement]] = {}
    for judgement in judgements:
        if not isinstance(judgement.claim.test, Noted):
            grouped.setdefault(asked_by(judgement.claim.test), []).append(judgement)
    asked = [_question(wording, together) for together in grouped.values()]
    return sorted(asked, key=lambda question: (question.given, -len(question.judgements)))


def _question(wording: Wording, judgements: Sequence[Judgement]) -> Question:
    answers = tuple(judgement for judgement in judgements if judgement.reading is not None)
    withdrawn = tuple(judgement for judgement in judgements if judgement.reading is None)
    return Question(_heading(wording, answers or withdrawn), answers, withdrawn)


def _heading(wording: Wording, judgements: Sequence[Judgement]) -> str:
    """The label of what claims answer together."""
    asked = label(wording, judgements[0].claim.test)
    later = any(since(wording.book, judgement.claim) > 0 for judgement in judgements)
    return asked + SINCE if asked.endswith(ALWAYS) and later else asked


def label(wording: Wording, test: Test) -> str:
    """What a test asks, in a few words."""
    match test:
        case Count(selector, _, at):
            return selected(wording, selector) + _when(wording, at)
        case Never(selector):
            return selected(wording, selector) + _when(wording, When.ALWAYS)
        case Separate(first, second):
            ones, others = _among(wording, first), _among(wording, second)
            return f"both {ones}{',' * (',' in ones + others)} and {others}"
        case Closed(selector):
            return f"closed{closed_by(wording, test)}: {selected(wording, selector)}"
        case Noted(why):
            return clean(why)
        case _:
            assert_never(test)


def _among(wording: Wording, selector: Selector) -> str:
    """What a selector selects, for what one can be: "in Poland", but "one of the Gunners in Poland"."""
    asked = selected(wording, selector)
    return f"one of the {asked}" if selector.units else asked


def _when(wording: Wording, at: Moment) -> str:
    """The moment of a question, where it is not the end."""
    if at is When.ALWAYS:
        return ALWAYS
    return "" if at == wording.book.opened.end else f", {wording.day(at)}"


def closed_by(wording: Wording, test: Closed) -> str:
    """By when something is to have closed; nothing where that is the end of the run."""
    return "" if test.by == wording.book.opened.end else f" by {wording.day(test.by)}"


def selected(wording: Wording, selector: Selector) -> str:
    """What a selector selects, in a few words: "deployed in Poland, from Fort Bragg".

    Units and orders that were not known yet, which a claim may name, have their ids alone.
    """
    book = wording.book
    at = "to" if selector.readiness == (Readiness.IN_TRANSIT,) else "in"
    pieces = [
        named([clean(side) for side in selector.side]) if set(selector.side) != wording.sides else "",
        named(selector.kind) if selector.kind != (Kind.TROOPS,) else "",
        named([wording.unit(unit) if unit in book.units else unit for unit in selector.units]),
        named([readiness.replace("-", " ") for readiness in selector.readiness]),
        _prefixed(at, [_somewhere(wording.place(place), "place") for place in selector.place]),
        _prefixed(at, [_somewhere(wording.country(code), "country") for code in selector.country]),
        _prefixed("from", [_somewhere(wording.place(place), "place") for place in selector.origin]),
    ]
    selected = " ".join(piece for piece in pieces if piece)
    if not selector.orders:
        return selected or "all"
    ordered_by = [book.orders[order] for order in selector.orders if order in book.orders]
    destinations = [order.to for order in ordered_by if order.to is not None]
    ordered = f"ordered {wording.destinations(destinations)}" if destinations else f"under {named(selector.orders)}"
    return f"{selected}, of those {ordered}" if selected else ordered


def _somewhere(name: str, noun: str) -> str:
    return f"a {noun} {NOT_STATED}" if name == NOT_STATED else name


def _prefixed(word: str, words: Sequence[str]) -> str:
    return f"{word} {named(words)}" if words else ""
