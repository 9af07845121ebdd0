"""`ensemble`: a scenario played out many times, and in how many runs what came of it."""

import sys
from argparse import Namespace
from contextlib import ExitStack
from time import perf_counter
from typing import TYPE_CHECKING

from sim.cli.answers import scenario_of
from sim.cli.asking import minutes_of
from sim.cli.keeping import Keeping
from sim.cli.output import room
from sim.cli.progress import Progress, interruption
from sim.cli.status import INTERRUPTED
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
"""How often what is counted is written to the log that keeps it, besides at the end."""

FIRST_SECONDS = 1.0
"""When it is written first; then after twice as long each time, until that is as often as above."""


def ensemble(arguments: Namespace) -> int:
    """Play the replications and print what they came to. The status says whether somebody stopped them."""
    from sim.ensemble.ensemble import Extent
    from sim.report.ensemble_answer import answered

    _check(arguments)
    width = _width(arguments.until_width)
    plan = _plan(arguments)
    extent = Extent(arguments.runs if plan.left_to_chance else 1, width)
    keeping = Keeping.of(arguments, plan, width)
    tally = keeping.begun(extent, arguments.resume)
    before = tally.runs
    stopped = _played(plan, tally, extent, arguments, keeping)
    if not tally.runs:
        say("interrupted")
        return INTERRUPTED
    _write(answered(plan, tally, extent, (arguments.scenario, arguments.against or "")), arguments)
    keeping.tell(before, tally.runs)
    if stopped:
        say(f"interrupted: the first {tally.runs:,} of {extent.runs:,} runs are done{keeping.to_go_on}")
        return INTERRUPTED
    return keeping.status


def _check(arguments: Namespace) -> None:
    """Raises UsageError for numbers that make no sense, and options that do not go together."""
    for option, given, least, most in (
        ("--runs", arguments.runs, 1, RUNS_MAX),
        ("--workers", arguments.workers, 1, WORKERS_MAX),
        ("--seed", arguments.seed, 0, 2**63 - 1),
    ):
        if given is not None and not least <= given <= most:
            raise UsageError(f"{option} {given} is no such number", f"Give one from {least} to {most:,}.")
    if arguments.table and arguments.format not in {"csv", "parquet"}:
        raise UsageError("--table goes with --format csv and parquet only", "All other formats hold every table.")
    if (arguments.format == "parquet") != (arguments.output is not None):
        raise UsageError(
            "--output goes with --format parquet, and that with it",
            "All other formats go to standard output: write > FILE.",
        )
    if arguments.format == "parquet":
        from sim.posture.frames import check_polars

        check_polars()  # before the work, not after it
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
    times = minutes_of(scenario.calendar, scenario.end, arguments.at) or scenario.snapshots
    plan = Plan(scenario, arguments.seed, times_or_end(times, scenario.end), against)
    if not plan.comparable:
        raise UsageError(
            f"{arguments.scenario} and {arguments.against} do not have the same start, end and timezone",
            "Only runs over the same period can be compared.",
        )
    if arguments.until_width is not None and not any(order.moves for order in scenario.in_force.orders.values()):
        raise UsageError("--until-width: no order of the scenario moves anything, so none closes", "Leave it out.")
    return plan


def _played(plan: "Plan", tally: "Tally", extent: "Extent", arguments: Namespace, keeping: Keeping) -> bool:
    """Play and count; whether somebody stopped it. What is counted is kept, if anywhere, whatever happens."""
    from sim.ensemble.ensemble import played

    if extent.reached(tally):
        return False
    progress = Progress(extent.runs, tally.runs)
    keeping.keep(tally)  # a log that cannot be written is known before the work, not after it
    kept, wait = perf_counter(), FIRST_SECONDS
    with ExitStack() as after:
        after.callback(keeping.keep, tally)
        after.callback(progress.clear)
        interrupted = after.enter_context(interruption())
        for done in played(plan, tally, extent, arguments.workers, interrupted, dask=arguments.dask):
            progress.show(done)
            if perf_counter() - kept >= wait:
                keeping.keep(tally)
                kept, wait = perf_counter(), min(2 * wait, KEEP_SECONDS)
    return not extent.reached(tally)


def _write(answer: "EnsembleAnswer", arguments: Namespace) -> None:
    if arguments.format == "json":
        from sim.report.ensemble_form import ensemble_to_json

        write_data(ensemble_to_json(answer))
    elif arguments.format == "csv":
        from sim.report.ensemble_form import ensemble_to_csv

        write_data(ensemble_to_csv(answer, arguments.table or "closure"))
    elif arguments.format == "parquet":
        from sim.report.ensemble_frames import write_parquet

        write_parquet(answer, arguments.table or "closure", arguments.output)
    else:
        from sim.report.ensemble_page import ensemble_page
        from sim.report.table import Style

        sys.stdout.write(ensemble_page(answer, Style(arguments.format), room()))
