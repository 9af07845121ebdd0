"""The page: a run's whole answer for a person to read, the most important first."""

from collections.abc import Sequence
from shlex import join

from sim.domain.event import UnitArrived
from sim.domain.vocabulary import Basis
from sim.ledger.claims import Verdict
from sim.report.answer import Answer
from sim.report.behind import behind
from sim.report.claims_table import DIFFERS, GIVEN, claims_table
from sim.report.doubt import doubts
from sim.report.failure import failures
from sim.report.headline import headline
from sim.report.ink import SENTENCES, VERDICTS, inked_words
from sim.report.knowledge import as_known
from sim.report.posture_table import DEFAULT_FIELDS, posture_table
from sim.report.prose import ROOM_LEAST, heading, passage, prose, titled
from sim.report.table import Style, draw
from sim.report.text import clean, finished
from sim.report.timeline_table import TITLE, timeline_table
from sim.report.whence import sources_below, whence
from sim.report.wording import MARKED, Wording

TIMELINE_MAX = 40
"""How many lines of the timeline a page shows; the table by itself shows them all."""

PAGE_TABLES = ("timeline", "posture", "claims")
"""The tables of a page, in order."""

_NOTHING = {
    "posture": "Nobody is anywhere: the scenario has no units.",
    "timeline": "Nothing happens.",
    "claims": "No claim can be tested.",
}


def page(
    answer: Answer,
    fields: Sequence[str] = (),
    style: Style = Style.PLAIN,
    room: int = 100,
    where: Sequence[str] = (),
) -> str:
    """The page of a run, `room` characters wide as far as its tables allow. `fields` group the posture.

    `where` are the words of a command line that name the run; without any, no next question is named.
    """
    wording = Wording(answer.book)
    sections = [
        titled(clean(answer.book.opened.title) or "(untitled)", style, room),
        prose(_head(answer, wording), style, room),
        _headline(answer, wording, style, room),
        *(_table(answer, wording, name, fields, style, room, TIMELINE_MAX) for name in PAGE_TABLES),
        prose(doubts(answer), style, room),
        *(passage(failure, style, room) for failure in failures(answer, wording, style, room)),
        sources_below(wording, style, room),
        [*prose([checks(answer)], style, room), *_next(answer, where, style)],
    ]
    if style is not Style.MARKDOWN:
        sections[:2] = [sections[0] + sections[1]]
    return finished("\n\n".join("\n".join(lines) for lines in sections if lines) + "\n")


def table_page(
    answer: Answer, name: str, fields: Sequence[str] = (), style: Style = Style.PLAIN, room: int = 100
) -> str:
    """One of the tables by itself, with its heading; a sentence where there is nothing to show."""
    wording = Wording(answer.book)
    above = prose(as_known(answer, wording, claims=name == "claims"), style, room)
    lines = _table(answer, wording, name, fields, style, room, None) or [_NOTHING[name]]
    return finished("".join(f"{line}\n" for line in (*above, *([""] if above else []), *lines)))


def _table(
    answer: Answer, wording: Wording, name: str, fields: Sequence[str], style: Style, room: int, most: int | None
) -> list[str]:
    """One of the tables with its heading; empty where there is nothing to show. `most` limits the timeline."""
    match name:
        case "posture":
            lines = posture_table(answer, wording, fields or DEFAULT_FIELDS, style, room)
            name = f"Posture (the range is that of the last figure; {MARKED})"
        case "timeline":
            lines = timeline_table(answer, wording, style, room, most)
            stayed = prose(behind(answer, wording), style, room)
            lines += ["", *stayed] if stayed else []
            name = TITLE
        case "claims":
            lines = claims_table(answer, wording, style, room)
            name = f"Reported against the ledger ('{GIVEN}' given: set the figure; '{DIFFERS}' contradicted)"
        case _:
            lines = _invariants(answer, style)
            name = "Invariants"
    return [*heading(name, style, room), *lines] if lines else []


def _headline(answer: Answer, wording: Wording, style: Style, room: int) -> list[str]:
    sentences = prose(headline(answer, wording), style, room)
    if style.has_ink:
        sentences = [inked_words(line, SENTENCES) for line in sentences]
    return [*heading("Answer", style, room), *sentences] if style is Style.MARKDOWN and sentences else sentences


def _head(answer: Answer, wording: Wording) -> list[str]:
    """When and where the run is, who is cited, where their news began, and what the figures leave out."""
    lines = [f"{wording.period()}; in the posture, a date is the end of that day"]
    lines += as_known(answer, wording, claims=True)
    lines += whence(wording)
    return [*lines, caution(answer, wording)]


def caution(answer: Answer, wording: Wording) -> str:
    """What no figure says: that others may have forces there too, and how far what moved was seen to move."""
    whose = "these sources name" if wording.letters else "this scenario names"
    return f"Only forces {whose}. {_observed(answer)}"


def _observed(answer: Answer) -> str:
    """How far what moved was seen to move."""
    arrivals = [happening for happening in answer.timeline if happening.event == UnitArrived.tag]
    seen = sum(happening.basis is Basis.OBSERVED for happening in arrivals)
    if not arrivals:
        return "Nothing arrives anywhere."
    if not seen:
        return "Moves are as announced or assumed: no source saw an arrival."
    saw = f"A source saw {seen} of {_many(len(arrivals), 'arrival', 'arrivals')}"
    return f"{saw}; the others are as announced or assumed." if seen < len(arrivals) else f"{saw}."


def _invariants(answer: Answer, style: Style) -> list[str]:
    rows = [
        [outcome.name, "holds" if outcome.holds else "broken", str(len(outcome.findings))]
        for outcome in answer.outcomes
    ]
    if style.has_ink:
        rows = [[name, inked_words(verdict, VERDICTS), findings] for name, verdict, findings in rows]
    return draw(["invariant", "verdict", "findings"], rows, {2}, style)


def checks(answer: Answer) -> str:
    """How the checks came out, in one line."""
    holding = sum(outcome.holds for outcome in answer.outcomes)
    refused = len(answer.book.refusals)
    standing = [judgement for judgement in answer.judgements if judgement.verdict is not Verdict.WITHDRAWN]
    disputed = [judgement for judgement in standing if judgement.claim.disputed]
    expected = disputed and all(judgement.verdict is not Verdict.HOLDS for judgement in disputed)
    noted = sum(judgement.verdict is Verdict.NOTED for judgement in answer.judgements)
    contradicted = [judgement for judgement in answer.judgements if judgement.verdict is Verdict.CONTRADICTED]
    unexpected = sum(not judgement.claim.disputed for judgement in contradicted)
    parts = [
        f"{holding} of {len(answer.outcomes)} invariants hold",
        _many(refused, "order refused", "orders refused"),
        _many(unexpected, "undisputed claim contradicted", "undisputed claims contradicted"),
        _many(len(disputed), "dispute", "disputes") + (", expected" if expected else ""),
        _many(noted, "statement noted as untestable", "statements noted as untestable"),
    ]
    if open_ := sum(judgement.verdict is Verdict.OPEN for judgement in answer.judgements):
        parts.append(_many(open_, "claim open", "claims open"))
    if withdrawn := sum(judgement.verdict is Verdict.WITHDRAWN for judgement in answer.judgements):
        parts.append(_many(withdrawn, "claim taken back", "claims taken back"))
    return f"Ledger: {'; '.join(parts)}."


def _next(answer: Answer, where: Sequence[str], style: Style) -> list[str]:
    """The command for the next question, on one line, to be copied; nothing where there is nothing to ask.

    It explains the first claim that is contradicted and should not be; else it shows who says what, where anything is
    said that can be tested; else it explains all there is at the end.
    """
    tested = [judgement for judgement in answer.judgements if judgement.reading is not None]
    wrong = [each for each in tested if each.verdict is Verdict.CONTRADICTED and not each.claim.disputed]
    if not where or not answer.book.units:
        return []
    if wrong:
        asked = ["explain", *where, "--claim", wrong[0].claim.id]
    else:
        asked = ["claims", *where] if tested else ["explain", *where, "--at", "end"]
    question = join(["python", "-m", "sim", *asked])
    shown = question if question.isprintable() else clean(question)
    return prose([f"Next: {shown}"], style, len(shown) + ROOM_LEAST)


def _many(count: int, one: str, more: str) -> str:
    return f"{count:,} {one if count == 1 else more}"
