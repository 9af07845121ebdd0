"""The book with its questions: what a reader asks of a run, as methods."""

from sim.domain.calendar import Edge
from sim.ledger import book as ledger
from sim.posture.snapshot import Snapshot, snapshot


class Book(ledger.Book):
    """A book that answers.

    Times are minutes of the run, or text as on the command line: "2022-02-06" (its last minute), "2022-02-06T12:00",
    "D+3", "start", "end".
    """

    def minute(self, time: int | str) -> int:
        """The minute of the run that `time` names. Raises TimeError, a ValueError, for what is no time."""
        if isinstance(time, int):
            return time
        if time in {"start", "end"}:
            return 0 if time == "start" else self.opened.end
        return self.calendar.parse(time, Edge.LAST)

    def snapshot(self, at: int | str) -> Snapshot:
        """The posture at a moment, all events of its minute included."""
        return snapshot(self, self.minute(at))
