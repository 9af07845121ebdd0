"""Problems: what is wrong with a scenario, collected while it is read and located when all are known."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from attrs import frozen

from sim.errors import Finding, LoadError, Location, nearest
from sim.loader.faults import MORE, Fault
from sim.loader.limits import FINDINGS_MAX, KEPT_MAX

_SHOWN = 60
"""The longest text, in characters, that a message repeats."""


@frozen
class Spot:
    """Where a problem is, as its file can find it again.

    `line` and `column` count from 1. In a table, where `column` is 0, the spot is the row's `cell`, counting from 0:
    of the row that begins in `line`, or of the row with this `id` where `line` is 0.
    """

    file: "File"
    line: int
    column: int = 0
    cell: int = 0
    id: str = ""


class File(Protocol):
    """A file that was read, and can say where a spot of it is."""

    def locate(self, spots: Sequence[Spot]) -> list[Location]: ...


class Nearest:
    """A remedy that is looked for only when it is shown: the known word nearest to an unknown one."""

    __slots__ = ("known", "otherwise", "word")

    def __init__(self, word: str, known: Iterable[str], otherwise: str) -> None:
        self.word = word
        self.known = known
        self.otherwise = otherwise

    def __str__(self) -> str:
        near = nearest(self.word, self.known)
        return self.otherwise if near is None else f"Did you mean '{near}'?"


Word = str | int | Nearest | Exception | tuple[str, ...]
"""What fills a gap in a fault's wording. A text of the user's is cut short; the words of a tuple are listed."""


class Problems:
    """The problems found so far; `count` is how many."""

    def __init__(self) -> None:
        self._kept: list[tuple[Spot | None, Fault, dict[str, Word]]] = []
        self.count = 0

    def add(self, fault: Fault, spot: Spot | None, **words: Word) -> None:
        """Note that `fault` was found at `spot`, or of the scenario as a whole; `words` fill its wording."""
        self.count += 1
        if len(self._kept) < KEPT_MAX:
            self._kept.append((spot, fault, words))

    def forget(self, count: int) -> None:
        """Go back to when there were `count` problems."""
        del self._kept[count:]
        self.count = count

    def error(self, path: str) -> LoadError:
        """All of it as one error: the findings by file and place, so many as are shown."""
        findings = sorted(self._located(), key=_place)[:FINDINGS_MAX]
        if self.count > len(findings):
            findings.append(Finding(MORE.message.format(count=f"{self.count - len(findings):,}"), remedy=MORE.remedy))
        problems = "1 problem" if self.count == 1 else f"{self.count:,} problems"
        return LoadError(f"{path} does not load: {problems}", "", tuple(findings))

    def _located(self) -> list[Finding]:
        places = locate_all([spot for spot, _, _ in self._kept])
        return [_finding(fault, place, words) for place, (_, fault, words) in zip(places, self._kept, strict=True)]


def locate_all(spots: Sequence[Spot | None]) -> list[Location | None]:
    """Where each of the spots is, None for none; each file is asked once."""
    by_file: dict[int, list[tuple[int, Spot]]] = {}
    for number, spot in enumerate(spots):
        if spot is not None:
            by_file.setdefault(id(spot.file), []).append((number, spot))
    places: list[Location | None] = [None] * len(spots)
    for numbered in by_file.values():
        located = numbered[0][1].file.locate([spot for _, spot in numbered])
        for (number, _), place in zip(numbered, located, strict=True):
            places[number] = place
    return places


def _finding(fault: Fault, place: Location | None, words: dict[str, Word]) -> Finding:
    said = {key: _shown(word) for key, word in words.items()}
    return Finding(
        fault.message.format(**said),
        place,
        fault.expected.format(**said),
        fault.found.format(**said),
        fault.remedy.format(**said),
    )


def _shown(word: Word) -> str:
    text = ", ".join(word) if isinstance(word, tuple) else str(word)
    if isinstance(word, str) and len(text) > _SHOWN:
        text = text[: _SHOWN - 3] + "..."
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def _place(finding: Finding) -> tuple[str, int, int]:
    place = finding.location
    return (place.file, place.line, place.column) if place else ("", 0, 0)
