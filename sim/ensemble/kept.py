"""Kept tallies: what an ensemble has counted, in a log, so that it is answered from there, or gone on with."""

import json
from collections.abc import Mapping
from hashlib import sha256
from os import PathLike
from typing import Any, Final

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
from sim.errors import LogError
from sim.eventlog import open_tallies

FORMAT = 1
"""The version of the form."""

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


class Keeper:
    """Keeps the tally of one ensemble, as far as it has come, beside the runs of the log at an address.

    `until_width` belongs to what is asked: runs that one needs are more than another does. Raises UsageError where the
    address is none of a log.
    """

    def __init__(self, url: str | PathLike[str], plan: Plan, until_width: int | None = None) -> None:
        self._store = open_tallies(url)
        self._head = _head(plan, until_width)
        self.ensemble: Final = sha256(_json(self._head)).hexdigest()[:16]

    @property
    def url(self) -> str:
        """The address of the log, as it may be shown."""
        return self._store.url

    def tally(self) -> Tally:
        """The tally of the most runs that were ever kept; the empty one where there is none.

        Raises LogError where it is damaged, UsageError where it cannot be read.
        """
        body = self._store.find(self.ensemble)
        if body is None:
            return Tally()
        digest, _, form = body.partition(b"\n")
        if digest != sha256(form).hexdigest().encode():
            raise self._damaged()
        try:
            return self._read(json.loads(form))
        except (KeyError, TypeError, ValueError, RecursionError) as error:
            raise self._damaged() from error

    def keep(self, tally: Tally) -> None:
        """Keep a tally, unless one of more runs is kept. Raises UsageError where it cannot be written.

        The same replications give the same bytes, however they were counted.
        """
        counts = zip(_PARTS, tally.counts, strict=True)
        form = _json({**self._head, "runs": tally.runs, "counts": {part: _counts_form(each) for part, each in counts}})
        self._store.keep(self.ensemble, tally.runs, sha256(form).hexdigest().encode() + b"\n" + form)

    def _read(self, form: Json) -> Tally:
        if any(form[key] != wanted for key, wanted in self._head.items()):
            raise ValueError("it is that of another ensemble")
        return _read(form["runs"], form["counts"])

    def _damaged(self) -> LogError:
        return LogError(
            f"{self.url}: the log is damaged: what it keeps of the ensemble {self.ensemble} is not what was written",
            "Fetch a copy of the log, or keep the ensemble elsewhere.",
        )


_PARTS = ("first", "other", "pairs")


def _head(plan: Plan, until_width: int | None) -> Json:
    """What makes two ensembles the same: their replications have the same outcomes then, and the same ones count."""
    return {
        "tally": FORMAT,
        "scenario": plan.scenario.fingerprint,
        "against": None if plan.against is None else plan.against.fingerprint,
        "seed": plan.seed,
        "rules": RULES,
        "times": list(plan.times),
        "until_width": until_width,
    }


def _json(form: Json) -> bytes:
    return json.dumps(form, ensure_ascii=False, separators=(",", ":")).encode()


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
