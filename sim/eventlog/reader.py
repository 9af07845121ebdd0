"""The reader: the records and events of one run, verified on their way out of a store."""

from collections.abc import Generator
from contextlib import closing
from functools import partial

from sim.domain.event import Event
from sim.eventlog.decoding import decode_at
from sim.eventlog.record import Record
from sim.eventlog.store import Store
from sim.eventlog.verifier import Verifier


class Reader:
    """Reads one run, once. `verifier` knows what has been read so far.

    Who does not read to the end closes what is read: till then the log is open.
    """

    def __init__(self, store: Store, run: str) -> None:
        self.run = run
        self._place = partial(store.place, run)
        self.verifier = Verifier(self._place)
        self._store = store

    def records(self) -> Generator[Record]:
        """The records as far as they go. Raises LogError at the first that does not verify."""
        with closing(self._store.read(self.run)) as records:
            for record in records:
                self.verifier.check(record)
                yield record

    def whole(self) -> Generator[Record]:
        """The records; where the run is unfinished, raises LogError after the last."""
        yield from self.records()
        self.verifier.finish()

    def events(self) -> Generator[Event]:
        """The events of a whole run. Raises LogError for one that cannot be read."""
        with closing(self.whole()) as records:
            for record in records:
                yield decode_at(self._place, record)
