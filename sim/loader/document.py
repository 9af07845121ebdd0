"""Documents: a YAML file as nodes, built from the parser's events.

The events, not the library's own nodes: they come four times faster, any depth can be refused before it is built, and
keys that stand twice are seen.
"""

import re
from collections.abc import Sequence
from typing import Any, NoReturn

import yaml

from sim.errors import Location
from sim.loader.faults import (
    CIRCULAR_ALIAS,
    CONTROL_CHARACTER,
    DUPLICATE_KEY,
    EMPTY,
    KEY_NOT_TEXT,
    MANY_DOCUMENTS,
    MERGE_KEY,
    NOT_UTF8,
    NOT_YAML,
    TAG,
    TOO_DEEP,
    TOO_LARGE,
    TOO_MANY_NODES,
    UNDEFINED_ALIAS,
    Fault,
)
from sim.loader.limits import NESTING_MAX, NODES_MAX, YAML_MEBIBYTES_MAX
from sim.loader.node import Listing, Mapping, Node, Scalar, place_of
from sim.loader.opening import MEBIBYTE, open_regular
from sim.loader.problem import Problems, Spot, Word

_Parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser in C where PyYAML was built with it; the one in Python gives the same events, slowly."""

_LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_CONTROL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ufffd\U00010000-\U0010ffff]")
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})

_HINTS = {
    "mapping values are not allowed in this context": "Quote text that holds ': ', and line keys up under one another.",
    "found character that cannot start any token": "Indent with spaces, not tabs; quote text that begins with @ or `.",
    "did not find expected key": "Line keys up under one another, and quote text that goes on after a quoted word.",
    "could not find expected ':'": "Write ': ' between a key and its value, and indent text that goes on.",
    "found unexpected end of stream": "Close the quote that was opened above.",
    "did not find expected ',' or ']'": "Close the list with ']', and put ', ' between its items.",
    "did not find expected ',' or '}'": "Close the mapping with '}', and put ', ' between its entries.",
    "did not find expected '-' indicator": "Line the items of a list up under one another, each after '- '.",
    "found unknown escape character": "Write \\\\ for a backslash, or use single quotes.",
}
_HINT = "Check quotes, brackets and indentation here and in the line above."


class Document:
    """A YAML file, as its reader knows it: the name it was given, and its lines."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text

    def locate(self, spots: Sequence[Spot]) -> list[Location]:
        lines = _LINE_BREAK.split(self.text)
        places = []
        for spot in spots:
            line, column = spot.line, spot.column
            if line > len(lines):  # the parser puts the end of a file without a last line break in a line of its own
                line, column = len(lines), len(lines[-1]) + 1
            places.append(Location(self.name, line, column, lines[line - 1]))
        return places

    def spot_of(self, index: int) -> Spot:
        """The spot of the character at `index` of the text."""
        line, start = 1, 0
        for line_break in _LINE_BREAK.finditer(self.text, 0, index):
            line, start = line + 1, line_break.end()
        return Spot(self, line, index - start + 1)


class _Stop(Exception):
    """The rest of a document cannot be read; why is noted."""


def read_document(path: str, problems: Problems) -> tuple[Document, Node] | None:
    """The one YAML document in the file at `path`, or None where it cannot be read: then the reason is noted."""
    file = open_regular(path, YAML_MEBIBYTES_MAX, problems, shown=path, spot=None)
    if file is None:
        return None
    with file:
        data = file.read(YAML_MEBIBYTES_MAX * MEBIBYTE + 1)
    if len(data) > YAML_MEBIBYTES_MAX * MEBIBYTE:
        problems.add(TOO_LARGE, None, file=(path,), limit=YAML_MEBIBYTES_MAX)
        return None
    document = _decode(path, data, problems)
    if document is None:
        return None
    try:
        return document, _Builder(document, problems).build()
    except _Stop:
        return None


def _decode(path: str, data: bytes, problems: Problems) -> Document | None:
    try:
        document = Document(path, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        valid = Document(path, data[: error.start].decode("utf-8-sig"))
        problems.add(NOT_UTF8, valid.spot_of(len(valid.text)))
        return None
    if match := _CONTROL.search(document.text):
        problems.add(CONTROL_CHARACTER, document.spot_of(match.start()), code=f"U+{ord(match[0]):04X}")
        return None
    return document


class _Builder:
    """Builds nodes from events. What cannot be kept is noted; what makes the rest unreadable raises _Stop."""

    def __init__(self, document: Document, problems: Problems) -> None:
        self._document = document
        self._problems = problems
        self._root: Node | None = None
        self._outer: list[tuple[Mapping | Listing | None, Scalar | None, str | None, int]] = []
        # ... of each open collection: the one around it, the key there that waits for it, its anchor, and the count
        self._anchors: dict[str | None, tuple[Node, int] | None] = {}  # None while the collection is open
        self._count = 0

    def build(self) -> Node:
        try:
            self._read(_Parser(self._document.text))
        except yaml.YAMLError as error:
            self._refuse(error)
        if self._root is None:
            self._stop(EMPTY, 1, 1)
        return self._root

    def _read(self, parser: Any) -> None:
        """Take events until the stream ends.

        NOTE: what is done with scalars stands in the loop for speed; most events are scalars.
        """
        next_event, scalar_event = parser.get_event, yaml.ScalarEvent
        owner: Mapping | Listing | None = None  # the collection that is open, innermost
        key: Scalar | None = None  # the key in it that waits for its value
        while True:
            event = next_event()
            kind = type(event)
            if kind is scalar_event:
                mark, text = event.start_mark, event.value
                if text in _NOTHING and not event.style:
                    text = ""
                node = (text, mark.line + 1, mark.column + 1)
                if event.tag is not None or event.anchor is not None:
                    self._dress(event, node)
                self._count += 1
                if key is None and type(owner) is Mapping:
                    key = node
                else:
                    self._put(owner, key, node)
                    key = None
            elif isinstance(event, yaml.CollectionStartEvent):
                owner, key = self._start(event, owner, key), None
            elif isinstance(event, yaml.CollectionEndEvent):
                owner, key = self._end(owner), None
            elif isinstance(event, yaml.AliasEvent):
                self._alias(event, owner, key)
                key = None
            elif isinstance(event, yaml.DocumentStartEvent):
                self._begin(event)
            elif isinstance(event, yaml.StreamEndEvent):
                return

    def _dress(self, event: Any, node: Scalar) -> None:
        """Refuse the tag of a scalar, and remember its anchor."""
        if event.tag is not None:
            self._refuse_tag(event)
        if event.anchor is not None:
            self._anchors[event.anchor] = (node, 1)

    def _start(self, event: Any, owner: Mapping | Listing | None, key: Scalar | None) -> Mapping | Listing:
        mark = event.start_mark
        line, column = mark.line + 1, mark.column + 1
        if len(self._outer) == NESTING_MAX:
            self._stop(TOO_DEEP, line, column)
        if key is None and type(owner) is Mapping:
            self._stop(KEY_NOT_TEXT, line, column)
        if event.tag is not None:
            self._refuse_tag(event)
        if event.anchor is not None:
            self._anchors[event.anchor] = None
        self._outer.append((owner, key, event.anchor, self._count))
        self._count += 1
        return Mapping(line, column) if type(event) is yaml.MappingStartEvent else Listing(line, column)

    def _end(self, node: Mapping | Listing | None) -> Mapping | Listing | None:
        """Put the open collection where it belongs; the one around it is open then."""
        assert node is not None, "the parser ends only what it started"
        owner, key, anchor, before = self._outer.pop()
        if anchor is not None:
            self._anchors[anchor] = (node, self._count - before)
        self._put(owner, key, node)
        return owner

    def _alias(self, event: Any, owner: Mapping | Listing | None, key: Scalar | None) -> None:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if event.anchor not in self._anchors:
            self._stop(UNDEFINED_ALIAS, line, column, alias=event.anchor)
        anchored = self._anchors[event.anchor]
        if anchored is None:
            self._stop(CIRCULAR_ALIAS, line, column, alias=event.anchor)
        if key is None and type(owner) is Mapping:
            self._stop(KEY_NOT_TEXT, line, column)
        node, size = anchored
        self._count += size
        if self._count > NODES_MAX:
            self._stop(TOO_MANY_NODES, line, column)
        self._put(owner, key, node)

    def _begin(self, event: Any) -> None:
        if self._root is not None:
            self._stop(MANY_DOCUMENTS, event.start_mark.line + 1, event.start_mark.column + 1)

    def _put(self, owner: Mapping | Listing | None, key: Scalar | None, node: Node) -> None:
        """Put a finished node under the key that waits for it, in the open list, or as the whole document."""
        if self._count > NODES_MAX:
            self._stop(TOO_MANY_NODES, *place_of(node))
        if key is not None:
            assert type(owner) is Mapping, "only mappings have keys"
            text, line, column = key
            if text in owner.entries:
                self._note(DUPLICATE_KEY, line, column, key=text, line=owner.entries[text][1])
            elif text == "<<":
                self._note(MERGE_KEY, line, column)
            else:
                owner.entries[text] = (node, line, column)
        elif type(owner) is Listing:
            owner.items.append(node)
        else:
            self._root = node

    def _refuse_tag(self, event: Any) -> None:
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        self._note(TAG, event.start_mark.line + 1, event.start_mark.column + 1, tag=tag)

    def _refuse(self, error: yaml.YAMLError) -> NoReturn:
        problem = getattr(error, "problem", None) or "it cannot be read"
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
        self._stop(NOT_YAML, line, column, problem=problem, hint=(_HINTS.get(problem, _HINT),))

    def _note(self, fault: Fault, at_line: int, at_column: int, /, **words: Word) -> None:
        self._problems.add(fault, Spot(self._document, at_line, at_column), **words)

    def _stop(self, fault: Fault, at_line: int, at_column: int, /, **words: Word) -> NoReturn:
        self._note(fault, at_line, at_column, **words)
        raise _Stop
