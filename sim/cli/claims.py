"""`claims`: who says what, side by side, and how it stands against the ledger."""

from argparse import Namespace
from typing import TYPE_CHECKING

from sim.cli.answers import answer_of, where_of
from sim.cli.output import room
from sim.cli.status import ALL_WELL, BROKEN
from sim.cli.stream import write_data
from sim.cli.terminal import terminal
from sim.report.unknown import as_known

if TYPE_CHECKING:
    from sim.report.inquiry import Inquiry


def claims(arguments: Namespace) -> int:
    """Print the claims that were asked about. The status says whether the invariant `claims` holds of them."""
    from sim.ledger.invariants import claims_in
    from sim.report.inquiry import inquire

    answer = answer_of(arguments.log, arguments.run, (), arguments.as_known)
    with as_known(answer):
        asked = inquire(answer, arguments.question, arguments.source, arguments.verdict)
    _write(asked, arguments)
    return BROKEN if claims_in(asked.judgements) else ALL_WELL


def _write(asked: "Inquiry", arguments: Namespace) -> None:
    if arguments.format == "json":
        from sim.report.claims_form import claims_to_json

        write_data(claims_to_json(asked))
    elif arguments.format == "csv":
        from sim.report.claims_form import claims_to_csv

        write_data(claims_to_csv(asked))
    else:
        from sim.report.claims_page import claims_page

        shown = terminal(arguments.color)
        where, style = where_of(arguments.log, arguments.run, arguments.as_known), shown.style(arguments.format)
        shown.write(claims_page(asked, where, style, room()), style)
