"""Two times of a run, or two runs, side by side."""

from attrs import evolve

from sim.errors import UsageError
from sim.posture.difference import between
from sim.posture.held import fields_of
from sim.report.answer import Answer
from sim.report.comparison import Comparison, comparison
from sim.report.comparison_form import comparison_form
from sim.report.json_form import Json
from sim.report.posture_table import DEFAULT_FIELDS
from sim.web import schemas
from sim.web.paging import PAGING, paging_of
from sim.web.question import Parameter
from sim.web.told import Told
from sim.web.view import BY, TIME, Asked, Needs, View


def diff(asked: Asked) -> Json:
    """What changed, or differs: a page of the lines that are not the same."""
    by = asked.question.one("by")
    fields = DEFAULT_FIELDS if by is None else fields_of((part.strip() for part in by.split(",")), "by: ")
    found = _compared(asked, fields)
    paging = paging_of(asked.question)
    told = paging.told(len(found.difference.changes))
    changes = tuple(paging.cut(found.difference.changes))
    return {**comparison_form(evolve(found, difference=evolve(found.difference, changes=changes))), **told}


def _compared(asked: Asked, fields: tuple[str, ...]) -> Comparison:
    """Raises UsageError for what cannot be compared so."""
    first, last, at = asked.minute("from"), asked.minute("to"), asked.minute("at")
    if asked.other is not None:
        if at is None or first is not None or last is not None:
            raise UsageError("two runs are compared at one time: at", "from and to are two times of one run.")
        other = evolve(asked, told=asked.other, other=None).minute("at")
        assert other is not None
        return comparison(_at(asked.told, at), _at(asked.other, other), fields)
    if first is None or last is None or at is not None:
        raise UsageError("a difference needs two times, from and to, or another run, with, and a time, at")
    if first > last:
        raise UsageError("from lies after to", "Swap them.")
    return _between(asked.told, first, last, fields)


def _between(told: Told, first: int, last: int, fields: tuple[str, ...]) -> Comparison:
    """Two times of one run, by what is held of it."""
    taken = told.snapshot(first), told.snapshot(last)
    entries = None if "unit" in fields else told.moves.between(first, last)
    difference = between(told.book, first, last, fields, taken, entries)
    return Comparison(_at(told, first), _at(told, last), difference, ())


def _at(told: Told, minute: int) -> Answer:
    return Answer(told.book, (minute,), told.answer.kept)


DIFF = View(
    "diff",
    "what changed between two times, or differs between two runs",
    (
        Parameter("from", f"the time before: {TIME}"),
        Parameter("to", f"the time after: {TIME}"),
        Parameter("with", "another run to compare with: its id, or the beginning of it"),
        Parameter("at", f"the time at which two runs are compared: {TIME}"),
        BY,
        *PAGING,
    ),
    schemas.DIFFERENCE,
    diff,
    Needs.OTHER | Needs.STUDY,
)
