"""Frames: answers as columns, for pandas, for Polars, or as plain lists. A library is imported only when asked for.

What each column holds is said here once; docs/reference/dataframes.md is made from it.
"""

from collections.abc import Sequence
from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from sim.errors import UsageError

if TYPE_CHECKING:
    import pandas
    import polars

    from sim.posture.postings import Postings
    from sim.posture.series import Series
    from sim.posture.snapshot import Snapshot


class Holds(Enum):
    """What the cells of a column are."""

    TEXT = "text"
    TEXT_OR_NULL = "text, or null"
    NUMBER = "whole number"
    NUMBER_OR_NULL = "whole number, or null"
    SHARE = "share, from 0 to 1"
    TIME = "time in UTC"
    TIME_OR_NULL = "time in UTC, or null"
    TRUTH = "true or false"


PANDAS_TYPES: dict[Holds, str] = {
    Holds.TEXT: "string",
    Holds.TEXT_OR_NULL: "string",
    Holds.NUMBER: "int64",
    Holds.NUMBER_OR_NULL: "Int64",
    Holds.SHARE: "float64",
    Holds.TIME: "datetime64[us, UTC]",
    Holds.TIME_OR_NULL: "datetime64[us, UTC]",
    Holds.TRUTH: "bool",
}
"""The types of pandas. Microseconds, because nanoseconds end in the year 2262."""


@frozen
class Column:
    """A column: what its cells are, and what they mean."""

    name: str
    holds: Holds
    meaning: str


@frozen
class Frame:
    """Rows of equal length, and the columns that they are made of."""

    layout: tuple[Column, ...]
    rows: Sequence[tuple[Any, ...]]

    def columns(self) -> dict[str, list[Any]]:
        """The columns by name: text, numbers, aware datetimes, truth values, and None for nothing."""
        cells = [list(column) for column in zip(*self.rows, strict=True)] or [[] for _ in self.layout]
        return dict(zip((column.name for column in self.layout), cells, strict=True))

    def to_pandas(self) -> "pandas.DataFrame":
        """A data frame of pandas, its types those of PANDAS_TYPES. Raises UsageError where pandas is not installed."""
        try:
            import pandas
        except ModuleNotFoundError as error:
            raise _not_installed("pandas", error) from error
        types = {column.name: PANDAS_TYPES[column.holds] for column in self.layout}
        return pandas.DataFrame(
            {name: pandas.Series(cells, dtype=types[name]) for name, cells in self.columns().items()}
        )

    def to_polars(self) -> "polars.DataFrame":
        """A data frame of Polars, its types those of `polars_types`. Raises UsageError where it is not installed."""
        check_polars()
        import polars

        types = polars_types()
        schema = {column.name: types[column.holds] for column in self.layout}
        return polars.DataFrame(self.columns(), schema=schema)


def check_polars() -> None:
    """Raises UsageError where Polars is not installed: whoever will need it can ask before a long work."""
    try:
        import_module("polars")
    except ModuleNotFoundError as error:
        raise _not_installed("polars", error) from error


def polars_types() -> "dict[Holds, polars.DataType]":
    """The types of Polars."""
    import polars

    return {
        Holds.TEXT: polars.String(),
        Holds.TEXT_OR_NULL: polars.String(),
        Holds.NUMBER: polars.Int64(),
        Holds.NUMBER_OR_NULL: polars.Int64(),
        Holds.SHARE: polars.Float64(),
        Holds.TIME: polars.Datetime("us", "UTC"),
        Holds.TIME_OR_NULL: polars.Datetime("us", "UTC"),
        Holds.TRUTH: polars.Boolean(),
    }


_UNIT = Column("unit", Holds.TEXT, "The unit's id.")
_PLACE = Column("place", Holds.TEXT, "The id of the place where it stands; of what is in transit, where it is bound.")
_COUNTRY = Column("country", Holds.TEXT_OR_NULL, "The country of that place; null where none is known.")
_SIDE = Column("side", Holds.TEXT, "The unit's side.")
_ORIGIN = Column("origin", Holds.TEXT, "The id of the place where `return` takes the unit.")
_READINESS = Column("readiness", Holds.TEXT, "garrison, standby, heightened-alert, in-transit or deployed.")
_KIND = Column("kind", Holds.TEXT, "What is counted: troops, aircraft, vehicles or batteries. Kinds are never added.")
_STRENGTH = Column("strength", Holds.NUMBER, "How many: the nominal figure.")
_LOW = Column("low", Holds.NUMBER, "The least that the reports' wording allows.")
_HIGH = Column("high", Holds.NUMBER_OR_NULL, "The most that it allows; null where there is no upper bound.")
_BASIS = Column(
    "basis",
    Holds.TEXT_OR_NULL,
    "How it is known to have come there: observed, announced or assumed, the weakest where it came in several ways; "
    "null for what has not moved.",
)

FIELD_COLUMNS = {
    "place": _PLACE,
    "country": _COUNTRY,
    "unit": _UNIT,
    "side": _SIDE,
    "readiness": _READINESS,
    "origin": _ORIGIN,
}
"""The columns of the fields that a posture can be grouped by."""

SNAPSHOT = (
    Column("at", Holds.TIME, "The minute of the posture: all that happened up to its end is in it."),
    _UNIT,
    _PLACE,
    _COUNTRY,
    _SIDE,
    _ORIGIN,
    _READINESS,
    _KIND,
    _STRENGTH,
    _LOW,
    _HIGH,
    _BASIS,
)
"""A row for each unit, place and readiness that holds something, in that order."""

SERIES = (
    Column("at", Holds.TIME, "The minute of the posture: all that happened up to its end is in it."),
    _SIDE,
    _KIND,
    Column("in_transit", Holds.TRUTH, "Whether it is on its way: what is in transit is never counted as being there."),
    evolve(_STRENGTH, meaning="How many: the nominal figure; 0 where the line holds nothing at that time."),
    _LOW,
    _HIGH,
    _BASIS,
)
"""A row for each line at each time; the fields it is grouped by, but for the side, stand before `strength`."""

SERIES_FIELDS = 4
"""How many columns stand before those of the fields."""

POSTINGS = (
    Column("position", Holds.NUMBER, "The place of the event in the run, from 0."),
    Column("at", Holds.TIME, "When the event happened."),
    Column("event", Holds.TEXT, "unit-mustered, readiness-changed, unit-departed or unit-arrived."),
    _UNIT,
    Column("place", Holds.TEXT_OR_NULL, "The place of the account, as above; null for the opening account."),
    Column("readiness", Holds.TEXT_OR_NULL, "The readiness of the account; null for the opening account."),
    Column("strength", Holds.NUMBER, "What is added to the account; below 0 where it is taken away."),
    _KIND,
    Column("basis", Holds.TEXT_OR_NULL, "How a movement is known; null where nothing moved."),
    Column("order", Holds.TEXT_OR_NULL, "The id of the order that caused it; null for mustering."),
)
"""Two rows for each event that posts: what it takes from one account and adds to another."""


def snapshot_frame(snapshot: "Snapshot") -> Frame:
    """The rows of a snapshot. Raises UsageError for one that no book was asked for: it has no dates."""
    if snapshot.calendar is None:
        raise UsageError("this snapshot has no calendar to date it by", "Ask a book for it: book.snapshot(at).")
    at = snapshot.calendar.instant(snapshot.at)
    rows = [
        (
            at,
            row.unit,
            row.place,
            row.country,
            row.side,
            row.origin,
            row.readiness.value,
            row.kind.value,
            row.strength,
            row.interval.low,
            row.interval.high,
            _word(row.basis),
        )
        for row in snapshot.rows
    ]
    return Frame(SNAPSHOT, rows)


def series_frame(series: "Series") -> Frame:
    """The lines of a series at each of its times: by time, then by line."""
    shown = [number for number, field in enumerate(series.by) if field != "side"]
    dates = [series.calendar.instant(time) for time in series.times]
    rows = [
        (
            date,
            line.group.side,
            line.group.kind.value,
            line.group.in_transit,
            *(line.group.values[number] or None for number in shown),  # no country: all others have a value
            held.strength,
            held.interval.low,
            held.interval.high,
            _word(held.basis),
        )
        for turn, date in enumerate(dates)
        for line in series.lines
        for held in (line.held[turn],)
    ]
    fields = [FIELD_COLUMNS[series.by[number]] for number in shown]
    return Frame((*SERIES[:SERIES_FIELDS], *fields, *SERIES[SERIES_FIELDS:]), rows)


def postings_frame(postings: "Postings") -> Frame:
    """The postings in the order of the run."""
    calendar = postings.book.calendar
    rows = [
        (
            posted.position,
            calendar.instant(posted.at),
            posted.event,
            posted.unit,
            posted.place,
            _word(posted.readiness),
            posted.strength,
            posted.kind.value,
            _word(posted.basis),
            posted.order,
        )
        for posted in postings
    ]
    return Frame(POSTINGS, rows)


def _word(word: Any) -> str | None:
    return None if word is None else str(word)


def _not_installed(library: str, error: ModuleNotFoundError) -> Exception:
    """What to say where a library is not there; the error itself where something else is missing."""
    if error.name != library:
        return error
    return UsageError(f"this needs the library '{library}', which is not installed here", f"pip install {library}")
