"""The pen, where the system has no locks or gives none."""

import errno
import os
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from sim.errors import UsageError
from sim.eventlog.pen import Pen


def test_a_system_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A log is written there too; only that another program writes to it is not noticed."""
    monkeypatch.setitem(sys.modules, "fcntl", None)
    path = tmp_path / "run.jsonl"
    with Pen(str(path)) as first, Pen(str(path)) as second:
        first.write(b"one\n")
        second.write(b"two\n")
    assert sorted(path.read_bytes().splitlines()) == [b"one", b"two"]


def test_a_lock_that_the_system_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a disk of another machine may: one error, in the system's words, and the file is closed."""

    def refuse(*_: object) -> NoReturn:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", refuse)
    path = tmp_path / "run.jsonl"
    with pytest.raises(UsageError) as caught:
        Pen(str(path))
    assert str(caught.value) == f"the log {path} cannot be written: No locks available"
