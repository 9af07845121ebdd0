"""Disks that are full: one clear error, and nothing that was acknowledged is lost."""

import re
from pathlib import Path

import pytest

from tests.reliability.conftest import JSONL, SQLITE
from tests.reliability.judge import Judge
from tests.reliability.program import FEB2022, Ended, line, with_mounts
from tests.reliability.runs import long_run

CHANGES = 12_000


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(long_run(CHANGES))


@pytest.mark.parametrize("kib", [4, 64, 600, 1500])
def test_a_disk_that_fills_up(name: str, kib: int, disk: Path, judge: Judge, tmp_path: Path) -> None:
    """Whatever was acknowledged is there, and with more room the run is completed."""
    write = line("tests.reliability.writer", disk / name, CHANGES, 0, -1)
    ended = with_mounts(
        f"""
        mount -t tmpfs -o size={kib}k none {disk}
        {write} > refused
        cp -r {disk} left
        mount -o remount,size=64m {disk}
        {write} > completed
        cp -r {disk} whole
        """,
        tmp_path,
    )
    assert ended == Ended(0, "", "")
    said = (tmp_path / "refused").read_text()
    kept = [int(count) for count in re.findall(r"^kept (\d+)$", said, re.MULTILINE)]
    assert said.endswith(f"UsageError: {full(disk / name, said)}")
    assert judge.read(str(tmp_path / "left" / name)).count >= max(kept, default=0)
    completed = (tmp_path / "completed").read_text().splitlines()[-1]
    assert completed == f"{'completed' if kept or name == JSONL else 'written'} {len(judge.records)}"
    assert judge.read(str(tmp_path / "whole" / name)).error is None


def test_a_disk_with_room_for_the_write_ahead_log_alone(disk: Path, judge: Judge, tmp_path: Path) -> None:
    """What cannot go from SQLite's write-ahead log into the file beside it is read where it is."""
    write = line("tests.reliability.writer", disk / SQLITE, CHANGES, 0, -1)
    ended = with_mounts(f"mount -t tmpfs -o size=3500k none {disk}; {write} > written; cp -r {disk} left", tmp_path)
    assert ended == Ended(0, "", "")
    assert (tmp_path / "written").read_text().endswith(f"\nwritten {len(judge.records)}\n")
    assert (tmp_path / "left" / f"{SQLITE}-wal").stat().st_size > 2_000_000
    assert judge.read(str(tmp_path / "left" / SQLITE)).error is None


def test_run_on_a_full_disk(name: str, disk: Path, tmp_path: Path) -> None:
    """One message and status 2; no result is printed that nobody could check."""
    run = line("sim", "run", FEB2022, "--log", disk / name)
    ended = with_mounts(f"mount -t tmpfs -o size=8k none {disk}; {run}", tmp_path)
    assert ended == Ended(2, "", full(disk / name, ended.err))


IN_WORDS = {
    "No space left on device": "",
    "database or disk is full": "  make room and run it again: what is stored is kept, and the run is completed\n",
    "disk I/O error": "  the disk is full or fails: make room and run it again: what is stored is kept\n",
}
"""How JSONL and SQLite, the latter in two ways, say that a disk is full, and what to do."""


def full(path: Path, said: str) -> str:
    """What is to be said of a log on a disk that is full, where `said` is."""
    words, remedy = next((words, remedy) for words, remedy in IN_WORDS.items() if words in said)
    return f"the log {path} cannot be written: {words}\n{remedy}"
