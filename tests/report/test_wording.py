"""Words: dates, figures, places and sources as readers see them."""

from datetime import UTC, datetime

import pytest
from attrs import evolve

from sim.domain.calendar import Calendar, Edge
from sim.domain.place import Place
from sim.domain.quantity import parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.source import Source
from sim.domain.unit import Post
from sim.report.wording import Wording, bounds, named, short, spoken
from sim.runs import play
from tests.engine.lifted import change, lifted, port, trucks
from tests.story import PLACES, cited, deploy, part, scenario, unit

TOLD = scenario([unit("brigade")])
NEW_YORK = Calendar(datetime(2022, 1, 24, 5, tzinfo=UTC), "America/New_York")


def worded(told: Scenario = TOLD) -> Wording:
    return Wording(play(told))


@pytest.mark.parametrize(
    ("wording", "in_full", "in_little"),
    [
        ("1700", "1,700", "1,700"),
        ("exactly 1,700", "exactly 1,700", "1,700"),
        ("About 1700", "About 1,700", "~1,700"),
        ("roughly 40", "roughly 40", "~40"),
        ("~ 1700", "~ 1,700", "~ 1,700"),
        ("more than 3000", "more than 3,000", ">3,000"),
        ("at least 3000", "at least 3,000", ">=3,000"),
        ("up to 3000", "up to 3,000", "<=3,000"),
        ("under 3000", "under 3,000", "<3,000"),
        ("nearly 5000", "nearly 5,000", "nearly 5,000"),
        ("1700 to 12000", "1,700 to 12,000", "1,700 to 12,000"),
        ("Thousands", "Thousands", "1,000s"),
        ("tens of thousands", "tens of thousands", "10,000s"),
        ("hundreds", "hundreds", "100s"),
        ("several  thousand", "several  thousand", "several thousand"),
        ("dozens", "dozens", "dozens"),
    ],
)
def test_quantities(wording: str, in_full: str, in_little: str) -> None:
    """In the report's words, with thousands separated; and in the least room."""
    quantity = parse_quantity(wording)
    assert (spoken(quantity), short(quantity)) == (in_full, in_little)


def test_bounds_are_for_what_is_not_exact() -> None:
    """A single number has none."""
    intervals = [parse_quantity(each).interval for each in ("5", "about 1000", "over 5")]
    assert [bounds(interval) for interval in intervals] == ["", "900-1,100", "6 or more"]


def test_many_names() -> None:
    """Six, and how many more."""
    assert named(list("abcdef")) == "a, b, c, d, e, f"
    assert named(list("abcdefgh"), " + ") == "a + b + c + d + e + f + 2 more"


def test_dates() -> None:
    """What begins with a day needs no clock; what is asked or due needs none at the end of one."""
    words = worded(evolve(TOLD, calendar=NEW_YORK))
    minutes = (0, 1439, 1440, 1500, 12960)
    assert [words.date(minute) for minute in minutes] == [
        *("24 Jan", "24 Jan 23:59", "25 Jan", "25 Jan 01:00", " 2 Feb"),
    ]
    assert [words.due(minute) for minute in minutes[1::3]] == ["24 Jan", " 2 Feb 00:00"]
    assert [words.day(minute) for minute in minutes] == [
        *("24 Jan 00:00", "24 Jan", "25 Jan 00:00", "25 Jan 01:00", "2 Feb 00:00"),
    ]


def test_years_are_said_where_there_are_several() -> None:
    words = worded(evolve(TOLD, end=365 * 1440))
    assert (words.day(1439), words.period()) == ("24 Jan 2022", "24 Jan 2022 - 24 Jan 2023, UTC")


def test_the_period() -> None:
    """With whose clocks are meant."""
    assert worded().period() == "24 Jan - 30 Jan 2022, UTC"
    assert worded(evolve(TOLD, calendar=NEW_YORK)).period() == "24 Jan - 30 Jan 2022, America/New_York time"


def test_letters_are_for_sources_that_are_cited() -> None:
    """By a unit's figure or its posted strength, an order, a window, a part; A to Z, then A2."""
    sources = [Source(f"s{number:02}", f"Outlet {number}") for number in range(60)]
    figure = evolve(unit("a", "over 5", grounds=cited("s01")), post=Post(7, cited("s02")))
    order = deploy(
        "go", 9, "a", grounds=cited("s03"), parts=[part(7, grounds=cited(*(f"s{n}" for n in range(10, 40))))]
    )
    words = worded(scenario([figure], [order], sources=sources))
    assert list(words.letters) == ["s01", "s02", "s03", *(f"s{number}" for number in range(10, 40))]
    assert words.lettered(["s39", "s01", "s33", "s01"]) == "A A2 G2"
    assert words.letters["s32"] == "Z"


def test_letters_are_kept_from_one_book_to_another() -> None:
    """A source has the letter that it has there; others go on from the last of those."""
    sources = [Source(name, name) for name in ("alpha", "bravo", "chaos")]
    book = play(scenario([unit("a", grounds=cited("alpha", "chaos"))], sources=sources))
    assert Wording(book).letters == {"alpha": "A", "chaos": "B"}
    assert Wording(book, {"bravo": "A", "chaos": "B"}).letters == {"alpha": "C", "chaos": "B"}


def test_places() -> None:
    """By name where there is room for it, else by country; what is nowhere is a place not stated to go to."""
    far = [Place(f"p{number}", f"A rather long name {number}", country=f"C{number % 8}") for number in range(20)]
    words = worded(evolve(TOLD, places=[*PLACES, *far]))
    assert words.places(["pl", "de", "de"]) == "Germany, Poland"
    assert words.places([place.id for place in far]) == "C0, C1, C2, C3, C4, C5, 2 more"
    assert words.places([]) == ""
    assert words.destinations(["pl"]) == "to Poland"
    assert words.destinations(["unstated"]) == "to a place not stated"
    assert words.destinations([]) == ""
    assert words.bound_for("pl") == "en route to Poland"
    assert words.bound_for("unstated") == "en route"


def test_countries() -> None:
    """A place that has the code for its id is the country; any other place within it is not."""
    places = [
        Place("pl", "Poland", country="PL"),
        Place("bragg", "Fort Bragg", country="US"),
        Place("x", "X", country="pl"),
    ]
    words = worded(evolve(TOLD, places=[*PLACES[1:2], *places, Place("us", "Not it", country="GB")]))
    assert [words.country(code) for code in ("PL", "US", "pl", "ZZ")] == ["Poland", "US", "pl", "ZZ"]


def test_names_that_show_nothing() -> None:
    """Where nothing of a name can be shown, its id is."""
    told = scenario([unit("a", place="dark")], places=[Place("dark", "\u200d")], sources=[Source("s", "\u200b")])
    assert (worded(told).place("dark"), worded(told).outlet("s")) == ("dark", "s")


def test_publications() -> None:
    """A date or a time as it was given; a month where no more is known, with its year; nothing where not even that."""
    end = NEW_YORK.parse("2022-01", Edge.LAST, month=True)
    sources = [
        Source("day", "D", published=end),
        Source("hour", "H", published=end - 60),
        Source("month", "M", published=end, by_month=True),
        Source("undated", "U"),
    ]
    told = worded(evolve(scenario([unit("a")], sources=sources), calendar=NEW_YORK))
    assert [told.published(source) for source in sources] == ["31 Jan 2022", "31 Jan 2022 22:59", "Jan 2022", ""]
    shown = [told.published(source, with_year=False) for source in sources]
    assert shown == ["31 Jan", "31 Jan 22:59", "Jan 2022", ""]


def test_what_only_lift_and_ports_rest_on_has_letters_too() -> None:
    """And what only their changes do: wherever the figure is shown, so is on whose word; and the legend says whose."""
    sources = [Source(name, name.upper()) for name in ("lift", "port", "change", "nobody")]
    told = lifted(
        [unit("a", place="here")],
        [],
        [evolve(trucks(), grounds=cited("lift"))],
        [evolve(port("dock", "there", 1), grounds=cited("port"))],
        [evolve(change(1, 30, 2, lift="trucks"), grounds=cited("change"))],
    )
    words = worded(evolve(told, sources=[*told.sources.values(), *sources]))
    assert words.letters == {"change": "A", "lift": "B", "port": "C"}
    assert words.legend(["port", "lift"]) == "B LIFT  C PORT"
