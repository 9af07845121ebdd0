"""The page: a run's whole answer for a person to read, the most important first."""

from collections.abc import Iterable, Sequence
from textwrap import wrap

from sim.domain.event import UnitArrived
from sim.domain.source import origins
from sim.domain.vocabulary import Basis
from sim.ledger.claims import Verdict
from sim.report.answer import Answer
from sim.report.claims_table import DIFFERS, GIVEN, claims_table
from sim.report.failure import failures
from sim.report.headline import headline
from sim.report.posture_table import DEFAULT_FIELDS, posture_table
from sim.report.table import Style, draw
from sim.report.timeline_table import timeline_table
from sim.report.wording import Wording, clean


def page(answer: Answer, fields: Sequence[str] = (), style: Style = Style.PLAIN, room: int = 100) -> str:
    """The page of a run, `room` characters wide as far as its tables allow. `fields` group the posture."""
    wording = Wording(answer.book)
    heading = "# " if style is Style.MARKDOWN else ""
    sections = [
        [heading + clean(answer.book.opened.title)],
        _prose(_head(answer, wording), style, room),
        _prose(headline(answer, wording), style, room),
        *(table(answer, name, fields, style, room) for name in ("timeline", "posture", "claims")),
        failures(answer, wording, style)[1:],
        _prose(_foot(answer), style, room),
    ]
    if style is Style.PLAIN:
        sections[:2] = [sections[0] + sections[1]]
    return "\n\n".join("\n".join(lines) for lines in sections if lines) + "\n"


def table_page(
    answer: Answer, name: str, fields: Sequence[str] = (), style: Style = Style.PLAIN, room: int = 100
) -> str:
    """One of the tables by itself, with its heading."""
    return "".join(f"{line}\n" for line in table(answer, name, fields, style, room))


def table(answer: Answer, name: str, fields: Sequence[str], style: Style, room: int) -> list[str]:
    """One of the tables with its heading; empty where there is nothing to show."""
    wording = Wording(answer.book)
    match name:
        case "posture":
            lines = posture_table(answer, wording, fields or DEFAULT_FIELDS, style, room)
            title = "Posture (the range is that of the last figure)"
        case "timeline":
            lines = timeline_table(answer, wording, style, room)
            title = "Timeline ('!' assumed: no source gives it)"
        case "claims":
            lines = claims_table(answer, wording, style, room)
            title = f"Reported against the ledger ('{GIVEN}' given: set the figure; '{DIFFERS}' contradicted)"
        case _:
            lines = _invariants(answer, style)
            title = "Invariants"
    if not lines:
        return []
    if style is Style.MARKDOWN:
        return [f"## {title}", "", *lines]
    return [*_prose([title], style, room), *lines]


def _head(answer: Answer, wording: Wording) -> list[str]:
    """When and where the run is, who is cited, where their news began, and what the figures leave out."""
    book = answer.book
    outlets = "  ".join(f"{letter} {wording.outlet(source)}" for source, letter in wording.letters.items())
    begun: dict[str, list[str]] = {}
    for source, letter in wording.letters.items():
        for origin in sorted(origins(book.sources, source)):
            begun.setdefault(origin, []).append(letter)
    shared = "; ".join(f"{wording.outlet(origin)} {' '.join(letters)}" for origin, letters in begun.items())
    return [
        f"{wording.period()}, {book.opened.timezone} time; in the posture, a date is the end of that day",
        f"Sources: {outlets}",
        f"Where their news began: {shared}",
        f"Only forces these sources name. {_observed(answer)}",
    ]


def _observed(answer: Answer) -> str:
    """How far what moved was seen to move."""
    arrivals = [happening for happening in answer.timeline if happening.event == UnitArrived.tag]
    seen = sum(happening.basis is Basis.OBSERVED for happening in arrivals)
    if not arrivals:
        return "Nothing arrives anywhere."
    if not seen:
        return "Moves are as announced or assumed: no source saw an arrival."
    return f"{seen} of {len(arrivals)} arrivals were seen by a source; the others are as announced or assumed."


def _invariants(answer: Answer, style: Style) -> list[str]:
    rows = [
        [outcome.name, "holds" if outcome.holds else "broken", str(len(outcome.findings))]
        for outcome in answer.outcomes
    ]
    return draw(["invariant", "verdict", "findings"], rows, [False, False, True], style)


def _foot(answer: Answer) -> list[str]:
    """How the checks came out, in one line, and where to go next."""
    holding = sum(outcome.holds for outcome in answer.outcomes)
    refused = len(answer.book.refusals)
    disputes = [judgement for judgement in answer.judgements if judgement.claim.disputed]
    noted = sum(judgement.verdict is Verdict.NOTED for judgement in answer.judgements)
    contradicted = [judgement for judgement in answer.judgements if judgement.verdict is Verdict.CONTRADICTED]
    unexpected = sum(not judgement.claim.disputed for judgement in contradicted)
    parts = [
        f"{holding} of {len(answer.outcomes)} invariants hold",
        _many(refused, "order refused", "orders refused"),
        _many(unexpected, "claim contradicted", "claims contradicted"),
        _many(len(disputes), "dispute, expected", "disputes, expected"),
        _many(noted, "statement noted as untestable", "statements noted as untestable"),
    ]
    return [f"Ledger: {'; '.join(parts)}.", "Next: python -m sim run --help"]


def _many(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"


def _prose(lines: Iterable[str], style: Style, room: int) -> list[str]:
    """Sentences, wrapped to the room; in Markdown a list."""
    if style is Style.MARKDOWN:
        return [f"- {line}" for line in lines]
    return [part for line in lines for part in wrap(line, max(room, 20), subsequent_indent="  ") or [""]]
