"""Entries: what an event does to the accounts, as postings that sum to zero."""

from enum import Enum
from typing import Literal

from attrs import field, frozen

from sim.domain.event import Event, ReadinessChanged, UnitArrived, UnitDeparted, UnitMustered
from sim.domain.vocabulary import Readiness


class Opening(Enum):
    """The one account that mustering is balanced by: where strength was before the run."""

    OPENING = "opening"


@frozen
class Account:
    """Where strength is held: of a unit, at a place (in transit: bound for it), in a readiness."""

    unit: str
    place: str
    readiness: Readiness


AnyAccount = Account | Literal[Opening.OPENING]


@frozen
class Posting:
    """What an entry adds to one account; negative where it takes away."""

    account: AnyAccount
    strength: int


def _balanced(_entry: "Entry", _field: object, postings: tuple[Posting, ...]) -> None:
    total = sum(posting.strength for posting in postings)
    if total != 0:
        raise ValueError(f"an entry sums to zero, not to {total}")


@frozen
class Entry:
    """The postings of one event, at a minute. One that does not sum to zero cannot be built: it raises ValueError."""

    at: int
    postings: tuple[Posting, ...] = field(validator=_balanced)


def entry_for(event: Event) -> Entry | None:
    """What `event` posts, or None where it changes no posture.

    This explains what `Book.post` does; the book posts the same two sides without building them.
    """
    match event:
        case UnitMustered(at, unit, place, readiness, strength):
            return _transfer(at, Opening.OPENING, Account(unit, place, readiness), strength)
        case ReadinessChanged(at, unit, place, strength, before, after):
            return _transfer(at, Account(unit, place, before), Account(unit, place, after), strength)
        case UnitDeparted(at, unit, strength, origin, destination, readiness):
            on_its_way = Account(unit, destination, Readiness.IN_TRANSIT)
            return _transfer(at, Account(unit, origin, readiness), on_its_way, strength)
        case UnitArrived(at, unit, strength, place, readiness):
            on_its_way = Account(unit, place, Readiness.IN_TRANSIT)
            return _transfer(at, on_its_way, Account(unit, place, readiness), strength)
        case _:
            return None


def _transfer(at: int, giving: AnyAccount, taking: AnyAccount, strength: int) -> Entry:
    return Entry(at, (Posting(giving, -strength), Posting(taking, strength)))
