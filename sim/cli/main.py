"""The way in and the ways out: one exit status and at most one message for each way a command can end."""

import errno
import gc
import io
import os
import shlex
import sys
from collections.abc import Sequence

from sim.cli.arguments import parser
from sim.errors import LogError, SimError

ALL_WELL = 0
BROKEN = 1
WRONG_USE = 2
LOG_FAILS = 3
OUR_BUG = 70
INTERRUPTED = 130
OUTPUT_CLOSED = 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: see the statuses above; 130 and 141 are as shells have them."""
    words = list(sys.argv[1:] if argv is None else argv)
    collecting = gc.isenabled()
    gc.disable()  # a run is one burst of values that all live to its end
    try:
        return _run(words)
    finally:
        if collecting:
            gc.enable()


def _run(words: list[str]) -> int:
    try:
        arguments = parser().parse_args(words)
        _tolerate_narrow_encodings()
        status: int = arguments.command(arguments)
        sys.stdout.flush()
        return status
    except SimError as error:
        _say(str(error))
        return LOG_FAILS if isinstance(error, LogError) else WRONG_USE
    except KeyboardInterrupt:
        _say("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        _abandon_output()
        _say("the output was closed before all of it was written")
        return OUTPUT_CLOSED
    except OSError as error:
        _abandon_output()
        _say(f"cannot write the output: {error.strerror or error}")
        return WRONG_USE
    except MemoryError:
        _say("there is not enough memory for this scenario")
        return WRONG_USE
    except Exception as error:  # the last resort: whatever it is, the reader gets one line and not a traceback
        _say(_bug(error, words))
        return OUR_BUG


def _say(message: str) -> None:
    """A message to the person at the terminal, if there is one left to read it."""
    try:
        print(message, file=sys.stderr, flush=True)
    except OSError as error:
        if error.errno not in {errno.EPIPE, errno.ENOSPC, errno.EIO}:
            raise


def _abandon_output() -> None:
    """Point standard output at nothing, so that what is left in its buffer cannot fail again when Python exits."""
    try:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
        os.close(nothing)
    except (OSError, io.UnsupportedOperation):
        return


def _tolerate_narrow_encodings() -> None:
    """Where the output cannot write a character, it writes its code instead of failing."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _bug(error: Exception, words: Sequence[str]) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" at {os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}" if trace else ""
    command = shlex.join(["python", "-m", "sim", *words])
    return f"a bug of ours: {type(error).__name__}: {error}{where}\n  please report it, with this command: {command}"
