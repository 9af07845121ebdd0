"""What is held of a run answers as the run itself does."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sim.web.told
from sim.domain.scenario import Scenario
from sim.ledger import Book
from sim.ledger.claims import Verdict
from sim.loader import load
from sim.posture import snapshot
from sim.posture.difference import between
from sim.posture.excerpt import Scope, excerpt
from sim.posture.held import NOTHING
from sim.posture.narrowing import lines
from sim.posture.selector import selector_of
from sim.posture.series import series
from sim.report.answer import Answer
from sim.runs import play
from sim.web import index
from sim.web.index import Moves
from sim.web.told import Told
from tests.bench.workload import shuttle_of
from tests.cli.conftest import ROOT
from tests.strategies import scenarios

FIELDS = st.lists(st.sampled_from(["place", "country", "unit", "readiness"]), unique=True).map(tuple)


def _told(book: Book) -> Told:
    return Told(Answer(book, (book.opened.end,))).prepare().prepare_timeline()


@given(scenario=scenarios(), share=st.floats(0, 1))
def test_snapshots(scenario: Scenario, share: float) -> None:
    """At any minute, by the trial balances that are held; and of a side alone, its rows and their totals."""
    book = play(scenario)
    told, minute = _told(book), int(share * book.opened.end)
    whole = snapshot(book, minute)
    assert told.snapshot(minute) == whole
    for side in {unit.side for unit in book.units.values()}:
        narrowed = told.snapshot(minute, selector_of(book, side=[side]))
        assert narrowed.rows == tuple(row for row in whole.rows if row.side == side)
        assert sum(total.strength for total in narrowed.totals) == sum(row.strength for row in narrowed.rows)


@given(scenario=scenarios(), fields=FIELDS)
def test_lines(scenario: Scenario, fields: tuple[str, ...]) -> None:
    """The lines of a snapshot are those of the series at that minute."""
    book = play(scenario)
    told = series(book, fields)
    for place, minute in enumerate(told.times):
        found = {line.group: line.held[place] for line in told.lines if line.held[place] != NOTHING}
        assert dict(lines(book, snapshot(book, minute).rows, fields)) == found


@given(scenario=scenarios())
def test_what_happened_to_units(scenario: Scenario) -> None:
    """What is looked up by unit is what a look at all of it finds, also where a place is asked for besides."""
    book = play(scenario)
    told = _told(book)
    for unit in book.units:
        for places in ((), *((place,) for place in book.places)):
            scope = Scope((unit,), places)
            found = [*excerpt(book, told.happened_to(scope.units), scope)]
            assert found == [*excerpt(book, told.answer.timeline, scope)]


@given(scenario=scenarios())
def test_entries(scenario: Scenario) -> None:
    """Every entry of the ledger is of one unit."""
    book = play(scenario)
    assert _told(book).entries_of.total() == book.entries_until(book.opened.end)


@given(scenario=scenarios(), fields=FIELDS, share=st.floats(0, 1))
def test_over_time(scenario: Scenario, fields: tuple[str, ...], share: float) -> None:
    """What is looked up, or told from snapshots, is what the series are, whatever the times."""
    book = play(scenario)
    told = _told(book)
    for times in (told.changes, [0, int(share * book.opened.end)]):
        whole = series(book, fields, times)
        held = {line.group: [*line.held] for line in whole.lines if any(each.strength for each in line.held)}
        assert told.over_time(fields, whole.times) == sorted(held.items())


@given(scenario=scenarios(), data=st.data())
def test_what_happened_at_places_and_under_orders(scenario: Scenario, data: st.DataObject) -> None:
    """What is looked up is what a look at all of it finds, for several of each, also together."""
    book = play(scenario)
    told = _told(book)
    for places, orders in (
        (data.draw(_some(book.places)), ()),
        ((), data.draw(_some(book.orders))),
        (data.draw(_some(book.places)), data.draw(_some(book.orders))),
    ):
        if places or orders:
            scope = Scope((), places, orders)
            found = [told.answer.timeline[place] for place in told.happenings.meant(scope)]
            assert found == [happening for happening, _ in excerpt(book, told.answer.timeline, scope)]


def _some(ids: Iterable[str]) -> st.SearchStrategy[tuple[str, ...]]:
    named = [*ids]
    return st.lists(st.sampled_from(named), unique=True).map(tuple) if named else st.just(())


@given(
    scenario=scenarios(), fields=st.permutations(["place", "country", "readiness", "origin", "side"]), data=st.data()
)
def test_differences(scenario: Scenario, fields: list[str], data: st.DataObject) -> None:
    """By the moves that are looked up, as by all entries: whatever the times, and what is asked by."""
    book = play(scenario)
    told = _told(book)
    by = tuple(fields[: data.draw(st.integers(0, 5))])
    first = data.draw(st.integers(0, book.opened.end))
    last = data.draw(st.integers(first, book.opened.end))
    taken = told.snapshot(first), told.snapshot(last)
    assert between(book, first, last, by, taken, told.moves.between(first, last)) == between(book, first, last, by)


def test_more_kinds_of_moves_than_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then all entries are looked at; and so they are where there are no more of them than of kinds."""
    book = play(shuttle_of(6_000))
    end = book.opened.end
    kept = [*Moves(book).between(0, end)]
    assert 0 < len(kept) < len([*book.entries(book.entries_until(0))]) // 100
    monkeypatch.setattr(index, "MOVES_MAX", 1)
    assert [*Moves(book).between(0, end)] == [*book.entries(book.entries_until(0))]


def test_how_many_points(monkeypatch: pytest.MonkeyPatch) -> None:
    """A posture of many units is told at fewer times, so that no question costs more than another; by place, at all."""
    told = _told(play(shuttle_of(6_000)))
    monkeypatch.setattr(sim.web.told, "ROWS_MAX", 5_500)
    assert (told.points(("unit",), 200), told.points(("unit",), 3), told.points(("place",), 200)) == (5, 3, 200)


def test_room_for_breakdowns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no more of it, they are worked out anew, and are the same."""
    told = _told(play(load(ROOT / "scenarios" / "failed-total.yaml")))
    judgement = next(each for each in told.answer.judgements if each.verdict is Verdict.CONTRADICTED)
    first = told.breakdown(judgement)
    assert told.breakdown(judgement) is first
    monkeypatch.setattr(sim.web.told, "BREAKDOWNS_MAX", 1)
    other = next(each for each in told.answer.judgements if each.reading and each is not judgement)
    assert told.breakdown(other).judgement == other
    again = told.breakdown(judgement)
    assert again is not first
    assert again == first
