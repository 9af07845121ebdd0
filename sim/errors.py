"""Errors and findings: what can go wrong, where, and the one place that puts it into words.

An *error* stops the work and is raised; a *finding* is a value that a check returns, so that one pass can
report all of them. Both are rendered by `render`, as ``file:line:column: message``, the line it is about,
what was expected and found, and what to do next.
"""

from collections.abc import Iterable

from attrs import define, frozen


@frozen
class Location:
    """A place in a file a user wrote: 1-based line and column, and the line's own text."""

    file: str
    line: int
    column: int
    text: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@frozen
class Finding:
    """One thing a check found wrong; collected, never raised.

    `at` is the minute of the run it was found at, or None where no moment is meant.
    """

    message: str
    location: Location | None = None
    expected: str = ""
    found: str = ""
    remedy: str = ""
    at: int | None = None


@define
class SimError(Exception):
    """Base of every error this package raises on purpose."""

    message: str
    remedy: str = ""

    def __str__(self) -> str:
        return render(Finding(self.message, remedy=self.remedy))


@define
class UsageError(SimError):
    """What was asked for cannot be done as asked: a time, a field, a path or a log address."""


@define
class UnknownError(UsageError):
    """What was asked about is not there: `noun` is the kind of thing it would be, `word` what it was called."""

    noun: str = ""
    word: str = ""


@define
class LoadError(SimError):
    """A scenario that does not load; `findings` holds every reason at once."""

    findings: tuple[Finding, ...] = ()

    def __str__(self) -> str:
        return render_all(self.findings)


@define
class LogError(SimError):
    """A log that cannot be read as one, or that does not verify."""


def render(finding: Finding) -> str:
    """One finding as text: place and message, the line with a caret, expected and found, the remedy."""
    place = finding.location
    lines = [f"{place}: {finding.message}" if place else finding.message]
    if place and place.text:
        lines += _excerpt(place)
    if finding.expected:
        lines.append(f"  expected: {finding.expected}")
    if finding.found:
        lines.append(f"  found:    {finding.found}")
    if finding.remedy:
        lines.append(f"  {finding.remedy}")
    return "\n".join(lines)


def render_all(findings: Iterable[Finding]) -> str:
    """Every finding as text, one after another."""
    return "\n".join(render(finding) for finding in findings)


NEAREST_MAX = 1000
"""Among how many words a nearest one is looked for."""

UNKNOWN_MAX = 100
"""How long an unknown word may be, in characters, for a nearest one to be looked for; no id is longer."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most like an unknown one; None where none is, or where looking would take long."""
    from difflib import get_close_matches  # here, because only errors need it
    from itertools import islice

    words = list(islice(known, NEAREST_MAX + 1))
    if len(word) > UNKNOWN_MAX or len(words) > NEAREST_MAX:
        return None
    if near := get_close_matches(word, words, n=1):
        return near[0]
    return next((known for known in words if known.casefold() == word.casefold()), None)


_EXCERPT_WIDTH = 96


def _excerpt(place: Location) -> list[str]:
    """The line and a caret under the column; a long line is cut around the column."""
    first = max(0, place.column - 1 - _EXCERPT_WIDTH // 2)
    shown = place.text[first : first + _EXCERPT_WIDTH]
    clean = "".join(char if char.isprintable() else " " for char in shown)
    gutter = f"{place.line:>5} | "
    return [gutter + clean, " " * (len(gutter) - 2) + "| " + " " * (place.column - 1 - first) + "^"]
