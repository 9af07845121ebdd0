"""Failures: what does not hold, each with what it is made of, so that a reader can find the mistake."""

from collections.abc import Sequence

from sim.errors import Finding
from sim.ledger.claims import Judgement, Verdict
from sim.posture.breakdown import Share, breakdown, last_into
from sim.report.answer import Answer
from sim.report.table import Style, draw
from sim.report.wording import Wording, clean

FINDINGS_MAX = 20
"""How many findings of one invariant a page shows; all are in the JSON and CSV."""


def failures(answer: Answer, wording: Wording, style: Style) -> list[str]:
    """The broken invariants with their findings, and under each contradicted claim the postings behind the figure."""
    lines: list[str] = []
    for outcome in answer.outcomes:
        if outcome.holds:
            continue
        lines += ["", f"Broken: {outcome.name}"]
        for finding in outcome.findings[:FINDINGS_MAX]:
            lines += _found(wording, finding)
        if len(outcome.findings) > FINDINGS_MAX:
            lines.append(f"and {len(outcome.findings) - FINDINGS_MAX:,} more: --format csv --table invariants")
    for judgement in answer.judgements:
        if judgement.verdict is Verdict.CONTRADICTED and not judgement.claim.disputed:
            lines += _explained(answer, wording, judgement, style)
    return lines


def _found(wording: Wording, finding: Finding) -> list[str]:
    when = "" if finding.at is None else f"{wording.date(finding.at).strip()}: "
    pairs = (("expected", finding.expected), ("found", finding.found))
    detail = ", ".join(f"{name} {clean(text)}" for name, text in pairs if text)
    return [f"  {when}{clean(finding.message)}" + (f" ({detail})" if detail else "")]


def _explained(answer: Answer, wording: Wording, judgement: Judgement, style: Style) -> list[str]:
    """The accounts behind the figure held against a claim: how much, where, since when, on whose word."""
    claim, reading = judgement.claim, judgement.reading
    if reading is None:
        return []
    said = clean(claim.says) or clean(reading.expected.wording)
    heading = f"{claim.id}, {wording.outlet(claim.source)}: {said}"
    tally = f"expected {clean(reading.expected.wording)}, the ledger has {reading.strength:,} ({reading.interval}),"
    shares = breakdown(answer.book, claim, reading)
    rows = [_share(answer, wording, share, reading.at) for share in shares]
    if not rows:
        return ["", heading, f"{tally} off by {reading.distance:,}. Nothing is counted."]
    head = ["strength", "range", "unit", "where", "since", "strength from", "movement from"]
    table = draw(head, rows, [True, False, False, False, False, False, False], style)
    return ["", heading, f"{tally} off by {reading.distance:,}. It is made of:", *_blank(style), *table]


def _blank(style: Style) -> list[str]:
    """A Markdown table begins after an empty line."""
    return [""] if style is Style.MARKDOWN else []


def _share(answer: Answer, wording: Wording, share: Share, at: int) -> Sequence[str]:
    last = last_into(answer.timeline, share.account, at)
    since = "the start" if last is None else f"{wording.date(last.at).strip()}, {last.order}"
    moved = "" if last is None else wording.lettered(last.grounds.sources) or "assumed"
    where = f"{wording.place(share.account.place)}, {share.account.readiness.replace('-', ' ')}"
    strength = f"{share.strength:,}" if share.counted else f"({share.strength:,})"
    grounds = wording.lettered(share.grounds.sources) or "assumed"
    return [strength, str(share.interval), share.account.unit, where, since, grounds, moved]
