"""The timeline by itself: with what its letters stand for, and how much of it was asked for."""

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.place import UNSTATED
from sim.domain.scenario import Scenario
from sim.posture.excerpt import Scope, excerpt
from sim.report.ink import uninked
from sim.report.table import Style
from sim.report.timeline_page import timeline_page
from tests.report.asked import answer
from tests.report.test_laws import columns
from tests.story import alert, cancel, cited, deploy, scenario, unit
from tests.strategies import scenarios, subsets

DAY = 1440
TOLD = scenario(
    [unit("a", "about 1700"), unit("b", "300", place="de"), unit("c", "5", part_of="b", place="de")],
    [
        deploy("go", 60, "a", "b", after=DAY, arrive=2 * DAY - 1, grounds=cited("abc", "pap")),
        cancel("stay", 90, "go", "c"),
        alert("up", 120, "c"),
    ],
)


def shown(told: Scenario, scope: Scope, style: Style = Style.PLAIN, room: int = 100) -> list[str]:
    """The page of what is in the scope, line by line."""
    asked = answer(told)
    return timeline_page(asked, scope, tuple(excerpt(asked.book, asked.timeline, scope)), style, room).splitlines()


def test_all_of_it() -> None:
    """When the run is, who its letters stand for, and every line."""
    assert shown(TOLD, Scope()) == [
        "A story",
        "24 Jan - 30 Jan 2022, UTC",
        "Sources: A ABC News  B PAP",
        "",
        "Timeline ('!' rests on an assumption)",
        "when            what       strength  where              sources",
        "24 Jan 01:00    ordered       2,005  to Poland          A B",
        "24 Jan 01:30 !  cancelled         5  to Poland          .",
        "24 Jan 02:00 !  alert             5  Germany            .",
        "25 Jan          leaves        1,700  Home to Poland     A B",
        "25 Jan          leaves          300  Germany to Poland  A B",
        "25 Jan          due           2,000  to Poland          A B",
    ]


def test_the_letters() -> None:
    """They are those that a run's page has for the same sources, and only those are explained that stand below."""
    orders = [evolve(alert("up", 60, "a"), grounds=cited("abc")), evolve(alert("on", 60, "b"), grounds=cited("pap"))]
    assert shown(scenario([unit("a"), unit("b")], orders), Scope(units=("b",)))[2:6] == [
        "Sources: B PAP",
        "",
        "Timeline ('!' rests on an assumption)",
        "when          what   strength  where  sources",
    ]


def test_what_was_asked_for() -> None:
    """Only the units that are meant are counted; the foot says what was asked, and how much of all it is."""
    asked = Scope(units=("b", "a"), places=("de",), since=60, until=2 * DAY - 1)
    assert shown(TOLD, asked)[5:] == [
        "when            what       strength  where              sources",
        "24 Jan 01:00    ordered         305  to Poland          A B",
        "24 Jan 01:30 !  cancelled         5  to Poland          .",
        "24 Jan 02:00 !  alert             5  Germany            .",
        "25 Jan          leaves          300  Germany to Poland  A B",
        "",
        "5 of 10 events (alike ones share a line): unit b or a, place de, since 24 Jan 01:00, until 25 Jan.",
    ]


def test_nothing_of_what_was_asked_for() -> None:
    """There is no table, and no source; the foot says so."""
    assert shown(TOLD, Scope(orders=("up",), since=DAY)) == [
        "A story",
        "24 Jan - 30 Jan 2022, UTC",
        "",
        "None of 10 events: order up, since 25 Jan.",
    ]
    assert (
        shown(scenario([unit("a")], [alert("up", 60, "a")]), Scope(since=DAY))[-1] == "None of 2 events: since 25 Jan."
    )


def test_nothing_at_all() -> None:
    assert shown(scenario([unit("a")]), Scope()) == ["A story", "24 Jan - 30 Jan 2022, UTC", "", "Nothing happens."]
    assert shown(scenario([unit("a")]), Scope(since=60))[-1] == "None of 0 events: since 24 Jan 01:00."


def test_markdown() -> None:
    """What it says is a list, and what users wrote reads as they wrote it."""
    assert shown(TOLD, Scope(orders=("up",)), Style.MARKDOWN) == [
        "# A story",
        "",
        "- 24 Jan - 30 Jan 2022, UTC",
        "",
        "## Timeline ('!' rests on an assumption)",
        "",
        "| when           | what   |   strength | where   | sources   |",
        "|:---------------|:-------|-----------:|:--------|:----------|",
        "| 24 Jan 02:00 ! | alert  |          5 | Germany | .         |",
        "",
        "- 2 of 10 events (alike ones share a line): order up.",
    ]


def test_it_is_never_cut() -> None:
    """However long it is, every line is there."""
    orders = [alert(f"o{number:03}", number * 60, f"u{number:03}") for number in range(100)]
    told = scenario([unit(f"u{number:03}") for number in range(100)], orders)
    assert len([line for line in shown(told, Scope()) if " alert " in line]) == 100


@given(scenarios(), st.integers(1, 200), st.sampled_from(Style), st.data())
def test_it_can_always_be_drawn(told: Scenario, room: int, style: Style, data: st.DataObject) -> None:
    """Nothing could steer a terminal, no line ends in spaces, and from 60 columns on every line fits."""
    some = Scope(
        data.draw(subsets(list(told.units))),
        data.draw(subsets([*told.places, UNSTATED])),
        data.draw(subsets(list(told.orders))),
        data.draw(st.none() | st.integers(0, told.end)),
        data.draw(st.none() | st.integers(0, told.end)),
    )
    lines = shown(told, some, style, room)
    assert [line for line in lines if not uninked(line).isprintable() or line != line.rstrip()] == []
    if room >= 60 and style is Style.PLAIN:
        assert [line for line in lines if columns(line) > room] == []
