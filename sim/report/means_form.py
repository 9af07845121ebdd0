"""Means for other programs, as JSON and as cells of a row: lift, ports, and what had changed of them."""

from collections.abc import Callable

from sim.domain.lift import Change, Lift, Port
from sim.domain.plain import variate_to_plain
from sim.domain.variate import Fixed, Variate, median
from sim.posture.means import Means
from sim.report.json_form import Json
from sim.report.means import counted, hours


def means_row(means: Means) -> Json:
    """The ids of lift and ports, all sources of them and of their changes, and why each of them is assumed."""
    told = [(lift.id, lift.grounds) for lift in means.lift] + [(port.id, port.grounds) for port in means.ports]
    told += [(f"capacity of {change.lift or change.port}", change.grounds) for change in means.capacity]
    return {
        "lift": [lift.id for lift in means.lift],
        "ports": [port.id for port in means.ports],
        "lift_sources": sorted({source for _, grounds in told for source in grounds.sources}),
        "lift_because": "; ".join(f"{what}: {grounds.because}" for what, grounds in told if grounds.because),
    }


def amount_form(variate: Variate | None) -> Json | None:
    """What the run takes for a figure, under `is`, beside the distribution it is the middle of; None for none."""
    if variate is None:
        return None
    return {"is": variate_to_plain(Fixed(median(variate))), **_distribution(variate)}


def minutes_form(variate: Variate | None) -> Json | None:
    """The same of minutes: the run takes whole ones."""
    return None if variate is None else _count(variate)


def _count(variate: Variate) -> Json:
    return {"is": counted(variate), **_distribution(variate)}


def _distribution(variate: Variate) -> Json:
    form: Json = {} if isinstance(variate, Fixed) else variate_to_plain(variate)
    return form


def lift_form(lift: Lift) -> Json:
    """A lift, but for what it rests on."""
    return {
        "id": lift.id,
        "mode": lift.mode,
        "base": lift.base,
        "vehicles": _count(lift.vehicles),
        "holds": {kind: amount_form(many) for kind, many in lift.holds},
        "tons": amount_form(lift.tons),
        "speed_kmh": amount_form(lift.speed),
        "speed_as_written": {"key": lift.speed_in.value, **(amount_form(lift.speed_as_written) or {})},
        "ground_minutes": _count(lift.ground),
        "hours_per_day": amount_form(lift.hours_per_day),
        "detour": lift.detour,
    }


def port_form(port: Port) -> Json:
    """A port, but for what it rests on."""
    return {
        "id": port.id,
        "place": port.place,
        "spots": _count(port.spots),
        "ground_minutes": minutes_form(port.ground),
        "open": None if port.open is None else hours(port.open),
    }


def change_form(stamp: Callable[[int], str], change: Change) -> Json:
    """A change, but for what it rests on: of a lift there are so many `vehicles`, of a port so many `spots`."""
    amount = _count(change.amount)
    of = {"port": change.port, "spots": amount} if change.lift is None else {"lift": change.lift, "vehicles": amount}
    return {"at": stamp(change.at), **of}
