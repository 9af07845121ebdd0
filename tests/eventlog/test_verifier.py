"""The verifier: each of its checks, met by a log of which everything else is in order."""

from collections.abc import Generator, Iterator
from typing import Any

import pytest

from sim.domain.event import Event
from sim.errors import LogError
from sim.eventlog import EventLog, Outcome, Record
from sim.eventlog.chain import GENESIS, link
from sim.eventlog.store import Acknowledge, BalanceStore, Stored
from tests.eventlog.contract import recorded
from tests.eventlog.example import EXAMPLE

RECORDS = recorded(EXAMPLE)
RUN = RECORDS[0].run


class ListStore:
    """A store of one run that holds whatever it is told to."""

    url = "list:"

    def __init__(self, records: list[Record], balances: BalanceStore | None = None) -> None:
        self.records = records
        self.balances = balances

    def run_ids(self) -> list[str]:
        return [RUN]

    def stored(self, run: str | None = None) -> list[Stored]:
        return [Stored(RUN, self.records[0], self.records[-1], None)]

    def read(self, run: str, first: int = 0) -> Generator[Record]:
        yield from self.records[first:]

    def place(self, run: str, position: int) -> str:
        return f"item {position}"

    def write(self, records: Iterator[Record], program: str, acknowledge: Acknowledge) -> Outcome:
        raise AssertionError("a verifier only reads")


def sealed(records: list[Record]) -> list[Record]:
    """The records with the hashes that they would have if they had been written so."""
    found, head = [], GENESIS
    for record in records:
        head = link(head, record.position, record.minute, record.type, record.payload)
        found.append(record._replace(hash=head))
    return found


def changed(position: int, **changes: Any) -> list[Record]:
    """The example with one record changed, and all hashes made to fit."""
    record = RECORDS[position]._replace(**changes)
    return sealed([*RECORDS[:position], record, *RECORDS[position + 1 :]])


def renumbered(records: list[Record]) -> list[Record]:
    return sealed([record._replace(position=position) for position, record in enumerate(records)])


CLOSING = RECORDS[-1]

WRONG = {
    "a gap": (sealed([*RECORDS[:5], *RECORDS[6:]]), "item 5: position 5: the record says that its position is 6"),
    "a record twice": (
        sealed([*RECORDS[:5], *RECORDS[4:]]),
        "item 5: position 5: the record says that its position is 4",
    ),
    "back in time": (changed(19, minute=119), "item 19: position 19: minute 119 comes after minute 120"),
    "before the start": (changed(0, minute=-1), "item 0: position 0: minute -1 comes after minute 0"),
    "another hash": (
        [*RECORDS[:7], RECORDS[7]._replace(hash=bytes(32)), *RECORDS[8:]],
        "item 7: position 7: the hash does not fit: the record, or one before it, is not as it was written",
    ),
    "another run's record": (
        changed(9, run="0" * 16),
        f"item 9: position 9: the record says that it is of the run '0000000000000000', not '{RUN}'",
    ),
    "under another run's name": (
        [record._replace(run="0" * 16) for record in RECORDS],
        f"item 0: position 0: the record says that it is of the run '0000000000000000', not '{RUN}'",
    ),
    "opened twice": (renumbered([*RECORDS[:3], RECORDS[0], *RECORDS[3:]]), "item 3: position 3: a second run-opened"),
    "opened by a version to come": (
        changed(0, type="run-opened.2"),
        "item 0: position 0: its type 'run-opened.2' is not known here: a newer version of this program wrote it",
    ),
    "closed by a version to come": (
        changed(22, type="run-closed.2"),
        "item 22: position 22: its type 'run-closed.2' is not known here: a newer version of this program wrote it",
    ),
    "not opened": (
        renumbered(RECORDS[11:]),
        "item 0: position 0: the run begins with unit-mustered.1, not with run-opened",
    ),
    "an opening that is none": (changed(0, payload=b"{}"), "item 0: position 0: it lacks 'title'"),
    "miscounted": (
        changed(22, payload=b'{"events":21}'),
        "item 22: position 22: run-closed counts 21 events before it, but there are 22",
    ),
    "closed twice": (
        sealed([*RECORDS, CLOSING._replace(position=23, payload=b'{"events":23}')]),
        "item 23: position 23: the run goes on after its run-closed",
    ),
    "not closed": (RECORDS[:-1], "item 22: position 22: the run is unfinished: its run-closed is missing"),
    "nothing": ([], "item 0: position 0: the run is unfinished: its run-closed is missing"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_named(name: str) -> None:
    """The first position that is wrong, and what is wrong there."""
    records, message = WRONG[name]
    with pytest.raises(LogError) as caught:
        list(EventLog(ListStore(records)).records())
    assert caught.value.message == message


def test_how_to_complete_an_unfinished_run() -> None:
    """The error says what to do."""
    with pytest.raises(LogError) as caught:
        EventLog(ListStore(RECORDS[:4])).book()
    assert str(caught.value) == (
        "item 4: position 4: the run is unfinished: its run-closed is missing\n"
        "  to complete it, run the same scenario again with the same --log"
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"type": "unit-closed.2"},
            "its type 'unit-closed.2' is not known here: a newer version of this program wrote it",
        ),
        ({"payload": b'{"unit":"a","place":"b"}'}, "it lacks 'order'"),
    ],
)
def test_an_event_that_cannot_be_read(changes: dict[str, Any], message: str) -> None:
    """Records verify whatever they hold; the events in them are read as far as they can be."""
    log = EventLog(ListStore(changed(21, **changes)))
    assert len(list(log.records())) == len(EXAMPLE)
    found: list[Event] = []
    with pytest.raises(LogError) as caught:
        found.extend(log.events())
    assert found == EXAMPLE[:21]
    assert str(caught.value) == f"item 21: position 21: {message}"
