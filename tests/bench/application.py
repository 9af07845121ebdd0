"""The same run kept by an application of the `eventsourcing` library, as its documentation has it: a baseline."""

from collections.abc import Sequence
from typing import Any

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from sim.domain.event import Event, UnitArrived, UnitClosed, UnitDeparted, UnitMustered
from sim.eventlog.encoding import encode


class Run(Aggregate):
    """A run as an aggregate. Definitions and the like, of which there are few, are events of one kind."""

    @event("UnitMustered")
    def muster(self, at: int, unit: str, place: str, readiness: str, strength: int) -> None: ...

    @event("UnitDeparted")
    def depart(
        self, at: int, unit: str, strength: int, origin: str, destination: str, readiness: str, basis: str, order: str
    ) -> None: ...

    @event("UnitArrived")
    def arrive(self, at: int, unit: str, strength: int, place: str, readiness: str, basis: str, order: str) -> None: ...

    @event("UnitClosed")
    def close(self, at: int, unit: str, place: str, order: str) -> None: ...

    @event("Noted")
    def note(self, at: int, type: str, payload: str) -> None: ...


def keep(path: str, events: Sequence[Event], batch: int) -> None:
    """Keep a run in the SQLite file at `path`, so many events a commit."""
    application: Application[Any] = Application(
        env={"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": path}
    )
    run = Run()
    for first in range(0, len(events), batch):
        for happened in events[first : first + batch]:
            _take(run, happened)
        application.save(run)
    application.close()


def _take(run: Run, happened: Event) -> None:
    match happened:
        case UnitMustered(at, unit, place, readiness, strength):
            run.muster(at, unit, place, readiness, strength)
        case UnitDeparted(at, unit, strength, origin, destination, readiness, basis, order):
            run.depart(at, unit, strength, origin, destination, readiness, basis, order)
        case UnitArrived(at, unit, strength, place, readiness, basis, order):
            run.arrive(at, unit, strength, place, readiness, basis, order)
        case UnitClosed(at, unit, place, order):
            run.close(at, unit, place, order)
        case _:
            type_, payload = encode(happened)
            run.note(happened.at, type_, payload.decode())
