"""Pictures: all that the page shows of one answer, as values."""

from collections.abc import Sequence

from attrs import frozen

from sim.atlas.lead import Lead, lead
from sim.domain.vocabulary import Readiness
from sim.posture.held import Group, key_of
from sim.posture.series import Course, changes, courses
from sim.posture.snapshot import Row
from sim.posture.step import Step, steps_of
from sim.report.answer import Answer
from sim.report.inquiry import Inquiry, inquire_all
from sim.report.wording import Wording


@frozen
class Picture:
    """One answer, ready to be drawn. `wording` has the letters of the sources.

    `turns` are the minutes at which something changes, the start among them. `lines` are by place and readiness, where
    what is in transit is at its destination; `totals` are all of a side and kind, on its way or not; `countries` and
    `readinesses` are what charts show, with the ranges of their own sums: a place of which no country is known stands
    there by itself. `entries` are those of the ledger, in the
    order of the run. `where` are the words of a command line that name the run, as known when it is.
    """

    answer: Answer
    wording: Wording
    lead: Lead
    turns: tuple[int, ...]
    lines: tuple[Course, ...]
    totals: tuple[Course, ...]
    countries: tuple[Course, ...]
    readinesses: tuple[Course, ...]
    entries: tuple[Step, ...]
    inquiry: Inquiry
    where: tuple[str, ...]


def picture(answer: Answer, wording: Wording, where: Sequence[str]) -> Picture:
    """The picture of an answer, in this wording of its book.

    `where` are the words of a command line that name the run, as known when it is.
    """
    book, inquiry = answer.book, inquire_all(answer, wording)
    lines, totals, countries, readinesses = (courses(book, key, told_apart=True) for key in _KEYS)
    return Picture(
        answer,
        wording,
        lead(inquiry),
        tuple(changes(book)),
        lines,
        totals,
        countries,
        readinesses,
        tuple(_entries(answer)),
        inquiry,
        tuple(where),
    )


def _all_of_a_kind(row: Row) -> Group:
    """Side and kind alone: also what is on its way is some of all there is."""
    return Group(row.side, row.kind, False, ())


def _by_country(row: Row) -> Group:
    """The country, or where none is known the place."""
    on_its_way = row.readiness is Readiness.IN_TRANSIT
    return Group(row.side, row.kind, on_its_way, (row.country or "", "" if row.country else row.place))


_KEYS = (key_of(("place", "readiness")), _all_of_a_kind, _by_country, key_of(("readiness",)))
"""What lines, totals, countries and readinesses are grouped by."""


def _entries(answer: Answer) -> list[Step]:
    book = answer.book
    by_unit = steps_of(book, book.opened.end, book.units.keys(), lambda account: False)
    return sorted((step for steps in by_unit.values() for step in steps), key=lambda step: step.position)
