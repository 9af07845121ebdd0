"""Logs and checkpoints that somebody has tampered with: at least one for each check, which that check alone can see.

A case does what a reader would do. `BATTERY` has the cases, and what each has to be told.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from sim.domain.event import (
    ClaimStated,
    EntryAmended,
    Event,
    OrderRefused,
    ReadinessChanged,
    RunClosed,
    RunOpened,
    SourceCited,
)
from sim.domain.vocabulary import Readiness
from sim.errors import SimError
from sim.eventlog import EventLog, Record
from sim.eventlog import checkpoint as checkpoints
from sim.eventlog.checkpoint import Checkpoint, Mark
from sim.eventlog.trial import TrialBalance, strike
from sim.ledger import Book
from tests.eventlog.contract import recorded
from tests.eventlog.example import AMENDED_EXAMPLE, AMENDED_SCENARIO, EXAMPLE
from tests.eventlog.test_verifier import RECORDS, RUN, WRONG, ListStore, changed

Case = Callable[[Path], object]
"""What a reader does, who has a folder to write in."""

COUNT = len(RECORDS)
HEAD = RECORDS[-1].hash.hex()
OTHER_RUN = "0" * 16


class ListBalances:
    """Keeps whatever trial balances it is told to."""

    def __init__(self, balances: list[TrialBalance]) -> None:
        self.balances = balances

    def keep(self, run: str, balances: Iterable[TrialBalance]) -> None:
        raise AssertionError("who verifies only reads")

    def last(self, run: str, minute: int | None = None) -> TrialBalance | None:
        raise AssertionError("who verifies reads them all")

    def all(self, run: str) -> Iterator[TrialBalance]:
        return iter(self.balances)


def told(case: Case, folder: Path) -> str:
    """How a case comes out: what is wrong, in the first line of the error, or that nothing is."""
    try:
        case(folder)
    except SimError as error:
        return str(error).split("\n", 1)[0].replace(str(folder), "folder")
    return "nothing is wrong"


def verified(
    records: list[Record],
    mark: Mark | None = None,
    balances: list[TrialBalance] | None = None,
    *,
    incremental: bool = False,
) -> Case:
    """Verify a log of these records, which may be against a mark, or have trial balances beside it."""
    store = ListStore(records, None if balances is None else ListBalances(balances))
    checkpoint = None if mark is None else Checkpoint("kept", {mark.run: mark})
    return lambda _: EventLog(store).verify(checkpoint=checkpoint, incremental=incremental)


def read(records: list[Record]) -> Case:
    """Read the records of a log, as every other command does."""
    return lambda _: list(EventLog(ListStore(records)).records())


def compared(records: list[Record], mark: Mark) -> Case:
    """Look at the one record that a mark was made at."""
    return lambda _: EventLog(ListStore(records)).compare_mark(mark)


def played_again(events: list[Event]) -> Case:
    """Compare the log with the events of another run."""
    return lambda _: EventLog(ListStore(RECORDS)).compare(events)


def checkpoint_of(text: str) -> Case:
    """Read a checkpoint that says this."""

    def case(folder: Path) -> object:
        path = folder / "kept"
        path.write_text(text, encoding="utf-8")
        return Checkpoint.read(str(path))

    return case


def _too_many_lines(folder: Path) -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checkpoints, "MARKS_MAX", 1)
        return checkpoint_of(_line(RUN) + _line(OTHER_RUN))(folder)


def _written_over(folder: Path) -> object:
    """Write a checkpoint where one is, on a file system that knows one name for each file."""

    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    path = folder / "kept"
    path.write_text("another's\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "link", no_links)
        return Checkpoint.write(str(path), [Mark(RUN, COUNT, HEAD)])


def _line(run: str) -> str:
    return f'{{"run": "{run}", "count": {COUNT}, "head": "{HEAD}"}}\n'


def _retold(change: Callable[[Event], Event]) -> list[Record]:
    """The records of a run that has one event in another way."""
    return recorded([change(event) for event in EXAMPLE])


def _without_source(event: Event) -> Event:
    return evolve(event, claim=evolve(event.claim, source="nobody")) if isinstance(event, ClaimStated) else event


def _relaying(event: Event) -> Event:
    return evolve(event, source=evolve(event.source, relays=("nobody",))) if isinstance(event, SourceCited) else event


def _relaying_itself(event: Event) -> Event:
    if not isinstance(event, SourceCited) or event.source.id != "briefing":
        return event
    return evolve(event, source=evolve(event.source, relays=("pap",)))


def _published_early(event: Event) -> Event:
    return (
        evolve(event, source=evolve(event.source, published=-5_000_000_000))
        if isinstance(event, SourceCited)
        else event
    )


def _retitled(event: Event) -> Event:
    return evolve(event, title="Another") if isinstance(event, RunOpened) else event


def _cut_short(event: Event) -> Event:
    return evolve(event, at=event.at - 1) if isinstance(event, RunClosed) else event


def _illegal(event: Event) -> Event:
    return evolve(event, after=Readiness.DEPLOYED) if isinstance(event, ReadinessChanged) else event


def _refused_otherwise(event: Event) -> Event:
    return evolve(event, reason="another") if isinstance(event, OrderRefused) else event


def _amended(by: str = "moved-later", **changes: Any) -> list[Record]:
    """The records of a run with amendments, of which one says something else, or is by others."""

    def change(event: Event) -> Event:
        if not isinstance(event, EntryAmended) or event.amendment.id != by:
            return event
        told: Any = event.amendment
        entry = evolve(told.entry, **{key: value for key, value in changes.items() if key != "sources"})
        return EntryAmended(0, evolve(told, entry=entry, sources=changes.get("sources", told.sources)))

    return recorded([change(event) for event in AMENDED_EXAMPLE])


def _struck(after: int) -> TrialBalance:
    """The trial balance after so many events."""
    (balance,) = strike(Book.replay(EXAMPLE), RUN, [RECORDS[after - 1]])
    return balance


_MARK = Mark(RUN, 15, RECORDS[14].hash.hex())
_LATER = [*RECORDS[:20], RECORDS[20]._replace(payload=RECORDS[20].payload + b" "), *RECORDS[21:]]
_HASH = "the hash does not fit: the record, or one before it, is not as it was written"
_ANEW = f"the hash is {RECORDS[14].hash.hex()}, but the checkpoint has {'0' * 64}"

BATTERY: dict[str, tuple[Case, str]] = {
    **{f"read: {name}": (read(records), message) for name, (records, message) in WRONG.items()},
    **{
        f"verified: {name}": (verified(records), message)
        for name, (records, message) in WRONG.items()
        if "unfinished" not in message
    },
    "no event": (verified(changed(21, payload=b"{}")), "item 21: position 21: it lacks 'unit'"),
    "a definition that refers to nothing": (
        verified(_retold(_without_source)),
        "the log is not sound: the claim 'all' names 'nobody', which nothing in it defines",
    ),
    "a source that refers to nothing": (
        verified(_retold(_relaying)),
        "the log is not sound: the source 'briefing' names 'nobody', which nothing in it defines",
    ),
    "a source that has its news from itself": (
        verified(_retold(_relaying_itself)),
        "the log is not sound: the source 'briefing' is relayed by itself: briefing > pap > briefing",
    ),
    "a source from before the calendar": (
        verified(_retold(_published_early)),
        "the log is not sound: the source 'briefing' is published at minute -5000000000, outside the years 1 to 9999",
    ),
    "a run with amendments": (verified(_amended()), "nothing is wrong"),
    "an amendment of what is not there": (
        verified(_amended(id="another")),
        "event 10 (entry-amended) names 'another', which no earlier event defines",
    ),
    "an amendment that says what cannot be": (
        verified(_amended(to="nowhere")),
        "the log is not sound: the order 'deploy-ibct' names 'nowhere', which nothing in it defines",
    ),
    "an amendment whose parts do not add up": (
        verified(_amended(parts=AMENDED_SCENARIO.orders["deploy-ibct"].parts)),
        "the log is not sound: the parts of the order 'deploy-ibct' do not add up to its unit from 'ibct-later' on",
    ),
    "an amendment on the word of another": (
        verified(_amended("vague-later", sources=("briefing",))),
        "the log is not sound: 'vague-later' was published before what it amends, 'vague'",
    ),
    "definitions of another run": (
        verified(_retold(_retitled)),
        "the log is not sound: its definitions are not those that its run was opened with",
    ),
    "closed too early": (
        verified(_retold(_cut_short)),
        "the log is not sound: its run does not close at its end, minute 14399",
    ),
    "what no run does": (
        verified(_retold(_illegal)),
        f"list:: run {RUN}: minute 60 (2022-01-24T06:00Z): guns went from standby to deployed at unstated, "
        "expected one of garrison, heightened-alert, in-transit",
    ),
    "cut off after the checkpoint was made": (
        verified(RECORDS[:14], _MARK),
        "item 14: position 14: the run ends before here, but the checkpoint knows 15 records of it",
    ),
    "cut off, and one record looked at": (
        compared(RECORDS[:14], _MARK),
        "item 14: position 14: the run ends before here, but the checkpoint knows 15 records of it",
    ),
    "cut off, and only what came after looked at": (
        verified(RECORDS[:14], _MARK, incremental=True),
        "item 14: position 14: the run ends before here, but the checkpoint knows 15 records of it",
    ),
    "written anew": (
        verified(RECORDS, evolve(_MARK, head="0" * 64)),
        f"item 14: position 14: {_ANEW}",
    ),
    "written anew, and one record looked at": (
        compared(RECORDS, evolve(_MARK, head="0" * 64)),
        f"item 14: position 14: {_ANEW}",
    ),
    "written anew, and only what came after looked at": (
        verified(RECORDS, evolve(_MARK, head="0" * 64), incremental=True),
        f"item 14: position 14: {_ANEW}",
    ),
    "an end put where the checkpoint was made": (
        verified(
            [*RECORDS[:14], RECORDS[14]._replace(type="run-closed.1", payload=b'{"events":14}')],
            _MARK,
            incremental=True,
        ),
        "item 14: position 14: the hash does not fit: the record is not as it was written",
    ),
    "changed since the checkpoint": (
        verified(_LATER, _MARK, incremental=True),
        f"item 20: position 20: {_HASH}",
    ),
    "the record of the checkpoint taken out": (
        compared([*RECORDS[:14], RECORDS[14]._replace(position=15)], _MARK),
        "item 14: position 14: the record says that its position is 15",
    ),
    "another run's record at the checkpoint": (
        compared([*RECORDS[:14], RECORDS[14]._replace(run=OTHER_RUN)], _MARK),
        f"item 14: position 14: the record says that it is of the run '{OTHER_RUN}', not '{RUN}'",
    ),
    "the run taken out": (
        compared(RECORDS, evolve(_MARK, run=OTHER_RUN)),
        f"list:: the log holds no run {OTHER_RUN}, but the checkpoint knows 15 records of it",
    ),
    "another trial balance": (
        verified(RECORDS, balances=[_struck(14), _struck(18)._replace(body=b"[]")]),
        "item 18: position 18: the trial balance stored here is not what the records before it come to",
    ),
    "a trial balance of more than there is": (
        verified(RECORDS, balances=[_struck(14), _struck(18)._replace(position=COUNT + 1)]),
        f"item {COUNT + 1}: position {COUNT + 1}: a trial balance is stored here, but the run does not come so far",
    ),
    "another run than what is played out": (
        played_again([_refused_otherwise(event) for event in EXAMPLE]),
        "item 16: position 16: played out again, the run has another record here",
    ),
    "no line of a checkpoint": (
        checkpoint_of(_line(RUN) + '{"run": 1}\n'),
        "folder/kept:2: this is not a line of a checkpoint",
    ),
    "a run twice in a checkpoint": (
        checkpoint_of(_line(RUN) * 2),
        f"folder/kept:2: the checkpoint has the run {RUN} twice",
    ),
    "too many lines in a checkpoint": (_too_many_lines, "folder/kept:2: a checkpoint has no more than 1 lines"),
    "an empty checkpoint": (checkpoint_of(""), "folder/kept:1: the checkpoint is empty"),
    "a folder for a checkpoint": (
        lambda folder: Checkpoint.read(str(folder)),
        "the checkpoint folder cannot be read: it is no file of the ordinary kind",
    ),
    "a checkpoint in the place of another": (
        _written_over,
        "the checkpoint folder/kept cannot be written: File exists",
    ),
}
