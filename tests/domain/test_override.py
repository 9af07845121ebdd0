"""Overrides: which amendments change the same of an entry, from the same minute on."""

from attrs import evolve

from sim.domain.amendment import Amendment
from sim.domain.claim import Claim, Closed, Count, Never, Noted, Selector, Separate, When
from sim.domain.grounds import Grounds
from sim.domain.order import Order, Transit, Window
from sim.domain.override import Override, keys_changed, overrides
from sim.domain.quantity import parse_quantity
from sim.domain.unit import Post, Unit
from sim.domain.vocabulary import Action, Basis, Readiness
from tests.engine.lifted import move
from tests.story import cited, claim, deploy, part, unit

HERE, THERE = Selector(place=("home",)), Selector(place=("pl",))


def overridden(first: Unit | Order | Claim, *later: tuple[int | None, str, Unit | Order | Claim]) -> list[Override]:
    """The overrides of an entry, of whose amendments each has a minute and an id."""
    return list(overrides(first, [(minute, Amendment(id, ("abc",), entry)) for minute, id, entry in later]))


def test_the_same_from_the_same_minute_on() -> None:
    """The last one counts; each of the others is overridden by the next, also where all were always known."""
    one = unit("one")
    few, many, most = (evolve(one, reported=parse_quantity(number)) for number in ("50", "500", "501"))
    for minute in (7, None):
        assert overridden(one, (minute, "a", few), (minute, "b", many), (minute, "c", most)) == [
            Override("a", "b", ("troops",)),
            Override("b", "c", ("troops",)),
        ]


def test_what_is_not_overridden() -> None:
    """It was in force until a later one, or what it changes is left as it is."""
    one = unit("one")
    few, many = evolve(one, reported=parse_quantity("50")), evolve(one, reported=parse_quantity("500"))
    moved = evolve(few, place="pl", origin="pl")
    for cases in (
        [(7, "a", few), (8, "b", many)],
        [(None, "a", few), (0, "b", many)],
        [(7, "a", few), (7, "b", few)],
        [(7, "a", few), (7, "b", evolve(few, grounds=cited("pap")))],
        [(7, "a", few), (7, "b", moved)],
        [(6, "x", many), (7, "a", few), (7, "b", moved), (8, "c", many)],
    ):
        assert overridden(one, *cases) == []


def test_some_keys_of_several() -> None:
    """Each pair with those keys that the two have in common."""
    go = deploy("go", 0, "one")
    first = evolve(go, to="de", arrive=Window(by=90), transit=None)
    second = evolve(first, at=5, arrive=Window(by=95))
    third = evolve(second, to="home", arrive=Window(by=96))
    assert overridden(go, (7, "a", first), (7, "b", second), (7, "c", third)) == [
        Override("a", "b", ("arrive",)),
        Override("a", "c", ("to",)),
        Override("b", "c", ("arrive",)),
    ]


def test_every_key() -> None:
    """Each is told by the name that it has in a scenario."""
    one, go, said = unit("one"), deploy("go", 0, "one"), claim(Count(HERE, parse_quantity("100"), 60))
    for before, after, keys in (
        (one, evolve(one, reported=parse_quantity("about 100")), ["troops"]),
        (one, evolve(one, post=Post(90, cited("abc"))), ["troops"]),
        (one, evolve(one, name="One"), ["name"]),
        (one, evolve(one, place="pl", origin="pl"), ["place"]),
        (one, evolve(one, origin="pl"), ["origin"]),
        (one, evolve(one, readiness=Readiness.STANDBY), ["readiness"]),
        (one, evolve(one, side="PL"), ["side"]),
        (one, evolve(one, part_of="two"), ["part_of"]),
        (one, evolve(one, symbol="10"), ["symbol"]),
        (one, evolve(one, grounds=Grounds(("abc",), "It is.")), []),
        (go, evolve(go, at=1), ["at"]),
        (go, evolve(go, action=Action.RETURN, to=None), ["action", "to"]),
        (go, evolve(go, units=("two",)), ["units"]),
        (go, evolve(go, depart=Window(after=5)), ["depart"]),
        (go, evolve(go, depart=Window(grounds=cited("abc"))), []),
        (go, evolve(go, arrive=Window(basis=Basis.OBSERVED)), ["arrive"]),
        (go, evolve(go, transit=Transit(61)), ["transit"]),
        (go, evolve(go, parts=(part(60), part(40)), transit=None), ["transit", "parts"]),
        (go, evolve(go, cancels="other"), ["cancels"]),
        (go, evolve(go, refusal_expected=True), ["refusal"]),
        (said, evolve(said, says="A hundred"), ["says"]),
        (said, evolve(said, per="pap"), ["per"]),
        (said, evolve(said, speaker="The minister"), ["speaker"]),
        (said, evolve(said, test=Count(THERE, parse_quantity("100"), 60)), ["count"]),
        (said, evolve(said, test=Count(HERE, parse_quantity("101"), 60)), ["is"]),
        (said, evolve(said, test=Count(HERE, parse_quantity("100"), When.ALWAYS)), ["at"]),
        (said, evolve(said, test=Never(HERE)), ["count", "is", "at", "never"]),
        (said, evolve(said, test=Separate(HERE, THERE)), ["count", "is", "at", "separate"]),
        (said, evolve(said, test=Closed(HERE, 60)), ["count", "is", "at", "closed", "by"]),
        (said, evolve(said, test=Noted("A plan.")), ["count", "is", "at", "noted"]),
        (said, evolve(said, disputed="No."), ["disputed"]),
        (said, evolve(said, corrects="other"), ["corrects"]),
    ):
        assert sorted(keys_changed(before, after)) == sorted(keys)


def test_parts_that_are_split_otherwise() -> None:
    """In number, in words or in time; not in what they rest on."""
    go = deploy("go", 0, "one", parts=[part(60), part(40, arrives=900)])
    first, second = go.parts
    assert keys_changed(go, evolve(go, parts=(evolve(first, strength=61), evolve(second, strength=39)))) == ["parts"]
    assert keys_changed(go, evolve(go, parts=(evolve(first, reported=parse_quantity("about 60")), second))) == ["parts"]
    assert keys_changed(go, evolve(go, parts=(first, evolve(second, arrive=Window(by=901))))) == ["parts"]
    assert keys_changed(go, evolve(go, parts=(evolve(first, grounds=cited("pap")), second))) == []


def test_how_an_order_goes_by_lift() -> None:
    """Each of its keys by itself; the same lift over more stretches is the same, and tons are a load's."""
    go = move("go", 0, "one")
    for other, keys in (
        (move("go", 0, "one", lifts=["planes"]), ["lift"]),
        (move("go", 0, "one", route=["here", "beyond", "there"]), ["route"]),
        (move("go", 0, "one", notice=60), ["notice"]),
        (move("go", 0, "one", priority=1), ["priority"]),
        (move("go", 0, "one", load=50), ["load"]),
        (evolve(go, carriage=None), ["lift", "route", "priority"]),
    ):
        assert keys_changed(go, other) == keys
    assert keys_changed(move("go", 0, "one", load=50), move("go", 0, "one", load=50, tons=3)) == ["load"]
