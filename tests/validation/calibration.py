"""The calibration of the lift by air: on the corps headquarters and the first 1,700 alone, with central values.

Notice and speed follow from what was reported by arithmetic; how many aircraft there were is tried out.
"""

from collections.abc import Iterator

from attrs import evolve, frozen

from sim.domain.distance import kilometres
from sim.domain.scenario import Scenario
from sim.domain.variate import Fixed, median
from sim.engine.draws import Medians
from tests.validation.flank import courses, flank, minute_of, reached, there_by

CALIBRATED_ON = ("82nd-to-poland", "xviii-to-germany")
ORDERED = "2022-02-02T00:00-05:00"
BOARDED, LANDED = "2022-02-03T11:00-05:00", "2022-02-04T08:00-05:00"
"""The corps' first aircraft: a report has both (events E17 and E19)."""

FIRST_AIRCRAFT = "2022-02-06T14:00+01:00"
"""When the first aircraft with the main body of the 82nd had landed at Rzeszów (event E24)."""

TWO_THIRDS = range(1020, 1133)
"""Nearly two thirds of 1,700, as the scenario reads it: there on 11 February (event E32)."""

TRIED = range(1, 9)

KNOT_KMH = 1.852
"""A knot in kilometres an hour: a nautical mile is 1,852 metres."""


@frozen
class Figures:
    """What follows from the reports: the time from order to boarding of each move, and the speed, stops included."""

    corps_notice_hours: float
    knots: float
    paratroopers_notice_hours: float


@frozen
class Trial:
    """How the two moves go with so many aircraft, and whether that is as reported."""

    vehicles: int
    there: int
    closed: int
    corps_closed: int
    fits: bool


def calibration() -> Iterator[str]:
    """What the reports give, and a line for each number of aircraft."""
    scenario = calibrated_on(flank())
    found = figures(scenario)
    yield f"corps: boards {found.corps_notice_hours:.0f} h after the order; {found.knots:.0f} kt, all stops in it"
    yield f"82nd: boards {found.paratroopers_notice_hours:.1f} h after the order, to land when its first aircraft did"
    yield ""
    yield "aircraft  there on 11 Feb  82nd complete  corps complete"
    yield "reported   1,020 to 1,132   12 to 17 Feb        by 5 Feb"
    for trial in trials(scenario):
        closed, corps = (f"{scenario.calendar.local(at):%-d %b}" for at in (trial.closed, trial.corps_closed))
        mark = "  fits" if trial.fits else ""
        yield f"{trial.vehicles:8}{trial.there:17,}{closed:>15}{corps:>16}{mark}"


def calibrated_on(scenario: Scenario) -> Scenario:
    """The scenario without any order but the two."""
    return evolve(scenario, orders=[scenario.orders[order] for order in CALIBRATED_ON])


def figures(scenario: Scenario) -> Figures:
    """The first aircraft of each move, from order to landing, taken apart into notice, loading and flight."""
    loading = median(scenario.lift["c17s"].ground) / 60
    boards, lands = _hours(scenario, ORDERED, BOARDED), _hours(scenario, ORDERED, LANDED)
    miles = {place: kilometres(scenario.places, "pope", place) / KNOT_KMH for place in ("wiesbaden", "rzeszow")}
    knots = miles["wiesbaden"] / (lands - boards - loading)
    landed = _hours(scenario, ORDERED, FIRST_AIRCRAFT)
    return Figures(boards, knots, landed - loading - miles["rzeszow"] / knots)


def trials(scenario: Scenario) -> list[Trial]:
    """The two moves with more and more aircraft."""
    return [_trial(scenario, vehicles) for vehicles in TRIED]


def _trial(scenario: Scenario, vehicles: int) -> Trial:
    aircraft = evolve(scenario.lift["c17s"], vehicles=Fixed(vehicles))
    found = courses(evolve(scenario, lift=[*scenario.lift.values(), aircraft]), Medians())
    there = there_by(found["82nd-first"], minute_of(scenario, "2022-02-11"))
    closed, corps_closed = reached(found["82nd-first"], 1700), reached(found["xviii-corps"], 300)
    in_time = minute_of(scenario, "2022-02-11") < closed <= minute_of(scenario, "2022-02-17")
    fits = there in TWO_THIRDS and in_time and corps_closed <= minute_of(scenario, "2022-02-05")
    return Trial(vehicles, there, closed, corps_closed, fits)


def _hours(scenario: Scenario, first: str, last: str) -> float:
    return (minute_of(scenario, last) - minute_of(scenario, first)) / 60
