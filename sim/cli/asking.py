"""What is asked: times and fields on the command line, as the parts below have them."""

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sim.domain.asked import minute_of

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
