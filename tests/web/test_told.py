"""What is held of a run answers as the run itself does."""

from hypothesis import given
from hypothesis import strategies as st

from sim.domain.scenario import Scenario
from sim.ledger import Book
from sim.posture import snapshot
from sim.posture.excerpt import Scope, excerpt
from sim.posture.held import NOTHING
from sim.posture.narrowing import lines
from sim.posture.selector import selector_of
from sim.posture.series import series
from sim.report.answer import Answer
from sim.runs import play
from sim.web.told import Told
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
