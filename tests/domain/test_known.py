"""What was known when: laws of a scenario reduced to what had been published."""

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.amendment import Amendment
from sim.domain.claim import Claim, Noted
from sim.domain.known import Knowledge, Turn, knowledge, known, publications, turn_after, undated
from sim.domain.order import Order, Part, Window, goes_by_lift
from sim.domain.quantity import parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.source import Source, public_from
from sim.domain.unit import Post, Unit
from sim.engine import simulate
from sim.ledger import Book
from sim.ledger.invariants import check
from tests.engine.lifted import lifted, move, trucks
from tests.eventlog.example import LIFTED_SCENARIO
from tests.story import GUESS, cancel, cited, claim, deploy, part, scenario, unit
from tests.strategies import DAY, any_scenarios, known_at, lift_scenarios, scenarios, told_later

LATE = 10**8


@given(st.one_of(any_scenarios(), lift_scenarios()))
def test_at_the_end_of_time_all_is_known(scenario: Scenario) -> None:
    """As known at the end of time equals the plain run: it is the very same scenario."""
    assert known(scenario, LATE) == scenario
    assert known(scenario, LATE).fingerprint == scenario.fingerprint


@given(st.one_of(any_scenarios(), lift_scenarios()), known_at, st.integers(1, DAY))
def test_what_is_published_later_changes_nothing(scenario: Scenario, minute: int, later: int) -> None:
    """A source that is published after a minute, and all that rests on it, is not there at that minute."""
    more = told_later(scenario, minute + later)
    assert known(more, minute) == known(scenario, minute)


@given(st.one_of(any_scenarios(), lift_scenarios()), known_at, known_at)
def test_to_know_less_of_what_is_known_is_to_know_less(scenario: Scenario, one: int, other: int) -> None:
    """What was known at a minute of what was known at another is what was known at the earlier of both."""
    assert known(known(scenario, one), other).claims == known(scenario, min(one, other)).claims


@given(st.one_of(any_scenarios(), lift_scenarios()), known_at)
def test_it_can_be_played_out(scenario: Scenario, minute: int) -> None:
    """Whatever was known can be simulated, and posted; every order in it addresses somebody."""
    part = known(scenario, minute)
    book = Book.replay(simulate(part))
    assert book.scenario == part
    assert all(book.addressed(order) for order in book.orders)
    for outcome in check(book, "conserved", "not-negative", "accounted", "legal", "caused", "sourced"):
        assert outcome.findings == ()


def _lift_known(told: Scenario, minute: int) -> tuple[list[str], list[str], list[str], bool]:
    """The ids of the lift, ports and changes that were known, and whether the order was known to go by lift."""
    seen = known(told, minute)
    return list(seen.lift), list(seen.ports), [change.id for change in seen.capacity], _goes_by_lift(seen)


def _goes_by_lift(told: Scenario) -> bool:
    return told.orders["deploy-ibct"].carriage is not None


def test_lift_that_was_known() -> None:
    """Lift, ports and changes are there from the first of their sources on, assumed ones always, and a change only with
    what it changes; an order of whose lift not all is known goes without any.
    """
    early, late = Source("early", "Early", published=10), Source("late", "Late", published=20)
    later = Source("later", "Later", published=30)
    lift, ports = dict(LIFTED_SCENARIO.lift), dict(LIFTED_SCENARIO.ports)
    first, second = LIFTED_SCENARIO.capacity
    told = evolve(
        LIFTED_SCENARIO,
        sources={**LIFTED_SCENARIO.sources, **{source.id: source for source in (early, late, later)}},
        lift={**lift, "c17s": evolve(lift["c17s"], grounds=cited("late", "later"))},
        ports={**ports, "apron": evolve(ports["apron"], grounds=cited("later"))},
        capacity=(evolve(first, grounds=cited("early")), second),
    )
    assert _lift_known(told, 10) == (["convoys"], ["ramp"], [], False)
    assert _lift_known(told, 20) == (["c17s", "convoys"], ["ramp"], ["1"], True)
    assert known(told, 20).lift["c17s"].grounds == cited("late")
    assert _lift_known(told, 30) == (["c17s", "convoys"], ["apron", "ramp"], ["2", "1"], True)
    assert known(told, 30) == told


def test_an_amended_order_whose_lift_was_not_known() -> None:
    """It goes without carriage in every version that there is of it."""
    later = Source("later", "Later", published=30)
    order = LIFTED_SCENARIO.orders["deploy-ibct"]
    told = evolve(
        LIFTED_SCENARIO,
        sources={**LIFTED_SCENARIO.sources, "later": later},
        lift={id: evolve(lift, grounds=cited("later")) for id, lift in LIFTED_SCENARIO.lift.items()},
        amendments=(Amendment("order-2", ("pap",), evolve(order, at=90)),),
    )
    assert known(told, 29).in_force.orders["deploy-ibct"] == evolve(order, at=90, carriage=None)
    assert known(told, 30) == told


_UNIT = unit("a", "about 100", grounds=cited("early"))
_IN_PARTS = deploy("go", 50, "a", parts=[part(40, arrives=60), part(70, arrives=70)], grounds=cited("early"))
_DATED = (Source("early", "Early", published=10), Source("late", "Late", published=20))


def _parts_known(told: Scenario, minute: int) -> tuple[Part, ...]:
    (order,) = known(told, minute).in_force.orders.values()
    return order.parts


@pytest.mark.parametrize(
    ("posted", "parts"),
    [
        (110, (part(40, arrives=60), part(60, arrives=70))),
        (95, (part(40, arrives=60), part(55, arrives=70), Part(5))),
        (30, (part(20, arrives=60), part(10, arrives=70), Part(70))),
    ],
)
def test_parts_fit_the_figure_that_was_known(posted: int, parts: tuple[Part, ...]) -> None:
    """A figure chosen on the word of a later source is not known before it: what moves is no more and no less."""
    first, second = (40, posted - 40) if posted > 40 else (20, 10)
    order = evolve(_IN_PARTS, parts=(part(first, arrives=60), part(second, arrives=70)))
    told = scenario([evolve(_UNIT, post=Post(posted, cited("late")))], [order], sources=_DATED)
    assert _parts_known(told, 19) == parts
    assert known(told, 20) == told
    book = Book.replay(simulate(known(told, 19)))
    assert all(not outcome.findings for outcome in check(book, "not-negative", "accounted", "caused"))


def test_a_part_of_which_nothing_was_known_to_be_there() -> None:
    """Where the figure that was known is less than the first part, the second is not there."""
    fewer = unit("a", "about 30", grounds=cited("early"))
    order = evolve(_IN_PARTS, parts=(part(32, arrives=60), part(1, arrives=70)))
    told = scenario([evolve(fewer, post=Post(33, cited("late")))], [order], sources=_DATED)
    assert _parts_known(told, 10) == (part(30, arrives=60),)
    assert known(told, 20) == told


def test_amended_parts_fit_the_figure_that_was_known() -> None:
    """Also where it is an amendment that gives them, whose figure was chosen later still."""
    source = Source("latest", "Latest", published=30)
    told = evolve(
        scenario(
            [_UNIT],
            [evolve(_IN_PARTS, parts=(part(40, arrives=60), part(60, arrives=70)))],
            sources=(*_DATED, source),
        ),
        amendments=(
            Amendment(
                "a-2", ("late",), evolve(_UNIT, reported=parse_quantity("dozens"), post=Post(60, cited("latest")))
            ),
            Amendment("go-2", ("late",), evolve(_IN_PARTS, parts=(part(30, arrives=60), part(30, arrives=80)))),
            Amendment("go-3", ("latest",), evolve(_IN_PARTS, parts=(part(20, arrives=60), part(40, arrives=80)))),
        ),
    )
    assert _parts_known(told, 19) == (part(40, arrives=60), part(60, arrives=70))
    assert _parts_known(told, 20) == (part(30, arrives=60), part(30, arrives=80), Part(40))
    assert [amendment.id for amendment in known(told, 20).amendments] == ["a-2", "go-2"]
    assert known(told, 20).in_force.units["a"].strength == 100
    assert known(told, 30) == told


def test_a_part_that_nobody_knew_of_yet() -> None:
    """It is a part of so many, without a word on when it leaves or comes; several such are one."""
    late = cited("late")
    parts = (part(20, 52, 60, late), part(30, 55, 70), part(50, 60, 80, late))
    told = scenario([_UNIT], [evolve(_IN_PARTS, parts=parts)], sources=_DATED)
    assert _parts_known(told, 10) == (part(30, 55, 70), Part(70))
    assert known(told, 20) == told


def test_what_falls_away_with_what_is_not_known() -> None:
    """A unit of a whole nobody knew, an order to nobody known, its cancel, and the cancel of that."""
    late, early = cited("late"), cited("early")
    told = scenario(
        [unit("whole", grounds=late), unit("a", part_of="whole", grounds=early), unit("b", grounds=late)],
        [
            evolve(deploy("both", 50, "a", "b"), grounds=early),
            evolve(deploy("one", 50, "b"), grounds=early),
            evolve(cancel("off", 51, "one"), grounds=early),
            evolve(cancel("off-again", 52, "off"), grounds=early),
        ],
        sources=_DATED,
    )
    part_of_it = known(told, 10)
    assert {id: each.part_of for id, each in part_of_it.units.items()} == {"a": None}
    assert {id: each.units for id, each in part_of_it.orders.items()} == {"both": ("a",)}
    assert (known(told, 9).units, known(told, 9).orders) == ({}, {})


def test_a_figure_that_nobody_had_chosen_yet() -> None:
    """A unit whose words name no number is not there before somebody names one."""
    vague = unit("a", "dozens", grounds=cited("early"))
    told = scenario([evolve(vague, post=Post(50, cited("late")))], sources=_DATED)
    assert known(told, 19).units == {}
    assert known(told, 20) == told


_AMENDING = (Source("latest", "Latest", published=30),)


def _amended(told: Scenario, *entries: Unit | Order | Claim) -> Scenario:
    """The scenario with amendments by the late source, `a-0` and so on."""
    late = tuple(Amendment(f"a-{number}", ("late",), entry) for number, entry in enumerate(entries))
    return evolve(told, amendments=late)


def test_a_figure_that_an_amendment_gives_first() -> None:
    """A unit whose number is chosen only later is there as soon as an amendment names one."""
    vague = evolve(unit("a", "dozens", grounds=cited("early")), post=Post(50, cited("latest")))
    plain = evolve(vague, reported=parse_quantity("60"), post=None, grounds=cited("late"))
    told = scenario([vague], sources=(*_DATED, *_AMENDING))
    named = evolve(plain, name="A", grounds=cited("early", "late"))
    told = _amended(told, plain, named)
    assert known(told, 19).units == {}
    part_of_it = known(told, 20)
    assert part_of_it.units == {"a": plain}
    assert part_of_it.amendments == (Amendment("a-1", ("late",), named),)
    assert known(told, 30) == told


def test_a_figure_that_waits() -> None:
    """Where an amendment's own number is chosen only later, the strength stays until then; all else is amended."""
    first = evolve(_UNIT, post=Post(90, cited("early")))
    vague = evolve(
        _UNIT, name="A", reported=parse_quantity("dozens"), post=Post(50, cited("latest")), grounds=cited("late")
    )
    told = _amended(scenario([first], sources=(*_DATED, *_AMENDING)), vague)
    now = known(told, 29).in_force.units["a"]
    assert now == evolve(first, name="A", grounds=cited("early", "late"))
    assert known(told, 30).in_force.units["a"] == vague


def test_an_order_that_an_amendment_gives_to_somebody_known() -> None:
    """It is there as soon as it addresses somebody, as it read then; so is what cancels it."""
    first = evolve(deploy("go", 50, "later"), grounds=cited("early"))
    second = evolve(first, units=("a", "later"), grounds=cited("early", "late"))
    off = evolve(cancel("off", 51, "go"), grounds=cited("early"))
    told = scenario([_UNIT, unit("later", grounds=cited("latest"))], [first, off], sources=(*_DATED, *_AMENDING))
    told = _amended(told, second)
    assert known(told, 19).orders == {}
    assert known(told, 20).orders == {"go": evolve(second, units=("a",)), "off": off}
    assert known(told, 20).amendments == ()
    assert known(told, 30) == told


def test_an_order_that_an_amendment_takes_from_all_known() -> None:
    """It is not there while it addresses nobody known, whomever it addressed before; nor is what cancels it."""
    first = evolve(deploy("go", 50, "a"), grounds=cited("early"))
    second = evolve(first, units=("later",), grounds=cited("early", "late"))
    off = evolve(cancel("off", 51, "go"), grounds=cited("early"))
    told = scenario([_UNIT, unit("later", grounds=cited("latest"))], [first, off], sources=(*_DATED, *_AMENDING))
    told = _amended(told, second)
    assert known(told, 19).orders == {"go": first, "off": off}
    assert (known(told, 20).orders, known(told, 20).amendments) == ({}, ())
    assert known(told, 30) == told


def test_when_it_became_known() -> None:
    """At the next publication with which it is there; again, where it was before and had gone."""
    first = evolve(deploy("go", 50, "a"), grounds=cited("early"))
    second = evolve(first, units=("later",), grounds=cited("early", "late"))
    told = scenario([_UNIT, unit("later", grounds=cited("latest"))], [first], sources=(*_DATED, *_AMENDING))
    told = _amended(told, second)

    def has(order: str, after: int) -> Turn | None:
        return turn_after(told, after, lambda scenario: order in scenario.orders)

    assert has("go", 9) == Turn(10, ("early",), False)
    assert has("go", 20) == has("go", 29) == Turn(30, ("latest",), True)
    assert has("go", 30) is None
    assert has("stay", 9) is None
    always, late = evolve(first, grounds=GUESS), evolve(second, grounds=cited("late"))
    units = [unit("a"), unit("later", grounds=cited("latest"))]
    told = _amended(scenario(units, [always], sources=(_DATED[1], *_AMENDING)), late)
    assert has("go", 20) == Turn(30, ("latest",), True)


def test_an_amended_cancel() -> None:
    """Whether a cancel is there turns on what it cancels by then."""
    go, later = evolve(deploy("go", 50, "a"), grounds=cited("early")), deploy("later", 50, "a", grounds=cited("latest"))
    off = evolve(cancel("off", 51, "later"), grounds=cited("early"))
    told = _amended(
        scenario([_UNIT], [go, later, off], sources=(*_DATED, *_AMENDING)),
        evolve(off, cancels="go", grounds=cited("early", "late")),
    )
    assert known(told, 19).orders == {"go": go}
    assert known(told, 20).orders["off"].cancels == "go"


def test_a_unit_that_becomes_part_of_one_nobody_knows() -> None:
    """Amended or not, it is no part of a unit that is not known yet."""
    told = scenario([_UNIT, unit("whole", grounds=cited("latest"))], sources=(*_DATED, *_AMENDING))
    told = _amended(told, evolve(_UNIT, name="A", part_of="whole", grounds=cited("early", "late")))
    now = known(told, 20).in_force.units["a"]
    assert (now.name, now.part_of) == ("A", None)
    assert known(told, 30).in_force.units["a"].part_of == "whole"


def test_an_amended_claim_names_whom_it_is_from() -> None:
    """The source that an amended claim is `per` is there, although it publishes itself only later."""
    said = claim(Noted("who knows"), "said", "early")
    told = _amended(scenario([_UNIT], claims=[said], sources=(*_DATED, *_AMENDING)), evolve(said, per="latest"))
    assert set(known(told, 19).sources) == {"early"}
    assert set(known(told, 20).sources) == {"early", "late", "latest"}


def test_an_amendment_that_changes_nothing() -> None:
    """It is there all the same, whatever section it is of."""
    said, go = claim(Noted("who knows"), "said", "early"), evolve(deploy("go", 50, "a"), grounds=cited("early"))
    told = _amended(scenario([_UNIT], [go], claims=[said], sources=_DATED), _UNIT, go, said)
    assert known(told, 20) == told


def test_knowledge_in_numbers() -> None:
    """How many of those with a date had been published; those without one are told apart."""
    sources = (*_DATED, Source("letter", "Letter"), Source("relay", "Relay", relays=("late",)))
    told = scenario([unit("a")], sources=sources)
    assert knowledge(told, 10) == Knowledge(10, 1, 2, ("letter",))
    assert knowledge(told, 20) == Knowledge(20, 2, 2, ("letter", "relay"))
    assert undated(told) == ("letter",)
    assert publications(told) == ((10, ("early",)), (20, ("late", "relay")))


@given(any_scenarios(), known_at)
def test_it_names_only_what_is_there(scenario: Scenario, minute: int) -> None:
    """No source that was published later is cited."""
    part = known(scenario, minute)
    public = {id for id in scenario.sources if (since := public_from(scenario.sources, id)) is None or since <= minute}
    rested: list[Unit | Order] = [*part.units.values(), *part.orders.values()]
    assert {source for entry in rested for source in entry.grounds.sources} <= public
    assert {claim.source for claim in part.claims.values()} <= public
    assert all(set(amendment.sources) <= public for amendment in part.amendments)


@given(scenarios())
def test_nothing_changes_between_publications(scenario: Scenario) -> None:
    """The publications are the only minutes at which more becomes known."""
    before = known(scenario, -LATE)
    for minute, sources in publications(scenario):
        assert known(scenario, minute - 1) == before
        before = known(scenario, minute)
        assert set(sources) <= before.sources.keys()
    assert before == scenario
    assert set(undated(scenario)).isdisjoint(source for _, sources in publications(scenario) for source in sources)


@pytest.mark.parametrize(
    ("first", "parts"),
    [
        (part(40, arrives=200, grounds=cited("late")), ()),
        (Part(40, arrive=Window(by=200, grounds=cited("late"))), ()),
        (part(40, arrives=200), (40, 60)),
        (part(40, leaves=150, arrives=200), (40, 60)),
        (Part(40, Window(after=150), Window(by=200, grounds=cited("late"))), (40, 60)),
    ],
)
def test_parts_of_which_it_was_not_known_when_they_move(first: Part, parts: tuple[int, ...]) -> None:
    """Lift takes all of it together, where it is not known of any part when it leaves or arrives."""
    early, second = cited("early"), part(60, arrives=300, grounds=cited("late"))
    go = evolve(move("go", 100, "a"), parts=(first, second), grounds=early)
    told = lifted([unit("a", place="here", grounds=early)], [go], [trucks()])
    told = evolve(told, sources={**told.sources, **{source.id: source for source in _DATED}})
    seen = known(told, 19).orders["go"]
    assert tuple(each.strength for each in seen.parts) == parts
    assert goes_by_lift(seen) is not bool(parts)
    assert known(told, 20) == told
