"""`ensemble`: a scenario played out many times, and in how many runs what came of it."""

import sys
from argparse import Namespace
from contextlib import ExitStack
from time import perf_counter
from typing import TYPE_CHECKING

from sim.cli.answers import scenario_of
from sim.cli.asking import minutes_of
from sim.cli.output import room
from sim.cli.progress import Progress, interruption
from sim.cli.status import ALL_WELL, INTERRUPTED
from sim.cli.stream import say, write_data
from sim.errors import UsageError

if TYPE_CHECKING:
    from sim.ensemble.ensemble import Extent
    from sim.ensemble.plan import Plan
    from sim.ensemble.tally import Tally
    from sim.report.ensemble_answer import EnsembleAnswer

RUNS_MAX = 10_000_000
WORKERS_MAX = 1024

KEEP_SECONDS = 10.0
"""How often what is counted is written to the file that keeps it, besides at the end."""


def ensemble(arguments: Namespace) -> int:
    """Play the replications and print what they came to. The status says whether somebody stopped them."""
    from sim.ensemble.ensemble import Extent
    from sim.ensemble.kept import read_tally
    from sim.ensemble.tally import Tally

    _check(arguments)
    width = _width(arguments.until_width)
    plan = _plan(arguments)
    extent = Extent(arguments.runs if plan.left_to_chance else 1, width)
    tally = Tally() if arguments.resume is None else read_tally(arguments.resume, plan)
    if tally.runs > extent.runs:
        raise UsageError(
            f"{arguments.resume} keeps {tally.runs:,} runs, and no run can be taken out",
            f"Ask for --runs {tally.runs} or more, or name another file.",
        )
    stopped = _played(plan, tally, extent, arguments)
    if not tally.runs:
        say("interrupted")
        return INTERRUPTED
    _write(_answer(plan, tally, extent, arguments), arguments)
    if stopped:
        say(f"interrupted: the first {tally.runs:,} of {extent.runs:,} runs are done{_to_go_on(arguments)}")
    return INTERRUPTED if stopped else ALL_WELL


def _check(arguments: Namespace) -> None:
    """Raises UsageError for numbers that make no sense, and options that do not go together."""
    for option, given, least, most in (
        ("--runs", arguments.runs, 1, RUNS_MAX),
        ("--workers", arguments.workers, 1, WORKERS_MAX),
        ("--seed", arguments.seed, 0, 2**63 - 1),
    ):
        if given is not None and not least <= given <= most:
            raise UsageError(f"{option} {given} is no such number", f"Give one from {least} to {most:,}.")
    if arguments.table and arguments.format != "csv":
        raise UsageError("--table goes with --format csv only", "All other formats hold every table.")
    if arguments.table in {"shifts", "agreed"} and arguments.against is None:
        raise UsageError(f"--table {arguments.table} is of pairs", "Say --against which scenario.")


def _width(text: str | None) -> int | None:
    """The minutes of --until-width."""
    from sim.domain.calendar import TimeError, parse_duration

    try:
        return None if text is None else parse_duration(text)
    except TimeError as error:
        raise UsageError(f"--until-width: {error}") from error


def _plan(arguments: Namespace) -> "Plan":
    """What is to be played. Raises UsageError and LoadError where a scenario cannot be had."""
    from sim.ensemble.plan import Plan
    from sim.report.answer import times_or_end

    scenario, _ = scenario_of(arguments.scenario, None)
    against = None if arguments.against is None else scenario_of(arguments.against, None)[0]
    if against is not None and (against.calendar != scenario.calendar or against.end != scenario.end):
        raise UsageError(
            f"{arguments.scenario} and {arguments.against} do not have the same start, end and timezone",
            "Only runs over the same period can be compared.",
        )
    times = minutes_of(scenario.calendar, scenario.end, arguments.at) or scenario.snapshots
    plan = Plan(scenario, arguments.seed, times_or_end(times, scenario.end), against)
    if arguments.until_width is not None and not any(order.moves for order in scenario.in_force.orders.values()):
        raise UsageError("--until-width: no order of the scenario moves anything, so none closes", "Leave it out.")
    return plan


def _played(plan: "Plan", tally: "Tally", extent: "Extent", arguments: Namespace) -> bool:
    """Play and count; whether somebody stopped it. What is counted is kept, if anywhere, whatever happens."""
    from sim.ensemble.ensemble import played
    from sim.ensemble.kept import write_tally

    def keep() -> None:
        if arguments.resume is not None:
            write_tally(arguments.resume, plan, tally)

    progress, kept = Progress(extent.runs, tally.runs), perf_counter()
    keep()  # a file that cannot be written is known before the work, not after it
    with ExitStack() as after:
        after.callback(keep)
        after.callback(progress.clear)
        interrupted = after.enter_context(interruption())
        for done in played(plan, tally, extent, arguments.workers, interrupted):
            progress.show(done)
            if perf_counter() - kept > KEEP_SECONDS:
                keep()
                kept = perf_counter()
    return not extent.reached(tally)


def _to_go_on(arguments: Namespace) -> str:
    if arguments.resume is None:
        return "; with --resume FILE they would have been kept"
    return f", and kept in {arguments.resume}: the same command goes on"


def _answer(plan: "Plan", tally: "Tally", extent: "Extent", arguments: Namespace) -> "EnsembleAnswer":
    from sim.report.ensemble_answer import EnsembleAnswer, Side
    from sim.runs import play

    first = Side(arguments.scenario, play(plan.scenario), tally, tally.first)
    other = None if plan.against is None else Side(arguments.against, play(plan.against), tally, tally.other)
    return EnsembleAnswer(plan, tally, extent.runs, extent.until_width, extent.reached(tally), first, other)


def _write(answer: "EnsembleAnswer", arguments: Namespace) -> None:
    if arguments.format == "json":
        from sim.report.ensemble_form import ensemble_to_json

        write_data(ensemble_to_json(answer))
    elif arguments.format == "csv":
        from sim.report.ensemble_form import ensemble_to_csv

        write_data(ensemble_to_csv(answer, arguments.table or "closure"))
    else:
        from sim.report.ensemble_page import ensemble_page
        from sim.report.table import Style

        sys.stdout.write(ensemble_page(answer, Style(arguments.format), room()))
