"""Encoding: an event as a type and payload bytes.

A type is the event's tag and the version of its payload. A payload is compact JSON in UTF-8 with its keys in a fixed
order. A change to what a payload holds gets a new version; the reader of the old one stays.
"""

import json
from collections.abc import Callable
from typing import Any

from sim.domain.calendar import Calendar
from sim.domain.event import (
    CapacityStated,
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
from sim.domain.plain import (
    amendment_to_plain,
    change_to_plain,
    claim_to_plain,
    lift_to_plain,
    order_to_plain,
    place_to_plain,
    port_to_plain,
    source_to_plain,
    unit_to_plain,
)
from sim.domain.quantity import format_percent
from sim.errors import LogError


def encode(event: Event) -> tuple[str, bytes]:
    """The type and the payload of `event`. Raises LogError for text that UTF-8 and JSON cannot hold."""
    type_, write = _WRITERS[type(event)]
    try:
        return type_, write(event).encode()
    except ValueError as error:
        raise LogError(f"a {event.tag} event cannot be written as JSON: {error}") from error


_dumps = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def _run_opened(event: RunOpened) -> str:
    return _dumps(
        {
            "title": event.title,
            "start": Calendar(event.start).log_stamp(0),
            "end": event.end,
            "timezone": event.timezone,
            "about": format_percent(event.about),
            "snapshots": event.snapshots,
            "fingerprint": event.fingerprint,
            "seed": event.seed,
            "format": event.format,
            "rules": event.rules,
        }
    )


# What runs are made of, in a fraction of the JSON encoder's time. Ids and words hold nothing to escape; the
# `_value_` of a word is its plain text, where the word itself would be asked how it wants to be shown.


def _unit_mustered(event: UnitMustered) -> str:
    return (
        f'{{"unit":"{event.unit}","place":"{event.place}","readiness":"{event.readiness._value_}",'
        f'"strength":{event.strength}}}'
    )


def _readiness_changed(event: ReadinessChanged) -> str:
    return (
        f'{{"unit":"{event.unit}","place":"{event.place}","strength":{event.strength},"from":"{event.before._value_}",'
        f'"to":"{event.after._value_}","order":"{event.order}"}}'
    )


def _unit_departed(event: UnitDeparted) -> str:
    return (
        f'{{"unit":"{event.unit}","strength":{event.strength},"from":"{event.origin}","to":"{event.destination}",'
        f'"readiness":"{event.readiness._value_}","basis":"{event.basis._value_}","order":"{event.order}"}}'
    )


def _unit_arrived(event: UnitArrived) -> str:
    return (
        f'{{"unit":"{event.unit}","strength":{event.strength},"place":"{event.place}",'
        f'"readiness":"{event.readiness._value_}","basis":"{event.basis._value_}","order":"{event.order}"}}'
    )


def _unit_closed(event: UnitClosed) -> str:
    return f'{{"unit":"{event.unit}","place":"{event.place}","order":"{event.order}"}}'


def _load_ready(event: LoadReady) -> str:
    return (
        f'{{"unit":"{event.unit}","load":{event.load},"strength":{event.strength},"place":"{event.place}",'
        f'"order":"{event.order}"}}'
    )


def _load_waited(event: LoadWaited) -> str:
    return (
        f'{{"unit":"{event.unit}","load":{event.load},"cause":"{event.cause._value_}","minutes":{event.minutes},'
        f'"place":"{event.place}","order":"{event.order}"}}'
    )


_WRITERS: dict[type, tuple[str, Callable[[Any], str]]] = {
    RunOpened: ("run-opened.1", _run_opened),
    SourceCited: ("source-cited.1", lambda event: _dumps(source_to_plain(event.source))),
    PlaceNamed: ("place-named.1", lambda event: _dumps(place_to_plain(event.place))),
    LiftDefined: ("lift-defined.1", lambda event: _dumps(lift_to_plain(event.lift))),
    PortDefined: ("port-defined.1", lambda event: _dumps(port_to_plain(event.port))),
    CapacityStated: ("capacity-stated.1", lambda event: _dumps(change_to_plain(event.change))),
    UnitDefined: ("unit-defined.1", lambda event: _dumps(unit_to_plain(event.unit))),
    OrderDefined: ("order-defined.1", lambda event: _dumps(order_to_plain(event.order))),
    ClaimStated: ("claim-stated.1", lambda event: _dumps(claim_to_plain(event.claim))),
    EntryAmended: ("entry-amended.1", lambda event: _dumps(amendment_to_plain(event.amendment))),
    UnitMustered: ("unit-mustered.1", _unit_mustered),
    OrderIssued: ("order-issued.1", lambda event: _dumps({"order": event.order, "units": event.units})),
    OrderRefused: (
        "order-refused.1",
        lambda event: _dumps({"order": event.order, "unit": event.unit, "reason": event.reason}),
    ),
    ReadinessChanged: ("readiness-changed.1", _readiness_changed),
    UnitDeparted: ("unit-departed.1", _unit_departed),
    UnitArrived: ("unit-arrived.1", _unit_arrived),
    UnitClosed: ("unit-closed.1", _unit_closed),
    LoadReady: ("load-ready.1", _load_ready),
    LoadWaited: ("load-waited.1", _load_waited),
    RunClosed: ("run-closed.1", lambda event: _dumps({"events": event.events})),
}
