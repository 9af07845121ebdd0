"""The exit statuses."""

from sim.errors import LogError, SimError

ALL_WELL = 0
BROKEN = 1
"""An invariant does not hold; an undisputed contradiction is one."""

REMARKED = 1
"""`lint` has something to remark."""

WRONG_USE = 2
"""What was asked cannot be done, or a scenario does not load."""

LOG_FAILS = 3
"""A log does not verify."""

OUR_BUG = 70
INTERRUPTED = 130
"""As shells have it for Ctrl-C."""

OUTPUT_CLOSED = 141
"""As shells have it for a broken pipe."""


def status_of(error: SimError) -> int:
    """The status of a command that an error of ours ends."""
    return LOG_FAILS if isinstance(error, LogError) else WRONG_USE
