"""The JSON Schema of the scenario format, by which editors help to write a scenario.

It is made of the loader's shapes, of how values are written, and of the rules between keys. Whatever loads is valid by
it, but for blanks in the quotes around a word of a closed set, and what is not valid by it does not load. It sees one
entry at a time: what refers to what, and whether figures and times fit one another, `check` has to say.

It is of draft 7, the newest that all language servers for YAML know; nothing stands beside a `$ref`, as draft 7 has it.
In `errorMessage` and `patternErrorMessage`, keywords of editors, is what those that know them say instead of their own.
"""

import json
from typing import Final

from docs import rules
from docs.values import ID, PLACE_ID, VALUES, Json
from sim.domain.scenario import FORMAT
from sim.loader import shape
from sim.loader.shape import HEADER, REQUIRED, SECTIONS, SELECTOR, Field, Form, Shape, is_variate

_SHARED: Final[dict[str, Field]] = {
    "strength": shape.STRENGTH,
    "part-strength": shape.PART_STRENGTH,
    "window": shape.WINDOW,
    "transit": shape.TRANSIT,
    "load": shape.LOAD,
    **{f"selected-{name}": field for name, field in SELECTOR.items()},
}
"""What several keys take, by what its definition is called."""

_RULES: Final = (
    (shape.STRENGTH, rules.STRENGTH),
    (shape.PART_STRENGTH, rules.PART_STRENGTH),
    (shape.PARTS, rules.PART),
    (shape.LOAD, rules.LOAD),
    (shape.CAPACITY, rules.CHANGE),
)
"""The rules of what is inside of some keys."""


def published() -> str:
    """The schema as it is published."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def schema() -> Json:
    sections = {name: _section(name, field) for name, field in SECTIONS.items()}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$comment": "Generated from the loader's shapes: see docs/schema.py.",
        "title": f"Scenario format {FORMAT}",
        "description": "What was reported, and what is claimed about it.",
        **_mapping(HEADER, sections),
        "required": _required(HEADER),
        "definitions": {
            **{_noun(name): _entry(name, field.keys) for name, field in SECTIONS.items()},
            **{name: _field(field) for name, field in _SHARED.items()},
            **{_distribution(value): _inside(field) for value, field in sorted(_distributed().items())},
        },
    }


def _described(field: Field) -> str:
    """What an editor shows of a key: a sentence, and when it is needed."""
    needed = f" ({field.needed})" if field.needed else ""
    return f"{field.means[:1].upper()}{field.means[1:]}{needed}."


def _section(name: str, field: Field) -> Json:
    """A section: entries by id, the path of a table, or nothing."""
    return {
        "description": _described(field),
        "type": ["object", "string", "null"],
        "pattern": r"^(?:[^/].*\.[Cc][Ss][Vv])?$",
        "patternErrorMessage": f"Write ids with keys and values here, or the path of a CSV file such as {name}.csv.",
        "propertyNames": PLACE_ID if name == "places" else ID,
        "additionalProperties": {"$ref": f"#/definitions/{_noun(name)}"},
    }


def _noun(section: str) -> str:
    return section.removesuffix("s")


def _entry(section: str, keys: Shape) -> Json:
    own, found = rules.ENTRIES[section], _mapping(keys)
    if "amends" not in keys:
        return {**found, "required": _required(keys), **_all(own.always)}
    word = "source" if "source" in keys else "sources"
    amends = {
        "if": rules.has("amends"),
        "then": rules.needs(word, f"An entry that amends another needs `{word}`: who reports the change."),
        "else": {"required": _required(keys), **_all(own.unless_amending)},
    }
    return {**found, **_all((*own.always, amends))}


def _mapping(keys: Shape, more: Json | None = None) -> Json:
    """Keys and values, with `more` besides, and no others."""
    properties = {name: _property(field) for name, field in keys.items()}
    return {"type": "object", "properties": {**properties, **(more or {})}, "additionalProperties": False}


def _required(keys: Shape) -> list[str]:
    return [name for name, field in keys.items() if field.needed == REQUIRED]


def _all(schemas: tuple[Json, ...]) -> Json:
    return {"allOf": list(schemas)} if schemas else {}


def _property(field: Field) -> Json:
    """What a key takes: where it is defined, if several take it, else in place."""
    for name, shared in _SHARED.items():
        if shared is field:
            return {"$ref": f"#/definitions/{name}"}
    return _field(field)


def _field(field: Field) -> Json:
    value = VALUES[field.value].schema
    takes: Json
    match field.form:
        case Form.ONE:
            takes = value
        case Form.MANY:
            takes = _many(value)
        case Form.GROUP:
            takes = _group(field, value)
        case Form.RECORDS:
            takes = _records(field)
    return {"description": _described(field), **takes}


def _many(value: Json) -> Json:
    """A value, or a list of such values: said at once where it can be, because of a list an editor then says more."""
    if "enum" in value:
        return {"anyOf": [value, {"type": "array", "minItems": 1, "items": value}]}
    if "anyOf" in value:
        one, *others = value["anyOf"]
        return {"anyOf": [_or_list(one, value), *others]}
    return _or_list(value, value)


def _or_list(one: Json, value: Json) -> Json:
    return {**one, "type": [*_types(one), "array"], "minItems": 1, "items": value}


def _types(value: Json) -> list[str]:
    return [value["type"]] if isinstance(value["type"], str) else value["type"]


def _group(field: Field, bare: Json) -> Json:
    """Keys and values, or a value that stands for them: editors propose that, which is the shorter."""
    if not field.bare:
        return _inside(field)
    inside = {"$ref": f"#/definitions/{_distribution(field.value)}"} if is_variate(field) else _inside(field)
    return {**bare, "type": [*_types(bare), "object"], "if": {"type": "object"}, "then": inside}


def _distributed() -> dict[str, Field]:
    """Of each value of which there may be distributions, a key that takes one: all say the same of them."""
    fields = [field for section in (HEADER, SECTIONS) for field in section.values()]
    found: dict[str, Field] = {}
    while fields:
        field = fields.pop()
        fields.extend(field.keys.values())
        if is_variate(field):
            found.setdefault(field.value, field)
    return found


def _distribution(value: str) -> str:
    """What the definition of the distributions of a value is called."""
    return f"distribution-of-{value.replace(' ', '-')}"


def _records(field: Field) -> Json:
    length = {"minItems": 2, "maxItems": 2} if field is shape.SEPARATE else {"minItems": 1}
    return {"type": "array", **length, "items": _inside(field)}


def _inside(field: Field) -> Json:
    """The keys that stand inside of one, and the rules they follow."""
    found = _mapping(field.keys)
    if is_variate(field):
        return found | {"minProperties": 1} | _all(rules.DISTRIBUTION)
    if required := _required(field.keys):
        found["required"] = required
    return found | _all(next((each for ruled, each in _RULES if ruled is field), ()))
