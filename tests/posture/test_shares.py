"""Shares: on whose word a figure rests, by its number, its order, and the movements that made it."""

from attrs import evolve

from sim.domain.claim import Selector
from sim.domain.grounds import Grounds
from sim.domain.source import Source
from sim.engine import simulate
from sim.ledger import Book
from sim.posture.explanation import explain
from sim.posture.shares import Share, shares_of
from tests.engine.lifted import change, lifted, move, port, trucks
from tests.story import cited, deploy, part, scenario, unit

SOURCES = [Source(name, name.upper()) for name in ("abc", "afp", "cnn", "dpa", "pap")]


def shares(book: Book, place: str, at: int) -> tuple[Share, ...]:
    """Those of what is at a place."""
    (figure,) = explain(book, at, Selector(place=(place,))).figures
    return shares_of(book, figure)


def test_what_was_reported() -> None:
    """The window of each part has its own source; all that is in an account rests on all by which it came there."""
    parts = (part(60, 50, 100, grounds=cited("afp")), part(40, 60, 200, grounds=cited("cnn")))
    order = deploy("go", 40, "a", parts=parts, grounds=cited("pap"))
    told = evolve(scenario([unit("a", "100", grounds=cited("abc"))], [order]), sources=SOURCES)
    assert shares(Book.replay(simulate(told)), "pl", 150) == (
        Share("abc", numbered=60),
        Share("afp", left=60, arrived=60),
        Share("cnn", left=60),
        Share("pap", ordered=60),
    )


def test_what_lift_predicts() -> None:
    """The order's source told of the order alone: who gave the lift, its ports and their changes carries the rest, and
    so does a guess beside them.
    """
    told = lifted(
        [unit("a", "50", place="here", grounds=cited("abc"))],
        [evolve(move("go", 0, "a"), grounds=cited("pap"))],
        [evolve(trucks(1, 10), grounds=Grounds(because="a guess"))],
        [evolve(port("quay", "there", 1), grounds=cited("cnn"))],
        [evolve(change(1, 150, 2, lift="trucks"), grounds=cited("dpa"))],
    )
    book = Book.replay(simulate(evolve(told, sources=SOURCES)))
    before = (
        Share("abc", numbered=10),
        Share("cnn", left=10, arrived=10),
        Share("pap", ordered=10),
        Share(None, left=10, arrived=10),
    )
    assert shares(book, "there", 100) == before
    after = [share for share in shares(book, "there", 9_000) if share.source == "dpa"]
    assert after == [Share("dpa", left=50, arrived=50)]
