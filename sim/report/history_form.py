"""The history of an answer for other programs: every stage of what was known, as JSON and CSV."""

import csv
import io
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from sim.history import Amount, Said, Stage
from sim.report.answer import Answer
from sim.report.json_form import bounds_form, claim_form, json_text, log_form, scenario_form
from sim.report.text import clean

Json = dict[str, Any]

FIGURE_COLUMNS = ("as_known", "changed", "published", "entries", "kind", "strength", "low", "high", "basis")
CLAIM_COLUMNS = (
    *("as_known", "changed", "published", "entries", "verdict", "given", "disputed"),
    *("expected", "strength", "low", "high", "distance"),
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
    for stage, changed in zip(stages, _changed(stages), strict=True):
        head = _head(answer, stage, changed)
        rows += [[*head, *_figure(each).values()] for each in stage.answer or ()] or [[*head, None, 0, 0, 0, None]]
    return _table(FIGURE_COLUMNS, rows)


def claim_to_csv(answer: Answer, stages: Sequence[Stage[Said]]) -> str:
    """A row for each stage; without a verdict where the claim had not been stated yet."""
    rows = []
    for stage, changed in zip(stages, _changed(stages), strict=True):
        cells: list[object] = [None] * 8
        if stage.answer is not None:
            judgement = stage.answer.judgement
            cells[:3] = [judgement.verdict, str(judgement.given).lower(), clean(judgement.claim.disputed)]
            if judgement.reading is not None:
                reading = judgement.reading
                bounds = bounds_form(reading.interval).values()
                cells[3:] = [clean(reading.expected.wording), reading.strength, *bounds, reading.distance]
        rows.append([*_head(answer, stage, changed), *cells])
    return _table(CLAIM_COLUMNS, rows)


def _text(answer: Answer, asked: Json, stages: Sequence[Stage[Any]], answers: dict[str, list[Any]]) -> str:
    ((name, found),) = answers.items()
    history = [
        {
            "as_known": None if stage.at is None else answer.book.calendar.stamp(stage.at),
            "changed": changed,
            "published": list(stage.sources),
            "entries": list(stage.entries),
            name: told,
        }
        for stage, changed, told in zip(stages, _changed(stages), found, strict=True)
    ]
    form = {"scenario": scenario_form(answer), "asked": asked, "history": history, "log": log_form(answer)}
    return json_text(form)


def _changed(stages: Sequence[Stage[Any]]) -> list[bool]:
    """Of each stage whether its answer is not that of the one before; the first is no change."""
    return [False, *(one.answer != other.answer for one, other in pairwise(stages))]


def _figure(amount: Amount) -> Json:
    return {
        "kind": amount.kind,
        "strength": amount.strength,
        **bounds_form(amount.interval),
        "basis": amount.basis,
    }


def _head(answer: Answer, stage: Stage[Any], changed: bool) -> list[object]:
    at = None if stage.at is None else answer.book.calendar.stamp(stage.at)
    return [at, "true" if changed else "false", ";".join(stage.sources), ";".join(stage.entries)]


def _table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([["" if cell is None else cell for cell in row] for row in rows])
    return text.getvalue()
