"""Claims against the ledger: who says what, side by side, and how it stands."""

from sim.domain.claim import Claim, Closed, Count, Never, Noted, Selector, Separate, When
from sim.domain.quantity import parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.source import Source
from sim.domain.vocabulary import Kind, Readiness
from sim.report.page import table_page
from tests.report.asked import answer, lines
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


def test_a_question_asked_of_many() -> None:
    """Sources across, in the order of their letters; who stands out is named, with the most striking first."""
    claims = [
        count("one", "abc", DEPLOYED, "300"),
        count("two", "briefing", DEPLOYED, "more than 300"),
        count("three", "pap", DEPLOYED, "hundreds"),
        count("four", "pap", DEPLOYED, "at least 250"),
        count("five", "briefing", DEPLOYED, "4000", disputed="A slip of the pen"),
    ]
    assert lines(told(*claims), "claims") == [
        "question    A        B       C  ledger  verdict",
        "deployed  300  4,000*;  >=250;     300  B contradicted (disputed), B compatible, A C holds",
        "                  >300    100s",
    ]


def test_every_kind() -> None:
    """Questions that nobody can disagree on come last; what cannot be tested is no question."""
    claims = [
        count("a-given", "abc", Selector(units=("a",)), "about 100"),
        count("always", "pap", DEPLOYED, "0", When.ALWAYS),
        count("at-three", "pap", DEPLOYED, "300", 180),
        count("other", "pap", Selector(kind=(Kind.AIRCRAFT, Kind.TROOPS)), "350"),
        count("within", "pap", Selector(place=("pl",), country=("PL",), origin=("us",), orders=("go",)), "300"),
        count("woken", "pap", Selector(orders=("wake",)), "50"),
        count("all", "pap", Selector(), "350"),
        Claim("never", "pap", Never(POLAND)),
        Claim("apart", "pap", Separate(POLAND, ALERT)),
        Claim("done", "pap", Closed(Selector(orders=("go",)), 120)),
        Claim("undone", "pap", Closed(ALERT, 10_000)),
        Claim("noted", "pap", Noted("It is about words")),
    ]
    assert lines(told(*claims), "claims") == [
        "question                                                         A     B  ledger  verdict",
        "all                                                              .   350     350  holds",
        "deployed, at any time                                            .    0*     300  contradicted",
        "both in Poland and heightened alert                              .  none       0  holds",
        "deployed, 24 Jan 03:00                                           .   300     300  holds",
        "closed by 24 Jan 02:00: ordered to Poland                        .   yes     yes  holds",
        "in Poland, at any time                                           .    0*     300  contradicted",
        "aircraft, troops                                                 .   350     350  holds",
        "closed: heightened alert                                         .  yes*      no  contradicted",
        "in Poland in Poland from United States, of those ordered to      .   300     300  holds",
        "Poland",
        "under wake                                                       .    50      50  holds",
        "a                                                            ~100=     .     100  given",
    ]


def test_no_claims() -> None:
    """Neither are those that cannot be tested."""
    assert table_page(answer(told()), "claims") == "No claim can be tested.\n"
    assert table_page(answer(told(Claim("noted", "pap", Noted("words")))), "claims") == "No claim can be tested.\n"


def test_thirty_sources() -> None:
    """Where there is no room for a column each, there is a line for each claim."""
    sources = [*SOURCES, *(Source(f"s{number:02}", f"Outlet {number}") for number in range(27))]
    claims = [count(f"c{source.id}", source.id, DEPLOYED, "300") for source in sources]
    drawn = lines(scenario(UNITS, ORDERS, claims, sources=sources), "claims")
    assert drawn[:3] == [
        "question  by  says  ledger  verdict",
        "deployed  A    300     300  holds",
        "          B    300     300  holds",
    ]
    assert drawn[-1] == "          D2   300     300  holds"
    assert len(drawn) == 31


def test_a_narrow_room() -> None:
    """Questions and long words break into lines of their own, beside those of the claims."""
    claims = [
        count("one", "abc", DEPLOYED, "several thousand", disputed="A slip of the pen"),
        count("two", "pap", Selector(place=("home",), readiness=(Readiness.HEIGHTENED_ALERT,)), "50"),
    ]
    assert lines(told(*claims), "claims", room=44)[1:] == [
        "question       by       says  ledger  verdict",
        "deployed       A     several     300  contradicted",
        "                   thousand*          (disputed)",
        "heightened     B          50      50  holds",
        "alert in Home",
    ]


def test_several_readings_of_one_question() -> None:
    """Claims about every moment since they were made look at different stretches: each figure is shown."""
    late = Source("late", "Late", published=1000)
    claims = [
        count("from-the-start", "abc", DEPLOYED, "300", When.ALWAYS),
        count("later-on", "late", DEPLOYED, "300", When.ALWAYS),
    ]
    assert lines(scenario(UNITS, ORDERS, claims, sources=[*SOURCES, late]), "claims") == [
        "question                                  A    B  ledger  verdict",
        "deployed, at any time since published  300*  300  0; 300  A contradicted, B holds",
    ]


def test_what_is_on_its_way_is_on_its_way_to_a_place() -> None:
    """Only what is there already, or may be, is in it."""
    moving, there = (Readiness.IN_TRANSIT,), (Readiness.IN_TRANSIT, Readiness.DEPLOYED)
    claims = [
        count("one", "abc", Selector(readiness=moving, place=("pl",)), "300", 60),
        count("two", "abc", Selector(readiness=moving, country=("PL",)), "300", 61),
        count("three", "abc", Selector(readiness=there, place=("pl",)), "300", 62),
    ]
    assert [line.split("  ")[0] for line in lines(told(*claims), "claims")[1:]] == [
        "in transit to Poland, 24 Jan 01:00",
        "in transit, deployed in Poland, 24 Jan 01:02",
        "in transit to Poland, 24 Jan 01:01",
    ]
