"""Nodes: what a YAML document is made of. Scalars are text; no type is guessed. Lines and columns count from 1."""

Scalar = tuple[str, int, int]
"""A text, its line and its column. The text is empty where none is said: nothing, `~` or `null`, not quoted.

A plain tuple, because a document has hundreds of thousands, and the garbage collector leaves tuples of texts alone.
"""


class Listing:
    """Nodes one after another."""

    __slots__ = ("column", "items", "line")

    def __init__(self, line: int, column: int) -> None:
        self.items: list[Node] = []
        self.line = line
        self.column = column


class Mapping:
    """Nodes by key, each beside its key's line and column. No key stands twice."""

    __slots__ = ("column", "entries", "line")

    def __init__(self, line: int, column: int) -> None:
        self.entries: dict[str, tuple[Node, int, int]] = {}
        self.line = line
        self.column = column


Node = Scalar | Listing | Mapping


def name_of(node: Node) -> str:
    """What a reader would call this node."""
    if isinstance(node, Listing):
        return "a list"
    if isinstance(node, Mapping):
        return "keys and values"
    return "a single value" if node[0] else "no value"


def place_of(node: Node) -> tuple[int, int]:
    """The line and column where a node begins."""
    if isinstance(node, Listing | Mapping):
        return node.line, node.column
    return node[1], node[2]
