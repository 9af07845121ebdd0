"""Symbols: the APP-6D / MIL-STD-2525D code of every unit, 20 digits, whether its author gave one or not.

The digits of a code: version (2), context, standard identity, symbol set (2), status, headquarters or dummy, echelon
(2), entity (6), two modifiers (2 each). The status is always that of what is there: who draws knows when it is only
planned.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from sim.domain.unit import DEFAULT_SIDE, Unit
from sim.domain.vocabulary import Kind

_DIGITS = 20
_IDENTITY, _STATUS = 3, 6
_PRESENT = "0"
_UNKNOWN, _FRIEND, _NEUTRAL = "1", "3", "4"

IDENTITIES = {
    "0": "pending",
    _UNKNOWN: "unknown",
    "2": "assumed friend",
    _FRIEND: "friend",
    _NEUTRAL: "neutral",
    "5": "suspect",
    "6": "hostile",
}
"""What the digit of an identity stands for."""

_VERSION_AND_REALITY = "100"

_PLAINEST = {
    Kind.TROOPS: ("10", "00", "000000"),  # a land unit of which no more is said
    Kind.AIRCRAFT: ("01", "00", "110000"),  # military, in the air
    Kind.VEHICLES: ("15", "00", "120000"),  # a vehicle on land
    Kind.BATTERIES: ("10", "15", "000000"),  # a land unit of the size of a battery
}
"""Symbol set, echelon and entity of what is only known by its kind."""


def symbols(units: Mapping[str, Unit]) -> dict[str, str]:
    """The code of each unit, by id: the one its author gave, else the plainest for its kind with its side's identity.

    A side has the identity that most of the codes given for its units have; where none is given, or as many have
    another, the side `DEFAULT_SIDE` is a friend and every other neutral. Nobody is called hostile but by an author.
    """
    identities = _identities(units.values())
    return {id: _own(unit) or _plainest(unit, identities[unit.side]) for id, unit in units.items()}


def identity_of(symbol: str) -> str:
    """The word for whose the thing with this code is; one that the standard does not have is unknown."""
    return IDENTITIES.get(symbol[_IDENTITY], IDENTITIES[_UNKNOWN])


def _own(unit: Unit) -> str:
    """The code its author gave, with the status of what is there; empty where there is none."""
    given = unit.symbol[:_DIGITS]
    return given[:_STATUS] + _PRESENT + given[_STATUS + 1 :] if given else ""


def _plainest(unit: Unit, identity: str) -> str:
    symbol_set, echelon, entity = _PLAINEST[unit.kind]
    return f"{_VERSION_AND_REALITY}{identity}{symbol_set}{_PRESENT}0{echelon}{entity}0000"


def _identities(units: Iterable[Unit]) -> dict[str, str]:
    """The digit for each side."""
    given: dict[str, Counter[str]] = {}
    for unit in units:
        of_side = given.setdefault(unit.side, Counter())
        if unit.symbol:
            of_side[unit.symbol[_IDENTITY]] += 1
    return {side: _most(of_side) or (_FRIEND if side == DEFAULT_SIDE else _NEUTRAL) for side, of_side in given.items()}


def _most(given: Counter[str]) -> str:
    """The digit that most have; empty where none is given, or two are as frequent."""
    ordered = given.most_common(2)
    tied = len(ordered) > 1 and ordered[0][1] == ordered[1][1]
    return ordered[0][0] if ordered and not tied else ""
