"""Carriages: reading how an order goes by lift, and whether it can."""

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import Final

from attrs import frozen

from sim.domain.boarding import Room, TooMany
from sim.domain.lift import Carriage, Lift
from sim.domain.place import UNSTATED, Place, chain
from sim.domain.unit import Unit
from sim.domain.variate import Variate, median
from sim.domain.vocabulary import Action, Kind
from sim.loader.faults import (
    BAD_FIGURE,
    ENDS_ELSEWHERE,
    LOAD_OF_ANOTHER,
    LOAD_TOO_LARGE,
    NEEDS_ROUTE,
    NOT_HELD,
    ONE_LOAD,
    STANDS_STILL,
    STRAY_KEY,
    TOO_MANY_LOADS,
    WRONG_ROUTE,
)
from sim.loader.lifts import located
from sim.loader.reader import Reader
from sim.loader.record import Record
from sim.loader.variates import DURATION, SOME, TONS, is_written, read_variate

CARRIED: Final = ("lift", "route", "notice", "priority", "load")
"""The keys of an order that say how it goes by lift."""

_PRIORITY: Final = re.compile(r"-?\d{1,9}", re.ASCII)


@frozen
class CarriageReader:
    """Reads carriages; `places` and `lift` are those the scenario defines, without those that could not be read."""

    reader: Reader
    places: Mapping[str, Place]
    lift: Mapping[str, Lift]

    def read(self, id: str, record: Record, action: Action, to: str | None, units: Sequence[Unit]) -> Carriage | None:
        """How an order, which moves `units`, their parts included, to a place goes; None where that is not told.

        None, too, where it cannot be read; the fault is noted.
        """
        if not record.has("lift"):
            for key in CARRIED:
                if record.has(key):
                    record.report(STRAY_KEY, key, key=key, kind="lift")
            return None
        noted = self.reader.problems.count
        named = self._named(record)
        ends = {unit.id: (unit.origin if action is Action.RETURN else to) for unit in units}
        route = self._route(id, record, action, to, units)
        self._check_ends(record, route, ends)
        lifts = named * (len(route) - 1) if len(named) == 1 else named
        if (named and route and len(route) != len(lifts) + 1) or len(route) == 1:
            expected, found = (str(len(lifts) + 1) if len(lifts) > 1 else "at least 2"), str(len(route))
            record.report(WRONG_ROUTE, "route" if record.has("route") else "lift", expected=expected, found=found)
        self._check_held(record, named, units)
        load, tons = self._load(record, named, units)
        carriage = Carriage(lifts, route, read_variate(record, "notice", DURATION), self._priority(record), load, tons)
        room = Room(carriage, None, self.lift)
        for unit in units:
            for why in room.refuses(unit):
                if isinstance(why, TooMany):
                    record.report(TOO_MANY_LOADS, "lift", id=id, unit=unit.id, found=f"{why.loads:,}")
        return carriage if self.reader.problems.count == noted else None

    def _named(self, record: Record) -> tuple[str, ...]:
        """The lift as it is written: one may stand there more than once."""
        named = record.many("lift")
        for index, lift in enumerate(named):
            if not self.reader.is_known(lift, "lift"):
                self.reader.refuse_reference(record, "lift", index, lift, "lift")
        return named

    def _route(self, id: str, record: Record, action: Action, to: str | None, units: Sequence[Unit]) -> tuple[str, ...]:
        """The places of the route; none where they cannot be told."""
        if record.has("route"):
            stops = record.many("route")
            for index, stop in enumerate(stops):
                located(self.reader, self.places, record, "route", index, stop)
            for index, (one, other) in enumerate(pairwise(stops), start=1):
                if one == other:
                    record.report(STANDS_STILL, "route", index, place=one)
            return stops
        starts = {unit.place for unit in units}
        if not units:
            return ()
        end = to if action is Action.DEPLOY else next(iter(units)).origin
        if end is None:
            return ()
        start = next(iter(starts))
        reason = _unclear(action, starts, end)
        if not reason:
            key = "to" if action is Action.DEPLOY else "lift"
            for stop in (start, end):
                if self.reader.is_known(stop, "places"):  # of another, it is noted where it is named
                    located(self.reader, self.places, record, key if stop == end else "lift", 0, stop)
            return start, end
        record.report(NEEDS_ROUTE, "lift", id=id, reason=(reason,))
        return ()

    def _check_ends(self, record: Record, route: Sequence[str], ends: Mapping[str, str | None]) -> None:
        for unit, end in ends.items():
            if route and route[-1] in self.places and end is not None and end not in chain(self.places, route[-1]):
                key = "route" if record.has("route") else "lift"
                index = len(route) - 1 if key == "route" else 0
                record.report(ENDS_ELSEWHERE, key, index, place=route[-1], unit=unit, to=end)
                return

    def _check_held(self, record: Record, named: Sequence[str], units: Sequence[Unit]) -> None:
        """All lift holds something of each unit."""
        for index, lift in enumerate(named):
            held = dict(self.lift[lift].holds) if lift in self.lift else None
            for unit in units:
                if held is not None and unit.kind not in held:
                    record.report(NOT_HELD, "lift", index, lift=lift, kind=unit.kind, unit=unit.id)
                    break

    def _load(
        self, record: Record, named: Sequence[str], units: Sequence[Unit]
    ) -> tuple[Variate | None, Variate | None]:
        """How much of a unit goes in one vehicle, and what that weighs."""
        if not record.has("load"):
            return None, None
        written = [kind for kind in Kind if record.has(f"load_{kind}")]
        if len(written) == len(Kind) and not any(is_written(record, f"load_{kind}") for kind in Kind):
            return None, None  # it could not be read, and that is noted
        if len(written) != 1:
            record.report(ONE_LOAD, f"load_{written[1]}" if written else "load", found=str(len(written) or "none"))
            return None, None
        (kind,) = written
        other = next((unit for unit in units if unit.kind is not kind), None)
        if other is not None:
            record.report(LOAD_OF_ANOTHER, f"load_{kind}", kind=kind, unit=other.id, expected=other.kind)
        load, tons = read_variate(record, f"load_{kind}", SOME), read_variate(record, "load_tons", TONS)
        for lift in dict.fromkeys(named):
            if lift in self.lift:
                room = dict(self.lift[lift].holds).get(kind)
                self._check_room(record, lift, f"load_{kind}", load, room, kind)
                self._check_room(record, lift, "load_tons", tons, self.lift[lift].tons, "tons")
        return load, tons

    def _check_room(
        self, record: Record, lift: str, key: str, load: Variate | None, room: Variate | None, what: str
    ) -> None:
        """A load is no more than a vehicle takes, by their central values."""
        if load is not None and room is not None and median(load) > median(room):
            expected, found = (f"at most {median(room):,.12g} {what}", f"{median(load):,.12g}")
            record.report(LOAD_TOO_LARGE, key, lift=lift, expected=expected, found=found)

    def _priority(self, record: Record) -> int:
        text = record.texts.get("priority")
        if text is None:
            return 0
        if not _PRIORITY.fullmatch(text):
            expected = "a whole number of at most 9 digits, such as 1 or -1"
            record.report(BAD_FIGURE, "priority", text=text, key="priority", expected=(expected,))
            return 0
        return int(text)


def _unclear(action: Action, starts: Collection[str], end: str) -> str:
    """Why no route follows from where units start and where they go; empty where one does."""
    if len(starts) > 1:
        return "its units stand at several places"
    if end in starts:
        return (
            "at the start its units stand where they return to"
            if action is Action.RETURN
            else "it begins where it ends"
        )
    return "one of its ends is not stated" if UNSTATED in {*starts, end} else ""
