"""Writers: processes of the program in `writer`, and what they say."""

import re
import subprocess
import sys

from tests.reliability.program import ROOT
from tests.unmeasured import unmeasured

Writer = subprocess.Popen[str]


def start(url: str, changes: int, seed: int = 0, stop: int = -1) -> Writer:
    """A process that records a run, and waits at event `stop`."""
    words = [sys.executable, "-m", "tests.reliability.writer", url, changes, seed, stop]
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [*map(str, words)], cwd=ROOT, env=unmeasured(), stdin=pipe, stdout=pipe, stderr=pipe, encoding="utf-8"
    )


def until_reached(writer: Writer) -> str:
    """What a writer says until it waits, or ends."""
    assert writer.stdout is not None
    said = ""
    for line in writer.stdout:
        said += line
        if line == "reached\n":
            break
    return said


def until_ended(writer: Writer) -> str:
    """What else a writer says when it no longer waits."""
    said, trouble = writer.communicate()
    assert trouble == ""
    return said


def acknowledged(said: str) -> list[int]:
    """How many records a writer said were safe, each time it did."""
    return [int(count) for count in re.findall(r"^kept (\d+)$", said, re.MULTILINE)]
