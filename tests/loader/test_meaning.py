"""What the keys of format 1 mean once they are loaded."""

from fractions import Fraction
from pathlib import Path

import pytest

from sim.domain.calendar import Calendar
from sim.domain.claim import Claim, Closed, Count, Never, Noted, Selector, Separate, When
from sim.domain.grounds import Grounds
from sim.domain.lift import Carriage, Change, Hours, Lift, Mode, Port, Speed
from sim.domain.order import Order, Part, Transit, Window, legs_of
from sim.domain.place import Place
from sim.domain.quantity import parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.source import Source
from sim.domain.unit import Post, Unit
from sim.domain.variate import Empirical, Fixed, LogNormal, Normal, Triangular, Uniform, Variate
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


LIFTED = (
    HEAD
    + """sources: {cnn: {outlet: CNN}}
places:
  us: {}
  pope: {within: us, lat: 35.171, lon: -79.014}
  ramstein: {lat: 49.437, lon: 7.6}
  pl: {}
  rzeszow: {within: pl, lat: 50.11, lon: 22.019}
lift:
  c17s: {mode: air, vehicles: 12, seats: 102, tons: 65, speed_kt: 450, base: pope, sources: cnn}
  lorries: {mode: road, vehicles: 3, seats: 60, loads_of: {batteries: 2}, km_per_day: 150, base: ramstein, sources: cnn}
units:
  a: {troops: 1000, place: pope, sources: cnn}
  a-1: {troops: 200, place: pope, part_of: a, sources: cnn}
  b: {batteries: 4, place: ramstein, origin: pope, sources: cnn}
"""
)


def lift(folder: Path, text: str) -> Lift:
    return loaded(folder, LIFTED.replace("lift:\n", f"lift:\n  x: {{base: pope, {text}, sources: cnn}}\n")).lift["x"]


def carriage(folder: Path, text: str) -> Carriage | None:
    return loaded(folder, LIFTED + f"orders: {{o: {{at: D+1, {text}, sources: cnn}}}}\n").orders["o"].carriage


def test_lift_in_full(folder: Path) -> None:
    """Speeds in kilometres an hour, and in which unit they were written; times in minutes; holds by kind."""
    found = lift(
        folder,
        "mode: sea, vehicles: 2, seats: 300, loads_of: {vehicles: 90, aircraft: 4}, tons: 1000.5, speed_kt: 18, "
        "ground_hours: 2.25, hours_per_day: 20, detour: 1.15",
    )
    held = ((Kind.TROOPS, Fixed(300)), (Kind.AIRCRAFT, Fixed(4)), (Kind.VEHICLES, Fixed(90)))
    assert found == Lift(
        "x",
        Mode.SEA,
        Fixed(2),
        held,
        Fixed(33.336),
        Fixed(135),
        "pope",
        Fixed(1000.5),
        Fixed(20),
        1.15,
        CNN,
        Speed.KNOTS,
    )


@pytest.mark.parametrize(("mode", "detour"), [("air", 1.0), ("road", 1.3), ("rail", 1.3), ("sea", 1.0)])
def test_lift_in_short(folder: Path, mode: str, detour: float) -> None:
    """It needs no time on the ground, takes any weight, does not rest, and goes as far round as is usual."""
    found = lift(folder, f"mode: {mode}, vehicles: 0, seats: 1, speed_kmh: 60")
    held = ((Kind.TROOPS, Fixed(1)),)
    assert found == Lift("x", Mode(mode), Fixed(0), held, Fixed(60), Fixed(0), "pope", detour=detour, grounds=CNN)


@pytest.mark.parametrize(
    ("written", "kilometres_an_hour"),
    [
        ("speed_kt: 450", 833.4),
        ("speed_kmh: 833.4", 833.4),
        ("km_per_day: 150", 6.25),
        ("km_per_day: '1,000'", 1000 / 24),
        ("speed_kt: 0.1", 0.1852),
    ],
)
def test_speeds(folder: Path, written: str, kilometres_an_hour: float) -> None:
    """A knot is 1.852 km/h, and what is said of a day is spread over its 24 hours."""
    assert lift(folder, f"mode: air, vehicles: 1, seats: 1, {written}").speed == Fixed(kilometres_an_hour)


@pytest.mark.parametrize(
    ("written", "ground"),
    [
        ("2", Fixed(120)),
        ("1.1", Fixed(66)),
        ("2.33", Fixed(139.8)),
        ("2h15m", Fixed(135)),
        ("0h", Fixed(0)),
        ("{is: 90m}", Fixed(90)),
        ("{uniform: [0h, 3.5]}", Uniform(0, 210)),
        ("{triangular: [1, 2h, 3]}", Triangular(60, 120, 180)),
        ("{normal: [2h, 30m]}", Normal(120, 30)),
        ("{lognormal: [2, 0.5]}", LogNormal(120, 30)),
        ("{empirical: [3h, 1, 2.5]}", Empirical((60, 150, 180))),
        ("{empirical: 2}", Empirical((120,))),
    ],
)
def test_figures(folder: Path, written: str, ground: Variate) -> None:
    """Hours are numbers or durations, also in distributions; what was observed is put in order."""
    assert lift(folder, f"mode: air, vehicles: 1, seats: 1, speed_kt: 450, ground_hours: {written}").ground == ground


def test_ports_and_what_changes_of_them(folder: Path) -> None:
    """Changes are in order of time; each is called by its place in the list."""
    found = loaded(
        folder,
        LIFTED
        + """ports:
  apron: {place: rzeszow, spots: 2, ground_hours: 1.5, open: "06:00-22:00", sources: cnn}
  gate: {place: pope, spots: {uniform: [3, 4.5]}, open: 22:30 - 24:00, because: a guess}
capacity:
  - {at: D+3, port: apron, spots: 4, sources: cnn}
  - {at: D+2, lift: c17s, vehicles: {normal: [20, 2.5]}, because: a guess}
  - {at: D+2, port: apron, spots: 0, sources: cnn}
""",
    )
    guess = Grounds((), "a guess")
    assert found.ports == {
        "apron": Port("apron", "rzeszow", Fixed(2), Fixed(90), Hours(360, 1320), CNN),
        "gate": Port("gate", "pope", Uniform(3, 4.5), None, Hours(1350, 0), guess),
    }
    assert found.capacity == (
        Change("2", 2 * DAY, "c17s", None, Normal(20, 2.5), guess),
        Change("3", 2 * DAY, None, "apron", Fixed(0), CNN),
        Change("1", 3 * DAY, None, "apron", Fixed(4), CNN),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "action: deploy, units: a, to: pl, lift: c17s, route: [pope, rzeszow], notice: 2d, priority: -1, "
            "load: {troops: 90, tons: 30}",
            Carriage(("c17s",), ("pope", "rzeszow"), Fixed(2 * DAY), -1, Fixed(90), Fixed(30)),
        ),
        (
            "action: deploy, units: a, to: rzeszow, lift: c17s, load: {troops: {uniform: [80, 100]}}",
            Carriage(("c17s",), ("pope", "rzeszow"), load=Uniform(80, 100)),
        ),
        (
            "action: deploy, units: a, to: pl, lift: c17s, route: [pope, ramstein, rzeszow]",
            Carriage(("c17s", "c17s"), ("pope", "ramstein", "rzeszow")),
        ),
        (
            "action: deploy, units: a, to: pl, lift: [c17s, lorries], route: [pope, ramstein, rzeszow]",
            Carriage(("c17s", "lorries"), ("pope", "ramstein", "rzeszow")),
        ),
        ("action: return, units: b, lift: lorries", Carriage(("lorries",), ("ramstein", "pope"))),
        (
            "action: deploy, units: a, to: rzeszow, lift: c17s, notice: {triangular: [0d, 1d, 3d]}, transit: 12h",
            Carriage(("c17s",), ("pope", "rzeszow"), Triangular(0, DAY, 3 * DAY)),
        ),
    ],
)
def test_how_orders_go_by_lift(folder: Path, text: str, expected: Carriage) -> None:
    """One lift goes for all stretches; without a route they go from where they are to where they are sent."""
    assert carriage(folder, text) == expected


def test_an_amended_order_goes_by_lift(folder: Path) -> None:
    """What is changed is the whole of a key, and what follows from it: the way to another place."""
    text = """orders:
  o: {at: D+1, action: deploy, units: a, to: rzeszow, lift: c17s, load: {troops: 90, tons: 30}, sources: cnn}
  o-2: {amends: o, to: ramstein, priority: 2, load: {troops: 100}, sources: cnn}
"""
    (amendment,) = loaded(folder, LIFTED + text).amendments
    assert isinstance(amendment.entry, Order)
    assert amendment.entry.carriage == Carriage(("c17s",), ("pope", "ramstein"), None, 2, Fixed(100))


@pytest.mark.parametrize("action", ["alert", "standby", "stand-down"])
def test_an_amended_order_that_no_longer_moves(folder: Path, action: str) -> None:
    """All that says how it goes by lift goes with the action that takes it; another that moves keeps it."""
    go = "action: deploy, units: b, to: rzeszow, lift: lorries, route: [ramstein, rzeszow], notice: 1d, priority: 2"
    text = f"orders:\n  o: {{at: D+1, {go}, load: {{batteries: 2, tons: 3}}, sources: cnn}}\n"
    (amendment,) = loaded(folder, LIFTED + text + f"  o-2: {{amends: o, action: {action}, sources: cnn}}\n").amendments
    assert amendment.entry == Order("o", DAY, Action(action), ("b",), grounds=CNN)
    back = "  o-2: {amends: o, action: return, route: [ramstein, pope], sources: cnn}\n"
    (amendment,) = loaded(folder, LIFTED + text + back).amendments
    assert isinstance(amendment.entry, Order)
    assert amendment.entry.carriage == Carriage(("lorries",), ("ramstein", "pope"), Fixed(DAY), 2, Fixed(2), Fixed(3))


def test_lift_and_orders_from_tables(folder: Path) -> None:
    """A figure stands in its key's column, its distribution in one of that name behind it; a list has `;`."""
    (folder / "lift.csv").write_text(
        "id,mode,vehicles,seats,loads_of_batteries_uniform,speed_kmh,base,because\n"
        "trains,rail,2,600,4;6,60,pope,a guess\n",
        encoding="utf-8",
    )
    (folder / "orders.csv").write_text(
        "id,at,action,units,to,lift,route,notice_uniform,load_troops,sources\n"
        "o,D+1,deploy,a,pl,trains,pope;rzeszow,1h;2h,50,cnn\n"
        "p,D+1,deploy,b,pl,trains;trains,ramstein;pope;rzeszow,,,cnn\n"
        "q,D+2,alert,b,,,,,,cnn\n",
        encoding="utf-8",
    )
    head, _, units = LIFTED.partition("lift:\n")
    units = units[units.index("units:") :]
    found = loaded(folder, f"{head}lift: lift.csv\n{units}orders: orders.csv\n")
    held = ((Kind.TROOPS, Fixed(600)), (Kind.BATTERIES, Uniform(4, 6)))
    assert found.lift["trains"].holds == held
    assert [order.carriage for order in found.orders.values()] == [
        Carriage(("trains",), ("pope", "rzeszow"), Uniform(60, 120), 0, Fixed(50)),
        Carriage(("trains", "trains"), ("ramstein", "pope", "rzeszow")),
        None,
    ]
