"""`history`: how the answer to one question changed as reports came in."""

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from sim.cli.answers import answer_of
from sim.cli.asking import SELECTING
from sim.cli.output import room
from sim.cli.status import ALL_WELL
from sim.cli.stream import write_data
from sim.domain.asked import minute_of
from sim.errors import UsageError

if TYPE_CHECKING:
    from sim.report.answer import Answer


def history(arguments: Namespace) -> int:
    """Print what was known when of a claim, or of a figure."""
    given = [name for name in ("at", *SELECTING) if getattr(arguments, name)]
    if arguments.claim is None and arguments.at is None:
        raise UsageError("history needs a time, --at, or a claim, --claim", "Or see: python -m sim history --help")
    if arguments.claim is not None and given:
        raise UsageError(
            f"--{given[0]} does not go with --claim", "A claim says itself what it counts, and when: leave it out."
        )
    answer = answer_of(arguments.log, arguments.run)
    (_of_figure if arguments.claim is None else _of_claim)(answer, arguments)
    return ALL_WELL


def _of_claim(answer: "Answer", arguments: Namespace) -> None:
    from sim.history import claim_history
    from sim.posture.selector import claim_of
    from sim.report import history_form, history_page
    from sim.report.table import Style

    claim = claim_of(answer.book, arguments.claim).id
    stages = claim_history(answer.book.scenario, claim)
    match arguments.format:
        case "json":
            write_data(history_form.claim_to_json(answer, claim, stages))
        case "csv":
            write_data(history_form.claim_to_csv(answer, stages))
        case form:
            sys.stdout.write(history_page.claim_page(answer.book, claim, stages, Style(form), room()))


def _of_figure(answer: "Answer", arguments: Namespace) -> None:
    from sim.history import figure_history
    from sim.posture.selector import selector_of
    from sim.report import history_form, history_page
    from sim.report.table import Style

    book = answer.book
    at = minute_of(book.calendar, book.opened.end, arguments.at)
    selector = selector_of(book, **{name: getattr(arguments, name) for name in SELECTING})
    stages = figure_history(book.scenario, at, selector)
    match arguments.format:
        case "json":
            write_data(history_form.figure_to_json(answer, at, stages))
        case "csv":
            write_data(history_form.figure_to_csv(answer, stages))
        case form:
            sys.stdout.write(history_page.figure_page(book, at, selector, stages, Style(form), room()))
