"""The reader: the records and events of one run, verified on their way out of a store."""

from collections.abc import Iterator

from sim.domain.event import Event
from sim.errors import LogError
from sim.eventlog.decoding import decode
from sim.eventlog.form import PayloadError
from sim.eventlog.record import Record
from sim.eventlog.store import Store
from sim.eventlog.verifier import Verifier


class Reader:
    """Reads one run, once. `verifier` knows what has been read so far."""

    def __init__(self, store: Store, run: str) -> None:
        self.run = run
        self.verifier = Verifier(self._place)
        self._store = store

    def records(self) -> Iterator[Record]:
        """The records as far as they go. Raises LogError at the first that does not verify."""
        for record in self._store.read(self.run):
            self.verifier.check(record)
            yield record

    def whole(self) -> Iterator[Record]:
        """The records; where the run is unfinished, raises LogError after the last."""
        yield from self.records()
        self.verifier.finish()

    def events(self) -> Iterator[Event]:
        """The events of a whole run. Raises LogError for one that cannot be read."""
        for record in self.whole():
            try:
                event = decode(record)
            except PayloadError as error:
                place = self._place(record.position)
                raise LogError(f"{place}: position {record.position}: {error}") from error
            yield event

    def _place(self, position: int) -> str:
        return self._store.place(self.run, position)
