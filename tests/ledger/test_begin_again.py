"""A book that begins again: as if nothing had happened after the units had mustered."""

from hypothesis import given

from sim.domain.event import RunOpened, UnitMustered
from sim.domain.scenario import Scenario
from sim.engine import simulate
from sim.ledger import Book
from tests.engine.lift_strategies import lift_scenarios


@given(lift_scenarios())
def test_what_is_posted_again_is_there_once(told: Scenario) -> None:
    """The same run gives the same book, in the first as in the second round."""
    run = list(simulate(told))
    mustered = max(place for place, event in enumerate(run) if isinstance(event, RunOpened | UnitMustered))
    once, twice = Book.replay(run), Book.replay(run)
    twice.begin_again()
    assert (twice.closing, twice.closures, twice.issued, twice.refusals, twice.waiting) == (None, [], {}, {}, {})
    assert list(twice.rows()) == list(Book.replay(run[: mustered + 1]).rows())
    for event in run[mustered + 1 :]:
        twice.post(event)
    for which in ("closing", "closures", "issued", "refusals", "waiting", "events"):
        assert getattr(twice, which) == getattr(once, which)
    assert list(twice.rows()) == list(once.rows())
