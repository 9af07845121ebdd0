"""Units: reading one."""

import re
from typing import Final

from sim.domain.grounds import Grounds
from sim.domain.quantity import Quantity
from sim.domain.unit import Post, Unit
from sim.domain.vocabulary import Kind, Readiness
from sim.loader.faults import (
    BAD_SYMBOL,
    EMPTY_STRENGTH,
    MISSING_KEY,
    NEEDS_POST,
    NO_GROUNDS,
    NO_STRENGTH,
    POST_OUTSIDE,
    STARTS_IN_TRANSIT,
    STRENGTH_WITHOUT_POST,
    TWO_STRENGTHS,
)
from sim.loader.reader import Reader
from sim.loader.record import Record

READINESS: Final = {readiness.value: readiness for readiness in Readiness}
KINDS: Final = {kind.value: kind for kind in Kind}
_GARRISON, _IN_TRANSIT = Readiness.GARRISON, Readiness.IN_TRANSIT
_SYMBOL = re.compile(r"\d{20}|\d{30}", re.ASCII)


def read_unit(reader: Reader, id: str, record: Record) -> Unit | None:
    """A unit, or None where its strength or place is not known; what it is `part_of` may not have been read yet."""
    reader.require(record, "place", f"the unit '{id}'", "Add `place: where it stands at the start`, or `unstated`.")
    grounds = reader.grounds(record)
    require_grounds(record, grounds, f"the unit '{id}'")
    readiness = reader.word(record, "readiness", READINESS) or _GARRISON
    if readiness is _IN_TRANSIT:
        record.report(STARTS_IN_TRANSIT, "readiness", id=id)
    symbol = record.texts.get("symbol", "")
    if symbol and not _SYMBOL.fullmatch(symbol):
        record.report(BAD_SYMBOL, "symbol", text=symbol)
    key = _kind(record, id)
    reported = reader.quantity(record, key) if key else None
    post = read_post(reader, record, key, reported) if key else None
    place = reader.reference(record, "place", "places")
    origin = reader.reference(record, "origin", "places")
    if reported is None or place is None:
        return None
    if post is None and not reported.nominal:
        if reported.nominal == 0:
            record.report(EMPTY_STRENGTH, key, id=id, wording=reported.wording)
        return None
    return Unit(
        id=id,
        name=reader.text(record, "name", id),
        kind=KINDS[key],
        reported=reported,
        place=place,
        origin=origin or place,
        readiness=readiness,
        side=reader.text(record, "side", "US"),
        part_of=record.texts.get("part_of"),
        symbol=symbol,
        grounds=grounds,
        post=post,
    )


def require_grounds(record: Record, grounds: Grounds, owner: str) -> None:
    """Note where a record says neither what it rests on nor why it is assumed."""
    if not grounds.stated and not record.has("sources") and not record.has("because"):
        record.report(NO_GROUNDS, owner=owner)


def _kind(record: Record, id: str) -> str:
    """The key that gives the unit's strength; empty where there is none."""
    found = [kind for kind in KINDS if record.has(kind)]
    if not found:
        record.report(NO_STRENGTH, id=id, kinds=tuple(KINDS))
        return ""
    for other in found[1:]:
        record.report(TWO_STRENGTHS, other, id=id, key=found[0], other=other)
    return found[0]


def read_post(reader: Reader, record: Record, key: str, reported: Quantity | None) -> Post | None:
    """The strength chosen where the words under `key` name no single number, which needs one; None where none is."""
    strength = reader.number(record, f"{key}_post")
    grounds = reader.grounds(record, f"{key}_sources", f"{key}_because")
    if not record.has(f"{key}_post"):
        if grounds.stated:
            record.report(STRENGTH_WITHOUT_POST, key, key=key)
        elif reported is not None and reported.nominal is None:
            record.report(NEEDS_POST, key, wording=reported.wording, key=key)
    elif key not in record.texts:
        record.report(MISSING_KEY, key, owner=f"'{key}'", key="is", hint="Add `is: the strength as reported`.")
    elif not grounds.stated:
        record.report(NO_GROUNDS, f"{key}_post", owner="the posted strength")
    if strength is None:
        return None
    if reported is not None and strength not in reported.interval:
        high = "any number" if reported.high is None else f"{reported.high:,}"
        expected = f"{reported.low:,} to {high}"
        record.report(POST_OUTSIDE, f"{key}_post", wording=reported.wording, expected=expected, found=strength)
    return Post(strength, grounds)
