"""Sentences: words for a reader, of which some stand for a thing that can be looked up."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from attrs import evolve, frozen

from sim.domain.quantity import Interval
from sim.ledger.claims import Judgement
from sim.report.wording import Wording, bounds

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


_UNNAMED = re.compile(r"not named(?:[,:]? +(?P<more>.+))?", re.IGNORECASE)
"""What scenarios call an outlet that is not known, and what they say of it."""

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def joined(pieces: Sequence[Iterable[Segment]], comma: str = ", ", last: str = " and ") -> Iterator[Segment]:
    """Pieces of a sentence with commas between them, and a word before the last."""
    for number, piece in enumerate(pieces):
        if number:
            yield last if number == len(pieces) - 1 else comma
        yield from piece


def sources_in_words(wording: Wording, judgements: Iterable[Judgement]) -> Iterator[Segment]:
    """Who makes these claims, each source once; of many, the first, and how many more there are."""
    return sources_named(wording, sorted({judgement.claim.source for judgement in judgements}))


def sources_named(wording: Wording, sources: Sequence[str], most: int = SOURCES_MAX) -> Iterator[Segment]:
    """These sources by their outlets, each once: of more than so many, the first, and how many more there are.

    A single one more is named too.
    """
    called: dict[str, str] = {}
    for source in sources:
        called.setdefault(spoken_of(wording.outlet(source)), source)
    most += len(called) == most + 1
    pieces: list[Iterable[Segment]] = [[Link(name, "source", source)] for name, source in [*called.items()][:most]]
    if len(called) > most:
        pieces.append([f"{counted(len(called) - most)} more"])
    comma = "; " if any(", " in name for name in [*called][:most]) else ", "
    yield from joined(pieces, comma)


def spoken_of(name: str) -> str:
    """A source's name as it stands in a sentence: "not named, Axios style" is a source that is not named."""
    unnamed = _UNNAMED.fullmatch(name)
    if unnamed is None:
        return name
    more = unnamed["more"] or ""
    return "a source that is not named" + (f" ({more.removeprefix('(').removesuffix(')')})" if more else "")


def capitalized(sentence: Iterable[Segment]) -> Iterator[Segment]:
    """A sentence that begins with a capital letter, where it begins with a letter."""
    segments = iter(sentence)
    for first in segments:
        words = first.words if isinstance(first, Link) else first
        words = words[:1].upper() + words[1:]
        yield evolve(first, words=words) if isinstance(first, Link) else words
        yield from segments


def ranged(interval: Interval) -> str:
    """An interval in a sentence: "2,700 to 3,300"; nothing for a single number."""
    return bounds(interval).replace("-", " to ")


def text_of(sentence: Iterable[Segment]) -> str:
    """A sentence as plain text."""
    return "".join(each.words if isinstance(each, Link) else each for each in sentence)


def counted(count: int) -> str:
    """A count as newspapers print it: in words up to twelve."""
    return _WORDS[count] if count < len(_WORDS) else f"{count:,}"


def many(count: int, one: str, more: str) -> str:
    """How many there are of something."""
    return f"{counted(count)} {one if count == 1 else more}"
