"""Patterns: the payloads of the seven events that runs are made of, to the byte as this program writes them.

One regular expression takes such a payload apart and proves its form, in a third of the time of JSON and a check of
each value. What does not match may still be legal, written by another program or in another order: that is for
`decode_strictly` to say.
"""

import re
from collections.abc import Callable, Mapping

from sim.domain.event import (
    Cause,
    Event,
    LoadReady,
    LoadWaited,
    ReadinessChanged,
    UnitArrived,
    UnitClosed,
    UnitDeparted,
    UnitMustered,
)
from sim.domain.vocabulary import Basis, Readiness

_readiness_by_word = {word.value: word for word in Readiness}
_basis_by_word = {word.value: word for word in Basis}
_cause_by_word = {word.value: word for word in Cause}

_ID = '"([a-z0-9][a-z0-9-]*)"'
_COUNT = "(0|[1-9][0-9]{0,17})"  # of the numbers with a digit more, some are no counts
_READINESS = f'"({"|".join(_readiness_by_word)})"'
_NUMBER = "([1-9][0-9]{0,17})"
_CAUSE = f'"({"|".join(_cause_by_word)})"'
_BASIS = f'"({"|".join(_basis_by_word)})"'


def _object(**values: str) -> Callable[[str], "re.Match[str] | None"]:
    """What matches an object with these keys in this order; a key that is a word of Python ends in `_`."""
    members = ",".join(f'"{key.rstrip("_")}":{value}' for key, value in values.items())
    return re.compile(rf"\{{{members}\}}").fullmatch


_mustered = _object(unit=_ID, place=_ID, readiness=_READINESS, strength=_COUNT)
_changed = _object(unit=_ID, place=_ID, strength=_COUNT, from_=_READINESS, to=_READINESS, order=_ID)
_departed = _object(unit=_ID, strength=_COUNT, from_=_ID, to=_ID, readiness=_READINESS, basis=_BASIS, order=_ID)
_arrived = _object(unit=_ID, strength=_COUNT, place=_ID, readiness=_READINESS, basis=_BASIS, order=_ID)
_closed = _object(unit=_ID, place=_ID, order=_ID)
_ready = _object(unit=_ID, load=_NUMBER, strength=_COUNT, place=_ID, order=_ID)
_waited = _object(unit=_ID, load=_NUMBER, cause=_CAUSE, minutes=_NUMBER, place=_ID, order=_ID)


def _unit_mustered(at: int, payload: str) -> Event | None:
    if (found := _mustered(payload)) is None:
        return None
    unit, place, readiness, strength = found.groups()
    return UnitMustered(at, unit, place, _readiness_by_word[readiness], int(strength))


def _readiness_changed(at: int, payload: str) -> Event | None:
    if (found := _changed(payload)) is None:
        return None
    unit, place, strength, before, after, order = found.groups()
    return ReadinessChanged(
        at, unit, place, int(strength), _readiness_by_word[before], _readiness_by_word[after], order
    )


def _unit_departed(at: int, payload: str) -> Event | None:
    if (found := _departed(payload)) is None:
        return None
    unit, strength, origin, destination, readiness, basis, order = found.groups()
    return UnitDeparted(
        at, unit, int(strength), origin, destination, _readiness_by_word[readiness], _basis_by_word[basis], order
    )


def _unit_arrived(at: int, payload: str) -> Event | None:
    if (found := _arrived(payload)) is None:
        return None
    unit, strength, place, readiness, basis, order = found.groups()
    return UnitArrived(at, unit, int(strength), place, _readiness_by_word[readiness], _basis_by_word[basis], order)


def _unit_closed(at: int, payload: str) -> Event | None:
    if (found := _closed(payload)) is None:
        return None
    unit, place, order = found.groups()
    return UnitClosed(at, unit, place, order)


def _load_ready(at: int, payload: str) -> Event | None:
    if (found := _ready(payload)) is None:
        return None
    unit, load, strength, place, order = found.groups()
    return LoadReady(at, unit, int(load), int(strength), place, order)


def _load_waited(at: int, payload: str) -> Event | None:
    if (found := _waited(payload)) is None:
        return None
    unit, load, cause, minutes, place, order = found.groups()
    return LoadWaited(at, unit, int(load), _cause_by_word[cause], int(minutes), place, order)


PATTERNS: Mapping[str, Callable[[int, str], Event | None]] = {
    "unit-mustered.1": _unit_mustered,
    "readiness-changed.1": _readiness_changed,
    "unit-departed.1": _unit_departed,
    "unit-arrived.1": _unit_arrived,
    "unit-closed.1": _unit_closed,
    "load-ready.1": _load_ready,
    "load-waited.1": _load_waited,
}
"""By type, what makes the event of a minute and a payload; None for a payload that is not of the usual bytes."""
