"""The store in memory: for tests, and for programs that keep a run only while they look at it."""

from collections.abc import Iterator

from sim.eventlog.record import Record
from sim.eventlog.store import Outcome, another_record


class MemoryStore:
    """Holds records for as long as it lives itself."""

    url = "memory:"

    def __init__(self) -> None:
        self._records_by_run: dict[str, list[Record]] = {}

    def runs(self) -> list[str]:
        return list(self._records_by_run)

    def read(self, run: str) -> Iterator[Record]:
        return iter(self._records_by_run[run])

    def place(self, run: str, position: int) -> str:
        return f"run {run} in memory"

    def write(self, records: Iterator[Record]) -> Outcome:
        first = next(records)
        kept = self._records_by_run.setdefault(first.run, [])
        before = len(kept)
        self._take(kept, first)
        for record in records:
            self._take(kept, record)
        if len(kept) == before:
            return Outcome.VERIFIED
        return Outcome.COMPLETED if before else Outcome.WRITTEN

    def _take(self, kept: list[Record], record: Record) -> None:
        """Compare a record with the one kept in its position, or keep it."""
        if record.position == len(kept):
            kept.append(record)
        elif kept[record.position] != record:
            raise another_record(self.place(record.run, record.position), record.position)
