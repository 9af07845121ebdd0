"""`check`: whether scenarios load and logs verify."""

from argparse import Namespace

from sim.cli.status import ALL_WELL, status_of
from sim.cli.stream import say
from sim.errors import SimError
from sim.runs import is_log


def check(arguments: Namespace) -> int:
    """Load each scenario, and verify each log; say what is in it, or all that is wrong with it."""
    status = ALL_WELL
    for path in arguments.files:
        try:
            print(_sound(path))
        except SimError as error:
            say(str(error))
            status = max(status, status_of(error))
    return status


def _sound(path: str) -> str:
    """A line that says what is in a file. Raises LoadError and LogError for one that is not sound."""
    if is_log(path):
        from sim.eventlog import open_log

        log = open_log(path)
        each = [log.replay(run)[1] for run in log.run_ids()] or [log.replay()[1]]
        return f"{log.url}: verifies: " + "; ".join(
            f"{one.count:,} records, run {one.run}, head {one.head}" for one in each
        )
    from sim.loader import load

    scenario = load(path)
    sections = ("sources", "places", "units", "orders", "claims")
    return f"{path}: loads: " + ", ".join(f"{len(getattr(scenario, section)):,} {section}" for section in sections)
