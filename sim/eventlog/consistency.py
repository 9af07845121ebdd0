"""Consistency: whether the definitions a log carries are whole, and those its run was opened with.

A loader refuses a scenario that refers to nothing, or says what cannot be; a log may come from anywhere.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sized
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import TypeVar, assert_never

from sim.domain.amendment import Roster, in_parts, known_from, lies_before, misfits
from sim.domain.boarding import LeftBehind, NotHeld, NotLoaded, Room, TooMany, left_behind
from sim.domain.calendar import Calendar, TimeError
from sim.domain.claim import Claim, Closed, Count, Moment, Never, Noted, Separate, Test, When, selectors_of
from sim.domain.grounds import Grounds
from sim.domain.lift import Carriage
from sim.domain.order import Order, Part, legs_of
from sim.domain.place import UNSTATED
from sim.domain.unit import Unit
from sim.domain.vocabulary import Action
from sim.errors import LogError
from sim.ledger import Book
from sim.ledger.book import OPENING
from sim.ledger.entry import Account


def check_consistency(book: Book) -> None:
    """Raise LogError where a book's definitions cannot be, or are not those of the fingerprint, where its units do not
    muster as they are defined, or the end is not kept.
    """
    check_setting(book)
    _check(book, _CHECKS)


def check_setting(book: Book) -> None:
    """Raise LogError where the run was not opened, or its period, a source, a place or a unit cannot be as defined."""
    _ = book.opened
    _check(book, _SETTING_CHECKS)


Check = Callable[[Book], Iterator[str]]
"""Finds what is wrong with a book; relies on those before it having found nothing."""

E = TypeVar("E", Unit, Order, Claim)

Reference = tuple[str, Collection[str], Collection[str]]
"""What refers, the ids it names, and those there are."""


def _check(book: Book, checks: Iterable[Check]) -> None:
    for find in checks:
        for wrong in find(book):
            raise LogError(f"the log is not sound: {wrong}")


def _undefined(references: Iterable[Reference]) -> Iterator[str]:
    for what, named, known in references:
        for id in named:
            if id not in known:
                yield f"{what} names '{id}', which nothing in it defines"


def _versions(book: Book, of: type[E], in_force: Mapping[str, E]) -> Iterator[E]:
    """The units, orders or claims of a book, each in every version that there is of it."""
    first = book.first_reported(of)
    yield from (first.get(id, entry) for id, entry in in_force.items())
    for amendment in book.amendments.values():
        if isinstance(amendment.entry, of):
            yield amendment.entry


def _undefined_settings(book: Book) -> Iterator[str]:
    return _undefined(_settings(book))


def _settings(book: Book) -> Iterator[Reference]:
    places = book.places.keys() | {UNSTATED}
    for source in book.sources.values():
        yield f"the source '{source.id}'", source.relays, book.sources
    for place in book.places.values():
        yield f"the place '{place.id}'", () if place.within is None else (place.within,), places
    for lift in book.lift.values():
        yield f"the lift '{lift.id}'", (lift.base,), book.places
        yield f"the lift '{lift.id}'", lift.grounds.sources, book.sources
    for port in book.ports.values():
        yield f"the port '{port.id}'", (port.place,), book.places
        yield f"the port '{port.id}'", port.grounds.sources, book.sources
    for change in book.capacity.values():
        yield f"the change {change.id} of capacity", () if change.lift is None else (change.lift,), book.lift
        yield f"the change {change.id} of capacity", () if change.port is None else (change.port,), book.ports
        yield f"the change {change.id} of capacity", change.grounds.sources, book.sources
    for unit in _versions(book, Unit, book.units):
        yield f"the unit '{unit.id}'", (unit.place, unit.origin), places
        yield f"the unit '{unit.id}'", () if unit.part_of is None else (unit.part_of,), book.units
        yield f"the unit '{unit.id}'", (*unit.grounds.sources, *unit.figure_grounds.sources), book.sources


def _circles(book: Book) -> Iterator[str]:
    relays = {source.id: source.relays for source in book.sources.values() if source.relays}
    within = {place.id: (place.within,) for place in book.places.values() if place.within is not None}
    part_of = {unit.id: (unit.part_of,) for unit in book.units.values() if unit.part_of is not None}
    yield from _circle("source", relays, "relayed by")
    yield from _circle("place", within, "within")
    yield from _circle("unit", part_of, "part of")
    corrects = {claim.id: (claim.corrects,) for claim in book.claims.values() if claim.corrects is not None}
    yield from _circle("claim", corrects, "corrected by")


def _circle(what: str, links: Mapping[str, tuple[str, ...]], relation: str) -> Iterator[str]:
    try:
        TopologicalSorter(links).prepare()
    except CycleError as error:
        path = error.args[1][::-1]
        yield f"the {what} '{path[0]}' is {relation} itself: {' > '.join(path)}"


def _times(book: Book) -> Iterator[str]:
    opened, calendar = book.opened, book.calendar
    if opened.end < 1 or not _has(calendar, opened.end):
        yield f"its run ends at minute {opened.end}, which is no end"
    for minute in opened.snapshots:
        if not 0 <= minute <= opened.end:
            yield f"a snapshot is asked for at minute {minute}, outside its period"
    for source in book.sources.values():
        if source.published is not None and not _has(calendar, source.published):
            yield f"the source '{source.id}' is published at minute {source.published}, outside the years 1 to 9999"
        elif source.by_month and (source.published is None or not calendar.ends_month(source.published)):
            yield f"the source '{source.id}' is published in a month of which its minute is not the last"


def _capacity(book: Book) -> Iterator[str]:
    """Whether lift and ports can be worked with: distances can be told, and each change is within the period."""
    located = {place.id for place in book.places.values() if place.lat is not None and place.lon is not None}
    for lift in book.lift.values():
        if lift.base not in located:
            yield f"the lift '{lift.id}' has its base at '{lift.base}', of which no coordinates are known"
    ports: dict[str, str] = {}
    for port in book.ports.values():
        if (other := ports.setdefault(port.place, port.id)) != port.id:
            yield f"the ports '{other}' and '{port.id}' are at one place, '{port.place}'"
    for change in book.capacity.values():
        if not 0 <= change.at <= book.opened.end:
            yield f"the change {change.id} of capacity is at minute {change.at}, outside its period"


def _carriages(book: Book) -> Iterator[str]:
    """Whether what goes by lift moves, by vehicles that hold it, along a way whose length can be told."""
    for order in _versions(book, Order, book.orders):
        if order.carriage is not None:
            if not order.moves:
                yield f"the order '{order.id}' is to {order.action}, and goes by lift"
            yield from (f"the order '{order.id}' {wrong}" for wrong in _on_the_way(book, order.carriage))
    scenario = book.scenario
    roster = Roster(scenario.units)
    for order in scenario.orders.values():
        if order.carriage is not None:
            room = Room(order.carriage, None, scenario.lift)
            for unit in roster.addressed(order.units):
                yield from (_left_behind(order, unit, why) for why in room.refuses(unit))
    found = left_behind(scenario.sources, scenario.units, scenario.orders, scenario.lift, scenario.amendments)
    for each in found:
        if not isinstance(each.why, NotLoaded):  # a run takes the number for any kind
            yield f"{_left_behind(each.order, each.unit, each.why)} from '{each.amendment.id}' on"


def _left_behind(order: Order, unit: Unit, why: LeftBehind) -> str:
    owner = f"the order '{order.id}'"
    match why:
        case NotHeld(lift):
            return f"{owner} goes by '{lift}', which holds no {unit.kind}, and '{unit.id}' is of these"
        case NotLoaded(kind):
            return f"{owner} says how many {kind} are a load, and '{unit.id}' is of {unit.kind}"
        case TooMany(loads):
            return f"{owner} has '{unit.id}' go by lift in {loads:,} loads"
        case _:
            assert_never(why)


def _on_the_way(book: Book, carriage: Carriage) -> Iterator[str]:
    for stop in carriage.route:
        if book.places[stop].lat is None or book.places[stop].lon is None:
            yield f"goes by '{stop}', of which no coordinates are known"
    for one, other in pairwise(carriage.route):
        if one == other:
            yield f"goes from '{one}' to itself"


def _has(calendar: Calendar, minute: int) -> bool:
    """Whether a calendar has a minute, in UTC and by its own clocks."""
    try:
        calendar.local(minute)
    except (TimeError, OverflowError):
        return False
    return True


def _undefined_references(book: Book) -> Iterator[str]:
    return _undefined(_references(book))


def _references(book: Book) -> Iterator[Reference]:
    places = book.places.keys() | {UNSTATED}
    for order in _versions(book, Order, book.orders):
        yield f"the order '{order.id}'", order.units, book.units
        yield f"the order '{order.id}'", () if order.to is None else (order.to,), places
        yield f"the order '{order.id}'", () if order.cancels is None else (order.cancels,), book.orders
        yield f"the order '{order.id}'", [id for each in _grounds(order) for id in each.sources], book.sources
        yield f"the order '{order.id}'", () if order.carriage is None else order.carriage.lifts, book.lift
        yield f"the order '{order.id}'", () if order.carriage is None else order.carriage.route, book.places
    for claim in _versions(book, Claim, book.claims):
        corrected = () if claim.corrects is None else (claim.corrects,)
        yield f"the claim '{claim.id}'", corrected, book.claims
        yield f"the claim '{claim.id}'", [claim.source, *([] if claim.per is None else [claim.per])], book.sources
        for selector in selectors_of(claim.test):
            yield f"the claim '{claim.id}'", selector.units, book.units
            yield f"the claim '{claim.id}'", selector.orders, book.orders
            yield f"the claim '{claim.id}'", (*selector.place, *selector.origin), places


def _grounds(order: Order) -> Iterator[Grounds]:
    yield from (part.post_grounds for part in order.parts)
    movements: tuple[Order | Part, ...] = (order, *order.parts)
    for movement in movements:
        yield from (movement.grounds, movement.depart.grounds, movement.arrive.grounds)
        if movement.transit is not None:
            yield movement.transit.grounds


def _commands(book: Book) -> Iterator[str]:
    """Whether each order says what its action needs, and only that."""
    for order in _versions(book, Order, book.orders):
        if (order.action is Action.DEPLOY) != (order.to is not None):
            yield f"the order '{order.id}' is to {order.action}, and goes {'nowhere' if order.to is None else order.to}"
        if (order.action is Action.CANCEL) != (order.cancels is not None) or order.cancels == order.id:
            yield f"the order '{order.id}' is to {order.action}, and cancels {order.cancels or 'nothing'}"


def _order_times(book: Book) -> Iterator[str]:
    end, calendar = book.opened.end, book.calendar
    for order in _versions(book, Order, book.orders):
        movements: tuple[Order | Part, ...] = (order, *order.parts)
        windows = [window for each in movements for window in (each.depart, each.arrive)]
        for minute in (order.at, *(each for window in windows for each in (window.after, window.by))):
            if minute is not None and not 0 <= minute <= end:
                yield f"the order '{order.id}' has minute {minute}, outside its period"
        for window in windows:
            if window.after is not None and window.by is not None and window.after > window.by:
                yield f"the order '{order.id}' has a window that runs backwards"
        for leg in legs_of(order) if order.moves else ():
            if leg.arrives is not None and leg.arrives > end and not _has(calendar, leg.arrives):
                yield f"the order '{order.id}' arrives at minute {leg.arrives}, outside the years 1 to 9999"


def _parts(book: Book) -> Iterator[str]:
    """Whether the parts of orders add up to their units, at first and whenever either is amended."""
    scenario = book.scenario
    for order in _versions(book, Order, book.orders):
        if order.parts and len(order.units) != 1:
            yield f"the order '{order.id}' moves {len(order.units)} units in parts, not one"
        if any(part.strength < 1 for part in order.parts):
            yield f"the order '{order.id}' has a part of nobody"
    for order in in_parts(scenario.orders.values()):
        unit = scenario.units[order.units[0]]
        if sum(part.strength for part in order.parts) != unit.strength:
            yield f"the parts of the order '{order.id}' do not add up to '{unit.id}', {unit.strength}"
    for amendment, order in misfits(scenario.sources, scenario.units, scenario.orders, scenario.amendments):
        yield f"the parts of the order '{order.id}' do not add up to its unit from '{amendment.id}' on"


def _early_amendments(book: Book) -> Iterator[str]:
    """Whether each amendment was published no earlier than what it amends."""
    scenario = book.scenario
    for amendment in scenario.amendments:
        match amendment.entry:
            case Unit(id=id):
                named = scenario.units[id].grounds.sources
            case Order(id=id):
                named = scenario.orders[id].grounds.sources
            case Claim(id=id):
                named = (scenario.claims[id].source,)
        if lies_before(known_from(book.sources, amendment.sources), known_from(book.sources, named)):
            yield f"'{amendment.id}' was published before what it amends, '{id}'"


def _claim_times(book: Book) -> Iterator[str]:
    for claim in _versions(book, Claim, book.claims):
        minute = _asked(claim.test)
        if minute is not When.ALWAYS and not 0 <= minute <= book.opened.end:
            yield f"the claim '{claim.id}' is about minute {minute}, outside its period"


def _asked(test: Test) -> Moment:
    match test:
        case Count(at=minute) | Closed(by=minute):
            return minute
        case Never() | Separate() | Noted():
            return When.ALWAYS


def _given(book: Book) -> Iterator[str]:
    issued = book.issued
    for order in book.orders.values():
        if order.id not in issued or issued[order.id][0] != order.at:
            yield f"the order '{order.id}' is not given at its minute, {order.at}"


def _other_scenario(book: Book) -> Iterator[str]:
    if book.scenario.fingerprint != book.opened.fingerprint:
        yield "its definitions are not those that its run was opened with"


def _end(book: Book) -> Iterator[str]:
    if book.closing is None or book.closing.at != book.opened.end:
        yield f"its run does not close at its end, minute {book.opened.end}"


def _musterings(book: Book) -> Iterator[str]:
    """Whether the units muster behind the definitions: each once, in their order, as they are defined."""
    sections: tuple[Sized, ...] = (
        book.sources,
        book.places,
        book.lift,
        book.ports,
        book.capacity,
        book.units,
        book.orders,
        book.claims,
        book.amendments,
    )
    first = 1 + sum(map(len, sections))
    mustered = [each for each in book.entries() if each[1] == OPENING]
    for position, unit in enumerate(book.roster, start=first):
        account = book.number(Account(unit.id, unit.place, unit.readiness))
        found = mustered[position - first][:5] if position - first < len(mustered) else None
        if found != (0, OPENING, account, unit.strength, position):
            yield f"the unit '{unit.id}' does not muster as it is defined"
    if len(mustered) > len(book.roster):
        yield f"there are {len(mustered)} musterings of {len(book.roster)} units"


_SETTING_CHECKS: tuple[Check, ...] = (_undefined_settings, _circles, _times, _capacity)
_CHECKS: tuple[Check, ...] = (
    _undefined_references,
    _commands,
    _carriages,
    _order_times,
    _parts,
    _early_amendments,
    _claim_times,
    _other_scenario,
    _given,
    _end,
    _musterings,
)
