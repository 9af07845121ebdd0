"""Questions: claims that test the same thing, under one label, so that sources can be read side by side."""

from collections.abc import Iterable, Sequence

from attrs import frozen

from sim.domain.claim import Closed, Count, Never, Noted, Selector, Separate, Test, When
from sim.domain.vocabulary import Kind
from sim.ledger.claims import Judgement
from sim.report.wording import Wording


@frozen
class Question:
    """One thing that claims are about. The judgements all have a reading."""

    label: str
    judgements: tuple[Judgement, ...]

    @property
    def given(self) -> bool:
        """Whether no claim to it can disagree with the ledger."""
        return all(judgement.given for judgement in self.judgements)


def questions(wording: Wording, judgements: Iterable[Judgement]) -> list[Question]:
    """The questions that testable claims answer: those that most claims answer first, those only given ones last."""
    grouped: dict[object, list[Judgement]] = {}
    for judgement in judgements:
        if judgement.reading is not None:
            grouped.setdefault(_asked(judgement.claim.test), []).append(judgement)
    asked = [Question(label(wording, together[0].claim.test), tuple(together)) for together in grouped.values()]
    return sorted(asked, key=lambda question: (question.given, -len(question.judgements)))


def _asked(test: Test) -> object:
    """What a test asks, without what it expects: equal for claims that answer the same question."""
    match test:
        case Count(selector, _, at):
            return selector, at
        case Never(selector):
            return selector, When.ALWAYS
        case Separate(first, second):
            return first, second
        case Closed() | Noted():
            return test


def label(wording: Wording, test: Test) -> str:
    """What a test asks, in a few words."""
    match test:
        case Count(selector, _, at):
            end = wording.book.opened.end
            when = "" if at in {end, When.ALWAYS} or isinstance(at, When) else f", {wording.date(at).strip()}"
            return _selected(wording, selector) + when
        case Never(selector):
            return _selected(wording, selector)
        case Separate(first, second):
            return f"{_selected(wording, first)} and {_selected(wording, second)} both"
        case Closed(selector, by):
            when = "" if by == wording.book.opened.end else f" by {wording.date(by).strip()}"
            return f"closed{when}: {_selected(wording, selector)}"
        case Noted(why):
            return why


def _selected(wording: Wording, selector: Selector) -> str:
    """What a selector selects, in a few words: "deployed in Poland, from Fort Bragg"."""
    book = wording.book
    sides = {unit.side for unit in book.units.values()}
    pieces = [
        _joined(selector.side) if len(sides) > 1 else "",
        _joined(kind for kind in selector.kind if selector.kind != (Kind.TROOPS,)),
        _joined(book.units[unit].name for unit in selector.units),
        _joined(readiness.replace("-", " ") for readiness in selector.readiness),
        _prefixed("in", [wording.place(place) for place in selector.place]),
        _prefixed("in", [wording.country(code) for code in selector.country]),
        _prefixed("from", [wording.place(place) for place in selector.origin]),
    ]
    selected = " ".join(piece for piece in pieces if piece)
    if not selector.orders:
        return selected or "all"
    destinations = [order.to for order in map(book.orders.__getitem__, selector.orders) if order.to is not None]
    ordered = f"ordered to {wording.places(destinations)}" if destinations else f"under {_joined(selector.orders)}"
    return f"{selected}, of those {ordered}" if selected else ordered


def _joined(words: Iterable[str]) -> str:
    return ", ".join(words)


def _prefixed(word: str, words: Sequence[str]) -> str:
    return f"{word} {_joined(words)}" if words else ""
