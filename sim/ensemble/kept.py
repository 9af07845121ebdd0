"""Kept tallies: what an ensemble has counted, in a log, so that it is answered from there, or gone on with."""

import json
from collections.abc import Mapping
from hashlib import sha256
from os import PathLike
from typing import Any, Final

import attrs
from attrs import define, frozen

from sim.domain.event import RULES, Cause
from sim.domain.vocabulary import Kind, Readiness
from sim.ensemble.distribution import in_turn
from sim.ensemble.plan import Plan
from sim.ensemble.question import (
    Agreed,
    Closure,
    Compared,
    Dropped,
    Held,
    Question,
    Reached,
    Shift,
    Stands,
    Value,
    Waited,
)
from sim.ensemble.tally import Counts, Tally
from sim.errors import LogError
from sim.eventlog import open_tallies
from sim.eventlog.patience import USUAL, Wait

FORMAT = 2
"""The version of the form."""

OUTCOMES = 1
"""The version of the rules by which a replication comes to its outcome: of draws, of lift, of questions.

What is kept under another is another ensemble. To be raised with each change after which a replication may come to
something else: `tests/ensemble/test_outcomes.py` holds some against what they came to.
"""

_KINDS: dict[str, type[Question]] = {
    "closure": Closure,
    "dropped": Dropped,
    "stands": Stands,
    "reached": Reached,
    "held": Held,
    "waited": Waited,
    "compared": Compared,
    "shift": Shift,
    "agreed": Agreed,
}
_MAYBE_SILENT = (Dropped, Held, Waited, Shift)
"""What a run need not answer."""

_TAGS = {kind: tag for tag, kind in _KINDS.items()}
_READ = {"kind": Kind, "readiness": Readiness, "cause": Cause, "at": int}

_NONE = (AttributeError, KeyError, TypeError, ValueError, RecursionError)
"""What is raised on the way where a form is none."""

_COUNTED = ("titles", "runs", "counts")
"""What stands behind the head of a form, which says what makes two ensembles the same."""

Json = dict[str, Any]


@define
class TallyError(LogError):
    """What a log keeps of an ensemble is not what was written: see `Keeper.keep`."""


@frozen
class Kept:
    """An ensemble that a log keeps, and how many runs of it; `against` is the title of what it is compared with.

    All is None of what is not what was written; then `problem` says so.
    """

    ensemble: str
    title: str | None = None
    against: str | None = None
    seed: int | None = None
    runs: int | None = None
    problem: LogError | None = None


def kept_ensembles(url: str | PathLike[str]) -> list[Kept]:
    """All ensembles that the log at an address keeps, by title, seed and id, each held against its digest.

    Nothing is made there. Raises UsageError where there is no such log, or it cannot be read.
    """
    store = open_tallies(url)
    found = [_looked_at(store.url, *each) for each in store.all()]
    return sorted(found, key=lambda kept: (kept.title or "", kept.seed or 0, kept.ensemble))


def _looked_at(url: str, ensemble: str, body: bytes) -> Kept:
    try:
        form = _opened(body)
        head = {key: value for key, value in form.items() if key not in _COUNTED}
        if _id(head) != ensemble:
            raise ValueError("it is that of another ensemble")
        if form["tally"] == FORMAT:
            _read(form)
        title, against = form["titles"]
        return Kept(ensemble, title, against, form["seed"], form["runs"])
    except _NONE as error:
        problem = _damaged(url, ensemble)
        problem.__cause__ = error
        return Kept(ensemble, problem=problem)


def _opened(body: bytes) -> Json:
    """The form in a body that has a digest before it. Raises one of _NONE where it is not what was written."""
    digest, _, form = body.partition(b"\n")
    if digest != sha256(form).hexdigest().encode():
        raise ValueError("it has another digest")
    read: Json = json.loads(form)
    return read


def _damaged(url: str, ensemble: str) -> TallyError:
    return TallyError(
        f"{url}: the log is damaged: what it keeps of the ensemble {ensemble} is not what was written",
        "Fetch a copy of the log; or ask for the ensemble again: it is played anew, and replaced.",
    )


class Keeper:
    """Keeps the tally of one ensemble, as far as it has come, beside the runs of the log at an address.

    `until_width` belongs to what is asked: runs that one needs are more than another does. Raises UsageError where the
    address is none of a log.
    """

    def __init__(self, url: str | PathLike[str], plan: Plan, until_width: int | None = None) -> None:
        self._store = open_tallies(url)
        self._head = _head(plan, until_width)
        self._titles = [plan.scenario.title, None if plan.against is None else plan.against.title]
        self.ensemble: Final = _id(self._head)

    @property
    def url(self) -> str:
        """The address of the log, as it may be shown."""
        return self._store.url

    @property
    def where(self) -> str:
        """What holds the ensembles: the log itself, or a folder beside it."""
        return self._store.where

    def tally(self) -> Tally:
        """The tally of the most runs that were ever kept; the empty one where there is none.

        Raises TallyError where it is damaged, LogError and UsageError where the log cannot be read.
        """
        body = self._store.find(self.ensemble)
        if body is None:
            return Tally()
        try:
            return self._read(body)
        except _NONE as error:
            raise _damaged(self.url, self.ensemble) from error

    def check(self) -> None:
        """Know that a tally could be kept: raises UsageError and LogError as `keep`. What is kept stays as it is."""
        self._store.check(self.ensemble)

    def keep(self, tally: Tally, wait: Wait = USUAL) -> int:
        """Keep a tally, unless one of as many runs is kept; a damaged one gives way to any. How many runs are kept now.

        Another program that writes there is waited for, as long as `wait` says. Raises UsageError where it cannot be
        written, LogError where the log is none. The same replications give the same bytes, however they were counted.
        """
        counts = zip(_PARTS, tally.counts, strict=True)
        parts = {part: _counts_form(each) for part, each in counts}
        form = _json({**self._head, "titles": self._titles, "runs": tally.runs, "counts": parts})
        there = -1

        def gives_way(body: bytes) -> bool:
            nonlocal there
            try:
                there = self._read(body).runs
            except _NONE:
                there = -1
            return there < tally.runs

        self._store.keep(self.ensemble, sha256(form).hexdigest().encode() + b"\n" + form, gives_way, wait)
        return max(there, tally.runs)

    def _read(self, body: bytes) -> Tally:
        """The tally in a body. Raises one of _NONE where it is not what was written."""
        form = _opened(body)
        if any(form[key] != wanted for key, wanted in self._head.items()):
            raise ValueError("it is that of another ensemble")
        return _read(form)


_PARTS = ("first", "other", "pairs")


def _head(plan: Plan, until_width: int | None) -> Json:
    """What makes two ensembles the same: their replications have the same outcomes then, and the same ones count."""
    return {
        "tally": FORMAT,
        "scenario": plan.scenario.fingerprint,
        "against": None if plan.against is None else plan.against.fingerprint,
        "seed": plan.seed,
        "rules": RULES,
        "outcomes": OUTCOMES,
        "times": list(plan.times),
        "until_width": until_width,
    }


def _id(head: Json) -> str:
    return sha256(_json(head)).hexdigest()[:16]


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


def _read(form: Json) -> Tally:
    """The tally of a form. Raises one of _NONE where it is none."""
    runs, counts = form["runs"], form["counts"]
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
