"""Orders: when a move's legs leave and arrive, what they rest on, and how they are known."""

import pytest
from attrs import evolve

from sim.domain.grounds import NO_GROUNDS, Grounds
from sim.domain.lift import Carriage
from sim.domain.order import (
    ANY_TIME,
    Leg,
    Order,
    Part,
    Transit,
    Window,
    arrivals_in_turn,
    departures_in_turn,
    legs_of,
)
from sim.domain.variate import Fixed
from sim.domain.vocabulary import Action, Basis

ORDERED, OWN, PARTS, WINDOWS = (Grounds((source,)) for source in ("ordered", "own", "parts", "windows"))
GUESS = Grounds((), "a guess")


def _order(
    depart: Window = ANY_TIME,
    arrive: Window = ANY_TIME,
    transit: Transit | None = None,
    parts: tuple[Part, ...] = (),
    grounds: Grounds = ORDERED,
) -> Order:
    return Order("go", 100, Action.DEPLOY, ("a",), "pl", depart, arrive, transit, parts, grounds=grounds)


@pytest.mark.parametrize(
    ("depart", "arrive", "transit", "leaves", "arrives"),
    [
        (ANY_TIME, Window(by=200), None, 100, 200),
        (ANY_TIME, ANY_TIME, Transit(30), 100, 130),
        (ANY_TIME, Window(by=200), Transit(30), 100, 200),
        (ANY_TIME, Window(after=150), Transit(30), 100, 130),
        (Window(after=50), Window(by=200), None, 100, 200),
        (Window(after=100), Window(by=101), None, 100, 101),
        (Window(after=150), Window(by=200), None, 150, 200),
        (Window(after=150, by=160), ANY_TIME, Transit(1), 150, 151),
        (Window(by=90), ANY_TIME, Transit(1), 100, 101),
    ],
)
def test_when_it_leaves_and_arrives(
    depart: Window, arrive: Window, transit: Transit | None, leaves: int, arrives: int
) -> None:
    """It leaves at the later of the order and depart.after, and has arrived at arrive.by, else transit after."""
    (leg,) = legs_of(_order(depart=depart, arrive=arrive, transit=transit))
    assert (leg.strength, leg.leaves, leg.arrives, leg.depart, leg.arrive) == (None, leaves, arrives, depart, arrive)


@pytest.mark.parametrize(
    ("depart", "arrive", "message"),
    [
        (ANY_TIME, Window(by=100), "arrives no later than it leaves"),
        (ANY_TIME, Window(by=99), "arrives no later than it leaves"),
        (Window(after=200), Window(by=200), "arrives no later than it leaves"),
    ],
)
def test_moves_that_do_not_load(depart: Window, arrive: Window, message: str) -> None:
    """An arrival must come after the departure."""
    with pytest.raises(ValueError, match=message):
        legs_of(_order(depart, arrive))


@pytest.mark.parametrize("arrive", [ANY_TIME, Window(after=200)])
def test_a_move_may_have_no_arrival(arrive: Window) -> None:
    """Where none is known yet, it leaves and is not among the arrivals."""
    (leg,) = legs_of(_order(Window(after=150), arrive))
    assert (leg.leaves, leg.arrives) == (150, None)
    assert arrivals_in_turn([leg]) == []


def test_parts_are_legs() -> None:
    """Each part is a leg of its own strength, in the order written; leaving and arriving they take turns by time."""
    parts = (
        Part(10, Window(after=300), Window(by=900)),
        Part(20, ANY_TIME, Window(by=900)),
        Part(30, Window(after=200), Window(by=400)),
    )
    legs = legs_of(_order(parts=parts))
    assert [(leg.strength, leg.leaves, leg.arrives) for leg in legs] == [(10, 300, 900), (20, 100, 900), (30, 200, 400)]
    assert [leg.strength for leg in departures_in_turn(legs)] == [20, 30, 10]
    assert [leg.strength for leg in arrivals_in_turn(legs)] == [30, 10, 20]


@pytest.mark.parametrize(
    ("window", "part", "order", "grounds", "basis"),
    [
        (Window(after=100, by=200, grounds=WINDOWS), PARTS, ORDERED, WINDOWS, Basis.ANNOUNCED),
        (Window(after=100, by=200), PARTS, ORDERED, PARTS, Basis.ANNOUNCED),
        (Window(after=100, by=200), NO_GROUNDS, ORDERED, ORDERED, Basis.ANNOUNCED),
        (Window(after=100, by=200, grounds=GUESS), PARTS, ORDERED, GUESS, Basis.ASSUMED),
        (Window(after=100, by=200), GUESS, ORDERED, GUESS, Basis.ASSUMED),
        (Window(after=100, by=200), NO_GROUNDS, GUESS, GUESS, Basis.ASSUMED),
        (Window(after=100, by=200, grounds=Grounds(("x",), "because")), PARTS, GUESS, None, Basis.ANNOUNCED),
        (Window(after=100, by=200, basis=Basis.OBSERVED), NO_GROUNDS, GUESS, GUESS, Basis.OBSERVED),
        (Window(after=100, by=200, basis=Basis.ASSUMED, grounds=WINDOWS), PARTS, GUESS, WINDOWS, Basis.ASSUMED),
    ],
)
def test_grounds_and_basis(
    window: Window, part: Grounds, order: Grounds, grounds: Grounds | None, basis: Basis
) -> None:
    """What a window says counts first, then its part, then its order; a source announces, a reason assumes."""
    moved = Part(1, window, window, None, part)
    (leg,) = legs_of(_order(parts=(moved,), grounds=order))
    expected = window.grounds if grounds is None else grounds
    assert leg == Leg(1, 100, 200, window, window, expected, expected, basis, basis, moved)


@pytest.mark.parametrize(
    ("notice", "depart", "arrive", "basis"),
    [
        (Fixed(90), ANY_TIME, ANY_TIME, Basis.ASSUMED),
        (None, ANY_TIME, ANY_TIME, Basis.ANNOUNCED),
        (Fixed(90), Window(after=150), ANY_TIME, Basis.ANNOUNCED),
        (Fixed(90), Window(by=150), ANY_TIME, Basis.ANNOUNCED),
        (Fixed(90), Window(basis=Basis.OBSERVED), ANY_TIME, Basis.OBSERVED),
        (Fixed(90), ANY_TIME, Window(by=200), Basis.ANNOUNCED),
    ],
)
def test_a_notice_is_assumed(notice: Fixed | None, depart: Window, arrive: Window, basis: Basis) -> None:
    """Where only that says when what goes by lift may leave, no source does; what was reported stands before it."""
    carriage = Carriage(("trucks",), ("here", "pl"), notice)
    (leg,) = legs_of(evolve(_order(depart, arrive), carriage=carriage))
    assert (leg.depart_grounds, leg.depart_basis) == (ORDERED, basis)


def test_an_arrival_reckoned_by_transit_rests_on_it() -> None:
    """Where no arrival is reported, the grounds of the transit are those of the arrival, even of a window beside it."""
    during = Transit(30, GUESS)
    (leg,) = legs_of(_order(arrive=Window(after=100, grounds=WINDOWS), transit=during, depart=Window(grounds=OWN)))
    assert (leg.depart_grounds, leg.depart_basis) == (OWN, Basis.ANNOUNCED)
    assert (leg.arrive_grounds, leg.arrive_basis) == (GUESS, Basis.ASSUMED)
    (leg,) = legs_of(_order(transit=Transit(30)))
    assert (leg.arrive_grounds, leg.arrive_basis) == (ORDERED, Basis.ANNOUNCED)


@pytest.mark.parametrize(
    ("window", "inside", "outside"),
    [
        (ANY_TIME, (0, 10**9), ()),
        (Window(after=5), (5, 6), (4,)),
        (Window(by=5), (0, 5), (6,)),
        (Window(after=5, by=7), (5, 6, 7), (4, 8)),
    ],
)
def test_windows(window: Window, inside: tuple[int, ...], outside: tuple[int, ...]) -> None:
    """Both ends belong to a window; either may be missing."""
    assert all(minute in window for minute in inside)
    assert not any(minute in window for minute in outside)


@pytest.mark.parametrize("action", Action)
def test_which_actions_move(action: Action) -> None:
    """Deploy and return take a unit elsewhere; no other action does."""
    assert Order("o", 0, action).moves is (action in {Action.DEPLOY, Action.RETURN})
