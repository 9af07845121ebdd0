"""A log written by the first version of the program, with every type of event: it always loads.

The file is not one that a flag rewrites. When a payload changes, its type gets a new version and this file stays.
"""

from pathlib import Path

from sim.domain.event import Event
from sim.eventlog import open_log
from tests.eventlog.example import EXAMPLE, SCENARIO

GOLDEN = Path(__file__).with_name("golden.jsonl")


def test_it_is_what_is_written_now(tmp_path: Path) -> None:
    """The same run gives the same bytes."""
    path = tmp_path / "run.jsonl"
    open_log(path).record(EXAMPLE)
    assert path.read_text(encoding="utf-8") == GOLDEN.read_text(encoding="utf-8")


def test_it_loads() -> None:
    """Every event comes back, and so does the scenario."""
    log = open_log(GOLDEN)
    assert list(log.events()) == EXAMPLE
    assert log.book().scenario == SCENARIO


def test_it_has_every_type_of_event() -> None:
    """A type that is added to the program is added to the example."""
    assert {type(event) for event in EXAMPLE} == set(Event.__args__)
