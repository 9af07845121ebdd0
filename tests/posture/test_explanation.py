"""Explanations: what a figure is made of, how it came there, and what that rests on, in whole small runs."""

from collections.abc import Callable

import pytest
from attrs import evolve

from sim.domain.claim import Claim, Closed, Count, Never, Noted, Selector, Separate, Test
from sim.domain.event import OrderRefused
from sim.domain.grounds import Grounds
from sim.domain.order import Transit, Window
from sim.domain.quantity import Interval, exactly, parse_quantity
from sim.domain.unit import Post
from sim.domain.vocabulary import Basis, Kind, Readiness
from sim.engine import simulate
from sim.errors import UsageError
from sim.ledger.entry import Account
from sim.posture import Book, Row
from sim.posture.cause import Cause
from sim.posture.explanation import Explanation, explain
from sim.posture.figure import Figure
from sim.posture.selector import Words, selector_of
from sim.posture.step import Step
from tests.story import GUESS, SOURCES, alert, cancel, cited, claim, deploy, part, recall, scenario, unit

_GARRISON, _ALERT, _IN_TRANSIT, _DEPLOYED = (
    Readiness.GARRISON,
    Readiness.HEIGHTENED_ALERT,
    Readiness.IN_TRANSIT,
    Readiness.DEPLOYED,
)
ABC, PAP, BRIEFING = cited("abc"), cited("pap"), cited("briefing")
GO = deploy("go", 50, "a", parts=[part(600, grounds=PAP), part(400, leaves=500, arrives=900)], grounds=ABC)
UNITS = [unit("a", "about 1000"), unit("b", "200", grounds=ABC), unit("c", "30", place="pl"), unit("d", "5")]
ORDERS = [alert("up", 20, "c"), GO, deploy("to", 50, "b", "c"), deploy("late", 60, "d", after=5000)]


def book_of(*claims: Claim) -> Book:
    return Book.replay(simulate(scenario(UNITS, ORDERS, claims)))


def asked(book: Book, at: int, words: dict[str, Words], exactly: bool = False) -> Explanation:
    """An explanation of what these words select."""
    return explain(book, at, selector_of(book, **words), exactly)


def only(explanation: Explanation) -> Figure:
    (figure,) = explanation.figures
    return figure


def row(name: str, place: str, readiness: Readiness, strength: int, interval: Interval, basis: Basis | None) -> Row:
    """A row in fewer words."""
    country = {"home": "US", "pl": "PL"}[place]
    origin = "pl" if name == "c" else "home"
    return Row(name, place, country, "US", origin, readiness, Kind.TROOPS, strength, interval, basis)


def test_a_figure() -> None:
    """Part of a unit has arrived: all of the unit's entries up to then, and what each adds to the figure."""
    home, moving, there = (
        Account("a", "home", _GARRISON),
        Account("a", "pl", _IN_TRANSIT),
        Account("a", "pl", _DEPLOYED),
    )
    explanation = book_of().explain(600, unit="a", place="pl")
    assert only(explanation) == Figure(
        Kind.TROOPS,
        600,
        Interval(540, 660),
        Basis.ANNOUNCED,
        (row("a", "pl", _DEPLOYED, 600, Interval(540, 660), Basis.ANNOUNCED),),
        (),
        (
            Step(17, 0, "unit-mustered", None, home, 1000, 0, None, None, (GUESS,)),
            Step(24, 50, "unit-departed", home, moving, 600, 0, "go", Basis.ANNOUNCED, (PAP,)),
            Step(29, 110, "unit-arrived", moving, there, 600, 600, "go", Basis.ANNOUNCED, (PAP,)),
            Step(34, 500, "unit-departed", home, moving, 400, 0, "go", Basis.ANNOUNCED, (ABC,)),
        ),
    )
    assert explanation.causes == (Cause(GO, 23, ("a",), (), ("a",), (), ()),)
    assert (explanation.at, explanation.exactly, explanation.judgement) == (600, False, None)
    assert explanation.selectors == (Selector(units=("a",), place=("pl",), kind=()),)
    assert [source.id for source in explanation.sources] == ["abc", "pap"]
    assert [source.id for source in explanation.relayed] == ["briefing"]
    assert explanation.claims == ()


def test_what_is_support_of_a_figure() -> None:
    """How strong its units are and how they came there, or were told to stay: not an order of which nothing had come,
    nor who only says something of them.
    """
    units = [unit("a", "1000", grounds=ABC)]
    orders = [deploy("go", 50, "a", grounds=PAP), deploy("off", 500, "a", to="de", grounds=BRIEFING)]
    denies = claim(Count(Selector(place=("pl",)), exactly(0), 300), "none", "briefing")
    book = Book.replay(simulate(scenario(units, orders, [denies])))
    assert book.explain(40, unit="a").rests_on == ("abc",)
    there = book.explain(2000, unit="a")
    assert there.rests_on == ("abc", "briefing", "pap")
    early = book.explain(499, unit="a")
    assert early.rests_on == ("abc", "pap")
    assert [source.id for source in early.sources] == ["abc", "briefing", "pap"]
    later, stay = deploy("go", 50, "a", after=5000, grounds=PAP), evolve(cancel("no", 60, "go"), grounds=BRIEFING)
    stays = Book.replay(simulate(scenario(units, [later, stay])))
    assert stays.explain(55, unit="a").rests_on == ("abc",)
    assert stays.explain(65, unit="a").rests_on == ("abc", "briefing")


def test_a_step_is_two_postings() -> None:
    """What it takes and what it gives; mustering only gives."""
    mustered, left, *_ = only(book_of().explain(600, unit="a", place="pl")).steps
    home, moving = Account("a", "home", _GARRISON), Account("a", "pl", _IN_TRANSIT)
    assert list(mustered.postings) == [(home, 1000, None)]
    assert list(left.postings) == [(home, -600, moving), (moving, 600, home)]


def changes(explanation: Explanation) -> list[tuple[int, str, int]]:
    return [(step.at, step.taking.unit, step.change) for step in only(explanation).steps]


def test_what_comes_goes_and_moves_within() -> None:
    """Into the figure, out of it, and neither."""
    book = book_of()
    assert changes(book.explain(600, unit="a", place="us")) == [
        (0, "a", 1000),
        (50, "a", -600),
        (110, "a", 0),
        (500, "a", -400),
    ]
    assert changes(book.explain(30, unit="c")) == [(0, "c", 30), (20, "c", 0)]


def test_a_time_in_words() -> None:
    """As in every question to a book."""
    book = book_of()
    assert book.explain("end", place="pl") == book.explain(10_000, place="pl")
    assert book.explain("D+1", place="pl") == book.explain(1440, place="pl")


def test_every_kind_apart() -> None:
    """Where none is named, each that there is some of; where some are, those, also where there is none."""
    told = scenario([unit("a"), unit("jets", "3", kind=Kind.AIRCRAFT), unit("guns", "7", kind=Kind.BATTERIES)])
    book = Book.replay(simulate(told))

    def found(**words: Words) -> list[tuple[str, int]]:
        return [(figure.kind, figure.strength) for figure in asked(book, 0, words).figures]

    assert found() == [("troops", 100), ("aircraft", 3), ("batteries", 7)]
    assert found(kind="vehicles,aircraft") == [("aircraft", 3), ("vehicles", 0)]
    assert found(place="pl") == [("troops", 0)]


def test_exactly() -> None:
    """A place without what lies within it, a unit without its parts, an origin without what lies within it."""
    units = [
        unit("whole", "1", place="pl"),
        unit("half", "10", place="rzeszow", part_of="whole"),
        unit("third", "100", place="de", origin="rzeszow"),
    ]
    book = Book.replay(simulate(scenario(units)))

    def strengths(**words: Words) -> list[int]:
        return [only(asked(book, 0, words, exactly)).strength for exactly in (False, True)]

    assert strengths(place="pl") == [11, 1]
    assert strengths(unit="whole") == [11, 1]
    assert strengths(origin="pl") == [111, 1]
    assert strengths(country="PL") == [11, 11]
    assert strengths() == [111, 111]


def test_nothing_there_yet() -> None:
    """When there is something, and where those units are now, with how they came there."""
    figure = only(book_of().explain(100, place="pl", readiness="deployed"))
    assert (figure.strength, figure.interval, figure.basis, figure.rows) == (0, Interval(0, 0), None, ())
    assert figure.history == ((110, 830), (900, 1230), (5060, 1235))
    assert [(row.unit, row.place, row.readiness, row.strength) for row in figure.elsewhere] == [
        ("a", "home", "garrison", 400),
        ("a", "pl", "in-transit", 600),
        ("b", "pl", "in-transit", 200),
        ("c", "pl", "in-transit", 30),
        ("d", "home", "garrison", 5),
    ]
    assert figure.units == ["a", "b", "c", "d"]
    assert {step.change for step in figure.steps} == {0}


def test_nothing_there_any_more() -> None:
    """What left: it came into the figure, and went out of it."""
    told = scenario([unit("a")], [deploy("go", 10, "a"), recall("back", 200, "a")])
    figure = only(Book.replay(simulate(told)).explain("end", place="pl"))
    assert figure.history == ((70, 100), (200, 0))
    assert [step.change for step in figure.steps] == [0, 0, 100, -100, 0]


def test_what_passes_within_a_minute_was_never_there() -> None:
    """Alerted and sent in one minute: at no minute's end were they on alert."""
    told = scenario([unit("a")], [alert("al", 10, "a"), deploy("go", 10, "a")])
    figure = only(Book.replay(simulate(told)).explain("end", readiness="heightened-alert"))
    assert (figure.history, figure.elsewhere, figure.steps) == ((), (), ())


def test_nothing_ever() -> None:
    """Of those that are named it says where they are; of a place there is no more to say."""
    book = book_of()
    assert only(book.explain(0, place="de")) == Figure(Kind.TROOPS, 0, Interval(0, 0), None, (), ())
    named: list[dict[str, Words]] = [{"unit": "b"}, {"order": "to", "unit": "b"}, {"origin": "home", "unit": "b"}]
    for words in named:
        figure = only(asked(book, 0, {"place": "de", **words}))
        assert figure.elsewhere == (row("b", "home", _GARRISON, 200, Interval(200, 200), None),)
        assert [step.event for step in figure.steps] == ["unit-mustered"]


def test_nothing_ever_of_an_origin() -> None:
    """An origin names units as much as their ids do."""
    figure = only(book_of().explain(0, place="de", origin="home"))
    assert figure.units == ["a", "b", "d"]


def test_what_came_of_orders() -> None:
    """Moved, refused, cancelled, not yet done; and to whom else they were given. Those not given yet are not told."""
    units = [unit(name) for name in "abcde"]
    go = deploy("go", 10, "a", "b", "c", "d", after=100)
    spare, stay = cancel("spare", 20, "go", "b"), cancel("stay", 30, "go", "d")
    again, later = deploy("other", 40, "c", to="de"), alert("later", 5000, "a")
    book = Book.replay(simulate(scenario(units, [go, spare, stay, again, later])))
    refusal = OrderRefused(40, "other", "c", "its move under go is open")
    assert book.explain(50, unit="a,b,c").causes == (
        Cause(go, 24, ("a", "b", "c"), ("d",), (), (), (("b", "spare"), ("d", "stay"))),
        Cause(spare, 25, ("b",), (), (), (), ()),
        Cause(again, 27, ("c",), (), (), (refusal,), ()),
    )
    assert book.explain(100, unit="a").causes == (
        Cause(go, 24, ("a",), ("b", "c", "d"), ("a",), (), (("b", "spare"), ("d", "stay"))),
    )
    assert book.explain(10, unit="a").causes == (Cause(go, 24, ("a",), ("b", "c", "d"), (), (), ()),)
    assert book.explain("end", unit="e").causes == ()


def test_a_cancel_that_is_refused_cancels_nothing() -> None:
    told = scenario([unit("a")], [deploy("go", 10, "a"), cancel("stop", 20, "go")])
    go, stop = Book.replay(simulate(told)).explain("end", unit="a").causes
    assert (go.moved, go.cancelled) == (("a",), ())
    assert [refusal.order for refusal in stop.refused] == ["stop"]


def test_what_a_figure_rests_on() -> None:
    """The unit, the choice of its strength, the order, its windows, what cancels it; and whom they have it from."""
    named = ("unit", "post", "order", "leaves", "arrives", "spared", "claimed", "per")
    sources = [evolve(SOURCES[2], id=name, outlet=name, relays=()) for name in (*named, "begun", "unheard")]
    sources[0] = evolve(sources[0], relays=("begun",))
    posted = evolve(unit("a", grounds=cited("unit")), reported=parse_quantity("dozens"), post=Post(30, cited("post")))
    go = evolve(
        deploy("go", 10, "a", "b", arrive=200, grounds=cited("order")),
        depart=Window(after=20, grounds=cited("leaves")),
        arrive=Window(by=200, grounds=cited("arrives")),
    )
    spare = evolve(cancel("spare", 12, "go", "b"), grounds=cited("spared"))
    says = claim(Count(Selector(units=("a",)), exactly(30), 300), source="claimed", per="per")
    told = scenario([posted, unit("b")], [go, spare], [says], sources=sources)
    explanation = Book.replay(simulate(told)).explain(300, unit="a")
    assert {source.id for source in explanation.sources} == set(named) - {"per"}
    assert [source.id for source in explanation.relayed] == ["begun", "per"]
    assert only(explanation).steps[0].grounds == cited("post")


def test_transit_that_is_assumed() -> None:
    """An arrival that no window gives rests on its transit."""
    why = Grounds((), "as far as that")
    go = evolve(deploy("go", 10, "a", grounds=ABC), transit=Transit(60, why))
    (_, left, arrived) = only(Book.replay(simulate(scenario([unit("a")], [go]))).explain("end", unit="a")).steps
    assert (left.grounds, left.basis) == (ABC, Basis.ANNOUNCED)
    assert (arrived.grounds, arrived.basis) == (why, Basis.ASSUMED)


def of_claim(test: Test) -> Explanation:
    return book_of(claim(test)).explain(claim="said")


def counted(figure: Figure) -> list[tuple[str, str, str, int]]:
    return [(row.unit, row.place, row.readiness, row.strength) for row in figure.rows]


_A_THERE, _B_THERE, _C_THERE = ("a", "pl", "deployed", 600), ("b", "pl", "deployed", 200), ("c", "pl", "deployed", 30)


def test_a_count() -> None:
    """What its selector selects at its moment; the claim is not among what else is said."""
    explanation = of_claim(Count(Selector(place=("pl",)), exactly(3000), 600))
    assert counted(only(explanation)) == [_A_THERE, _B_THERE, _C_THERE]
    assert explanation.judgement is not None
    assert (explanation.at, explanation.judgement.claim.id, explanation.claims) == (600, "said", ())
    assert explanation.selectors == (Selector(place=("pl",)),)
    assert counted(only(of_claim(Count(Selector(place=("de",)), exactly(3000), 600)))) == []


def test_never() -> None:
    """The first moment that contradicts it; of each kind it names, also of one that there is none of."""
    explanation = of_claim(Never(Selector(readiness=(_IN_TRANSIT,), kind=(Kind.AIRCRAFT, Kind.TROOPS))))
    assert explanation.at == 50
    troops, aircraft = explanation.figures
    assert counted(troops) == [
        ("a", "pl", "in-transit", 600),
        ("b", "pl", "in-transit", 200),
        ("c", "pl", "in-transit", 30),
    ]
    assert (aircraft.kind, aircraft.strength) == (Kind.AIRCRAFT, 0)


def test_separate() -> None:
    """The units in both, whole; nothing where none is, whatever is asked for by name."""
    alerted = Selector(readiness=(_ALERT,))
    explanation = of_claim(Separate(alerted, Selector(readiness=(_DEPLOYED,))))
    assert counted(only(explanation)) == [_C_THERE]
    assert [step.change for step in only(explanation).steps] == [30, 0, 0, 0]
    assert explanation.selectors == (alerted, Selector(readiness=(_DEPLOYED,)))
    apart = only(of_claim(Separate(Selector(units=("a",)), Selector(units=("b",)))))
    assert (apart.strength, apart.history, apart.elsewhere, apart.steps) == (0, (), (), ())


def test_closed() -> None:
    """The units that have closed, whole; those that have not are missing, and add nothing."""
    figure = only(of_claim(Closed(Selector(place=("pl",), units=("a", "b")), 600)))
    assert (figure.strength, counted(figure)) == (200, [_B_THERE])
    assert [(row.unit, row.readiness, row.strength) for row in figure.missing] == [
        ("a", "deployed", 600),
        ("a", "in-transit", 400),
    ]
    assert [(step.taking.unit, step.change) for step in figure.steps if step.change] == [("b", 200)]


def test_kinds_that_a_claim_names_in_vain() -> None:
    """Of those that have closed, or are in both, there is a figure for what there is; else for all that was meant."""
    kinds = (Kind.AIRCRAFT, Kind.TROOPS)
    some, none = Selector(place=("pl",), kind=kinds), Selector(place=("de",), kind=kinds)
    assert [figure.kind for figure in of_claim(Closed(some, 600)).figures] == [Kind.TROOPS]
    assert [figure.kind for figure in of_claim(Closed(none, 600)).figures] == [Kind.TROOPS, Kind.AIRCRAFT]


def test_a_claim_that_cannot_be_tested_has_no_figure() -> None:
    with pytest.raises(UsageError) as caught:
        of_claim(Noted("it is about money"))
    assert str(caught.value) == (
        "the claim 'said' cannot be tested, so there is no figure to explain\n  it is about money"
    )


def test_what_is_said_of_it() -> None:
    """Claims that count its units, miss them, name them or their orders, or hold them apart; by id."""
    claims = [
        claim(Count(Selector(place=("pl",)), exactly(1), 600), "counts"),
        claim(Count(Selector(place=("de",)), exactly(1), 600), "elsewhere"),
        claim(Closed(Selector(place=("pl",)), 600), "misses"),
        claim(Never(Selector(units=("a",), place=("de",))), "names"),
        claim(Never(Selector(orders=("go",), place=("de",))), "orders"),
        claim(Never(Selector(orders=("late",), place=("de",))), "others"),
        claim(Separate(Selector(readiness=(_IN_TRANSIT,)), Selector(units=("d",))), "parts"),
        claim(Noted("why"), "untested"),
    ]
    explanation = book_of(*claims).explain(600, unit="a")
    said = ["counts", "misses", "names", "orders", "parts"]
    assert [judgement.claim.id for judgement in explanation.claims] == said
    again = book_of(*claims).explain(claim="counts")
    assert [judgement.claim.id for judgement in again.claims] == said[1:]


def test_what_is_said_of_a_whole_is_said_of_its_parts() -> None:
    """A claim that names a unit names all that is part of it."""
    units = [unit("whole"), unit("half", part_of="whole"), unit("other")]
    says = claim(Never(Selector(units=("whole",), place=("de",))))
    book = Book.replay(simulate(scenario(units, [], [says])))
    assert len(book.explain(0, unit="half").claims) == 1
    assert len(book.explain(0, unit="other").claims) == 0


def test_what_is_said_of_a_place_where_nobody_is() -> None:
    """There is no unit to ask about, so what is asked about the same country is."""
    claims = [
        claim(Never(Selector(country=("DE",))), "country"),
        claim(Never(Selector(place=("de",))), "place"),
        claim(Never(Selector(country=("US",))), "other"),
        claim(Never(Selector(units=("a",))), "unit"),
    ]
    there: list[dict[str, Words]] = [{"place": "de"}, {"country": "DE"}]
    for words in there:
        explanation = asked(book_of(*claims), 0, words)
        assert [judgement.claim.id for judgement in explanation.claims] == ["country", "place"]
    assert book_of(*claims).explain(0, side="US", place="de", readiness="standby").claims == explanation.claims


def test_either_a_time_or_a_claim() -> None:
    """And a claim selects for itself."""
    book = book_of(claim(Never(Selector())))
    wrong: list[Callable[[], Explanation]] = [
        book.explain,
        lambda: book.explain(place="pl"),
        lambda: book.explain(5, claim="said"),
        lambda: book.explain(claim="said", place="pl"),
        lambda: book.explain(claim="said", exactly=True),
    ]
    for ask in wrong:
        with pytest.raises(UsageError, match=r"^a figure is explained at a time, or as that of a claim\n  Give one"):
            ask()
