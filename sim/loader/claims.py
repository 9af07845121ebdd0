"""Claims: reading one."""

from typing import Final

from sim.domain.claim import Claim, Closed, Count, Moment, Never, Noted, Selector, Separate, Test, When
from sim.domain.quantity import exactly
from sim.domain.vocabulary import Kind
from sim.loader.faults import KINDS_ADDED, MISSING_KEY, NO_KIND, NOT_A_PAIR, STRAY_KEY, TWO_KINDS
from sim.loader.reader import Reader
from sim.loader.record import Record
from sim.loader.units import KINDS, READINESS

_TESTS: Final = ("count", "never", "separate", "closed", "noted")
_GOES_WITH: Final = {"is": "count", "at": "count", "by": "closed"}


def read_claim(reader: Reader, id: str, record: Record) -> Claim | None:
    """A claim, or None where it has no kind or no source; the one it `corrects` may not have been read yet."""
    reader.require(record, "source", f"the claim '{id}'", "Add `source: the id of who states it`.")
    source = reader.reference(record, "source", "sources")
    found = [kind for kind in _TESTS if record.has(kind)]
    for other in found[1:]:
        record.report(TWO_KINDS, other, id=id, key=found[0], other=other)
    if not found:
        record.report(NO_KIND, id=id, kinds=_TESTS)
    for key, kind in _GOES_WITH.items():
        if found and record.has(key) and kind not in found:
            record.report(STRAY_KEY, key, key=key, kind=kind)
    test = _test(reader, record, found[0], id) if found else None
    claim = Claim(
        id,
        source or "",
        test or Noted(""),
        reader.text(record, "says"),
        reader.reference(record, "per", "sources"),
        reader.text(record, "speaker"),
        reader.text(record, "disputed"),
        record.texts.get("corrects"),
    )
    return claim if test and source else None


def _test(reader: Reader, record: Record, kind: str, id: str) -> Test | None:
    if kind == "separate":
        return _separate(reader, record)
    if kind == "noted":
        return Noted(reader.text(record, "noted"))
    selector = _selector(reader, record, f"{kind}_")
    if kind == "never":
        return Never(selector)
    if kind == "closed":
        return Closed(selector, reader.moment(record, "by") or 0)
    if not record.has("is"):
        record.report(MISSING_KEY, owner=f"the claim '{id}'", key="is", hint="Add `is: how many are counted`.")
    if len(selector.kind) > 1:
        record.report(KINDS_ADDED, "count_kind")
    expected = reader.quantity(record, "is") or exactly(0)
    return Count(selector, expected, _moment(reader, record))


def _moment(reader: Reader, record: Record) -> Moment:
    if record.texts.get("at") == When.ALWAYS.value:
        return When.ALWAYS
    return reader.moment(record, "at") or 0


def _separate(reader: Reader, record: Record) -> Separate | None:
    selections = record.records("separate")
    selectors = [_selector(reader, selection, "") for selection in selections]
    if len(selectors) == 2:
        return Separate(*selectors)
    if selectors:
        found = f"{len(selectors)} mapping" + "s" * (len(selectors) != 1)
        record.report(NOT_A_PAIR, "separate", found=found)
    return None


def _selector(reader: Reader, record: Record, prefix: str) -> Selector:
    return Selector(
        units=reader.references(record, f"{prefix}units", "units"),
        orders=reader.references(record, f"{prefix}orders", "orders"),
        place=reader.references(record, f"{prefix}place", "places"),
        origin=reader.references(record, f"{prefix}origin", "places"),
        country=reader.texts(record, f"{prefix}country"),
        readiness=reader.words(record, f"{prefix}readiness", READINESS),
        side=reader.texts(record, f"{prefix}side"),
        kind=reader.words(record, f"{prefix}kind", KINDS) or (Kind.TROOPS,),
    )
