"""Keys: what the reference says of each, from the loader's shapes."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from docs.values import VALUES
from sim.loader import shape
from sim.loader.shape import Field, Form, Shape, is_variate

_MAPPINGS: Final = (
    (shape.STRENGTH, "[keys](#strengths)"),
    (shape.PART_STRENGTH, "[keys](#strengths)"),
    (shape.WINDOW, "a [window](#windows)"),
    (shape.TRANSIT, "[keys](#transit)"),
    (shape.PARTS, "a list of [parts](#parts)"),
    (shape.LOAD, "a [load](#loads)"),
    (shape.LOADS_OF, "a [kind](#loads) and how many, for each"),
    (shape.CAPACITY, "a list of [changes](#capacity)"),
    (shape.SEPARATE, "a list of two [selectors](#selectors)"),
    *((field, f"ids with [keys](#{name}), or a [CSV file](#csv)") for name, field in shape.SECTIONS.items()),
)
"""What is said of keys that take mappings, by what these have in them; all others select."""

HEADER: Final = ("key", "", "takes", "meaning")


def rows(keys: Shape) -> Iterator[tuple[str, str, str, str]]:
    """A row for each key: when it is needed, what it takes and what that means. Keys that take the same share one."""
    for _, same in groupby(keys.items(), key=lambda item: id(item[1])):
        names, fields = zip(*same, strict=True)
        field: Field = fields[0]
        yield ", ".join(f"`{name}`" for name in names), field.needed, _takes(field), field.means


def _takes(field: Field) -> str:
    match field.form:
        case Form.ONE:
            return VALUES[field.value].words
        case Form.MANY:
            return f"{VALUES[field.value].words}; or a list"
        case Form.GROUP | Form.RECORDS:
            if is_variate(field):
                return f"{VALUES[field.value].words}, or a [distribution](#distributions)"
            inside = next((words for each, words in _MAPPINGS if each is field), "a [selector](#selectors)")
            return f"{VALUES[field.value].words}, or {inside}" if field.bare else inside
