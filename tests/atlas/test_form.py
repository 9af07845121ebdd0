"""The album as JSON: what its pictures say in words, and what their lines tell apart."""

from attrs import evolve

from sim.atlas.album import album
from sim.atlas.form import album_form
from sim.domain.claim import Closed, Selector
from sim.domain.order import Part, Window
from sim.domain.place import Place
from sim.domain.scenario import Scenario
from sim.domain.vocabulary import Basis, Readiness
from sim.report.answer import Answer
from sim.runs import play
from tests.atlas.reading import Json
from tests.story import GUESS, PLACES, cited, claim, deploy, scenario, unit


def picture_of(told: Scenario) -> Json:
    """The full picture of a scenario."""
    picture: Json = album_form(album(Answer(play(told), (told.end,)), ["x.yaml"]), "sim report x.yaml")["pictures"][0]
    return picture


PARTS = (
    Part(60, depart=Window(after=100), arrive=Window(by=200, basis=Basis.OBSERVED, grounds=cited("pap"))),
    Part(40, depart=Window(after=100, grounds=GUESS), arrive=Window(by=300, grounds=cited("pap"))),
)
GOING = deploy("go", 60, "a", parts=PARTS, grounds=cited("abc"))


def test_how_a_line_of_the_timeline_is_known() -> None:
    """In words: as seen, announced or reported, or what of it is assumed, and why."""
    assert [(line["what"], line["known"]) for line in picture_of(scenario([unit("a")], [GOING]))["timeline"]] == [
        ("ordered", "as reported"),
        ("leaves", "as announced"),
        ("leaves", "assumed: a guess"),
        ("arrived", "as seen"),
        ("due", "as announced"),
    ]


def test_what_is_known_in_several_ways() -> None:
    """A step says how much in which, what has not moved among it, and the weakest; one known in one way does not."""
    there = evolve(unit("b", "7", place="pl"), readiness=Readiness.DEPLOYED)
    (line,) = [
        line
        for line in picture_of(scenario([unit("a"), there], [GOING]))["lines"]
        if (line["place"], line["readiness"]) == ("pl", "deployed")
    ]
    assert [step[4:] for step in line["steps"]] == [
        [None, None],
        ["observed", {"observed": 60, "unmoved": 7}],
        ["announced", {"announced": 40, "observed": 60, "unmoved": 7}],
    ]


def test_places_without_a_country_have_lines_of_their_own() -> None:
    """What goes from one to another can be seen."""
    places = [*PLACES, Place("x", "X"), Place("y", "Y")]
    told = scenario([unit("a", place="x")], [deploy("go", 60, "a", to="y")], places=places)
    lines = picture_of(told)["countries"]
    assert [(line["country"], line["place"], line["in_transit"]) for line in lines] == [
        (None, "x", False),
        (None, "y", False),
        (None, "y", True),
    ]


def test_what_there_is_to_say_to_a_claim() -> None:
    """Of what has not closed, how much was there."""
    late = claim(Closed(Selector(place=("pl",)), 250))
    assert [each["ledger"] for each in picture_of(scenario([unit("a")], [GOING], [late]))["claims"]] == [
        "no; 60 of 100 were there"
    ]


def test_the_command_that_explains_a_figure() -> None:
    """It names the run; as known on a day, the day."""
    told = scenario([unit("a", grounds=cited("abc"))])
    assert picture_of(told)["explain"] == "python -m sim explain x.yaml"
