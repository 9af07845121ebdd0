"""Lift: reading what moves units, where it loads and unloads, and what changes of either."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from sim.domain.calendar import MINUTES_A_DAY, Edge
from sim.domain.lift import Change, Hours, Lift, Mode, Port, Speed
from sim.domain.place import UNSTATED, Place
from sim.domain.variate import Fixed, Variate
from sim.domain.vocabulary import Kind
from sim.loader.faults import (
    BAD_FIGURE,
    BAD_HOURS,
    CHANGED_TWICE,
    CHANGES_ONE,
    HOLDS_NOTHING,
    NO_COORDINATES,
    NO_SPEED,
    NO_VALUE,
    PORTS_AT_ONE_PLACE,
    RESTS_TWICE,
    SEATS_TWICE,
    STRAY_KEY,
    TWO_SPEEDS,
)
from sim.loader.reader import Reader
from sim.loader.record import Finder, Record
from sim.loader.units import require_grounds
from sim.loader.variates import A_DAY, COUNT, FIGURES, HOURS, SOME, SPEEDS, TONS, is_written, number, read_variate

MODES: Final = {mode.value: mode for mode in Mode}

DETOURS: Final = {Mode.AIR: 1.0, Mode.ROAD: 1.3, Mode.RAIL: 1.3, Mode.SEA: 1.0}
"""How much longer than the great circle a way is where nothing is said of it, by mode.

Of motorway networks 1.3 is typical (Wang, Bette, Schreckenberg and Guhr 2024, npj Complexity 1, 22, arXiv:2406.06490).
For rail it is taken from there, for want of better; how far ships go round the land no factor tells: it has to be said.
"""

_OPEN: Final = re.compile(r"(\d\d):(\d\d)\s*[-\u2013]\s*(\d\d):(\d\d)", re.ASCII)
_STATED: Final = "Name a place that has `lat` and `lon`."
_AMOUNTS: Final = {"port": "spots", "lift": "vehicles"}


def read_lift(reader: Reader, places: Mapping[str, Place], id: str, record: Record) -> Lift | None:
    """A lift; None where what it cannot do without is missing or cannot be read."""
    owner = f"the lift '{id}'"
    for key, hint in (
        ("mode", f"Add one of {', '.join(MODES)}."),
        ("vehicles", "Add `vehicles: how many`."),
        ("base", "Add `base: the place they start from`."),
    ):
        reader.require(record, key, owner, hint)
    grounds = reader.grounds(record)
    require_grounds(record, grounds, owner)
    mode = reader.word(record, "mode", MODES)
    vehicles = read_variate(record, "vehicles", COUNT)
    noted = reader.problems.count
    holds = _holds(record, id)
    unread = reader.problems.count > noted  # what it holds is not known: nothing is to be asked of it later
    speed = _speed(record, id)
    base = located(reader, places, record, "base", 0, record.texts.get("base"))
    tons = read_variate(record, "tons", TONS)
    ground = read_variate(record, "ground_hours", HOURS) or Fixed(0.0)
    hours = read_variate(record, "hours_per_day", A_DAY)
    detour = _detour(record)
    if unread or mode is None or vehicles is None or speed is None or base is None:
        return None
    return Lift(
        id, mode, vehicles, holds, speed, ground, base, tons, hours, detour or DETOURS[mode], grounds, _unit(record)
    )


def _holds(record: Record, id: str) -> tuple[tuple[Kind, Variate], ...]:
    """What one vehicle holds of each kind, in the order of the kinds."""
    told = any(record.has(f"loads_of_{kind}") for kind in Kind)
    if record.has("seats") and is_written(record, "loads_of_troops"):
        record.report(SEATS_TWICE, "loads_of_troops", id=id)
    elif not record.has("seats") and not told:
        record.report(HOLDS_NOTHING, "loads_of", id=id)
    elif record.has("loads_of") and not told:
        record.report(NO_VALUE, "loads_of", key="loads_of")
    seats = read_variate(record, "seats", SOME)
    found = {kind: read_variate(record, f"loads_of_{kind}", SOME) for kind in Kind}
    found[Kind.TROOPS] = found[Kind.TROOPS] or seats
    return tuple((kind, many) for kind, many in found.items() if many is not None)


def _speed(record: Record, id: str) -> Variate | None:
    """In kilometres an hour."""
    written = [key for key in SPEEDS if record.has(key)]
    if not written:
        record.report(NO_SPEED, id=id, keys=tuple(SPEEDS))
        return None
    for other in written[1:]:
        record.report(TWO_SPEEDS, other, id=id, key=written[0], other=other)
    if "km_per_day" in written and record.has("hours_per_day"):
        record.report(RESTS_TWICE, "hours_per_day")
    return read_variate(record, written[0], SPEEDS[written[0]])


def _unit(record: Record) -> Speed:
    """The unit that its speed is written in."""
    return next((Speed(key) for key in SPEEDS if record.has(key)), Speed.KMH)


def _detour(record: Record) -> float | None:
    text = record.texts.get("detour")
    if text is None:
        return None
    value = number(text)
    if value is None or value < 1:
        record.report(BAD_FIGURE, "detour", text=text, key="detour", expected=(f"a number from 1 {FIGURES}",))
        return None
    return float(value)


def located(
    reader: Reader, places: Mapping[str, Place], record: Record, key: str, index: int, place: str | None
) -> str | None:
    """A place whose coordinates are known, which the `index`-th value of `key` names; None for another, which is noted.

    One that could not be read itself is passed over: what is wrong with it is noted there.
    """
    if place is None:
        return None
    if place == UNSTATED:
        record.report(NO_COORDINATES, key, index, place=place, hint=_STATED)
        return None
    if not reader.is_known(place, "places", defined=True):
        reader.refuse_reference(record, key, index, place, "places")
        return None
    if (found := places.get(place)) is not None and (found.lat is None or found.lon is None):
        record.report(NO_COORDINATES, key, index, place=place, hint="Add its `lat` and `lon`, or name another place.")
        return None
    return place


def read_port(reader: Reader, id: str, record: Record) -> Port | None:
    """A port; None where what it cannot do without is missing or cannot be read."""
    owner = f"the port '{id}'"
    reader.require(record, "place", owner, "Add `place: where it is`.")
    reader.require(record, "spots", owner, "Add `spots: how many vehicles at a time`.")
    grounds = reader.grounds(record)
    require_grounds(record, grounds, owner)
    place = record.texts.get("place")
    if place == UNSTATED:
        record.report(NO_COORDINATES, "place", place=place, hint=_STATED)
    elif place is not None and not reader.is_known(place, "places", defined=True):
        reader.refuse_reference(record, "place", 0, place, "places")
    spots = read_variate(record, "spots", COUNT)
    ground = read_variate(record, "ground_hours", HOURS)
    hours = _hours(record)
    if place is None or spots is None:
        return None
    return Port(id, place, spots, ground, hours, grounds)


def _hours(record: Record) -> Hours | None:
    text = record.texts.get("open")
    if text is None:
        return None
    if match := _OPEN.fullmatch(text.strip()):
        hours, minutes = (int(match[1]), int(match[3])), (int(match[2]), int(match[4]))
        opens, closes = (hour * 60 + minute for hour, minute in zip(hours, minutes, strict=True))
        if max(minutes) < 60 and opens < MINUTES_A_DAY and closes <= MINUTES_A_DAY:
            return Hours(opens, closes % MINUTES_A_DAY)
    record.report(BAD_HOURS, "open", text=text)
    return None


def check_ports(entries: Finder, ports: Mapping[str, Port]) -> None:
    """No two ports are at one place: a vehicle would not know which of them to use."""
    first: dict[str, str] = {}
    for port in ports.values():
        if port.place != UNSTATED and (other := first.setdefault(port.place, port.id)) != port.id:
            entries.find(port.id).report(PORTS_AT_ONE_PLACE, "place", id=port.id, other=other, place=port.place)


def read_capacity(reader: Reader, records: Sequence[Record]) -> tuple[Change, ...]:
    """What changes, in order of time, then as it is listed: all that can be read."""
    found: dict[tuple[int, str | None, str | None], Change] = {}
    for place, record in enumerate(records, start=1):
        change = _change(reader, place, record)
        if change is None:
            continue
        first = found.setdefault((change.at, change.lift, change.port), change)
        if first is not change:
            record.report(CHANGED_TWICE, "at", id=change.lift or change.port or "", first=first.id)
    return tuple(sorted(found.values(), key=lambda change: change.at))


def _change(reader: Reader, number: int, record: Record) -> Change | None:
    owner = "a change of capacity"
    reader.require(record, "at", owner, "Add `at: from when on`.")
    grounds = reader.grounds(record)
    require_grounds(record, grounds, owner)
    at = reader.minute(record, "at", Edge.FIRST)
    port, lift = reader.reference(record, "port", "ports"), reader.reference(record, "lift", "lift")
    named = [key for key in _AMOUNTS if record.has(key)]
    if len(named) != 1:
        record.report(CHANGES_ONE, named[-1] if named else "", found="both" if named else "none")
        return None
    for key, amount in _AMOUNTS.items():
        if key == named[0]:
            reader.require(record, amount, owner, f"Add `{amount}: how many from then on`.")
        elif record.has(amount):
            record.report(STRAY_KEY, amount, key=amount, kind=key)
    many = read_variate(record, _AMOUNTS[named[0]], COUNT)
    return None if at is None or many is None else Change(str(number), at, lift, port, many, grounds)
