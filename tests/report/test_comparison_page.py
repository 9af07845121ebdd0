"""A comparison for people: what changed and who ordered it; or what differs between two runs, and in what they do."""

from itertools import pairwise

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.claim import Count, Selector
from sim.domain.event import UnitMustered
from sim.domain.order import Window
from sim.domain.place import Place
from sim.domain.quantity import exactly, parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.source import Source
from sim.domain.unit import Post
from sim.domain.vocabulary import Kind
from sim.engine import simulate
from sim.posture import Book
from sim.posture.difference import Span
from sim.report.answer import Answer
from sim.report.comparison import Comparison, comparison
from sim.report.comparison_page import comparison_page, comparison_table
from sim.report.difference_table import reach
from sim.report.ink import uninked
from sim.report.redefinition_table import ROWS_MAX
from sim.report.table import Style
from sim.report.wording import MARKED
from tests.report.asked import answer
from tests.report.test_laws import columns, fields
from tests.story import GUESS, SOURCES, alert, cited, claim, deploy, part, scenario, unit
from tests.strategies import scenarios

BY = ("place", "readiness")
NAMES = "old.yaml", "new.yaml"
DAY = 1440


def of_one(told: Scenario, first: int, last: int, by: tuple[str, ...] = BY) -> Comparison:
    """A run compared with itself at another time."""
    asked = answer(told)
    return comparison(Answer(asked.book, (first,)), Answer(asked.book, (last,)), by)


def of_two(one: Scenario, other: Scenario, at: int, by: tuple[str, ...] = BY) -> Comparison:
    """Two runs compared."""
    return comparison(answer(one, at), answer(other, at), by)


def shown(compared: Comparison, room: int = 100, style: Style = Style.PLAIN) -> list[str]:
    """The page, line by line."""
    return comparison_page(compared, NAMES, style, room).splitlines()


TOLD = scenario(
    [unit("a", "about 1700"), unit("b", "300"), unit("c", "5", place="de")],
    [
        deploy(
            "go", 60, "a", parts=[part(1500, grounds=cited("abc")), part(200, leaves=900)], grounds=cited("abc", "pap")
        ),
        deploy("too", 60, "b", to="pl"),
        alert("up", 50, "c"),
    ],
)


def test_what_changed() -> None:
    """The lines of the posture that changed, an order in each row beside them, and that nothing came or went."""
    assert shown(of_one(TOLD, 55, DAY - 1)) == [
        "A story",
        "24 Jan - 30 Jan 2022, UTC; a date is the end of that day",
        "Sources: A ABC News  B PAP",
        "",
        "What changed from 24 Jan 00:55 to 24 Jan (the range is that of the change; '!' moved on an",
        "  assumption, '^' only announced)",
        "place              readiness  24 Jan 00:55  24 Jan  change  range        orders  sources",
        "Poland             deployed              .  2,000!  +2,000  1,830-2,170  go      A B",
        "                                                                         too     assumed",
        "Home               garrison          2,000       .  -2,000  1,830-2,170  go      A B",
        "                                                                         too     assumed",
        "all US named here                    2,005   2,005       0",
        "",
        "The changes add up to 0: strength was only moved.",
        "1 line is the same and left out.",
    ]


def test_in_a_narrow_room() -> None:
    """Each line is put in words; no id is broken in two."""
    assert shown(of_one(TOLD, 55, DAY - 1), 60)[4:] == [
        "What changed from 24 Jan 00:55 to 24 Jan (the range is that",
        "  of the change; '!' moved on an assumption, '^' only",
        "  announced)",
        "Poland, deployed: 0 to 2,000!, +2,000 (1,830-2,170); go (A",
        "  B), too (assumed)",
        "Home, garrison: 2,000 to 0, -2,000 (1,830-2,170); go (A B),",
        "  too (assumed)",
        "all US named here: 2,005 as before",
        "",
        "The changes add up to 0: strength was only moved.",
        "1 line is the same and left out.",
    ]
    long = scenario([unit("a")], [evolve(alert("an-order-of-the-second-army", 60, "a"), grounds=cited("abc"))])
    assert shown(of_one(long, 0, 60), 60)[4:7] == [
        "What changed from 24 Jan 00:00 to 24 Jan 01:00 (the range is",
        "  that of the change; '!' moved on an assumption, '^' only",
        "  announced)",
    ]
    assert shown(of_one(long, 0, 60), 60)[7:11] == [
        "Home, heightened alert: 0 to 100, +100;",
        "  an-order-of-the-second-army (A)",
        "Home, garrison: 100 to 0, -100; an-order-of-the-second-army",
        "  (A)",
    ]


def test_in_markdown() -> None:
    """A line has all its orders in one cell, and their sources in the next."""
    assert shown(of_one(TOLD, 55, DAY - 1, ("place",)), style=Style.MARKDOWN) == [
        "# A story",
        "",
        "- 24 Jan - 30 Jan 2022, UTC; a date is the end of that day",
        "- Sources: A ABC News  B PAP",
        "",
        f"## What changed from 24 Jan 00:55 to 24 Jan (the range is that of the change; {MARKED})",
        "",
        "| place             |   24 Jan 00:55 |   24 Jan |   change | range       | orders   | sources      |",
        "|:------------------|---------------:|---------:|---------:|:------------|:---------|:-------------|",
        "| Home              |          2,000 |        . |   -2,000 | 1,830-2,170 | go; too  | A B; assumed |",
        "| Poland            |              . |   2,000! |   +2,000 | 1,830-2,170 | go; too  | A B; assumed |",
        "| all US named here |          2,005 |    2,005 |        0 |             |          |              |",
        "",
        "- The changes add up to 0: strength was only moved.",
        "- 1 line is the same and left out.",
    ]


def test_sides_kinds_and_what_is_on_its_way() -> None:
    """Lines are called and ordered as the posture's; a side and kind of which nothing changed has no total."""
    units = [
        unit("jets", "24", kind=Kind.AIRCRAFT),
        unit("x", "7", side="RU"),
        unit("y", "8", side="RU"),
        unit("z", "9", side="RU"),
        evolve(unit("guns", kind=Kind.BATTERIES), reported=parse_quantity("more than 10"), post=Post(12, GUESS)),
    ]
    orders = [deploy("go", DAY + 60, "jets", "guns", arrive=5 * DAY), alert("up", DAY + 70, "x")]
    assert shown(of_one(scenario(units, orders), DAY - 1, 2 * DAY - 1), 120)[4:] == [
        "side  kind       place               readiness         24 Jan  25 Jan  change  range       orders  sources",
        "RU    troops     Home                heightened alert       .       7      +7              up      assumed",
        "RU    troops     Home                garrison              24      17      -7              up      assumed",
        "RU    troops     all RU named here                         24      24       0",
        "US    aircraft   en route to Poland  in transit             .     24!     +24              go      assumed",
        "US    aircraft   Home                garrison              24       .     -24              go      assumed",
        "US    aircraft   all US named here                         24      24       0",
        "US    batteries  en route to Poland  in transit             .     12!     +12  11 or more  go      assumed",
        "US    batteries  Home                garrison              12       .     -12  11 or more  go      assumed",
        "US    batteries  all US named here                         12      12       0",
        "",
        "The changes of each kind add up to 0: strength was only moved.",
    ]


def test_nothing_changed() -> None:
    """There is no table, and it is said of how many lines that is true."""
    assert shown(of_one(TOLD, 9000, 9001)) == [
        "A story",
        "24 Jan - 30 Jan 2022, UTC; a date is the end of that day",
        "",
        "Nothing changed from 30 Jan 06:00 to 30 Jan 06:01.",
        "2 lines are the same and left out.",
    ]
    assert shown(of_one(scenario([]), 0, 60))[3:] == ["Nothing changed from 24 Jan 00:00 to 24 Jan 01:00."]


def test_many_orders() -> None:
    """As many as a sentence names, and how many more."""
    names = [f"o{number}" for number in range(9)]
    told = scenario([unit(f"u{name}") for name in names], [alert(name, 60, f"u{name}") for name in names])
    drawn = shown(of_one(told, 0, 60, ("readiness",)))
    assert [line.split()[-2:] for line in drawn[5:13]] == [
        ["orders", "sources"],
        ["o0", "assumed"],
        *[[f"o{number}", "assumed"] for number in range(1, 6)],
        ["3", "more"],
    ]


def test_what_was_mustered_in_between() -> None:
    """In a log that somebody made: the changes add up to that, kind by kind."""
    told = scenario([unit("a"), unit("b", "30"), unit("jets", "24", kind=Kind.AIRCRAFT)])
    events = [event for event in simulate(told) if event.at == 0]
    late = [evolve(event, at=60) for event in events if isinstance(event, UnitMustered) and event.unit == "b"]
    book = Book.replay([*(event for event in events if getattr(event, "unit", "") != "b"), *late])
    compared = comparison(Answer(book, (0,)), Answer(book, (60,)), BY)
    assert shown(compared)[3:] == [
        "What changed from 24 Jan 00:00 to 24 Jan 01:00 (the range is that of the change; '!' moved on an",
        "  assumption, '^' only announced)",
        "kind    place              readiness  24 Jan 00:00  24 Jan 01:00  change  range  orders",
        "troops  Home               garrison            100           130     +30         .",
        "troops  all US named here                      100           130     +30",
        "",
        "The changes of troops add up to +30: so many were mustered in between.",
        "1 line is the same and left out.",
    ]


ONE = scenario(
    [unit("a", "about 1700"), unit("b", "300"), unit("c", "5", place="de")],
    [deploy("go", 60, "a", grounds=cited("abc")), alert("up", 50, "c")],
)
OTHER = evolve(
    scenario(
        [unit("a", "about 1900"), unit("b", "300"), unit("d", "5", place="de", side="DE")],
        [deploy("go", 60, "a", to="de", grounds=cited("pap")), alert("up", 50, "b"), alert("up2", 50, "d")],
    ),
    title="Another",
)
DIFFERS = [
    "What differs (the range is that of the difference; '!' moved on an assumption, '^' only announced)",
    "side  place              readiness          first  second  difference  range         orders",
    "US    Germany            deployed               .  1,900^      +1,900  1,710-2,090   go",
    "US    Poland             deployed          1,700^       .      -1,700  1,530-1,870   go",
    "US    Germany            heightened alert       5       .          -5                up",
    "US    Home               heightened alert       .     300        +300                up",
    "US    Home               garrison             300       .        -300                up",
    "US    all US named here                     2,005   2,200        +195  -165 to +555",
    "DE    Germany            heightened alert       .       5          +5                up2",
    "DE    all DE named here                         .       5          +5",
]
SAID = [
    "What the scenarios do not say alike",
    "Only in the first: 1 unit (c).",
    "Only in the second: 1 unit (d).",
    "Only in the second: 1 order (up2).",
    "",
    "section   id  key      first       second",
    "scenario  .   title    A story     Another",
    "units     a   troops   about 1700  about 1900",
    "orders    go  to       pl          de",
    "orders    go  sources  abc         pap",
    "orders    up  units    c           b",
]


def test_two_runs() -> None:
    """Which two they are, the posture in each, the orders that did otherwise, and what else differs."""
    assert shown(of_two(ONE, OTHER, 5000)) == [
        "Two runs compared",
        "First: old.yaml, 27 Jan 2022 11:20: A story",
        "Second: new.yaml, 27 Jan 2022 11:20: Another",
        "",
        *DIFFERS,
        "",
        *SAID,
    ]
    assert shown(of_two(ONE, OTHER, 5000), 60)[3:14] == [
        "",
        "What differs (the range is that of the difference; '!' moved",
        "  on an assumption, '^' only announced)",
        "US, Germany, deployed: 0 to 1,900^, +1,900 (1,710-2,090); go",
        "US, Poland, deployed: 1,700^ to 0, -1,700 (1,530-1,870); go",
        "US, Germany, heightened alert: 5 to 0, -5; up",
        "US, Home, heightened alert: 0 to 300, +300; up",
        "US, Home, garrison: 300 to 0, -300; up",
        "US, all US named here: 2,005 to 2,200, +195 (-165 to +555)",
        "DE, Germany, heightened alert: 0 to 5, +5; up2",
        "DE, all DE named here: 0 to 5, +5",
    ]


def test_one_table_alone() -> None:
    """The very lines of the page."""
    compared = of_two(ONE, OTHER, 5000)
    assert comparison_table(compared, "changes", Style.PLAIN, 100).splitlines() == DIFFERS
    assert comparison_table(compared, "definitions", Style.PLAIN, 100).splitlines() == SAID


def test_two_runs_that_are_the_same() -> None:
    """Both parts of the page say so."""
    assert shown(of_two(ONE, ONE, 5000))[3:] == [
        "",
        "The posture is the same in both.",
        "3 lines are the same and left out.",
        "",
        "The scenarios say the same.",
    ]


def test_names_that_only_one_run_knows() -> None:
    """Places have the name that the first run gives them, or else the second's."""
    one = scenario([unit("a", place="de")], places=[Place("de", "Germany")])
    other = scenario([unit("a", place="pl")], places=[Place("de", "Deutschland"), Place("pl", "Polska", country="PL")])
    assert shown(of_two(one, other, 60))[5:8] == [
        "place              readiness  first  second  difference  range  orders",
        "Germany            garrison     100       .        -100         .",
        "Polska             garrison       .     100        +100         .",
    ]
    assert shown(of_two(one, other, 60, ("country",)))[6:8] == [
        "not stated           100       .        -100         .",
        "Polska                 .     100        +100         .",
    ]


def test_values_in_words() -> None:
    """Quantities as they were reported, times as dates where they are one by the clocks of their run, lists joined."""
    window = Window(after=DAY, by=3 * DAY - 1, grounds=cited("abc", "pap"))
    asked = Selector(units=("a",), place=("de", "pl"), kind=(Kind.TROOPS,))
    one = scenario(
        [unit("a"), unit("b", "about 50")],
        [deploy("go", 60, "a"), alert("up", DAY, "b")],
        [claim(Count(asked, exactly(3000), 2 * DAY - 1))],
    )
    other = scenario(
        [unit("a"), evolve(unit("b"), reported=parse_quantity("dozens"), post=Post(1050, GUESS))],
        [evolve(deploy("go", 60, "a", transit=90), depart=window), alert("up", 2 * DAY + 60, "b")],
        [claim(Count(evolve(asked, place=()), parse_quantity("about 3,000"), 2 * DAY))],
        sources=[*SOURCES[:-1], Source("pap", "PAP", "x" * 200, published=8 * DAY - 1, by_month=True)],
    )
    drawn = shown(of_two(one, other, 0), 400)
    header = next(line for line in drawn if line.startswith("section"))
    starts = [header.index(head) for head in ("section", "id", "key", "first", "second")]
    cells = [tuple(line[first:last].strip() for first, last in pairwise([*starts, None])) for line in drawn]
    assert cells[drawn.index(header) + 1 :] == [
        ("sources", "pap", "title", ".", "x" * 157 + "..."),
        ("sources", "pap", "published", ".", "Jan 2022"),
        ("sources", "pap", "published_as", ".", "month"),
        ("units", "b", "troops", "about 50", "dozens, post 1,050"),
        ("orders", "go", "transit_is", "1h", "1h30m"),
        ("orders", "go", "depart", ".", "after 25 Jan 2022, by 26 Jan 2022, sources abc, pap"),
        ("orders", "up", "at", "25 Jan 2022", "26 Jan 2022 01:00"),
        ("claims", "said", "count_place", "de, pl", "."),
        ("claims", "said", "is", "3000", "about 3,000"),
        ("claims", "said", "at", "25 Jan 2022", "26 Jan 2022 00:00"),
    ]


def test_many_definitions() -> None:
    """A page has so many rows, and says where the others are."""
    orders = [alert(f"o{number:02}", 60, f"u{number:02}") for number in range(ROWS_MAX + 2)]
    one = scenario([unit(f"u{number:02}") for number in range(ROWS_MAX + 2)], orders)
    other = evolve(one, orders=[evolve(order, at=61) for order in orders])
    more = "and 2 more: --format csv --table definitions has all"
    drawn, marked = (shown(of_two(one, other, 5000), style=style) for style in (Style.PLAIN, Style.MARKDOWN))
    assert (drawn[-1], [line.split()[:3] for line in drawn[-1 - ROWS_MAX : -1]]) == (
        more,
        [["orders", f"o{number:02}", "at"] for number in range(ROWS_MAX)],
    )
    assert (marked[-2:], sum(line.startswith("| orders ") for line in marked)) == (["", more], ROWS_MAX)


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (5, 5, ""),
        (0, 0, ""),
        (-5, -5, ""),
        (0, 1500, "0-1,500"),
        (900, 1100, "900-1,100"),
        (1500, None, "1,500 or more"),
        (-1100, -900, "900-1,100"),
        (-1100, 0, "0-1,100"),
        (None, -900, "900 or more"),
        (-1500, 20, "-1,500 to +20"),
        (None, 20, "+20 or less"),
        (-20, None, "-20 or more"),
        (None, None, "any"),
    ],
)
def test_spans(low: int | None, high: int | None, said: str) -> None:
    """Of what only grew or only shrank: by how much. A single number is said by the change itself."""
    assert reach(Span(low, high)) == said


@given(scenarios(), scenarios(), fields, st.integers(1, 200), st.sampled_from(Style))
def test_it_can_always_be_drawn(one: Scenario, other: Scenario, by: tuple[str, ...], room: int, style: Style) -> None:
    """Nothing could steer a terminal, no line ends in spaces, and from 60 columns on every line fits."""
    for compared in (of_one(one, 0, one.end, by or BY), comparison(answer(one), answer(other), by or BY)):
        lines = shown(compared, room, style)
        assert [line for line in lines if not uninked(line).isprintable() or line != line.rstrip()] == []
        if room >= 60 and style is Style.PLAIN:
            assert [line for line in lines if columns(line) > room] == []
