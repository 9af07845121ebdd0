"""`explain`: what a figure is made of, and what it rests on."""

from argparse import Namespace
from typing import TYPE_CHECKING

from sim.cli.answers import answer_of, where_of
from sim.cli.asking import SELECTING
from sim.cli.output import room
from sim.cli.status import ALL_WELL
from sim.cli.stream import write_data
from sim.cli.terminal import terminal
from sim.domain.asked import minute_of
from sim.errors import UsageError
from sim.report.unknown import as_known

if TYPE_CHECKING:
    from sim.posture.explanation import Explanation
    from sim.report.answer import Answer


def explain(arguments: Namespace) -> int:
    """Print what a figure is made of, down to the mustering and to the reports it rests on."""
    _check(arguments)
    answer = answer_of(arguments.log, arguments.run, (), arguments.as_known)
    with as_known(answer):
        explained = _explained(answer, arguments)
    _write(answer, explained, arguments)
    return ALL_WELL


def _check(arguments: Namespace) -> None:
    """Raises UsageError where it is not one figure that is asked about."""
    if arguments.claim is None:
        if arguments.at is None:
            raise UsageError("explain needs a time, --at, or a claim, --claim", "Or see: python -m sim explain --help")
        return
    given = [name for name in ("at", *SELECTING, "exactly") if getattr(arguments, name)]
    if given:
        raise UsageError(
            f"--{given[0]} does not go with --claim",
            "A claim says itself what it counts, and is explained at the time it was read at.",
        )


def _explained(answer: "Answer", arguments: Namespace) -> "Explanation":
    """What is asked for. Raises UsageError for what the run does not have."""
    from sim.ledger.claims import Evidence, judge
    from sim.posture.explanation import explain, explain_claim, explain_untested
    from sim.posture.selector import claim_of, selector_of

    book = answer.book
    if arguments.claim is not None:
        claim = claim_of(book, arguments.claim)
        judgement = judge(Evidence(book), claim)
        return explain_claim(book, claim) if judgement.reading is not None else explain_untested(book, judgement)
    at = minute_of(book.calendar, book.opened.end, arguments.at)
    selector = selector_of(book, **{name: getattr(arguments, name) for name in SELECTING})
    return explain(book, at, selector, arguments.exactly)


def _write(answer: "Answer", explained: "Explanation", arguments: Namespace) -> None:
    if arguments.format == "json":
        from sim.report.explanation_form import explanation_to_json

        write_data(explanation_to_json(answer, explained))
    elif arguments.format == "csv":
        from sim.report.explanation_form import explanation_to_csv

        write_data(explanation_to_csv(answer, explained))
    else:
        from sim.report.explanation_page import explanation_page
        from sim.report.untested_page import untested_page

        shown, judgement = terminal(arguments.color), explained.judgement
        style = shown.style(arguments.format)
        if judgement is not None and judgement.reading is None:
            shown.write(untested_page(answer, explained, style, room()), style)
            return
        where = where_of(arguments.log, arguments.run, arguments.as_known)
        command = ["python", "-m", "sim", "explain", *where]
        shown.write(explanation_page(answer, explained, command, style, room()), style)
