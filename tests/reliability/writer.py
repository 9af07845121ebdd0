"""A program that records a run and says how far it is, so that it can be killed there.

    python -m tests.reliability.writer URL CHANGES SEED STOP

records `long_run(CHANGES, SEED)`. Its lines are `reached` where it is about to give event STOP to the log, or after the
last where there are only so many, and then it waits for a line from standard input, or for its end; `kept N` whenever
the log acknowledges that it has N records; and how it ended.
"""

import sys

from sim.errors import SimError
from sim.eventlog import open_log
from sim.posture import Book
from tests.reliability.runs import long_run, meeting, posted


def main(url: str, changes: int, seed: int, stop: int) -> None:
    book = Book()
    try:
        events = posted(meeting(long_run(changes, seed), stop, _wait), book)
        written = open_log(url).record(events, book, acknowledge=_acknowledge)
    except SimError as error:
        _tell(f"{type(error).__name__}: {error}")
    else:
        _tell(f"{written.outcome} {written.count}")


def _wait() -> None:
    _tell("reached")
    sys.stdin.readline()


def _acknowledge(count: int) -> None:
    _tell(f"kept {count}")


def _tell(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
