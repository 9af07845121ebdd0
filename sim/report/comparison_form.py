"""A comparison for other programs, as JSON and CSV. Its shape is a promise: docs/reference/command-line.md."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sim.domain.calendar import format_utc
from sim.posture.difference import Change, Span, Total
from sim.posture.held import Held
from sim.posture.redefinition import Redefinition
from sim.report.answer import Answer
from sim.report.comparison import Comparison
from sim.report.csv_form import csv_text
from sim.report.json_form import Json, bounds_form, json_text, log_form, scenario_form

LINE = ("side", "kind", "in_transit")
"""What tells lines apart before the fields that they are grouped by."""

FIGURES = (
    "before_strength", "before_low", "before_high", "before_basis", "after_strength", "after_low", "after_high",
    "after_basis", "change_strength", "change_low", "change_high", "orders",
)  # fmt: skip
DEFINITIONS = ("section", "id", "change", "key", "before", "after")


def comparison_to_json(comparison: Comparison) -> str:
    """All of a comparison as JSON text."""
    return json_text(comparison_form(comparison))


def comparison_form(comparison: Comparison) -> Json:
    """All of a comparison."""
    difference = comparison.difference
    return {
        "first": _side(comparison.first),
        "second": _side(comparison.second),
        "by": list(difference.by),
        "changes": [_change(difference.by, change) for change in difference.changes],
        "unchanged": difference.unchanged,
        "totals": [_total(total) for total in difference.totals],
        "definitions": [_definition(each) for each in comparison.definitions],
    }


def comparison_to_csv(comparison: Comparison, table: str) -> str:
    """One table of a comparison as CSV: its changes or its definitions."""
    if table == "definitions":
        definitions = (_definition(each) for each in comparison.definitions)
        return csv_text(DEFINITIONS, ({key: _cell(value) for key, value in each.items()} for each in definitions))
    by = comparison.difference.by
    columns = (*LINE, *(field for field in by if field not in LINE), *FIGURES)
    return csv_text(columns, (_flat(_change(by, change)) for change in comparison.difference.changes))


def _side(answer: Answer) -> Json:
    at = answer.book.calendar.stamp(answer.times[0])
    return {"scenario": scenario_form(answer), "at": at, "log": log_form(answer)}


def _change(by: tuple[str, ...], change: Change) -> Json:
    """A line that is not the same; a place without a country has null there."""
    group = change.group
    return {
        "side": group.side,
        "kind": group.kind,
        "in_transit": group.in_transit,
        **{field: value or None for field, value in zip(by, group.values, strict=True)},
        "before": {**_strength(change.before), "basis": change.before.basis},
        "after": {**_strength(change.after), "basis": change.after.basis},
        "change": {"strength": change.strength, **_span(change.span)},
        "orders": list(change.orders),
    }


def _total(total: Total) -> Json:
    return {
        "side": total.side,
        "kind": total.kind,
        "before": _strength(total.before),
        "after": _strength(total.after),
        "change": {"strength": total.strength, **_span(total.span)},
    }


def _strength(held: Held) -> Json:
    return {"strength": held.strength, **bounds_form(held.interval)}


def _span(span: Span) -> Json:
    return {"low": span.low, "high": span.high}


def _flat(form: Json) -> Json:
    """A form whose forms within are spread over keys of their own."""
    return dict(_spread(form))


def _spread(form: Json) -> Iterator[tuple[str, Any]]:
    for key, value in form.items():
        if isinstance(value, dict):
            yield from ((f"{key}_{inner}", each) for inner, each in value.items())
        else:
            yield key, value


def _definition(each: Redefinition) -> Json:
    return {
        "section": each.section,
        "id": each.id or None,
        "change": each.fate,
        "key": each.key or None,
        "before": _plain(each.before),
        "after": _plain(each.after),
    }


def _plain(value: Any) -> Any:
    """A value with its times as JSON gives them."""
    match value:
        case dict():
            return {key: _plain(each) for key, each in value.items()}
        case list():
            return [_plain(each) for each in value]
        case datetime():
            return format_utc(value) + ":00Z"
        case _:
            return value


def _cell(value: Any) -> Any:
    """What a cell holds of a value: JSON where it is more than a word or a list of words."""
    match value:
        case list() if all(isinstance(each, str) for each in value):
            return value
        case dict() | list():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return value
