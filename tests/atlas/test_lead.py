"""The lead: three sentences made from the run, whatever there is in it."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve

from sim.atlas.concord import CLAIMS_MAX
from sim.atlas.lead import lead
from sim.atlas.sentence import Link, Segment, capitalized, spoken_of, text_of
from sim.domain.claim import Claim, Closed, Count, Never, Selector, Separate
from sim.domain.order import Order
from sim.domain.place import Place
from sim.domain.quantity import exactly, parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.source import Source
from sim.domain.vocabulary import Action, Basis, Kind, Readiness
from sim.loader import load
from sim.report.answer import Answer
from sim.report.inquiry import inquire
from sim.runs import play
from tests.story import GUESS, PLACES, cited, claim, deploy, scenario, unit

ROOT = Path(__file__).parents[2]
DEPLOYED = (Readiness.DEPLOYED,)


def lead_of(told: Scenario) -> list[str]:
    inquiry = inquire(Answer(play(told), (told.end,)))
    return [text_of(sentence) for sentence in lead(inquiry, ["x.yaml"])]


def in_poland(expected: str, name: str = "said", source: str = "abc", disputed: str = "", unit: str = "") -> Claim:
    """How many there are in Poland at the end, of a unit or of all."""
    selector = Selector(place=("pl",), readiness=DEPLOYED, units=(unit,) if unit else ())
    test = Count(selector, parse_quantity(expected), 10_000)
    return claim(test, name, source, disputed=disputed)


TO_POLAND = (deploy("go", 60, "a", "b"),)
TWO = (unit("a", "about 1000"), unit("b", "500"))


def test_nothing_at_all() -> None:
    """No units, no orders, no claims."""
    assert lead_of(scenario([])) == [
        "Nothing was ordered. No source gives a figure that it could be held against.",
        "By the end, 30 Jan 2022 22:40, nobody is anywhere: there are no units.",
        "No source claims anything that can be tested, so there is nothing to disagree about.",
    ]


def test_nobody_moves() -> None:
    """Units stand where they stood; several sides and kinds are told apart, and of many the first."""
    units = [unit(f"u{side}", "about 100", side=side) for side in ("ES", "FR", "GB", "IT")]
    assert lead_of(scenario([*units, unit("j", "24", kind=Kind.AIRCRAFT)]))[:2] == [
        "Nothing was ordered. No source gives a figure that it could be held against.",
        "By the end, 30 Jan 2022 22:40, all 100 ES troops (90 to 110) stand where they stood at the start. "
        "All 100 FR troops (90 to 110) stand where they stood at the start. "
        "All 100 GB troops (90 to 110) stand where they stood at the start. "
        "All 100 IT troops (90 to 110) stand where they stood at the start. The posture has one more side or kind.",
    ]


def test_a_total_that_adds_up() -> None:
    """It is told by its parts, with whoever names it, and how many origins that is."""
    orders = [deploy("go", 60, "a"), deploy("there", 60, "b", to="rzeszow")]
    assert lead_of(scenario(TWO, orders, [in_poland("1500"), in_poland("about 1500", "same", "pap")])) == [
        "A total of 1,500 troops was announced, and it adds up: 1,000 in Poland and 500 in Rzeszów, or 1,400 to 1,600 "
        "as sources word it. Two sources say so, from two separate origins: ABC News and PAP.",
        "By the end, 30 Jan 2022 22:40, 1,500 US troops (1,400 to 1,600) are assumed to have moved: 1,000 are in "
        "Poland and 500 in Rzeszów.",
        "No source disagrees with what the reports come to, or with another. All undisputed claims can be true "
        "together.",
    ]


def test_a_total_of_many_parts() -> None:
    """The first are named. Where the figures are exact, it has no range."""
    homes = [Place(f"p{number}", f"Place {number}", None, "PL") for number in range(9)]
    units = [unit(f"u{number}", "100", place=f"p{number}") for number in range(9)]
    claims = [claim(Count(Selector(), exactly(900), 10_000))]
    assert lead_of(scenario(units, claims=claims, places=[*PLACES, *homes]))[0] == (
        "A total of 900 troops was announced, and it adds up: 100 in Place 0, 100 in Place 1, 100 in Place 2, 100 in "
        "Place 3, 100 in Place 4, 100 in Place 5 and three more parts. One source says so: ABC News."
    )


def test_a_total_that_does_not() -> None:
    """Who says it, what the ledger has instead, and by how much it is off; the other claims are counted."""
    claims = [
        in_poland("2500"),
        in_poland("1700", "second", "pap"),
        claim(Never(Selector(units=("a",))), "third", "pap"),
    ]
    assert lead_of(scenario(TWO, TO_POLAND, claims)) == [
        "What was announced does not add up: ABC News says 2,500 (deployed in Poland), but the reports come to "
        "1,500 (1,400 to 1,600): 1,000 of a and 500 of b. That is 1,000 too few, and two more claims do not fit "
        "either.",
        "By the end, 30 Jan 2022 22:40, 1,500 US troops (1,400 to 1,600) are assumed to have moved: all are in Poland.",
        "ABC News and PAP contradict what the reports come to, in three claims. Not all can be right on \u201cdeployed "
        "in Poland\u201d: PAP says 1,700 and ABC News says 2,500. The undisputed claims cannot all be true: there are "
        "two contradictions and one difference of rounding.",
    ]


@pytest.mark.parametrize(
    ("test", "told"),
    [
        (
            Closed(Selector(place=("pl",)), 80),
            "ABC News says \u201cclosed by 24 Jan 01:20: in Poland\u201d, but a, b have not closed.",
        ),
        (
            Closed(Selector(place=("de",)), 80),
            "ABC News says \u201cclosed by 24 Jan 01:20: in Germany\u201d, but no unit is meant.",
        ),
        (
            Separate(Selector(place=("pl",)), Selector(place=("home",))),
            "ABC News says nobody is both in Poland and in Home, but so are a, b.",
        ),
    ],
    ids=["not closed", "nothing meant", "in both"],
)
def test_other_claims_that_fail(test: Closed | Separate, told: str) -> None:
    """What has not closed, where nothing is meant, and who was in both."""
    assert lead_of(scenario(TWO, TO_POLAND, [claim(test)]))[0] == f"What was announced does not add up: {told}"


def test_claims_without_a_total() -> None:
    """What was ordered, of each side and kind, and how the claims stand; a refused order moves nothing."""
    units = [unit("a", "about 100"), unit("b", "about 100", side="RU"), unit("c", "24", kind=Kind.AIRCRAFT), unit("d")]
    orders = [deploy("go", 60, "a", "b", "c"), deploy("again", 70, "a", to="de")]
    alone = Selector(units=("a",), readiness=DEPLOYED)
    claims = [
        claim(Count(alone, parse_quantity("100"), 10_000), "holds", "pap"),
        claim(Count(alone, parse_quantity("more than 100"), 10_000), "possible"),
        claim(Count(alone, exactly(0), 10_000), "wrong", disputed="it reads so"),
    ]
    told = lead_of(scenario(units, orders, claims))
    assert told[0] == (
        "Two orders move 100 US troops, 100 RU troops and 24 US aircraft. Three claims can be tested against that: "
        "one holds, one is possible within the figures' ranges and one is disputed."
    )
    assert told[2].startswith("One claim is disputed in this report: that of ABC News. Not all can be right on ")


def test_claims_that_repeat_what_set_the_figures() -> None:
    """They are told apart from what confirms anything."""
    units = [unit("a", grounds=cited("abc"))]
    told = lead_of(scenario(units, claims=[claim(Count(Selector(units=("a",)), exactly(100), 10_000))]))
    assert told[0].endswith("One claim can be tested against that, and it only repeats what set the figures.")


def test_many_answers_that_exclude_one_another() -> None:
    """The first are named."""
    claims = [in_poland(str(number), f"c{number}") for number in (1, 2, 3, 4, 5)]
    assert (
        ": ABC News says 1, ABC News says 2, ABC News says 3 and two more answers are given. "
        in lead_of(scenario(TWO, TO_POLAND, claims))[2]
    )


@pytest.mark.parametrize(
    ("outlet", "called"),
    [
        ("not named", "a source that is not named"),
        ("Not named, Axios style", "a source that is not named (Axios style)"),
        ("not named (4,000 before)", "a source that is not named (4,000 before)"),
        ("not named by the ministry", "a source that is not named (by the ministry)"),
        ("not namedly", "not namedly"),
        ("Unnamed Times", "Unnamed Times"),
    ],
)
def test_who_is_not_named(outlet: str, called: str) -> None:
    """A source without a name is told of as such."""
    assert spoken_of(outlet) == called


@pytest.mark.parametrize(
    ("sentence", "begins"),
    [
        (["a source", " says"], "A source says"),
        ([Link("unnamed officials", "source", "x"), " say"], "Unnamed officials say"),
        (["3 say"], "3 say"),
        (["", "x"], "x"),
        ([], ""),
    ],
)
def test_a_sentence_begins_with_a_capital(sentence: list[Segment], begins: str) -> None:
    """Whether it begins with words or with a link."""
    assert text_of(capitalized(sentence)) == begins


def test_names_with_commas_are_kept_apart() -> None:
    """Where a source's name has a comma, sources are parted by semicolons."""
    told = scenario(TWO, TO_POLAND, [in_poland("1", "x", "abc"), in_poland("1", "y", "pap"), in_poland("1", "z", "c")])
    told = evolve(told, sources={**told.sources, "c": Source("c", "AP, on KKTV")})
    assert lead_of(told)[2].startswith("ABC News; AP, on KKTV and PAP contradict what the reports come to, in three ")


def test_who_gives_an_answer() -> None:
    """An answer that several give is told as that of a source that gave no other, where there is one."""
    claims = [in_poland("1", "x", "abc"), in_poland("1", "y", "pap"), in_poland("2", "z", "abc")]
    assert ": PAP says 1 and ABC News says 2. " in lead_of(scenario(TWO, TO_POLAND, claims))[2]


def test_more_questions_than_one() -> None:
    """Those that are not told are counted."""
    claims = [in_poland(number, f"{number}-{unit}", unit=unit) for number in ("1", "2") for unit in ("a", "b")]
    assert ". Nor can they on one other question. " in lead_of(scenario(TWO, TO_POLAND, claims))[2]


def test_what_can_be_true_with_other_figures() -> None:
    """A claim that is only compatible is in nobody's way."""
    told = scenario(TWO, TO_POLAND, [in_poland("1590")])
    assert lead_of(told)[2] == (
        "No source disagrees with what the reports come to, or with another. All undisputed claims can be true "
        "together."
    )


def test_too_little_effort(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it takes too long to find out, the command is named that may."""
    monkeypatch.setattr("sim.atlas.concord.EFFORT", 0)
    monkeypatch.setattr("sim.reconcile.cluster.LEAST_SHARE", 0)
    assert lead_of(scenario(TWO, TO_POLAND, [in_poland("1590")]))[2].endswith(
        "Whether all undisputed claims can be true together took too long to find out; try: python -m sim reconcile "
        "x.yaml"
    )


def test_how_it_is_known() -> None:
    """Where it came in several ways, how much in which; what is on its way, what stayed; of many places the rest."""
    units = [
        unit(name, strength) for name, strength in (("a", "100"), ("b", "200"), ("c", "300"), ("d", "7"), ("e", "8"))
    ]
    units += [unit("f", "50")]
    orders = [
        deploy("first", 60, "a", grounds=GUESS),
        deploy("second", 60, "b", to="de"),
        deploy("third", 60, "c", to="us"),
        deploy("fourth", 60, "d", to="unstated"),
        Order("fifth", 60, Action.DEPLOY, ("e",), "rzeszow", grounds=GUESS),
    ]
    seen = [_seen(orders[0]), *orders[1:]]
    assert lead_of(scenario(units, seen))[1] == (
        "By the end, 30 Jan 2022 22:40, 615 US troops have moved: 300 are in United States, 200 in Germany, 100 in "
        "Poland, 8 en route to Rzeszów and 7 elsewhere. Of these, 100 were seen to and 515 are assumed to have. "
        "Another 50 have not moved."
    )


def _seen(order: Order) -> Order:
    return evolve(
        order,
        depart=evolve(order.depart, basis=Basis.OBSERVED),
        arrive=evolve(order.arrive, by=100, basis=Basis.OBSERVED),
    )


def test_where_nobody_says_where() -> None:
    """What is at a place not stated, or on its way to one, is told so."""
    orders = [deploy("go", 60, "a", to="unstated"), Order("off", 60, Action.DEPLOY, ("b",), "unstated", grounds=GUESS)]
    assert lead_of(scenario(TWO, orders))[1].endswith(": 1,000 are at a place not stated and 500 en route.")


def test_names_without_end() -> None:
    """They are cut: three sentences stay three sentences."""
    places = [Place("home", "H" * 9000), Place("pl", "P" * 9000)]
    told = lead_of(scenario([unit("a")], [deploy("go", 60, "a")], places=places))
    assert told[1].endswith("are assumed to have moved: all are in " + "P" * 499 + "\N{HORIZONTAL ELLIPSIS}.")


def test_too_many_claims_to_reconcile() -> None:
    """The command that tells is named instead."""
    claims = [in_poland("1700", "wrong"), *(in_poland("1500", f"c{number}") for number in range(CLAIMS_MAX))]
    assert lead_of(scenario(TWO, TO_POLAND, claims))[2].endswith(
        " Whether all undisputed claims can be true together, this tells: python -m sim reconcile x.yaml"
    )


def test_what_rounding_explains() -> None:
    """Then it is no contradiction."""
    told = scenario(
        [unit("a", "1234")], [deploy("go", 60, "a")], [in_poland("1234"), in_poland("1200", "round", "pap")]
    )
    assert lead_of(told)[2].endswith(
        "Read to the letter, the undisputed claims cannot all be true; with round figures read as rounded, they can."
    )


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where reconciling takes a library that is not here, the command that takes it is named."""
    monkeypatch.setitem(sys.modules, "z3", None)
    told = scenario(TWO, TO_POLAND, [in_poland("2500")])
    assert lead_of(told)[2] == (
        "ABC News contradicts what the reports come to, in one claim. Whether all undisputed claims can be true "
        "together, this tells: python -m sim reconcile x.yaml"
    )


@pytest.mark.parametrize(
    "name", ["feb2022", "eastern-flank-2022", "failed-total", "berlin-1949", "port-au-prince-2010"]
)
def test_the_real_scenarios(name: str, golden: Callable[[Path, str], None]) -> None:
    """The three sentences of each, as they stand in the report."""
    told = load(ROOT / "scenarios" / f"{name}.yaml")
    golden(ROOT / "tests" / "golden" / f"report-lead-{name}.txt", "".join(f"{each}\n" for each in lead_of(told)))
