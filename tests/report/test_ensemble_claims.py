"""To what dated claims come over many runs, and since when they are so: of one of three moves no arrival is known."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from attrs import evolve

import sim
from sim.domain.claim import Closed, Count, Selector
from sim.domain.order import ANY_TIME
from sim.domain.quantity import exactly, parse_quantity
from sim.ensemble.question import VERDICTS, Reached, Stands
from sim.ledger.claims import Verdict
from sim.report.ensemble_form import ensemble_to_csv
from sim.report.ensemble_page import ensemble_page
from sim.report.ensemble_run import Ensemble
from sim.report.table import Style
from tests.ensemble.invented import END, brigades, convoy
from tests.story import claim, deploy

GOLDEN = Path(__file__).parents[1] / "golden"

Compare = Callable[[Path, str], None]

THERE = Selector(place=("there",))
CLAIMS = (
    claim(Count(THERE, exactly(1000), 400), "all-there"),
    claim(Closed(Selector(units=("alpha",)), 700), "alpha-closed"),
    claim(Closed(Selector(units=("alpha", "charlie")), 700), "both-closed"),
    claim(Closed(Selector(units=("bravo",)), 100), "bravo-closed-at-once"),
    claim(Count(THERE, exactly(100), END), "first-load"),
    claim(Count(THERE, parse_quantity("at least 300"), 600), "half-way"),
    claim(Count(Selector(), exactly(900), 600), "nobody-lost"),
)
UNSEEN = evolve(deploy("unseen", 30, "charlie", to="there"), transit=None, arrive=ANY_TIME)
"""Nobody knows when it arrives."""


@pytest.fixture(scope="module")
def ensemble() -> Ensemble:
    return sim.run_ensemble(convoy(brigades("charlie"), [UNSEEN], claims=CLAIMS), 80, 3)


@pytest.mark.parametrize("room", [100, 60])
def test_the_page(ensemble: Ensemble, golden: Compare, room: int) -> None:
    """Verdicts, with what is open where anything is; closures of claims as those of orders; counts in a row each."""
    golden(GOLDEN / f"ensemble-open-{room}.txt", ensemble_page(ensemble.answer, Style.PLAIN, room))


def test_the_table(ensemble: Ensemble, golden: Compare) -> None:
    golden(GOLDEN / "ensemble-open-claims.csv", ensemble_to_csv(ensemble.answer, "claims"))


def test_what_may_have_happened_is_open(ensemble: Ensemble) -> None:
    """Of two units, one may have closed: the claim is open where the other has, contradicted where it has not."""
    found = {question.claim: each for question, each in ensemble.answer.first.claims}
    still_open = found["both-closed"].count(VERDICTS.index(Verdict.OPEN))
    assert still_open == found["alpha-closed"].count(VERDICTS.index(Verdict.HOLDS))
    assert still_open + found["both-closed"].count(VERDICTS.index(Verdict.CONTRADICTED)) == 80
    assert 0 < still_open < 80


def test_a_closure_holds_where_it_was_so_by_then(ensemble: Ensemble) -> None:
    """And a count that only grows: in as many runs as it is reached by its time."""
    tally = ensemble.answer.tally
    for name, due in (("alpha-closed", 700), ("bravo-closed-at-once", 100), ("both-closed", 700), ("half-way", 600)):
        holds = tally.distribution(tally.first, Stands(name)).chance(VERDICTS.index(Verdict.HOLDS))
        assert tally.distribution(tally.first, Reached(name)).at_most(due) == holds == ensemble.holds(name)


def test_in_python(ensemble: Ensemble) -> None:
    """The same minutes as those of the order that closes them; None where it is not so by the end."""
    assert ensemble.reached("alpha-closed") == ensemble.closure("go")
    assert ensemble.reached("both-closed") == dict.fromkeys((5, 25, 50, 75, 95))
    first = ensemble.reached("first-load")[5]
    assert isinstance(first, datetime) and first < datetime.fromisoformat("2022-01-24T12:00Z")
    with pytest.raises(sim.UsageError, match="there is no dated claim 'gone'"):
        ensemble.reached("gone")
