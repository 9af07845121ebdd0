"""`ensemble`: a scenario played out many times, and in how many runs what came of it."""

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from sim.cli.answers import scenario_of
from sim.cli.asking import minutes_of
from sim.cli.draft import Draft
from sim.cli.keeping import Keeping, log_of
from sim.cli.output import room
from sim.cli.progress import Progress, interruption
from sim.cli.status import INTERRUPTED
from sim.cli.stream import say, write_data
from sim.errors import UsageError

if TYPE_CHECKING:
    from sim.ensemble.course import Course
    from sim.ensemble.experiment import Experiment
    from sim.report.ensemble_answer import EnsembleAnswer


def ensemble(arguments: Namespace) -> int:
    """Play the replications and print what they came to. The status says whether somebody stopped them."""
    _check(arguments)
    experiment = _experiment(arguments)
    draft = None if arguments.output is None else Draft(arguments.output)  # before the work, not after it
    keeping = Keeping.begun(experiment, arguments)
    course = keeping.course
    try:
        _play(course)
        if not course.tally.runs:
            say("interrupted")
            return INTERRUPTED
        _write(_answer(course, arguments), arguments, draft)
    except BaseException:
        keeping.warn()
        raise
    status = keeping.end()
    if course.enough:
        return status
    say(f"interrupted: the first {course.tally.runs:,} of {experiment.extent.runs:,} runs are done{keeping.to_go_on}")
    return INTERRUPTED


def _check(arguments: Namespace) -> None:
    """Raises UsageError for options that do not go together."""
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


def _experiment(arguments: Namespace) -> "Experiment":
    """What is asked. Raises UsageError for what cannot be, LoadError where a scenario does not load."""
    from sim.ensemble.experiment import AskedError, Experiment

    scenario, _ = scenario_of(arguments.scenario, None)
    against = None if arguments.against is None else scenario_of(arguments.against, None)[0]
    try:
        return Experiment(
            scenario,
            arguments.runs,
            arguments.seed,
            against,
            minutes_of(scenario.calendar, scenario.end, arguments.at),
            arguments.until_width,
            arguments.workers,
            arguments.dask,
            log_of(arguments),
        )
    except AskedError as error:
        option = "--" + error.name.replace("_", "-")
        raise UsageError(error.message.replace(error.name, option, 1), error.remedy) from error


def _play(course: "Course") -> None:
    """Play until all is played, or somebody presses Ctrl-C; show how far it is."""
    progress = Progress(course.experiment.extent.runs, course.tally.runs)
    with interruption() as interrupted:
        try:
            course.play(interrupted, progress.show)
        finally:
            progress.clear()


def _answer(course: "Course", arguments: Namespace) -> "EnsembleAnswer":
    from sim.report.ensemble_answer import answered

    asked = course.experiment
    return answered(asked.plan, course.tally, asked.extent, (arguments.scenario, arguments.against or ""))


def _write(answer: "EnsembleAnswer", arguments: Namespace, draft: Draft | None) -> None:
    if draft is not None:
        from sim.report.ensemble_frames import ensemble_to_parquet

        draft.write(ensemble_to_parquet(answer, arguments.table or "closure"))
    elif arguments.format == "json":
        from sim.report.ensemble_form import ensemble_to_json

        write_data(ensemble_to_json(answer))
    elif arguments.format == "csv":
        from sim.report.ensemble_form import ensemble_to_csv

        write_data(ensemble_to_csv(answer, arguments.table or "closure"))
    else:
        from sim.report.ensemble_page import ensemble_page
        from sim.report.table import Style

        sys.stdout.write(ensemble_page(answer, Style(arguments.format), room()))
    sys.stdout.flush()  # whatever is wrong with the log is said behind the answer
