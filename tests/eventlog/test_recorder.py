"""The recorder: records of a run, stored or not."""

from collections.abc import Iterator

import pytest

from sim.domain.event import Event, PlaceNamed, RunClosed, UnitClosed
from sim.domain.place import Place
from sim.errors import LogError
from sim.eventlog import Recorder, open_log
from tests.eventlog.contract import recorded
from tests.eventlog.example import EXAMPLE, SCENARIO, run_of


def test_a_run_need_not_be_stored() -> None:
    """Run, count and head are those that a log would have."""
    recorder = Recorder()
    for _ in recorder.records(EXAMPLE):
        pass
    written = open_log("memory:").record(EXAMPLE)
    assert (recorder.run, recorder.count, recorder.head.hex()) == (written.run, written.count, written.head)


def test_records_come_with_their_events() -> None:
    """Each event is recorded before the next is asked for."""
    asked: list[Event] = []

    def asking() -> Iterator[Event]:
        for event in EXAMPLE:
            asked.append(event)
            yield event

    for record in Recorder().records(asking()):
        assert len(asked) == record.position + 1


LATE = UnitClosed(99, "82-ibct", "us", "deploy-ibct")
EARLY = UnitClosed(98, "82-ibct", "us", "deploy-ibct")


@pytest.mark.parametrize(
    ("events", "message"),
    [
        ([], "event 0 cannot be recorded: the events end without run-closed"),
        ([LATE], "event 0 cannot be recorded: the events begin with unit-closed, not with run-opened"),
        ([*EXAMPLE[:5], LATE, EARLY], "event 6 cannot be recorded: minute 98 comes after minute 99"),
        (
            [*EXAMPLE[:5], RunClosed(99, 4)],
            "event 5 cannot be recorded: run-closed counts 4 events before it, but there are 5",
        ),
        ([*EXAMPLE, LATE], "event 23 cannot be recorded: an event comes after run-closed"),
    ],
)
def test_events_that_are_no_run(events: list[Event], message: str) -> None:
    """They are refused where they stop being one."""
    with pytest.raises(LogError) as caught:
        recorded(events)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("place", "why"),
    [
        (
            Place("a", "half a \ud83d"),
            "'utf-8' codec can't encode character '\\ud83d' in position 25: surrogates not allowed",
        ),
        (Place("a", "a", lat=float("nan"), lon=0.0), "Out of range float values are not JSON compliant"),
    ],
)
def test_what_no_log_can_hold(place: Place, why: str) -> None:
    """Half a character and a number that is none are refused before anything is written of them."""
    events = run_of(SCENARIO)
    with pytest.raises(LogError) as caught:
        recorded([*events[:3], PlaceNamed(0, place), *events[3:]])
    assert str(caught.value).startswith(f"a place-named event cannot be written as JSON: {why}")
