"""Disagreement: who disagrees, with the ledger or with one another, and whether that can be reconciled."""

from collections.abc import Iterable, Iterator, Sequence

from sim.atlas.announcement import contradicted
from sim.atlas.concord import concord_in_words
from sim.atlas.sentence import Link, Segment, capitalized, joined, many, sources_in_words, spoken_of
from sim.domain.claim import Claim, Count
from sim.ledger.claims import Judgement, Verdict
from sim.posture.conflict import Saying
from sim.report.answer import Answer
from sim.report.claims_table import expected_by
from sim.report.inquiry import Inquiry, Topic
from sim.report.wording import Wording, spoken

SAYINGS_MAX = 3
"""How many of the answers to a question, which cannot all be true, the sentence names."""


def disagreement(inquiry: Inquiry, where: Sequence[str]) -> Iterator[Segment]:
    """Who contradicts the ledger, who is disputed, which answers exclude one another; and what that comes to.

    `where` are the words of a command line that name the run.
    """
    answer, wording = inquiry.answer, inquiry.wording
    tested = [judgement for judgement in answer.judgements if judgement.reading is not None]
    if not tested:
        yield "No source claims anything that can be tested, so there is nothing to disagree about."
        return
    failed, disputed = contradicted(answer), _disputed(answer)
    conflicting = [topic for topic in inquiry.topics if _undisputed(topic)]
    if not (failed or disputed or conflicting):
        yield "No source disagrees with what the reports come to, or with another. "
    if failed:
        yield from capitalized(sources_in_words(wording, failed))
        yield f" {_do(failed, 'contradicts', 'contradict')} what the reports come to, in "
        yield f"{many(len(failed), 'claim', 'claims')}. "
    if disputed:
        yield from capitalized([many(len(disputed), "claim is disputed", "claims are disputed")])
        yield " in this report: that of " if len(disputed) == 1 else " in this report: those of "
        yield from sources_in_words(wording, disputed)
        yield ". "
    if conflicting:
        yield from _conflict(wording, conflicting)
    yield concord_in_words(answer, where)


def _disputed(answer: Answer) -> list[Judgement]:
    return [each for each in answer.judgements if each.claim.disputed and each.verdict is not Verdict.WITHDRAWN]


def _do(judgements: Iterable[Judgement], one: str, more: str) -> str:
    return one if len({judgement.claim.source for judgement in judgements}) == 1 else more


def _undisputed(topic: Topic) -> list[Saying]:
    """The answers of the first conflict that is one even without what is disputed; none where there is none."""
    for conflict in topic.conflicts:
        sayings = [each for each in (conflict.lower, *conflict.higher) if any(not one.disputed for one in each.claims)]
        if sayings and sayings[0] is conflict.lower and len(sayings) > 1:
            return sayings
    return []


def _conflict(wording: Wording, topics: Sequence[Topic]) -> Iterator[Segment]:
    """The answers to one question that exclude one another, and how many more such questions there are."""
    sayings = _undisputed(topics[0])
    pieces: list[Iterable[Segment]] = [_saying(wording, claim) for claim in _apart(sayings[:SAYINGS_MAX])]
    if len(sayings) > SAYINGS_MAX:
        others = many(len(sayings) - SAYINGS_MAX, "more answer is", "more answers are")
        pieces.append([f"{others} given"])
    yield f"Not all can be right on \N{LEFT DOUBLE QUOTATION MARK}{topics[0].question.label}"
    yield "\N{RIGHT DOUBLE QUOTATION MARK}: "
    yield from joined(pieces)
    yield ". "
    if more := len(topics) - 1:
        yield f"Nor can they on {many(more, 'other question', 'other questions')}. "


def _apart(sayings: Sequence[Saying]) -> Iterator[Claim]:
    """A claim for each answer that nobody disputes, of different sources where that can be."""
    answers = [[claim for claim in saying.claims if not claim.disputed] for saying in sayings]
    chosen: dict[int, Claim] = {}
    for place in sorted(range(len(answers)), key=lambda place: len(answers[place])):
        told = {claim.source for claim in chosen.values()}
        chosen[place] = next((claim for claim in answers[place] if claim.source not in told), answers[place][0])
    for _, claim in sorted(chosen.items()):
        yield claim


def _saying(wording: Wording, claim: Claim) -> Iterator[Segment]:
    words = spoken(claim.test.expected) if isinstance(claim.test, Count) else expected_by(claim.test)
    name = spoken_of(wording.told_apart([claim.source])[claim.source])
    yield from (Link(name, "source", claim.source), " says ", Link(words, "claim", claim.id))
