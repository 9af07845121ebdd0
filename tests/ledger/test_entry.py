"""Entries: what each event posts, and that they balance."""

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.event import (
    Event,
    OrderIssued,
    OrderRefused,
    ReadinessChanged,
    RunClosed,
    UnitArrived,
    UnitClosed,
    UnitDeparted,
    UnitMustered,
)
from sim.domain.scenario import Scenario
from sim.domain.vocabulary import Basis, Readiness
from sim.engine import simulate
from sim.ledger import Book, entry_for
from sim.ledger.book import OPENING
from sim.ledger.entry import Account, AnyAccount, Entry, Opening, Posting
from tests.strategies import any_scenarios

_GARRISON, _DEPLOYED, _IN_TRANSIT = Readiness.GARRISON, Readiness.DEPLOYED, Readiness.IN_TRANSIT


@pytest.mark.parametrize(
    ("event", "giving", "taking"),
    [
        (UnitMustered(5, "a", "home", _GARRISON, 7), Opening.OPENING, Account("a", "home", _GARRISON)),
        (
            ReadinessChanged(5, "a", "home", 7, _GARRISON, Readiness.STANDBY, "o"),
            Account("a", "home", _GARRISON),
            Account("a", "home", Readiness.STANDBY),
        ),
        (
            UnitDeparted(5, "a", 7, "home", "pl", _GARRISON, Basis.ASSUMED, "o"),
            Account("a", "home", _GARRISON),
            Account("a", "pl", _IN_TRANSIT),
        ),
        (
            UnitArrived(5, "a", 7, "pl", _DEPLOYED, Basis.ASSUMED, "o"),
            Account("a", "pl", _IN_TRANSIT),
            Account("a", "pl", _DEPLOYED),
        ),
    ],
)
def test_what_events_post(event: Event, giving: AnyAccount, taking: AnyAccount) -> None:
    """Strength goes from one account to another; the way there is held at the destination."""
    assert entry_for(event) == Entry(5, (Posting(giving, -7), Posting(taking, 7)))


@pytest.mark.parametrize(
    "event",
    [OrderIssued(5, "o", ("a",)), OrderRefused(5, "o", "a", "no"), UnitClosed(5, "a", "pl", "o"), RunClosed(5, 3)],
)
def test_what_events_do_not_post(event: Event) -> None:
    """What changes no posture posts nothing."""
    assert entry_for(event) is None


@given(st.lists(st.integers(-(10**12), 10**12), min_size=1))
def test_an_entry_cannot_be_unbalanced(strengths: list[int]) -> None:
    """Only postings that sum to zero make an entry, however they are put together."""
    account = Account("a", "home", _GARRISON)
    postings = tuple(Posting(account, strength) for strength in strengths)
    rest = Posting(Opening.OPENING, -sum(strengths))
    balanced = Entry(0, (*postings, rest))
    assert sum(posting.strength for posting in balanced.postings) == 0
    for error in (1, -1):
        off = evolve(rest, strength=rest.strength + error)
        with pytest.raises(ValueError, match=f"^an entry sums to zero, not to {error}$"):
            Entry(0, (*postings, off))
        with pytest.raises(ValueError, match=f"^an entry sums to zero, not to {error}$"):
            evolve(balanced, postings=(*postings, off))


@given(any_scenarios())
def test_the_book_posts_what_entries_say(told: Scenario) -> None:
    """The book's rows are the entries of its events, one for one, with their places in the run."""
    events = list(simulate(told))
    book = Book.replay(events)
    entries = [(position, entry_for(event)) for position, event in enumerate(events)]

    def account(number: int) -> AnyAccount:
        return Opening.OPENING if number == OPENING else book.account(number)

    rows = [
        (
            row.position,
            Entry(row.at, (Posting(account(row.giving), -row.strength), Posting(account(row.taking), row.strength))),
        )
        for row in book.rows()
    ]
    assert rows == [(position, entry) for position, entry in entries if entry is not None]
    for row in book.rows():
        event = events[row.position]
        assert row.order == getattr(event, "order", None)
        assert row.basis == getattr(event, "basis", None)
