"""Is it right? Throughput against planning formulas, waits against queueing theory, each within its stated error."""

import math
import random
from collections.abc import Iterable
from functools import cache
from itertools import accumulate
from statistics import fmean, stdev

import pytest
from attrs import evolve

from sim.domain.event import Cause, Event, LoadReady, LoadWaited, UnitArrived, UnitDeparted
from sim.domain.lift import Hours
from sim.domain.scenario import Scenario
from sim.domain.variate import Empirical, Fixed, Variate
from sim.engine.draws import Sampled
from tests.engine.lifted import lifted, move, played, port, trucks
from tests.story import unit

DAY = 1440

QUEUING_EFFICIENCY = 0.85
"""AFPAM 10-1403 (2018), formula 9.0."""


def _left_by(events: Iterable[Event], first: int, last: int) -> int:
    """How much departed after one minute, up to another."""
    return sum(event.strength for event in events if isinstance(event, UnitDeparted) and first < event.at <= last)


def _saturated(payload: int, spots: int, ground: float, days: int, hours: Hours | None = None) -> Scenario:
    """More than a port can load from the first minute on, and vehicles that are always there."""
    enough = 2 * spots * payload * DAY * (days + 1) // int(ground)
    ports = [port("apron", "here", spots, ground, hours)]
    return lifted(
        [unit("a", str(enough), place="here")],
        [move("go", 0, "a")],
        [trucks(8 * spots, payload, ground=Fixed(0.0))],
        ports,
        end=DAY * days,
    )


@pytest.mark.parametrize(
    ("payload", "ground_hours", "published_24", "published_10"),
    [(18, 1.75, 209.8, 87.4), (65, 2.25, 589.3, 245.6), (100, 3.75, 544.0, 226.7)],
)
@pytest.mark.parametrize("spots", [1, 3])
def test_a_saturated_port(
    payload: int, ground_hours: float, published_24: float, published_10: float, spots: int
) -> None:
    """It moves spots x payload x hours / ground: with the efficiency, what is published for a spot of 24 or 10 hours.

    In as many days as make whole loads it is so to the last ton.
    """
    ground = int(ground_hours * 60)
    for hours, open_minutes, published in ((None, DAY, published_24), (Hours(420, 1020), 600, published_10)):
        days = ground // math.gcd(ground, open_minutes)
        told = _saturated(payload, spots, ground, days, hours)
        moved = _left_by(played(told), 0, days * DAY)
        assert moved == spots * payload * days * open_minutes // ground
        assert moved / days / spots * QUEUING_EFFICIENCY == pytest.approx(published, abs=0.06)


def test_the_first_worked_example() -> None:
    """6 spots x 100 t x (20 h / 3 h) x 0.85 = 3,400 t a day."""
    told = _saturated(100, 6, 180, 9, Hours(0, 1200))
    assert _left_by(played(told), 0, 9 * DAY) / 9 * QUEUING_EFFICIENCY == pytest.approx(3400)


def test_the_second_worked_example() -> None:
    """2 x 16 km at 530 km/h and 2 x 1.75 h make a round trip of 3.56 h: 20 h of them x 0.85 are 4.8 sorties."""
    aircraft = trucks(1, 1, speed=Fixed(530.0), ground=Fixed(105.0), detour=16 / 60)
    end = 100 * 214
    told = lifted([unit("a", "200", place="here")], [move("go", 0, "a")], [aircraft], end=end)
    sorties = _left_by(played(told), 0, end)
    assert sorties == 100
    assert end / sorties / 60 == pytest.approx(3.56, abs=0.01)
    assert round(20 * 60 * sorties / end * QUEUING_EFFICIENCY, 1) == 4.8


def exponential(mean: float, values: int = 2000) -> Empirical:
    """The exponential distribution, as so many of its quantiles."""
    return Empirical(tuple(-mean * math.log(1 - (rank + 0.5) / values) for rank in range(values)))


def _shuttling(ground: Variate) -> Scenario:
    """As many vehicles as just keep two spots busy: 90 minutes on a spot, and 90 away."""
    ports = [evolve(port("apron", "here", 2), ground=ground)]
    aircraft = trucks(4, 10, speed=Fixed(80.0), ground=Fixed(0.0))
    return lifted([unit("a", "99999", place="here")], [move("go", 0, "a")], [aircraft], ports, end=60 * DAY)


def test_with_randomness_it_lies_below() -> None:
    """The same ground time, on average, makes less where it varies: vehicles come together, and spots stand empty."""
    formula = 2 * 10 * 50 * DAY / 90

    def share(events: list[Event]) -> float:
        return _left_by(events, 10 * DAY, 60 * DAY) / formula

    assert share(played(_shuttling(Fixed(90.0)))) == pytest.approx(1, abs=0.005)
    shares = [share(played(_shuttling(exponential(90)), Sampled(1, number))) for number in range(5)]
    assert 0.7 < min(shares) < max(shares) < 0.95


# Queues: M/M/c

SERVERS, SERVICE_MINUTES, LOAD = 4, 1000.0, 0.8
ARRIVALS, SETTLING, REPLICATIONS = 2500, 500, 12


def erlang_c(servers: int, offered: float) -> float:
    """The probability that an arrival waits: A. K. Erlang, 1917."""
    waiting = offered**servers / math.factorial(servers) * servers / (servers - offered)
    return waiting / (sum(offered**each / math.factorial(each) for each in range(servers)) + waiting)


@cache
@cache
def _queue(replication: int) -> tuple[float, float, float]:
    """The share of loads that wait for a spot, how long loads wait, and how many are there, on average."""
    draw = random.Random(replication)
    rate = SERVERS * LOAD / SERVICE_MINUTES
    times = [round(at) for at in accumulate(draw.expovariate(rate) for _ in range(ARRIVALS))]
    names = [f"u{number:05d}" for number in range(ARRIVALS)]
    told = lifted(
        [unit(name, "1", place="here") for name in names],
        [move(name, at, name) for name, at in zip(names, times, strict=True)],
        [trucks(500, 1, ground=Fixed(0.0))],
        [evolve(port("apron", "here", SERVERS), ground=exponential(SERVICE_MINUTES))],
        end=times[-1],
    )
    first, last = times[SETTLING], times[-1]
    waits = dict.fromkeys(names[SETTLING:-SETTLING], 0)
    present = 0
    for event in played(told, Sampled(7, replication)):
        if isinstance(event, LoadWaited) and event.unit in waits:
            assert event.cause is Cause.SPOT
            waits[event.unit] = event.minutes
        if isinstance(event, LoadReady | UnitDeparted) and event.at <= last:
            remaining = last - max(first, event.at)
            present += remaining if isinstance(event, LoadReady) else -remaining
    return fmean(map(bool, waits.values())), fmean(waits.values()), present / (last - first)


def _agrees(found: list[float], expected: float, most: float) -> None:
    """The mean of the replications lies within four of its standard errors, each of which is less than `most`."""
    error = stdev(found) / len(found) ** 0.5
    assert error < most
    assert abs(fmean(found) - expected) < 4 * error


def test_waits_are_those_of_erlang() -> None:
    """The probability of a wait and its mean length, for four spots that are taken to eight tenths."""
    runs = [_queue(replication) for replication in range(REPLICATIONS)]
    waiting = erlang_c(SERVERS, SERVERS * LOAD)
    assert waiting == pytest.approx(0.5964, abs=0.0001)
    _agrees([each for each, _, _ in runs], waiting, 0.03)
    _agrees([each for _, each, _ in runs], waiting * SERVICE_MINUTES / SERVERS / (1 - LOAD), 90)


def test_littles_law() -> None:
    """How many are there is how often they come times how long they stay: waits and the time on a spot."""
    runs = [_queue(replication) for replication in range(REPLICATIONS)]
    rate = SERVERS * LOAD / SERVICE_MINUTES
    _agrees([present - rate * (wait + SERVICE_MINUTES) for _, wait, present in runs], 0, 0.3)
    waiting = erlang_c(SERVERS, SERVERS * LOAD)
    _agrees([present for _, _, present in runs], SERVERS * LOAD + waiting * LOAD / (1 - LOAD), 0.5)


def test_nothing_arrives_that_did_not_leave() -> None:
    """Of a saturated port all that left arrives an hour later."""
    told = _saturated(10, 1, 60, 3)
    events = played(told)
    arrived = sum(event.strength for event in events if isinstance(event, UnitArrived))
    assert arrived == _left_by(events, 0, 3 * DAY - 60)
