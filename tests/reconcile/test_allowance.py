"""Allowances: the least and the most that the reports allow, what sets them, and what is open."""

from collections.abc import Iterable

from attrs import evolve

from sim.domain.claim import Claim, Count, Selector
from sim.domain.quantity import Interval, parse_quantity
from sim.domain.unit import Unit
from sim.domain.vocabulary import Kind, Readiness
from sim.engine import simulate
from sim.ledger import Book
from sim.reconcile import Question, reconcile
from sim.reconcile.allowance import Allowance, Bound
from sim.reconcile.question import of_each_kind, posture_lines
from tests import story

ALL, POLAND = Selector(), Selector(place=("pl",))


def says(name: str, wording: str, selector: Selector = ALL, at: int = 300, disputed: str = "") -> Claim:
    return story.claim(Count(selector, parse_quantity(wording), at), name, disputed=disputed)


def allowed(
    units: Iterable[Unit], claims: Iterable[Claim], selector: Selector = ALL, at: int = 300, parts: str = ""
) -> Allowance:
    """Of units of which `a` is sent to Poland by minute 200; in parts, where the wordings of these are given."""
    going = story.deploy("go", 100, "a", arrive=200)
    if parts:
        worded = [parse_quantity(each) for each in parts.split("; ")]
        each = [
            evolve(story.part(reported.nominal or 1, 100, 200 + 200 * number), reported=reported)
            for number, reported in enumerate(worded)
        ]
        going = story.deploy("go", 100, "a", parts=each)
    told = story.scenario(units, [going], claims)
    (only,) = reconcile(Book.replay(simulate(told)), [Question(selector, at)]).allowances
    return only


def set_by(bound: Bound) -> tuple[int | None, list[str], list[str]]:
    """A bound with the claims and the figures that set it."""
    claims = [statement.claims[0].id for statement in bound.statements]
    figures = [
        figure.unit.id if figure.order is None else f"{figure.order.id} {figure.part}" for figure in bound.figures
    ]
    return bound.value, claims, figures


def test_by_the_figure_alone() -> None:
    """Where nobody claims anything, it is what adding gives; of a bound that needs no figure, none is named."""
    allowance = allowed([story.unit("a", "about 100"), story.unit("b", "up to 50")], [])
    assert set_by(allowance.least) == (90, [], ["a"])
    assert set_by(allowance.most) == (160, [], ["a", "b"])
    assert (allowance.strength, allowance.plain, allowance.fits) == (150, Interval(90, 160), True)


def test_adding_up_parts_in_words() -> None:
    """Of some parts of a unit, what their words allow, and not their share of what the unit's do."""
    units = [story.unit("a", "60"), story.unit("b", "about 100", place="pl")]
    there = Selector(place=("pl",), readiness=(Readiness.DEPLOYED, Readiness.GARRISON))
    some, every = (allowed(units, [], there, at, "about 20; 40") for at in (300, 500))
    assert (some.strength, some.plain) == (120, Interval(108, 132))
    assert (every.strength, every.plain) == (160, Interval(150, 170))


def test_tighter_than_adding() -> None:
    """What is left of a total for one is the less, the more the others can be."""
    units = [story.unit("a", "about 100"), story.unit("b", "about 100")]
    allowance = allowed(units, [says("total", "more than 205")], POLAND)
    assert set_by(allowance.least) == (96, ["total"], ["b"])
    assert set_by(allowance.most) == (110, [], ["a"])
    assert (allowance.plain, allowance.interval) == (Interval(90, 110), Interval(96, 110))


def test_what_the_ledger_posts_may_be_impossible() -> None:
    allowance = allowed([story.unit("a", "about 100")], [says("fewer", "less than 98")])
    assert (allowance.strength, allowance.fits) == (100, False)
    assert set_by(allowance.most) == (97, ["fewer"], [])


def test_no_upper_bound() -> None:
    """As long as none of it has one; a total bounds each part of it."""
    units = [story.unit("a", "at least 100"), story.unit("b", "at least 50")]
    assert set_by(allowed(units, []).most) == (None, [], [])
    assert set_by(allowed(units, [says("x", "at least 170")]).most) == (None, [], [])
    assert set_by(allowed(units, [says("x", "up to 120", POLAND)]).most) == (None, [], [])
    assert set_by(allowed(units, [says("x", "up to 170")], POLAND).most) == (120, ["x"], ["b"])


def test_no_upper_bound_of_parts() -> None:
    """Parts are bounded by their unit, and a unit by all of its parts."""
    open_unit = [story.unit("a", "at least 10")]
    first, later = 250, 450
    assert allowed(open_unit, [], POLAND, first, "at least 6; at least 4").most.value is None
    assert allowed(open_unit, [], POLAND, first, "up to 6; at least 4").most.value == 6
    assert allowed(open_unit, [], POLAND, later, "up to 6; at least 4").most.value is None
    assert set_by(allowed(open_unit, [], POLAND, later, "up to 6; up to 4").most) == (10, [], ["go 0", "go 1"])
    total = says("x", "up to 17", ALL, later)
    assert set_by(allowed(open_unit, [total], POLAND, first, "at least 6; at least 4").most) == (13, ["x"], ["go 1"])


def test_disputed_claims_set_no_bounds() -> None:
    units = [story.unit("a", "about 100")]
    assert allowed(units, [says("x", "95 to 97", disputed="so they say")]).interval == Interval(90, 110)


def test_nor_does_what_is_in_a_contradiction() -> None:
    """Nor what is only so to the last digit; what is left out is named, and nothing else."""
    claims = [says("x", "95"), says("y", "97"), says("z", "at least 92"), says("w", "more than 95")]
    told = story.scenario([story.unit("a", "about 100")], [], claims)
    found = reconcile(Book.replay(simulate(told)), [Question(ALL, 300)])
    assert [statement.claims[0].id for statement in found.left_out] == ["w", "x", "y"]
    assert set_by(found.allowances[0].least) == (92, ["z"], [])


def test_nobody_is_there() -> None:
    """Then it is 0, and nothing sets that."""
    allowance = allowed([story.unit("a")], [says("x", "97 to 103")], Selector(place=("de",)))
    assert set_by(allowance.least) == set_by(allowance.most) == (0, [], [])


def test_each_question_at_its_time() -> None:
    """In the order asked, whatever their times."""
    told = story.scenario([story.unit("a")], [story.deploy("go", 100, "a", arrive=200)])
    questions = [Question(POLAND, at) for at in (300, 50, 200, 50)]
    found = reconcile(Book.replay(simulate(told)), questions).allowances
    assert [allowance.question for allowance in found] == questions
    assert [allowance.strength for allowance in found] == [100, 0, 100, 0]


def test_kinds_are_asked_about_apart() -> None:
    """Those that are named, or those that there are; and troops where there is nothing."""
    units = [story.unit("a"), story.unit("jets", "6", kind=Kind.AIRCRAFT)]
    book = Book.replay(simulate(story.scenario(units)))
    every = Selector(kind=())

    def kinds(selector: Selector) -> list[Kind]:
        return [kind for each in of_each_kind(book, Question(selector, 0)) for kind in each.selector.kind]

    assert kinds(every) == [Kind.TROOPS, Kind.AIRCRAFT]
    assert kinds(evolve(every, units=("jets",))) == [Kind.AIRCRAFT]
    assert kinds(evolve(every, place=("pl",))) == [Kind.TROOPS]
    assert kinds(evolve(every, kind=(Kind.VEHICLES, Kind.TROOPS))) == [Kind.TROOPS, Kind.VEHICLES]


def test_the_lines_of_the_posture() -> None:
    """What is where, from the front to the rear; a place does not hold what stands at places within it."""
    units = [
        story.unit("a"),
        story.unit("b", "20", place="us"),
        story.unit("c", "30", place="rzeszow", readiness=Readiness.DEPLOYED),
        story.unit("d", "40", side="RU", place="us"),
    ]
    told = story.scenario(units, [story.deploy("go", 100, "a", arrive=200)])
    book = Book.replay(simulate(told))
    lines = posture_lines(book, 150)
    named = [(line.selector.side, line.selector.readiness, line.selector.place) for line in lines]
    garrison, transit, deployed = (Readiness.GARRISON,), (Readiness.IN_TRANSIT,), (Readiness.DEPLOYED,)
    assert named == [
        (("RU",), garrison, ("us",)),
        (("US",), deployed, ("rzeszow",)),
        (("US",), transit, ("pl",)),
        (("US",), garrison, ("us",)),
    ]
    assert [each.strength for each in reconcile(book, lines).allowances] == [40, 30, 100, 20]
    home = Question(Selector(place=("us",)), 0)
    (within, exactly) = reconcile(book, [home, evolve(home, exactly=True)]).allowances
    assert (within.strength, exactly.strength) == (160, 60)
