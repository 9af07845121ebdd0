"""The timeline: one line for what happened alike at one time, with whose word it is."""

import pytest
from attrs import evolve

from sim.domain.grounds import Grounds
from sim.domain.order import Window
from sim.domain.variate import Fixed
from sim.domain.vocabulary import Basis, Kind
from sim.posture import Book
from sim.report.answer import Answer
from sim.report.page import TIMELINE_MAX, page, table_page
from sim.report.table import Style
from sim.report.timeline_table import duration
from tests.engine.lifted import lifted, move, trucks
from tests.eventlog.example import LIFTED_EXAMPLE, LIFTED_SCENARIO
from tests.report.asked import answer, lines, whole
from tests.story import alert, cancel, cited, deploy, part, recall, scenario, stand_down, standby, unit

DAY = 1440


def test_every_word_of_it() -> None:
    """Orders, what they cause, and how it is known: seen, announced, or assumed ('!')."""
    seen = Window(after=2 * DAY, basis=Basis.OBSERVED, grounds=cited("pap"))
    there = Window(by=3 * DAY, basis=Basis.OBSERVED, grounds=cited("pap"))
    units = [unit(name) for name in ("a", "b", "c", "d")]
    orders = [
        evolve(deploy("go", DAY, "a", grounds=cited("abc")), depart=seen, arrive=there, transit=None),
        deploy("announced", DAY, "b", to="de", transit=90, grounds=cited("abc")),
        deploy("off", DAY, "d", after=2 * DAY, arrive=4 * DAY, grounds=cited("pap")),
        cancel("stay", DAY + 60, "off"),
        recall("back", 4 * DAY, "a", transit=60),
        alert("wake", 30, "c"),
        standby("ready", 60, "c"),
        stand_down("rest", 90, "c"),
        stand_down("again", 120, "c"),
    ]
    assert lines(scenario(units, orders), "timeline") == [
        "when            what          strength  where                                       sources",
        "24 Jan 00:30 !  alert              100  Home                                        .",
        "24 Jan 01:00 !  standby            100  Home                                        .",
        "24 Jan 01:30 !  stand down         100  Home                                        .",
        "24 Jan 02:00 !  refused            100  again: cannot go from garrison to garrison  .",
        "25 Jan          ordered            300  to Germany, Poland                          A B",
        "25 Jan !        leaves             100  Home to Germany                             A",
        "25 Jan 01:00 !  cancelled          100  to Poland                                   .",
        "25 Jan 01:30    due                100  to Germany                                  A",
        "26 Jan          left               100  Home to Poland                              B",
        "27 Jan 00:00    arrived            100  to Poland                                   B",
        "28 Jan !        ordered back       100  to Home                                     .",
        "28 Jan !        leaves             100  Poland to Home                              .",
        "28 Jan 01:00 !  arrives            100  to Home                                     .",
    ]


def test_an_order_that_is_partly_assumed() -> None:
    """A reason beside the sources says that something of it is in none of them: it is marked as if there were none."""
    grounds = Grounds(("abc",), "The landing implies an order.")
    there = Window(by=2 * DAY - 1, basis=Basis.OBSERVED, grounds=cited("pap"))
    orders = [evolve(deploy("go", DAY, "a", after=DAY, grounds=grounds), arrive=there, transit=None)]
    assert lines(scenario([unit("a")], orders), "timeline")[1:] == [
        "25 Jan !  ordered       100  to Poland       A",
        "25 Jan    leaves        100  Home to Poland  A",
        "25 Jan    arrived       100  to Poland       B",
    ]


def test_the_edges_of_a_day() -> None:
    """A bare date is the first minute of what begins, and the last of what is due."""
    orders = [
        deploy("early", DAY, "a", after=DAY, arrive=2 * DAY - 1, grounds=cited("abc")),
        deploy("late", DAY, "b", after=2 * DAY - 1, arrive=3 * DAY, grounds=cited("abc")),
    ]
    assert lines(scenario([unit("a"), unit("b")], orders), "timeline") == [
        "when          what     strength  where           sources",
        "25 Jan        ordered       200  to Poland       A",
        "25 Jan        leaves        100  Home to Poland  A",
        "25 Jan        due           100  to Poland       A",
        "25 Jan 23:59  leaves        100  Home to Poland  A",
        "27 Jan 00:00  due           100  to Poland       A",
    ]


def test_departures_that_nothing_dates() -> None:
    """They are taken to be when they were ordered, and marked; of parts, only those that have no date."""
    parts = [part(40, arrives=2 * DAY - 1), part(60, leaves=DAY + 60, arrives=2 * DAY - 1)]
    told = scenario([unit("a")], [deploy("go", DAY, "a", parts=parts, grounds=cited("abc"))])
    assert lines(told, "timeline") == [
        "when          what     strength  where           sources",
        "25 Jan        ordered       100  to Poland       A",
        "25 Jan !      leaves         40  Home to Poland  A",
        "25 Jan 01:00  leaves         60  Home to Poland  A",
        "25 Jan        due           100  to Poland       A",
    ]


def test_a_unit_ordered_twice_at_once_is_one_unit() -> None:
    """It is counted once, with every place it is sent to."""
    first, second = (deploy(name, 60, "a", to=to, after=120) for name, to in (("a-go", "pl"), ("c-go", "de")))
    drawn = lines(scenario([unit("a")], [first, cancel("b-stay", 60, "a-go"), second]), "timeline")
    assert drawn[1:3] == [
        "24 Jan 01:00 !  ordered         100  to Germany, Poland  .",
        "24 Jan 01:00 !  cancelled       100  to Poland           .",
    ]


def test_who_refuses_an_order_is_not_in_its_line() -> None:
    """A line of its own says that, and why."""
    drawn = lines(
        scenario([unit("a"), unit("b", "7")], [deploy("go", 90, "a"), deploy("on", 100, "a", "b")]), "timeline"
    )
    assert drawn[3:6] == [
        "24 Jan 01:40 !  ordered         7  to Poland                      .",
        "24 Jan 01:40 !  refused       100  on: its move under go is open  .",
        "24 Jan 01:40 !  leaves          7  Home to Poland                 .",
    ]


def test_sides_are_told_apart() -> None:
    """They have a column where more than one acts, and are never added."""
    units = [unit("a", "10"), unit("b", "20", side="RU"), unit("c", "5", kind=Kind.AIRCRAFT)]
    assert lines(scenario(units, [deploy("go", 60, "a", "b", "c")]), "timeline") == [
        "when            side  what            strength  where           sources",
        "24 Jan 01:00 !  US    ordered  5 aircraft + 10  to Poland       .",
        "24 Jan 01:00 !  RU    ordered               20  to Poland       .",
        "24 Jan 01:00 !  US    leaves   5 aircraft + 10  Home to Poland  .",
        "24 Jan 01:00 !  RU    leaves                20  Home to Poland  .",
        "24 Jan 02:00 !  US    arrives  5 aircraft + 10  to Poland       .",
        "24 Jan 02:00 !  RU    arrives               20  to Poland       .",
    ]


def test_nothing_happens() -> None:
    """A table by itself says so; the page goes without."""
    told = scenario([unit("a")])
    assert table_page(answer(told), "timeline") == "Nothing happens.\n"
    assert [line for line in whole(told) if line.startswith("Timeline")] == []


@pytest.mark.parametrize("style", Style)
def test_a_page_shows_the_first_lines_and_the_table_all(style: Style) -> None:
    """And the page says where to find the others."""
    orders = [alert(f"o{number:03}", number * 60, f"u{number:03}") for number in range(60)]
    asked = answer(scenario([unit(f"u{number:03}") for number in range(60)], orders))
    assert "\nand 20 more: --table timeline has all\n" in page(asked, (), style)
    shown = [line for line in page(asked, (), style).splitlines() if " alert  " in line and "heightened" not in line]
    assert len(shown) == TIMELINE_MAX
    assert table_page(asked, "timeline", (), style).count(" alert  ") == 60


def test_loads_in_words() -> None:
    """What is ready at a place is one line; each wait is one, and says of which load of whom it is, for what and how
    long. When all that happens only the run says, so it is marked.
    """
    asked = Answer(Book.replay(LIFTED_EXAMPLE), (LIFTED_SCENARIO.end,))
    name = asked.book.units["82-ibct"].name
    shown = [line for line in table_page(asked, "timeline", room=200).splitlines()[2:] if "  US  " in line]
    assert [" ".join(line.replace(name, "the brigade").split()) for line in shown] == [
        "24 Jan 01:00 US ordered 1,700 to Rzeszów A",
        "24 Jan 03:00 ! US ready 1,700 Fort Bragg A",
        "24 Jan 03:00 ! US waited 850 load 1 of the brigade: 2 h to be ready to leave at Fort Bragg A",
        "24 Jan 03:00 ! US waited 850 load 2 of the brigade: 2 h to be ready to leave at Fort Bragg A",
        "24 Jan 05:15 ! US leaves 850 Fort Bragg to Rzeszów A",
        "24 Jan 07:30 ! US waited 850 load 2 of the brigade: 2 h 15 min for a spot at Fort Bragg A",
        "24 Jan 07:30 ! US leaves 850 Fort Bragg to Rzeszów A",
        "24 Jan 15:00 ! US arrives 850 to Rzeszów A",
        "24 Jan 17:15 ! US arrives 850 to Rzeszów A",
    ]


def test_what_the_run_works_out_has_its_time_of_day() -> None:
    """Also at the first and the last minute of a day, which of what was reported stand for the day."""
    told = lifted(
        [unit("a", place="here"), unit("b", place="here")],
        [move("go", DAY - 10, "a"), deploy("up", DAY, "b", arrive=2 * DAY - 1)],
        [trucks(speed=Fixed(60.0 / 1429 * 60))],
    )
    assert [" ".join(line.split()) for line in lines(told, "timeline")[1:]] == [
        "24 Jan 23:50 ! ordered 100 to There .",
        "24 Jan 23:50 ! ready 100 Here .",
        "25 Jan 00:00 ! leaves 100 Here to There .",
        "25 Jan ! ordered 100 to Poland .",
        "25 Jan ! leaves 100 Here to Poland .",
        "25 Jan 23:59 ! arrives 100 to There .",
        "25 Jan ! arrives 100 to Poland .",
    ]


def test_what_left_when_others_went_first_waited_for_a_vehicle() -> None:
    """The words blame nobody: how long it would have waited otherwise is not known."""
    units = [unit(name, place="here") for name in ("a", "b", "c")]
    orders = [move("first", 0, "a"), move("second", 1, "b", priority=1), move("urgent", 2, "c")]
    asked = answer(lifted(units, orders, [trucks()]))
    shown = [" ".join(line.split()) for line in table_page(asked, "timeline", room=200).splitlines()]
    assert [line for line in shown if "of b: " in line] == [
        "24 Jan 04:50 ! waited 100 load 1 of b: 2 h 19 min for a vehicle at Here .",
        "24 Jan 04:50 ! waited 100 load 1 of b: 2 h 20 min for a vehicle after others went first at Here .",
    ]


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(1, "1 min"), (60, "1 h"), (135, "2 h 15 min"), (1440, "1 day"), (2 * 1440 + 61, "2 days 1 h 1 min")],
)
def test_how_long_is_said(minutes: int, words: str) -> None:
    """In days, hours and minutes, without those of which there are none."""
    assert duration(minutes) == words
