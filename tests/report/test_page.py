"""The page: what it says first, what it explains, and what it leaves to the tables."""

from attrs import evolve

from sim.domain.claim import Claim, Closed, Count, Never, Noted, Selector, Separate, When
from sim.domain.grounds import Grounds
from sim.domain.order import Part, Window
from sim.domain.quantity import parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.unit import Unit
from sim.domain.vocabulary import Basis, Readiness
from sim.report.failure import EXPLAINED_MAX, FINDINGS_MAX, ROWS_MAX
from sim.report.headline import SENTENCES_MAX
from sim.report.page import page
from sim.report.table import Style
from tests.report.asked import answer, whole
from tests.story import alert, cited, deploy, scenario, unit

DEPLOYED = Selector(readiness=(Readiness.DEPLOYED,))
POLAND = Selector(place=("pl",))
UNITS = [unit("a", "about 100", grounds=cited("abc")), unit("b", "about 200", grounds=cited("pap")), unit("c", "50")]
ORDERS = [deploy("go", 60, "a", "b", transit=60, grounds=cited("abc")), alert("wake", 30, "c")]


def count(name: str, expected: str, selector: Selector = DEPLOYED, at: int | When = 10_000, **more: str) -> Claim:
    return Claim(name, **({"source": "abc"} | more), test=Count(selector, parse_quantity(expected), at))


def paragraph(page: list[str], number: int) -> list[str]:
    """One of the page's paragraphs, which empty lines set apart; the first is its head."""
    return "\n".join(page).split("\n\n")[number].splitlines()


def answered(*claims: Claim) -> list[str]:
    """The headline of a page with these claims."""
    return paragraph(whole(scenario(UNITS, ORDERS, claims), room=200), 1)


def test_the_head() -> None:
    """When, by whose clocks, who is cited, where their news began, and what the figures leave out."""
    assert paragraph(whole(scenario(UNITS, ORDERS)), 0) == [
        "A story",
        "24 Jan - 30 Jan 2022, UTC; in the posture, a date is the end of that day",
        "Sources: A ABC News  B PAP",
        "Where their news began: Briefing A; PAP B",
        "Only forces these sources name. Moves are as announced or assumed: no source saw an arrival.",
    ]


def test_a_head_without_sources() -> None:
    """What there is nothing to say of is not said."""
    assert paragraph(whole(scenario([unit("x")])), 0)[2:] == [
        "Only forces this scenario names. Nothing arrives anywhere."
    ]


def test_sources_that_are_their_own_origin() -> None:
    """Their news began with them: that needs no line."""
    told = scenario([unit("x", grounds=cited("pap"))])
    assert paragraph(whole(told), 0)[2:3] == ["Sources: A PAP"]
    assert [line for line in whole(told) if line.startswith("Where their news began")] == []


def test_arrivals_that_were_seen() -> None:
    """So many of so many."""
    there = Window(by=200, basis=Basis.OBSERVED, grounds=cited("pap"))
    seen = evolve(deploy("go", 60, "a"), arrive=there, transit=None)
    page = whole(scenario(UNITS, [seen, deploy("too", 60, "b", "c")]), room=200)
    (line,) = [line for line in page if line.startswith("Only forces")]
    assert line.endswith("A source saw 1 of 3 arrivals; the others are as announced or assumed.")


def test_a_total_that_adds_up() -> None:
    """By place; who says so; and the interval it stands for."""
    by_place = evolve(ORDERS[0], units=("a",)), deploy("also", 60, "b", to="de", grounds=cited("abc"))
    told = scenario(UNITS, by_place, [count("one", "300"), count("two", "about 300", source="pap")])
    assert paragraph(whole(told), 1) == [
        "300 announced = 200 Germany + 100 Poland (270-330). It adds up (A B: 2 separate origins)."
    ]


def test_a_total_at_one_place_is_of_units() -> None:
    """On the way is a place too; and a figure of one unit is no total."""
    assert answered(count("one", "300"), count("a", "100", Selector(units=("a",)))) == [
        "300 announced = 200 b + 100 a (270-330). It adds up (A: one origin)."
    ]
    moving = Selector(readiness=(Readiness.IN_TRANSIT, Readiness.HEIGHTENED_ALERT))
    assert answered(count("one", "350", moving, 61)) == [
        "350 announced = 300 en route to Poland + 50 Home (320-380). It adds up (A: one origin)."
    ]


def test_no_total() -> None:
    """Where nobody names the very figure, there is nothing to say; where somebody contradicts it, something else."""
    assert answered(count("one", "hundreds"))[0].startswith("Timeline")
    assert answered(count("one", "300"), count("two", "5")) == [
        "Does not add up: A says 5 (deployed); the ledger has 300 = 200 b + 100 a (270-330): 295 too many."
    ]


def test_every_contradiction() -> None:
    """How far off, or who; in what words the source put the question; and when, where that is not the end."""
    claims = [
        count("few", "more than 3000", source="pap", per="briefing"),
        count("exact", "49", Selector(units=("c",))),
        Claim("never", "pap", Never(POLAND)),
        Claim("apart", "pap", Separate(POLAND, DEPLOYED)),
        Claim("undone", "pap", Closed(Selector(units=("c",)), 120)),
        Claim("nobody", "pap", Closed(Selector(side=("ZZ",)), 10_000)),
    ]
    assert answered(*claims) == [
        "Does not hold: B says nobody is both in Poland and deployed; the ledger has a, b, from 24 Jan 02:00 on.",
        "Does not add up: A says 49 (c); the ledger has 50: 1 too many.",
        "Does not add up: B, from Briefing, says more than 3,000 (deployed); "
        "the ledger has 300 = 200 b + 100 a (270-330): 2,701 too few.",
        "Does not add up: B says 0 (in Poland, at any time); "
        "the ledger has 300 = 200 b + 100 a (270-330) on 24 Jan 02:00: 300 too many.",
        "Does not hold: B says closed: ZZ. Not closed: no unit is meant.",
        "Does not hold: B says closed by 24 Jan 02:00: c. Not closed: c.",
    ]


def test_what_is_possible_and_what_is_disputed() -> None:
    """Each wording once, with all who use it."""
    claims = [
        count("one", "more than 300"),
        count("two", "more than 300", source="pap", per="briefing"),
        count("three", "280"),
        count("four", "4000", says="They are 4,000.", disputed="A slip of the pen."),
        count("five", "5000", disputed="Another"),
        Claim("six", "pap", Noted("It is about words"), disputed="A slip of the tongue"),
    ]
    assert answered(*claims) == [
        '"more than 300" (A; B, from Briefing) for deployed: possible, since the ledger\'s 300 stands for 270-330.',
        '"280" (A) for deployed: possible, since the ledger\'s 300 stands for 270-330.',
        "Disputed: A: deployed. Another.",
        "Disputed: A: They are 4,000. A slip of the pen.",
        "Disputed: B: It is about words. A slip of the tongue.",
    ]


def test_more_than_anyone_reads() -> None:
    """Of each verdict the first ten; the tables have all."""
    wrong = [count(f"wrong{number:02}", str(number)) for number in range(13)]
    maybe = [count(f"maybe{number:02}", str(280 + number)) for number in range(14)]
    doubt = [count(f"doubt{number:02}", str(number), disputed="No") for number in range(15)]
    page = whole(scenario(UNITS, ORDERS, [*wrong, *maybe, *doubt]), room=200)
    lines = paragraph(page, 1)
    assert len(lines) == 3 * (SENTENCES_MAX + 1)
    assert lines[SENTENCES_MAX :: SENTENCES_MAX + 1] == [
        "3 more claims are contradicted.",
        "4 more wordings are possible.",
        "5 more claims are disputed.",
    ]
    explained = [line for line in page if line.startswith("wrong") and "ABC News" in line]
    assert len(explained) == EXPLAINED_MAX


def failing(room: int) -> list[str]:
    """What the page explains of three claims that do not hold."""
    claims = [
        count("total", "500", says="500 of them", source="pap"),
        Claim("undone", "pap", Closed(Selector(orders=("go", "wake")), 120)),
        count("none", "7", Selector(place=("de",))),
    ]
    units = [UNITS[0], evolve(UNITS[1], grounds=Grounds((), "a guess")), UNITS[2]]
    page = whole(scenario(units, ORDERS, claims), room=room)
    start, end = (next(at for at, line in enumerate(page) if line.startswith(word)) for word in ("none, ", "Ledger: "))
    return page[start : end - 1]


def test_a_failure_is_explained() -> None:
    """The accounts behind the figure: how much, since when, by which order, on whose word for figure and for move."""
    assert failing(100) == [
        "none, ABC News",
        "Expected 7; the ledger has 0 on 30 Jan 22:40, off by 7: nothing is counted.",
        "",
        "total, PAP: 500 of them",
        "Expected 500; the ledger has 300 (270-330) on 30 Jan 22:40, off by 200. It is made of:",
        "strength  range    unit  where             since             figure by  move by",
        "     100  90-110   a     Poland, deployed  24 Jan 02:00, go  A          A",
        "     200  180-220  b     Poland, deployed  24 Jan 02:00, go  assumed    A",
        "",
        "undone, PAP",
        "Expected 350; the ledger has 300 (270-330) on 24 Jan 02:00, off by 50. It is made of (in brackets,",
        "  what is not counted):",
        "strength  range    unit  where                   since               figure by  move by",
        "     100  90-110   a     Poland, deployed        24 Jan 02:00, go    A          A",
        "     200  180-220  b     Poland, deployed        24 Jan 02:00, go    assumed    A",
        "    (50)           c     Home, heightened alert  24 Jan 00:30, wake  assumed    assumed",
    ]


def test_a_closing_that_fails_says_how_much_was_there() -> None:
    """Nothing has closed, and yet a part has arrived."""
    orders = [deploy("go", 60, "c", parts=[Part(40, arrive=Window(by=120)), Part(10, arrive=Window(by=200))])]
    told = whole(scenario(UNITS, orders, [Claim("undone", "pap", Closed(Selector(orders=("go",)), 120))]), room=200)
    assert paragraph(told, 1) == [
        "Does not hold: B says closed by 24 Jan 02:00: ordered to Poland. Not closed: c; 40 of 50 were there."
    ]
    assert "Expected 50; the ledger has 0 on 24 Jan 02:00, off by 50; 40 of 50 were there. It is made of" in "\n".join(
        told
    )


def test_a_failure_in_little_room() -> None:
    """Sentences instead of a table."""
    assert failing(60)[4:10] == [
        "total, PAP: 500 of them",
        "Expected 500; the ledger has 300 (270-330) on 30 Jan 22:40,",
        "  off by 200. It is made of:",
        "100 (90-110) a: Poland, deployed, since 24 Jan 02:00, go;",
        "  figure by A, move by A.",
        "200 (180-220) b: Poland, deployed, since 24 Jan 02:00, go;",
    ]


def test_long_failures_are_cut() -> None:
    """The first findings and accounts, and how many more there are."""
    units = [unit(f"u{number:03}", "10", readiness=Readiness.DEPLOYED) for number in range(30)]
    orders = [alert("wake", 60, *(each.id for each in units))]
    for room in (100, 60):
        page = [line.strip() for line in whole(scenario(units, orders, [count("total", "7")]), room=room)]
        assert page.count(f"and {30 - FINDINGS_MAX} more: --format csv --table invariants has all") == 1
        assert page.count(f"{30 - ROWS_MAX} more") == 1


def test_a_disputed_claim_that_holds() -> None:
    """Breaks the invariant; the foot no longer says that the dispute is expected."""
    page = whole(scenario(UNITS, ORDERS, [count("total", "300", disputed="We thought not")]))
    assert page[page.index("Broken: claims") + 1] == (
        "30 Jan 22:40: claim total (abc) is disputed, but holds (expected 300, found 300 (270-330))"
    )
    assert "8 of 9 invariants hold; 0 orders refused; 0 undisputed claims contradicted; 1 dispute;" in " ".join(page)


def test_the_foot() -> None:
    """How the checks came out."""
    claims = [
        count("total", "300"),
        count("four", "4000", disputed="A slip"),
        count("five", "5000", disputed="Another"),
    ]
    assert paragraph(whole(scenario(UNITS, ORDERS, claims), room=200), -1) == [
        "Ledger: 9 of 9 invariants hold; 0 orders refused; 0 undisputed claims contradicted; 2 disputes, expected; "
        "0 statements noted as untestable.",
    ]


def _next_of(told: Scenario, *where: str, style: Style = Style.PLAIN) -> str:
    last = page(answer(told), (), style, 40, where).splitlines()[-1]
    return last.removeprefix("- ").removeprefix("Next: ")


def test_the_next_question() -> None:
    """Why a claim fails; else who says what; else what there is: one line, whatever the room, as a shell takes it."""
    wrong = [count("a-slip", "4000", disputed="A slip"), count("total", "4000"), count("zero", "0")]
    given = scenario(UNITS, ORDERS, wrong)
    assert _next_of(given, "my file.yaml") == "python -m sim explain 'my file.yaml' --claim total"
    assert _next_of(given, "x.sqlite", "--run", "ab", style=Style.MARKDOWN) == (
        "python -m sim explain x.sqlite --run ab --claim total"
    )
    assert _next_of(scenario(UNITS, ORDERS, wrong[:1]), "x.yaml") == "python -m sim claims x.yaml"
    noted = [Claim("why", "abc", Noted("no number"))]
    assert _next_of(scenario(UNITS, ORDERS, noted), "x.yaml") == "python -m sim explain x.yaml --at end"
    assert "Next: " not in page(answer(scenario([])), where=("x.yaml",))


def test_findings_without_a_moment() -> None:
    """What no source stands behind and nobody assumes is no event: it has no date."""
    bare = Unit("x", "x", UNITS[0].kind, parse_quantity("5"), "home", "home")
    part = Part(5, arrive=Window(by=100))
    told = scenario([bare], [evolve(deploy("go", 60, "x", parts=[part]), grounds=Grounds())])
    page = whole(told, room=200)
    assert page[page.index("Broken: sourced") + 1] == "unit x has neither a source nor a reason why it is assumed"


def test_doubts() -> None:
    """Countries and sides that nothing has are asked about once, with the claims that name them."""
    claims = [
        count("one", "0", Selector(country=("PL", "LP"))),
        Claim("two", "abc", Never(Selector(country=("LP",)))),
        Claim("three", "abc", Separate(Selector(side=("SU",)), Selector(side=("SU", "US")))),
        Claim("four", "abc", Closed(Selector(orders=("go",)), 10_000)),
        Claim("five", "abc", Noted("It is about words")),
    ]
    page = whole(scenario(UNITS, ORDERS, claims), room=200)
    assert [line for line in page if line.startswith("Check")] == [
        "Check the spelling: no place is in the country 'LP', which one, two ask about.",
        "Check the spelling: no unit is of the side 'SU', which three asks about.",
    ]


def test_since_when_is_as_in_the_timeline() -> None:
    """What is due on a day is there from its end; what begins on a day is there from its start."""
    orders = [deploy("go", 60, "a", arrive=1439), alert("wake", 1440, "b")]
    page = whole(scenario(UNITS, orders, [count("total", "7", Selector(units=("a", "b")))]), room=200)
    assert page[-4:-2] == [
        "     100  90-110   a     Poland, deployed        24 Jan, go    A          assumed",
        "     200  180-220  b     Home, heightened alert  25 Jan, wake  B          assumed",
    ]
