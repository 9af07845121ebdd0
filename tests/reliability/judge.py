"""The judge: a log that suffered gives a beginning of what was recorded, or says what is wrong; nothing else."""

from attrs import frozen

from sim.domain.event import Event
from sim.errors import SimError, UsageError
from sim.eventlog import Outcome, open_log
from sim.eventlog.checkpoint import Checkpoint, Mark
from sim.posture import Book, snapshots
from tests.reliability.runs import records_of

UNFINISHED = "the run is unfinished: its run-closed is missing"
EMPTY = "the log holds no run"


@frozen
class Found:
    """What a log gave of its run: `count` records, and the error after them, if there was one."""

    count: int
    error: str | None

    @property
    def unfinished(self) -> bool:
        """Whether all that is wrong is that there is no more of the run, or nothing of it at all."""
        return self.error is not None and (UNFINISHED in self.error or self.error.endswith(EMPTY))


class Judge:
    """Knows the one run that a log was given."""

    def __init__(self, events: list[Event]) -> None:
        self.events = events
        self.records = records_of(events)
        last, middle = self.records[-1], events[-1].at // 2
        self.snapshots = snapshots(Book.replay(events), (0, middle - 1, middle, events[-1].at))
        self.checkpoint = Checkpoint("elsewhere", {last.run: Mark(last.run, last.position + 1, last.hash.hex())})

    def read(self, url: str) -> Found:
        """Read the log. Anything but a beginning of the run, and a clear error where it is not all, fails the test."""
        found, error = [], None
        try:
            for record in open_log(url).records():
                found.append(record)
        except SimError as refusal:
            error = str(refusal)
        assert found == self.records[: len(found)]
        assert error is not None or len(found) == len(self.records), "all of it, or an error"
        return Found(len(found), error)

    def list(self, url: str, found: Found) -> None:
        """List the runs of the log. Anything but what was found when it was read fails the test."""
        try:
            runs = open_log(url).runs()
        except UsageError:
            assert not found.count, "there is no file yet"
            return
        if not found.count:
            assert [run.count for run in runs] in ([], [0])
            return
        (only,) = runs
        assert (only.run, only.count) == (self.records[0].run, found.count)
        assert only.head == self.records[found.count - 1].hash.hex()
        assert only.finished == (found.error is None)

    def look(self, url: str) -> bool:
        """Take snapshots. Anything but the posture as it was, and a clear error, fails the test; was there no error?"""
        try:
            _, taken, _ = open_log(url).snapshots(snapshot.at for snapshot in self.snapshots)
        except SimError:
            return False
        assert taken == self.snapshots
        return True

    def check(self, url: str) -> bool:
        """Verify the log against a checkpoint of the whole run: that is refused, or the log has the whole run."""
        last = self.records[-1]
        try:
            verified = open_log(url).verify(last.run, self.checkpoint)
        except SimError:
            return False
        assert (verified.count, verified.head, verified.finished) == (len(self.records), last.hash.hex(), True)
        return True

    def complete(self, url: str) -> bool:
        """Record the run again: it is whole then, or that is refused. Returns whether it is whole."""
        try:
            written = open_log(url).record(self.events)
        except SimError:
            return False
        assert written.outcome in Outcome
        assert self.read(url) == Found(len(self.records), None)
        return True
