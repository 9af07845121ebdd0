"""Sentences: words for a reader, of which some stand for a thing that can be looked up."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from attrs import frozen

from sim.ledger.claims import Judgement
from sim.report.wording import Wording

Noun = Literal["claim", "place", "unit", "order", "source"]


@frozen
class Link:
    """Words that stand for one thing of the scenario: of what kind it is, and its id."""

    words: str
    noun: Noun
    id: str


Segment = str | Link
Sentence = tuple[Segment, ...]

SOURCES_MAX = 4
"""How many sources a sentence names."""


def joined(pieces: Sequence[Iterable[Segment]], last: str = " and ") -> Iterator[Segment]:
    """Pieces of a sentence with commas between them, and a word before the last."""
    for number, piece in enumerate(pieces):
        if number:
            yield last if number == len(pieces) - 1 else ", "
        yield from piece


def sources_in_words(wording: Wording, judgements: Iterable[Judgement]) -> Iterator[Segment]:
    """Who makes these claims, each source once; of many, the first, and how many more there are."""
    sources = sorted({judgement.claim.source for judgement in judgements})
    called = wording.told_apart(sources)
    pieces: list[Iterable[Segment]] = [[Link(called[source], "source", source)] for source in sources[:SOURCES_MAX]]
    if len(sources) > SOURCES_MAX:
        pieces.append([f"{len(sources) - SOURCES_MAX:,} more"])
    yield from joined(pieces)


def text_of(sentence: Iterable[Segment]) -> str:
    """A sentence as plain text."""
    return "".join(each.words if isinstance(each, Link) else each for each in sentence)


def many(count: int, one: str, more: str) -> str:
    """How many there are of something."""
    return f"{count:,} {one if count == 1 else more}"
