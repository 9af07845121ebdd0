"""Shapes: which keys the entries of each section have, in YAML and, flattened, as the columns of a table.

What is said of each key here is also what the reference shows of it, and what an editor does.
"""

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Final, Literal

import attrs
from attrs import frozen

from sim.domain.vocabulary import Kind

_Text = Literal["text", "format", "zone", "address", "symbol"]
_Figure = Literal["quantity", "quantity or rest", "strength", "part", "number", "share", "latitude", "longitude"]
_Time = Literal["instant", "time", "moment", "moment or always", "publication", "duration"]
_Lift = Literal["count", "some", "above 0", "hours", "delay", "hours a day", "opening hours", "detour", "priority"]
_Word = Literal["action", "basis", "readiness", "first readiness", "kind", "refusal", "mode"]
_Id = Literal["source", "place", "defined place", "unit", "order", "claim", "lift", "port"]
Value = Literal[_Text, _Figure, _Time, _Lift, _Word, _Id]
"""What a single value is: a text, a figure, a time, a word of a closed set, or the id of what a section defines.

A strength is a quantity that names a single number, a part is one or `rest`. An instant is a time without `D+n`, a
moment is a time, `start` or `end`, and a publication is a time or a month. A first readiness is not in transit. A place
may be `unstated`, a defined place may not. A count is 0 or more and some are 1 or more; hours are a number or a
duration; a delay is a duration that may be none.
"""

REQUIRED: Final = "required"


class Form(Enum):
    """What a key takes: one value, a value or a list, keys of its own, or a list of mappings with keys of their own."""

    ONE = 1
    MANY = 2
    GROUP = 3
    RECORDS = 4


@frozen
class Field:
    """What a key takes. `keys` are those of a group or of each record; `example` shows a value in messages.

    A group whose `bare` is not empty may be written as a single value, which is then that of its key `bare`. `single`
    is whether a single value will do, and `value` what it, or each of many, is.

    `means` tells the reader what the key says. `needed` tells when it has to be there, or what holds where it is not;
    it is empty where a key may be left out, and then says nothing.
    """

    form: Form
    keys: Mapping[str, "Field"] = {}
    bare: str = ""
    example: str = ""
    value: Value = "text"
    means: str = ""
    needed: str = ""
    single: bool = attrs.field(init=False)

    @single.default
    def _single(self) -> bool:
        return self.form is Form.ONE or bool(self.bare)


Shape = Mapping[str, Field]


def _one(value: Value, means: str, needed: str = "") -> Field:
    return Field(Form.ONE, value=value, means=means, needed=needed)


def _many(value: Value, means: str, needed: str = "") -> Field:
    return Field(Form.MANY, value=value, means=means, needed=needed)


def _grounds(needed: str) -> Shape:
    """What something rests on."""
    return {
        "sources": _many("source", "the sources it rests on", needed),
        "because": _one("text", "why it is assumed", needed),
    }


_OWN: Final = _grounds("default: the order's")
_STATED: Final = _grounds("one of the two required")
_MOVES: Final = "`deploy` and `return` only"
_KIND: Final = "exactly one of five kinds"

WINDOW: Final = Field(
    Form.GROUP,
    {
        "after": _one("time", "when it begins; a date is its first minute"),
        "by": _one("time", "when it ends; a date is its last minute"),
        "basis": _one("basis", "how the movement is known", "default: `announced` with sources, `assumed` without"),
        **_OWN,
    },
    example="{by: 2022-02-06}",
    means="when they leave, and when they arrive: a window, of which either end may be missing",
    needed=_MOVES,
)
TRANSIT: Final = Field(
    Form.GROUP,
    {"is": _one("duration", "how long", REQUIRED), **_OWN},
    "is",
    "{is: 12h, because: …}",
    "duration",
    "how long they are on the way, where no `arrive.by` is given",
    _MOVES,
)
_MOVEMENT: Final[Shape] = {"depart": WINDOW, "arrive": WINDOW, "transit": TRANSIT}

_POSTED: Final[Shape] = {
    "post": _one("number", "the strength to post", "required where the words name no single number"),
    "sources": _many("source", "the sources `post` rests on", "with `post`, one of the two required"),
    "because": _one("text", "why this number is posted", "with `post`, one of the two required"),
}
STRENGTH: Final = Field(
    Form.GROUP,
    {"is": _one("quantity", "how many, in the report's words", REQUIRED), **_POSTED},
    "is",
    "{is: nearly 5000, post: 4900, because: …}",
    "strength",
    "how many, in the report's words; it is the unit's kind",
    "exactly one required",
)
PART_STRENGTH: Final = Field(
    Form.GROUP,
    {"is": _one("quantity or rest", "how many, in the report's words", REQUIRED), **_POSTED},
    "is",
    "{is: several dozen, post: 60, because: …}",
    "part",
    "how many, in the report's words; `rest` is all that the other parts leave",
    REQUIRED,
)
PARTS: Final = Field(
    Form.RECORDS,
    {"strength": PART_STRENGTH, **_MOVEMENT, **_OWN},
    example="{strength: 60, arrive: {by: …}}",
    means="the parts in which a unit moves, one unit to an order; they add up to it",
    needed="instead of `depart`, `arrive` and `transit`",
)


def _variate(value: Value, means: str, needed: str = "") -> Field:
    """A figure, or a distribution of it."""
    figures = {
        "is": _one(value, "the figure"),
        "uniform": _many(value, "any from [low, high], each as likely"),
        "triangular": _many(value, "from [low, mode, high], most likely the mode"),
        "normal": _many(value, "a normal distribution of [mean, deviation]; what would lie below 0 is 0"),
        "lognormal": _many(value, "a log-normal distribution of [mean, deviation]: its own, not its logarithm's"),
        "empirical": _many(value, "one of these, as they were observed, each as likely"),
    }
    example = "{uniform: [8h, 12h]}" if value in {"hours", "delay"} else "{uniform: [8, 12]}"
    return Field(Form.GROUP, figures, "is", example, value, means, needed)


FIGURE: Final = _variate("above 0", "a figure")
"""What any figure of lift may be: the keys are those of each."""


def is_variate(field: Field) -> bool:
    """Whether a key takes a figure or a distribution of it."""
    return field.keys.keys() == FIGURE.keys.keys()


_SPEED: Final = "exactly one of three"
_KIND_HELD: Final = "`seats` or this, or both"
LOADS_OF: Final = Field(
    Form.GROUP,
    {kind.value: _variate("some", f"how many {kind.value} one vehicle holds") for kind in Kind},
    example="{vehicles: 16, troops: 60}",
    means="how many of each kind one vehicle holds",
    needed=_KIND_HELD,
)
LOAD: Final = Field(
    Form.GROUP,
    {
        **{kind.value: _variate("some", f"how many {kind.value} go in one vehicle", "exactly one") for kind in Kind},
        "tons": _variate("above 0", "the short tons that such a load weighs"),
    },
    example="{troops: 90, tons: 30}",
    means="how much of the unit one vehicle takes",
    needed="with `lift`, default: all that it holds",
)
LIFT: Final[Shape] = {
    "mode": _one("mode", "how the vehicles travel", REQUIRED),
    "vehicles": _variate("count", "how many there are at the start", REQUIRED),
    "seats": _variate("some", "how many troops one vehicle holds", "this or `loads_of`, or both"),
    "loads_of": LOADS_OF,
    "tons": _variate("above 0", "the short tons one vehicle takes", "default: no limit"),
    "speed_kt": _variate("above 0", "its speed in knots, from block to block", _SPEED),
    "speed_kmh": _variate("above 0", "its speed in kilometres an hour", _SPEED),
    "km_per_day": _variate("above 0", "how far it comes in a day, rests included", _SPEED),
    "ground_hours": _variate("hours", "how long it stands to load, and to unload", "default: 0"),
    "hours_per_day": _variate("hours a day", "how long it travels between two rests", "not with `km_per_day`"),
    "base": _one("defined place", "where the vehicles are at the start; it needs `lat` and `lon`", REQUIRED),
    "detour": _one(
        "detour", "how much longer its way is than the great circle", "default: 1.3 for road and rail, else 1"
    ),
    **_STATED,
}
PORT: Final[Shape] = {
    "place": _one("defined place", "where it is; a place has one port", REQUIRED),
    "spots": _variate("count", "how many vehicles load or unload there at a time", REQUIRED),
    "ground_hours": _variate("hours", "how long each of them stands", "default: the lift's"),
    "open": _one("opening hours", "when it works, in the scenario's timezone", "default: always"),
    **_STATED,
}
CAPACITY: Final = Field(
    Form.RECORDS,
    {
        "at": _one("time", "from when on; a date is its first minute", REQUIRED),
        "port": _one("port", "the port that then has so many `spots`", "this or `lift`"),
        "lift": _one("lift", "the lift that then has so many `vehicles`", "this or `port`"),
        "spots": _variate("count", "how many spots", "with `port`, required"),
        "vehicles": _variate("count", "how many vehicles", "with `lift`, required"),
        **_STATED,
    },
    example="{at: 2022-02-10, port: an-id, spots: 4, sources: [an-id]}",
    means="what changes of ports and lift during the run",
)

SELECTOR: Final[Shape] = {
    "units": _many("unit", "these, and their parts"),
    "orders": _many("order", "the units that these orders address"),
    "place": _many("place", "what is here, or at a place within"),
    "origin": _many("place", "what has its origin here, or at a place within"),
    "country": _many("text", "what is in this country"),
    "readiness": _many("readiness", "what is this ready; `in-transit` is what is on its way"),
    "side": _many("text", "what is of this side"),
    "kind": _many("kind", "what is counted; a `count` has one, as kinds are never added", "default `troops`"),
}


def _selection(means: str) -> Field:
    return Field(Form.GROUP, SELECTOR, example="{place: pl, readiness: deployed}", means=means, needed=_KIND)


SEPARATE: Final = Field(
    Form.RECORDS,
    SELECTOR,
    example="{place: pl, readiness: deployed}",
    means="two selections; no unit is ever selected by both, not even at different times",
    needed=_KIND,
)

SOURCE: Final[Shape] = {
    "outlet": _one("text", "who published it", REQUIRED),
    "title": _one("text", "its title"),
    "published": _one("publication", "when it was published; a date or a month is its last minute"),
    "url": _one("address", "where it is"),
    "archived": _one("address", "where a copy is"),
    "relays": _many("source", "the sources it passes on, not in a circle"),
}
PLACE: Final[Shape] = {
    "name": _one("text", "what readers call it", "default: the id"),
    "within": _one("defined place", "the place around it, not in a circle"),
    "country": _one("text", "its country", "default: that of `within`"),
    "lat": _one("latitude", "degrees north, WGS-84", "with `lon`"),
    "lon": _one("longitude", "degrees east, WGS-84", "with `lat`"),
}
UNIT: Final[Shape] = {
    "amends": _one("unit", "the unit that this entry changes, from the publication of its sources on"),
    "name": _one("text", "what readers call it", "default: the id"),
    **dict.fromkeys((kind.value for kind in Kind), STRENGTH),
    "place": _one("place", "where it stands at the start", REQUIRED),
    "origin": _one("place", "where `return` takes it", "default: `place`"),
    "readiness": _one("first readiness", "how ready it is at the start", "default `garrison`"),
    "side": _one("text", "whose it is", "default `US`"),
    "part_of": _one("unit", "the unit it is part of; naming that one in a selector or an order names all its parts"),
    "symbol": _one("symbol", "its MIL-STD-2525D / APP-6D code"),
    **_STATED,
}
ORDER: Final[Shape] = {
    "amends": _one("order", "the order that this entry changes, from the publication of its sources on"),
    "at": _one("time", "when it was given; when it became public is its sources' `published`", REQUIRED),
    "action": _one("action", "what it commands", REQUIRED),
    "units": _many("unit", "the units it addresses", "required, but for `cancel`"),
    "to": _one("place", "where it sends them", "`deploy` only, required"),
    **_MOVEMENT,
    "parts": PARTS,
    "lift": _many("lift", "what takes them: one for all of the route, or one for each stretch of it", _MOVES),
    "route": _many(
        "defined place",
        "the places they go by, from where they are to where they go; each needs `lat` and `lon`",
        "with `lift`, default: from the place of the units to `to`",
    ),
    "notice": _variate("delay", "how long after the order they are ready to leave", "with `lift`, default: at once"),
    "priority": _one("priority", "of those that wait, the lowest goes first", "with `lift`, default: 0"),
    "load": LOAD,
    "cancels": _one("order", "the order it cancels", "`cancel` only, required"),
    "refusal": _one("refusal", "that the order is known to be impossible"),
    **_STATED,
}
CLAIM: Final[Shape] = {
    "amends": _one("claim", "the claim that this entry changes, from its source's publication on"),
    "corrects": _one("claim", "the claim that this one takes back, from its source's publication on"),
    "source": _one("source", "who states it", REQUIRED),
    "says": _one("text", "what it states, in our words"),
    "per": _one("source", "the source it has it from"),
    "speaker": _one("text", "the person who says so"),
    "count": _selection("so many are selected as `is` says"),
    "is": _one("quantity", "how many are selected", "with `count`, required"),
    "at": _one(
        "moment or always",
        "when they are; `always` is at every moment from the source's `published`, or `start`, on",
        "with `count`, default `end`",
    ),
    "never": _selection("none is ever selected, from the source's `published`, or `start`, on"),
    "separate": SEPARATE,
    "closed": _selection("every unit ever selected has closed a deploy `by` then; none selected is a contradiction"),
    "by": _one("moment", "when they have closed; a date is its last minute", "with `closed`, default `end`"),
    "noted": _one("text", "why it cannot be tested", _KIND),
    "disputed": _one("text", "why it is known not to fit; then a contradiction is expected"),
}


def _section(shape: Shape, example: str, means: str) -> Field:
    return Field(Form.GROUP, shape, example=example, means=means)


SECTIONS: Final[dict[str, Field]] = {
    "sources": _section(SOURCE, "{outlet: CNN}", "who reported"),
    "places": _section(PLACE, "{name: Poland, country: PL}", "where; `unstated` is built in"),
    "lift": _section(
        LIFT, "{mode: air, vehicles: 12, seats: 102, speed_kt: 450, base: an-id, sources: [an-id]}", "what moves units"
    ),
    "ports": _section(PORT, "{place: an-id, spots: 2, sources: [an-id]}", "where vehicles load and unload"),
    "units": _section(
        UNIT, "{troops: about 1700, place: us, sources: [an-id]}", "who, how many, and where they stand at the start"
    ),
    "orders": _section(
        ORDER, "{at: 2022-02-02, action: alert, units: [an-id], sources: [an-id]}", "what was commanded"
    ),
    "claims": _section(CLAIM, "{source: an-id, count: {place: pl}, is: 1700}", "what each source states"),
}
"""What an entry of each section looks like; a section's name less its `s` is what one of them is called."""

HEADER: Final[dict[str, Field]] = {
    "format": _one("format", "the format of this file", REQUIRED),
    "title": _one("text", "what the report is headed", REQUIRED),
    "start": _one("instant", "when the run begins; a date is its first minute", REQUIRED),
    "end": _one("time", "when it ends; a date is its last minute", REQUIRED),
    "timezone": _one("zone", "the zone of times written without an offset", "default `UTC`"),
    "about": _one("share", 'how far "about" reaches to either side', "default `10%`"),
    "snapshots": _many("moment", "times that `run` shows as columns", "default: the end"),
    "capacity": CAPACITY,
}


def columns_of(shape: Shape) -> dict[str, str]:
    """The columns a table may have besides `id`, each with the flat key that its cells are read as."""
    columns: dict[str, str] = {}
    for name, field in shape.items():
        columns |= {key: key for key in _values_of(name, field)}
        columns |= _bare_columns(name, field)
    return columns


def _bare_columns(name: str, field: Field) -> dict[str, str]:
    """The longer names of the columns that may be called by an outer key alone."""
    columns = {f"{name}_{field.bare}": name} if field.bare else {}
    for key, inner in field.keys.items() if field.form is Form.GROUP else ():
        if key != field.bare:
            columns |= _bare_columns(flat_key(name, key, field), inner)
    return columns


def _values_of(name: str, field: Field) -> Iterator[str]:
    """The flat keys, of which `name` is one or begins them, that have a value, or several."""
    if field.form is Form.GROUP:
        for key, inner in field.keys.items():
            yield from _values_of(flat_key(name, key, field), inner)
    elif field.form is not Form.RECORDS:
        yield name


def flat_keys(name: str, field: Field) -> Iterator[str]:
    """All flat keys of what `name` takes: itself, and those inside it at any depth."""
    yield name
    for key, inner in field.keys.items() if field.form is Form.GROUP else ():
        if key != field.bare:
            yield from flat_keys(flat_key(name, key, field), inner)


def flat_key(name: str, key: str, field: Field) -> str:
    """What a key inside a group is called where all keys are on one level."""
    return name if key == field.bare else f"{name}_{key}"


def written_key(flat: str) -> str:
    """How a flat key is written in YAML: without the key it stands inside."""
    for section in SECTIONS.values():
        for name, field in section.keys.items():
            if flat != name and flat in flat_keys(name, field):
                return _innermost(flat.removeprefix(f"{name}_"), field)
    return flat


def _innermost(flat: str, field: Field) -> str:
    """The last of the keys inside `field` that a flat key is made of."""
    if flat in field.keys:
        return flat
    outer = next(key for key in field.keys if flat.startswith(f"{key}_"))
    return _innermost(flat.removeprefix(f"{outer}_"), field.keys[outer])
