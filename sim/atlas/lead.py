"""The lead: three paragraphs that say what a run comes to, made from it alone."""

from collections.abc import Iterable

from attrs import evolve

from sim.atlas.announcement import announcement
from sim.atlas.disagreement import disagreement
from sim.atlas.holding import holding
from sim.atlas.sentence import Link, Segment, Sentence
from sim.report.inquiry import Inquiry

WORDS_MAX = 500
"""How many characters a part of a sentence has at most."""

Lead = tuple[Sentence, Sentence, Sentence]
"""What was announced and whether it adds up; where the forces are at the end; who disagrees."""


def lead(inquiry: Inquiry) -> Lead:
    """The lead of a run whose claims were all inquired into."""
    answer, wording = inquiry.answer, inquiry.wording
    told = announcement(answer, wording), holding(answer, wording), disagreement(inquiry)
    first, second, third = (tuple(_ended(map(_in_short, each))) for each in told)
    return first, second, third


def _in_short(segment: Segment) -> Segment:
    """A segment, cut where its words are far longer than any name."""
    if isinstance(segment, Link):
        return evolve(segment, words=_cut(segment.words))
    return _cut(segment)


def _ended(segments: Iterable[Segment]) -> list[Segment]:
    """Segments without a space at their end, and without empty ones."""
    each = [segment for segment in segments if segment]
    if each and isinstance(each[-1], str):
        each[-1] = each[-1].rstrip()
    return each


def _cut(words: str) -> str:
    return words if len(words) <= WORDS_MAX else words[: WORDS_MAX - 1] + "\N{HORIZONTAL ELLIPSIS}"
