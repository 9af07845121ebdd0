"""The claims page: a summary, the matrix, what cannot all be true, and what failed claims come of."""

from collections.abc import Sequence

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.claim import Claim, Closed, Count, Never, Noted, Selector, Separate
from sim.domain.quantity import parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.source import Source
from sim.domain.vocabulary import Kind, Readiness
from sim.report.claims_page import claims_page
from sim.report.ink import uninked
from sim.report.inquiry import Stand, inquire
from sim.report.table import Style
from tests.report.asked import answer
from tests.report.test_laws import columns
from tests.story import alert, cancel, cited, deploy, recall, scenario, unit
from tests.strategies import scenarios

SOURCES = [
    Source("abc", "ABC News", relays=("briefing",)),
    Source("briefing", "Briefing"),
    Source("pap", "PAP"),
]
DEPLOYED, POLAND = Selector(readiness=(Readiness.DEPLOYED,)), Selector(place=("pl",))
ALERT = Selector(readiness=(Readiness.HEIGHTENED_ALERT,))
UNITS = [unit("a", "about 100", grounds=cited("abc")), unit("b", "about 200", grounds=cited("pap")), unit("c", "50")]
ORDERS = [deploy("go", 60, "a", "b", transit=60, grounds=cited("abc")), alert("wake", 30, "c")]


def count(name: str, source: str, selector: Selector, expected: str, **more: str) -> Claim:
    return Claim(name, source, Count(selector, parse_quantity(expected), 10_000), **more)


def told(*claims: Claim) -> Scenario:
    return scenario(UNITS, ORDERS, claims, sources=SOURCES)


def drawn(of: Scenario, room: int = 100, where: Sequence[str] = ("told.yaml",), **asked: Sequence[str]) -> list[str]:
    """The page, without the title, the dates and the sources."""
    page = claims_page(inquire(answer(of), **asked), where, Style.PLAIN, room).splitlines()
    return page[page.index("") + 1 :]


def below(of: Scenario, heading: str, room: int = 100, **asked: Sequence[str]) -> list[str]:
    """What stands on the page from a heading on."""
    page = drawn(of, room, **asked)
    return page[page.index(heading) :]


AGREEING = told(
    count("one", "abc", DEPLOYED, "300", says="300 are there"),
    count("two", "pap", DEPLOYED, "hundreds", says="There are hundreds"),
    Claim("three", "pap", Noted("A motive"), says="It is about pride"),
)


def test_all_well() -> None:
    """How many claims, on how many questions, how they stand; then the matrix, what is noted, and what to ask next."""
    assert drawn(AGREEING) == [
        "3 claims, 2 of them on 1 question: 2 holding, 1 noted as untestable.",
        "",
        "Reported against the ledger ('=' given: set the figure; '?' compatible; '*' contradicted)",
        "#  question                A     B     ledger",
        "1  deployed              300  100s        300",
        "   2 sources, 2 origins             (270-330)",
        "",
        "1 claim noted as untestable: --verdict noted",
        "Next: python -m sim claims told.yaml --question 1",
    ]


def test_no_claims() -> None:
    """Nor any question."""
    assert drawn(told()) == [
        "Nobody claims anything.",
    ]
    assert drawn(told(Claim("three", "pap", Noted("A motive")))) == [
        "1 claim: 1 noted as untestable.",
        "",
        "1 claim noted as untestable: --verdict noted",
    ]


def test_nothing_fits() -> None:
    """What was asked for together is not there."""
    assert drawn(AGREEING, verdict=["contradicted"]) == [
        "None of 3 claims fits.",
    ]


DIFFERING = told(
    count("a-one", "abc", DEPLOYED, "more than 300", per="briefing"),
    count("b-two", "pap", DEPLOYED, "over 300"),
    count("c-three", "pap", DEPLOYED, "290", disputed="A slip of the pen."),
    count("d-four", "briefing", DEPLOYED, "300"),
    count("e-five", "abc", POLAND, "7", says="Seven are in Poland"),
    evolve(count("f-six", "pap", POLAND, "300"), corrects="e-five"),
    evolve(Claim("g-seven", "abc", Noted("A correction")), corrects="e-five"),
    Claim("h-eight", "abc", Never(Selector(place=("de",))), disputed="It was said in jest"),
)


def test_what_differs() -> None:
    """What is in conflict; what a possible claim takes, once for all who say it; why some are disputed; who took what
    back; and that a dispute that holds is none.
    """
    assert drawn(DIFFERING) == [
        "8 claims, 7 of them on 3 questions: 1 disputed but holding, 2 compatible, 1 compatible and disputed,",
        "  2 holding, 1 withdrawn, 1 noted as untestable.",
        "Of what answers the same question, not all can be true on 1 question: 1.",
        "",
        "Reported against the ledger ('=' given: set the figure; '?' compatible; '*' contradicted)",
        "#  question                                   A    B         C     ledger",
        "1  deployed                               >300?  300     >300?        300",
        "   3 sources, 2 origins, in conflict      1 off         1 off;  (270-330)",
        "                                                          290?",
        "                                                        10 off",
        "                                                      disputed",
        "2  in Poland                                  7    .       300        300",
        "                                      withdrawn                 (270-330)",
        "3  in Germany, at any time                    0    .         .          0",
        "                                       disputed",
        "",
        "Cannot all be true, as worded",
        "1: 290 (C, disputed) against 300 (B), >300 (A C)",
        "1: 300 (B) against >300 (A C)",
        "",
        "Compatible: not the ledger's figure, but within its range",
        "1, A C: >300. Nearest consistent reading: 301: b as 201 instead of 200 (the report allows 180-220).",
        "1, C: 290. Nearest consistent reading: 290: b as 190 instead of 200 (the report allows 180-220).",
        "",
        "Disputed by this scenario",
        "1, C: 290, compatible. A slip of the pen.",
        "3, A: 0, holds. It was said in jest.",
        "",
        "Taken back",
        "2, A: 7, by f-six (C), g-seven (A).",
        "",
        "1 claim noted as untestable: --verdict noted",
        "Next: python -m sim claims told.yaml --question 1",
    ]


def test_in_words() -> None:
    """Where not everything is asked for: who says it, of whom, in what words; and why the rest cannot be tested."""
    assert drawn(DIFFERING, question=["2", "g-seven"]) == [
        "3 of 8 claims: 1 holding, 1 withdrawn, 1 noted as untestable.",
        "",
        "Reported against the ledger ('=' given: set the figure; '?' compatible; '*' contradicted)",
        "#  question           A    C     ledger",
        "2  in Poland          7  300        300",
        "              withdrawn       (270-330)",
        "",
        "In words",
        "#  by  says                         verdict",
        "2  A   e-five: Seven are in Poland  withdrawn",
        "2  C   f-six: in Poland             holds",
        "",
        "Noted",
        "by  says     why it is not tested",
        "A   g-seven  A correction",
        "",
        "Taken back",
        "2, A: 7, by f-six (C), g-seven (A).",
        "",
        "Next: python -m sim explain told.yaml --claim f-six",
    ]
    assert drawn(AGREEING, 60, source=["pap"]) == [
        "2 of 3 claims: 1 holding, 1 noted as untestable.",
        "",
        "Reported against the ledger ('=' given: set the figure; '?'",
        "  compatible; '*' contradicted)",
        "#  question                 B     ledger",
        "1  deployed              100s        300",
        "   2 sources, 2 origins        (270-330)",
        "",
        "In words",
        "1, B: two: There are hundreds: holds",
        "",
        "Noted",
        "B: three: It is about pride. Not tested: A motive",
        "",
        "Next: python -m sim explain told.yaml --claim two",
    ]


def test_a_total_that_fails() -> None:
    """By posting and by source, with the nearest reading, and with those who were given the same orders."""
    units = [*UNITS, unit("d", "20")]
    orders = [deploy("go", 60, "a", "b", "d", after=90, grounds=cited("abc")), cancel("not-d", 70, "go", "d")]
    of = scenario(units, orders, [count("total", "pap", POLAND, "400", says="400 are there")], sources=SOURCES)
    assert below(of, "total, PAP: 400 are there") == [
        "total, PAP: 400 are there",
        "Expected 400; the ledger has 300 (270-330) on 30 Jan 22:40, off by 100.",
        "Nearest consistent reading: none. The nearest that the reports allow is 330, still 70 off: a as 110",
        "  instead of 100 (the report allows 90-110); b as 220 instead of 200 (the report allows 180-220).",
        "Not counted, though given the same orders: d (20 troops).",
        "",
        "By posting (they add up to 300 troops)",
        "unit  when          what  strength  account           order  by  log",
        "a     24 Jan 02:30  due       +100  Poland, deployed  go     A    24",
        "b     24 Jan 02:30  due       +200  Poland, deployed  go     A    26",
        "",
        "By source: how much of it rests on whose number, order, departure and arrival",
        "source      number  order  leaves  arrives",
        "A ABC News     100    300     300      300",
        "B PAP          200      .       .        .",
        "",
        "Next: python -m sim explain told.yaml --claim total",
    ]
    assert below(of, "total, PAP: 400 are there", 60) == [
        "total, PAP: 400 are there",
        "Expected 400; the ledger has 300 (270-330) on 30 Jan 22:40,",
        "  off by 100.",
        "Nearest consistent reading: none. The nearest that the",
        "  reports allow is 330, still 70 off: a as 110 instead of",
        "  100 (the report allows 90-110); b as 220 instead of 200",
        "  (the report allows 180-220).",
        "Not counted, though given the same orders: d (20 troops).",
        "",
        "By posting (they add up to 300 troops)",
        "+100 a, 24 Jan 02:30: due, Poland, deployed; go (A); log 24",
        "+200 b, 24 Jan 02:30: due, Poland, deployed; go (A); log 26",
        "",
        "By source: how much of it rests on whose number, order,",
        "  departure and arrival",
        "A ABC News: number 100, order 300, leaves 300, arrives 300",
        "B PAP: number 200",
        "",
        "Next: python -m sim explain told.yaml --claim total",
    ]


def test_who_is_left_out_of_too_many() -> None:
    """Where there are too many already, who else might have come explains nothing."""
    units, orders = (
        [*UNITS, unit("d", "20")],
        [deploy("go", 60, "a", "b", "d", after=90), cancel("not-d", 70, "go", "d")],
    )
    of = scenario(units, orders, [count("few", "pap", POLAND, "5")], sources=SOURCES)
    assert [line for line in below(of, "few, PAP") if line.startswith("Not counted")] == []


def test_who_came_and_left() -> None:
    """What left the figure is taken off it; what stood there from the start came from nowhere."""
    units = [unit("a", place="pl", origin="home"), unit("b")]
    orders = [recall("back", 90, "a"), deploy("go", 60, "b"), recall("home", 500, "b"), deploy("again", 900, "b")]
    of = scenario(units, orders, [count("total", "pap", POLAND, "1")], sources=SOURCES)
    assert below(of, "total, PAP") == [
        "total, PAP",
        "Expected 1; the ledger has 100 on 30 Jan 22:40, off by 99.",
        "Nearest consistent reading: none. The reports allow nothing nearer than 100 itself.",
        "",
        "By posting (they add up to 100 troops)",
        "unit  when            what     strength  account           order  by  log",
        "b     24 Jan 02:00 !  arrives      +100  Poland, deployed  go     .    22",
        "b     24 Jan 08:20 !  leaves       -100  Poland, deployed  home   .    27",
        "b     24 Jan 16:00 !  arrives      +100  Poland, deployed  again  .    32",
        "",
        "By source: how much of it rests on whose number, order, departure and arrival",
        "source     number  order  leaves  arrives",
        "assumed !     100    100     100      100",
        "",
        "Next: python -m sim explain told.yaml --claim total",
    ]


def test_others_that_fail() -> None:
    """Which units, and when: of these, no number of theirs makes them true."""
    moves = [deploy("go", 60, "a", "b", transit=60), alert("wake", 30, "a"), deploy("late", 60, "c", arrive=4000)]
    claims = [
        Claim("a-separate", "pap", Separate(ALERT, DEPLOYED)),
        Claim("b-closed", "pap", Closed(Selector(units=("a", "b", "c")), 3000)),
        Claim("c-closed", "pap", Closed(Selector(orders=("stay",)), 3000)),
        Claim("d-closed", "pap", Closed(ALERT, 10)),
        Claim("e-nobody", "pap", Count(Selector(place=("de",)), parse_quantity("5"), 3000)),
        Claim("f-kinds", "pap", Never(Selector(place=("rzeszow",), kind=(Kind.TROOPS, Kind.VEHICLES)))),
        Claim("g-none", "pap", Closed(Selector(place=("rzeszow",), side=("RU",)), 10)),
    ]
    units = [*UNITS, unit("d", "7", place="rzeszow"), unit("e", "3", place="rzeszow", kind=Kind.VEHICLES)]
    of = scenario(units, [*moves, alert("stay", 50, "c")], claims, sources=SOURCES)
    assert below(of, "a-separate, PAP") == [
        "a-separate, PAP",
        "Expected 0; the ledger has 100 (90-110) on 24 Jan 02:00, off by 100.",
        "Nearest consistent reading: none. It is about which units, and no number of theirs changes that.",
        "",
        "By account",
        "strength  range   unit  where             since             figure by  move by",
        "     100  90-110  a     Poland, deployed  24 Jan 02:00, go  A          assumed",
        "",
        "By source: how much of it rests on whose number, order, departure and arrival",
        "source      number  order  leaves  arrives",
        "A ABC News     100      .       .        .",
        "assumed !        .    100     100      100",
        "",
        "b-closed, PAP",
        "Expected 350; the ledger has 300 (270-330) on 26 Jan 02:00, off by 50.",
        "Nearest consistent reading: closed by 26 Jan 18:40, when c is the last to.",
        "",
        "By account (in brackets, what is not counted)",
        "strength  range    unit  where               since               figure by  move by",
        "     100  90-110   a     Poland, deployed    24 Jan 02:00, go    A          assumed",
        "     200  180-220  b     Poland, deployed    24 Jan 02:00, go    B          assumed",
        "    (50)           c     Poland, in transit  24 Jan 01:00, late  assumed    assumed",
        "",
        "By source: how much of it rests on whose number, order, departure and arrival",
        "source      number  order  leaves  arrives",
        "A ABC News     100      .       .        .",
        "B PAP          200      .       .        .",
        "assumed !        .    300     300      300",
        "",
        "c-closed, PAP",
        "Expected 50; the ledger has 0 on 26 Jan 02:00, off by 50.",
        "Nearest consistent reading: closed by 26 Jan 18:40, when c is the last to.",
        "",
        "By account (in brackets, what is not counted)",
        "strength  range  unit  where               since               figure by  move by",
        "    (50)         c     Poland, in transit  24 Jan 01:00, late  assumed    assumed",
        "",
        "d-closed, PAP",
        "Expected 150; the ledger has 0 on 24 Jan 00:10, off by 150.",
        "Nearest consistent reading: closed by 26 Jan 18:40, when c is the last to.",
        "",
        "By account (in brackets, what is not counted)",
        "strength  range   unit  where           since      figure by  move by",
        "   (100)  90-110  a     Home, garrison  the start  A",
        "    (50)          c     Home, garrison  the start  assumed",
        "",
        "e-nobody, PAP",
        "Expected 5; the ledger has 0 on 26 Jan 02:00, off by 5.",
        "Nearest consistent reading: none, since nothing is counted that could be read otherwise.",
        "",
        "f-kinds, PAP",
        "Expected 0; the ledger has 10 on 24 Jan 00:00, off by 10.",
        "Nearest consistent reading: none. The reports allow nothing nearer than 10 itself.",
        "",
        "By posting (they add up to 7 troops and 3 vehicles)",
        "unit  when      what    strength  account            order  by  log",
        "d     24 Jan !  stands        +7  Rzeszów, garrison  .      .    28",
        "e     24 Jan !  stands        +3  Rzeszów, garrison  .      .    29",
        "",
        "By source (troops): how much of it rests on whose number, order, departure and arrival",
        "source     number  order  leaves  arrives",
        "assumed !       7      .       .        .",
        "",
        "By source (vehicles): how much of it rests on whose number, order, departure and arrival",
        "source     number  order  leaves  arrives",
        "assumed !       3      .       .        .",
        "",
        "g-none, PAP",
        "Expected 0; the ledger has 0 on 24 Jan 00:10, off by 0.",
        "Nearest consistent reading: none, since no unit is meant.",
        "",
        "Next: python -m sim explain told.yaml --claim a-separate",
    ]


def test_many_of_each() -> None:
    """Lists have an end, and say how many more there are."""
    claims = [count(f"c{number:02}", "pap", DEPLOYED, "over 300") for number in range(3)]
    claims += [Claim(f"d{at:02}", "pap", Count(DEPLOYED, parse_quantity("over 300"), 9_000 + at)) for at in range(25)]
    claims += [Claim(f"e{at:02}", "pap", Count(DEPLOYED, parse_quantity("7"), 5_000 + at)) for at in range(12)]
    page = drawn(told(*claims))
    assert [line for line in page if "more" in line or line.startswith("e")] == [
        "and 6 more: --format json has all",
        "e00, PAP",
        "e01, PAP",
        "e02, PAP",
        "e03, PAP",
        "e04, PAP",
        "e05, PAP",
        "e06, PAP",
        "e07, PAP",
        "e08, PAP",
        "e09, PAP",
        "and 2 more contradicted: --question breaks one down",
    ]


def test_the_next_question() -> None:
    """The command that explains what fits worst; or that asks about what is in conflict, or else about the first."""
    failing = told(count("one", "abc", DEPLOYED, "7"), count("two", "abc", DEPLOYED, "300"))
    asked: list[tuple[Scenario, list[str], list[str]]] = [
        (AGREEING, [], []),
        (DIFFERING, [], []),
        (DIFFERING, ["abc"], []),
        (DIFFERING, [], ["disputed"]),
        (failing, [], []),
    ]
    where = ("it's.jsonl", "--run", "abc")
    assert [drawn(of, where=where, source=source, verdict=verdict)[-1] for of, source, verdict in asked] == [
        "Next: python -m sim claims 'it'\"'\"'s.jsonl' --run abc --question 1",
        "Next: python -m sim claims 'it'\"'\"'s.jsonl' --run abc --question 1",
        "Next: python -m sim explain 'it'\"'\"'s.jsonl' --run abc --claim a-one",
        "Next: python -m sim explain 'it'\"'\"'s.jsonl' --run abc --claim c-three",
        "Next: python -m sim explain 'it'\"'\"'s.jsonl' --run abc --claim one",
    ]


options = st.fixed_dictionaries(
    {}, optional={"verdict": st.lists(st.sampled_from(list(Stand)), min_size=1, max_size=3)}
)


@given(scenarios(), st.integers(1, 200), st.sampled_from(Style), options)
def test_a_page_can_always_be_drawn(of: Scenario, room: int, style: Style, asked: dict[str, list[str]]) -> None:
    """Nothing on it could steer a terminal, and no line ends in spaces."""
    lines = claims_page(inquire(answer(of), **asked), ["told.yaml"], style, room).split("\n")
    assert [line for line in lines if not uninked(line).isprintable()] == []
    assert [line for line in lines if line != line.rstrip()] == []


@given(scenarios(), st.integers(60, 200), options)
def test_a_page_fits_its_room(of: Scenario, room: int, asked: dict[str, list[str]]) -> None:
    """From 60 columns on, but for the command at its foot, which is there to be copied."""
    page = claims_page(inquire(answer(of), **asked), ["told.yaml"], Style.PLAIN, room)
    lines = [line for line in page.splitlines() if not line.startswith("Next: ")]
    assert [line for line in lines if columns(line) > room] == []
