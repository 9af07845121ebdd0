"""Given: a claim whose one figure or window rests on its own source cannot disagree, and confirms nothing."""

import pytest
from attrs import evolve

from sim.domain.claim import Closed, Count, Never, Selector, Separate, Test, When
from sim.domain.grounds import NO_GROUNDS, Grounds
from sim.domain.order import Order, Part, Window
from sim.domain.quantity import exactly, parse_quantity
from sim.domain.source import Source
from sim.domain.unit import Unit
from sim.engine import simulate
from sim.ledger import Book
from sim.ledger.claims import Evidence, Verdict, judge
from tests.engine.lifted import change, lifted, move, port, trucks
from tests.story import GUESS, cited, claim, deploy, part, scenario, unit

SOURCES = [
    Source("briefing", "Briefing"),
    Source("officials", "Officials"),
    Source("abc", "ABC News", relays=("briefing", "officials")),
    Source("cnn", "CNN", relays=("briefing",)),
    Source("axios", "Axios", relays=("officials",)),
    Source("pap", "PAP"),
]


def _given(
    test: Test, units: list[Unit], orders: list[Order] | None = None, source: str = "abc", per: str | None = None
) -> bool:
    told = scenario(units, orders or [], [claim(test, "said", source, per)], sources=SOURCES)
    book = Book.replay(simulate(told))
    return judge(Evidence(book), book.claims["said"]).given


_ALL = Count(Selector(), exactly(100), 0)


@pytest.mark.parametrize(
    ("grounds", "source", "per", "given"),
    [
        (cited("abc"), "abc", None, True),
        (cited("pap"), "pap", None, True),
        # a shared origin, in either direction
        (cited("cnn"), "abc", None, True),
        (cited("abc"), "cnn", None, True),
        (cited("briefing"), "cnn", None, True),
        (cited("cnn"), "briefing", None, True),
        (cited("cnn"), "axios", None, False),
        (cited("pap"), "abc", None, False),
        # on no other
        (cited("abc", "cnn"), "abc", None, True),
        (cited("abc", "pap"), "abc", None, False),
        (cited("cnn", "pap"), "abc", None, False),
        # whom the source has it from
        (cited("axios"), "abc", None, True),
        (cited("axios"), "abc", "briefing", False),
        (cited("axios"), "abc", "officials", True),
        (cited("cnn"), "abc", "officials", False),
        (cited("abc"), "abc", "officials", True),
        (cited("pap"), "abc", "pap", True),
        (cited("abc"), "abc", "pap", True),
        (cited("".join(["a", "bc"])), "abc", "pap", True),
        (cited("cnn"), "abc", "pap", False),
        (cited("cnn"), "pap", None, False),
        # an assumption is nobody's
        (GUESS, "abc", None, False),
        (Grounds(("abc",), "and it fits"), "abc", None, True),
    ],
)
def test_a_count_of_one_unit(grounds: Grounds, source: str, per: str | None, given: bool) -> None:
    """Its figure is the claim's own, if its grounds are."""
    for test in (_ALL, Count(Selector(), parse_quantity("about 100"), When.ALWAYS)):
        assert _given(test, [unit("a", grounds=grounds)], source=source, per=per) is given


@pytest.mark.parametrize(
    "test",
    [
        Count(Selector(), exactly(7), 0),
        Count(Selector(), parse_quantity("over 100"), 0),
        Count(Selector(), exactly(7), When.ALWAYS),
        Never(Selector()),
        Never(Selector(place=("de",))),
    ],
)
def test_what_does_not_hold_is_not_given(test: Test) -> None:
    """A source that disagrees with its own figure is not confirmed by it; nor is one whose figure counts nobody."""
    assert not _given(test, [unit("a", "about 100", grounds=cited("abc"))])


def test_a_sum_is_a_test() -> None:
    """Two units counted are never given, whoever reported them; units that are not counted do not matter."""
    units = [unit("a", grounds=cited("abc")), unit("b", grounds=cited("abc"), place="pl")]
    assert not _given(Count(Selector(), exactly(200), 0), units)
    assert _given(Count(Selector(place=("pl",)), parse_quantity("about 100"), 0), units)
    assert not _given(Count(Selector(place=("de",)), exactly(0), 0), units)


_PARTS_ALONE = Count(Selector(place=("pl",)), parse_quantity("up to 99"), 200)


def _dozens(grounds: Grounds = NO_GROUNDS, post: Grounds = NO_GROUNDS, arrival: Grounds = NO_GROUNDS) -> Part:
    dozens = parse_quantity("several dozen")
    return Part(60, arrive=Window(by=100, grounds=arrival), grounds=grounds, reported=dozens, post_grounds=post)


@pytest.mark.parametrize(
    ("first", "order", "given"),
    [
        # the sources of the chosen number, else the part's, else its arrival's, else the order's
        (_dozens(post=cited("abc"), grounds=cited("pap")), cited("pap"), True),
        (_dozens(post=cited("pap"), grounds=cited("abc")), cited("abc"), False),
        (_dozens(post=GUESS, grounds=cited("abc")), cited("pap"), True),
        (_dozens(post=GUESS, grounds=cited("pap"), arrival=cited("abc")), cited("axios"), False),
        (_dozens(grounds=GUESS, arrival=cited("abc")), cited("pap"), True),
        (_dozens(arrival=cited("pap")), cited("abc"), False),
        (_dozens(post=GUESS), cited("abc"), True),
        (_dozens(post=GUESS), cited("pap"), False),
        (_dozens(post=GUESS), GUESS, False),
        # what the part has only from its order, the arrival knows better
        (_dozens(grounds=cited("pap"), arrival=cited("abc")), cited("abc", "pap"), True),
        (_dozens(grounds=cited("abc"), arrival=cited("pap")), cited("abc", "pap"), False),
        # a plain number is reported too
        (part(60, arrives=100, grounds=cited("abc")), cited("pap"), True),
        (part(60, arrives=100, grounds=cited("pap")), cited("abc"), False),
    ],
)
def test_a_part_is_its_own_figure(first: Part, order: Grounds, given: bool) -> None:
    """Where only some of a unit is counted, who reported the part gave the figure, not who reported the unit."""
    moves = [deploy("go", 50, "a", parts=[first, part(40, arrives=300)], grounds=order)]
    for grounds in (cited("abc"), cited("pap")):
        assert _given(_PARTS_ALONE, [unit("a", grounds=grounds)], moves) is given
    whole = Count(Selector(place=("pl",)), exactly(100), 300)
    assert _given(whole, [unit("a", grounds=cited("abc"))], moves)
    assert not _given(whole, [unit("a", grounds=cited("pap"))], moves)


def test_every_part_counted_must_be_its_own() -> None:
    """One part that another source reported makes a test of it."""
    units = [unit("a", grounds=cited("abc"))]
    for second, given in ((cited("abc"), True), (cited("pap"), False)):
        parts = [part(60, arrives=100, grounds=cited("abc")), part(30, arrives=110, grounds=second), part(10, 400)]
        assert _given(_PARTS_ALONE, units, [deploy("go", 50, "a", parts=parts)]) is given


def test_separate_is_never_given() -> None:
    """It compares which units were named, and no figure decides that."""
    assert not _given(Separate(Selector(), Selector()), [unit("a", grounds=cited("abc"))])


_ABC, _PAP = cited("abc"), cited("pap")


@pytest.mark.parametrize(
    ("orders", "given"),
    [
        ([deploy("go", 50, "a", grounds=_ABC)], True),
        ([deploy("go", 50, "a", grounds=cited("cnn"))], True),
        ([deploy("go", 50, "a", grounds=_PAP)], False),
        ([deploy("go", 50, "a")], False),
        # one window for several units and parts is one window
        ([deploy("go", 50, "a", "b", grounds=_ABC)], True),
        ([deploy("go", 50, "a", grounds=_ABC), deploy("to", 50, "b", grounds=_ABC)], True),
        ([deploy("go", 50, "a", parts=[part(50, arrives=90), part(50, arrives=90)], grounds=_ABC)], True),
        # several are not
        ([deploy("go", 50, "a", grounds=_ABC), deploy("to", 51, "b", grounds=_ABC)], False),
        ([deploy("go", 50, "a", grounds=_ABC), deploy("to", 50, "b", grounds=_PAP)], False),
        ([deploy("go", 50, "a", parts=[part(50, arrives=80), part(50, arrives=90)], grounds=_ABC)], False),
        # the part's own grounds come before its order's
        ([deploy("go", 50, "a", parts=[part(100, arrives=90, grounds=_PAP)], grounds=_ABC)], False),
        ([deploy("go", 50, "a", parts=[part(100, arrives=90, grounds=_ABC)], grounds=_PAP)], True),
        # what has not closed is contradicted, and what nobody moves too
        ([deploy("go", 50, "a", arrive=901, grounds=_ABC)], False),
        ([], False),
        ([deploy("go", 50, "a", grounds=_ABC), deploy("to", 50, "b", arrive=901, grounds=_ABC)], False),
    ],
)
def test_closed_rests_on_an_arrival(orders: list[Order], given: bool) -> None:
    """It is given where it holds by one window that rests on the claim's own source; no strength is tested."""
    units = [unit("a", grounds=_PAP), unit("b", grounds=_PAP)]
    assert _given(Closed(Selector(place=("pl",)), 900), units, orders) is given


def _given_by_lift(test: Count, lift: Grounds, quay: Grounds, changed: Grounds, order: Grounds = _ABC) -> bool:
    """Whether a claim by ABC is, which gave the figure of the unit: from minute 80 on 10 of 50 are there."""
    told = lifted(
        [unit("a", "50", place="here", grounds=_ABC)],
        [evolve(move("go", 0, "a"), grounds=order)],
        [evolve(trucks(1, 10), grounds=lift)],
        [evolve(port("quay", "there", 1), grounds=quay)],
        [evolve(change(1, 150, 2, lift="trucks"), grounds=changed)],
    )
    claims = {"said": claim(test, "said")}
    book = Book.replay(simulate(evolve(told, sources=SOURCES, claims=claims.values())))
    judged = judge(Evidence(book), book.claims["said"])
    assert judged.reading is not None
    assert judged.verdict is Verdict.HOLDS
    return judged.given


_THERE, _GONE = Selector(place=("there",)), Selector(place=("here",))


@pytest.mark.parametrize(
    ("test", "lift", "quay", "changed", "given"),
    [
        # who gave the figure of the unit did not give how much of it there would be by now
        (Count(_THERE, exactly(10), 80), GUESS, _ABC, _ABC, False),
        (Count(_THERE, exactly(10), 80), _ABC, _PAP, _ABC, False),
        (Count(_THERE, exactly(10), 80), _ABC, _ABC, _ABC, True),
        # what had not changed by then has no part in it
        (Count(_THERE, exactly(10), 80), _ABC, _ABC, _PAP, True),
        (Count(_THERE, exactly(50), 9_000), _ABC, _ABC, _PAP, False),
        # all that left is as predicted as all that came, and so is that all has
        (Count(_GONE, exactly(40), 80), GUESS, _ABC, _ABC, False),
        (Count(_THERE, exactly(50), 9_000), GUESS, _ABC, _ABC, False),
        # that it is somewhere, and where it was before it left, is no prediction
        (Count(Selector(), exactly(50), 80), GUESS, _PAP, _PAP, True),
        (Count(_GONE, exactly(50), 5), GUESS, _PAP, _PAP, True),
    ],
)
def test_what_lift_predicts_rests_on_its_figures(
    test: Count, lift: Grounds, quay: Grounds, changed: Grounds, given: bool
) -> None:
    """A claim agrees with a prediction, and is not given by it unless all figures of the lift are its source's, too."""
    assert _given_by_lift(test, lift, quay, changed) is given
    assert _given_by_lift(test, lift, quay, changed, order=_PAP) is given
