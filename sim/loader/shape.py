"""Shapes: which keys the entries of each section have, in YAML and, flattened, as the columns of a table."""

from collections.abc import Mapping
from enum import Enum

import attrs
from attrs import frozen

from sim.domain.vocabulary import Kind


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
    is whether a single value will do.
    """

    form: Form
    keys: Mapping[str, "Field"] = {}
    bare: str = ""
    example: str = ""
    single: bool = attrs.field(init=False)

    @single.default
    def _single(self) -> bool:
        return self.form is Form.ONE or bool(self.bare)


Shape = Mapping[str, Field]

ONE = Field(Form.ONE)
MANY = Field(Form.MANY)

_GROUNDS: Shape = {"sources": MANY, "because": ONE}
_WINDOW = Field(Form.GROUP, {"after": ONE, "by": ONE, "basis": ONE, **_GROUNDS}, example="{by: 2022-02-06}")
_MOVEMENT: Shape = {
    "depart": _WINDOW,
    "arrive": _WINDOW,
    "transit": Field(Form.GROUP, {"is": ONE, **_GROUNDS}, "is", "{is: 12h, because: …}"),
}
_STRENGTH = Field(Form.GROUP, {"is": ONE, "post": ONE, **_GROUNDS}, "is", "{is: nearly 5000, post: 4900, because: …}")
_SELECTOR: Shape = dict.fromkeys(("units", "orders", "place", "origin", "country", "readiness", "side", "kind"), MANY)
_SELECTION = Field(Form.GROUP, _SELECTOR, example="{place: pl, readiness: deployed}")

SOURCE: Shape = {"outlet": ONE, "title": ONE, "published": ONE, "url": ONE, "archived": ONE, "relays": MANY}
PLACE: Shape = {"name": ONE, "within": ONE, "country": ONE, "lat": ONE, "lon": ONE}
UNIT: Shape = {
    "name": ONE,
    **dict.fromkeys((kind.value for kind in Kind), _STRENGTH),
    **dict.fromkeys(("place", "origin", "readiness", "side", "part_of", "symbol"), ONE),
    **_GROUNDS,
}
ORDER: Shape = {
    "at": ONE,
    "action": ONE,
    "units": MANY,
    "to": ONE,
    **_MOVEMENT,
    "parts": Field(Form.RECORDS, {"strength": ONE, **_MOVEMENT, **_GROUNDS}, example="{strength: 60, arrive: {by: …}}"),
    "cancels": ONE,
    "refusal": ONE,
    **_GROUNDS,
}
CLAIM: Shape = {
    **dict.fromkeys(("says", "source", "per", "speaker", "disputed", "is", "at", "by", "noted"), ONE),
    **dict.fromkeys(("count", "never", "closed"), _SELECTION),
    "separate": Field(Form.RECORDS, _SELECTOR, example="{place: pl, readiness: deployed}"),
}

SECTIONS: dict[str, Field] = {
    "sources": Field(Form.GROUP, SOURCE, example="{outlet: CNN}"),
    "places": Field(Form.GROUP, PLACE, example="{name: Poland, country: PL}"),
    "units": Field(Form.GROUP, UNIT, example="{troops: about 1700, place: us, sources: [an-id]}"),
    "orders": Field(Form.GROUP, ORDER, example="{at: 2022-02-02, action: alert, units: [an-id], sources: [an-id]}"),
    "claims": Field(Form.GROUP, CLAIM, example="{source: an-id, count: {place: pl}, is: 1700}"),
}
"""What an entry of each section looks like; a section's name less its `s` is what one of them is called."""

HEADER: dict[str, Field] = {
    **dict.fromkeys(("format", "title", "start", "end", "timezone", "about"), ONE),
    "snapshots": MANY,
}


def columns_of(shape: Shape) -> dict[str, str]:
    """The columns a table may have besides `id`, each with the flat key that its cells are read as."""
    columns: dict[str, str] = {}
    for name, field in shape.items():
        if field.form in {Form.ONE, Form.MANY}:
            columns[name] = name
        elif field.form is Form.GROUP:
            columns |= {flat_key(name, key, field): flat_key(name, key, field) for key in field.keys}
            if field.bare:
                columns[f"{name}_{field.bare}"] = name
    return columns


def flat_key(name: str, key: str, field: Field) -> str:
    """What a key inside a group is called where all keys are on one level."""
    return name if key == field.bare else f"{name}_{key}"


def written_key(flat: str) -> str:
    """How a flat key is written in YAML: without the key it stands inside."""
    for section in SECTIONS.values():
        for name, field in section.keys.items():
            if flat.startswith(f"{name}_") and (inner := flat.removeprefix(f"{name}_")) in field.keys:
                return inner
    return flat
