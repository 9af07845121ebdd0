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
    if is_log(arguments.log) and arguments.as_known is None:
        answer = looked_up(arguments.log, arguments.run, arguments.at)
    else:
        answer = answer_of(arguments.log, arguments.run, arguments.at, arguments.as_known)
    if arguments.format == "json":
        from sim.report.json_form import snapshots_to_json

        write_data(snapshots_to_json(answer))
    else:
        write_answer(answer, arguments.format, arguments.color, fields, "posture")
    return ALL_WELL
