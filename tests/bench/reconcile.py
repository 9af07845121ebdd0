"""The row about reconciling: the two real scenarios as commands, and many claims that can all be true."""

import random
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from sim.domain.calendar import Calendar
from sim.domain.claim import Claim, Count, Selector
from sim.domain.grounds import Grounds
from sim.domain.order import Order, Window
from sim.domain.place import Place
from sim.domain.quantity import parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.source import Source
from sim.domain.unit import Unit
from sim.domain.vocabulary import Action, Kind
from sim.engine import simulate
from sim.ledger import Book
from sim.reconcile import reconcile
from sim.reconcile.effort import Extent
from sim.reconcile.question import posture_lines
from tests.bench.timing import children_cpu

SCENARIOS = ("feb2022", "eastern-flank-2022")
UNITS, PLACES, ORIGINS, DAYS, SOURCES = 1_000, 20, 20, 60, 50
DAY = 1440
ASSUMED = Grounds((), "an example")


def reconciling(claims: int) -> str:
    """Wall seconds of `reconcile` on each scenario, and CPU seconds of a thousand units with so many claims."""
    lines = []
    for name in SCENARIOS:
        command = [sys.executable, "-m", "sim", "reconcile", f"scenarios/{name}.yaml", "--format", "csv"]
        walls = [children_cpu(command, expected=(0, 1))[1] for _ in range(3)]
        lines.append(f"{min(walls):.2f} s wall (least of 3) for {name}")
    book = Book.replay(simulate(consistent(claims)))
    start = time.process_time()
    found = reconcile(book, posture_lines(book, book.opened.end))
    seconds = time.process_time() - start
    whole = all(allowance.extent is Extent.ALL for allowance in found.allowances)
    lines.append(
        f"{seconds:.2f} s CPU for {claims:,} claims over {UNITS:,} units: {found.together}; "
        f"{len(found.allowances)} bounds{'' if whole else ', not all of them found'}"
    )
    return f"\n{'':14}".join(lines)


def consistent(claims: int) -> Scenario:
    """Units of about a hundred that deploy on some day, and claims that are all true of certain other strengths."""
    draw = random.Random(1)
    hidden = [draw.randint(90, 110) for _ in range(UNITS)]
    place = [draw.randrange(PLACES) for _ in range(UNITS)]
    day = [draw.randrange(DAYS) for _ in range(UNITS)]
    named = [f"s{number:02}" for number in range(SOURCES)]
    said: list[Claim] = []
    while len(said) < claims:
        selector, at, meant = _asked(draw, place, day)
        if meant:
            words = _words(draw, sum(hidden[unit] for unit in meant))
            test = Count(selector, parse_quantity(words), at * DAY + DAY - 1)
            said.append(Claim(f"c{len(said):05}", draw.choice(named), test))
    return Scenario(
        "Consistent",
        Calendar(datetime(2022, 1, 1, tzinfo=UTC)),
        DAYS * DAY,
        sources=[Source(source, source) for source in named],
        places=[
            *(Place(f"p{number:02}", f"Place {number}") for number in range(PLACES)),
            *(Place(f"o{number:02}", f"Origin {number}") for number in range(ORIGINS)),
        ],
        units=[_unit(number) for number in range(UNITS)],
        orders=[_order(number, place[number], day[number]) for number in range(UNITS)],
        claims=said,
    )


def _unit(number: int) -> Unit:
    origin = f"o{number * ORIGINS // UNITS:02}"
    return Unit(
        f"u{number:04}", f"u{number:04}", Kind.TROOPS, parse_quantity("about 100"), origin, origin, grounds=ASSUMED
    )


def _order(number: int, place: int, day: int) -> Order:
    """It leaves at once and has arrived by the end of its day."""
    arrive = Window(by=day * DAY + DAY - 1)
    return Order(
        f"go{number:04}", day * DAY, Action.DEPLOY, (f"u{number:04}",), f"p{place:02}", arrive=arrive, grounds=ASSUMED
    )


def _asked(draw: random.Random, place: Sequence[int], day: Sequence[int]) -> tuple[Selector, int, list[int]]:
    """What is asked, on which day, and the units that are then counted."""
    units, at, there, origin = range(UNITS), draw.randrange(DAYS), draw.randrange(PLACES), draw.randrange(ORIGINS)
    kind = draw.random()
    if kind < 0.4:
        unit = draw.randrange(UNITS)
        return Selector(units=(f"u{unit:04}",)), DAYS - 1, [unit]
    if kind < 0.6:
        from_there = [unit for unit in units if unit * ORIGINS // UNITS == origin]
        return Selector(origin=(f"o{origin:02}",)), DAYS - 1, from_there
    arrived = [unit for unit in units if place[unit] == there and day[unit] <= at]
    if kind < 0.85:
        return Selector(place=(f"p{there:02}",)), at, arrived
    both = [unit for unit in arrived if unit * ORIGINS // UNITS == origin]
    return Selector(place=(f"p{there:02}",), origin=(f"o{origin:02}",)), at, both


def _words(draw: random.Random, true: int) -> str:
    """What a report says of the true number: sometimes the number itself, mostly a range around it, or a bound."""
    if draw.random() < 0.3:
        return str(true)
    width = draw.choice([true // 20, true // 10]) + 1
    middle = true + draw.randint(-width, width)
    low = max(0, middle - width)
    return f"at least {low}" if draw.random() < 0.2 else f"{low} to {middle + width}"
