"""Amendments: entries that say only what a later source changes, read over the entries they amend."""

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Final, TypeVar, assert_never, cast

from attrs import evolve, frozen

from sim.domain.amendment import (
    Amendment,
    Roster,
    circles,
    in_turn,
    lies_before,
    misfits,
    turn,
    wholes_divided,
)
from sim.domain.boarding import NotHeld, NotLoaded, TooMany, left_behind
from sim.domain.claim import Claim
from sim.domain.grounds import NO_GROUNDS, Grounds
from sim.domain.order import ANY_TIME, Order, Part, Transit, Window
from sim.domain.source import Dates, Source
from sim.domain.unit import Unit
from sim.domain.vocabulary import MOVES, Action, Kind
from sim.loader.carriages import CARRIED, CarriageReader
from sim.loader.claims import read_claim
from sim.loader.faults import (
    AMENDS_AMENDMENT,
    AMENDS_EARLIER,
    AMENDS_KIND,
    PARTS_OF_A_WHOLE,
    TOO_MANY_LOADS,
    UNIT_IN_PARTS,
    UNIT_NOT_HELD,
    UNIT_NOT_LOADED,
    Fault,
)
from sim.loader.orders import OrderReader
from sim.loader.problem import Word
from sim.loader.reader import Reader
from sim.loader.record import Finder, Record
from sim.loader.references import check_cancels, check_corrects, check_link, report_circles
from sim.loader.shape import SECTIONS, flat_keys
from sim.loader.units import read_unit
from sim.loader.written import Written

T = TypeVar("T", Unit, Order, Claim)
M = TypeVar("M", Window, Part, Transit)

_MOVEMENT: Final = ("depart", "arrive", "transit")
_TESTS: Final = ("count", "never", "separate", "closed", "noted")
_KINDS: Final = tuple(kind.value for kind in Kind)
_INSTEAD: Final = (
    (_KINDS, _KINDS),
    (("parts",), _MOVEMENT),
    (_MOVEMENT, ("parts",)),
    (_TESTS, (*_TESTS, "is", "at", "by")),
    ((*_TESTS, "is", "at", "by"), ("disputed",)),
)
"""Where one of the first keys is given, the second, which belong to what it replaces, are not kept."""
_MOVING: Final = tuple(action.value for action in Action if action in MOVES)
_GOES_WITH: Final = (
    (("to",), (Action.DEPLOY.value,)),
    ((*_MOVEMENT, "parts", *CARRIED), _MOVING),
    (("cancels",), (Action.CANCEL.value,)),
)
"""Keys, and the actions that take them: where another action is given, they are not kept."""


class Overlay:
    """A record with the keys that another gives anew. `sound` is whether what lies below could be read."""

    def __init__(self, below: Record, above: Record, section: str, sound: bool) -> None:
        shape = SECTIONS[section].keys
        self._above = above
        self._sound = sound
        given = {name for name in shape if above.has(name)}
        replaced = {name for ours, theirs in _INSTEAD if given.intersection(ours) for name in theirs}
        if "action" in given:
            action = above.texts.get("action", "").strip()
            replaced.update(name for names, actions in _GOES_WITH if action not in actions for name in names)
        # A claim stays its source's; what units and orders rest on is told apart when they have been read.
        mine = given - {"source"} if section == "claims" else given | {"sources", "because"}
        self._owners: dict[str, Record] = {}
        for name, field in shape.items():
            if name != "amends" and (name in mine or name not in replaced):
                for key in flat_keys(name, field):
                    owner = above if name in mine else _owner(below, key)
                    if owner is not None:
                        self._owners[key] = owner
        self.texts = {key: owner.texts[key] for key, owner in self._owners.items() if key in owner.texts}

    def many(self, key: str) -> tuple[str, ...]:
        return self._owners[key].many(key) if key in self._owners else ()

    def records(self, key: str) -> Sequence[Record]:
        kept = key in self._owners and (self._sound or self._owners[key] is self._above)
        return self._owners[key].records(key) if kept else ()

    def has(self, key: str) -> bool:
        return key in self._owners and self._owners[key].has(key)

    def changes(self, key: str) -> bool:
        """Whether `key` is given anew."""
        return self._owners.get(key) is self._above and self._above.has(key)

    def report(self, fault: Fault, key: str = "", index: int = 0, /, **words: Word) -> None:
        """Note a fault above: what lies below was read by itself, and what is wrong with it is noted there."""
        if self.changes(key):
            self._above.report(fault, key, index, **words)
        elif self._sound:
            self._above.report(fault, "", 0, **words)


def _owner(record: Record, key: str) -> Record | None:
    """Whose a key of a record is: of many overlays, that of the one that gives it; None where it is nobody's."""
    return record._owners.get(key) if isinstance(record, Overlay) else record


@frozen
class Amended:
    """Finds the entries of a section as they are once amended."""

    entries: Finder
    overlays: Mapping[str, Overlay]

    def find(self, id: str) -> Record:
        return self.overlays.get(id) or self.entries.find(id)


class Amending:
    """Reads what amends the entries of a scenario, by means of the `sources` that say so."""

    def __init__(self, reader: Reader, sources: Mapping[str, Source], carriages: CarriageReader) -> None:
        self._reader = reader
        self._sources = sources
        self._dates = Dates(sources)
        self._carriages = carriages
        self._misread: set[tuple[str, str]] = set()  # the section and id of what something is wrong with once amended

    def read(self, units: Written[Unit], orders: Written[Order], claims: Written[Claim]) -> tuple[Amendment, ...]:
        """The amendments in the order in which they apply: all that can be read."""
        if not units.amending and not orders.amending and not claims.amending:
            return ()
        reader = self._reader
        of_units, _ = self._section(
            "units", units, lambda id, record, _: read_unit(reader, id, record), _regrounded_unit
        )
        now = _Units(self._dates, units.values, of_units)
        read_order = OrderReader(reader, now.roster, self._carriages).read

        def read_amended(id: str, record: Record, minute: int | None) -> Order:
            now.reach(minute)
            return read_order(id, record)

        of_orders, found_orders = self._section("orders", orders, read_amended, _regrounded_order)
        of_claims, found_claims = self._section(
            "claims", claims, lambda id, record, _: read_claim(reader, id, record), lambda _, claim, __: claim
        )
        amendments = in_turn(self._sources, (*of_units, *of_orders, *of_claims))
        self._check_parts(units, orders, amendments)
        self._check_held(units, orders, amendments)
        if not reader.problems.count:  # what is wrong without the amendments is noted without them
            amended = _in_force(units, of_units)
            closing = circles(self._sources, units.values, of_units)
            report_circles((units.amending[amendment.id], circle) for amendment, circle in closing)
            check_cancels(reader, found_orders, _in_force(orders, of_orders), amended)
            correcting = _correcting(claims.values, of_claims)
            check_corrects(reader, found_claims, _in_force(claims, of_claims), self._sources, correcting)
        return amendments

    def _section(
        self,
        section: str,
        written: Written[T],
        read: Callable[[str, Record, int | None], T | None],
        regrounded: Callable[[T, T, Overlay], T],
    ) -> tuple[list[Amendment], Finder]:
        """The amendments of a section, in turn, and what finds the amended entries.

        `read` reads an entry as it is from a minute on, None for always; `regrounded` says of one that was amended what
        it then rests on.
        """
        amendments: list[Amendment] = []
        overlays: dict[str, Overlay] = {}
        latest = dict(written.found)
        noted = self._reader.problems.count
        below = _amended_records(written)
        self._reader.problems.forget(noted)  # what is wrong with them was noted when they were read first
        for minute, id, record in self._in_turn(section, written):
            target = record.texts["amends"]
            first, before = written.found[target], latest[target]
            if first is None or before is None or target not in below:
                continue
            own = _sources_of(first)
            if all(source in self._sources for source in own) and lies_before(minute, self._dates.first_of(own)):
                record.report(AMENDS_EARLIER, "amends", id=id, other=target)
            overlay = Overlay(overlays.get(target) or below[target], record, section, target not in written.faulty)
            overlays[target] = overlay
            noted = self._reader.problems.count
            after = read(target, overlay, minute)
            if after is not None:
                _check_kind(id, record, before, after)
            if self._reader.problems.count != noted:
                self._misread.add((section, target))
            if after is not None:
                latest[target] = amended = regrounded(before, after, overlay)
                amendments.append(Amendment(id, _amending_sources(section, record), amended))
        return amendments, Amended(written.entries, overlays)

    def _in_turn(self, section: str, written: Written[T]) -> list[tuple[int | None, str, Record]]:
        """The amending entries in the order in which they apply, each with the minute from which it does.

        Those that name no entry or no source are noted, and left out.
        """
        found = []
        for id, record in written.amending.items():
            named = _amending_sources(section, record)
            check_link(self._reader, section, record.texts.get("amends", ""), record)
            entry, sources = self._names_entry(section, written, id, record), self._names_sources(section, id, record)
            if entry and sources and all(source in self._sources for source in named):
                minute = self._dates.first_of(named)
                found.append((turn(minute, id), minute, id, record))
        return [(minute, id, record) for _, minute, id, record in sorted(found, key=itemgetter(0))]

    def _names_entry(self, section: str, written: Written[T], id: str, record: Record) -> bool:
        target = record.texts.get("amends", "")
        if target in written.amending:
            record.report(AMENDS_AMENDMENT, "amends", id=id, other=target)
        elif target in written.found:
            return True
        elif "amends" in record.texts and written.entries.complete:
            self._reader.refuse_reference(record, "amends", 0, target, section)
        return False

    def _names_sources(self, section: str, id: str, record: Record) -> bool:
        key = "source" if section == "claims" else "sources"
        self._reader.require(record, key, f"the amendment '{id}'", f"Add `{key}`: who reports the change.")
        if section == "claims":
            self._reader.reference(record, key, "sources")
        else:
            self._reader.references(record, key, "sources")
        return record.has(key)

    def _check_parts(self, units: Written[Unit], orders: Written[Order], amendments: Sequence[Amendment]) -> None:
        """Note where a unit's amended strength is not that of the parts in which an order moves it, or where it becomes
        part of a unit that an order moves in parts.
        """
        for amendment, order in misfits(self._sources, units.values, orders.values, amendments):
            unit, read = amendment.entry, order.id not in orders.faulty and ("orders", order.id) not in self._misread
            if isinstance(unit, Unit) and read:
                found, strength = sum(part.strength for part in order.parts), f"{unit.strength:,}"
                record = units.amending[amendment.id]
                record.report(UNIT_IN_PARTS, order=order.id, unit=unit.id, strength=strength, found=f"{found:,}")
        for amendment, order in wholes_divided(self._sources, units.values, orders.values, amendments):
            if isinstance(amendment.entry, Unit):  # of an order that is amended, it was noted when that was read
                units.amending[amendment.id].report(PARTS_OF_A_WHOLE, "part_of", unit=order.units[0])

    def _check_held(self, units: Written[Unit], orders: Written[Order], amendments: Sequence[Amendment]) -> None:
        """Note where a unit that an order moves by lift becomes one that the lift cannot take, or part of one."""
        lift = self._carriages.lift
        for found in left_behind(self._sources, units.values, orders.values, lift, amendments):
            order, unit, amended = found.order.id, found.unit, found.amendment.entry
            if not isinstance(amended, Unit) or ("units", amended.id) in self._misread:
                continue  # of an amended order, it was noted when that was read
            record = units.amending[found.amendment.id]
            match found.why:
                case NotHeld(by):
                    record.report(UNIT_NOT_HELD, "part_of", unit=unit.id, kind=unit.kind, order=order, lift=by)
                case NotLoaded(kind):
                    words = {"unit": unit.id, "kind": kind, "order": order, "found": unit.kind}
                    record.report(UNIT_NOT_LOADED, "part_of", **words)
                case TooMany(loads):
                    key = unit.kind if record.has(unit.kind) else "part_of"
                    record.report(TOO_MANY_LOADS, key, id=order, unit=unit.id, found=f"{loads:,}")
                case _:
                    assert_never(found.why)


class _Units:
    """The units as they are known from a minute on: `roster` has them so, once that minute is reached."""

    def __init__(self, dates: Dates, units: Mapping[str, Unit], amendments: Sequence[Amendment]) -> None:
        self._minutes = [dates.first_of(amendment.sources) for amendment in amendments]
        self._amendments = amendments
        self._taken = 0
        self.roster = Roster(units)

    def reach(self, minute: int | None) -> None:
        """Let apply what amends units by a minute, which must not lie before the last one reached."""
        while self._taken < len(self._amendments) and not lies_before(minute, self._minutes[self._taken]):
            entry = self._amendments[self._taken].entry
            assert isinstance(entry, Unit), "only units are amended here"
            self.roster.amend(entry)
            self._taken += 1


def _in_force(written: Written[T], amendments: Sequence[Amendment]) -> dict[str, T]:
    """The entries of a section as all its amendments have them."""
    return {**written.values, **{amendment.entry.id: cast(T, amendment.entry) for amendment in amendments}}


def _correcting(claims: Mapping[str, Claim], amendments: Sequence[Amendment]) -> dict[str, str]:
    """For each claim that corrects another only since it was amended, by which source it was."""
    now = {claim.id: claim.corrects for claim in claims.values()}
    found: dict[str, str] = {}
    for amendment in amendments:
        if isinstance(amendment.entry, Claim) and amendment.entry.corrects != now[amendment.entry.id]:
            now[amendment.entry.id] = amendment.entry.corrects
            found[amendment.entry.id] = amendment.sources[0]
    return found


def _amending_sources(section: str, record: Record) -> tuple[str, ...]:
    """Whose word an amendment is, in byte order."""
    if section == "claims":
        source = record.texts.get("source")
        return () if source is None else (source,)
    return tuple(sorted(set(record.many("sources"))))


def _amended_records(written: Written[T]) -> dict[str, Record]:
    """The records of the entries that are amended: those of a table are read once more, for it keeps none."""
    wanted = {record.texts.get("amends", "") for record in written.amending.values()} & written.found.keys()
    return {id: record for id, record in written.entries if id in wanted and record is not None} if wanted else {}


def _sources_of(entry: Unit | Order | Claim) -> tuple[str, ...]:
    return (entry.source,) if isinstance(entry, Claim) else entry.grounds.sources


def _check_kind(id: str, record: Record, before: Unit | Order | Claim, after: Unit | Order | Claim) -> None:
    """Note where a unit is to be of another kind of strength than it was."""
    if isinstance(before, Unit) and isinstance(after, Unit) and after.kind is not before.kind:
        kind, other = before.kind.value, after.kind.value
        record.report(AMENDS_KIND, other, id=id, unit=before.id, key=kind, other=other)


def _regrounded_unit(before: Unit, after: Unit, overlay: Overlay) -> Unit:
    """An amended unit: it rests on the amendment's sources alone where its strength changed, else on all of them."""
    changed = any(overlay.changes(kind) for kind in _KINDS)
    return after if changed else evolve(after, grounds=_joined(before.grounds, after.grounds))


def _regrounded_order(before: Order, after: Order, overlay: Overlay) -> Order:
    """An amended order: what was changed rests on the amendment's sources, all else on what it did before."""

    def own(key: str, kept: Grounds) -> Grounds:
        """What a key rests on: the amendment where it is given anew, else what it rested on."""
        if overlay.changes(key):
            return after.grounds
        return kept if kept.stated else before.grounds

    during = NO_GROUNDS if before.transit is None else before.transit.grounds
    parts = (*(part.grounds for part in before.parts), *[NO_GROUNDS] * len(after.parts))
    return evolve(
        after,
        depart=after.depart
        if after.depart == ANY_TIME
        else _resting(after.depart, own("depart", before.depart.grounds)),
        arrive=after.arrive
        if after.arrive == ANY_TIME
        else _resting(after.arrive, own("arrive", before.arrive.grounds)),
        transit=None if after.transit is None else _resting(after.transit, own("transit", during)),
        parts=tuple(_resting(part, own("parts", rested)) for part, rested in zip(after.parts, parts, strict=False)),
        grounds=_joined(before.grounds, after.grounds),
    )


def _resting(moved: M, grounds: Grounds) -> M:
    """A window, transit or part with grounds where it has none of its own."""
    return moved if moved.grounds.stated else evolve(moved, grounds=grounds)


def _joined(before: Grounds, after: Grounds) -> Grounds:
    return Grounds(tuple(sorted({*before.sources, *after.sources})), after.because or before.because)
