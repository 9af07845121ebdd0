"""Witnesses: what is said of the units behind a figure, and the sources behind it with whom they have it from."""

from collections.abc import Iterator, Sequence

from sim.domain.source import Source
from sim.ledger.claims import Judgement, Verdict
from sim.posture.explanation import Explanation
from sim.report.claims_table import CELL_ROOM, expected_by, ledger_of, verdict_in_words
from sim.report.prose import Passage, told_in_rows
from sim.report.question import label, reading_of
from sim.report.table import ROOM_TO_SPARE, Style, folded
from sim.report.text import clean
from sim.report.wording import Wording, named

CLAIMS_MAX = 12
"""How many claims a page shows: those that differ from the ledger first, then those most about these units."""

SOURCES_MAX = 20
"""How many sources a page shows, and as many of those that they have it from."""

_HEAD = ["by", "says", "expects", "ledger", "verdict"]
_LEAST = {1: 20, 4: 12}


def witnesses(wording: Wording, explanation: Explanation, style: Style, room: int) -> Iterator[Passage]:
    """What is said, who says it or is cited, and whom they have it from; nothing of what there is none of."""
    if explanation.claims:
        about = "What is said of these units" if any(figure.units for figure in explanation.figures) else "What is said"
        yield _claims(wording, about, most_telling(explanation), style, room)
    yield from cited(wording, explanation)


def cited(wording: Wording, explanation: Explanation) -> Iterator[Passage]:
    """The sources behind an explanation, and whom they have it from."""
    if explanation.sources:
        yield Passage("Sources", tuple(_sources(wording, explanation.sources)))
    if explanation.relayed:
        yield Passage("Whom they have it from", tuple(_sources(wording, explanation.relayed)))


def most_telling(explanation: Explanation) -> list[Judgement]:
    """The claims about these units: those that differ from the ledger, then those that count them and few others."""
    units = {row.unit for figure in explanation.figures for row in figure.all_rows}

    def rank(judgement: Judgement) -> tuple[bool, bool, int, str]:
        reading = reading_of(judgement)
        meant = {*reading.missing, *(unit for unit, _ in reading.units)}
        differs = judgement.verdict is Verdict.CONTRADICTED
        return not differs, meant.isdisjoint(units), len(meant - units), judgement.claim.id

    return sorted(explanation.claims, key=rank)


def said(wording: Wording, judgement: Judgement) -> str:
    """What a claim says, in its own words where it has any."""
    return clean(judgement.claim.says).rstrip(".") or label(wording, judgement.claim.test)


def _claims(wording: Wording, heading: str, judgements: Sequence[Judgement], style: Style, room: int) -> Passage:
    grid = [_HEAD, *(_cells(wording, judgement) for judgement in judgements[:CLAIMS_MAX])]
    if style is not Style.MARKDOWN and room >= ROOM_TO_SPARE:
        grid = [[by, says, folded(expects, CELL_ROOM), *others] for by, says, expects, *others in grid]
    left = len(judgements) - CLAIMS_MAX
    more = [f"and {left:,} more: --format json has all"] if left > 0 else []
    return told_in_rows(Passage(heading), grid, {2, 3}, _LEAST, _sentence, more, style, room)


def _cells(wording: Wording, judgement: Judgement) -> list[str]:
    return [
        wording.letters[judgement.claim.source],
        f"{judgement.claim.id}: {said(wording, judgement)}",
        expected_by(judgement.claim.test),
        ledger_of(judgement),
        verdict_in_words(judgement),
    ]


def _sentence(cells: list[str]) -> str:
    by, says, expects, ledger, verdict = cells
    return f"{by} {says}: {expects}, ledger {ledger}: {verdict}"


def _sources(wording: Wording, sources: Sequence[Source]) -> Iterator[str]:
    for source in sources[:SOURCES_MAX]:
        letter = f"{wording.letters[source.id]} " if source.id in wording.letters else ""
        title = f": {clean(source.title)}" if source.title else ""
        published = wording.published(source) or "undated"
        relays = named([wording.outlet(relayed) for relayed in source.relays])
        told = f"{letter}{wording.outlet(source.id)}{title}, {published}"
        yield f"{told}; relays {relays}" if relays else told
        yield from (f"  {clean(address)}" for address in (source.url, source.archived) if address)
    if len(sources) > SOURCES_MAX:
        yield f"and {len(sources) - SOURCES_MAX:,} more: --format json has all"
