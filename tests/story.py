"""Stories: small scenarios in few words, and what happened in them told line by line.

A test of the engine writes down whole stories: `story(scenario)` is every event after the mustering, with every field.
Units stand at `home` unless a test says otherwise, and every time is a minute.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import assert_never, get_args

from sim.domain.calendar import Calendar
from sim.domain.claim import Claim, Test
from sim.domain.event import (
    CapacityStated,
    ClaimStated,
    Definition,
    EntryAmended,
    Event,
    LiftDefined,
    LoadReady,
    LoadWaited,
    OrderDefined,
    OrderIssued,
    OrderRefused,
    PlaceNamed,
    PortDefined,
    ReadinessChanged,
    RunClosed,
    RunOpened,
    SourceCited,
    UnitArrived,
    UnitClosed,
    UnitDefined,
    UnitDeparted,
    UnitMustered,
)
from sim.domain.grounds import NO_GROUNDS, Grounds
from sim.domain.order import ANY_TIME, Order, Part, Transit, Window
from sim.domain.place import Place
from sim.domain.quantity import parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.source import Source
from sim.domain.unit import Unit
from sim.domain.vocabulary import Action, Kind, Readiness
from sim.engine import simulate

GUESS = Grounds((), "a guess")
CALENDAR = Calendar(datetime(2022, 1, 24, tzinfo=UTC))
SOURCES = (Source("abc", "ABC News", relays=("briefing",)), Source("briefing", "Briefing"), Source("pap", "PAP"))
PLACES = (
    Place("us", "United States", None, "US"),
    Place("home", "Home", "us"),
    Place("pl", "Poland", None, "PL"),
    Place("rzeszow", "Rzeszów", "pl"),
    Place("de", "Germany", None, "DE"),
)


def cited(*sources: str) -> Grounds:
    """Grounds on these sources."""
    return Grounds(sources)


def unit(
    name: str,
    strength: str = "100",
    *,
    place: str = "home",
    origin: str = "",
    readiness: Readiness = Readiness.GARRISON,
    kind: Kind = Kind.TROOPS,
    side: str = "US",
    part_of: str | None = None,
    grounds: Grounds = GUESS,
) -> Unit:
    """A unit of so many, at home and in garrison."""
    reported = parse_quantity(strength)
    return Unit(name, name, kind, reported, place, origin or place, readiness, side, part_of, "", grounds)


def deploy(
    name: str,
    at: int,
    *units: str,
    to: str = "pl",
    arrive: int | None = None,
    transit: int | None = None,
    after: int | None = None,
    parts: Sequence[Part] = (),
    grounds: Grounds = GUESS,
) -> Order:
    """A deployment: takes 60 minutes where nothing is said."""
    return _move(Action.DEPLOY, name, at, units, to, arrive, transit, after, parts, grounds)


def recall(
    name: str,
    at: int,
    *units: str,
    arrive: int | None = None,
    transit: int | None = None,
    after: int | None = None,
    parts: Sequence[Part] = (),
    grounds: Grounds = GUESS,
) -> Order:
    """A return: takes 60 minutes where nothing is said."""
    return _move(Action.RETURN, name, at, units, None, arrive, transit, after, parts, grounds)


def _move(
    action: Action,
    name: str,
    at: int,
    units: tuple[str, ...],
    to: str | None,
    arrive: int | None,
    transit: int | None,
    after: int | None,
    parts: Sequence[Part],
    grounds: Grounds,
) -> Order:
    due = ANY_TIME if arrive is None else Window(by=arrive)
    leaving = ANY_TIME if after is None else Window(after=after)
    during = Transit(transit or 60) if arrive is None and not parts else None
    return Order(name, at, action, units, to, leaving, due, during, tuple(parts), grounds=grounds)


def part(strength: int, leaves: int | None = None, arrives: int | None = None, grounds: Grounds = NO_GROUNDS) -> Part:
    """A part that leaves at the order's minute, and takes 60 minutes, where nothing is said."""
    due, during = (ANY_TIME, Transit(60)) if arrives is None else (Window(by=arrives), None)
    return Part(strength, ANY_TIME if leaves is None else Window(after=leaves), due, during, grounds)


def alert(name: str, at: int, *units: str) -> Order:
    """To heightened alert."""
    return Order(name, at, Action.ALERT, units, grounds=GUESS)


def standby(name: str, at: int, *units: str) -> Order:
    """To standby."""
    return Order(name, at, Action.STANDBY, units, grounds=GUESS)


def stand_down(name: str, at: int, *units: str) -> Order:
    """Back to garrison, where they stand."""
    return Order(name, at, Action.STAND_DOWN, units, grounds=GUESS)


def cancel(name: str, at: int, cancels: str, *units: str) -> Order:
    """Cancels an order, for all its units where none is named."""
    return Order(name, at, Action.CANCEL, units, cancels=cancels, grounds=GUESS)


def claim(test: Test, name: str = "said", source: str = "abc", per: str | None = None, disputed: str = "") -> Claim:
    """A claim by ABC News."""
    return Claim(name, source, test, per=per, disputed=disputed)


def scenario(
    units: Iterable[Unit],
    orders: Iterable[Order] = (),
    claims: Iterable[Claim] = (),
    *,
    end: int = 10_000,
    sources: Iterable[Source] = SOURCES,
    places: Iterable[Place] = PLACES,
) -> Scenario:
    """A scenario of these, that starts on 24 January 2022."""
    return Scenario(
        title="A story",
        calendar=CALENDAR,
        end=end,
        snapshots=(end,),
        sources=sources,
        places=places,
        units=units,
        orders=orders,
        claims=claims,
    )


def happened(told: Scenario) -> list[Event]:
    """What happened in a run after the mustering and before its close."""
    setting = (RunOpened, *get_args(Definition), UnitMustered, RunClosed)
    return [event for event in simulate(told) if not isinstance(event, setting)]


def tell(events: Iterable[Event]) -> list[str]:
    """Each event as a line that has all its fields."""
    return [f"{event.at:>4} {_line(event)}" for event in events]


def story(told: Scenario) -> list[str]:
    """What happened in a run, line by line."""
    return tell(happened(told))


def _line(event: Event) -> str:
    match event:
        case OrderIssued(_, order, units):
            return f"{order} is given to {' '.join(units)}"
        case OrderRefused(_, order, who, reason):
            return f"{who} refuses {order}: {reason}"
        case ReadinessChanged(_, who, place, strength, before, after, order):
            return f"{who}, {strength} at {place}, goes from {before} to {after} ({order})"
        case UnitDeparted(_, who, strength, origin, destination, readiness, basis, order):
            return f"{who}, {strength}, leaves {origin} for {destination} ({order}, was in {readiness}, {basis})"
        case UnitArrived(_, who, strength, place, readiness, basis, order):
            return f"{who}, {strength}, arrives at {place} ({order}, {readiness}, {basis})"
        case UnitClosed(_, who, place, order):
            return f"{who} has closed at {place} ({order})"
        case UnitMustered(_, who, place, readiness, strength):
            return f"{who}, {strength}, musters at {place} in {readiness}"
        case RunClosed(_, count):
            return f"the run closes after {count} events"
        case (
            RunOpened()
            | SourceCited()
            | PlaceNamed()
            | UnitDefined()
            | OrderDefined()
            | ClaimStated()
            | EntryAmended()
            | LiftDefined()
            | PortDefined()
            | CapacityStated()
        ):
            return event.tag
        case LoadReady(_, who, load, strength, place, order):
            return f"{who}, load {load} of {strength}, is ready at {place} ({order})"
        case LoadWaited(_, who, load, cause, minutes, place, order):
            return f"{who}, load {load}, waited {minutes} at {place}: {cause} ({order})"
        case _:
            assert_never(event)
