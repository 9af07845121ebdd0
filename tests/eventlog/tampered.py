"""Logs and checkpoints that somebody has tampered with, each so that one check alone can see it.

A case does what a reader would do, and says how it came out: what is wrong, or that nothing is. `BATTERY` has what each
has to say.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from sim.domain.claim import Noted
from sim.domain.event import (
    ClaimStated,
    Event,
    PlaceNamed,
    ReadinessChanged,
    RunClosed,
    RunOpened,
    SourceCited,
    UnitArrived,
)
from sim.domain.vocabulary import Readiness
from sim.engine import simulate
from sim.errors import SimError
from sim.eventlog import EventLog, Outcome, Record
from sim.eventlog import checkpoint as checkpoints
from sim.eventlog.chain import GENESIS, link
from sim.eventlog.checkpoint import Checkpoint, Mark
from sim.eventlog.store import Acknowledge, Stored
from sim.eventlog.trial import TrialBalance, strike
from sim.ledger import Book
from tests.eventlog.contract import recorded
from tests.story import claim, deploy, scenario, unit

STORY = scenario([unit("a"), unit("b")], [deploy("go", 60, "a"), deploy("off", 90, "b")], [claim(Noted("why"))], end=9000)
EVENTS = list(simulate(STORY))
RECORDS = recorded(EVENTS)
COUNT = len(RECORDS)
RUN = RECORDS[0].run
OTHER_RUN = "0" * 16
MIDDLE = 9
"""A position after the definitions."""


class ListStore:
    """A store of one run that holds whatever it is told to."""

    url = "list:"

    def __init__(self, records: list[Record], balances: "ListBalances | None" = None) -> None:
        self.records = records
        self.balances = balances

    def run_ids(self) -> list[str]:
        return [RUN]

    def stored(self, run: str | None = None) -> list[Stored]:
        return [Stored(RUN, self.records[0], self.records[-1], None)]

    def read(self, run: str, first: int = 0) -> Iterator[Record]:
        return iter(self.records[first:])

    def place(self, run: str, position: int) -> str:
        return f"item {position}"

    def write(self, records: Iterator[Record], program: str, acknowledge: Acknowledge) -> Outcome:
        raise AssertionError("who verifies only reads")
...
