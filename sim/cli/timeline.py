"""`timeline`: what happened in a run, from its log alone or from a scenario."""

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.cli.answers import answer_of
from sim.cli.output import room
from sim.cli.status import ALL_WELL
from sim.cli.stream import write_data
from sim.cli.terminal import terminal
from sim.domain.asked import minute_of
from sim.errors import UsageError
from sim.report.unknown import as_known

if TYPE_CHECKING:
    from sim.ledger import Book
    from sim.posture.excerpt import Scope, Told
    from sim.report.answer import Answer


def timeline(arguments: Namespace) -> int:
    """Print all that happened, or what of it was asked for."""
    from sim.posture.excerpt import excerpt

    answer = answer_of(arguments.log, arguments.run, (), arguments.as_known)
    with as_known(answer):
        scope = _scope(answer.book, arguments)
    told = tuple(excerpt(answer.book, answer.timeline, scope))
    _write(answer, scope, told, arguments)
    return ALL_WELL


def _scope(book: "Book", arguments: Namespace) -> "Scope":
    """What is asked for. Raises UsageError for what the run does not have."""
    from sim.posture.excerpt import Scope
    from sim.posture.selector import selector_of

    selector = selector_of(book, unit=arguments.unit, place=arguments.place, order=arguments.order)
    calendar, end = book.calendar, book.opened.end
    since = None if arguments.since is None else minute_of(calendar, end, arguments.since, "--since", begins=True)
    until = None if arguments.until is None else minute_of(calendar, end, arguments.until, "--until")
    if since is not None and until is not None and since > until:
        raise UsageError(f"--since {arguments.since} lies after --until {arguments.until}", "Swap them.")
    return Scope(selector.units, selector.place, selector.orders, since, until)


def _write(answer: "Answer", scope: "Scope", told: "Sequence[Told]", arguments: Namespace) -> None:
    happenings, form = [happening for happening, _ in told], arguments.format
    if form == "json":
        from sim.report.json_form import timeline_to_json

        write_data(timeline_to_json(answer, happenings))
    elif form == "csv":
        from sim.report.csv_form import timeline_to_csv

        write_data(timeline_to_csv(answer, happenings))
    else:
        from sim.report.timeline_page import timeline_page

        shown = terminal(arguments.color)
        style = shown.style(form)
        shown.write(timeline_page(answer, scope, told, style, room()), style)
