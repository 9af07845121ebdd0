"""Who is where at moments of a run."""

from collections.abc import Iterable

from attrs import evolve

from sim.posture import Snapshot
from sim.posture.held import Group, Held, fields_of
from sim.posture.narrowing import lines
from sim.report.answer import Answer, times_or_end
from sim.report.json_form import Json, bounds_form, snapshots_form
from sim.web import schemas
from sim.web.paging import PAGING, Paging, paging_of
from sim.web.question import Parameter, Question
from sim.web.view import AS_KNOWN, BY, SELECTING, TIME, Asked, View


def snapshot(asked: Asked) -> Json:
    """The snapshots at the times asked about, or at the end: narrowed, and grouped, where that is asked."""
    minutes = times_or_end(asked.minutes("at"), asked.book.opened.end)
    selector = asked.selector()
    taken = tuple(asked.told.snapshot(minute, selector) for minute in minutes)
    return snapshots_told(asked.question, asked.told.answer, taken)


def snapshots_told(question: Question, answer: Answer, taken: tuple[Snapshot, ...]) -> Json:
    """These snapshots of an answer's run, as far as a question asks for them."""
    paging = paging_of(question)
    form = snapshots_form(evolve(answer, times=tuple(each.at for each in taken), taken=taken), paging.cut)
    count = max(len(each.rows) for each in taken)
    by = question.one("by")
    if by is not None:
        fields = fields_of((part.strip() for part in by.split(",")), "by: ")
        grouped = [lines(answer.book, each.rows, fields) for each in taken]
        count = max(count, *(len(each) for each in grouped))
        for told, groups in zip(form["snapshots"], grouped, strict=True):
            told["groups"] = _groups(paging, fields, groups)
    return {**form, **paging.told(count)}


def group_form(fields: Iterable[str], group: Group) -> Json:
    """What a line is called; a place without a country has null there."""
    values = {field: value or None for field, value in zip(fields, group.values, strict=True)}
    return {"side": group.side, "kind": group.kind, "in_transit": group.in_transit, **values}


def held_form(held: Held) -> Json:
    return {"strength": held.strength, **bounds_form(held.interval), "basis": held.basis}


def _groups(paging: Paging, fields: tuple[str, ...], groups: list[tuple[Group, Held]]) -> list[Json]:
    return [{**group_form(fields, group), **held_form(held)} for group, held in paging.cut(groups)]


def needs_no_book(question: Question) -> bool:
    """Whether a question about snapshots can be answered from the trial balances that are stored beside a run."""
    return not question.has("as_known", *(parameter.name for parameter in SELECTING))


SNAPSHOT = View(
    "snapshot",
    "who is where at a time",
    (Parameter("at", f"{TIME}; the end where nothing is said", many=True), *SELECTING, BY, AS_KNOWN, *PAGING),
    schemas.SNAPSHOT,
    snapshot,
)
