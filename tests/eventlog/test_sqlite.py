"""The store in an SQLite file."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from sim.domain.event import Event
from sim.errors import LogError, SimError, UsageError
from sim.eventlog import EventLog, Outcome, open_log
from sim.eventlog.database import BATCH
from sim.eventlog.sqlite import APPLICATION
from tests.eventlog.contract import OTHER, Interruption, LogContract, cut_off, info, read_until_error, recorded
from tests.eventlog.database import change
from tests.eventlog.example import EXAMPLE, SCENARIO, run_of
from tests.eventlog.writers import long_run, writer

RUN = recorded(EXAMPLE)[0].run
LONG = long_run(3)


@pytest.fixture
def log(path: Path) -> EventLog:
    """A log in which the example is recorded."""
    log = open_log(path)
    log.record(EXAMPLE)
    return log


class TestSqlite(LogContract):
    @pytest.fixture
    def log(self, path: Path) -> EventLog:
        return open_log(path)

    def reopened(self, log: EventLog) -> EventLog:
        return open_log(log.url)


def refusal(ask: Callable[[], object], kind: type[SimError] = UsageError) -> str:
    """The error that something ends with."""
    with pytest.raises(kind) as caught:
        ask()
    assert type(caught.value) is kind
    return str(caught.value)


# Files


def test_reading_leaves_nothing_behind(log: EventLog, path: Path) -> None:
    """Neither in the file nor beside it."""
    before = path.read_bytes(), path.stat().st_mtime_ns
    assert list(log.records()) == recorded(EXAMPLE)
    assert log.runs() == [info(EXAMPLE, len(EXAMPLE), finished=True, program="0.1.0")]
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert os.listdir(path.parent) == [path.name]


@pytest.mark.parametrize("make", [Path.touch, lambda path: change(path, "VACUUM")], ids=["no bytes", "no tables"])
def test_an_empty_file_holds_no_runs(path: Path, make: Callable[[Path], None]) -> None:
    """It is written to like one that does not exist."""
    make(path)
    log = open_log(path)
    assert (log.runs(), log.run_ids()) == ([], [])
    assert refusal(log.replay, LogError) == f"{path}: the log holds no run"
    assert log.record(EXAMPLE).outcome is Outcome.WRITTEN
    assert list(log.records()) == recorded(EXAMPLE)


def test_its_own_folder_is_made(tmp_path: Path) -> None:
    """And left out of version control."""
    open_log(tmp_path / ".sim" / "runs.sqlite").record(EXAMPLE)
    assert sorted(os.listdir(tmp_path / ".sim")) == [".gitignore", "runs.sqlite"]
    assert (tmp_path / ".sim" / ".gitignore").read_text() == "*\n"


@pytest.mark.parametrize(
    ("name", "missing"),
    [("a/runs.sqlite", "a"), ("a/b/runs.sqlite", "a/b"), ("a/.sim/runs.sqlite", "a"), ("a/runs.jsonl", "a")],
)
def test_no_other_folder_is_made(tmp_path: Path, name: str, missing: str) -> None:
    """A path that was mistyped is told, and nothing is left of it."""
    path = tmp_path / name
    assert refusal(lambda: open_log(path).record(EXAMPLE)) == (
        f"the log {path} cannot be written: No such file or directory\n"
        f"  There is no folder {tmp_path / missing}: make it, or correct the path."
    )
    assert os.listdir(tmp_path) == []


def test_a_folder_that_is_there_is_left_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever made it has decided what stands in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".sim").mkdir()
    open_log(".sim/runs.sqlite").record(EXAMPLE)
    open_log("runs.sqlite").record(EXAMPLE)
    assert os.listdir(".sim") == ["runs.sqlite"]


def test_a_name_with_signs_of_its_own(tmp_path: Path) -> None:
    """A path is a path: nothing in it is taken for part of an address, and it need not be text."""
    for name in ("a b?mode=memory#%41é.sqlite", os.fsdecode(b"\xff.sqlite")):
        path = tmp_path / name
        open_log(path).record(EXAMPLE)
        assert list(open_log(path).records()) == recorded(EXAMPLE)


@pytest.mark.parametrize(
    ("name", "reading", "writing"),
    [
        ("folder.sqlite", "Is a directory", "unable to open database file"),
        ("file/runs.sqlite", "Not a directory", "Not a directory"),
    ],
)
def test_a_place_that_is_no_file(tmp_path: Path, name: str, reading: str, writing: str) -> None:
    """One error, in the system's words."""
    (tmp_path / "folder.sqlite").mkdir()
    (tmp_path / "file").touch()
    log = open_log(f"{tmp_path}/{name}")
    assert refusal(log.runs) == f"the log {log.url} cannot be read: {reading}"
    assert refusal(lambda: log.record(EXAMPLE)).splitlines()[0] == f"the log {log.url} cannot be written: {writing}"


def test_a_name_with_a_null_character(tmp_path: Path) -> None:
    """One error, in the words of the Python that runs: later ones have others."""
    log = open_log(f"{tmp_path}/\0.sqlite")
    assert re.fullmatch(r"the log .+ cannot be read: .*embedded null .+", refusal(log.runs))
    assert re.fullmatch(r"the log .+ cannot be written: .*embedded null .+", refusal(lambda: log.record(EXAMPLE)))


FOREIGN = {
    "other tables": ["CREATE TABLE sim_runs (number)"],
    "another program's": [f"PRAGMA application_id = {APPLICATION + 1}", "CREATE TABLE sim_runs (number)"],
}


@pytest.mark.parametrize("name", FOREIGN)
def test_another_program_s_database(path: Path, name: str) -> None:
    """It is neither read nor written, not even its journal mode."""
    change(path, *FOREIGN[name])
    before = path.read_bytes()
    log = open_log(path)
    expected = f"{path}: this SQLite database is not a log of this program"
    assert refusal(log.runs, LogError) == refusal(lambda: log.record(EXAMPLE), LogError) == expected
    assert path.read_bytes() == before


def test_tables_of_a_later_version(log: EventLog, path: Path) -> None:
    """What they mean is not guessed."""
    change(path, "PRAGMA user_version = 2")
    expected = (
        f"{path}: the log's tables are of version 2, and this program knows version 1\n"
        "  a newer version of the program wrote it"
    )
    assert refusal(log.runs, LogError) == refusal(lambda: log.record(EXAMPLE), LogError) == expected


def test_a_file_that_is_no_database(path: Path) -> None:
    """It stays as it was."""
    path.write_bytes(b"format: 1\n" * 500)
    log = open_log(path)
    expected = f"{path}: this is not a log: file is not a database"
    assert refusal(log.runs, LogError) == refusal(lambda: log.record(EXAMPLE), LogError) == expected
    assert path.read_bytes() == b"format: 1\n" * 500


def test_an_sqlite_that_is_too_old(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It cannot hold columns to their types."""
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    monkeypatch.setattr(sqlite3, "sqlite_version", "3.36.0")
    assert refusal(lambda: open_log(path).record(EXAMPLE)) == (
        f"the log {path} cannot be written: this is SQLite 3.36.0, and it takes 3.37\n"
        "  log to a file that ends in .jsonl"
    )


def test_how_it_is_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a commit is on the disk, columns are held to their types, and records lie in the order of their key."""
    done: list[str] = []
    connect = sqlite3.connect

    def traced(*arguments: Any, **named: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **named)
        connection.set_trace_callback(done.append)
        return connection

    with monkeypatch.context() as patch:
        patch.setattr(sqlite3, "connect", traced)
        open_log(path).record(EXAMPLE)
    assert {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA wal_autocheckpoint = 0"} <= {*done}
    assert [line for line in done if line.startswith(("BEGIN", "COMMIT"))] == ["BEGIN IMMEDIATE", "COMMIT"] * 2
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        kinds = connection.execute("SELECT name, wr, strict FROM pragma_table_list WHERE name LIKE 'sim%'").fetchall()
    assert sorted(kinds) == [("sim_balances", 1, 1), ("sim_records", 1, 1), ("sim_runs", 1, 1)]


def test_nothing_is_written_back_while_another_has_the_file_open(log: EventLog, path: Path) -> None:
    """Who closes it last has it to itself, and does it then."""
    beside = path.with_name(f"{path.name}-wal")
    before = path.stat().st_size
    longer = long_run(4, 30_000)
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as reader:
        reader.execute("SELECT count(*) FROM sim_runs").fetchall()
        log.record(longer)
        assert path.stat().st_size == before
        assert beside.stat().st_size > 1_000 * 4_200  # more than SQLite would let it become
    log.record(OTHER)
    assert path.stat().st_size > 1_000_000
    assert not beside.exists()
    assert list(log.records(recorded(longer)[0].run)) == recorded(longer)


# Damage


DAMAGED = {
    "payload": "UPDATE sim_records SET payload = CAST('{}' AS BLOB) WHERE position = 3",
    "hash": "UPDATE sim_records SET hash = zeroblob(32) WHERE position = 3",
    "minute": "UPDATE sim_records SET minute = 1 WHERE position = 3",
    "no text": "UPDATE sim_records SET type = CAST(x'ff' AS TEXT) WHERE position = 3",
    "a gap": "DELETE FROM sim_records WHERE position = 3",
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_record_that_was_changed(log: EventLog, path: Path, name: str) -> None:
    """It does not verify, and is not overwritten."""
    change(path, DAMAGED[name])
    found, error = read_until_error(log)
    assert found == recorded(EXAMPLE)[: len(found)]
    assert error.startswith(f"{path}: ")
    assert refusal(lambda: open_log(path).record(EXAMPLE), LogError).startswith(f"{path}: ")
    change(path, DAMAGED[name])  # it can be done again: nothing was repaired


def test_a_run_that_goes_on(log: EventLog, path: Path) -> None:
    """A record behind the last is noticed by who repeats the run, too."""
    change(
        path,
        "INSERT INTO sim_records SELECT number, 23, minute, type, payload, hash FROM sim_records WHERE position = 22",
    )
    assert refusal(lambda: log.record(EXAMPLE), LogError) == (
        f"{path}: run {RUN}: position 23: the log's run goes on here, but this run has ended\n"
        "  another version of this program wrote it, or it was changed since; log elsewhere"
    )
    assert read_until_error(log)[1] == f"{path}: run {RUN}: position 23: the run goes on after its run-closed"


def test_rows_that_are_no_records(log: EventLog, path: Path) -> None:
    """SQLite holds columns to their types, but not what has become of them on the disk."""
    change(
        path,
        "CREATE TABLE loose AS SELECT * FROM sim_records",
        "DROP TABLE sim_records",
        "CREATE TABLE sim_records (number, position, minute, type, payload, hash)",
        "INSERT INTO sim_records SELECT * FROM loose",
        "UPDATE sim_records SET payload = 'text' WHERE position = 5",
        "DROP TABLE loose",
    )
    found, error = read_until_error(log)
    assert found == recorded(EXAMPLE)[:5]
    assert error == f"{path}: run {RUN}: position 5: the log is damaged: this is no record"
    assert [found.finished for found in log.runs()] == [True]
    change(path, "UPDATE sim_records SET hash = NULL WHERE position = 0")
    assert refusal(log.runs, LogError) == f"{path}: run {RUN}: position 0: the log is damaged: this is no record"


@pytest.mark.parametrize(
    ("column", "message"),
    [("number", "a run's number is none"), ("run", "a run's id or version is no text")],
)
def test_a_run_that_is_none(log: EventLog, path: Path, column: str, message: str) -> None:
    """Neither can the table of runs be trusted."""
    change(
        path,
        "CREATE TABLE loose AS SELECT * FROM sim_runs",
        "DROP TABLE sim_runs",
        "CREATE TABLE sim_runs (number, run, program)",
        "INSERT INTO sim_runs SELECT * FROM loose",
        f"UPDATE sim_runs SET {column} = {'NULL' if column == 'run' else repr('one')}",
    )
    assert refusal(log.replay, LogError) == f"{path}: the log is damaged: {message}"


def test_a_table_that_is_gone(log: EventLog, path: Path) -> None:
    """The header says that the file is a log, and it is none."""
    change(path, "DROP TABLE sim_records")
    assert refusal(log.runs, LogError) == f"{path}: the log is damaged: no such table: sim_records"


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_run_taken_out_of_the_table_of_runs(log: EventLog, path: Path, number: int) -> None:
    """Its records are still there, so it is missed: by who reads, and by who writes another run."""
    for seed in (1, 2):
        log.record(run_of(SCENARIO, seed=seed))
    change(path, f"DELETE FROM sim_runs WHERE number = {number}")
    missed = f"{path}: run number {number} is no longer in the table of runs\n  fetch a copy of the log"
    assert refusal(log.run_ids, LogError) == refusal(log.book, LogError) == missed
    assert refusal(lambda: log.record(run_of(SCENARIO, seed=3)), LogError) == missed


def test_a_run_without_records(log: EventLog, path: Path) -> None:
    """It is listed as one that did not get far."""
    change(path, "DELETE FROM sim_records")
    (found,) = log.runs()
    assert (found.run, found.title, found.seed, found.count, found.finished) == (RUN, "", None, 0, False)


# Writers


def test_a_batch_is_kept_whole_or_not_at_all(path: Path) -> None:
    """What a killed program has written is whole batches, and completing the run gives what one left alone does."""
    with writer(str(path), pause=BATCH * 2 + 7) as killed:
        killed.wait_until_paused()
        killed.kill()
    log = open_log(path)
    assert [found.count for found in log.runs()] == [BATCH * 2]
    told: list[int] = []
    assert log.record(LONG, acknowledge=told.append).outcome is Outcome.COMPLETED
    assert told == [*range(BATCH, len(LONG), BATCH), len(LONG)]
    assert list(log.records()) == recorded(LONG)


def test_a_reader_leaves_what_a_killed_program_left(path: Path) -> None:
    """The write-ahead log stays beside the file, for reading is not to change what was found; a writer puts it away."""
    with writer(str(path), pause=BATCH + 1) as killed:
        killed.wait_until_paused()
        killed.kill()
    beside = path.with_name(f"{path.name}-wal")
    before = path.read_bytes(), beside.read_bytes()
    assert [found.count for found in open_log(path).runs()] == [BATCH]
    assert (path.read_bytes(), beside.read_bytes()) == before
    open_log(path).record(LONG)
    assert os.listdir(path.parent) == [path.name]


def test_two_writers_of_one_run(path: Path) -> None:
    """The one that finds its next position taken is told so; the other ends as if it had been alone."""
    with writer(str(path), pause=BATCH + 1) as slow:
        slow.wait_until_paused()
        assert open_log(path).record(LONG).outcome is Outcome.COMPLETED
        slow.go_on()
        assert slow.ended() == (
            f"UsageError: another program is writing the run {recorded(LONG)[0].run} to the log {path}\n"
            "  wait until it is done, then run it again to verify it; or log elsewhere\n"
        )
    assert list(open_log(path).records()) == recorded(LONG)


def test_two_writers_of_two_runs(path: Path) -> None:
    """Neither disturbs the other, though one begins while the other is at it; who reads sees both."""
    with writer(str(path), pause=BATCH + 1) as slow:
        slow.wait_until_paused()
        log = open_log(path)
        assert log.record(OTHER).outcome is Outcome.WRITTEN
        assert [found.count for found in log.runs()] == [BATCH, len(OTHER)]
        slow.go_on()
        assert slow.ended() == "written\n"
    assert list(log.records()) == recorded(OTHER)
    assert list(log.records(recorded(LONG)[0].run)) == recorded(LONG)


def test_many_writers_of_a_new_file(path: Path) -> None:
    """Each writes its run, whoever makes the tables."""
    seeds = range(10, 14)
    begun = [subprocess.Popen([sys.executable, "-c", _RECORD, str(path), str(seed)]) for seed in seeds]
    assert [process.wait() for process in begun] == [0] * len(seeds)
    log = open_log(path)
    assert sorted(found.seed or 0 for found in log.runs()) == list(seeds)
    for found in log.runs():
        assert list(log.records(found.run)) == recorded(long_run(found.seed or 0, 3_000))


_RECORD = """
import sys
from sim.eventlog import open_log
from tests.eventlog.writers import long_run
open_log(sys.argv[1]).record(long_run(int(sys.argv[2]), 3_000))
"""


class Impatient(sqlite3.Connection):
    """A connection that is told twice, as one beside another may be, that it must wait to keep a write-ahead log."""

    told = 0

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        if sql == "PRAGMA journal_mode = WAL" and self.told < 2:
            self.told += 1
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorcode = sqlite3.SQLITE_BUSY
            raise error
        return super().execute(sql, *values)


def test_two_programs_that_begin_a_file_at_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite tells one of them that it must wait, and does not wait: so the program does."""
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *given, **named: connect(*given, factory=Impatient, **named))
    assert open_log(path).record(EXAMPLE).outcome is Outcome.WRITTEN


@pytest.mark.parametrize("statement", ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
def test_a_writer_that_does_not_end(log: EventLog, path: Path, monkeypatch: pytest.MonkeyPatch, statement: str) -> None:
    """Another waits for it, but not for ever; who reads need not."""
    monkeypatch.setattr("sim.eventlog.sqlite.BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(statement)
        assert refusal(lambda: log.record(OTHER)) == (
            f"the log {path} cannot be written: database is locked\n"
            "  another program is writing to it: wait until it is done, or log elsewhere"
        )
        assert list(log.records()) == recorded(EXAMPLE)


def test_a_file_that_another_program_is_making(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same, before it is a log."""
    monkeypatch.setattr("sim.eventlog.sqlite.BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        assert "cannot be written: database is locked" in refusal(lambda: open_log(path).record(EXAMPLE))


def test_an_error_of_the_run_is_not_one_of_the_file(path: Path) -> None:
    """What the events raise comes out as it is, even if it is an error of SQLite's; what came before it is kept."""

    def failing() -> Iterator[Event]:
        yield from EXAMPLE[:7]
        raise sqlite3.OperationalError("the scenario's own")

    with pytest.raises(sqlite3.OperationalError, match="the scenario's own"):
        open_log(path).record(failing())
    assert [found.count for found in open_log(path).runs()] == [7]


# What the system refuses


def _limited(*pragmas: str) -> Callable[..., sqlite3.Connection]:
    """`sqlite3.connect`, for connections of which SQLite is told something more."""
    connect = sqlite3.connect

    def connect_limited(*arguments: Any, **named: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **named)
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    return connect_limited


def test_a_disk_that_fills_up_on_the_way(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was acknowledged is kept, and the run is completed when there is room."""
    told: list[int] = []
    with monkeypatch.context() as patch:
        patch.setattr(sqlite3, "connect", _limited("max_page_count = 500"))
        assert refusal(lambda: open_log(path).record(LONG, acknowledge=told.append)) == (
            f"the log {path} cannot be written: database or disk is full\n"
            "  make room and run it again: what is stored is kept, and the run is completed"
        )
    assert [found.count for found in open_log(path).runs()] == [told[-1]]
    assert 0 < told[-1] < len(LONG)
    assert open_log(path).record(LONG).outcome is Outcome.COMPLETED
    assert list(open_log(path).records()) == recorded(LONG)


@contextmanager
def read_only(folder: Path, mode: int = 0o444) -> Iterator[EventLog]:
    """The log in a copy of a folder that this process may not write to; where it may do all, it gives that up."""
    with TemporaryDirectory() as parent:
        os.chmod(parent, 0o755)
        copy = Path(shutil.copytree(folder, Path(parent) / "copy"))
        for path in (*copy.iterdir(), copy):
            path.chmod(0o555 if path is copy else mode)
        root = os.geteuid() == 0
        if root:
            os.setresuid(65534, 65534, 0)
        try:
            yield open_log(copy / "runs.sqlite")
        finally:
            if root:
                os.setresuid(0, 0, 0)
            copy.chmod(0o755)


@pytest.mark.usefixtures("log")
def test_a_folder_that_cannot_be_written_can_be_read(path: Path) -> None:
    """As an archive, or a disk that is mounted to be read."""
    with read_only(path.parent) as log:
        assert list(log.records()) == recorded(EXAMPLE)
        assert refusal(lambda: log.record(OTHER)) == (
            f"the log {log.url} cannot be written: attempt to write a readonly database\n"
            "  log elsewhere, or make the file and its folder writable"
        )


@pytest.mark.usefixtures("log")
def test_a_file_that_may_not_be_read(path: Path) -> None:
    """One error, in the system's words."""
    with read_only(path.parent, mode=0o000) as log:
        assert refusal(log.runs) == f"the log {log.url} cannot be read: Permission denied"


def test_what_a_killed_program_left_in_a_folder_that_cannot_be_written(path: Path) -> None:
    """Reading the file without what lies beside it would be silently wrong."""
    with writer(str(path), pause=BATCH + 1) as killed:
        killed.wait_until_paused()
        killed.kill()
    path.with_name(f"{path.name}-shm").unlink()
    with read_only(path.parent) as log:
        assert refusal(log.runs) == (
            f"the log {log.url} cannot be read: unable to open database file\n"
            "  what was written last stands in the -wal file beside it: copy both to a folder that you can write"
        )


def test_an_interruption_between_batches(path: Path) -> None:
    """Nothing of it is lost either."""
    with pytest.raises(Interruption):
        open_log(path).record(cut_off(LONG, BATCH))
    assert [found.count for found in open_log(path).runs()] == [BATCH]
