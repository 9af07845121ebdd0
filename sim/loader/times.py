"""Times: reading many of them fast. Tables hold hundreds of thousands of times, on few days."""

from collections.abc import Sequence
from typing import Final

from sim.domain.calendar import MINUTES_A_DAY, Calendar, Edge, TimeError
from sim.loader.limits import MEMO_MAX

_DATE_LENGTH: Final = len("2022-02-03")
_TIME_LENGTH: Final = len("2022-02-03T08:00")


class Times:
    """Reads times as `Calendar.parse` does; each day, and each time of day, is worked out once.

    A day is remembered, with the offset that is written after its times, where its clocks do not change: then a time on
    it is the minute the day begins plus the time of day.
    """

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self._days: dict[str, int] = {}
        self._clock: dict[str, int] = {}
        self._others: dict[tuple[str, Edge, bool], int] = {}

    def read(self, text: str, edge: Edge, *, month: bool = False) -> int:
        """The minute that `text` names. Raises TimeError."""
        day = self._days.get(text[:_DATE_LENGTH] + text[_TIME_LENGTH:])
        if day is not None:
            clock = self._clock.get(text[_DATE_LENGTH:_TIME_LENGTH])
            if clock is not None:
                return day + clock
        found = self._others.get((text, edge, month))
        if found is None:
            found = self.calendar.parse(text, edge, month=month)
            self._learn(text.strip(), edge, month, found)
        return found

    def read_all(self, texts: Sequence[str], edge: Edge) -> list[int | None]:
        """The minutes that `texts`, at least one, name: None for an empty one. Raises TimeError."""
        days, clock = self._days, self._clock
        if len(clock) < MINUTES_A_DAY:
            clock.update((f"T{hour:02}:{minute:02}", hour * 60 + minute) for hour in range(24) for minute in range(60))
        try:
            if max(map(len, texts)) == min(map(len, texts)) == _TIME_LENGTH:
                return [days[text[:10]] + clock[text[10:]] for text in texts]
            return [days[text[:10] + text[16:]] + clock[text[10:16]] if text else None for text in texts]
        except KeyError:
            return [self.read(text, edge) if text else None for text in texts]

    def _learn(self, text: str, edge: Edge, month: bool, minute: int) -> None:
        """Remember what `text` names: a day and a time of day where it is a time, else a minute."""
        date, offset = text[:_DATE_LENGTH], text[_TIME_LENGTH:]
        if max(len(self._days), len(self._others)) >= MEMO_MAX:
            return
        if len(text) < _TIME_LENGTH:
            self._others[text, edge, month] = minute
            return
        try:
            first = self.calendar.parse(f"{date}T00:00{offset}", Edge.FIRST)
            last = self.calendar.parse(f"{date}T23:59{offset}", Edge.FIRST)
        except TimeError:
            return
        if last - first == MINUTES_A_DAY - 1:
            self._days[date + offset] = first
            self._clock[text[_DATE_LENGTH:_TIME_LENGTH]] = minute - first
