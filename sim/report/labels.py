"""Labels: what the lines of a posture are called, and in which order they stand."""

from collections import Counter
from collections.abc import Sequence

from sim.domain.place import NOT_STATED
from sim.domain.vocabulary import Kind, Readiness
from sim.report.text import clean
from sim.report.wording import Wording

_RANK = {
    Readiness.DEPLOYED: "0",
    Readiness.IN_TRANSIT: "1",
    Readiness.HEIGHTENED_ALERT: "2",
    Readiness.STANDBY: "3",
    Readiness.GARRISON: "4",
}


class Labels:
    """The labels of lines that are grouped by `fields`, of one run or of several.

    `heads` are those of their columns: the fields, with the side and the kind before them where there is more than one
    to tell apart. What the runs call differently has the first one's name.
    """

    def __init__(self, wordings: Sequence[Wording], fields: Sequence[str]) -> None:
        units = [unit for wording in wordings for unit in wording.book.units.values()]
        self._wordings = wordings
        self._fields = fields
        self._units_a_side = Counter(unit.side for unit in units)
        tell_side = len(self._units_a_side) > 1 and "side" not in fields
        tell_kind = bool({unit.kind for unit in units} - {Kind.TROOPS})
        self.heads = [*(["side"] if tell_side else []), *(["kind"] if tell_kind else []), *fields]

    def of_line(self, side: str, kind: str, in_transit: bool, values: Sequence[str]) -> tuple[str, ...]:
        """The labels of a line that has these values in the fields."""
        labels = [self._label(field, value) for field, value in zip(self._fields, values, strict=True)]
        return (*self._ahead(side, kind), *(self._as_moving(labels) if in_transit else labels))

    def of_total(self, side: str, kind: str) -> tuple[str, ...]:
        """The labels of all there is of a side and a kind."""
        return (*self._ahead(side, kind), f"all {clean(side)} named here", *[""] * (len(self._fields) - 1))

    def turn_of_side(self, side: str) -> tuple[int, str]:
        """What orders sides: the one with most units comes first."""
        return -self._units_a_side[side], side

    def turn_of_line(self, values: Sequence[str]) -> str:
        """What orders lines before their values do: readiness from the most forward, where lines tell it apart."""
        return _RANK[Readiness(values[self._fields.index("readiness")])] if "readiness" in self._fields else ""

    def _ahead(self, side: str, kind: str) -> list[str]:
        ahead = (("side", clean(side)), ("kind", kind))
        return [value for head, value in ahead if head in self.heads and head not in self._fields]

    def _label(self, field: str, value: str) -> str:
        match field:
            case "place" | "origin":
                return self._wording_with(value).place(value)
            case "country":
                return self._wording_with(value.lower()).country(value)
            case "readiness":
                return value.replace("-", " ")
            case _:
                return clean(value)

    def _wording_with(self, place: str) -> Wording:
        """That of the first run that has a place."""
        return next((each for each in self._wordings if place in each.book.places), self._wordings[0])

    def _as_moving(self, labels: Sequence[str]) -> list[str]:
        """Labels of a line that is in transit: bound for a place, or else simply on the way."""
        moved = list(labels)
        for index, field in enumerate(self._fields):
            if field in {"place", "country"}:
                moved[index] = "en route" if labels[index] == NOT_STATED else f"en route to {labels[index]}"
                return moved
        if "readiness" not in self._fields:
            moved[0] = f"{labels[0]}, en route"
        return moved
