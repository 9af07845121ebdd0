"""The closed sets of words: kinds of strength, states of readiness, actions, and bases."""

from collections.abc import Iterable
from enum import StrEnum


class Kind(StrEnum):
    """What a strength counts. Kinds are never added to one another."""

    TROOPS = "troops"
    AIRCRAFT = "aircraft"
    VEHICLES = "vehicles"
    BATTERIES = "batteries"


class Readiness(StrEnum):
    """How ready a unit is, and whether it is on its way."""

    GARRISON = "garrison"
    STANDBY = "standby"
    HEIGHTENED_ALERT = "heightened-alert"
    IN_TRANSIT = "in-transit"
    DEPLOYED = "deployed"


LEGAL_CHANGES: dict[Readiness, frozenset[Readiness]] = {
    Readiness.GARRISON: frozenset({Readiness.STANDBY, Readiness.HEIGHTENED_ALERT, Readiness.IN_TRANSIT}),
    Readiness.STANDBY: frozenset({Readiness.GARRISON, Readiness.HEIGHTENED_ALERT, Readiness.IN_TRANSIT}),
    Readiness.HEIGHTENED_ALERT: frozenset({Readiness.GARRISON, Readiness.STANDBY, Readiness.IN_TRANSIT}),
    Readiness.IN_TRANSIT: frozenset({Readiness.DEPLOYED, Readiness.GARRISON}),
    Readiness.DEPLOYED: frozenset({Readiness.IN_TRANSIT}),
}
"""From each readiness, the ones it may change to; in transit to garrison only at the unit's origin."""


class Action(StrEnum):
    """What an order commands."""

    ALERT = "alert"
    STANDBY = "standby"
    DEPLOY = "deploy"
    RETURN = "return"
    STAND_DOWN = "stand-down"
    CANCEL = "cancel"


MOVES = frozenset({Action.DEPLOY, Action.RETURN})
"""The actions that take a unit from one place to another."""

READINESS_AFTER = {
    Action.ALERT: Readiness.HEIGHTENED_ALERT,
    Action.STANDBY: Readiness.STANDBY,
    Action.STAND_DOWN: Readiness.GARRISON,
    Action.DEPLOY: Readiness.DEPLOYED,
    Action.RETURN: Readiness.GARRISON,
}
"""The readiness an action leads to; for a move, on arrival."""


class Basis(StrEnum):
    """How a movement is known."""

    OBSERVED = "observed"
    ANNOUNCED = "announced"
    ASSUMED = "assumed"


CERTAINTY = (Basis.ASSUMED, Basis.ANNOUNCED, Basis.OBSERVED)
"""Bases from the weakest to the strongest; strength known in several ways is as sure as the weakest."""


def weakest(bases: Iterable[Basis | None]) -> Basis | None:
    """The least certain of some bases; None where nothing moved."""
    known = set(bases)
    return next((basis for basis in CERTAINTY if basis in known), None)
