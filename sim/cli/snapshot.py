"""`snapshot`: the posture at moments of a run, from its log alone."""

from argparse import Namespace

from sim.cli.answers import answer_of
from sim.cli.asking import fields_of
from sim.cli.output import write_answer
from sim.cli.status import ALL_WELL


def snapshot(arguments: Namespace) -> int:
    """Print the posture at moments of a run."""
    fields = fields_of(arguments.by)
    write_answer(answer_of(arguments.log, arguments), arguments.format, fields, "posture")
    return ALL_WELL
