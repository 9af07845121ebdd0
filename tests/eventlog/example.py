"""A run in which every type of event happens, by hand: what these tests say does not depend on the engine."""

from datetime import UTC, datetime
from fractions import Fraction

from attrs import evolve

from sim.domain.amendment import Amendment
from sim.domain.calendar import Calendar
from sim.domain.claim import Claim, Count, Noted, Selector, When
from sim.domain.event import (
    CapacityStated,
    Cause,
    ClaimStated,
    EntryAmended,
    Event,
    LiftDefined,
    LoadReady,
    LoadWaited,
    OrderDefined,
    OrderIssued,
    OrderRefused,
    PlaceNamed,
    PortDefined,
    ReadinessChanged,
    RunClosed,
    RunOpened,
    SourceCited,
    UnitArrived,
    UnitClosed,
    UnitDefined,
    UnitDeparted,
    UnitMustered,
)
from sim.domain.grounds import Grounds
from sim.domain.lift import Carriage, Change, Hours, Lift, Mode, Port
from sim.domain.order import Order, Part, Transit, Window
from sim.domain.place import Place
from sim.domain.quantity import parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.source import Source
from sim.domain.unit import Post, Unit
from sim.domain.variate import Empirical, Fixed, LogNormal, Normal, Triangular, Uniform
from sim.domain.vocabulary import Action, Basis, Kind, Readiness

_PAP = Grounds(("pap",))

SCENARIO = Scenario(
    title="Two “moves” \N{EM DASH} and a refusal",
    calendar=Calendar(datetime(2022, 1, 24, 5, 0, tzinfo=UTC), "America/New_York"),
    end=14399,
    about=Fraction(1, 8),
    snapshots=(1439, 14399),
    sources=[
        Source("briefing", "Pentagon briefing"),
        Source(
            "pap", "PAP", "Zażółć", -600, "https://example.org/?a=1&b=2", "https://archive.example/pap", ("briefing",)
        ),
    ],
    places=[Place("us", "United States", None, "US"), Place("fort-bragg", "Fort Bragg", "us", None, 35.139, -79.006)],
    units=[
        Unit("82-ibct", "Brigade", Kind.TROOPS, parse_quantity("about 1700"), "fort-bragg", "us", grounds=_PAP),
        Unit(
            id="guns",
            name='The "guns"',
            kind=Kind.BATTERIES,
            reported=parse_quantity("dozens"),
            place="unstated",
            origin="unstated",
            readiness=Readiness.STANDBY,
            side="NATO",
            part_of="82-ibct",
            symbol="10031000181211000001",
            grounds=Grounds((), "a guess"),
            post=Post(30, Grounds((), "the least")),
        ),
    ],
    orders=[
        Order("alert-guns", 60, Action.ALERT, ("guns",), refusal_expected=True, grounds=_PAP),
        Order(
            id="deploy-ibct",
            at=60,
            action=Action.DEPLOY,
            units=("82-ibct",),
            to="us",
            parts=(
                Part(60, Window(120, 180, Basis.OBSERVED, _PAP), Window(by=240), None, _PAP),
                Part(1640, Window(after=120), Window(), Transit(720, Grounds((), "a flight"))),
            ),
            grounds=_PAP,
        ),
    ],
    claims=[
        Claim(
            "all", "pap", Count(Selector(place=("us",)), parse_quantity("1700"), When.ALWAYS), "in the US", "briefing"
        ),
        Claim("vague", "pap", Noted("no number"), speaker="a spokesman", disputed="in part"),
    ],
)

_MOVED = "deploy-ibct"

HAPPENED: tuple[Event, ...] = (
    UnitMustered(0, "82-ibct", "fort-bragg", Readiness.GARRISON, 1700),
    UnitMustered(0, "guns", "unstated", Readiness.STANDBY, 30),
    OrderIssued(60, "alert-guns", ("guns",)),
    ReadinessChanged(60, "guns", "unstated", 30, Readiness.STANDBY, Readiness.HEIGHTENED_ALERT, "alert-guns"),
    OrderIssued(60, _MOVED, ("82-ibct", "guns")),
    OrderRefused(60, _MOVED, "guns", "it is 'dozens', and one\nhas no parts"),
    UnitDeparted(120, "82-ibct", 60, "fort-bragg", "us", Readiness.GARRISON, Basis.OBSERVED, _MOVED),
    UnitDeparted(120, "82-ibct", 1640, "fort-bragg", "us", Readiness.GARRISON, Basis.ANNOUNCED, _MOVED),
    UnitArrived(240, "82-ibct", 60, "us", Readiness.DEPLOYED, Basis.ANNOUNCED, _MOVED),
    UnitArrived(840, "82-ibct", 1640, "us", Readiness.DEPLOYED, Basis.ASSUMED, _MOVED),
    UnitClosed(840, "82-ibct", "us", _MOVED),
)


def run_of(scenario: Scenario, happened: tuple[Event, ...] = (), seed: int = 0) -> list[Event]:
    """The events of a run of `scenario` in which `happened` is what happened."""
    opened = RunOpened(
        at=0,
        title=scenario.title,
        start=scenario.calendar.start,
        end=scenario.end,
        timezone=scenario.calendar.timezone,
        about=scenario.about,
        snapshots=scenario.snapshots,
        fingerprint=scenario.fingerprint,
        seed=seed,
        format=1,
        rules=1,
    )
    events: list[Event] = [opened]
    events += [SourceCited(0, source) for source in scenario.sources.values()]
    events += [PlaceNamed(0, place) for place in scenario.places.values()]
    events += [LiftDefined(0, lift) for lift in scenario.lift.values()]
    events += [PortDefined(0, port) for port in scenario.ports.values()]
    events += [CapacityStated(0, change) for change in scenario.capacity]
    events += [UnitDefined(0, unit) for unit in scenario.units.values()]
    events += _amended(scenario, Unit)
    events += [OrderDefined(0, order) for order in scenario.orders.values()]
    events += _amended(scenario, Order)
    events += [ClaimStated(0, claim) for claim in scenario.claims.values()]
    events += _amended(scenario, Claim)
    events += happened
    return [*events, RunClosed(scenario.end, len(events))]


def _amended(scenario: Scenario, of: type) -> list[Event]:
    return [EntryAmended(0, amendment) for amendment in scenario.amendments if isinstance(amendment.entry, of)]


EXAMPLE = run_of(SCENARIO, HAPPENED)

_AP = Grounds(("pap",))
_UNIT, _ORDER, _CLAIM = SCENARIO.units["82-ibct"], SCENARIO.orders["deploy-ibct"], SCENARIO.claims["vague"]

AMENDED_SCENARIO = evolve(
    SCENARIO,
    title="What a later source changed",
    claims={**SCENARIO.claims, "back": Claim("back", "pap", Noted("an error"), corrects="all")},
    amendments=(
        Amendment("ibct-later", ("pap",), evolve(_UNIT, reported=parse_quantity("1750"), grounds=_AP)),
        Amendment(
            "moved-later",
            ("pap",),
            evolve(
                _ORDER,
                parts=(
                    Part(
                        50,
                        arrive=Window(by=240),
                        grounds=_AP,
                        reported=parse_quantity("several dozen"),
                        post_grounds=Grounds((), "in the middle"),
                    ),
                    Part(1700, transit=Transit(720), grounds=_AP, reported=parse_quantity("about 1700")),
                ),
            ),
        ),
        Amendment("vague-later", ("pap",), evolve(_CLAIM, disputed="it was taken back")),
    ),
)

AMENDED_EXAMPLE = run_of(
    AMENDED_SCENARIO,
    (
        UnitMustered(0, "82-ibct", "fort-bragg", Readiness.GARRISON, 1750),
        *HAPPENED[1:6],
        UnitDeparted(60, "82-ibct", 50, "fort-bragg", "us", Readiness.GARRISON, Basis.ANNOUNCED, _MOVED),
        UnitDeparted(60, "82-ibct", 1700, "fort-bragg", "us", Readiness.GARRISON, Basis.ANNOUNCED, _MOVED),
        UnitArrived(240, "82-ibct", 50, "us", Readiness.DEPLOYED, Basis.ANNOUNCED, _MOVED),
        UnitArrived(780, "82-ibct", 1700, "us", Readiness.DEPLOYED, Basis.ANNOUNCED, _MOVED),
        UnitClosed(780, "82-ibct", "us", _MOVED),
    ),
)
"""A run of what can be said since amendments came."""

_GUESS = Grounds((), "a guess")

LIFTED_SCENARIO = evolve(
    SCENARIO,
    title="An airlift",
    places=[
        Place("us", "United States", None, "US"),
        Place("fort-bragg", "Fort Bragg", "us", None, 35.139, -79.006),
        Place("rzeszow", "Rzeszów", None, "PL", 50.11, 22.019),
        Place("vilseck", "Vilseck", None, "DE", 49.6, 11.8),
    ],
    lift=[
        Lift(
            id="c17s",
            mode=Mode.AIR,
            vehicles=Fixed(2.0),
            holds=((Kind.TROOPS, Fixed(102.0)), (Kind.BATTERIES, Uniform(1.0, 2.5))),
            speed=Normal(833.4, 20.0),
            ground=Fixed(135.0),
            base="fort-bragg",
            tons=Fixed(65.0),
            hours_per_day=Fixed(16.5),
            grounds=_PAP,
        ),
        Lift(
            id="convoys",
            mode=Mode.ROAD,
            vehicles=Empirical((2.0, 3.0, 3.0)),
            holds=((Kind.VEHICLES, Fixed(16.0)),),
            speed=Fixed(6.25),
            ground=Fixed(0.0),
            base="vilseck",
            detour=1.3,
            grounds=_GUESS,
        ),
    ],
    ports=[
        Port("apron", "rzeszow", Fixed(1.0), Triangular(60.0, 135.0, 240.0), Hours(360, 1320), _PAP),
        Port("ramp", "fort-bragg", Fixed(4.0), grounds=_GUESS),
    ],
    capacity=(
        Change("2", 1440, None, "apron", Fixed(4.0), _PAP),
        Change("1", 2880, "c17s", None, Uniform(3.0, 5.0), _GUESS),
    ),
    orders=[
        SCENARIO.orders["alert-guns"],
        Order(
            id="deploy-ibct",
            at=60,
            action=Action.DEPLOY,
            units=("82-ibct",),
            to="rzeszow",
            grounds=_PAP,
            carriage=Carriage(
                ("c17s", "c17s"),
                ("fort-bragg", "vilseck", "rzeszow"),
                LogNormal(120.0, 30.0),
                -1,
                Fixed(850.0),
                Fixed(30.0),
            ),
        ),
    ],
)

LIFTED_EXAMPLE = run_of(
    LIFTED_SCENARIO,
    (
        *HAPPENED[:4],
        OrderIssued(60, _MOVED, ("82-ibct",)),
        LoadReady(180, "82-ibct", 1, 850, "fort-bragg", _MOVED),
        LoadWaited(180, "82-ibct", 1, Cause.NOTICE, 120, "fort-bragg", _MOVED),
        LoadReady(180, "82-ibct", 2, 850, "fort-bragg", _MOVED),
        LoadWaited(180, "82-ibct", 2, Cause.NOTICE, 120, "fort-bragg", _MOVED),
        UnitDeparted(315, "82-ibct", 850, "fort-bragg", "rzeszow", Readiness.GARRISON, Basis.ASSUMED, _MOVED),
        LoadWaited(450, "82-ibct", 2, Cause.SPOT, 135, "fort-bragg", _MOVED),
        UnitDeparted(450, "82-ibct", 850, "fort-bragg", "rzeszow", Readiness.GARRISON, Basis.ASSUMED, _MOVED),
        UnitArrived(900, "82-ibct", 850, "rzeszow", Readiness.DEPLOYED, Basis.ASSUMED, _MOVED),
        UnitArrived(1035, "82-ibct", 850, "rzeszow", Readiness.DEPLOYED, Basis.ASSUMED, _MOVED),
        UnitClosed(1035, "82-ibct", "rzeszow", _MOVED),
    ),
)
"""A run of what can be said since there is lift: with the other examples, it has all types of events."""
