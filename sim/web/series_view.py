"""The posture of a run over time, at as many times as a chart can show."""

from collections.abc import Sequence

from sim.posture.held import fields_of
from sim.report.json_form import Json, log_form, scenario_form
from sim.web import schemas
from sim.web.paging import PAGING, paging_of
from sim.web.question import Form, Parameter
from sim.web.refusal import Refusal, Why
from sim.web.snapshot_view import group_form, held_form
from sim.web.view import AS_KNOWN, BY, Asked, Needs, View

POINTS, POINTS_MAX = 200, 1_000
"""At how many times a series is told, and may be."""

FIGURES_MAX = 100_000
"""How many figures a page of a series has at most."""


def series(asked: Asked) -> Json:
    """What each line holds: at every time at which anything changes, or else at times that lie as far apart."""
    by = asked.question.one("by")
    fields = ("place",) if by is None else fields_of((part.strip() for part in by.split(",")), "by: ")
    times, paging = _times(asked, fields), paging_of(asked.question)
    found = asked.told.over_time(fields, times)
    _check(len(paging.cut(found)) * len(times))
    stamp = asked.book.calendar.stamp
    lines = [
        {**group_form(fields, group), "held": [held_form(each) for each in held]} for group, held in paging.cut(found)
    ]
    return {
        "scenario": scenario_form(asked.told.answer),
        "by": list(fields),
        "times": [stamp(minute) for minute in times],
        "every_change": len(times) == len(asked.told.changes),
        "lines": lines,
        "log": log_form(asked.told.answer),
        **paging.told(len(found)),
    }


def _check(figures: int) -> None:
    if figures > FIGURES_MAX:
        raise Refusal(
            Why.TOO_LARGE,
            f"the series has {figures:,} figures on this page, and {FIGURES_MAX:,} can be shown",
            "Ask for fewer points, or a smaller size of pages.",
        )


def _times(asked: Asked, fields: tuple[str, ...]) -> Sequence[int]:
    """The minutes at which something changes; where they are too many, as many evenly from the start to the end."""
    points, end = asked.told.points(fields, asked.question.number("points", POINTS)), asked.book.opened.end
    found = asked.told.changes
    if len(found) <= points:
        return found
    return sorted({end * place // max(1, points - 1) for place in range(points)})


SERIES = View(
    "series",
    "the posture over time",
    (
        BY,
        Parameter("points", f"at how many times at most, {POINTS} unless said otherwise", Form.NUMBER, most=POINTS_MAX),
        AS_KNOWN,
        *PAGING,
    ),
    schemas.SERIES,
    series,
    Needs.TIMELINE | Needs.STUDY,
    shown=False,
)
