"""The store in memory: for tests, and for programs that keep a run only while they look at it."""

from collections.abc import Generator, Iterator

from sim.eventlog.record import Record
from sim.eventlog.store import Acknowledge, Outcome, Stored, another_record


class MemoryStore:
    """Holds records for as long as it lives itself."""

    url = "memory:"
    balances = None

    def __init__(self) -> None:
        self._records_by_run: dict[str, list[Record]] = {}
        self._program_by_run: dict[str, str] = {}

    def run_ids(self) -> list[str]:
        return list(self._records_by_run)

    def stored(self, run: str | None = None) -> list[Stored]:
        kept = self._records_by_run
        runs = self.run_ids() if run is None else [run]
        return [Stored(each, kept[each][0], kept[each][-1], self._program_by_run[each]) for each in runs]

    def read(self, run: str, first: int = 0) -> Generator[Record]:
        yield from self._records_by_run[run][first:]

    def place(self, run: str, position: int) -> str:
        return f"run {run} in memory"

    def write(self, records: Iterator[Record], program: str, acknowledge: Acknowledge) -> Outcome:
        record = next(records)
        kept = self._records_by_run.setdefault(record.run, [])
        self._program_by_run.setdefault(record.run, program)
        before = len(kept)
        self._take(kept, record)
        for record in records:
            self._take(kept, record)
        acknowledge(record)
        if len(kept) == before:
            return Outcome.VERIFIED
        return Outcome.COMPLETED if before else Outcome.WRITTEN

    def _take(self, kept: list[Record], record: Record) -> None:
        """Compare a record with the one kept in its position, or keep it."""
        if record.position == len(kept):
            kept.append(record)
        elif kept[record.position] != record:
            raise another_record(self.place(record.run, record.position), record.position)
