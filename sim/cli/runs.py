"""`runs`: what a log holds."""

import sys
from argparse import Namespace
from os.path import exists
from typing import TYPE_CHECKING

from sim.cli.asking import NOWHERE, log_in_environment
from sim.cli.output import room
from sim.cli.status import ALL_WELL
from sim.cli.stream import say, write_data
from sim.errors import UsageError
from sim.runs import DEFAULT_LOG

if TYPE_CHECKING:
    from sim.ensemble.kept import Kept
    from sim.eventlog import RunInfo


def runs(arguments: Namespace) -> int:
    """List the runs of a log, in the order in which they were begun, and the ensembles that it keeps."""
    from sim.report.runs_table import ensembles_csv, runs_csv, runs_json, runs_table
    from sim.report.table import Style

    if arguments.table and arguments.format != "csv":
        raise UsageError("--table goes with --format csv only", "All other formats hold both tables.")
    named = log_in_environment()
    address = arguments.log or (named if named and named != NOWHERE else DEFAULT_LOG)
    url, found, ensembles = _held(address)
    match arguments.format:
        case "json":
            write_data(runs_json(url, found, ensembles))
        case "csv":
            write_data(ensembles_csv(ensembles) if arguments.table == "ensembles" else runs_csv(found))
        case form:
            if found or ensembles:
                sys.stdout.write(runs_table(found, ensembles, Style(form), room()))
            if not found:
                say(f"{url} holds no runs of `run`" if ensembles else f"{url} holds no runs yet")
    return ALL_WELL


def _held(address: str) -> "tuple[str, list[RunInfo], list[Kept]]":
    """What a log shows as its address, its runs, and its ensembles. A JSONL log of ensembles alone has no file yet."""
    from sim.ensemble.kept import kept_ensembles
    from sim.eventlog import open_log

    log = open_log(address)
    if log.url == DEFAULT_LOG and not exists(DEFAULT_LOG):
        return log.url, [], []
    ensembles = kept_ensembles(address)
    alone = ensembles and log.url.endswith(".jsonl") and not exists(log.url)
    return log.url, [] if alone else log.runs(), ensembles
