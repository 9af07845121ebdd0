"""Verification: what is said of a run whose records are in order, and of one that no run of this program leaves."""

import json
import sqlite3
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, composite

from sim.domain.event import Event, OrderRefused, ReadinessChanged, RunClosed, RunOpened, UnitArrived, UnitMustered
from sim.domain.scenario import Scenario
from sim.domain.vocabulary import Action, Basis, Readiness
from sim.engine import simulate
from sim.errors import LogError, SimError
from sim.eventlog import EventLog, Record, open_log
from sim.eventlog.checkpoint import Checkpoint, Mark
from sim.eventlog.decoding import decode
from sim.eventlog.encoding import encode
from sim.eventlog.form import PayloadError
from sim.eventlog.trial import TrialBalance, strike
from sim.eventlog.verification import KEPT_BY_EVERY_RUN, Verification
from sim.ledger import Book
from sim.ledger.invariants import INVARIANTS, check
from tests.eventlog.contract import Interruption, cut_off, recorded
from tests.eventlog.example import EXAMPLE, HAPPENED, SCENARIO, run_of
from tests.eventlog.tampered import ListBalances
from tests.eventlog.test_verifier import RECORDS, RUN, ListStore
from tests.strategies import any_scenarios

COUNT = len(EXAMPLE)
OPENED = Book.replay(EXAMPLE).opened
HEADS = [record.hash.hex() for record in RECORDS]
URLS = ["runs.sqlite", "runs.jsonl"]


def log_at(folder: Path, name: str = "runs.sqlite") -> EventLog:
    return open_log(str(folder / name))


def keeping(mark: Mark) -> Checkpoint:
    """A checkpoint of one run."""
    return Checkpoint("kept", {mark.run: mark})


@pytest.mark.parametrize("name", URLS)
def test_a_whole_run(name: str, tmp_path: Path) -> None:
    """All there is to know of it; the refusal and the claim that does not fit are what its scenario says."""
    log = log_at(tmp_path, name)
    log.record(EXAMPLE)
    found = log.verify()
    outcomes = check(Book.replay(EXAMPLE))
    balances = 0 if name.endswith("sqlite") else None
    assert found == Verification(RUN, OPENED, COUNT, HEADS[-1], True, 0, outcomes, balances, None)
    assert not found.adds_up
    assert found.mark == Mark(RUN, COUNT, HEADS[-1])
    assert [outcome.name for outcome in found.outcomes if not outcome.holds] == ["obeyed", "claims"]


@pytest.mark.parametrize("name", URLS)
@pytest.mark.parametrize("after", [1, 5, COUNT - 1])
def test_an_unfinished_run(name: str, after: int, tmp_path: Path) -> None:
    """Its records verify as far as they go; that they can be read is known, and what they add up to is not."""
    log = log_at(tmp_path, name)
    with pytest.raises(Interruption):
        log.record(cut_off(EXAMPLE, after))
    balances = 0 if name.endswith("sqlite") else None
    found = log.verify()
    assert found == Verification(RUN, OPENED, after, HEADS[after - 1], False, 0, (), balances, None)
    assert found.mark == Mark(RUN, after, HEADS[after - 1])


def test_a_run_of_which_nothing_was_stored_whole(tmp_path: Path) -> None:
    """A torn first line: there is nothing that a checkpoint could know."""
    path = tmp_path / "runs.jsonl"
    path.write_text('{"run": "01234567', encoding="utf-8")
    found = open_log(str(path)).verify()
    assert (found.count, found.finished, found.opened, found.mark) == (0, False, None, None)


def test_the_run_meant(tmp_path: Path) -> None:
    """The last, or the one whose id is given or begins so."""
    log = log_at(tmp_path)
    first = log.record(EXAMPLE)
    last = log.record(run_of(SCENARIO, HAPPENED, seed=1))
    assert log.verify().run == last.run
    assert log.verify(first.run[:6]).run == first.run


def test_a_mark_that_agrees() -> None:
    """Of the whole run, or of any beginning of it."""
    for count in range(1, COUNT + 1):
        mark = Mark(RUN, count, HEADS[count - 1])
        log = EventLog(ListStore(RECORDS))
        assert log.verify(checkpoint=keeping(mark)).agreed == mark
        log.compare_mark(mark)


class Watched(ListStore):
    """A store that remembers from which position it was read."""

    def read(self, run: str, first: int = 0) -> Generator[Record]:
        self.read_from = first
        return super().read(run, first)


@pytest.mark.parametrize("count", [1, 14, COUNT])
def test_only_what_came_since(count: int) -> None:
    """Of those before the mark only the last hash is: what is done to them is not seen, what comes after is."""
    damaged = [record._replace(payload=b"{}") for record in RECORDS[: count - 1]]
    store = Watched([*damaged, *RECORDS[count - 1 :]])
    mark = Mark(RUN, count, HEADS[count - 1])
    found = EventLog(store).verify(checkpoint=keeping(mark), incremental=True)
    assert store.read_from == max(count - 2, 0)
    assert found == Verification(RUN, None, COUNT, HEADS[-1], True, count, (), None, mark)


def test_what_came_since_may_be_unfinished() -> None:
    """A run that is being written is verified bit by bit."""
    mark = Mark(RUN, 5, HEADS[4])
    found = EventLog(ListStore(RECORDS[:9])).verify(checkpoint=keeping(mark), incremental=True)
    assert (found.count, found.head, found.finished, found.since) == (9, HEADS[8], False, 5)


def test_a_run_goes_on_after_the_end_that_a_mark_knows() -> None:
    """It was whole, so there is nothing that could come."""
    more = RECORDS[-1]._replace(position=COUNT)
    log = EventLog(ListStore([*RECORDS, more]))
    with pytest.raises(LogError, match=f"position {COUNT}: the run goes on after its run-closed"):
        log.verify(checkpoint=keeping(Mark(RUN, COUNT, HEADS[-1])), incremental=True)


def test_a_run_that_the_checkpoint_does_not_know() -> None:
    """It is verified whole, incremental or not."""
    checkpoint = keeping(Mark("0" * 16, 5, "0" * 64))
    log = EventLog(ListStore(RECORDS))
    assert log.verify(checkpoint=checkpoint, incremental=True) == log.verify(checkpoint=checkpoint) == log.verify()


def _kept_with_balances(folder: Path) -> EventLog:
    """The example in SQLite, with a trial balance after every batch of four."""
    book = Book()

    def posting() -> Iterator[Event]:
        for event in EXAMPLE:
            book.post(event)
            yield event

    log = log_at(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sim.eventlog.database.BATCH", 4)
        patch.setattr("sim.eventlog.trial.SPACING", 4)
        log.record(posting(), book)
    return log


def test_trial_balances_are_compared(tmp_path: Path) -> None:
    """Each that is stored beside the run is what the records before it come to."""
    log = _kept_with_balances(tmp_path)
    stored = len(list(log.balances()))
    assert stored > 3
    assert log.verify().balances == stored


@pytest.mark.parametrize(
    "change",
    [
        "body = CAST(replace(CAST(body AS TEXT), '30', '31') AS BLOB)",
        "minute = minute + 1",
        "hash = zeroblob(32)",
        "digest = zeroblob(32)",
    ],
)
def test_a_trial_balance_that_was_changed(change: str, tmp_path: Path) -> None:
    """By any of its values; the records are as they were."""
    log = _kept_with_balances(tmp_path)
    last = list(log.balances())[-1].position
    with closing(sqlite3.connect(log.url)) as database, database:
        database.execute(f"UPDATE sim_balances SET {change} WHERE position = {last}")
    assert refusal(log) == (
        f"{log.url}: run {RUN}: position {last}: "
        "the trial balance stored here is not what the records before it come to"
    )


class Growing(ListBalances):
    """Trial balances of which one more is there when they are read again."""

    def all(self, run: str) -> Iterator[TrialBalance]:
        yield from self.balances
        self.balances = [*strike(Book.replay(EXAMPLE), run, RECORDS[13:14]), *self.balances]


def test_a_trial_balance_stored_meanwhile() -> None:
    """By another program, after the records were read: it is left for the next time."""
    stored = list(strike(Book.replay(EXAMPLE), RUN, RECORDS[17:18]))
    assert EventLog(ListStore(RECORDS, Growing(stored))).verify().balances == 1


def test_the_first_finding_is_told() -> None:
    """Of what no run of this program does, the earliest; what a scenario may say wrong is no reason to refuse."""
    late = [evolve(event, strength=1) if isinstance(event, UnitArrived) else event for event in HAPPENED]
    assert refusal(_log_of(late)) == (
        f"list:: run {RUN}: minute 840 (2022-01-24T19:00Z): "
        "82-ibct closes under deploy-ibct before all of it has arrived"
    )
    both = [
        evolve(event, before=Readiness.GARRISON) if isinstance(event, ReadinessChanged) else event for event in late
    ]
    assert refusal(_log_of(both)) == (
        f"list:: run {RUN}: minute 60 (2022-01-24T06:00Z): guns at unstated, garrison, is below zero, "
        "expected 0 or more, found -30"
    )


def test_a_unit_that_never_was() -> None:
    """It is missed before anything is added up."""
    happened = [event for event in HAPPENED if not isinstance(event, UnitMustered) or event.unit != "82-ibct"]
    assert refusal(_log_of(happened)) == "the log is not sound: the unit '82-ibct' does not muster as it is defined"


def test_a_run_of_the_same_events() -> None:
    """It is compared record by record, and nothing is written."""
    assert EventLog(ListStore(RECORDS)).compare(iter(EXAMPLE)) == COUNT


def test_a_run_of_other_events() -> None:
    """The first record that differs is told, as it is and as it should be; a long one in part."""
    events = [evolve(event, reason="x" * 999) if isinstance(event, OrderRefused) else event for event in EXAMPLE]
    with pytest.raises(LogError) as caught:
        EventLog(ListStore(RECORDS)).compare(events)
    assert str(caught.value) == (
        "item 16: position 16: played out again, the run has another record here\n"
        '  the log has: minute 60, order-refused.1 {"order":"deploy-ibct","unit":"guns",'
        '"reason":"it is \'dozens\', and one\\nhas no parts"}\n'
        f'  played out: minute 60, order-refused.1 {{"order":"deploy-ibct","unit":"guns","reason":"{"x" * 113}…'
    )


@given(any_scenarios())
def test_what_this_program_plays_out_verifies(told: Scenario) -> None:
    """Whatever is ordered: every run keeps what every run is said to keep."""
    log = open_log("memory:")
    written = log.record(simulate(told))
    found = log.verify()
    assert (found.run, found.count, found.head) == (written.run, written.count, written.head)
    assert all(outcome.holds for outcome in found.outcomes if outcome.name in KEPT_BY_EVERY_RUN)
    assert [outcome.name for outcome in found.outcomes] == list(INVARIANTS)


_VALUES: list[Any] = [0, 1, 60, -5, 10**6, 10**15, None, [], *Readiness, *Action, *Basis, "always", "x y"]


def _holes(plain: Any) -> list[tuple[Any, Any]]:
    """Every place in a JSON value where there is a value: what holds it, and under which key."""
    keys = list(plain) if isinstance(plain, dict) else list(range(len(plain))) if isinstance(plain, list) else []
    return [(plain, key) for key in keys] + [hole for key in keys for hole in _holes(plain[key])]


@composite
def forged(draw: DrawFn) -> list[Event]:
    """A run in which events were changed, left out, repeated or swapped; all that can be made to fit, fits."""
    told = draw(any_scenarios())
    events = list(simulate(told))
    values = [*_VALUES, *told.units, *told.orders, *told.places, *told.sources]
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(1, len(events) - 2))
        match draw(st.sampled_from(["change", "change", "change", "change", "drop", "repeat", "swap"])):
            case "drop":
                del events[at]
            case "repeat":
                events.insert(draw(st.integers(1, len(events) - 1)), events[at])
            case "swap":
                other = draw(st.integers(1, len(events) - 2))
                events[at], events[other] = events[other], events[at]
            case _:
                type_, payload = encode(events[at])
                plain = json.loads(payload)
                holder, key = draw(st.sampled_from(_holes(plain)))
                holder[key] = draw(st.sampled_from(values))
                with suppress(PayloadError):
                    events[at] = decode(Record("", 0, events[at].at, type_, json.dumps(plain).encode(), b""))
    return _fitting(events, told.end)


def _fitting(events: list[Event], end: int) -> list[Event]:
    """The events in order of time, counted, and with the fingerprint of their definitions."""
    now, found = 0, []
    for event in events[:-1]:
        now = max(now, min(event.at, end))
        found.append(evolve(event, at=now))
    found.append(RunClosed(end, len(found)))
    opened = found[0]
    assert isinstance(opened, RunOpened)
    with suppress(SimError):  # where events name what is not there, there is no fingerprint
        found[0] = evolve(opened, fingerprint=Book.replay(found).scenario.fingerprint)
    return found


@given(forged())
def test_a_forged_run(events: list[Event]) -> None:
    """Whoever can compute the hashes can write a log. It is verified or refused, and so it is when played out again."""
    log = open_log("memory:")
    log.record(events)
    with suppress(SimError):
        log.verify()
        book = log.book()
        log.compare(simulate(book.scenario, book.opened.seed))


def refusal(log: EventLog) -> str:
    """Why a log does not verify."""
    with pytest.raises(LogError) as caught:
        log.verify()
    return caught.value.message


def _log_of(happened: Iterable[Event]) -> EventLog:
    """A log of the example's scenario in which this happened."""
    return EventLog(ListStore(recorded(run_of(SCENARIO, tuple(happened)))))


@pytest.mark.parametrize("whole", [False, True])
def test_an_end_put_in_place_of_the_record_a_mark_was_made_at(whole: bool) -> None:
    """Its hash stands as it was, and what came after it is gone: also where no record before it is read again."""
    mark = Mark(RUN, 9, HEADS[8])
    log = EventLog(ListStore([*RECORDS[:8], RECORDS[8]._replace(type="run-closed.1", payload=b'{"events":8}')]))
    with pytest.raises(LogError, match="position 8: the hash does not fit"):
        log.verify(checkpoint=keeping(mark), incremental=not whole)
    with pytest.raises(LogError, match="position 8: the hash does not fit"):
        log.compare_mark(mark)
