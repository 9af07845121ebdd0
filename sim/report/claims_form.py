"""The claims for other programs, as JSON and CSV. Its shape is a promise: docs/how-to/read-what-sources-say.md."""

from collections.abc import Callable, Iterator
from functools import partial

from sim.domain.claim import Claim
from sim.ledger.claims import Judgement, Verdict
from sim.posture.breakdown import Breakdown, breakdown_of
from sim.posture.conflict import Saying
from sim.posture.nearest import Nearest, nearest_reading
from sim.posture.shares import Share
from sim.report.claims_matrix import ledger_on
from sim.report.claims_page import EXPLAINED_MAX, failed_claims
from sim.report.csv_form import CLAIMS, claim_rows, csv_text
from sim.report.explanation_form import figure_form
from sim.report.inquiry import Inquiry, Topic
from sim.report.json_form import Json, bounds_form, claim_form, json_text, log_form, scenario_form

COLUMNS = tuple(
    dict.fromkeys(("question", "label", *CLAIMS, "conflicts", "sources", "origins", "nearest", "nearest_off"))
)


def claims_to_json(inquiry: Inquiry) -> str:
    """What was asked about as JSON text: the claims as a run has them, and the questions, readings and failures."""
    return json_text(claims_form(inquiry))


def claims_form(inquiry: Inquiry, broken_down: Callable[[Judgement], Breakdown | None] | None = None) -> Json:
    """What was asked about: the claims as a run has them, and the questions, readings and failures.

    `broken_down` gives the breakdown of a claim that failed, for who has them at hand, or None to leave it out.
    """
    answer = inquiry.answer
    breaking = broken_down or partial(breakdown_of, answer.book)
    failures = map(breaking, failed_claims(inquiry)[:EXPLAINED_MAX])
    return {
        "scenario": scenario_form(answer),
        "questions": [_question(topic) for topic in inquiry.topics],
        "claims": [claim_form(answer, judgement) for judgement in inquiry.judgements],
        "ledger": {judgement.claim.id: ledger_on(judgement) for judgement in inquiry.judgements},
        "readings": [_reading(claim, nearest) for claim, nearest in _readings(inquiry)],
        "failures": [_failure(inquiry, breakdown) for breakdown in failures if breakdown is not None],
        "log": log_form(answer),
    }


def claims_to_csv(inquiry: Inquiry) -> str:
    """The same claims as CSV, a row each; `conflicts` are the claims that cannot be true beside it."""
    topics = {judgement.claim.id: topic for topic in inquiry.topics for judgement in topic.asked}
    against = {claim: others for topic in inquiry.topics for claim, others in _against(topic).items()}
    readings = dict(_readings(inquiry))
    return csv_text(COLUMNS, _rows(inquiry, topics, against, readings))


def _rows(
    inquiry: Inquiry, topics: dict[str, Topic], against: dict[str, list[str]], readings: dict[str, Nearest]
) -> Iterator[Json]:
    for row in claim_rows(inquiry.answer, inquiry.judgements):
        topic, nearest = topics.get(row["id"]), readings.get(row["id"])
        if topic is not None:
            row |= {"question": topic.number, "label": topic.question.label}
            row |= {"sources": topic.sources, "origins": topic.origins, "conflicts": against.get(row["id"], [])}
        if nearest is not None:
            row |= {"nearest": nearest.strength, "nearest_off": nearest.off}
        yield row


def _readings(inquiry: Inquiry) -> Iterator[tuple[str, Nearest]]:
    """The nearest readings of the claims about how many that the ledger's figure does not bear out."""
    for judgement in inquiry.judgements:
        if judgement.verdict in (Verdict.COMPATIBLE, Verdict.CONTRADICTED):
            nearest = nearest_reading(inquiry.answer.book, judgement)
            if nearest is not None:
                yield judgement.claim.id, nearest


def _against(topic: Topic) -> dict[str, list[str]]:
    """For each claim that is in conflict, the claims that it is in conflict with, by id."""
    found: dict[str, list[str]] = {}
    for conflict in topic.conflicts:
        for higher in conflict.higher:
            for claim in conflict.lower.claims:
                found.setdefault(claim.id, []).extend(_ids(higher.claims))
            for claim in higher.claims:
                found.setdefault(claim.id, []).extend(_ids(conflict.lower.claims))
    return {claim: sorted(others) for claim, others in found.items()}


def _ids(claims: tuple[Claim, ...]) -> list[str]:
    return sorted(claim.id for claim in claims)


def _question(topic: Topic) -> Json:
    """A question with all that was ever said to it, asked about or not."""
    return {
        "number": topic.number,
        "label": topic.question.label,
        "claims": sorted(judgement.claim.id for judgement in topic.question.answers),
        "sources": topic.sources,
        "origins": topic.origins,
        "conflicts": [
            {"claims": _ids(conflict.lower.claims), "against": sorted(_all(conflict.higher))}
            for conflict in topic.conflicts
        ],
    }


def _all(sayings: tuple[Saying, ...]) -> Iterator[str]:
    return (claim.id for saying in sayings for claim in saying.claims)


def _reading(claim: str, nearest: Nearest) -> Json:
    units = [
        {"unit": each.unit, "counted": each.counted, **bounds_form(each.interval), "read": each.read}
        for each in nearest.units
    ]
    return {"claim": claim, "strength": nearest.strength, "off": nearest.off, "units": units}


def _failure(inquiry: Inquiry, breakdown: Breakdown) -> Json:
    stamp = inquiry.answer.book.calendar.stamp
    figures = zip(breakdown.figures, breakdown.shares, strict=True)
    return {
        "claim": breakdown.judgement.claim.id,
        "figures": [
            {**figure_form(stamp, figure), "carried": [_share(share) for share in shares]} for figure, shares in figures
        ],
        "left_out": list(breakdown.left_out),
        "closures": [{"unit": unit, "at": None if at is None else stamp(at)} for unit, at in breakdown.closures],
    }


def _share(share: Share) -> Json:
    """How much of a figure rests on a source, null for an assumption."""
    return {
        "source": share.source,
        "number": share.numbered,
        "order": share.ordered,
        "leaves": share.left,
        "arrives": share.arrived,
    }
