"""Data frames: the same figures as the rows they are made of, in types that their libraries reckon with."""

import sys
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import polars
import pytest
from attrs import asdict, evolve
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.calendar import Calendar, TimeError
from sim.domain.quantity import parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.unit import Post
from sim.engine import simulate
from sim.errors import UsageError
from sim.ledger.balance import Balances
from sim.ledger.entry import Account
from sim.posture import Book, Snapshot
from sim.posture.framed import Framed
from sim.posture.frames import POSTINGS, SERIES, SNAPSHOT
from sim.posture.postings import Posted
from sim.posture.snapshot import FIELDS
from sim.report.json_form import row_forms
from tests.story import GUESS, deploy, part, scenario, unit
from tests.strategies import any_scenarios

TOLD = scenario(
    [
        unit("a", "about 1000"),
        evolve(unit("b", place="unstated"), reported=parse_quantity("more than 50"), post=Post(60, GUESS)),
    ],
    [deploy("go", 60, "a", parts=[part(600), part(400, leaves=900)])],
)
NOON = datetime(2022, 1, 24, 12, tzinfo=UTC)
ONE = datetime(2022, 1, 24, 1, tzinfo=UTC)


def test_a_snapshot() -> None:
    """A row for each unit, place and readiness; nothing is null but what is open or unknown."""
    taken = _book(TOLD).snapshot("2022-01-24T12:00")
    assert taken.columns() == {
        "at": [NOON, NOON, NOON],
        "unit": ["a", "a", "b"],
        "place": ["home", "pl", "unstated"],
        "country": ["US", "PL", None],
        "side": ["US", "US", "US"],
        "origin": ["home", "home", "unstated"],
        "readiness": ["garrison", "deployed", "garrison"],
        "kind": ["troops", "troops", "troops"],
        "strength": [400, 600, 60],
        "low": [360, 540, 51],
        "high": [440, 660, None],
        "basis": [None, "assumed", None],
    }
    assert [type(value) for value in taken.columns()["readiness"]] == [str, str, str]


def test_a_series() -> None:
    """A row for each line at each time; the side stands once, also where it is asked for."""
    series = _book(TOLD).series(("side", "country"), [0, 60])
    assert series.columns() == {
        "at": [NOON - timedelta(hours=12)] * 3 + [ONE] * 3,
        "side": ["US"] * 6,
        "kind": ["troops"] * 6,
        "in_transit": [False, False, True] * 2,
        "country": [None, "US", "PL"] * 2,
        "strength": [60, 1000, 0, 60, 400, 600],
        "low": [51, 900, 0, 51, 360, 540],
        "high": [None, 1100, 0, None, 440, 660],
        "basis": [None, None, None, None, None, "assumed"],
    }


def test_postings() -> None:
    """Two rows for each event that posts; the opening account is at no place and in no readiness."""
    told = scenario([unit("a", "40")], [deploy("go", 60, "a")])
    position = len([event for event in simulate(told) if event.at == 0]) - 1
    assert [*_book(told).postings()][:2] == [
        Posted(position, 0, "unit-mustered", "a", None, None, -40, told.units["a"].kind, None, None),
        evolve([*_book(told).postings()][1], strength=40),
    ]
    assert _book(told).postings().columns() == {
        "position": [position, position, position + 2, position + 2, position + 3, position + 3],
        "at": [NOON - timedelta(hours=12)] * 2 + [ONE] * 2 + [ONE + timedelta(hours=1)] * 2,
        "event": ["unit-mustered"] * 2 + ["unit-departed"] * 2 + ["unit-arrived"] * 2,
        "unit": ["a"] * 6,
        "place": [None, "home", "home", "pl", "pl", "pl"],
        "readiness": [None, "garrison", "garrison", "in-transit", "in-transit", "deployed"],
        "strength": [-40, 40, -40, 40, -40, 40],
        "kind": ["troops"] * 6,
        "basis": [None, None, "assumed", "assumed", "assumed", "assumed"],
        "order": [None, None, "go", "go", "go", "go"],
    }


PANDAS = {
    "at": "datetime64[us, UTC]",
    "position": "int64",
    "strength": "int64",
    "low": "int64",
    "high": "Int64",
    "in_transit": "bool",
}
POLARS: dict[str, polars.DataType] = {
    "at": polars.Datetime("us", "UTC"),
    "position": polars.Int64(),
    "strength": polars.Int64(),
    "low": polars.Int64(),
    "high": polars.Int64(),
    "in_transit": polars.Boolean(),
}


@pytest.mark.parametrize("told", [TOLD, scenario([])], ids=["some", "none"])
def test_types(told: Scenario) -> None:
    """Times know that they are UTC, counts are whole numbers, and text is text: also where there are no rows."""
    book = _book(told)
    shown: dict[Framed, tuple[str, ...]] = {
        book.snapshot("end"): tuple(column.name for column in SNAPSHOT),
        book.series(("country",)): ("at", "side", "kind", "in_transit", "country", "strength", "low", "high", "basis"),
        book.postings(): tuple(column.name for column in POSTINGS),
    }
    for answer, names in shown.items():
        frame = answer.to_pandas()
        assert {name: str(frame[name].dtype) for name in frame} == {name: PANDAS.get(name, "string") for name in names}
        assert list(frame.columns) == list(names)
        assert dict(answer.to_polars().schema) == {name: POLARS.get(name, polars.String()) for name in names}
        assert answer.to_polars().columns == list(names)


@given(any_scenarios(), st.lists(st.sampled_from(list(FIELDS)), unique=True, max_size=2))
def test_frames_hold_what_the_rows_do(told: Scenario, by: list[str]) -> None:
    """Row by row and value by value, in either library and in neither; those of a snapshot are the JSON's."""
    book, dated = _book(told), told.calendar.instant
    taken, series, postings = book.snapshot("end"), book.series(by), book.postings()
    _has(taken, [{"at": dated(taken.at), **form} for form in row_forms(taken.rows)])
    _has(postings, [asdict(posted) | {"at": dated(posted.at)} for posted in postings])
    lines = [(line.group, dict(zip(by, line.group.values, strict=True)), line.held) for line in series.lines]
    _has(
        series,
        [
            {"at": dated(time), "side": group.side, "kind": group.kind, "in_transit": group.in_transit}
            | {field: value or None for field, value in values.items()}
            | {"strength": held[turn].strength, "low": held[turn].interval.low, "high": held[turn].interval.high}
            | {"basis": held[turn].basis}
            for turn, time in enumerate(series.times)
            for group, values, held in lines
        ],
    )


def _has(answer: Framed, rows: list[dict[str, Any]]) -> None:
    """Whether an answer's columns, in every form, are those of these rows."""
    columns = answer.columns()
    assert [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)] == rows
    assert answer.to_polars().to_dicts() == rows
    frame = answer.to_pandas()
    assert frame.astype(object).where(frame.notna(), None).to_dict("records") == rows


@given(any_scenarios())
def test_postings_balance(told: Scenario) -> None:
    """Those of each event sum to zero, and those of each account to what it holds in the end."""
    book = _book(told)
    events: Counter[int] = Counter()
    accounts: Counter[Account] = Counter()
    for posted in book.postings():
        events[posted.position] += posted.strength
        if posted.place is not None and posted.readiness is not None:
            accounts[Account(posted.unit, posted.place, posted.readiness)] += posted.strength
    assert not any(events.values())
    balances = Balances(book)
    balances.advance(told.end)
    assert {account: held for account, held in accounts.items() if held} == {
        book.account(number): held for number, held in balances.held.items()
    }


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_library_that_is_not_there(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said, with the line that installs it; the columns are there without."""
    monkeypatch.setitem(sys.modules, library, None)
    taken = _book(TOLD).snapshot(0)
    with pytest.raises(UsageError) as caught:
        getattr(taken, f"to_{library}")()
    assert (
        str(caught.value) == f"this needs the library '{library}', which is not installed here\n  pip install {library}"
    )
    assert len(taken.columns()) == len(SNAPSHOT)


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_library_that_lacks_another(library: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """That is what is said then: the library itself is there."""
    (tmp_path / f"{library}.py").write_text("import nowhere_to_be_found\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, library)
    with pytest.raises(ModuleNotFoundError, match=r"^No module named 'nowhere_to_be_found'$"):
        getattr(_book(TOLD).snapshot(0), f"to_{library}")()


def test_the_ends_of_the_calendar() -> None:
    """Times that nanoseconds could not hold."""
    told = evolve(TOLD, calendar=Calendar(datetime(9999, 12, 1, tzinfo=UTC)))
    first = datetime(9999, 12, 1, tzinfo=UTC)
    taken = _book(told).snapshot("start")
    assert taken.to_pandas()["at"].tolist() == [first, first]
    assert taken.to_polars()["at"].to_list() == [first, first]


def test_a_snapshot_of_no_book() -> None:
    """Made by hand, it has no calendar, and so no dates; that is said."""
    with pytest.raises(UsageError) as caught:
        Snapshot(0, (), ()).columns()
    assert str(caught.value) == "this snapshot has no calendar to date it by\n  Ask a book for it: book.snapshot(at)."


def test_every_column_says_what_it_is() -> None:
    """In a sentence; those of the fields that a series is grouped by are documented with the others."""
    columns = (*SNAPSHOT, *SERIES, *POSTINGS)
    assert [column.name for column in columns if not column.meaning.endswith(".")] == []
    assert set(FIELDS) <= {column.name for column in SNAPSHOT}


def test_times_of_a_book() -> None:
    """Minutes, text, and datetimes: aware ones as they are, others by the clocks of the run, as text is."""
    book = _book(evolve(TOLD, calendar=Calendar(datetime(2022, 3, 12, 5, tzinfo=UTC), "America/New_York")))
    warsaw = timezone(timedelta(hours=1))
    times = ("2022-03-12", "start", datetime(2022, 3, 12, 7, 0, 59, tzinfo=warsaw), datetime(2022, 3, 12, 1, 0, 59))
    assert [book.minute(time) for time in (7, *times)] == [7, 1439, 0, 60, 60]
    assert book.snapshot(datetime(2022, 3, 12, 1)) == book.snapshot(60)
    with pytest.raises(TimeError, match=r"^'2022-03-13T02:30' does not exist in America/New_York"):
        book.minute(datetime(2022, 3, 13, 2, 30))


def _book(told: Scenario) -> Book:
    return Book.replay(simulate(told))
