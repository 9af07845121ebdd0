"""Sections: where the entries of each stand, in the scenario's own file or in a table beside it."""

import os

from sim.loader.document import Document
from sim.loader.entry import Section
from sim.loader.faults import NOT_A_SECTION, NOT_A_TABLE, OUTSIDE_FOLDER
from sim.loader.limits import PATH_MAX
from sim.loader.node import Mapping, name_of, place_of
from sim.loader.problem import Problems, Spot
from sim.loader.record import Entries
from sim.loader.shape import SECTIONS
from sim.loader.table import Table


class Sections:
    """The sections of a document whose root is a mapping."""

    def __init__(self, document: Document, root: Mapping, problems: Problems) -> None:
        self._document = document
        self._root = root
        self._problems = problems

    def of(self, name: str) -> Entries:
        """The entries of a section; none, with the reason noted, where it is neither entries nor a table."""
        field, noun = SECTIONS[name], name.removesuffix("s")
        node, line, column = self._root.entries.get(name, (Mapping(1, 1), 1, 1))
        if isinstance(node, tuple) and not node[0]:
            node = Mapping(line, column)
        if isinstance(node, Mapping):
            return Section(self._document, self._problems, node, field, noun)
        spot = Spot(self._document, *place_of(node))
        if not isinstance(node, tuple):
            self._problems.add(NOT_A_SECTION, spot, key=name, found=name_of(node))
        elif not _is_table(node[0]):
            self._problems.add(NOT_A_TABLE, spot, file=node[0], key=name)
        elif (path := self._beside(node[0])) is None:
            self._problems.add(OUTSIDE_FOLDER, spot, file=node[0])
        else:
            shown = os.path.join(os.path.dirname(self._document.name), node[0])
            return Table(shown, path, field, noun, self._problems, spot)
        unreadable = Section(self._document, self._problems, Mapping(line, column), field, noun)
        unreadable.complete = False
        return unreadable

    def _beside(self, file: str) -> str | None:
        """The real path of a file named in the scenario, or None where it is not in the scenario's own folder."""
        folder = os.path.realpath(os.path.dirname(self._document.name) or ".")
        path = os.path.realpath(os.path.join(folder, file))
        inside = not os.path.isabs(file) and os.path.commonpath((folder, path)) == folder
        return path if inside else None


def _is_table(text: str) -> bool:
    """Whether a text can be the path of a table."""
    return text.lower().endswith(".csv") and text.isprintable() and len(text) <= PATH_MAX
