"""Selectors in a reader's words: every field, several values, and what is said of words that are not known."""

import pytest

from sim.domain.claim import Noted, Selector
from sim.domain.place import Place
from sim.domain.scenario import Scenario
from sim.domain.vocabulary import Kind, Readiness
from sim.engine import simulate
from sim.errors import NEAREST_MAX, UNKNOWN_MAX, UsageError
from sim.ledger import Book
from sim.posture.selector import Words, claim_of, selector_of
from tests.story import PLACES, claim, deploy, scenario, unit


def book_of(told: Scenario) -> Book:
    return Book.replay(simulate(told))


BOOK = book_of(
    scenario(
        [unit("abn", side="Estmark, east"), unit("jets", kind=Kind.AIRCRAFT), unit("bde", place="pl", part_of="abn")],
        [deploy("go", 60, "abn"), deploy("also", 60, "jets", to="de")],
        [claim(Noted("why"), "one"), claim(Noted("why"), "other")],
        places=[
            *PLACES,
            Place("korea", "South Korea", None, "Korea, South"),
            Place("osan", "Osan", "korea"),
            Place("sea", "Black Sea"),
        ],
    )
)


def test_nothing_said_is_anything() -> None:
    """Of any kind: only a scenario's selector means troops where it says nothing."""
    assert selector_of(BOOK) == Selector(kind=())


def test_every_field() -> None:
    """One value or several, in any order, each once; with commas, or as a list, or both."""
    assert selector_of(
        BOOK,
        unit="bde,abn",
        order=["go", "also", "go"],
        place=["pl, us", "unstated"],
        origin="home",
        country=["PL", "DE,US"],
        readiness="deployed",
        side="Estmark, east",
        kind="troops,aircraft",
    ) == Selector(
        units=("abn", "bde"),
        orders=("also", "go"),
        place=("pl", "unstated", "us"),
        origin=("home",),
        country=("DE", "PL", "US"),
        readiness=(Readiness.DEPLOYED,),
        side=("Estmark, east",),
        kind=(Kind.AIRCRAFT, Kind.TROOPS),
    )


def test_a_comma_may_be_part_of_a_word() -> None:
    """Of a side's or a country's: as a whole it is known, and so it is one."""
    assert selector_of(BOOK, side=["US", "Estmark, east"]).side == ("Estmark, east", "US")
    assert selector_of(BOOK, country="Korea, South").country == ("Korea, South",)
    assert selector_of(BOOK, country=["Korea, South", "PL,US"]).country == ("Korea, South", "PL", "US")


@pytest.mark.parametrize("word", ["in-transit", "in transit", "In Transit", " in-transit "])
def test_readiness_as_tables_print_it(word: str) -> None:
    assert selector_of(BOOK, readiness=word).readiness == (Readiness.IN_TRANSIT,)


def test_where_no_country_is_known() -> None:
    """`unstated` is that of places without one, unless a country is called so."""
    assert selector_of(BOOK, country=["unstated", "PL"]).country == ("", "PL")
    named = book_of(scenario([], places=[Place("x", "X", None, "unstated")]))
    assert selector_of(named, country="unstated").country == ("unstated",)


def said_of(**words: Words) -> list[str]:
    with pytest.raises(UsageError) as caught:
        selector_of(BOOK, **words)
    return str(caught.value).splitlines()


@pytest.mark.parametrize(
    ("words", "message", "remedy"),
    [
        ({"unit": "abm"}, "there is no unit 'abm'", "Did you mean 'abn'?"),
        ({"unit": ["abn", "bde,jts"]}, "there is no unit 'jts'", "Did you mean 'jets'?"),
        ({"order": "gone"}, "there is no order 'gone'", "Did you mean 'go'?"),
        ({"place": "PL"}, "there is no place 'PL'", "Did you mean 'pl' (Poland)?"),
        ({"place": "poland"}, "there is no place 'poland'", "Did you mean 'pl' (Poland)?"),
        ({"origin": "Rzeszow"}, "there is no place 'Rzeszow'", "Did you mean 'rzeszow' (Rzeszów)?"),
        ({"place": "south"}, "there is no place 'south'", "Did you mean 'korea' (South Korea)?"),
        ({"place": "not stated"}, "there is no place 'not stated'", "Did you mean 'unstated' (not stated)?"),
        ({"country": "Poland"}, "there is no country 'Poland'", "Did you mean 'PL' (Poland)?"),
        ({"country": "ZZ"}, "there is no country 'ZZ'", "There are: DE, US, Korea, South, PL, unstated."),
        ({"country": "united states"}, "there is no country 'united states'", "Did you mean 'US' (United States)?"),
        ({"side": "us"}, "there is no side 'us'", "Did you mean 'US'?"),
        (
            {"readiness": "alert"},
            "there is no readiness 'alert'",
            "Did you mean 'heightened-alert' (heightened alert)?",
        ),
        ({"kind": "ships"}, "there is no kind 'ships'", "There are: troops, aircraft, vehicles, batteries."),
        ({"unit": ""}, "there is no unit ''", "There are: abn, bde, jets."),
        ({"unit": "abn,"}, "there is no unit ''", "There are: abn, bde, jets."),
    ],
)
def test_what_is_not_known(words: dict[str, Words], message: str, remedy: str) -> None:
    """By id, by name, by a piece of a name; or all there are, where they are few."""
    assert said_of(**words) == [message, f"  {remedy}"]


def test_too_many_to_name() -> None:
    """Neither are they listed, nor, where they are very many, is the nearest looked for."""
    few = book_of(scenario([unit(f"u{number}") for number in range(13)]))
    with pytest.raises(UsageError, match=r"^there is no unit 'xyz'\n  There are 13\.$"):
        selector_of(few, unit="xyz")
    many = book_of(scenario([unit(f"unit-{number}") for number in range(NEAREST_MAX + 1)]))
    with pytest.raises(UsageError, match=r"^there is no unit 'unit-x'\n  There are 1,001\.$"):
        selector_of(many, unit="unit-x")
    with pytest.raises(UsageError, match=r"^there is no unit 'UNIT-7'\n  Did you mean 'unit-7'\?$"):
        selector_of(many, unit="UNIT-7")


def test_what_is_no_id() -> None:
    """The nearest to a text longer than any id is not looked for."""
    long = "u" * UNKNOWN_MAX
    book = book_of(scenario([unit(long)]))
    with pytest.raises(UsageError, match=f"\n  Did you mean '{long}'"):
        selector_of(book, unit=f"v{long[1:]}")
    with pytest.raises(UsageError, match=f"\n  There are: {long}\\.$"):
        selector_of(book, unit=f"{long}v")


def test_nothing_to_choose_from() -> None:
    with pytest.raises(UsageError, match=r"^there is no order 'go'\n  There is none\.$"):
        selector_of(book_of(scenario([])), order="go")


def test_claims() -> None:
    """By their ids."""
    assert claim_of(BOOK, "one").id == "one"
    with pytest.raises(UsageError, match=r"^there is no claim 'othr'\n  Did you mean 'other'\?$"):
        claim_of(BOOK, "othr")
    with pytest.raises(UsageError, match=r"^there is no claim 'one,other'\n  "):
        claim_of(BOOK, "one,other")
