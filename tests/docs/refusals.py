"""Refusals: where in a file the schema refuses something, as an editor underlines it."""

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from operator import getitem

from jsonschema import ValidationError

from tests.docs.editor import Page, Path, Place


def places_of(error: ValidationError, page: Page) -> set[Place]:
    """Where the loader may report what `error` is about: at a key or its value, or for what is missing, inside."""
    path: Path = tuple(error.absolute_path)
    holder = reduce(getitem, path, page.value)
    if error.validator == "additionalProperties":
        assert isinstance(error.schema, Mapping), "a mapping says what goes into it"
        return {
            place for key in holder.keys() - error.schema["properties"].keys() for place in page.places[(*path, key)]
        }
    if error.schema is False:  # of which the library tells only where the mapping is
        return {place for key in holder if holder[key] is error.instance for place in page.places[(*path, key)]}
    if "propertyNames" in error.absolute_schema_path:
        assert isinstance(error.instance, str), "keys are text"
        return set(page.places[(*path, error.instance)])
    if error.validator in {"required", "dependencies"}:
        return {place for inside, found in page.places.items() if inside[: len(path)] == path for place in found}
    return set(page.places[path])


def told(errors: Iterable[ValidationError]) -> Iterator[ValidationError]:
    """The errors that an editor tells: of alternatives that all fail, those of the one that comes furthest."""
    for error in errors:
        if not error.context:
            yield error
            continue
        alternatives: dict[str | int, list[ValidationError]] = {}
        for inner in error.context:
            alternatives.setdefault(inner.schema_path[0], []).append(inner)
        yield from told(max(alternatives.values(), key=lambda each: max(len(inner.path) for inner in each)))
