"""The history of an answer for other programs: every stage of what was known, as JSON and CSV."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from sim.history import Amount, Said, Stage, changed
from sim.report.answer import Answer
from sim.report.json_form import bounds_form, claim_form, json_text, log_form, scenario_form
from sim.report.text import clean

Json = dict[str, Any]

_STAGE = ("as_known", "changed", "published", "entries")
FIGURE_COLUMNS = (*_STAGE, "kind", "strength", "low", "high", "basis", "known", "details")
CLAIM_COLUMNS = (
    *(*_STAGE, "verdict", "given", "disputed"),
    *("expected", "strength", "low", "high", "distance", "details"),
)


def figure_to_json(answer: Answer, at: int, stages: Sequence[Stage[tuple[Amount, ...]]]) -> str:
    """The stages as JSON text. `answer` is that of all that was ever published, `at` the minute asked about."""
    asked = {"at": answer.book.calendar.stamp(at), "claim": None}
    return _text(
        answer, asked, stages, {"figures": [[_figure(each) for each in stage.answer or ()] for stage in stages]}
    )


def claim_to_json(answer: Answer, claim: str, stages: Sequence[Stage[Said]]) -> str:
    """The stages as JSON text; a claim that had not been stated yet is null."""
    stated = [None if stage.answer is None else _said(answer, stage.answer) for stage in stages]
    return _text(answer, {"at": None, "claim": claim}, stages, {"claim": stated})


def _said(answer: Answer, said: Said) -> Json:
    """The claim, taken back by whom it had been by then, if by anybody: the answer knows who did so later, too."""
    form = claim_form(answer, said.judgement)
    return {**form, "corrected_by": list(said.correctors)} if said.correctors else form


def figure_to_csv(answer: Answer, stages: Sequence[Stage[tuple[Amount, ...]]]) -> str:
    """A row for each kind of each stage; one without figures for a stage at which there was nothing."""
    rows = []
    for stage, differs in zip(stages, changed(tuple(stages)), strict=True):
        head, details = _head(answer, stage, differs), _details(stage)
        figures = [[*{**_figure(each), "known": _known(each)}.values()] for each in stage.answer or ()] or [
            [None, 0, 0, 0, None, None]
        ]
        rows += [[*head, *cells, details] for cells in figures]
    return _table(FIGURE_COLUMNS, rows)


def claim_to_csv(answer: Answer, stages: Sequence[Stage[Said]]) -> str:
    """A row for each stage; without a verdict where the claim had not been stated yet."""
    rows = []
    for stage, differs in zip(stages, changed(tuple(stages)), strict=True):
        cells: list[object] = [None] * 8
        if stage.answer is not None:
            judgement = stage.answer.judgement
            cells[:3] = [judgement.verdict, str(judgement.given).lower(), clean(judgement.claim.disputed)]
            if judgement.reading is not None:
                reading = judgement.reading
                bounds = bounds_form(reading.interval).values()
                cells[3:] = [clean(reading.expected.wording), reading.strength, *bounds, reading.distance]
        rows.append([*_head(answer, stage, differs), *cells, _details(stage)])
    return _table(CLAIM_COLUMNS, rows)


def _text(answer: Answer, asked: Json, stages: Sequence[Stage[Any]], answers: dict[str, list[Any]]) -> str:
    ((name, found),) = answers.items()
    history = [
        {
            "as_known": None if stage.at is None else answer.book.calendar.stamp(stage.at),
            "changed": differs,
            "published": list(stage.sources),
            "entries": list(stage.entries),
            "bearing": list(stage.bearing),
            "details": [{"entry": each.entry, "of": each.of} for each in stage.details],
            name: told,
        }
        for stage, differs, told in zip(stages, changed(tuple(stages)), found, strict=True)
    ]
    form = {"scenario": scenario_form(answer), "asked": asked, "history": history, "log": log_form(answer)}
    return json_text(form)


def _figure(amount: Amount) -> Json:
    return {
        "kind": amount.kind,
        "strength": amount.strength,
        **bounds_form(amount.interval),
        "basis": amount.basis,
        "known": [{"basis": basis, "strength": strength} for basis, strength in amount.known],
    }


def _known(amount: Amount) -> str:
    """How much of a figure is known in which way: "65 observed;1635 announced"."""
    return ";".join(f"{strength} {'not moved' if basis is None else basis}" for basis, strength in amount.known)


def _details(stage: Stage[Any]) -> str:
    return ";".join(f"{each.entry}: {each.of}" for each in stage.details)


def _head(answer: Answer, stage: Stage[Any], differs: bool) -> list[object]:
    at = None if stage.at is None else answer.book.calendar.stamp(stage.at)
    return [at, "true" if differs else "false", ";".join(stage.sources), ";".join(stage.entries)]


def _table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([["" if cell is None else cell for cell in row] for row in rows])
    return text.getvalue()
