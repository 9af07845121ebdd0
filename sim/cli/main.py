"""The way in and the ways out: one exit status and at most one message for each way a command can end."""

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from sim.cli.arguments import parsed, parser
from sim.cli.status import ALL_WELL, INTERRUPTED, OUR_BUG, OUTPUT_CLOSED, WRONG_USE, status_of
from sim.cli.stream import abandon, say, tolerate_narrow_encodings
from sim.errors import SimError, UsageError
from sim.missing import missing


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status, one of those in `sim.cli.status`."""
    words = list(sys.argv[1:] if argv is None else argv)
    collecting = gc.isenabled()
    gc.disable()  # a run is one burst of values that all live to its end
    try:
        return _ended(words)
    finally:
        if collecting:
            gc.enable()


def _ended(words: list[str]) -> int:
    """How the command ended; whatever went wrong has been said."""
    try:
        return _obeyed(words)
    except SimError as error:
        say(str(error))
        return status_of(error)
    except KeyboardInterrupt:
        abandon(sys.stdout)
        say("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        abandon(sys.stdout)
        say("the output was closed before all of it was written")
        return OUTPUT_CLOSED
    except OSError as error:
        abandon(sys.stdout)
        reason = error.strerror or str(error)
        say(f"{error.filename}: {reason}" if error.filename else f"cannot write the output: {reason}")
        return WRONG_USE
    except MemoryError:
        abandon(sys.stdout)
        say("there is not enough memory for this scenario")
        return WRONG_USE
    except ModuleNotFoundError as error:
        say(missing(error))
        return WRONG_USE
    except Exception as error:  # the last resort: whatever it is, the reader gets a line and not a traceback
        say(_bug(error, words))
        return OUR_BUG


def _obeyed(words: list[str]) -> int:
    """Do what the words say, and see it out of the door: what is still in a buffer can fail to be written."""
    if sys.stdout is None:
        raise UsageError("standard output is closed, so there is nowhere to write the result")
    if not words:
        say(parser().format_help().rstrip())
        return WRONG_USE
    tolerate_narrow_encodings()
    try:
        arguments = parsed(words)
    except SystemExit:  # the help or the version was asked for, and printed
        status = ALL_WELL
    else:
        name = arguments.command  # each command is a function in a module of its own, both named like it
        status = getattr(import_module(f"sim.cli.{name}"), name)(arguments)
    sys.stdout.flush()
    return status


def _bug(error: Exception, words: Sequence[str]) -> str:
    """What to say of an error that no part of the program expects: where it is, and the command that shows it."""
    from shlex import join

    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" at {os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}" if trace else ""
    what = " ".join(f"{type(error).__name__}: {error}".split())
    return (
        f"a bug of ours: {what}{where}\n  please report it, with this command: {join(['python', '-m', 'sim', *words])}"
    )
