"""What a run's events tell, in the words of the plain models."""

from collections.abc import Iterable

from sim.domain.event import (
    Event,
    LoadReady,
    LoadWaited,
    OrderIssued,
    OrderRefused,
    ReadinessChanged,
    UnitArrived,
    UnitClosed,
    UnitDeparted,
)
from tests.model.model import Told


def told_of(events: Iterable[Event]) -> list[Told]:
    """What happened, line by line."""
    return [_line(event) for event in events]


def _line(event: Event) -> Told:
    match event:
        case OrderIssued(at, order, units):
            return at, event.tag, "", order, units
        case OrderRefused(at, order, unit):
            return at, event.tag, unit, order, ()
        case ReadinessChanged(at, unit, place, strength, before, after, order):
            return at, event.tag, unit, order, (place, strength, before, after)
        case UnitDeparted(at, unit, strength, origin, destination, readiness, basis, order):
            return at, event.tag, unit, order, (strength, origin, destination, readiness, basis)
        case UnitArrived(at, unit, strength, place, readiness, basis, order):
            return at, event.tag, unit, order, (strength, place, readiness, basis)
        case UnitClosed(at, unit, place, order):
            return at, event.tag, unit, order, (place,)
        case LoadReady(at, unit, load, strength, place, order):
            return at, event.tag, unit, order, (load, strength, place)
        case LoadWaited(at, unit, load, cause, minutes, place, order):
            return at, event.tag, unit, order, (load, cause, minutes, place)
        case _:
            raise AssertionError(f"{event.tag} does not happen")
