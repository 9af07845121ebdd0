"""Sources: reading one."""

from typing import Final

from sim.domain.calendar import is_month
from sim.domain.source import Source
from sim.loader.faults import BAD_URL
from sim.loader.reader import Reader
from sim.loader.record import Record

_SCHEMES: Final = ("http://", "https://")


def read_source(reader: Reader, id: str, record: Record) -> Source:
    """A source, whose `relays` are ids as written: those they name may not have been read yet."""
    reader.require(record, "outlet", f"the source '{id}'", "Add `outlet: who published it`.")
    return Source(
        id,
        reader.text(record, "outlet"),
        reader.text(record, "title"),
        reader.published(record, "published"),
        _address(reader, record, "url"),
        _address(reader, record, "archived"),
        tuple(sorted(set(record.many("relays")))),
        is_month(record.texts.get("published", "")),
    )


def _address(reader: Reader, record: Record, key: str) -> str:
    text = reader.text(record, key)
    if text and (not text.startswith(_SCHEMES) or " " in text or text in _SCHEMES):
        record.report(BAD_URL, key, text=text)
    return text
