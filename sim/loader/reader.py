"""The reader: turns the texts of records into values, and notes those that cannot be turned into any."""

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Final, TypeVar
from unicodedata import category

from sim.domain.calendar import MINUTES_A_DAY, Calendar, Edge, TimeError, parse_duration
from sim.domain.grounds import NO_GROUNDS, Grounds
from sim.domain.order import ANY_TIME, Transit, Window
from sim.domain.place import UNSTATED
from sim.domain.quantity import QUANTITY_MAX, Quantity, QuantityError, parse_quantity
from sim.domain.vocabulary import Basis
from sim.loader.faults import (
    BACKWARDS_WINDOW,
    BAD_DURATION,
    BAD_NUMBER,
    BAD_QUANTITY,
    BAD_TEXT,
    BAD_TIME,
    BAD_WORD,
    LONG_TRANSIT,
    MISSING_KEY,
    NO_VALUE,
    OUTSIDE_PERIOD,
    TEXT_TOO_LONG,
    TIME_TOO_FAR,
    UNKNOWN_REFERENCE,
)
from sim.loader.limits import DAYS_MAX, TEXT_MAX
from sim.loader.memo import Memo
from sim.loader.problem import Nearest, Problems
from sim.loader.record import Record
from sim.loader.times import Times

T = TypeVar("T")

_WINDOW_KEYS: Final = {
    name: (f"{name}_after", f"{name}_by", f"{name}_basis", f"{name}_sources", f"{name}_because")
    for name in ("depart", "arrive")
}
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3}){1,4}|\d{1,15}", re.ASCII)
_PLAIN_NUMBER = re.compile(r"[-+.,\d]+")
_FIRST, _LAST = Edge.FIRST, Edge.LAST  # in Python 3.11 each look-up of a member in its enum takes 0.2 microseconds
_BASES: Final = {basis.value: basis for basis in Basis}
_UNSEEN: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of what follows them: they can make a line read as it is not written."""


class Reader:
    """Reads values in one scenario: its calendar, its period, what "about" means in it, and the ids it defines.

    Where a text cannot be read, its problem is noted and the value is what it would be if it were missing. `end` is
    None where the period is not known; `known` holds the ids of each section read so far, None where they cannot be.
    """

    def __init__(self, problems: Problems, calendar: Calendar, end: int | None, about: Fraction) -> None:
        self.problems = problems
        self.end = end
        self.known: dict[str, Mapping[str, object] | None] = {}
        self.times = Times(calendar)
        self._about = about
        self._quantities: Memo[Quantity | None] = Memo(problems)
        self._grounds: Memo[Grounds] = Memo(problems)

    def require(self, record: Record, key: str, owner: str, hint: str) -> None:
        """Note where `key` is missing from a record that needs it."""
        if not record.has(key):
            record.report(MISSING_KEY, key=key, owner=owner, hint=(hint,))

    def text(self, record: Record, key: str, default: str = "") -> str:
        """A text on one line: white space of any length, line breaks included, is one space."""
        written = record.texts.get(key)
        if written is None:
            return default
        text = " ".join(written.split())
        if not text:
            record.report(NO_VALUE, key, key=key)
        elif len(text) > TEXT_MAX:
            record.report(TEXT_TOO_LONG, key)
        elif not text.isprintable():
            _refuse_unseen(record, key, 0, text)
        return text

    def texts(self, record: Record, key: str) -> tuple[str, ...]:
        """Texts, each once, in byte order."""
        found = [" ".join(written.split()) for written in record.many(key)]
        for index, text in enumerate(found):
            _refuse_unseen(record, key, index, text)
        return tuple(sorted(set(found)))

    def word(self, record: Record, key: str, words: Mapping[str, T]) -> T | None:
        """What one of a closed set of words stands for."""
        text = record.texts.get(key)
        if text is None:
            return None
        value = words.get(text)
        if value is None:
            value = words.get(text.strip())
        if value is None:
            _refuse_word(record, key, 0, text, words)
        return value

    def words(self, record: Record, key: str, words: Mapping[str, T]) -> tuple[T, ...]:
        """What some of a closed set of words stand for, each once, in byte order of the words."""
        written = record.many(key)
        for index, text in enumerate(written):
            if text not in words:
                _refuse_word(record, key, index, text, words)
        return tuple([words[text] for text in sorted(set(written)) if text in words])

    def reference(self, record: Record, key: str, section: str) -> str | None:
        """The id of something that a section defines; among places, `unstated` is one."""
        id = record.texts.get(key)
        if id is None:
            return None
        if not self.is_known(id, section):
            self.refuse_reference(record, key, 0, id, section)
        return id

    def references(self, record: Record, key: str, section: str) -> tuple[str, ...]:
        """The ids of things that a section defines, each once, in byte order."""
        ids = record.many(key)
        for index, id in enumerate(ids):
            if not self.is_known(id, section):
                self.refuse_reference(record, key, index, id, section)
        return ids if len(ids) < 2 else tuple(sorted(set(ids)))

    def refuse_reference(self, record: Record, key: str, index: int, id: str, section: str) -> None:
        """Note that no `id`, which the `index`-th value of `key` names, is defined."""
        nearest = Nearest(id, self.known[section] or (), f"Define it under `{section}`, or correct it.")
        among = "lifts" if section == "lift" else section
        record.report(UNKNOWN_REFERENCE, key, index, key=key, id=id, section=among, nearest=nearest)

    def is_known(self, id: str, section: str, *, defined: bool = False) -> bool:
        """Whether an id may be referred to; with `defined`, the place that is built in may not."""
        known = self.known[section]
        return known is None or id in known or (id == UNSTATED and section == "places" and not defined)

    def minute(self, record: Record, key: str, edge: Edge) -> int | None:
        """A minute of the period; `edge` says which one a date is."""
        text = record.texts.get(key)
        if text is None:
            return None
        try:
            minute = self.times.read(text, edge)
        except TimeError as error:
            record.report(BAD_TIME, key, reason=error)
            return None
        end = self.end
        return minute if end is not None and 0 <= minute <= end else self._in_period(record, key, 0, text, minute)

    def minutes(self, record: Record, key: str) -> tuple[int, ...]:
        """Minutes of the period that are asked about, each once, in order."""
        found = {self._moment(record, key, index, text) for index, text in enumerate(record.many(key))}
        return tuple(sorted(minute for minute in found if minute is not None))

    def moment(self, record: Record, key: str) -> int | None:
        """A minute of the period that is asked about: a time, `start` or `end`, which is also what nothing means."""
        text = record.texts.get(key)
        return self.end if text is None else self._moment(record, key, 0, text)

    def _moment(self, record: Record, key: str, index: int, text: str) -> int | None:
        if text == "end":
            return self.end
        if text == "start":
            return 0
        try:
            minute = self.times.read(text, Edge.LAST)
        except TimeError as error:
            record.report(BAD_TIME, key, index, reason=error)
            return None
        return self._in_period(record, key, index, text, minute)

    def _in_period(self, record: Record, key: str, index: int, text: str, minute: int) -> int | None:
        end = self.end
        if end is None or 0 <= minute <= end:
            return minute
        calendar = self.times.calendar
        period = f"{calendar.log_stamp(0)} to {calendar.log_stamp(end)}"
        record.report(OUTSIDE_PERIOD, key, index, text=text, period=(period,))
        return None

    def published(self, record: Record, key: str) -> int | None:
        """A minute of any year: the last one of the time, date or month written."""
        text = record.texts.get(key)
        if text is None:
            return None
        try:
            minute = self.times.read(text, Edge.LAST, month=True)
        except TimeError as error:
            record.report(BAD_TIME, key, reason=error)
            return None
        if not is_within_years(self.times.calendar, minute):
            record.report(TIME_TOO_FAR, key, text=text)
        return minute

    def quantity(self, record: Record, key: str) -> Quantity | None:
        text = record.texts.get(key)
        if text is None:
            return None
        return self._quantities.get(text) or self._quantities.keep(text, lambda: self._quantity(record, key, text))

    def _quantity(self, record: Record, key: str, text: str) -> Quantity | None:
        try:
            return parse_quantity(" ".join(text.split()), self._about)
        except QuantityError as error:
            record.report(BAD_QUANTITY, key, reason=error)
            return None

    def number(self, record: Record, key: str) -> int | None:
        """A whole number from 1 to QUANTITY_MAX."""
        text = record.texts.get(key)
        if text is None:
            return None
        number = int(text.replace(",", "")) if _NUMBER.fullmatch(text) else 0
        if 1 <= number <= QUANTITY_MAX:
            return number
        record.report(BAD_NUMBER, key, text=text, key=key)
        return None

    def grounds(self, record: Record, sources_key: str = "sources", because_key: str = "because") -> Grounds:
        """What a value rests on; NO_GROUNDS where nothing is said."""
        sources, because = record.many(sources_key), record.texts.get(because_key)
        if not sources and because is None:
            return NO_GROUNDS
        pattern = (because, *sources)
        found = self._grounds.get(pattern)
        return found or self._grounds.keep(
            pattern,
            lambda: Grounds(self.references(record, sources_key, "sources"), self.text(record, because_key)),
        )

    def window(self, record: Record, name: str) -> Window:
        """When a departure or an arrival was: ANY_TIME where nothing is said."""
        if not record.has(name):
            return ANY_TIME
        after_key, by_key, basis_key, sources_key, because_key = _WINDOW_KEYS[name]
        after = self.minute(record, after_key, _FIRST)
        by = self.minute(record, by_key, _LAST)
        basis = self.word(record, basis_key, _BASES)
        grounds = self.grounds(record, sources_key, because_key)
        if after is not None and by is not None and after > by:
            found = f"after {record.texts[after_key]}, by {record.texts[by_key]}"
            record.report(BACKWARDS_WINDOW, after_key, found=(found,))
        said = after is not None or by is not None or basis is not None or grounds is not NO_GROUNDS
        return Window(after, by, basis, grounds) if said else ANY_TIME

    def transit(self, record: Record) -> Transit | None:
        """How long a move takes; None where nothing is said."""
        if not record.has("transit"):
            return None
        grounds = self.grounds(record, "transit_sources", "transit_because")
        text = record.texts.get("transit")
        if text is None:
            if grounds is not NO_GROUNDS:
                record.report(MISSING_KEY, "transit", owner="'transit'", key="is", hint="Add `is: 12h`.")
            return None
        try:
            minutes = parse_duration(text)
        except TimeError as error:
            record.report(BAD_DURATION, "transit", reason=error)
            return None
        if minutes > DAYS_MAX * MINUTES_A_DAY:
            record.report(LONG_TRANSIT, "transit", text=text)
        return Transit(minutes, grounds)


def is_number(text: str) -> bool:
    """Whether a text is meant as a plain number, of whatever size and sign."""
    return _PLAIN_NUMBER.fullmatch(text) is not None


def is_within_years(calendar: Calendar, minute: int) -> bool:
    """Whether a minute can be shown in UTC and on the calendar's own clocks: in the years 1 to 9999."""
    try:
        calendar.local(minute)
    except (TimeError, OverflowError):
        return False
    return True


def _refuse_word(record: Record, key: str, index: int, text: str, words: Iterable[str]) -> None:
    known = tuple(words)
    record.report(
        BAD_WORD, key, index, text=text, key=key, known=known, nearest=Nearest(text, known, "Write one of them.")
    )


def _refuse_unseen(record: Record, key: str, index: int, text: str) -> None:
    """Note the first character that is not to be shown, if there is one."""
    for char in text:
        if char in _UNSEEN or category(char) in {"Cc", "Cs"}:
            record.report(BAD_TEXT, key, index, key=key, code=f"U+{ord(char):04X}")
            return
