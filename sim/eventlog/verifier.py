"""The verifier: what must be true of a run's records, checked one record at a time."""

from collections.abc import Callable

from sim.domain.event import RunClosed, RunOpened
from sim.errors import LogError
from sim.eventlog.chain import GENESIS, link, run_id
from sim.eventlog.decoding import decode_at
from sim.eventlog.record import Record

COMPLETE = "to complete it, run the same scenario again with the same --log"

_OPENS, _CLOSES = f"{RunOpened.tag}.", f"{RunClosed.tag}."


class Verifier:
    """Checks the records of one run, from the first; or those after a record whose hash is known: see `resumed`.

    `count` and `head` are those of the records so far; `opened` is how the run began, where its first record was among
    those checked, and `closed` whether it ended. `place` gives the place of a position in the store, for messages.
    """

    def __init__(self, place: Callable[[int], str]) -> None:
        self.count = 0
        self.head = GENESIS
        self.opened: RunOpened | None = None
        self.closed = False
        self._place = place
        self._run = ""
        self._minute = 0

    @classmethod
    def resumed(cls, place: Callable[[int], str], last: Record) -> "Verifier":
        """A verifier of the records that come after `last`, which is taken as it is."""
        verifier = cls(place)
        verifier.count, verifier.head = last.position + 1, last.hash
        verifier.closed = last.type.startswith(_CLOSES)
        verifier._run, verifier._minute = last.run, last.minute
        return verifier

    def check(self, record: Record) -> None:
        """Check the next record. Raises LogError, which says where and what is wrong."""
        run, position, minute, type_, payload, hash_ = record
        if self.closed:
            raise self.wrong("the run goes on after its run-closed")
        if position != self.count:
            raise self.wrong(f"the record says that its position is {position}")
        if minute < self._minute:
            raise self.wrong(f"minute {minute} comes after minute {self._minute}")
        self._minute = minute
        self.head = link(self.head, position, minute, type_, payload)
        if hash_ != self.head:
            raise self.wrong("the hash does not fit: the record, or one before it, is not as it was written")
        if position == 0:
            self._open(record)
        elif type_.startswith("run-"):
            self._go_on(record)
        if run != self._run:
            raise self.wrong(f"the record says that it is of the run '{run}', not '{self._run}'")
        self.count = position + 1

    def finish(self) -> None:
        """Check that the records checked so far are a whole run. Raises LogError where they are not."""
        if not self.closed:
            raise self.wrong("the run is unfinished: its run-closed is missing", COMPLETE)

    def wrong(self, what: str, remedy: str = "") -> LogError:
        """The error that says `what` is wrong at the position that comes next."""
        return LogError(f"{self._place(self.count)}: position {self.count}: {what}", remedy)

    def _open(self, record: Record) -> None:
        event = decode_at(self._place, record)
        if not isinstance(event, RunOpened):
            raise self.wrong(f"the run begins with {record.type}, not with run-opened")
        self.opened = event
        self._run = run_id(event.fingerprint, event.seed, event.rules)

    def _go_on(self, record: Record) -> None:
        """Check a record that says that the run begins, or that it ends."""
        if record.type.startswith(_OPENS):
            raise self.wrong("a second run-opened")
        if record.type.startswith(_CLOSES):
            event = decode_at(self._place, record)
            if isinstance(event, RunClosed) and event.events != self.count:
                raise self.wrong(f"run-closed counts {event.events} events before it, but there are {self.count}")
            self.closed = True
