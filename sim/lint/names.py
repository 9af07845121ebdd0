"""Checks of names: whether readers can tell places and units apart."""

from collections.abc import Iterator, Mapping

from sim.domain.place import Place
from sim.domain.pointer import Pointer
from sim.domain.unit import Unit
from sim.lint.remark import Remark
from sim.lint.subject import Subject


def same_place_name(subject: Subject) -> Iterator[Remark]:
    """Places of one name: pages tell them apart by their ids."""
    return _same_name("places", "place", subject.scenario.places)


def same_unit_name(subject: Subject) -> Iterator[Remark]:
    """Units of one name: pages tell them apart by their ids."""
    return _same_name("units", "unit", subject.scenario.units)


def _same_name(section: str, noun: str, entries: Mapping[str, Place | Unit]) -> Iterator[Remark]:
    """Each name that several have, where the second of them has it."""
    by_name: dict[str, list[str]] = {}
    for id, entry in entries.items():
        by_name.setdefault(entry.name.strip(), []).append(id)
    for name, ids in by_name.items():
        if len(ids) > 1:
            more = f" and {len(ids) - 2:,} more" if len(ids) > 2 else ""
            yield Remark(
                Pointer(section, ids[1], "name"),
                f"the {noun} '{ids[1]}' has the same name as '{ids[0]}'{more}: {name}",
                "Name them apart; until then pages add their ids.",
            )
