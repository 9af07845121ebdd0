"""Disagreement: who disagrees, with the ledger or with one another, and whether that can be reconciled."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, assert_never

from sim.atlas.announcement import contradicted
from sim.atlas.clash import clash_in_words, sayings_in_words
from sim.atlas.concord import borne_out, concord_of
from sim.atlas.sentence import Segment, capitalized, joined, many, sources_in_words
from sim.ledger.claims import Judgement, Verdict
from sim.posture.conflict import Saying
from sim.report.answer import Answer
from sim.report.inquiry import Inquiry, Topic
from sim.report.wording import Wording

if TYPE_CHECKING:
    from sim.reconcile import Concord
    from sim.reconcile.contradiction import Contradiction

TOPICS_MAX = 2
"""How many questions that have answers which cannot all be true are told of."""

SAYINGS_MAX = 3
"""How many of the answers to a question, which cannot all be true, the sentence names."""

_ALL_CAN = "All undisputed claims can be true together."


def disagreement(inquiry: Inquiry) -> Iterator[Segment]:
    """Who contradicts the ledger, who is disputed, what cannot all be true; and whether that can be reconciled."""
    answer, wording = inquiry.answer, inquiry.wording
    if all(judgement.reading is None for judgement in answer.judgements):
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
    yield from _together(answer, wording, conflicting)


def _together(answer: Answer, wording: Wording, conflicting: Sequence[Topic]) -> Iterator[Segment]:
    """Whether what is not disputed can all be true, and what keeps it from that."""
    found = None if borne_out(answer) else concord_of(answer)
    if found is None:
        yield from _conflicts(wording, conflicting)
        others = "all others" if conflicting else "all undisputed claims"
        yield _ALL_CAN if borne_out(answer) else f"Whether {others} can be true together was not tried here."
        return
    from sim.reconcile.cluster import Together

    match found.together:
        case Together.POSSIBLE:
            yield _ALL_CAN
        case Together.UNDECIDED:
            yield from _conflicts(wording, conflicting)
            yield f"Whether {'all others' if conflicting else 'all undisputed claims'} can be true together "
            yield "would take too long to find out here."
        case Together.IMPOSSIBLE:
            yield from _apart(answer, wording, found)
        case _:
            assert_never(found.together)


def _apart(answer: Answer, wording: Wording, found: "Concord") -> Iterator[Segment]:
    """What keeps undisputed claims from being true together, and whether rounding explains it."""
    from sim.reconcile.cluster import Together
    from sim.reconcile.effort import Extent

    real, rounding = found.contradictions.real, found.contradictions.rounding
    least = "" if found.contradictions.extent is Extent.ALL else "at least "
    if found.contradictions.as_round is Together.POSSIBLE:
        yield from _clashes(wording, "Taken to the letter, not all undisputed claims can be right", rounding, 1, least)
        yield " Rounding explains it: if round figures were rounded, all can be true."
        return
    if not real:
        yield "Not all undisputed claims can be right; which of them, would take too long to find out here."
        return
    yield from _clashes(wording, "Not all undisputed claims can be right, however they were rounded", real, 2, least)
    verdicts = {each.claim.id: each.verdict for each in answer.judgements}
    clashing = {verdicts[claim.id] for each in real for statement in each.statements for claim in statement.claims}
    if clashing <= {Verdict.HOLDS, Verdict.COMPATIBLE}:
        yield " Each of them by itself is possible within the ranges of the figures here."
    if rounding:
        yield f" Rounding explains {least}{many(len(rounding), 'more difference', 'more differences')}."


def _clashes(
    wording: Wording, opening: str, clashes: "Sequence[Contradiction]", most: int, least: str
) -> Iterator[Segment]:
    """The first contradictions in words, and how many more there are; `least` is said where not all were looked for.

    A single one more is told too.
    """
    most += len(clashes) == most + 1 and not least
    pieces: list[Iterable[Segment]] = [clash_in_words(wording, each) for each in clashes[:most]]
    if (more := len(clashes) - most) > 0:
        pieces.append([f"{least}{many(more, 'more contradiction', 'more contradictions')}"])
    yield f"{opening}: "
    yield from joined(pieces, "; ", "; and ")
    yield "."


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


def _conflicts(wording: Wording, topics: Sequence[Topic]) -> Iterator[Segment]:
    """The answers to the first questions that exclude one another, and how many more such questions there are."""
    if not topics:
        return
    pieces: list[Iterable[Segment]] = [_conflict(wording, topic) for topic in topics[:TOPICS_MAX]]
    if (more := len(topics) - TOPICS_MAX) > 0:
        pieces.append([many(more, "other question", "other questions")])
    yield "Not all undisputed claims can be right: "
    yield from joined(pieces, "; ", "; and ")
    yield ". "


def _conflict(wording: Wording, topic: Topic) -> Iterator[Segment]:
    sayings = _undisputed(topic)
    answers = [[claim for claim in saying.claims if not claim.disputed] for saying in sayings[:SAYINGS_MAX]]
    more = len(sayings) - SAYINGS_MAX
    others = [f"{many(more, 'more answer is', 'more answers are')} given"] if more > 0 else []
    return sayings_in_words(wording, topic.question.label, answers, others)
