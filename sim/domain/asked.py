"""Times as readers ask for them, as minutes of a run."""

from sim.domain.calendar import Calendar, Edge, TimeError
from sim.errors import UsageError


def known_minute(calendar: Calendar, end: int, text: str, option: str = "--as-known") -> int:
    """The minute by whose end something was known, which may lie outside the run: a date's last.

    Raises UsageError, naming the option it stands behind, for what is no time.
    """
    if text in {"start", "end"}:
        return 0 if text == "start" else end
    try:
        minute = calendar.parse(text, Edge.LAST)
        calendar.local(minute)
    except (TimeError, OverflowError) as error:
        raise UsageError(f"{option}: {error}", "Or write start or end.") from error
    return minute


def minute_of(calendar: Calendar, end: int, text: str, option: str = "--at", *, begins: bool = False) -> int:
    """The minute that a time names: a date's last, or its first where something `begins`.

    Raises UsageError, naming the option it stands behind, for what is no time of a run that ends at the minute `end`.
    """
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
