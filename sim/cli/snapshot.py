"""`snapshot`: the posture at moments of a run, from its log alone."""

from argparse import Namespace

from sim.cli.answers import answer_of, looked_up
from sim.cli.asking import fields_of
from sim.cli.output import write_answer
from sim.cli.status import ALL_WELL
from sim.cli.stream import write_data
from sim.runs import is_log


def snapshot(arguments: Namespace) -> int:
    """Print the posture at moments of a run."""
    fields = fields_of(arguments.by)
    found = looked_up if is_log(arguments.log) else answer_of
    answer = found(arguments.log, arguments.run, arguments.at)
    if arguments.format == "json":
        from sim.report.json_form import snapshots_to_json

        write_data(snapshots_to_json(answer))
    else:
        write_answer(answer, arguments.format, fields, "posture")
    return ALL_WELL
