"""Reported troop movements, played out on a simulated clock and kept in a double-entry ledger of strength.

The public Python API. Each name is imported when it is first used, so that a short command stays quick to start.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sim.version import __version__

if TYPE_CHECKING:
    from sim.engine import simulate
    from sim.errors import LoadError, LogError, SimError, UsageError
    from sim.eventlog import open_log
    from sim.loader import dump, load
    from sim.posture import Book, snapshot
    from sim.report.ensemble_run import run_ensemble
    from sim.runs import known, replay

_HOMES = {
    "Book": "sim.posture",
    "LoadError": "sim.errors",
    "LogError": "sim.errors",
    "SimError": "sim.errors",
    "UsageError": "sim.errors",
    "dump": "sim.loader",
    "known": "sim.runs",
    "load": "sim.loader",
    "open_log": "sim.eventlog",
    "replay": "sim.runs",
    "run_ensemble": "sim.report.ensemble_run",
    "simulate": "sim.engine",
    "snapshot": "sim.posture",
}

__all__ = [
    "Book",
    "LoadError",
    "LogError",
    "SimError",
    "UsageError",
    "__version__",
    "dump",
    "known",
    "load",
    "open_log",
    "replay",
    "run_ensemble",
    "simulate",
    "snapshot",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'sim' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return [*globals(), *_HOMES]
