"""Logs that must not be written to: they are read, and writing is refused in one message; by root too."""

from pathlib import Path

import pytest

from sim.eventlog import open_log
from tests.reliability.conftest import SQLITE
from tests.reliability.image import Image
from tests.reliability.program import FEB2022, ROOT, Ended, line, sim, with_mounts
from tests.reliability.runs import small_run

OTHER = ROOT / "scenarios" / "failed-total.yaml"
WRITABLE = "  log elsewhere, or make the file and its folder writable\n"


@pytest.fixture(scope="module")
def page() -> str:
    """What `run` prints."""
    return sim("run", FEB2022, "--no-log").out


@pytest.fixture
def log(name: str, disk: Path) -> Path:
    """The log of a run."""
    path = disk / name
    assert sim("run", FEB2022, "--log", path).status == 0
    return path


def page_of(log: Path, page: str) -> str:
    """What `run` prints of a log: it says how to go on from there."""
    return page.replace(str(FEB2022), str(log))


def read_only(place: Path, command: str) -> Ended:
    """How a command ends where a file, or a folder and all in it, is read-only."""
    return with_mounts(f"mount --bind {place} {place}; mount -o remount,ro,bind {place}; {command}", place.parent)


def refused(path: Path, words: str, remedy: str = "") -> Ended:
    """How a command ends that cannot write its log."""
    return Ended(2, "", f"the log {path} cannot be written: {words}\n{remedy}")


def test_a_log_in_a_read_only_folder_is_read(log: Path, disk: Path, page: str) -> None:
    """Such as one in somebody else's folder, or on a disc that is written once."""
    ended = read_only(disk, line("sim", "run", log))
    assert (ended.status, ended.out) == (0, page_of(log, page))
    assert ended.err.startswith(f"log {log}: verified, ")


def test_nothing_is_recorded_in_a_read_only_folder(name: str, disk: Path, log: Path) -> None:
    """Neither a log that is there nor a new one."""
    words = {SQLITE: ("unable to open database file", WRITABLE)}.get(name, ("Read-only file system", ""))
    for path in (log, disk / f"new-{name}"):
        assert read_only(disk, line("sim", "run", OTHER, "--log", path)) == refused(path, *words)


def test_a_read_only_file_is_read_and_not_written(name: str, log: Path, page: str) -> None:
    """Though its folder may be written to."""
    ended = read_only(log, line("sim", "run", log))
    assert (ended.status, ended.out) == (0, page_of(log, page))
    words = {SQLITE: ("attempt to write a readonly database", WRITABLE)}.get(name, ("Read-only file system", ""))
    assert read_only(log, line("sim", "run", OTHER, "--log", log)) == refused(log, *words)


def test_what_a_killed_writer_left_in_a_read_only_folder(disk: Path) -> None:
    """SQLite cannot read its write-ahead log without writing beside it: it says so, and answers nothing older."""
    path = disk / SQLITE
    left: list[Image] = []
    open_log(path).record(small_run(), acknowledge=lambda _: left.append(Image.of(path)))
    left[-1].put(path)
    ended = read_only(disk, line("sim", "runs", path))
    remedy = "what was written last stands in the -wal file beside it: copy both to a folder that you can write"
    assert ended == Ended(2, "", f"the log {path} cannot be read: unable to open database file\n  {remedy}\n")
    assert "finished" in sim("runs", path).out


def test_a_damaged_log_in_a_read_only_folder(disk: Path) -> None:
    """Said to be damaged, as anywhere else."""
    path = disk / SQLITE
    open_log(path).record(small_run())
    data = path.read_bytes()
    for whole in (0, 100, 4096):
        path.write_bytes(data[:whole] + bytes([255]) * (len(data) - whole))
        ended = read_only(disk, line("sim", "runs", path))
        assert (ended.status, ended.out) == (3, "")
        assert ended.err.startswith(f"{path}: {'the log is damaged' if whole else 'this is not a log'}: ")


def test_runs_are_not_kept_in_a_folder_that_is_read_only(disk: Path, page: str) -> None:
    """Where nobody asked for a log, that is a warning, and the answer is printed."""
    ended = read_only(disk, f"cd {disk}; {line('sim', 'run', FEB2022)}")
    words = "the run is not kept: the log .sim/runs.sqlite cannot be written: Read-only file system"
    assert ended == Ended(0, page, f"warning: {words}\n")


def test_a_folder_where_the_log_should_be(name: str, disk: Path) -> None:
    """Neither written nor read."""
    path = disk / name
    path.mkdir()
    words = {SQLITE: ("unable to open database file", WRITABLE)}.get(name, ("Is a directory", ""))
    assert sim("run", FEB2022, "--log", path) == refused(path, *words)
    for command in ("run", "runs"):
        assert sim(command, path) == Ended(2, "", f"the log {path} cannot be read: Is a directory\n")
