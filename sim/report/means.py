"""Means in words: the lift that a figure goes by, the ports on its way, and what had changed of either by then."""

from collections.abc import Iterator

from sim.domain.grounds import Grounds
from sim.domain.lift import Change, Hours, Lift, Port, Speed
from sim.domain.variate import Variate, median
from sim.posture.means import Means
from sim.report.cause import because
from sim.report.prose import Passage
from sim.report.spread import as_written, lasting
from sim.report.wording import ASSUMED, Wording

MEANS_MAX = 10
"""How many lifts and how many ports a page shows, and how many changes of each."""

_SPEEDS = {Speed.KNOTS: "kt", Speed.KMH: "km/h", Speed.KM_PER_DAY: "km a day"}
"""How the units of speeds are said."""


def means_in_words(wording: Wording, means: Means) -> Iterator[Passage]:
    """Each lift and each port with what it rests on and how it changed; nothing where nothing goes by lift."""
    if means.lift:
        yield Passage("Lift", tuple(_all_lift(wording, means)))
    if means.ports:
        yield Passage("Ports on the way", tuple(_all_ports(wording, means)))


def _all_lift(wording: Wording, means: Means) -> Iterator[str]:
    for lift in means.lift[:MEANS_MAX]:
        changes = [change for change in means.capacity if change.lift == lift.id]
        yield from _lift(wording, lift)
        yield from _changes(wording, changes, "vehicle")
    yield from _more(len(means.lift) - MEANS_MAX, "lifts", "")


def _all_ports(wording: Wording, means: Means) -> Iterator[str]:
    for port in means.ports[:MEANS_MAX]:
        changes = [change for change in means.capacity if change.port == port.id]
        yield from _port(wording, port)
        yield from _changes(wording, changes, "spot")
    yield from _more(len(means.ports) - MEANS_MAX, "ports", "")


def _lift(wording: Wording, lift: Lift) -> Iterator[str]:
    """How many vehicles there are, what one holds, how fast it is, and why."""
    base = wording.place(lift.base)
    yield f"{lift.id}: {_many(lift.vehicles, 'vehicle')} by {lift.mode} from {base}{_word(wording, lift.grounds)}"
    yield from because(lift.grounds)
    holds = [as_written(many, kind) for kind, many in lift.holds]
    if lift.tons is not None:
        holds.append(as_written(lift.tons, "tons"))
    goes = f"goes {as_written(lift.speed_as_written, _SPEEDS[lift.speed_in])}"
    if lift.hours_per_day is not None:
        goes += f" for {as_written(lift.hours_per_day, 'hours a day')}"
    if lift.detour != 1:
        goes += f", {lift.detour:,.14g} times the great circle"
    stands = f"stands {as_written(lift.ground, '', show=lasting)} to load and to unload"
    yield f"  each takes {', '.join(holds)}; {goes}; {stands}"


def _port(wording: Wording, port: Port) -> Iterator[str]:
    """How many spots it has, when it works, how long vehicles stand there where that is not for the lift, and why."""
    said = [_many(port.spots, "spot"), "always open" if port.open is None else f"open {hours(port.open)}"]
    if port.ground is not None:
        said.append(as_written(port.ground, "for each vehicle", show=lasting))
    yield f"{port.id}, {wording.place(port.place)}: {', '.join(said)}{_word(wording, port.grounds)}"
    yield from because(port.grounds)


def hours(opening: Hours) -> str:
    """Hours of the day, as a scenario writes them; the end of the day is 24:00."""
    closes = opening.closes or 24 * 60
    return "-".join(f"{minute // 60:02}:{minute % 60:02}" for minute in (opening.opens, closes))


def _changes(wording: Wording, changes: list[Change], noun: str) -> Iterator[str]:
    for change in changes[-MEANS_MAX:]:
        since = wording.date(change.at).strip()
        yield f"  from {since} on {_many(change.amount, noun)}{_word(wording, change.grounds)}"
        yield from (f"  {line}" for line in because(change.grounds))
    yield from _more(len(changes) - MEANS_MAX, "earlier changes", "  ")


def _more(more: int, what: str, indent: str) -> Iterator[str]:
    if more > 0:
        yield f"{indent}and {more:,} more {what}: --format json has all"


def counted(variate: Variate) -> int:
    """How many vehicles, spots or minutes the run takes: the nearest whole number, halves upward."""
    return int(median(variate) + 0.5)


def _many(variate: Variate, noun: str) -> str:
    return as_written(variate, noun, f"{noun}s")


def _word(wording: Wording, grounds: Grounds) -> str:
    """On whose word, or that it is assumed."""
    return f" ({wording.lettered(grounds.sources)})" if grounds.sources else f", {ASSUMED} !"
