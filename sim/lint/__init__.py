"""Remarks on a scenario that loads: what its author may want to put right."""

from sim.lint.checks import CHECKS, look
from sim.lint.remark import Remark
from sim.lint.subject import Subject

__all__ = ["CHECKS", "Remark", "Subject", "look"]
