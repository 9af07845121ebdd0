"""The verifier: what must be true of a run's records, checked one record at a time."""

from collections.abc import Callable

from sim.domain.event import RunClosed, RunOpened
from sim.errors import LogError
from sim.eventlog.chain import GENESIS, link, run_id
from sim.eventlog.decoding import decode
from sim.eventlog.form import PayloadError
from sim.eventlog.record import Record

COMPLETE = "to complete it, run the same scenario again with the same --log"


class Verifier:
    """Checks the records of one run, from the first.

    `count` and `head` are those of the records checked so far; `opened` is how the run began and `closed` whether it
    ended. `place` gives the place of a position in the store, for messages.
    """

    def __init__(self, place: Callable[[int], str]) -> None:
        self.count = 0
        self.head = GENESIS
        self.opened: RunOpened | None = None
        self.closed = False
        self._place = place
        self._run = ""
        self._minute = 0

    def check(self, record: Record) -> None:
        """Check the next record. Raises LogError, which says where and what is wrong."""
        if self.closed:
            raise self.wrong("the run goes on after its run-closed")
        if record.position != self.count:
            raise self.wrong(f"the record says that its position is {record.position}")
        if record.minute < self._minute:
            raise self.wrong(f"minute {record.minute} comes after minute {self._minute}")
        self._minute = record.minute
        self.head = link(self.head, record.position, record.minute, record.type, record.payload)
        if record.hash != self.head:
            raise self.wrong("the hash does not fit: the record, or one before it, is not as it was written")
        if self.opened is None:
            self._open(record)
        elif record.type.startswith(f"{RunOpened.tag}."):
            raise self.wrong("a second run-opened")
        elif record.type.startswith(f"{RunClosed.tag}."):
            self._close(record)
        if record.run != self._run:
            raise self.wrong(f"the record says that it is of the run '{record.run}', not '{self._run}'")
        self.count += 1

    def finish(self) -> None:
        """Check that the records checked so far are a whole run. Raises LogError where they are not."""
        if not self.closed:
            raise self.wrong("the run is unfinished: its run-closed is missing", COMPLETE)

    def wrong(self, what: str, remedy: str = "") -> LogError:
        """The error that says `what` is wrong at the position that comes next."""
        return LogError(f"{self._place(self.count)}: position {self.count}: {what}", remedy)

    def _open(self, record: Record) -> None:
        event = self._decoded(record)
        if not isinstance(event, RunOpened):
            raise self.wrong(f"the run begins with {record.type}, not with run-opened")
        self.opened = event
        self._run = run_id(event.fingerprint, event.seed, event.rules)

    def _close(self, record: Record) -> None:
        event = self._decoded(record)
        if isinstance(event, RunClosed) and event.events != self.count:
            raise self.wrong(f"run-closed counts {event.events} events before it, but there are {self.count}")
        self.closed = True

    def _decoded(self, record: Record) -> object:
        try:
            return decode(record)
        except PayloadError as error:
            raise self.wrong(str(error)) from error
