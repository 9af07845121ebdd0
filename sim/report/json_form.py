"""The JSON of a run: everything the page shows, for other programs. Its shape is a promise."""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, assert_never

from sim.domain.claim import Closed, Count, Never, Noted, Separate, Test
from sim.domain.quantity import Interval
from sim.errors import Finding
from sim.ledger.claims import Judgement, Verdict, correctors_of
from sim.ledger.invariants import Outcome
from sim.posture import Row, Snapshot
from sim.posture.behind import left_behind
from sim.posture.timeline import Happening
from sim.report.answer import Answer

Json = dict[str, Any]


_CONTROLS = {code: f"\\u{code:04x}" for code in range(0x7F, 0xA0)}
"""The control characters that JSON leaves as they are, and that could steer a terminal; each with its escape."""


def to_json(answer: Answer) -> str:
    """The answer as JSON text."""
    form: Json = {
        "scenario": scenario_form(answer),
        "snapshots": [_snapshot(answer, each, each.rows) for each in answer.snapshots],
        "timeline": [timeline_form(answer, happening) for happening in answer.timeline],
        **_behind(answer, answer.timeline),
        "invariants": [_invariant(answer, outcome) for outcome in answer.outcomes],
        "claims": [claim_form(answer, judgement) for judgement in answer.judgements],
        "log": log_form(answer),
    }
    return json_text(form)


def snapshots_to_json(answer: Answer) -> str:
    """The snapshots of an answer as JSON text."""
    return json_text(snapshots_form(answer))


def snapshots_form(answer: Answer, shown: Callable[[Sequence[Row]], Iterable[Row]] = iter) -> Json:
    """The snapshots of an answer; of the rows of each those `shown`, where that is not all."""
    taken = [_snapshot(answer, each, shown(each.rows)) for each in answer.snapshots]
    return {"scenario": scenario_form(answer), "snapshots": taken, "log": log_form(answer)}


def timeline_to_json(answer: Answer, happenings: Iterable[Happening]) -> str:
    """These happenings of a run as JSON text."""
    return json_text(timeline_forms(answer, happenings))


def timeline_forms(answer: Answer, happenings: Iterable[Happening]) -> Json:
    """These happenings of a run."""
    told = tuple(happenings)
    forms = [timeline_form(answer, happening) for happening in told]
    behind = _behind(answer, told)
    return {"scenario": scenario_form(answer), "timeline": forms, **behind, "log": log_form(answer)}


def json_text(form: Json) -> str:
    """JSON text of a form, over many lines."""
    return without_controls(json.dumps(form, ensure_ascii=False, indent=2)) + "\n"


def without_controls(text: str) -> str:
    """JSON text with the control characters that JSON leaves as they are escaped."""
    return text.translate(_CONTROLS)


def row_forms(rows: Iterable[Row]) -> list[Json]:
    """The rows of a snapshot, as JSON and CSV give them."""
    return [
        {
            "unit": row.unit,
            "place": row.place,
            "country": row.country,
            "side": row.side,
            "origin": row.origin,
            "readiness": row.readiness,
            "kind": row.kind,
            "strength": row.strength,
            **bounds_form(row.interval),
            "basis": row.basis,
        }
        for row in rows
    ]


def timeline_form(answer: Answer, happening: Happening) -> Json:
    """One event of the timeline. `place` is where it happened; a departure has a destination in `to`.

    Only what is said of a load has its number, and only where it waited for what, and how long.
    """
    form: Json = {
        "at": _stamp(answer, happening.at),
        "event": happening.event,
        "unit": happening.unit,
        "order": happening.order,
        "sources": list(happening.grounds.sources),
        "because": happening.grounds.because or None,
        "units": list(happening.units),
        "strength": happening.strength,
        "place": happening.place,
        "to": happening.destination,
        "before": happening.before,
        "after": happening.after,
        "basis": happening.basis,
        "reason": happening.reason or None,
    }
    if happening.load is not None:
        form["load"] = happening.load
    if happening.cause is not None:
        form |= {"cause": happening.cause, "minutes": happening.minutes}
    return form


def behind_forms(answer: Answer, told: Iterable[Happening]) -> list[Json]:
    """The loads that had not left by the end, of what these happenings say was ready, by order and unit."""
    positions = {happening.position for happening in told}
    return [
        {
            "order": each.order,
            "unit": each.unit,
            "place": each.place,
            "loads": each.loads,
            "strength": each.strength,
            "cause": each.cause,
        }
        for each in left_behind(answer.book, answer.timeline)
        if each.position in positions
    ]


def _behind(answer: Answer, told: Iterable[Happening]) -> Json:
    """What stays behind; no key for it where there is no lift."""
    return {"left_behind": behind_forms(answer, told)} if answer.book.lift else {}


def claim_form(answer: Answer, judgement: Judgement) -> Json:
    """One claim with its verdict; what cannot be tested has neither time, nor figures, nor distance.

    One that was taken back says by which claims, one that is open what could be counted, and a `closed` how much of
    what has not closed was there: only where there is such a thing.
    """
    claim, reading = judgement.claim, judgement.reading
    expected = (
        None if reading is None else {**bounds_form(reading.expected.interval), "wording": reading.expected.wording}
    )
    actual = None if reading is None else {"strength": reading.strength, **bounds_form(reading.interval)}
    form: Json = {
        "id": claim.id,
        "says": claim.says or None,
        "source": claim.source,
        "kind": kind_of(claim.test),
        "at": None if reading is None else _stamp(answer, reading.at),
        "expected": expected,
        "actual": actual,
        "verdict": judgement.verdict,
        "distance": None if reading is None else reading.distance,
        "given": judgement.given,
        "disputed": claim.disputed or None,
        "per": claim.per,
    }
    if reading is not None and reading.could_be is not None:
        form["could_be"] = bounds_form(reading.could_be)
    if reading is not None and reading.there:
        form["there"] = reading.there
    if judgement.verdict is Verdict.WITHDRAWN:
        form["corrected_by"] = list(correctors_of(answer.book, claim.id))
    return form


def kind_of(test: Test) -> str:
    """The word for a kind of claim, as scenarios write it."""
    match test:
        case Count():
            return "count"
        case Never():
            return "never"
        case Separate():
            return "separate"
        case Closed():
            return "closed"
        case Noted():
            return "noted"
        case _:
            assert_never(test)


def finding_form(answer: Answer, finding: Finding) -> Json:
    """One thing an invariant found wrong."""
    return {
        "at": None if finding.at is None else _stamp(answer, finding.at),
        "message": finding.message,
        "expected": finding.expected or None,
        "found": finding.found or None,
    }


def scenario_form(answer: Answer) -> Json:
    """What the run is of; and as known when, where that was asked."""
    opened = answer.book.opened
    form: Json = {
        "title": opened.title,
        "start": _stamp(answer, 0),
        "end": _stamp(answer, opened.end),
        "fingerprint": opened.fingerprint,
        "seed": opened.seed,
    }
    return form if answer.knowledge is None else {**form, "as_known": _stamp(answer, answer.knowledge.at)}


def _snapshot(answer: Answer, snapshot: Snapshot, shown: Iterable[Row]) -> Json:
    totals = [
        {"kind": total.kind, "strength": total.strength, **bounds_form(total.interval)} for total in snapshot.totals
    ]
    sides = [
        {
            "side": each.side,
            "kind": each.kind,
            "strength": each.strength,
            **bounds_form(each.interval),
            "basis": each.basis,
        }
        for each in snapshot.sides
    ]
    return {"at": _stamp(answer, snapshot.at), "rows": row_forms(shown), "totals": totals, "sides": sides}


def _invariant(answer: Answer, outcome: Outcome) -> Json:
    findings = [finding_form(answer, finding) for finding in outcome.findings]
    return {"name": outcome.name, "holds": outcome.holds, "findings": findings}


def log_form(answer: Answer) -> Json:
    """Where the run is kept, if anywhere."""
    kept = answer.kept
    if kept is None:
        return {"url": None, "run": None, "events": answer.book.events, "head": None}
    return {"url": kept.url, "run": kept.written.run, "events": kept.written.count, "head": kept.written.head}


def bounds_form(interval: Interval) -> Json:
    """Its ends; an open one is null."""
    return {"low": interval.low, "high": interval.high}


def _stamp(answer: Answer, minute: int) -> str:
    return answer.book.calendar.stamp(minute)
