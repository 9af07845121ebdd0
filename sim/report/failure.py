"""Failures: what does not hold, each with what it is made of, so that a reader can find the mistake."""

from collections.abc import Iterator

from attrs import frozen

from sim.domain.claim import Closed
from sim.domain.event import UnitArrived
from sim.errors import Finding
from sim.ledger.claims import Judgement, Reading, Verdict
from sim.ledger.invariants import Outcome
from sim.posture.breakdown import Share, breakdown, last_into
from sim.posture.timeline import Happening
from sim.report.answer import Answer
from sim.report.question import reading_of
from sim.report.table import ROOM_TO_SPARE, Style, draw, fitted
from sim.report.text import clean
from sim.report.wording import Wording, bounds, spoken

FINDINGS_MAX = 20
"""How many findings of one invariant a page shows; all are in the JSON and CSV."""

EXPLAINED_MAX = 10
"""How many contradicted claims a page explains."""

SHARES_MAX = 20
"""How many accounts behind a figure a page shows."""

COLUMN_LEAST = 8
"""How many characters a column of words takes at least."""


@frozen
class Failure:
    """Something that does not hold: its heading, what there is to say of it, and the lines of a table or none."""

    heading: str
    sentences: tuple[str, ...]
    table: tuple[str, ...] = ()


def failures(answer: Answer, wording: Wording, style: Style, room: int) -> Iterator[Failure]:
    """The broken invariants with their findings, then each contradicted claim with the accounts behind the figure."""
    for outcome in answer.outcomes:
        if not outcome.holds:
            yield _broken(wording, outcome)
    unexpected = [
        judgement
        for judgement in answer.judgements
        if judgement.verdict is Verdict.CONTRADICTED and not judgement.claim.disputed
    ]
    for judgement in unexpected[:EXPLAINED_MAX]:
        yield _explained(answer, wording, judgement, style, room)


def _broken(wording: Wording, outcome: Outcome) -> Failure:
    sentences = [_found(wording, finding) for finding in outcome.findings[:FINDINGS_MAX]]
    if len(outcome.findings) > FINDINGS_MAX:
        sentences.append(f"and {len(outcome.findings) - FINDINGS_MAX:,} more: --format csv --table invariants has all")
    return Failure(f"Broken: {outcome.name}", tuple(sentences))


def _found(wording: Wording, finding: Finding) -> str:
    when = "" if finding.at is None else f"{wording.day(finding.at)}: "
    pairs = (("expected", finding.expected), ("found", finding.found))
    detail = ", ".join(f"{name} {clean(text)}" for name, text in pairs if text)
    return f"{when}{clean(finding.message)}" + (f" ({detail})" if detail else "")


def _explained(answer: Answer, wording: Wording, judgement: Judgement, style: Style, room: int) -> Failure:
    """The accounts behind the figure held against a claim: how much, where, since when, on whose word."""
    claim, reading = judgement.claim, reading_of(judgement)
    said = clean(claim.says).strip()
    heading = f"{claim.id}, {wording.outlet(claim.source)}" + (f": {said}" if said else "")
    shares = breakdown(answer.book, claim, reading)
    if not shares:
        none = "no unit is meant, so none has closed" if isinstance(claim.test, Closed) else "nothing is counted"
        return Failure(heading, (f"{_tally(wording, reading)}: {none}.",))
    rows = [_share(answer, wording, share, reading.at) for share in shares[:SHARES_MAX]]
    more = [f"{len(shares) - SHARES_MAX:,} more"] if len(shares) > SHARES_MAX else []
    brackets = "" if all(share.counted for share in shares) else " (in brackets, what is not counted)"
    tally = f"{_tally(wording, reading)}. It is made of{brackets}:"
    if style is Style.PLAIN and room < ROOM_TO_SPARE:
        return Failure(heading, (tally, *map(_in_words, rows), *more))
    grid = [_HEAD, *rows, *([each, *[""] * (len(_HEAD) - 1)] for each in more)]
    if style is Style.PLAIN:
        grid = fitted(grid, room, dict.fromkeys(range(2, len(_HEAD)), COLUMN_LEAST))
    return Failure(heading, (tally,), tuple(draw(grid[0], grid[1:], {0}, style)))


_HEAD = ["strength", "range", "unit", "where", "since", "figure by", "move by"]


def _in_words(cells: list[str]) -> str:
    """A row in a sentence, for rooms too narrow for a table."""
    strength, interval, unit, where, since, figure, moved = cells
    held = f"{strength} ({interval}) {unit}" if interval else f"{strength} {unit}"
    return f"{held}: {where}, since {since}; figure by {figure}" + (f", move by {moved}." if moved else ".")


def _tally(wording: Wording, reading: Reading) -> str:
    """What was expected and what there is, and how far off that is."""
    interval = bounds(reading.interval)
    ledger = f"{reading.strength:,}" + (f" ({interval})" if interval else "")
    expected = spoken(reading.expected)
    return f"Expected {expected}; the ledger has {ledger} on {wording.day(reading.at)}, off by {reading.distance:,}"


def _share(answer: Answer, wording: Wording, share: Share, at: int) -> list[str]:
    """One account; in brackets, what is not counted and should be."""
    last = last_into(answer.timeline, share.account, at)
    since = "the start" if last is None else f"{_when(wording, last)}, {last.order}"
    moved = "" if last is None else wording.lettered(last.grounds.sources) or "assumed"
    where = f"{wording.place(share.account.place)}, {share.account.readiness.replace('-', ' ')}"
    strength = f"{share.strength:,}" if share.counted else f"({share.strength:,})"
    grounds = wording.lettered(share.grounds.sources) or "assumed"
    return [strength, bounds(share.interval), share.account.unit, where, since, grounds, moved]


def _when(wording: Wording, last: Happening) -> str:
    """When it happened, as the timeline has it."""
    return (wording.due(last.at) if last.event == UnitArrived.tag else wording.date(last.at)).strip()
