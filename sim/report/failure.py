"""Failures: what does not hold, each with what it is made of, so that a reader can find the mistake."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from sim.domain.claim import Closed
from sim.domain.event import UnitArrived
from sim.errors import Finding
from sim.ledger.claims import Judgement, Reading, Verdict
from sim.ledger.entry import Account
from sim.ledger.invariants import Outcome
from sim.posture import Row
from sim.report.answer import Answer
from sim.report.prose import Passage, told_in_rows
from sim.report.question import reading_of
from sim.report.table import Style
from sim.report.text import clean
from sim.report.timeline_table import when, worked_out
from sim.report.undecided import so_far
from sim.report.wording import ASSUMED, Wording, bounds, spoken

FINDINGS_MAX = 20
"""How many findings of one invariant a page shows; all are in the JSON and CSV."""

EXPLAINED_MAX = 10
"""How many contradicted claims a page explains."""

ROWS_MAX = 20
"""How many accounts behind a figure a page shows."""

COLUMN_LEAST = 8
"""How many characters a column of words takes at least."""

if TYPE_CHECKING:
    from sim.posture.figure import Figure
    from sim.posture.step import Step


def failures(answer: Answer, wording: Wording, style: Style, room: int) -> Iterator[Passage]:
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


def _broken(wording: Wording, outcome: Outcome) -> Passage:
    sentences = [_found(wording, finding) for finding in outcome.findings[:FINDINGS_MAX]]
    if len(outcome.findings) > FINDINGS_MAX:
        sentences.append(f"and {len(outcome.findings) - FINDINGS_MAX:,} more: --format csv --table invariants has all")
    return Passage(f"Broken: {outcome.name}", tuple(sentences))


def _found(wording: Wording, finding: Finding) -> str:
    when = "" if finding.at is None else f"{wording.day(finding.at)}: "
    pairs = (("expected", finding.expected), ("found", finding.found))
    detail = ", ".join(f"{name} {clean(text)}" for name, text in pairs if text)
    return f"{when}{clean(finding.message)}" + (f" ({detail})" if detail else "")


def _explained(answer: Answer, wording: Wording, judgement: Judgement, style: Style, room: int) -> Passage:
    """The accounts behind the figure held against a claim: how much, where, since when, on whose word."""
    from sim.posture.figure import figures_claimed  # here, because most runs have nothing to explain

    reading = reading_of(judgement)
    title, tally, brackets = title_of(wording, judgement), tally_of(wording, reading), in_brackets(reading)
    figures = figures_claimed(answer.book, judgement)
    if not any((*figure.rows, *figure.missing) for figure in figures):
        none = (
            "no unit is meant, so none has closed" if isinstance(judgement.claim.test, Closed) else "nothing is counted"
        )
        return Passage(title, (f"{tally}: {none}.",))
    above = Passage(title, (f"{tally}. It is made of{brackets}:",))
    return with_accounts(above, wording, reading, figures, style, room)


def title_of(wording: Wording, judgement: Judgement) -> str:
    """Which claim it is, whose, and what it says."""
    claim = judgement.claim
    said = clean(claim.says).strip()
    return f"{claim.id}, {wording.outlet(claim.source)}" + (f": {said}" if said else "")


def in_brackets(reading: Reading) -> str:
    """What stands in brackets in the accounts, where anything does."""
    return " (in brackets, what is not counted)" if reading.missing else ""


def with_accounts(
    above: Passage, wording: Wording, reading: Reading, figures: "Sequence[Figure]", style: Style, room: int
) -> Passage:
    """A passage with the accounts of figures below it."""
    rows = sorted((row for figure in figures for row in (*figure.rows, *figure.missing)), key=_unit_place_readiness)
    last = {step.taking: step for figure in figures for step in figure.steps}
    cells = [_cells(wording, row, last, row.unit not in reading.missing) for row in rows[:ROWS_MAX]]
    more = [f"{len(rows) - ROWS_MAX:,} more"] if len(rows) > ROWS_MAX else []
    least = dict.fromkeys(range(2, len(_HEAD)), COLUMN_LEAST)
    return told_in_rows(above, [_HEAD, *cells], {0}, least, _in_words, more, style, room)


_HEAD = ["strength", "range", "unit", "where", "since", "figure by", "move by"]


def _in_words(cells: list[str]) -> str:
    """A row in a sentence, for rooms too narrow for a table."""
    strength, interval, unit, where, since, figure, moved = cells
    held = f"{strength} ({interval}) {unit}" if interval else f"{strength} {unit}"
    return f"{held}: {where}, since {since}; figure {_by(figure)}" + (f", move {_by(moved)}." if moved else ".")


def _by(sources: str) -> str:
    return sources if sources == ASSUMED else f"by {sources}"


def tally_of(wording: Wording, reading: Reading) -> str:
    """What was expected and what there is, and how far off that is."""
    interval = bounds(reading.interval)
    ledger = f"{reading.strength:,}" + (f" ({interval})" if interval else "")
    expected = spoken(reading.expected)
    there = f"; {so_far(reading)}" if reading.there else ""
    return (
        f"Expected {expected}; the ledger has {ledger} on {wording.day(reading.at)}, off by {reading.distance:,}{there}"
    )


def _unit_place_readiness(row: Row) -> tuple[str, str, str]:
    return row.unit, row.place, row.readiness


def _cells(wording: Wording, row: Row, last: "Mapping[Account, Step]", counted: bool) -> list[str]:
    """One account; in brackets, what is not counted and should be. `last` has what came last into each."""
    since, moved = "the start", ""
    step = last.get(Account(row.unit, row.place, row.readiness))
    if step is not None and step.order is not None:
        since = f"{_when(wording, step)}, {step.order}"
        moved = wording.lettered(step.grounds.sources) or ASSUMED
    where = f"{wording.place(row.place)}, {row.readiness.replace('-', ' ')}"
    strength = f"{row.strength:,}" if counted else f"({row.strength:,})"
    figure = wording.lettered(wording.book.units[row.unit].figure_grounds.sources) or ASSUMED
    return [strength, bounds(row.interval), row.unit, where, since, figure, moved]


def _when(wording: Wording, step: "Step") -> str:
    """When it happened, as the timeline has it."""
    exact = step.order is not None and worked_out(step.event, wording.book.orders[step.order])
    return when(wording, step.at, exact=exact, arrives=step.event == UnitArrived.tag).strip()
