"""Experiments: what is asked of an ensemble, by whomever, and what cannot be asked."""

import re
from collections.abc import Iterable
from operator import index
from os import PathLike
from typing import SupportsIndex

from attrs import define, field, frozen

from sim.domain.calendar import MINUTES_A_DAY, Calendar, TimeError, format_duration, parse_duration
from sim.domain.scenario import Scenario
from sim.ensemble.ensemble import Extent
from sim.ensemble.plan import Plan
from sim.errors import UsageError
from sim.posture.moment import Time, minute_at

RUNS_MAX = 10_000_000
WORKERS_MAX = 1024
SEED_MAX = 2**63 - 1
WIDTH_MAX = 999_999 * MINUTES_A_DAY
"""In minutes."""

_is_long = re.compile(r"(?=.*[1-9]\d{6})(\d+d)?\s*(\d+h)?\s*(\d+m)?", re.ASCII | re.IGNORECASE).fullmatch
"""Whether a text is as a duration, but too long for one."""


@define
class AskedError(UsageError):
    """What is asked of an ensemble cannot be. The message begins with the name of the parameter that says so."""

    name: str = ""


def _whole(name: str, given: SupportsIndex, least: int, most: int) -> int:
    """A number as it was given. Raises AskedError where it is no whole one between two, both included."""
    try:
        number = least - 1 if isinstance(given, bool) else index(given)
    except TypeError:
        number = least - 1
    if not least <= number <= most:
        raise AskedError(f"{name} {given!r} is no such number", f"Give one from {least} to {most:,}.", name)
    return number


def _runs(given: SupportsIndex) -> int:
    return _whole("runs", given, 1, RUNS_MAX)


def _seed(given: SupportsIndex) -> int:
    return _whole("seed", given, 0, SEED_MAX)


def _workers(given: SupportsIndex | None) -> int | None:
    return None if given is None else _whole("workers", given, 1, WORKERS_MAX)


def _width(given: str | SupportsIndex | None) -> int | None:
    """The minutes of a width: a number, at least 1, or text such as "6h"."""
    if given is None:
        return None
    if not isinstance(given, str):
        return _whole("until_width", given, 1, WIDTH_MAX)
    try:
        width = parse_duration(given)
    except TimeError as error:
        if not _is_long(given.strip()):
            raise AskedError(f"until_width: {error}", "", "until_width") from error
        width = WIDTH_MAX + 1
    if width > WIDTH_MAX:
        raise AskedError(
            f"until_width {given} is too long", f"Give at most {format_duration(WIDTH_MAX)}.", "until_width"
        )
    return width


def _times(given: Iterable[Time]) -> tuple[Time, ...]:
    if isinstance(given, str):
        raise AskedError(f"at {given!r} is one time, and a list is meant", f"Give [{given!r}].", "at")
    return tuple(given)


def _scenario(name: str, given: object) -> Scenario:
    """A scenario as it was given. Raises AskedError where it is something else, such as the path of one."""
    if not isinstance(given, Scenario):
        remedy = "Load it first: sim.load(path)." if isinstance(given, str | PathLike) else "Give what sim.load gives."
        raise AskedError(f"{name} {given!r} is no scenario", remedy, name)
    return given


def _first(given: Scenario) -> Scenario:
    return _scenario("scenario", given)


def _other(given: Scenario | None) -> Scenario | None:
    return None if given is None else _scenario("against", given)


@frozen
class Experiment:
    """What is asked of an ensemble: how many `runs` of which scenario, with what draws, and who plays them.

    `against` is a scenario that it is compared with, run by run. `at` are the times of its posture: none is the
    scenario's snapshots. `until_width`, minutes or text such as "6h", stops before all runs once every median closure
    is known to it. `workers` processes play, as many as are worth it where it is None; or the cluster whose scheduler
    is at the address `dask`. It is kept in the `log` at an address, None for nowhere; that is opened by whoever plays.

    Raises AskedError for what cannot be.
    """

    scenario: Scenario = field(converter=_first)
    runs: int = field(default=1000, converter=_runs)
    seed: int = field(default=0, converter=_seed)
    against: Scenario | None = field(default=None, converter=_other)
    at: tuple[Time, ...] = field(default=(), converter=_times)
    until_width: int | None = field(default=None, converter=_width)
    workers: int | None = field(default=None, converter=_workers)
    dask: str | None = None
    log: str | PathLike[str] | None = None
    plan: Plan = field(init=False)
    """What is played."""
    extent: Extent = field(init=False)
    """How far: where nothing is left to chance, one run tells all."""

    @plan.default
    def _planned(self) -> Plan:
        times = tuple(_minutes(self.scenario, self.at)) or self.scenario.snapshots or (self.scenario.end,)
        return Plan(self.scenario, self.seed, tuple(sorted(set(times))), self.against)

    @extent.default
    def _extent(self) -> Extent:
        return Extent(self.runs if self.plan.left_to_chance else 1, self.until_width)

    def __attrs_post_init__(self) -> None:
        if not self.plan.comparable:
            raise AskedError(
                "against: the two scenarios do not have the same start, end and timezone",
                "Only runs over the same period can be compared.",
                "against",
            )
        moving = any(order.moves for order in self.scenario.in_force.orders.values())
        if self.until_width is not None and not moving:
            what = "until_width: no order of the scenario moves anything, so none closes"
            raise AskedError(what, "Leave it out.", "until_width")
        if self.dask is not None and self.workers not in {None, 1}:
            raise AskedError("dask: the workers of the cluster play, and no others here", "Leave workers out.", "dask")


def _minutes(scenario: Scenario, times: Iterable[Time]) -> Iterable[int]:
    """The minutes that times name. Raises AskedError for what is no time of a run of the scenario."""
    for time in times:
        try:
            minute = minute_at(scenario.calendar, scenario.end, time)
        except TimeError as error:
            raise AskedError(f"at: {error}", "", "at") from error
        if not 0 <= minute <= scenario.end:
            raise AskedError(f"at {time} lies outside the run", lasting(scenario.calendar, scenario.end), "at")
        yield minute


def lasting(calendar: Calendar, end: int) -> str:
    """What to say of a run that ends at the minute `end`, to who asks for a time outside it."""
    first, last = (f"{calendar.local(minute):%Y-%m-%d %H:%M}" for minute in (0, end))
    return f"It goes from {first} to {last}, {calendar.timezone} time: the minutes 0 to {end:,}."
