"""The workloads: units that are alerted, deployed and closed, as a scenario, as files, and as plain SimPy; and units
that go to and fro, for the log."""

import random
from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import simpy

from sim.domain.calendar import Calendar
from sim.domain.event import Event, ReadinessChanged, UnitArrived, UnitDeparted, UnitMustered
from sim.domain.grounds import Grounds
from sim.domain.order import Order, Transit
from sim.domain.place import Place
from sim.domain.quantity import parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.source import Source
from sim.domain.unit import Unit
from sim.domain.vocabulary import Action, Kind

START = datetime(2022, 1, 1, tzinfo=UTC)
END_MINUTES = 90 * 1440
ALERT_AT, DEPLOY_AT, TRANSIT_MINUTES = 10, 20, 500


def scenario_of(count: int) -> Scenario:
    """`count` units, alerted by one order and deployed by another."""
    grounds, about = Grounds(("press",)), parse_quantity("about 100")
    ids = tuple(f"u{number:07d}" for number in range(count))
    units = [Unit(unit, unit, Kind.TROOPS, about, "home", "home", grounds=grounds) for unit in ids]
    alert = Order("alert", ALERT_AT, Action.ALERT, ids, grounds=grounds)
    deploy = Order("deploy", DEPLOY_AT, Action.DEPLOY, ids, "away", transit=Transit(TRANSIT_MINUTES), grounds=grounds)
    return Scenario(
        "Bench",
        Calendar(START),
        END_MINUTES,
        snapshots=(END_MINUTES,),
        sources=[Source("press", "Press")],
        places=[Place("home", "Home"), Place("away", "Away")],
        units=units,
        orders=[alert, deploy],
    )


SHUTTLING = 1_000
"""How many units go to and fro."""


def shuttle_of(events: int) -> Scenario:
    """A run of about so many events: a thousand units go to and fro, each order sends all of them."""
    grounds, about = Grounds(("press",)), parse_quantity("about 100")
    ids = tuple(f"u{number:07d}" for number in range(SHUTTLING))
    units = [Unit(unit, unit, Kind.TROOPS, about, "home", "home", grounds=grounds) for unit in ids]
    orders = [
        Order(
            f"o{number:07d}",
            number * 1440 + DEPLOY_AT,
            Action.DEPLOY,
            ids,
            ("away", "beyond")[number % 2],
            transit=Transit(TRANSIT_MINUTES),
            grounds=grounds,
        )
        for number in range(max(1, events // (3 * SHUTTLING)))
    ]
    end = len(orders) * 1440
    return Scenario(
        "Shuttle",
        Calendar(START),
        end,
        snapshots=(end,),
        sources=[Source("press", "Press")],
        places=[Place("home", "Home"), Place("away", "Away"), Place("beyond", "Beyond")],
        units=units,
        orders=orders,
    )


def plain_simpy(count: int) -> list[tuple[float, int, str, str]]:
    """The same in plain SimPy: one process a unit, one tuple a change in a list."""
    env = simpy.Environment()
    changes: list[tuple[float, int, str, str]] = []

    def unit(number: int) -> Generator[simpy.Event, None, None]:
        yield env.timeout(ALERT_AT)
        changes.append((env.now, number, "alert", "home"))
        yield env.timeout(DEPLOY_AT - ALERT_AT)
        changes.append((env.now, number, "left", "away"))
        yield env.timeout(TRANSIT_MINUTES)
        changes.append((env.now, number, "arrived", "away"))
        changes.append((env.now, number, "closed", "away"))

    for number in range(count):
        env.process(unit(number))
    env.run()
    return changes


def dict_loop(events: list[Event]) -> dict[tuple[str, str, str], int]:
    """The balances of a run's events by a plain loop that builds its own account keys."""
    held: dict[tuple[str, str, str], int] = {}
    for event in events:
        taking: tuple[str, str, str]
        giving: tuple[str, str, str] | None = None
        if type(event) is UnitMustered:
            taking = (event.unit, event.place, event.readiness)
        elif type(event) is ReadinessChanged:
            giving = (event.unit, event.place, event.before)
            taking = (event.unit, event.place, event.after)
        elif type(event) is UnitDeparted:
            giving = (event.unit, event.origin, event.readiness)
            taking = (event.unit, event.destination, "in-transit")
        elif type(event) is UnitArrived:
            giving = (event.unit, event.place, "in-transit")
            taking = (event.unit, event.place, event.readiness)
        else:
            continue
        if giving is not None:
            held[giving] = held.get(giving, 0) - event.strength
        held[taking] = held.get(taking, 0) + event.strength
    return held


HEAD = """format: 1
title: Bench
start: 2022-01-01
end: 2022-04-01
sources: {press: {outlet: Press}}
places: {home: {name: Home}, away: {name: Away}}
"""

_ORDER_COLUMNS = ("id", "at", "action", "units", "to", "depart_after", "transit", "sources")


def _orders(count: int) -> list[dict[str, str]]:
    """Orders at mostly distinct times, two for each of half as many units: an alert, then a deployment."""
    draw = random.Random(1)
    orders = []
    for number in range(count):
        at = START + timedelta(minutes=draw.randrange(70 * 1440))
        deploys = number % 2 == 1
        order = {"id": f"o{number:07d}", "at": f"{at:%Y-%m-%dT%H:%M}", "action": "deploy" if deploys else "alert"}
        order["units"] = f"u{number // 2:07d}"
        if deploys:
            after = at + timedelta(minutes=draw.randrange(1440))
            order |= {"to": "away", "depart_after": f"{after:%Y-%m-%dT%H:%M}", "transit": f"{draw.randrange(4, 99)}h"}
        orders.append(order | {"sources": "press"})
    return orders


def write_csv(folder: Path, count: int) -> Path:
    """A scenario whose `count` orders and their units are CSV tables; the path of its YAML."""
    units = "".join(f"u{number:07d},about 100,home,press\n" for number in range((count + 1) // 2))
    (folder / "units.csv").write_text("id,troops,place,sources\n" + units)
    rows = (",".join(order.get(column, "") for column in _ORDER_COLUMNS) for order in _orders(count))
    (folder / "orders.csv").write_text("\n".join([",".join(_ORDER_COLUMNS), *rows]) + "\n")
    scenario = folder / "bench.yaml"
    scenario.write_text(HEAD + "units: units.csv\norders: orders.csv\n")
    return scenario


def write_yaml(folder: Path, count: int) -> Path:
    """The same with everything in the YAML; its path."""
    lines = [HEAD, "units:\n"]
    lines += (
        f"  u{number:07d}: {{troops: about 100, place: home, sources: [press]}}\n" for number in range((count + 1) // 2)
    )
    lines.append("orders:\n")
    for order in _orders(count):
        lines.append(f"  {order['id']}:\n    at: {order['at']}\n    action: {order['action']}\n")
        lines.append(f"    units: [{order['units']}]\n    sources: [press]\n")
        if "to" in order:
            lines.append(f"    to: {order['to']}\n    depart: {{after: {order['depart_after']}}}\n")
            lines.append(f"    transit: {order['transit']}\n")
    scenario = folder / "bench.yaml"
    scenario.write_text("".join(lines))
    return scenario


def read_csv(path: Path) -> list[Any]:
    """The rows of a CSV file by `csv.DictReader`."""
    import csv

    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_yaml(path: Path) -> Any:
    """The content of a YAML file by `yaml.CSafeLoader`."""
    import yaml

    return yaml.load(path.read_bytes(), yaml.CSafeLoader)
