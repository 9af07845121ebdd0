"""Disagreement: who disagrees, with the ledger or with one another, and whether that can be reconciled."""

from collections.abc import Iterable, Iterator, Sequence

from sim.atlas.announcement import contradicted
from sim.atlas.concord import concord_in_words
from sim.atlas.sentence import Link, Segment, joined, many, sources_in_words
from sim.domain.claim import Count
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
        yield "No source disagrees with the ledger or with another. "
    if failed:
        yield from sources_in_words(wording, failed)
        yield f" {_do(failed, 'contradicts', 'contradict')} the ledger ({many(len(failed), 'claim', 'claims')}). "
    if disputed:
        yield from sources_in_words(wording, disputed)
        claims = many(len(disputed), "claim", "claims")
        yield f" {_do(disputed, 'makes', 'make')} {claims} that this scenario disputes. "
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
    pieces: list[Iterable[Segment]] = [_saying(wording, each) for each in sayings[:SAYINGS_MAX]]
    if len(sayings) > SAYINGS_MAX:
        pieces.append([f"{len(sayings) - SAYINGS_MAX:,} more"])
    yield f"Of what is said of \N{LEFT DOUBLE QUOTATION MARK}{topics[0].question.label}\N{RIGHT DOUBLE QUOTATION MARK} "
    yield "not all can be true: "
    yield from joined(pieces)
    yield f", and so on {many(more, 'more question', 'more questions')}" if (more := len(topics) - 1) else ""
    yield ". "


def _saying(wording: Wording, saying: Saying) -> Iterator[Segment]:
    claim = next(claim for claim in saying.claims if not claim.disputed)
    words = spoken(claim.test.expected) if isinstance(claim.test, Count) else expected_by(claim.test)
    yield from (Link(words, "claim", claim.id), " (")
    yield Link(wording.told_apart([claim.source])[claim.source], "source", claim.source)
    yield ")"
