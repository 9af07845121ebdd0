"""What `amends` means once it is loaded: what a later source changes, what it keeps, and what each of them rests on."""

from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

import pytest
from attrs import evolve

from sim.domain.amendment import Amendment
from sim.domain.claim import Claim, Closed, Count, Never, Noted, Selector, Separate
from sim.domain.grounds import NO_GROUNDS, Grounds
from sim.domain.order import ANY_TIME, Order, Part, Transit, Window
from sim.domain.quantity import exactly, parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.unit import Post, Unit
from sim.domain.vocabulary import Action, Basis, Kind, Readiness
from sim.engine.simulation import simulate
from sim.eventlog.consistency import check_consistency
from sim.ledger import Book
from sim.loader import dump, load

DAY = 1440
HEAD = """\
format: 1
title: T
start: 2022-01-24
end: 2022-02-28
sources:
  cnn: {outlet: CNN, published: 2022-02-02}
  pap: {outlet: PAP, published: 2022-02-06}
  nyt: {outlet: NYT, published: 2022-02-06}
  abc: {outlet: ABC, published: 2022-02-09}
  old: {outlet: undated}
places: {us: {country: US}, pl: {country: PL}}
"""
UNITS = """\
units:
  a: {troops: about 100, place: us, sources: cnn}
  b: {troops: 60, place: us, because: a guess}
"""
CNN, PAP = Grounds(("cnn",)), Grounds(("pap",))


def loaded(tmp_path: Path, text: str) -> Scenario:
    """The scenario; written and loaded again, it is the same."""
    path = tmp_path / "x.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    scenario = load(path)
    again = tmp_path / "again.yaml"
    again.write_text(dump(scenario), encoding="utf-8")
    assert load(again) == scenario
    return scenario


def amended(tmp_path: Path, text: str) -> Unit | Order | Claim:
    """What the one amendment makes of its entry."""
    (amendment,) = loaded(tmp_path, text).amendments
    return amendment.entry


def unit(tmp_path: Path, changes: str, first: str = "a: {troops: about 100, place: us, sources: cnn}") -> Unit:
    found = amended(tmp_path, f"units:\n  {first}\n  later: {{amends: a, sources: pap, {changes}}}\n")
    assert isinstance(found, Unit)
    return found


def order(tmp_path: Path, changes: str, first: str, by: str = "pap") -> Order:
    text = f"orders:\n  go: {{at: 2022-02-02, action: deploy, units: [a], to: pl, sources: [cnn], {first}}}\n"
    found = amended(tmp_path, UNITS + text + f"  later: {{amends: go, sources: {by}, {changes}}}\n")
    assert isinstance(found, Order)
    return found


def claim(tmp_path: Path, changes: str, first: str = "count: {place: us}, is: 100, at: 2022-02-03") -> Claim:
    found = amended(
        tmp_path, f"claims:\n  c: {{source: cnn, says: so, {first}}}\n  later: {{amends: c, source: pap, {changes}}}\n"
    )
    assert isinstance(found, Claim)
    return found


def test_another_strength(tmp_path: Path) -> None:
    """The unit then rests on who reports that strength, and on nobody else; all else stays."""
    first = 'a: {name: A, troops: about 100, place: us, readiness: standby, side: PL, symbol: "%s", sources: cnn}'
    assert unit(tmp_path, "troops: 120", first % ("1" * 20)) == Unit(
        "a",
        "A",
        Kind.TROOPS,
        parse_quantity("120"),
        "us",
        "us",
        Readiness.STANDBY,
        "PL",
        symbol="1" * 20,
        grounds=PAP,
    )


def test_what_is_no_strength(tmp_path: Path) -> None:
    """A unit whose strength stays rests on all who say something of it; a reason is the latest that is given."""
    first = "a: {troops: about 100, place: us, sources: cnn, because: as we see it}"
    found = unit(tmp_path, "place: pl, name: A", first)
    assert (found.name, found.place, found.origin, found.strength) == ("A", "pl", "pl", 100)
    assert found.grounds == Grounds(("cnn", "pap"), "as we see it")
    assert unit(tmp_path, "origin: pl, because: seen", first).grounds == Grounds(("cnn", "pap"), "seen")
    assert unit(tmp_path, "readiness: standby", "a: {troops: 9, place: us, because: a guess}").grounds == Grounds(
        ("pap",), "a guess"
    )


def test_a_posted_strength(tmp_path: Path) -> None:
    """It belongs to the words it is chosen for: other words drop it, and it stays where they do."""
    posted = "a: {troops: {is: several dozen, post: 50, because: half}, place: us, sources: cnn}"
    assert unit(tmp_path, "troops: 55", posted).post is None
    assert unit(tmp_path, "place: pl", posted).post == Post(50, Grounds((), "half"))
    assert unit(tmp_path, "troops: {is: dozens, post: 40, sources: pap}").post == Post(40, PAP)


def test_a_window(tmp_path: Path) -> None:
    """What is given anew rests on the amendment's sources, what is kept on the order's first ones."""
    first = "depart: {after: 2022-02-03}, arrive: {by: 2022-02-06}, transit: 12h"
    found = order(tmp_path, "arrive: {by: 2022-02-07, basis: observed}", first)
    assert found == Order(
        "go",
        9 * DAY,
        Action.DEPLOY,
        ("a",),
        "pl",
        Window(10 * DAY, None, None, CNN),
        Window(None, 15 * DAY - 1, Basis.OBSERVED, PAP),
        Transit(720, CNN),
        grounds=Grounds(("cnn", "pap")),
    )


def test_a_window_with_grounds_of_its_own(tmp_path: Path) -> None:
    """They stay its own, whichever entry it stands in."""
    first = "depart: {after: 2022-02-03, because: soon}, arrive: {by: 2022-02-06, sources: nyt}"
    found = order(tmp_path, "transit: {is: 1d, because: by ship}", first)
    assert found.depart == Window(10 * DAY, None, None, Grounds((), "soon"))
    assert found.arrive == Window(None, 14 * DAY - 1, None, Grounds(("nyt",)))
    assert found.transit == Transit(DAY, Grounds((), "by ship"))


def test_what_was_assumed_stays_assumed(tmp_path: Path) -> None:
    """A window of an order that rested on no source does not come to rest on the one who amends another."""
    text = "orders:\n  go: {at: 2022-02-02, action: deploy, units: [a], to: pl, because: x, transit: 12h}\n"
    found = amended(tmp_path, UNITS + text + "  later: {amends: go, depart: {after: 2022-02-03}, sources: pap}\n")
    assert isinstance(found, Order)
    assert found.transit == Transit(720, Grounds((), "x"))
    assert found.depart == Window(10 * DAY, None, None, PAP)
    assert found.grounds == Grounds(("pap",), "x")


def test_parts_instead_of_windows(tmp_path: Path) -> None:
    """They take the place of departure, arrival and transit."""
    found = order(
        tmp_path,
        "parts: [{strength: 60, transit: 12h}, {strength: rest, transit: 13h, sources: nyt}]",
        "depart: {after: 2022-02-03}, arrive: {by: 2022-02-06}, transit: 12h",
    )
    assert (found.depart, found.arrive, found.transit) == (ANY_TIME, ANY_TIME, None)
    assert found.parts == (
        Part(60, transit=Transit(720), grounds=PAP),
        Part(40, transit=Transit(780), grounds=Grounds(("nyt",))),
    )


@pytest.mark.parametrize(
    "key", ["depart: {after: 2022-02-04}, transit: 12h", "arrive: {by: 2022-02-08}", "transit: 1h"]
)
def test_windows_instead_of_parts(key: str, tmp_path: Path) -> None:
    """Any of the three takes the place of the parts."""
    found = order(tmp_path, key, "parts: [{strength: 60, transit: 12h}, {strength: rest, transit: 13h}]")
    assert found.parts == ()
    assert PAP in (
        found.depart.grounds,
        found.arrive.grounds,
        NO_GROUNDS if not found.transit else found.transit.grounds,
    )


def test_parts_in_words(tmp_path: Path) -> None:
    """A number with a word before it, words with a number chosen for them, a plain number, and the rest."""
    found = order(
        tmp_path,
        "because: x",
        "parts: [{strength: about 20, transit: 1h}, {strength: {is: several dozen, post: 40, because: a third}, "
        "transit: 2h, sources: nyt}, {strength: 10, transit: 3h}, {strength: {is: up to 9, post: 5, sources: pap}, "
        "transit: 4h}, {strength: rest, transit: 5h}]",
    )
    assert found.parts == (
        Part(20, transit=Transit(60), grounds=CNN, reported=parse_quantity("about 20")),
        Part(
            40,
            transit=Transit(120),
            grounds=Grounds(("nyt",)),
            reported=parse_quantity("several dozen"),
            post_grounds=Grounds((), "a third"),
        ),
        Part(10, transit=Transit(180), grounds=CNN),
        Part(5, transit=Transit(240), grounds=CNN, reported=parse_quantity("up to 9"), post_grounds=PAP),
        Part(25, transit=Transit(300), grounds=CNN),
    )


def test_who_is_ordered_and_when(tmp_path: Path) -> None:
    """Any key may be given anew; the windows that stay rest on what they rested on."""
    found = order(tmp_path, "at: 2022-02-01, units: [b], to: unstated, refusal: expected", "arrive: {by: 2022-02-06}")
    assert (found.at, found.units, found.to, found.refusal_expected) == (8 * DAY, ("b",), "unstated", True)
    assert found.arrive == Window(None, 14 * DAY - 1, None, CNN)


MOVES = "arrive: {by: 2022-02-06}, transit: 12h"
PARTS = "parts: [{strength: 60, transit: 12h}, {strength: rest, transit: 13h}]"


@pytest.mark.parametrize(
    ("first", "changes", "expected"),
    [
        (MOVES, "action: alert", Order("go", 9 * DAY, Action.ALERT, ("a",))),
        (PARTS, "action: stand-down", Order("go", 9 * DAY, Action.STAND_DOWN, ("a",))),
        ("transit: 12h", "action: ' return '", Order("go", 9 * DAY, Action.RETURN, ("a",), transit=Transit(720, CNN))),
        ("transit: 12h", "action: return", Order("go", 9 * DAY, Action.RETURN, ("a",), transit=Transit(720, CNN))),
        (
            "transit: 12h",
            "action: return, parts: [{strength: rest, transit: 1h}]",
            Order("go", 9 * DAY, Action.RETURN, ("a",), parts=(Part(100, transit=Transit(60), grounds=PAP),)),
        ),
        (
            "transit: 12h",
            "action: deploy",
            Order("go", 9 * DAY, Action.DEPLOY, ("a",), "pl", transit=Transit(720, CNN)),
        ),
        ("transit: 12h", "action: cancel, cancels: on", Order("go", 9 * DAY, Action.CANCEL, ("a",), cancels="on")),
    ],
)
def test_another_action(first: str, changes: str, expected: Order, tmp_path: Path) -> None:
    """The keys that it does not take go with the old one; those that it takes, too, stay."""
    more = f"{first}}}\n  on: {{at: 2022-02-02, action: alert, units: a, because: x"
    assert order(tmp_path, changes, more) == evolve(expected, grounds=Grounds(("cnn", "pap")))


def test_a_cancel_that_becomes_an_order_of_its_own(tmp_path: Path) -> None:
    """What it cancels goes; whom it addresses has to be said where it was not."""
    text = (
        "orders:\n  on: {at: 2022-02-02, action: alert, units: [a, b], sources: cnn}\n"
        "  off: {at: 2022-02-03, action: cancel, cancels: on, sources: cnn}\n"
        "  later: {amends: off, action: standby, units: a, sources: pap}\n"
    )
    assert amended(tmp_path, UNITS + text) == Order(
        "off", 10 * DAY, Action.STANDBY, ("a",), grounds=Grounds(("cnn", "pap"))
    )


def test_a_whole_for_a_while(tmp_path: Path) -> None:
    """Two units may change places within one minute, and at different ones where neither is part of itself between."""
    text = (
        "units:\n"
        "  a: {troops: 100, place: us, part_of: b, sources: cnn}\n  b: {troops: 60, place: us, sources: cnn}\n"
        "  c: {troops: 10, place: us, sources: cnn}\n"
        "  a-later: {amends: a, part_of: c, sources: pap}\n  b-later: {amends: b, part_of: a, sources: nyt}\n"
    )
    now = loaded(tmp_path, text).in_force.units
    assert {id: each.part_of for id, each in now.items()} == {"a": "c", "b": "a", "c": None}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ("is: 90", Count(Selector(place=("us",)), exactly(90), 11 * DAY - 1)),
        ("at: 2022-02-04", Count(Selector(place=("us",)), exactly(100), 12 * DAY - 1)),
        ("count: {place: pl}, is: 7", Count(Selector(place=("pl",)), exactly(7), 36 * DAY - 1)),
        ("never: {side: RU}", Never(Selector(side=("RU",)))),
        ("separate: [{side: RU}, {place: us}]", Separate(Selector(side=("RU",)), Selector(place=("us",)))),
        ("closed: {place: us}", Closed(Selector(place=("us",)), 36 * DAY - 1)),
        ("noted: who knows", Noted("who knows")),
    ],
)
def test_another_test(changes: str, expected: object, tmp_path: Path) -> None:
    """A test drops all of the old one; a figure or a time alone replaces that of the same test."""
    found = claim(tmp_path, changes)
    assert found.test == expected
    assert (found.source, found.says) == ("cnn", "so")


def test_a_dispute(tmp_path: Path) -> None:
    """The claim stays its source's: the amendment's source says who disputes it."""
    found = claim(tmp_path, "disputed: It was a hundred more, says: otherwise, per: nyt, speaker: somebody")
    test = Count(Selector(place=("us",)), exactly(100), 11 * DAY - 1)
    assert found == Claim("c", "cnn", test, "otherwise", "nyt", "somebody", "It was a hundred more")


@pytest.mark.parametrize(
    ("changes", "disputed"),
    [
        ("is: 90", ""),
        ("at: 2022-02-04", ""),
        ("count: {place: us}, is: 100", ""),
        ("noted: who knows", ""),
        ("is: 90, disputed: It was ten more", "It was ten more"),
        ("says: otherwise", "It was a hundred more"),
    ],
)
def test_a_dispute_that_ends(changes: str, disputed: str, tmp_path: Path) -> None:
    """A dispute is of what was said: where a figure, a time or a test is given anew, it ends, or is to be given too."""
    text = "claims:\n  c: {source: cnn, count: {place: us}, is: 100, disputed: It was a hundred more}\n"
    found = loaded(tmp_path, f"{text}  c-later: {{amends: c, source: pap, {changes}}}\n")
    assert found.claims["c"].disputed == "It was a hundred more"
    assert found.in_force.claims["c"].disputed == disputed


def test_a_correction(tmp_path: Path) -> None:
    """A claim takes another back from the start, or by what amends it."""
    text = "claims:\n  c: {source: cnn, noted: x}\n  d: {source: pap, noted: y, corrects: c}\n"
    more = "  e: {source: cnn, noted: z}\n  e-later: {amends: e, source: abc, corrects: d}\n"
    found = loaded(tmp_path, text + more)
    assert found.claims["d"].corrects == "c"
    assert found.claims["e"].corrects is None
    assert found.in_force.claims["e"].corrects == "d"


def test_what_loads_has_a_log_that_reads(tmp_path: Path) -> None:
    """Each version of an entry names what there is, also one that no longer holds: such a log is sound."""
    text = (
        "units:\n  a: {troops: 100, place: us, sources: cnn}\n  b: {troops: 60, place: us, sources: cnn}\n"
        "  a-part: {amends: a, part_of: b, sources: pap}\n  b-part: {amends: b, part_of: a, sources: abc}\n"
        "  a-whole: {amends: a, part_of: c, sources: nyt}\n  c: {troops: 9, place: us, sources: cnn}\n"
        "orders:\n  go: {at: 2022-02-02, action: alert, units: [a], sources: cnn}\n"
        "  on: {at: 2022-02-02, action: alert, units: [b], sources: cnn}\n"
        "  off: {at: 2022-02-03, action: cancel, cancels: go, sources: cnn, refusal: expected}\n"
        "  off-2: {amends: off, cancels: on, sources: pap}\n  off-3: {amends: off, cancels: go, sources: abc}\n"
        "claims:\n  c: {source: cnn, noted: x}\n  d: {source: cnn, noted: y}\n  e: {source: cnn, noted: z}\n"
        "  e-2: {amends: e, source: pap, corrects: c}\n  e-3: {amends: e, source: abc, corrects: d}\n"
    )
    scenario = loaded(tmp_path, text)
    assert len(scenario.amendments) == 7
    check_consistency(Book.replay(simulate(scenario)))


def test_the_order_in_which_they_apply(tmp_path: Path) -> None:
    """By publication, those of one minute by id; each reads over those before it, and they may stand anywhere."""
    lines = (
        "  z-first: {amends: a, troops: 110, sources: [abc, pap]}\n",  # it applies as soon as one of them is out
        "  a-second: {amends: a, place: pl, sources: abc}\n",
        "  m-first: {amends: a, name: M, sources: nyt}\n",
        "  undated: {amends: b, troops: 61, sources: old}\n",
        "  a: {troops: 100, place: us, sources: cnn}\n",
        "  b: {troops: 60, place: us, because: a guess}\n",
    )
    expected = loaded(tmp_path, "units:\n" + "".join(lines))
    assert [amendment.id for amendment in expected.amendments] == ["undated", "m-first", "z-first", "a-second"]
    now = [amendment.entry for amendment in expected.amendments if amendment.entry.id == "a"]
    assert [_told(entry) for entry in now] == [
        ("M", 100, "us", ("cnn", "nyt")),
        ("M", 110, "us", ("abc", "pap")),
        ("M", 110, "pl", ("abc", "pap")),
    ]
    for shuffled in list(permutations(lines))[::97]:
        assert loaded(tmp_path, "units:\n" + "".join(shuffled)) == expected


def _told(entry: Unit | Order | Claim) -> tuple[str, int, str, tuple[str, ...]]:
    assert isinstance(entry, Unit)
    return entry.name, entry.strength, entry.place, entry.grounds.sources


def test_a_unit_and_the_order_that_moves_it_in_parts(tmp_path: Path) -> None:
    """Those of one minute apply together, in whatever order of ids; `rest` is what is left of the strength of then."""
    parts = "parts: [{strength: 30, transit: 12h}, {strength: rest, transit: 13h}]"
    text = (
        "units:\n  a: {troops: 100, place: us, sources: cnn}\n"
        "  z: {amends: a, troops: 120, sources: pap}\n  zz: {amends: a, troops: 90, sources: abc}\n"
        "orders:\n"
        f"  go: {{at: 2022-02-02, action: deploy, units: a, to: pl, sources: cnn, {parts}}}\n"
        f"  b: {{amends: go, sources: nyt, {parts}}}\n"
        f"  c: {{amends: go, sources: abc, {parts}}}\n"
    )
    found = loaded(tmp_path, text)
    assert [part.strength for part in found.orders["go"].parts] == [30, 70]
    strengths = {
        each.id: [part.strength for part in each.entry.parts]
        for each in found.amendments
        if isinstance(each.entry, Order)
    }
    assert strengths == {"b": [30, 90], "c": [30, 60]}


TABLES = {
    "units.csv": "id,amends,name,troops,place,sources,because\n"
    "a-3,a,Alpha,,,nyt;abc,\n"
    "a,,,100,us,cnn,\n"
    "a-2,a,,120,,pap,\n"
    "b,,,60,us,,a guess\n",
    "orders.csv": "id,amends,at,action,units,to,arrive_by,arrive_basis,transit,sources\n"
    "go-2,go,,,,,2022-02-07,observed,,pap\n"
    "go,,2022-02-02,deploy,a;b,pl,,,12h,cnn\n",
    "claims.csv": "id,amends,source,says,count_place,is,at,never_place,disputed,corrects\n"
    "c,,cnn,so,pl,100,2022-02-08,,,\n"
    "d,,pap,,,,,us,,c\n"
    "c-2,c,abc,,,110,,,it was more,\n",
}
IN_YAML = """\
units:
  a: {troops: 100, place: us, sources: cnn}
  a-2: {amends: a, troops: 120, sources: pap}
  a-3: {amends: a, name: Alpha, sources: [nyt, abc]}
  b: {troops: 60, place: us, because: a guess}
orders:
  go: {at: 2022-02-02, action: deploy, units: [a, b], to: pl, transit: 12h, sources: cnn}
  go-2: {amends: go, arrive: {by: 2022-02-07, basis: observed}, sources: pap}
claims:
  c: {source: cnn, says: so, count: {place: pl}, is: 100, at: 2022-02-08}
  c-2: {amends: c, source: abc, is: 110, disputed: it was more}
  d: {source: pap, never: {place: us}, corrects: c}
"""


def write_tables(folder: Path) -> str:
    for name, text in TABLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return "".join(f"{name.removesuffix('.csv')}: {name}\n" for name in TABLES)


def test_tables(tmp_path: Path) -> None:
    """In a table `amends` is a column, and an empty cell changes nothing: the same as in YAML."""
    assert loaded(tmp_path, write_tables(tmp_path)) == loaded(tmp_path, IN_YAML)


@pytest.mark.parametrize("at", [0, 249, 250, 600])
def test_a_large_table(at: int, tmp_path: Path) -> None:
    """Wherever in it the amendments stand, before or behind what they amend: it is read some rows at a time."""
    rows = [f"u{number},,{number + 1},us,cnn" for number in range(601)]
    changed = ["first,u0,1000,,pap", "middle,u250,1001,,pap", "last,u600,1002,,pap", "again,u250,,pl,abc"]
    rows[at:at] = changed
    (tmp_path / "units.csv").write_text("id,amends,troops,place,sources\n" + "\n".join(rows) + "\n", encoding="utf-8")
    found = loaded(tmp_path, "units: units.csv\n")
    assert len(found.units) == 601
    now = found.in_force.units
    assert [now[id].strength for id in ("u0", "u1", "u250", "u599", "u600")] == [1000, 2, 1001, 600, 1002]
    assert (now["u250"].place, found.units["u250"].place) == ("pl", "us")
    assert {amendment.id for amendment in found.amendments} == {"first", "middle", "last", "again"}


@pytest.mark.parametrize("of", ["units", "orders"])
def test_an_amendment_takes_no_look_at_all_units(of: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many units there are, each amendment more takes as many looks at what units are part of."""
    looks = 0
    found = object.__getattribute__

    def watched(unit: Unit, name: str) -> object:
        nonlocal looks
        looks += name == "part_of"
        return found(unit, name)

    def looks_of(units: int, amendments: int) -> int:
        nonlocal looks
        write_many(tmp_path, of, units, amendments)
        with monkeypatch.context() as patch:
            patch.setattr(Unit, "__getattribute__", watched)
            looks = 0
            assert len(load(tmp_path / "many.yaml").amendments) == amendments
        return looks

    few, many = (looks_of(units, 40) - looks_of(units, 10) for units in (100, 400))
    assert few == many


def write_many(folder: Path, of: str, units: int, amendments: int) -> None:
    """A scenario with that many amendments of units or orders, each at a minute of its own."""
    minutes = range(amendments)
    sources = "".join(f"  s{number}: {{outlet: S, published: 2022-01-24T00:{number:02}}}\n" for number in minutes)
    (folder / "many.yaml").write_text(HEAD.replace("places:", f"{sources}places:") + "units: u.csv\norders: o.csv\n")
    of_units = [f"x{number},u{number},7,,s{number}\n" for number in minutes if of == "units"]
    of_orders = [f"x{number},o{number},,,,,13h,s{number}\n" for number in minutes if of == "orders"]
    rows = [f"u{number},,5,us,old\n" for number in range(units)]
    (folder / "u.csv").write_text("id,amends,troops,place,sources\n" + "".join(rows + of_units))
    rows = [f"o{number},,2022-02-02,deploy,u{number},pl,12h,old\n" for number in range(40)]
    (folder / "o.csv").write_text("id,amends,at,action,units,to,transit,sources\n" + "".join(rows + of_orders))


def ids(amendments: Sequence[Amendment]) -> list[str]:
    return [amendment.id for amendment in amendments]


def test_an_id_may_stand_in_each_section(tmp_path: Path) -> None:
    """An amendment of a unit and one of an order may be called the same, and what is amended may be, too."""
    text = (
        "units:\n  a: {troops: 1, place: us, sources: cnn}\n  later: {amends: a, troops: 2, sources: pap}\n"
        "orders:\n  a: {at: 2022-02-02, action: alert, units: a, sources: cnn}\n"
        "  later: {amends: a, action: standby, sources: pap}\n"
    )
    found = loaded(tmp_path, text)
    assert ids(found.amendments) == ["later", "later"]
    assert (found.in_force.units["a"].strength, found.in_force.orders["a"].action) == (2, Action.STANDBY)
