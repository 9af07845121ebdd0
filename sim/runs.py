"""Runs: the shell that joins the parts. A scenario is played out into a book, and into a log where one is wanted; a log
is read back into a book.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from attrs import frozen

from sim.domain.event import Event
from sim.domain.scenario import Scenario
from sim.errors import UsageError
from sim.posture import Book
from sim.posture.moment import Time, minute_at

if TYPE_CHECKING:
    from sim.eventlog.log import Written


DEFAULT_LOG = ".sim/runs.sqlite"
"""Where runs are kept, under the working folder, unless something else is asked for."""

MEMORY = "memory:"
"""The address of a log that lives as long as the program."""

LOG_ENDINGS = (".jsonl", ".sqlite")


@frozen
class Kept:
    """Where a run is kept, None for nowhere, and what became of it there."""

    url: str | None
    written: "Written"


def play(scenario: Scenario, seed: int = 0) -> Book:
    """Play a scenario out into a book."""
    from sim.engine import simulate

    return replay(simulate(scenario, seed))


def play_and_keep(scenario: Scenario, seed: int = 0, url: str | None = None) -> tuple[Book, Kept]:
    """Play a scenario out into a book and into the log at `url`; where that is None, only count and hash the records.

    Raises LogError and UsageError as `EventLog.record` does.
    """
    from sim.engine import simulate
    from sim.eventlog import Outcome, Recorder, open_log
    from sim.eventlog.log import Written

    book = Book()
    events = _posting(book, simulate(scenario, seed))
    if url is not None:
        log = open_log(url)
        return book, Kept(log.url, log.record(events, book))
    recorder = Recorder()
    deque(recorder.records(events), maxlen=0)
    return book, Kept(None, Written(recorder.run, Outcome.WRITTEN, recorder.count, recorder.head.hex()))


def known(scenario: Scenario, time: Time) -> Scenario:
    """The scenario with only what had been published by a time: see `sim.domain.known` and `sim.posture.moment`.

    It is a scenario of its own, with another fingerprint. A run of it that is recorded verifies, also `--rerun`, but
    under another id than a run of the whole: nothing in its log says that anything was left out. To keep a run, record
    that of the whole scenario; what was known when can be asked of its log.
    """
    from sim.domain import known as knowledge

    return knowledge.known(scenario, minute_at(scenario.calendar, scenario.end, time))


def play_known(scenario: Scenario, minute: int, seed: int = 0) -> tuple[Book, Kept]:
    """Play out what had been published of a scenario by the end of a minute. It is a question, and kept nowhere."""
    return play_and_keep(known(scenario, minute), seed)


def replay(events: Iterable[Event]) -> Book:
    """The book of a run's events, from the first."""
    return Book.replay(events)


def is_log(address: str) -> bool:
    """Whether an address is that of a log; a scenario is a file of any other name."""
    return address.endswith(LOG_ENDINGS) or "://" in address or address == MEMORY


def read(url: str, run: str | None = None) -> tuple[Book, Kept]:
    """The book of a run in a log, of the last where none is named.

    Raises LogError for a log that does not verify, UsageError for one that cannot be read.
    """
    from sim.eventlog import open_log

    log = open_log(url)
    book, written = log.replay(run)
    return book, Kept(log.url, written)


def read_and_copy(url: str, run: str | None, to: str) -> tuple[Book, Kept]:
    """The book of a run in a log, as `read` gives it, and the run copied into the log at `to`, byte for byte."""
    from sim.eventlog import open_log

    log, other = open_log(url), open_log(to)
    chosen = log.chosen(run)
    book, _ = log.replay(chosen)
    return book, Kept(other.url, other.copy(log, chosen, book))


def rerun(url: str, run: str | None = None) -> int:
    """Play the scenario that a run's log carries out again, and compare every record: how many there are.

    Raises LogError at the first that is not the same to the byte, and for a log that does not verify; UsageError where
    the run was played out by another version of the rules.
    """
    from sim.domain.event import RULES
    from sim.engine import simulate
    from sim.eventlog import open_log

    log = open_log(url)
    chosen = log.chosen(run)
    book = log.book(chosen)
    rules = book.opened.rules
    if rules != RULES:
        raise UsageError(
            f"{log.url}: the run was played out by version {rules} of the rules, and this program has version {RULES}",
            "only a version of the program with the same rules can play it out again; all else can be verified",
        )
    return log.compare(simulate(book.scenario, book.opened.seed), chosen)


def _posting(book: Book, events: Iterable[Event]) -> Iterator[Event]:
    """The events, each posted to `book` as it passes."""
    post = book.post
    for event in events:
        post(event)
        yield event
