"""Overrides: amendments of one entry, known from the same minute on, that change the same of it."""

from collections.abc import Hashable, Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import assert_never

from attrs import frozen

from sim.domain.amendment import Amendment
from sim.domain.claim import Claim, Closed, Count, Never, Noted, Separate, Test
from sim.domain.lift import Carriage
from sim.domain.order import Order, Part, Window
from sim.domain.unit import Unit


@frozen
class Override:
    """An amendment that was never in force with some `keys`: another that is known no later gives them otherwise.

    `amendment` and `by` are ids. `keys` are as the scenario has them, at least one, in the order of the entry's fields.
    """

    amendment: str
    by: str
    keys: tuple[str, ...]


def overrides(first: Unit | Order | Claim, amendments: Iterable[tuple[int | None, Amendment]]) -> Iterator[Override]:
    """Which amendments of an entry are overridden, by which others.

    `first` is the entry as it was first reported. `amendments` are all of it, in turn, each with the minute from which
    it was known. Of several with the same key, each is overridden by the next.
    """
    before: Unit | Order | Claim = first
    for _, together in groupby(amendments, key=itemgetter(0)):
        changed_by: dict[str, str] = {}
        for _, amendment in together:
            overridden: dict[str, list[str]] = {}
            for key in keys_changed(before, amendment.entry):
                if key in changed_by:
                    overridden.setdefault(changed_by[key], []).append(key)
                changed_by[key] = amendment.id
            yield from (Override(other, amendment.id, tuple(keys)) for other, keys in overridden.items())
            before = amendment.entry


def keys_changed(before: Unit | Order | Claim, after: Unit | Order | Claim) -> list[str]:
    """The keys with which an entry reads otherwise than before, whatever it rests on and for whatever reason."""
    old, new = _values(before), _values(after)
    return [key for key in {**old, **new} if old.get(key) != new.get(key)]


def _values(entry: Unit | Order | Claim) -> dict[str, Hashable]:
    """What an entry says under each key, without what that rests on; keys that it has not may be None or missing."""
    match entry:
        case Unit():
            return {
                entry.kind.value: (entry.reported, entry.strength),
                "name": entry.name,
                "place": entry.place,
                "origin": None if entry.origin == entry.place else entry.origin,
                "readiness": entry.readiness,
                "side": entry.side,
                "part_of": entry.part_of,
                "symbol": entry.symbol,
            }
        case Order():
            return {
                "at": entry.at,
                "action": entry.action,
                "units": entry.units,
                "to": entry.to,
                **_movement(entry),
                "parts": tuple((part.strength, part.reported, *_movement(part).values()) for part in entry.parts),
                **_carried(entry.carriage),
                "cancels": entry.cancels,
                "refusal": entry.refusal_expected,
            }
        case Claim():
            return {
                "says": entry.says,
                "per": entry.per,
                "speaker": entry.speaker,
                **_asked(entry.test),
                "disputed": entry.disputed,
                "corrects": entry.corrects,
            }
        case _:
            assert_never(entry)


def _movement(movement: Order | Part) -> dict[str, Hashable]:
    transit = movement.transit
    return {
        "depart": _times(movement.depart),
        "arrive": _times(movement.arrive),
        "transit": None if transit is None else transit.minutes,
    }


def _carried(carriage: Carriage | None) -> dict[str, Hashable]:
    """How it goes by lift: of lift that is the same all the way, whatever the number of stretches."""
    if carriage is None:
        return {}
    lifts = carriage.lifts
    return {
        "lift": lifts if len(set(lifts)) > 1 else lifts[:1],
        "route": carriage.route,
        "notice": carriage.notice,
        "priority": carriage.priority,
        "load": (carriage.load, carriage.tons) if carriage.load is not None else None,
    }


def _times(window: Window) -> Hashable:
    return window.after, window.by, window.basis


def _asked(test: Test) -> dict[str, Hashable]:
    match test:
        case Count(selector, expected, at):
            return {"count": selector, "is": expected, "at": at}
        case Never(selector):
            return {"never": selector}
        case Separate(first, second):
            return {"separate": (first, second)}
        case Closed(selector, by):
            return {"closed": selector, "by": by}
        case Noted(why):
            return {"noted": why}
        case _:
            assert_never(test)
