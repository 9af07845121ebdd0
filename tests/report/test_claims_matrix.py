"""The matrix of claims: who says what to which question, how it stands and how far off it is; or blocks instead."""

from attrs import evolve

from sim.domain.claim import Claim, Closed, Count, Never, Noted, Selector, Separate, When
from sim.domain.quantity import parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.source import Source
from sim.domain.vocabulary import Readiness
from sim.report.claims_matrix import conflicts_in_words, matrix
from sim.report.inquiry import inquire
from sim.report.table import Style
from tests.report.asked import answer
from tests.story import SOURCES, alert, cited, deploy, scenario, unit

DEPLOYED = Selector(readiness=(Readiness.DEPLOYED,))
ALERT = Selector(readiness=(Readiness.HEIGHTENED_ALERT,))
POLAND = Selector(place=("pl",))
UNITS = [unit("a", "about 100", grounds=cited("abc")), unit("b", "about 200", grounds=cited("pap")), unit("c", "50")]
ORDERS = [deploy("go", 60, "a", "b", transit=60, grounds=cited("abc")), alert("wake", 30, "c")]


def count(name: str, source: str, selector: Selector, expected: str, at: int | When = 10_000, **more: str) -> Claim:
    return Claim(name, source, Count(selector, parse_quantity(expected), at), **more)


def told(*claims: Claim) -> Scenario:
    return scenario(UNITS, ORDERS, claims)


def drawn(of: Scenario, room: int = 100, style: Style = Style.PLAIN, **asked: str) -> list[str]:
    return matrix(inquire(answer(of), **{name: [words] for name, words in asked.items()}), style, room).lines


DIFFERING = told(
    count("a-one", "abc", DEPLOYED, "300"),
    count("b-two", "briefing", DEPLOYED, "more than 300"),
    count("c-three", "pap", DEPLOYED, "hundreds"),
    count("d-four", "pap", DEPLOYED, "at least 250"),
    count("e-five", "briefing", DEPLOYED, "4000", disputed="A slip of the pen"),
    count("f-six", "abc", DEPLOYED, "2500"),
    evolve(count("g-seven", "pap", DEPLOYED, "about 500"), corrects="f-six"),
    count("h-given", "abc", Selector(units=("a",)), "about 100"),
)


def test_across() -> None:
    """In a cell what the source says, a mark, how far it is off, and what became of it; what the ledger has, last."""
    assert drawn(DIFFERING) == [
        "#  question                                   A          B        C     ledger",
        "1  deployed                                300;      >300?    100s;        300",
        "   3 sources, 2 origins, in conflict      2,500     1 off;   >=250;  (270-330)",
        "                                      withdrawn     4,000*    ~500*",
        "                                                 3,700 off  150 off",
        "                                                  disputed",
        "2  a                                      ~100=          .        .        100",
        "                                                                      (90-110)",
    ]


def test_blocks() -> None:
    """Too narrow for that: a block for each question, with a line for all who say the same."""
    assert drawn(DIFFERING, 60) == [
        "    says   verdict                             by",
        "",
        " 1  deployed",
        "    ledger 300 (270-330); 3 sources, 2 origins",
        "    in conflict: 100s (C) against 4,000 (B, disputed)",
        "    in conflict: 300 (A) against >300 (B), ~500 (C), 4,000",
        "      (B, disputed)",
        "    in conflict: ~500 (C) against 4,000 (B, disputed)",
        "    300    holds                               A",
        "    2,500  withdrawn                           A",
        "    >300   compatible, 1 off                   B",
        "    4,000  contradicted (disputed), 3,700 off  B",
        "    100s   holds                               C",
        "    >=250  holds                               C",
        "    ~500   contradicted, 150 off               C",
        "",
        " 2  a",
        "    ledger 100 (90-110)",
        "    ~100   given                               A",
    ]


def test_markdown() -> None:
    """In Markdown a cell is a line, and a page is as wide as it takes."""
    assert [line.split("|")[2:6] for line in drawn(DIFFERING, style=Style.MARKDOWN)[2:]] == [
        [
            " deployed; 3 sources, 2 origins, in conflict ",
            " 300; 2,500 (withdrawn) ",
            " \\>300? (1 off); 4,000\\* (3,700 off, disputed) ",
            " 100s; \\>=250; \\~500\\* (150 off) ",
        ],
        [
            " a                                           ",
            "                 \\~100= ",
            "                                             . ",
            "                               . ",
        ],
    ]


def test_many_sources() -> None:
    """Forty sources never stand across; those who say the same share a line, and who says it alone has a name there."""
    sources = [*SOURCES, *(Source(f"s{number:02}", f"Outlet {number}") for number in range(37))]
    claims = [count(f"c{source.id}", source.id, DEPLOYED, "300") for source in sources[:-1]]
    claims.append(count("zz", "s36", DEPLOYED, "400"))
    many = scenario(UNITS, ORDERS, claims, sources=sources)
    assert drawn(many, 80) == [
        "    says  verdict                by",
        "",
        " 1  deployed",
        "    ledger 300 (270-330); 40 sources, 39 origins",
        "    in conflict: 300 (A B C D E F and 33 more) against 400 (N2)",
        "    300   holds                  A B C D E F G H I J K L M N O P Q R S T U V W X",
        "                                 Y Z A2 B2 C2 D2 E2 F2 G2 H2 I2 J2 K2 L2 M2",
        "    400   contradicted, 100 off  N2 Outlet 36",
    ]
    assert [line.split("|")[3:5] for line in drawn(many, style=Style.MARKDOWN)] == [
        [" says   ", " verdict               "],
        [":-------", ":----------------------"],
        [" 300    ", " holds                 "],
        [" 400    ", " contradicted, 100 off "],
    ]


def test_every_kind() -> None:
    """What is no number is yes or none; what cannot be tested is no question; a range stands where there is one."""
    claims = [
        count("always", "pap", DEPLOYED, "0", When.ALWAYS),
        Claim("never", "pap", Never(POLAND)),
        Claim("apart", "pap", Separate(POLAND, ALERT)),
        Claim("done", "pap", Closed(Selector(orders=("go",)), 120)),
        Claim("undone", "pap", Closed(ALERT, 10_000)),
        Claim("noted", "pap", Noted("It is about words")),
    ]
    assert drawn(told(*claims), 80) == [
        "#  question                                         B     ledger",
        "1  deployed, at any time                           0*        300",
        "                                              300 off  (270-330)",
        "2  both in Poland and heightened alert           none          0",
        "3  closed by 24 Jan 02:00: ordered to Poland      yes        yes",
        "4  in Poland, at any time                          0*        300",
        "                                              300 off  (270-330)",
        "5  closed: heightened alert                      yes*         no",
        "                                               50 off",
    ]


def test_several_readings_of_one_question() -> None:
    """Claims about every moment since they were made look at different stretches: each figure is shown."""
    late = Source("late", "Late", published=1000)
    claims = [
        count("from-the-start", "abc", DEPLOYED, "300", When.ALWAYS),
        count("later-on", "late", DEPLOYED, "300", When.ALWAYS),
    ]
    asked = scenario(UNITS, ORDERS, claims, sources=[*SOURCES, late])
    assert drawn(asked) == [
        "#  question                                     A    B     ledger",
        "1  deployed, at any time since published     300*  300         0;",
        "   2 sources, 2 origins                   300 off             300",
        "                                                        (270-330)",
    ]
    assert drawn(asked, source="late") == [
        "#  question                                 B     ledger",
        "1  deployed, at any time since published  300        300",
        "   2 sources, 2 origins                        (270-330)",
    ]


def test_what_was_taken_back() -> None:
    """It stays visible, and the figure beside it; it is in conflict with nobody, and counts as no source."""
    claims = [
        count("one", "abc", DEPLOYED, "900"),
        evolve(count("two", "pap", POLAND, "300"), corrects="one"),
        count("three", "pap", DEPLOYED, "300"),
        count("four", "abc", ALERT, "7"),
        Claim("five", "pap", Noted("It says that four is wrong"), corrects="four"),
    ]
    assert drawn(told(*claims)) == [
        "#  question                  A    B     ledger",
        "1  deployed                900  300        300",
        "                     withdrawn       (270-330)",
        "2  in Poland                 .  300        300",
        "                                     (270-330)",
        "3  heightened alert          7    .          .",
        "                     withdrawn",
    ]
    assert drawn(told(*claims), verdict="withdrawn") == [
        "#  question                  A     ledger",
        "1  deployed                900        300",
        "                     withdrawn  (270-330)",
        "3  heightened alert          7          .",
        "                     withdrawn",
    ]


def test_in_conflict() -> None:
    """Who says what, whoever disputes it; nothing where all may be true."""
    claims = [
        count("one", "abc", DEPLOYED, "300"),
        count("two", "pap", DEPLOYED, "exactly 300"),
        count("three", "briefing", DEPLOYED, "0", disputed="A slip of the pen"),
        count("four", "pap", DEPLOYED, "0"),
        count("five", "abc", POLAND, "thousands"),
        count("six", "pap", POLAND, "at least 300"),
    ]
    inquiry = inquire(answer(told(*claims)))
    assert [conflicts_in_words(inquiry.wording, topic) for topic in inquiry.topics] == [
        ["0 (C; B, disputed) against 300 (A C)"],
        [],
    ]
