"""Entries: records written in YAML."""

from collections.abc import Iterator

from sim.loader.document import Document
from sim.loader.faults import (
    NO_VALUE,
    NOT_A_MAPPING,
    NOT_AMENDED,
    NOT_MANY,
    NOT_ONE,
    NOT_RECORDS,
    UNKNOWN_KEY,
    Fault,
)
from sim.loader.node import Listing, Mapping, Node, Scalar, name_of, place_of
from sim.loader.problem import Nearest, Problems, Spot, Word
from sim.loader.shape import Field, Form, Shape, flat_key, written_key

_MANY, _GROUP, _RECORDS = Form.MANY, Form.GROUP, Form.RECORDS


class Entry:
    """One mapping of a document, with its keys on one level."""

    __slots__ = ("_document", "_lists", "_own", "_problems", "_records", "_scalars", "texts")

    def __init__(self, document: Document, problems: Problems, line: int, column: int) -> None:
        self._document = document
        self._problems = problems
        self._own = (line, column)
        self.texts: dict[str, str] = {}
        self._scalars: dict[str, Scalar] = {}  # of each key: its value, or the key itself where it holds more
        self._lists: dict[str, list[Scalar]] = {}
        self._records: dict[str, list[Entry]] = {}

    def many(self, key: str) -> tuple[str, ...]:
        scalars = self._lists.get(key)
        if scalars is None:
            return ()
        return (scalars[0][0],) if len(scalars) == 1 else tuple([scalar[0] for scalar in scalars])

    def records(self, key: str) -> "list[Entry]":
        return self._records.get(key, [])

    def has(self, key: str) -> bool:
        return key in self._scalars

    def report(self, fault: Fault, key: str = "", index: int = 0, /, **words: Word) -> None:
        if key in self._lists:
            place = place_of(self._lists[key][index])
        elif key in self._scalars:
            place = place_of(self._scalars[key])
        else:
            place = self._own
        if words.get("key") == key:
            words["key"] = written_key(key)
        self._note(fault, place, **words)

    def fill(self, mapping: Mapping, shape: Shape, owner: str, prefix: str = "", outer: Field | None = None) -> "Entry":
        """Take all that `mapping` says under the keys of `shape`; `owner` is what messages call it."""
        for name, (node, line, column) in mapping.entries.items():
            field = shape.get(name)
            if field is None and name == "amends":
                self._scalars[name] = (name, line, column)  # whoever amends leaves out what is not to change
                self._note(NOT_AMENDED, (line, column), owner=owner)
                continue
            if field is None:
                nearest = Nearest(name, shape, "Take it out.")
                self._note(UNKNOWN_KEY, (line, column), key=name, owner=owner, nearest=nearest, known=tuple(shape))
                continue
            key = name if outer is None else flat_key(prefix, name, outer)
            if isinstance(node, tuple) and node[0] and field.single:
                self._scalars[key] = node
                self.texts[key] = node[0]
            else:
                self._scalars[key] = (name, line, column)
                self._take(key, name, field, node)
        return self

    def _take(self, key: str, name: str, field: Field, node: Node) -> None:
        """Take what a key holds that is no single value, or none it can be: `key` is flat, `name` as it is written."""
        form = field.form
        if isinstance(node, Mapping) and form is _GROUP:
            if field.bare and not node.entries:
                self._note(NO_VALUE, place_of(node), key=name)
            self.fill(node, field.keys, f"'{name}'", key, field)
        elif isinstance(node, Listing) and form is _MANY:
            self._take_list(key, name, field, node)
        elif isinstance(node, Listing) and form is _RECORDS:
            self._take_records(key, name, field, node)
        elif isinstance(node, tuple) and node[0] and form is _MANY:
            self._lists[key] = [node]
        else:
            if isinstance(node, tuple) and not node[0]:
                self._note(NO_VALUE, place_of(self._scalars[key]), key=name)
            else:
                self.refuse(name, field, node)
            if not field.bare:  # what is inside it cannot be read, but is not missing
                for inner in field.keys:
                    self._scalars.setdefault(flat_key(key, inner, field), self._scalars[key])

    def _take_list(self, key: str, name: str, field: Field, node: Listing) -> None:
        scalars = []
        for item in node.items:
            if not isinstance(item, tuple):
                self.refuse(name, field, item)
            elif item[0]:
                scalars.append(item)
            else:
                self._note(NO_VALUE, place_of(item), key=name)
        if not node.items:
            self._note(NO_VALUE, place_of(node), key=name)
        elif scalars:
            self._lists[key] = scalars

    def _take_records(self, key: str, name: str, field: Field, node: Listing) -> None:
        entries: list[Entry] = []
        for item in node.items:
            if isinstance(item, Mapping):
                entry = Entry(self._document, self._problems, *place_of(item))
                entries.append(entry.fill(item, field.keys, f"'{name}'"))
            else:
                self.refuse(name, field, item)
        if not node.items:
            self._note(NO_VALUE, place_of(node), key=name)
        elif len(entries) == len(node.items):
            self._records[key] = entries

    def refuse(self, name: str, field: Field, node: Node) -> None:
        """Note that a node is not of the form its key takes."""
        fault = {Form.ONE: NOT_ONE, Form.MANY: NOT_MANY, Form.GROUP: NOT_A_MAPPING, Form.RECORDS: NOT_RECORDS}
        found = name_of(node)
        self._note(fault[field.form], place_of(node), key=name, found=found, example=(field.example,))

    def _note(self, fault: Fault, place: tuple[int, int], /, **words: Word) -> None:
        self._problems.add(fault, Spot(self._document, *place), **words)


class Section:
    """The entries of a section that stands in the document itself; `noun` is what one of them is called."""

    def __init__(self, document: Document, problems: Problems, mapping: Mapping, field: Field, noun: str) -> None:
        self._document = document
        self._problems = problems
        self._mapping = mapping
        self._field = field
        self._noun = noun
        self.complete = True

    def __iter__(self) -> Iterator[tuple[str, Entry | None]]:
        for id, (node, line, column) in self._mapping.entries.items():
            entry = Entry(self._document, self._problems, line, column)
            if isinstance(node, Mapping):
                yield id, entry.fill(node, self._field.keys, f"the {self._noun} '{id}'")
            else:
                entry.refuse(id, self._field, node)
                yield id, None

    def find(self, id: str) -> Entry:
        node, line, column = self._mapping.entries[id]
        entry = Entry(self._document, self._problems, line, column)
        assert isinstance(node, Mapping), "only what could be read is found again"
        noted = self._problems.count
        entry.fill(node, self._field.keys, "")
        self._problems.forget(noted)  # what is wrong with it has been noted under its own name
        return entry
