"""The posture table: who is where, how ready, and how much it comes to."""

from attrs import evolve

from sim.domain.order import Window
from sim.domain.vocabulary import Basis, Kind, Readiness
from sim.report.page import table_page
from tests.report.asked import answer, lines
from tests.story import alert, cited, deploy, scenario, standby, unit

DAY = 1440


def test_the_most_forward_first_and_the_total_last() -> None:
    """Deployed, in transit, on alert, on standby, in garrison; a dot where there is nobody."""
    units = [unit(name, "about 100") for name in "abcd"] + [unit("e", "7", place="de")]
    orders = [deploy("go", 60, "a"), deploy("later", 90, "b"), alert("wake", 60, "c"), standby("ready", 120, "d")]
    assert lines(scenario(units, orders), "posture", 0, 119, 9000) == [
        "place               readiness         24 Jan 00:00  24 Jan 01:59  30 Jan 06:00  range",
        "Poland              deployed                     .             .          200!  180-220",
        "en route to Poland  in transit                   .          200!             .  180-220",
        "Home                heightened alert             .           100           100  90-110",
        "Home                standby                      .             .           100  90-110",
        "Germany             garrison                     7             7             7",
        "Home                garrison                   400           100             .  90-110",
        "all US named here                              407           407           407  367-447",
    ]


def test_marks_say_how_it_is_known() -> None:
    """'^' for what was only announced, '!' where some of a line is assumed; nothing for what was seen to arrive."""
    seen = Window(by=2 * DAY - 1, basis=Basis.OBSERVED, grounds=cited("pap"))
    orders = [
        deploy("assumed", 60, "a"),
        deploy("said", 60, "b", "c", arrive=2 * DAY - 1, grounds=cited("abc")),
        evolve(deploy("seen", 60, "d", grounds=cited("abc")), arrive=seen, transit=None),
        alert("wake", 60, "e"),
    ]
    told = scenario([unit(name) for name in "abcde"], orders)
    assert [line.split() for line in lines(told, "posture", 2 * DAY - 1, by=("unit", "place"))[1:6]] == [
        ["a", "Poland", "100!"],
        ["b", "Poland", "100^"],
        ["c", "Poland", "100^"],
        ["d", "Poland", "100"],
        ["e", "Home", "100"],
    ]
    assert lines(told, "posture", 2 * DAY - 1)[1].split() == ["Poland", "deployed", "400!"]


def test_kinds_and_sides_are_never_added() -> None:
    """The side with most units comes first; sides and kinds have a column where there are others to tell apart."""
    units = [
        unit("x", "100", side="RU", place="unstated"),
        unit("a", "50"),
        unit("b", "24", kind=Kind.AIRCRAFT),
        unit("c", "6", kind=Kind.BATTERIES, readiness=Readiness.DEPLOYED),
    ]
    assert lines(scenario(units), "posture") == [
        "side  kind       place              readiness  30 Jan 22:40  range",
        "US    aircraft   Home               garrison             24",
        "US    aircraft   all US named here                       24",
        "US    batteries  Home               deployed              6",
        "US    batteries  all US named here                        6",
        "US    troops     Home               garrison             50",
        "US    troops     all US named here                       50",
        "RU    troops     not stated         garrison            100",
        "RU    troops     all RU named here                      100",
    ]


def test_grouped_by_other_fields() -> None:
    """What is in transit has lines of its own, whatever the fields are."""
    units = [unit("a", "10"), unit("b", "20", place="unstated"), unit("c", "30", place="de", side="日本\x1b")]
    told = scenario(units, [deploy("go", 60, "a", "c"), deploy("out", 60, "b", to="unstated")])
    assert lines(told, "posture", 61, by=("country",)) == [
        "side  country              24 Jan 01:01  range",
        "US    en route                      20!",
        "US    en route to Poland            10!",
        "US    all US named here              30",
        "日本  en route to Poland            30!",
        "日本  all 日本 named here            30",
    ]
    assert lines(told, "posture", 61, by=("unit", "readiness")) == [
        "side  unit                 readiness   24 Jan 01:01  range",
        "US    a                    in transit           10!",
        "US    b                    in transit           20!",
        "US    all US named here                          30",
        "日本  c                    in transit           30!",
        "日本  all 日本 named here                        30",
    ]
    assert lines(told, "posture", 61, by=("side", "origin"))[1:3] == [
        "US, en route         Home                 10!",
        "US, en route         not stated           20!",
    ]
    assert lines(told, "posture", 0, by=("country",))[1:3] == [
        "US    not stated                     20",
        "US    United States                  10",
    ]


def test_times_that_do_not_fit_follow_in_further_tables() -> None:
    """Two hundred of them: no line is wider than the room, and no time is left out."""
    told = scenario([unit("a", "about 100")], [deploy("go", 60 * DAY, "a", arrive=120 * DAY)], end=300 * DAY)
    times = tuple(day * DAY - 1 for day in range(1, 201))
    drawn = lines(told, "posture", *times, room=80)
    assert max(map(len, drawn)) <= 80
    heads = [line for line in drawn if line.startswith("place")]
    dates = [word for line in heads for word in line.split() if word not in {"place", "readiness", "range"}]
    assert len(dates) == 2 * len(times)
    assert drawn.count("") == len(heads) - 1


def test_labels_give_way_to_their_longest_words_first() -> None:
    """Narrow labels leave their room to others; words stay whole where a line holds them."""
    told = scenario([unit("a", readiness=Readiness.HEIGHTENED_ALERT), unit("b", side="RU", place="de")])
    assert lines(told, "posture", room=60)[1:] == [
        "side  place       readiness   30 Jan 22:40  range",
        "RU    Germany     garrison             100",
        "RU    all RU                           100",
        "      named here",
        "US    Home        heightened           100",
        "                  alert",
        "US    all US                           100",
        "      named here",
    ]


def test_labels_and_ranges_give_way_in_the_last_resort() -> None:
    """Where even one time does not fit; a word breaks only where nothing else helps."""
    told = scenario([unit("a", "at least 1000000000", side="The Federation")])
    assert lines(told, "posture", room=46)[2:] == [
        "place      readiness   30 Jan 22:40  range",
        "Home       garrison   1,000,000,000  1,000,000",
        "                                     ,000 or",
        "                                     more",
        "all The F             1,000,000,000  1,000,000",
        "ederation                            ,000 or",
        "named                                more",
        "here",
    ]


def test_nobody() -> None:
    """A scenario without units has no posture, and says so where it is asked for."""
    assert table_page(answer(scenario([])), "posture") == "Nobody is anywhere: the scenario has no units.\n"
