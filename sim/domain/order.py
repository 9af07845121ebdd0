"""Orders: what was commanded, of whom, and when the reports have it happen."""

from collections.abc import Iterable
from operator import attrgetter

from attrs import frozen

from sim.domain.grounds import NO_GROUNDS, Grounds
from sim.domain.lift import Carriage
from sim.domain.place import UNSTATED
from sim.domain.quantity import Quantity
from sim.domain.vocabulary import MOVES, READINESS_AFTER, Action, Basis, Readiness


@frozen
class Window:
    """When reports have a departure or an arrival: minutes, either end may be missing.

    `grounds` are its own; empty where it has its order's. `basis` is None where it follows from the grounds.
    """

    after: int | None = None
    by: int | None = None
    basis: Basis | None = None
    grounds: Grounds = NO_GROUNDS

    def __contains__(self, minute: int) -> bool:
        return (self.after is None or self.after <= minute) and (self.by is None or minute <= self.by)


ANY_TIME = Window()


@frozen
class Transit:
    """How long a move takes, for when no arrival is reported; at least 1 minute."""

    minutes: int
    grounds: Grounds = NO_GROUNDS


@frozen
class Part:
    """A part of a unit that moves by itself. `strength` is at least 1; an order's parts add up to its one unit.

    `reported` is the strength in the report's words, None where it is a plain number, or what is left of the unit;
    `post_grounds` are those of the number chosen where the words name none.
    """

    strength: int
    depart: Window = ANY_TIME
    arrive: Window = ANY_TIME
    transit: Transit | None = None
    grounds: Grounds = NO_GROUNDS
    reported: Quantity | None = None
    post_grounds: Grounds = NO_GROUNDS


@frozen
class Order:
    """A reported command. `at` is the minute it was given.

    `units` are the ids it names, in byte order: their parts are addressed too. A cancel that names none addresses those
    of the order it cancels. `carriage` says how it goes by lift, None where that is not told; where its arrival is
    reported too, a run replays what was reported.
    """

    id: str
    at: int
    action: Action
    units: tuple[str, ...] = ()
    to: str | None = None
    depart: Window = ANY_TIME
    arrive: Window = ANY_TIME
    transit: Transit | None = None
    parts: tuple[Part, ...] = ()
    cancels: str | None = None
    refusal_expected: bool = False
    grounds: Grounds = NO_GROUNDS
    carriage: Carriage | None = None

    @property
    def moves(self) -> bool:
        return self.action in MOVES

    @property
    def after(self) -> Readiness:
        """The readiness that it leads to; for a move, on arrival. Of a cancel it says nothing."""
        return READINESS_AFTER.get(self.action, Readiness.GARRISON)

    def destination(self, origin: str) -> str:
        """Where it takes a unit that returns to `origin`."""
        return self.to or origin

    def no_way(self, origin: str, place: str, readiness: Readiness) -> str | None:
        """Why this move is none for a unit that returns to `origin`, where all of it stands: it is there already.

        All else may go in transit, and where no report says where it is, it may be anywhere: None then.
        """
        deployed = readiness is Readiness.DEPLOYED
        if place == UNSTATED:
            return None
        if self.to is None:
            return f"already at its origin, {place}" if place == origin and not deployed else None
        return f"already deployed at {place}" if place == self.to and deployed else None

    @property
    def ends(self) -> bool:
        """Whether an arrival is known of all that moves under it: reported, or for lift to decide."""
        return all(map(_arrives, self.parts)) if self.parts else _arrives(self) or goes_by_lift(self)


@frozen
class Leg:
    """One stretch of a move: who leaves when, arrives when, what each of the two rests on, and how each is known.

    `strength` is None for a unit moved whole. `leaves` and `arrives` are minutes, `arrives` None where no arrival is
    known: it stays on its way, but for what goes by lift. The windows are as reported. `part` is the part of the unit
    that it takes.
    """

    strength: int | None
    leaves: int
    arrives: int | None
    depart: Window
    arrive: Window
    depart_grounds: Grounds
    arrive_grounds: Grounds
    depart_basis: Basis
    arrive_basis: Basis
    part: Part | None = None

    @property
    def earliest(self) -> int:
        """The minute at which it arrives, or, where no arrival is known, from which on it may have."""
        return max(self.leaves + 1, self.arrive.after or 0) if self.arrives is None else self.arrives


def legs_of(order: Order) -> tuple[Leg, ...]:
    """The legs of a move, in the order they are written.

    Each leaves at the later of the order's `at` and `depart.after`, and has arrived at `arrive.by`, else `transit`
    after leaving. Raises ValueError for a leg that arrives no later than it leaves.
    """
    if not order.parts:
        return (_leg(order, order, None),)
    return tuple(_leg(order, part, part.strength) for part in order.parts)


def goes_by_lift(order: Order) -> bool:
    """Whether lift decides when a move leaves and arrives: it has a carriage, and no report says when it arrives.

    Then its one leg tells of all its loads when they may leave, and on what grounds; none arrives by that leg.
    """
    carried = order.carriage is not None and order.moves and not order.parts
    return carried and not _arrives(order)


def lifted_basis(leg: Leg, minute: int) -> Basis:
    """How it is known that what goes by lift on a leg leaves at a minute: assumed, as its arrival is.

    Only where a report says by when it leaves, and it does leave by then, it is known as that report is.
    """
    by = leg.depart.by
    return leg.depart_basis if by is not None and minute <= by else Basis.ASSUMED


def departures_in_turn(legs: Iterable[Leg]) -> list[Leg]:
    """The legs in the order in which they leave."""
    return sorted(legs, key=attrgetter("leaves"))


def arrivals_in_turn(legs: Iterable[Leg]) -> list[Leg]:
    """The legs in the order in which they arrive, without those that do not."""
    return sorted((leg for leg in legs if leg.arrives is not None), key=attrgetter("arrives"))


def _leg(order: Order, movement: Order | Part, strength: int | None) -> Leg:
    grounds = movement.grounds if movement.grounds.stated else order.grounds
    depart, arrive = movement.depart, movement.arrive
    leaves = order.at if depart.after is None else max(order.at, depart.after)
    arrives, arrive_grounds = _arrival(movement, leaves)
    if arrives is not None and arrives <= leaves:
        raise ValueError("arrives no later than it leaves")
    depart_grounds = depart.grounds if depart.grounds.stated else grounds
    arrive_grounds = arrive_grounds if arrive_grounds.stated else grounds
    return Leg(
        strength,
        leaves,
        arrives,
        depart,
        arrive,
        depart_grounds,
        arrive_grounds,
        depart.basis or (Basis.ASSUMED if _by_notice(order, depart) else _implied(depart_grounds)),
        arrive.basis or _implied(arrive_grounds),
        movement if isinstance(movement, Part) else None,
    )


def _by_notice(order: Order, depart: Window) -> bool:
    """Whether only a notice says when a move by lift may leave: no report gives it, whatever the order rests on."""
    noticed = order.carriage is not None and order.carriage.notice is not None
    return noticed and goes_by_lift(order) and depart == ANY_TIME


def _arrives(movement: Order | Part) -> bool:
    return movement.arrive.by is not None or movement.transit is not None


def _arrival(movement: Order | Part, leaves: int) -> tuple[int | None, Grounds]:
    """When what leaves at a minute arrives, if that is known, and the grounds of the window or transit that says so."""
    if movement.arrive.by is not None:
        return movement.arrive.by, movement.arrive.grounds
    if movement.transit is not None:
        return leaves + movement.transit.minutes, movement.transit.grounds
    return None, movement.arrive.grounds


def _implied(grounds: Grounds) -> Basis:
    """How a movement is known where nothing is said: announced where a source stands behind it, else assumed."""
    return Basis.ASSUMED if grounds.assumed else Basis.ANNOUNCED
