"""What happened in a run."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from sim.errors import UsageError
from sim.posture.excerpt import Scope, excerpt
from sim.posture.selector import selector_of
from sim.posture.timeline import Happening
from sim.report.json_form import Json, timeline_forms
from sim.web import schemas
from sim.web.paging import PAGING, paging_of
from sim.web.question import Parameter
from sim.web.view import AS_KNOWN, Asked, Needs, View

_SCOPE = ("unit", "place", "order")


def timeline(asked: Asked) -> Json:
    """The happenings that are meant, a page of them."""
    (happenings, places), paging = _meant(asked), paging_of(asked.question)
    shown = [happenings[place] for place in paging.cut(places)]
    return {**timeline_forms(asked.told.answer, shown), **paging.told(len(places))}


def _meant(asked: Asked) -> tuple[Sequence[Happening], Sequence[int]]:
    """Happenings, and which of them are meant: to copy a million takes longer than to tell a page of them.

    Raises UsageError for what the run does not have.
    """
    since, until = asked.minute("since", begins=True), asked.minute("until")
    if since is not None and until is not None and since > until:
        raise UsageError("since lies after until", "Swap them.")
    happenings = asked.told.answer.timeline
    if not asked.question.has(*_SCOPE):  # the timeline is in the order of the run
        return happenings, _within(happenings, range(len(happenings)), since, until)
    selector = selector_of(asked.book, **{name: asked.question.all(name) for name in _SCOPE})
    scope = Scope(selector.units, selector.place, selector.orders, since, until)
    if not scope.units:
        return happenings, _within(happenings, asked.told.happenings.meant(scope), since, until)
    told = [happening for happening, _ in excerpt(asked.book, asked.told.happened_to(scope.units), scope)]
    return told, range(len(told))


def _within(
    happenings: Sequence[Happening], places: Sequence[int], since: int | None, until: int | None
) -> Sequence[int]:
    """Those of some places in the timeline, rising, that lie within a time."""

    def minute(place: int) -> int:
        return happenings[place].at

    first = 0 if since is None else bisect_left(places, since, key=minute)
    last = len(places) if until is None else bisect_right(places, until, key=minute)
    return places[first:last]


TIMELINE = View(
    "timeline",
    "what happened, to whom, where and when",
    (
        Parameter("unit", "of this unit and its parts, by its id", many=True),
        Parameter("place", "at, to or from this place and all within it, by its id", many=True),
        Parameter("order", "under this order, by its id, and what cancels it", many=True),
        Parameter("since", "from this time on: a date (its first minute), a time, D+3, start or end"),
        Parameter("until", "up to this time: a date (its last minute), a time, D+3, start or end"),
        AS_KNOWN,
        *PAGING,
    ),
    schemas.TIMELINE,
    timeline,
    Needs.TIMELINE,
)
