"""What the keys of format 1 mean once they are loaded."""

from fractions import Fraction
from pathlib import Path

import pytest

from sim.domain.calendar import Calendar
from sim.domain.claim import Claim, Closed, Count, Never, Noted, Selector, Separate, When
from sim.domain.grounds import Grounds
from sim.domain.order import Order, Part, Transit, Window, legs_of
from sim.domain.place import Place
from sim.domain.quantity import parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.source import Source
from sim.domain.unit import Post, Unit
from sim.domain.vocabulary import Action, Basis, Kind, Readiness
from sim.loader import dump, load

HEAD = "format: 1\ntitle: T\nstart: 2022-01-24\nend: 2022-02-28\n"
BASE = HEAD + "sources: {cnn: {outlet: CNN}, abc: {outlet: ABC}}\nplaces: {us: {}, pl: {}}\n"
UNITS = """units:
  a: {troops: 1000, place: us, sources: cnn}
  a-1: {troops: 200, place: us, part_of: a, sources: cnn}
  b: {troops: about 50, place: us, sources: cnn}
"""
DAY = 1440
CNN = Grounds(("cnn",))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def loaded(folder: Path, text: str) -> Scenario:
    path = folder / "x.yaml"
    path.write_text(text, encoding="utf-8", newline="")
    scenario = load(str(path))
    path.write_text(dump(scenario), encoding="utf-8", newline="")
    assert load(path) == scenario
    return scenario


def order(folder: Path, text: str) -> Order:
    return loaded(folder, BASE + UNITS + f"orders: {{o: {{{text}, sources: cnn}}}}\n").orders["o"]


def claim(folder: Path, text: str) -> Claim:
    return loaded(folder, BASE + UNITS + f"claims: {{c: {{source: cnn, {text}}}}}\n").claims["c"]


def test_a_scenario_of_nothing(folder: Path) -> None:
    """Only the header is needed; sections may be missing or empty, and the only snapshot is the end."""
    found = loaded(folder, "\ufeff" + HEAD.replace("\n", "\r\n") + "claims:\r\nunits: ~\r\norders: {}\r\n")
    assert found.calendar.log_stamp(0) == "2022-01-24T00:00Z"
    assert found == Scenario("T", found.calendar, 36 * DAY - 1, snapshots=(36 * DAY - 1,))


def test_the_header(folder: Path) -> None:
    """Dates are of the zone: the first minute of `start`, the last of `end` and of snapshots."""
    found = loaded(
        folder,
        "format: '1'\ntitle: >\n  US force posture\n  in Europe\nstart: 2022-03-12\nend: 2022-03-13\nabout: 12.5%\n"
        "timezone: America/New_York\nsnapshots: [2022-03-13T04:00:00Z, end, D+1, 2022-03-12, start, 2022-03-12]\n",
    )
    assert found.title == "US force posture in Europe"
    assert found.calendar.log_stamp(0) == "2022-03-12T05:00Z"
    assert found.calendar == Calendar(found.calendar.start, "America/New_York")
    assert found.end == DAY + 23 * 60 - 1
    assert found.about == Fraction(1, 8)
    assert found.snapshots == (0, 23 * 60, DAY - 1, DAY, found.end)


def test_sources(folder: Path) -> None:
    """Publication may lie outside the period; a date or month is its last minute."""
    found = loaded(
        folder,
        HEAD
        + "sources:\n  a: {outlet: A, published: 2021-12, relays: b, url: 'https://a.example/x?y#z'}\n"
        + "  b: {outlet: B, title: '12:30', published: 2022-03-01, archived: http://b.example, relays: [d, c, d]}\n"
        + "  c: {outlet: NO, published: 2022-01-24T08:00+02:00}\n  d: {outlet: 010}\n",
    )
    assert found.sources == {
        "a": Source("a", "A", "", -23 * DAY - 1, "https://a.example/x?y#z", "", ("b",), by_month=True),
        "b": Source("b", "B", "12:30", 37 * DAY - 1, "", "http://b.example", ("c", "d")),
        "c": Source("c", "NO", "", 6 * 60),
        "d": Source("d", "010"),
    }


def test_places(folder: Path) -> None:
    """A name is the id where none is written; a country stays text, even that of Norway."""
    found = loaded(
        folder, HEAD + "places:\n  a: {within: b, lat: 035.139, lon: -79.00600}\n  b: {name: B, country: NO}\n  c: {}\n"
    )
    assert found.places == {
        "a": Place("a", "a", "b", None, 35.139, -79.006),
        "b": Place("b", "B", None, "NO"),
        "c": Place("c", "c"),
    }


def test_units(folder: Path) -> None:
    """A number is decimal; what is not said has its default."""
    found = loaded(
        folder,
        BASE
        + "units:\n  a: {troops: 010, place: us, sources: [cnn, abc, cnn], because: both}\n"
        + "  b: {batteries: {is: a few dozen, post: 040, sources: abc}, place: unstated, because: x}\n"
        + "  c: {aircraft: '1,700', place: us, origin: pl, readiness: deployed, side: RU, part_of: a, because: x}\n",
    )
    assert found.units["a"] == Unit(
        "a", "a", Kind.TROOPS, parse_quantity("010"), "us", "us", grounds=Grounds(("abc", "cnn"), "both")
    )
    assert found.units["a"].strength == 10
    assert found.units["b"].post == Post(40, Grounds(("abc",)))
    assert found.units["c"] == Unit(
        "c",
        "c",
        Kind.AIRCRAFT,
        parse_quantity("1,700"),
        "us",
        "pl",
        Readiness.DEPLOYED,
        "RU",
        "a",
        grounds=Grounds((), "x"),
    )


def test_an_order_to_move(folder: Path) -> None:
    """The date of an order and of `after` is its first minute, that of `by` its last."""
    window = "depart: {after: 2022-02-03, by: 2022-02-05, because: slow}, arrive: {by: 2022-02-06, basis: observed}"
    assert order(folder, f"at: 2022-02-02, action: deploy, units: [b, a], to: pl, {window}, transit: 1d 12h") == Order(
        "o",
        9 * DAY,
        Action.DEPLOY,
        ("a", "b"),
        "pl",
        Window(10 * DAY, 13 * DAY - 1, grounds=Grounds((), "slow")),
        Window(None, 14 * DAY - 1, Basis.OBSERVED),
        Transit(2160),
        grounds=CNN,
    )


def test_parts(folder: Path) -> None:
    """They add up to the unit's strength; `rest` is what is left; each has its own movement and grounds."""
    parts = (
        "parts: [{strength: 20, transit: {is: 90m, sources: [abc]}, because: x}, "
        "{strength: rest, arrive: {after: 2022-02-16, by: 2022-02-17}}]"
    )
    found = order(folder, f"at: 2022-02-02T08:00, action: return, units: b, {parts}")
    assert found.parts == (
        Part(20, transit=Transit(90, Grounds(("abc",))), grounds=Grounds((), "x")),
        Part(30, arrive=Window(23 * DAY, 25 * DAY - 1)),
    )
    assert [leg.strength for leg in legs_of(found)] == [20, 30]


def test_other_orders(folder: Path) -> None:
    """A cancel may name some of the units, parts of named units included; a refusal may be expected."""
    found = loaded(
        folder,
        BASE
        + UNITS
        + "orders:\n  x: {at: D+1, action: stand-down, units: a, refusal: expected, because: y}\n"
        + "  y: {at: D+2, action: cancel, cancels: x, units: a-1, because: y}\n"
        + "  z: {at: D+3, action: cancel, cancels: y, units: a-1, because: y}\n",
    ).orders
    y = Grounds((), "y")
    assert found["x"] == Order("x", DAY, Action.STAND_DOWN, ("a",), refusal_expected=True, grounds=y)
    assert found["y"] == Order("y", 2 * DAY, Action.CANCEL, ("a-1",), cancels="x", grounds=y)
    assert found["z"] == Order("z", 3 * DAY, Action.CANCEL, ("a-1",), cancels="y", grounds=y)


def test_a_selector(folder: Path) -> None:
    """Each key takes a value or a list; the kind is troops where none is written."""
    text = "never: {units: a, place: [us, unstated, pl], origin: us, country: [US, NO], readiness: [standby, garrison]"
    assert claim(folder, text + ", side: US, kind: [vehicles, aircraft]}").test == Never(
        Selector(
            ("a",),
            (),
            ("pl", "unstated", "us"),
            ("us",),
            ("NO", "US"),
            (Readiness.GARRISON, Readiness.STANDBY),
            ("US",),
            (Kind.AIRCRAFT, Kind.VEHICLES),
        )
    )


def test_kinds_of_claim(folder: Path) -> None:
    """Times asked about are the last minute of a date, the end where none is written."""
    everything = Selector()
    count = parse_quantity("about 5")
    assert claim(folder, "count: {}, is: about 5").test == Count(everything, count, 36 * DAY - 1)
    assert claim(folder, "count: {}, is: about 5, at: 2022-02-01").test == Count(everything, count, 9 * DAY - 1)
    assert claim(folder, "count: {}, is: about 5, at: start").test == Count(everything, count, 0)
    assert claim(folder, "count: {}, is: about 5, at: always").test == Count(everything, count, When.ALWAYS)
    assert claim(folder, "closed: {units: a}").test == Closed(Selector(("a",)), 36 * DAY - 1)
    assert claim(folder, "closed: {units: a}, by: D+2").test == Closed(Selector(("a",)), 2 * DAY)
    assert claim(folder, "separate: [{}, {side: RU}]").test == Separate(everything, Selector(side=("RU",)))
    assert claim(folder, "noted: it is a plan, says: x, per: abc, speaker: someone, disputed: no") == Claim(
        "c", "cnn", Noted("it is a plan"), "x", "abc", "someone", "no"
    )


def test_aliases_repeat_values(folder: Path) -> None:
    """An anchor and its aliases are the value written out."""
    text = HEAD + "places: {us: &x {country: US}, ca: *x}\nsources: {a: {outlet: &n Name, title: *n}}\n"
    found = loaded(folder, text)
    assert found.places["ca"] == Place("ca", "ca", None, "US")
    assert found.sources["a"].title == "Name"


def test_a_path_as_it_is_written_is_the_name_in_messages(folder: Path) -> None:
    """`load` takes a path as text or as Path."""
    (folder / "x.yaml").write_text(HEAD)
    assert load(folder / "x.yaml") == load(str(folder / "x.yaml"))
