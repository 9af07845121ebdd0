"""What an editor makes of a scenario: YAML 1.2 as it reads it, and where in the file each value stands."""

import re
from collections.abc import Iterator
from typing import Any

import yaml
from attrs import frozen

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_NULL = {"", "~", "null", "Null", "NULL"}
_TRUE, _FALSE = {"true", "True", "TRUE"}, {"false", "False", "FALSE"}
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_BEYOND = re.compile(r"([-+]?)\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")

Path = tuple[str | int, ...]
Place = tuple[int, int]


@frozen
class Page:
    """A scenario as an editor has it. `places` are the line and column of each value, those of keys come before."""

    value: Any
    places: dict[Path, tuple[Place, ...]]


def read(text: str, *, guessing: bool = True) -> Page:
    """The one document in `text`; unless `guessing`, a scalar is the text that it is to the loader, or nothing.

    Raises yaml.YAMLError.
    """
    root = yaml.compose(text, Loader=_Loader)
    places: dict[Path, tuple[Place, ...]] = {}
    for path, keys, node in _nodes(root, (), ()):
        places[path] = (*keys, _place(node))
    return Page(_value(root, guessing), places)


def _nodes(node: Any, path: Path, keys: tuple[Place, ...]) -> Iterator[tuple[Path, tuple[Place, ...], Any]]:
    yield path, keys, node
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _nodes(value, (*path, key.value), (_place(key),))
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _nodes(item, (*path, index), ())


def _place(node: Any) -> Place:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _value(node: Any, guessing: bool) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _value(value, guessing) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, guessing) for item in node.value]
    plain = not node.style
    if plain and node.value in _NULL:
        return None
    return _guess(node.value) if plain and guessing else node.value


def _guess(text: str) -> Any:
    """What the core schema of YAML 1.2 takes an unquoted text for."""
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if _INTEGER.fullmatch(text):
        return int(text, 0) if text[:2] in {"0o", "0x"} else int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if match := _BEYOND.fullmatch(text):
        return float(f"{match[1]}inf") if match[1] is not None else float("nan")
    return text
