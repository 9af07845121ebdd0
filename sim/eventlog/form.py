"""Forms: what a payload must look like, checked before anything is made of it.

A check takes a value as JSON gives it and the name of its place; it returns what is to be made of the value, or raises
PayloadError.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

from sim.domain.calendar import MINUTES_A_DAY, Calendar, TimeError, parse_utc, zone
from sim.domain.claim import When
from sim.domain.lift import Mode, Speed
from sim.domain.quantity import QuantityError, format_percent, parse_percent
from sim.domain.vocabulary import Action, Basis, Kind, Readiness

COUNT_MAX = 2**63 - 1
"""Far above any army, and what a column of a book holds."""

MINUTES_MAX = 10_000 * 366 * 1440
"""More than the calendar has, before or after any start."""

T = TypeVar("T")
Check = Callable[[Any, str], T]


class PayloadError(ValueError):
    """A payload that is not of its type's form. The message says why."""


def text(value: Any, where: str) -> str:
    """Any text that UTF-8 can hold: half a surrogate pair is no text."""
    if type(value) is not str:
        raise _wrong(value, where, "text")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise PayloadError(f"'{where}' holds half a surrogate pair, which is no character") from error
    return value


_is_id = re.compile(r"[a-z0-9][a-z0-9-]*", re.ASCII).fullmatch


def ident(value: Any, where: str) -> str:
    if type(value) is not str or not _is_id(value):
        raise _wrong(value, where, "an id")
    return value


def count(value: Any, where: str) -> int:
    if type(value) is not int or not 0 <= value <= COUNT_MAX:
        raise _wrong(value, where, "a whole number from 0 up")
    return value


def number(value: Any, where: str) -> int:
    if type(value) is not int or not 1 <= value <= COUNT_MAX:
        raise _wrong(value, where, "a whole number from 1 up")
    return value


def minute(value: Any, where: str) -> int:
    if type(value) is not int or abs(value) > MINUTES_MAX:
        raise _wrong(value, where, "a minute that the calendar has")
    return value


def whole(value: Any, where: str) -> int:
    """Any whole number: a seed."""
    if type(value) is not int:
        raise _wrong(value, where, "a whole number")
    return value


def degrees(limit: int) -> Check[float]:
    def check(value: Any, where: str) -> float:
        if type(value) not in (int, float) or not -limit <= value <= limit:
            raise _wrong(value, where, f"a number of degrees from -{limit} to {limit}")
        return float(value)

    return check


FIGURE_MAX = 10**15
"""Above any count, speed or duration of a variate; up to it, a fraction keeps its first digits."""


def figure(value: Any, where: str) -> float:
    """A number of a variate: whole or not, from 0 up."""
    if type(value) not in (int, float) or not 0 <= value <= FIGURE_MAX:
        raise _wrong(value, where, "a number from 0 up")
    found: float = value
    return found


def priority(value: Any, where: str) -> int:
    """A priority; 0 is what is left out."""
    if type(value) is not int or not 0 < abs(value) <= FIGURE_MAX:
        raise _wrong(value, where, "a whole number other than 0")
    return value


def detour(value: Any, where: str) -> float:
    found = figure(value, where)
    if found < 1:
        raise _wrong(value, where, "a number from 1 up")
    return found


def clock(value: Any, where: str) -> int:
    """A minute of a day."""
    if type(value) is not int or not 0 <= value < MINUTES_A_DAY:
        raise _wrong(value, where, "a minute of a day")
    return value


W = TypeVar("W", bound=StrEnum)


def word(words: type[W]) -> Check[W]:
    """One of a closed set of words."""
    by_value = {member.value: member for member in words}

    def check(value: Any, where: str) -> W:
        found = by_value.get(value) if type(value) is str else None
        if found is None:
            raise _wrong(value, where, "one of " + ", ".join(by_value))
        return found

    return check


def exactly(expected: str) -> Check[str]:
    """One text and no other."""

    def check(value: Any, where: str) -> str:
        if value != expected:
            raise _wrong(value, where, f"'{expected}'")
        return expected

    return check


def maybe(check: Check[T]) -> Check[T | None]:
    """What `check` takes, or null."""
    return lambda value, where: None if value is None else check(value, where)


def each(check: Check[T], length: int | None = None) -> Check[tuple[T, ...]]:
    """A list of what `check` takes, `length` of them where it is given."""

    def check_list(value: Any, where: str) -> tuple[T, ...]:
        if type(value) is not list or (length is not None and len(value) != length):
            raise _wrong(value, where, "a list" if length is None else f"a list of {length}")
        return tuple([check(item, where) for item in value])

    return check_list


def form(required: Mapping[str, Check[Any]], optional: Mapping[str, Check[Any]]) -> Check[Mapping[str, Any]]:
    """An object with these keys and no other."""
    known = {**required, **optional}

    def check(value: Any, where: str) -> Mapping[str, Any]:
        if type(value) is not dict:
            raise _wrong(value, where, "an object")
        for key in required:
            if key not in value:
                raise PayloadError(f"'{where}' lacks '{key}'")
        for key, item in value.items():
            if key not in known:
                raise PayloadError(f"'{where}' has {shown(key)}, which nothing is known of")
            known[key](item, key)
        return value

    return check


_PARAMETERS = {"uniform": 2, "triangular": 3, "normal": 2, "lognormal": 2, "empirical": None}
"""How many parameters each distribution has; None is any number from 1 up."""


def variate(value: Any, where: str) -> Any:
    """A number, or one distribution with its parameters, such as can be drawn from."""
    if type(value) is not dict:
        return figure(value, where)
    if len(value) != 1 or next(iter(value)) not in _PARAMETERS:
        raise _wrong(value, where, "a number or one of " + ", ".join(_PARAMETERS))
    ((name, parameters),) = value.items()
    found = each(figure, _PARAMETERS[name])(parameters, name)
    if name in {"normal", "lognormal"}:
        possible = found[1] > 0 and (found[0] > 0 or name == "normal")
    else:
        possible = bool(found) and list(found) == sorted(found)
    if not possible:
        raise PayloadError(f"'{where}' is no distribution: {shown(value)}")
    return value


def delay(value: Any, where: str) -> Any:
    """A variate of whole minutes: the format writes no others as a duration."""
    found = variate(value, where)
    parameters = next(iter(found.values())) if type(found) is dict else [found]
    if any(each != int(each) for each in parameters):
        raise _wrong(value, where, "whole minutes")
    return found


def instant(value: Any, where: str) -> datetime:
    """A UTC time to the minute, written as this program writes it."""
    try:
        found = parse_utc(text(value, where))
    except TimeError as error:
        raise PayloadError(f"'{where}': {error}") from error
    if Calendar(found).log_stamp(0) != value:
        raise _wrong(value, where, "a time such as 2022-01-24T05:00Z")
    return found


def timezone(value: Any, where: str) -> str:
    try:
        zone(text(value, where))
    except TimeError as error:
        raise PayloadError(f"'{where}': {error}") from error
    return str(value)


def percentage(value: Any, where: str) -> Fraction:
    """A percentage as this program writes it."""
    try:
        found = parse_percent(text(value, where))
    except QuantityError as error:
        raise PayloadError(f"'{where}': {error}") from error
    if format_percent(found) != value:
        raise _wrong(value, where, "a percentage such as 10%")
    return found


def shown(value: Any) -> str:
    """A value for a message: short, and of characters that every screen shows."""
    whole_text = ascii(value) if type(value) is not int or value.bit_length() < 200 else "a number of many digits"
    return whole_text if len(whole_text) <= 40 else whole_text[:37] + "..."


def _wrong(value: Any, where: str, expected: str) -> PayloadError:
    return PayloadError(f"'{where}' is {shown(value)}, not {expected}")


def _moment(value: Any, where: str) -> int | str:
    return _always(value, where) if type(value) is str else minute(value, where)


def _strength(value: Any, where: str) -> Mapping[str, Any]:
    """A unit's strength: the ledger needs a number to post, of at least 1."""
    strength: Mapping[str, Any] = _AMOUNT(value, where)
    if not strength.get("post", strength["nominal"]):
        raise PayloadError(f"'{where}' has no strength to post")
    return strength


def unit(value: Any, where: str) -> Mapping[str, Any]:
    """A unit's definition, of one kind."""
    plain: Mapping[str, Any] = _UNIT(value, where)
    kinds = [kind.value for kind in Kind if kind.value in plain]
    if len(kinds) != 1:
        raise PayloadError(f"'{where}' is of {len(kinds)} kinds of strength, not one")
    return plain


_always = exactly(When.ALWAYS.value)
_GROUNDS = {"sources": each(ident), "because": text}
_QUANTITY = {"wording": text, "low": count, "high": maybe(count), "nominal": maybe(count)}
_AMOUNT = form(_QUANTITY, {"post": count, **_GROUNDS})
_WINDOW = form({}, {"after": minute, "by": minute, "basis": word(Basis), **_GROUNDS})
_MOVEMENT = {"depart": _WINDOW, "arrive": _WINDOW, "transit": form({"is": count}, _GROUNDS)}
_SELECTOR = form(
    {"kind": each(word(Kind))},
    {
        **dict.fromkeys(("units", "orders", "place", "origin"), each(ident)),
        **dict.fromkeys(("country", "side"), each(text)),
        "readiness": each(word(Readiness)),
    },
)

SOURCE = form(
    {"id": ident, "outlet": text},
    {
        "title": text,
        "published": minute,
        "published_as": exactly("month"),
        "url": text,
        "archived": text,
        "relays": each(ident),
    },
)
PLACE = form(
    {"id": ident, "name": text},
    {"within": ident, "country": text, "lat": degrees(90), "lon": degrees(180)},
)
_HOLDS = form({}, {kind.value: variate for kind in Kind})


def holds(value: Any, where: str) -> Mapping[str, Any]:
    """What a vehicle holds: something."""
    plain: Mapping[str, Any] = _HOLDS(value, where)
    if not plain:
        raise PayloadError(f"'{where}' is empty")
    return plain


LIFT = form(
    {
        "id": ident,
        "mode": word(Mode),
        "vehicles": variate,
        "holds": holds,
        "speed": variate,
        "ground": variate,
        "base": ident,
        "detour": detour,
    },
    {"tons": variate, "hours_per_day": variate, "speed_in": word(Speed), **_GROUNDS},
)
PORT = form({"id": ident, "place": ident, "spots": variate}, {"ground": variate, "open": each(clock, 2), **_GROUNDS})
_OF_LIFT = form({"id": ident, "at": minute, "lift": ident, "vehicles": variate}, _GROUNDS)
_OF_PORT = form({"id": ident, "at": minute, "port": ident, "spots": variate}, _GROUNDS)


def change(value: Any, where: str) -> Mapping[str, Any]:
    """What changes of a lift or a port; its id is its place in a list."""
    check = _OF_LIFT if type(value) is dict and "lift" in value else _OF_PORT
    plain: Mapping[str, Any] = check(value, where)
    if not plain["id"].isdecimal():
        raise _wrong(plain["id"], "id", "the place of a change in its list")
    return plain


_UNIT = form(
    {"id": ident, "name": text, "place": ident, "origin": ident, "readiness": word(Readiness), "side": text},
    {**{kind.value: _strength for kind in Kind}, "part_of": ident, "symbol": text, **_GROUNDS},
)
_ORDER = form(
    {"id": ident, "at": minute, "action": word(Action)},
    {
        "units": each(ident),
        "to": ident,
        **_MOVEMENT,
        "parts": each(form({"strength": count}, {"reported": form(_QUANTITY, _GROUNDS), **_MOVEMENT, **_GROUNDS})),
        "cancels": ident,
        "refusal": exactly("expected"),
        "lift": each(ident),
        "route": each(ident),
        "notice": delay,
        "priority": priority,
        "load": form({"strength": variate}, {"tons": variate}),
        **_GROUNDS,
    },
)


def order(value: Any, where: str) -> Mapping[str, Any]:
    """An order: one that goes by lift has the lift of each stretch of its route."""
    plain: Mapping[str, Any] = _ORDER(value, where)
    if ("lift" in plain and len(plain.get("route", ())) != len(plain["lift"]) + 1) or plain.get("lift") == []:
        raise PayloadError(f"'{where}' has not one lift for each stretch of its route")
    return plain


CLAIM = form(
    {"id": ident, "source": ident},
    {
        "says": text,
        "per": ident,
        "speaker": text,
        "disputed": text,
        "corrects": ident,
        "count": _SELECTOR,
        "is": form(_QUANTITY, {}),
        "at": _moment,
        "never": _SELECTOR,
        "separate": each(_SELECTOR, 2),
        "closed": _SELECTOR,
        "by": minute,
        "noted": text,
    },
)

_ENTRIES: dict[str, Check[Any]] = {"units": unit, "orders": order, "claims": CLAIM}


def _section(value: Any, where: str) -> str:
    """The name of a section whose entries can be amended."""
    if type(value) is not str or value not in _ENTRIES:
        raise _wrong(value, where, "one of " + ", ".join(_ENTRIES))
    return value


_AMENDMENT = form({"id": ident, "section": _section, "sources": each(ident), "entry": lambda value, where: value}, {})


def amendment(value: Any, where: str) -> Mapping[str, Any]:
    """An amendment, and in it the whole of the entry as it reads from then on."""
    plain: Mapping[str, Any] = _AMENDMENT(value, where)
    if not plain["sources"]:
        raise PayloadError(f"'{where}' has no sources")
    if plain["sources"] != sorted(set(plain["sources"])):
        raise PayloadError(f"'{where}' has sources that are not each there once, in byte order")
    _ENTRIES[plain["section"]](plain["entry"], "entry")
    return plain
