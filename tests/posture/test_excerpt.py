"""Excerpts: what of a timeline has to do with certain units, places, orders or times."""

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.place import UNSTATED, chain
from sim.domain.scenario import Scenario
from sim.domain.unit import parts_by_unit, with_parts
from sim.engine import simulate
from sim.ledger import Book
from sim.posture.excerpt import Scope, Told, excerpt
from sim.posture.timeline import timeline
from tests.story import alert, cancel, deploy, part, recall, scenario, unit
from tests.strategies import any_scenarios

BOOK = Book.replay(
    simulate(
        scenario(
            [
                unit("brigade", "500"),
                unit("company", part_of="brigade"),
                unit("platoon", "30", part_of="company", place="rzeszow"),
                unit("other", place="de"),
            ],
            [
                alert("up", 10, "company", "other"),
                deploy("go", 50, "brigade", "other", after=55, arrive=500),
                cancel("stay", 50, "go", "other"),
                deploy("again", 60, "company", to="de"),
                recall("home", 700, "platoon"),
            ],
        )
    )
)


def _told(scope: Scope, book: Book = BOOK) -> list[str]:
    """What is told, a line for each happening, in few words."""
    return [
        f"{happening.at} {happening.event} {happening.order}: {' '.join(units)}"
        for happening, units in excerpt(book, timeline(book), scope)
    ]


def test_a_unit_with_its_parts() -> None:
    """Of an order to several units, those that are meant are told."""
    assert _told(Scope(units=("company",), until=60)) == [
        "10 order-issued up: company platoon",
        "10 readiness-changed up: company",
        "10 readiness-changed up: platoon",
        "50 order-issued go: company platoon",
        "55 unit-departed go: company",
        "55 unit-departed go: platoon",
        "60 order-issued again: company platoon",
        "60 order-refused again: company",
        "60 order-refused again: platoon",
    ]
    assert _told(Scope(units=("other",))) == [
        "10 order-issued up: other",
        "10 readiness-changed up: other",
        "50 order-issued go: other",
        "50 order-issued stay: other",
    ]


def test_a_place_with_all_within_it() -> None:
    """Where something happened, whence and whither; orders to those who are there, or that send or keep them there."""
    assert _told(Scope(places=("pl",), until=500)) == [
        "10 order-issued up: platoon",
        "10 readiness-changed up: platoon",
        "50 order-issued go: brigade company other platoon",
        "50 order-issued stay: other",
        "55 unit-departed go: brigade",
        "55 unit-departed go: company",
        "55 unit-departed go: platoon",
        "60 order-issued again: company platoon",
        "60 order-refused again: company",
        "60 order-refused again: platoon",
        "500 unit-arrived go: brigade",
        "500 unit-closed go: brigade",
        "500 unit-arrived go: company",
        "500 unit-closed go: company",
        "500 unit-arrived go: platoon",
        "500 unit-closed go: platoon",
    ]
    assert _told(Scope(places=("rzeszow",))) == [
        "10 order-issued up: platoon",
        "10 readiness-changed up: platoon",
        "50 order-issued go: platoon",
        "55 unit-departed go: platoon",
        "700 order-issued home: platoon",
        "700 unit-departed home: platoon",
        "760 unit-arrived home: platoon",
        "760 unit-closed home: platoon",
    ]
    assert _told(Scope(places=("de",), since=50)) == [
        "50 order-issued go: other",
        "50 order-issued stay: other",
        "60 order-issued again: company platoon",
        "60 order-refused again: company",
        "60 order-refused again: platoon",
    ]
    assert _told(Scope(places=(UNSTATED,))) == []


def test_where_the_parts_of_a_unit_stand() -> None:
    """A unit that moved in part stands where either part is, until the last of it has left."""
    halves = [part(40), part(60, leaves=500)]
    orders = [deploy("go", 50, "a", parts=halves), recall("back", 600, "a"), alert("up", 900, "a")]
    book = Book.replay(simulate(scenario([unit("a")], [*orders, alert("on", 100, "a"), alert("no", 590, "a")])))
    assert [line for line in _told(Scope(places=("home",)), book) if "issued" in line] == [
        "50 order-issued go: a",
        "100 order-issued on: a",
        "600 order-issued back: a",
        "900 order-issued up: a",
    ]


def test_an_order_and_what_cancels_it() -> None:
    """Also together with what else is asked."""
    assert _told(Scope(orders=("go",), units=("other",))) == [
        "50 order-issued go: other",
        "50 order-issued stay: other",
    ]
    assert _told(Scope(orders=("stay", "up"), places=("de",))) == [
        "10 order-issued up: other",
        "10 readiness-changed up: other",
        "50 order-issued stay: other",
    ]


def test_times() -> None:
    """Both minutes are included."""
    assert [line.split()[0] for line in _told(Scope(since=55, until=60), BOOK)] == ["55"] * 3 + ["60"] * 3
    assert [line.split()[0] for line in _told(Scope(since=501))] == ["700", "700", "760", "760"]
    assert _told(Scope(since=51, until=54)) == []


@given(any_scenarios())
def test_nothing_asked_is_everything(told: Scenario) -> None:
    """All that happened, with all its units; and so is every unit, every place and every order asked for at once."""
    book = Book.replay(simulate(told))
    happenings = timeline(book)
    whole = [(happening, happening.about) for happening in happenings]
    assert _excerpt(book, Scope()) == whole
    assert _excerpt(book, Scope(units=tuple(book.units))) == whole
    assert _excerpt(book, Scope(places=tuple(book.place_ids))) == whole
    assert _excerpt(book, Scope(orders=tuple(book.orders))) == whole
    assert _excerpt(book, Scope(since=0, until=told.end)) == whole


@given(any_scenarios(), st.data())
def test_what_is_asked_combines(told: Scenario, data: st.DataObject) -> None:
    """Several questions at once tell of each happening the units that each of them tells alone."""
    book = Book.replay(simulate(told))
    unit_, place = data.draw(st.sampled_from(list(book.units))), data.draw(st.sampled_from(book.place_ids))
    since = data.draw(st.integers(0, told.end))
    alone = (Scope(units=(unit_,)), Scope(places=(place,)), Scope(since=since))
    by_position = [{happening.position: set(units) for happening, units in _excerpt(book, scope)} for scope in alone]
    common = set.intersection(*map(set, by_position))
    both = {position: set.intersection(*(each[position] for each in by_position)) for position in common}
    together = evolve(alone[0], places=(place,), since=since)
    assert {happening.position: set(units) for happening, units in _excerpt(book, together)} == {
        position: units for position, units in both.items() if units
    }


@given(any_scenarios(), st.data())
def test_what_is_told_is_what_was_asked(told: Scenario, data: st.DataObject) -> None:
    """By the definitions alone: whose unit, under which order; and where something happened, in or out of the place."""
    book = Book.replay(simulate(told))
    some, place = data.draw(st.sampled_from(list(book.units))), data.draw(st.sampled_from(book.place_ids))
    meant = with_parts(parts_by_unit(book.units), [some])
    happenings = timeline(book)
    assert [happening for happening, _ in _excerpt(book, Scope(units=(some,)))] == [
        happening for happening in happenings if set(happening.about) & set(meant)
    ]
    there = {happening.position for happening, _ in _excerpt(book, Scope(places=(place,)))}
    for happening in happenings:
        ends = [end for end in (happening.place, happening.destination) if end is not None]
        if ends:
            assert (happening.position in there) == any(place in chain(book.places, end) for end in ends)


def _excerpt(book: Book, scope: Scope) -> list[Told]:
    return list(excerpt(book, timeline(book), scope))
