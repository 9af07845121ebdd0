"""Decoding: the event that a record holds. Every version of every type that was ever written is read."""

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from sim.domain.amendment import Amendment
from sim.domain.event import (
    CapacityStated,
    Cause,
    ClaimStated,
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
from sim.domain.order import Order, goes_by_lift, legs_of
from sim.domain.plain import (
    amendment_from_plain,
    amendment_to_plain,
    change_from_plain,
    change_to_plain,
    claim_from_plain,
    claim_to_plain,
    lift_from_plain,
    lift_to_plain,
    order_from_plain,
    order_to_plain,
    place_from_plain,
    place_to_plain,
    port_from_plain,
    port_to_plain,
    source_from_plain,
    source_to_plain,
    unit_from_plain,
    unit_to_plain,
)
from sim.domain.vocabulary import Basis, Readiness
from sim.errors import LogError
from sim.eventlog.form import (
    CLAIM,
    LIFT,
    PLACE,
    PORT,
    SOURCE,
    Check,
    PayloadError,
    amendment,
    change,
    count,
    each,
    ident,
    instant,
    minute,
    number,
    order,
    percentage,
    shown,
    text,
    timezone,
    unit,
    whole,
    word,
)
from sim.eventlog.pattern import PATTERNS
from sim.eventlog.record import Record

Plain = dict[str, Any]
Reader = Callable[[int, Plain], Event]


def decode(record: Record) -> Event:
    """The event in `record`. Raises PayloadError for what is not of the form that the record's type has."""
    _, _, minute, type_, payload, _ = record
    pattern = PATTERNS.get(type_)
    if pattern is not None:
        # As Latin-1, any bytes are text, and those that are not ASCII match nothing.
        event = pattern(minute, payload.decode("latin-1"))
        if event is not None:
            return event
    return decode_strictly(minute, type_, payload)


def decode_at(place: Callable[[int], str], record: Record) -> Event:
    """The event in `record`, as `decode` gives it. Raises LogError, with what `place` gives for the position."""
    try:
        return decode(record)
    except PayloadError as error:
        raise LogError(f"{place(record.position)}: position {record.position}: {error}") from error


def decode_strictly(at: int, type_: str, payload: bytes) -> Event:
    """The event, taken apart as JSON: what `decode` does with any payload but those of the usual bytes."""
    read = _READERS.get(type_)
    if read is None:
        raise PayloadError(f"its type {shown(type_)} is not known here: a newer version of this program wrote it")
    return read(at, _parse(payload))


def _parse(payload: bytes) -> Plain:
    try:
        document = payload.decode()
        plain, end = _decoder.raw_decode(document)
    except RecursionError as error:
        raise PayloadError("its data is nested too deeply") from error
    except ValueError as error:
        raise PayloadError(f"its data is not JSON: {_cause(error)}") from error
    if type(plain) is not dict or end != len(document):
        raise PayloadError("its data is not one JSON object")
    return plain


def _object(pairs: list[tuple[str, Any]]) -> Plain:
    plain = dict(pairs)
    if len(plain) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return plain


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")


_decoder = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_constant)


def _cause(error: Exception) -> str:
    """An error of Python's in one short line of characters that every screen shows."""
    return ascii(str(error))[1:-1][:120]


def _fields(make: Callable[..., Event], checks: Mapping[str, Check[Any]]) -> Reader:
    """A reader for a flat payload: `make` takes the minute, then what the checks return, in their order."""
    items = tuple(checks.items())

    def read(at: int, plain: Plain) -> Event:
        try:
            values = [check(plain[key], key) for key, check in items]
        except KeyError as error:
            raise PayloadError(f"it lacks {error}") from error
        if len(plain) != len(values):
            extra = next(key for key in plain if key not in checks)
            raise PayloadError(f"it has {shown(extra)}, which nothing is known of")
        return make(at, *values)

    return read


T = TypeVar("T")


def _definition(
    make: Callable[[int, T], Event], check: Check[Any], from_plain: Callable[[Plain], T], to_plain: Callable[[T], Plain]
) -> Reader:
    """A reader for a definition in its plain form. What the form says must be what the definition holds: no more."""

    def read(at: int, plain: Plain) -> Event:
        check(plain, "data")
        try:
            value = from_plain(plain)
        except KeyError as error:
            raise PayloadError(f"it lacks {error}") from error
        except ValueError as error:
            raise PayloadError(f"its data is no whole definition: {_cause(error)}") from error
        if to_plain(value) != plain:
            raise PayloadError("its data says what no definition holds")
        return make(at, value)

    return read


def _order_from_plain(plain: Plain) -> Order:
    """Raises ValueError for a move that never arrives, besides what is no order."""
    found = order_from_plain(plain)
    _check_arrivals(found)
    return found


def _amendment_from_plain(plain: Plain) -> Amendment:
    """Raises ValueError as `_order_from_plain` does."""
    found = amendment_from_plain(plain)
    if isinstance(found.entry, Order):
        _check_arrivals(found.entry)
    return found


def _check_arrivals(moved: Order) -> None:
    if moved.moves and not goes_by_lift(moved) and any(leg.arrives is None for leg in legs_of(moved)):
        raise ValueError("has neither arrive.by nor transit")


_readiness, _basis = word(Readiness), word(Basis)

_READERS: dict[str, Reader] = {
    "run-opened.1": _fields(
        RunOpened,
        {
            "title": text,
            "start": instant,
            "end": minute,
            "timezone": timezone,
            "about": percentage,
            "snapshots": each(minute),
            "fingerprint": text,
            "seed": whole,
            "format": count,
            "rules": count,
        },
    ),
    "source-cited.1": _definition(SourceCited, SOURCE, source_from_plain, source_to_plain),
    "place-named.1": _definition(PlaceNamed, PLACE, place_from_plain, place_to_plain),
    "lift-defined.1": _definition(LiftDefined, LIFT, lift_from_plain, lift_to_plain),
    "port-defined.1": _definition(PortDefined, PORT, port_from_plain, port_to_plain),
    "capacity-stated.1": _definition(CapacityStated, change, change_from_plain, change_to_plain),
    "unit-defined.1": _definition(UnitDefined, unit, unit_from_plain, unit_to_plain),
    "order-defined.1": _definition(OrderDefined, order, _order_from_plain, order_to_plain),
    "claim-stated.1": _definition(ClaimStated, CLAIM, claim_from_plain, claim_to_plain),
    "entry-amended.1": _definition(EntryAmended, amendment, _amendment_from_plain, amendment_to_plain),
    "unit-mustered.1": _fields(
        UnitMustered, {"unit": ident, "place": ident, "readiness": _readiness, "strength": count}
    ),
    "order-issued.1": _fields(OrderIssued, {"order": ident, "units": each(ident)}),
    "order-refused.1": _fields(OrderRefused, {"order": ident, "unit": ident, "reason": text}),
    "readiness-changed.1": _fields(
        ReadinessChanged,
        {"unit": ident, "place": ident, "strength": count, "from": _readiness, "to": _readiness, "order": ident},
    ),
    "unit-departed.1": _fields(
        UnitDeparted,
        {
            "unit": ident,
            "strength": count,
            "from": ident,
            "to": ident,
            "readiness": _readiness,
            "basis": _basis,
            "order": ident,
        },
    ),
    "unit-arrived.1": _fields(
        UnitArrived,
        {"unit": ident, "strength": count, "place": ident, "readiness": _readiness, "basis": _basis, "order": ident},
    ),
    "unit-closed.1": _fields(UnitClosed, {"unit": ident, "place": ident, "order": ident}),
    "load-ready.1": _fields(
        LoadReady, {"unit": ident, "load": number, "strength": count, "place": ident, "order": ident}
    ),
    "load-waited.1": _fields(
        LoadWaited,
        {"unit": ident, "load": number, "cause": word(Cause), "minutes": number, "place": ident, "order": ident},
    ),
    "run-closed.1": _fields(RunClosed, {"events": count}),
}
