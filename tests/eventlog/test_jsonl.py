"""The store in a JSONL file."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sim.domain.event import Event, OrderRefused
from sim.domain.scenario import Scenario
from sim.errors import LogError, UsageError
from sim.eventlog import EventLog, Outcome, RunInfo, open_log
from sim.eventlog import line as line_module
from tests.eventlog.contract import OTHER, Interruption, LogContract, cut_off, info, read_until_error, recorded
from tests.eventlog.example import EXAMPLE, HAPPENED, SCENARIO, run_of

GOLDEN = Path(__file__).with_name("golden.jsonl").read_bytes()
LINES = GOLDEN.splitlines(keepends=True)
RUN = recorded(EXAMPLE)[0].run

LONG = run_of(
    SCENARIO, tuple(OrderRefused(60, "deploy-ibct", "guns", f"reason {number}") for number in range(20_000)), seed=3
)
"""A run whose file takes many batches to write."""

SHORT = run_of(Scenario("Zażółć \N{MILITARY HELMET}", SCENARIO.calendar, 60), HAPPENED[:1])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "run.jsonl"


def written(path: Path, data: bytes) -> EventLog:
    """A log whose file holds `data`."""
    path.write_bytes(data)
    return open_log(path)


class TestJsonl(LogContract):
    program = None

    @pytest.fixture
    def log(self, path: Path) -> EventLog:
        return open_log(path)

    def reopened(self, log: EventLog) -> EventLog:
        return open_log(log.url)


@pytest.mark.parametrize("data", [b"", None])
def test_an_empty_file_holds_no_runs(path: Path, data: bytes | None) -> None:
    """It is written to like one that does not exist."""
    if data is not None:
        log = written(path, data)
        assert log.runs() == []
        with pytest.raises(LogError, match=r"the log holds no run$"):
            list(log.records())
    assert open_log(path).record(EXAMPLE).outcome is Outcome.WRITTEN
    assert path.read_bytes() == GOLDEN


def test_runs_stand_one_after_another(path: Path) -> None:
    """A second run is added behind the first, and verifying either changes no byte."""
    log = open_log(path)
    log.record(EXAMPLE)
    log.record(OTHER)
    both = path.read_bytes()
    assert both.startswith(GOLDEN)
    assert [log.record(events).outcome for events in (EXAMPLE, OTHER)] == [Outcome.VERIFIED] * 2
    assert path.read_bytes() == both


def test_a_file_cut_anywhere_gives_a_prefix_and_is_completed(path: Path) -> None:
    """Cut at any byte, reading gives whole records and an error, and recording again restores every byte."""
    log = open_log(path)
    log.record(SHORT)
    data = path.read_bytes()
    records = recorded(SHORT)
    for length in range(1, len(data)):
        path.write_bytes(data[:length])
        found, error = read_until_error(log)
        whole = data[:length].count(b"\n")
        assert found == records[:whole]
        assert error == f"{path}:{whole + 1}: position {whole}: the run is unfinished: its run-closed is missing"
        assert log.record(SHORT).outcome is Outcome.COMPLETED
        assert path.read_bytes() == data


def test_a_second_run_cut_anywhere(path: Path) -> None:
    """The first stays readable by its id, the second is known to be unfinished, and a third is not mixed with it."""
    log = open_log(path)
    log.record(EXAMPLE)
    log.record(OTHER)
    both = path.read_bytes()
    for length in range(len(GOLDEN) + 25, len(both), 97):
        path.write_bytes(both[:length])
        assert [found.finished for found in log.runs()] == [True, False]
        assert list(log.records(RUN)) == recorded(EXAMPLE)
        assert read_until_error(log)[1].endswith("the run is unfinished: its run-closed is missing")
        with pytest.raises(LogError, match="the log ends in a run that is unfinished"):
            log.record(run_of(SCENARIO, HAPPENED, seed=2))
        assert path.read_bytes() == both[:length]
        assert log.record(EXAMPLE).outcome is Outcome.VERIFIED
        assert log.record(OTHER).outcome is Outcome.COMPLETED
        assert path.read_bytes() == both


def test_a_bit_flipped_anywhere_is_noticed(path: Path) -> None:
    """In the data, in the hash, and in what is not hashed: the run, the date, the blanks, the line ends."""
    log = open_log(path)
    records = recorded(EXAMPLE)
    for place in range(len(GOLDEN)):
        damaged = bytearray(GOLDEN)
        damaged[place] ^= 1 << place % 8
        path.write_bytes(damaged)
        found, _ = read_until_error(log)
        assert found == records[: len(found)]


def test_the_next_run_takes_the_place_of_a_tail_that_says_nothing(path: Path) -> None:
    """A tail too short to say whose it is may be the beginning of any run."""
    log = written(path, GOLDEN + b'{"run": ')
    assert log.runs()[-1] == RunInfo("", "", None, 0, "00" * 32, finished=False, program=None)
    assert log.record(OTHER).outcome is Outcome.COMPLETED
    assert list(log.records()) == recorded(OTHER)


def test_a_bit_flipped_in_another_run(path: Path) -> None:
    """A run that was not touched reads as before, or not at all where the file is no log any more."""
    log = open_log(path)
    log.record(EXAMPLE)
    log.record(OTHER)
    both = path.read_bytes()
    for place in range(0, len(GOLDEN), 3):
        damaged = bytearray(both)
        damaged[place] ^= 1 << place % 8
        path.write_bytes(damaged)
        try:
            found = list(log.records())
        except LogError:
            continue
        assert found == recorded(OTHER)


def _with(position: int, change: Callable[[bytes], bytes]) -> bytes:
    """The golden file with one line changed."""
    return b"".join([*LINES[:position], change(LINES[position]), *LINES[position + 1 :]])


DAMAGED = {
    "another date": (
        _with(16, lambda line: line.replace(b"2022-01-24T06:00Z", b"2022-01-24T06:01Z")),
        "17: position 16: 'at' is not the date of minute 60, which is 2022-01-24T06:00Z",
    ),
    "another run": (
        _with(16, lambda line: line.replace(RUN.encode(), b"0" * 16)),
        f"17: position 16: the record says that it is of the run '{'0' * 16}', not '{RUN}'",
    ),
    "a space too many": (
        _with(16, lambda line: line.replace(b'"minute": ', b'"minute":  ')),
        "17: position 16: the line is not laid out as a record",
    ),
    "a line missing": (
        b"".join([*LINES[:16], *LINES[17:]]),
        "17: position 16: the record says that its position is 17",
    ),
    "data changed": (
        _with(17, lambda line: line.replace(b'"strength":60', b'"strength":61')),
        "18: position 17: the hash does not fit: the record, or one before it, is not as it was written",
    ),
    "data written differently": (
        _with(17, lambda line: line.replace(b'"strength":60', b'"strength": 60')),
        "18: position 17: the hash does not fit: the record, or one before it, is not as it was written",
    ),
    "a year that no calendar has": (
        _with(22, lambda line: line.replace(b'"minute": 14399', b'"minute": 9999999999')),
        "23: position 22: minute 9999999999 lies outside the years 1 to 9999",
    ),
    "more after the end": (
        GOLDEN + LINES[16],
        "24: position 23: the run goes on after its run-closed",
    ),
    "not a log": (b"format: 1\n", "1: this is not a line of a log"),
    "not a log, nor a line": (b"f", "1: this is not a line of a log"),
    "text behind the log": (GOLDEN + b"\n", "24: this is not a line of a log"),
    "zeros where the disk lost power": (
        b"".join(LINES[:5]) + LINES[5][:50] + bytes(64),
        "6: position 5: the run is unfinished",
    ),
    "the head cut off": (b"".join(LINES[1:]), "1: the log does not begin with the first record of a run"),
    "no start": (
        _with(0, lambda line: line.replace(b"run-opened.1", b"run-closed.1").replace(b"{", b"{", 1)),
        "1: position 0: it lacks 'events'",
    ),
    "begins with another event": (
        LINES[11].replace(b'"position": 11', b'"position": 0'),
        "1: position 0: the run begins with unit-mustered.1, not with run-opened",
    ),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_damage_is_named(path: Path, name: str) -> None:
    """The error says which line, which position, and what is wrong with it."""
    data, message = DAMAGED[name]
    with pytest.raises(LogError) as caught:
        list(written(path, data).records())
    assert caught.value.message.startswith(f"{path}:{message}")


@pytest.mark.parametrize("name", ["not a log", "not a log, nor a line", "text behind the log", "the head cut off"])
def test_a_file_that_is_no_log_is_not_touched(path: Path, name: str) -> None:
    """Recording is refused, and the file stays as it was."""
    data, message = DAMAGED[name]
    with pytest.raises(LogError) as caught:
        written(path, data).record(EXAMPLE)
    assert caught.value.message == f"{path}:{message}"
    assert path.read_bytes() == data


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (DAMAGED["data changed"][0], "18: position 17: the log has another record here than this run gives"),
        (DAMAGED["another date"][0], "17: position 16: the log has another record here than this run gives"),
        (DAMAGED["data changed"][0][:-9], "18: position 17: the log has another record here than this run gives"),
        (DAMAGED["more after the end"][0], "24: position 23: the log's run goes on here, but this run has ended"),
        (
            b"".join(LINES[:3]) + LINES[3][:50] + b"\0",
            "4: position 3: the log has another record here than this run gives",
        ),
    ],
)
def test_a_damaged_run_is_not_overwritten(path: Path, data: bytes, message: str) -> None:
    """Repeating the run says where the file differs from it, and what can be done."""
    with pytest.raises(LogError) as caught:
        written(path, data).record(EXAMPLE)
    assert str(caught.value) == (
        f"{path}:{message}\n  another version of this program wrote it, or it was changed since; log elsewhere"
    )
    assert path.read_bytes() == data


def test_an_unfinished_run_with_another_behind_it(path: Path) -> None:
    """It cannot be completed, because bytes are only added at the end."""
    log = open_log(path)
    log.record(OTHER)
    data = b"".join(LINES[:5]) + path.read_bytes()
    log = written(path, data)
    assert log.runs() == [
        info(EXAMPLE, 5, finished=False, program=None),
        info(OTHER, len(OTHER), finished=True, program=None),
    ]
    with pytest.raises(LogError, match=":6: position 5: the log's run ends here, but this run goes on"):
        log.record(EXAMPLE)
    assert path.read_bytes() == data
    assert list(log.records()) == recorded(OTHER)


def test_one_run_twice(path: Path) -> None:
    """Two files put together by hand: which of the runs is meant is not guessed."""
    with pytest.raises(LogError) as caught:
        written(path, GOLDEN + GOLDEN).runs()
    assert str(caught.value) == f"{path}: the log holds one run twice\n  keep one of the two"


def test_a_line_that_is_too_long(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither written nor read."""
    monkeypatch.setattr(line_module, "LINE_BYTES_MAX", 400)
    with pytest.raises(LogError, match=":1: position 0: the record is longer than 400 bytes"):
        open_log(path).record(EXAMPLE)
    assert path.read_bytes() == b""
    monkeypatch.setattr("sim.eventlog.stretch.LINE_BYTES_MAX", 400)
    with pytest.raises(LogError, match=":1: this is not a line of a log"):
        written(path, GOLDEN).runs()


def test_an_event_beyond_the_calendar(path: Path) -> None:
    """A minute that has no date is not written."""
    beyond = OrderRefused(6 * 10**9, "deploy-ibct", "guns", "late")
    with pytest.raises(LogError, match="position 11: minute 6000000000 lies outside the years 1 to 9999"):
        open_log(path).record(run_of(SCENARIO, (beyond,)))


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "Is a directory"),
        ("missing/run.jsonl", "No such file or directory"),
        ("full.jsonl", "No space left on device"),
        ("\0.jsonl", "embedded null byte"),
    ],
)
def test_a_place_that_cannot_be_written(tmp_path: Path, name: str, reason: str) -> None:
    """One error, in the system's words, and what to do where nobody made the folder."""
    (tmp_path / "full.jsonl").symlink_to("/dev/full")
    folder = tmp_path / "folder.jsonl"
    folder.mkdir()
    path = f"{tmp_path}/{name}" if name else str(folder)
    with pytest.raises(UsageError) as caught:
        open_log(path).record(EXAMPLE)
    assert caught.value.message == f"the log {path} cannot be written: {reason}"
    folder_missing = f"There is no folder {tmp_path}/missing: make it, or correct the path."
    assert caught.value.remedy == (folder_missing if name.startswith("missing") else "")


def test_a_disk_that_fills_up_on_the_way(tmp_path: Path) -> None:
    """The error comes as soon as a batch does not fit, however long the run would be."""
    path = tmp_path / "full.jsonl"
    path.symlink_to("/dev/full")
    with pytest.raises(UsageError, match="No space left on device"):
        open_log(path).record(LONG)


@pytest.mark.parametrize("name", ["", "\0.jsonl"])
def test_a_place_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    """A folder is no log."""
    folder = tmp_path / "folder.jsonl"
    folder.mkdir()
    with pytest.raises(UsageError, match=r"cannot be read: (Is a directory|embedded null byte)"):
        open_log(f"{folder}{name}").runs()


def test_an_error_of_the_run_is_not_one_of_the_file(path: Path) -> None:
    """What the events raise comes out as it is, even if it is an error of the system."""

    def failing() -> Iterator[Event]:
        yield EXAMPLE[0]
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        open_log(path).record(failing())
    with pytest.raises(Interruption):
        open_log(path).record(cut_off(EXAMPLE, 7))
    assert path.read_bytes() == b"".join(LINES[:7])


WRITER = """
import sys
from tests.eventlog.test_jsonl import LONG
from sim.eventlog import open_log

def events():
    yield LONG[0]
    print("begun", flush=True)
    sys.stdin.read(1)
    yield from LONG[1:]

open_log(sys.argv[1]).record(events())
"""


@pytest.fixture
def writer(path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that has begun to write the long run and goes on when it is told to."""
    command = [sys.executable, "-c", WRITER, str(path)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"begun\n"
        yield process
        process.kill()


def _go_on(writer: subprocess.Popen[bytes]) -> None:
    assert writer.stdin is not None
    writer.stdin.write(b"\n")


def test_two_writers(path: Path, writer: subprocess.Popen[bytes]) -> None:
    """The second is refused while the first is at it, which then ends as if it had been alone."""
    with pytest.raises(UsageError) as caught:
        open_log(path).record(EXAMPLE)
    assert str(caught.value) == (
        f"another program is writing to the log {path}\n  wait until it is done, or log elsewhere"
    )
    _go_on(writer)
    assert writer.wait() == 0
    assert list(open_log(path).records()) == recorded(LONG)
    assert open_log(path).record(EXAMPLE).outcome is Outcome.WRITTEN


@pytest.mark.parametrize("size", [1, 1_000_000, 3_000_000])
def test_a_writer_that_is_killed(path: Path, tmp_path: Path, writer: subprocess.Popen[bytes], size: int) -> None:
    """What it leaves is the beginning of the run, and completing it gives the bytes of a run that was left alone."""
    alone = tmp_path / "alone.jsonl"
    open_log(alone).record(LONG)
    _go_on(writer)
    while path.stat().st_size < size:
        time.sleep(0.001)
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    left = path.read_bytes()
    assert alone.read_bytes().startswith(left)
    complete = Outcome.VERIFIED if left == alone.read_bytes() else Outcome.COMPLETED
    assert open_log(path).record(LONG).outcome is complete
    assert path.read_bytes() == alone.read_bytes()
