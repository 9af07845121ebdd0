"""Redefinitions: what two scenarios do not say alike, definition by definition and key by key."""

from collections.abc import Iterable
from datetime import UTC, datetime
from fractions import Fraction

from attrs import evolve
from hypothesis import given, settings

from sim.domain.amendment import Amendment
from sim.domain.calendar import Calendar
from sim.domain.claim import Claim, Count, Selector
from sim.domain.event import SourceCited
from sim.domain.lift import Change, Hours, Lift, Mode, Port
from sim.domain.order import ANY_TIME, Window
from sim.domain.quantity import exactly
from sim.domain.scenario import Scenario
from sim.domain.source import Source
from sim.domain.variate import Fixed, Uniform
from sim.domain.vocabulary import Kind
from sim.engine import simulate
from sim.ledger import Book
from sim.posture.redefinition import Fate, Redefinition, redefinitions
from tests.story import PLACES, SOURCES, alert, cited, claim, deploy, scenario, unit
from tests.strategies import any_scenarios, lift_scenarios

DAY = 1440


def _redefined(one: Scenario, other: Scenario) -> tuple[Redefinition, ...]:
    return redefinitions(Book.replay(simulate(one)), Book.replay(simulate(other)))


def _at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2022, 1, day, hour, minute, tzinfo=UTC)


def test_what_was_added_removed_and_changed() -> None:
    """By section and id: all of what only one has, and of what both have the keys that differ."""
    one = scenario([unit("a"), unit("b")], [alert("up", 60, "a"), deploy("go", 60, "a")])
    other = scenario(
        [unit("a", "about 70", grounds=cited("pap")), unit("c", place="de")],
        [alert("up", 61, "a"), deploy("go", 60, "a", arrive=DAY, transit=None)],
        places=(*PLACES[:-1], evolve(PLACES[-1], country=None, lat=1.5, lon=2.0)),
    )
    c = {"name": "c", "troops": _plain(100, "100"), "place": "de", "origin": "de", "readiness": "garrison"}
    b = {"name": "b", "troops": _plain(100, "100"), "place": "home", "origin": "home", "readiness": "garrison"}
    because = {"side": "US", "because": "a guess"}
    assert _redefined(one, other) == (
        Redefinition("places", "de", Fate.CHANGED, "country", "DE", None),
        Redefinition("places", "de", Fate.CHANGED, "lat", None, 1.5),
        Redefinition("places", "de", Fate.CHANGED, "lon", None, 2.0),
        Redefinition("units", "a", Fate.CHANGED, "troops", _plain(100, "100"), _plain(70, "about 70", 63, 77)),
        Redefinition("units", "a", Fate.CHANGED, "because", "a guess", None),
        Redefinition("units", "a", Fate.CHANGED, "sources", None, ["pap"]),
        Redefinition("units", "b", Fate.REMOVED, "", b | because, None),
        Redefinition("units", "c", Fate.ADDED, "", None, c | because),
        Redefinition("orders", "go", Fate.CHANGED, "transit", {"is": "1h"}, None),
        Redefinition("orders", "go", Fate.CHANGED, "arrive", None, {"by": _at(25)}),
        Redefinition("orders", "up", Fate.CHANGED, "at", _at(24, 1), _at(24, 1, 1)),
    )


def _plain(nominal: int, wording: str, low: int | None = None, high: int | None = None) -> dict[str, object]:
    return {"wording": wording, "low": low or nominal, "high": high or nominal, "nominal": nominal}


def test_keys_inside_keys() -> None:
    """Only what differs is told, under both names; a window or a selector that only one has is told whole."""
    one, other = (
        scenario(
            [unit("a")],
            [evolve(deploy("go", 60, "a", transit=90), depart=depart, arrive=arrive)],
            [claim(Count(Selector(units=("a",), place=(place,)), exactly(100), 60))],
        )
        for place, depart, arrive in (
            ("de", Window(after=60, by=90, grounds=cited("abc")), ANY_TIME),
            ("pl", Window(after=70, grounds=cited("abc")), Window(after=80)),
        )
    )
    assert [(each.key, each.before, each.after) for each in _redefined(one, other)] == [
        ("depart_after", _at(24, 1), _at(24, 1, 10)),
        ("depart_by", _at(24, 1, 30), None),
        ("arrive", None, {"after": _at(24, 1, 20)}),
        ("count_place", ["de"], ["pl"]),
    ]


def test_the_whole() -> None:
    """The period, the clocks, the columns, and how the run was made."""
    one = scenario([unit("a")])
    other = evolve(
        one,
        title="Another",
        calendar=Calendar(datetime(2022, 1, 25, tzinfo=UTC), "Europe/Warsaw"),
        end=DAY,
        about=Fraction(1, 5),
        snapshots=(60, DAY),
    )
    first = Book.replay(simulate(one))
    second = Book.replay(simulate(other, seed=7))
    assert [(each.section, each.id, each.key, each.before, each.after) for each in redefinitions(first, second)] == [
        ("scenario", "", "title", "A story", "Another"),
        ("scenario", "", "start", _at(24), _at(25)),
        ("scenario", "", "end", _at(30, 22, 40), _at(26)),
        ("scenario", "", "timezone", "UTC", "Europe/Warsaw"),
        ("scenario", "", "about", "10%", "20%"),
        ("scenario", "", "snapshots", [_at(30, 22, 40)], [_at(25, 1), _at(26)]),
        ("scenario", "", "seed", 0, 7),
    ]


def test_times_are_compared_as_such() -> None:
    """A scenario that starts a day earlier says the same where its orders are given at the same time."""
    one = scenario([unit("a")], [alert("up", DAY, "a")], sources=[Source("abc", "ABC", published=DAY)])
    earlier = evolve(
        scenario([unit("a")], [alert("up", 2 * DAY, "a")], sources=[Source("abc", "ABC", published=2 * DAY)]),
        calendar=Calendar(datetime(2022, 1, 23, tzinfo=UTC)),
        end=one.end + DAY,
        snapshots=(one.end + DAY,),
    )
    assert [(each.section, each.key) for each in _redefined(one, earlier)] == [("scenario", "start")]


def test_claims_about_the_end() -> None:
    """Where a scenario ends later, claims about its end, which is the default, are not taken to have been changed."""

    def claims(at: int, later: int) -> list[Claim]:
        asked = Selector(units=("a",))
        return [Claim(name, "abc", Count(asked, exactly(100), when)) for name, when in (("end", at), ("fixed", later))]

    one = scenario([unit("a")], claims=claims(DAY, 60), end=DAY)
    other = evolve(scenario([unit("a")], claims=claims(2 * DAY, DAY), end=2 * DAY), snapshots=one.snapshots)
    assert [(each.section, each.id, each.key, each.before, each.after) for each in _redefined(one, other)] == [
        ("scenario", "", "end", _at(25), _at(26)),
        ("claims", "fixed", "at", _at(24, 1), _at(25)),
    ]


def test_what_was_reported_first_and_what_was_made_of_it() -> None:
    """Both are told, also where later sources make the same of what was reported differently."""

    def amended(first: str, later: str, source: str = "pap") -> Scenario:
        of = Amendment("fewer", (source,), unit("a", later))
        return evolve(scenario([unit("a", first)]), amendments=(of,))

    one = amended("100", "90")
    assert _redefined(one, amended("80", "90")) == (
        Redefinition("units", "a", Fate.CHANGED, "troops", _plain(100, "100"), _plain(80, "80")),
    )
    assert _redefined(one, amended("100", "70", "abc")) == (
        Redefinition("units", "fewer", Fate.CHANGED, "amended_by", ["pap"], ["abc"]),
        Redefinition("units", "fewer", Fate.CHANGED, "troops", _plain(90, "90"), _plain(70, "70")),
    )
    (added,) = _redefined(scenario([unit("a", "100")]), one)
    assert (added.section, added.id, added.fate) == ("units", "fewer", Fate.ADDED)
    assert (added.after["amends"], added.after["amended_by"]) == ("a", ["pap"])


def test_lift_ports_and_capacity() -> None:
    """A change of capacity is known by what it is of and when, however many there are before it."""
    trucks = Lift("trucks", Mode.ROAD, Fixed(3), ((Kind.TROOPS, Fixed(60)),), Fixed(40), Fixed(0), "home")
    ramp = Port("ramp", "home", Fixed(1))
    later = Change("0", DAY, None, "ramp", Fixed(2))
    again = evolve(later, id="1", amount=Fixed(4))

    def lifted(lift: Lift, port: Port, *capacity: Change) -> Scenario:
        return evolve(scenario([unit("a")]), lift=[lift], ports=[port], capacity=capacity)

    one = lifted(trucks, ramp, later, again)
    other = lifted(
        evolve(trucks, vehicles=Uniform(3, 5)),
        evolve(ramp, open=Hours(360, 1320)),
        Change("0", 60, "trucks", None, Fixed(5)),
        evolve(later, id="1"),
        evolve(again, id="2", amount=Fixed(3)),
    )
    earlier = {"at": _at(24, 1), "lift": "trucks", "vehicles": 5.0}
    assert _redefined(one, other) == (
        Redefinition("lift", "trucks", Fate.CHANGED, "vehicles", 3.0, {"uniform": [3.0, 5.0]}),
        Redefinition("ports", "ramp", Fate.CHANGED, "open", None, [360, 1320]),
        Redefinition("capacity", "ramp 2022-01-25T00:00Z (2)", Fate.CHANGED, "spots", 4.0, 3.0),
        Redefinition("capacity", "trucks 2022-01-24T01:00Z", Fate.ADDED, "", None, earlier),
    )


def test_times_that_no_calendar_has() -> None:
    """A log that somebody made may name one: its minute stands there."""
    events = list(simulate(scenario([unit("a")], sources=SOURCES[2:])))
    far = [
        SourceCited(0, Source("pap", "PAP", published=10**10)) if isinstance(event, SourceCited) else event
        for event in events
    ]
    assert redefinitions(Book.replay(events), Book.replay(far)) == (
        Redefinition("sources", "pap", Fate.CHANGED, "published", None, 10**10),
    )


@settings(max_examples=max(10, settings().max_examples // 5))  # they are large, and each is played out
@given(lift_scenarios(), lift_scenarios())
def test_lift_comes_out_the_same_both_ways(one: Scenario, other: Scenario) -> None:
    """Of two scenarios with other lift, ports or capacity something is told, and of one with itself nothing."""
    assert _redefined(one, one) == ()
    told = {each.section for each in _redefined(one, other)} & {"lift", "ports", "capacity"}
    assert bool(told) >= ((one.lift, one.ports) != (other.lift, other.ports))


@given(any_scenarios(), any_scenarios())
def test_two_scenarios_are_the_same_or_not(one: Scenario, other: Scenario) -> None:
    """A scenario does not differ from itself; two that do have other fingerprints; and it is the same both ways."""
    assert _redefined(one, one) == ()
    there, back = _redefined(one, other), _redefined(other, one)
    assert (not there) == (one.fingerprint == other.fingerprint)
    turned = {Fate.ADDED: Fate.REMOVED, Fate.REMOVED: Fate.ADDED, Fate.CHANGED: Fate.CHANGED}
    again = [
        Redefinition(each.section, each.id, turned[each.fate], each.key, each.after, each.before) for each in there
    ]
    assert _in_any_order(again) == _in_any_order(back)


def _in_any_order(each: Iterable[Redefinition]) -> list[str]:
    return sorted(map(repr, each))
