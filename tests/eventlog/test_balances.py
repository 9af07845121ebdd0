"""Trial balances beside a run, and snapshots by way of them."""

import gc
import json
import sqlite3
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from hashlib import sha256
from itertools import count
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st

from sim.domain.amendment import Amendment
from sim.domain.event import Event, UnitDefined
from sim.domain.scenario import Scenario
from sim.engine import simulate
from sim.errors import LogError, UsageError
from sim.eventlog import EventLog, Outcome, Record, Recorder, Written, open_log
from sim.eventlog.database import DatabaseStore
from sim.eventlog.sqlite import Sqlite
from sim.eventlog.travel import Traveller, check_ended
from sim.eventlog.trial import TrialBalance, _digest, strike, strike_spaced
from sim.eventlog.verifier import Verifier
from sim.posture import Book, snapshots
from tests.eventlog.contract import Interruption
from tests.eventlog.database import change
from tests.eventlog.test_verifier import sealed
from tests.story import alert, deploy, part, recall, scenario, unit
from tests.strategies import any_scenarios

STORES = ["sqlite", "postgres", "jsonl", "memory"]

TOLD = scenario(
    [unit("a", "60"), unit("b", "about 30"), unit("c")],
    [
        alert("raise", 10, "a", "b"),
        deploy("out", 100, "a", parts=[part(20, 100, 150), part(40, 130, 200)]),
        deploy("after", 100, "b", to="de", transit=90),
        recall("back", 400, "a", "b", transit=50),
    ],
    end=600,
)
EVENTS = list(simulate(TOLD))
END = TOLD.end


@contextmanager
def close_together(batch: int, spacing: int) -> Iterator[None]:
    """Small batches, and trial balances not far apart."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sim.eventlog.database.BATCH", batch)
        patch.setattr("sim.eventlog.trial.SPACING", spacing)
        yield


def posted(book: Book, events: Iterable[Event]) -> Iterator[Event]:
    """The events, each posted before it is passed on."""
    for event in events:
        book.post(event)
        yield event


def record(log: EventLog, events: Iterable[Event] = EVENTS, batch: int = 4, spacing: int = 6) -> Written:
    """Record a run with its book, so that trial balances are kept."""
    book = Book()
    with close_together(batch, spacing):
        return log.record(posted(book, events), book)


@pytest.fixture
def log(path: Path) -> EventLog:
    """A log in a database, with trial balances."""
    log = open_log(path)
    record(log)
    return log


@pytest.fixture(params=STORES)
def any_log(request: pytest.FixtureRequest, tmp_path: Path) -> EventLog:
    """An empty log in each of the stores."""
    match request.param:
        case "postgres":
            return open_log(request.getfixturevalue("postgres_url"))
        case "memory":
            return open_log("memory:")
        case ending:
            return open_log(tmp_path / f"runs.{ending}")


def refused(log: EventLog, at: int, message: str) -> None:
    """A snapshot does not verify, and says so."""
    with pytest.raises(LogError) as caught:
        log.snapshots([at])
    assert caught.value.message == f"{log.url}: run {log.run_ids()[0]}: {message}"


# What is stored


def test_what_a_balance_says(log: EventLog) -> None:
    """What every account held after so many events: position, minute and hash are of the last of them."""
    balances = list(log.balances())
    records = list(log.records())
    assert [balance.position for balance in balances] == [8, 16, 24, 32, len(EVENTS)]
    at = balances[-2]
    assert (at.minute, at.hash) == (records[31].minute, records[31].hash)
    assert json.loads(at.body) == [
        ["a", "pl", "deployed", 60, "assumed"],
        ["b", "de", "deployed", 30, "assumed"],
        ["c", "home", "garrison", 100, None],
    ]
    run = records[0].run.encode()
    parts = (run, b"%d" % at.position, b"%d" % at.minute, at.hash, at.body)
    framed = b"".join(len(each).to_bytes(8, "big") + each for each in parts)
    assert at.digest == sha256(b"sim-balance-1" + framed).digest()


def test_balances_can_be_struck_again(log: EventLog) -> None:
    """From the book, after the same records: that is how they are verified."""
    wanted = {balance.position - 1 for balance in log.balances()}
    ends = [record for record in log.records() if record.position in wanted]
    assert list(strike(log.book(), ends[0].run, ends)) == list(log.balances())


def test_how_far_apart_they_are(path: Path) -> None:
    """Not closer than there are units, nor than there were accounts; most runs are too short to have any."""
    log = open_log(path)
    record(log, batch=1, spacing=1)
    lines = [(balance.position, len(json.loads(balance.body))) for balance in log.balances()]
    assert lines == [
        *((position, 0) for position in range(3, 16, 3)),
        *((18, 2), (21, 3), (24, 3), (27, 3), (30, 4), (34, 3), (37, 3), (40, 3)),
    ]
    short = open_log(path.with_name("short.sqlite"))
    book = Book()
    short.record(posted(book, EVENTS), book)
    assert list(short.balances()) == []


_DIVIDED = scenario(
    [unit("a", "40")], [deploy("go", 10, "a", parts=[part(1, 100 + number, 130 + number) for number in range(40)])]
)


@given(any_scenarios())
@example(_DIVIDED)
def test_balances_do_not_outgrow_the_log(told: Scenario) -> None:
    """All but the last have together no more lines than there are records before it, however a unit is divided."""
    book = Book()
    records = list(Recorder().records(posted(book, simulate(told))))
    with close_together(batch=1, spacing=1):
        balances = list(strike_spaced(book, records[0].run, records))
    lines = [len(json.loads(balance.body)) for balance in balances]
    for number, balance in enumerate(balances):
        assert lines[number] <= balance.position
        assert sum(lines[:number]) <= balance.position


def test_both_databases_keep_the_same(path: Path, postgres_url: str) -> None:
    """To the byte."""
    logs = [open_log(path), open_log(postgres_url)]
    for log in logs:
        record(log)
    assert list(logs[0].balances()) == list(logs[1].balances())
    assert list(logs[0].balances()) != []


def test_who_gives_no_book_gets_none(path: Path) -> None:
    """They are kept the next time."""
    log = open_log(path)
    with close_together(4, 6):
        log.record(EVENTS)
    assert list(log.balances()) == []
    assert record(log).outcome is Outcome.VERIFIED
    assert len(list(log.balances())) == 5


def test_an_interrupted_run_has_none_before_it_is_completed(path: Path) -> None:
    """Then it has those of a run that was left alone."""

    def interrupted() -> Iterator[Event]:
        yield from EVENTS[:17]
        raise Interruption

    log, alone = open_log(path), open_log(path.with_name("alone.sqlite"))
    with pytest.raises(Interruption):
        record(log, interrupted())
    assert list(log.balances()) == []
    assert record(log).outcome is Outcome.COMPLETED
    record(alone)
    assert list(log.balances()) == list(alone.balances()) != []


def test_balances_are_not_stored_twice(log: EventLog) -> None:
    """Repeating the run leaves them as they are, whatever the spacing is then."""
    before = list(log.balances())
    assert record(log, batch=3, spacing=3).outcome is Outcome.VERIFIED
    assert list(log.balances()) == before
    kept = log._store.balances
    assert kept is not None
    kept.keep(log.run_ids()[0], before)  # as another program does that verifies the run at the same time
    assert list(log.balances()) == before


# Snapshots


def test_snapshots_of_every_store(any_log: EventLog) -> None:
    """They are those of the replayed book, in the order asked; the run, its length and its head are known."""
    written = record(any_log)
    whole, _ = any_log.replay()
    times = [END, 0, 150, 99, 100, 150, 10]
    book, found, known = any_log.snapshots(times)
    assert found == snapshots(whole, times)
    assert (known.run, known.count, known.head) == (written.run, written.count, written.head)
    assert (book.opened, book.calendar) == (whole.opened, whole.calendar)
    assert (book.sources, book.places, book.units) == (whole.sources, whole.places, whole.units)


def test_only_what_is_needed_is_read(log: EventLog, monkeypatch: pytest.MonkeyPatch) -> None:
    """The definitions up to the units, and what lies between a balance and the moment, with the record behind it."""
    read: list[int] = []
    check = Verifier.check

    def noting(verifier: Verifier, record: Record) -> None:
        read.append(record.position)
        check(verifier, record)

    setting = 1 + len(TOLD.sources) + len(TOLD.places) + len(TOLD.units)
    assert [event.tag for event in EVENTS[setting - 1 : setting + 1]] == ["unit-defined", "order-defined"]
    last = max(record.position for record in log.records() if record.minute <= 300)
    stop = max(balance.position for balance in log.balances() if balance.position <= last + 1)
    monkeypatch.setattr(Verifier, "check", noting)
    log.snapshots([299, 300])
    assert read == [len(EVENTS) - 1, *range(setting + 1), *range(stop, last + 2)]
    assert stop > setting + 1


@given(any_scenarios(), st.integers(1, 9), st.integers(1, 9))
def test_a_snapshot_by_a_balance_is_that_of_a_replay(
    tmp_path_factory: pytest.TempPathFactory, told: Scenario, batch: int, spacing: int
) -> None:
    """At every minute at which something happens, and around it: one after another, and each alone."""
    log = open_log(tmp_path_factory.mktemp("log") / "runs.sqlite")
    record(log, simulate(told), batch, spacing)
    whole, _ = log.replay()
    happened = {event.at for event in log.events()}
    times = sorted({0, told.end, *happened, *(at - 1 for at in happened if at), *(at + 1 for at in happened)})
    expected = snapshots(whole, times)
    assert log.snapshots(times)[1] == expected
    chosen = times[:: max(1, len(times) // 8)]
    assert [log.snapshots([at])[1][0] for at in chosen] == [whole.snapshot(at) for at in chosen]


def test_a_balance_among_the_definitions(path: Path) -> None:
    """From between orders and what amends them, a reader goes on, though it has not seen the orders."""
    first = scenario([unit("a", "60")], [deploy(f"o-{number}", 100 + number, "a") for number in range(9)], end=600)
    moved = evolve(first.orders["o-0"], at=90)
    told = evolve(first, amendments=(Amendment("later", ("pap",), moved),))
    log = open_log(path)
    record(log, simulate(told), batch=1, spacing=9)
    tags = [event.tag for event in log.events()]
    assert tags[18:22] == ["order-defined", "entry-amended", "unit-mustered", "order-issued"]
    assert [balance.position for balance in log.balances()][:3] == [9, 18, 27]
    whole, _ = log.replay()
    assert [log.snapshots([at])[1][0] for at in (0, 89, 90, 100)] == [whole.snapshot(at) for at in (0, 89, 90, 100)]


@pytest.fixture
def opened(log: EventLog, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[sqlite3.Connection]]:
    """The connections that are made to a log once it is recorded. None of what they leave is collected."""
    made: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def noted(*arguments: Any, **named: Any) -> sqlite3.Connection:
        made.append(connect(*arguments, **named))
        return made[-1]

    monkeypatch.setattr(sqlite3, "connect", noted)
    gc.disable()
    yield made
    gc.enable()


def all_closed(connections: list[sqlite3.Connection]) -> bool:
    for connection in connections:
        with pytest.raises(sqlite3.ProgrammingError, match="closed database"):
            connection.execute("SELECT 1")
    return bool(connections)


def test_the_log_is_closed_at_once(log: EventLog, opened: list[sqlite3.Connection]) -> None:
    """Not when Python collects what refers to itself: that may be in another thread, where SQLite closes nothing."""
    log.snapshots([150, 300])
    assert all_closed(opened)


@pytest.mark.parametrize(
    ("stops", "step"),
    [
        (True, "sim.eventlog.verifier.Verifier.check"),
        (True, "sim.eventlog.verifier.Verifier.finish"),
        (True, "sim.eventlog.travel.holdings"),
        (True, "sim.ledger.book.Book.post"),
        (True, "sim.ledger.balance.Balances.__init__"),
        (True, "sim.ledger.balance.Balances.advance"),
        (False, "sim.eventlog.verifier.Verifier.check"),
        (False, "sim.eventlog.verifier.Verifier.finish"),
        (False, "sim.ledger.book.Book.post"),
    ],
)
def test_the_log_is_closed_where_reading_it_fails(
    path: Path, log: EventLog, opened: list[sqlite3.Connection], monkeypatch: pytest.MonkeyPatch, stops: bool, step: str
) -> None:
    """At whichever step it does, and while somebody still holds the error, and by it all that was being done."""
    if not stops:
        change(path, "DELETE FROM sim_balances")
    home, name = step.rsplit(".", 1)
    taken, errors = resolve_name(step), list[Interruption]()

    def failing(at: int) -> Callable[..., Any]:
        left = iter(range(at))

        def step_or_fail(*arguments: Any) -> Any:
            if next(left, None) is None:
                raise Interruption
            return taken(*arguments)

        return step_or_fail

    for at in count():
        with monkeypatch.context() as patch:
            patch.setattr(resolve_name(home), name, failing(at))
            try:
                log.snapshots([150, 300])
            except Interruption as error:
                errors.append(error)
        assert all_closed(opened)
        if len(errors) == at:
            break
    assert errors


# What is wrong


def test_an_unfinished_run_is_refused(path: Path) -> None:
    """With trial balances, whose log has lost its end; and without."""
    log = open_log(path)
    record(log)
    last = len(EVENTS) - 1
    change(path, f"DELETE FROM sim_records WHERE position = {last}")
    refused(log, 0, f"position {last}: the run is unfinished: its run-closed is missing")
    change(path, "DELETE FROM sim_balances")
    refused(log, 0, f"position {last}: the run is unfinished: its run-closed is missing")


def test_no_run_and_no_log(path: Path) -> None:
    """As for every other question."""
    with pytest.raises(UsageError, match="No such file or directory"):
        open_log(path).snapshots([0])
    path.touch()
    with pytest.raises(LogError, match="the log holds no run"):
        open_log(path).snapshots([0])


NOT_AS_WRITTEN = "position 24: the trial balance stored here is not as it was written"
DOES_NOT_FIT = "the hash does not fit: the record, or one before it, is not as it was written"


@pytest.mark.parametrize(
    ("change_to", "message"),
    [
        ("body = CAST(replace(CAST(body AS TEXT), '60', '61') AS BLOB)", NOT_AS_WRITTEN),
        ("digest = zeroblob(32)", NOT_AS_WRITTEN),
        ("hash = zeroblob(32)", NOT_AS_WRITTEN),
        ("minute = minute - 1", NOT_AS_WRITTEN),
        ("position = 25", NOT_AS_WRITTEN.replace("24", "25")),
    ],
)
def test_a_balance_that_was_changed(log: EventLog, path: Path, change_to: str, message: str) -> None:
    """It is not used."""
    at = next(balance.minute for balance in log.balances() if balance.position == 24)
    change(path, f"UPDATE sim_balances SET {change_to} WHERE position = 24")
    refused(log, at, message)


def test_a_balance_of_another_run(log: EventLog, path: Path) -> None:
    """Its digest covers whose it is."""
    at = next(balance.minute for balance in log.balances() if balance.position == 24)
    other = open_log(path.with_name("other.sqlite"))
    record(other, simulate(TOLD, seed=1))
    rows = [balance for balance in other.balances() if balance.position == 24]
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM sim_balances WHERE position = 24")
        connection.executemany("INSERT INTO sim_balances VALUES (1, ?, ?, ?, ?, ?)", rows)
    refused(log, at, NOT_AS_WRITTEN)


def forged(path: Path, balance: TrialBalance, **changes: Any) -> None:
    """Put a balance into the log with a digest that fits it."""
    found = balance._replace(**changes)
    run = open_log(path).run_ids()[0]
    row = found._replace(digest=_digest(run, *found[:4]))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM sim_balances WHERE position = ?", (balance.position,))
        connection.execute("INSERT INTO sim_balances VALUES (1, ?, ?, ?, ?, ?)", row)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"hash": bytes(32)}, "the trial balance stored here is not of this run"),
        ({"minute": 0}, "the trial balance stored here is not of this run"),
        ({"body": b'[["z","pl","deployed",1,null]]'}, "the trial balance stored here names 'z', which nothing defines"),
        (
            {"body": b'[["a","zz","deployed",1,null]]'},
            "the trial balance stored here names 'zz', which nothing defines",
        ),
        *(
            ({"body": body}, "the trial balance stored here is not as it was written")
            for body in (
                b"",
                b"{",
                b"1",
                b"[1]",
                b'[["a","pl","deployed",1]]',
                b'[["a","pl","away",1,null]]',
                b'[["a","pl","deployed",true,null]]',
                b'[["a","pl","deployed",1,"hearsay"]]',
                b'[[["a"],"pl","deployed",1,null]]',
                b'[["a",1,"deployed",1,null]]',
                b'[["a","pl",{},1,null]]',
                b'[["a","pl","deployed",1,[]]]',
                b"[" * 100_000,
                b"\xff",
            )
        ),
    ],
)
def test_a_balance_that_was_forged(log: EventLog, path: Path, changes: dict[str, object], message: str) -> None:
    """What cannot be is refused; what could be is for `verify` to find."""
    balance = next(balance for balance in log.balances() if balance.position == 24)
    at = balance.minute
    forged(path, balance, **changes)
    refused(log, at, f"position 24: {message}")


def test_rows_that_are_no_balances(log: EventLog, path: Path) -> None:
    """SQLite holds columns to their types, but not what has become of them on the disk."""
    change(
        path,
        "CREATE TABLE loose AS SELECT * FROM sim_balances",
        "DROP TABLE sim_balances",
        "CREATE TABLE sim_balances AS SELECT * FROM loose",
        "UPDATE sim_balances SET body = 'text'",
    )
    for ask in (lambda: log.snapshots([0]), lambda: list(log.balances())):
        with pytest.raises(LogError) as caught:
            ask()
        assert caught.value.message == f"{log.url}: the log is damaged: a trial balance is none"


@pytest.mark.parametrize(
    ("position", "change_to", "message"),
    [
        (2, "payload = CAST('{}' AS BLOB)", DOES_NOT_FIT),
        (12, "type = 'unit-defined.1'", DOES_NOT_FIT),
        (25, "payload = CAST('{}' AS BLOB)", DOES_NOT_FIT),
        (26, "minute = 599", DOES_NOT_FIT),
        (27, "hash = zeroblob(32)", DOES_NOT_FIT),
    ],
)
def test_a_record_that_was_changed(log: EventLog, path: Path, position: int, change_to: str, message: str) -> None:
    """Among the definitions, and between a balance and the moment."""
    at = next(record.minute for record in log.records() if record.position == 27)
    change(path, f"UPDATE sim_records SET {change_to} WHERE position = {position}")
    refused(log, at, f"position {position}: {message}")


@pytest.mark.parametrize(("gone", "asked"), [(23, 24), (25, 26), (30, END), (0, 0)])
def test_a_record_that_is_gone(log: EventLog, path: Path, gone: int, asked: int) -> None:
    """Behind it nothing can be said."""
    at = asked if asked in (0, END) else next(record.minute for record in log.records() if record.position == asked)
    change(path, f"DELETE FROM sim_records WHERE position = {gone}")
    if gone == 30:
        log.snapshots([at])  # what lies before the last balance is not read: `verify` finds it
        change(path, "DELETE FROM sim_balances WHERE position > 30")
    with pytest.raises(LogError):
        log.snapshots([at])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda record: record._replace(type="unit-arrived.9"), "its type 'unit-arrived.9' is not known here"),
        (lambda record: record._replace(payload=b"{}"), "it lacks"),
    ],
)
def test_an_event_that_cannot_be_read(path: Path, make: Callable[[Record], Record], message: str) -> None:
    """Though its hash fits."""
    numbers = count()
    log = open_log(path)
    written = record(log)
    changed = sealed([make(each) if next(numbers) == 26 else each for each in log.records()])
    at = changed[26].minute
    rows = [(each.type, each.payload, each.hash, each.position) for each in changed]
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany("UPDATE sim_records SET type = ?, payload = ?, hash = ? WHERE position = ?", rows)
    stop = next(balance for balance in log.balances() if balance.position == 24)
    assert stop.hash == changed[23].hash
    with pytest.raises(LogError) as caught:
        log.snapshots([at])
    assert caught.value.message.startswith(f"{path}: run {written.run}: position 26: {message}")


def test_definitions_that_refer_to_nothing(path: Path) -> None:
    """A loader refuses them; a log may come from anywhere."""

    def strayed(event: Event) -> Event:
        return evolve(event, unit=evolve(event.unit, origin="nowhere")) if isinstance(event, UnitDefined) else event

    record(open_log(path), map(strayed, EVENTS))
    with pytest.raises(LogError) as caught:
        open_log(path).snapshots([0])
    assert caught.value.message == "the log is not sound: the unit 'a' names 'nowhere', which nothing in it defines"


class Forgetful(DatabaseStore):
    """A store that does not give the last records, though it has them."""

    def read(self, run: str, first: int = 0) -> Generator[Record]:
        yield from (record for record in super().read(run, first) if record.position < len(EVENTS) - 5)


@pytest.mark.usefixtures("log")
def test_a_store_that_loses_records(path: Path) -> None:
    """As a damaged index does: what is not given is missed."""
    store = Forgetful(Sqlite(str(path)))
    run = store.run_ids()[0]
    with pytest.raises(LogError, match="position 39: the log is damaged: the record is not found"):
        check_ended(store, run, len(EVENTS) - 1)
    with ExitStack() as reads, pytest.raises(LogError, match="position 35: the run is unfinished"):
        Traveller(store, store.balances, run, reads).snapshot(END - 1)
