"""The book: every entry of a run in order, so that any moment can be asked of it.

Accounts are integers here, and a two-sided entry is one packed row of numbers: an object for each entry would cost more
than the simulation does. `entry_for` gives the same entries in words.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from struct import Struct
from typing import Any, Self

from attrs import frozen

from sim.domain.amendment import Amendment, in_turn, known_from, turn_of
from sim.domain.calendar import Calendar
from sim.domain.claim import Claim
from sim.domain.event import (
    CapacityStated,
    Cause,
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
from sim.domain.lift import Change, Lift, Port
from sim.domain.order import Order
from sim.domain.place import UNSTATED, Place
from sim.domain.scenario import Scenario
from sim.domain.source import Source
from sim.domain.unit import Unit
from sim.domain.vocabulary import Basis, Readiness
from sim.errors import LogError
from sim.ledger.entry import Account

OPENING = -1
"""The number of the opening account; all others are 0 or more."""

READINESSES = tuple(Readiness)
_CODE = {readiness: code for code, readiness in enumerate(READINESSES)}
_IN_TRANSIT = _CODE[Readiness.IN_TRANSIT]
_SLOTS_A_PLACE = len(READINESSES)
UNIT_SHIFT = 32
"""How many bits of an account's number lie below those of its unit. NOTE: `unit_of` says the same; it is for loops over
every entry, where the call would cost more than the check.
"""

SLOT_MASK = (1 << UNIT_SHIFT) - 1

MUSTERED, CHANGED, DEPARTED, ARRIVED = range(4)
"""What a row records."""

_BASES = tuple(Basis)
_BASIS_CODE = {basis: code for code, basis in enumerate(_BASES)}
_HOW_A_TAG = len(_BASES)
_MUSTERED, _CHANGED, _DEPARTED, _ARRIVED = (tag * _HOW_A_TAG for tag in range(4))

TAG_BY_HOW = tuple(tag for tag in range(4) for _ in _BASES)
"""What a row's `how` says it records."""

BASIS_BY_HOW: tuple[Basis | None, ...] = (None,) * (DEPARTED * _HOW_A_TAG) + _BASES * 2
"""The basis a row's `how` stands for; None where nothing moved."""

_CAUSES = tuple(Cause)
_CAUSE_CODE = {cause: code for code, cause in enumerate(_CAUSES)}
_READY = len(_CAUSES)
"""What stands for a cause where a load is ready, and has not waited."""

NO_ORDER = -1

_SOURCES, _PLACES, _LIFT, _PORTS, _CAPACITY = range(5)
_UNITS, _UNITS_AMENDED, _ORDERS, _ORDERS_AMENDED, _CLAIMS, _CLAIMS_AMENDED = range(5, 11)
"""The sections of the definitions, in the order of the run: each section's amendments stand behind it."""

_ENTRY = Struct("<qqqqqib")
_ISSUE = Struct("<iqq")
_CLOSURE = Struct("<qqqi")
_LOAD = Struct("<qqqqqib")
_pack, _pack_issue, _pack_closure, _pack_load = _ENTRY.pack, _ISSUE.pack, _CLOSURE.pack, _LOAD.pack

Numbers = tuple[int, int, int, int, int, int, int]
"""An entry as numbers: minute, giving and taking account, strength, position, order, and how: see TAG_BY_HOW.

Both accounts are of the same unit, but that the giving one of a muster is OPENING.
"""


@frozen
class Row:
    """One entry of the book: `strength` went from the account `giving` to the account `taking`.

    `position` is that of its event in the run; `basis` is None where nothing moved, `order` where mustering.
    """

    position: int
    at: int
    giving: int
    taking: int
    strength: int
    tag: int
    basis: Basis | None
    order: str | None


@frozen
class Closure:
    """All of a unit had reached a place under an order at the minute `at`; `position` is that of the event."""

    position: int
    at: int
    unit: str
    place: str
    order: str


class Book:
    """All that a run's events say: its definitions, its orders, and the history of every account.

    Units, orders and claims are in force: as their amendments have them. `scenario` has them as they were first
    reported. `refusals` are by the position of their events.

    Events are posted in the order of the run. Posting raises LogError for an event that names what no earlier event
    defined, for a definition that does not stand where definitions do (so that nothing is defined twice), and for what
    is out of order in time; whether the figures make sense is for the invariants to say.
    """

    def __init__(self) -> None:
        self.opening: RunOpened | None = None
        self.closing: RunClosed | None = None
        self.sources: dict[str, Source] = {}
        self.places: dict[str, Place] = {}
        self.lift: dict[str, Lift] = {}
        self.ports: dict[str, Port] = {}
        self.capacity: dict[str, Change] = {}
        self.units: dict[str, Unit] = {}
        self.orders: dict[str, Order] = {}
        self.claims: dict[str, Claim] = {}
        self.amendments: dict[tuple[type, str], Amendment] = {}
        self.refusals: dict[int, OrderRefused] = {}
        self.roster: list[Unit] = []
        self.order_ids: list[str] = []
        self.place_ids: list[str] = [UNSTATED]
        self._position = 0
        self._now = 0
        self._definitions_end = 0
        self._latest: tuple[int, Any] = (_SOURCES, "")
        self._amendable: dict[type, tuple[int, dict[str, Any], dict[str, Any]]] = {
            Unit: (_UNITS_AMENDED, self.units, {}),
            Order: (_ORDERS_AMENDED, self.orders, {}),
            Claim: (_CLAIMS_AMENDED, self.claims, {}),
        }  # ... with what is in force, and what was first reported, of those that were amended
        self._unit_base: dict[str, int] = {}
        self._place_base = {UNSTATED: 0}
        self._order_number: dict[str, int] = {}
        self._entries = bytearray()
        self._issues = bytearray()
        self._closures = bytearray()
        self._loads = bytearray()
        self._poster = self._posters()

    def _posters(self) -> dict[type, Callable[[Any], None]]:
        """What enters an event, by its type."""
        return {
            RunOpened: self._open,
            SourceCited: self._cite,
            PlaceNamed: self._name,
            LiftDefined: self._define_lift,
            PortDefined: self._define_port,
            CapacityStated: self._state_capacity,
            UnitDefined: self._define_unit,
            OrderDefined: self._define_order,
            ClaimStated: self._state,
            EntryAmended: self._amend,
            UnitMustered: self._muster,
            OrderIssued: self._issue,
            OrderRefused: self._refuse,
            ReadinessChanged: self._change,
            UnitDeparted: self._depart,
            UnitArrived: self._arrive,
            UnitClosed: self._close_unit,
            LoadReady: self._note_ready,
            LoadWaited: self._note_waited,
            RunClosed: self._close,
        }

    @classmethod
    def replay(cls, events: Iterable[Event]) -> Self:
        """The book of a run's events, from the first."""
        book = cls()
        post = book.post
        for event in events:
            post(event)
        return book

    def post(self, event: Event) -> None:
        """Enter one event."""
        if event.at < self._now:
            raise LogError(f"event {self._position} happens at minute {event.at}, after one at minute {self._now}")
        self._now = event.at
        try:
            self._poster[type(event)](event)
        except KeyError as error:
            raise LogError(
                f"event {self._position} ({event.tag}) names {error}, which no earlier event defines"
            ) from error
        self._position += 1

    def resume(self, position: int, minute: int) -> None:
        """Go on behind the first `position` events of the run, the last of them at `minute`.

        What was entered so far is forgotten; an order need not have been defined to be named, and what amends orders
        and claims is passed over. Sources, places and units have all been posted, as amended. What is held there stands
        in a trial balance: see `sim.ledger.balance`.
        """
        self._position, self._now = position, minute
        self._definitions_end, self._latest = position, (_ORDERS, "")
        self._order_number = _Numbering(self._order_number, self.order_ids)
        self._poster[EntryAmended] = self._pass_over
        for rows in (self._entries, self._issues, self._closures, self._loads, self.refusals):
            rows.clear()

    def begin_again(self) -> None:
        """Forget all that happened after the units had mustered, so that the same scenario can be played out anew.

        All of them have mustered. Nobody may be reading entries meanwhile.
        """
        mustered = len(self.roster)
        self._position, self._now = self._definitions_end + mustered, 0
        self.closing = None
        del self._entries[mustered * _ENTRY.size :]
        for rows in (self._issues, self._closures, self._loads, self.refusals):
            rows.clear()

    @property
    def events(self) -> int:
        """How many events have been posted."""
        return self._position

    @property
    def issued(self) -> dict[str, tuple[int, int]]:
        """The orders that were given, each with the minute and the position of its first event."""
        issued: dict[str, tuple[int, int]] = {}
        for order, minute, position in _ISSUE.iter_unpack(memoryview(self._issues)):
            issued.setdefault(self.order_ids[order], (minute, position))
        return issued

    @property
    def closures(self) -> list[Closure]:
        """The closures of units, in the order of the run."""
        closures = []
        for position, at, number, order in self.closings():
            account = self.account(number)
            closures.append(Closure(position, at, account.unit, account.place, self.order_ids[order]))
        return closures

    def closings(self) -> Iterator[tuple[int, int, int, int]]:
        """The closures as numbers: position, minute, an account of the unit at the place, and order; see `entries`."""
        return _CLOSURE.iter_unpack(memoryview(self._closures))

    @property
    def waiting(self) -> dict[int, LoadReady | LoadWaited]:
        """What was said of loads, of which nothing is posted, by position: made anew each time."""
        found: dict[int, LoadReady | LoadWaited] = {}
        for position, at, number, load, figure, order, cause in _LOAD.iter_unpack(memoryview(self._loads)):
            unit, place = self.roster[unit_of(number)].id, self.place_ids[slot_of(number) // _SLOTS_A_PLACE]
            named = self.order_ids[order]
            if cause == _READY:
                found[position] = LoadReady(at, unit, load, figure, place, named)
            else:
                found[position] = LoadWaited(at, unit, load, _CAUSES[cause], figure, place, named)
        return found

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario, rebuilt from the definitions. To be asked once they have all been posted."""
        return self.described()

    def described(self) -> Scenario:
        """The scenario as far as its definitions have been posted, made anew each time."""
        opening = self.opened
        units, orders, claims = ({**now, **first} for _, now, first in self._amendable.values())
        return Scenario(
            title=opening.title,
            calendar=self.calendar,
            end=opening.end,
            about=opening.about,
            snapshots=opening.snapshots,
            sources=self.sources,
            places=self.places,
            units=units,
            orders=orders,
            claims=claims,
            amendments=in_turn(self.sources, self.amendments.values()),
            lift=self.lift,
            ports=self.ports,
            capacity=tuple(self.capacity.values()),
        )

    def first_reported(self, of: type) -> Mapping[str, Any]:
        """The units, orders or claims (`of` is their type) that were amended, as they were first reported, by id."""
        return self._amendable[of][2]

    def as_given(self, order: str) -> Order:
        """The order with this id as it was first reported, whatever later sources make of it."""
        given: Order = self._amendable[Order][2].get(order) or self.orders[order]
        return given

    def amendments_of(self, entry: Unit | Order | Claim) -> tuple[tuple[int | None, Amendment], ...]:
        """What changes an entry, in turn, each with the minute from which it was known, None for always."""
        found = [each for (of, _), each in self.amendments.items() if of is type(entry) and each.entry.id == entry.id]
        return tuple((known_from(self.sources, each.sources), each) for each in in_turn(self.sources, found))

    def addressed(self, order: str) -> tuple[str, ...]:
        """The ids of the units that an order commands, their parts included, in byte order: none for an unknown one."""
        return self.scenario.in_force.addressed(self.orders[order]) if order in self.orders else ()

    @property
    def opened(self) -> RunOpened:
        """How the run was opened. Raises LogError where it was not."""
        if self.opening is None:
            raise LogError("the run has no run-opened event")
        return self.opening

    @cached_property
    def calendar(self) -> Calendar:
        """The calendar of the run's minutes."""
        return self.opened.calendar

    def account(self, number: int) -> Account:
        """The account a number stands for; not the opening one."""
        place, readiness = divmod(number & SLOT_MASK, _SLOTS_A_PLACE)
        return Account(self.roster[number >> UNIT_SHIFT].id, self.place_ids[place], READINESSES[readiness])

    def slot(self, place: str, readiness: Readiness) -> int:
        """The part of an account's number that says where and how ready: see `unit_of` and `slot_of`."""
        return self._place_base[place] + _CODE[readiness]

    def number(self, account: Account) -> int:
        """The number of an account. Raises KeyError for a unit or a place that is not defined."""
        return self._unit_base[account.unit] + self.slot(account.place, account.readiness)

    def entries(self, first: int = 0, last: int | None = None) -> Iterator[Numbers]:
        """The entries from the place `first` up to `last` (or all), in order, as numbers: quick, for checks of figures.

        Nothing can be posted while the iterator is alive.
        """
        end = len(self._entries) if last is None else last * _ENTRY.size
        return _ENTRY.iter_unpack(memoryview(self._entries)[first * _ENTRY.size : end])

    def entries_until(self, minute: int) -> int:
        """How many entries there are up to and including `minute`."""
        return bisect_right(range(len(self._entries) // _ENTRY.size), minute, key=self._minute_of)

    def entries_before(self, position: int) -> int:
        """How many entries there are of events that stand before `position` in the run."""
        return bisect_left(range(len(self._entries) // _ENTRY.size), position, key=self._position_of)

    def _minute_of(self, index: int) -> int:
        minute: int = _ENTRY.unpack_from(self._entries, index * _ENTRY.size)[0]
        return minute

    def _position_of(self, index: int) -> int:
        position: int = _ENTRY.unpack_from(self._entries, index * _ENTRY.size)[4]
        return position

    def rows(self) -> Iterator[Row]:
        """Every entry in order, in words."""
        for at, giving, taking, strength, position, order, how in self.entries():
            named = None if order == NO_ORDER else self.order_ids[order]
            yield Row(position, at, giving, taking, strength, TAG_BY_HOW[how], BASIS_BY_HOW[how], named)

    def _open(self, event: RunOpened) -> None:
        if self._position or event.at:
            raise self._out_of_place(event, "a run is opened by its first event, at minute 0")
        self.opening = event
        self._definitions_end = 1

    def _define(
        self, event: Definition, section: int, known: bool, id: str, turn: tuple[Any, ...] | None = None
    ) -> None:
        """Check that a definition is not `known` already, and stands where it does in every run: by its turn, or id."""
        place = (section, turn or id)
        if known:
            raise LogError(f"event {self._position} ({event.tag}) defines '{id}', which is defined already")
        if event.at or self._position != self._definitions_end or place < self._latest:
            rule = (
                "definitions come first, at minute 0: sources, places, lift, ports, capacity, units, orders, claims, "
                "each by id"
            )
            raise self._out_of_place(event, rule)
        self._definitions_end += 1
        self._latest = place

    def _out_of_place(self, event: Event, rule: str) -> LogError:
        return LogError(f"event {self._position} ({event.tag}) is out of place: {rule}")

    def _cite(self, event: SourceCited) -> None:
        self._define(event, _SOURCES, event.source.id in self.sources, event.source.id)
        self.sources[event.source.id] = event.source

    def _name(self, event: PlaceNamed) -> None:
        self._define(event, _PLACES, event.place.id in self._place_base, event.place.id)
        self._place_base[event.place.id] = len(self.place_ids) * _SLOTS_A_PLACE
        self.place_ids.append(event.place.id)
        self.places[event.place.id] = event.place

    def _define_lift(self, event: LiftDefined) -> None:
        self._define(event, _LIFT, event.lift.id in self.lift, event.lift.id)
        self.lift[event.lift.id] = event.lift

    def _define_port(self, event: PortDefined) -> None:
        self._define(event, _PORTS, event.port.id in self.ports, event.port.id)
        self.ports[event.port.id] = event.port

    def _state_capacity(self, event: CapacityStated) -> None:
        """Of capacity, what comes earlier stands first; of changes at one minute, what the scenario lists first."""
        change = event.change
        self._define(event, _CAPACITY, change.id in self.capacity, change.id, (change.at, int(change.id)))
        self.capacity[change.id] = change

    def _define_unit(self, event: UnitDefined) -> None:
        unit, id = event.unit, event.unit.id
        self._define(event, _UNITS, id in self.units, id)
        self._unit_base[id] = len(self.roster) << UNIT_SHIFT
        self.roster.append(unit)
        self.units[id] = unit

    def _define_order(self, event: OrderDefined) -> None:
        self._define(event, _ORDERS, event.order.id in self.orders, event.order.id)
        self._order_number[event.order.id] = len(self.order_ids)
        self.order_ids.append(event.order.id)
        self.orders[event.order.id] = event.order

    def _state(self, event: ClaimStated) -> None:
        self._define(event, _CLAIMS, event.claim.id in self.claims, event.claim.id)
        self.claims[event.claim.id] = event.claim

    def _amend(self, event: EntryAmended) -> None:
        amendment, entry = event.amendment, event.amendment.entry
        self._pass_over(event)
        _, in_force, first = self._amendable[type(entry)]
        first.setdefault(entry.id, in_force[entry.id])
        in_force[entry.id] = entry
        if isinstance(entry, Unit):
            self.roster[unit_of(self._unit_base[entry.id])] = entry
        self.amendments[type(entry), amendment.id] = amendment

    def _pass_over(self, event: EntryAmended) -> None:
        """Check that an amendment stands where it does in every run, and leave what it amends as it is."""
        amendment = event.amendment
        section, in_force, _ = self._amendable[type(amendment.entry)]
        known = amendment.id in in_force or (type(amendment.entry), amendment.id) in self.amendments
        self._define(event, section, known, amendment.id, turn_of(self.sources, amendment.sources, amendment.id))

    def _issue(self, event: OrderIssued) -> None:
        self._issues += _pack_issue(self._order_number[event.order], event.at, self._position)

    def _refuse(self, event: OrderRefused) -> None:
        _ = self._unit_base[event.unit], self._order_number[event.order]  # both are defined
        self.refusals[self._position] = event

    def _muster(self, event: UnitMustered) -> None:
        taking = self._unit_base[event.unit] + self._place_base[event.place] + _CODE[event.readiness]
        self._entries += _pack(event.at, OPENING, taking, event.strength, self._position, NO_ORDER, _MUSTERED)

    def _change(self, event: ReadinessChanged) -> None:
        base = self._unit_base[event.unit] + self._place_base[event.place]
        giving, taking = base + _CODE[event.before], base + _CODE[event.after]
        order = self._order_number[event.order]
        self._entries += _pack(event.at, giving, taking, event.strength, self._position, order, _CHANGED)

    def _depart(self, event: UnitDeparted) -> None:
        base = self._unit_base[event.unit]
        giving = base + self._place_base[event.origin] + _CODE[event.readiness]
        taking = base + self._place_base[event.destination] + _IN_TRANSIT
        order, how = self._order_number[event.order], _DEPARTED + _BASIS_CODE[event.basis]
        self._entries += _pack(event.at, giving, taking, event.strength, self._position, order, how)

    def _arrive(self, event: UnitArrived) -> None:
        base = self._unit_base[event.unit] + self._place_base[event.place]
        giving, taking = base + _IN_TRANSIT, base + _CODE[event.readiness]
        order, how = self._order_number[event.order], _ARRIVED + _BASIS_CODE[event.basis]
        self._entries += _pack(event.at, giving, taking, event.strength, self._position, order, how)

    def _close_unit(self, event: UnitClosed) -> None:
        account = self._unit_base[event.unit] + self._place_base[event.place]
        self._closures += _pack_closure(self._position, event.at, account, self._order_number[event.order])

    def _note_ready(self, event: LoadReady) -> None:
        account, order = self._unit_base[event.unit] + self._place_base[event.place], self._order_number[event.order]
        self._loads += _pack_load(self._position, event.at, account, event.load, event.strength, order, _READY)

    def _note_waited(self, event: LoadWaited) -> None:
        account, order = self._unit_base[event.unit] + self._place_base[event.place], self._order_number[event.order]
        cause = _CAUSE_CODE[event.cause]
        self._loads += _pack_load(self._position, event.at, account, event.load, event.minutes, order, cause)

    def _close(self, event: RunClosed) -> None:
        self.closing = event


class _Numbering(dict[str, int]):
    """Numbers for orders by id; one that is new gets the next, and goes into the list of `ids`."""

    def __init__(self, numbers: dict[str, int], ids: list[str]) -> None:
        super().__init__(numbers)
        self._ids = ids

    def __missing__(self, order: str) -> int:
        self[order] = number = len(self._ids)
        self._ids.append(order)
        return number


def readiness_of(account: int) -> Readiness:
    """The readiness of what the account holds; not of the opening account."""
    return READINESSES[(account & SLOT_MASK) % _SLOTS_A_PLACE]


def unit_of(account: int) -> int:
    """The number of the unit whose account it is; not of the opening account."""
    return account >> UNIT_SHIFT


def slot_of(account: int) -> int:
    """What the account's number says of place and readiness."""
    return account & SLOT_MASK
