"""Agreement: which sources can all be right, and which claim stands most in the way."""

from collections.abc import Iterable

from sim.domain.claim import Claim, Count, Selector
from sim.domain.quantity import parse_quantity
from sim.domain.source import Source
from sim.engine import simulate
from sim.ledger import Book
from sim.reconcile import reconcile
from sim.reconcile.agreement import Agreement, Relief
from sim.reconcile.effort import Extent
from sim.reconcile.reconciliation import Reconciliation
from tests import story

A, B = Selector(units=("a",)), Selector(units=("b",))


def says(name: str, source: str, wording: str, selector: Selector = A) -> Claim:
    return story.claim(Count(selector, parse_quantity(wording), 300), name, source)


def found(claims: Iterable[Claim], limit: int = 100) -> Reconciliation:
    """Of two units of whom nothing is known; the echo has it from the agency, as has the wire."""
    sources = [
        Source("agency", "Agency"),
        Source("echo", "Echo", relays=("agency",)),
        Source("paper", "Paper"),
        Source("radio", "Radio"),
        Source("wire", "Wire", relays=("agency",)),
    ]
    told = story.scenario([story.unit(unit, "at least 1") for unit in "ab"], (), claims, sources=sources)
    return reconcile(Book.replay(simulate(told)), (), limit)


def relieved(reliefs: Iterable[Relief]) -> list[tuple[list[str], int, int]]:
    return [([claim.id for claim in relief.claims], relief.real, relief.rounding) for relief in reliefs]


def test_all_agree() -> None:
    """Then there is one set, of all who claim anything; two that relay the same are of one origin."""
    agreements = found([says("x", "echo", "97"), says("y", "wire", "97"), says("z", "paper", "90 to 99")]).agreements
    assert agreements.found == (Agreement(("echo", "paper", "wire"), (), 2),)
    assert (agreements.extent, agreements.at_odds, agreements.ruled_out) == (Extent.ALL, (), ())


def test_a_source_stands_for_all_it_says() -> None:
    """One of its claims is enough to keep it out, though all else it says goes with the others."""
    claims = [
        says("x", "echo", "97"),
        says("y", "paper", "91"),
        says("z", "paper", "51", B),
        says("w", "wire", "51", B),
    ]
    agreements = found(claims).agreements
    assert agreements.found == (
        Agreement(("paper", "wire"), ("echo",), 2),
        Agreement(("echo", "wire"), ("paper",), 1),
    )


def test_the_largest_come_first() -> None:
    """Those that leave out fewest, then in order of who is left out; one may be much smaller than another."""
    claims = [says("x", "echo", "97"), says("y", "paper", "91"), says("z", "radio", "91"), says("w", "wire", "91")]
    agreements = found(claims).agreements
    assert [each.others for each in agreements.found] == [("echo",), ("paper", "radio", "wire")]
    assert found(claims, limit=1).agreements.extent is Extent.LIMIT
    assert found(claims, limit=1).agreements.found == agreements.found[:1]


def test_who_is_at_odds_with_itself() -> None:
    """It says two things that cannot both be true: it is in no set, and is named."""
    claims = [says("x", "paper", "97"), says("y", "paper", "91"), says("z", "wire", "91 to 97")]
    agreements = found(claims).agreements
    assert (agreements.at_odds, agreements.ruled_out) == (("paper",), ())
    assert agreements.found == (Agreement(("wire",), ("paper",), 1),)


def test_who_is_ruled_out_is_not_at_odds_with_itself() -> None:
    """It says one thing, which the reported strength rules out; or two, which only that strength keeps apart."""
    whole = Selector()
    for claims, at_odds, ruled_out in (
        ([says("x", "paper", "0")], (), ("paper",)),
        ([says("x", "paper", "91"), says("y", "paper", "91", whole)], (), ("paper",)),
        ([says("x", "paper", "91"), says("y", "paper", "90", whole)], ("paper",), ()),
        ([says("x", "paper", "0"), says("y", "paper", "9", B), says("z", "paper", "8", B)], ("paper",), ("paper",)),
        ([says("x", "paper", "91"), says("y", "wire", "91", whole)], (), ()),
    ):
        agreements = found(claims).agreements
        assert (agreements.at_odds, agreements.ruled_out) == (at_odds, ruled_out)


def test_nobody_claims_anything() -> None:
    """Then the only set of sources is that of none."""
    agreements = found([]).agreements
    assert agreements.found == (Agreement((), (), 0),)


def test_the_claim_without_which_most_is_gone() -> None:
    """It stands against all others; of those that do alike, each is named."""
    claims = [
        says("x", "echo", "97"),
        says("y", "paper", "91"),
        says("z", "radio", "93"),
        says("w", "wire", "92 to 94"),
    ]
    reconciled = found(claims)
    assert len(reconciled.contradictions.found) == 5
    assert relieved(reconciled.reliefs) == [(["x"], 3, 0), (["y"], 3, 0)]


def test_what_several_say_is_not_gone_with_one_of_them() -> None:
    """Dropping one of two claims that say the same changes nothing; both of them are named, as what removes more."""
    claims = [
        *(says("x", "echo", "97"), says("x-too", "wire", "97")),
        *(says("y", "paper", "91"), says("z", "radio", "93 to 94")),
    ]
    assert relieved(found(claims).reliefs) == [(["y"], 2, 0), (["z"], 2, 0)]
    claims[3] = says("z", "radio", "90 to 94")
    assert relieved(found(claims).reliefs) == [(["y"], 1, 0), (["z"], 1, 0), (["x", "x-too"], 2, 0)]


def test_real_contradictions_count_before_rounding() -> None:
    """What removes one of these comes before what removes two rounding differences."""
    claims = [
        *(says("x", "echo", "100"), says("y", "paper", "101"), says("z", "radio", "102")),
        *(says("v", "paper", "51", B), says("w", "wire", "53", B)),
    ]
    reconciled = found(claims)
    assert relieved(reconciled.reliefs) == [(["y"], 1, 1), (["z"], 1, 1)]
    assert [each.rounded_to for each in reconciled.contradictions.found] == [None, 10, 10, None]


def test_nothing_stands_in_the_way() -> None:
    assert found([says("x", "echo", "97")]).reliefs == ()
