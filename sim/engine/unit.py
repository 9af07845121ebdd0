"""A unit as a process: it knows where it is and how ready, decides what it can obey, and moves."""

from collections.abc import Callable, Generator, Sequence

from attrs import define, evolve, frozen
from simpy import Interrupt, Process
from simpy.events import Event as SimEvent

from sim.domain.event import Event, OrderRefused, ReadinessChanged, UnitArrived, UnitClosed, UnitDeparted
from sim.domain.order import ANY_TIME, Leg, Order, goes_by_lift, legs_of
from sim.domain.unit import Unit
from sim.domain.vocabulary import LEGAL_CHANGES, MOVES, Action, Basis, Readiness
from sim.engine.clock import Clock, Moment, Ranks
from sim.engine.load import Shipment
from sim.engine.movement import Movement

IN_TRANSIT = Readiness.IN_TRANSIT
CANCEL = Action.CANCEL


@frozen
class Command:
    """An order as it is given at a minute, worked out once for all the units it addresses.

    `leaving` are the legs that leave at once; `ahead` what lies ahead, in the order it happens, as
    (minute, whether it is a departure, leg). `after` is the readiness the order leads to. `number` counts the orders as
    they are issued. What goes by lift has one leg, `by_lift`: when it may leave, but nothing of when it arrives.
    """

    order: Order
    moves: bool
    after: Readiness
    number: int
    leaving: tuple[Leg, ...] = ()
    ahead: tuple[tuple[int, bool, Leg], ...] = ()
    by_lift: Leg | None = None

    @classmethod
    def given(cls, order: Order, number: int, by_lift: bool) -> "Command":
        """The command that `order` is at its minute; `by_lift` where lift goes before what was reported."""
        after = order.after
        if order.action not in MOVES:
            return cls(order, False, after, number)
        if goes_by_lift(order) or (by_lift and order.carriage is not None):
            (whole,) = legs_of(evolve(order, arrive=ANY_TIME, transit=None, parts=()))
            return cls(order, True, after, number, by_lift=whole)
        legs = legs_of(order)
        ahead = [(leg.arrives, False, leg) for leg in legs if leg.arrives is not None]
        ahead += [(leg.leaves, True, leg) for leg in legs if leg.leaves > order.at]
        if len(ahead) > 1:
            ahead.sort(key=_minute_then_arrivals)
        return cls(order, True, after, number, tuple(leg for leg in legs if leg.leaves == order.at), tuple(ahead))


def _minute_then_arrivals(step: tuple[int, bool, Leg]) -> tuple[int, bool]:
    return step[:2]


@define
class Move:
    """A move from its order until it closes: how much of the unit still waits, travels and has arrived.

    `shipment` is what goes by lift, None where the move follows what was reported.
    """

    command: Command
    destination: str
    waiting: int
    travelling: int = 0
    arrived: int = 0
    shipment: Shipment | None = None


class UnitProcess:
    """A unit from its first order on: once it moves, a SimPy process that walks the steps of a move, then sleeps.

    The process starts with the first move, because SimPy pays for every process that waits; a move by lift needs none,
    as its loads are told when they leave and arrive. `place` and `readiness` are
    those of what has not left; `move` is the open move, if there is one. It never reads the book; it says what it does
    through `emit`. Its moments within a minute are ranked by its `number` in the order of ids.
    """

    __slots__ = (
        "_asleep",
        "_underway",
        "clock",
        "emit",
        "move",
        "movement",
        "number",
        "place",
        "process",
        "ranks",
        "readiness",
        "strength",
        "unit",
    )

    def __init__(
        self,
        clock: Clock,
        unit: Unit,
        number: int,
        ranks: Ranks,
        movement: Movement,
        emit: Callable[[Event], None],
    ) -> None:
        self.clock = clock
        self.unit = unit
        self.strength = unit.strength
        self.number = number
        self.ranks = ranks
        self.movement = movement
        self.emit = emit
        self.place = unit.place
        self.readiness = unit.readiness
        self.move: Move | None = None
        self._asleep: SimEvent | None = None
        self._underway = False
        self.process: Process | None = None

    @property
    def origin(self) -> str:
        """Where `return` takes it."""
        return self.unit.origin

    @property
    def destination(self) -> str | None:
        """Where it is going, or None while no move is open."""
        return self.move.destination if self.move else None

    def posture(self) -> dict[tuple[str, Readiness], int]:
        """How much of the unit is where, and how ready, as the unit itself knows it; no zeros."""
        move = self.move
        if move is None:
            return {(self.place, self.readiness): self.strength}
        held = {(self.place, self.readiness): move.waiting}
        for readiness, strength in ((IN_TRANSIT, move.travelling), (move.command.after, move.arrived)):
            account = (move.destination, readiness)
            held[account] = held.get(account, 0) + strength
        return {account: strength for account, strength in held.items() if strength}

    def receive(self, command: Command) -> None:
        """Obey a command now, or refuse it."""
        order = command.order
        reason = self._refusal(command)
        if reason is not None:
            self.emit(OrderRefused(self.clock.now, order.id, self.unit.id, reason))
        elif command.moves:
            self._open(command)
        elif order.action is CANCEL:
            self._cancel()
        else:
            before, self.readiness = self.readiness, command.after
            self.emit(
                ReadinessChanged(
                    self.clock.now, self.unit.id, self.place, self.strength, before, command.after, order.id
                )
            )

    def _refusal(self, command: Command) -> str | None:
        """Why the unit cannot obey in the state it is in, or None where it can."""
        order, move = command.order, self.move
        if order.action is CANCEL:
            if move is None or move.command.order.id != order.cancels:
                return f"no move under {order.cancels} is open"
            return f"part of it has left under {order.cancels}" if self._begun else None
        if move is not None and (command.moves or self._begun):
            return f"its move under {move.command.order.id} is open"
        if command.moves:
            return order.no_way(self.unit.origin, self.place, self.readiness)
        if command.after not in LEGAL_CHANGES[self.readiness]:
            return f"cannot go from {self.readiness} to {command.after}"
        return None

    @property
    def _begun(self) -> bool:
        """Whether any of it has left under the open move."""
        return self.move is not None and self.move.waiting < self.strength

    def _open(self, command: Command) -> None:
        """Open a move: by lift, or else what leaves at once leaves now, and the process is woken to walk the rest."""
        self.move = move = Move(command, command.order.destination(self.unit.origin), self.strength)
        if command.by_lift is not None:
            self._ship(move, command.by_lift)
            return
        for leg in command.leaving:
            self.depart(leg.strength or self.strength, leg.depart_basis)
        if self.process is None:
            self.process = self.clock.process(self._live())
        elif self._asleep is not None:
            self._asleep.succeed()
            self._asleep = None

    def _ship(self, move: Move, leg: Leg) -> None:
        """Hand a move over to lift."""
        order, carriage = move.command.order, move.command.order.carriage
        assert carriage is not None, "only what has a carriage goes by lift"
        turn = (carriage.priority, move.command.number, self.number)
        route = self.movement.route(order, carriage)
        move.shipment = Shipment(order, carriage, route, self.unit, turn, self, leg)
        self.movement.ship(move.shipment, leg.leaves)

    def _cancel(self) -> None:
        move, self.move = self.move, None
        if move is not None and move.shipment is not None:
            self.movement.cancel(move.shipment)
        if self._underway and self.process is not None:
            self._underway = False  # one interrupt a wait: a second would strike the process asleep
            self.process.interrupt()

    def _live(self) -> Generator[SimEvent, None, None]:
        while True:
            if self.move is None or self.move.shipment is not None:
                self._asleep = SimEvent(self.clock)
                yield self._asleep
            # The move may be gone again by the time the process wakes: then there is nothing to walk.
            ahead: Sequence[tuple[int, bool, Leg]] = self.move.command.ahead if self.move else ()
            try:
                for minute, departs, leg in ahead:
                    self._underway = True
                    rank = self.ranks.departing if departs else self.ranks.arriving
                    yield Moment(self.clock, minute, rank(self.number))
                    if departs:
                        self.depart(leg.strength or self.strength, leg.depart_basis)
                    else:
                        self.arrive(leg.strength or self.strength, leg.arrive_basis)
                self._underway = False
                if self.move is not None and self.move.shipment is None:
                    return  # some of it stays on its way: no arrival is known, and nothing else can happen to it
            except Interrupt:
                pass  # cancelled before anything left; another move may have been opened since

    def depart(self, strength: int, basis: Basis) -> None:
        """So much of it departs."""
        move = self.move
        assert move is not None, "only an open move departs"
        move.waiting -= strength
        move.travelling += strength
        self.emit(
            UnitDeparted(
                self.clock.now,
                self.unit.id,
                strength,
                self.place,
                move.destination,
                self.readiness,
                basis,
                move.command.order.id,
            )
        )

    def arrive(self, strength: int, basis: Basis) -> None:
        """So much of it arrives; with the last of it the move closes."""
        move = self.move
        assert move is not None, "only an open move arrives"
        after, now, order = move.command.after, self.clock.now, move.command.order.id
        move.travelling -= strength
        move.arrived += strength
        self.emit(UnitArrived(now, self.unit.id, strength, move.destination, after, basis, order))
        if move.arrived == self.strength:
            self.place, self.readiness, self.move = move.destination, after, None
            self.emit(UnitClosed(now, self.unit.id, move.destination, order))
