"""`run`: a scenario played out, or a log read back; and where the run is kept."""

from argparse import Namespace
from typing import TYPE_CHECKING

from sim.cli.answers import known_answer, no_run_in, read_back, where_of
from sim.cli.asking import NOWHERE, fields_of, log_in_environment, minutes_of
from sim.cli.output import tell, write_answer
from sim.cli.status import ALL_WELL, BROKEN, LOG_FAILS
from sim.cli.stream import say
from sim.errors import LogError, SimError, UsageError
from sim.runs import DEFAULT_LOG, is_log, play, play_and_keep

if TYPE_CHECKING:
    from sim.domain.scenario import Scenario
    from sim.ledger import Book
    from sim.report.answer import Answer
    from sim.runs import Kept


def run(arguments: Namespace) -> int:
    """Play a scenario out, or read a log back, and print the answer."""
    if arguments.table and arguments.format == "json":
        raise UsageError("--table does not go with --format json, which holds every table")
    fields = fields_of(arguments.by)
    if arguments.as_known is not None:
        return _ended(_as_known(arguments), arguments, fields)
    if is_log(arguments.scenario):
        answer = read_back(arguments.scenario, arguments.run, arguments.at, arguments.log_url)
        return _ended(answer, arguments, fields)
    answer, problem = _played(arguments)
    status = _ended(answer, arguments, fields)
    if problem is not None:
        say(f"warning: the run is not kept: {problem}")
    return LOG_FAILS if isinstance(problem, LogError) else status


def _as_known(arguments: Namespace) -> "Answer":
    """The answer of what was known by a time. Raises UsageError where it is to be kept."""
    if arguments.log_url is not None:
        raise UsageError(
            "--log does not go with --as-known, which asks a question of a run and keeps none",
            "Keep the run itself, and ask its log --as-known.",
        )
    recorded = arguments.format == "json"  # it shows the last hash of the chain, kept or not
    return known_answer(arguments.scenario, arguments.run, arguments.at, arguments.as_known, recorded=recorded)


def _ended(answer: "Answer", arguments: Namespace, fields: tuple[str, ...]) -> int:
    """Print an answer and what became of its log; the status that it gives the command."""
    where = where_of(arguments.scenario, arguments.run, arguments.as_known)
    write_answer(answer, arguments.format, arguments.color, fields, arguments.table, where)
    tell(answer.kept)
    return ALL_WELL if answer.all_well else BROKEN


def _played(arguments: Namespace) -> tuple["Answer", SimError | None]:
    """The answer of a scenario, and why the run could not be kept, if that is so."""
    from sim.loader import load
    from sim.report.answer import Answer, times_or_end

    no_run_in(arguments.scenario, arguments.run)
    scenario = load(arguments.scenario)
    times = minutes_of(scenario.calendar, scenario.end, arguments.at) or scenario.snapshots
    book, kept, problem = _kept(scenario, arguments)
    return Answer(book, times_or_end(times, scenario.end), kept), problem


def _kept(scenario: "Scenario", arguments: Namespace) -> tuple["Book", "Kept | None", SimError | None]:
    """Play the scenario out and keep it where that is asked for, else where runs are kept by default.

    That a run cannot be kept ends it only where it was asked for.
    """
    asked = arguments.log_url or log_in_environment()
    nowhere = arguments.no_log or asked == NOWHERE
    if asked and not nowhere:
        return *play_and_keep(scenario, url=asked), None
    problem = None
    if not nowhere:
        try:
            return *play_and_keep(scenario, url=DEFAULT_LOG), None
        except SimError as error:
            problem = error
    if arguments.format == "json":  # it shows the last hash of the chain, kept or not
        return *play_and_keep(scenario), problem
    return play(scenario), None, problem
