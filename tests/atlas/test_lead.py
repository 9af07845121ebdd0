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
from sim.domain.known import Knowledge
from sim.domain.order import Order, Part, Transit, Window
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
    return [text_of(sentence) for sentence in lead(inquiry)]


def in_poland(expected: str, name: str = "said", source: str = "abc", disputed: str = "", unit: str = "") -> Claim:
    """How many there are in Poland at the end, of a unit or of all."""
    selector = Selector(place=("pl",), readiness=DEPLOYED, units=(unit,) if unit else ())
    test = Count(selector, parse_quantity(expected), 10_000)
    return claim(test, name, source, disputed=disputed)


TO_POLAND = (deploy("go", 60, "a", "b"),)
ORDERED = "On 24 Jan 2022, 1,500 US troops (1,400 to 1,600) are assumed to have been ordered to Poland. "
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
        "By the end, 30 Jan 2022 22:40, no move of the 100 ES troops (90 to 110) is reported. "
        "No move of the 100 FR troops (90 to 110) is reported. "
        "No move of the 100 GB troops (90 to 110) is reported. "
        "No move of the 100 IT troops (90 to 110) is reported. The posture has one more side or kind.",
    ]


def test_a_total_that_adds_up() -> None:
    """It is told by its parts, with whoever names it, and how many origins that is."""
    orders = [deploy("go", 60, "a"), deploy("there", 60, "b", to="rzeszow")]
    assert lead_of(scenario(TWO, orders, [in_poland("1500"), in_poland("about 1500", "same", "pap")])) == [
        "On 24 Jan 2022, 1,500 US troops (1,400 to 1,600) are assumed to have been ordered to move: 1,000 to Poland "
        "and 500 to Rzeszów. That adds up: ABC News and PAP give 1,500 as the total, from two separate origins.",
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
        "Nothing was ordered. "
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
        f"{ORDERED}It does not all add up: ABC News says 2,500 (deployed in Poland), but the reports come to "
        "1,500 (1,400 to 1,600): 1,000 of a and 500 of b. That is 1,000 too few, and two more claims do not fit "
        "either.",
        "By the end, 30 Jan 2022 22:40, 1,500 US troops (1,400 to 1,600) are assumed to have moved: all are in Poland.",
        "ABC News and PAP contradict what the reports come to, in three claims. Not all undisputed claims can be "
        "right, however they were rounded: ABC News says 2,500 on “deployed in Poland”, while a is put at about 1,000 "
        "and b is put at 500; and PAP says 0 on “a, at any time”, while a is put at about 1,000. Rounding explains one "
        "more difference.",
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
    assert lead_of(scenario(TWO, TO_POLAND, [claim(test)]))[0] == f"{ORDERED}It does not all add up: {told}"


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
        "On 24 Jan 2022, 100 US troops (90 to 110) are assumed to have been ordered to Poland. The same day, 100 RU "
        "troops (90 to 110) are assumed to have been ordered to Poland. The same day, 24 US aircraft are assumed to "
        "have been ordered to Poland. Three claims can be tested against that: "
        "one holds, one is possible within the figures' ranges and one is disputed."
    )
    assert told[2] == (
        "One claim is disputed in this report: that of ABC News. Taken to the letter, not all undisputed claims can be "
        "right: on “a deployed”, PAP says 100 and ABC News says more than 100. Rounding explains it: if round figures "
        "were rounded, all can be true."
    )


def test_claims_that_repeat_what_set_the_figures() -> None:
    """They are told apart from what confirms anything."""
    units = [unit("a", grounds=cited("abc"))]
    told = lead_of(scenario(units, claims=[claim(Count(Selector(units=("a",)), exactly(100), 10_000))]))
    assert told[0].endswith("One claim can be tested against that, and it only repeats what set the figures.")


def test_many_answers_that_exclude_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first are named, here where it cannot be found out what else cannot be true."""
    monkeypatch.setitem(sys.modules, "z3", None)
    claims = [in_poland(str(number), f"c{number}", source) for number, source in enumerate(("abc", "pap") * 3, 1)]
    assert (
        "Not all undisputed claims can be right: on “deployed in Poland”, ABC News says 1, PAP says 2, ABC News says "
        "3 and three more answers are given. Whether "
    ) in lead_of(scenario(TWO, TO_POLAND, claims))[2]


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


def test_who_gives_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that several give is told as that of a source that gave no other, where there is one."""
    monkeypatch.setitem(sys.modules, "z3", None)
    claims = [in_poland("1", "x", "abc"), in_poland("1", "y", "pap"), in_poland("2", "z", "abc")]
    assert ", PAP says 1 and ABC News says 2. " in lead_of(scenario(TWO, TO_POLAND, claims))[2]


def test_a_source_that_says_two_things() -> None:
    """It is not told as if two sources disagreed."""
    claims = [in_poland("1500", "x"), in_poland("more than 1500", "y")]
    assert (
        ": on “deployed in Poland”, ABC News says both 1,500 and more than 1,500. "
        in (lead_of(scenario(TWO, TO_POLAND, claims))[2])
    )


def test_more_questions_than_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that are not told are counted."""
    monkeypatch.setitem(sys.modules, "z3", None)
    units = [*TWO, unit("c")]
    claims = [in_poland(number, f"{number}-{one}", unit=one) for number in ("1", "2") for one in ("a", "b", "c")]
    assert "; and one other question. " in lead_of(scenario(units, TO_POLAND, claims))[2]


def test_more_contradictions_than_are_told() -> None:
    """Those that are not told are counted; each says which strengths it takes."""
    claims = [in_poland(str(number), f"c{number}") for number in (1, 2, 3, 4, 5)]
    assert lead_of(scenario(TWO, TO_POLAND, claims))[2].endswith(
        "ABC News says 1 on “deployed in Poland”, while a is put at about 1,000; ABC News says 2 on “deployed in "
        "Poland”, while a is put at about 1,000; and three more contradictions."
    )


def test_more_contradictions_than_are_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then there are at least so many."""
    monkeypatch.setattr("sim.atlas.concord.LIMIT", 3)
    claims = [in_poland(str(number), f"c{number}") for number in (1, 2, 3, 4, 5)]
    assert lead_of(scenario(TWO, TO_POLAND, claims))[2].endswith("; and at least one more contradiction.")


def test_what_was_known_is_reconciled_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as it is little: an album has many such days."""
    told = scenario(TWO, TO_POLAND, [in_poland("1590")])
    answer = Answer(play(told), (told.end,), knowledge=Knowledge(500, 1, 1, ()))
    assert text_of(lead(inquire(answer))[2]).endswith("All undisputed claims can be true together.")
    monkeypatch.setattr("sim.atlas.concord.THINGS_THEN_MAX", 2)
    assert text_of(lead(inquire(answer))[2]).endswith(" was not tried here.")


def test_what_the_times_rule_out() -> None:
    """What no strength could make true is told so."""
    late = claim(Closed(Selector(place=("pl",)), 80))
    assert lead_of(scenario(TWO, TO_POLAND, [late]))[2].endswith(
        ": ABC News says yes on “closed by 24 Jan 01:20: in Poland”, which the times of the orders rule out."
    )


def test_what_can_be_true_with_other_figures() -> None:
    """A claim that is only compatible is in nobody's way."""
    told = scenario(TWO, TO_POLAND, [in_poland("1590")])
    assert lead_of(told)[2] == (
        "No source disagrees with what the reports come to, or with another. All undisputed claims can be true "
        "together."
    )


def test_too_little_effort(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it takes too long to find out, that is said; a reader of the lead has no command line."""
    monkeypatch.setattr("sim.atlas.concord.EFFORT", 0)
    monkeypatch.setattr("sim.reconcile.cluster.LEAST_SHARE", 0)
    assert lead_of(scenario(TWO, TO_POLAND, [in_poland("1590")]))[2].endswith(
        "Whether all undisputed claims can be true together would take too long to find out here."
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
        "Poland, 8 en route to Rzeszów and 7 elsewhere. Of these, 100 were seen to move and 515 are assumed to have "
        "moved. Of another 50 US troops counted here, no move is reported."
    )


def _seen(order: Order) -> Order:
    return evolve(
        order,
        depart=evolve(order.depart, basis=Basis.OBSERVED),
        arrive=evolve(order.arrive, by=100, basis=Basis.OBSERVED),
    )


def test_a_unit_that_came_in_several_ways() -> None:
    """How much of it came in which, as far as the entries tell; the ledger's mark is that of the weakest."""
    parts = [
        Part(100, arrive=Window(by=100, basis=Basis.OBSERVED)),
        Part(900, arrive=Window(by=200, basis=Basis.ANNOUNCED)),
    ]
    there = scenario([unit("a", "1000")], [deploy("go", 60, "a", parts=parts, grounds=cited("abc"))])
    assert lead_of(there)[1].endswith(
        "1,000 US troops have moved: all are in Poland. Of these, 100 were seen to move and 900 are said to have moved."
    )
    on = [Part(400, transit=Transit(60)), Part(600, depart=Window(after=1200), transit=Transit(60))]
    further = deploy("further", 1000, "a", to="de", parts=on, grounds=cited("abc"))
    assert (
        "It is known in several ways; in part they are said to have moved."
        in (lead_of(evolve(there, orders={**there.orders, "further": further}, end=1100))[1])
    )


def test_what_was_ordered_and_cancelled() -> None:
    """An order of which nothing left because it was cancelled is told as that; so is a part of one."""
    go = deploy("go", 60, "a", "b", after=1000, grounds=cited("abc"))
    stay = Order("stay", 120, Action.CANCEL, ("a",), cancels="go", grounds=cited("abc"))
    assert lead_of(scenario(TWO, [go, stay]))[0] == (
        "On 24 Jan 2022, 1,500 US troops (1,400 to 1,600) were ordered to Poland, according to ABC News. For 1,000 of "
        "them that was cancelled before they left. No source gives a figure that it could be held against."
    )
    assert " That was cancelled before they left. " in (lead_of(scenario(TWO, [go, evolve(stay, units=("a", "b"))]))[0])


def test_what_was_ordered_anew_on_the_day_on_which_it_was_cancelled() -> None:
    """Went, whither it was last told to."""
    first, second = (
        deploy(name, at, "a", "b", to=to, after=1000, grounds=cited("abc"))
        for name, at, to in (("go", 60, "pl"), ("again", 180, "de"))
    )
    stay = Order("stay", 120, Action.CANCEL, ("a",), cancels="go", grounds=cited("abc"))
    whole = evolve(stay, units=("a", "b"))
    assert lead_of(scenario(TWO, [first, whole, second]))[0].startswith(
        "On 24 Jan 2022, 1,500 US troops (1,400 to 1,600) were ordered to Germany, according to ABC News. No source"
    )
    refused = "For 1,000 of them that was cancelled before they left. "
    assert refused in lead_of(scenario(TWO, [first, stay]))[0]
    assert refused not in lead_of(scenario(TWO, [first, stay, evolve(second, units=("a",))]))[0]


def test_who_announced_it() -> None:
    """Those on whom all its orders rest; where there is no such source, that it takes several of them."""
    one, two = (
        deploy("one", 60, "a", grounds=cited("abc", "pap")),
        deploy("two", 90, "b", to="de", grounds=cited("pap")),
    )
    assert "to Germany, according to PAP. No" in lead_of(scenario(TWO, [one, two]))[0]
    one = evolve(one, grounds=cited("abc"))
    assert "to Germany, according to PAP and ABC News between them. No" in lead_of(scenario(TWO, [one, two]))[0]


def test_announcements_on_several_days() -> None:
    """Each is told by its day, in order of time; of many those of most troops, and how many orders are left."""
    units = [unit(f"u{number}", str(number * 100)) for number in range(1, 6)] + [unit("c", "24", kind=Kind.AIRCRAFT)]
    units.append(unit("d", "24", kind=Kind.AIRCRAFT))
    orders = [deploy(f"o{number}", number * 1440, f"u{number}", grounds=cited("abc")) for number in range(1, 6)]
    orders.append(deploy("fly", 1440, "c", "d", grounds=cited("abc")))
    assert lead_of(scenario(units, orders))[0] == (
        "On 26 Jan 2022, 200 US troops were ordered to Poland, according to ABC News. On 27 Jan, another 300 US troops "
        "were ordered to Poland, according to ABC News. On 28 Jan, another 400 US troops were ordered to Poland, "
        "according to ABC News. On 29 Jan, another 500 US troops were ordered to Poland, according to ABC News. "
        "There are two more orders. No source gives a figure that it could be held against."
    )
    assert "There is one more order. " in lead_of(scenario(units, orders[:-1]))[0]


def test_what_was_known_before_the_end() -> None:
    """It is told in the words of that day: what was to move, not what moved."""
    order = deploy("go", 60, "a", arrive=9000, grounds=cited("abc"))
    told = scenario([*TWO, unit("c", side="RU")], [order, _seen(deploy("first", 60, "b"))])
    answer = Answer(play(told), (told.end,), knowledge=Knowledge(500, 1, 1, ()))
    assert text_of(lead(inquire(answer))[1]) == (
        "As known on 24 Jan 2022 08:20, by the end, 30 Jan 2022 22:40, 1,500 US troops (1,400 to 1,600) were to have "
        "moved: all were to be in Poland. Of these, 500 had been seen to move and 1,000 were announced to move. No "
        "move of the 100 RU troops was known."
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
    """It is not tried, and that is said."""
    claims = [in_poland("1700", "wrong"), *(in_poland("1500", f"c{number}") for number in range(CLAIMS_MAX))]
    assert lead_of(scenario(TWO, TO_POLAND, claims))[2].endswith(
        " Whether all others can be true together was not tried here."
    )


def test_what_rounding_explains() -> None:
    """Then it is no contradiction."""
    told = scenario(
        [unit("a", "1234")], [deploy("go", 60, "a")], [in_poland("1234"), in_poland("1200", "round", "pap")]
    )
    assert lead_of(told)[2].endswith(
        ": PAP says 1,200 on “deployed in Poland”, while a is put at 1,234. Rounding explains it: if round figures "
        "were rounded, all can be true."
    )


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where reconciling takes a library that is not here, it is not tried."""
    monkeypatch.setitem(sys.modules, "z3", None)
    told = scenario(TWO, TO_POLAND, [in_poland("2500")])
    assert lead_of(told)[2] == (
        "ABC News contradicts what the reports come to, in one claim. Whether all undisputed claims can be true "
        "together was not tried here."
    )


@pytest.mark.parametrize(
    "name", ["feb2022", "eastern-flank-2022", "failed-total", "berlin-1949", "port-au-prince-2010"]
)
def test_the_real_scenarios(name: str, golden: Callable[[Path, str], None]) -> None:
    """The three sentences of each, as they stand in the report."""
    told = load(ROOT / "scenarios" / f"{name}.yaml")
    golden(ROOT / "tests" / "golden" / f"report-lead-{name}.txt", "".join(f"{each}\n" for each in lead_of(told)))
