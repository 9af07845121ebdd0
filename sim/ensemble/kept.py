"""Kept tallies: what an ensemble has counted, in a file, so that it can be gone on with."""

import json
import os
from collections.abc import Mapping
from typing import Any

import attrs

from sim.domain.event import RULES, Cause
from sim.domain.vocabulary import Kind, Readiness
from sim.ensemble.distribution import in_turn
from sim.ensemble.plan import Plan
from sim.ensemble.question import (
    Agreed,
    Closure,
    Compared,
    Held,
    Question,
    Shift,
    Stands,
    Value,
    Waited,
)
from sim.ensemble.tally import Counts, Tally
from sim.errors import UsageError

FORMAT = 1
"""The version of the form of the file."""

_KINDS: dict[str, type[Question]] = {
    "closure": Closure,
    "stands": Stands,
    "held": Held,
    "waited": Waited,
    "compared": Compared,
    "shift": Shift,
    "agreed": Agreed,
}
_MAYBE_SILENT = (Held, Waited, Shift)
"""What a run need not answer."""

_TAGS = {kind: tag for tag, kind in _KINDS.items()}
_READ = {"kind": Kind, "readiness": Readiness, "cause": Cause, "at": int}

Json = dict[str, Any]


def read_tally(path: str, plan: Plan) -> Tally:
    """The tally in the file at `path`; the empty one where there is no such file.

    Raises UsageError for a file that is no tally, for one of another ensemble than that of the plan, and OSError for
    one that cannot be read.
    """
    try:
        with open(path, encoding="utf-8") as file:
            form = json.load(file)
    except FileNotFoundError:
        return Tally()
    except (ValueError, RecursionError) as error:
        raise _no_tally(path) from error
    if not isinstance(form, dict) or form.get("tally") != FORMAT:
        raise _no_tally(path)
    _check_same(path, form, plan)
    try:
        return _read(form["runs"], form["counts"])
    except (KeyError, TypeError, ValueError) as error:
        raise _no_tally(path) from error


def write_tally(path: str, plan: Plan, tally: Tally) -> None:
    """Write a tally of a plan's replications to the file at `path`, whole or not at all. Raises OSError if it cannot.

    The same replications give the same bytes, however they were counted.
    """
    counts = zip(_PARTS, tally.counts, strict=True)
    form = {**_head(plan), "runs": tally.runs, "counts": {part: _counts_form(each) for part, each in counts}}
    beside = f"{path}.part"
    with open(beside, "w", encoding="utf-8", newline="\n") as file:
        json.dump(form, file, ensure_ascii=False, separators=(",", ":"))
        file.write("\n")
    os.replace(beside, path)


_PARTS = ("first", "other", "pairs")


def _head(plan: Plan) -> Json:
    """What makes two ensembles the same: their replications have the same outcomes then."""
    return {
        "tally": FORMAT,
        "scenario": plan.scenario.fingerprint,
        "against": None if plan.against is None else plan.against.fingerprint,
        "seed": plan.seed,
        "rules": RULES,
        "times": list(plan.times),
    }


_DIFFERS = {
    "scenario": "it is of another scenario, or the scenario has changed since",
    "against": "it is compared with another scenario, or with none, or that scenario has changed since",
    "seed": "it has another seed",
    "rules": "it was played by another version of the rules",
    "times": "its posture was taken at other times",
}


def _check_same(path: str, form: Json, plan: Plan) -> None:
    for key, wanted in _head(plan).items():
        if form.get(key) != wanted:
            raise UsageError(
                f"{path} keeps another ensemble: {_DIFFERS[key]}",
                "Name another file, or ask for the ensemble that it keeps.",
            )


def _no_tally(path: str) -> UsageError:
    return UsageError(
        f"{path} is no tally of an ensemble", "Name a file that --resume wrote, or one that is not there."
    )


def _counts_form(counts: Counts) -> list[Any]:
    """The counts in one order, whatever order they came in: questions by what they say, answers rising."""
    questions = sorted(counts, key=_words)
    return [[*_words(each), [[value, counts[each][value]] for value in _rising(counts[each])]] for each in questions]


def _words(question: Question) -> tuple[Any, ...]:
    return (_TAGS[type(question)], *attrs.astuple(question))


def _rising(values: Mapping[Value, int]) -> list[Value]:
    return sorted(values, key=in_turn)


def _read(runs: Any, counts: Json) -> Tally:
    """The tally of a form. Raises KeyError, TypeError or ValueError where it is none."""
    if type(runs) is not int or runs < 0:
        raise ValueError("there are so many runs, or none")
    return Tally(runs, *(_read_counts(counts[part], runs) for part in _PARTS))


def _read_counts(form: list[Any], runs: int) -> Counts:
    counts: Counts = {}
    for tag, *words, values in form:
        kind = _KINDS[tag]
        fields = [field.name for field in attrs.fields(kind)]
        named = {name: _READ.get(name, str)(word) for name, word in zip(fields, words, strict=True)}
        counts[kind(**named)] = found = _read_values(values)
        answered = sum(found.values())
        if answered > runs or (answered < runs and kind not in _MAYBE_SILENT):
            raise ValueError("every run answers once")
    return counts


def _read_values(form: list[Any]) -> dict[Value, int]:
    values: dict[Value, int] = {}
    for value, count in form:
        if not (value is None or type(value) is int) or type(count) is not int or count < 1:
            raise ValueError("an answer is a whole number or nothing, and was given in so many runs")
        values[value] = count
    return values
