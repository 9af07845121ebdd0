"""The schema for editors: it takes whatever loads, and refuses what it can see is wrong, where it is wrong."""

import json
from collections.abc import Iterator
from copy import deepcopy
from functools import reduce
from operator import getitem
from pathlib import Path as File
from string import Formatter
from typing import Any, get_args

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from jsonschema import Draft7Validator

from docs.schema import published, schema
from docs.values import VALUES
from sim.domain.scenario import Scenario
from sim.errors import LoadError
from sim.loader import dump, load
from sim.loader.shape import Value
from tests.docs.editor import Path, read
from tests.docs.refusals import places_of, told
from tests.strategies import lift_scenarios, scenarios

ROOT = File(__file__).parents[2]
BAD = ROOT / "tests" / "bad"
SCHEMA = ROOT / "docs" / "reference" / "scenario-format-1.schema.json"
SCENARIOS = sorted(ROOT.glob("scenarios/*.yaml"))

VALIDATOR = Draft7Validator(schema())

WHOLE = """\
format: {format}
title: {text}
start: {instant}
end: {time}
timezone: {zone}
about: {share}
snapshots: {moment}
sources:
  a: &source
    outlet: A
    published: {publication}
    url: {address}
  '007': *source
  '1e3': *source
  'true': *source
places:
  a:
    lat: {latitude}
    lon: {longitude}
  b:
    within: {defined place}
  c:
    lat: 2
    lon: 2
lift:
  a:
    mode: {mode}
    vehicles: {count}
    seats: {some}
    loads_of:
      vehicles:
        uniform: [{some}, 99]
    tons: {above 0}
    speed_kt:
      triangular: [400, 450, 460]
    ground_hours: {hours}
    hours_per_day: {hours a day}
    base: a
    detour: {detour}
    sources: [a]
  b:
    mode: road
    vehicles: 3
    loads_of:
      troops: 100
    tons:
      lognormal: [60, {above 0}]
    speed_kmh:
      normal: [60, 5]
    ground_hours:
      empirical: [1, {hours}, 3h]
    base: c
    because: A guess.
ports:
  a:
    place: c
    spots: {count}
    ground_hours: 2h
    open: {opening hours}
    sources: [a]
capacity:
  - at: D+1
    port: {port}
    spots: 4
    sources: [a]
  - at: D+2
    lift: {lift}
    vehicles:
      uniform: [{count}, 9]
    because: A guess.
units:
  a:
    troops: {strength}
    place: {place}
    readiness: {first readiness}
    symbol: {symbol}
    sources: {source}
  b:
    troops:
      is: {quantity}
      post: {number}
      because: A guess.
    place: a
    part_of: {unit}
    because: A guess.
  c:
    amends: b
    side: A
    sources: [a]
orders:
  a:
    at: D+1
    action: {action}
    units: [b]
    refusal: {refusal}
    sources: [a]
  b:
    at: D+1
    action: deploy
    units: [b]
    to: unstated
    parts:
      - strength: {part}
        depart:
          basis: {basis}
        transit: {duration}
      - strength:
          is: {quantity or rest}
        transit: 1h
    sources: [a]
  e:
    at: D+1
    action: deploy
    units: [b]
    to: c
    lift: b
    route: [a, c]
    notice: {delay}
    priority: {priority}
    load:
      troops: 2
      tons: 1
    sources: [a]
  c:
    at: D+2
    action: cancel
    cancels: {order}
    because: A guess.
  d:
    amends: b
    to: a
    sources: [a]
claims:
  a:
    source: a
    count:
      readiness: {readiness}
      kind: {kind}
    is: 1 to 999
    at: {moment or always}
  b:
    corrects: {claim}
    source: a
    separate:
      - {{}}
      - country: NO
  c:
    source: a
    closed: {{}}
    by: end
  d:
    amends: c
    source: a
    by: D+3
"""
"""A scenario with every value in it, but for those that do not go with the others."""

HERE: dict[str, str] = {
    **{"text": "A", "format": "1", "zone": "UTC", "address": "http://a", "symbol": "'10031000181211000001'"},
    **{"quantity": "1 to 999999999999", "quantity or rest": "rest", "strength": "5", "part": "3", "number": "5"},
    **{"share": "10%", "latitude": "1", "longitude": "1"},
    **{"instant": "2022-01-24", "time": "2022-02-28", "moment": "end", "moment or always": "end"},
    **{"publication": "2022-02", "duration": "1h"},
    **{"action": "standby", "basis": "observed", "readiness": "deployed", "first readiness": "garrison"},
    **{"kind": "troops", "refusal": "expected", "mode": "air", "lift": "a", "port": "a"},
    **{"count": "9", "some": "9", "above 0": "0.5", "hours": "2", "delay": "2d", "hours a day": "8"},
    **{"opening hours": "06:00-22:00", "detour": "1.5", "priority": "-3"},
    **{"source": "a", "place": "a", "defined place": "a", "unit": "a", "order": "a", "claim": "a"},
}

TEXTS = (
    *("2022", "2022-02", "2022-02-30", "2022-02-03", "2022-02-03T08:00", "2022-02-03 8:00", "2022-02-03t08:00:00z"),
    *("2022-02-03T08:00+01:00", "2022-02-03T08:00-1400", "2022-02-03T24:00", "D+3", "D+ 3", "start", "end", "always"),
    *("12h", "1d 12h", "12h1d", "0m", "90m", "1d2h3m", "100000d"),
    *(
        "0",
        "1",
        "2",
        "007",
        "-1",
        "+5",
        "1e3",
        "1.5",
        "1,700",
        "17,00",
        "999999999999",
        "9999999999999",
        "0x10",
        "1_000",
    ),
    *("about 5", "about5", "~ 5", "at  least 1", "up to 5", "nearly 5", "more than 0", "less than 0", "exactly 5"),
    *("a few dozen", "several  thousand", "dozens", "5 to 7", "5\u20137", "7-5", "rest", "five"),
    *("10%", "12.5 %", "010%", "110%", "UTC", "Europe/Warsaw", "http://a/?b=c", "https://a b", "ftp://a"),
    *("0" * 20, "1" * 30, "1" * 21, "90", "-90.5", "180", "-180.0", "35.", ".5", ".inf", ".nan"),
    *("06:00-22:00", "06:00 - 24:00", "24:00-06:00", "6:00-22:00", "2.25", "1.3", "24", "25", "0h", "-3", "1,000.5"),
    *("a", "b", "unstated", "a_b", "no", "true", "false", "null", "~", "x", "x.csv"),
    *(word for written in VALUES.values() for word in written.schema.get("enum", ()) if isinstance(word, str)),
)
"""What may be written for a value, and be one or not."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> File:
    return tmp_path_factory.mktemp("scenarios")


def test_the_published_schema_is_the_generated_one() -> None:
    """What editors read is what `make docs` makes."""
    assert SCHEMA.read_text(encoding="utf-8") == published()


def test_the_schema_is_one() -> None:
    """It is valid by the schema of schemas."""
    Draft7Validator.check_schema(schema())


def test_nothing_stands_beside_a_reference() -> None:
    """Draft 7 has readers ignore it."""
    assert [found for found in _inside(schema()) if "$ref" in found and len(found) > 1] == []


def test_patterns_mean_the_same_to_every_reader() -> None:
    """Whole values are matched, and without classes of characters that are wider in one language than in another."""
    patterns = [found["pattern"] for found in _inside(schema()) if isinstance(found.get("pattern"), str)]
    assert {pattern for pattern in patterns if not pattern.startswith("^") or not pattern.endswith("$")} == {r"\S"}
    assert [
        pattern for pattern in patterns if any(wide in pattern for wide in (r"\d", r"\w", r"\b", "(?i", "(?P"))
    ] == []


def test_every_value_is_written_somehow() -> None:
    """The loader's shapes name no value that the schema does not know, and the other way round."""
    assert set(VALUES) == set(get_args(Value))


def test_examples_are_what_they_show() -> None:
    """A value that an editor proposes is one that it takes."""
    proposed = [(found, value) for found in _inside(schema()) for value in found.get("examples", ())]
    assert len(proposed) > 10
    assert [value for found, value in proposed if not Draft7Validator(found).is_valid(value)] == []


def _inside(tree: Any) -> Iterator[dict[str, Any]]:
    if isinstance(tree, dict):
        yield tree
    for each in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from _inside(each)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_scenarios_are_valid(path: File) -> None:
    """As an editor reads them, and with every scalar as text."""
    text = path.read_text(encoding="utf-8")
    assert _refused(read(text).value) == []
    assert _refused(read(text, guessing=False).value) == []


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_scenarios_say_where_the_schema_is(path: File) -> None:
    """The first line leads editors to it, from where the scenario is."""
    first, _ = path.read_text(encoding="utf-8").split("\n", 1)
    key, where = first.split("=")
    assert key == "# yaml-language-server: $schema"
    assert (path.parent / where).resolve() == SCHEMA


# What loads is valid.


@given(st.one_of(scenarios(), lift_scenarios()))
def test_what_is_dumped_is_valid(scenario: Scenario) -> None:
    """Whatever can be said in the format."""
    text = dump(scenario)
    assert _refused(read(text).value) == []
    assert _refused(read(text, guessing=False).value) == []


def test_the_whole_format_is_valid(folder: File) -> None:
    """The scenario that the next two tests change has every value in it, and loads."""
    named = {name for _, name, _, _ in Formatter().parse(WHOLE) if name}
    assert named == set(VALUES) == set(HERE)
    assert _loads(folder, WHOLE.format_map(HERE))


@pytest.mark.parametrize("value", VALUES)
def test_a_text_that_loads_is_valid(folder: File, value: Value) -> None:
    """Whatever stands for a value, as it is, and in quotes, in another case of letters and with blanks around it."""
    schema = Draft7Validator(VALUES[value].schema)
    refused = []
    for text in TEXTS:
        # Blanks in the quotes around a word of a closed set do load, and are refused all the same.
        quoted = text if "enum" in VALUES[value].schema else json.dumps(f" {text.swapcase()}\t", ensure_ascii=False)
        for written in (text, quoted):
            if not (schema.is_valid(read(written).value) and schema.is_valid(read(written, guessing=False).value)):
                refused.append(written)
    assert schema.is_valid(read(HERE[value]).value)
    assert [written for written in refused if _loads(folder, WHOLE.format_map(HERE | {value: written}))] == []


def test_what_loads_after_any_one_change_is_valid(folder: File) -> None:
    """Whatever one value of it is taken out, emptied, put in a list or taken out of one."""
    whole = _whole()
    loading = 0
    for path in _paths(whole):
        for change in (_drop, _empty, _null, _list, _group, _unwrap):
            tree = deepcopy(whole)
            change(_at(tree, path[:-1]), path[-1])
            if _loads(folder, json.dumps(tree)):
                assert _refused(tree) == []
                loading += 1
    assert loading > 50


@given(st.data())
def test_what_loads_after_moves_is_valid(folder: File, data: DataObject) -> None:
    """Whatever is copied to where, in place of what is there or beside it."""
    tree = _whole()
    paths = list(_paths(tree))
    for _ in range(data.draw(st.integers(1, 3))):
        path, other = data.draw(st.sampled_from(paths)), data.draw(st.sampled_from(paths))
        _at(tree, path[:-1])[path[-1]] = deepcopy(_at(tree, other))
        paths = list(_paths(tree))
    if _loads(folder, json.dumps(tree)):
        assert _refused(tree) == []


def _whole() -> Any:
    return yaml.load(WHOLE.format_map(HERE), yaml.BaseLoader)


def _paths(tree: Any, path: Path = ()) -> Iterator[Path]:
    """Where each value stands, but for the whole."""
    for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ():
        yield (*path, key)
        yield from _paths(value, (*path, key))


def _at(tree: Any, path: Path) -> Any:
    return reduce(getitem, path, tree)


def _drop(holder: Any, key: str | int) -> None:
    del holder[key]


def _empty(holder: Any, key: str | int) -> None:
    holder[key] = type(holder[key])()


def _null(holder: Any, key: str | int) -> None:
    holder[key] = None


def _list(holder: Any, key: str | int) -> None:
    holder[key] = [holder[key]]


def _group(holder: Any, key: str | int) -> None:
    holder[key] = {}


def _unwrap(holder: Any, key: str | int) -> None:
    """Leave the first of several."""
    for value in list(holder[key].values() if isinstance(holder[key], dict) else holder[key])[:1]:
        holder[key] = value


# What it refuses is wrong there; what else is wrong, it cannot see.

NOT_COMPARED = {
    *("circular-alias", "control-character", "empty", "key-not-text", "key-not-text-alias", "many-documents"),
    *("not-utf8", "not-yaml", "not-yaml-colon", "not-yaml-tab", "too-deep", "too-many-nodes", "undefined-alias"),
    "more",
}
"""Bad files of which an editor, or the loader, reads nothing; and one with more wrong in it than the loader tells."""

UNSEEN = {
    "what refers to what": """
        amends-amendment:10 cancels-itself:13 circle:6 circle:10 circle:14 circle-corrects:8 needs-units:13
        not-in-cancelled:14 parts-of-a-whole:12 unknown-reference:10 unknown-reference:11 unknown-reference:13
        unknown-reference-amendment:9 unknown-reference-amendment:10 unknown-reference-amendment:13
        unknown-reference-amendment:14 unknown-reference-superseded:12 unknown-reference-superseded:18
        unknown-reference-superseded:19 unknown-reference-superseded:24 circle-amended:10 circle-amended:12
        not-in-cancelled-amended:10 circle-between-amendments:19 circle-between-amendments:24
        parts-of-a-whole-amended:13 parts-of-a-whole-amended:19 unknown-key-amended:22 unknown-key-amended:24
        unknown-key-relays:6 unknown-reference-inside:6 unknown-reference-inside:10 unknown-reference-inside:12
        unknown-reference-lift:8 unknown-reference-lift:9 unknown-reference-lift:11 unknown-reference-lift:12
        unknown-reference-lift:15 unknown-reference-lift-ends:11 unknown-reference-lift-ends:13
        ports-at-one-place:9 no-coordinates:8 no-coordinates:12 no-coordinates:13 needs-route:11 needs-route:12
        needs-route:13 wrong-route:19 wrong-route-default:18 wrong-route-short:18 stands-still:18 ends-elsewhere:18
        not-held:17 load-of-another:18 unit-not-held:15 unit-not-loaded:12""",
    "how an entry reads that another amends": """
        amended-badly:9 amended-badly:12 amended-badly:13 amends-kind:10 amends-kind:11 unit-in-parts:9""",
    "which times there are, and how they fit": """
        amends-earlier:9 amends-earlier:12 arrives-too-early:15 backwards-window:14 bad-time:10
        bad-time-clocks:10 bad-time-clocks:11 corrects-later:9 bad-zone:5 end-before-start:4
        end-before-start-table:4 long-transit:14 outside-period:5 outside-period:11 outside-period-capacity:10
        time-too-far:4 time-too-far:6 time-too-far-start:3""",
    "how figures fit": """
        bad-quantity-impossible:12 bad-quantity-impossible:16 bad-quantity-impossible:20 empty-part:16 empty-strength:9
        no-rest:16 parts-do-not-add-up:14 parts-do-not-add-up-amended:15 post-outside:9 post-outside:12
        bad-figure-too-long:8 bad-figure-too-long:10 bad-figure-too-long:13
        falling-figures:10 falling-figures:11 no-deviation:10 no-deviation:13 wrong-parameters:10 wrong-parameters:11
        wrong-parameters:12 load-too-large:18 too-many-loads:13 too-many-loads-amended:11
        too-many-loads-amended:13""",
    "how a number was written": """
        bad-degrees:7 bad-degrees:8 bad-figure:8 bad-figure:12 bad-figure-once:8 bad-figure-once:9
        bad-figure-too-large:8 bad-figure-too-large:9 bad-figure-too-large:12 bad-number:9 bad-number:13
        bad-symbol:11""",
    "which values of a list differ": """
        changed-twice:15 changed-twice:16 changed-twice:17 kinds-added:11 parts-of-many:12 two-rests:17""",
    "what a text is made of": "bad-text:2 bad-text:5 text-too-long:2",
    "keys that stand twice, and tags": "duplicate-key:7 tag:4 tag:5",
    "files": "no-file:5 not-a-file:5 outside-folder:5 unreadable:5",
}
"""The places in bad files where the loader finds something wrong that the schema cannot see."""

BAD_FILES = sorted(path.stem for path in BAD.glob("*.yaml") if path.stem not in NOT_COMPARED)


@pytest.mark.parametrize("name", BAD_FILES)
def test_what_is_wrong_is_refused_where_it_is(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each refusal is where the loader finds something wrong, and what it finds elsewhere is known to be unseen."""
    monkeypatch.chdir(BAD)
    with pytest.raises(LoadError) as caught:
        load(f"{name}.yaml")
    places = [finding.location for finding in caught.value.findings if finding.location is not None]
    wrong = {(place.line, place.column) for place in places if place.file == f"{name}.yaml"}
    page = read((BAD / f"{name}.yaml").read_text(encoding="utf-8"))
    refusals = [places_of(error, page) for error in told(VALIDATOR.iter_errors(page.value))]
    assert [refusal for refusal in refusals if not refusal & wrong] == []
    unseen = {f"{name}:{line}" for line, column in wrong if not any((line, column) in refusal for refusal in refusals)}
    assert unseen == {place for places in UNSEEN.values() for place in places.split() if place.split(":")[0] == name}


@pytest.mark.parametrize(
    ("section", "entry", "refusal"),
    [
        ("units", "{troops: {is: nearly 5}, place: a, because: b}", "'post' is a required property"),
        (
            "orders",
            "{amends: o, parts: [{strength: {is: nearly 5}, transit: 1h}], sources: a}",
            "'post' is a required property",
        ),
        ("orders", "{amends: o, parts: [{strength: 5}], sources: a}", "'transit' is a required property"),
        ("orders", "{amends: o, action: alert, to: a, sources: a}", "False schema does not allow 'a'"),
        ("claims", "{source: a, count: {}}", "'is' is a required property"),
        ("claims", "{source: a, separate: [{}, {}, {}]}", "[{}, {}, {}] is too long"),
    ],
)
def test_one_thing_wrong_is_one_refusal(section: str, entry: str, refusal: str) -> None:
    """Where bad files have other things wrong in the same place, or nothing at all."""
    text = f"{{format: 1, title: A, start: 2022-01-24, end: 2022-02-28, {section}: {{x: {entry}}}}}"
    assert [error.message for error in VALIDATOR.iter_errors(read(text).value)] == [refusal]


def test_what_is_unseen_is_of_bad_files() -> None:
    """No file is left in the list that is not there."""
    assert {place.split(":")[0] for places in UNSEEN.values() for place in places.split()} <= set(BAD_FILES)
    assert all((BAD / f"{name}.yaml").exists() for name in NOT_COMPARED)


def _loads(folder: File, text: str) -> bool:
    path = folder / "x.yaml"
    path.write_text(text, encoding="utf-8", newline="")
    try:
        load(path)
    except LoadError:
        return False
    return True


def _refused(tree: Any) -> list[str]:
    return [f"{list(error.absolute_path)}: {error.message}" for error in VALIDATOR.iter_errors(tree)]
