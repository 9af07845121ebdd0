"""Pointers: what of a scenario is meant, in the format's own terms, so that it can be found again in its file."""

from attrs import frozen


@frozen
class Pointer:
    """An entry of a section, or a value in it.

    `section` is called as in the format; an empty `id` means the whole of it. `key` is written as a column of a table
    is, a key inside a key joined by `_`; it is empty for the entry itself. `value` is the one meant of several. Where
    the key stands in a mapping of a list, `inside` says under which key the list is, and which of it, counting from 0.
    """

    section: str
    id: str = ""
    key: str = ""
    value: str = ""
    inside: tuple[str, int] | None = None
