"""Logs written by earlier versions of the program, with every type of event: they always load.

The files are not ones that a flag rewrites. When a payload changes, its type gets a new version and its file stays.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest

from sim.domain.event import Event
from sim.domain.scenario import Scenario
from sim.eventlog import open_log
from tests.eventlog.example import (
    AMENDED_EXAMPLE,
    AMENDED_SCENARIO,
    EXAMPLE,
    LIFTED_EXAMPLE,
    LIFTED_SCENARIO,
    SCENARIO,
)

FIRST = Path(__file__).with_name("golden.jsonl")
"""From before there were amendments."""

AMENDED = Path(__file__).with_name("golden-amended.jsonl")

LIFTED = Path(__file__).with_name("golden-lifted.jsonl")
"""From when lift came."""

each = pytest.mark.parametrize(
    ("golden", "example", "scenario"),
    [
        (FIRST, EXAMPLE, SCENARIO),
        (AMENDED, AMENDED_EXAMPLE, AMENDED_SCENARIO),
        (LIFTED, LIFTED_EXAMPLE, LIFTED_SCENARIO),
    ],
)


@each
def test_it_is_what_is_written_now(golden: Path, example: Sequence[Event], scenario: Scenario, tmp_path: Path) -> None:
    """The same run gives the same bytes."""
    path = tmp_path / "run.jsonl"
    open_log(path).record(example)
    assert path.read_text(encoding="utf-8") == golden.read_text(encoding="utf-8")


@each
def test_it_loads(golden: Path, example: Sequence[Event], scenario: Scenario) -> None:
    """Every event comes back, and so does the scenario."""
    log = open_log(golden)
    assert list(log.events()) == example
    assert log.book().scenario == scenario


def test_they_have_every_type_of_event() -> None:
    """A type that is added to the program is added to an example."""
    assert {type(event) for event in (*EXAMPLE, *AMENDED_EXAMPLE, *LIFTED_EXAMPLE)} == set(Event.__args__)
