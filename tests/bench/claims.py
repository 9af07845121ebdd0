"""The row about claims: what it costs to judge them, and to print who says what."""

import random
import sys
from collections.abc import Callable
from datetime import UTC, datetime

from sim.domain.calendar import Calendar
from sim.domain.claim import Claim, Closed, Count, Never, Selector, Separate, Test, When
from sim.domain.grounds import Grounds
from sim.domain.order import Order, Transit
from sim.domain.place import Place
from sim.domain.quantity import parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.source import Source
from sim.domain.unit import Unit
from sim.domain.vocabulary import Action, Kind, Readiness
from sim.engine import simulate
from sim.ledger import Book
from sim.ledger.claims import judge_all
from tests.bench.timing import children_cpu, paired, ratio_of

RUN = [sys.executable, "-m", "sim", "run", "scenarios/feb2022.yaml", "--no-log"]
CLAIMS = [sys.executable, "-m", "sim", "claims", "scenarios/feb2022.yaml"]

UNITS, PLACES, SOURCES = 1_000, 40, 50
ANSWERS = 5
"""How many claims there are to a question, on the average."""

DAY = 1440
DAYS = 90
COUNTRIES = ("DE", "LV", "PL", "RO")


def claims(size: int, collecting: bool) -> str:
    """The command against `run`; and judging `size // 20` claims over a thousand units against their run."""
    commands = ratio_of([(children_cpu(CLAIMS)[0], children_cpu(RUN)[0]) for _ in range(12)][1:])
    scenario = reported(size // 20, moves=size // 4 // UNITS)
    book = Book.replay(simulate(scenario))
    judging = paired(lambda: judge_all(book), lambda: Book.replay(simulate(scenario)), 7, collecting)
    return (
        f"{commands} of the command against run\n{'':14}{judging}; judging {size // 20:,} claims over {UNITS:,} units, "
        f"against simulating and posting the run, {book.events:,} events"
    )


def reported(claims: int, moves: int) -> Scenario:
    """A run in which each of a thousand units is sent on so many times, and claims of all kinds about it."""
    draw = random.Random(1)
    sources = [
        Source(f"s{number:02}", f"Outlet {number}", published=draw.randrange(DAYS * DAY)) for number in range(SOURCES)
    ]
    named = [source.id for source in sources]
    places = [Place(country.lower(), country, None, country) for country in COUNTRIES]
    places += [Place(f"p{number:02}", f"Place {number}", COUNTRIES[number % 4].lower()) for number in range(PLACES)]
    places.append(Place("us", "United States", None, "US"))
    units = [
        Unit(
            id=f"u{number:04}",
            name=f"Unit {number}",
            kind=Kind.TROOPS,
            reported=parse_quantity("about 100"),
            place="us",
            origin="us",
            side="RO" if number % 5 else "US",
            grounds=Grounds((draw.choice(named),)),
        )
        for number in range(UNITS)
    ]
    orders = [_order(draw, number, moves, units[number % UNITS].id, named) for number in range(UNITS * moves)]
    tests = [_test(draw, units, orders) for _ in range(claims // ANSWERS)]
    return Scenario(
        "Reported",
        Calendar(datetime(2022, 1, 1, tzinfo=UTC)),
        DAYS * DAY,
        snapshots=(DAYS * DAY,),
        sources=sources,
        places=places,
        units=units,
        orders=orders,
        claims=[Claim(f"c{number:05}", draw.choice(named), draw.choice(tests)) for number in range(claims)],
    )


def _order(draw: random.Random, number: int, moves: int, unit: str, sources: list[str]) -> Order:
    """The next move of a unit, in its part of the run."""
    part = DAYS * DAY // moves
    return Order(
        f"o{number:05}",
        number // UNITS * part + draw.randrange(part // 3),
        Action.DEPLOY,
        (unit,),
        f"p{draw.randrange(PLACES):02}",
        transit=Transit(draw.randrange(60, part // 2)),
        grounds=Grounds((draw.choice(sources),)),
    )


def _test(draw: random.Random, units: list[Unit], orders: list[Order]) -> Test:
    """What a question asks: mostly how many of a unit, of those under some orders, or in a country, and when."""
    deployed, at = (Readiness.DEPLOYED,), draw.randrange(DAYS) * DAY + DAY - 1
    some = tuple(sorted(order.id for order in draw.sample(orders, 5)))
    unit, country, place = (draw.choice(units).id,), (draw.choice(COUNTRIES),), (f"p{draw.randrange(PLACES):02}",)
    makers: list[Callable[[], Test]] = [
        *[lambda: Count(Selector(units=unit, readiness=deployed), parse_quantity("about 100"), at)] * 8,
        *[lambda: Count(Selector(orders=some, readiness=deployed), parse_quantity("hundreds"), at)] * 4,
        *[lambda: Count(Selector(country=country, readiness=deployed), parse_quantity("thousands"), at)] * 3,
        lambda: Count(Selector(place=place), parse_quantity("up to 5000"), When.ALWAYS),
        lambda: Never(Selector(units=unit, country=("UA",))),
        lambda: Separate(Selector(orders=some), Selector(side=("US",), country=country)),
        *[lambda: Closed(Selector(orders=some), at)] * 2,
    ]
    return draw.choice(makers)()
