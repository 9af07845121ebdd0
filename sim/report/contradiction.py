"""Contradictions in words: what cannot all be true, who says each of it, and which figures it takes."""

from collections.abc import Iterator, Sequence

from sim.domain.claim import Closed, Separate, Test
from sim.domain.grounds import Grounds
from sim.domain.question import asked_by
from sim.domain.vocabulary import Readiness
from sim.ledger.claims import Judgement, separate_origins
from sim.reconcile.contradiction import Contradiction
from sim.reconcile.figure import Figure
from sim.reconcile.statement import Statement
from sim.report.answer import Answer
from sim.report.cause import on_whose_word
from sim.report.claims_table import CELL_ROOM, expected_by
from sim.report.prose import Passage, told_in_rows
from sim.report.question import label, reading_of
from sim.report.table import ROOM_TO_SPARE, Style, folded
from sim.report.text import clean
from sim.report.witness import said
from sim.report.wording import NONE_HERE, Wording, named, short

CONTRADICTIONS_MAX = 10
"""How many contradictions a page tells, and as many rounding differences."""

_HEAD = ["by", "says", "figure", "origins"]
_LEAST = {1: 20}


def contradictions_in_words(
    answer: Answer, wording: Wording, found: Sequence[Contradiction], style: Style, room: int
) -> Iterator[Passage]:
    """A passage for each of the first contradictions, which are numbered, and a line on those that have none."""
    judgements = {judgement.claim.id: judgement for judgement in answer.judgements}
    for number, contradiction in enumerate(found[:CONTRADICTIONS_MAX], 1):
        grid = [_HEAD, *_rows(wording, judgements, contradiction)]
        if style is not Style.MARKDOWN and room >= ROOM_TO_SPARE:
            grid = [[by, words, folded(many, CELL_ROOM), origins] for by, words, many, origins in grid]
        above = Passage(f"{number}. {_heading(contradiction)}", tuple(_asked(wording, judgements, contradiction)))
        yield told_in_rows(above, grid, {2, 3}, _LEAST, _sentence, (), style, room)
    if len(found) > CONTRADICTIONS_MAX:
        yield Passage(f"and {len(found) - CONTRADICTIONS_MAX:,} more: --format json has all")


def _heading(contradiction: Contradiction) -> str:
    together = len(contradiction.statements) + len(contradiction.figures)
    if contradiction.rounded_to is not None:
        whole = "This" if together == 1 else "Both" if together == 2 else "All of this"
        return f"{whole} can be true only if round figures are rounded, to the nearest {contradiction.rounded_to:,}"
    return "This cannot be true" if together == 1 else "At least one of these is wrong"


def _asked(wording: Wording, judgements: dict[str, Judgement], contradiction: Contradiction) -> Iterator[str]:
    """The question, where it is one; and what of it rests on the times of the orders, whatever the strengths are."""
    if question := _one_question(contradiction):
        yield f"Asked: {label(wording, question)}."
    for statement in contradiction.statements:
        if any(not demand.form for demand in statement.demands):
            judgement = judgements[statement.claims[0].id]
            yield f"By the times of the orders, {_settled(judgement)}."


def _one_question(contradiction: Contradiction) -> Test | None:
    """What all of its statements ask; None where they ask several things."""
    tests = [statement.claims[0].test for statement in contradiction.statements]
    return tests[0] if len({asked_by(test) for test in tests}) == 1 else None


def _settled(judgement: Judgement) -> str:
    reading = reading_of(judgement)
    match judgement.claim.test:
        case Closed():
            return f"not all have closed by then: {named(reading.missing) or 'no unit is meant'}"
        case Separate():
            return f"some are in both: {named([unit for unit, _ in reading.units])}"
        case _:
            return "nobody is there then"


def _rows(wording: Wording, judgements: dict[str, Judgement], contradiction: Contradiction) -> Iterator[list[str]]:
    several = _one_question(contradiction) is None
    for statement in contradiction.statements:
        yield [
            wording.lettered(statement.sources),
            _says(wording, judgements, statement, several),
            " / ".join(dict.fromkeys(expected_by(claim.test) for claim in statement.claims)),
            f"{separate_origins(wording.book, statement.claims):,}",
        ]
    for figure in contradiction.figures:
        yield [
            on_whose_word(wording, grounds_of(figure)),
            f"strength of {figure_name(figure)}",
            posted(figure),
            NONE_HERE,
        ]


def _says(wording: Wording, judgements: dict[str, Judgement], statement: Statement, several: bool) -> str:
    """What the first claim says, and which others say the same; and what it asks, of `several` questions."""
    first, *others = statement.claims
    words = said(wording, judgements[first.id])
    asked = label(wording, first.test)
    about = f" [{asked}]" if several and words != asked else ""
    again = f"; so {'says' if len(others) == 1 else 'say'} {named([claim.id for claim in others])}" if others else ""
    return f"{first.id}: {words}{about}{again}"


def _sentence(cells: list[str]) -> str:
    by, words, many, origins = cells
    whence = "" if origins in {NONE_HERE, "1"} else f", {origins} separate origins"
    return f"{by} {words}: {many}{whence}"


def figure_name(figure: Figure) -> str:
    """What a figure is of."""
    name = clean(figure.unit.name)
    unit = figure.unit.id if name == figure.unit.id else f"{figure.unit.id}, {name}"
    if figure.account is not None:
        place, readiness = figure.account.place, figure.account.readiness
        where = f"on its way to {place}" if readiness is Readiness.IN_TRANSIT else f"at {place}, {readiness}"
        return f"what lift has {where}, of {unit}"
    return unit if figure.order is None else f"part {figure.part + 1} of {figure.order.id}, of {unit}"


def posted(figure: Figure) -> str:
    """A figure in the report's words, in the least room; a plain number where it has no words of its own."""
    return f"{figure.strength:,}" if figure.reported is None else short(figure.reported)


def grounds_of(figure: Figure) -> Grounds:
    """What a figure rests on as it was reported; what lift has moved no report says."""
    if figure.held is not None:
        return Grounds(because="the run works out by lift how much of it is where")
    if figure.order is None:
        return figure.unit.grounds
    part = figure.order.parts[figure.part]
    return part.grounds if part.grounds.stated else figure.order.grounds
