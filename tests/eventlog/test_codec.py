"""Events as bytes and back, and what is refused of bytes that are no event."""

import json
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, composite

from sim.domain.event import (
    Cause,
    Event,
    LoadReady,
    LoadWaited,
    OrderIssued,
    OrderRefused,
    ReadinessChanged,
    RunClosed,
    UnitArrived,
    UnitClosed,
    UnitDeparted,
    UnitMustered,
)
from sim.domain.scenario import Scenario
from sim.domain.vocabulary import Basis, Readiness
from sim.engine import simulate
from sim.eventlog import Outcome, Record, open_log
from sim.eventlog.decoding import decode, decode_strictly
from sim.eventlog.encoding import encode
from sim.eventlog.form import PayloadError
from sim.eventlog.pattern import PATTERNS
from tests.eventlog.example import EXAMPLE, LIFTED_EXAMPLE, run_of
from tests.strategies import ids, lift_scenarios, scenarios

_EACH = [*EXAMPLE, *LIFTED_EXAMPLE]
each_event = pytest.mark.parametrize("event", _EACH, ids=[f"{at} {event.tag}" for at, event in enumerate(_EACH)])


def record_of(type_: str, payload: bytes, minute: int = 0) -> Record:
    return Record("", 0, minute, type_, payload, b"")


def again(event: Event) -> Event:
    """The event, written and read."""
    return decode(record_of(*encode(event), event.at))


minutes = st.integers(0, 10**7)
counts = st.integers(0, 2**63 - 1)
readinesses = st.sampled_from(Readiness)
bases = st.sampled_from(Basis)
reasons = st.text(st.characters(exclude_categories=["Cs"]))

events = st.one_of(
    st.builds(UnitMustered, minutes, ids, ids, readinesses, counts),
    st.builds(OrderIssued, minutes, ids, st.lists(ids).map(tuple)),
    st.builds(OrderRefused, minutes, ids, ids, reasons),
    st.builds(ReadinessChanged, minutes, ids, ids, counts, readinesses, readinesses, ids),
    st.builds(UnitDeparted, minutes, ids, counts, ids, ids, readinesses, bases, ids),
    st.builds(UnitArrived, minutes, ids, counts, ids, readinesses, bases, ids),
    st.builds(UnitClosed, minutes, ids, ids, ids),
    st.builds(LoadReady, minutes, ids, st.integers(1, 10**6), counts, ids, ids),
    st.builds(LoadWaited, minutes, ids, st.integers(1, 10**6), st.sampled_from(Cause), st.integers(1, 10**7), ids, ids),
    st.builds(RunClosed, minutes, counts),
)


@given(events)
def test_an_event_comes_back_as_it_went(event: Event) -> None:
    """Whatever happens in a run; and its payload is what a plain JSON encoder gives."""
    assert again(event) == event
    _, payload = encode(event)
    assert payload.decode() == json.dumps(json.loads(payload), ensure_ascii=False, separators=(",", ":"))


def outcome(read: Callable[[], Event]) -> Event | str:
    """What is read, or why it is refused."""
    try:
        return read()
    except PayloadError as error:
        return str(error)


def both_ways(type_: str, payload: bytes, minute: int = 0) -> Event | str:
    """What is read of a payload: the same, whether or not its pattern is tried first."""
    strictly = outcome(lambda: decode_strictly(minute, type_, payload))
    assert outcome(lambda: decode(record_of(type_, payload, minute))) == strictly
    return strictly


@given(events)
def test_what_is_written_is_read_at_a_glance(event: Event) -> None:
    """The seven types that runs are made of, up to strengths of 18 digits; and as the strict way reads them."""
    type_, payload = encode(event)
    assert both_ways(type_, payload, event.at) == event
    found = PATTERNS[type_](event.at, payload.decode()) if type_ in PATTERNS else None
    usual = getattr(event, "strength", 0) < 10**18
    assert found == (event if type_ in PATTERNS and usual else None)


def _reordered(draw: DrawFn, payload: bytes) -> bytes:
    plain = json.loads(payload)
    return json.dumps({key: plain[key] for key in draw(st.permutations(list(plain)))}, separators=(",", ":")).encode()


def _spaced(draw: DrawFn, payload: bytes) -> bytes:
    separators = draw(st.sampled_from([(", ", ":"), (",", ": "), (",\n", " :\t")]))
    return json.dumps(json.loads(payload), separators=separators).encode()


def _escaped(draw: DrawFn, payload: bytes) -> bytes:
    """One character of a text in its other form: the same text."""
    at = draw(st.sampled_from([at for at, code in enumerate(payload) if chr(code).isalnum()]))
    return payload[:at] + b"\\u%04x" % payload[at] + payload[at + 1 :]


def _damaged(draw: DrawFn, payload: bytes) -> bytes:
    """Some bytes taken out, and others put there."""
    at = draw(st.integers(0, len(payload)))
    return payload[:at] + draw(st.binary(max_size=3)) + payload[at + draw(st.integers(0, 3)) :]


@composite
def _otherwise_written(draw: DrawFn) -> tuple[str, bytes]:
    """A payload as other programs may write it, or as no program should, under any of the types."""
    type_, payload = encode(draw(events))
    for change in draw(st.lists(st.sampled_from([_reordered, _spaced, _escaped, _damaged, _damaged]), max_size=3)):
        with suppress(ValueError):  # what is no JSON any more cannot be written in another way
            payload = change(draw, payload)
    return draw(st.sampled_from([type_, type_, type_, *PATTERNS])), payload


@given(_otherwise_written())
def test_a_glance_refuses_and_reads_no_more(written: tuple[str, bytes]) -> None:
    """However a payload is written or damaged, the pattern of its type changes nothing of what is made of it."""
    both_ways(*written)


USUAL = {type_: payload for type_, payload in map(encode, _EACH) if type_ in PATTERNS}
NUMBERS = [
    "0",
    "00",
    "01",
    "-0",
    "-1",
    "1.0",
    "1e3",
    "9" * 18,
    "9" * 19,
    str(2**63 - 1),
    str(2**63),
    "\u0663",
    "\uff11",
]
TEXTS = [
    "",
    "a",
    "0",
    "a-",
    "-a",
    "A",
    "aB",
    "a_b",
    "a b",
    "a\n",
    "\xe9",
    "\u017f",
    "\u0663",
    "garrison",
    "observed",
    "deploye",
]
VALUES = [*NUMBERS, *(f'"{text}"' for text in TEXTS), "null", "true", "[]", "{}", ""]


@pytest.mark.parametrize("type_", PATTERNS)
def test_a_glance_at_other_values(type_: str) -> None:
    """Each value of the usual payloads replaced, each key twice, each byte changed, missing, or one too many."""
    payload = USUAL[type_]
    document = payload.decode()
    for value in re.finditer(r'(?<=":)("[^"]*"|\d+)', document):
        for other in VALUES:
            both_ways(type_, (document[: value.start()] + other + document[value.end() :]).encode())
    for at in range(len(payload) + 1):
        for character in ("", *'0aA-_ "\\{},:\n\0\xe9'):
            for rest in (payload[at:], payload[at + 1 :]):
                both_ways(type_, payload[:at] + character.encode("latin-1") + rest)
    for key in json.loads(payload):
        both_ways(type_, payload.replace(b"{", f'{{"{key}":"a",'.encode()))
        both_ways(type_, payload.replace(b"}", f',"{key}":"a"}}'.encode()))


@given(st.one_of(scenarios(), lift_scenarios()), st.integers())
def test_definitions_come_back_as_they_went(scenario: Scenario, seed: int) -> None:
    """Whatever a scenario says, and whatever the seed."""
    for event in run_of(scenario, seed=seed):
        assert again(event) == event


@given(st.one_of(scenarios(), lift_scenarios()), st.integers(0, 10))
def test_the_log_of_a_run_holds_the_run(scenario: Scenario, seed: int) -> None:
    """The events, and the scenario that made them, come back from the log, and running that verifies the log."""
    log = open_log("memory:")
    events = list(simulate(scenario, seed))
    log.record(iter(events))
    assert list(log.events()) == events
    rebuilt = log.book().scenario
    assert rebuilt == scenario
    assert log.record(simulate(rebuilt, seed)).outcome is Outcome.VERIFIED


@each_event
@pytest.mark.parametrize("value", [None, True, -1, 2**70, 1.5, "", "Not An Id", "\ud800", [], [7], {}, {"x": 1}])
def test_a_value_that_does_not_belong(event: Event, value: Any) -> None:
    """In place of any one value of an event, at any depth: it is refused, or the event says just what its data says."""
    type_, payload = encode(event)
    plain = json.loads(payload)
    for holder, key in _holes(plain):
        kept, holder[key] = holder[key], value
        document = json.dumps(plain)
        holder[key] = kept
        try:
            found = decode(record_of(type_, document.encode()))
        except PayloadError:
            continue
        assert _same_json(json.loads(encode(found)[1]), json.loads(document))


def _holes(plain: Any) -> list[tuple[Any, Any]]:
    """Every place in a JSON value where there is a value: what holds it, and under which key."""
    keys = list(plain) if isinstance(plain, dict) else list(range(len(plain))) if isinstance(plain, list) else []
    return [(plain, key) for key in keys] + [hole for key in keys for hole in _holes(plain[key])]


def _same_json(first: Any, second: Any) -> bool:
    """Equal, and true is not 1."""
    return json.dumps(first, sort_keys=True) == json.dumps(second, sort_keys=True)


@each_event
def test_a_key_too_few_or_too_many(event: Event) -> None:
    """What lacks any one key is refused unless the key may be missing; what has one more is refused."""
    type_, payload = encode(event)
    plain = json.loads(payload)
    with pytest.raises(PayloadError, match="nothing is known of"):
        decode(record_of(type_, json.dumps(plain | {"more": 1}).encode()))
    for key in plain:
        document = {other: value for other, value in plain.items() if other != key}
        try:
            found = decode(record_of(type_, json.dumps(document).encode()))
        except PayloadError:
            continue
        assert json.loads(encode(found)[1]) == document


NEWER = " is not known here: a newer version of this program wrote it"
CLOSED = "unit-closed.1"
UNIT = '{"id":"a","name":"A",%s"place":"p","origin":"p","readiness":"garrison","side":"US"}'

LIFT = (
    '{"id":"a","mode":"air","vehicles":1,"holds":%s,"speed":%s,"ground":0,"base":"b","detour":%s,"because":"a guess"}'
)
AMENDMENT = '{"id":"a-2","section":%s,"sources":%s,"entry":%s}'

REFUSED = {
    "an unknown type": ("unit-lost.1", "{}", "its type 'unit-lost.1'" + NEWER),
    "a later version": ("unit-closed.2", "{}", "its type 'unit-closed.2'" + NEWER),
    "no JSON": (CLOSED, "nil", "its data is not JSON: Expecting value: line 1 column 1 (char 0)"),
    "NaN": ("run-closed.1", '{"events":NaN}', "its data is not JSON: NaN is no number"),
    "Infinity": ("run-closed.1", '{"events":-Infinity}', "its data is not JSON: -Infinity is no number"),
    "more than JSON": (CLOSED, "{} ", "its data is not one JSON object"),
    "no object": (CLOSED, "[]", "its data is not one JSON object"),
    "a key twice": (CLOSED, '{"unit":"a","unit":"b"}', "its data is not JSON: a key stands twice in one object"),
    "a key too many": (
        CLOSED,
        '{"unit":"a","place":"b","order":"c","\u001b[2J":1}',
        "its data is not JSON: Invalid control character at: line 1 column 38 (char 37)",
    ),
    "a key to deceive the screen": (
        CLOSED,
        '{"unit":"a","place":"b","order":"c","\\u001b[2J":1}',
        "it has '\\x1b[2J', which nothing is known of",
    ),
    "a key missing": (CLOSED, '{"unit":"a","place":"b"}', "it lacks 'order'"),
    "a number for an id": (CLOSED, '{"unit":7,"place":"b","order":"c"}', "'unit' is 7, not an id"),
    "no id": (CLOSED, '{"unit":"É","place":"b","order":"c"}', "'unit' is '\\xc9', not an id"),
    "true for a number": ("run-closed.1", '{"events":true}', "'events' is True, not a whole number from 0 up"),
    "a fraction": ("run-closed.1", '{"events":1.0}', "'events' is 1.0, not a whole number from 0 up"),
    "a huge number": (
        "run-closed.1",
        '{"events":' + "9" * 4000 + "}",
        "'events' is a number of many digits, not a whole number from 0 up",
    ),
    "a long text": (
        "run-closed.1",
        '{"events":"' + "9" * 4000 + '"}',
        f"'events' is '{'9' * 36}..., not a whole number from 0 up",
    ),
    "an unknown word": (
        "unit-mustered.1",
        '{"unit":"a","place":"b","readiness":"asleep","strength":1}',
        "'readiness' is 'asleep', not one of garrison, standby, heightened-alert, in-transit, deployed",
    ),
    "half a character": (
        "order-refused.1",
        '{"order":"a","unit":"b","reason":"\\ud800"}',
        "'reason' holds half a surrogate pair, which is no character",
    ),
    "a unit of no kind": (
        "unit-defined.1",
        UNIT % "",
        "'data' is of 0 kinds of strength, not one",
    ),
    "a unit without a strength": (
        "unit-defined.1",
        UNIT % '"troops":{"wording":"over 1","low":2,"high":null,"nominal":null},',
        "'troops' has no strength to post",
    ),
    "a claim of two kinds": (
        "claim-stated.1",
        '{"id":"a","source":"b","noted":"why","never":{"kind":["troops"]}}',
        "its data says what no definition holds",
    ),
    "a claim of no kind": ("claim-stated.1", '{"id":"a","source":"b"}', "it lacks 'noted'"),
    "one selector of two": (
        "claim-stated.1",
        '{"id":"a","source":"b","separate":[{"kind":["troops"]}]}',
        "'separate' is [{'kind': ['troops']}], not a list of 2",
    ),
    "a move that never arrives": (
        "order-defined.1",
        '{"id":"a","at":0,"action":"deploy","to":"b"}',
        "its data is no whole definition: has neither arrive.by nor transit",
    ),
    "a lift that holds nothing": ("lift-defined.1", LIFT % ("{}", "1", "1"), "'holds' is empty"),
    "a lift with a way shorter than the shortest": (
        "lift-defined.1",
        LIFT % ('{"troops":1}', "1", "0.9"),
        "'detour' is 0.9, not a number from 1 up",
    ),
    "a speed below zero": (
        "lift-defined.1",
        LIFT % ('{"troops":1}', "-1", "1"),
        "'speed' is -1, not a number from 0 up",
    ),
    "a speed that is no number": (
        "lift-defined.1",
        LIFT % ('{"troops":1}', '"fast"', "1"),
        "'speed' is 'fast', not a number from 0 up",
    ),
    "a distribution that is none": (
        "lift-defined.1",
        LIFT % ('{"troops":1}', '{"poisson":[1]}', "1"),
        "'speed' is {'poisson': [1]}, not a number or one of uniform, triangular, normal, lognormal, empirical",
    ),
    "two distributions": (
        "lift-defined.1",
        LIFT % ('{"troops":1}', '{"uniform":[1,2],"normal":[1,2]}', "1"),
        "'speed' is {'uniform': [1, 2], 'normal': [1, 2]}, not a number or one of uniform, triangular, normal, "
        "lognormal, empirical",
    ),
    "a distribution of too many": (
        "lift-defined.1",
        LIFT % ('{"troops":1}', '{"uniform":[1,2,3]}', "1"),
        "'uniform' is [1, 2, 3], not a list of 2",
    ),
    "a distribution that falls": (
        "lift-defined.1",
        LIFT % ('{"troops":1}', '{"triangular":[1,3,2]}', "1"),
        "'speed' is no distribution: {'triangular': [1, 3, 2]}",
    ),
    "a distribution of nothing": (
        "lift-defined.1",
        LIFT % ('{"troops":1}', '{"empirical":[]}', "1"),
        "'speed' is no distribution: {'empirical': []}",
    ),
    "a distribution without deviation": (
        "lift-defined.1",
        LIFT % ('{"troops":1}', '{"normal":[1,0]}', "1"),
        "'speed' is no distribution: {'normal': [1, 0]}",
    ),
    "a log-normal distribution around nothing": (
        "lift-defined.1",
        LIFT % ('{"troops":1}', '{"lognormal":[0,1]}', "1"),
        "'speed' is no distribution: {'lognormal': [0, 1]}",
    ),
    "a port open at no time of day": (
        "port-defined.1",
        '{"id":"a","place":"b","spots":1,"open":[0,1440]}',
        "'open' is 1440, not a minute of a day",
    ),
    "a change of two": (
        "capacity-stated.1",
        '{"id":"1","at":0,"lift":"a","port":"b","vehicles":1}',
        "'data' has 'port', which nothing is known of",
    ),
    "a change of neither": ("capacity-stated.1", '{"id":"1","at":0,"spots":1}', "'data' lacks 'port'"),
    "a change that stands nowhere in its list": (
        "capacity-stated.1",
        '{"id":"a","at":0,"port":"b","spots":1}',
        "'id' is 'a', not the place of a change in its list",
    ),
    "lift for more than the way": (
        "order-defined.1",
        '{"id":"a","at":0,"action":"deploy","to":"c","lift":["x","x"],"route":["b","c"]}',
        "'data' has not one lift for each stretch of its route",
    ),
    "lift for no way": (
        "order-defined.1",
        '{"id":"a","at":0,"action":"deploy","to":"c","lift":[],"route":["b"]}',
        "'data' has not one lift for each stretch of its route",
    ),
    "a way without lift": (
        "order-defined.1",
        '{"id":"a","at":0,"action":"deploy","to":"c","transit":{"is":5},"route":["b","c"]}',
        "its data says what no definition holds",
    ),
    "a notice of part of a minute": (
        "order-defined.1",
        '{"id":"a","at":0,"action":"deploy","to":"c","lift":["x"],"route":["b","c"],"notice":1.5}',
        "'notice' is 1.5, not whole minutes",
    ),
    "a load without a number": (
        "load-ready.1",
        '{"unit":"a","load":0,"strength":1,"place":"b","order":"c"}',
        "'load' is 0, not a whole number from 1 up",
    ),
    "a wait of no time": (
        "load-waited.1",
        '{"unit":"a","load":1,"cause":"spot","minutes":0,"place":"b","order":"c"}',
        "'minutes' is 0, not a whole number from 1 up",
    ),
    "a wait for nothing known": (
        "load-waited.1",
        '{"unit":"a","load":1,"cause":"rain","minutes":1,"place":"b","order":"c"}',
        "'cause' is 'rain', not one of notice, vehicle, priority, spot, hours",
    ),
    "an amendment of no section": (
        "entry-amended.1",
        AMENDMENT % ('"places"', '["b"]', '{"id":"a","name":"A"}'),
        "'section' is 'places', not one of units, orders, claims",
    ),
    "an amendment of a section that is no text": (
        "entry-amended.1",
        AMENDMENT % ("[]", '["b"]', "{}"),
        "'section' is [], not one of units, orders, claims",
    ),
    "an amendment on nobody's word": (
        "entry-amended.1",
        AMENDMENT % ('"claims"', "[]", '{"id":"a","source":"b","noted":"why"}'),
        "'data' has no sources",
    ),
    "an amendment on somebody's word twice": (
        "entry-amended.1",
        AMENDMENT % ('"claims"', '["b","b"]', '{"id":"a","source":"b","noted":"why"}'),
        "'data' has sources that are not each there once, in byte order",
    ),
    "an amendment on words out of order": (
        "entry-amended.1",
        AMENDMENT % ('"claims"', '["c","b"]', '{"id":"a","source":"b","noted":"why"}'),
        "'data' has sources that are not each there once, in byte order",
    ),
    "an amendment that is no entry": (
        "entry-amended.1",
        AMENDMENT % ('"units"', '["b"]', "7"),
        "'entry' is 7, not an object",
    ),
    "an amendment that is no unit": (
        "entry-amended.1",
        AMENDMENT % ('"units"', '["b"]', '{"id":"a","source":"b","noted":"why"}'),
        "'entry' lacks 'name'",
    ),
    "an amended unit of no kind": (
        "entry-amended.1",
        AMENDMENT % ('"units"', '["b"]', UNIT % ""),
        "'entry' is of 0 kinds of strength, not one",
    ),
    "an amended claim of two kinds": (
        "entry-amended.1",
        AMENDMENT % ('"claims"', '["b"]', '{"id":"a","source":"b","noted":"why","never":{"kind":["troops"]}}'),
        "its data says what no definition holds",
    ),
    "an amended move that never arrives": (
        "entry-amended.1",
        AMENDMENT % ('"orders"', '["b"]', '{"id":"a","at":0,"action":"deploy","to":"b"}'),
        "its data is no whole definition: has neither arrive.by nor transit",
    ),
    "an amended move that arrives before it leaves": (
        "entry-amended.1",
        AMENDMENT % ('"orders"', '["b"]', '{"id":"a","at":9,"action":"deploy","to":"b","arrive":{"by":9}}'),
        "its data is no whole definition: arrives no later than it leaves",
    ),
    "an amendment with more to it": (
        "entry-amended.1",
        '{"id":"a-2","section":"units","sources":["b"],"entry":{},"because":"x"}',
        "'data' has 'because', which nothing is known of",
    ),
    "a part in words that are none": (
        "order-defined.1",
        '{"id":"a","at":0,"action":"deploy","to":"b","parts":[{"strength":1,"reported":"some","transit":{"is":1}}]}',
        "'reported' is 'some', not an object",
    ),
    "off the globe": (
        "place-named.1",
        '{"id":"a","name":"A","lat":91,"lon":0}',
        "'lat' is 91, not a number of degrees from -90 to 90",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_and_why(name: str) -> None:
    """In one line that says which value, what it is and what it should be, in characters that every screen shows."""
    type_, payload, message = REFUSED[name]
    with pytest.raises(PayloadError) as caught:
        decode(record_of(type_, payload.encode()))
    assert str(caught.value) == message


def _opening(**changes: object) -> Record:
    type_, payload = encode(EXAMPLE[0])
    return record_of(type_, json.dumps(json.loads(payload) | changes).encode())


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"start": "2022-01-24"}, "'start': '2022-01-24Z' is not a date"),
        ({"start": "2022-01-24 05:00Z"}, "'start' is '2022-01-24 05:00Z', not a time such as 2022-01-24T05:00Z"),
        ({"timezone": "Mars/Olympus"}, "'timezone': 'Mars/Olympus' is not a time zone such as Europe/Warsaw"),
        ({"about": "ten"}, "'about': 'ten' is not a percentage such as 10%"),
        ({"about": "10.0%"}, "'about' is '10.0%', not a percentage such as 10%"),
        ({"seed": "1"}, "'seed' is '1', not a whole number"),
        ({"end": 10**12}, "'end' is 1000000000000, not a minute that the calendar has"),
    ],
)
def test_an_opening_that_is_refused(changes: dict[str, object], message: str) -> None:
    """Times, zones and shares have one way to be written."""
    with pytest.raises(PayloadError) as caught:
        decode(_opening(**changes))
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("payload", [b'{"events":\xff}', b"[" * 1_000_000, b'{"a":' * 1_000_000])
def test_bytes_meant_to_do_harm(payload: bytes) -> None:
    """What is not UTF-8, or nested without end, is one error."""
    with pytest.raises(PayloadError, match=r"its data is (not JSON|nested too deeply)"):
        decode(record_of("run-closed.1", payload))


def test_a_number_too_long_to_read() -> None:
    """Python itself refuses to read more than some thousands of digits."""
    with pytest.raises(PayloadError, match="its data is not JSON: Exceeds the limit"):
        decode(record_of("run-closed.1", b'{"events":%b}' % (b"9" * 10_000)))
