"""The standard streams: messages to the person at the terminal, and what to do where a stream cannot take more."""

import io
import os
import re
import sys
from typing import TextIO

_SECRET = re.compile(
    r"(://[^\s/:@]*:).*(?=@)|([^\s:@'\"]+:)(?!//)\S+(?=@)|((?:password|passfile)=)[^&'\"\n]+", re.IGNORECASE
)
"""What may be a password: in an address, in what was meant to be one, and as a parameter."""


def say(message: str) -> None:
    """Write a message to standard error, if there is anyone to read it.

    No password of an address is shown, and of what could steer a terminal only the codes.
    """
    secretless = _SECRET.sub(lambda found: f"{found[1] or found[2] or found[3]}***", message)
    shown = "".join(
        char if char.isprintable() or char == "\n" else char.encode("unicode_escape").decode() for char in secretless
    )
    try:
        if sys.stderr is not None:  # None: it was closed before the program started
            print(shown, file=sys.stderr, flush=True)
    except OSError:
        abandon(sys.stderr)


def abandon(stream: TextIO) -> None:
    """Point a stream at nothing, so that what is left in its buffer cannot fail again when Python exits."""
    try:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, stream.fileno())
        os.close(nothing)
    except OSError:  # it is no file, or there is no file to be had
        return


def tolerate_narrow_encodings() -> None:
    """Where standard output cannot write a character, it writes its code instead of failing."""
    _reconfigure(None)


def write_data(text: str) -> None:
    """Write text for another program to standard output: in UTF-8, whatever the encoding of the terminal is."""
    _reconfigure("utf-8")
    sys.stdout.write(text)


def _reconfigure(encoding: str | None) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace")
