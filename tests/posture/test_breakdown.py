"""Breakdowns: the accounts behind a figure add up to it, and each says what it rests on."""

from hypothesis import given

from sim.domain.claim import Closed, Count, Never, Noted, Selector, Separate, Test
from sim.domain.grounds import Grounds
from sim.domain.quantity import Interval, exactly
from sim.domain.scenario import Scenario
from sim.domain.vocabulary import Readiness
from sim.engine import simulate
from sim.ledger import Book
from sim.ledger.claims import Evidence, judge, judge_all
from sim.ledger.entry import Account
from sim.posture.breakdown import Share, breakdown, last_into
from sim.posture.timeline import timeline
from tests.story import GUESS, alert, cited, claim, deploy, part, scenario, unit
from tests.strategies import any_scenarios

_ABC = cited("abc")
_GARRISON, _DEPLOYED, _IN_TRANSIT = Readiness.GARRISON, Readiness.DEPLOYED, Readiness.IN_TRANSIT


def _book(test: Test) -> Book:
    return Book.replay(
        simulate(
            scenario(
                [unit("a", "about 1000"), unit("b", "200", grounds=_ABC), unit("c", "30", place="pl")],
                [
                    alert("up", 20, "c"),
                    deploy("go", 50, "a", parts=[part(600), part(400, leaves=500, arrives=900)]),
                    deploy("to", 50, "b", "c"),
                ],
                [claim(test)],
            )
        )
    )


def _shares(test: Test) -> tuple[Share, ...]:
    book = _book(test)
    judgement = judge(Evidence(book), book.claims["said"])
    assert judgement.reading is not None
    return breakdown(book, judgement.claim, judgement.reading)


def _share(  # a share in fewer words
    name: str,
    place: str,
    readiness: Readiness,
    strength: int,
    interval: Interval,
    grounds: Grounds,
    counted: bool = True,
) -> Share:
    return Share(Account(name, place, readiness), strength, interval, grounds, counted)


_A_THERE = _share("a", "pl", _DEPLOYED, 600, Interval(540, 660), GUESS)
_B_THERE = _share("b", "pl", _DEPLOYED, 200, Interval(200, 200), _ABC)
_C_THERE = _share("c", "pl", _DEPLOYED, 30, Interval(30, 30), GUESS)


def test_of_a_count() -> None:
    """Only the accounts selected, by unit, place and readiness, at the claim's moment."""
    assert _shares(Count(Selector(place=("pl",)), exactly(3000), 600)) == (_A_THERE, _B_THERE, _C_THERE)
    assert _shares(Count(Selector(units=("a",)), exactly(3000), 499)) == (
        _share("a", "home", _GARRISON, 400, Interval(360, 440), GUESS),
        _A_THERE,
    )
    assert _shares(Count(Selector(place=("de",)), exactly(3000), 600)) == ()


def test_of_never() -> None:
    """The accounts of the first moment that contradicts it."""
    assert _shares(Never(Selector(readiness=(_IN_TRANSIT,)))) == (
        _share("a", "pl", _IN_TRANSIT, 600, Interval(540, 660), GUESS),
        _share("b", "pl", _IN_TRANSIT, 200, Interval(200, 200), _ABC),
        _share("c", "pl", _IN_TRANSIT, 30, Interval(30, 30), GUESS),
    )


def test_of_separate() -> None:
    """All accounts of the units that both select."""
    alerted = Selector(readiness=(Readiness.HEIGHTENED_ALERT,))
    assert _shares(Separate(alerted, Selector(readiness=(_DEPLOYED,)))) == (_C_THERE,)


def test_of_closed() -> None:
    """All accounts of the units it is about; those of units that have not closed are not in the figure."""
    assert _shares(Closed(Selector(place=("pl",), units=("a", "b")), 600)) == (
        _share("a", "pl", _DEPLOYED, 600, Interval(540, 660), GUESS, counted=False),
        _share("a", "pl", _IN_TRANSIT, 400, Interval(360, 440), GUESS, counted=False),
        _B_THERE,
    )


def test_what_last_put_strength_into_an_account() -> None:
    """The last arrival, departure or change into it up to a moment; None where it stood there from the start."""
    book = _book(Noted("why"))
    happenings = timeline(book)

    def last(name: str, place: str, readiness: Readiness, at: int) -> tuple[int, str] | None:
        found = last_into(happenings, Account(name, place, readiness), at)
        return None if found is None else (found.at, found.event)

    assert last("a", "home", _GARRISON, 9000) is None
    assert last("a", "pl", _IN_TRANSIT, 49) is None
    assert last("a", "pl", _IN_TRANSIT, 50) == (50, "unit-departed")
    assert last("a", "pl", _IN_TRANSIT, 9000) == (500, "unit-departed")
    assert last("a", "pl", _DEPLOYED, 899) == (110, "unit-arrived")
    assert last("a", "pl", _DEPLOYED, 900) == (900, "unit-arrived")
    assert last("c", "pl", Readiness.HEIGHTENED_ALERT, 9000) == (20, "readiness-changed")
    assert last("b", "de", _DEPLOYED, 9000) is None


@given(any_scenarios())
def test_it_adds_up(told: Scenario) -> None:
    """Of every claim that can be tested, what is counted sums to the reading's strength, unit by unit; none is zero."""
    book = Book.replay(simulate(told))
    for judgement in judge_all(book):
        if judgement.reading is None:
            continue
        shares = breakdown(book, judgement.claim, judgement.reading)
        by_unit: dict[str, int] = {}
        for share in shares:
            assert share.strength > 0
            if share.counted:
                by_unit[share.account.unit] = by_unit.get(share.account.unit, 0) + share.strength
        assert tuple(sorted(by_unit.items())) == judgement.reading.units
        assert sum(by_unit.values()) == judgement.reading.strength
        assert {share.account.unit for share in shares if not share.counted} == set(judgement.reading.missing)
        assert list(shares) == sorted(
            shares, key=lambda share: (share.account.unit, share.account.place, share.account.readiness)
        )
