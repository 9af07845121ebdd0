"""`runs`: what a log holds."""

import sys
from argparse import Namespace
from os.path import exists

from sim.cli.asking import NOWHERE, log_in_environment
from sim.cli.output import room
from sim.cli.status import ALL_WELL
from sim.cli.stream import say, write_data
from sim.runs import DEFAULT_LOG


def runs(arguments: Namespace) -> int:
    """List the runs of a log, in the order in which they were begun."""
    from sim.eventlog import open_log
    from sim.report.runs_table import runs_csv, runs_json, runs_table
    from sim.report.table import Style

    kept = log_in_environment()
    log = open_log(arguments.log or (kept if kept and kept != NOWHERE else DEFAULT_LOG))
    found = [] if log.url == DEFAULT_LOG and not exists(DEFAULT_LOG) else log.runs()
    match arguments.format:
        case "json":
            write_data(runs_json(log.url, found))
        case "csv":
            write_data(runs_csv(found))
        case form:
            if found:
                sys.stdout.write(runs_table(found, Style(form), room()))
            else:
                say(f"{log.url} holds no runs yet")
    return ALL_WELL
