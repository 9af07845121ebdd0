"""The CSV of a run: one table in long form, a header row first; times in UTC, lists joined by ';', nothing as empty.

Text stays as it is, also where a spreadsheet would take it for a formula: other programs read this too, and it is to
say what the JSON says. Only control characters, which no scenario can hold, become spaces.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

from sim.ledger.claims import Judgement
from sim.posture.snapshot import FIELDS, grouped
from sim.posture.timeline import Happening
from sim.report.answer import Answer
from sim.report.json_form import Json, behind_forms, claim_form, finding_form, row_forms, timeline_form

POSTURE = ("at", "unit", "place", "country", "side", "origin", "readiness", "kind", "strength", "low", "high", "basis")
TIMELINE = (
    "at", "event", "unit", "order", "sources", "because", "units", "strength", "place", "to", "before", "after",
    "basis", "reason",
)  # fmt: skip
LOADS = ("load", "cause", "minutes", "loads")
"""The further columns of the timeline of a scenario that has lift."""

LEFT_BEHIND = "left-behind"
"""What stands for the event in the rows of loads that had not left by the end, which no event says."""

CLAIMS = (
    "id", "says", "source", "kind", "at", "expected_low", "expected_high", "expected_wording", "actual_strength",
    "actual_low", "actual_high", "verdict", "distance", "given", "disputed", "per", "corrected_by", "could_be_low",
    "could_be_high", "there",
)  # fmt: skip
INVARIANTS = ("name", "holds", "at", "message", "expected", "found")


def to_csv(answer: Answer, table: str = "posture", fields: tuple[str, ...] = ()) -> str:
    """One of TABLES as CSV. The posture has a row for each unit, place and readiness, or for each group of `fields`."""
    if table == "posture" and fields:
        return csv_text(("at", *fields, "kind", "strength", "low", "high"), _grouped(answer, fields))
    if table == "timeline":
        return timeline_to_csv(answer, answer.timeline)
    columns, rows = TABLES[table]
    return csv_text(columns, rows(answer))


def timeline_to_csv(answer: Answer, happenings: Iterable[Happening]) -> str:
    """These happenings of a run as CSV; of a scenario that has lift, then what of them stays behind."""
    told = tuple(happenings)
    rows = (timeline_form(answer, happening) for happening in told)
    if not answer.book.lift:
        return csv_text(TIMELINE, rows)
    return csv_text(TIMELINE + LOADS, chain(rows, _left_behind(answer, told)))


def _left_behind(answer: Answer, told: Iterable[Happening]) -> Iterator[Json]:
    """A row for each order and unit of which loads had not left, at the end."""
    at = answer.book.calendar.stamp(answer.book.opened.end)
    return ({"at": at, "event": LEFT_BEHIND, **form} for form in behind_forms(answer, told))


def _posture(answer: Answer) -> Iterator[Json]:
    for snapshot in answer.snapshots:
        at = answer.book.calendar.stamp(snapshot.at)
        for row in row_forms(snapshot.rows):
            yield {"at": at, **row}


def _grouped(answer: Answer, fields: tuple[str, ...]) -> Iterator[Json]:
    for snapshot in answer.snapshots:
        held = grouped(
            answer.book.units, snapshot.rows, lambda row: (*(FIELDS[field](row) for field in fields), row.kind)
        )
        for group in sorted(held):
            strength, interval = held[group]
            named = dict(zip((*fields, "kind"), group, strict=True))
            at = answer.book.calendar.stamp(snapshot.at)
            yield {"at": at, **named, "strength": strength, "low": interval.low, "high": interval.high}


def _timeline(answer: Answer) -> Iterator[Json]:
    return (timeline_form(answer, happening) for happening in answer.timeline)


def _claims(answer: Answer) -> Iterator[Json]:
    return claim_rows(answer, answer.judgements)


def claim_rows(answer: Answer, judgements: Iterable[Judgement]) -> Iterator[Json]:
    """A row for each claim, with its values for CLAIMS."""
    for judgement in judgements:
        form = claim_form(answer, judgement)
        for side in ("expected", "actual", "could_be"):
            for key, value in (form.pop(side, None) or {}).items():
                form[f"{side}_{key}"] = value
        yield form


def _invariants(answer: Answer) -> Iterator[Json]:
    """A row for each finding; one with no finding for an invariant that holds."""
    for outcome in answer.outcomes:
        for finding in outcome.findings:
            yield {"name": outcome.name, "holds": False, **finding_form(answer, finding)}
        if outcome.holds:
            yield {"name": outcome.name, "holds": True}


Rows = Callable[[Answer], Iterator[Json]]
TABLES: dict[str, tuple[tuple[str, ...], Rows]] = {
    "posture": (POSTURE, _posture),
    "timeline": (TIMELINE, _timeline),
    "claims": (CLAIMS, _claims),
    "invariants": (INVARIANTS, _invariants),
}
"""The tables there are, with their columns."""


_CONTROLS = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), " ")


def csv_text(columns: tuple[str, ...], rows: Iterable[Json]) -> str:
    """The rows as CSV, each with its values for the columns."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return text.getvalue()


def _cell(value: Any) -> Any:
    """Lists joined, truth values as JSON writes them, None as nothing."""
    if isinstance(value, list):
        return ";".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.translate(_CONTROLS) if isinstance(value, str) else value
