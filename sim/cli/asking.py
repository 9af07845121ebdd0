"""What is asked: times and fields on the command line, as the parts below have them."""

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sim.errors import UsageError

if TYPE_CHECKING:
    from sim.domain.calendar import Calendar

LOG_VARIABLE = "SIM_LOG"
"""The environment variable that says where runs are kept, where no option does."""

SELECTING = ("place", "country", "unit", "order", "origin", "readiness", "side", "kind")
"""The options that say which strength is meant."""

NOWHERE = "none"
"""What it says where they are not to be kept."""


def log_in_environment() -> str | None:
    """Where the environment says that runs are kept, or NOWHERE; None where it says nothing."""
    return os.environ.get(LOG_VARIABLE) or None


def fields_of(text: str | None) -> tuple[str, ...]:
    """The fields to group by, each once; none where nothing is said. Raises UsageError for others."""
    if text is None:
        return ()
    from sim.posture import held

    return held.fields_of((part.strip() for part in text.split(",")), "--by: ")


def minutes_of(calendar: "Calendar", end: int, texts: Iterable[str]) -> list[int]:
    """The minutes that times on the command line name. Raises UsageError for what is no time of the run."""
    return [minute_of(calendar, end, text) for text in texts]


def known_minute(calendar: "Calendar", end: int, text: str) -> int:
    """The minute of --as-known, which may lie outside the run: a date's last. Raises UsageError for what is no time."""
    from sim.domain.calendar import Edge, TimeError

    if text in {"start", "end"}:
        return 0 if text == "start" else end
    try:
        minute = calendar.parse(text, Edge.LAST)
        calendar.local(minute)
    except (TimeError, OverflowError) as error:
        raise UsageError(f"--as-known: {error}", "Or write start or end.") from error
    return minute


def minute_of(calendar: "Calendar", end: int, text: str, option: str = "--at", *, begins: bool = False) -> int:
    """The minute that a time names: a date's last, or its first where something `begins`.

    Raises UsageError, naming the option it stands behind, for what is no time of a run that ends at the minute `end`.
    """
    from sim.domain.calendar import Edge, TimeError

    if text in {"start", "end"}:
        return 0 if text == "start" else end
    try:
        minute = calendar.parse(text, Edge.FIRST if begins else Edge.LAST)
    except TimeError as error:
        raise UsageError(f"{option}: {error}", "Or write start or end.") from error
    if not 0 <= minute <= end:
        first, last = calendar.local(0), calendar.local(end)
        raise UsageError(
            f"{option} {text} lies outside the run",
            f"It goes from {first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M}, {calendar.timezone} time.",
        )
    return minute
