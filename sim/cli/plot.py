"""`plot`: a picture of a run, for a document."""

from argparse import Namespace
from pathlib import PurePath
from typing import TYPE_CHECKING

from sim.cli.answers import known_answer, no_run_in, read_back, scenario_of
from sim.cli.asking import SELECTING, fields_of
from sim.cli.status import ALL_WELL
from sim.cli.stream import say
from sim.errors import UsageError
from sim.report.unknown import as_known
from sim.runs import is_log, play_and_keep

if TYPE_CHECKING:
    from sim.plot.picture import Picture
    from sim.report.answer import Answer

RUNS_MAX = 100_000


def plot(arguments: Namespace) -> int:
    """Draw a picture, write it to its file, and print what it shows in words."""
    form = _form(arguments.out)
    _check(arguments)
    answer = _answer(arguments)
    with as_known(answer):
        picture = _picture(answer, arguments, form)
    with open(arguments.out, "wb") as file:
        file.write(picture.data)
    print(picture.words)
    if not picture.legible:
        say("warning: the font has not every character of its words: boxes stand for the others")
    return ALL_WELL


def _form(path: str) -> str:
    """The form that the file's name ends with. Raises UsageError for others."""
    from sim.plot.canvas import FORMATS, check_matplotlib

    check_matplotlib("plot")  # before the work, not after it
    form = PurePath(path).suffix.lower().removeprefix(".")
    if form not in FORMATS:
        raise UsageError(f"--out {path} is no picture", "Let it end with .png, .svg or .pdf.")
    return form


def _check(arguments: Namespace) -> None:
    """Raises UsageError for options that do not go together."""
    if not arguments.closure:
        if arguments.runs is not None:
            raise UsageError("--runs goes with --closure only", "A posture is that of one run.")
        return
    given = [name for name in ("by", *SELECTING) if name != "order" and getattr(arguments, name)]
    if given:
        raise UsageError(f"--{given[0]} does not go with --closure", "Say with --order which orders are meant.")
    if arguments.runs is not None and not 1 <= arguments.runs <= RUNS_MAX:
        raise UsageError(f"--runs {arguments.runs} is no such number", f"Give one from 1 to {RUNS_MAX:,}.")
    if arguments.runs is not None and arguments.as_known is not None:
        raise UsageError("--as-known does not go with --runs", "Leave out one of the two.")


def _answer(arguments: Namespace) -> "Answer":
    """The answer, with the run's id and the last hash of its chain, kept or not: a picture shows both."""
    from sim.loader import load
    from sim.report.answer import Answer

    if arguments.as_known is not None:
        return known_answer(arguments.log, arguments.run, (), arguments.as_known, recorded=True)
    if is_log(arguments.log):
        return read_back(arguments.log, arguments.run, ())
    no_run_in(arguments.log, arguments.run)
    scenario = load(arguments.log)
    book, kept = play_and_keep(scenario)
    return Answer(book, (scenario.end,), kept)


def _picture(answer: "Answer", arguments: Namespace, form: str) -> "Picture":
    from sim.plot.picture import closure_picture, posture_picture
    from sim.plot.predicted import predicted
    from sim.posture.selector import selector_of

    selector = selector_of(answer.book, **{name: getattr(arguments, name) for name in SELECTING})
    if not arguments.closure:
        return posture_picture(answer, form, selector, fields_of(arguments.by))
    runs, expected = arguments.runs, None
    if runs is not None:
        expected = predicted(scenario_of(arguments.log, arguments.run)[0], runs)
    return closure_picture(answer, form, selector.orders, runs, expected)
