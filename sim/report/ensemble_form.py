"""The answer of an ensemble for other programs: every quantile and chance, as JSON and CSV."""

from collections.abc import Callable, Iterator
from typing import Any

from sim.domain.event import RULES
from sim.domain.place import country_of
from sim.ensemble.chance import Chance
from sim.ensemble.distribution import SHARES, Bound, Distribution
from sim.ensemble.question import (
    BOTH,
    FIRST_ONLY,
    LATER,
    NEITHER,
    OTHER_ONLY,
    SOONER,
    VERDICTS,
    Agreed,
    Compared,
    Shift,
    Value,
)
from sim.ensemble.variant import due_of
from sim.report.csv_form import csv_text
from sim.report.ensemble_answer import EnsembleAnswer, Side, asked
from sim.report.json_form import json_text

Json = dict[str, Any]

LATER_THAN_THE_END = "later"
"""What stands for the closure of what does not close by the end."""

DIGITS = 6
"""To how many decimal places chances are given: the same on every machine."""

MINUTES = "_minutes"
"""What ends the names of columns that are in minutes."""

Told = Callable[[Value], Any]
"""What gives a value its form."""


def ensemble_to_json(answer: EnsembleAnswer) -> str:
    """The answer as JSON text.

    A closure is a time, or "later" where it is not by the end; an end of an interval is null where there are too few
    runs to tell.
    """
    form: Json = {
        "scenario": _scenario(answer.first),
        "against": None if answer.other is None else _scenario(answer.other),
        "ensemble": {
            "runs": answer.tally.runs,
            "asked": answer.asked,
            "enough": answer.enough,
            "left_to_chance": answer.plan.left_to_chance,
            "seed": answer.plan.seed,
            "rules": RULES,
        },
        **_side(answer, answer.first),
        "pairs": None,
    }
    if answer.other is not None:
        pairs = {"closure": [*_compared(answer)], "claims": [*_agreed(answer)]}
        form["pairs"] = {"other": _side(answer, answer.other), **pairs}
    return json_text(form)


def ensemble_to_csv(answer: EnsembleAnswer, table: str) -> str:
    """One of TABLES as CSV, a row for each order, claim, cause or line of the posture, and time."""
    columns, rows = TABLES[table]
    return csv_text(columns, rows(answer))


def _scenario(side: Side) -> Json:
    opened = side.book.opened
    return {
        "title": opened.title,
        "start": side.book.calendar.stamp(0),
        "end": side.book.calendar.stamp(opened.end),
        "fingerprint": opened.fingerprint,
    }


def _side(answer: EnsembleAnswer, side: Side) -> Json:
    return {
        "closure": [*_closures(answer, side)],
        "claims": [*_claims(side)],
        "waits": [*_waits(side)],
        "posture": [*_posture(answer, side)],
    }


def _closures(answer: EnsembleAnswer, side: Side) -> Iterator[Json]:
    calendar, told = side.book.calendar, _minute(side)
    dropped = {question.order: found.count(1) for question, found in side.dropped}
    for question, found in side.closures:
        yield {
            "order": question.order,
            "runs_closed": found.runs - found.count(None),
            "runs_dropped": dropped.get(question.order, 0),
            "quantiles": _quantiles(found, told),
            "by": [{"at": calendar.stamp(minute), **_chance(found.at_most(minute))} for minute in answer.plan.times],
        }


def _claims(side: Side) -> Iterator[Json]:
    told = _minute(side)
    for (question, found), (_, since) in zip(side.claims, side.reached, strict=True):
        due = due_of(side.book.claims[question.claim])
        assert due is not None, "only dated claims are asked about"
        verdicts = {str(verdict): _chance(found.chance(code)) for code, verdict in enumerate(VERDICTS)}
        yield {
            "id": question.claim,
            "at": side.book.calendar.stamp(due),
            **verdicts,
            "runs_reached": since.runs - since.count(None),
            "reached": _quantiles(since, told),
        }


def _waits(side: Side) -> Iterator[Json]:
    for question, found in side.waits:
        waited = found.runs - found.count(0)
        minutes = _quantiles(found, _as_it_is)
        yield {"order": question.order, "cause": question.cause, "runs_waited": waited, "waited_minutes": minutes}


def _posture(answer: EnsembleAnswer, side: Side) -> Iterator[Json]:
    times = answer.plan.times
    lines = side.posture(times)
    for number, minute in enumerate(times):
        for (whose, kind, place, readiness), found in lines:
            yield {
                "at": side.book.calendar.stamp(minute),
                "side": whose,
                "kind": kind,
                "place": place,
                "country": country_of(side.book.places, place),
                "readiness": readiness,
                "quantiles": _quantiles(found[number], _as_it_is),
            }


def _compared(answer: EnsembleAnswer) -> Iterator[Json]:
    tally = answer.tally
    for question, found in asked(tally, tally.pairs, Compared):
        shift = tally.distribution(tally.pairs, Shift(question.order))
        codes = {"sooner": SOONER, "later": LATER, "in_neither": NEITHER}
        yield {
            "order": question.order,
            **{word: _chance(found.chance(code)) for word, code in codes.items()},
            "runs_both": shift.runs,
            "shift_minutes": _quantiles(shift, _as_it_is) if shift.runs else [],
        }


def _agreed(answer: EnsembleAnswer) -> Iterator[Json]:
    codes = {"both": BOTH, "only_here": FIRST_ONLY, "only_there": OTHER_ONLY}
    for question, found in asked(answer.tally, answer.tally.pairs, Agreed):
        yield {"id": question.claim, **{word: _chance(found.chance(code)) for word, code in codes.items()}}


def _quantiles(found: Distribution, told: Told) -> list[Json]:
    return [
        {
            "share": each.share,
            "value": told(each.value),
            "low": None if isinstance(each.low, Bound) else told(each.low),
            "high": None if isinstance(each.high, Bound) else told(each.high),
        }
        for each in found.quantiles()
    ]


def _chance(chance: Chance) -> Json:
    return {
        "runs": chance.hits,
        "chance": round(chance.share, DIGITS),
        "low": round(chance.low, DIGITS),
        "high": round(chance.high, DIGITS),
    }


def _minute(side: Side) -> Told:
    """What gives a minute that may lie beyond the end its form."""

    def told(value: Value) -> str:
        return LATER_THAN_THE_END if value is None else side.book.calendar.stamp(value)

    return told


def _as_it_is(value: Value) -> Value:
    return value


def _flat(form: Json, quantiles: str | None, unit: str = "", chances: tuple[str, ...] = ()) -> Json:
    """A form on one level: `quantiles` under q5 to q95 with their ends and unit, chances under their names."""
    row = {key: value for key, value in form.items() if key not in {quantiles, *chances}}
    for each in form[quantiles] if quantiles else ():
        names = _names(f"q{each['share']}", unit)
        row |= zip(names, (each["value"], each["low"], each["high"]), strict=True)
    for key in chances:
        row |= {key: form[key]["chance"], f"{key}_low": form[key]["low"], f"{key}_high": form[key]["high"]}
    return row


def _names(name: str, unit: str = "") -> tuple[str, str, str]:
    """What a figure and the ends of its interval are called, with their unit where it has to be told."""
    return f"{name}{unit}", f"{name}_low{unit}", f"{name}_high{unit}"


def _columns(*names: str, unit: str = "") -> tuple[str, ...]:
    return tuple(column for name in names for column in _names(name, unit))


def _closure_rows(answer: EnsembleAnswer) -> Iterator[Json]:
    return (_flat(form, "quantiles") for form in _closures(answer, answer.first))


def _by_rows(answer: EnsembleAnswer) -> Iterator[Json]:
    for form in _closures(answer, answer.first):
        for each in form["by"]:
            yield {"order": form["order"], **each}


def _claim_rows(answer: EnsembleAnswer) -> Iterator[Json]:
    return (_flat(form, "reached", chances=tuple(map(str, VERDICTS))) for form in _claims(answer.first))


def _wait_rows(answer: EnsembleAnswer) -> Iterator[Json]:
    return (_flat(form, "waited_minutes", MINUTES) for form in _waits(answer.first))


def _posture_rows(answer: EnsembleAnswer) -> Iterator[Json]:
    return (_flat(form, "quantiles") for form in _posture(answer, answer.first))


def _shift_rows(answer: EnsembleAnswer) -> Iterator[Json]:
    chances = ("sooner", "later", "in_neither")
    return (_flat(form, "shift_minutes", MINUTES, chances) for form in _compared(answer))


def _agreed_rows(answer: EnsembleAnswer) -> Iterator[Json]:
    return (_flat(form, None, chances=("both", "only_here", "only_there")) for form in _agreed(answer))


_SHARES = tuple(f"q{share}" for share in SHARES)
_QUANTILES, _IN_MINUTES = _columns(*_SHARES), _columns(*_SHARES, unit=MINUTES)

TABLES: dict[str, tuple[tuple[str, ...], Callable[[EnsembleAnswer], Iterator[Json]]]] = {
    "closure": (("order", "runs_closed", "runs_dropped", *_QUANTILES), _closure_rows),
    "by": (("order", "at", "runs", "chance", "low", "high"), _by_rows),
    "claims": (("id", "at", *_columns(*map(str, VERDICTS)), "runs_reached", *_QUANTILES), _claim_rows),
    "waits": (("order", "cause", "runs_waited", *_IN_MINUTES), _wait_rows),
    "posture": (("at", "side", "kind", "place", "country", "readiness", *_QUANTILES), _posture_rows),
    "shifts": (("order", *_columns("sooner", "later", "in_neither"), "runs_both", *_IN_MINUTES), _shift_rows),
    "agreed": (("id", *_columns("both", "only_here", "only_there")), _agreed_rows),
}
"""The tables there are, with their columns; the last two are empty where nothing is compared."""
