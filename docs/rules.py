"""Rules: which keys of the scenario format go together, as JSON Schemas of the mappings that hold them.

Each is a condition and what then has to be so, because of several alternatives that all fail an editor shows but one.
"""

from collections.abc import Iterable
from typing import Final, get_args

from attrs import frozen

from docs.values import VALUES, Json
from sim.domain.claim import Test
from sim.domain.vocabulary import MOVES, Action, Kind
from sim.loader.shape import FIGURE


@frozen
class Rules:
    """What holds of the keys of every entry of a section, and what of those besides that amend no other entry."""

    always: tuple[Json, ...] = ()
    unless_amending: tuple[Json, ...] = ()


def has(*keys: str) -> Json:
    """Holds of what has any of the keys."""
    return {"required": list(keys)} if len(keys) == 1 else {"anyOf": [has(key) for key in keys]}


def needs(key: str, message: str) -> Json:
    return {"required": [key], "errorMessage": message}


def _lacks(keys: Iterable[str], message: str) -> Json:
    """Refuses each of the keys."""
    return {"properties": dict.fromkeys(keys, False), "errorMessage": message}


def _one_of(keys: tuple[str, ...], message: str) -> tuple[Json, ...]:
    """Refuses each of the keys that stands beside an earlier one."""
    pairs = ((key, keys[place:]) for place, key in enumerate(keys[:-1], 1))
    return tuple({"if": has(key), "then": _lacks(others, message)} for key, others in pairs)


_NO_GROUNDS: Final = "This has neither sources nor a reason. Add `sources: [an-id]`, or `because: why you assume it`."
_GROUNDS: Final[Json] = {"if": has("because"), "else": needs("sources", _NO_GROUNDS)}

_KINDS: Final = tuple(kind.value for kind in Kind)
_UNIT: Final = Rules(
    _one_of(_KINDS, "A unit has one kind of strength. Make them two units: kinds are never added."),
    (
        {"if": has(*_KINDS), "else": needs(_KINDS[0], f"The unit has no strength. Add one of {', '.join(_KINDS)}.")},
        _GROUNDS,
    ),
)

_MOVEMENT: Final = ("depart", "arrive", "transit")


def _arrives(others: str) -> Json:
    """Refuses what has no arrival; `others` are the other ways out."""
    return {
        "if": {**has("arrive"), "properties": {"arrive": has("by")}},
        "else": needs("transit", f"This never arrives. Add `arrive: {{by: a time}}`, {others}."),
    }


def _commands(*actions: Action) -> Json:
    """Holds of an order of one of the actions."""
    return {**has("action"), "properties": {"action": {"enum": [action.value for action in actions]}}}


def _but_for(*actions: Action) -> Json:
    return _commands(*(action for action in Action if action not in actions))


_CARRIED: Final = ("lift", "route", "notice", "priority", "load")
_MOVED: Final = (*_MOVEMENT, "parts", *_CARRIED)
_ORDER: Final = Rules(
    (
        {"if": _but_for(Action.DEPLOY), "then": _lacks(["to"], "This goes only with `action: deploy`. Take it out.")},
        {"if": _but_for(Action.CANCEL), "then": _lacks(["cancels"], "This goes only with `action: cancel`.")},
        {"if": _but_for(*MOVES), "then": _lacks(_MOVED, "This goes only with `action: deploy` and `return`.")},
        {"if": has("lift"), "else": _lacks(_CARRIED[1:], "This goes only with `lift`. Take it out.")},
        {"if": has("parts"), "then": _lacks(_MOVEMENT, "This does not go with `parts`. Move it into each of them.")},
    ),
    (
        {
            "if": _commands(Action.DEPLOY),
            "then": needs("to", "A deploy order needs `to`: a place, `unstated` where no report says."),
        },
        {
            "if": _commands(Action.CANCEL),
            "then": needs("cancels", "This cancels nothing. Add `cancels: the id of an order`."),
        },
        {"if": _but_for(Action.CANCEL), "then": needs("units", "This order addresses nobody. Name its `units`.")},
        {
            "if": _commands(*sorted(MOVES)),
            "then": {"if": has("parts", "lift"), "else": _arrives("`transit: 12h`, or `lift: an-id`")},
        },
        _GROUNDS,
    ),
)

_TESTS: Final = tuple(test.__name__.lower() for test in get_args(Test))


def _goes_with(test: str, *keys: str) -> Json:
    """Refuses keys of one kind of claim in those of another."""
    others = {"anyOf": [has(other) for other in _TESTS if other != test]}
    return {"if": {**others, "not": has(test)}, "then": _lacks(keys, f"This goes only with `{test}`. Take it out.")}


_CLAIM: Final = Rules(
    (
        *_one_of(_TESTS, "A claim has one kind. Make them two claims."),
        _goes_with("count", "is", "at"),
        _goes_with("closed", "by"),
        {"if": has("count"), "then": needs("is", "Add `is: how many are counted`.")},
    ),
    ({"if": has(*_TESTS), "else": needs(_TESTS[0], f"The claim has no kind. Add one of {', '.join(_TESTS)}.")},),
)

_SPEEDS: Final = ("speed_kt", "speed_kmh", "km_per_day")
_SEATED: Final = "The lift has both `seats` and troops in `loads_of`. Keep one of the two."
_LIFT: Final = Rules(
    (
        _GROUNDS,
        {"if": has(*_SPEEDS), "else": needs(_SPEEDS[0], f"The lift has no speed. Add one of {', '.join(_SPEEDS)}.")},
        *_one_of(_SPEEDS, "A lift has one speed. Keep one of the two."),
        {
            "if": has("km_per_day"),
            "then": _lacks(["hours_per_day"], "This does not go with `km_per_day`. Take it out."),
        },
        {"if": has("loads_of"), "else": needs("seats", "This holds nothing. Add `seats`, or `loads_of`.")},
        {"if": has("seats"), "then": {"properties": {"loads_of": _lacks(["troops"], _SEATED)}}},
        {"properties": {"loads_of": {"minProperties": 1, "errorMessage": "This holds nothing. Say how many of what."}}},
    )
)
_PORT: Final = Rules((_GROUNDS,))

_PLACE: Final = Rules(({"dependencies": {"lat": ["lon"], "lon": ["lat"]}},))

ENTRIES: Final = {
    "sources": Rules(),
    "places": _PLACE,
    "lift": _LIFT,
    "ports": _PORT,
    "units": _UNIT,
    "orders": _ORDER,
    "claims": _CLAIM,
}
"""The rules of the entries of each section."""

_NEEDS_POST: Final = "These words name no single number. Add `post: the number to post`."


def _posts(strength: Json) -> Json:
    """`post`, where the words in `is` are no strength."""
    return {"if": {"properties": {"is": strength}}, "else": needs("post", _NEEDS_POST)}


_POSTED: Final = (
    {"if": has("post"), "then": _GROUNDS},
    {"dependencies": {"sources": ["post"], "because": ["post"]}},
)

STRENGTH: Final = (_posts(VALUES["strength"].schema), *_POSTED)
"""The rules of a strength in several keys."""

PART_STRENGTH: Final = (_posts(VALUES["part"].schema), *_POSTED)
"""The rules of the strength of a part, in several keys."""

PART: Final = (_arrives("or `transit: 12h`"),)
"""The rules of a part of an order."""

LOAD: Final = (
    {"if": has(*_KINDS), "else": needs(_KINDS[0], "A load is of one kind. Write `{troops: 90}`.")},
    *_one_of(_KINDS, "A load is of one kind."),
)
"""The rules of a load."""

_OF_ONE: Final = "A change is of a port or of a lift. Name one of them."

CHANGE: Final = (
    _GROUNDS,
    *_one_of(("port", "lift"), _OF_ONE),
    {"if": has("port", "lift"), "else": needs("port", _OF_ONE)},
    {"if": has("lift"), "then": needs("vehicles", "Add `vehicles: how many from then on`.")},
    {"if": has("port"), "then": {"if": has("lift"), "else": needs("spots", "Add `spots: how many from then on`.")}},
    {"if": {**has("port"), "not": has("lift")}, "then": _lacks(["vehicles"], "This goes only with `lift`.")},
    {"if": {**has("lift"), "not": has("port")}, "then": _lacks(["spots"], "This goes only with `port`.")},
)
"""The rules of a change of capacity."""

DISTRIBUTION: Final = _one_of(tuple(FIGURE.keys), "This is told in more than one way. Keep one of them.")
"""The rules of a figure in several keys."""
