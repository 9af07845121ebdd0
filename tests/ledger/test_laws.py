"""What holds of the ledger of every run, whatever was ordered."""

from collections import Counter

from hypothesis import given

from sim.domain.event import OrderRefused
from sim.domain.scenario import Scenario
from sim.domain.vocabulary import Kind
from sim.engine import simulate
from sim.ledger import Book
from sim.ledger.balance import Balances
from sim.ledger.invariants import INVARIANTS, check
from tests.strategies import any_scenarios


@given(any_scenarios())
def test_the_trial_balance(told: Scenario) -> None:
    """At every moment strength is what was mustered, kind by kind and unit by unit, and no account is below zero."""
    book = Book.replay(simulate(told))
    balances = Balances(book)
    for minute in sorted({row.at for row in book.rows()}):
        balances.advance(minute)
        by_unit: Counter[str] = Counter()
        for number, strength in balances.held.items():
            assert strength > 0
            by_unit[book.account(number).unit] += strength
        assert by_unit == {unit.id: unit.strength for unit in told.in_force.units.values()}
        for kind in Kind:
            units = [unit for unit in told.in_force.units.values() if unit.kind is kind]
            assert sum(by_unit[unit.id] for unit in units) == sum(unit.strength for unit in units)


@given(any_scenarios())
def test_no_run_breaks_an_invariant_of_the_ledger(told: Scenario) -> None:
    """Orders that make no sense are refused, and no more: what the engine does is legal and accounted for."""
    book = Book.replay(simulate(told))
    outcomes = {outcome.name: outcome for outcome in check(book)}
    assert tuple(outcomes) == tuple(INVARIANTS)
    for name in ("conserved", "not-negative", "accounted", "legal", "caused", "sourced"):
        assert outcomes[name].findings == ()
        assert outcomes[name].holds


@given(any_scenarios())
def test_obeyed_tells_every_refusal_that_was_not_expected(told: Scenario) -> None:
    """One finding for each, and one for each order that was to be refused and was not."""
    events = list(simulate(told))
    refused = [event for event in events if isinstance(event, OrderRefused)]
    orders = {event.order for event in refused}
    surprising = [event for event in refused if not told.orders[event.order].refusal_expected]
    missed = [order for order in told.orders.values() if order.refusal_expected and order.id not in orders]
    (outcome,) = check(Book.replay(events), "obeyed")
    assert len(outcome.findings) == len(surprising) + len(missed)
    assert outcome.holds is not bool(surprising or missed)
