"""Written: a section as far as it has been read."""

from collections.abc import Callable, Iterable
from re import compile
from typing import Generic, TypeVar, cast

from sim.loader.faults import BAD_ID, DUPLICATE_ID
from sim.loader.limits import ID_MAX
from sim.loader.problem import Problems
from sim.loader.record import Entries, Record

T = TypeVar("T")

ID = rf"[a-z0-9][a-z0-9-]{{0,{ID_MAX - 1}}}"
"""What an id looks like, as a regular expression."""

_is_id = compile(ID).fullmatch


class Written(Generic[T]):
    """The entries of a section, and what has been read of them so far, by id.

    `found` is None for what cannot be read, so that it may still be referred to; `amending` has the records of those
    that amend others, which are read after all of the section. `faulty` are the ids of entries with something wrong.
    """

    def __init__(self, entries: Entries, problems: Problems) -> None:
        self.entries = entries
        self.found: dict[str, T | None] = {}
        self.amending: dict[str, Record] = {}
        self.faulty: set[str] = set()
        self._problems = problems

    @property
    def values(self) -> dict[str, T]:
        """All that could be read."""
        if self._problems.count == 0:
            return cast(dict[str, T], self.found)  # where nothing is wrong, everything could be read
        return {id: value for id, value in self.found.items() if value is not None}

    def read_each(self, entries: Iterable[tuple[str, Record | None]], read: Callable[[str, Record], T | None]) -> None:
        """Read some entries of the section."""
        problems, found, is_id = self._problems, self.found, _is_id
        for id, record in entries:
            before = problems.count
            if record is None:
                found[id] = None
            elif id in found or id in self.amending:
                record.report(DUPLICATE_ID, "id", id=id)
            else:
                if not is_id(id):
                    record.report(BAD_ID, "id", id=id)
                if record.has("amends"):
                    self.amending[id] = record
                else:
                    found[id] = read(id, record)
            if problems.count != before:
                self.faulty.add(id)
