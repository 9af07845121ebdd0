"""`verify`: whether a log is what was written, as far as that can be known, and what ensembles it keeps."""

import os
import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from sim.cli.output import room
from sim.cli.status import ALL_WELL, BROKEN, LOG_FAILS, status_of
from sim.cli.stream import say, write_data
from sim.errors import SimError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sim.ensemble.kept import Kept
    from sim.eventlog import EventLog
    from sim.eventlog.checkpoint import Checkpoint
    from sim.report.verification_page import Examined


def verify(arguments: Namespace) -> int:
    """Verify a run of a log, or every one, and its ensembles; print what was checked of each, or what is wrong."""
    from sim.eventlog import open_log
    from sim.report.verification_page import Compared, verification_json, verification_page

    checkpoint = _checkpoint(arguments)
    log = open_log(arguments.log)
    ensembles = _ensembles(arguments.log)
    runs = _chosen(log, ensembles, arguments)
    examined = [_examined(log, run, checkpoint, arguments) for run in runs]
    compared = None
    if checkpoint is not None:
        others = [_found_by(log, run, checkpoint) for run in checkpoint.marks if run not in set(runs)]
        examined += [one for one in others if one.problem is not None]
        compared = Compared(checkpoint.path, sum(one.problem is None for one in others))
    if arguments.format == "json":
        write_data(verification_json(log.url, examined, compared, ensembles))
    else:
        sys.stdout.write(verification_page(examined, compared, room(), ensembles))
    if arguments.rerun and ensembles:
        say("ensembles were not played again: a log keeps what they counted, and not their scenarios")
    if arguments.checkpoint is not None and checkpoint is None:
        _write(arguments.checkpoint, examined)
    damaged = any(kept.problem is not None for kept in ensembles)
    return max([LOG_FAILS if damaged else ALL_WELL, *map(_status_of, examined)])


def _ensembles(address: str) -> "list[Kept]":
    """The ensembles that a log keeps, each held against its digest; none where the log cannot be read."""
    from sim.ensemble.kept import kept_ensembles

    try:
        return kept_ensembles(address)
    except SimError:  # it is for the runs to say so
        return []


def _chosen(log: "EventLog", ensembles: "list[Kept]", arguments: Namespace) -> list[str]:
    """The runs to verify; none where the log keeps nothing but ensembles, and no run is named."""
    if ensembles and arguments.run is None:
        no_file = log.url.endswith(".jsonl") and not os.path.exists(log.url)
        if no_file or not log.run_ids():
            return []
    chosen = log.chosen(arguments.run)
    return log.run_ids() if arguments.all else [chosen]


def _checkpoint(arguments: Namespace) -> "Checkpoint | None":
    """What the checkpoint knows; None where none is named, or it is to be written."""
    if arguments.incremental and arguments.rerun:
        raise UsageError("--rerun does not go with --incremental: it compares every record")
    if arguments.checkpoint is not None and os.path.lexists(arguments.checkpoint):
        from sim.eventlog.checkpoint import Checkpoint

        return Checkpoint.read(arguments.checkpoint)
    if arguments.incremental:
        raise UsageError("--incremental goes on from a checkpoint that is there", "Write one first: --checkpoint FILE.")
    return None


def _examined(log: "EventLog", run: str, checkpoint: "Checkpoint | None", arguments: Namespace) -> "Examined":
    """What is found of a run. What is wrong with it does not end the command: there may be others."""
    from sim.report.verification_page import Examined
    from sim.runs import rerun

    found = None
    try:
        found = log.verify(run, checkpoint, incremental=arguments.incremental)
        again = rerun(arguments.log, run) if arguments.rerun and found.finished else None
    except SimError as error:
        return Examined(run, found, problem=error)
    return Examined(run, found, again)


def _found_by(log: "EventLog", run: str, checkpoint: "Checkpoint") -> "Examined":
    """Whether a run that is not to be verified is there as far as the checkpoint knows it."""
    from sim.report.verification_page import Examined

    try:
        log.compare_mark(checkpoint.marks[run])
    except SimError as error:
        return Examined(run, None, problem=error)
    return Examined(run, None)


def _write(path: str, examined: "Iterable[Examined]") -> None:
    """Write a checkpoint of the runs, finished or not, if all of them verify."""
    from sim.eventlog.checkpoint import Checkpoint

    marks = [one.found.mark for one in examined if one.found is not None]
    known = [mark for mark in marks if mark is not None]
    if not known or any(one.problem is not None for one in examined):
        say(f"checkpoint {path}: not written")
        return
    Checkpoint.write(path, known)
    say(f"checkpoint {path}: written, {len(known):,} {'run' if len(known) == 1 else 'runs'}")


def _status_of(one: "Examined") -> int:
    if one.problem is not None:
        return status_of(one.problem)
    if one.found is None or not one.found.finished:
        return LOG_FAILS
    return ALL_WELL if one.found.adds_up else BROKEN
