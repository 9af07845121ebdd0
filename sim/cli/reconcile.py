"""`reconcile`: whether what the reports say can all be true together, and what they allow."""

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from sim.cli.answers import answer_of, where_of
from sim.cli.asking import SELECTING, minutes_of
from sim.cli.output import room
from sim.cli.status import ALL_WELL, BROKEN
from sim.cli.stream import write_data
from sim.errors import UsageError
from sim.report.unknown import as_known

if TYPE_CHECKING:
    from sim.ledger import Book
    from sim.reconcile import Question, Reconciliation
    from sim.report.answer import Answer

LIMIT_MAX = 10_000
"""How many contradictions can be looked for."""


def reconcile(arguments: Namespace) -> int:
    """Print what cannot all be true, and what the reports allow. The status says whether rounding explains it all."""
    from sim.reconcile import reconcile as reconciled
    from sim.reconcile.cluster import Together

    if not isinstance(arguments.limit, int) or not 1 <= arguments.limit <= LIMIT_MAX:
        raise UsageError(f"--limit {arguments.limit!r} is no such number", f"Give one from 1 to {LIMIT_MAX:,}.")
    if arguments.table and arguments.format != "csv":
        raise UsageError("--table goes with --format csv only", "All other formats hold every table.")
    answer = answer_of(arguments.log, arguments.run, (), arguments.as_known)
    with as_known(answer):
        questions = _questions(answer.book, arguments)
    found = reconciled(answer.book, questions, arguments.limit)
    _write(answer, found, arguments)
    return BROKEN if found.contradictions.as_round is Together.IMPOSSIBLE else ALL_WELL


def _questions(book: "Book", arguments: Namespace) -> "list[Question]":
    """What is asked for at each time: about each place, and each kind. Without any of that, the lines of the posture.

    Raises UsageError for what the run does not have.
    """
    from sim.posture.selector import selector_of
    from sim.reconcile.question import Question, of_each_kind, posture_lines

    times = sorted(set(minutes_of(book.calendar, book.opened.end, arguments.at))) or [book.opened.end]
    if not any(getattr(arguments, name) for name in SELECTING):
        return [line for at in times for line in posture_lines(book, at)]
    said = {name: getattr(arguments, name) for name in SELECTING if name != "place"}
    selectors = [selector_of(book, place=place, **said) for place in arguments.place or [()]]
    asked = (Question(selector, at) for selector in selectors for at in times)
    return [each for question in asked for each in of_each_kind(book, question)]


def _write(answer: "Answer", found: "Reconciliation", arguments: Namespace) -> None:
    if arguments.format == "json":
        from sim.report.reconciliation_form import reconciliation_to_json

        write_data(reconciliation_to_json(answer, found))
    elif arguments.format == "csv":
        from sim.report.reconciliation_form import reconciliation_to_csv

        write_data(reconciliation_to_csv(answer, found, arguments.table or "contradictions"))
    else:
        from sim.report.reconciliation_page import reconciliation_page
        from sim.report.table import Style

        where = where_of(arguments.log, arguments.run, arguments.as_known)
        command = ["python", "-m", "sim", "explain", *where]
        asked = any(getattr(arguments, name) for name in SELECTING)
        sys.stdout.write(reconciliation_page(answer, found, command, asked, Style(arguments.format), room()))
